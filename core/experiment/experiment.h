// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Everything a person chose, as one plain value. Saved as a .posbias file (core/io/experiment_file.h);
// ranges and labels of every field are described once, in core/experiment/field_tables.h.

#include "core/base/offsets.h"
#include "core/schemes/scheme.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace posbias {

/// The true preference g(d) of simulated data: query i reads offset d with probability
/// exp g(d) / sum over visible d' of exp g(d').
struct PowerLaw {  ///< g(d) = -exponent * log(1 + |d|)
    double exponent = 1.5;
    bool operator==(const PowerLaw&) const = default;
};
struct Exponential {  ///< g(d) = -|d| / scale
    double scale = 64.0;
    bool operator==(const Exponential&) const = default;
};
struct Window {  ///< g(d) = 0 for |d| < width, else -penalty
    std::int64_t width = 64;
    double penalty = 6.0;
    bool operator==(const Window&) const = default;
};
struct Periodic {  ///< g(d) = -exponent * log(1 + |d|) + amplitude * cos(2 pi d / period)
    double exponent = 1.0;
    double amplitude = 1.0;
    double period = 32.0;
    bool operator==(const Periodic&) const = default;
};
using Teacher = std::variant<PowerLaw, Exponential, Window, Periodic>;

/// Lengths of training documents; none exceeds the training length.
struct FixedLengths {  ///< every document has the training length
    bool operator==(const FixedLengths&) const = default;
};
struct UniformLengths {  ///< 1 .. training length, equally likely
    bool operator==(const UniformLengths&) const = default;
};
struct ParetoLengths {  ///< P(length >= x) = (min / x)^exponent for x >= min; longer documents are cut at L
    double exponent = 1.5;
    std::int64_t min = 16;
    bool operator==(const ParetoLengths&) const = default;
};
/// Document lengths as they were counted somewhere: each is drawn as often as it occurs; longer ones are cut at L.
struct ListedLengths {
    std::string counts = "512:1";  ///< "length:documents", ascending by length, separated by spaces
    bool operator==(const ListedLengths&) const = default;
};
using Lengths = std::variant<FixedLengths, UniformLengths, ParetoLengths, ListedLengths>;

/// Sampled: seeded draws. Expected: an infinite corpus scaled to the number of documents, no randomness.
enum class Counts { Sampled, Expected };

struct CorpusSettings {
    std::int64_t documents = 40;
    Lengths lengths = FixedLengths{};
    Counts counts = Counts::Sampled;
    std::int64_t seed = 1;
    /// Documents that training never reads: drawn like the others, from a stream of their own.
    std::int64_t heldOut = 20;
    bool operator==(const CorpusSettings&) const = default;
};

/// How a step moves the parameters along the gradient g of the mean loss.
enum class StepRule {
    Sgd,        ///< u -= lr g
    Momentum,   ///< v = 0.9 v + g, u -= lr v                                        (Polyak 1964, as PyTorch's SGD)
    Adam,       ///< Kingma & Ba 2015, algorithm 1: beta 0.9 / 0.999, epsilon 1e-8
    AdamW,      ///< Adam with decoupled weight decay: u -= lr weightDecay u          (Loshchilov & Hutter 2019)
    Adafactor,  ///< Shazeer & Stern 2018, algorithm 4, as T5 trains: lr relative to the parameters' root mean square;
                ///< weight decay decoupled as in transformers, times that rate
};

/// Which of the steps gives the parameters.
enum class Stopping {
    LastStep,
    BestHeldOut,  ///< the one with the lowest loss on the held-out documents
};

inline constexpr double defaultLearningRate(StepRule rule)
{
    // The Hessian of the mean loss never exceeds 1/2, so that gradient descent is stable up to a rate of 4.
    return rule == StepRule::Sgd ? 4.0 : rule == StepRule::Momentum ? 1.0 : 0.03;
}

