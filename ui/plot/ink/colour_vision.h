// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Pictures as other eyes, and printers, see them.

#include "core/figure/figure.h"

#include <QImage>

namespace posbias::ui {

enum class Vision { Ordinary, Protanopia, Deuteranopia, Tritanopia, GreyPrint };

/// Dichromats: Machado, Oliveira and Fernandes (2009), severity 1. GreyPrint: the grey of equal luminance. Transparency
/// stays.
QImage simulate(const QImage& image, Vision vision);

/// Whether a print in grey still tells larger values from smaller ones: lightness grows along all of the map.
bool readableInGrey(ColourMapName name);

}  // namespace posbias::ui
