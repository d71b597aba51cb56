// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/level.h"

#include "core/base/joint_progress.h"
#include "core/base/parallel.h"
#include "core/evaluation/stretches.h"
#include "core/experiment/fields.h"
#include "core/learning/learn.h"
#include "core/learning/query_sums.h"
#include "core/learning/teacher.h"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <optional>

namespace posbias {
namespace {

constexpr std::size_t levelCount = 97;
constexpr double leastMargin = 4.0;  // beyond all landings, so that a minimum above them is seen
constexpr std::size_t compared = 2;  // A and B

/// The KL of one scheme over 0..n-1 with all its trained biases moved by a shift. Softmax sees only differences, so
/// that untrained biases move the other way instead, and queries that see none of them do not change at all:
///     KL(shift) = KL(0) + shift r* + mean over queries of (log Z_i - log Z_i without a shift)
/// with r* the data's own attention on untrained offsets.
class ShiftedKl {
public:
    ShiftedKl(const Experiment& experiment, const Training& training, std::size_t scheme)
        : m_experiment(experiment),
          m_scheme(*training.schemes[scheme]),
          m_kl(compareAt(experiment, training, scheme, experiment.length).kl)
    {
        const OffsetRange visible = visibleOffsets(experiment.mask, experiment.length);
        m_untrained = training.untrained(scheme, visible);
        if (immune())
            return;
        const auto g = [&](OffsetRange offsets, double* out) { preferences(experiment.teacher, offsets, out); };
        m_teacherShare =
            compare(g, g, training.familiarities(scheme, visible), experiment.mask, experiment.length).untrainedMass;
        m_logNormaliser = logNormaliser(0.0);
    }

    bool immune() const { return m_untrained.empty(); }
    double now() const { return m_kl; }
    double at(double shift) const
    {
        if (immune())
            return m_kl;
        // A divergence is never negative; its rounding can be.
        return std::max(0.0, m_kl + shift * m_teacherShare + (logNormaliser(shift) - m_logNormaliser));
    }

private:
    /// Mean over queries.
    double logNormaliser(double shift) const
    {
        const auto fill = [&](OffsetRange offsets, const std::array<double*, 1>& out) {
            m_scheme.bias(offsets, out[0]);
            visitWithin(m_untrained, offsets, [&](OffsetRange part) {
                double* const b = out[0] + (part.first - offsets.first);
                std::for_each(b, b + part.size(), [shift](double& x) { x -= shift; });
            });
        };
        double sum = 0.0;
        visitQuerySums<1>(fill, m_experiment.mask, m_experiment.length, m_scheme.biasOf(0), {},
                          [&](const QuerySums<1>& queries) {
                              const Eigen::Map<const Eigen::ArrayXd> z(queries.values[0].data(), queries.count);
                              sum += queries.reference * static_cast<double>(queries.count) + z.log().sum();
                          });
        return sum / static_cast<double>(m_experiment.length);
    }

    const Experiment& m_experiment;
    const TrainedScheme& m_scheme;
    double m_kl;
    std::vector<OffsetRange> m_untrained;
    double m_teacherShare = 0.0;
    double m_logNormaliser = 0.0;
};

/// Another optimizer at its defaults; initial values are kept.
Learning withDefaults(const Experiment& experiment, const std::string& optimizer)
{
    Learning learning = withField(experiment, "learning.optimizer", optimizer).learning;
    std::visit(
        [](auto& settings) {
            if constexpr (requires { settings.batch; }) {
                settings.batch = 0;
                settings.stopping = Stopping::LastStep;
            }
        },
        learning);
    return learning;
}

class LevelWork {
public:
    LevelWork(const Experiment& experiment, const Training& training) : m_experiment(experiment), m_training(training)
    {
        for (const FieldDescription& field : describeFields(experiment))
            if (field.path == "learning.optimizer") {
                m_optimizers = field.choices;
                m_own = std::get<std::string>(field.value);
            }
        for (std::size_t s = 0; s < compared; ++s)
            m_losses.push_back(std::make_shared<const TrainingLoss>(*training.corpus, training.schemes[s]->table));
    }

