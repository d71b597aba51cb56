// SPDX-License-Identifier: GPL-3.0-or-later
// Every key of a figure once: how it is read, how it is written, when it is left out.
#include "core/io/design_keys.h"

#include "core/io/design_values.h"

namespace posbias {
namespace keys {
namespace {

void readVisible(FigureDesign& design, const JsonNode& node)
{
    const std::vector<JsonNode> ends = node.elements(mostItems);
    if (ends.size() != 4)
        node.refuse("a list of four numbers: first and last key, first and last query");
    design.options.visible = CellRect{ends[0].number(), ends[1].number(), ends[2].number(), ends[3].number()};
}

std::string visibleText(const FigureDesign& design)
{
    const CellRect& rect = *design.options.visible;
    return bracketed(
        '[',
        {numberText(rect.firstKey), numberText(rect.lastKey), numberText(rect.firstQuery), numberText(rect.lastQuery)},
        ']');
}

const std::vector<JsonKey<Frames>>& framesKeys()
{
    static const std::vector<JsonKey<Frames>> keys = {
        plainKey<Frames>(
            "over", [](auto& f) -> auto& { return f.over; }, true),
        plainKey<Frames>(
            "first", [](auto& f) -> auto& { return f.first; }),
        plainKey<Frames>(
            "last", [](auto& f) -> auto& { return f.last; }),
        plainKey<Frames>(
            "count", [](auto& f) -> auto& { return f.count; }),
        plainKey<Frames>(
            "seconds", [](auto& f) -> auto& { return f.seconds; }),
    };
    return keys;
}

void readScales(FigureDesign& design, const JsonNode& node)
{
    const bool separate = node.entry().type == JsonType::Text && node.text() == "separate";
    if (!separate && !(node.entry().type == JsonType::Text && node.text() == "shared"))
        node.refuse("\"shared\" or \"separate\"");
    design.dress.separateScales = separate;
}

void readView(FigureDesign& design, const JsonNode& node)
{
    readValue(design.view, node);
    design.page = defaultPage(design.view);
}

void readFormats(FigureDesign& design, const JsonNode& node)
{
    for (const JsonNode& element : node.elements(mostItems))
        design.formats.push_back(element.text());
}

std::string formatsText(const FigureDesign& design)
{
    std::vector<std::string> items;
    for (const std::string& format : design.formats)
        items.push_back(jsonText(format));
    return bracketed('[', items, ']');
}

using Design = FigureDesign;

std::vector<JsonKey<Design>> whatItShows()
{
    return {
        plainKey<Design>(
            "name", [](auto& d) -> auto& { return d.name; }, true),
        plainKey<Design>(
            "preset", [](auto& d) -> auto& { return d.preset; }),
        settingsKey<Design>(),
        {"step", [](Design& d, const JsonNode& node) { d.step = node.whole(); },
         [](const Design& d) { return std::to_string(*d.step); }, [](const Design& d) { return !d.step; }},
        {"view", readView, [](const Design& d) { return valueText(d.view); },
         [](const Design& d) { return d.view == Design().view; }},
        {"rows", readRows, rowsText, [](const Design& d) { return d.rows.empty(); }},
        plainKey<Design>(
            "crosshair", [](auto& d) -> auto& { return d.options.crosshair; }),
        plainKey<Design>(
            "logarithmicOffsets", [](auto& d) -> auto& { return d.options.logarithmicOffsets; }),
        plainKey<Design>(
            "rawBias", [](auto& d) -> auto& { return d.options.rawBias; }),
        {"visible", readVisible, visibleText, [](const Design& d) { return !d.options.visible; }},
    };
}

std::vector<JsonKey<Design>> howItLooks()
{
    return {
        plainKey<Design>(
            "colours", [](auto& d) -> auto& { return d.dress.colours; }),
        {"differences", [](Design& d, const JsonNode& node) { readValue(d.dress.differences.emplace(), node); },
         [](const Design& d) { return valueText(*d.dress.differences); },
         [](const Design& d) { return !d.dress.differences; }},
        {"scales", readScales, [](const Design& d) { return jsonText(d.dress.separateScales ? "separate" : "shared"); },
         [](const Design& d) { return !d.dress.separateScales; }},
        plainKey<Design>(
            "bars", [](auto& d) -> auto& { return d.dress.bars; }),
        plainKey<Design>(
            "letters", [](auto& d) -> auto& { return d.dress.letters; }),
        plainKey<Design>(
            "title", [](auto& d) -> auto& { return d.dress.title; }),
        plainKey<Design>(
            "caption", [](auto& d) -> auto& { return d.dress.caption; }),
        {"annotations", readAnnotations, annotationsText, [](const Design& d) { return d.annotations.empty(); }},
    };
}

std::vector<JsonKey<Design>> whatItIsPrintedOn()
{
    return {
        plainKey<Design>(
            "width", [](auto& d) -> auto& { return d.page.widthMm; }),
        plainKey<Design>(
            "height", [](auto& d) -> auto& { return d.page.heightMm; }),
        plainKey<Design>(
            "dpi", [](auto& d) -> auto& { return d.page.dpi; }),
        plainKey<Design>(
            "theme", [](auto& d) -> auto& { return d.page.theme; }),
        plainKey<Design>(
            "transparent", [](auto& d) -> auto& { return d.page.transparent; }),
        plainKey<Design>(
            "font", [](auto& d) -> auto& { return d.page.fontFamily; }),
        plainKey<Design>(
            "fontSize", [](auto& d) -> auto& { return d.page.fontPoints; }),
        plainKey<Design>(
            "shrinkType", [](auto& d) -> auto& { return d.page.shrinkType; }),
        plainKey<Design>(
            "growHeight", [](auto& d) -> auto& { return d.page.growHeight; }),
        plainKey<Design>(
            "text", [](auto& d) -> auto& { return d.page.text; }),
        plainKey<Design>(
            "standaloneTex", [](auto& d) -> auto& { return d.page.standaloneTex; }),
        {"frames", [](Design& d, const JsonNode& node) { readKeys(d.frames.emplace(), node, framesKeys()); },
         [](const Design& d) { return bracketed('{', writtenKeys(*d.frames, framesKeys()), '}'); },
         [](const Design& d) { return !d.frames; }},
        {"formats", readFormats, formatsText, [](const Design& d) { return d.formats.empty(); }},
    };
}

const std::vector<JsonKey<Design>>& designKeys()
{
    static const std::vector<JsonKey<Design>> keys = [] {
        std::vector<JsonKey<Design>> all = whatItShows();
        for (const auto& part : {howItLooks(), whatItIsPrintedOn()})
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    return keys;
}

}  // namespace
}  // namespace keys

FigureDesign designIn(const JsonNode& object)
{
    FigureDesign design;
    design.page = defaultPage(design.view);
    readKeys(design, object, keys::designKeys());
    return design;
}

std::string designText(const FigureDesign& design)
{
    return bracketed('{', writtenKeys(design, keys::designKeys()), '}', keys::memberIndent);
}

}  // namespace posbias
