// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Numbers as people read them: a real minus sign, narrow spaces in thousands, no needless exponents.

#include <QString>

#include <cstdint>

namespace posbias::ui {

/// `digits` significant digits, fewer when the number is exactly that: "0.443", "0.0000212", "0.03", "12 346",
/// "2.12 × 10⁻⁹" below a millionth. Infinity is "∞".
QString number(double value, int digits = 3);
QString integer(std::int64_t value);
/// "70 %", "4.3 %", "0.78 %", "<0.01 %", "0 %"; "100 %" only when it is.
QString percent(double share);
/// A distance in nats: three decimals, as many as its neighbours have ("0.443", "0.016"); "<0.001" below.
QString nats(double value);
/// A whole number of things that may have been computed ("expected counts"): rounded.
QString count(double value);

}  // namespace posbias::ui
