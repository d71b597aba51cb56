// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/fit.h"

namespace posbias {

namespace {

Fit fitWith(const TrainingLoss& loss, const Adam& settings, const Progress& progress)
{
    return fitAdam(loss, settings, progress);
}

Fit fitWith(const TrainingLoss& loss, const Exact& settings, const Progress& progress)
{
    return fitExact(loss, settings, 1e-10, progress);
}

}  // namespace

Fit fit(const TrainingLoss& loss, const Learning& settings, const Progress& progress)
{
    return std::visit([&](const auto& chosen) { return fitWith(loss, chosen, progress); }, settings);
}

}  // namespace posbias
