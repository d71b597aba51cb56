// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/file_watch.h"

#include "ui/plot/files/figure_digest.h"
#include "ui/text/file_names.h"

#include <QCryptographicHash>

#include <cerrno>
#include <fstream>
#include <set>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace posbias::ui {

namespace {

namespace fs = std::filesystem;

constexpr int calmMilliseconds = 100;
constexpr std::size_t blockSize = std::size_t{1} << 20;
/// Far more than any document: a file that grew beyond it has changed, whatever is in it.
constexpr std::uintmax_t mostBytes = std::uintmax_t{64} << 20;

QString reasonOf(int error)
{
    return QString::fromStdString(std::generic_category().message(error));
}

bool isReadOnly(const fs::path& file)
{
    return ::faccessat(AT_FDCWD, file.c_str(), W_OK, AT_EACCESS) != 0 &&
           (errno == EACCES || errno == EPERM || errno == EROFS);
}

}  // namespace

std::string contentDigest(std::string_view bytes)
{
    return digestOf(QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()))).toStdString();
}

FileContent contentOf(const fs::path& file, const std::string& digest)
{
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (status.type() == fs::file_type::not_found)
        return {FileContent::Kind::Gone, {}, {}, false};
    if (status.type() == fs::file_type::none || status.type() == fs::file_type::unknown)
        return {FileContent::Kind::Unreadable, {}, reasonOf(error.value()), false};
    if (status.type() == fs::file_type::directory)
        return {FileContent::Kind::Unreadable, {}, reasonOf(EISDIR), false};
    if (status.type() != fs::file_type::regular)
        return {};
    const bool readOnly = isReadOnly(file);
    if (fs::file_size(file, error) > mostBytes && !error)
        return {FileContent::Kind::Changed, {}, {}, readOnly};
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return {
            errno == ENOENT ? FileContent::Kind::Gone : FileContent::Kind::Unreadable, {}, reasonOf(errno), readOnly};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    std::string block(blockSize, '\0');
    while (stream.read(block.data(), static_cast<std::streamsize>(block.size())) || stream.gcount() > 0)
        hash.addData(QByteArrayView(block.data(), static_cast<qsizetype>(stream.gcount())));
    if (stream.bad())
        return {FileContent::Kind::Unreadable, {}, reasonOf(errno), readOnly};
    const std::string now = hash.result().toHex().toStdString();
    return {now == digest ? FileContent::Kind::Same : FileContent::Kind::Changed, now, {}, readOnly};
}

FileWatch::FileWatch(QObject* parent) : QObject(parent)
{
    m_thread.setMaxThreadCount(1);
    m_calm.setSingleShot(true);
    m_calm.setInterval(calmMilliseconds);
    connect(&m_calm, &QTimer::timeout, this, &FileWatch::start);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &FileWatch::look);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &FileWatch::look);
}

FileWatch::~FileWatch()
{
    m_thread.waitForDone();
}

void FileWatch::setFile(const fs::path& file, const std::string& digest)
{
    ++m_generation;
    if (file != m_file) {
        const QStringList watched = m_watcher.files() + m_watcher.directories();
        if (!watched.isEmpty())
            m_watcher.removePaths(watched);
    }
    m_file = file;
    m_digest = digest;
    watchPaths();
    if (!m_file.empty())
        start();
}

/// The file and its folder, and where it is a link the file behind it with its folder. A file that was replaced is not
/// watched any more: this is called after every look.
void FileWatch::watchPaths()
{
    if (m_file.empty())
        return;
    std::error_code ignored;
    std::set<fs::path> paths = {m_file, m_file.parent_path()};
    if (const fs::path behind = fs::canonical(m_file, ignored); !behind.empty())
        paths.insert({behind, behind.parent_path()});
    QStringList missing;
    for (const fs::path& path : paths) {
        const QString text = textOf(path);
        if (!m_watcher.files().contains(text) && !m_watcher.directories().contains(text) && fs::exists(path, ignored))
            missing << text;
    }
    if (!missing.isEmpty())
        m_watcher.addPaths(missing);
}

void FileWatch::look()
{
    if (!m_calm.isActive())
        m_calm.start();
}

void FileWatch::start()
{
    if (m_file.empty())
        return;
    m_again = m_looking;
    if (m_looking)
        return;
    m_looking = true;
    m_thread.start([this, file = m_file, digest = m_digest, generation = m_generation] {
        const FileContent state = contentOf(file, digest);
        QMetaObject::invokeMethod(this, [this, state, generation] {
            m_looking = false;
            watchPaths();
            if (generation == m_generation)
                Q_EMIT looked(state);
            if (m_again || generation != m_generation)
                start();
        });
    });
}

}  // namespace posbias::ui
