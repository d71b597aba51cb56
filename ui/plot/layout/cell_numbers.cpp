// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/layout/cell_numbers.h"

#include "ui/plot/ink/colour_map.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace posbias::ui {
namespace {

constexpr std::int64_t mostCells = 100;  ///< along a side: more have no room for numbers in any picture
constexpr double leastPixels = 4.0;      ///< along a cell's side

/// Along one side of a picture: the cells that it shows, and for each the pixel in the middle of its visible part.
struct Side {
    std::int64_t first = 0;
    std::vector<std::optional<int>> pixel;
};

Side side(double first, double last, int pixels)
{
    Side out;
    out.first = static_cast<std::int64_t>(std::floor(first));
    const double perPixel = (last - first) / pixels;
    for (auto cell = static_cast<double>(out.first); cell < last; ++cell) {
        const double middle = (std::max(cell, first) + std::min(cell + 1.0, last)) / 2.0;
        const int p = std::clamp(static_cast<int>((middle - first) / perPixel), 0, pixels - 1);
        const bool own = std::floor(first + p * perPixel) == cell;  // not so where less than a pixel is visible
        out.pixel.push_back(own ? std::optional(p) : std::nullopt);
    }
    return out;
}

CellNumber numberOf(double value, const ColourScale& scale, bool parameters)
{
    if (!parameters)
        return {cellText(value), cellText(value, true), colourOf(value, scale)};
    const auto parameter = static_cast<std::int64_t>(value);
    const QString text = parameter == noParameter ? QString() : parameterText(parameter);
    return {text, text, colourOf(value, scale)};
}

}  // namespace

const CellNumber* CellNumbers::at(std::int64_t query, std::int64_t key) const
{
    const std::int64_t row = query - firstQuery, column = key - firstKey;
    if (row < 0 || column < 0 || row >= rows || column >= columns)
        return nullptr;
    const CellNumber& number = cells[static_cast<std::size_t>(row * columns + column)];
    return number.text.isEmpty() ? nullptr : &number;
}

CellNumbers cellNumbers(const PixelGrid& grid, const CellRect& rect, const ColourScale& scale, bool parameters)
{
    const double keys = rect.lastKey - rect.firstKey, queries = rect.lastQuery - rect.firstQuery;
    if (std::max(keys, queries) > mostCells || grid.width < leastPixels * keys || grid.height < leastPixels * queries)
        return {};
    const Side rows = side(rect.firstQuery, rect.lastQuery, grid.height);
    const Side columns = side(rect.firstKey, rect.lastKey, grid.width);
    CellNumbers out{rows.first,
                    columns.first,
                    static_cast<std::int64_t>(rows.pixel.size()),
                    static_cast<std::int64_t>(columns.pixel.size()),
                    {}};
    for (const std::optional<int> y : rows.pixel)
        for (const std::optional<int> x : columns.pixel) {
            CellNumber number;
            if (const int pixel = y && x ? *y * grid.width + *x : -1;
                pixel >= 0 && grid.coverage[static_cast<std::size_t>(pixel)] > 0.0f) {
                const double value = grid.value[static_cast<std::size_t>(pixel)];
                number = numberOf(value, scale, parameters);
            }
            out.cells.push_back(std::move(number));
        }
    return out;
}

CellNumbers cellNumbers(const MapSource& source, const CellRect& rect, const ColourScale& scale, bool parameters)
{
    if (std::max(rect.lastKey - rect.firstKey, rect.lastQuery - rect.firstQuery) > mostCells)
        return {};
    const auto firstQuery = static_cast<std::int64_t>(std::floor(rect.firstQuery));
    const auto firstKey = static_cast<std::int64_t>(std::floor(rect.firstKey));
    CellNumbers out{firstQuery,
                    firstKey,
                    static_cast<std::int64_t>(std::ceil(rect.lastQuery)) - firstQuery,
                    static_cast<std::int64_t>(std::ceil(rect.lastKey)) - firstKey,
                    {}};
    for (std::int64_t i = firstQuery; i < firstQuery + out.rows; ++i)
        for (std::int64_t j = firstKey; j < firstKey + out.columns; ++j) {
            CellNumber number;
            if (source.mask() == Mask::Bidirectional || j <= i) {
                const double value = source.at(i, j);
                number = numberOf(value, scale, parameters);
            }
            out.cells.push_back(std::move(number));
        }
    return out;
}

QString parameterText(std::int64_t parameter)
{
    constexpr char16_t subscriptZero = 0x2080;
    QString text = QStringLiteral("u");
    for (const QChar digit : QString::number(parameter))
        text += QChar(static_cast<char16_t>(subscriptZero + digit.digitValue()));
    return text;
}

QString cellText(double value, bool brief)
{
    const double size = std::fabs(value);
    QString text;
    if (size == 0.0)
        return QStringLiteral("0");
    if (size >= 99999.5 || size < (brief ? 0.00995 : 0.000995))
        text = QString::number(value, 'e', brief ? 0 : 1)
                   .replace(QLatin1String("e+0"), QLatin1String("e"))
                   .replace(QLatin1String("e-0"), QLatin1String("e-"));
    else if (size < 0.0995)
        text = QString::number(value, 'f', brief ? 2 : size < 0.00995 ? 4 : 3);
    else
        text = QString::number(value, 'f', size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
    return text.replace(QLatin1Char('-'), QChar(0x2212));
}

}  // namespace posbias::ui
