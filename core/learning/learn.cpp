// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/learn.h"

#include "core/learning/minibatch.h"
#include "core/learning/optimizer.h"
#include "core/learning/training_state.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <sstream>

namespace posbias {

namespace {

constexpr double offsetsBetweenReports = 65536.0;  // about a millisecond of work
constexpr double affordableLooks = 2147483648.0;   // offsets visited in all, whatever training costs: some seconds
constexpr double lookShare = 2.0;                  // beyond that, looking may cost so many times what steps do
constexpr std::int64_t lossChecks = 10;
constexpr std::int64_t firstLossCheck = 100;  // steps that a wild start may take to come to rest
constexpr double divergedLoss = 1.0;          // nats above the loss at the initial values
constexpr std::size_t courseBytes = std::size_t{32} << 20;
constexpr std::size_t mostKept = 128;

/// What of a Descent does not depend on its rule.
struct StepPlan {
    StepRule rule = StepRule::Adam;
    double learningRate = 0.0;
    std::int64_t steps = 0;
    std::int64_t batch = 0;
    std::int64_t seed = 0;
    Stopping stopping = Stopping::LastStep;
};

std::optional<StepPlan> planOf(const Learning& learning)
{
    return std::visit(
        []<class Chosen>(const Chosen& chosen) -> std::optional<StepPlan> {
            if constexpr (requires { chosen.steps; })
                return StepPlan{Chosen::rule, chosen.learningRate, chosen.steps,
                                chosen.batch, chosen.seed,         chosen.stopping};
            else
                return std::nullopt;
        },
        learning);
}

const char* nameOf(StepRule rule)
{
    switch (rule) {
    case StepRule::Sgd: return "SGD";
    case StepRule::Momentum: return "SGD with momentum";
    case StepRule::Adam: return "Adam";
    case StepRule::AdamW: return "AdamW";
    case StepRule::Adafactor: break;
    }
    return "Adafactor";
}

[[noreturn]] void failDiverged(const StepPlan& plan, std::int64_t step)
{
    std::ostringstream text;
    text << nameOf(plan.rule) << " diverged at step " << step << " with a learning rate of " << plan.learningRate
         << "; choose a smaller learning rate.";
    throw FailureError(text.str());
}

[[noreturn]] void failWorse(const StepPlan& plan, std::int64_t step, double loss, double first)
{
    std::ostringstream text;
    text.precision(3);
    text << nameOf(plan.rule) << " diverged: after step " << step << " with a learning rate of " << plan.learningRate
         << " the training loss is " << loss << ", far above the " << first
         << " it began with; choose a smaller learning rate.";
    throw FailureError(text.str());
}

/// Offsets that a loss visits, or its gradient.
double offsetsVisited(const Corpus& corpus)
{
    if (corpus.mask == Mask::Causal)
        return static_cast<double>(corpus.lengths.back().length);
    double offsets = 0.0;
    for (const LengthCount& count : corpus.lengths)
        offsets += 2.0 * static_cast<double>(count.length);
    return offsets;
}

/// All that steps depend on. Immutable, shared by a course and whoever replays it.
struct Descending {
    StepPlan plan;
    Optimizer optimizer;
    std::shared_ptr<const TrainingLoss> loss;
    ParameterTable table;
    std::shared_ptr<const DocumentReads> documents;  ///< null: every step reads the whole corpus

    std::int64_t stepsBetweenReports() const
    {
        return static_cast<std::int64_t>(std::max(1.0, offsetsBetweenReports / loss->offsetsPerGradient()));
    }
};

/// Takes steps from a state.
class Walker {
public:
    Walker(const Descending& descending, OptimizerState from) : m_descending(descending), m_state(std::move(from))
    {
        m_gradient.resize(m_state.values.size());
        if (descending.documents)
            m_batch.emplace(*descending.loss, descending.table, descending.documents, descending.plan.batch,
                            descending.plan.seed);
    }

    const OptimizerState& state() const { return m_state; }
    Moment moment() const { return {m_state.values, m_descending.optimizer.untouched(m_state)}; }
    void jump(const OptimizerState& to) { m_state = to; }

