// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/design/design_checks.h"
#include "core/experiment/fields.h"
#include "core/experiment/value_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace posbias {
namespace {

constexpr std::size_t mostPanels = 100, mostAnnotations = 1000, mostSettings = 200;
constexpr std::size_t longestName = 120, longestCaption = 4000;
constexpr std::array<std::string_view, 7> fileFormats{"pdf", "svg", "png", "tex", "csv", "npy", "gif"};
/// What all panels of a figure share.
constexpr std::array<std::string_view, 3> sharedPaths{"mask", "length", "trainingLength"};

std::string keyOf(const std::string& owner, std::size_t index)
{
    return owner + '.' + std::to_string(index);
}

std::string schemeText(std::size_t scheme)
{
    return scheme < 26 ? quotedText(schemeLetter(scheme)) : "scheme number " + std::to_string(scheme);
}

void checkScheme(const std::string& key, std::size_t scheme, const Experiment& experiment)
{
    if (scheme >= experiment.schemes.size())
        refuseKey(key, schemeText(scheme), "from \"A\" to " + schemeText(experiment.schemes.size() - 1));
}

void checkCount(const std::string& key, std::size_t count, std::size_t most)
{
    if (count > most)
        throw InputError(key, key + " has " + std::to_string(count) + " entries; it must have at most " +
                                  std::to_string(most));
}

/// A name is the stem of a file on any system, and no option.
void checkName(const std::string& name)
{
    const bool possible = !name.empty() && name.size() <= longestName && name != "." && name != ".." &&
                          name.front() != '-' && name.find('/') == std::string::npos && isPlainText(name, longestName);
    if (!possible)
        refuseKey("name", quotedText(name),
                  "a file's name of 1 to " + std::to_string(longestName) +
                      " bytes without \"/\" that does not begin with \"-\"");
}

void checkSettings(const std::string& key, const std::vector<FieldSetting>& settings)
{
    checkCount(key, settings.size(), mostSettings);
    std::set<std::string_view> paths;
    for (const FieldSetting& setting : settings)
        if (!paths.insert(setting.path).second)
            throw InputError(key + '.' + setting.path, key + " sets " + quotedText(setting.path) + " twice");
}

// ---- Panels ------------------------------------------------------------------------------------------------------

void checkSchemesOf(const std::string& key, const PanelDesign& panel, const Experiment& experiment)
{
    if (panel.schemes.empty())
        return;
    const auto wanted = schemesShown(panel.show);
    const std::string path = key + (panel.schemes.size() == 1 ? ".scheme" : ".schemes");
    if (wanted && panel.schemes.size() != *wanted)
        refuseKey(path,
                  panel.schemes.size() == 1 ? schemeText(panel.schemes.front())
                                            : std::to_string(panel.schemes.size()) + " schemes",
                  *wanted == 1 ? "one scheme" : "two schemes");
    // A scheme against itself is its panel's settings against the figure's.
    const bool againstItself = wanted == 2 && !panel.set.empty();
    std::set<std::size_t> distinct;
    for (const std::size_t scheme : panel.schemes) {
        checkScheme(path, scheme, experiment);
        if (!distinct.insert(scheme).second && !againstItself)
            throw InputError(path, path + " has " + schemeText(scheme) + " twice; its schemes must differ");
    }
}

void checkPanel(const std::string& key, const PanelDesign& panel, const Experiment& experiment)
{
    checkSchemesOf(key, panel, experiment);
    checkText(key + ".title", panel.title, longestTitle);
    checkSettings(key + ".set", panel.set);
    for (const FieldSetting& setting : panel.set)
        if (std::ranges::find(sharedPaths, setting.path) != sharedPaths.end())
            throw InputError(key + ".set." + setting.path, key + ".set changes " + setting.path +
                                                               ", which all panels of a figure share; "
                                                               "it must be set for the whole figure");
    try {
        experimentOf(panel, experiment);
    } catch (const InputError& error) {
        throw InputError(key + '.' + error.subject(), key + '.' + error.what());
    }
}

enum class RowOf { Maps, Ribbons, Others };
RowOf rowOf(PanelKind kind)
{
    return isMap(kind) ? RowOf::Maps : kind == PanelKind::Buckets ? RowOf::Ribbons : RowOf::Others;
}

void checkRow(const std::string& key, const std::vector<PanelDesign>& row, const Experiment& experiment)
{
    if (row.empty())
        throw InputError(key, key + " is empty; it must hold a panel");
    for (std::size_t k = 0; k < row.size(); ++k) {
        if (rowOf(row[k].show) != rowOf(row[0].show) || (k > 0 && rowOf(row[0].show) == RowOf::Ribbons))
            throw InputError(keyOf(key, k) + ".show", keyOf(key, k) + ".show is " + quotedText(panelId(row[k].show)) +
                                                          " beside " + quotedText(panelId(row[0].show)) +
                                                          "; a row must hold maps, or one \"buckets\", or others");
        checkPanel(keyOf(key, k), row[k], experiment);
    }
}

void checkRows(const PanelRows& rows, const Experiment& experiment)
{
    std::size_t panels = 0;
    for (const auto& row : rows)
        panels += row.size();
    checkCount("rows", std::max(panels, rows.size()), mostPanels);
    for (std::size_t k = 0; k < rows.size(); ++k)
        checkRow(keyOf("rows", k), rows[k], experiment);
}

// ---- Annotations -------------------------------------------------------------------------------------------------

class MarkCheck {
public:
    MarkCheck(const std::string& key, const Experiment& experiment)
        : m_key(key), m_offsets(visibleOffsets(experiment.mask, experiment.length)), m_experiment(experiment)
    {
    }

