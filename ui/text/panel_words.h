// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What alternative texts say of one panel, and the pieces of their sentences.

#include "core/figure/figure.h"

#include <QCoreApplication>
#include <QString>

namespace posbias::ui {

struct Alternative {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::Alternative)
};

/// Of a figure's text, in one line.
QString plainLine(const std::string& text);
/// With a full stop, unless it ends already.
QString sentenceOf(QString text);
/// "113–511", "−63 to 63".
QString fromTo(std::int64_t first, std::int64_t last);
/// What the maps show.
CellRect shownCells(const Figure& figure);
/// "bias from −7.2 to 0", of what is shown.
QString mapValues(const MapPanel& panel, const Figure& figure);

/// Values, ranges and marks of one panel, without its letter.
QString panelWords(const Panel& panel, const Figure& figure);

}  // namespace posbias::ui
