// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/experiment_file.h"

#include "core/base/error.h"
#include "core/experiment/bound_fields.h"
#include "core/io/atomic_file.h"
#include "core/io/experiment_entries.h"
#include "core/io/lecture_file.h"
#include "core/io/text_file.h"

#include <algorithm>

namespace posbias {

namespace {

constexpr int formatVersion = 1;

// ---- Writing -------------------------------------------------------------------------------------------------

std::string fieldText(const FieldValue& value)
{
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return std::to_string(*whole);
    if (const auto* real = std::get_if<double>(&value)) {
        const std::string text = numberText(*real);
        return text.find_first_not_of("-0123456789") == std::string::npos ? text + ".0" : text;
    }
    return jsonText(std::get<std::string>(value));
}

std::string quotedKey(std::string_view key)
{
    return '"' + std::string(key) + '"';
}

bool isInside(std::string_view path, std::string_view owner)
{
    return path.size() > owner.size() && path.starts_with(owner) && path[owner.size()] == '.';
}

using Descriptions = std::vector<FieldDescription>;

/// The value at `path`: a field's own, or an object in one line of all that is inside. A kind that is its own value
/// and has fields becomes an object with the key "kind".
std::string valueAt(const Descriptions& fields, const std::string& path)
{
    std::vector<std::string> members;
    std::string previous;
    for (const FieldDescription& field : fields) {
        if (field.path == path)
            members.push_back(fieldText(field.value));
        if (!isInside(field.path, path))
            continue;
        const std::string child = field.path.substr(0, field.path.find('.', path.size() + 1));
        if (child != previous)
            members.push_back(quotedKey(child.substr(path.size() + 1)) + ": " + valueAt(fields, child));
        previous = child;
    }
    const bool isField = std::any_of(fields.begin(), fields.end(), [&](const auto& f) { return f.path == path; });
    if (isField && members.size() == 1)
        return members.front();
    if (isField)
        members.front() = "\"kind\": " + members.front();
    std::string object = "{";
    for (const std::string& member : members)
        object += (object.size() > 1 ? ", " : "") + member;
    return object + '}';
}

std::string schemesText(const Descriptions& fields, std::size_t count)
{
    std::string list = "[";
    for (std::size_t i = 0; i < count; ++i)
        list += (i == 0 ? "\n    " : ",\n    ") + valueAt(fields, "schemes." + std::to_string(i));
    return list + "\n  ]";
}

// ---- Reading -------------------------------------------------------------------------------------------------

/// Where the object form of a kind that is its own value holds it.
constexpr std::string_view lengthsPath = "corpus.lengths", lengthsKindPath = "corpus.lengths.kind";

class FileReader {
public:
    FileReader(std::vector<JsonEntry> entries, Combinations combinations)
        : m_entries(std::move(entries)), m_combinations(combinations)
    {
    }

    Experiment read()
    {
        checkVersion();
        resizeSchemes();
        checkContainers();
        chooseKinds();
        checkEntries();
        setValues();
        if (m_combinations == Combinations::Checked)
            validate(m_experiment);
        return m_experiment;
    }

private:
    const JsonEntry* find(std::string_view path) const
    {
        const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                        [&](const JsonEntry& entry) { return entry.path == path; });
        return found == m_entries.end() ? nullptr : &*found;
    }

    static bool isObjectForm(const JsonEntry& entry)
    {
        return entry.path == lengthsPath && entry.type == JsonType::Object;
    }

    const JsonEntry* entryOf(const FieldDescription& field) const
    {
        const JsonEntry* entry = find(field.path);
        if (!entry || !isObjectForm(*entry))
            return entry;
        if (const JsonEntry* kind = find(lengthsKindPath))
            return kind;
        throw missing(lengthsKindPath);
    }

    static InputError missing(std::string_view path) { return {std::string(path), std::string(path) + " is missing"}; }

    void checkVersion() const
    {
        const JsonEntry& root = m_entries.front();
        if (root.type != JsonType::Object)
            throw InputError({}, "the file holds " + foundText(root) + "; an experiment is an object");
        const JsonEntry* version = find("posbias");
        if (!version)
            throw InputError("posbias", "the key \"posbias\" with the format version is missing; "
                                        "this is no PosBias experiment");
        const double number = numberIn(*version).value_or(0.0);
        if (number == formatVersion)
            return;
        if (number > formatVersion)
            throw InputError("posbias", "the file was made by a newer version of PosBias: its format is " +
                                            foundText(*version) + ", this version reads format " +
                                            std::to_string(formatVersion));
        throw InputError("posbias", "posbias is " + foundText(*version) + "; it must be the format version, " +
                                        std::to_string(formatVersion));
    }