    /// Whether all values are within bounds.
    bool advance()
    {
        if (m_batch)
            m_batch->gradient(m_state.step + 1, m_state.values, m_gradient);
        else
            m_descending.loss->gradient(m_state.values, m_gradient, m_workspace);
        return m_descending.optimizer.advance(m_state, m_gradient);
    }

private:
    const Descending& m_descending;
    OptimizerState m_state;
    std::vector<double> m_gradient;
    TrainingLoss::Workspace m_workspace;
    std::optional<BatchGradient> m_batch;
};

class StepCourse final : public Course {
public:
    explicit StepCourse(std::shared_ptr<const Descending> descending) : m_descending(std::move(descending))
    {
        const std::int64_t steps = m_descending->plan.steps;
        const std::size_t bytes = std::max<std::size_t>(m_descending->optimizer.stateBytes(), 1);
        const auto kept = static_cast<std::int64_t>(std::min(mostKept, courseBytes / bytes));
        m_interval = steps / (kept + 1) + 1;  // so that at most `kept` lie between the first and the last
    }

    /// While training.
    void pass(const OptimizerState& state)
    {
        if (state.step % m_interval == 0 && state.step < m_descending->plan.steps)
            m_kept.push_back(state);
    }

    /// Before anything is passed: training goes on from here.
    void goOnFrom(const OptimizerState& state) { m_kept.push_back(state); }

    std::int64_t steps() const override { return m_descending->plan.steps; }

    Moment at(std::int64_t step, const Progress& progress) const override
    {
        Moment found;
        replay(
            {step}, [&](std::int64_t, const Moment& moment) { found = moment; }, progress);
        return found;
    }

    void replay(const std::vector<std::int64_t>& steps, const Visit& visit, const Progress& progress) const override
    {
        if (steps.empty())
            return;
        Walker walker(*m_descending, m_descending->optimizer.start());
        const std::int64_t reportEvery = m_descending->stepsBetweenReports();
        std::int64_t first = 0, taken = 0;
        for (const std::int64_t step : steps) {
            const auto after = std::ranges::upper_bound(m_kept, step, {}, &OptimizerState::step);
            if (after != m_kept.begin() && std::prev(after)->step > walker.state().step)
                walker.jump(*std::prev(after));
            if (taken == 0)
                first = walker.state().step;
            for (; walker.state().step < step; ++taken) {
                if (taken % reportEvery == 0)
                    progress.at(static_cast<double>(walker.state().step - first) /
                                static_cast<double>(steps.back() - first));
                walker.advance();
            }
            visit(step, walker.moment());
        }
        progress.at(1.0);
    }

private:
    std::shared_ptr<const Descending> m_descending;
    std::int64_t m_interval;
    std::vector<OptimizerState> m_kept;  ///< at multiples of m_interval, and where training went on after a break
};

/// The step with the lowest loss on held-out documents so far.
class BestHeldOut {
public:
    BestHeldOut(const Corpus& heldOut, const Descending& descending, std::int64_t every)
        : m_loss(heldOut, descending.table), m_steps(descending.plan.steps), m_every(every)
    {
    }

    void pass(const OptimizerState& state)
    {
        if (state.step != m_steps && state.step % m_every != 0)
            return;
        const double loss = m_loss.value(state.values, m_workspace);
        if (m_best.values.empty() || loss < m_lowest) {
            m_lowest = loss;
            m_best.step = state.step;
            m_best.values = state.values;
            m_best.untouched = state.untouched;
        }
    }

    /// Without what only further steps need.
    const OptimizerState& best() const { return m_best; }
    double lowest() const { return m_lowest; }
    void goOnFrom(const OptimizerState& best, double lowest)
    {
        m_best = best;
        m_lowest = lowest;
    }

private:
    TrainingLoss m_loss;
    TrainingLoss::Workspace m_workspace;
    std::int64_t m_steps;
    std::int64_t m_every;
    double m_lowest = 0.0;
    OptimizerState m_best;
};

/// Throws when training has made the parameters clearly worse than they were at first.
class LossWatch {
public:
    LossWatch(const Descending& descending, const OptimizerState& start)
        : m_descending(descending),
          m_first(descending.loss->value(start.values)),
          m_checkEvery(std::max(firstLossCheck, descending.plan.steps / lossChecks))
    {
    }

