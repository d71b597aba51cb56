// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/cell_painter.h"

#include <QHash>

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

constexpr double numberMargin = 3.0;
constexpr double leastNumber = 0.82;  ///< of the ticks' type size

bool showsNumbers(const Panel& panel)
{
    const auto* map = std::get_if<MapPanel>(&panel);
    return map && !map->parameters;
}

bool showsNumbers(const Figure& figure)
{
    return std::ranges::any_of(figure.rows, [](const FigureRow& row) {
        return std::ranges::any_of(row.panels, [](const Panel& panel) { return showsNumbers(panel); });
    });
}

/// What most cells have room for.
QString ordinaryNumber(const Figure& figure)
{
    if (!showsNumbers(figure))
        return parameterText(10);
    const bool powers = std::ranges::any_of(figure.scales, &ColourScale::logarithmic);
    return powers ? QStringLiteral("0.0e\u22120") : QStringLiteral("\u22120.00");
}

/// The largest font, up to the ticks', in which ordinary numbers fit the cells of every map. Names of parameters grow
/// with their cells up to the maps' titles: they are what their figure is about.
std::optional<QFont> numberFont(const PlotContext& context, double cell)
{
    QFont font = context.fonts.tick;
    const double usual = font.pixelSize();
    const double fits = usual * (cell - 2.0 * numberMargin) / textWidth(font, ordinaryNumber(context.figure));
    if (fits < leastNumber * usual)
        return std::nullopt;
    const int most = showsNumbers(context.figure) ? font.pixelSize() : context.fonts.mapTitle.pixelSize();
    font.setPixelSize(std::min(most, static_cast<int>(std::lround(fits))));
    return font;
}

class NumberPainter {
public:
    NumberPainter(QPainter& painter, const PlotContext& context, const MapAt& at, const QFont& font)
        : m_painter(painter), m_numbers(context.images[at.index].numbers),
          m_plot(context.place(at.row, at.panel).plot), m_scale(context.geometry.cells, m_plot), m_font(font),
          m_height(textHeight(font))
    {}

    void draw(std::int64_t query, std::int64_t key, bool backed)
    {
        const CellNumber* number = m_numbers.at(query, key);
        if (!number)
            return;
        const double room = m_scale.pixelsPerCell() - numberMargin;
        const QString& text = widthOf(number->text) <= room ? number->text : number->brief;
        const double width = widthOf(text);
        const QPointF middle = m_scale.point(static_cast<double>(query) + 0.5, static_cast<double>(key) + 0.5);
        const QRectF rect(middle.x() - width / 2.0, middle.y() - m_height / 2.0, width, m_height);
        if (width > room || !QRectF(m_plot).contains(rect))
            return;
        if (backed)
            m_painter.fillRect(rect.adjusted(-1.0, 0.0, 1.0, 0.0), QColor(number->colour));
        drawText(m_painter, m_font, wordsOn(QColor(number->colour)), rect, Qt::AlignCenter, text);
    }

    /// Along the cells of an offset, or all of them.
    void drawAll(const std::vector<OffsetRange>& hatched, std::optional<std::int64_t> offset)
    {
        for (std::int64_t i = m_numbers.firstQuery; i < m_numbers.firstQuery + m_numbers.rows; ++i) {
            if (offset) {
                draw(i, i - *offset, true);
                continue;
            }
            for (std::int64_t j = m_numbers.firstKey; j < m_numbers.firstKey + m_numbers.columns; ++j)
                draw(i, j, std::ranges::any_of(hatched, [&](const OffsetRange& r) { return r.contains(i - j); }));
        }
    }

private:
    double widthOf(const QString& text)
    {
        const auto known = m_widths.constFind(text);
        return known == m_widths.constEnd() ? *m_widths.insert(text, textWidth(m_font, text)) : *known;
    }

    QPainter& m_painter;
    const CellNumbers& m_numbers;
    QRect m_plot;
    MapScale m_scale;
    QFont m_font;
    double m_height;
    QHash<QString, double> m_widths;
};

void paintNumbers(QPainter& painter, const PlotContext& context, const MapAt& at, std::optional<std::int64_t> offset)
{
    if (at.index >= context.images.size() || context.images[at.index].numbers.cells.empty())
        return;
    const MapScale scale(context.geometry.cells, context.place(at.row, at.panel).plot);
    if (const auto font = numberFont(context, scale.pixelsPerCell()))
        NumberPainter(painter, context, at, *font)
            .drawAll(context.panel<MapPanel>(at.row, at.panel).hatched, offset);
}

}  // namespace

bool hasCellNumbers(const PlotContext& context, const MapAt& at)
{
    const MapScale scale(context.geometry.cells, context.place(at.row, at.panel).plot);
    return numberFont(context, scale.pixelsPerCell()).has_value();
}

void paintCellBorders(QPainter& painter, const PlotContext& context, const QRect& plot)
{
    const CellRect& cells = context.geometry.cells;
    const MapScale scale(cells, plot);
    const double size = scale.pixelsPerCell();
    if (size < borderedCell)
        return;
    std::vector<QLineF> lines;
    const double right = plot.x() + plot.width(), bottom = plot.y() + plot.height();
    for (double key = std::floor(cells.firstKey) + 1.0; key < cells.lastKey; ++key)
        lines.emplace_back(crisp(scale.x(key)), plot.y(), crisp(scale.x(key)), bottom);
    for (double query = std::floor(cells.firstQuery) + 1.0; query < cells.lastQuery; ++query)
        lines.emplace_back(plot.x(), crisp(scale.y(query)), right, crisp(scale.y(query)));
    QColor colour = context.theme.stage;  // over masked cells it does not show
    colour.setAlphaF(static_cast<float>(std::clamp(0.25 + (size - borderedCell) / 60.0, 0.25, 0.6)));
    painter.setPen(QPen(colour, 1.0, Qt::SolidLine, Qt::FlatCap));
    painter.drawLines(lines.data(), static_cast<int>(lines.size()));
}

void paintCellNumbers(QPainter& painter, const PlotContext& context, const MapAt& at)
{
    paintNumbers(painter, context, at, std::nullopt);
}

void paintCellNumbersOf(QPainter& painter, const PlotContext& context, const MapAt& at, std::int64_t offset)
{
    paintNumbers(painter, context, at, offset);
}

}  // namespace posbias::ui
