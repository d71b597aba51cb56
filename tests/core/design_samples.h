// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Figures' designs for tests: random ones that are valid for a given experiment.

#include "core/design/figure_design.h"

#include <algorithm>
#include <random>

namespace posbias::samples {

class DesignDice {
public:
    DesignDice(std::mt19937_64& random, const Experiment& experiment) : m_random(random), m_experiment(experiment) {}

    FigureDesign design(const std::string& name)
    {
        FigureDesign design;
        design.name = name;
        design.view = figureKinds()[below(figureKinds().size())];
        design.page = defaultPage(design.view);
        if (below(2) == 0)
            design.set = {{"title", text()}, {"corpus.seed", std::to_string(below(1000))}};
        if (const auto steps = stepsOf(m_experiment.learning); steps && below(2) == 0)
            design.step = whole(0, *steps);
        for (std::uint64_t rows = below(4); rows > 0; --rows)
            design.rows.push_back(row());
        setDress(design.dress);
        setOptions(design.options);
        setPage(design.page);
        for (std::uint64_t marks = below(5); marks > 0; --marks)
            design.annotations.push_back(annotation(panelCount(design)));
        if (below(2) == 0)
            design.frames = {FramesOver::Length, 0, 0, whole(2, 1000), 0.02 + unit()};
        for (const char* format : {"pdf", "svg", "png", "tex", "csv", "npy"})
            if (below(4) == 0)
                design.formats.push_back(format);
        return design;
    }

private:
    std::uint64_t below(std::uint64_t n) { return m_random() % n; }
    bool coin() { return below(2) == 0; }
    double unit() { return static_cast<double>(m_random() >> 11) * 0x1p-53; }
    std::int64_t whole(std::int64_t least, std::int64_t most)
    {
        return least + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(most - least) + 1));
    }
    std::string text()
    {
        const std::vector<std::string> texts = {
            "plain", "12", "-0", "1e5", "0.1", "nan", "quote \" \\ / , end", "\u00fcber \u221a2 \U0001F600"};
        return texts[below(texts.size())];
    }

    std::vector<PanelDesign> row()
    {
        std::vector<PanelDesign> panels = {panel(panelKinds()[below(panelKinds().size())])};
        const PanelKind first = panels.front().show;
        while (first != PanelKind::Buckets && below(2) == 0)
            panels.push_back(panel(isMap(first) ? PanelKind::Attention : PanelKind::Profile));
        return panels;
    }

    PanelDesign panel(PanelKind kind)
    {
        PanelDesign panel{kind, {}, {}, {}};
        if (coin()) {
            const std::size_t count = schemesShown(kind).value_or(1 + below(2));
            panel.schemes = {below(2)};
            if (count == 2)
                panel.schemes.push_back(1 - panel.schemes.front());
        }
        if (coin())
            panel.set = {{"corpus.seed", std::to_string(below(50))}, {"teacher.kind", "window"}};
        if (coin())
            panel.title = text();
        return panel;
    }

    static std::size_t panelCount(const FigureDesign& design)
    {
        std::size_t count = 0;
        for (const auto& row : panelsOf(design))
            count += row.size();
        return count;
    }

    Annotation annotation(std::size_t panels)
    {
        const std::int64_t query = whole(0, m_experiment.length - 1), offset = whole(0, query);
        Annotation annotation;
        switch (below(5)) {
        case 0: annotation.mark = OffsetMark{offset}; break;
        case 1: annotation.mark = CellMark{query, offset}; break;
        case 2: annotation.mark = LengthMark{whole(1, 100000)}; break;
        case 3: annotation.mark = BucketMark{below(2), whole(0, 1)}; break;
        default: annotation.mark = TextMark{coin() ? query : 0, offset, coin() ? 0.0 : unit() - 0.5}; break;
        }
        if (coin() || std::holds_alternative<TextMark>(annotation.mark))
            annotation.label = text();
        if (coin())
            annotation.panel = below(panels);
        return annotation;
    }

    void setDress(Dress& dress)
    {
        dress.colours = static_cast<ColourMapName>(below(4));
        dress.differences = static_cast<ColourMapName>(4 + below(2));
        dress.separateScales = coin();
        dress.bars = static_cast<BarPlacement>(below(3));
        dress.letters = coin();
        if (coin())
            dress.title = text();
        if (coin())
            dress.caption = text();
    }

    void setOptions(FigureOptions& options)
    {
        options = {coin(), {}, coin(), coin()};
        if (coin()) {
            const auto n = static_cast<double>(m_experiment.length);
            options.visible = CellRect{0.5 * n * unit(), n, 0.1 * n * unit(), n * (0.5 + 0.5 * unit())};
        }
    }

    void setPage(Page& page)
    {
        if (coin())
            page.widthMm = 10.0 + 1990.0 * unit();
        if (coin())
            page.heightMm = static_cast<double>(whole(10, 2000));
        page.dpi = coin() ? 300 : static_cast<int>(whole(36, 2400));
        page.theme = static_cast<ThemeName>(below(2));
        page.transparent = coin();
        page.shrinkType = coin();
        page.growHeight = coin();
        page.text = coin() ? TextForm::Outline : coin() ? TextForm::Embed : TextForm::Live;
        page.standaloneTex = coin();
        if (coin())
            page.fontFamily = text();
        if (coin())
            page.fontPoints = 3.0 + 69.0 * unit();
    }

    std::mt19937_64& m_random;
    const Experiment& m_experiment;
};

}  // namespace posbias::samples
