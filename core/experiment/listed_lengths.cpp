// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/listed_lengths.h"

#include "core/base/error.h"
#include "core/experiment/bound_fields.h"

#include <charconv>

namespace posbias {

namespace {

[[noreturn]] void refuse(const std::string& what)
{
    throw InputError("corpus.lengths.counts", "corpus.lengths.counts " + what);
}

std::int64_t numberIn(std::string_view text, std::string_view pair, const char* subject, std::int64_t most)
{
    std::int64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error == std::errc::invalid_argument || stop != end)
        refuse("holds " + quotedText(pair) + "; every pair must be two whole numbers, \"length:documents\"");
    if (error != std::errc{} || value < 1 || value > most)
        refuse("holds " + quotedText(pair) + "; the " + subject + " must be from 1 to " + std::to_string(most));
    return value;
}

CountedLength countedLength(std::string_view pair)
{
    const std::size_t colon = pair.find(':');
    if (colon == std::string_view::npos)
        refuse("holds " + quotedText(pair) + "; every pair must be two whole numbers, \"length:documents\"");
    return {numberIn(pair.substr(0, colon), pair, "length", maxLength),
            numberIn(pair.substr(colon + 1), pair, "number of documents", mostListedDocuments)};
}

}  // namespace

std::vector<CountedLength> countedLengths(const ListedLengths& listed)
{
    std::vector<CountedLength> counts;
    const std::string_view text = listed.counts;
    for (std::size_t begin = text.find_first_not_of(' '); begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const std::string_view pair = text.substr(begin, end - begin);
        const CountedLength count = countedLength(pair);
        if (!counts.empty() && count.length <= counts.back().length)
            refuse("holds " + quotedText(pair) + " after length " + std::to_string(counts.back().length) +
                   "; lengths must ascend, each once");
        counts.push_back(count);
        begin = text.find_first_not_of(' ', end);
    }
    if (counts.empty())
        refuse("is empty; it must hold at least one pair \"length:documents\"");
    return counts;
}

ListedLengths listedLengths(const std::vector<CountedLength>& counts)
{
    ListedLengths listed{{}};
    for (const auto& [length, documents] : counts) {
        if (!listed.counts.empty())
            listed.counts += ' ';
        listed.counts += std::to_string(length) + ':' + std::to_string(documents);
    }
    return listed;
}

}  // namespace posbias
