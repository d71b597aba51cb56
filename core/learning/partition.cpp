// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/partition.h"

#include "core/learning/side_sums.h"

#include <cmath>
#include <limits>

namespace posbias {

ScaledSum::ScaledSum() : max(-std::numeric_limits<double>::infinity()), sum(0.0) {}

void ScaledSum::add(double logTerm)
{
    if (logTerm > max) {
        sum = sum * std::exp(max - logTerm) + 1.0;
        max = logTerm;
    } else if (sum > 0.0) {
        sum += std::exp(logTerm - max);
    }
}

double ScaledSum::log() const
{
    return sum > 0.0 ? max + std::log(sum) : max;
}

std::vector<double> logNormalisers(const OffsetValues& bias, Mask mask, std::int64_t length)
{
    std::vector<double> result(length);
    if (length == 0)
        return result;
    PrefixSums positive;
    sumPrefixes(positiveSide(bias.first, length), bias.values, bias[0], positive);
    if (mask == Mask::Bidirectional) {
        PrefixSums negative;
        sumPrefixes(negativeSide(bias.first, length), bias.values, bias[0], negative);
        visitQueries({{length, 1.0}}, positive, negative,
                     [&](double, const Normaliser& row) { result[row.i] = row.reference + std::log(row.z); });
        return result;
    }
    result = referencesByLevel(positive);
    for (std::int64_t i = 0; i < length; ++i)
        result[i] += std::log(positive.sums[i]);
    return result;
}

}  // namespace posbias
