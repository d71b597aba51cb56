// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file_attributes.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace posbias {
namespace {

/// None on a file system that knows none; nothing when they cannot be listed.
std::optional<std::vector<std::string>> attributeNames(int file)
{
    std::vector<std::string> names;
    const ssize_t size = ::flistxattr(file, nullptr, 0);
    if (size < 0)
        return errno == ENOTSUP ? std::optional(names) : std::nullopt;
    std::string list(static_cast<std::size_t>(size), '\0');
    const ssize_t read = ::flistxattr(file, list.data(), list.size());
    if (read < 0)
        return {};
    list.resize(static_cast<std::size_t>(read));
    for (const char* name = list.c_str(); name < list.c_str() + list.size(); name += std::strlen(name) + 1)
        names.emplace_back(name);
    return names;
}

std::optional<std::string> attribute(int file, const std::string& name)
{
    const ssize_t size = ::fgetxattr(file, name.c_str(), nullptr, 0);
    if (size < 0)
        return {};
    std::string value(static_cast<std::size_t>(size), '\0');
    const ssize_t read = ::fgetxattr(file, name.c_str(), value.data(), value.size());
    if (read < 0)
        return {};
    value.resize(static_cast<std::size_t>(read));
    return value;
}

bool copyExtendedAttributes(int from, int to)
{
    const auto wanted = attributeNames(from), present = attributeNames(to);
    if (!wanted || !present)
        return false;
    // A new file may have inherited an access list from its folder.
    for (const std::string& name : *present)
        if (std::ranges::find(*wanted, name) == wanted->end() && ::fremovexattr(to, name.c_str()) != 0)
            return false;
    for (const std::string& name : *wanted) {
        const std::optional<std::string> value = attribute(from, name);
        if (!value)
            return false;
        if (attribute(to, name) != value && ::fsetxattr(to, name.c_str(), value->data(), value->size(), 0) != 0)
            return false;
    }
    return true;
}

}  // namespace

bool copyAttributes(int from, const struct stat& status, int to)
{
    struct stat now = {};
    if (::fstat(to, &now) != 0)
        return false;
    if ((now.st_uid != status.st_uid || now.st_gid != status.st_gid) && ::fchown(to, status.st_uid, status.st_gid) != 0)
        return false;
    if (!copyExtendedAttributes(from, to))
        return false;
    // Last: a change of owner or of the access list changes the permissions too.
    return ::fchmod(to, status.st_mode & 07777) == 0 ||
           (::fstat(to, &now) == 0 && (now.st_mode & 07777) == (status.st_mode & 07777));
}

}  // namespace posbias
