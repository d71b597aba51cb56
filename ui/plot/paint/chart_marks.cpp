// SPDX-License-Identifier: GPL-3.0-or-later
// The marks of a chart: lines, rings, dots, grips, and where their labels may stand.
#include "ui/plot/paint/chart_painter.h"

#include "ui/plot/layout/chart_axis.h"
#include "ui/plot/paint/clipped_lines.h"
#include "ui/plot/paint/panel_heading.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace posbias::ui {
namespace {

constexpr double ringRadius = 5.5, dotRadius = 3.5;
constexpr double gripReach = 5.0;  ///< of its line, for a hand

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

/// At the foot of their lines; one above the other where they would cover each other.
QRectF gripOf(const ChartPanel& panel, const ChartScale& scale, const ChartMark& mark)
{
    std::vector<double> pixels;
    std::size_t own = 0;
    for (const ChartMark& handle : panel.marks) {
        if (&handle == &mark)
            own = pixels.size();
        if (handle.kind == MarkKind::Handle)
            pixels.push_back(scale.x(handle.x));
    }
    const double foot = scale.plot().bottom() - gripLevels(pixels)[own] * (gripHeight + gripGap);
    return {crisp(scale.x(mark.x)) - gripWidth / 2.0, foot - gripGap - gripHeight, gripWidth, gripHeight};
}

void paintGrip(QPainter& painter, const PlotContext& context, const QRectF& grip, const ChartMark& mark)
{
    const QColor colour = lineColour(context, mark);
    painter.setPen(QPen(context.theme.stage, 1.5));
    painter.setBrush(colour);
    painter.drawRoundedRect(grip, 4.0, 4.0);
    drawText(painter, context.fonts.tick, wordsOn(colour), grip, Qt::AlignCenter, QString::fromStdString(mark.label));
    if (context.pixelsPerUnit)  // in a file nobody drags it
        return;
    // Arrows to either side: it goes there.
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    for (const double side : {-1.0, 1.0}) {
        const double x = grip.center().x() + side * (gripWidth / 2.0 + 2.5), y = grip.center().y();
        painter.drawPolygon(QPolygonF{QPointF(x, y - 4.0), QPointF(x, y + 4.0), QPointF(x + side * 4.5, y)});
    }
}

/// A point's words: beside it, then above and below, then further away, with a line to it.
std::vector<LabelPlace> placesAbout(const QPointF& at, double reach, const QSizeF& size, double line,
                                    const QRectF& area, const std::vector<QPointF>& others)
{
    const double w = size.width(), h = size.height(), gap = ringRadius + 2.0;
    // Nearer to another point than to its own, words mislead.
    const auto distance = [](const QRectF& rect, const QPointF& point) {
        return std::hypot(std::max({rect.left() - point.x(), point.x() - rect.right(), 0.0}),
                          std::max({rect.top() - point.y(), point.y() - rect.bottom(), 0.0}));
    };
    std::vector<LabelPlace> out;
    for (const double up :
         {-0.5 * h, -h - gap, gap, -h - line - gap, line + gap, -h - 2.0 * line - gap, 2.0 * line + gap})
        for (const double left : {gap, -gap - w, -0.5 * w, -0.2 * w, -0.8 * w, 4.0 * gap, -4.0 * gap - w}) {
            QRectF rect(at.x() + left, at.y() + up, w, h);
            rect.moveLeft(leftWithin(rect.left(), w, area));
            const double away = QLineF(rect.center(), at).length() / line, apart = distance(rect, at);
            const bool misleads = std::ranges::any_of(
                others, [&](const QPointF& other) { return distance(rect, other) < distance(rect, at); });
            const Qt::Alignment alignment = rect.left() >= at.x()    ? Qt::AlignLeft
                                            : rect.right() <= at.x() ? Qt::AlignRight
                                                                     : Qt::AlignHCenter;
            // A little away they still belong to it, unless another point is about as near.
            const bool unclear = std::ranges::any_of(
                others, [&](const QPointF& other) { return distance(rect, other) < apart + 0.5 * line; });
            QLineF leader;
            if (apart > line || (unclear && apart > reach + 4.0))
                leader = leaderTo(at, reach, rect);
            constexpr double led = 1.0, nearAnother = 8.0;
            out.push_back(
                {rect, alignment, 0.1 * away + (misleads ? nearAnother : 0.0) + (leader.isNull() ? 0.0 : led), leader});
        }
    return out;
}

LabelWish pointWish(const PlotContext& context, const ChartPanel& panel, const ChartScale& scale, const ChartMark& mark,
                    const QRectF& area)
{
    const QPointF at(scale.x(mark.x), scale.y(mark.y));
    std::vector<QPointF> others;
    for (const ChartMark& other : panel.marks)
        if (const QPointF place(scale.x(other.x), scale.y(other.y)); !isLine(other) && place != at)
            others.push_back(place);
    const double line = textHeight(context.fonts.tick);
    LabelWish wish;
    wish.forms = mark.brief.empty() ? brokenForms(QString::fromStdString(mark.label), QStringLiteral(" \u00b7 "))
                                    : std::vector<QStringList>{{QString::fromStdString(mark.brief)}};
    wish.colour = wordColour(context, mark);
    wish.anchor = at;
    wish.reach = (mark.kind == MarkKind::Best ? ringRadius : dotRadius) + 1.0;
    wish.places = [=, reach = wish.reach](const QSizeF& size) {
        return placesAbout(at, reach, size, line, area, others);
    };
    wish.rimmed = true;
    return wish;
}

LabelWish lineWish(const PlotContext& context, const ChartScale& scale, const ChartMark& mark,
                   const std::vector<double>& lines, const QRectF& area)
{
    const double x = scale.x(mark.x);
    // Away from the nearest other line.
    double nearest = HUGE_VAL;
    for (const double other : lines)
        if (other != x && std::abs(other - x) < std::abs(nearest - x))
            nearest = other;
    const bool left = std::isfinite(nearest) ? nearest >= x : x > scale.plot().center().x();
    LabelWish wish = besideLine({}, x, left ? Qt::AlignLeft : Qt::AlignRight, area);
    wish.forms = {{QString::fromStdString(mark.label)}};
    if (!mark.brief.empty())
        wish.forms.push_back({QString::fromStdString(mark.brief)});
    wish.colour = wordColour(context, mark);
    return wish;
}

/// Whether a band of standard errors reaches into a rectangle.
std::function<bool(const QRectF&)> bandOf(const Series& series, const ChartScale& scale)
{
    std::vector<QRectF> pieces;
    for (std::size_t k = 0; k + 1 < series.x.size(); ++k) {
        const double top = std::min(scale.y(series.high[k]), scale.y(series.high[k + 1]));
        double bottom = std::max(scale.y(series.low[k]), scale.y(series.low[k + 1]));
        bottom = std::isfinite(bottom) ? bottom : scale.plot().bottom();  // 0 is below every decade
        if (std::isfinite(top))
            pieces.emplace_back(QPointF(scale.x(series.x[k]), top), QPointF(scale.x(series.x[k + 1]), bottom));
    }
    return [pieces = std::move(pieces)](const QRectF& rect) {
        return std::ranges::any_of(pieces, [&](const QRectF& piece) { return piece.intersects(rect); });
    };
}

bool isSeen(const ChartMark& mark, const ChartScale& scale)
{
    return isLine(mark) ? scale.inside(scale.x(mark.x)) : scale.holds({scale.x(mark.x), scale.y(mark.y)}, 1.0);
}

void paintMarkLine(QPainter& painter, const PlotContext& context, const ChartPanel& panel, const ChartMark& mark,
                   const ChartScale& scale)
{
    const double x = scale.x(mark.x);
    if (!scale.inside(x))
        return;
    const auto isBeneath = [&](const ChartMark& other) {
        return &other < &mark && other.kind == mark.kind && std::abs(scale.x(other.x) - x) < 1.5;
    };
    QPen pen(lineColour(context, mark), mark.kind == MarkKind::Handle ? 1.6 : 1.2, Qt::SolidLine, Qt::FlatCap);
    if (mark.kind == MarkKind::TrainingLength) {
        pen = QPen(context.theme.line, 1.0, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({5.0, 4.0});
    } else if (mark.kind == MarkKind::Handle && std::ranges::any_of(panel.marks, isBeneath)) {
        pen.setDashPattern({6.0, 6.0});  // the other scheme's is seen between
    }
    painter.setPen(pen);
    painter.drawLine(QLineF(crisp(x), scale.plot().top(), crisp(x), scale.plot().bottom()));
}

/// Larger where a later one stands on it, so that it is seen about that.
double dotRadiusOf(const ChartPanel& panel, const ChartMark& mark, const ChartScale& scale)
{
    const QPointF at(scale.x(mark.x), scale.y(mark.y));
    const bool hidden = std::ranges::any_of(panel.marks, [&](const ChartMark& other) {
        return &other > &mark && other.kind == mark.kind &&
               QLineF(at, {scale.x(other.x), scale.y(other.y)}).length() < dotRadius;
    });
    return hidden ? dotRadius + 2.5 : dotRadius;
}

void paintPoint(QPainter& painter, const PlotContext& context, const ChartPanel& panel, const ChartMark& mark,
                const ChartScale& scale)
{
    const QPointF at(scale.x(mark.x), scale.y(mark.y));
    if (!scale.holds(at, 1.0))
        return;
    const QColor colour = lineColour(context, mark);
    if (mark.kind == MarkKind::Best) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(context.theme.stage, 2.8));  // no more: it hides what curves do near by
        painter.drawEllipse(at, ringRadius, ringRadius);
        painter.setPen(QPen(colour, 1.8));
        painter.drawEllipse(at, ringRadius, ringRadius);
        return;
    }
    painter.setPen(QPen(context.theme.stage, 1.2));
    painter.setBrush(colour);
    const double radius = dotRadiusOf(panel, mark, scale);
    painter.drawEllipse(at, radius, radius);
}

}  // namespace

