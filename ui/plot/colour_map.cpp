// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/colour_map.h"

#include "ui/plot/colour_tables.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

/// Values to entries of a colour table; the ends of the scale are worked out once.
class Painter {
public:
    explicit Painter(const ColourScale& scale)
        : m_table(colourTable(scale.map)), m_logarithmic(scale.logarithmic), m_low(along(scale.min)),
          m_factor(colourTableSize / (along(scale.max) - along(scale.min)))
    {}

    QRgb operator()(double value) const
    {
        if (m_logarithmic && value <= 0.0)
            return m_table.front();
        const double at = std::clamp((along(value) - m_low) * m_factor, 0.0, colourTableSize - 1.0);
        return m_table[static_cast<std::size_t>(at)];
    }

private:
    double along(double value) const { return m_logarithmic ? std::log10(value) : value; }

    const ColourTable& m_table;
    bool m_logarithmic;
    double m_low, m_factor;
};

}  // namespace

QRgb colourOf(double value, const ColourScale& scale)
{
    return Painter(scale)(value);
}

QImage toImage(const PixelGrid& grid, const ColourScale& scale)
{
    QImage image(grid.width, grid.height, QImage::Format_ARGB32_Premultiplied);
    const Painter paint(scale);
    std::size_t pixel = 0;
    for (int y = 0; y < grid.height; ++y) {
        QRgb* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < grid.width; ++x, ++pixel) {
            const float coverage = grid.coverage[pixel];
            if (coverage <= 0.0f) {
                line[x] = 0;
                continue;
            }
            const QRgb colour = paint(grid.value[pixel]);
            const int alpha = static_cast<int>(std::lround(255.0f * coverage));
            line[x] = alpha == 255 ? colour : qPremultiply(qRgba(qRed(colour), qGreen(colour), qBlue(colour), alpha));
        }
    }
    return image;
}

}  // namespace posbias::ui
