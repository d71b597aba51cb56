// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/experiment/listed_lengths.h"
#include "core/learning/corpus.h"
#include "core/learning/random_streams.h"

#include <algorithm>
#include <cmath>

namespace posbias {

namespace {

std::int64_t drawLength(const UniformLengths&, std::int64_t longest, std::mt19937_64& random)
{
    return std::uniform_int_distribution<std::int64_t>(1, longest)(random);
}

/// Inverse of P(length >= x) = (min / x)^exponent.
std::int64_t drawLength(const ParetoLengths& pareto, std::int64_t longest, std::mt19937_64& random)
{
    const double u = 1.0 - std::uniform_real_distribution<double>(0.0, 1.0)(random);  // in (0, 1]
    const double x = std::floor(static_cast<double>(pareto.min) * std::pow(u, -1.0 / pareto.exponent));
    return x >= static_cast<double>(longest) ? longest : static_cast<std::int64_t>(x);
}

/// The listed documents in one row; one of them at random.
class ListedDocuments {
public:
    explicit ListedDocuments(const ListedLengths& listed) : m_counts(countedLengths(listed))
    {
        for (const CountedLength& count : m_counts)
            m_upTo.push_back((m_upTo.empty() ? 0 : m_upTo.back()) + count.documents);
    }
    std::int64_t draw(std::int64_t longest, std::mt19937_64& random) const
    {
        const auto place = std::uniform_int_distribution<std::int64_t>(0, m_upTo.back() - 1)(random);
        const auto found = std::upper_bound(m_upTo.begin(), m_upTo.end(), place);
        return std::min(m_counts[static_cast<std::size_t>(found - m_upTo.begin())].length, longest);
    }
    std::vector<LengthCount> expected(double documents, std::int64_t longest) const
    {
        std::vector<LengthCount> result;
        for (const CountedLength& count : m_counts) {
            const std::int64_t length = std::min(count.length, longest);
            if (result.empty() || result.back().length != length)
                result.push_back({length, 0.0});
            result.back().documents += static_cast<double>(count.documents);
        }
        for (LengthCount& count : result)
            count.documents *= documents / static_cast<double>(m_upTo.back());
        return result;
    }

private:
    std::vector<CountedLength> m_counts;
    std::vector<std::int64_t> m_upTo;  ///< documents of these lengths and all before
};

std::int64_t drawLength(const ListedDocuments& listed, std::int64_t longest, std::mt19937_64& random)
{
    return listed.draw(longest, random);
}

double lengthProbability(const UniformLengths&, std::int64_t, std::int64_t longest)
{
    return 1.0 / static_cast<double>(longest);
}

/// (min / x)^exponent - (min / (x + 1))^exponent, without the difference; what reaches the cut gathers there.
double lengthProbability(const ParetoLengths& pareto, std::int64_t length, std::int64_t longest)
{
    const double x = static_cast<double>(length);
    if (length < std::min(pareto.min, longest))
        return 0.0;
    if (length == longest)
        return std::min(1.0, std::pow(static_cast<double>(pareto.min) / x, pareto.exponent));
    const double atLeast = std::pow(static_cast<double>(pareto.min) / x, pareto.exponent);
    return atLeast * -std::expm1(-pareto.exponent * std::log1p(1.0 / x));
}

template <typename Distribution>
std::vector<LengthCount> drawnLengths(const Distribution& distribution, const CorpusSettings& settings,
                                      std::int64_t longest, Stream stream)
{
    std::mt19937_64 random = generator(settings.seed, stream);
    std::vector<std::int64_t> drawn(settings.documents);
    for (std::int64_t& length : drawn)
        length = drawLength(distribution, longest, random);
    std::sort(drawn.begin(), drawn.end());
    std::vector<LengthCount> result;
    for (const std::int64_t length : drawn) {
        if (result.empty() || result.back().length != length)
            result.push_back({length, 0.0});
        result.back().documents += 1.0;
    }
    return result;
}

template <typename Distribution>
std::vector<LengthCount> expectedLengths(const Distribution& distribution, const CorpusSettings& settings,
                                         std::int64_t longest)
{
    std::vector<LengthCount> result;
    for (std::int64_t length = 1; length <= longest; ++length) {
        const double documents =
            static_cast<double>(settings.documents) * lengthProbability(distribution, length, longest);
        if (documents > 0.0)
            result.push_back({length, documents});
    }
    return result;
}

void requirePositive(const char* subject, const char* name, std::int64_t value)
{
    if (value < 1)
        throw InputError(subject,
                         std::string("The ") + name + " is " + std::to_string(value) + "; it must be at least 1.");
}

}  // namespace

std::vector<LengthCount> documentLengths(const CorpusSettings& settings, std::int64_t trainingLength, Stream stream)
{
    requirePositive("trainingLength", "training length", trainingLength);
    requirePositive("corpus.documents", "number of training documents", settings.documents);
    return std::visit(
        [&](const auto& distribution) -> std::vector<LengthCount> {
            using Distribution = std::decay_t<decltype(distribution)>;
            if constexpr (std::is_same_v<Distribution, FixedLengths>) {
                return {{trainingLength, static_cast<double>(settings.documents)}};
            } else if constexpr (std::is_same_v<Distribution, ListedLengths>) {
                const ListedDocuments listed(distribution);
                return settings.counts == Counts::Sampled
                           ? drawnLengths(listed, settings, trainingLength, stream)
                           : listed.expected(static_cast<double>(settings.documents), trainingLength);
            } else {
                return settings.counts == Counts::Sampled ? drawnLengths(distribution, settings, trainingLength, stream)
                                                          : expectedLengths(distribution, settings, trainingLength);
            }
        },
        settings.lengths);
}

ListedLengths listedDocuments(const CorpusSettings& settings, std::int64_t trainingLength)
{
    constexpr std::size_t mostLengths = 20'000;
    constexpr double parts = 1e6;  // of all documents, where counts are expected
    const std::vector<LengthCount> drawn = documentLengths(settings, trainingLength);
    const double scale = settings.counts == Counts::Expected ? parts / static_cast<double>(settings.documents) : 1.0;
    std::vector<CountedLength> list;
    for (std::int64_t step = 1; list.empty() || list.size() > mostLengths; step *= 2) {
        list.clear();
        for (const auto& [length, documents] : drawn) {
            const std::int64_t end = std::min((length + step - 1) / step * step, trainingLength);
            const std::int64_t count = std::max(std::llround(documents * scale), 1LL);
            if (!list.empty() && list.back().length == end)
                list.back().documents += count;
            else
                list.push_back({end, count});
        }
    }
    return listedLengths(list);
}

}  // namespace posbias