LabelRoom chartRoom(const PlotContext& context, std::size_t row, std::size_t p)
{
    const ChartPanel& panel = context.panel<ChartPanel>(row, p);
    const PanelPlace& place = context.place(row, p);
    const ChartScale scale(panel, place);
    const QRectF plot = scale.plot();
    LabelRoom room(plot.adjusted(5.0, 2.0, -2.0, -2.0), context.fonts.tick);
    room.interruptFaint();
    for (const Tick& tick : chartTicksY(panel, {place.lower, place.upper}, plot.height())) {
        const double y = plot.top() + (place.upper - tick.at) * plot.height() / (place.upper - place.lower);
        const QLineF line(plot.left(), crisp(y), plot.right(), crisp(y));
        isZeroLine(panel, tick) ? room.avoid(line) : room.avoidFaint(line);
    }
    for (const Series& series : panel.series) {
        std::vector<QPointF> points;
        for (std::size_t k = 0; k < series.x.size(); ++k)
            points.emplace_back(scale.x(series.x[k]), scale.y(series.y[k]));
        const double marks = series.dots || schemeMark(series.scheme).shape != SchemeMark::None ? 4.5 : 1.0;
        room.avoidData([parts = clipped(points, plot), marks](const QRectF& rect) {
            const QRectF near = rect.adjusted(-marks, -marks, marks, marks);
            return std::accumulate(parts.begin(), parts.end(), 0.0,
                                   [&](double sum, const QPolygonF& part) { return sum + lengthWithin(part, near); });
        });
        if (series.low.size() == points.size() && series.high.size() == points.size())
            room.avoidBand(bandOf(series, scale));
        if (points.size() == 1)
            room.keepClear(QRectF(points.front() - QPointF(dotRadius, dotRadius), QSizeF(2.0, 2.0) * dotRadius));
    }
    for (const ChartMark& mark : panel.marks) {
        if (!isSeen(mark, scale))
            continue;
        const QPointF at(scale.x(mark.x), scale.y(mark.y));
        const double radius = mark.kind == MarkKind::Best ? ringRadius : dotRadius;
        if (!isLine(mark))
            room.keepClear(QRectF(at - QPointF(radius, radius), QSizeF(2.0, 2.0) * radius));
        else
            room.avoid(QLineF(crisp(at.x()), plot.top(), crisp(at.x()), plot.bottom()));
        if (mark.kind == MarkKind::Handle)
            room.keepClear(gripOf(panel, scale, mark).adjusted(-gripArrow, 0.0, gripArrow, 0.0));
    }
    return room;
}

