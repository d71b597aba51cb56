// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A small figure with every kind of panel, and a window that shows it.

#include "ui/plot/figure_plot.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <thread>

namespace posbias::ui {

/// value(i - j) at the middle cell of each pixel; counts how often it is asked, may be slow.
class CountingMap : public MapSource {
public:
    CountingMap(std::int64_t length, Mask mask, double slope = -0.1) : m_length(length), m_mask(mask), m_slope(slope) {}

    PixelGrid pixels(const CellRect& rect, int width, int height, const Progress& progress) const override
    {
        ++calls;
        while (slow && !progress.stop.stop_requested()) {
            if (progress.report)
                progress.report(0.5);
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        progress.check();
        PixelGrid grid{width, height, {}, {}, false};
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                const auto i = static_cast<std::int64_t>(rect.firstQuery +
                                                         (y + 0.5) * (rect.lastQuery - rect.firstQuery) / height);
                const auto j =
                    static_cast<std::int64_t>(rect.firstKey + (x + 0.5) * (rect.lastKey - rect.firstKey) / width);
                grid.value.push_back(at(i, j));
                grid.coverage.push_back(visible(i, j) ? 1.0f : 0.0f);
            }
        return grid;
    }
    double at(std::int64_t i, std::int64_t j) const override
    {
        return visible(i, j) ? m_slope * static_cast<double>(i - j) : 0.0;
    }
    std::int64_t length() const override { return m_length; }
    Mask mask() const override { return m_mask; }

    mutable std::atomic<int> calls = 0;
    std::atomic<bool> slow = false;

private:
    bool visible(std::int64_t i, std::int64_t j) const { return m_mask == Mask::Bidirectional || j <= i; }

    std::int64_t m_length;
    Mask m_mask;
    double m_slope;
};

inline constexpr std::int64_t length = 40;
inline constexpr std::int64_t trained = 25;

/// Two maps, two ribbons, a profile; what training saw ends before offset 25.
inline Figure sample(const std::shared_ptr<const MapSource>& source)
{
    Figure figure;
    figure.length = length;
    figure.trainingLength = trained;
    figure.scales = {{"bias", ColourMapName::Viridis, -4.0, 0.0, false}};
    figure.offsetAxis = {{0, length - 1}, true, OffsetRange{0, trained - 1}};
    FigureRow maps;
    maps.panels = {MapPanel{"Per-offset", "25 parameters", Role::A, source, 0, {}},
                   MapPanel{"T5", "", Role::B, source, 0, {}}};
    RibbonPanel ribbons{"Which parameter an offset uses", "", {}};
    ribbons.ribbons = {
        {"A", Role::A, {{0, trained - 1, 0, true, false}, {trained, length - 1, noParameter, false, true}}},
        {"B", Role::B, {{0, 7, 0, false, false}, {8, length - 1, 1, false, false}}}};
    CurvePanel profile{"Bias by offset", AxisKind::Offset, false, {}};
    OffsetValues bias({0, length - 1});
    for (std::int64_t d = 0; d < length; ++d)
        bias[d] = -0.1 * static_cast<double>(d);
    profile.curves = {{"A per-offset", Role::A, true, false, valueCurve(bias)}};
    figure.rows = {maps, {{ribbons}, 0.0}, {{profile}, 1.0}};
    return figure;
}

struct Shown {
    explicit Shown(const Figure& figure, bool immediate = true)
    {
        plot.setImmediate(immediate);
        plot.resize(760, 700);
        plot.setFigure(figure);
        plot.show();
        QCoreApplication::processEvents();
    }
    void settle()
    {
        QSignalSpy ready(&plot, &FigurePlot::pictureReady);
        QVERIFY(ready.wait(longEnough));
    }
    QImage picture() { return plot.grab().toImage().convertToFormat(QImage::Format_RGB32); }
    /// The middle of a cell of the first map.
    QPoint cell(std::int64_t query, std::int64_t key, const CellRect& shown = {0, length, 0, length}) const
    {
        const QRect rect = plot.panelRect(0, 0);
        const double size = rect.width() / (shown.lastKey - shown.firstKey);
        return {rect.x() + static_cast<int>((static_cast<double>(key) + 0.5 - shown.firstKey) * size),
                rect.y() + static_cast<int>((static_cast<double>(query) + 0.5 - shown.firstQuery) * size)};
    }

    FigurePlot plot;
};

inline std::shared_ptr<CountingMap> causalMap()
{
    return std::make_shared<CountingMap>(length, Mask::Causal);
}

}  // namespace posbias::ui
