// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/atomic_file.h"

#include "core/base/error.h"
#include "core/io/file_attributes.h"
#include "core/io/path_key.h"
#include "core/io/temporary_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace posbias {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view nothingChanged = "Nothing was changed";

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

std::string reasonOf(int error)
{
    return std::generic_category().message(error);
}

/// Why nothing new can be made in the folder.
std::string folderReason(const fs::path& folder, int error)
{
    const std::string name = "the folder " + folder.string();
    switch (error) {
    case ENOENT: return name + " does not exist";
    case ENOTDIR: return name + " is not a folder";
    case EACCES:
    case EPERM: return name + " does not allow new files";
    case EROFS: return name + " is on a read-only file system";
    case ENOSPC: return "no space is left on the disk of " + name;
    case EDQUOT: return "the disk quota of " + name + " is used up";
    case ENAMETOOLONG: return "its name is too long";
    default: return name + ": " + reasonOf(error);
    }
}

/// An open file that is closed at the end of its block.
class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    operator int() const { return m_number; }

private:
    int m_number;
};

bool writeAll(int to, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(to, bytes.data(), bytes.size());
        if (written >= 0)
            bytes.remove_prefix(static_cast<std::size_t>(written));
        else if (errno != EINTR)
            return false;
    }
    return true;
}

/// The whole content of one file becomes that of another, down to the disk. False and errno on failure: `to` may then
/// have some of it.
bool copyContent(int from, int to)
{
    static constexpr std::size_t blockBytes = std::size_t{1} << 18;
    std::string block(blockBytes, '\0');
    off_t at = 0;
    if (::lseek(to, 0, SEEK_SET) != 0)
        return false;
    while (true) {
        const ssize_t read = ::pread(from, block.data(), block.size(), at);
        if (read == 0)
            break;
        if (read < 0 && errno == EINTR)
            continue;
        if (read < 0 || !writeAll(to, {block.data(), static_cast<std::size_t>(read)}))
            return false;
        at += read;
    }
    return ::ftruncate(to, at) == 0 && ::fsync(to) == 0;
}

/// What the name of a file's safe copy begins with in the folder: elsewhere than beside the file it says whose it is.
std::string safeCopyPrefix(const fs::path& file, const fs::path& folder)
{
    // A long name is cut where that leaves room for the ending.
    const std::string prefix = file.filename().string().substr(0, 200) + ".before-saving-";
    if (std::error_code ignored; folder == folderOf(file) || fs::equivalent(folder, folderOf(file), ignored))
        return prefix;
    return prefix + pathKey(file) + '-';
}

/// "lecture.posbias.before-saving-123", beside the file or in the safe folder: what the file held, on the disk. Locked
/// while it is in use.
class SafeCopy {
public:
    /// Without a path, and errno, when it could not be made.
    SafeCopy(const fs::path& file, int content)
    {
        for (const fs::path& folder : {folderOf(file), safeFolder()}) {
            const std::string number = temporaryName({}).stem().string().substr(std::string_view(".posbias-").size());
            m_path = folder / (safeCopyPrefix(file, folder) + number);
            m_descriptor = ::open(m_path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
            if (m_descriptor >= 0)
                ::flock(m_descriptor, LOCK_EX | LOCK_NB);
            if (m_descriptor >= 0 && copyContent(content, m_descriptor)) {
                syncFolder(folder);
                return;
            }
            const int error = errno;
            remove();
            errno = error;
        }
    }
    ~SafeCopy()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    SafeCopy(const SafeCopy&) = delete;
    SafeCopy& operator=(const SafeCopy&) = delete;

    bool made() const { return m_descriptor >= 0; }
    const fs::path& path() const { return m_path; }
    bool putBack(int file) const { return copyContent(m_descriptor, file); }
    /// Nobody needs it any more.
    void remove()
    {
        if (m_descriptor < 0)
            return;
        ::unlink(m_path.c_str());  // while it is locked: nobody may take it for an abandoned one
        ::close(m_descriptor);
        m_descriptor = -1;
    }

private:
    fs::path m_path;
    int m_descriptor = -1;
};

std::optional<std::string> contentIn(int descriptor)
{
    std::string bytes, block(std::size_t{1} << 18, '\0');
    while (true) {
        const ssize_t read = ::read(descriptor, block.data(), block.size());
        if (read == 0)
            return bytes;
        if (read < 0 && errno != EINTR)
            return std::nullopt;
        bytes.append(block.data(), static_cast<std::size_t>(std::max<ssize_t>(read, 0)));
    }
}

/// A safe copy of this user's that nobody is at and that holds something else than `content`.
bool isAbandonedCopy(const fs::path& path, const std::optional<std::string>& content)
{
    const Descriptor copy(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status = {};
    if (copy < 0 || ::fstat(copy, &status) != 0 || !S_ISREG(status.st_mode) || status.st_uid != ::geteuid() ||
        ::flock(copy, LOCK_SH | LOCK_NB) != 0)
        return false;
    const std::optional<std::string> held = contentIn(copy);
    return held && held != content;
}

}  // namespace

void syncFolder(const fs::path& folder)
{
    if (const Descriptor open(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)); open >= 0)
        ::fsync(open);
}

