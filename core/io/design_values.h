// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How the values of a figure's keys are read and written. For core/io's files of keys only.

#include "core/design/figure_design.h"
#include "core/experiment/value_text.h"
#include "core/io/json_node.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace posbias::keys {

inline constexpr std::size_t mostItems = 1000;  ///< of any list in a figure
inline constexpr std::size_t memberIndent = 6, itemIndent = 8;

template <class E>
struct IdOf {
    E value;
    std::string id;
};
template <class E>
const std::vector<IdOf<E>>& idsOf();
template <>
inline const std::vector<IdOf<BarPlacement>>& idsOf()
{
    static const std::vector<IdOf<BarPlacement>> ids = {
        {BarPlacement::Right, "right"}, {BarPlacement::Below, "below"}, {BarPlacement::None, "none"}};
    return ids;
}
template <>
inline const std::vector<IdOf<ThemeName>>& idsOf()
{
    static const std::vector<IdOf<ThemeName>> ids = {{ThemeName::Light, "light"}, {ThemeName::Dark, "dark"}};
    return ids;
}
template <>
inline const std::vector<IdOf<TextForm>>& idsOf()
{
    static const std::vector<IdOf<TextForm>> ids = {
        {TextForm::Live, "live"}, {TextForm::Embed, "embed"}, {TextForm::Outline, "outline"}};
    return ids;
}
template <>
inline const std::vector<IdOf<FramesOver>>& idsOf()
{
    static const std::vector<IdOf<FramesOver>> ids = {
        {FramesOver::Length, "length"}, {FramesOver::Buckets, "buckets"}, {FramesOver::Step, "step"}};
    return ids;
}
template <>
inline const std::vector<IdOf<ColourMapName>>& idsOf()
{
    static const std::vector<IdOf<ColourMapName>> ids = [] {
        std::vector<IdOf<ColourMapName>> all;
        for (const ColourMapName name : colourMaps())
            all.push_back({name, colourMapId(name)});
        return all;
    }();
    return ids;
}
template <>
inline const std::vector<IdOf<FigureKind>>& idsOf()
{
    static const std::vector<IdOf<FigureKind>> ids = [] {
        std::vector<IdOf<FigureKind>> all;
        for (const FigureKind kind : figureKinds())
            all.push_back({kind, figureId(kind)});
        return all;
    }();
    return ids;
}
template <>
inline const std::vector<IdOf<PanelKind>>& idsOf()
{
    static const std::vector<IdOf<PanelKind>> ids = [] {
        std::vector<IdOf<PanelKind>> all;
        for (const PanelKind kind : panelKinds())
            all.push_back({kind, panelId(kind)});
        return all;
    }();
    return ids;
}

// ---- Plain values ------------------------------------------------------------------------------------------------

inline void readValue(std::string& value, const JsonNode& node)
{
    value = node.text();
}
inline void readValue(bool& value, const JsonNode& node)
{
    value = node.truth();
}
inline void readValue(double& value, const JsonNode& node)
{
    value = node.number();
}
inline void readValue(std::int64_t& value, const JsonNode& node)
{
    value = node.whole();
}
inline void readValue(int& value, const JsonNode& node)
{
    const std::int64_t whole = node.whole();
    if (std::abs(static_cast<double>(whole)) > std::numeric_limits<int>::max())
        node.refuse("a whole number that is not as large");
    value = static_cast<int>(whole);
}
template <class E>
requires std::is_enum_v<E>
void readValue(E& value, const JsonNode& node)
{
    std::vector<std::string> allowed;
    const bool isText = node.entry().type == JsonType::Text;
    for (const auto& known : idsOf<E>()) {
        if (isText && node.text() == known.id) {
            value = known.value;
            return;
        }
        allowed.push_back(quotedText(known.id));
    }
    node.refuse(listText(allowed, "or"));
}

