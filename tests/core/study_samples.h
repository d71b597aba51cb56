// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Small experiments of every kind that the studies treat differently, and the studies' definitions query by query.

#include "core/evaluation/result.h"
#include "core/learning/teacher.h"

#include <cmath>

namespace posbias::samples {

inline Experiment small(Mask mask)
{
    Experiment experiment;
    experiment.mask = mask;
    experiment.trainingLength = 24;
    experiment.length = 60;
    experiment.schemes = {PerOffset{}, T5{T5Variant::HuggingFace, 8, 16}, T5{T5Variant::HuggingFace, 16, 120}};
    experiment.corpus.documents = 30;
    return experiment;
}

/// Per-offset, trained buckets, and buckets of which some are untrained; every mask, optimizer and kind of corpus.
inline std::vector<Experiment> everySmall()
{
    std::vector<Experiment> all;
    for (const Mask mask : {Mask::Causal, Mask::Bidirectional}) {
        Experiment experiment = small(mask);
        all.push_back(experiment);
        experiment.learning = Exact{};
        all.push_back(experiment);
        experiment.learning = Adam{.steps = 30};
        experiment.corpus.counts = Counts::Expected;
        all.push_back(experiment);
        experiment.corpus.counts = Counts::Sampled;
        experiment.corpus.lengths = ParetoLengths{1.0, 4};
        all.push_back(experiment);
    }
    return all;
}

/// KL of one query, in long double.
template <typename Bias>
double klOfQuery(const Experiment& experiment, std::int64_t length, std::int64_t i, const Bias& b)
{
    const std::int64_t first = experiment.mask == Mask::Causal ? 0 : i - (length - 1);
    long double teacherZ = 0, z = 0;
    const auto g = [&](std::int64_t d) { return static_cast<long double>(preference(experiment.teacher, d)); };
    for (std::int64_t d = first; d <= i; ++d) {
        teacherZ += std::exp(g(d));
        z += std::exp(static_cast<long double>(b(d)));
    }
    long double kl = 0;
    for (std::int64_t d = first; d <= i; ++d)
        kl += std::exp(g(d)) / teacherZ * (g(d) - std::log(teacherZ) - static_cast<long double>(b(d)) + std::log(z));
    return static_cast<double>(kl);
}

template <typename Bias>
double klOf(const Experiment& experiment, std::int64_t length, const Bias& b)
{
    long double kl = 0;
    for (std::int64_t i = 0; i < length; ++i)
        kl += klOfQuery(experiment, length, i, b);
    return static_cast<double>(kl / length);
}

}  // namespace posbias::samples