std::vector<LabelWish> chartWishes(const PlotContext& context, std::size_t row, std::size_t p, const QRectF& area)
{
    const ChartPanel& panel = context.panel<ChartPanel>(row, p);
    const ChartScale scale(panel, context.place(row, p));
    std::vector<double> lines;
    for (const ChartMark& mark : panel.marks)
        if (isLine(mark) && isSeen(mark, scale))
            lines.push_back(scale.x(mark.x));
    std::vector<LabelWish> wishes;
    for (const ChartMark& mark : panel.marks)
        if (isLine(mark) && mark.kind != MarkKind::Handle && !mark.label.empty() && isSeen(mark, scale))
            wishes.push_back(lineWish(context, scale, mark, lines, area));
    for (const ChartMark& mark : panel.marks)
        if (!isLine(mark) && !mark.label.empty() && isSeen(mark, scale))
            wishes.push_back(pointWish(context, panel, scale, mark, area));
    return wishes;
}

void paintChartWords(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t p)
{
    const ChartPanel& panel = context.panel<ChartPanel>(row, p);
    const ChartScale scale(panel, context.place(row, p));
    paintHeading(painter, context, row, p);
    for (const ChartMark& mark : panel.marks)
        if (isLine(mark))
            paintMarkLine(painter, context, panel, mark, scale);
    const std::vector<PlacedLabel>& words = context.labelsOf(row, p).words;
    paintLeaders(painter, words);  // beneath points that they pass
    for (const ChartMark& mark : panel.marks)
        if (!isLine(mark))
            paintPoint(painter, context, panel, mark, scale);
    paintLabelWords(painter, context.fonts.tick, context.theme.stage, words);
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
