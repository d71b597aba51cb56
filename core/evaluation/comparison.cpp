// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/comparison.h"

#include "core/base/joint_progress.h"
#include "core/base/parallel.h"
#include "core/learning/query_sums.h"

#include <Eigen/Core>

#include <algorithm>

namespace posbias {
namespace {

constexpr std::int64_t lengthForTwoThreads = 1 << 15;

/// Over queries: sum of log Z_i, and of the means of two values under exp a_d / Z_i.
struct Totals {
    double logNormaliser = 0.0;
    double mean[2] = {};
};

using Array = Eigen::Map<const Eigen::ArrayXd>;

/// In the units of query_sums.h normalisers lie within 1 .. e^38, so that sixteen of them multiply without overflow.
double sumOfLogs(const double* z, std::int64_t count)
{
    const std::int64_t whole = count / 16;
    const Eigen::Map<const Eigen::Array<double, 16, Eigen::Dynamic>> sixteens(z, 16, whole);
    return sixteens.colwise().prod().log().sum() + Array(z + 16 * whole, count - 16 * whole).log().sum();
}

/// Adds the queries from..to-1 of these.
void add(const QuerySums<3>& queries, std::int64_t from, std::int64_t to, Totals& totals)
{
    const std::int64_t skip = from - queries.first, count = to - from;
    const double* const z = queries.values[0].data() + skip;
    totals.logNormaliser += queries.reference * static_cast<double>(count) + sumOfLogs(z, count);
    for (std::size_t v = 0; v < 2; ++v)
        totals.mean[v] += (Array(queries.values[v + 1].data() + skip, count) / Array(z, count)).sum();
}

/// Of each part; fill(offsets, {a, first value, second value}).
template <typename Fill>
std::vector<Totals> totalsOf(const Fill& fill, double atZero, Mask mask, const std::vector<std::int64_t>& ends,
                             const Progress& progress)
{
    std::vector<Totals> parts(ends.size());
    std::size_t part = 0;
    visitQuerySums<3>(fill, mask, ends.back(), atZero, progress, [&](const QuerySums<3>& queries) {
        const std::int64_t end = queries.first + queries.count;
        for (std::int64_t i = queries.first; i < end;) {
            while (ends[part] <= i)
                ++part;
            const std::int64_t to = std::min(end, ends[part]);
            add(queries, i, to, parts[part]);
            i = to;
        }
    });
    return parts;
}

/// untrained, unseen: 1 or 0 for each offset.
void fillFamiliarity(const std::vector<FamiliarStretch>& stretches, OffsetRange offsets, double* untrained,
                     double* unseen)
{
    auto stretch = std::ranges::lower_bound(stretches, offsets.first, {}, [](const auto& s) { return s.offsets.last; });
    for (std::int64_t d = offsets.first; d <= offsets.last; ++stretch) {
        const std::int64_t count = std::min(offsets.last, stretch->offsets.last) - d + 1;
        untrained = std::fill_n(untrained, count, stretch->familiarity == Familiarity::Untrained ? 1.0 : 0.0);
        unseen = std::fill_n(unseen, count, stretch->familiarity == Familiarity::Seen ? 0.0 : 1.0);
        d += count;
    }
}

OffsetSource sourceOf(const OffsetValues& values)
{
    return [&values](OffsetRange offsets, double* out) {
        std::copy_n(values.values.begin() + (offsets.first - values.first), offsets.size(), out);
    };
}

}  // namespace

std::vector<Comparison> compareParts(const OffsetSource& teacher, const OffsetSource& bias,
                                     const std::vector<FamiliarStretch>& stretches, Mask mask,
                                     const std::vector<std::int64_t>& ends, const Progress& progress)
{
    // Per query, with p* = exp g / Z* and p = exp b / Z:
    //     nll = log Z - sum p* b,    kl = sum p* (g - b) - log Z* + log Z
    const auto underTeacher = [&](OffsetRange offsets, const std::array<double*, 3>& out) {
        teacher(offsets, out[0]);
        bias(offsets, out[1]);
        for (std::int64_t k = 0; k < offsets.size(); ++k)
            out[2][k] = out[0][k] - out[1][k];
    };
    const auto underModel = [&](OffsetRange offsets, const std::array<double*, 3>& out) {
        bias(offsets, out[0]);
        fillFamiliarity(stretches, offsets, out[1], out[2]);
    };
    double g = 0.0, b = 0.0;
    teacher({0, 0}, &g);
    bias({0, 0}, &b);
    std::vector<Totals> data, model;
    JointProgress joint(progress, 2);
    const auto side = [&](std::size_t k) {
        if (k == 0)
            data = totalsOf(underTeacher, g, mask, ends, joint.part(0));
        else
            model = totalsOf(underModel, b, mask, ends, joint.part(1));
    };
    if (ends.back() < lengthForTwoThreads) {
        side(0);
        side(1);
    } else {
        inParallel(2, side);
    }
    std::vector<Comparison> parts;
    for (std::size_t k = 0; k < ends.size(); ++k) {
        const auto queries = static_cast<double>(k == 0 ? ends[0] : ends[k] - ends[k - 1]);
        // A divergence is never negative; its rounding can be.
        const double kl = std::max(0.0, data[k].mean[1] - data[k].logNormaliser + model[k].logNormaliser);
        parts.push_back({(model[k].logNormaliser - data[k].mean[0]) / queries, kl / queries, model[k].mean[0] / queries,
                         model[k].mean[1] / queries});
    }
    return parts;
}

Comparison compare(const OffsetSource& teacher, const OffsetSource& bias, const std::vector<FamiliarStretch>& stretches,
                   Mask mask, std::int64_t length, const Progress& progress)
{
    return compareParts(teacher, bias, stretches, mask, {length}, progress).front();
}

Comparison compare(const OffsetValues& teacher, const OffsetValues& bias, const std::vector<FamiliarStretch>& stretches,
                   Mask mask, std::int64_t length, const Progress& progress)
{
    return compare(sourceOf(teacher), sourceOf(bias), stretches, mask, length, progress);
}

}  // namespace posbias