/// A number of steps from the initial values. Weight decay: times u, added to the gradient (AdamW, Adafactor: see
/// there). As in PyTorch it moves every parameter, also those that no gradient reaches.
template <StepRule stepRule>
struct Descent {
    static constexpr StepRule rule = stepRule;
    double learningRate = defaultLearningRate(rule);
    std::int64_t steps = rule == StepRule::Sgd || rule == StepRule::Momentum ? 10'000 : 1000;
    std::int64_t batch = 0;  ///< documents for each step, in a seeded order that reads all once an epoch; 0: all
    double weightDecay = rule == StepRule::AdamW ? 0.01 : 0.0;
    double initial = 0.0;
    double spread = 0.0;    ///< initial values are normal with this standard deviation about `initial`
    std::int64_t seed = 1;  ///< of the initial values and of the order of documents
    Stopping stopping = Stopping::LastStep;
    bool operator==(const Descent&) const = default;
};
using Sgd = Descent<StepRule::Sgd>;
using Momentum = Descent<StepRule::Momentum>;
using Adam = Descent<StepRule::Adam>;
using AdamW = Descent<StepRule::AdamW>;
using Adafactor = Descent<StepRule::Adafactor>;

/// The minimum of mean loss + (weightDecay / 2) * sum of (u - its initial value)^2 over exposed parameters.
struct Exact {
    double weightDecay = 1e-6;
    double initial = 0.0;
    double spread = 0.0;
    std::int64_t seed = 1;
    bool operator==(const Exact&) const = default;
};
using Learning = std::variant<Adam, AdamW, Adafactor, Sgd, Momentum, Exact>;

/// Added to every trained parameter of scheme A, or B, after training: the level that training does not see.
struct LevelShifts {
    double a = 0.0;
    double b = 0.0;
    bool operator==(const LevelShifts&) const = default;
};

enum class SweepOver { Buckets, MaxDistance, Documents };

/// Trainings side by side: one setting at several values, each with several corpus seeds.
struct SweepSettings {
    SweepOver over = SweepOver::Buckets;
    std::int64_t points = 30;
    std::int64_t seeds = 8;  ///< corpus seeds from the experiment's own on
    bool operator==(const SweepSettings&) const = default;
};

struct NoContent {  ///< attention from biases alone
    bool operator==(const NoContent&) const = default;
};
struct RandomContent {  ///< q and k normal with standard deviation dimension^(-1/4)
    std::int64_t dimension = 64;
    std::int64_t seed = 1;
    bool operator==(const RandomContent&) const = default;
};
using Content = std::variant<NoContent, RandomContent>;

/// How a bias meets the dot product; without content all three mean softmax(bias).
enum class Scaling {
    Unscaled,        ///< q.k + b                (T5)
    ScaledThenBias,  ///< q.k / sqrt(dim) + b    (MPNet, ALiBi)
    BookBiasInside,  ///< (q.k + b) / sqrt(dim)  (the book's general formula)
};

/// The crosshair's cell: query i and offset d = i - j.
struct CellChoice {
    std::int64_t query = 850;
    std::int64_t offset = 700;
    bool operator==(const CellChoice&) const = default;
};

struct Experiment {
    std::string title = "Past the training length";
    Mask mask = Mask::Causal;
    std::int64_t trainingLength = 512;  ///< L
    std::int64_t length = 1000;         ///< n
    std::vector<Scheme> schemes = {PerOffset{}, T5{}};
    Teacher teacher = PowerLaw{};
    CorpusSettings corpus;
    Learning learning = Adam{};
    LevelShifts level;
    Content content = NoContent{};
    Scaling scaling = Scaling::Unscaled;
    SweepSettings sweep;
    CellChoice view;
    bool operator==(const Experiment&) const = default;
};

/// A telling cell for a sequence of this length: query 0.85 n, offset 0.7 n (850 and 700 at n = 1000).
CellChoice defaultView(std::int64_t length);

/// Where parameters start; those that training never touched stay there, but for weight decay
/// (core/learning/untouched.h). Pure: the same settings and parameter always give the same value.
struct InitialValues {
    double mean = 0.0;
    double spread = 0.0;
    std::int64_t seed = 1;

    bool constant() const { return spread == 0.0; }
    double ofParameter(std::int64_t parameter) const;
    /// Of an offset d that has no parameter: what a table that reached so far would hold there.
    double beyond(std::int64_t d) const;
    bool operator==(const InitialValues&) const = default;
};
InitialValues initialValues(const Learning& learning);
/// Steps that training takes; nothing for `exact`.
std::optional<std::int64_t> stepsOf(const Learning& learning);
/// The shift of scheme 0 or 1; 0 for others.
double levelShift(const Experiment& experiment, std::size_t scheme);

/// "A", "B", ... for scheme 0, 1, ... (up to 26).
std::string schemeLetter(std::size_t index);

}  // namespace posbias