    void operator()(const OffsetMark& mark) const { checkOffset(mark.offset); }
    void operator()(const CellMark& mark) const
    {
        checkQuery(mark.query);
        const std::int64_t lowest = m_experiment.mask == Mask::Causal ? 0 : mark.query - (m_experiment.length - 1);
        checkWhole(m_key + ".offset", mark.offset, lowest, mark.query);
    }
    void operator()(const LengthMark& mark) const { checkWhole(m_key + ".length", mark.length, 1, maxLength); }
    void operator()(const BucketMark& mark) const
    {
        checkScheme(m_key + ".scheme", mark.scheme, m_experiment);
        checkWhole(m_key + ".parameter", mark.parameter, 0, parameterCount(m_experiment.schemes[mark.scheme]) - 1);
    }
    void operator()(const TextMark& mark) const
    {
        checkQuery(mark.query);
        checkOffset(mark.offset);
        if (!std::isfinite(mark.value))
            refuseKey(m_key + ".value", numberText(mark.value), "a number");
    }

private:
    void checkOffset(std::int64_t offset) const
    {
        checkWhole(m_key + ".offset", offset, m_offsets.first, m_offsets.last);
    }
    void checkQuery(std::int64_t query) const { checkWhole(m_key + ".query", query, 0, m_experiment.length - 1); }

    // The whole table would do, but costs time for each of a thousand brackets.
    std::int64_t parameterCount(const Scheme& scheme) const
    {
        if (const auto* t5 = std::get_if<T5>(&scheme))
            return t5Shape(*t5, m_experiment.mask).total;
        return parameterTable(scheme, m_experiment.mask, m_experiment.trainingLength).parameterCount();
    }

