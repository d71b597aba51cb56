// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/latex.h"

#include <QStringList>

#include <cmath>

namespace posbias::ui {

namespace {

/// b(d) = ..., following the shape of T5's rule: exact below m, logarithmic and capped above.
QString bucketLatex(const T5Derivation& derivation)
{
    const T5Shape& shape = derivation.shape;
    const QString base = derivation.sideBase ? QStringLiteral("%1 + ").arg(derivation.sideBase) : QString();
    const QString head = QStringLiteral("b(%1) = ").arg(derivation.offset);
    if (derivation.exactHalf) {
        return derivation.sideBase
                   ? head + base + QStringLiteral("%1 = %2").arg(derivation.distance).arg(derivation.bucket)
                   : head + QString::number(derivation.bucket);
    }
    const QString steps =
        QStringLiteral("%1 + \\left\\lfloor %2 \\cdot \\frac{\\ln(%3/%1)}{\\ln(%4/%1)} \\right\\rfloor")
            .arg(shape.exact)
            .arg(shape.logarithmic)
            .arg(derivation.distance)
            .arg(shape.maxDistance);
    return head + base +
           QStringLiteral("\\min\\left(%1,\\; %2\\right) = %3")
               .arg(shape.perSide - 1)
               .arg(steps)
               .arg(derivation.bucket);
}

}  // namespace

QString latexNumber(double value)
{
    if (value == 0.0)
        return QStringLiteral("0");
    const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value))));
    if (exponent >= -2 && exponent <= 4)
        return QString::number(value, 'g', 4);
    const QString digits = QString::number(value, 'e', 2);  // rounding may carry into the exponent
    const qsizetype e = digits.indexOf(u'e');
    return QStringLiteral("%1 \\times 10^{%2}").arg(digits.left(e)).arg(digits.mid(e + 1).toInt());
}

QString cellLatex(const Result& result, std::size_t scheme, std::int64_t query, std::int64_t key)
{
    const CellExplanation cell = explainCell(result, scheme, query, key);
    const QString attention = QStringLiteral("A_{%1,%2} = ").arg(query).arg(key);
    if (!cell.visible)
        return attention + QStringLiteral("0");
    QStringList parts;
    if (cell.derivation)
        parts << bucketLatex(*cell.derivation);
    const std::int64_t index = cell.derivation ? cell.parameter : cell.offset;
    parts << QStringLiteral("u_{%1} = %2").arg(index).arg(latexNumber(cell.bias));
    parts << attention + latexNumber(cell.attention);
    return parts.join(QStringLiteral(", \\quad "));
}

}  // namespace posbias::ui
