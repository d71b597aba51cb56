// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/vector_map.h"

namespace posbias::ui {

bool paintVectorMap(QPainter&, const MapPanel&, const ColourScale&, const CellRect&, const QRect&)
{
    return false;
}

}  // namespace posbias::ui
