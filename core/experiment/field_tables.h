// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one description of every field: for each struct of an experiment its rows, in the order of the file.
// Files, --set, forms, help and validation all walk these tables (core/experiment/bound_fields.h). Forgetting
// a member, a kind or an enumerator's name does not compile. Defaults are those of a default-constructed struct.

#include "core/experiment/experiment.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace posbias::tables {

struct Name {
    std::string_view id;     ///< as in files
    std::string_view label;  ///< for people
};

/// Of a number: its values; of a text: `max` characters at most.
struct Range {
    double min = 0.0;
    double max = 0.0;
    bool logarithmic = false;
    bool minExcluded = false;
};

struct Info {
    std::string_view key;
    std::string_view label = {};
    std::string_view help = {};
    Range range = {};
    std::string_view group = {};  ///< empty: that of the surrounding struct
    bool ofItsKind = false;       ///< another kind means something else by it: not carried over when the kind changes
};

template <class S>
using Member =
    std::variant<std::int64_t S::*, double S::*, std::string S::*, Mask S::*, T5Variant S::*, Counts S::*, Scaling S::*,
                 Teacher S::*, Lengths S::*, Learning S::*, Content S::*, std::vector<Scheme> S::*, CorpusSettings S::*,
                 CellChoice S::*, Stopping S::*, LevelShifts S::*, SweepOver S::*, SweepSettings S::*>;

template <class S>
struct Row {
    Member<S> member;
    Info info;
};

/// `rows` of a struct and, when it is a kind to choose, its `name` (a scheme's is in schemeInfos()).
template <class S>
struct Described;

/// `values`: the names of an enum's values 0, 1, ...
template <class E>
struct Names;

/// How the choice among a variant's alternatives is spelled. An empty key: the choice is the value itself
/// ("lengths": "fixed"), and an object with the key "kind" when the kind has fields of its own.
template <class V>
struct Kind;

inline constexpr double highestLength = static_cast<double>(maxLength);
inline constexpr double highestSeed = 9007199254740992.0;  // 2^53: exact in JSON readers that know only doubles

// ---- Choices -------------------------------------------------------------------------------------------------

template <>
struct Names<Mask> {
    static constexpr std::array values{Name{"causal", "Causal"}, Name{"bidirectional", "Both ways"}};
};
template <>
struct Names<T5Variant> {
    static constexpr std::array values{Name{"huggingface", "Hugging Face"}, Name{"book", "Book"}};
};
template <>
struct Names<Counts> {
    static constexpr std::array values{Name{"sampled", "Sampled"}, Name{"expected", "Expected"}};
};
template <>
struct Names<Stopping> {
    static constexpr std::array values{Name{"last-step", "Last step"}, Name{"best-held-out", "Best held out"}};
};
template <>
struct Names<SweepOver> {
    static constexpr std::array values{Name{"buckets", "Buckets"}, Name{"max-distance", "Max distance"},
                                       Name{"documents", "Documents"}};
};
template <>
struct Names<Scaling> {
    static constexpr std::array values{Name{"unscaled", "q\u00b7k + b"},
                                       Name{"scaled_then_bias", "q\u00b7k / \u221adim + b"},
                                       Name{"book_bias_inside", "(q\u00b7k + b) / \u221adim"}};
};

template <>
struct Kind<Scheme> {
    static constexpr std::string_view key = "scheme";
};
template <>
struct Kind<Teacher> {
    static constexpr std::string_view key = "kind";
};
template <>
struct Kind<Lengths> {
    static constexpr std::string_view key = "";
};
template <>
struct Kind<Learning> {
    static constexpr std::string_view key = "optimizer";
};
template <>
struct Kind<Content> {
    static constexpr std::string_view key = "kind";
};

// ---- Schemes -------------------------------------------------------------------------------------------------

template <>
struct Described<PerOffset> {
    static constexpr std::array<Row<PerOffset>, 0> rows{};
};

template <>
struct Described<T5> {
    static constexpr auto rows = std::to_array<Row<T5>>({
        {&T5::variant,
         {"variant", "Definition",
          "Hugging Face: float32 arithmetic as transformers runs it. Book: n_b + 1 buckets in exact arithmetic."}},
        {&T5::buckets,
         {"buckets",
          "Buckets",
          "Hugging Face's num_buckets; the book's n_b, one less than its number of buckets.",
          {2, 65536, true}}},
        {&T5::maxDistance,
         {"maxDistance",
          "Max distance",
          "Where the widening steps end: offsets beyond share the last bucket.",
          {1, 2147483647, true}}},
    });
};

