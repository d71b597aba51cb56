// SPDX-License-Identifier: GPL-3.0-or-later
// The marks of a chart: lines, rings, dots, grips, and labels that stay clear of each other.
#include "ui/plot/chart_painter.h"

#include "ui/plot/line_labels.h"
#include "ui/plot/panel_heading.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

constexpr double ringRadius = 5.5, dotRadius = 3.5;
constexpr double gripWidth = 20.0, gripHeight = 17.0, gripReach = 5.0;

bool isLine(const ChartMark& mark)
{
    return mark.kind == MarkKind::TrainingLength || mark.kind == MarkKind::Shown || mark.kind == MarkKind::Handle;
}

QColor lineColour(const PlotContext& context, const ChartMark& mark)
{
    return mark.role == Role::Neutral ? context.theme.line : context.theme.of(mark.role);
}

QColor wordColour(const PlotContext& context, const ChartMark& mark)
{
    return mark.role == Role::Neutral ? context.theme.faintText : context.theme.textOf(mark.role);
}

/// Handles have a height of their own each: their grips never cover one another.
QRectF gripOf(const ChartPanel& panel, const ChartScale& scale, const ChartMark& mark)
{
    std::size_t below = 0;
    for (const ChartMark& other : panel.marks) {
        if (&other == &mark)
            break;
        below += other.kind == MarkKind::Handle ? 1 : 0;
    }
    const double y = scale.plot().bottom() - 4.0 - gripHeight - static_cast<double>(below) * (gripHeight + 4.0);
    return {crisp(scale.x(mark.x)) - gripWidth / 2.0, y, gripWidth, gripHeight};
}

void paintGrip(QPainter& painter, const PlotContext& context, const QRectF& grip, const ChartMark& mark)
{
    const QColor colour = lineColour(context, mark);
    painter.setPen(QPen(context.theme.stage, 1.5));
    painter.setBrush(colour);
    painter.drawRoundedRect(grip, 4.0, 4.0);
    drawText(painter, context.fonts.tick, wordsOn(colour), grip, Qt::AlignCenter, QString::fromStdString(mark.label));
    // Arrows to either side: it goes there.
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    for (const double side : {-1.0, 1.0}) {
        const double x = grip.center().x() + side * (gripWidth / 2.0 + 2.5), y = grip.center().y();
        painter.drawPolygon(
            QPolygonF{QPointF(x, y - 4.0), QPointF(x, y + 4.0), QPointF(x + side * 4.5, y)});
    }
}

/// Labels of points, each where it hides least.
class PointLabels {
public:
    PointLabels(const PlotContext& context, const ChartPanel& panel, const ChartScale& scale,
                const std::vector<LineLabel>& lines)
        : m_context(context), m_panel(panel), m_scale(scale)
    {
        for (const LineLabel& label : lines)
            m_taken.push_back(label.rect);
        for (const ChartMark& mark : panel.marks) {
            const QPointF at(scale.x(mark.x), scale.y(mark.y));
            if (mark.kind == MarkKind::Best || mark.kind == MarkKind::Point)
                m_taken.emplace_back(at.x() - dotRadius, at.y() - dotRadius, 2.0 * dotRadius, 2.0 * dotRadius);
            else if (mark.kind == MarkKind::Handle)
                m_taken.push_back(gripOf(panel, scale, mark).adjusted(-7.0, 0.0, 7.0, 0.0));
            if (isLine(mark))
                m_lines.push_back(at.x());
        }
    }

    void paint(QPainter& painter, const ChartMark& mark)
    {
        const QString text = QString::fromStdString(mark.label);
        const QPointF at(m_scale.x(mark.x), m_scale.y(mark.y));
        const QSizeF size(textWidth(m_context.fonts.tick, text), textHeight(m_context.fonts.tick));
        double least = unreadable;
        QRectF best;
        for (const QRectF& rect : places(at, size)) {
            const double away = QLineF(rect.center(), at).length() / size.height();
            if (const double cost = hidden(rect) + misleading(rect, at) + 0.1 * away; cost < least) {
                least = cost;
                best = rect;
            }
        }
        if (best.isNull())
            return;
        m_taken.push_back(best);
        drawHaloedText(painter, m_context.fonts.tick, wordColour(m_context, mark), m_context.theme.stage, best,
                       Qt::AlignCenter, text);
    }

private:
    static constexpr double unreadable = 100.0;

