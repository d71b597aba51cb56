// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Values and grids of values as colours.

#include "core/figure/figure.h"

#include <QImage>
#include <QRgb>

namespace posbias::ui {

/// Colour of a value on a scale; values outside take the end colours. Logarithmic scales map log10(value);
/// 0 or less takes the low end.
QRgb colourOf(double value, const ColourScale& scale);

/// ARGB32_Premultiplied; coverage becomes alpha.
QImage toImage(const PixelGrid& grid, const ColourScale& scale);

}  // namespace posbias::ui
