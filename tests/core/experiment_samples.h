// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Experiments for tests: one of each kind, and valid random ones made from the field descriptions.

#include "core/base/error.h"
#include "core/experiment/fields.h"

#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace posbias::samples {

/// Each differs from the default in one kind, so that together they have every field there is.
inline std::vector<Experiment> everyKind()
{
    std::vector<Experiment> all;
    const Experiment base;
    for (const FieldDescription& field : describeFields(base))
        for (const FieldChoice& choice : field.choices)
            all.push_back(withField(base, field.path, choice.id));
    return all;
}

/// A value of the field's own range; its ends often.
inline FieldValue randomValue(const FieldDescription& field, std::mt19937_64& random)
{
    const auto below = [&](std::uint64_t n) { return random() % n; };
    if (field.type == FieldType::Choice)
        return field.choices[below(field.choices.size())].id;
    if (field.type == FieldType::Text) {
        const std::vector<std::string> texts = {"", "plain", "quote \" slash \\ / tab-free",
                                                "\u00fcber \u221a2 \U0001F600"};
        return texts[below(texts.size())];
    }
    const std::uint64_t end = below(8);
    if (field.type == FieldType::Integer) {
        const auto min = static_cast<std::int64_t>(field.min), max = static_cast<std::int64_t>(field.max);
        if (end < 2)
            return end == 0 ? min : max;
        return min + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(max - min) + 1) >> below(40));
    }
    if (end < 2)
        return end == 0 && !field.minExcluded ? field.min : field.max;
    const double unit = static_cast<double>((random() >> 11) + 1) * 0x1p-53;
    return field.min + (field.max - field.min) * std::pow(unit, static_cast<double>(1 + below(20)));
}

/// Not always valid in combination.
inline Experiment randomExperiment(std::mt19937_64& random)
{
    Experiment experiment;
    experiment.schemes.resize(2 + random() % 4);
    // A kind comes before the fields that exist because of it.
    for (std::size_t i = 0; i < describeFields(experiment).size(); ++i) {
        const FieldDescription field = describeFields(experiment)[i];
        experiment = withField(experiment, field.path, randomValue(field, random));
    }
    return experiment;
}

/// Combinations repaired where the dice made them invalid.
inline Experiment randomValidExperiment(std::mt19937_64& random)
{
    Experiment e = randomExperiment(random);
    for (Scheme& scheme : e.schemes)
        if (auto* t5 = std::get_if<T5>(&scheme)) {
            t5->buckets = std::max<std::int64_t>(t5->buckets, 4);
            t5->maxDistance = std::max(t5->maxDistance, t5->buckets + 1);
        }
    if (const auto* content = std::get_if<RandomContent>(&e.content))
        e.length = std::min(e.length, (std::int64_t{1} << 27) / content->dimension);
    if (e.corpus.counts == Counts::Sampled)
        e.corpus.documents = std::min(e.corpus.documents, (std::int64_t{1} << 26) / e.trainingLength);
    if (auto* pareto = std::get_if<ParetoLengths>(&e.corpus.lengths))
        pareto->min = std::min(pareto->min, e.trainingLength);
    if (auto* listed = std::get_if<ListedLengths>(&e.corpus.lengths))
        listed->counts = "1:3 " + std::to_string(std::max<std::int64_t>(e.trainingLength, 2)) + ":1";
    e.corpus.heldOut =
        std::max<std::int64_t>(1, std::min(e.corpus.heldOut, (std::int64_t{1} << 26) / e.trainingLength));
    e.view.query = std::min(e.view.query, e.length - 1);
    e.view.offset = e.view.query / 2;
    return e;
}

/// The error that `action` throws, as "subject | message", or "no error".
template <class Action>
std::string errorOf(const Action& action)
{
    try {
        action();
    } catch (const InputError& error) {
        return error.subject() + " | " + error.what();
    }
    return "no error";
}

}  // namespace posbias::samples