inline std::string valueText(const std::string& value)
{
    return jsonText(value);
}
inline std::string valueText(bool value)
{
    return value ? "true" : "false";
}
inline std::string valueText(double value)
{
    return numberText(value);
}
inline std::string valueText(std::int64_t value)
{
    return std::to_string(value);
}
inline std::string valueText(int value)
{
    return std::to_string(value);
}
template <class E>
requires std::is_enum_v<E> std::string valueText(E value)
{
    return jsonText(std::ranges::find(idsOf<E>(), value, &IdOf<E>::value)->id);
}

/// What a design has that says nothing but its view.
inline FigureDesign defaultsOf(const FigureDesign& design)
{
    FigureDesign defaults;
    defaults.view = design.view;
    defaults.page = defaultPage(design.view);
    return defaults;
}
inline PanelDesign defaultsOf(const PanelDesign&)
{
    return {};
}
inline Frames defaultsOf(const Frames&)
{
    return {};
}
/// Of its own kind of mark.
inline Annotation defaultsOf(const Annotation& annotation)
{
    Annotation defaults;
    std::visit([&]<class M>(const M&) { defaults.mark = M{}; }, annotation.mark);
    return defaults;
}

/// `at` gives the member of an owner. `required`: always there.
template <class Owner, class At>
JsonKey<Owner> plainKey(std::string_view key, At at, bool required = false)
{
    JsonKey<Owner> plain{key,
                         [at](Owner& owner, const JsonNode& node) { readValue(at(owner), node); },
                         [at](const Owner& owner) { return valueText(at(owner)); },
                         {}};
    if (!required)
        plain.isDefault = [at](const Owner& owner) {
            const Owner defaults = defaultsOf(owner);
            return at(owner) == at(defaults);
        };
    return plain;
}

// ---- Schemes, settings -------------------------------------------------------------------------------------------

inline std::size_t schemeIn(const JsonNode& node)
{
    const std::string text = node.text();
    if (text.size() != 1 || text[0] < 'A' || text[0] > 'Z')
        node.refuse("the letter of a scheme, \"A\" or \"B\"");
    return static_cast<std::size_t>(text[0] - 'A');
}

inline std::string letterText(std::size_t scheme)
{
    return jsonText(schemeLetter(scheme));
}

/// A number where that reads back as the same text.
inline std::string settingText(const std::string& text)
{
    const char* const end = text.data() + text.size();
    std::int64_t whole = 0;
    const auto asWhole = std::from_chars(text.data(), end, whole);
    if (asWhole.ec == std::errc{} && asWhole.ptr == end && std::to_string(whole) == text)
        return text;
    double real = 0.0;
    const auto asReal = std::from_chars(text.data(), end, real);
    const bool isReal = asReal.ec == std::errc{} && asReal.ptr == end && std::isfinite(real);
    if (isReal && numberText(real) == text && text.find_first_of(".e") != std::string::npos)
        return text;
    return jsonText(text);
}

inline std::string settingIn(const JsonNode& node)
{
    if (node.entry().type == JsonType::Text)
        return node.text();
    if (node.entry().type != JsonType::Number)
        node.refuse("a number or a text");
    const auto* whole = std::get_if<std::int64_t>(&node.entry().value);
    return whole ? std::to_string(*whole) : numberText(node.number());
}

template <class Owner>
JsonKey<Owner> settingsKey()
{
    return {"set",
            [](Owner& owner, const JsonNode& node) {
                for (const JsonNode& member : node.members())
                    owner.set.push_back({member.key(), settingIn(member)});
            },
            [](const Owner& owner) {
                std::vector<std::string> items;
                for (const FieldSetting& setting : owner.set)
                    items.push_back(jsonText(setting.path) + ": " + settingText(setting.text));
                return bracketed('{', items, '}');
            },
            [](const Owner& owner) { return owner.set.empty(); }};
}

/// Lists of objects, each in a line of its own.
void readRows(FigureDesign& design, const JsonNode& node);
std::string rowsText(const FigureDesign& design);
void readAnnotations(FigureDesign& design, const JsonNode& node);
std::string annotationsText(const FigureDesign& design);

}  // namespace posbias::keys
