// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/generalization.h"

#include "core/base/joint_progress.h"
#include "core/base/parallel.h"
#include "core/learning/teacher.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

namespace posbias {
namespace {

constexpr std::int64_t farthest = 1 << 20;
constexpr std::int64_t farthestBothWays = 1 << 17;  // where every length needs sums of its own
constexpr std::int64_t mostBlocks = 512;

/// Powers of 2^(1/3), rounded.
std::vector<std::int64_t> lengthsOf(const Experiment& experiment)
{
    const std::int64_t last = experiment.mask == Mask::Causal ? farthest : farthestBothWays;
    std::set<std::int64_t> lengths = {experiment.trainingLength, experiment.length};
    for (int third = 0; std::exp2(third / 3.0) <= static_cast<double>(last); ++third)
        lengths.insert(std::llround(std::exp2(third / 3.0)));
    return {lengths.begin(), lengths.end()};
}

std::vector<std::int64_t> positionsOf(std::int64_t length)
{
    const std::int64_t blocks = std::min(length, mostBlocks);
    std::vector<std::int64_t> positions;
    for (std::int64_t k = 0; k <= blocks; ++k)
        positions.push_back(k * length / blocks);
    return positions;
}

/// Sums of means over their queries.
class Sums {
public:
    void add(const Comparison& part, std::int64_t queries)
    {
        const auto q = static_cast<double>(queries);
        m_queries += q;
        m_sums.nll += q * part.nll;
        m_sums.kl += q * part.kl;
        m_sums.untrainedMass += q * part.untrainedMass;
        m_sums.unseenMass += q * part.unseenMass;
    }
    Comparison mean() const
    {
        return {m_sums.nll / m_queries, m_sums.kl / m_queries, m_sums.untrainedMass / m_queries,
                m_sums.unseenMass / m_queries};
    }

private:
    Comparison m_sums;
    double m_queries = 0.0;
};

class Study {
public:
    Study(const Experiment& experiment, const Training& training) : m_experiment(experiment), m_training(training)
    {
        m_study.lengths = lengthsOf(experiment);
        m_study.positions = positionsOf(experiment.length);
        m_study.schemes.resize(training.schemes.size());
        for (GeneralizationCurve& curve : m_study.schemes) {
            curve.atLengths.resize(m_study.lengths.size());
            curve.klByPosition.resize(m_study.positions.size() - 1);
        }
    }

    Generalization run(const Progress& progress)
    {
        std::vector<Task> tasks;
        for (std::size_t s = 0; s < m_study.schemes.size(); ++s) {
            tasks.push_back([this, s](const Progress& part) {
                m_study.schemes[s].gap = decompose(m_experiment, m_training, s, m_experiment.length, part);
            });
            if (m_experiment.mask == Mask::Causal)
                tasks.push_back([this, s](const Progress& part) { walk(s, part); });
            else
                addLengths(s, tasks);
        }
        JointProgress joint(progress, tasks.size());
        inParallel(tasks.size(), [&](std::size_t k) {
            const Progress part = joint.part(k);
            part.check();
            tasks[k](part);
            part.at(1.0);
        });
        return std::move(m_study);
    }

private:
    using Task = std::function<void(const Progress&)>;

    std::vector<Comparison> parts(std::size_t s, const std::vector<std::int64_t>& ends, const Progress& progress) const
    {
        const OffsetRange offsets = visibleOffsets(m_experiment.mask, ends.back());
        return compareParts([this](OffsetRange range, double* out) { preferences(m_experiment.teacher, range, out); },
                            [this, s](OffsetRange range, double* out) { m_training.schemes[s]->bias(range, out); },
                            m_training.familiarities(s, offsets), m_experiment.mask, ends, progress);
    }

    /// Causal: a query sees the same whatever follows it, so that one pass serves all lengths and positions.
    void walk(std::size_t s, const Progress& progress)
    {
        std::set<std::int64_t> cuts(m_study.lengths.begin(), m_study.lengths.end());
        cuts.insert(m_study.positions.begin() + 1, m_study.positions.end());
        const std::vector<std::int64_t> ends(cuts.begin(), cuts.end());
        const std::vector<Comparison> all = parts(s, ends, progress);
        Sums total, block;
        std::size_t length = 0, position = 0;
        for (std::size_t k = 0; k < ends.size(); ++k) {
            const std::int64_t queries = ends[k] - (k == 0 ? 0 : ends[k - 1]);
            total.add(all[k], queries);
            block.add(all[k], queries);
            if (ends[k] == m_study.lengths[length])
                m_study.schemes[s].atLengths[length++] = total.mean();
            if (position + 1 < m_study.positions.size() && ends[k] == m_study.positions[position + 1]) {
                m_study.schemes[s].klByPosition[position++] = block.mean().kl;
                block = {};
            }
        }
    }

    /// Both ways; the longest first.
    void addLengths(std::size_t s, std::vector<Task>& tasks)
    {
        for (std::size_t k = m_study.lengths.size(); k-- > 0;)
            tasks.push_back([this, s, k](const Progress& part) {
                const std::int64_t length = m_study.lengths[k];
                if (length == m_experiment.length)
                    bothWaysAtLength(s, k, part);
                else
                    m_study.schemes[s].atLengths[k] = compareAt(m_experiment, m_training, s, length, part);
            });
    }

    /// The sequence shown, with its positions.
    void bothWaysAtLength(std::size_t s, std::size_t k, const Progress& progress)
    {
        const std::vector<std::int64_t> ends(m_study.positions.begin() + 1, m_study.positions.end());
        const std::vector<Comparison> blocks = parts(s, ends, progress);
        Sums total;
        for (std::size_t b = 0; b < blocks.size(); ++b) {
            total.add(blocks[b], m_study.positions[b + 1] - m_study.positions[b]);
            m_study.schemes[s].klByPosition[b] = blocks[b].kl;
        }
        m_study.schemes[s].atLengths[k] = total.mean();
    }

    const Experiment& m_experiment;
    const Training& m_training;
    Generalization m_study;
};

}  // namespace

Generalization generalization(const Experiment& experiment, const Training& training, const Progress& progress)
{
    return Study(experiment, training).run(progress);
}

}  // namespace posbias