    std::vector<QRectF> places(const QPointF& at, const QSizeF& size) const
    {
        const double w = size.width(), h = size.height(), gap = ringRadius + 2.0;
        const double least = m_scale.plot().left() + 2.0, most = m_scale.plot().right() - 2.0 - w;
        std::vector<QRectF> out;
        for (const double up : {-0.5 * h, -h - gap, gap, -2.0 * h - gap, h + gap, -3.0 * h - gap, 2.0 * h + gap})
            for (const double left : {gap, -gap - w, -0.5 * w, -0.2 * w, -0.8 * w, 4.0 * gap, -4.0 * gap - w})
                out.emplace_back(std::max(std::min(at.x() + left, most), least), at.y() + up, w, h);
        return out;
    }

    double hidden(const QRectF& rect) const
    {
        const QRectF near = rect.adjusted(-2.0, 0.0, 2.0, 0.0);
        if (!m_scale.plot().contains(near))
            return unreadable;
        for (const QRectF& other : m_taken)
            if (other.intersects(near))
                return unreadable;
        double cost = 0.0;
        for (const double x : m_lines)
            cost += x > near.left() && x < near.right() ? 3.0 : 0.0;
        for (const Series& series : m_panel.series)
            cost += crosses(series, near) ? 2.0 : 0.0;
        return cost;
    }

    /// Nearer to another point than to its own.
    double misleading(const QRectF& rect, const QPointF& own) const
    {
        const auto distance = [&](const QPointF& point) {
            return std::hypot(std::max({rect.left() - point.x(), point.x() - rect.right(), 0.0}),
                              std::max({rect.top() - point.y(), point.y() - rect.bottom(), 0.0}));
        };
        for (const ChartMark& mark : m_panel.marks)
            if (const QPointF at(m_scale.x(mark.x), m_scale.y(mark.y));
                !isLine(mark) && at != own && distance(at) < distance(own))
                return 4.0;
        return 0.0;
    }

    bool crosses(const Series& series, const QRectF& rect) const
    {
        for (std::size_t k = 1; k < series.x.size(); ++k) {
            const QLineF line(m_scale.x(series.x[k - 1]), m_scale.y(series.y[k - 1]), m_scale.x(series.x[k]),
                              m_scale.y(series.y[k]));
            if (line.x2() < rect.left() || line.x1() > rect.right())
                continue;
            const double from = std::max(line.x1(), rect.left()), to = std::min(line.x2(), rect.right());
            const auto height = [&](double x) {
                return line.dx() == 0.0 ? line.y1() : line.y1() + (x - line.x1()) * line.dy() / line.dx();
            };
            const double one = height(from), other = height(to);
            const double high = std::min(one, other), low = std::max(one, other);
            if (high < rect.bottom() && low > rect.top())
                return true;
        }
        return false;
    }

    const PlotContext& m_context;
    const ChartPanel& m_panel;
    const ChartScale& m_scale;
    std::vector<QRectF> m_taken;
    std::vector<double> m_lines;
};

/// With its colour: words at lines.
std::vector<LineLabel> labelsOfLines(const PlotContext& context, const ChartPanel& panel, const ChartScale& scale)
{
    const QRectF plot = scale.plot();
    const QRectF line(plot.left() + 2.0, plot.top() + 2.0, plot.width() - 2.0, textHeight(context.fonts.tick));
    std::vector<double> lines;
    for (const ChartMark& mark : panel.marks)
        if (isLine(mark) && scale.inside(scale.x(mark.x)))
            lines.push_back(scale.x(mark.x));
    LineLabels labels(line, context.fonts.tick, lines);
    for (const ChartMark& mark : panel.marks) {
        const double x = scale.x(mark.x);
        if (!isLine(mark) || mark.kind == MarkKind::Handle || mark.label.empty() || !scale.inside(x))
            continue;
        // Away from the nearest other line.
        double nearest = HUGE_VAL;
        for (const double other : lines)
            if (other != x && std::abs(other - x) < std::abs(nearest - x))
                nearest = other;
        const bool left = std::isfinite(nearest) ? nearest >= x : x > plot.center().x();
        const Qt::AlignmentFlag side = left ? Qt::AlignLeft : Qt::AlignRight;
        if (mark.kind == MarkKind::TrainingLength)
            labels.putTrainingLength(std::llround(mark.x), x, side);
        else
            labels.putBeside(QString::fromStdString(mark.label), x, side);
    }
    return labels.labels();
}