    LevelStudy run(const Progress& progress)
    {
        m_study.schemes.resize(compared);
        train(progress.part(0, 2));
        for (std::size_t s = 0; s < compared; ++s)
            m_study.schemes[s].level = levelOf(*m_training.schemes[s]);
        chooseLevels();
        for (std::size_t s = 0; s < compared; ++s)
            evaluate(s, progress.part(compared + s, 2 * compared));
        return std::move(m_study);
    }

private:
    void train(const Progress& progress)
    {
        std::vector<std::optional<Landing>> landings(compared * m_optimizers.size());
        JointProgress joint(progress, landings.size());
        inParallel(landings.size(), [&](std::size_t k) {
            // The slowest, plain gradient descent, are among the last choices: they begin.
            const std::size_t task = landings.size() - 1 - k;
            landings[task] = landing(task % compared, task / compared, joint.part(task));
        });
        for (std::size_t k = 0; k < landings.size(); ++k)
            if (landings[k])
                m_study.schemes[k % compared].landings.push_back(*landings[k]);
    }

    /// Nothing where it diverges.
    std::optional<Landing> landing(std::size_t s, std::size_t choice, const Progress& progress) const
    {
        const FieldChoice& optimizer = m_optimizers[choice];
        const bool own = optimizer.id == m_own;
        const Learning learning = own ? m_experiment.learning : withDefaults(m_experiment, optimizer.id);
        auto scheme = std::make_shared<TrainedScheme>(*m_training.schemes[s]);
        try {
            scheme->fit =
                learn(dataFor(learning, progress), m_losses[s], scheme->table, learning, KeepCourse::No, progress).fit;
        } catch (const FailureError&) {
            return {};
        }
        Training training;
        training.corpus = m_training.corpus;
        training.schemes = {scheme};
        const double kl = compareAt(m_experiment, training, 0, m_experiment.length, {progress.stop, {}}).kl;
        progress.at(1.0);
        return Landing{optimizer.id, optimizer.label, choice + 1, levelOf(*scheme), kl};
    }

    TrainingData dataFor(const Learning& learning, const Progress& progress) const
    {
        if (readsMinibatches(m_experiment.corpus, learning))
            return drawTrainingData(m_experiment.teacher, m_experiment.corpus, m_experiment.mask,
                                    m_experiment.trainingLength, learning, {progress.stop, {}});
        return {m_training.corpus, m_training.heldOut, nullptr};
    }

    void chooseLevels()
    {
        double low = m_study.schemes.front().level, high = low;
        const auto cover = [&](double level) {
            low = std::min(low, level);
            high = std::max(high, level);
        };
        for (const SchemeLevel& scheme : m_study.schemes) {
            cover(scheme.level);
            for (const Landing& landing : scheme.landings)
                cover(landing.level);
        }
        const double margin = std::max(leastMargin, 0.25 * (high - low));
        for (std::size_t k = 0; k < levelCount; ++k)
            m_study.levels.push_back(
                std::lerp(low - margin, high + margin, static_cast<double>(k) / static_cast<double>(levelCount - 1)));
    }

    void evaluate(std::size_t s, const Progress& progress)
    {
        SchemeLevel& scheme = m_study.schemes[s];
        const ShiftedKl shifted(m_experiment, m_training, s);
        scheme.immune = shifted.immune();
        scheme.kl = shifted.now();
        const std::int64_t within = std::min(m_experiment.length, m_experiment.trainingLength);
        scheme.klWithin = compareAt(m_experiment, m_training, s, within, {progress.stop, {}}).kl;
        scheme.kls.resize(m_study.levels.size());
        JointProgress joint(progress, m_study.levels.size());
        inParallel(m_study.levels.size(), [&](std::size_t k) {
            scheme.kls[k] = shifted.at(m_study.levels[k] - scheme.level);
            joint.part(k).at(1.0);
        });
    }

    const Experiment& m_experiment;
    const Training& m_training;
    std::vector<FieldChoice> m_optimizers;
    std::string m_own;
    std::vector<std::shared_ptr<const TrainingLoss>> m_losses;  ///< of A and B
    LevelStudy m_study;
};

}  // namespace

double levelOf(const TrainedScheme& scheme)
{
    double sum = 0.0, count = 0.0;
    for (std::size_t p = 0; p < scheme.exposure.size(); ++p)
        if (scheme.exposure[p] > 0.0) {
            sum += scheme.fit.values[p];
            count += 1.0;
        }
    return count == 0.0 ? 0.0 : sum / count;
}

LevelStudy levelStudy(const Experiment& experiment, const Training& training, const Progress& progress)
{
    return LevelWork(experiment, training).run(progress);
}

}  // namespace posbias
