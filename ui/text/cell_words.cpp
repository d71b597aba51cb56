// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/cell_words.h"

#include "ui/text/numbers.h"

#include <QCoreApplication>

#include <cmath>
#include <cstdlib>

namespace posbias::ui {

namespace {

struct InCell {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::CellWords)
};

using Kind = FormulaPiece::Kind;

FormulaPiece plain(const QString& text)
{
    return {Kind::Text, text, {}};
}
FormulaPiece strong(std::int64_t value)
{
    return {Kind::Strong, integer(value), {}};
}
FormulaPiece subscript(std::int64_t value)
{
    return {Kind::Subscript, integer(value), {}};
}

/// "u₅₁₁".
QString parameterName(std::int64_t index)
{
    static const QString lowered = QStringLiteral("₀₁₂₃₄₅₆₇₈₉");
    QString name = index < 0 ? QStringLiteral("u₋") : QStringLiteral("u");
    for (const QChar digit : QString::number(std::llabs(index)))
        name += lowered[digit.digitValue()];
    return name;
}

/// ⌊N · ln(dist/m)/ln(D/m)⌋, T5's step on the logarithmic half.
void appendStep(Formula& line, const T5Derivation& from)
{
    const auto ratio = [&](std::int64_t of) {
        return QStringLiteral("ln(%1/%2)").arg(integer(of), integer(from.shape.exact));
    };
    line.push_back(plain(QStringLiteral(" + ⌊%1 · ").arg(integer(from.shape.logarithmic))));
    line.push_back({Kind::Fraction, ratio(from.distance), ratio(from.shape.maxDistance)});
    line.push_back(plain(QStringLiteral("⌋")));
}

std::vector<Formula> bucketFormulas(const T5Derivation& from)
{
    const QString base = from.sideBase == 0 ? QString() : QStringLiteral("%1 + ").arg(integer(from.sideBase));
    const QString exact = integer(from.shape.exact);
    if (from.exactHalf) {
        Formula line = {plain(QStringLiteral("%1 < %2:").arg(integer(from.distance), exact)),
                        plain(from.sideBase == 0 ? QStringLiteral(" b = ")
                                                 : QStringLiteral(" b = %1%2 = ").arg(base, integer(from.distance))),
                        strong(from.bucket)};
        return {line};
    }
    Formula steps = {plain(exact)};
    appendStep(steps, from);
    steps.push_back(plain(QStringLiteral(" = %1 + %2").arg(exact, integer(from.steps))));
    Formula cap = {plain(QStringLiteral("%1min(%2, %3)")
                             .arg(base, integer(from.shape.exact + from.steps), integer(from.shape.perSide - 1))),
                   plain(QStringLiteral(" = ")), strong(from.bucket)};
    return {steps, cap};
}

/// "shrunk by weight decay from 1 to 0.37", "moved" where it went past 0 or away from it: of a value that nothing else moved, with as many digits as tell the two apart.
QString decayWords(double from, double to)
{
    const auto rounded = [](double value, int digits) { return QString::number(value, 'e', digits - 1).toDouble(); };
    int digits = 3;
    while (digits < 16 && rounded(from, digits) == rounded(to, digits))
        ++digits;
    return (std::abs(to) < std::abs(from) && from * to >= 0.0 ? InCell::tr("shrunk by weight decay from %1 to %2")
                                                              : InCell::tr("moved by weight decay from %1 to %2"))
        .arg(number(from, digits), number(to, digits));
}

/// "u₇₀₀ = 0", with what it means that no training pair moved it.
Formula parameterFormula(const CellExplanation& cell)
{
    const bool own = !cell.derivation.has_value();
    Formula line = {plain(QStringLiteral("u")), subscript(own ? cell.offset : cell.parameter),
                    plain(QStringLiteral(" = ") + number(cell.bias))};
    if (cell.familiarity == Familiarity::Untrained)
        line.push_back(plain(cell.bias == cell.initialBias
                                 ? InCell::tr(", as it started")
                                 : QStringLiteral(", ") + decayWords(cell.initialBias, cell.bias)));
    return line;
}

QString sharedOffsets(const Segment& by)
{
    if (by.first == by.last)
        return InCell::tr("Used by offset %1 alone.").arg(integer(by.first));
    if (by.last == toInfinity)
        return by.first == fromInfinity ? InCell::tr("Shared by every offset.")
                                        : InCell::tr("Shared by offsets %1 and beyond.").arg(integer(by.first));
    if (by.first == fromInfinity)
        return InCell::tr("Shared by offsets %1 and below.").arg(integer(by.last));
    return InCell::tr("Shared by offsets %1 to %2.").arg(integer(by.first), integer(by.last));
}

QString trainingFed(const CellExplanation& cell)
{
    return InCell::tr("%1 training pairs fed it, %2 of all").arg(count(cell.exposure), percent(cell.exposureShare));
}

QString untrainedOrigin(const Result& result, std::size_t scheme, const CellExplanation& cell)
{
    const bool decayed = cell.bias != cell.initialBias;
    if (cell.derivation)
        return sharedOffsets(cell.sharedBy) + QLatin1Char(' ') +
               (decayed ? InCell::tr("No training pair had any of them, so only weight decay moved it.")
                        : InCell::tr("No training pair had any of them, so nothing moved it."));
    QString text = decayed ? InCell::tr("Training had no pair at this offset, so only weight decay moved it.")
                           : InCell::tr("Training had no pair at this offset, so nothing moved it.");
    const OffsetRange seen = result.training.seen();
    const std::int64_t nearest = cell.offset < 0 ? seen.first : seen.last;
    if (seen.size() > 0 && result.training.schemes[scheme]->trained(nearest))
        text += QLatin1Char(' ') +
                InCell::tr("The trained one nearest to it, %1, is at %2.")
                    .arg(parameterName(nearest), number(result.training.schemes[scheme]->biasOf(nearest)));
    return text;
}

QString originOf(const Result& result, std::size_t scheme, const CellExplanation& cell)
{
    QString text;
    if (cell.familiarity == Familiarity::Untrained)
        text = untrainedOrigin(result, scheme, cell);
    else if (cell.familiarity == Familiarity::Unseen)
        text = sharedOffsets(cell.sharedBy) + QLatin1Char(' ') + trainingFed(cell) +
               InCell::tr("; none had this very offset.");
    else
        text = sharedOffsets(cell.sharedBy) + QLatin1Char(' ') + trainingFed(cell) + QLatin1Char('.');
    if (cell.derivation && cell.derivation->exactBucket)
        text += QLatin1Char(' ') +
                InCell::tr("That is float32, as the reference runs it; exact arithmetic gives bucket %1.")
                    .arg(integer(*cell.derivation->exactBucket));
    return text;
}

QString scoreFormula(const Result& result)
{
    switch (result.experiment.scaling) {
    case Scaling::Unscaled: return QStringLiteral("q·k + u");
    case Scaling::ScaledThenBias: return QStringLiteral("q·k/√dim + u");
    case Scaling::BookBiasInside: return QStringLiteral("(q·k + u)/√dim");
    }
    return {};
}

std::vector<CellRow> rowsOf(const Result& result, const CellExplanation& cell)
{
    const bool content = !std::holds_alternative<NoContent>(result.experiment.content);
    std::vector<CellRow> rows;
    const std::int64_t index = cell.derivation ? cell.parameter : cell.offset;
    rows.push_back(
        {QStringLiteral("relative"), InCell::tr("u relative to offset 0"), number(cell.relativeBias), false});
    rows.push_back({QStringLiteral("bias"), parameterName(index), number(cell.bias), false});
    if (content) {
        rows.push_back({QStringLiteral("dot"), QStringLiteral("q·k"), number(cell.dotProduct), false});
        rows.push_back(
            {QStringLiteral("score"), InCell::tr("score %1").arg(scoreFormula(result)), number(cell.logit), false});
    }
    rows.push_back({QStringLiteral("normaliser"), InCell::tr("normaliser log Z"), number(cell.logNormaliser), false});
    rows.push_back({QStringLiteral("attention"),
                    content ? InCell::tr("exp(score − log Z)") : InCell::tr("attention exp(u − log Z)"),
                    number(cell.attention), true});
    if (!content)  // the data is simulated without content, so it calls for nothing here
        rows.push_back({QStringLiteral("data"), InCell::tr("the data calls for"), number(cell.teacherAttention), true});
    return rows;
}

constexpr double nearEnough = 1.25, farOff = 2.0;

void judge(CellWords& words, const CellExplanation& cell)
{
    const double factor = cell.factor;
    if (cell.attention == 0.0 && cell.teacherAttention == 0.0) {
        words.verdict = InCell::tr("both vanish");
    } else if (cell.attention == 0.0 || std::isinf(factor)) {
        words.verdict = cell.attention == 0.0 ? InCell::tr("far too little") : InCell::tr("far too much");
        words.verdictWarns = true;
    } else if (factor <= nearEnough && factor >= 1.0 / nearEnough) {
        words.verdict = InCell::tr("about right");
    } else {
        const double times = std::max(factor, 1.0 / factor);
        words.verdict =
            (factor > 1.0 ? InCell::tr("%1 × too much") : InCell::tr("%1 × too little")).arg(number(times, 2));
        words.verdictWarns = times >= farOff;
    }
}

}  // namespace

