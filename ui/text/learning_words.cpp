// SPDX-License-Identifier: GPL-3.0-or-later
// How training is going at the step shown.
#include "core/learning/learn.h"
#include "ui/text/numbers.h"
#include "ui/text/phrases.h"
#include "ui/text/study_word_parts.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace posbias::ui {

namespace {

struct Learned {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::Learned)
};

/// Losses are told apart where a reader would see them differ.
constexpr double visible = 1e-3;

/// The last step looked at that is not after `step`.
std::size_t at(const SchemeHistory& history, std::int64_t step)
{
    const auto after = std::ranges::upper_bound(history.steps, step);
    return after == history.steps.begin() ? 0 : static_cast<std::size_t>(after - history.steps.begin()) - 1;
}

std::size_t smallest(const std::vector<double>& values, std::size_t end)
{
    return static_cast<std::size_t>(
        std::min_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(end) + 1) - values.begin());
}
struct State {
    QString one;   ///< "A has settled"
    QString both;  ///< "A and B have settled"; empty where it is about one of them
};

std::optional<State> overfitting(const SchemeHistory& history, std::size_t scheme, std::size_t now)
{
    const std::vector<double>& heldOut = history.heldOutNll;
    if (heldOut.empty())
        return {};
    const std::size_t best = smallest(heldOut, now);
    const double risen = heldOut[now] - heldOut[best];
    const bool noise = history.trainNll[now] < history.trainNll[best] && history.klWithin[now] > history.klWithin[best];
    if (risen <= visible || !noise)
        return {};
    return State{Learned::tr("%1 overfits since about step %2: held out, its loss has risen by %3 nats")
                     .arg(letter(scheme), integer(history.steps[best]), nats(risen)),
                 {}};
}

State stateOf(const SchemeHistory& history, std::size_t scheme, std::size_t now)
{
    if (const auto state = overfitting(history, scheme, now))
        return *state;
    const QString name = letter(scheme);
    if (history.steps[now] == 0)
        return {Learned::tr("%1 has its initial values").arg(name), Learned::tr("A and B have their initial values")};
    const std::size_t before = at(history, history.steps[now] * 9 / 10);
    const double change = history.trainNll[now] - history.trainNll[before];
    if (change < -visible)
        return {Learned::tr("%1 is still learning").arg(name), Learned::tr("A and B are still learning")};
    if (change > visible)
        return {Learned::tr("%1’s loss rises: its steps are too large").arg(name), {}};
    return {Learned::tr("%1 has settled").arg(name), Learned::tr("A and B have settled")};
}

QString statesText(const std::vector<State>& states)
{
    if (states.size() == 2 && states[0].both == states[1].both && !states[0].both.isEmpty())
        return states[0].both;
    QStringList each;
    for (const State& state : states)
        each << state.one;
    return each.join(QStringLiteral("; "));
}

/// As in the chart: on either documents, above the loss that the data's own preference has on them.
QString lossOf(const TrainingHistory& all, std::size_t now, std::size_t scheme)
{
    const SchemeHistory& history = all.schemes[scheme];
    const QString train = number(history.trainNll[now] - all.teacherTrainNll, 2);
    return history.heldOutNll.empty()
               ? Learned::tr("%1 %2").arg(letter(scheme), train)
               : Learned::tr("%1 %2, held out %3")
                     .arg(letter(scheme), train, number(history.heldOutNll[now] - all.teacherHeldOutNll, 2));
}

QString chosenSteps(const Result& result, const TrainingHistory& history)
{
    QStringList steps;
    for (std::size_t s = 0; s < std::min<std::size_t>(history.schemes.size(), 2); ++s)
        steps << Learned::tr("%1’s step %2").arg(letter(s), integer(history.schemes[s].chosen));
    const Training& training = result.training;
    const std::int64_t every =
        heldOutInterval({training.corpus, training.heldOut, training.documents}, result.experiment.learning);
    const QString both = steps.join(Learned::tr(" and "));
    return every > 1 ? Learned::tr("Of the steps looked at, one in %1, the loss on held-out documents is lowest at %2: "
                                   "training gave the biases of these steps.")
                           .arg(integer(every), both)
                     : Learned::tr("The loss on held-out documents is lowest at %1: training gave the biases of these "
                                   "steps.")
                           .arg(both);
}

}  // namespace

StudyWords learningWords(const Result& result, const TrainingHistory& history, const Inks& inks)
{
    StudyWords words;
    std::vector<State> states;
    QStringList losses;
    const Learning& learning = result.experiment.learning;
    const std::int64_t last = stepsOf(learning).value_or(0);
    const bool ended = !result.step || *result.step >= last;
    const bool early = stopsEarly(result.experiment.corpus, learning) && !result.step;
    for (std::size_t s = 0; s < std::min<std::size_t>(history.schemes.size(), 2); ++s) {
        const SchemeHistory& scheme = history.schemes[s];
        const std::size_t now = at(scheme, result.step.value_or(early ? scheme.chosen : last));
        states.push_back(stateOf(scheme, s, now));
        losses << coloured(lossOf(history, now, s), inks.of(s));
    }
    if (std::holds_alternative<Exact>(learning))
        words.sentence = Learned::tr("A and B are at the minimum of their loss: there are no steps to follow.");
    else if (early)
        words.sentence = chosenSteps(result, history);
    else
        words.sentence = ended && last == 1 ? Learned::tr("After the only step: %1.").arg(statesText(states))
                         : ended ? Learned::tr("After all %1 steps: %2.").arg(integer(last), statesText(states))
                                 : moment(result) + statesText(states) + QLatin1Char('.');
    words.detail = Learned::tr("Loss above that of the data’s own preference (nats per query): %1")
                       .arg(losses.join(betweenParts()));
    return words;
}

}  // namespace posbias::ui
