// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/sentence.h"

#include "ui/text/phrases.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace posbias::ui {

namespace {

struct Sentence {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::Sentence)
};

double neverSeen(const AttentionShares& shares)
{
    return shares.unseen + shares.untrained;
}

/// Two distances are told apart by words only where a reader would see them differ.
constexpr double smallestDistance = 5e-4;

QString nothingUntrained(const Result& result, const Story& story)
{
    const OffsetRange shown = visibleOffsets(result.experiment.mask, result.experiment.length);
    const OffsetRange seen = result.training.seen();
    const QString distances = Sentence::tr("%1 is %2 nats from the data, %3 is %4")
                                  .arg(letter(0), nats(story.atLength[0].kl), letter(1), nats(story.atLength[1].kl));
    if (seen.first <= shown.first && shown.last <= seen.last)
        return Sentence::tr("Training saw every offset shown here: %1.").arg(distances);
    return Sentence::tr("All of this lies within the training length: %1.").arg(distances);
}

QString untrainedDraws(const Story& story)
{
    const std::size_t worse = story.worse, other = 1 - worse;
    const double drawn = story.shares[worse].untrained;
    const QString data = percent(neverSeen(story.teacher));
    if (story.both)
        return Sentence::tr("Query %1: A sends %2 and B %3 of their attention to untrained offsets; "
                            "the data %4 to unseen ones.")
            .arg(integer(story.query), percent(story.shares[0].untrained), percent(story.shares[1].untrained), data);
    return Sentence::tr("Query %1: %2 sends %3 of its attention to untrained offsets; "
                        "%4 %5 to unseen ones, the data %6.")
        .arg(integer(story.query), letter(worse), percent(drawn), letter(other),
             percent(neverSeen(story.shares[other])), data);
}

QString untrainedLater(const Result& result, const Story& story)
{
    const QString query = integer(story.query), length = tokens(result.experiment.length);
    const auto share = [&](std::size_t s) { return percent(story.atLength[s].untrainedMass); };
    return Sentence::tr("Query %1 gives untrained offsets little; over all %2 A gives them %3 and B %4 "
                        "of its attention.")
        .arg(query, length, share(0), share(1));
}

/// "A is 5.2 × further from the data than B (0.074 against 0.014 nats)", as far as the numbers allow.
QString further(const Comparison (&comparisons)[2], std::size_t worse)
{
    const double far = comparisons[worse].kl, near = comparisons[1 - worse].kl;
    if (near < smallestDistance || far < near)
        return Sentence::tr("%1 is %2 nats from the data, %3 is %4")
            .arg(letter(worse), nats(far), letter(1 - worse), nats(near));
    return Sentence::tr("%1 is %2 × further from the data than %3 (%4 against %5 nats)")
        .arg(letter(worse), number(far / near, 2), letter(1 - worse), number(far, 2), number(near, 2));
}

QString noiseInside(const Story& story)
{
    return Sentence::tr("Too little data: within the training length %1.")
        .arg(further(story.withinTraining, story.worse));
}

QString unfinished(const Result& result, const Story& story)
{
    const std::int64_t step = result.training.schemes[story.worse]->step;
    const bool early = step < stepsOf(result.experiment.learning).value_or(step);
    return (early ? Sentence::tr("%1 is still learning: within the training length %2.")
                  : Sentence::tr("%1’s training has not come to its end: within its length %2."))
        .arg(letter(story.worse), further(story.withinTraining, story.worse));
}

QString coarseSharing(const Story& story)
{
    return Sentence::tr("%1 shares too coarsely: within the training length %2.")
        .arg(letter(story.worse), further(story.withinTraining, story.worse));
}

QString driftFar(const Result& result, const Story& story)
{
    return Sentence::tr("Far past the training length both drift: over %1 A is %2 and B %3 nats from the data.")
        .arg(tokens(result.experiment.length), nats(story.atLength[0].kl), nats(story.atLength[1].kl));
}

QString closer(const Result& result, const Story& story)
{
    return Sentence::tr("No untrained offset draws much attention: over %1 %2.")
        .arg(tokens(result.experiment.length), further(story.atLength, story.worse));
}

QString alike(const Result& result, const Story& story)
{
    const QString length = tokens(result.experiment.length);
    const auto& schemes = result.experiment.schemes;
    const double a = story.atLength[0].kl, b = story.atLength[1].kl;
    if (schemes.size() > 1 && schemes[0] == schemes[1])
        return Sentence::tr("A and B are the same scheme: over %1 both are %2 nats from the data.")
            .arg(length, nats(a));
    const QString text = std::max(a, b) < 0.05
                             ? Sentence::tr("A and B are about equally near the data: %1 and %2 nats over %3.")
                             : Sentence::tr("A and B are about equally far from the data: %1 and %2 nats over %3.");
    return text.arg(nats(a), nats(b), length);
}

/// "A 0.443  B 0.016", each in its scheme’s colour.
QString distances(const Result& result, const Inks& inks, Comparison SchemeResult::*which, bool strong)
{
    QStringList parts;
    for (std::size_t s = 0; s < result.schemes.size(); ++s) {
        parts << coloured(letter(s) + QChar(0x00A0) + nats((result.schemes[s].*which).kl), inks.of(s), strong);
    }
    return parts.join(QStringLiteral("&nbsp;&nbsp; "));
}

QString ofItsEnd(const Result& result, const Story& story)
{
    switch (story.which) {
    case StoryCase::UntrainedDraws: return untrainedDraws(story);
    case StoryCase::UntrainedLater: return untrainedLater(result, story);
    case StoryCase::NoiseInside: return noiseInside(story);
    case StoryCase::Unfinished: return unfinished(result, story);
    case StoryCase::CoarseSharing: return coarseSharing(story);
    case StoryCase::DriftFar: return driftFar(result, story);
    case StoryCase::NothingUntrained: return nothingUntrained(result, story);
    case StoryCase::Alike: return alike(result, story);
    case StoryCase::Closer: return closer(result, story);
    }
    return {};
}

}  // namespace

QString sentence(const Result& result, const Story& story)
{
    return moment(result) + ofItsEnd(result, story);
}

QString distanceLine(const Result& result, const Inks& inks)
{
    // HTML would fold a narrow space.
    const QString length = tokens(result.experiment.length).replace(QChar(0x202F), QChar(0x00A0));
    // The data is simulated without content: distances are of the biases.
    const bool content = !std::holds_alternative<NoContent>(result.experiment.content);
    const QString text = content ? Sentence::tr("Distance of the biases alone from the data over %1 (KL, nats): %2")
                                 : Sentence::tr("Distance from the data over %1 (KL, nats): %2");
    QString line = text.arg(length, distances(result, inks, &SchemeResult::atLength, true));
    if (result.experiment.length > result.experiment.trainingLength)
        line += Sentence::tr(" &nbsp;·&nbsp; within the training length: %1")
                    .arg(distances(result, inks, &SchemeResult::withinTraining, false));
    return line;
}

}  // namespace posbias::ui
