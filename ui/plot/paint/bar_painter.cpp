// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/bar_painter.h"

#include "ui/plot/layout/bar_measures.h"
#include "ui/plot/paint/hatching.h"
#include "ui/plot/paint/panel_heading.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

class Bars {
public:
    Bars(QPainter& painter, const PlotContext& context, const BarPanel& panel, const PanelPlace& place)
        : m_painter(painter),
          m_context(context),
          m_panel(panel),
          m_area(place.plot),
          m_measures(panel, context.fonts, false)
    {
        constexpr double roomForNames = 0.3;  // of the panel
        if (m_measures.names > roomForNames * m_area.width())
            m_measures = BarMeasures(panel, context.fonts, true);
        // What axes take beneath others is theirs, too.
        m_area.setBottom(m_area.bottom() + tickLength + textHeight(context.fonts.tick));
        m_left = m_area.left() + m_measures.before();
        m_perUnit = std::max(8.0, m_area.right() - m_measures.numbers - m_left) /
                    std::max(1e-300, m_measures.most - m_measures.least);
    }

    void paint()
    {
        const std::size_t parts = m_panel.bars.front().parts.size();
        if (parts == 0)
            return;
        const double groups = static_cast<double>(parts) + 1.0;
        const double each = m_area.height() / groups;
        for (std::size_t k = 0; k <= parts; ++k)
            paintGroup(k, QRectF(m_area.left(), m_area.top() + static_cast<double>(k) * each, m_area.width(), each));
        const double zero = crisp(x(0.0));
        m_painter.setPen(QPen(m_context.theme.faintText, 1.0));
        m_painter.drawLine(QLineF(zero, m_area.top() + 2.0, zero, m_area.bottom() - 2.0));
        const double line = crisp(m_area.bottom() - each);
        m_painter.setPen(QPen(m_context.theme.frame, 1.0));
        m_painter.drawLine(QLineF(m_area.left(), line, m_area.right(), line));
    }

private:
    double x(double value) const { return m_left + (value - m_measures.least) * m_perUnit; }

    /// The k-th part of every bar; the last group is their totals.
    void paintGroup(std::size_t k, const QRectF& area)
    {
        const Bar& first = m_panel.bars.front();
        const bool total = k == first.parts.size();
        const std::string& name = total ? m_panel.totalLabel : first.parts[k].label;
        const double count = static_cast<double>(m_panel.bars.size()), line = textHeight(m_context.fonts.tick);
        const QStringList words = wrapped(m_context.fonts.tick, QString::fromStdString(name), m_measures.names - 10.0);
        const double height = static_cast<double>(words.size()) * line;
        drawLines(m_painter, m_context.fonts.tick, total ? m_context.theme.text : m_context.theme.faintText,
                  QRectF(area.left(), area.center().y() - height / 2.0, m_measures.names - 10.0, line), Qt::AlignRight,
                  words);
        const double pitch = std::min((area.height() - 4.0) / count, line + 2.0);
        double top = area.center().y() - count * pitch / 2.0;
        for (const Bar& bar : m_panel.bars) {
            const bool hatched = !total && bar.parts[k].hatched;
            paintBar(bar, total ? bar.total : bar.parts[k].value, hatched, top, pitch);
            top += pitch;
        }
    }

    void paintBar(const Bar& bar, double value, bool hatched, double top, double pitch)
    {
        const double zero = x(0.0), end = x(value);
        const QRectF rect(std::min(zero, end), top + 1.0, std::abs(end - zero), pitch - 2.0);
        const QColor colour = m_context.theme.of(bar.role);
        if (hatched && rect.width() > 3.0) {
            drawHatch(m_painter, m_context.theme.hatch, hatchLines(rect));
            m_painter.setPen(QPen(colour, 1.4));
            m_painter.setBrush(Qt::NoBrush);
            m_painter.drawRect(rect.adjusted(0.7, 0.7, -0.7, -0.7));
        } else {
            paintBarShape(m_painter, m_context, bar, rect);
        }
        const QRectF words = value < 0.0
                                 ? QRectF(rect.left() - m_measures.numbers, top, m_measures.numbers - 4.0, pitch)
                                 : QRectF(rect.right() + 5.0, top, m_measures.numbers, pitch);
        drawText(m_painter, m_context.fonts.tick, m_context.theme.textOf(bar.role), words,
                 (value < 0.0 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
                 barValueText(value, m_measures.decimals));
    }

    QPainter& m_painter;
    const PlotContext& m_context;
    const BarPanel& m_panel;
    QRectF m_area;
    BarMeasures m_measures;
    double m_left = 0.0, m_perUnit = 1.0;
};

}  // namespace

void paintBars(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t p)
{
    const BarPanel& panel = context.panel<BarPanel>(row, p);
    paintHeading(painter, context, row, p);
    if (!panel.bars.empty())
        Bars(painter, context, panel, context.place(row, p)).paint();
}

}  // namespace posbias::ui
