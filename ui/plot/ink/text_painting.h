// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Words in figures: the fonts, their measures, and drawing them where they belong.

#include "ui/plot/ink/theme.h"
#include "ui/plot/ink/ticks.h"

#include <QCoreApplication>
#include <QFont>
#include <QPainter>
#include <QStringList>

namespace posbias::ui {

/// The words that painters add to those of the figure.
struct FigureText {
    Q_DECLARE_TR_FUNCTIONS(FigureText)
};

/// Whole pixel sizes without hinting: words keep their length at every scale.
struct Fonts {
    /// `family`: empty: figureFontFamily().
    explicit Fonts(const TypeSizes& sizes = {}, const QString& family = {});
    QFont title, mapTitle, section, tick;
};

double textWidth(const QFont& font, const QString& text);
double textHeight(const QFont& font);
double labelWidth(const QFont& font, const Tick& tick);

/// As many lines no wider than `width` as the text needs: nothing of it is left out. Broken between words, and within one
/// that is wider than a line; a line has at least one character.
QStringList wrapped(const QFont& font, const QString& text, double width);

/// The same number of lines, of about one length: headings end without a lone word.
QStringList balanced(const QFont& font, const QString& text, double width);

/// Not clipped to the rectangle, on one line.
void drawText(QPainter& painter, const QFont& font, const QColor& colour, const QRectF& rect, Qt::Alignment alignment,
              const QString& text);
/// Behind the words that were drawn just before on the same line: files that other fonts may show put it where those end.
void drawFollowingText(QPainter& painter, const QFont& font, const QColor& colour, const QRectF& rect,
                       Qt::Alignment alignment, const QString& text);
/// Lines one under the other: the first in `first`, with an alignment along it; the others each a line's height below.
void drawLines(QPainter& painter, const QFont& font, const QColor& colour, const QRectF& first, Qt::Alignment alignment,
               const QStringList& lines);
/// As drawText() with a rim that makes it readable on any colour: shapes, no second text.
void drawHaloedText(QPainter& painter, const QFont& font, const QColor& colour, const QColor& halo, const QRectF& rect,
                    Qt::Alignment alignment, const QString& text);
/// Reading upwards, centred.
void drawUpwards(QPainter& painter, const QFont& font, const QColor& colour, const QRectF& rect, const QString& text);
void drawLabel(QPainter& painter, const QFont& font, const QColor& colour, const QRectF& rect, Qt::Alignment alignment,
               const Tick& tick);

}  // namespace posbias::ui
