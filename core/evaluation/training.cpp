// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/result.h"

#include "core/learning/kept_trainings.h"
#include "core/learning/standard_errors.h"
#include "core/learning/teacher.h"

#include <algorithm>
#include <numeric>

namespace posbias {
namespace {

/// The training documents, whatever is held out.
bool sameDocuments(const Experiment& a, const Experiment& b)
{
    CorpusSettings ofB = b.corpus;
    ofB.heldOut = a.corpus.heldOut;
    return a.teacher == b.teacher && a.corpus == ofB && a.mask == b.mask && a.trainingLength == b.trainingLength;
}

/// Training reads the same in the same way.
bool sameTraining(const Experiment& a, const Experiment& b)
{
    return sameDocuments(a, b) && a.learning == b.learning &&
           (a.corpus.heldOut == b.corpus.heldOut || !stopsEarly(a.corpus, a.learning));
}

/// A scheme that has learned nothing yet.
TrainedScheme untrainedScheme(const Experiment& experiment, const Corpus& corpus, const Scheme& scheme)
{
    TrainedScheme trained;
    trained.scheme = scheme;
    trained.table = parameterTable(scheme, experiment.mask, experiment.trainingLength);
    trained.loss = std::make_shared<const TrainingLoss>(corpus, trained.table);
    trained.exposure = trained.loss->exposure();
    trained.untrainedCount = std::ranges::count(trained.exposure, 0.0);
    return trained;
}

/// The step of a trained scheme that is asked for.
std::int64_t stepIn(const TrainedScheme& trained, std::optional<std::int64_t> asked)
{
    return asked && trained.course ? std::clamp<std::int64_t>(*asked, 0, trained.course->steps()) : trained.end->steps;
}

/// `trained` has its end and its course.
std::shared_ptr<const TrainedScheme> shownAt(TrainedScheme trained, const Experiment& experiment, std::int64_t step,
                                             double shift, const Progress& progress)
{
    const bool hasErrors = trained.standardErrors && trained.step == step;  // which a shift does not change
    trained.step = step;
    trained.shift = shift;
    trained.fit = step == trained.end->steps
                      ? *trained.end
                      : fitAt(*trained.loss, experiment.learning, trained.course->at(step, {progress.stop, {}}), step);
    if (!hasErrors) {
        std::vector<double> errors = standardErrors(*trained.loss, trained.table, trained.fit.values);
        trained.standardErrors =
            errors.empty() ? nullptr : std::make_shared<const std::vector<double>>(std::move(errors));
    }
    if (shift != 0.0)
        for (std::size_t p = 0; p < trained.exposure.size(); ++p)
            trained.fit.values[p] += trained.exposure[p] > 0.0 ? shift : 0.0;
    return std::make_shared<const TrainedScheme>(std::move(trained));
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

/// All of Training but the schemes.
Training documentsOf(const Experiment& experiment, const Progress& progress, const Result* previous)
{
    const bool same = previous && sameDocuments(experiment, previous->experiment);
    if (same && experiment.corpus.heldOut == previous->experiment.corpus.heldOut &&
        readsMinibatches(experiment.corpus, experiment.learning) == (previous->training.documents != nullptr)) {
        Training training = previous->training;
        training.schemes.clear();
        return training;
    }
    const TrainingData data = drawTrainingData(experiment.teacher, experiment.corpus, experiment.mask,
                                               experiment.trainingLength, experiment.learning, progress);
    Training training;
    training.corpus = same ? previous->training.corpus : data.corpus;  // equal, but others compare pointers
    training.heldOut = data.heldOut;
    training.documents = data.documents;
    if (same) {
        training.totalPairs = previous->training.totalPairs;
        training.medianDistance = previous->training.medianDistance;
        training.teacherNll = previous->training.teacherNll;
        return training;
    }
    const OffsetValues& pairs = training.corpus->pairs;
    training.totalPairs = std::accumulate(pairs.values.begin(), pairs.values.end(), 0.0);
    training.medianDistance = medianDistance(pairs, training.totalPairs);
    training.teacherNll = teacherLoss(experiment.teacher, *training.corpus);
    return training;
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
    return parameter == noParameter ? fit.untouched.at(d) : fit.values[static_cast<std::size_t>(parameter)];
}

double TrainedScheme::initialBiasOf(std::int64_t d) const
{
    const std::int64_t parameter = table.parameterOf(d);
    const InitialValues& initial = fit.untouched.initial();
    return parameter == noParameter ? initial.beyond(d) : initial.ofParameter(parameter);
}

OffsetValues TrainedScheme::bias(OffsetRange range) const
{
    OffsetValues values(range);
    bias(range, values.values.data());
    return values;
}

void TrainedScheme::bias(OffsetRange range, double* out) const
{
    const auto fillGap = [this](std::int64_t first, std::int64_t end, double* to) {
        fit.untouched.at({first, end - 1}, to);
        return to + (end - first);
    };
    std::int64_t next = range.first;
    for (const Segment& segment : table.segments(range)) {
        out = fillGap(next, segment.first, out);
        const auto value = fit.values.begin() + segment.parameter;
        const std::int64_t count = segment.last - segment.first + 1;
        out = segment.shared ? std::fill_n(out, count, *value) : std::copy_n(value, count, out);
        next = segment.last + 1;
    }
    fillGap(next, range.last + 1, out);
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

Training train(const Experiment& experiment, const Progress& progress, const Result* previous,
               std::optional<std::int64_t> step, KeptTrainings* kept)
{
    KeptTrainings unkept(nullptr);
    KeptTrainings& trainings = kept != nullptr ? *kept : unkept;
    Training training = documentsOf(experiment, {progress.stop, {}}, previous);
    const bool reuseFits = previous && sameTraining(experiment, previous->experiment);
    const TrainingData data{training.corpus, training.heldOut, training.documents};
    const std::size_t count = experiment.schemes.size();
    for (std::size_t s = 0; s < count; ++s) {
        const Scheme& scheme = experiment.schemes[s];
        const double shift = levelShift(experiment, s);
        if (reuseFits && s < previous->training.schemes.size() && previous->training.schemes[s]->scheme == scheme) {
            const auto& known = previous->training.schemes[s];
            const std::int64_t asked = stepIn(*known, step);
            training.schemes.push_back(asked == known->step && shift == known->shift
                                           ? known
                                           : shownAt(*known, experiment, asked, shift, progress));
            continue;
        }
        TrainedScheme trained = untrainedScheme(experiment, *training.corpus, scheme);
        Learned learned =
            trainings.learn(data, trained.loss, trained.table, experiment.learning, progress.part(s, count));
        trained.end = std::make_shared<const Fit>(std::move(learned.fit));
        trained.course = learned.course;
        const std::int64_t asked = stepIn(trained, step);
        training.schemes.push_back(shownAt(std::move(trained), experiment, asked, shift, progress));
    }
    return training;
}

}  // namespace posbias
