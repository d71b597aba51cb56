// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/document_reads.h"

#include "core/learning/random_streams.h"

#include <algorithm>
#include <numeric>

namespace posbias {

ReadSplitter::ReadSplitter(const std::vector<LengthCount>& lengths, std::int64_t seed, DocumentReads& out)
    : m_out(out), m_random(generator(seed, Stream::Split))
{
    m_out.begins.assign(1, 0);
    for (const LengthCount& count : lengths)
        for (auto left = static_cast<std::int64_t>(count.documents); left > 0; --left)
            m_out.begins.push_back(m_out.begins.back() + count.length);
    m_out.offsets.resize(static_cast<std::size_t>(m_out.begins.back()));
    m_next.assign(m_out.begins.begin(), m_out.begins.end() - 1);
    m_positive.resize(static_cast<std::size_t>(lengths.back().length));
    m_negative.resize(m_positive.size());
}

std::size_t ReadSplitter::below(std::size_t count)
{
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(m_random);
}

void ReadSplitter::enter(std::int64_t level)
{
    for (std::int64_t m = m_out.documents() - 1; m >= 0 && m_out.length(m) > level; --m)
        m_waiting.push_back(static_cast<std::int32_t>(m));
}

void ReadSplitter::turn(std::int64_t length, std::int64_t i, std::int64_t j, std::int64_t backward)
{
    if (m_sameLength.empty() || m_out.length(m_sameLength.front()) != length) {
        m_sameLength.clear();
        std::int64_t first = 0, last = m_out.documents();
        while (first < last)  // the first document of this length
            if (const std::int64_t middle = (first + last) / 2; m_out.length(middle) < length)
                first = middle + 1;
            else
                last = middle;
        for (; first < m_out.documents() && m_out.length(first) == length; ++first)
            m_sameLength.push_back(static_cast<std::int32_t>(first));
    }
    for (std::size_t k = 0; k < m_sameLength.size(); ++k) {
        const bool isBackward = k < static_cast<std::size_t>(backward);
        if (isBackward)
            std::swap(m_sameLength[k], m_sameLength[k + below(m_sameLength.size() - k)]);
        auto& side = isBackward ? m_positive[static_cast<std::size_t>(i)] : m_negative[static_cast<std::size_t>(j)];
        side.push_back(m_sameLength[k]);
    }
}

void ReadSplitter::enter(std::int64_t sign, std::int64_t level)
{
    std::vector<std::int32_t>& side = (sign > 0 ? m_positive : m_negative)[static_cast<std::size_t>(level)];
    m_waiting.insert(m_waiting.end(), side.begin(), side.end());
    side = {};
}

void ReadSplitter::read(std::int64_t offset, std::int64_t count)
{
    for (; count > 0; --count) {
        std::swap(m_waiting[below(m_waiting.size())], m_waiting.back());
        const std::int32_t document = m_waiting.back();
        m_waiting.pop_back();
        m_out.offsets[static_cast<std::size_t>(m_next[static_cast<std::size_t>(document)]++)] =
            static_cast<std::int32_t>(offset);
    }
}

}  // namespace posbias
