// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the words of annotations go: within their panel, clear of each other.

#include "ui/plot/plot_context.h"

#include <optional>
#include <utility>
#include <vector>

namespace posbias::ui {

class NoteLabels {
public:
    /// All stay within `area`.
    NoteLabels(QPainter& painter, const PlotContext& context, const QRectF& area)
        : m_painter(painter), m_context(context), m_area(area)
    {}

    void keepClear(const QRectF& rect) { m_taken.push_back(rect); }

    // Nothing happens with an empty label.
    /// Right of a point, standing on it; left of it where the area ends.
    void putBeside(const std::string& label, const QPointF& at, const QColor& colour);
    /// Centred, standing on it.
    void putOver(const std::string& label, const QPointF& at, const QColor& colour);
    /// Centred on it both ways.
    void putAbout(const std::string& label, const QPointF& at, const QColor& colour);
    /// Begins there, centred on it upright.
    void putFrom(const std::string& label, const QPointF& at, const QColor& colour);
    /// At the end of a line that leaves a corner of `square`. Returns the line.
    std::pair<QPointF, QPointF> putOnLeader(const std::string& label, const QRectF& square, double leader,
                                            const QColor& colour);

    /// Draws all of them, over everything drawn before.
    void paint();

private:
    struct Label {
        QStringList lines;
        QRectF rect;
        QColor colour;
    };

    QSizeF sizeOf(const QString& text) const;
    QStringList linesOf(const QString& text) const;
    QRectF within(QRectF rect) const;
    bool isFree(const QRectF& rect) const;
    std::optional<QRectF> freeNear(const std::vector<QRectF>& places) const;
    std::optional<QRectF> freeAnywhere(const QRectF& wanted) const;
    void put(const std::string& label, const std::vector<QRectF>& places, const QColor& colour);

    QPainter& m_painter;
    const PlotContext& m_context;
    QRectF m_area;
    std::vector<QRectF> m_taken;
    std::vector<Label> m_labels;
};

}  // namespace posbias::ui
