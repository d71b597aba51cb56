// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/ink/colour_map.h"

#include "core/base/parallel.h"
#include "ui/plot/ink/colour_tables.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>

namespace posbias::ui {
namespace {

/// log2 of a positive number to 1e-8: a table of logarithms of 8 bits of mantissa, and two terms of the series for the
/// rest. Numbers below the smallest normal one count as it.
double roughLog2(double value)
{
    struct Entry {
        double log, inverse;
    };
    static const std::array<Entry, 256> table = [] {
        std::array<Entry, 256> entries;
        for (std::size_t k = 0; k < entries.size(); ++k) {
            const double middle = 1.0 + (static_cast<double>(k) + 0.5) / 256.0;
            entries[k] = {std::log2(middle), 1.0 / middle};
        }
        return entries;
    }();
    const auto bits = std::bit_cast<std::uint64_t>(std::max(value, std::numeric_limits<double>::min()));
    const Entry& entry = table[(bits >> 44) & 0xff];
    const double mantissa = std::bit_cast<double>((bits & 0xfffffffffffff) | 0x3ff0000000000000);
    const double rest = mantissa * entry.inverse - 1.0;  // at most 1/512
    return static_cast<double>(bits >> 52) - 1023.0 + entry.log + (rest - 0.5 * rest * rest) * std::numbers::log2e;
}

/// Values to entries of a colour table; the ends of the scale are worked out once.
class Painter {
public:
    explicit Painter(const ColourScale& scale)
        : m_table(colourTable(scale.map)),
          m_logarithmic(scale.logarithmic),
          m_low(along(scale.min)),
          m_factor(colourTableSize / (along(scale.max) - along(scale.min))),
          m_doubt(1e-7 * std::abs(m_factor))
    {
    }

    QRgb operator()(double value) const
    {
        if (!m_logarithmic)
            return entry((value - m_low) * m_factor);
        if (value <= 0.0)
            return m_table.front();
        // The exact logarithm only where a rough one could take the neighbour's colour.
        const double rough = (roughLog2(value) * log10Of2 - m_low) * m_factor;
        const bool doubtful = std::abs(rough - std::nearbyint(rough)) <= m_doubt;
        return entry(doubtful ? (along(value) - m_low) * m_factor : rough);
    }

private:
    static constexpr double log10Of2 = std::numbers::ln2 / std::numbers::ln10;

    double along(double value) const { return m_logarithmic ? std::log10(value) : value; }
    QRgb entry(double at) const
    {
        return m_table[static_cast<std::size_t>(std::clamp(at, 0.0, colourTableSize - 1.0))];
    }

    const ColourTable& m_table;
    bool m_logarithmic;
    double m_low, m_factor;
    double m_doubt;  ///< how far a rough logarithm may be off, in entries
};

void paintLine(const double* value, const float* coverage, std::size_t width, const Painter& paint, QRgb* line)
{
    for (std::size_t x = 0; x < width; ++x) {
        if (x > 0 && value[x] == value[x - 1] && coverage[x] == coverage[x - 1]) {  // inside one cell
            line[x] = line[x - 1];
            continue;
        }
        if (coverage[x] <= 0.0f) {
            line[x] = 0;
            continue;
        }
        const QRgb colour = paint(value[x]);
        const int alpha = static_cast<int>(std::lround(255.0f * coverage[x]));
        line[x] = alpha == 255 ? colour : qPremultiply(qRgba(qRed(colour), qGreen(colour), qBlue(colour), alpha));
    }
}

}  // namespace

QRgb colourOf(double value, const ColourScale& scale)
{
    return Painter(scale)(value);
}

QImage toImage(const PixelGrid& grid, const ColourScale& scale)
{
    constexpr std::size_t linesOfWork = 32;  // what one core takes at a time
    QImage image(grid.width, grid.height, QImage::Format_ARGB32_Premultiplied);
    const Painter paint(scale);
    const auto width = static_cast<std::size_t>(grid.width), height = static_cast<std::size_t>(grid.height);
    auto* const pixels = reinterpret_cast<QRgb*>(image.bits());  // lines of 32-bit pixels have no padding
    inParallel((height + linesOfWork - 1) / linesOfWork, [&](std::size_t work) {
        for (std::size_t y = work * linesOfWork; y < std::min(height, (work + 1) * linesOfWork); ++y)
            paintLine(&grid.value[y * width], &grid.coverage[y * width], width, paint, pixels + y * width);
    });
    return image;
}

}  // namespace posbias::ui
