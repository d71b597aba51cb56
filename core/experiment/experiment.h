// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Everything a person chose, as one plain value. Saved as a .posbias file (core/io/experiment_file.h);
// ranges and labels of every field are described once, in core/experiment/field_tables.h.

#include "core/base/offsets.h"
#include "core/schemes/scheme.h"

#include <cstdint>
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
using Lengths = std::variant<FixedLengths, UniformLengths, ParetoLengths>;

/// Sampled: seeded draws. Expected: an infinite corpus scaled to the number of documents, no randomness.
enum class Counts { Sampled, Expected };

struct CorpusSettings {
    std::int64_t documents = 40;
    Lengths lengths = FixedLengths{};
    Counts counts = Counts::Sampled;
    std::int64_t seed = 1;
    bool operator==(const CorpusSettings&) const = default;
};

/// Full batch, bias-corrected, beta 0.9 / 0.999, epsilon 1e-8 (Kingma & Ba 2015, algorithm 1);
/// weightDecay * u is added to the gradient, as in PyTorch's Adam.
struct Adam {
    double learningRate = 0.03;
    std::int64_t steps = 1000;
    double weightDecay = 0.0;
    double initial = 0.0;
    bool operator==(const Adam&) const = default;
};
/// The minimum of mean loss + (weightDecay / 2) * sum of (u - initial)^2 over exposed parameters.
struct Exact {
    double weightDecay = 1e-6;
    double initial = 0.0;
    bool operator==(const Exact&) const = default;
};
using Learning = std::variant<Adam, Exact>;

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
    Content content = NoContent{};
    Scaling scaling = Scaling::Unscaled;
    CellChoice view;
    bool operator==(const Experiment&) const = default;
};

/// A telling cell for a sequence of this length: query 0.85 n, offset 0.7 n (850 and 700 at n = 1000).
CellChoice defaultView(std::int64_t length);

/// The initial value of every parameter.
double initialValue(const Learning& learning);

/// "A", "B", ... for scheme 0, 1, ... (up to 26).
std::string schemeLetter(std::size_t index);

}  // namespace posbias
