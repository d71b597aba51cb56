// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/atomic_file.h"

#include "core/base/error.h"

#include <cerrno>
#include <random>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace posbias {
namespace fs = std::filesystem;
namespace {

fs::path folderOf(const fs::path& file)
{
    return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

/// An open descriptor by name (/dev/stdout, /dev/fd/3): whatever is behind it, it is meant to be written to as it is.
bool isDescriptor(const fs::path& file)
{
    std::error_code ignored;
    const fs::path folder = fs::canonical(folderOf(file), ignored);
    return folder.native().starts_with("/proc/");
}

/// The file behind a chain of symbolic links, existing or not; a link to a descriptor is followed no further.
fs::path followLinks(fs::path file)
{
    constexpr int longestChain = 40;
    std::error_code ignored;
    for (int i = 0; i < longestChain && !isDescriptor(file) && fs::is_symlink(fs::symlink_status(file, ignored)); ++i)
        file = folderOf(file) / fs::read_symlink(file, ignored);
    return file;
}

/// A new file in the folder, under a name that nothing else has; its path goes to `path`. -1 and errno on failure.
/// Unlike mkstemp it lets the kernel apply the user's mask to `mode`.
int createUnique(const fs::path& folder, mode_t mode, fs::path& path)
{
    std::random_device random;
    for (int attempt = 0; attempt < 100; ++attempt) {
        path = folder / (".posbias-" + std::to_string(random()) + ".part");
        const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (descriptor >= 0 || errno != EEXIST)
            return descriptor;
    }
    return -1;
}

}  // namespace

AtomicFile::AtomicFile(fs::path target) : m_name(std::move(target)), m_target(followLinks(m_name))
{
    std::error_code ignored;
    const fs::file_status status = fs::status(m_target, ignored);
    if (m_name.empty())
        throw FailureError("Could not write a file without a name");
    if (fs::is_directory(status) || !m_target.has_filename())
        fail("it is a directory");
    if (!isDescriptor(m_target) && fs::is_symlink(fs::symlink_status(m_target, ignored)))
        fail("its symbolic links lead in a circle");
    if (isDescriptor(m_target) || (fs::exists(status) && !fs::is_regular_file(status)))
        openDirectly();
    else
        openBeside();
}

AtomicFile::~AtomicFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    if (!m_temporary.empty())
        ::unlink(m_temporary.c_str());
}

void AtomicFile::openDirectly()
{
    m_descriptor = ::open(m_target.c_str(), O_WRONLY | O_CLOEXEC);
    if (m_descriptor < 0)
        failWithErrno();
}

void AtomicFile::openBeside()
{
    const fs::path folder = folderOf(m_target);
    std::error_code error;
    if (!fs::exists(folder, error) && !error)
        fail("the folder " + folder.string() + " does not exist");
    struct stat existing = {};
    const bool exists = ::stat(m_target.c_str(), &existing) == 0;
    // A rename would replace even a file that its owner has locked against writing.
    if (exists && ::access(m_target.c_str(), W_OK) != 0)
        failWithErrno();

    fs::path temporary;
    m_descriptor = createUnique(folder, exists ? 0600 : 0666, temporary);
    if (m_descriptor < 0)
        failWithErrno();
    m_temporary = temporary;
    // A file system without permissions refuses to set them: the file then keeps what it has.
    if (exists)
        [[maybe_unused]] const int refused = ::fchmod(m_descriptor, existing.st_mode & 07777);
}

void AtomicFile::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
            m_written += written;
        } else if (errno != EINTR) {
            failWithErrno();
        }
    }
    startSync();
}

/// The disk works while the rest is being made, and little is left for commit() to wait for.
void AtomicFile::startSync()
{
    constexpr std::int64_t least = std::int64_t{8} << 20;
    if (m_temporary.empty() || m_written - m_syncing < least)
        return;
    ::sync_file_range(m_descriptor, m_syncing, m_written - m_syncing, SYNC_FILE_RANGE_WRITE);
    m_syncing = m_written;
}

void AtomicFile::closeChecked()
{
    const int descriptor = m_descriptor;
    m_descriptor = -1;
    if (::close(descriptor) != 0 && errno != EINTR)
        failWithErrno();
}

void AtomicFile::commit()
{
    if (m_temporary.empty()) {
        closeChecked();
        return;
    }
    // Content first, name after: a crash in between leaves the old file.
    if (::fsync(m_descriptor) != 0)
        failWithErrno();
    closeChecked();
    if (::rename(m_temporary.c_str(), m_target.c_str()) != 0)
        failWithErrno();
    m_temporary.clear();
    // The file is in its place; a file system that cannot sync a folder is no failure.
    if (const int folder = ::open(folderOf(m_target).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
}

void AtomicFile::fail(const std::string& reason) const
{
    const bool direct = m_temporary.empty() && m_descriptor >= 0;
    throw FailureError("Could not write " + m_name.string() + ": " + reason
                       + (direct ? "." : ". Nothing was changed."));
}

void AtomicFile::failWithErrno() const
{
    fail(std::generic_category().message(errno));
}

void writeFileAtomically(const fs::path& target, std::string_view bytes)
{
    AtomicFile file(target);
    file.write(bytes);
    file.commit();
}

}  // namespace posbias