CellHeading cellHeading(const Result& result, CellPosition cell)
{
    const std::int64_t d = cell.query - cell.key;
    CellHeading heading;
    heading.cell = InCell::tr("Query %1 reads key %2").arg(integer(cell.query), integer(cell.key));
    heading.offset = InCell::tr("offset d = i − j = %1").arg(integer(d));
    const OffsetRange seen = result.training.seen();
    if (result.experiment.mask == Mask::Causal && d < 0) {
        heading.cell = InCell::tr("Query %1 does not read key %2").arg(integer(cell.query), integer(cell.key));
        heading.training = InCell::tr("Masked: a causal query reads itself and earlier keys only.");
    } else if (seen.contains(d)) {
        heading.training = InCell::tr("%1 training pairs had this offset").arg(count(result.training.pairs(d)));
    } else {
        const std::int64_t last = d < 0 ? seen.first : seen.last;
        heading.training = InCell::tr("%1 past the last offset that training saw (%2)")
                               .arg(integer(std::llabs(d - last)), integer(last));
    }
    return heading;
}

CellWords describeCell(const Result& result, std::size_t scheme, const CellExplanation& cell)
{
    CellWords words;
    const bool untrained = cell.familiarity == Familiarity::Untrained;
    const std::string_view title = schemeInfo(result.experiment.schemes[scheme]).title;
    words.title = QString::fromUtf8(title.data(), static_cast<qsizetype>(title.size()));
    words.pillWarns = untrained;
    if (cell.derivation) {
        const QString bucket = integer(cell.derivation->bucket);
        words.pill = untrained ? InCell::tr("bucket %1: untrained").arg(bucket) : InCell::tr("bucket %1").arg(bucket);
        words.formulas = bucketFormulas(*cell.derivation);
    } else if (cell.familiarity != Familiarity::Seen) {
        words.pill = untrained ? InCell::tr("untrained") : InCell::tr("unseen offset");
    }
    if (untrained || !cell.derivation)
        words.formulas.push_back(parameterFormula(cell));
    words.origin = originOf(result, scheme, cell);
    words.rows = rowsOf(result, cell);
    if (std::holds_alternative<NoContent>(result.experiment.content))
        judge(words, cell);
    return words;
}

}  // namespace posbias::ui
