// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Charts: y against any x, with marks.

#include "ui/plot/paint/plot_context.h"

namespace posbias::ui {

/// Values of a chart to pixels.
class ChartScale {
public:
    ChartScale(const ChartPanel& panel, const PanelPlace& place);

    /// NaN where a value has no place (0 on a logarithmic axis).
    double x(double value) const;
    double y(double value) const;
    double valueAt(double px) const;
    QRectF plot() const { return m_plot; }
    /// Within the plot or so near to it. Of Qt's own question a place that is NaN would be everywhere.
    bool holds(const QPointF& point, double aside = 0.0) const;
    bool inside(double px) const { return px >= m_plot.left() - 0.5 && px <= m_plot.right() + 0.5; }

private:
    const ChartPanel& m_panel;
    QRectF m_plot;
    double m_lowerX, m_perX, m_upperY, m_perY;
};

/// Two strokes across an axis between its decades and each line beyond them.
void paintAxisBreaks(QPainter& painter, const PlotContext& context, const PanelPlace& place,
                     const std::optional<AxisFloor>& floor, const std::optional<AxisCeiling>& ceiling = {});
/// Darker than the grid.
bool isZeroLine(const ChartPanel& panel, const Tick& tick);

/// A chart with everything that is drawn in it but words.
LabelRoom chartRoom(const PlotContext& context, std::size_t row, std::size_t panel);
/// What its lines and points are called. `area`: of the room.
std::vector<LabelWish> chartWishes(const PlotContext& context, std::size_t row, std::size_t panel, const QRectF& area);

void paintChartBackground(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t panel);
void paintChartLines(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t panel);
/// Title, legend, marks and what they say.
void paintChartWords(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t panel);

/// The handle that a hand at this point takes hold of; null: none.
const ChartMark* handleAt(const PlotContext& context, std::size_t row, std::size_t panel, const QPointF& point);

}  // namespace posbias::ui
