// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/io/design_values.h"

namespace posbias::keys {
namespace {

const std::vector<JsonKey<PanelDesign>>& panelDesignKeys()
{
    using Panel = PanelDesign;
    static const std::vector<JsonKey<Panel>> keys = {
        plainKey<Panel>(
            "show", [](auto& p) -> auto& { return p.show; }, true),
        {"scheme", [](Panel& panel, const JsonNode& node) { panel.schemes = {schemeIn(node)}; },
         [](const Panel& panel) { return letterText(panel.schemes.front()); },
         [](const Panel& panel) { return panel.schemes.size() != 1; }},
        {"schemes",
         [](Panel& panel, const JsonNode& node) {
             if (!panel.schemes.empty())
                 throw InputError(node.path(), node.path() + " is there beside \"scheme\"; it must be one of the two");
             for (const JsonNode& element : node.elements(mostItems))
                 panel.schemes.push_back(schemeIn(element));
         },
         [](const Panel& panel) {
             std::vector<std::string> letters;
             for (const std::size_t scheme : panel.schemes)
                 letters.push_back(letterText(scheme));
             return bracketed('[', letters, ']');
         },
         [](const Panel& panel) { return panel.schemes.size() < 2; }},
        settingsKey<Panel>(),
        plainKey<Panel>(
            "title", [](auto& p) -> auto& { return p.title; }),
    };
    return keys;
}

}  // namespace

void readRows(FigureDesign& design, const JsonNode& node)
{
    for (const JsonNode& row : node.elements(mostItems)) {
        design.rows.emplace_back();
        for (const JsonNode& panel : row.elements(mostItems))
            readKeys(design.rows.back().emplace_back(), panel, panelDesignKeys());
    }
}

std::string rowsText(const FigureDesign& design)
{
    std::vector<std::string> rows;
    for (const auto& row : design.rows) {
        std::vector<std::string> panels;
        for (const PanelDesign& panel : row)
            panels.push_back(bracketed('{', writtenKeys(panel, panelDesignKeys()), '}'));
        rows.push_back(bracketed('[', panels, ']'));
    }
    return bracketed('[', rows, ']', itemIndent);
}

}  // namespace posbias::keys