bool isWrittenDirectly(const fs::path& file)
{
    const fs::path target = followLinks(file);
    std::error_code ignored;
    const fs::file_status status = fs::status(target, ignored);
    return isDescriptor(target) || (fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status));
}

std::string fileIdentity(const fs::path& file)
{
    if (isWrittenDirectly(file))
        return {};
    const auto numbers = [](const struct stat& status) {
        return std::to_string(status.st_dev) + ':' + std::to_string(status.st_ino);
    };
    const fs::path target = followLinks(file);
    struct stat status = {};
    if (::stat(target.c_str(), &status) == 0)
        return numbers(status);
    if (::stat(folderOf(target).c_str(), &status) == 0)
        return numbers(status) + '/' + target.filename().string();
    std::error_code error;
    const fs::path canonical = fs::weakly_canonical(fs::absolute(target), error);
    return error ? target.string() : canonical.string();
}

AtomicFile::AtomicFile(fs::path target, Existing existing)
    : m_name(std::move(target)), m_target(followLinks(m_name)), m_existing(existing)
{
    std::error_code ignored;
    const fs::file_status status = fs::status(m_target, ignored);
    if (m_name.empty())
        throw FailureError("Could not write a file without a name");
    if (fs::is_directory(status) || !m_target.has_filename())
        fail("it is a directory");
    if (!isDescriptor(m_target) && fs::is_symlink(fs::symlink_status(m_target, ignored)))
        fail("its symbolic links lead in a circle");
    if (isWrittenDirectly(m_target))
        openDirectly();
    else
        openStage();
}

AtomicFile::~AtomicFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    if (!m_stage.empty())
        ::unlink(m_stage.c_str());
}

void AtomicFile::openDirectly()
{
    // One of this program's own goes on where that is: opened anew it would begin at the start of a redirected file.
    std::error_code ignored;
    const bool own = fs::equivalent(folderOf(m_target), "/proc/self/fd", ignored) &&
                     m_target.filename().string().find_first_not_of("0123456789") == std::string::npos;
    m_descriptor = own ? ::fcntl(std::atoi(m_target.filename().c_str()), F_DUPFD_CLOEXEC, 0)
                       : ::open(m_target.c_str(), O_WRONLY | O_CLOEXEC);
    if (m_descriptor < 0)
        failWithErrno();
    m_direct = true;
}

