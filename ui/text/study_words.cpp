// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/study_words.h"

#include "core/base/rounding.h"
#include "ui/text/numbers.h"
#include "ui/text/phrases.h"
#include "ui/text/study_word_parts.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace posbias::ui {

namespace {

struct Study {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::Study)
};

constexpr std::size_t compared = 2;  // A and B

std::size_t shownSchemes(std::size_t count)
{
    return std::min(count, compared);
}

struct Term {
    QString name;   ///< "untrained offsets"
    QString cause;  ///< "comes from offsets that training never touched"
    double value = 0.0;
};

std::array<Term, 4> termsOf(const Decomposition& gap)
{
    return {{
        {Study::tr("untrained offsets"), Study::tr("comes from offsets that training never touched"), gap.untrained},
        {Study::tr("optimizer"), Study::tr("comes from an optimizer that is not at the optimum"), gap.optimizer},
        {Study::tr("finite data"), Study::tr("is noise of the finite data"), gap.estimation},
        {Study::tr("sharing"), Study::tr("is the price of sharing"), gap.sharing},
    }};
}

/// "nearly all of A’s distance (0.432 nats) comes from offsets that training never touched"
QString mainCause(std::size_t scheme, const Decomposition& gap)
{
    const auto terms = termsOf(gap);
    const Term& largest = *std::ranges::max_element(terms, {}, &Term::value);
    if (gap.total < 5e-4)
        return Study::tr("%1 is at the data").arg(letter(scheme));
    const QString text = largest.value > 0.9 * gap.total ? Study::tr("nearly all of %1’s distance (%2 nats) %3")
                         : largest.value > 0.5 * gap.total
                             ? Study::tr("most of %1’s distance (%2 nats) %3")
                             : Study::tr("the largest part of %1’s distance (%2 nats) %3");
    return text.arg(letter(scheme), nats(gap.total), largest.cause);
}

QString signedNats(double value)
{
    return value < 0.0 ? QChar(0x2212) + nats(-value) : nats(value);
}

/// "A 0.432 = untrained offsets 0.424 + optimizer −0.005 + ..."
QString sum(std::size_t scheme, const Decomposition& gap)
{
    QStringList parts;
    for (const Term& term : termsOf(gap))
        if (std::fabs(term.value) >= 5e-4)
            parts << term.name + QChar(0x00A0) + signedNats(term.value);
    const QString total = letter(scheme) + QChar(0x00A0) + nats(gap.total);
    return parts.isEmpty() ? total : total + QStringLiteral(" = ") + parts.join(QStringLiteral(" + "));
}

QString capitalized(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

QString levelText(double level)
{
    const QString text = QString::number(std::fabs(level), 'f', 2);
    return level < 0.0 && text != QLatin1String("0.00") ? QChar(0x2212) + text : text;
}

/// What a constant added to a scheme's trained biases does.
QString effectOfLevel(const Result& result, const LevelStudy& study, std::size_t s)
{
    const SchemeLevel& scheme = study.schemes[s];
    const std::int64_t n = result.experiment.length;
    if (scheme.immune)
        return Study::tr("%1 does not care: all its offsets are trained").arg(letter(s));
    const std::size_t best = firstSmallest(scheme.kls);
    const double kl = result.schemes[s].atLength.kl;
    if (!(scheme.kls[best] < kl) || nats(scheme.kls[best]) == nats(kl))
        return Study::tr("no other level would bring %1 nearer than %2 nats over %3")
            .arg(letter(s), nats(kl), tokens(n));
    return Study::tr("moving %1’s level from %2 to %3 would bring it from %4 to %5 nats over %6")
        .arg(letter(s), levelText(levelOf(*result.schemes[s].trained)), levelText(study.levels[best]), nats(kl),
             nats(scheme.kls[best]), tokens(n));
}

QString unfinished(FigureKind kind)
{
    switch (kind) {
    case FigureKind::Learning: return Study::tr("Following the training step by step …");
    case FigureKind::Generalization: return Study::tr("Comparing at lengths from 1 to over a million tokens …");
    case FigureKind::Level: return Study::tr("Trying other levels and optimizers …");
    case FigureKind::Sweep: return Study::tr("Training side by side …");
    default: return {};
    }
}

}  // namespace

QString betweenParts()
{
    return QStringLiteral(" &nbsp;·&nbsp; ");
}

StudyWords generalizationWords(const Result& result, const Generalization& study, const Inks& inks)
{
    StudyWords words;
    QStringList causes, sums;
    for (std::size_t s = 0; s < shownSchemes(study.schemes.size()); ++s) {
        causes << mainCause(s, study.schemes[s].gap);
        sums << coloured(sum(s, study.schemes[s].gap), inks.of(s), s == 0);
    }
    words.sentence = moment(result) +
                     Study::tr("Over %1: %2.").arg(tokens(result.experiment.length), causes.join(QStringLiteral("; ")));
    words.detail = Study::tr("Distance (KL, nats): %1").arg(sums.join(betweenParts()));
    return words;
}

StudyWords levelWords(const Result& result, const LevelStudy& study, const Inks& inks)
{
    StudyWords words;
    QStringList effects, now;
    for (std::size_t s = 0; s < shownSchemes(study.schemes.size()); ++s) {
        // The study serves every shift: where the level is now, the result says.
        const SchemeResult& scheme = result.schemes[s];
        effects << effectOfLevel(result, study, s);
        now << coloured(Study::tr("%1 at level %2: %3")
                            .arg(letter(s), levelText(levelOf(*scheme.trained)), nats(scheme.atLength.kl)),
                        inks.of(s));
    }
    const std::int64_t within = std::min(result.experiment.length, result.experiment.trainingLength);
    words.sentence = Study::tr("Shifting all trained biases changes no weight within %1. %2.")
                         .arg(tokens(within), capitalized(effects.join(QStringLiteral("; "))));
    words.detail =
        Study::tr("Distance over %1 (KL, nats): %2").arg(tokens(result.experiment.length), now.join(betweenParts()));
    return words;
}

namespace {

StudyWords wordsOf(FigureKind kind, const Result& result, const Studies& studies, const Inks& inks)
{
    if (kind == FigureKind::Exposure)
        return exposureWords(result, inks);
    if (kind == FigureKind::Learning && studies.history)
        return learningWords(result, *studies.history, inks);
    if (kind == FigureKind::Generalization && studies.generalization)
        return generalizationWords(result, *studies.generalization, inks);
    if (kind == FigureKind::Level && studies.level)
        return levelWords(result, *studies.level, inks);
    if (kind == FigureKind::Sweep && studies.sweep)
        return sweepWords(result, *studies.sweep, inks);
    return {unfinished(kind), {}};
}

}  // namespace

StudyWords studyWords(FigureKind kind, const Result& result, const Studies& studies, const Inks& inks)
{
    StudyWords words = wordsOf(kind, result, studies, inks);
    words.detail.replace(QChar(0x202F), QChar(0x00A0));  // HTML would fold a narrow space
    return words;
}

}  // namespace posbias::ui
