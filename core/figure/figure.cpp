// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/figure.h"

#include "core/figure/axis_extremes.h"
#include "core/figure/figure_panels.h"
#include "core/figure/panels.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace posbias {
namespace {

OffsetAxis offsetAxis(const Result& result, bool logarithmic)
{
    OffsetAxis axis;
    axis.range = visibleOffsets(result.experiment.mask, result.experiment.length);
    axis.logarithmic = logarithmic;
    axis.seen = result.training.seen();
    return axis;
}

/// A sweep of a sequence as long as training has the same panel twice: a view shows it once.
PanelRows shownRows(const FigureDesign& design, const Experiment& experiment)
{
    PanelRows rows = panelsOf(design);
    if (design.rows.empty() && design.view == FigureKind::Sweep && experiment.length == experiment.trainingLength)
        rows.front().pop_back();
    return rows;
}

/// Maps come first: of the height that they share with curves they take a little more. Ribbons take what they need, or
/// all there is.
double weightOf(const std::vector<PanelDesign>& row, const PanelRows& rows)
{
    const auto isRibbons = [](const std::vector<PanelDesign>& panels) {
        return panels.front().show == PanelKind::Buckets;
    };
    if (isMap(row.front().show))
        return 1.4;
    if (isRibbons(row))
        return std::ranges::all_of(rows, isRibbons) ? 1.0 : 0.0;
    return std::ranges::any_of(row, [](const PanelDesign& panel) { return panel.show == PanelKind::Level; }) ? 1.3
                                                                                                             : 1.0;
}

/// Puts a figure's panels together.
class Composer {
public:
    explicit Composer(const FigureData& data)
        : m_data(data), m_rows(shownRows(data.design, data.parts.front().result->experiment))
    {
    }

    Figure compose()
    {
        for (const auto& row : m_rows) {
            m_figure.rows.push_back({{}, weightOf(row, m_rows)});
            for (const PanelDesign& panel : row)
                add(panel);
        }
        addScales();
        return std::move(m_figure);
    }

private:
    struct Map {
        std::size_t row, panel;
        MapSubject subject;
    };

    void add(const PanelDesign& design)
    {
        std::vector<Panel>& panels = m_figure.rows.back().panels;
        if (isMap(design.show)) {
            m_maps.push_back({m_figure.rows.size() - 1, panels.size(), mapSubject(design, m_data)});
            MapPanel map = mapPanel(m_maps.back().subject);
            map.ownTitle = !design.title.empty();
            panels.emplace_back(std::move(map));
        } else {
            panels.push_back(panelOf(design, m_data, isExplained(design)));
        }
        std::visit([&](auto& panel) { panel.title = titleOf(std::move(panel.title), design, m_data); }, panels.back());
        if (auto* chart = std::get_if<ChartPanel>(&panels.back()))
            placeExtremes(std::vector{chart});
        if (auto* curves = std::get_if<CurvePanel>(&panels.back()))
            placeExtremes(std::vector{curves});
    }

    /// Whether a profile tells whose the colours are.
    bool isExplained(const PanelDesign& design) const
    {
        const auto schemes = [this](const PanelDesign& panel) {
            return schemesOf(panel, m_data.of(panel).result->experiment);
        };
        const SchemeList wanted = schemes(design);
        const auto explains = [&](const PanelDesign& panel) {
            if (panel.show != PanelKind::Profile && panel.show != PanelKind::RawProfile)
                return false;
            const SchemeList named = schemes(panel);
            return std::ranges::all_of(wanted,
                                       [&](std::size_t s) { return std::ranges::find(named, s) != named.end(); });
        };
        return std::ranges::any_of(m_rows, [&](const auto& row) { return std::ranges::any_of(row, explains); });
    }

    /// One for all maps that show the same quantity, or one for each map.
    void addScales()
    {
        const Dress& dress = m_data.design.dress;
        std::vector<bool> done(m_maps.size(), false);
        for (std::size_t k = 0; k < m_maps.size(); ++k) {
            if (done[k])
                continue;
            std::vector<MapSubject> together;
            for (std::size_t other = k; other < m_maps.size(); ++other) {
                const Map& map = m_maps[other];
                if (other != k && (dress.separateScales || map.subject.show != m_maps[k].subject.show))
                    continue;
                std::get<MapPanel>(m_figure.rows[map.row].panels[map.panel]).scale = m_figure.scales.size();
                together.push_back(map.subject);
                done[other] = true;
            }
            m_figure.scales.push_back(fittedScale(together, dress));
        }
    }

    const FigureData& m_data;
    PanelRows m_rows;
    std::vector<Map> m_maps;
    Figure m_figure;
};

/// A figure of a step within training says so.
std::string titleOf(const FigureDesign& design, const Experiment& experiment)
{
    const auto steps = stepsOf(experiment.learning);
    if (!design.step || !steps)
        return design.dress.title;
    const std::string step = "tep " + grouped(*design.step) + " of " + grouped(*steps);
    return design.dress.title.empty() ? "S" + step : design.dress.title + " \u00b7 s" + step;
}

}  // namespace

Figure makeFigure(const Result& result, FigureKind kind, const FigureOptions& options)
{
    return makeFigure(result, kind, options, Studies());
}

Figure makeFigure(const Result& result, FigureKind kind, const FigureOptions& options, const Studies& studies)
{
    FigureData data;
    data.design.view = kind;
    data.design.options = options;
    // Nobody keeps the result itself: panels share its parts.
    data.parts.push_back({{}, std::shared_ptr<const Result>(std::shared_ptr<const Result>(), &result), studies});
    return makeFigure(data);
}

Figure makeFigure(const FigureData& data)
{
    const Result& result = *data.parts.front().result;
    const Experiment& experiment = result.experiment;
    const FigureDesign& design = data.design;
    Figure figure = Composer(data).compose();
    figure.title = titleOf(design, experiment);
    figure.caption = design.dress.caption;
    figure.grey = design.dress.colours == ColourMapName::Grey;
    figure.letters = design.dress.letters;
    figure.bars = design.dress.bars;
    figure.notes = notesOf(data);
    figure.length = experiment.length;
    figure.mask = experiment.mask;
    figure.trainingLength = experiment.trainingLength;
    figure.offsetAxis = offsetAxis(result, design.options.logarithmicOffsets);
    figure.visible = design.options.visible;
    if (design.options.crosshair)
        figure.crosshair = CellPosition{experiment.view.query, experiment.view.query - experiment.view.offset};
    return figure;
}

double scalePosition(AxisScale scale, double value)
{
    switch (scale) {
    case AxisScale::Linear: break;
    case AxisScale::Logarithmic: return std::log10(value);
    case AxisScale::FromZero: return std::log1p(value) / std::numbers::ln10;
    case AxisScale::Signed: return std::asinh(value / evenReach) / std::numbers::ln10;
    }
    return value;
}

}  // namespace posbias
