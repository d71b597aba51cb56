// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/result.h"

#include "core/experiment/fields.h"
#include "core/learning/teacher.h"

#include <algorithm>
#include <cmath>

namespace posbias {
namespace {

using Numbers = std::shared_ptr<const std::vector<double>>;

/// Everything but the biases that an attention field depends on.
bool sameSequence(const Experiment& a, const Experiment& b)
{
    return a.length == b.length && a.mask == b.mask && a.content == b.content && a.scaling == b.scaling;
}

std::shared_ptr<const MapSource> relativeBiasMap(const OffsetValues& bias, const Experiment& experiment)
{
    OffsetValues relative = bias;
    for (double& value : relative.values)
        value -= bias[0];
    return biasMap(relative, experiment.mask, experiment.length);
}

std::shared_ptr<const MapSource> differenceMap(const OffsetValues& a, const OffsetValues& b, const Experiment& experiment)
{
    OffsetValues difference = b;
    for (std::size_t d = 0; d < difference.values.size(); ++d)
        difference.values[d] = (b.values[d] - b[0]) - (a.values[d] - a[0]);
    return biasMap(difference, experiment.mask, experiment.length);
}

class Evaluator {
public:
    Evaluator(const Experiment& experiment, const Progress& progress, const Result* previous)
        : m_experiment(experiment), m_progress(progress), m_previous(previous),
          m_offsets(visibleOffsets(experiment.mask, experiment.length))
    {
    }

    std::shared_ptr<const Result> run()
    {
        auto result = std::make_shared<Result>();
        result->experiment = m_experiment;
        result->training = train(m_experiment, m_progress, m_previous);
        m_teacher = result->teacher = teacher();
        for (std::size_t s = 0; s < m_experiment.schemes.size(); ++s)
            result->schemes.push_back(scheme(result->training, s));
        differences(*result);
        return result;
    }

private:
    /// Content is made for the first scheme that needs it, and shared by all.
    std::shared_ptr<const AttentionField> attention(OffsetValues bias)
    {
        const auto* random = std::get_if<RandomContent>(&m_experiment.content);
        if (!random)
            return std::make_shared<const AttentionField>(std::move(bias), m_experiment.mask, m_experiment.length);
        if (!m_q) {
            m_q = std::make_shared<const std::vector<double>>(randomContent(*random, m_experiment.length, 0));
            m_k = std::make_shared<const std::vector<double>>(randomContent(*random, m_experiment.length, 1));
        }
        return std::make_shared<const AttentionField>(std::move(bias), m_experiment.mask, m_experiment.length, m_q, m_k,
                                                      random->dimension, m_experiment.scaling);
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
            sameSequence(m_experiment, m_previous->experiment) &&
            training.corpus == m_previous->training.corpus)
            return m_previous->schemes[s];
        SchemeResult result;
        result.trained = trained;
        OffsetValues bias = trained->bias(m_offsets);
        result.biasMap = relativeBiasMap(bias, m_experiment);
        result.attention = attention(std::move(bias));
        result.attentionMap = attentionMap(result.attention);
        const OffsetArray<Familiarity> familiarities = training.familiarities(s, m_offsets);
        const auto compareOver = [&](std::int64_t length) {
            return compare(m_teacher->bias(), result.attention->bias(), familiarities, m_experiment.mask, length,
                           {m_progress.stop, {}});
        };
        result.atLength = compareOver(m_experiment.length);
        result.withinTraining = compareOver(std::min(m_experiment.length, m_experiment.trainingLength));
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
            return;
        }
        result.biasDifference = differenceMap(a.attention->bias(), b.attention->bias(), m_experiment);
        result.attentionDifference = attentionRatioMap(a.attentionMap, b.attentionMap);
    }

    const Experiment& m_experiment;
    const Progress& m_progress;
    const Result* m_previous;
    OffsetRange m_offsets;
    std::shared_ptr<const AttentionField> m_teacher;
    Numbers m_q, m_k;
};

/// Shares of one query's attention `row`, shape (length); unseen offsets are untrained where trained(d) says no.
template <typename Trained>
AttentionShares sharesOf(const Result& result, std::int64_t query, const std::vector<double>& row, Trained trained)
{
    const std::int64_t lastKey = result.experiment.mask == Mask::Causal ? query : result.experiment.length - 1;
    AttentionShares shares;
    for (std::int64_t j = 0; j <= lastKey; ++j) {
        const std::int64_t d = query - j;
        const double weight = row[static_cast<std::size_t>(j)];
        if (result.training.pairs(d) > 0.0)
            shares.seen += weight;
        else if (trained(d))
            shares.unseen += weight;
        else
            shares.untrained += weight;
    }
    return shares;
}

}  // namespace

Comparison compareAt(const Experiment& experiment, const Training& training, std::size_t scheme, std::int64_t length,
                     const Progress& progress)
{
    const OffsetRange offsets = visibleOffsets(experiment.mask, length);
    return compare(preferences(experiment.teacher, offsets), training.schemes[scheme]->bias(offsets),
                   training.familiarities(scheme, offsets), experiment.mask, length, progress);
}

std::shared_ptr<const Result> evaluate(const Experiment& experiment, const Progress& progress,
                                       std::shared_ptr<const Result> previous)
{
    validate(experiment);
    return Evaluator(experiment, progress, previous.get()).run();
}

AttentionShares attentionShares(const Result& result, std::size_t scheme, std::int64_t query)
{
    const TrainedScheme& trained = *result.schemes[scheme].trained;
    return sharesOf(result, query, result.schemes[scheme].attention->row(query),
                    [&](std::int64_t d) { return trained.trained(d); });
}

AttentionShares teacherShares(const Result& result, std::int64_t query)
{
    return sharesOf(result, query, result.teacher->row(query), [](std::int64_t) { return true; });
}

}  // namespace posbias
