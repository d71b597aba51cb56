// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the words of a panel of bars take of its width.

#include "core/figure/figure.h"
#include "ui/plot/ink/text_painting.h"

namespace posbias::ui {

/// Into which a panel that is narrow breaks the names of its groups.
inline constexpr std::size_t linesOfBarNames = 2;

/// Of a bar: all with the same decimals, so that they add up.
QString barValueText(double value, int decimals);

/// What the words of a panel take of its width, and the values from the smallest to the largest.
struct BarMeasures {
    double names = 0.0, numbers = 0.0;
    double least = 0.0, most = 0.0;
    int decimals = 4;

    /// `narrow`: names are broken into lines.
    BarMeasures(const BarPanel& panel, const Fonts& fonts, bool narrow);
    /// Names, and the numbers of bars that go to the left.
    double before() const { return names + (least < 0.0 ? numbers : 0.0); }
};

/// Of the plot: words, and bars long enough to be compared.
double leastBarsWidth(const BarPanel& panel, const Fonts& fonts);

}  // namespace posbias::ui