// ---- Teachers ------------------------------------------------------------------------------------------------

template <>
struct Described<PowerLaw> {
    static constexpr Name name{"power-law", "Power law"};
    static constexpr auto rows = std::to_array<Row<PowerLaw>>({
        {&PowerLaw::exponent,
         {"exponent", "Exponent", "Preference g(d) = \u2212exponent \u00b7 log(1 + |d|).", {0, 10}}},
    });
};

template <>
struct Described<Exponential> {
    static constexpr Name name{"exponential", "Exponential"};
    static constexpr auto rows = std::to_array<Row<Exponential>>({
        {&Exponential::scale, {"scale", "Scale", "Preference g(d) = \u2212|d| / scale.", {0.1, 1e7, true}}},
    });
};

template <>
struct Described<Window> {
    static constexpr Name name{"window", "Window"};
    static constexpr auto rows = std::to_array<Row<Window>>({
        {&Window::width, {"width", "Width", "Preference g(d) = 0 for |d| below the width.", {1, highestLength, true}}},
        {&Window::penalty, {"penalty", "Penalty", "Preference g(d) = \u2212penalty outside the window.", {0, 100}}},
    });
};

template <>
struct Described<Periodic> {
    static constexpr Name name{"periodic", "Periodic"};
    static constexpr auto rows = std::to_array<Row<Periodic>>({
        {&Periodic::exponent,
         {"exponent",
          "Exponent",
          "Preference g(d) = \u2212exponent \u00b7 log(1 + |d|) + amplitude \u00b7 cos(2\u03c0d / period).",
          {0, 10}}},
        {&Periodic::amplitude, {"amplitude", "Amplitude", "How strong the waves are, in log odds.", {0, 20}}},
        {&Periodic::period, {"period", "Period", "Offsets from one wave's crest to the next.", {1, 1e6, true}}},
    });
};

// ---- Training documents ----------------------------------------------------------------------------------------

template <>
struct Described<FixedLengths> {
    static constexpr Name name{"fixed", "Fixed"};
    static constexpr std::array<Row<FixedLengths>, 0> rows{};
};

template <>
struct Described<UniformLengths> {
    static constexpr Name name{"uniform", "Uniform"};
    static constexpr std::array<Row<UniformLengths>, 0> rows{};
};

template <>
struct Described<ParetoLengths> {
    static constexpr Name name{"pareto", "Pareto"};
    static constexpr auto rows = std::to_array<Row<ParetoLengths>>({
        {&ParetoLengths::exponent,
         {"exponent",
          "Tail exponent",
          "A document has length x or more with probability (min / x)^exponent.",
          {0.1, 10, true}}},
        {&ParetoLengths::min, {"min", "Shortest", "The shortest document.", {1, highestLength, true}}},
    });
};

template <>
struct Described<ListedLengths> {
    static constexpr Name name{"listed", "Listed"};
    static constexpr auto rows = std::to_array<Row<ListedLengths>>({
        {&ListedLengths::counts,
         {"counts",
          "Documents of each length",
          "Pairs \u201clength:documents\u201d, ascending, separated by spaces; longer documents are cut.",
          {3, 1e6}}},
    });
};

template <>
struct Described<CorpusSettings> {
    static constexpr auto rows = std::to_array<Row<CorpusSettings>>({
        {&CorpusSettings::documents, {"documents", "Documents", "How many documents training reads.", {1, 1e6, true}}},
        {&CorpusSettings::lengths,
         {"lengths", "Lengths",
          "Fixed: all have the training length. Uniform: 1 up to it. Pareto: many short, few long, cut at it. "
          "Listed: as counted in a file."}},
        {&CorpusSettings::counts,
         {"counts", "Counts",
          "Sampled: seeded random draws. Expected: the average over all possible corpora, without randomness."}},
        {&CorpusSettings::seed, {"seed", "Seed", "Another seed draws other documents.", {0, highestSeed}}},
        {&CorpusSettings::heldOut,
         {"heldOut",
          "Held out",
          "Documents drawn like the others that training never reads: they tell when to stop.",
          {0, 1e6, true}}},
    });
};