    const std::string& m_key;
    OffsetRange m_offsets;
    const Experiment& m_experiment;
};

std::vector<PanelDesign> panelList(const FigureDesign& design)
{
    std::vector<PanelDesign> panels;
    for (const auto& row : panelsOf(design))
        panels.insert(panels.end(), row.begin(), row.end());
    return panels;
}

void checkAnnotations(const FigureDesign& design, const Experiment& experiment)
{
    checkCount("annotations", design.annotations.size(), mostAnnotations);
    const auto panels = static_cast<std::int64_t>(panelList(design).size());
    for (std::size_t k = 0; k < design.annotations.size(); ++k) {
        const Annotation& annotation = design.annotations[k];
        const std::string key = keyOf("annotations", k);
        checkText(key + ".label", annotation.label, longestTitle);
        if (annotation.label.empty() && std::holds_alternative<TextMark>(annotation.mark))
            throw InputError(key + ".label", key + ".label is empty; a text must say something");
        if (annotation.panel && *annotation.panel >= static_cast<std::size_t>(panels))
            throw InputError(key + ".panel", key + ".panel is number " + std::to_string(*annotation.panel + 1) +
                                                 "; the figure has " + std::to_string(panels) + " panels");
        checkAnnotation(key, annotation, design, experiment);
    }
}

// ---- The rest ----------------------------------------------------------------------------------------------------

void checkOptions(const FigureOptions& options, const Experiment& experiment)
{
    if (!options.visible)
        return;
    const CellRect& rect = *options.visible;
    const auto end = static_cast<double>(experiment.length);
    const auto inside = [&](double first, double last) { return first >= 0.0 && first < last && last <= end; };
    if (!inside(rect.firstKey, rect.lastKey) || !inside(rect.firstQuery, rect.lastQuery))
        refuseKey("visible",
                  "[" + numberText(rect.firstKey) + ", " + numberText(rect.lastKey) + ", " +
                      numberText(rect.firstQuery) + ", " + numberText(rect.lastQuery) + "]",
                  "first and last key, first and last query, ascending and from 0 to " + plainNumber(end));
}

void checkDress(const Dress& dress)
{
    if (isDiverging(dress.colours))
        refuseKey("colours", quotedText(colourMapId(dress.colours)), "a colour map that does not diverge");
    if (!suitsDifferences(differencesOf(dress)))
        refuseKey("differences", quotedText(colourMapId(*dress.differences)), "a diverging colour map, or grey");
    checkText("title", dress.title, longestTitle);
    checkText("caption", dress.caption, longestCaption);
}

void checkFormats(const FigureDesign& design)
{
    const auto& formats = design.formats;
    checkCount("formats", formats.size(), fileFormats.size());
    for (std::size_t k = 0; k < formats.size(); ++k) {
        if (std::ranges::find(fileFormats, formats[k]) == fileFormats.end())
            refuseKey(keyOf("formats", k), quotedText(formats[k]),
                      listText({fileFormats.begin(), fileFormats.end()}, "or"));
        if (std::ranges::count(formats, formats[k]) > 1)
            throw InputError("formats", "formats has " + quotedText(formats[k]) + " twice");
        if (formats[k] == "gif" && !design.frames)
            throw InputError(keyOf("formats", k), keyOf("formats", k) + " is \"gif\", but there are no frames; "
                                                                        "without them it must be a still format");
    }
}

}  // namespace

void refuseKey(const std::string& key, const std::string& found, const std::string& allowed)
{
    throw InputError(key, key + " is " + found + "; it must be " + allowed);
}

void checkWhole(const std::string& key, std::int64_t value, std::int64_t least, std::int64_t most)
{
    if (value < least || value > most)
        refuseKey(key, std::to_string(value), "from " + std::to_string(least) + " to " + std::to_string(most));
}

void checkText(const std::string& key, std::string_view text, std::size_t longest)
{
    if (!isPlainText(text, static_cast<double>(longest)))
        refuseKey(key, quotedText(text),
                  "text of at most " + std::to_string(longest) + " characters without control characters");
}

void checkAnnotation(const std::string& key, const Annotation& annotation, const FigureDesign& design,
                     const Experiment& experiment)
{
    const auto panels = annotation.panel ? panelList(design) : std::vector<PanelDesign>();
    const Experiment own = annotation.panel ? experimentOf(panels.at(*annotation.panel), experiment) : experiment;
    std::visit(MarkCheck(key, own), annotation.mark);
}

void validate(const FigureDesign& design, const Experiment& experiment)
{
    checkName(design.name);
    checkSettings("set", design.set);
    if (design.step) {
        const auto steps = stepsOf(experiment.learning);
        if (!steps)
            throw InputError("step", "step is " + std::to_string(*design.step) +
                                         ", but the exact minimum has no steps; it must be left out");
        checkWhole("step", *design.step, 0, *steps);
    }
    checkRows(design.rows, experiment);
    checkOptions(design.options, experiment);
    checkDress(design.dress);
    checkAnnotations(design, experiment);
    checkPage(design.page);
    if (design.frames)
        frameValues(*design.frames, experiment);
    checkFormats(design);
}

}  // namespace posbias
