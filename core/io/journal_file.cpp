// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/journal_file.h"

#include "core/base/error.h"
#include "core/io/design_keys.h"
#include "core/io/experiment_entries.h"
#include "core/io/experiment_file.h"
#include "core/io/json_node.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

namespace posbias {

namespace {

using OrderedJson = nlohmann::ordered_json;  // the order of a panel's settings means something

constexpr int journalVersion = 1;
constexpr auto versionKey = "posbias-journal";
constexpr std::size_t mostRecordedFigures = 1000;

// ---- Writing -------------------------------------------------------------------------------------------------

std::string figuresText(const std::vector<FigureDesign>& figures)
{
    std::vector<std::string> items;
    for (const FigureDesign& design : figures)
        items.push_back(designText(design));
    return bracketed('[', items, ']');
}

std::string member(std::string_view key, const std::string& value)
{
    return '"' + std::string(key) + "\": " + value;
}

std::string originText(const DocumentOrigin& origin)
{
    return bracketed('{',
                     {member("file", jsonText(origin.file.string())), member("digest", jsonText(origin.digest)),
                      member("replacedUnsaved", origin.replacedUnsaved ? "true" : "false"),
                      member("figures", figuresText(origin.figures))},
                     '}');
}

std::string stepText(const JournalStep& step)
{
    std::vector<std::string> members = {member("name", jsonText(step.name))};
    if (step.experiment) {
        members.push_back(member("experiment", toJson(*step.experiment)));
        members.push_back(member("movesCrosshair", step.movesCrosshair ? "true" : "false"));
    }
    if (step.origin)
        members.push_back(member("origin", originText(*step.origin)));
    if (step.figures)
        members.push_back(member("figures", figuresText(*step.figures)));
    return bracketed('{', members, '}');
}

/// From the first to before the last of the steps that there is room for: those next to the position, undo and redo
/// alike.
std::pair<std::size_t, std::size_t> nearest(const std::vector<std::string>& steps, std::size_t position)
{
    std::size_t first = position, last = position, room = largestJournal / 2;
    const auto fits = [&](std::size_t step) {
        if (steps[step].size() > room)
            return false;
        room -= steps[step].size();
        return true;
    };
    bool undo = true, redo = true;
    while (undo || redo) {
        undo = undo && first > 0 && fits(first - 1);
        first -= undo ? 1 : 0;
        redo = redo && last < steps.size() && fits(last);
        last += redo ? 1 : 0;
    }
    return {first, last};
}

// ---- Reading -------------------------------------------------------------------------------------------------

Experiment experimentOf(const OrderedJson& value)
{
    return experimentIn(readJsonEntries(value.dump(), "experiment"), Combinations::MayBeRefused);
}

std::vector<FigureDesign> figuresOf(const OrderedJson& list)
{
    const std::string text = "{\"" + std::string(figuresKey) + "\": " + list.dump() + '}';
    const std::vector<JsonEntry> entries = readJsonEntries(text, std::string(figuresKey));
    std::vector<FigureDesign> figures;
    for (const JsonNode& object : JsonNode(entries, 0).members().at(0).elements(mostRecordedFigures))
        figures.push_back(designIn(object));
    return figures;
}

DocumentOrigin originOf(const OrderedJson& value)
{
    DocumentOrigin origin;
    origin.file = value.at("file").get<std::string>();
    origin.digest = value.at("digest").get<std::string>();
    origin.replacedUnsaved = value.at("replacedUnsaved").get<bool>();
    origin.figures = figuresOf(value.at("figures"));
    return origin;
}

JournalStep stepOf(const OrderedJson& value)
{
    JournalStep step;
    step.name = value.at("name").get<std::string>();
    if (value.contains("experiment")) {
        step.experiment = experimentOf(value.at("experiment"));
        step.movesCrosshair = value.at("movesCrosshair").get<bool>();
    }
    if (value.contains("origin"))
        step.origin = originOf(value.at("origin"));
    if (value.contains("figures"))
        step.figures = figuresOf(value.at("figures"));
    return step;
}

std::size_t positionOf(const OrderedJson& value, std::size_t steps)
{
    const auto position = value.get<std::size_t>();
    if (!value.is_number_unsigned() || position > steps)
        throw InputError("position", "there is no step " + value.dump());
    return position;
}

Journal journalOf(const OrderedJson& value)
{
    Journal journal;
    journal.experiment = experimentOf(value.at("experiment"));
    journal.origin = originOf(value.at("origin"));
    for (const OrderedJson& step : value.at("steps"))
        journal.steps.push_back(stepOf(step));
    journal.position = positionOf(value.at("position"), journal.steps.size());
    if (value.contains("saved"))
        journal.saved = positionOf(value.at("saved"), journal.steps.size());
    return journal;
}

}  // namespace

std::string JournalWriter::text(const Journal& journal)
{
    m_steps.resize(std::min(m_steps.size(), journal.steps.size()));
    m_texts.resize(m_steps.size());
    for (std::size_t i = 0; i < journal.steps.size(); ++i) {
        if (i == m_steps.size()) {
            m_steps.push_back(journal.steps[i]);
            m_texts.push_back(stepText(journal.steps[i]));
        } else if (m_steps[i] != journal.steps[i]) {
            m_steps[i] = journal.steps[i];
            m_texts[i] = stepText(journal.steps[i]);
        }
    }
    const auto [first, last] = nearest(m_texts, journal.position);
    const std::vector<std::string> kept(m_texts.begin() + static_cast<std::ptrdiff_t>(first),
                                        m_texts.begin() + static_cast<std::ptrdiff_t>(last));

    std::vector<std::string> members = {
        member(versionKey, std::to_string(journalVersion)), member("experiment", toJson(journal.experiment)),
        member("origin", originText(journal.origin)), member("steps", bracketed('[', kept, ']', 4)),
        member("position", std::to_string(journal.position - first))};
    if (journal.saved && *journal.saved >= first && *journal.saved <= last)
        members.push_back(member("saved", std::to_string(*journal.saved - first)));
    return bracketed('{', members, '}', 2) + '\n';
}

Journal journalFromJson(std::string_view text, const std::string& source)
{
    try {
        const OrderedJson value = OrderedJson::parse(text);
        const int version = value.at(versionKey).get<int>();
        if (version > journalVersion)
            throw InputError(source, "it was written by a newer version of PosBias");
        if (version < 1)
            throw InputError(source, "its version is " + std::to_string(version));
        return journalOf(value);
    } catch (const nlohmann::json::exception&) {
        throw InputError(source, source + " is damaged");
    } catch (const InputError& error) {
        throw InputError(source, source + ": " + error.what());
    }
}

Journal readJournal(const std::filesystem::path& file)
{
    const std::string name = file.string();
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw InputError(name, "cannot open " + name + ": " + std::strerror(errno));
    std::error_code error;
    if (const std::uintmax_t size = std::filesystem::file_size(file, error); error || size > largestJournal)
        throw InputError(name, name + " is no journal that PosBias writes");
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    return journalFromJson(text, name);
}

}  // namespace posbias