/// The target as it is now, for writing, without changing it; never through a link that somebody put there meanwhile.
int AtomicFile::openTarget() const
{
    return ::open(m_target.c_str(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
}

void AtomicFile::openStage()
{
    // A rename would replace even a file that its owner has locked against writing.
    const Descriptor target(openTarget());
    const bool exists = target >= 0;
    if (const int error = errno; !exists && error != ENOENT) {
        std::error_code hidden;
        const bool isThere = fs::exists(m_target, hidden);
        errno = error;
        isThere ? failWithErrno() : failAsFolder();
    }
    if (exists && m_existing == Existing::Refuse)
        fail("it exists");
    struct stat status = {};
    if (exists && ::fstat(target, &status) == 0)
        m_mode = status.st_mode & 07777;

    m_stageFolder = folderOf(m_target);
    removeAbandonedFiles(m_stageFolder);
    TemporaryFile stage = makeTemporaryFile(m_stageFolder, exists ? 0600 : 0666);
    if (stage.descriptor < 0 && !exists)
        failAsFolder();
    if (stage.descriptor < 0) {
        m_stageFolder = safeFolder();
        stage = makeTemporaryFile(m_stageFolder, 0600);
    }
    if (stage.descriptor < 0)
        fail(folderReason(m_stageFolder, errno));
    m_descriptor = stage.descriptor;
    m_stage = stage.path;
}

void AtomicFile::write(std::string_view bytes)
{
    if (!writeAll(m_descriptor, bytes))
        failWithErrno();
    m_written += static_cast<std::int64_t>(bytes.size());
    startSync();
}

/// The disk works while the rest is being made, and little is left for commit() to wait for.
void AtomicFile::startSync()
{
    constexpr std::int64_t least = std::int64_t{8} << 20;
    if (m_direct || m_written - m_syncing < least)
        return;
    ::sync_file_range(m_descriptor, m_syncing, m_written - m_syncing, SYNC_FILE_RANGE_WRITE);
    m_syncing = m_written;
}

void AtomicFile::commit()
{
    if (m_direct) {
        if (::close(std::exchange(m_descriptor, -1)) != 0 && errno != EINTR)
            failWithErrno();
        return;
    }
    // Content first, name after: a crash in between leaves the old file.
    if (::fsync(m_descriptor) != 0)
        failWithErrno();
    // Somebody may make or take away the target at the same time: a few tries, each from what is there then.
    for (int attempt = 0; attempt < 10; ++attempt) {
        const Descriptor target(openTarget());
        if (target < 0 && errno != ENOENT)
            errno == ELOOP ? fail("a symbolic link has taken its place") : failWithErrno();
        if (target < 0) {
            if (!appear())
                continue;
        } else {
            struct stat status = {};
            if (::fstat(target, &status) != 0)
                failWithErrno();
            if (!S_ISREG(status.st_mode))
                fail("it is no file any more");
            if (m_existing == Existing::Refuse)
                fail("it exists by now");
            if (!replace(target, status))
                writeInPlace(target, status);
        }
        syncFolder(folderOf(m_target));
        return;
    }
    fail("another program keeps replacing it");
}

bool AtomicFile::nameStage(const fs::path& path) const
{
    if (!m_stage.empty())
        return ::link(m_stage.c_str(), path.c_str()) == 0;
    return ::linkat(AT_FDCWD, ("/proc/self/fd/" + std::to_string(m_descriptor)).c_str(), AT_FDCWD, path.c_str(),
                    AT_SYMLINK_FOLLOW) == 0;
}

/// Where nothing is. False if something has appeared there.
bool AtomicFile::appear()
{
    if (m_stageFolder != folderOf(m_target))
        fail("it is gone, and " + folderReason(folderOf(m_target), EACCES));
    if (m_mode != 0)  // it was there, and somebody has taken it away
        [[maybe_unused]]
        const int refused = ::fchmod(m_descriptor, m_mode);
    if (nameStage(m_target)) {
        if (!m_stage.empty())
            ::unlink(m_stage.c_str());
        m_stage.clear();
        return true;
    }
    if (errno == EEXIST)
        return false;
    if (m_stage.empty())
        failAsFolder();
    // A file system without links.
    if (::renameat2(AT_FDCWD, m_stage.c_str(), AT_FDCWD, m_target.c_str(), RENAME_NOREPLACE) == 0 ||
        (errno == EINVAL && ::rename(m_stage.c_str(), m_target.c_str()) == 0)) {
        m_stage.clear();
        return true;
    }
    if (errno == EEXIST)
        return false;
    failWithErrno();
}

/// By a rename. False, with nothing changed, where that cannot be or would not keep what the target is.
bool AtomicFile::replace(int target, const struct stat& status)
{
    if (m_stageFolder != folderOf(m_target) || status.st_nlink > 1)
        return false;
    if (const Descriptor readable(::open(m_target.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
        !copyAttributes(readable >= 0 ? int(readable) : target, status, m_descriptor))
        return false;
    if (m_stage.empty()) {
        const fs::path name = temporaryName(m_stageFolder);
        if (!nameStage(name))
            return false;
        m_stage = name;
    }
    if (::rename(m_stage.c_str(), m_target.c_str()) == 0) {
        m_stage.clear();
        return true;
    }
    // Other than by a directory in its place: a mount of its own, a sticky folder, the rules of a security module.
    if (errno == EISDIR || errno == ENOTEMPTY || errno == EEXIST)
        fail("it is a directory by now");
    return false;
}

void AtomicFile::writeInPlace(int target, const struct stat& status)
{
    const Descriptor readable(::open(m_target.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (readable < 0)
        fail("it cannot be replaced but only be written in place, and for a safe copy it cannot be read: " +
             reasonOf(errno));
    // Both were opened by name: what goes into the copy must be what is written over.
    if (struct stat copied = {};
        ::fstat(readable, &copied) != 0 || copied.st_dev != status.st_dev || copied.st_ino != status.st_ino)
        fail("another program is replacing it");
    SafeCopy copy(m_target, readable);
    if (!copy.made())
        fail("it cannot be replaced but only be written in place, and no safe copy could be made: " + reasonOf(errno));
    // Room before content, where the file system can reserve it: a full disk is then noticed while all is as it was.
    const bool full = ::fallocate(target, FALLOC_FL_KEEP_SIZE, 0, std::max<off_t>(1, m_written)) != 0 &&
                      (errno == ENOSPC || errno == EDQUOT);
    if (!full && copyContent(m_descriptor, target)) {
        [[maybe_unused]] const int refused =
            ::fchmod(target, status.st_mode & 07777);  // writing takes set-user-id away
        copy.remove();
        return;
    }
    const std::string reason = reasonOf(errno);
    if (full || copy.putBack(target)) {
        copy.remove();
        fail(reason);
    }
    throw FailureError("Could not write " + m_name.string() + ": " + reason + ". What it held before is in " +
                       copy.path().string() + '.');
}

void AtomicFile::fail(const std::string& reason) const
{
    throw FailureError("Could not write " + m_name.string() + ": " + reason + '.' +
                       (m_direct ? "" : ' ' + std::string(nothingChanged) + '.'));
}

void AtomicFile::failWithErrno() const
{
    const std::string reason = reasonOf(errno);
    const bool elsewhere = !m_direct && m_descriptor >= 0 && m_stageFolder != folderOf(m_target);
    fail(elsewhere ? reason + " in " + m_stageFolder.string() + ", where the new content is kept first" : reason);
}

void AtomicFile::failAsFolder() const
{
    const int error = errno;
    // A part of the way to the folder may be a file, or be closed to this user.
    const fs::path folder = folderOf(m_target);
    std::error_code ignored;
    const bool hidden = error == EACCES && !fs::exists(folder / ".", ignored) && ignored;
    fail(hidden ? "the way to the folder " + folder.string() + " is closed: " + reasonOf(error)
                : folderReason(folder, error));
}

void AtomicFiles::write(const fs::path& target, std::string_view bytes, Existing existing)
{
    m_files.emplace_back(target, std::make_unique<AtomicFile>(target, existing));
    m_files.back().second->write(bytes);
}

void AtomicFiles::commit()
{
    std::string written;
    for (const auto& [target, file] : m_files) {
        try {
            file->commit();
        } catch (const FailureError& error) {
            if (written.empty())
                throw;
            std::string message = error.what();
            if (message.ends_with(std::string(nothingChanged) + '.')) {
                message.pop_back();
                throw FailureError(message + " but what was written before: " + written + '.');
            }
            throw FailureError(message + " Written before: " + written + '.');
        }
        written += (written.empty() ? "" : ", ") + target.string();
    }
    m_files.clear();
}

void writeFileAtomically(const fs::path& target, std::string_view bytes, Existing existing)
{
    AtomicFile file(target, existing);
    file.write(bytes);
    file.commit();
}

std::vector<fs::path> abandonedSafeCopies(const fs::path& file)
{
    const fs::path target = followLinks(file);
    if (std::error_code ignored; !fs::is_regular_file(target, ignored))
        return {};
    std::vector<fs::path> folders = stateFolders();
    folders.insert(folders.begin(), folderOf(target));
    folders.push_back("/var/tmp");
    std::vector<fs::path> copies;
    std::optional<std::optional<std::string>> content;  // read once there is something to compare
    std::set<fs::path> seen;                            // one folder may have several of these names
    for (const fs::path& folder : folders) {
        std::error_code error;
        const fs::path real = fs::canonical(folder, error);
        if (error || !seen.insert(real).second)
            continue;
        const std::string prefix = safeCopyPrefix(target, folder);
        for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
            const std::string name = entry->path().filename().string();
            if (!name.starts_with(prefix) || name.size() == prefix.size() ||
                name.find_first_not_of("0123456789", prefix.size()) != std::string::npos)
                continue;
            if (!content) {
                const Descriptor open(::open(target.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
                content = open >= 0 ? contentIn(open) : std::nullopt;
            }
            if (isAbandonedCopy(entry->path(), *content))
                copies.push_back(entry->path());
        }
    }
    std::ranges::stable_sort(copies, std::ranges::greater(), [](const fs::path& copy) {
        std::error_code ignored;
        return fs::last_write_time(copy, ignored);
    });
    return copies;
}

}  // namespace posbias
