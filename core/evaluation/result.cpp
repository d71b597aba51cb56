// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/result.h"

#include "core/evaluation/result_curves.h"
#include "core/experiment/fields.h"
#include "core/learning/kept_trainings.h"
#include "core/learning/teacher.h"

#include <algorithm>
#include <cmath>

namespace posbias {
namespace {

/// Everything but the biases that an attention field depends on.
bool sameSequence(const Experiment& a, const Experiment& b)
{
    return a.length == b.length && a.mask == b.mask && a.content == b.content && a.scaling == b.scaling;
}

std::shared_ptr<const MapSource> relativeBiasMap(const std::shared_ptr<const AttentionField>& attention)
{
    return biasMap(biasOf(attention), attention->bias()[0], attention->mask(), attention->length());
}

class Evaluator {
public:
    Evaluator(const Experiment& experiment, const Progress& progress, const Result* previous,
              std::optional<std::int64_t> step, StateShelf* shelf)
        : m_experiment(experiment),
          m_progress(progress),
          m_previous(previous),
          m_step(step),
          m_trainings(shelf),
          m_offsets(visibleOffsets(experiment.mask, experiment.length))
    {
    }

    std::shared_ptr<const Result> run()
    {
        auto result = std::make_shared<Result>();
        result->experiment = m_experiment;
        result->step = m_step;
        result->training = train(m_experiment, m_progress, m_previous, m_step, &m_trainings);
        m_teacher = result->teacher = teacher();
        for (std::size_t s = 0; s < m_experiment.schemes.size(); ++s)
            result->schemes.push_back(scheme(result->training, s));
        differences(*result);
        curves(*result);
        m_trainings.finish();
        return result;
    }

private:
    /// Every scheme has the same content.
    std::shared_ptr<const AttentionField> attention(OffsetValues bias)
    {
        if (!m_content)
            return std::make_shared<const AttentionField>(std::move(bias), m_experiment.mask, m_experiment.length);
        return std::make_shared<const AttentionField>(std::move(bias), m_experiment.mask, m_content,
                                                      m_experiment.scaling);
    }

    std::shared_ptr<const ContentScores> content() const
    {
        if (m_previous && m_previous->experiment.content == m_experiment.content &&
            m_previous->experiment.length == m_experiment.length)
            return m_previous->schemes[0].attention->content();
        const auto* random = std::get_if<RandomContent>(&m_experiment.content);
        return random ? std::make_shared<const ContentScores>(randomVectors(*random), m_experiment.length) : nullptr;
    }

    std::shared_ptr<const AttentionField> teacher() const
    {
        if (m_previous && m_previous->experiment.teacher == m_experiment.teacher &&
            m_previous->experiment.length == m_experiment.length && m_previous->experiment.mask == m_experiment.mask)
            return m_previous->teacher;
        return std::make_shared<const AttentionField>(preferences(m_experiment.teacher, m_offsets), m_experiment.mask,
                                                      m_experiment.length);
    }

    SchemeResult scheme(const Training& training, std::size_t s)
    {
        const auto& trained = training.schemes[s];
        if (m_previous && s < m_previous->schemes.size() && m_previous->schemes[s].trained == trained &&
            sameSequence(m_experiment, m_previous->experiment) && training.corpus == m_previous->training.corpus)
            return m_previous->schemes[s];
        SchemeResult result;
        result.trained = trained;
        result.attention = attention(trained->bias(m_offsets));
        result.biasMap = relativeBiasMap(result.attention);
        result.attentionMap = attentionMap(result.attention);
        result.biasBounds = std::make_shared<const RangeBounds>(biasOf(result.attention));
        result.exposureCurve = exposureCurve(trained, m_offsets);
        result.familiarities = training.familiarities(s, m_offsets);
        const auto compareOver = [&](std::int64_t length) {
            return compare(m_teacher->bias(), result.attention->bias(), result.familiarities, m_experiment.mask, length,
                           {m_progress.stop, {}});
        };
        result.atLength = compareOver(m_experiment.length);
        result.withinTraining = m_experiment.length > m_experiment.trainingLength
                                    ? compareOver(m_experiment.trainingLength)
                                    : result.atLength;
        return result;
    }