// ---- Training --------------------------------------------------------------------------------------------------

inline constexpr Name stepRuleName(StepRule rule)
{
    switch (rule) {
    case StepRule::Sgd: return {"sgd", "SGD"};
    case StepRule::Momentum: return {"momentum", "SGD, momentum"};
    case StepRule::Adam: return {"adam", "Adam"};
    case StepRule::AdamW: return {"adamw", "AdamW"};
    case StepRule::Adafactor: return {"adafactor", "Adafactor"};
    }
    return {};
}

inline constexpr Info initialInfo{"initial",
                                  "Initial value",
                                  "Every parameter starts here; untrained ones stay, "
                                  "but for what weight decay takes.",
                                  {-100, 100}};
inline constexpr Info spreadInfo{"spread",
                                 "Initial \u03c3",
                                 "Initial values are drawn from N(initial value, \u03c3\u00b2); 0: all the same.",
                                 {0, 10}};
inline constexpr Info learningSeedInfo{
    "seed", "Seed", "Of random initial values and of the order of documents.", {0, highestSeed}};

template <StepRule rule>
struct Described<Descent<rule>> {
    static constexpr Name name = stepRuleName(rule);
    static constexpr auto rows = std::to_array<Row<Descent<rule>>>({
        {&Descent<rule>::learningRate,
         {"learningRate",
          "Learning rate",
          rule == StepRule::Adafactor
              ? "How far one step moves, relative to the parameters\u2019 root mean square (at least 0.001)."
              : "How far one step moves.",
          {0, 10, true, true},
          {},
          true}},
        {&Descent<rule>::steps, {"steps", "Steps", "Steps from the initial values.", {0, 1e6, true}, {}, true}},
        {&Descent<rule>::batch,
         {"batch", "Batch", "Documents read for each step, in random order; 0: the whole corpus.", {0, 1e6, true}}},
        {&Descent<rule>::weightDecay,
         {"weightDecay",
          "Weight decay",
          rule == StepRule::AdamW ? "Times learning rate and parameter, taken off every parameter, untrained ones too."
          : rule == StepRule::Adafactor
              ? "Times the step\u2019s rate and parameter, taken off every parameter, untrained ones too."
              : "Times the parameter, added to its gradient: it shrinks untrained parameters, too.",
          {0, 1},
          {},
          true}},
        {&Descent<rule>::initial, initialInfo},
        {&Descent<rule>::spread, spreadInfo},
        {&Descent<rule>::seed, learningSeedInfo},
        {&Descent<rule>::stopping,
         {"stopping", "Stop at",
          "The last step, or the one with the lowest loss on the held-out documents (early stopping)."}},
    });
};

template <>
struct Described<Exact> {
    static constexpr Name name{"exact", "Exact minimum"};
    static constexpr auto rows = std::to_array<Row<Exact>>({
        {&Exact::weightDecay,
         {"weightDecay",
          "Weight decay",
          "Strength of the pull towards the initial value, which makes the minimum unique.",
          {0, 1, true, true},
          {},
          true}},
        {&Exact::initial,
         {"initial",
          "Initial value",
          "Trained parameters are pulled towards it; untrained ones have it.",
          {-100, 100}}},
        {&Exact::spread, spreadInfo},
        {&Exact::seed, learningSeedInfo},
    });
};

template <>
struct Described<LevelShifts> {
    static constexpr auto rows = std::to_array<Row<LevelShifts>>({
        {&LevelShifts::a, {"a", "Shift A", "Added to every trained bias of A: training cannot see it.", {-20, 20}}},
        {&LevelShifts::b, {"b", "Shift B", "Added to every trained bias of B: training cannot see it.", {-20, 20}}},
    });
};

// ---- Sweep -----------------------------------------------------------------------------------------------------

template <>
struct Described<SweepSettings> {
    static constexpr auto rows = std::to_array<Row<SweepSettings>>({
        {&SweepSettings::over, {"over", "Over", "The setting that is tried at several values."}},
        {&SweepSettings::points,
         {"points", "Values", "How many values, evenly spaced on a logarithmic axis.", {2, 200, true}}},
        {&SweepSettings::seeds,
         {"seeds", "Seeds", "Corpora drawn for each value; the band shows their spread.", {1, 64, true}}},
    });
};

