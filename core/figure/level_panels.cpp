// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/figure/study_panels.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace posbias {
namespace {

/// Landings closer than this share of the axes are one mark.
constexpr double nearLevels = 0.02, nearDecades = 0.1;

/// The curve, and the present point where it stands beyond it.
Series levelSeries(const Result& result, const LevelStudy* study, std::size_t s, double level, double kl)
{
    Series series = schemeSeries(result, s);
    if (!study)
        return series;
    series.x = study->levels;
    series.y = study->schemes[s].kls;
    const auto at = std::ranges::upper_bound(series.x, level) - series.x.begin();
    series.x.insert(series.x.begin() + at, level);
    series.y.insert(series.y.begin() + at, kl);
    return series;
}

/// Optimizers that end at the same place are named together. Beside their point stand their numbers in the panel's key:
/// names of all six of two schemes have no room among the curves.
void addLandings(ChartPanel& panel, const LevelStudy& study, std::size_t s)
{
    const double range = study.levels.back() - study.levels.front();
    const std::size_t first = panel.marks.size();
    for (const Landing& landing : study.schemes[s].landings) {
        const std::string number = std::to_string(landing.number);
        const auto same = std::find_if(panel.marks.begin() + static_cast<std::ptrdiff_t>(first), panel.marks.end(),
                                       [&](const ChartMark& mark) {
                                           return std::abs(mark.x - landing.level) < nearLevels * range &&
                                                  std::abs(std::log10(mark.y / landing.kl)) < nearDecades;
                                       });
        if (same != panel.marks.end()) {
            same->label += " \u00b7 " + landing.label;
            same->brief += " \u00b7 " + number;
        } else {
            panel.marks.push_back({MarkKind::Point, landing.level, landing.kl, landing.label, schemeRole(s), number});
        }
    }
}

/// With spaces at which no line ends.
std::string unbroken(const std::string& words)
{
    std::string out;
    for (const char c : words)
        c == ' ' ? out += "\u00a0" : out += c;
    return out;
}

/// "1 Adam · 2 AdamW · 3 Adafactor", of those that arrived anywhere; lines end behind a dot only.
std::string keyOf(const LevelStudy& study, const SchemeList& schemes)
{
    std::map<std::size_t, std::string> labels;
    for (const std::size_t s : schemes)
        for (const Landing& landing : study.schemes[s].landings)
            labels.emplace(landing.number, landing.label);
    std::string key;
    for (const auto& [number, label] : labels)
        key += (key.empty() ? "" : "\u00a0\u00b7 ") + std::to_string(number) + "\u00a0" + unbroken(label);
    return key;
}

}  // namespace

ChartPanel levelChart(const Result& result, const SchemeList& schemes, const LevelStudy* study)
{
    const Experiment& experiment = result.experiment;
    for (const std::size_t s : schemes)
        if (s > 1)
            throw InputError("schemes", "the panel \"level\" has scheme " + schemeLetter(s) +
                                            "; it must have A, B or both, which are the ones that can be shifted");
    ChartPanel panel;
    panel.title = "Distance from the data " + overTokens(experiment.length) + " (KL)";
    panel.x = {"level: mean of the trained biases", "level", AxisScale::Linear, false, {}};
    panel.y = {"nats per query", {}, AxisScale::Logarithmic, false, {}};
    for (const std::size_t s : schemes) {
        const double level = levelOf(*result.schemes[s].trained), kl = result.schemes[s].atLength.kl;
        panel.series.push_back(levelSeries(result, study, s, level, kl));
        if (study)
            addLandings(panel, *study, s);
        if (study && study->schemes[s].immune)
            panel.note += (panel.note.empty() ? "" : "; ") + schemeLetter(s) + ": no level makes a difference";
    }
    if (study)
        panel.key = keyOf(*study, schemes);
    for (const std::size_t s : schemes) {
        const double level = levelOf(*result.schemes[s].trained);
        panel.marks.push_back({MarkKind::Handle, level, result.schemes[s].atLength.kl, schemeLetter(s), schemeRole(s)});
    }
    addCoincidence(panel);
    return panel;
}

}  // namespace posbias
