// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The first bytes of an array in NumPy's format 1.0: magic, version, header length (16 bits), a Python dictionary padded
// so that data start at a multiple of 64.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace posbias {

/// `type`: "<f8", "<f4". At least two lengths; C order.
inline std::string npyHeader(std::initializer_list<std::int64_t> shape, std::string_view type)
{
    std::string dictionary = "{'descr': '" + std::string(type) + "', 'fortran_order': False, 'shape': (";
    for (const std::int64_t* length = shape.begin(); length != shape.end(); ++length)
        dictionary += (length == shape.begin() ? "" : ", ") + std::to_string(*length);
    dictionary += "), }";
    constexpr std::size_t prefix = 10;
    const std::size_t unpadded = prefix + dictionary.size() + 1;
    dictionary.append((64 - unpadded % 64) % 64, ' ').push_back('\n');
    std::string header("\x93NUMPY\x01\x00", 8);
    header.push_back(static_cast<char>(dictionary.size() & 0xff));
    header.push_back(static_cast<char>(dictionary.size() >> 8));
    return header + dictionary;
}

}  // namespace posbias
