// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/explanation.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace posbias {

CellExplanation explainCell(const Result& result, std::size_t scheme, std::int64_t query, std::int64_t key)
{
    const SchemeResult& shown = result.schemes[scheme];
    const TrainedScheme& trained = *shown.trained;
    const AttentionField& field = *shown.attention;
    CellExplanation cell;
    cell.query = query;
    cell.key = key;
    cell.offset = query - key;
    cell.visible = field.visible(query, key);
    if (!cell.visible)
        return cell;

    cell.parameter = trained.table.parameterOf(cell.offset);
    if (const auto* t5 = std::get_if<T5>(&trained.scheme))
        cell.derivation = deriveBucket(*t5, result.experiment.mask, cell.offset);
    if (cell.parameter != noParameter) {
        cell.sharedBy = trained.table.offsetsOf(cell.parameter);
        cell.exposure = trained.exposure[static_cast<std::size_t>(cell.parameter)];
        cell.exposureShare = cell.exposure / result.training.totalPairs;
    }
    cell.familiarity = result.training.familiarity(scheme, cell.offset);
    cell.bias = field.bias()[cell.offset];
    cell.initialBias = trained.initialBiasOf(cell.offset);
    cell.relativeBias = cell.bias - field.bias()[0];
    cell.dotProduct = field.dotProduct(query, key);
    cell.logit = field.logit(query, key);
    cell.logNormaliser = field.logNormaliser(query);
    cell.attention = std::exp(cell.logit - cell.logNormaliser);  // field.at(), which would sum the row again
    cell.teacherAttention = result.teacher->at(query, key);
    cell.factor =
        cell.teacherAttention > 0.0 ? cell.attention / cell.teacherAttention : std::numeric_limits<double>::infinity();
    return cell;
}

namespace {

/// Several times more than the data's own attention there, and enough of it to see.
bool drawsToUntrained(const AttentionShares& shares, const AttentionShares& data)
{
    return shares.untrained > 0.02 && shares.untrained > 3.0 * data.unseen;
}

/// Why a scheme is far from the data inside the training length.
StoryCase reasonInside(const Result& result, std::size_t scheme)
{
    const TrainedScheme& trained = *result.schemes[scheme].trained;
    if (trained.fit.trainNll < result.training.teacherNll)
        return StoryCase::NoiseInside;
    const bool sharesNothing = std::holds_alternative<PerOffset>(trained.scheme);
    return sharesNothing || trained.fit.gradientNorm > 0.01 ? StoryCase::Unfinished : StoryCase::CoarseSharing;
}

}  // namespace

Story story(const Result& result, std::optional<std::int64_t> query)
{
    Story story;
    story.query = query.value_or(result.experiment.view.query);
    story.teacher = teacherShares(result, story.query);
    for (std::size_t s = 0; s < 2; ++s) {
        story.shares[s] = attentionShares(result, s, story.query);
        story.atLength[s] = result.schemes[s].atLength;
        story.withinTraining[s] = result.schemes[s].withinTraining;
    }
    const auto worseBy = [](double a, double b) { return b > a ? std::size_t{1} : std::size_t{0}; };
    const double within[2] = {story.withinTraining[0].kl, story.withinTraining[1].kl};
    const double at[2] = {story.atLength[0].kl, story.atLength[1].kl};

    const bool draws[2] = {drawsToUntrained(story.shares[0], story.teacher),
                           drawsToUntrained(story.shares[1], story.teacher)};
    if (draws[0] || draws[1]) {
        story.which = StoryCase::UntrainedDraws;
        story.both = draws[0] && draws[1];
        story.worse = worseBy(story.shares[0].untrained, story.shares[1].untrained);
        return story;
    }
    const double later[2] = {story.atLength[0].untrainedMass, story.atLength[1].untrainedMass};
    story.worse = worseBy(later[0], later[1]);
    if (later[story.worse] > 0.02) {
        story.which = StoryCase::UntrainedLater;
        return story;
    }
    const std::size_t worseWithin = worseBy(within[0], within[1]);
    if (within[worseWithin] > 0.02 && within[worseWithin] > 2.0 * within[1 - worseWithin]) {
        story.worse = worseWithin;
        story.which = reasonInside(result, worseWithin);
        return story;
    }
    story.worse = worseBy(at[0], at[1]);
    const bool longer = result.experiment.length > result.experiment.trainingLength;
    if (longer && std::min(at[0] - 3.0 * within[0], at[1] - 3.0 * within[1]) > 0.0 && std::min(at[0], at[1]) > 0.1) {
        story.which = StoryCase::DriftFar;
        story.both = true;
    } else if (!longer) {
        story.which = StoryCase::NothingUntrained;
    } else {
        const bool apart = at[story.worse] > 1.5 * at[1 - story.worse] && at[story.worse] > 0.005;
        story.which = apart ? StoryCase::Closer : StoryCase::Alike;
    }
    return story;
}

}  // namespace posbias