void paintMarkLine(QPainter& painter, const PlotContext& context, const ChartMark& mark, const ChartScale& scale)
{
    const double x = scale.x(mark.x);
    if (!scale.inside(x))
        return;
    QPen pen(lineColour(context, mark), mark.kind == MarkKind::Handle ? 1.6 : 1.2, Qt::SolidLine, Qt::FlatCap);
    if (mark.kind == MarkKind::TrainingLength) {
        pen = QPen(context.theme.line, 1.0, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({5.0, 4.0});
    }
    painter.setPen(pen);
    painter.drawLine(QLineF(crisp(x), scale.plot().top(), crisp(x), scale.plot().bottom()));
}

void paintPoint(QPainter& painter, const PlotContext& context, const ChartMark& mark, const ChartScale& scale)
{
    const QPointF at(scale.x(mark.x), scale.y(mark.y));
    if (!scale.holds(at, 1.0))
        return;
    const QColor colour = lineColour(context, mark);
    if (mark.kind == MarkKind::Best) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(context.theme.stage, 4.0));
        painter.drawEllipse(at, ringRadius, ringRadius);
        painter.setPen(QPen(colour, 1.8));
        painter.drawEllipse(at, ringRadius, ringRadius);
        return;
    }
    painter.setPen(QPen(context.theme.stage, 1.2));
    painter.setBrush(colour);
    painter.drawEllipse(at, dotRadius, dotRadius);
}

}  // namespace

void paintChartWords(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t p)
{
    const ChartPanel& panel = context.panel<ChartPanel>(row, p);
    const ChartScale scale(panel, context.place(row, p));
    paintHeading(painter, context, row, p);
    for (const ChartMark& mark : panel.marks)
        if (isLine(mark))
            paintMarkLine(painter, context, mark, scale);
    for (const ChartMark& mark : panel.marks)
        if (!isLine(mark))
            paintPoint(painter, context, mark, scale);
    const std::vector<LineLabel> lines = labelsOfLines(context, panel, scale);
    for (const LineLabel& label : lines)
        drawText(painter, context.fonts.tick, context.theme.faintText, label.rect,
                 label.alignment | Qt::AlignVCenter, label.text);
    PointLabels points(context, panel, scale, lines);
    for (const ChartMark& mark : panel.marks)
        if (!isLine(mark) && !mark.label.empty())
            points.paint(painter, mark);
    for (const ChartMark& mark : panel.marks)
        if (mark.kind == MarkKind::Handle && scale.inside(scale.x(mark.x)))
            paintGrip(painter, context, gripOf(panel, scale, mark), mark);
}

const ChartMark* handleAt(const PlotContext& context, std::size_t row, std::size_t p, const QPointF& point)
{
    const auto* panel = std::get_if<ChartPanel>(&context.figure.rows[row].panels[p]);
    if (!panel)
        return nullptr;
    const ChartScale scale(*panel, context.place(row, p));
    const ChartMark* found = nullptr;
    double nearest = gripReach;
    for (const ChartMark& mark : panel->marks) {
        if (mark.kind != MarkKind::Handle)
            continue;
        if (gripOf(*panel, scale, mark).adjusted(-8.0, -2.0, 8.0, 2.0).contains(point))
            return &mark;
        if (const double aside = std::abs(scale.x(mark.x) - point.x()); aside < nearest) {
            nearest = aside;
            found = &mark;
        }
    }
    return found;
}

}  // namespace posbias::ui
