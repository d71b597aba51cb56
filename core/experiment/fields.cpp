// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/fields.h"

#include "core/base/error.h"
#include "core/experiment/bound_fields.h"
#include "core/experiment/field_tables.h"

#include <charconv>

namespace posbias {

namespace {

/// Why a field has no effect now; empty when it has.
std::string disabledReason(const Experiment& experiment, std::string_view path)
{
    if (experiment.corpus.counts == Counts::Expected) {
        if (path == "corpus.documents")
            return "With expected counts the number of documents cancels";
        if (path == "corpus.seed")
            return "Expected counts have no randomness";
        if (path == "corpus.heldOut" || path == "learning.stopping")
            return "With expected counts held-out documents equal the training data";
        if (path == "learning.batch")
            return "Expected counts have no documents to choose from";
    }
    if (stepsOf(experiment.learning) == 0 && (path == "learning.learningRate" || path == "learning.weightDecay"))
        return "With 0 steps every parameter keeps its initial value";
    if (path == "scaling" && std::holds_alternative<NoContent>(experiment.content))
        return "Without content there is no dot product to scale";
    return {};
}

bool showsCell(const Experiment& experiment, const CellChoice& cell)
{
    const std::int64_t key = cell.query - cell.offset;
    const auto inside = [&](std::int64_t position) { return position >= 0 && position < experiment.length; };
    return inside(cell.query) && inside(key) && (experiment.mask == Mask::Bidirectional || cell.offset >= 0);
}

FieldValue valueFromText(const FieldDescription& field, std::string_view text)
{
    if (field.type == FieldType::Text || field.type == FieldType::Choice)
        return std::string(text);
    const char* end = text.data() + text.size();
    std::int64_t whole = 0;
    const auto wholeResult = std::from_chars(text.data(), end, whole);
    if (wholeResult.ec == std::errc{} && wholeResult.ptr == end)
        return whole;
    double real = 0.0;
    const auto realResult = std::from_chars(text.data(), end, real);
    if (realResult.ec == std::errc{} && realResult.ptr == end)
        return real;
    refuseValue(field, quotedText(text));
}

BoundField& existingField(std::vector<BoundField>& fields, const Experiment& experiment, std::string_view path)
{
    if (BoundField* field = findField(fields, path))
        return *field;
    throw InputError(std::string(path), unknownPathMessage(experiment, path));
}

void setField(Experiment& experiment, BoundField& field, const FieldValue& value)
{
    const std::string path = field.description.path;
    field.set(checkedValue(field.description, value));
    if ((path == "length" || path == "mask") && !showsCell(experiment, experiment.view))
        experiment.view = defaultView(experiment.length);
}

template <class E>
E enumFromId(std::string_view id, const char* subject)
{
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < tables::Names<E>::values.size(); ++i) {
        if (tables::Names<E>::values[i].id == id)
            return static_cast<E>(i);
        ids.push_back(quotedText(tables::Names<E>::values[i].id));
    }
    throw InputError(subject, std::string(subject) + " is " + quotedText(id) + "; it must be " + listText(ids, "or"));
}

template <class E>
std::string enumId(E value)
{
    return std::string(tables::Names<E>::values[static_cast<std::size_t>(value)].id);
}

}  // namespace

std::vector<FieldDescription> describeFields(const Experiment& experiment)
{
    Experiment copy = experiment;
    std::vector<FieldDescription> descriptions;
    for (BoundField& field : bindFields(copy)) {
        field.description.disabledReason = disabledReason(experiment, field.description.path);
        descriptions.push_back(std::move(field.description));
    }
    return descriptions;
}

std::vector<FieldDescription> describeScheme(const Scheme& scheme)
{
    Scheme copy = scheme;
    std::vector<FieldDescription> descriptions;
    for (BoundField& field : bindScheme(copy))
        descriptions.push_back(std::move(field.description));
    return descriptions;
}

Experiment withField(const Experiment& experiment, std::string_view path, const FieldValue& value)
{
    Experiment changed = experiment;
    std::vector<BoundField> fields = bindFields(changed);
    setField(changed, existingField(fields, experiment, path), value);
    return changed;
}

Experiment withFieldText(const Experiment& experiment, std::string_view path, std::string_view text)
{
    Experiment changed = experiment;
    std::vector<BoundField> fields = bindFields(changed);
    BoundField& field = existingField(fields, experiment, path);
    setField(changed, field, valueFromText(field.description, text));
    return changed;
}

std::string maskId(Mask mask)
{
    return enumId(mask);
}
Mask maskFromId(std::string_view id)
{
    return enumFromId<Mask>(id, "mask");
}
std::string variantId(T5Variant variant)
{
    return enumId(variant);
}
T5Variant variantFromId(std::string_view id)
{
    return enumFromId<T5Variant>(id, "variant");
}

}  // namespace posbias
