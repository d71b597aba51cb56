// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Words at vertical lines of a plot, in the line of text that it keeps free for them at its top.

#include "ui/plot/text_painting.h"

#include <QRectF>
#include <QString>

#include <vector>

namespace posbias::ui {

struct LineLabel {
    QRectF rect;
    QString text;
    std::size_t index = 0;  ///< of what it belongs to, where there are several
    Qt::Alignment alignment = Qt::AlignHCenter;  ///< in `rect`: beside a line, a wider font does not reach into it
};

/// None meets another or a line, or leaves the row.
class LineLabels {
public:
    /// `lines`: their x in pixels.
    LineLabels(const QRectF& row, const QFont& font, std::vector<double> lines)
        : m_row(row), m_font(font), m_lines(std::move(lines))
    {}

    /// Whether there was room.
    bool put(const QString& text, double left, Qt::Alignment alignment = Qt::AlignHCenter);
    /// On this side of the line at x, else on the other.
    bool putBeside(const QString& text, double x, Qt::AlignmentFlag side);
    /// "training length 512", or "L = 512" where only that has room.
    void putTrainingLength(std::int64_t length, double x, Qt::AlignmentFlag side);
    const std::vector<LineLabel>& labels() const { return m_labels; }

private:
    QRectF m_row;
    QFont m_font;
    std::vector<double> m_lines;
    std::vector<LineLabel> m_labels;
};

}  // namespace posbias::ui
