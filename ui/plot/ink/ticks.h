// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where an axis has its ticks and what they say.

#include "core/figure/figure.h"

#include <QString>

#include <functional>
#include <vector>

namespace posbias::ui {

struct Tick {
    double at = 0.0;  ///< in axis coordinates: cells, values, log10 of a value, or OffsetScale::position
    QString text;
    QString exponent;  ///< drawn raised behind the text: "10" and "-5"
    bool operator==(const Tick&) const = default;
};

/// Length of a label in pixels.
using TextWidth = std::function<double(const QString&)>;

/// The offset axis. Offset d stands at sign(d) log2(1 + |d|) (logarithmic: it has room for 0) or at d, in the middle of
/// its place: x = d .. d + 1 along the axis.
class OffsetScale {
public:
    explicit OffsetScale(const OffsetAxis& axis) : m_axis(axis) {}

    double position(double x) const;
    double place(double position) const;
    /// The axis ends behind the last offset's place.
    double lower() const { return position(static_cast<double>(m_axis.range.first)); }
    double upper() const { return position(static_cast<double>(m_axis.range.last + 1)); }
    /// The offset whose place holds a position; the nearest one outside.
    std::int64_t offsetAt(double position) const;
    /// The middle of an offset's place.
    double middle(std::int64_t d) const;

private:
    OffsetAxis m_axis;
};

/// 1, 2, 2.5 or 5 times a power of ten: a step between cells whose labels stay clear of each other.
double cellStep(double first, double last, double pixels, const TextWidth& width);
/// Whole numbers, multiples of the step: cell borders, or the cells of that number (`middles`: ticks in their middle).
/// Whole thousands are short from 10,000 on: "20k", "1.2M".
std::vector<Tick> cellTicks(double first, double last, double step, bool middles = false);
/// Round values within [lower, upper], `spacing` pixels apart or more; closer where that makes two.
std::vector<Tick> valueTicks(double lower, double upper, double pixels, double spacing);
/// Whole decades within [lower, upper], both log10.
std::vector<Tick> decadeTicks(double lower, double upper, double pixels, double spacing);
/// Of a logarithmic axis, `lower` and `upper` log10: decades where there are several; 1, 2 and 5 times them where there
/// are few; round values within one. At least two, unless they would meet: labels are `spacing` apart where they can be,
/// and half of that where they have to.
std::vector<Tick> logTicks(double lower, double upper, double pixels, double spacing);
/// 0, the ends, and round offsets between them, so that no labels meet. Logarithmic: powers of two where the largest
/// has at most four digits, else 1, 2 and 5 times powers of ten.
std::vector<Tick> offsetTicks(const OffsetAxis& axis, double pixels, const TextWidth& width);

/// Whole numbers on a logarithmic axis within [lower, upper], in its coordinates: v stands at log10(v), or log10(1 + v)
/// (`fromZero`). Powers of ten, then 2 and 5 times them where there is room; "20k", "1M".
std::vector<Tick> countTicks(double lower, double upper, bool fromZero, double pixels, const TextWidth& width);

/// 10 to this power: "1", "10", then with an exponent.
Tick decadeTick(double decade);
/// Real minus sign; thin spaces in thousands.
QString tickText(double value);
/// The same in three significant digits.
QString shortTickText(double value);
/// Cells by the step of cellStep(); first and last where that names fewer than two of several and both have room.
std::vector<Tick> cellTicks(double first, double last, double step, bool middles, double pixels,
                            const TextWidth& width);

}  // namespace posbias::ui
