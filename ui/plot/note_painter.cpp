// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/note_painter.h"

namespace posbias::ui {

void paintNotes(QPainter&, const PlotContext&) {}

void paintFigureWords(QPainter&, const PlotContext&) {}

}  // namespace posbias::ui
