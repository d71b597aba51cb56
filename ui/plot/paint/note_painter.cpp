// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/note_painter.h"

#include "ui/plot/layout/value_range.h"
#include "ui/plot/paint/cell_painter.h"
#include "ui/plot/paint/chart_painter.h"
#include "ui/plot/paint/clipped_lines.h"
#include "ui/plot/paint/hatching.h"
#include "ui/plot/paint/note_labels.h"
#include "ui/plot/paint/panel_labels.h"
#include "ui/plot/paint/ribbon_painter.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <iterator>

namespace posbias::ui {
namespace {

constexpr double leastOutline = 7.0;  ///< pixels of a cell's outline, so that it is seen
constexpr double leader = 12.0;       ///< from an outline to its label
constexpr double bracketHeight = 5.0;
constexpr double markerSize = 5.0;

/// What lines of notes leave out: the panel's words, and the numbers of ribbons and of cells.
std::vector<QRectF> gapsIn(const PlotContext& context, std::size_t row, std::size_t p)
{
    std::vector<QRectF> gaps = labelGaps(context.labelsOf(row, p));
    if (std::holds_alternative<RibbonPanel>(context.figure.rows[row].panels[p]))
        std::ranges::move(ribbonWords(context, row), std::back_inserter(gaps));
    else if (std::holds_alternative<MapPanel>(context.figure.rows[row].panels[p]))
        std::ranges::move(cellNumberRects(context, mapAt(context, row, p)), std::back_inserter(gaps));
    return gaps;
}

/// Notes of one panel: with a painter they are drawn, without one only what they want is found out.
class PanelNotes {
public:
    PanelNotes(QPainter* painter, const PlotContext& context, std::size_t row, std::size_t panel, LabelRoom& room,
               std::vector<QRectF> gaps)
        : m_painter(painter),
          m_context(context),
          m_row(row),
          m_panel(panel),
          m_place(context.place(row, panel)),
          m_plot(m_place.plot),
          m_room(room),
          m_gaps(std::move(gaps)),
          m_labels(room, context.fonts.tick)
    {
    }

    std::vector<LabelWish> run()
    {
        const Panel& panel = m_context.figure.rows[m_row].panels[m_panel];
        if (std::holds_alternative<MapPanel>(panel))
            onMap();
        else if (std::holds_alternative<RibbonPanel>(panel))
            overRibbons();
        else if (const auto* curves = std::get_if<CurvePanel>(&panel))
            curves->axis == AxisKind::Offset ? overCurves(*curves) : overKeys(*curves);
        else if (const auto* chart = std::get_if<ChartPanel>(&panel); chart && hasLengthsAlong(*chart))
            onChart(*chart);
        return m_labels.wishes();
    }

private:
    using Kind = FigureNote::Kind;

    template <typename Call>
    void forEach(const Call& call)
    {
        const std::size_t index = panelIndex(m_context.figure, m_row, m_panel);
        for (const FigureNote& note : m_context.figure.notes)
            if (note.panel.value_or(index) == index)
                call(note);
    }

    void onMap()
    {
        forEach([&](const FigureNote& note) {
            switch (note.kind) {
            case Kind::Offset: offsetOnMap(note); break;
            case Kind::Cell: cellOnMap(note); break;
            case Kind::Length: lengthOnMap(note); break;
            case Kind::Bracket: bandOnMap(note); break;
            case Kind::Text: textOnMap(note); break;
            }
        });
    }

    void offsetOnMap(const FigureNote& note)
    {
        const QLineF line = diagonal(note.offsets.first, m_context.geometry.cells, m_place.plot);
        if (line.isNull())
            return;
        drawOnMap({line}, m_context.theme.line, 1.3);
        // Right of a falling line it stays clear of it.
        const QPointF at = line.pointAt(std::min(0.15, 24.0 / line.length()));
        m_labels.putBeside(note.label, at, m_context.theme.line);
    }

