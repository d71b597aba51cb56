// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Files of text, as the readers of all formats take them: unpacked, in UTF-8, with one kind of line end. A spreadsheet,
// an editor and a shell write the same table in many ways; what they mean is the same.

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace posbias {

/// What a reader expects, for its limits and messages.
struct TextKind {
    std::string_view what;          ///< "an experiment"
    std::string_view advice;        ///< behind "is larger than 16 MiB": "; it is no PosBias experiment"
    std::size_t mostBytes = 0;      ///< of the file, and of the text inside it
    bool mayBeWindows1252 = false;  ///< where bytes are not UTF-8; else they stay for the reader to refuse
};

struct FileText {
    std::string text;
    bool compressed = false;
    std::string_view encoding = "UTF-8";  ///< that the file has: "UTF-8", "UTF-16", "UTF-32", "Windows-1252"
};

/// Throws InputError (subject: the file) for a pipe, a device, a socket and a directory: for readers that must not wait
/// and to whom nobody pipes. A file that is missing, or cannot be seen, is left to reading.
void requireRegularFile(const std::filesystem::path& file);
/// The bytes of a file, pipe or device. Throws InputError (subject: the file) where it is a directory, cannot be read,
/// or has more than `kind.mostBytes`.
std::string fileBytes(const std::filesystem::path& file, const TextKind& kind);

/// Unpacks gzip (of several members, too; never more than `kind.mostBytes`), then reads UTF-8, UTF-16 or UTF-32, with or
/// without a byte order mark, and makes every line end "\n". Throws InputError (subject and beginning: `name`) for
/// damaged gzip, broken UTF-16 or UTF-32, and files that are known not to be text: ZIP (a workbook of a spreadsheet),
/// Parquet, pictures, other compressions.
FileText decodedText(std::string bytes, const std::string& name, const TextKind& kind);

/// Both.
FileText readText(const std::filesystem::path& file, const TextKind& kind);

/// Whether the bytes begin as a gzip file does.
bool isGzip(std::string_view bytes);
/// Whether a regular file does.
bool holdsGzip(const std::filesystem::path& file);
/// What is inside, and no gzip again. `name` and `kind` are for messages and the limit, as above.
std::string unpackedGzip(std::string_view bytes, const std::string& name, const TextKind& kind);

/// As gzip without a date or a name: the same bytes for the same text. At most 4 GiB.
std::string packedGzip(std::string_view text);

}  // namespace posbias