    void pass(const OptimizerState& state) const
    {
        const std::int64_t steps = m_descending.plan.steps;
        if (state.step == 0 || (state.step != steps && state.step % m_checkEvery != 0))
            return;
        const double loss = m_descending.loss->value(state.values);
        if (!(loss <= m_first + divergedLoss))
            failWorse(m_descending.plan, state.step, loss, m_first);
    }

private:
    const Descending& m_descending;
    double m_first;
    std::int64_t m_checkEvery;
};

Learned descend(const TrainingData& data, const std::shared_ptr<const Descending>& descending, const Learning& learning,
                KeepCourse keep, const Progress& progress, const TrainingBreaks& breaks)
{
    const StepPlan& plan = descending->plan;
    const std::shared_ptr<StepCourse> course =
        keep == KeepCourse::Yes ? std::make_shared<StepCourse>(descending) : nullptr;
    Walker walker(*descending, descending->optimizer.start());
    const LossWatch watch(*descending, walker.state());
    std::optional<BestHeldOut> best;
    if (const std::int64_t every = heldOutInterval(data, learning); every > 0) {
        best.emplace(*data.heldOut, *descending, every);
        best->pass(walker.state());
    }
    if (breaks.from) {
        walker.jump(breaks.from->now);
        if (best)
            best->goOnFrom(breaks.from->best, breaks.from->lowestHeldOut);
        if (course)
            course->goOnFrom(walker.state());
    }
    const auto keepNow = [&] {
        TrainingState state;
        state.now = walker.state();
        if (best) {
            state.best = best->best();
            state.lowestHeldOut = best->lowest();
        }
        breaks.keep(state);
    };
    const std::int64_t reportEvery = descending->stepsBetweenReports();
    for (std::int64_t step = walker.state().step + 1; step <= plan.steps; ++step) {
        if (step % reportEvery == 0) {
            progress.at(static_cast<double>(step - 1) / static_cast<double>(plan.steps));
            if (breaks.due && breaks.due())
                keepNow();
        }
        if (!walker.advance())
            failDiverged(plan, step);
        watch.pass(walker.state());
        if (course)
            course->pass(walker.state());
        if (best)
            best->pass(walker.state());
    }
    const OptimizerState& chosen = best ? best->best() : walker.state();
    Fit fit = fitAt(*descending->loss, learning, {chosen.values, descending->optimizer.untouched(chosen)}, chosen.step);
    progress.at(1.0);
    return {std::move(fit), course};
}

}  // namespace

bool readsMinibatches(const CorpusSettings& corpus, const Learning& learning)
{
    const std::optional<StepPlan> plan = planOf(learning);
    return plan && corpus.counts == Counts::Sampled && plan->batch > 0 && plan->batch < corpus.documents;
}

bool stopsEarly(const CorpusSettings& corpus, const Learning& learning)
{
    const std::optional<StepPlan> plan = planOf(learning);
    return plan && corpus.counts == Counts::Sampled && plan->stopping == Stopping::BestHeldOut;
}

std::int64_t heldOutInterval(const TrainingData& data, const Learning& learning)
{
    const std::optional<StepPlan> plan = planOf(learning);
    if (!plan || plan->stopping != Stopping::BestHeldOut || !data.heldOut)
        return 0;
    const double look = offsetsVisited(*data.heldOut);
    if (look * static_cast<double>(plan->steps) <= affordableLooks)
        return 1;
    double step = offsetsVisited(*data.corpus);
    if (data.documents) {
        const OffsetRange longest = visibleOffsets(data.corpus->mask, data.corpus->lengths.back().length);
        step = std::min(step, static_cast<double>(plan->batch * longest.size()));
    }
    return std::max<std::int64_t>(1, std::llround(look / (lookShare * step)));
}

TrainingData drawTrainingData(const Teacher& teacher, const CorpusSettings& corpus, Mask mask,
                              std::int64_t trainingLength, const Learning& learning, const Progress& progress)
{
    TrainingData data;
    const auto documents = readsMinibatches(corpus, learning) ? std::make_shared<DocumentReads>() : nullptr;
    data.corpus =
        std::make_shared<const Corpus>(makeCorpus(teacher, corpus, mask, trainingLength, progress, documents.get()));
    data.documents = documents;
    if (corpus.counts == Counts::Sampled && corpus.heldOut > 0)
        data.heldOut =
            std::make_shared<const Corpus>(makeHeldOut(teacher, corpus, mask, trainingLength, {progress.stop, {}}));
    return data;
}

Learned learn(const TrainingData& data, const std::shared_ptr<const TrainingLoss>& loss, const ParameterTable& table,
              const Learning& learning, KeepCourse keep, const Progress& progress, const TrainingBreaks& breaks)
{
    const std::optional<StepPlan> plan = planOf(learning);
    if (!plan)
        return {fitExact(*loss, std::get<Exact>(learning), 1e-10, progress), nullptr};
    const auto descending = std::make_shared<const Descending>(
        Descending{*plan, Optimizer(learning, loss->exposure()), loss, table, data.documents});
    return descend(data, descending, learning, keep, progress, breaks);
}

}  // namespace posbias