    void cellOnMap(const FigureNote& note)
    {
        const MapScale scale(m_context.geometry.cells, m_place.plot);
        const QPointF middle =
            scale.point(static_cast<double>(note.cell.query) + 0.5, static_cast<double>(note.cell.key) + 0.5);
        if (!m_plot.contains(middle))
            return;
        const double side = std::max(scale.pixelsPerCell(), leastOutline);
        QRectF square(middle.x() - side / 2.0, middle.y() - side / 2.0, side, side);
        square.moveLeft(std::clamp(square.left(), m_plot.left(), std::max(m_plot.left(), m_plot.right() - side)));
        square.moveTop(std::clamp(square.top(), m_plot.top(), std::max(m_plot.top(), m_plot.bottom() - side)));
        square &= m_plot;
        drawRect(square);
        m_labels.putOnLeader(note.label, square, leader, m_context.theme.line);
    }

    void lengthOnMap(const FigureNote& note)
    {
        const CellRect& cells = m_context.geometry.cells;
        const MapScale scale(cells, m_place.plot);
        const bool key = note.at > cells.firstKey && note.at < cells.lastKey;
        const bool query = note.at > cells.firstQuery && note.at < cells.lastQuery;
        const double x = crisp(scale.x(note.at)), y = crisp(scale.y(note.at));
        std::vector<QLineF> lines;
        if (key)
            lines.emplace_back(x, m_plot.top(), x, m_plot.bottom());
        if (query)
            lines.emplace_back(m_plot.left(), y, m_plot.right(), y);
        drawOnMap(lines, m_context.theme.line, 1.3);
        if (key)
            m_labels.putBeside(note.label, QPointF(x, m_plot.top() + textHeight(m_context.fonts.tick) + 3.0),
                               m_context.theme.line);
        else if (query)
            m_labels.putBeside(note.label, QPointF(m_plot.left(), y - 2.0), m_context.theme.line);
    }

    void bandOnMap(const FigureNote& note)
    {
        const CellRect& cells = m_context.geometry.cells;
        const OffsetBand band = offsetBand(note.offsets, cells, m_place.plot);
        const QColor colour = m_context.theme.of(note.role);
        drawOnMap(band.sides, colour, 1.6);
        const std::int64_t middle = note.offsets.first + (note.offsets.last - note.offsets.first) / 2;
        const QLineF line = diagonal(middle, cells, m_place.plot);
        if (!line.isNull())
            m_labels.putAbout(note.label, line.center(), m_context.theme.textOf(note.role));
    }

    void textOnMap(const FigureNote& note)
    {
        const MapScale scale(m_context.geometry.cells, m_place.plot);
        const QPointF at =
            scale.point(static_cast<double>(note.cell.query) + 0.5, static_cast<double>(note.cell.key) + 0.5);
        if (m_plot.contains(at))
            m_labels.putFrom(note.label, at, m_context.theme.line);
    }

    void overRibbons()
    {
        const double room = noteRoom(m_context.figure, m_row, m_panel, m_context.fonts);
        overOffsets(m_plot.top(), m_plot.top() - 1.0, m_plot.top() - room + textHeight(m_context.fonts.tick) + 1.0);
    }

    void overCurves(const CurvePanel& panel)
    {
        const double line = labelLine(m_context.fonts);
        const double wanted = noteRoom(m_context.figure, m_row, m_panel, m_context.fonts);
        const double room = std::min(wanted, 0.25 * m_plot.height());
        overOffsets(m_plot.top() + line + room, m_plot.bottom(),
                    m_plot.top() + line + textHeight(m_context.fonts.tick) + 1.0);
        const PlotX x = offsetX(m_context, m_place);
        const OffsetScale scale(m_context.figure.offsetAxis);
        const double perUnit = m_plot.height() / (m_place.upper - m_place.lower);
        forEach([&](const FigureNote& note) {
            const double value = curvePosition(panel.yLogarithmic, panel.floor, note.at);
            if (note.kind != Kind::Text || std::isnan(value))
                return;
            const QPointF at(x(scale.middle(note.offsets.first)), m_plot.top() + (m_place.upper - value) * perUnit);
            if (m_plot.contains(at))
                m_labels.putFrom(note.label, at, m_context.theme.text);
        });
    }

