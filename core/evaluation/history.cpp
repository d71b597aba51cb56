// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/history.h"

#include "core/base/joint_progress.h"
#include "core/base/logarithmic_steps.h"
#include "core/base/parallel.h"
#include "core/learning/teacher.h"

#include <algorithm>
#include <cmath>

namespace posbias {
namespace {

constexpr std::size_t fewestSteps = 16;
/// Looking at one step costs about three times as much for each offset as training by one step.
constexpr double lookCost = 3.0;
constexpr double affordableOffsets = 4e6;  // offsets visited, whatever training cost: some tens of milliseconds

/// The history of one scheme, step by step.
class Recorder {
public:
    Recorder(const Experiment& experiment, const Training& training, std::size_t scheme, const Progress& progress)
        : m_experiment(experiment),
          m_moment(*training.schemes[scheme]),
          m_progress(progress),
          m_loss(*m_moment.loss),
          m_gradient(m_moment.exposure.size()),
          m_within(training.familiarities(scheme, visibleOffsets(experiment.mask, experiment.trainingLength))),
          m_atLength(training.familiarities(scheme, visibleOffsets(experiment.mask, experiment.length)))
    {
        if (training.heldOut)
            m_heldOut.emplace(*training.heldOut, m_moment.table);
        m_history.chosen = m_moment.end->steps;
    }

    SchemeHistory record(std::size_t count)
    {
        if (!m_moment.course) {
            look(m_moment.fit.steps, m_moment.fit.values);
        } else {
            const Course& course = *m_moment.course;
            const std::vector<std::int64_t> steps = stepsToSee(course.steps(), affordable(course.steps(), count));
            course.replay(steps,
                          [&](std::int64_t step, const Moment& moment) {
                              m_moment.fit.values = shifted(moment.values);
                              m_moment.fit.untouched = moment.untouched;
                              look(step, m_moment.fit.values);
                              m_progress.at(static_cast<double>(m_history.steps.size()) /
                                            static_cast<double>(steps.size()));
                          },
                          {m_progress.stop, {}});
        }
        return std::move(m_history);
    }

private:
    std::size_t affordable(std::int64_t steps, std::size_t count) const
    {
        const double training = static_cast<double>(steps) * m_loss.offsetsPerGradient();
        const double look = m_loss.offsetsPerGradient() +
                            lookCost * static_cast<double>(m_experiment.trainingLength + m_experiment.length);
        const double most = (training + affordableOffsets) / look;
        if (most >= static_cast<double>(count))
            return count;
        return std::max(std::min(fewestSteps, count), static_cast<std::size_t>(most));
    }

    /// The chosen step among them.
    std::vector<std::int64_t> stepsToSee(std::int64_t last, std::size_t count) const
    {
        std::vector<std::int64_t> steps = historySteps(last, count);
        if (std::ranges::binary_search(steps, m_history.chosen))
            return steps;
        steps = historySteps(last, std::max<std::size_t>(count, 3) - 1);
        steps.insert(std::ranges::lower_bound(steps, m_history.chosen), m_history.chosen);
        return steps;
    }

    std::vector<double> shifted(std::vector<double> values) const
    {
        for (std::size_t p = 0; p < values.size(); ++p)
            if (m_moment.exposure[p] > 0.0)
                values[p] += m_moment.shift;
        return values;
    }

    double klOver(const std::vector<FamiliarStretch>& stretches, std::int64_t length) const
    {
        return compare([&](OffsetRange offsets, double* out) { preferences(m_experiment.teacher, offsets, out); },
                       [&](OffsetRange offsets, double* out) { m_moment.bias(offsets, out); }, stretches,
                       m_experiment.mask, length, {m_progress.stop, {}})
            .kl;
    }

    /// m_moment has these values.
    void look(std::int64_t step, const std::vector<double>& values)
    {
        m_history.steps.push_back(step);
        m_history.trainNll.push_back(m_loss.valueAndGradient(values, m_gradient, m_workspace));
        if (m_heldOut)
            m_history.heldOutNll.push_back(m_heldOut->value(values));
        double squares = 0.0, sum = 0.0, trained = 0.0;
        for (std::size_t p = 0; p < values.size(); ++p) {
            if (!(m_moment.exposure[p] > 0.0))
                continue;
            squares += m_gradient[p] * m_gradient[p];
            sum += values[p];
            trained += 1.0;
        }
        m_history.gradientNorm.push_back(std::sqrt(squares));
        m_history.level.push_back(trained > 0.0 ? sum / trained : 0.0);
        m_history.klWithin.push_back(klOver(m_within, m_experiment.trainingLength));
        m_history.klAtLength.push_back(m_experiment.length == m_experiment.trainingLength
                                           ? m_history.klWithin.back()
                                           : klOver(m_atLength, m_experiment.length));
    }

    const Experiment& m_experiment;
    TrainedScheme m_moment;  ///< the scheme as it was at the step that is looked at
    Progress m_progress;
    const TrainingLoss& m_loss;
    std::optional<TrainingLoss> m_heldOut;
    TrainingLoss::Workspace m_workspace;
    std::vector<double> m_gradient;
    std::vector<FamiliarStretch> m_within, m_atLength;
    SchemeHistory m_history;
};

}  // namespace

std::vector<std::int64_t> historySteps(std::int64_t steps, std::size_t count)
{
    std::vector<std::int64_t> all{0};
    if (count <= 2) {
        if (steps > 0)
            all.push_back(steps);
        return all;
    }
    const std::vector<std::int64_t> later = logarithmicSteps(1, steps, count - 1);
    all.insert(all.end(), later.begin(), later.end());
    return all;
}

TrainingHistory trainingHistory(const Experiment& experiment, const Training& training, std::size_t count,
                                const Progress& progress)
{
    TrainingHistory history;
    history.teacherTrainNll = training.teacherNll;
    if (training.heldOut)
        history.teacherHeldOutNll = teacherLoss(experiment.teacher, *training.heldOut);
    history.schemes.resize(training.schemes.size());
    JointProgress joint(progress, history.schemes.size());
    inParallel(history.schemes.size(), [&](std::size_t s) {
        const Progress part = joint.part(s);
        history.schemes[s] = Recorder(experiment, training, s, part).record(count);
        part.at(1.0);
    });
    return history;
}

}  // namespace posbias
