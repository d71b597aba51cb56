// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/text_file.h"

#include "core/base/error.h"
#include "core/base/quoted_text.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <limits>
#include <new>
#include <vector>

namespace posbias {

namespace {

using namespace std::string_view_literals;

[[noreturn]] void refuse(const std::string& name, const std::string& what)
{
    throw InputError(name, name + ' ' + what);
}

std::string sizeText(std::size_t bytes)
{
    return std::to_string(bytes >> 20) + " MiB";
}

[[noreturn]] void refuseSize(const std::string& name, const TextKind& kind, const char* where = "is")
{
    refuse(name, std::string(where) + " larger than " + sizeText(kind.mostBytes) + std::string(kind.advice));
}

// ---- What is no text -----------------------------------------------------------------------------------------

struct Format {
    std::string_view start;  ///< the file's first bytes
    std::string_view what;
};

constexpr std::array<Format, 14> otherFormats = {{
    {"PK\x03\x04"sv, "a ZIP archive, such as a spreadsheet's workbook (.xlsx, .ods)"},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "a document of an older office program, such as a workbook (.xls)"},
    {"PAR1"sv, "a Parquet table"},
    {"ARROW1"sv, "an Arrow table"},
    {"\x93NUMPY"sv, "a NumPy array"},
    {"\x89HDF\r\n"sv, "an HDF5 file"},
    {"SQLite format 3"sv, "an SQLite database"},
    {"BZh"sv, "compressed by bzip2"},
    {"\xfd"
     "7zXZ"sv,
     "compressed by xz"},
    {"\x28\xb5\x2f\xfd"sv, "compressed by Zstandard"},
    {"7z\xbc\xaf\x27\x1c"sv, "a 7-Zip archive"},
    {"\x1f\x9d"sv, "compressed by compress"},
    {"\x89PNG\r\n"sv, "a PNG picture"},
    {"%PDF-"sv, "a PDF"},
}};

void refuseOtherFormats(std::string_view bytes, const std::string& name, const TextKind& kind)
{
    for (const Format& format : otherFormats)
        if (bytes.starts_with(format.start))
            refuse(name, "is " + std::string(format.what) + ", not " + std::string(kind.what));
}

// ---- Encodings -----------------------------------------------------------------------------------------------

void appendUtf8(std::string& text, char32_t code)
{
    const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | code >> 6);
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3F));
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

bool isSurrogate(char32_t code)
{
    return code >= 0xD800 && code < 0xE000;
}

/// Units of two or four bytes, the least or the most significant first.
struct WideEncoding {
    std::size_t unit = 0;  ///< bytes; 0: bytes are characters or UTF-8
    bool littleEndian = true;
    std::size_t mark = 0;  ///< bytes of the byte order mark
};

/// By the byte order mark, else by the zeros beside two ASCII characters at the start.
WideEncoding wideEncodingOf(std::string_view bytes)
{
    for (const auto& [mark, encoding] :
         {std::pair("\xff\xfe\0\0"sv, WideEncoding{4, true, 4}), std::pair("\0\0\xfe\xff"sv, WideEncoding{4, false, 4}),
          std::pair("\xff\xfe"sv, WideEncoding{2, true, 2}), std::pair("\xfe\xff"sv, WideEncoding{2, false, 2})})
        if (bytes.starts_with(mark))
            return encoding;
    if (bytes.size() < 4)
        return {};
    const auto zero = [&](std::size_t i) { return bytes[i] == '\0'; };
    if (!zero(0) && zero(1) && !zero(2) && zero(3))
        return {2, true, 0};
    if (zero(0) && !zero(1) && zero(2) && !zero(3))
        return {2, false, 0};
    return {};
}

std::string fromWide(std::string_view bytes, const WideEncoding& encoding, const std::string& name)
{
    const std::string encodingName = encoding.unit == 2 ? "UTF-16" : "UTF-32";
    bytes.remove_prefix(encoding.mark);
    if (bytes.size() % encoding.unit != 0)
        refuse(name, "ends in the middle of a character of " + encodingName);
    const auto unitAt = [&](std::size_t i) {
        char32_t code = 0;
        for (std::size_t k = 0; k < encoding.unit; ++k) {
            const std::size_t at = encoding.littleEndian ? encoding.unit - 1 - k : k;
            code = code << 8 | static_cast<unsigned char>(bytes[i * encoding.unit + at]);
        }
        return code;
    };
    const std::size_t count = bytes.size() / encoding.unit;
    std::string text;
    text.reserve(count + count / 8);
    for (std::size_t i = 0; i < count; ++i) {
        char32_t code = unitAt(i);
        const bool paired = encoding.unit == 2 && code >= 0xD800 && code < 0xDC00 && i + 1 < count;
        if (const char32_t low = paired ? unitAt(i + 1) : 0; low >= 0xDC00 && low < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            ++i;
        }
        if (isSurrogate(code) || code > 0x10FFFF)
            refuse(name, "is damaged " + encodingName + ", line " +
                             std::to_string(std::count(text.begin(), text.end(), '\n') + 1));
        appendUtf8(text, code);
    }
    return text;
}

bool isUtf8(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t size = utf8Size(text);
        if (size == 0)
            return false;
        text.remove_prefix(size);
    }
    return true;
}

/// 0x80..0x9f; five of them are no characters and stay control characters.
constexpr std::array<char16_t, 32> windows1252 = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                  0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                                  0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                  0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