    /// `foot`: where brackets end; `words`: the foot of their labels, and of those of lines.
    void overOffsets(double foot, double bottom, double words)
    {
        const OffsetAxis& axis = m_context.figure.offsetAxis;
        const OffsetScale scale(axis);
        const PlotX x = offsetX(m_context, m_place);
        const auto border = [&](std::int64_t d) { return x(scale.position(static_cast<double>(d))); };
        forEach([&](const FigureNote& note) {
            const std::int64_t cell = note.cell.query - note.cell.key;
            const auto length = static_cast<std::int64_t>(note.at);
            if (note.kind == Kind::Offset && axis.range.contains(note.offsets.first))
                upright(note, x(scale.middle(note.offsets.first)), words);
            else if (note.kind == Kind::Length && length > axis.range.first && length <= axis.range.last)
                upright(note, border(length), words);
            else if (note.kind == Kind::Cell && axis.range.contains(cell))
                marker(note, x(scale.middle(cell)), bottom);
            else if (note.kind == Kind::Bracket && note.offsets.first <= axis.range.last &&
                     note.offsets.last >= axis.range.first)
                bracket(note, border(std::max(note.offsets.first, axis.range.first)),
                        border(std::min(note.offsets.last, axis.range.last) + 1), foot, words);
        });
    }

    void overKeys(const CurvePanel& panel)
    {
        const PlotX x = curveX(m_context, panel, m_place);
        uprightLengths([&](double length) { return x(length); });
    }

    void onChart(const ChartPanel& panel)
    {
        const ChartScale scale(panel, m_place);
        uprightLengths([&](double length) { return scale.x(length); });
    }

    template <typename X>
    void uprightLengths(const X& x)
    {
        const double words = m_plot.top() + labelLine(m_context.fonts) + textHeight(m_context.fonts.tick) + 1.0;
        forEach([&](const FigureNote& note) {
            if (note.kind != Kind::Length)
                return;
            const double at = x(note.at);
            if (at > m_plot.left() && at < m_plot.right())  // of what has no place on the axis: neither
                upright(note, at, words);
        });
    }

    void upright(const FigureNote& note, double x, double words)
    {
        const double top = words - textHeight(m_context.fonts.tick);
        drawPlain({QLineF(crisp(x), top, crisp(x), m_plot.bottom())}, m_context.theme.line, 1.2);
        m_labels.putBeside(note.label, QPointF(crisp(x), words), m_context.theme.text);
    }

    /// A triangle that points at the axis.
    void marker(const FigureNote& note, double x, double bottom)
    {
        const double left = std::max(x - markerSize, m_plot.left()), right = std::min(x + markerSize, m_plot.right());
        const QPolygonF triangle{QPointF(left, bottom - 1.6 * markerSize), QPointF(right, bottom - 1.6 * markerSize),
                                 QPointF(x, bottom)};
        m_room.keepClear(triangle.boundingRect());
        if (m_painter) {
            m_painter->setPen(Qt::NoPen);
            m_painter->setBrush(m_context.theme.line);
            m_painter->drawPolygon(triangle);
        }
        m_labels.putBeside(note.label, QPointF(x + markerSize, bottom - 3.0), m_context.theme.text);
    }

