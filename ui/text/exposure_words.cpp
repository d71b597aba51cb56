// SPDX-License-Identifier: GPL-3.0-or-later
// What training touched, how rare far offsets are and how buckets pool them.
#include "ui/text/numbers.h"
#include "ui/text/phrases.h"
#include "ui/text/study_word_parts.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>

namespace posbias::ui {

namespace {

struct Exposed {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::Exposed)
};

constexpr std::size_t longestList = 3;

/// "628 and beyond", "512–999", "−999–−512": offsets within those shown.
QString offsetsText(OffsetRange range, OffsetRange shown)
{
    if (range.last == shown.last && range.first >= 0)
        return Exposed::tr("%1 and beyond").arg(integer(range.first));
    if (range.first == shown.first && range.last < 0)
        return Exposed::tr("%1 and beyond").arg(integer(range.last));
    return range.first < 0 ? Exposed::tr("%1 to %2").arg(integer(range.first), integer(range.last))
                           : span(range.first, range.last);
}

/// "buckets 31 and 32", "bucket 7": the parameters of untrained offsets; empty where offsets have none of their own to share.
QString bucketsOf(const ParameterTable& table, const std::vector<OffsetRange>& untrained)
{
    std::vector<std::int64_t> buckets;
    for (const OffsetRange& range : untrained)
        for (const Segment& segment : table.segments(range)) {
            if (!segment.shared)
                return {};
            buckets.push_back(segment.parameter);
        }
    std::ranges::sort(buckets);
    if (buckets.empty())
        return {};
    if (buckets.size() == 1)
        return Exposed::tr("bucket %1").arg(integer(buckets[0]));
    if (buckets.size() == 2)
        return Exposed::tr("buckets %1 and %2").arg(integer(buckets[0]), integer(buckets[1]));
    if (buckets.back() - buckets.front() + 1 == static_cast<std::int64_t>(buckets.size()))
        return Exposed::tr("buckets %1 to %2").arg(integer(buckets.front()), integer(buckets.back()));
    return Exposed::tr("%1 buckets").arg(integer(static_cast<std::int64_t>(buckets.size())));
}

QString untrainedOf(const Result& result, std::size_t s)
{
    const OffsetRange shown = visibleOffsets(result.experiment.mask, result.experiment.length);
    const std::vector<OffsetRange> untrained = result.training.untrained(s, shown);
    if (untrained.empty())
        return Exposed::tr("%1: every offset shown has a trained bias").arg(letter(s));
    QStringList stretches;
    if (untrained.size() == 2 && untrained[0].first == -untrained[1].last && untrained[0].last == -untrained[1].first)
        stretches << Exposed::tr("%1 and beyond (both ways)").arg(integer(untrained[1].first));
    else
        for (std::size_t k = 0; k < std::min(untrained.size(), longestList); ++k)
            stretches << offsetsText(untrained[k], shown);
    if (untrained.size() > longestList)
        stretches << QStringLiteral("…");
    const QString offsets = stretches.join(QStringLiteral(", "));
    const QString buckets = bucketsOf(result.training.schemes[s]->table, untrained);
    return buckets.isEmpty() ? Exposed::tr("%1: offsets %2 have no trained bias").arg(letter(s), offsets)
                             : Exposed::tr("%1: %2 (offsets %3) untrained").arg(letter(s), buckets, offsets);
}

double farShare(const OffsetValues& values, std::int64_t from)
{
    double all = 0.0, far = 0.0;
    for (std::int64_t d = values.first; d <= values.last(); ++d) {
        all += values[d];
        far += std::abs(d) >= from ? values[d] : 0.0;
    }
    return all > 0.0 ? far / all : 0.0;
}

/// The shared parameter with the most pairs: "bucket 31 pools offsets 113 and beyond: 61 % of all pairs"; empty without one.
QString poolOf(const Result& result, std::size_t s)
{
    const TrainedScheme& scheme = *result.training.schemes[s];
    const auto most = std::ranges::max_element(scheme.exposure);
    if (most == scheme.exposure.end() || *most <= 0.0)
        return {};
    const Segment offsets = scheme.table.offsetsOf(most - scheme.exposure.begin());
    if (offsets.first == offsets.last)
        return {};
    const OffsetRange seen = result.training.seen();
    const std::int64_t first = std::max(offsets.first, seen.first), last = std::min(offsets.last, seen.last);
    const QString pooled = first < 0 ? Exposed::tr("%1 to %2").arg(integer(first), integer(last)) : span(first, last);
    return Exposed::tr("%1’s bucket %2 pools offsets %3: %4 of all pairs")
        .arg(letter(s), integer(most - scheme.exposure.begin()), pooled, percent(*most / result.training.totalPairs));
}

}  // namespace

StudyWords exposureWords(const Result& result, const Inks& inks)
{
    QStringList untrained, pools;
    for (std::size_t s = 0; s < std::min<std::size_t>(result.training.schemes.size(), 2); ++s) {
        untrained << untrainedOf(result, s);
        if (const QString pool = poolOf(result, s); !pool.isEmpty())
            pools << coloured(pool, inks.of(s));
    }
    const Corpus& corpus = *result.training.corpus;
    const std::int64_t half = (corpus.trainingLength + 1) / 2;
    StudyWords words;
    words.sentence = untrained.join(QStringLiteral("; ")) + QLatin1Char('.');
    words.detail =
        Exposed::tr("Offsets from %1 on: %2 of all pairs, %3 of all reads")
            .arg(integer(half), percent(farShare(corpus.pairs, half)), percent(farShare(corpus.reads, half)));
    if (!pools.isEmpty())
        words.detail += betweenParts() + pools.join(betweenParts());
    return words;
}

}  // namespace posbias::ui
