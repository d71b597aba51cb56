// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/atomic_file.h"
#include "core/io/path_key.h"

#include "core/base/error.h"

#include <QTest>

#include <csignal>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

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

constexpr uid_t nobody = 65534;
const char* const notHere = "not possible here";

/// What the action answers in a process of its own.
std::string inChild(const std::function<std::string()>& action)
{
    int ends[2] = {};
    if (::pipe(ends) != 0)
        return "no pipe";
    const pid_t child = ::fork();
    if (child == 0) {
        std::string answer;
        try {
            answer = action();
        } catch (const std::exception& error) {
            answer = error.what();
        }
        const ssize_t written = ::write(ends[1], answer.data(), answer.size());
        ::_exit(written == static_cast<ssize_t>(answer.size()) ? 0 : 1);
    }
    ::close(ends[1]);
    std::string answer;
    char block[4096];
    for (ssize_t read = 0; (read = ::read(ends[0], block, sizeof block)) > 0;)
        answer.append(block, static_cast<std::size_t>(read));
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    return answer;
}

/// Root may do everything: the same as a user who may not.
std::string asOrdinaryUser(const std::function<std::string()>& action)
{
    return inChild([&]() -> std::string {
        if (::geteuid() == 0 && (::setgroups(0, nullptr) != 0 || ::setgid(nobody) != 0 || ::setuid(nobody) != 0))
            return notHere;
        return action();
    });
}

/// With mounts that nobody else sees.
std::string withOwnMounts(const std::function<std::string()>& action)
{
    return inChild([&]() -> std::string {
        if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
            return notHere;
        return action();
    });
}

bool knowsFilesWithoutNames(const fs::path& folder)
{
    const int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR, 0600);
    if (file >= 0)
        ::close(file);
    return file >= 0;
}

struct stat statusOf(const fs::path& file)
{
    struct stat status = {};
    ::lstat(file.c_str(), &status);
    return status;
}

}  // namespace

class AtomicFileTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        QVERIFY(m_temporary->isValid());
        m_folder = m_temporary->path().toStdString();
        fs::permissions(m_folder, fs::perms(0755));
        fs::create_directory(m_folder / "safe");
        giveAway(m_folder / "safe");
        ::setenv("XDG_STATE_HOME", (m_folder / "safe").c_str(), 1);
        fs::create_directory(m_folder / "folder");
        m_safe = m_folder / "safe/posbias";
        m_folder /= "folder";
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
        QCOMPARE(message,
                 "Could not write " + (m_folder / "a.txt").string() + ": File too large. Nothing was changed.");
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

    void hardLinksOtherNamesSeeTheNewContent()
    {
        put(m_folder / "a.txt", "old, and longer than the new");
        fs::create_hard_link(m_folder / "a.txt", m_folder / "b.txt");
        writeFileAtomically(m_folder / "a.txt", "new");
        QCOMPARE(contentOf(m_folder / "b.txt"), std::string("new"));
        QCOMPARE(statusOf(m_folder / "a.txt").st_ino, statusOf(m_folder / "b.txt").st_ino);
        QCOMPARE(entriesIn(m_folder), std::size_t{2});
    }

    void whatCannotBeWrittenInPlaceIsPutBack()
    {
        put(m_folder / "a.txt", std::string(500, 'o'));
        fs::create_hard_link(m_folder / "a.txt", m_folder / "b.txt");
        std::string message;
        {
            AtomicFile file(m_folder / "a.txt");
            file.write(std::string(5000, 'n'));
            const FileSizeLimit limit(1000);
            message = failureOf([&] { file.commit(); });
        }
        QCOMPARE(message,
                 "Could not write " + (m_folder / "a.txt").string() + ": File too large. Nothing was changed.");
        QCOMPARE(contentOf(m_folder / "b.txt"), std::string(500, 'o'));
        QCOMPARE(entriesIn(m_folder), std::size_t{2});
    }

    void whatAFileHeldIsFoundAfterACrashInTheMiddleOfWriting()
    {
        const fs::path file = m_folder / "a.txt";
        put(file, std::string(500, 'o'));
        fs::create_hard_link(file, m_folder / "b.txt");
        QVERIFY(abandonedSafeCopies(file).empty());
        const pid_t child = ::fork();
        if (child == 0) {
            AtomicFile written(file);
            written.write(std::string(5000, 'n'));
            const FileSizeLimit limit(1000);
            std::signal(SIGXFSZ, SIG_DFL);  // the process ends there
            written.commit();
            ::_exit(0);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status));
        QVERIFY(contentOf(file) != std::string(500, 'o'));
        const std::vector<fs::path> copies = abandonedSafeCopies(file);
        QCOMPARE(copies.size(), std::size_t{1});
        QCOMPARE(contentOf(copies.front()), std::string(500, 'o'));
        // Saving once more neither takes it away nor takes it for its own.
        writeFileAtomically(file, "newer");
        QCOMPARE(abandonedSafeCopies(file), copies);
        // Nobody needs to be told of what the file holds, nor of what somebody is at.
        writeFileAtomically(file, std::string(500, 'o'));
        QVERIFY(abandonedSafeCopies(file).empty());
        writeFileAtomically(file, "newer");
        const int busy = ::open(copies.front().c_str(), O_RDONLY | O_CLOEXEC);
        QCOMPARE(::flock(busy, LOCK_EX), 0);
        QVERIFY(abandonedSafeCopies(file).empty());
        ::close(busy);
        put(m_folder / "a.txt.before-saving-notes", "a person's own");
        QCOMPARE(abandonedSafeCopies(file), copies);
    }

    void aCopyIsFoundOnceHoweverManyNamesItsFolderHas()
    {
        const fs::path state = m_folder / ".local" / "state", folder = state / "posbias", link = m_folder / "link";
        fs::create_directories(folder);
        fs::create_directory_symlink(folder, link);
        const QByteArray home = qgetenv("HOME"), stateHome = qgetenv("XDG_STATE_HOME");
        ::setenv("HOME", m_folder.c_str(), 1);
        ::setenv("XDG_STATE_HOME", state.c_str(), 1);
        put(folder / "a.txt", "new");
        put(folder / "a.txt.before-saving-7", "old");
        put(m_folder / "b.txt", "new");
        put(folder / ("b.txt.before-saving-" + pathKey(m_folder / "b.txt") + "-7"), "old");
        const auto inside = abandonedSafeCopies(folder / "a.txt"), linked = abandonedSafeCopies(link / "a.txt"),
                   outside = abandonedSafeCopies(m_folder / "b.txt");
        qputenv("HOME", home);
        qputenv("XDG_STATE_HOME", stateHome);
        QCOMPARE(inside.size(), std::size_t{1});
        QCOMPARE(linked.size(), std::size_t{1});
        QCOMPARE(outside.size(), std::size_t{1});
    }

    void aFullDiskLeavesAHardLinkAsItWas()
    {
        const std::string outcome = withOwnMounts([&]() -> std::string {
            if (::mount("disk", m_folder.c_str(), "tmpfs", 0, "size=64k") != 0)
                return notHere;
            put(m_folder / "a.txt", "old");
            fs::create_hard_link(m_folder / "a.txt", m_folder / "b.txt");
            const std::string message =
                failureOf([&] { writeFileAtomically(m_folder / "a.txt", std::string(36000, 'n')); });
            return message + '|' + contentOf(m_folder / "b.txt") + '|' + std::to_string(entriesIn(m_folder));
        });
        if (outcome == notHere)
            QSKIP("needs the right to mount");
        QCOMPARE(outcome, "Could not write " + (m_folder / "a.txt").string() +
                              ": No space left on device. Nothing was changed.|old|2");
    }

    void aWritableFileInALockedFolderIsSaved()
    {
        put(m_folder / "a.txt", "old");
        giveAway(m_folder / "a.txt");
        const auto inode = statusOf(m_folder / "a.txt").st_ino;
        fs::permissions(m_folder, fs::perms(0555));
        const std::string outcome =
            asOrdinaryUser([&] { return failureOf([&] { writeFileAtomically(m_folder / "a.txt", "new"); }); });
        fs::permissions(m_folder, fs::perms(0755));
        QCOMPARE(outcome, std::string("no failure"));
        QCOMPARE(contentOf(m_folder / "a.txt"), std::string("new"));
        QCOMPARE(entriesIn(m_safe), std::size_t{0});
        QCOMPARE(statusOf(m_folder / "a.txt").st_ino, inode);
    }

    void aLockedFolderIsTheReasonThatIsNamed()
    {
        fs::permissions(m_folder, fs::perms(0555));
        const std::string message =
            asOrdinaryUser([&] { return failureOf([&] { AtomicFile file(m_folder / "new.txt"); }); });
        fs::permissions(m_folder, fs::perms(0755));
        QCOMPARE(message, "Could not write " + (m_folder / "new.txt").string() + ": the folder " + m_folder.string() +
                              " does not allow new files. Nothing was changed.");
    }

    void aFolderThatMayNotBeEnteredIsNamed()
    {
        fs::create_directory(m_folder / "closed");
        fs::permissions(m_folder / "closed", fs::perms(0000));
        const std::string message =
            asOrdinaryUser([&] { return failureOf([&] { AtomicFile file(m_folder / "closed/new.txt"); }); });
        fs::permissions(m_folder / "closed", fs::perms(0755));
        QVERIFY2(message.find("the way to the folder " + (m_folder / "closed").string()) != std::string::npos,
                 message.c_str());
    }

    void aFileThatIsLockedStaysAsItIs()
    {
        put(m_folder / "a.txt", "old");
        giveAway(m_folder / "a.txt");
        giveAway(m_folder);
        fs::permissions(m_folder / "a.txt", fs::perms(0444));
        const std::string message =
            asOrdinaryUser([&] { return failureOf([&] { writeFileAtomically(m_folder / "a.txt", "new"); }); });
        QVERIFY2(message.find("a.txt: Permission denied. Nothing was changed.") != std::string::npos, message.c_str());
        QCOMPARE(contentOf(m_folder / "a.txt"), std::string("old"));
    }

    void aFileOfAnotherOwnerKeepsItsOwner()
    {
        if (::geteuid() != 0)
            QSKIP("needs root, to make a file of another owner");
        put(m_folder / "a.txt", "old");
        fs::permissions(m_folder / "a.txt", fs::perms(0666));
        fs::permissions(m_folder, fs::perms(0777));
        QCOMPARE(::chown((m_folder / "a.txt").c_str(), 4321, 4322), 0);
        for (const bool root : {false, true}) {
            const auto save = [&] { return failureOf([&] { writeFileAtomically(m_folder / "a.txt", "new"); }); };
            QCOMPARE(root ? inChild(save) : asOrdinaryUser(save), std::string("no failure"));
            QCOMPARE(statusOf(m_folder / "a.txt").st_uid, uid_t{4321});
            QCOMPARE(statusOf(m_folder / "a.txt").st_gid, gid_t{4322});
            QCOMPARE(statusOf(m_folder / "a.txt").st_mode & 07777, mode_t{0666});
        }
        QCOMPARE(contentOf(m_folder / "a.txt"), std::string("new"));
        QCOMPARE(entriesIn(m_folder), std::size_t{1});
    }

    void extendedAttributesAreKept()
    {
        const fs::path target = m_folder / "a.txt";
        put(target, "old");
        if (::setxattr(target.c_str(), "user.note", "mine", 4, 0) != 0)
            QSKIP("a file system without extended attributes");
        writeFileAtomically(target, "new");
        char value[8] = {};
        QCOMPARE(::getxattr(target.c_str(), "user.note", value, sizeof value), ssize_t{4});
        QCOMPARE(std::string(value), std::string("mine"));
    }

    void aMountOfItsOwnIsWrittenInPlace()
    {
        put(m_folder / "real.txt", "old");
        put(m_folder / "mounted.txt", "");
        const std::string outcome = withOwnMounts([&]() -> std::string {
            if (::mount((m_folder / "real.txt").c_str(), (m_folder / "mounted.txt").c_str(), nullptr, MS_BIND,
                        nullptr) != 0)
                return notHere;
            return failureOf([&] { writeFileAtomically(m_folder / "mounted.txt", "new"); });
        });
        if (outcome == notHere)
            QSKIP("needs the right to mount");
        QCOMPARE(outcome, std::string("no failure"));
        QCOMPARE(contentOf(m_folder / "real.txt"), std::string("new"));
        QCOMPARE(entriesIn(m_folder), std::size_t{2});
    }

    void aReadOnlyFileSystemIsNamed()
    {
        const std::string outcome = withOwnMounts([&]() -> std::string {
            if (::mount("disk", m_folder.c_str(), "tmpfs", MS_RDONLY, nullptr) != 0)
                return notHere;
            return failureOf([&] { writeFileAtomically(m_folder / "a.txt", "new"); });
        });
        if (outcome == notHere)
            QSKIP("needs the right to mount");
        QVERIFY2(outcome.find("the folder " + m_folder.string() + " is on a read-only file system") !=
                     std::string::npos,
                 outcome.c_str());
    }

    void aKilledProgramLeavesNothing()
    {
        if (!knowsFilesWithoutNames(m_folder))
            QSKIP("a file system without files that have no name");
        put(m_folder / "a.txt", "old");
        int ready[2] = {};
        QCOMPARE(::pipe(ready), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            AtomicFile file(m_folder / "a.txt"), other(m_folder / "b.txt");
            file.write(std::string(100000, 'n'));
            if (::write(ready[1], "!", 1) == 1)
                ::pause();
            ::_exit(1);
        }
        char byte = 0;
        QCOMPARE(::read(ready[0], &byte, 1), ssize_t{1});
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        ::close(ready[0]);
        ::close(ready[1]);
        QCOMPARE(contentOf(m_folder / "a.txt"), std::string("old"));
        QCOMPARE(entriesIn(m_folder), std::size_t{1});
    }

    void whatAKilledProgramLeftGoesAtTheNextProgramsFirstSave()
    {
        const fs::path left = m_folder / ".posbias-12345.part", mine = m_folder / ".posbias-of-mine";
        const fs::path recent = m_folder / ".posbias-54321.part";
        for (const fs::path& file : {left, mine, recent})
            put(file, "part");
        for (const fs::path& file : {left, mine})
            fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(1));
        writeFileAtomically(m_folder / "a.txt", "new");
        QVERIFY(!fs::exists(left));
        QVERIFY(fs::exists(mine));
        QVERIFY(fs::exists(recent));  // perhaps of a program on another machine
        // A folder is looked through once: the next file does not list it again.
        put(left, "part");
        fs::last_write_time(left, fs::file_time_type::clock::now() - std::chrono::hours(1));
        writeFileAtomically(m_folder / "b.txt", "new");
        QVERIFY(fs::exists(left));
    }

    void aFileThatAppearsMeanwhileIsNotReplacedUnasked()
    {
        AtomicFile file(m_folder / "a.txt", Existing::Refuse);
        file.write("mine");
        put(m_folder / "a.txt", "somebody else's");
        QVERIFY(failureOf([&] { file.commit(); }).find("it exists by now") != std::string::npos);
        QCOMPARE(contentOf(m_folder / "a.txt"), std::string("somebody else's"));
        QVERIFY(failureOf([&] { AtomicFile(m_folder / "a.txt", Existing::Refuse); }).find("it exists") !=
                std::string::npos);
        QCOMPARE(entriesIn(m_folder), std::size_t{1});
    }

    void whatTakesTheTargetsPlaceMeanwhileIsNotHarmed()
    {
        put(m_folder / "other.txt", "other");
        put(m_folder / "a.txt", "old");
        AtomicFile first(m_folder / "a.txt"), second(m_folder / "a.txt"), third(m_folder / "a.txt");
        for (AtomicFile* file : {&first, &second, &third})
            file->write("new");
        fs::remove(m_folder / "a.txt");
        fs::create_symlink("other.txt", m_folder / "a.txt");
        QVERIFY(failureOf([&] { first.commit(); }).find("a symbolic link has taken its place") != std::string::npos);
        QCOMPARE(contentOf(m_folder / "other.txt"), std::string("other"));
        QVERIFY(fs::is_symlink(m_folder / "a.txt"));
        fs::remove(m_folder / "a.txt");
        fs::create_directory(m_folder / "a.txt");
        QVERIFY(failureOf([&] { second.commit(); }).find("directory") != std::string::npos);
        fs::remove(m_folder / "a.txt");
        third.commit();  // taken away: it comes back
        QCOMPARE(contentOf(m_folder / "a.txt"), std::string("new"));
        QCOMPARE(statusOf(m_folder / "a.txt").st_mode & 0777, mode_t{0644});
    }

    void aNameThatIsTooLongIsTheReason()
    {
        const std::string message = failureOf([&] { AtomicFile file(m_folder / std::string(256, 'n')); });
        QVERIFY2(message.find("its name is too long") != std::string::npos, message.c_str());
    }

    void noneOfSeveralAppearsBeforeAllAreWritten()
    {
        put(m_folder / "c.txt", "old");
        AtomicFiles files;
        files.write(m_folder / "a.txt", "a");
        files.write(m_folder / "b.txt", "b", Existing::Refuse);
        files.write(m_folder / "c.txt", "c");
        QCOMPARE(entriesIn(m_folder), std::size_t{1});
        files.commit();
        QCOMPARE(contentOf(m_folder / "a.txt") + contentOf(m_folder / "b.txt") + contentOf(m_folder / "c.txt"),
                 std::string("abc"));
    }

    void whatWasWrittenBeforeAFailureIsNamed()
    {
        AtomicFiles files;
        files.write(m_folder / "a.txt", "a");
        files.write(m_folder / "b.txt", "b", Existing::Refuse);
        put(m_folder / "b.txt", "somebody else's");
        QCOMPARE(failureOf([&] { files.commit(); }), "Could not write " + (m_folder / "b.txt").string() +
                                                         ": it exists by now. Nothing was changed but what "
                                                         "was written before: " +
                                                         (m_folder / "a.txt").string() + '.');
        QCOMPARE(contentOf(m_folder / "b.txt"), std::string("somebody else's"));
    }

private:
    /// To the user of asOrdinaryUser().
    static void giveAway(const fs::path& file)
    {
        if (::geteuid() == 0)
            QCOMPARE(::chown(file.c_str(), nobody, nobody), 0);
    }

    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path m_folder;
    fs::path m_safe;  ///< where copies are kept that have no place beside their file
};

QTEST_GUILESS_MAIN(AtomicFileTest)
#include "atomic_file.moc"
