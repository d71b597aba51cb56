// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/generalization.h"

#include "core/base/rounding.h"
#include "core/evaluation/stretches.h"
#include "core/learning/partition.h"
#include "core/learning/teacher.h"

namespace posbias {
namespace {

constexpr std::int64_t offsetsAtOnce = 512;

/// The way from the parameters shown to the best that the scheme's rule allows.
class Causes {
public:
    Causes(const Experiment& experiment, std::int64_t length)
        : m_experiment(experiment), m_length(length), m_visible(visibleOffsets(experiment.mask, length))
    {
    }

    std::vector<OffsetRange> untrained(const Training& training) const { return training.untrained(0, m_visible); }

    /// KL with the teacher's own preference at untrained offsets.
    double klWhereTrained(const Training& training, const Progress& progress) const
    {
        const TrainedScheme& scheme = *training.schemes.front();
        const std::vector<OffsetRange> gaps = untrained(training);
        const double level = gaps.empty() ? 0.0 : levelOfTeacher(scheme, gaps, progress);
        const auto teacher = [&](OffsetRange offsets, double* out) { preferences(m_experiment.teacher, offsets, out); };
        const auto bias = [&](OffsetRange offsets, double* out) {
            scheme.bias(offsets, out);
            visitWithin(gaps, offsets, [&](OffsetRange gap) {
                double* const g = out + (gap.first - offsets.first);
                teacher(gap, g);
                std::for_each(g, g + gap.size(), [level](double& b) { b += level; });
            });
        };
        return compare(teacher, bias, {{m_visible, Familiarity::Seen}}, m_experiment.mask, m_length, progress).kl;
    }

    /// The same scheme at the exact optimum on the documents of its training.
    Training optimum(const TrainedScheme& scheme, const std::shared_ptr<const Corpus>& corpus,
                     const Progress& progress) const
    {
        return fitted(scheme, corpus, {.initial = scheme.fit.untouched.initial().mean}, progress);
    }

    /// And on infinitely many: every offset was read, so that no decay has to hold it.
    Training limit(const TrainedScheme& scheme, const Progress& progress) const
    {
        CorpusSettings settings = m_experiment.corpus;
        settings.counts = Counts::Expected;
        const auto corpus = std::make_shared<const Corpus>(makeCorpus(
            m_experiment.teacher, settings, m_experiment.mask, m_experiment.trainingLength, {progress.stop, {}}));
        return fitted(scheme, corpus, {.weightDecay = 1e-12, .initial = scheme.fit.untouched.initial().mean}, progress);
    }

private:
    Training fitted(const TrainedScheme& scheme, const std::shared_ptr<const Corpus>& corpus, const Exact& settings,
                    const Progress& progress) const
    {
        const TrainingLoss loss(*corpus, scheme.table);
        auto trained = std::make_shared<TrainedScheme>();
        trained->scheme = scheme.scheme;
        trained->table = scheme.table;
        trained->exposure = loss.exposure();
        trained->fit = fitExact(loss, settings, 1e-10, progress);
        Training training;
        training.corpus = corpus;
        training.schemes = {trained};
        return training;
    }

    /// log(sum of exp b over trained offsets) - log(sum of exp g over them)
    double levelOfTeacher(const TrainedScheme& scheme, const std::vector<OffsetRange>& gaps,
                          const Progress& progress) const
    {
        ScaledSum model, teacher;
        std::vector<double> b(offsetsAtOnce), g(offsetsAtOnce);
        const auto add = [&](OffsetRange offsets) {
            scheme.bias(offsets, b.data());
            preferences(m_experiment.teacher, offsets, g.data());
            for (std::int64_t k = 0; k < offsets.size(); ++k) {
                model.add(b[k]);
                teacher.add(g[k]);
            }
        };
        std::int64_t next = m_visible.first;
        const auto addUpTo = [&](std::int64_t end) {
            for (; next < end; next += offsetsAtOnce) {
                progress.check();
                add({next, std::min(next + offsetsAtOnce, end) - 1});
            }
        };
        for (const OffsetRange& gap : gaps) {
            addUpTo(gap.first);
            next = gap.last + 1;
        }
        addUpTo(m_visible.last + 1);
        return model.log() - teacher.log();
    }

    const Experiment& m_experiment;
    std::int64_t m_length;
    OffsetRange m_visible;
};

Decomposition causesOf(const Experiment& experiment, const Training& all, std::size_t s, std::int64_t length,
                       const Progress& progress)
{
    const Causes causes(experiment, length);
    Training training = all;
    training.schemes = {all.schemes[s]};
    Decomposition gap;
    double left = gap.total = compareAt(experiment, training, 0, length, progress.part(0, 6)).kl;
    const auto without = [&](double& cause, const Training& now, std::size_t step) {
        const double kl = causes.klWhereTrained(now, progress.part(step, 6));
        cause = beyondRounding(left - kl, roundingOf(std::max(left, kl)));
        left = kl;
    };
    if (!causes.untrained(training).empty())
        without(gap.untrained, training, 1);
    const bool endless = experiment.corpus.counts == Counts::Expected;
    if (!endless && !std::holds_alternative<Exact>(experiment.learning))
        without(gap.optimizer, causes.optimum(*all.schemes[s], all.corpus, progress.part(2, 6)), 3);
    without(endless ? gap.optimizer : gap.estimation, causes.limit(*all.schemes[s], progress.part(4, 6)), 5);
    gap.sharing = beyondRounding(left, roundingOf(0.0));
    return gap;
}

}  // namespace

Decomposition decompose(const Experiment& experiment, const Training& training, std::size_t scheme, std::int64_t length,
                        const Progress& progress)
{
    try {
        return causesOf(experiment, training, scheme, length, progress);
    } catch (const FailureError& failure) {
        throw FailureError("The distance of scheme " + schemeLetter(scheme) +
                           " from the data cannot be split into its causes: " + failure.what());
    }
}

}  // namespace posbias
