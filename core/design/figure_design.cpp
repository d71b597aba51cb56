// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/design/figure_design.h"

#include "core/base/error.h"
#include "core/base/quoted_text.h"

#include <algorithm>

namespace posbias {
namespace {

struct KindName {
    FigureKind kind;
    const char* id;
    const char* title;
};
constexpr KindName kindNames[] = {
    {FigureKind::Compare, "compare", "Comparison"},
    {FigureKind::Bias, "bias", "Bias matrices"},
    {FigureKind::Attention, "attention", "Attention maps"},
    {FigureKind::Buckets, "buckets", "Buckets"},
    {FigureKind::Profile, "profile", "Bias profile"},
    {FigureKind::Exposure, "exposure", "Exposure"},
    {FigureKind::Learning, "learning", "Learning"},
    {FigureKind::Generalization, "generalization", "Generalization"},
    {FigureKind::Level, "level", "The level"},
    {FigureKind::Sweep, "sweep", "Sweep"},
};

const KindName& nameOf(FigureKind kind)
{
    return *std::ranges::find(kindNames, kind, &KindName::kind);
}

struct PanelName {
    PanelKind kind;
    const char* id;
    const char* name;
};
constexpr PanelName panelNames[] = {
    {PanelKind::Parameters, "parameters", "Parameters of cells"},
    {PanelKind::Bias, "bias", "Bias matrix"},
    {PanelKind::BiasDifference, "bias-difference", "Bias difference"},
    {PanelKind::Attention, "attention", "Attention map"},
    {PanelKind::AttentionRatio, "attention-ratio", "Attention ratio"},
    {PanelKind::Buckets, "buckets", "Buckets"},
    {PanelKind::Profile, "profile", "Bias profile"},
    {PanelKind::RawProfile, "raw-profile", "Bias profile as it is"},
    {PanelKind::AttentionRow, "attention-row", "Attention of one query"},
    {PanelKind::Exposure, "exposure", "Training pairs"},
    {PanelKind::EffectiveSamples, "effective-samples", "Effective sample size"},
    {PanelKind::ParameterCounts, "parameter-counts", "Parameter counts"},
    {PanelKind::Losses, "losses", "Losses over training"},
    {PanelKind::DistanceBySteps, "distance-by-steps", "Distance over training"},
    {PanelKind::DistanceByLength, "distance-by-length", "Distance by length"},
    {PanelKind::UntrainedByLength, "untrained-by-length", "Untrained attention by length"},
    {PanelKind::DistanceByQuery, "distance-by-query", "Distance by query"},
    {PanelKind::Causes, "causes", "Causes of the distance"},
    {PanelKind::Level, "level", "Distance by level"},
    {PanelKind::SweepWithin, "sweep-within", "Sweep within the training length"},
    {PanelKind::SweepAtLength, "sweep-at-length", "Sweep at the length shown"},
};

const PanelName& nameOf(PanelKind kind)
{
    return *std::ranges::find(panelNames, kind, &PanelName::kind);
}

}  // namespace

std::string figureId(FigureKind kind)
{
    return nameOf(kind).id;
}

std::string figureTitle(FigureKind kind)
{
    return nameOf(kind).title;
}

const std::vector<FigureKind>& figureKinds()
{
    static const std::vector<FigureKind> kinds = [] {
        std::vector<FigureKind> all;
        for (const KindName& name : kindNames)
            all.push_back(name.kind);
        return all;
    }();
    return kinds;
}

FigureKind figureFromId(std::string_view id)
{
    const auto* found = std::ranges::find(kindNames, id, &KindName::id);
    if (found != std::end(kindNames))
        return found->kind;
    std::string allowed;
    for (const KindName& name : kindNames)
        allowed += (allowed.empty() ? "" : ", ") + std::string(name.id);
    throw InputError("--figure", "--figure is " + quotedText(id) + "; allowed are " + allowed);
}

std::string panelId(PanelKind kind)
{
    return nameOf(kind).id;
}

std::string panelName(PanelKind kind)
{
    return nameOf(kind).name;
}

const std::vector<PanelKind>& panelKinds()
{
    static const std::vector<PanelKind> kinds = [] {
        std::vector<PanelKind> all;
        for (const PanelName& name : panelNames)
            all.push_back(name.kind);
        return all;
    }();
    return kinds;
}

PanelKind panelFromId(std::string_view id)
{
    const auto* found = std::ranges::find(panelNames, id, &PanelName::id);
    if (found != std::end(panelNames))
        return found->kind;
    std::string allowed;
    for (const PanelName& name : panelNames)
        allowed += (allowed.empty() ? "" : ", ") + std::string(name.id);
    throw InputError("show", "show is " + quotedText(id) + "; allowed are " + allowed);
}

bool isMap(PanelKind kind)
{
    return kind <= PanelKind::AttentionRatio;
}

std::optional<std::size_t> schemesShown(PanelKind kind)
{
    switch (kind) {
    case PanelKind::Parameters:
    case PanelKind::Bias:
    case PanelKind::Attention: return 1;
    case PanelKind::BiasDifference:
    case PanelKind::AttentionRatio: return 2;
    default: return {};
    }
}

PanelRows panelsOf(const FigureDesign& design)
{
    if (!design.rows.empty())
        return design.rows;
    const auto panel = [](PanelKind kind, std::vector<std::size_t> schemes = {}) {
        return PanelDesign{kind, std::move(schemes), {}, {}};
    };
    const auto maps = [&](PanelKind kind, PanelKind difference) {
        return std::vector<PanelDesign>{panel(kind, {0}), panel(kind, {1}), panel(difference, {0, 1})};
    };
    using enum PanelKind;
    switch (design.view) {
    case FigureKind::Compare: return {maps(Bias, BiasDifference), {panel(Buckets)}, {panel(Profile)}};
    case FigureKind::Bias: return {maps(Bias, BiasDifference)};
    case FigureKind::Attention: return {maps(Attention, AttentionRatio), {panel(AttentionRow)}};
    case FigureKind::Buckets: return {{panel(Buckets)}};
    case FigureKind::Profile: return {{panel(Profile)}};
    case FigureKind::Exposure: return {{panel(Buckets)}, {panel(Exposure)}, {panel(EffectiveSamples)}};
    case FigureKind::Learning: return {{panel(Profile)}, {panel(Losses), panel(DistanceBySteps)}};
    case FigureKind::Generalization:
        return {{panel(DistanceByLength), panel(UntrainedByLength)}, {panel(DistanceByQuery), panel(Causes)}};
    case FigureKind::Level: return {{panel(RawProfile)}, {panel(PanelKind::Level)}};
    case FigureKind::Sweep: return {{panel(SweepWithin), panel(SweepAtLength)}};
    }
    return {};
}

std::string panelLetter(std::size_t panel)
{
    std::string letters(1, static_cast<char>('a' + panel % 26));
    return panel < 26 ? letters : panelLetter(panel / 26 - 1) + letters;
}

const std::vector<ColourMapName>& colourMaps()
{
    using enum ColourMapName;
    static const std::vector<ColourMapName> all = {Viridis, Cividis, Magma, Grey, RedBlue, PurpleOrange};
    return all;
}

std::string colourMapId(ColourMapName name)
{
    switch (name) {
    case ColourMapName::Viridis: return "viridis";
    case ColourMapName::Cividis: return "cividis";
    case ColourMapName::Magma: return "magma";
    case ColourMapName::Grey: return "grey";
    case ColourMapName::RedBlue: return "red-blue";
    case ColourMapName::PurpleOrange: return "purple-orange";
    }
    return {};
}

bool isDiverging(ColourMapName name)
{
    return name == ColourMapName::RedBlue || name == ColourMapName::PurpleOrange;
}

bool suitsDifferences(ColourMapName name)
{
    return isDiverging(name) || name == ColourMapName::Grey;
}

ColourMapName differencesOf(const Dress& dress)
{
    const bool grey = dress.colours == ColourMapName::Grey;
    return dress.differences.value_or(grey ? ColourMapName::Grey : ColourMapName::RedBlue);
}

const std::vector<PagePreset>& pagePresets()
{
    // Slides as PowerPoint and Beamer (16:9) have them, enlarged to a wide screen's 13.33 x 7.5 inches.
    static const std::vector<PagePreset> presets = {
        {"slide", "Slide 16:9", 338.7, 190.5, 16.0},
        {"half-slide", "Half a slide", 160.0, 140.0, 14.0},
        {"a4", "A4 text width", 160.0, 110.0, 8.0, true},
        {"column", "Column of a two-column paper", 85.0, 75.0, 7.0, true},
        {"poster", "Poster", 600.0, 400.0, 28.0},
    };
    return presets;
}

void usePreset(Page& page, const PagePreset& preset)
{
    page.widthMm = preset.widthMm;
    page.heightMm = preset.heightMm;
    page.fontPoints = preset.fontPoints;
    page.shrinkType = true;
    page.growHeight = preset.growHeight;
}

Page defaultPage(FigureKind kind)
{
    Page page;
    switch (kind) {
    case FigureKind::Compare: page.heightMm = 150.0; break;
    case FigureKind::Attention: page.heightMm = 130.0; break;
    case FigureKind::Bias: page.heightMm = 76.0; break;
    case FigureKind::Buckets: page.heightMm = 45.0; break;
    case FigureKind::Profile: page.heightMm = 90.0; break;
    case FigureKind::Exposure: page.heightMm = 100.0; break;
    case FigureKind::Learning: page.heightMm = 130.0; break;
    case FigureKind::Generalization: page.heightMm = 130.0; break;
    case FigureKind::Level: page.heightMm = 120.0; break;
    case FigureKind::Sweep: page.heightMm = 80.0; break;
    }
    return page;
}

}  // namespace posbias
