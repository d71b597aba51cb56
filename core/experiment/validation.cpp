// SPDX-License-Identifier: GPL-3.0-or-later
// What is allowed in combination: each field's own range comes from its description.
#include "core/base/error.h"
#include "core/experiment/bound_fields.h"
#include "core/experiment/listed_lengths.h"

#include <algorithm>
#include <string>

namespace posbias {

namespace {

constexpr std::size_t fewestSchemes = 2, mostSchemes = 26;
constexpr std::int64_t mostSampledTokens = std::int64_t{1} << 26;
constexpr std::int64_t mostKeyNumbers = std::int64_t{1} << 27;

std::string number(std::int64_t value)
{
    return std::to_string(value);
}

void checkScheme(const PerOffset&, Mask) {}
void checkScheme(const T5& scheme, Mask mask)
{
    t5Shape(scheme, mask);
}

void checkSchemes(const Experiment& experiment)
{
    for (std::size_t i = 0; i < experiment.schemes.size(); ++i) {
        try {
            std::visit([&](const auto& scheme) { checkScheme(scheme, experiment.mask); }, experiment.schemes[i]);
        } catch (const InputError& error) {
            const std::string owner = "schemes." + std::to_string(i) + '.';
            throw InputError(owner + error.subject(), "scheme " + schemeLetter(i) + ": " + owner + error.what());
        }
    }
}

void checkCorpus(const Experiment& experiment)
{
    const CorpusSettings& corpus = experiment.corpus;
    const std::int64_t L = experiment.trainingLength;
    if (corpus.counts == Counts::Sampled && corpus.documents > mostSampledTokens / L)
        throw InputError("corpus.documents", "corpus.documents is " + number(corpus.documents) +
                                                 "; sampled with training length " + number(L) +
                                                 " it must be at most " + number(mostSampledTokens / L) + " (" +
                                                 number(mostSampledTokens) + " tokens in all)");
    const std::int64_t mostHeldOut = std::max(CorpusSettings{}.heldOut, mostSampledTokens / L);
    if (corpus.counts == Counts::Sampled && corpus.heldOut > mostHeldOut)
        throw InputError("corpus.heldOut", "corpus.heldOut is " + number(corpus.heldOut) +
                                               "; sampled with training length " + number(L) + " it must be at most " +
                                               number(mostHeldOut));
    if (const auto* listed = std::get_if<ListedLengths>(&corpus.lengths))
        countedLengths(*listed);
    const auto* pareto = std::get_if<ParetoLengths>(&corpus.lengths);
    if (pareto && pareto->min > L)
        throw InputError("corpus.lengths.min", "corpus.lengths.min is " + number(pareto->min) +
                                                   "; it must be at most the training length, " + number(L));
}

void checkLearning(const Experiment& experiment)
{
    const bool wantsHeldOut = std::visit(
        [](const auto& chosen) {
            if constexpr (requires { chosen.stopping; })
                return chosen.stopping == Stopping::BestHeldOut;
            else
                return false;
        },
        experiment.learning);
    if (wantsHeldOut && experiment.corpus.counts == Counts::Sampled && experiment.corpus.heldOut == 0)
        throw InputError("learning.stopping",
                         "learning.stopping is \"best-held-out\", but corpus.heldOut is 0; with no "
                         "held-out documents it must be \"last-step\"");
}

/// A query then takes about a tenth of a second.
void checkContent(const Experiment& experiment)
{
    const auto* content = std::get_if<RandomContent>(&experiment.content);
    if (content && experiment.length > mostKeyNumbers / content->dimension)
        throw InputError("length",
                         "length is " + number(experiment.length) + "; with random content of dimension " +
                             number(content->dimension) + " it must be at most " +
                             number(mostKeyNumbers / content->dimension) + " (" + number(mostKeyNumbers) +
                             " numbers in all keys), because every query needs its dot product with every key");
}

void checkView(const Experiment& experiment)
{
    const CellChoice& view = experiment.view;
    const std::int64_t last = experiment.length - 1;
    if (view.query > last)
        throw InputError("view.query", "view.query is " + number(view.query) + "; with length " +
                                           number(experiment.length) + " it must be from 0 to " + number(last));
    const std::int64_t lowest = experiment.mask == Mask::Causal ? 0 : view.query - last;
    if (view.offset < lowest || view.offset > view.query)
        throw InputError("view.offset", "view.offset is " + number(view.offset) + "; with view.query " +
                                            number(view.query) + (lowest == 0 ? " and a causal mask" : "") +
                                            " it must be from " + number(lowest) + " to " + number(view.query));
}

}  // namespace

void validate(const Experiment& experiment)
{
    const std::size_t count = experiment.schemes.size();
    if (count < fewestSchemes || count > mostSchemes)
        throw InputError("schemes", "schemes has " + std::to_string(count) + (count == 1 ? " entry" : " entries") +
                                        "; it must have from " + std::to_string(fewestSchemes) + " to " +
                                        std::to_string(mostSchemes));
    Experiment copy = experiment;
    for (const BoundField& field : bindFields(copy))
        checkedValue(field.description, field.description.value);
    checkSchemes(experiment);
    checkCorpus(experiment);
    checkLearning(experiment);
    checkContent(experiment);
    checkView(experiment);
}

}  // namespace posbias
