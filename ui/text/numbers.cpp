// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/numbers.h"

#include <QStringList>

#include <cmath>

namespace posbias::ui {

namespace {

constexpr QChar minusSign(0x2212);
constexpr QChar narrowSpace(0x202F);
constexpr QChar wideSpace(0x00A0);

/// Four digits stay together, as in "1000 tokens".
QString grouped(const QString& digits)
{
    if (digits.size() <= 4)
        return digits;
    QString out;
    for (qsizetype k = 0; k < digits.size(); ++k) {
        if (k > 0 && (digits.size() - k) % 3 == 0)
            out += narrowSpace;
        out += digits[k];
    }
    return out;
}

QString superscript(int value)
{
    static const QString raised = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
    QString out = value < 0 ? QStringLiteral("⁻") : QString();
    for (const QChar digit : QString::number(std::abs(value)))
        out += raised[digit.digitValue()];
    return out;
}

/// "1.20e-09" as mantissa and exponent of ten.
QString scientific(double magnitude, int digits)
{
    const QStringList parts = QString::number(magnitude, 'e', digits - 1).split(QLatin1Char('e'));
    return parts[0] + QStringLiteral(" × 10").replace(QLatin1Char(' '), wideSpace) + superscript(parts[1].toInt());
}

/// Whether the shortest text that gives the value back needs no more than `digits` significant digits.
bool isShort(double magnitude, int digits)
{
    return QString::number(magnitude, 'e', digits - 1).toDouble() == magnitude;
}

QString positive(double magnitude, int digits)
{
    if (magnitude < 1e-6 || magnitude >= 1e15)
        return scientific(magnitude, digits);
    const int exponent = QString::number(magnitude, 'e', digits - 1).section(QLatin1Char('e'), 1).toInt();
    if (exponent >= digits - 1 || magnitude == std::round(magnitude))
        return grouped(QString::number(magnitude, 'f', 0));
    QString text = QString::number(magnitude, 'f', digits - 1 - exponent);
    if (isShort(magnitude, digits))
        while (text.endsWith(QLatin1Char('0')))
            text.chop(1);
    return text;
}

}  // namespace

QString number(double value, int digits)
{
    if (std::isnan(value))
        return QStringLiteral("–");
    if (value == 0.0)
        return QStringLiteral("0");
    const QString text = std::isinf(value) ? QStringLiteral("∞") : positive(std::fabs(value), digits);
    return value < 0.0 ? minusSign + text : text;
}

QString integer(std::int64_t value)
{
    QString digits = QString::number(value);
    if (value >= 0)
        return grouped(digits);
    return minusSign + grouped(digits.mid(1));
}

QString percent(double share)
{
    const double p = 100.0 * share;
    QString text;
    if (p <= 0.0)
        text = QStringLiteral("0");
    else if (p < 0.01)
        text = QStringLiteral("<0.01");
    else if (share > 1.0 - 1e-12)
        text = grouped(QString::number(p, 'f', 0));
    else if (p >= 99.95)
        text = QStringLiteral(">99.9");
    else
        text = QString::number(p, 'f', p >= 99.5 ? 1 : p >= 9.95 ? 0 : p >= 0.095 ? 1 : 2);
    if (text.endsWith(QLatin1String(".0")))
        text.chop(2);
    return text + wideSpace + QLatin1Char('%');
}

QString nats(double value)
{
    // Two equal distributions differ by rounding alone, which may fall below 0.
    if (value < 1e-9)
        return QStringLiteral("0");
    if (value < 5e-4)
        return QStringLiteral("less than 0.001");
    return value < 10.0 ? QString::number(value, 'f', 3) : number(value, 4);
}

QString count(double value)
{
    return value < 9e18 ? integer(std::llround(value)) : number(value);
}

}  // namespace posbias::ui
