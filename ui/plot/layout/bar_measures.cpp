// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/layout/bar_measures.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

/// The width of a name on as many lines as there are for it.
double narrowWidth(const QFont& font, const QString& name)
{
    const double width = textWidth(font, name);
    double narrowest = width;
    for (double at = width / linesOfBarNames; at < width; at += 2.0) {
        const QStringList lines = wrapped(font, name, at);
        if (lines.size() <= static_cast<qsizetype>(linesOfBarNames) && lines.join(u' ') == name) {
            narrowest = at;
            break;
        }
    }
    return narrowest;
}

}  // namespace

QString barValueText(double value, int decimals)
{
    const double size = std::abs(value), least = std::pow(10.0, -decimals);
    if (size < 1e-12)
        return QStringLiteral("0");
    const QString text = size < least / 2.0 ? QLatin1Char('<') + QString::number(least, 'f', decimals)
                                            : QString::number(size, 'f', decimals);
    return value < 0.0 && size >= least / 2.0 ? QChar(0x2212) + text : text;
}

BarMeasures::BarMeasures(const BarPanel& panel, const Fonts& fonts, bool narrow)
{
    const auto width = [&](const std::string& text) {
        const QString name = QString::fromStdString(text);
        return narrow ? narrowWidth(fonts.tick, name) : textWidth(fonts.tick, name);
    };
    const auto take = [this](double value) {
        least = std::min(least, value);
        most = std::max(most, value);
    };
    if (panel.bars.empty())
        return;
    for (const BarPart& part : panel.bars.front().parts)
        names = std::max(names, width(part.label));
    names = std::max(names, width(panel.totalLabel)) + 10.0;
    for (const Bar& bar : panel.bars) {
        take(bar.total);
        for (const BarPart& part : bar.parts)
            take(part.value);
    }
    const double largest = std::max(most, -least);
    decimals = largest < 1.0 ? 4 : largest < 10.0 ? 3 : 2;
    if (largest < 1e-3 && largest > 1e-12)  // else all of them were less than the last decimal
        decimals = 2 - static_cast<int>(std::floor(std::log10(largest)));
    numbers = textWidth(fonts.tick, barValueText(-largest, decimals)) + 10.0;
}

double leastBarsWidth(const BarPanel& panel, const Fonts& fonts)
{
    constexpr double leastBar = 40.0;
    const BarMeasures measures(panel, fonts, true);
    return measures.before() + leastBar + measures.numbers;
}

}  // namespace posbias::ui