// ---- Content ---------------------------------------------------------------------------------------------------

template <>
struct Described<NoContent> {
    static constexpr Name name{"none", "None"};
    static constexpr std::array<Row<NoContent>, 0> rows{};
};

template <>
struct Described<RandomContent> {
    static constexpr Name name{"random", "Random"};
    static constexpr auto rows = std::to_array<Row<RandomContent>>({
        {&RandomContent::dimension,
         {"dimension", "Dimension", "Entries of each query and key vector.", {1, 1024, true}}},
        {&RandomContent::seed, {"seed", "Seed", "Another seed draws other queries and keys.", {0, highestSeed}}},
    });
};

// ---- The whole -------------------------------------------------------------------------------------------------

template <>
struct Described<CellChoice> {
    static constexpr auto rows = std::to_array<Row<CellChoice>>({
        {&CellChoice::query, {"query", "Query i", "The crosshair's query position i.", {0, highestLength - 1}}},
        {&CellChoice::offset,
         {"offset",
          "Offset d",
          "The crosshair's offset d = i \u2212 j, query minus key.",
          {1 - highestLength, highestLength - 1}}},
    });
};

template <>
struct Described<Experiment> {
    static constexpr auto rows = std::to_array<Row<Experiment>>({
        {&Experiment::title, {"title", "Title", "What this experiment is called.", {0, 200}, "title"}},
        {&Experiment::mask,
         {"mask",
          "Mask",
          "Causal: a query reads itself and earlier keys. Both ways: it reads every key.",
          {},
          "sequence"}},
        {&Experiment::trainingLength,
         {"trainingLength",
          "Training length L",
          "No training document is longer.",
          {1, highestLength, true},
          "sequence"}},
        {&Experiment::length,
         {"length",
          "Length shown n",
          "Positions in the sequence shown; past the training length when n is above L.",
          {1, highestLength, true},
          "sequence"}},
        {&Experiment::schemes, {"schemes", "Kind", "The rule by which position enters attention.", {}, "scheme"}},
        {&Experiment::teacher,
         {"teacher", "Teacher", "The true preference that the training data follows.", {}, "data"}},
        {&Experiment::corpus, {"corpus", {}, {}, {}, "data"}},
        {&Experiment::learning,
         {"learning",
          "Optimizer",
          "How parameters are trained: Adam as most Transformers, Adafactor as T5; or the exact minimum of the loss.",
          {},
          "training"}},
        {&Experiment::level, {"level", {}, {}, {}, "level"}},
        {&Experiment::content,
         {"content",
          "Content",
          "None: attention from biases alone. Random: with the dot products of random queries and keys; maps of more "
          "than 268 million cells (16384 x 16384 at dimension 64) then show one query for each row of pixels.",
          {},
          "content"}},
        {&Experiment::scaling, {"scaling", "Scaling", "How a bias meets the dot product.", {}, "content"}},
        {&Experiment::sweep, {"sweep", {}, {}, {}, "sweep"}},
        {&Experiment::view, {"view", {}, {}, {}, "view"}},
    });
};

// ---- Nothing forgotten -------------------------------------------------------------------------------------------

struct Anything {
    template <class T>
    operator T() const;
};
template <class S, class... Some>
consteval std::size_t memberCount()
{
    if constexpr (requires { S{Some{}..., Anything{}}; })
        return memberCount<S, Some..., Anything>();
    else
        return sizeof...(Some);
}
template <class... S>
inline constexpr bool complete = ((memberCount<S>() == Described<S>::rows.size()) && ...);
template <class... A>
constexpr bool completeKinds(const std::variant<A...>*)
{
    return complete<A...>;
}
template <class V>
inline constexpr bool allComplete = completeKinds(static_cast<const V*>(nullptr));

static_assert(complete<Experiment, CorpusSettings, CellChoice, LevelShifts, SweepSettings>, "a member has no row");
static_assert(allComplete<Scheme> && allComplete<Teacher> && allComplete<Lengths> && allComplete<Learning> &&
                  allComplete<Content>,
              "a member has no row");

}  // namespace posbias::tables
