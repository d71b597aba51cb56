// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Claims over several seeds: ranges of what is measured.

#include "core/base/parallel.h"
#include "core/evaluation/result.h"

#include <QTest>

#include <algorithm>
#include <vector>

namespace posbias {

struct Range {
    double low = 1e300, high = -1e300, sum = 0.0;
    int count = 0;
    void add(double value)
    {
        low = std::min(low, value);
        high = std::max(high, value);
        sum += value;
        ++count;
    }
    double mean() const { return sum / count; }
};

/// KL within the training length, and over the experiment's n, of each scheme: one for each seed 1, 2, ...
struct Distances {
    std::vector<std::vector<double>> within, atLength;  ///< shape (schemes, seeds)

    Range withinRange(std::size_t scheme) const { return rangeOf(within[scheme]); }
    Range atLengthRange(std::size_t scheme) const { return rangeOf(atLength[scheme]); }

private:
    static Range rangeOf(const std::vector<double>& values)
    {
        Range range;
        for (const double value : values)
            range.add(value);
        return range;
    }
};

inline Distances distances(const Experiment& base, std::size_t seeds)
{
    const std::size_t schemes = base.schemes.size();
    Distances out{std::vector(schemes, std::vector<double>(seeds)), std::vector(schemes, std::vector<double>(seeds))};
    inParallel(seeds, [&](std::size_t k) {
        Experiment experiment = base;
        experiment.corpus.seed = static_cast<std::int64_t>(k) + 1;
        const Training training = train(experiment);
        for (std::size_t s = 0; s < schemes; ++s) {
            out.within[s][k] = compareAt(experiment, training, s, experiment.trainingLength).kl;
            out.atLength[s][k] = compareAt(experiment, training, s, experiment.length).kl;
        }
    });
    return out;
}

}  // namespace posbias

#define VERIFY_RANGE(range, least, most)                                                                               \
    QVERIFY2(                                                                                                          \
        (range).low >= (least) && (range).high <= (most),                                                              \
        qPrintable(QString("%1..%2, expected within %3..%4").arg((range).low).arg((range).high).arg(least).arg(most)))
