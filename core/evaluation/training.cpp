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
    trained->initial = initialValue(experiment.learning);
    trained->fit = fit(loss, experiment.learning, progress);
    return trained;
}

double teacherLoss(const Teacher& teacher, const Corpus& corpus)
{
    const OffsetValues g = preferences(teacher, corpus.reads.range());
    const TrainingLoss loss(corpus, parameterTable(PerOffset{}, corpus.mask, corpus.trainingLength));
    return loss.value(g.values);
}

}  // namespace

std::int64_t TrainedScheme::untrainedCount() const
{
    return std::ranges::count(exposure, 0.0);
}

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
    OffsetValues bias(range, initial);
    for (const Segment& segment : table.segments(range))
        for (std::int64_t d = segment.first; d <= segment.last; ++d)
            bias[d] = fit.values[static_cast<std::size_t>(segment.parameterAt(d))];
    return bias;
}

double Training::pairs(std::int64_t d) const
{
    return corpus->pairs.range().contains(d) ? corpus->pairs[d] : 0.0;
}

double Training::totalPairs() const
{
    return std::accumulate(corpus->pairs.values.begin(), corpus->pairs.values.end(), 0.0);
}

std::int64_t Training::medianDistance() const
{
    const OffsetRange range = corpus->pairs.range();
    const double half = 0.5 * totalPairs();
    double within = 0.0;
    for (std::int64_t distance = 0; distance < range.last; ++distance) {
        within += pairs(distance) + (distance > 0 ? pairs(-distance) : 0.0);
        if (within >= half)
            return distance;
    }
    return range.last;
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

OffsetArray<Familiarity> Training::familiarities(std::size_t scheme, OffsetRange range) const
{
    OffsetArray<Familiarity> familiarities(range, Familiarity::Unseen);
    for (const OffsetRange& stretch : untrained(scheme, range))
        std::fill_n(familiarities.values.begin() + (stretch.first - range.first), stretch.size(), Familiarity::Untrained);
    const OffsetRange known = seen();
    for (std::int64_t d = std::max(known.first, range.first); d <= std::min(known.last, range.last); ++d)
        familiarities[d] = Familiarity::Seen;
    return familiarities;
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
    std::int64_t next = range.first;
    for (const Segment& segment : trained.table.segments(range)) {
        add(next, segment.first - 1);
        if (segment.shared) {
            if (!trained.trained(segment.first))
                add(segment.first, segment.last);
        } else {
            for (std::int64_t d = segment.first; d <= segment.last; ++d)
                if (!trained.trained(d))
                    add(d, d);
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
        training.teacherNll = previous->training.teacherNll;
    } else {
        training.corpus = std::make_shared<const Corpus>(makeCorpus(
            experiment.teacher, experiment.corpus, experiment.mask, experiment.trainingLength, {progress.stop, {}}));
        training.teacherNll = teacherLoss(experiment.teacher, *training.corpus);
    }
    const auto share = 1.0 / static_cast<double>(experiment.schemes.size());
    for (std::size_t s = 0; s < experiment.schemes.size(); ++s) {
        const auto same = [&](const auto& trained) { return reuseFits && trained->scheme == experiment.schemes[s]; };
        if (previous && s < previous->training.schemes.size() && same(previous->training.schemes[s])) {
            training.schemes.push_back(previous->training.schemes[s]);
            continue;
        }
        const Progress part{progress.stop, [&](double done) {
                                progress.at((static_cast<double>(s) + done) * share);
                            }};
        training.schemes.push_back(trainScheme(experiment, *training.corpus, experiment.schemes[s], part));
    }
    return training;
}

}  // namespace posbias
