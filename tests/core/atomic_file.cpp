// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/atomic_file.h"

#include "core/base/error.h"

#include <QTest>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include <sys/resource.h>
#include <sys/stat.h>

using namespace posbias;
namespace fs = std::filesystem;

namespace {

std::string contentOf(const fs::path& file)
{
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

void put(const fs::path& file, const std::string& text)
{
    std::ofstream(file, std::ios::binary) << text;
}

std::size_t entriesIn(const fs::path& folder)
{
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

template <typename Action>
std::string failureOf(Action action)
{
    try {
        action();
    } catch (const FailureError& error) {
        return error.what();
    }
    return "no failure";
}

/// While it lives, no file may grow beyond `bytes`: a disk that fills up.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        m_oldHandler = std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_oldLimit);
        const rlimit limit = {bytes, m_oldLimit.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_oldLimit);
        std::signal(SIGXFSZ, m_oldHandler);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    rlimit m_oldLimit = {};
    void (*m_oldHandler)(int) = nullptr;
};

}  // namespace

class AtomicFileTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        QVERIFY(m_temporary->isValid());
        m_folder = m_temporary->path().toStdString();
    }

    void committedFileHasTheContentAndNothingElseIsLeft()
    {
        AtomicFile file(m_folder / "a.txt");
        file.write("one ");
        file.write("two");
        file.commit();
        QCOMPARE(contentOf(m_folder / "a.txt"), std::string("one two"));
        QCOMPARE(entriesIn(m_folder), std::size_t{1});
    }

    void targetKeepsItsContentUntilTheCommit()
    {
        put(m_folder / "a.txt", "old");
        AtomicFile file(m_folder / "a.txt");
        file.write("new");
        QCOMPARE(contentOf(m_folder / "a.txt"), std::string("old"));
        file.commit();
        QCOMPARE(contentOf(m_folder / "a.txt"), std::string("new"));
    }

    void abandonedFileLeavesNothingBehind()
    {
        put(m_folder / "a.txt", "old");
        {
            AtomicFile file(m_folder / "a.txt");
            file.write("new");
            AtomicFile other(m_folder / "b.txt");
        }
        QCOMPARE(contentOf(m_folder / "a.txt"), std::string("old"));
        QCOMPARE(entriesIn(m_folder), std::size_t{1});
    }

    void diskThatFillsUpLeavesTheOldFileAndNoRemains()
    {
        put(m_folder / "a.txt", "old");
        std::string message;
        {
            const FileSizeLimit limit(1000);
            message = failureOf([&] { writeFileAtomically(m_folder / "a.txt", std::string(5000, 'x')); });
        }
        QCOMPARE(message, "Could not write " + (m_folder / "a.txt").string()
                              + ": File too large. Nothing was changed.");
        QCOMPARE(contentOf(m_folder / "a.txt"), std::string("old"));
        QCOMPARE(entriesIn(m_folder), std::size_t{1});
    }

    void fullDeviceIsAFailureThatSaysSo()
    {
        const std::string message = failureOf([] { writeFileAtomically("/dev/full", "text"); });
        QVERIFY2(message.find("/dev/full: No space left on device") != std::string::npos, message.c_str());
        QVERIFY(fs::is_character_file("/dev/full"));
    }

    void deviceIsWrittenDirectlyAndStaysADevice()
    {
        fs::create_symlink("/dev/null", m_folder / "sink");
        writeFileAtomically(m_folder / "sink", "text");
        QVERIFY(fs::is_character_file("/dev/null"));
        QVERIFY(fs::is_symlink(m_folder / "sink"));
    }

    void pipeReceivesTheBytes()
    {
        const fs::path pipe = m_folder / "pipe";
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        std::string received;
        std::thread reader([&] { received = contentOf(pipe); });
        writeFileAtomically(pipe, "through the pipe");
        reader.join();
        QCOMPARE(received, std::string("through the pipe"));
        QVERIFY(fs::is_fifo(pipe));
    }

    void descriptorByNameIsWrittenDirectly()
    {
        const fs::path target = m_folder / "redirected.txt";
        std::FILE* open = std::fopen(target.c_str(), "w");
        QVERIFY(open);
        struct stat before = {}, after = {};
        ::stat(target.c_str(), &before);
        writeFileAtomically("/dev/fd/" + std::to_string(::fileno(open)), "redirected");
        std::fclose(open);
        ::stat(target.c_str(), &after);
        QCOMPARE(contentOf(target), std::string("redirected"));
        QCOMPARE(before.st_ino, after.st_ino);
        QCOMPARE(entriesIn(m_folder), std::size_t{1});
    }

    void directoryIsAFailureThatSaysSo()
    {
        fs::create_directory(m_folder / "sub");
        for (const fs::path& target : {m_folder / "sub", m_folder / "sub/", m_folder / "new/"}) {
            const std::string message = failureOf([&] { AtomicFile file(target); });
            QVERIFY2(message.find("is a directory") != std::string::npos, message.c_str());
        }
        QVERIFY(fs::is_empty(m_folder / "sub"));
    }

    void missingFolderIsNamed()
    {
        const std::string message = failureOf([&] { AtomicFile file(m_folder / "none" / "a.txt"); });
        QVERIFY2(message.find("the folder " + (m_folder / "none").string() + " does not exist") != std::string::npos,
                 message.c_str());
        QVERIFY(fs::is_empty(m_folder));
    }

    void emptyNameIsAFailure()
    {
        QVERIFY(failureOf([] { AtomicFile file(""); }) != "no failure");
    }

    void existingPermissionsAreKept()
    {
        const fs::path target = m_folder / "a.txt";
        put(target, "old");
        const fs::perms wanted = fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read;
        fs::permissions(target, wanted);
        writeFileAtomically(target, "new");
        QCOMPARE(fs::status(target).permissions(), wanted);
    }

    void newFileHasThePermissionsOfTheUsersMask()
    {
        const mode_t old = ::umask(027);
        writeFileAtomically(m_folder / "a.txt", "new");
        ::umask(old);
        QCOMPARE(static_cast<unsigned>(fs::status(m_folder / "a.txt").permissions()), 0640u);
    }

    void symbolicLinkIsFollowedAndKept()
    {
        fs::create_directory(m_folder / "real");
        put(m_folder / "real/a.txt", "old");
        fs::create_symlink("real/a.txt", m_folder / "link");
        fs::create_symlink("real/b.txt", m_folder / "dangling");
        writeFileAtomically(m_folder / "link", "new");
        writeFileAtomically(m_folder / "dangling", "made");
        QVERIFY(fs::is_symlink(m_folder / "link") && fs::is_symlink(m_folder / "dangling"));
        QCOMPARE(contentOf(m_folder / "real/a.txt"), std::string("new"));
        QCOMPARE(contentOf(m_folder / "real/b.txt"), std::string("made"));
        QCOMPARE(entriesIn(m_folder / "real"), std::size_t{2});
    }

    void circleOfLinksIsAFailure()
    {
        fs::create_symlink("b", m_folder / "a");
        fs::create_symlink("a", m_folder / "b");
        QVERIFY(failureOf([&] { writeFileAtomically(m_folder / "a", "text"); }) != "no failure");
        QCOMPARE(entriesIn(m_folder), std::size_t{2});
    }

    void longestFileNameWorks()
    {
        writeFileAtomically(m_folder / std::string(255, 'n'), "text");
        QCOMPARE(entriesIn(m_folder), std::size_t{1});
    }

    void emptyFileIsWritten()
    {
        writeFileAtomically(m_folder / "empty", "");
        QCOMPARE(fs::file_size(m_folder / "empty"), std::uintmax_t{0});
    }

private:
    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path m_folder;
};

QTEST_GUILESS_MAIN(AtomicFileTest)
#include "atomic_file.moc"