    void resizeSchemes()
    {
        const JsonEntry* schemes = find("schemes");
        if (!schemes)
            return;
        if (schemes->type != JsonType::List)
            throw InputError("schemes", "schemes is " + foundText(*schemes) + "; it must be a list of schemes");
        m_experiment.schemes.resize(schemes->size);
        validate(m_experiment);  // so far only the number of schemes can be wrong
        m_hasSchemes = true;
    }

    /// Everything that has fields inside is an object.
    void checkContainers()
    {
        const std::vector<BoundField> fields = bindFields(m_experiment);
        for (const JsonEntry& entry : m_entries) {
            const bool isContainer = entry.path != "schemes" && entry.path != lengthsPath &&
                                     std::any_of(fields.begin(), fields.end(), [&](const BoundField& f) {
                                         return isInside(f.description.path, entry.path);
                                     });
            if (isContainer && entry.type != JsonType::Object)
                throw InputError(entry.path, entry.path + " is " + foundText(entry) + "; it must be an object");
        }
    }

    void chooseKinds()
    {
        for (BoundField& field : bindFields(m_experiment)) {
            if (!field.kindOf)
                continue;
            if (const JsonEntry* entry = entryOf(field.description))
                field.set(valueOf(*entry, field.description));
            else if (m_hasSchemes && field.description.path.starts_with("schemes."))
                throw missing(field.description.path);
        }
    }

    /// In the order of the file, so that the first mistake is the one reported.
    void checkEntries()
    {
        std::vector<BoundField> fields = bindFields(m_experiment);
        for (const JsonEntry& entry : m_entries) {
            const BoundField* field = findField(fields, entry.path);
            if (field && !isObjectForm(entry))
                valueOf(entry, field->description);
            const bool isKnown =
                field || entry.path.empty() || entry.path == "posbias" || entry.path == lengthsKindPath ||
                std::any_of(fields.begin(), fields.end(),
                            [&](const BoundField& f) { return isInside(f.description.path, entry.path); });
            if (!isKnown)
                throw InputError(entry.path,
                                 unknownPathMessage(m_experiment, entry.path,
                                                    {{"", "posbias"}, {lengthsPath, "kind"}, {"", figuresKey, true}}));
        }
    }

    void setValues()
    {
        for (BoundField& field : bindFields(m_experiment)) {
            if (field.kindOf)
                continue;
            const JsonEntry* entry = entryOf(field.description);
            field.set(entry ? valueOf(*entry, field.description) : field.description.defaultValue);
        }
        if (!find("view"))
            m_experiment.view = defaultView(m_experiment.length);
    }

    static FieldValue valueOf(const JsonEntry& entry, const FieldDescription& field)
    {
        if (entry.type == JsonType::Number || entry.type == JsonType::Text)
            return checkedValue(field, entry.value);
        refuseValue(field, foundText(entry));
    }

    std::vector<JsonEntry> m_entries;
    Combinations m_combinations;
    Experiment m_experiment;
    bool m_hasSchemes = false;
};

}  // namespace

std::string toJson(const Experiment& experiment)
{
    const Descriptions fields = describeFields(experiment);
    std::string text = "{\n  \"posbias\": " + std::to_string(formatVersion);
    std::string previous;
    for (const FieldDescription& field : fields) {
        const std::string key = field.path.substr(0, field.path.find('.'));
        if (key != previous)
            text += ",\n  " + quotedKey(key) + ": " +
                    (key == "schemes" ? schemesText(fields, experiment.schemes.size()) : valueAt(fields, key));
        previous = key;
    }
    return text + "\n}\n";
}

Experiment experimentIn(std::vector<JsonEntry> entries, Combinations combinations)
{
    return FileReader(std::move(entries), combinations).read();
}

Experiment fromJson(std::string_view text, const std::string& source)
{
    return lectureFromJson(text, source).experiment;
}

std::string experimentText(const std::filesystem::path& file)
{
    constexpr TextKind kind{"an experiment", "; it is no PosBias experiment", largestJson};
    return readText(file, kind).text;
}

std::string bytesFor(const std::filesystem::path& file, std::string text)
{
    return file.extension() == ".gz" || holdsGzip(file) ? packedGzip(text) : std::move(text);
}

Experiment readExperiment(const std::filesystem::path& file)
{
    return fromJson(experimentText(file), file.string());
}

void writeExperiment(const std::filesystem::path& file, const Experiment& experiment)
{
    writeFileAtomically(file, bytesFor(file, toJson(experiment)));
}

}  // namespace posbias
