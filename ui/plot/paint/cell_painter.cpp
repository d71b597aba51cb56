// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/cell_painter.h"

#include "ui/plot/paint/clipped_lines.h"

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

/// The numbers of a map, each in the middle of its cell.
class Numbers {
public:
    struct Number {
        QRectF rect;
        QString text;
        QColor behind;
    };

    Numbers(const PlotContext& context, const MapAt& at, const QFont& font)
        : m_numbers(context.images[at.index].numbers),
          m_plot(context.place(at.row, at.panel).plot),
          m_scale(context.geometry.cells, m_plot),
          m_font(font),
          m_height(textHeight(font))
    {
    }

    std::optional<Number> at(std::int64_t query, std::int64_t key)
    {
        const CellNumber* number = m_numbers.at(query, key);
        if (!number)
            return {};
        const double room = m_scale.pixelsPerCell() - numberMargin;
        const QString& text = widthOf(number->text) <= room ? number->text : number->brief;
        const double width = widthOf(text);
        const QPointF middle = m_scale.point(static_cast<double>(query) + 0.5, static_cast<double>(key) + 0.5);
        const QRectF rect(middle.x() - width / 2.0, middle.y() - m_height / 2.0, width, m_height);
        if (text.isEmpty() || width > room || !QRectF(m_plot).contains(rect))
            return {};
        return Number{rect, text, QColor(number->colour)};
    }

    /// call(query, key, number); of one offset or of all.
    template <typename Call>
    void forEach(std::optional<std::int64_t> offset, const Call& call)
    {
        const auto tell = [&](std::int64_t i, std::int64_t j) {
            if (const auto number = at(i, j))
                call(i, j, *number);
        };
        for (std::int64_t i = m_numbers.firstQuery; i < m_numbers.firstQuery + m_numbers.rows; ++i) {
            if (offset)
                tell(i, i - *offset);
            for (std::int64_t j = m_numbers.firstKey; !offset && j < m_numbers.firstKey + m_numbers.columns; ++j)
                tell(i, j);
        }
    }

private:
    double widthOf(const QString& text)
    {
        const auto known = m_widths.constFind(text);
        return known == m_widths.constEnd() ? *m_widths.insert(text, textWidth(m_font, text)) : *known;
    }

    const CellNumbers& m_numbers;
    QRect m_plot;
    MapScale m_scale;
    QFont m_font;
    double m_height;
    QHash<QString, double> m_widths;
};

/// The font of a map's numbers; nothing: it has none.
std::optional<QFont> fontOfNumbers(const PlotContext& context, const MapAt& at)
{
    if (at.index >= context.images.size() || context.images[at.index].numbers.cells.empty())
        return {};
    return numberFont(context, MapScale(context.geometry.cells, context.place(at.row, at.panel).plot).pixelsPerCell());
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
    const auto font = fontOfNumbers(context, at);
    if (!font)
        return;
    const auto& hatched = context.panel<MapPanel>(at.row, at.panel).hatched;
    const std::vector<QLineF> lines = trainingLinesOnMap(context, context.place(at.row, at.panel).plot);
    Numbers(context, at, *font).forEach({}, [&](std::int64_t i, std::int64_t j, const Numbers::Number& number) {
        const QRectF near = number.rect.adjusted(-1.0, 0.0, 1.0, 0.0);
        const bool struck = std::ranges::any_of(lines, [&](const QLineF& line) { return crosses(line, near); });
        if (struck || std::ranges::any_of(hatched, [&](const OffsetRange& r) { return r.contains(i - j); }))
            painter.fillRect(near, number.behind);
        drawText(painter, *font, wordsOn(number.behind), number.rect, Qt::AlignCenter, number.text);
    });
}

std::vector<QRectF> cellNumberRects(const PlotContext& context, const MapAt& at, std::optional<std::int64_t> offset)
{
    std::vector<QRectF> rects;
    if (const auto font = fontOfNumbers(context, at))
        Numbers(context, at, *font).forEach(offset, [&](std::int64_t, std::int64_t, const Numbers::Number& number) {
            rects.push_back(number.rect.adjusted(-1.0, 0.0, 1.0, 0.0));
        });
    return rects;
}

}  // namespace posbias::ui