    void differences(Result& result) const
    {
        const SchemeResult& a = result.schemes[0];
        const SchemeResult& b = result.schemes[1];
        if (m_previous && m_previous->schemes[0].attention == a.attention &&
            m_previous->schemes[1].attention == b.attention) {
            result.biasDifference = m_previous->biasDifference;
            result.attentionDifference = m_previous->attentionDifference;
            result.ranges = m_previous->ranges;
            return;
        }
        result.ranges = mapRanges(a, b, m_experiment.trainingLength, m_progress);
        result.biasDifference = biasDifference(a, b);
        result.attentionDifference = attentionRatio(a, b, result.ranges.same());
    }

    void curves(Result& result) const
    {
        const bool sameTeacher = m_previous && m_previous->teacher == result.teacher;
        result.teacherBounds =
            sameTeacher ? m_previous->teacherBounds : std::make_shared<const RangeBounds>(biasOf(result.teacher));
        const bool samePairs = m_previous && m_previous->training.corpus == result.training.corpus &&
                               m_previous->pairsCurve->range() == m_offsets;
        result.pairsCurve = samePairs ? m_previous->pairsCurve : pairsCurve(result.training.corpus, m_offsets);
    }

    const Experiment& m_experiment;
    const Progress& m_progress;
    const Result* m_previous;
    std::optional<std::int64_t> m_step;
    KeptTrainings m_trainings;
    OffsetRange m_offsets;
    std::shared_ptr<const AttentionField> m_teacher;
    std::shared_ptr<const ContentScores> m_content = content();
};

double& shareOf(AttentionShares& shares, Familiarity familiarity)
{
    switch (familiarity) {
    case Familiarity::Seen: return shares.seen;
    case Familiarity::Unseen: return shares.unseen;
    case Familiarity::Untrained: break;
    }
    return shares.untrained;
}

/// `stretches` cover all visible offsets.
AttentionShares sharesOf(const AttentionField& field, std::int64_t query, const std::vector<FamiliarStretch>& stretches)
{
    AttentionShares shares;
    if (!field.hasContent()) {
        for (const FamiliarStretch& stretch : stretches)
            shareOf(shares, stretch.familiarity) += field.share(query, stretch.offsets);
        return shares;
    }
    const std::vector<double> row = field.row(query);
    for (const FamiliarStretch& stretch : stretches) {
        const std::int64_t firstKey = std::max<std::int64_t>(query - stretch.offsets.last, 0);
        const std::int64_t lastKey = std::min(query - stretch.offsets.first, field.length() - 1);
        for (std::int64_t j = firstKey; j <= lastKey; ++j)
            shareOf(shares, stretch.familiarity) += row[static_cast<std::size_t>(j)];
    }
    return shares;
}

}  // namespace

Comparison compareAt(const Experiment& experiment, const Training& training, std::size_t scheme, std::int64_t length,
                     const Progress& progress)
{
    return compare([&](OffsetRange offsets, double* out) { preferences(experiment.teacher, offsets, out); },
                   [&](OffsetRange offsets, double* out) { training.schemes[scheme]->bias(offsets, out); },
                   training.familiarities(scheme, visibleOffsets(experiment.mask, length)), experiment.mask, length,
                   progress);
}

std::shared_ptr<const Result> evaluate(const Experiment& experiment, const Progress& progress,
                                       std::shared_ptr<const Result> previous, std::optional<std::int64_t> step,
                                       StateShelf* shelf)
{
    validate(experiment);
    return Evaluator(experiment, progress, previous.get(), step, shelf).run();
}

AttentionShares attentionShares(const Result& result, std::size_t scheme, std::int64_t query)
{
    return sharesOf(*result.schemes[scheme].attention, query, result.schemes[scheme].familiarities);
}

AttentionShares teacherShares(const Result& result, std::int64_t query)
{
    const OffsetRange seen = result.training.seen(), all = result.teacher->bias().range();
    return sharesOf(*result.teacher, query,
                    {{{all.first, seen.first - 1}, Familiarity::Unseen},
                     {seen, Familiarity::Seen},
                     {{seen.last + 1, all.last}, Familiarity::Unseen}});
}

}  // namespace posbias