    void bracket(const FigureNote& note, double left, double right, double foot, double words)
    {
        left = std::max(left, m_plot.left()) + 0.8;
        right = std::min(right, m_plot.right()) - 0.8;
        if (right <= left)
            left = right = (left + right) / 2.0;
        const double top = foot - bracketHeight;
        drawPlain({QLineF(left, foot, left, top), QLineF(left, top, right, top), QLineF(right, top, right, foot)},
                  m_context.theme.of(note.role), 1.6);
        m_room.keepClear(QRectF(left, top, right - left, bracketHeight + 1.0));
        m_labels.putOver(note.label, QPointF((left + right) / 2.0, std::min(words, top - 1.0)),
                         m_context.theme.textOf(note.role));
    }

    /// With each pen, outside words.
    void draw(const std::vector<QLineF>& lines, std::initializer_list<QPen> pens)
    {
        for (const QLineF& line : lines)
            m_room.avoid(line);
        if (!m_painter)
            return;
        std::vector<QLineF> left;
        for (const QLineF& line : lines)
            std::ranges::move(interrupted(line, m_gaps), std::back_inserter(left));
        for (const QPen& pen : pens) {
            m_painter->setPen(pen);
            m_painter->drawLines(left.data(), static_cast<int>(left.size()));
        }
    }

    void drawPlain(const std::vector<QLineF>& lines, const QColor& colour, double width)
    {
        draw(lines, {QPen(colour, width, Qt::SolidLine, Qt::SquareCap)});
    }

    /// On every colour.
    void drawOnMap(const std::vector<QLineF>& lines, const QColor& colour, double width)
    {
        draw(lines, {QPen(m_context.theme.halo, width + 2.2, Qt::SolidLine, Qt::FlatCap),
                     QPen(colour, width, Qt::SolidLine, Qt::FlatCap)});
    }

    void drawRect(const QRectF& rect)
    {
        m_room.keepClear(rect);
        if (!m_painter)
            return;
        m_painter->setBrush(Qt::NoBrush);
        m_painter->setPen(QPen(m_context.theme.halo, 3.6, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        m_painter->drawRect(rect);
        m_painter->setPen(QPen(m_context.theme.line, 1.4, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        m_painter->drawRect(rect);
    }

    QPainter* m_painter;
    const PlotContext& m_context;
    std::size_t m_row, m_panel;
    const PanelPlace& m_place;
    QRectF m_plot;
    LabelRoom& m_room;
    std::vector<QRectF> m_gaps;  ///< words that lines leave out
    NoteLabels m_labels;
};

void paintWords(QPainter& painter, const QFont& font, const QColor& colour, const WordsPlace& words)
{
    const QRectF first(words.rect.left(), words.rect.top(), words.rect.width(), textHeight(font));
    drawLines(painter, font, colour, first, Qt::AlignLeft, words.lines);
}

}  // namespace

std::vector<LabelWish> noteWishes(const PlotContext& context, std::size_t row, std::size_t p, LabelRoom& room)
{
    if (context.figure.notes.empty())
        return {};
    return PanelNotes(nullptr, context, row, p, room, {}).run();
}

void paintNoteLines(QPainter& painter, const PlotContext& context)
{
    if (context.figure.notes.empty())
        return;
    for (std::size_t r = 0; r < context.geometry.rows.size(); ++r)
        for (std::size_t p = 0; p < context.geometry.rows[r].size(); ++p) {
            const std::vector<QRectF> gaps = gapsIn(context, r, p);
            LabelRoom room(context.place(r, p).plot, context.fonts.tick);
            PanelNotes(&painter, context, r, p, room, gaps).run();
            paintLeaders(painter, context.labelsOf(r, p).notes, gaps);
        }
}

void paintNoteWords(QPainter& painter, const PlotContext& context)
{
    for (const auto& row : context.labels)
        for (const PanelLabels& labels : row)
            paintLabelWords(painter, context.fonts.tick, context.theme.stage, labels.notes);
}

void paintFigureWords(QPainter& painter, const PlotContext& context)
{
    paintWords(painter, context.fonts.title, context.theme.text, context.geometry.title);
    paintWords(painter, context.fonts.tick, context.theme.text, context.geometry.caption);
}

}  // namespace posbias::ui
