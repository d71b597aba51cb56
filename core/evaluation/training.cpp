// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/result.h"
#include "core/learning/teacher.h"

#include <algorithm>
#include <numeric>

namespace posbias {
namespace {

bool sameCorpus(const Experiment& a, const Experiment& b)
{
    return a.teacher == b.teacher && a.corpus == b.corpus && a.mask == b.mask && a.trainingLength == b.trainingLength;
}

std::shared_ptr<const TrainedScheme> trainScheme(const Experiment& experiment, const Corpus& corpus,
                                                 const Scheme& scheme, const Progress& progress)
{
    auto trained = std::make_shared<TrainedScheme>();
    trained->scheme = scheme;
    trained->table = parameterTable(scheme, experiment.mask, experiment.trainingLength);
    const TrainingLoss loss(corpus, trained->table);
    trained->exposure = loss.exposure();
    trained->untrainedCount = std::ranges::count(trained->exposure, 0.0);
    trained->initial = initialValue(experiment.learning);
    trained->fit = fit(loss, experiment.learning, progress);
    return trained;
}

std::int64_t medianDistance(const OffsetValues& pairs, double total)
{
    double within = 0.0;
    for (std::int64_t distance = 0; distance < pairs.last(); ++distance) {
        within += pairs[distance] + (distance > 0 && pairs.first < 0 ? pairs[-distance] : 0.0);
        if (within >= 0.5 * total)
            return distance;
    }
    return pairs.last();
}

double teacherLoss(const Teacher& teacher, const Corpus& corpus)
{
    const OffsetValues g = preferences(teacher, corpus.reads.range());
    const TrainingLoss loss(corpus, parameterTable(PerOffset{}, corpus.mask, corpus.trainingLength));
    return loss.value(g.values);
}

}  // namespace

bool TrainedScheme::trained(std::int64_t d) const
{
    const std::int64_t parameter = table.parameterOf(d);
    return parameter != noParameter && exposure[static_cast<std::size_t>(parameter)] > 0.0;
}

double TrainedScheme::biasOf(std::int64_t d) const
{
    const std::int64_t parameter = table.parameterOf(d);
    return parameter == noParameter ? initial : fit.values[static_cast<std::size_t>(parameter)];
}

OffsetValues TrainedScheme::bias(OffsetRange range) const
{
    OffsetValues values(range);
    bias(range, values.values.data());
    return values;
}

void TrainedScheme::bias(OffsetRange range, double* out) const
{
    std::int64_t next = range.first;
    for (const Segment& segment : table.segments(range)) {
        out = std::fill_n(out, segment.first - next, initial);
        const auto value = fit.values.begin() + segment.parameter;
        const std::int64_t count = segment.last - segment.first + 1;
        out = segment.shared ? std::fill_n(out, count, *value) : std::copy_n(value, count, out);
        next = segment.last + 1;
    }
    std::fill_n(out, range.last + 1 - next, initial);
}

double Training::pairs(std::int64_t d) const
{
    return corpus->pairs.range().contains(d) ? corpus->pairs[d] : 0.0;
}

OffsetRange Training::seen() const
{
    const std::int64_t longest = corpus->lengths.empty() ? 0 : corpus->lengths.back().length;
    return visibleOffsets(corpus->mask, longest);
}

Familiarity Training::familiarity(std::size_t scheme, std::int64_t d) const
{
    if (pairs(d) > 0.0)
        return Familiarity::Seen;
    return schemes[scheme]->trained(d) ? Familiarity::Unseen : Familiarity::Untrained;
}

std::vector<FamiliarStretch> Training::familiarities(std::size_t scheme, OffsetRange range) const
{
    std::vector<FamiliarStretch> known;  // what is neither seen nor untrained lies between these
    for (const OffsetRange& stretch : untrained(scheme, range))
        known.push_back({stretch, Familiarity::Untrained});
    const OffsetRange seenHere{std::max(seen().first, range.first), std::min(seen().last, range.last)};
    if (seenHere.size() > 0)
        known.push_back({seenHere, Familiarity::Seen});
    std::ranges::sort(known, {}, [](const FamiliarStretch& stretch) { return stretch.offsets.first; });
    std::vector<FamiliarStretch> all;
    std::int64_t next = range.first;
    const auto fillUpTo = [&](std::int64_t end) {
        if (next < end)
            all.push_back({{next, end - 1}, Familiarity::Unseen});
    };
    for (const FamiliarStretch& stretch : known) {
        fillUpTo(stretch.offsets.first);
        all.push_back(stretch);
        next = stretch.offsets.last + 1;
    }
    fillUpTo(range.last + 1);
    return all;
}

std::vector<OffsetRange> Training::untrained(std::size_t scheme, OffsetRange range) const
{
    const TrainedScheme& trained = *schemes[scheme];
    std::vector<OffsetRange> stretches;
    const auto add = [&](std::int64_t first, std::int64_t last) {
        if (last < first)
            return;
        if (!stretches.empty() && stretches.back().last == first - 1)
            stretches.back().last = last;
        else
            stretches.push_back({first, last});
    };
    const OffsetRange known = seen();
    std::int64_t next = range.first;
    for (const Segment& segment : trained.table.segments(range)) {
        add(next, segment.first - 1);
        if (segment.shared) {
            if (trained.exposure[static_cast<std::size_t>(segment.parameter)] == 0.0)
                add(segment.first, segment.last);
        } else {  // an offset's own parameter is trained where the offset itself was seen
            add(segment.first, std::min(segment.last, known.first - 1));
            add(std::max(segment.first, known.last + 1), segment.last);
        }
        next = segment.last + 1;
    }
    add(next, range.last);
    return stretches;
}

Training train(const Experiment& experiment, const Progress& progress, const Result* previous)
{
    const bool reuseCorpus = previous && sameCorpus(experiment, previous->experiment);
    const bool reuseFits = reuseCorpus && experiment.learning == previous->experiment.learning;
    Training training;
    if (reuseCorpus) {
        training.corpus = previous->training.corpus;
        training.totalPairs = previous->training.totalPairs;
        training.medianDistance = previous->training.medianDistance;
        training.teacherNll = previous->training.teacherNll;
    } else {
        training.corpus = std::make_shared<const Corpus>(makeCorpus(
            experiment.teacher, experiment.corpus, experiment.mask, experiment.trainingLength, {progress.stop, {}}));
        const OffsetValues& pairs = training.corpus->pairs;
        training.totalPairs = std::accumulate(pairs.values.begin(), pairs.values.end(), 0.0);
        training.medianDistance = medianDistance(pairs, training.totalPairs);
        training.teacherNll = teacherLoss(experiment.teacher, *training.corpus);
    }
    for (std::size_t s = 0; s < experiment.schemes.size(); ++s) {
        const auto same = [&](const auto& trained) { return reuseFits && trained->scheme == experiment.schemes[s]; };
        if (previous && s < previous->training.schemes.size() && same(previous->training.schemes[s])) {
            training.schemes.push_back(previous->training.schemes[s]);
            continue;
        }
        training.schemes.push_back(trainScheme(experiment, *training.corpus, experiment.schemes[s],
                                               progress.part(s, experiment.schemes.size())));
    }
    return training;
}

}  // namespace posbias
