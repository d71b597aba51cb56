// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The fonts that Qt takes for a text: the one that is asked for, and others for characters that it lacks.

#include <QFont>
#include <QList>
#include <QRawFont>
#include <QString>

namespace posbias::ui {

/// Each once, in the order of the text. Where no installed font knows a script, Qt draws boxes with a font of its own,
/// which is nowhere installed, has no family and no tables: it is not among them.
QList<QRawFont> fontsOf(const QFont& font, const QString& text);
/// Whether Qt draws this character from an installed font, whatever stands beside it; else it draws a box.
bool isInSomeFont(const QFont& font, char32_t c);

}  // namespace posbias::ui
