// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/sweep_values.h"

#include "core/base/logarithmic_steps.h"
#include "core/experiment/fields.h"

#include <algorithm>

namespace posbias {
namespace {

/// Null: the scheme does not have the setting.
std::int64_t* settingOf(Scheme& scheme, SweepOver over)
{
    return std::visit(
        [over](auto& kind) -> std::int64_t* {
            if constexpr (requires { kind.buckets; })
                if (over == SweepOver::Buckets)
                    return &kind.buckets;
            if constexpr (requires { kind.maxDistance; })
                if (over == SweepOver::MaxDistance)
                    return &kind.maxDistance;
            return nullptr;
        },
        scheme);
}

void checkShape(const PerOffset&, Mask) {}
void checkShape(const T5& scheme, Mask mask)
{
    t5Shape(scheme, mask);
}

std::int64_t smallestMaxDistance(const Experiment& experiment)
{
    std::int64_t smallest = maxT5Distance;
    for (const Scheme& scheme : experiment.schemes)
        if (const auto* t5 = std::get_if<T5>(&scheme)) {
            T5 far = *t5;
            far.maxDistance = maxT5Distance;
            smallest = std::min(smallest, t5Shape(far, experiment.mask).exact + 1);
        }
    return smallest;
}

bool allowsDocuments(const Experiment& experiment, std::int64_t count)
{
    try {
        checkValue(experiment, 0, SweepOver::Documents, count);
        return true;
    } catch (const InputError&) {
        return false;
    }
}

/// The most up to `most` that are allowed.
std::int64_t mostDocuments(const Experiment& experiment, std::int64_t most)
{
    std::int64_t low = 1, high = most;
    while (low < high) {
        const std::int64_t middle = high - (high - low) / 2;
        if (allowsDocuments(experiment, middle))
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/// The smallest and the largest value.
std::pair<std::int64_t, std::int64_t> endsOf(const Experiment& experiment, SweepOver over)
{
    const std::int64_t L = experiment.trainingLength;
    switch (over) {
    case SweepOver::Buckets: return {2, std::clamp<std::int64_t>(L, 3, maxT5Buckets)};
    case SweepOver::MaxDistance: {
        const std::int64_t first = smallestMaxDistance(experiment);
        return {first, std::max(4 * L, first)};
    }
    case SweepOver::Documents: break;
    }
    return {1, mostDocuments(experiment, std::max<std::int64_t>(1000, 25 * experiment.corpus.documents))};
}

}  // namespace

std::string sweepKey(SweepOver over)
{
    switch (over) {
    case SweepOver::Buckets: return "buckets";
    case SweepOver::MaxDistance: return "maxDistance";
    case SweepOver::Documents: return "documents";
    }
    return {};
}

bool hasSetting(const Scheme& scheme, SweepOver over)
{
    Scheme copy = scheme;
    return over == SweepOver::Documents || settingOf(copy, over) != nullptr;
}

Experiment withValue(Experiment experiment, std::size_t scheme, SweepOver over, std::int64_t value)
{
    if (over == SweepOver::Documents)
        experiment.corpus.documents = value;
    else
        *settingOf(experiment.schemes[scheme], over) = value;
    return experiment;
}

void checkValue(const Experiment& experiment, std::size_t scheme, SweepOver over, std::int64_t value)
{
    if (over == SweepOver::Documents)
        return validate(withValue(experiment, scheme, over, value));
    Scheme changed = experiment.schemes[scheme];
    *settingOf(changed, over) = value;
    std::visit([&](const auto& kind) { checkShape(kind, experiment.mask); }, changed);
}

void sortOnce(std::vector<std::int64_t>& values)
{
    std::ranges::sort(values);
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

SweepPlan sweepPlan(const Experiment& experiment)
{
    const SweepSettings& settings = experiment.sweep;
    SweepPlan plan;
    plan.over = settings.over;
    const auto [first, last] = endsOf(experiment, settings.over);
    plan.values = logarithmicSteps(first, last, static_cast<std::size_t>(settings.points));
    plan.lengths = {experiment.trainingLength, experiment.length};
    sortOnce(plan.lengths);
    const std::int64_t seeds = experiment.corpus.counts == Counts::Expected ? 1 : settings.seeds;
    for (std::int64_t k = 0; k < seeds; ++k)
        plan.seeds.push_back(experiment.corpus.seed + k);
    return plan;
}

Experiment atSweepValue(const Experiment& experiment, SweepOver over, std::int64_t value)
{
    Experiment changed = experiment;
    for (std::size_t s = 0; s < changed.schemes.size(); ++s)
        if (hasSetting(changed.schemes[s], over))
            changed = withValue(std::move(changed), s, over, value);
    validate(changed);
    return changed;
}

}  // namespace posbias
