// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A number that stands for a file's place in names of other files: the same for every way that leads to it.

#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>

namespace posbias {

/// Of the absolute path without links (FNV-1a). Two files may have one number, though hardly ever.
inline std::string pathKey(const std::filesystem::path& file)
{
    std::error_code ignored;
    constexpr std::uint64_t offset = 0xcbf29ce484222325, prime = 0x100000001b3;
    const std::filesystem::path whole =
        std::filesystem::weakly_canonical(std::filesystem::absolute(file, ignored), ignored);
    std::uint64_t key = offset;
    for (const char byte : whole.native())
        key = (key ^ static_cast<unsigned char>(byte)) * prime;
    return std::to_string(key);
}

}  // namespace posbias