std::string fromWindows1252(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 8);
    for (const char byte : bytes) {
        const auto code = static_cast<unsigned char>(byte);
        appendUtf8(text, code >= 0x80 && code < 0xA0 ? windows1252[code - 0x80] : code);
    }
    return text;
}

void unifyLineEnds(std::string& text)
{
    if (text.find('\r') == std::string::npos)
        return;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool carriageReturn = text[i] == '\r';
        if (carriageReturn && i + 1 < text.size() && text[i + 1] == '\n')
            continue;
        text[kept++] = carriageReturn ? '\n' : text[i];
    }
    text.resize(kept);
}

}  // namespace

void requireRegularFile(const std::filesystem::path& file)
{
    std::error_code ignored;
    const char* what = nullptr;
    switch (std::filesystem::status(file, ignored).type()) {
    case std::filesystem::file_type::directory: what = "a directory"; break;
    case std::filesystem::file_type::fifo: what = "a named pipe"; break;
    case std::filesystem::file_type::socket: what = "a socket"; break;
    case std::filesystem::file_type::block:
    case std::filesystem::file_type::character: what = "a device"; break;
    default: return;
    }
    refuse(file.string(), std::string("is ") + what + ", not a file");
}

std::string fileBytes(const std::filesystem::path& file, const TextKind& kind)
{
    const std::string name = file.string();
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored))
        refuse(name, "is a directory, not " + std::string(kind.what));
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw InputError(name, "cannot open " + name + ": " + std::strerror(errno));
    std::string bytes;
    std::vector<char> block(std::size_t{1} << 18);
    do {
        stream.read(block.data(), static_cast<std::streamsize>(block.size()));
        bytes.append(block.data(), static_cast<std::size_t>(stream.gcount()));
        if (bytes.size() > kind.mostBytes)
            refuseSize(name, kind);
    } while (stream);
    if (stream.bad())
        throw InputError(name, "cannot read " + name + ": " + std::strerror(errno));
    return bytes;
}

bool isGzip(std::string_view bytes)
{
    return bytes.starts_with("\x1f\x8b"sv);
}

bool holdsGzip(const std::filesystem::path& file)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored))
        return false;  // a pipe would be waited for
    std::string start(2, '\0');
    std::ifstream(file, std::ios::binary).read(start.data(), 2);
    return isGzip(start);
}

std::string unpackedGzip(std::string_view bytes, const std::string& name, const TextKind& kind)
{
    struct Inflater {
        z_stream stream{};
        Inflater()
        {
            if (inflateInit2(&stream, 15 + 16) != Z_OK)  // 15: the largest window; 16: a gzip header, nothing else
                throw std::bad_alloc();
        }
        ~Inflater() { inflateEnd(&stream); }
        Inflater(const Inflater&) = delete;
        Inflater& operator=(const Inflater&) = delete;
    } inflater;
    z_stream& stream = inflater.stream;
    if (bytes.size() > std::numeric_limits<uInt>::max())
        refuseSize(name, kind);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib only reads it
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string text;
    std::vector<char> block(std::size_t{1} << 18);
    for (;;) {
        stream.next_out = reinterpret_cast<Bytef*>(block.data());
        stream.avail_out = static_cast<uInt>(block.size());
        const int outcome = inflate(&stream, Z_NO_FLUSH);
        const std::size_t size = block.size() - stream.avail_out;
        if (text.size() + size > kind.mostBytes)
            refuseSize(name, kind, "holds a text");
        text.append(block.data(), size);
        if (outcome == Z_STREAM_END) {
            const std::string_view rest(reinterpret_cast<const char*>(stream.next_in), stream.avail_in);
            if (isGzip(rest))
                inflateReset(&stream);
            else if (rest.find_first_not_of('\0') == std::string_view::npos)  // tapes pad with zeros
                break;
            else
                refuse(name, "is gzip with something else behind its end");
        } else if (outcome == Z_BUF_ERROR && stream.avail_in == 0) {
            refuse(name, "is gzip that breaks off");
        } else if (outcome != Z_OK) {
            refuse(name, "is damaged gzip");
        }
    }
    if (isGzip(text))
        refuse(name, "was packed twice: there is gzip inside the gzip; unpack it once");
    return text;
}

std::string packedGzip(std::string_view text)
{
    z_stream stream{};
    constexpr int mostMemory = 8;  // zlib's default
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, mostMemory, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string bytes(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // zlib only reads it
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_out = static_cast<uInt>(bytes.size());
    deflate(&stream, Z_FINISH);
    bytes.resize(stream.total_out);
    deflateEnd(&stream);
    return bytes;
}

FileText decodedText(std::string bytes, const std::string& name, const TextKind& kind)
{
    FileText result;
    if (isGzip(bytes)) {
        bytes = unpackedGzip(bytes, name, kind);
        result.compressed = true;
    }
    refuseOtherFormats(bytes, name, kind);
    if (const WideEncoding wide = wideEncodingOf(bytes); wide.unit > 0) {
        bytes = fromWide(bytes, wide, name);
        result.encoding = wide.unit == 2 ? "UTF-16" : "UTF-32";
    } else if (bytes.starts_with("\xef\xbb\xbf"sv)) {
        bytes.erase(0, 3);
    } else if (kind.mayBeWindows1252 && !isUtf8(bytes)) {
        bytes = fromWindows1252(bytes);
        result.encoding = "Windows-1252";
    }
    unifyLineEnds(bytes);
    result.text = std::move(bytes);
    return result;
}

FileText readText(const std::filesystem::path& file, const TextKind& kind)
{
    return decodedText(fileBytes(file, kind), file.string(), kind);
}

}  // namespace posbias
