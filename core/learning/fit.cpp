// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/fit.h"

#include "core/learning/learn.h"
#include "core/learning/step_rules.h"

#include <cmath>

namespace posbias {

namespace {

/// weightDecay (u - what it pulls to), for the parameters p.
struct Pull {
    double weightDecay = 0.0;
    std::optional<InitialValues> to;  ///< nothing: 0

    double at(std::size_t p, double u) const
    {
        return weightDecay * (to ? u - to->ofParameter(static_cast<std::int64_t>(p)) : u);
    }
};

Pull pullOf(const Learning& settings)
{
    return std::visit(
        []<class Chosen>(const Chosen& chosen) -> Pull {
            if constexpr (std::is_same_v<Chosen, Exact>)
                return {chosen.weightDecay, initialValues(chosen)};
            else
                return {decouplesDecay(Chosen::rule) ? 0.0 : chosen.weightDecay, {}};
        },
        settings);
}

}  // namespace

Fit fitAt(const TrainingLoss& loss, const Learning& settings, Moment moment, std::int64_t steps)
{
    Fit fit{.values = std::move(moment.values), .steps = steps, .untouched = std::move(moment.untouched)};
    std::vector<double> gradient(fit.values.size());
    fit.trainNll = loss.valueAndGradient(fit.values, gradient);
    const Pull pull = pullOf(settings);
    double squares = 0.0;
    for (std::size_t p = 0; p < gradient.size(); ++p)
        if (loss.exposure()[p] > 0.0)
            squares += std::pow(gradient[p] + pull.at(p, fit.values[p]), 2);
    fit.gradientNorm = std::sqrt(squares);
    return fit;
}

Fit fit(const TrainingLoss& loss, const Learning& settings, const Progress& progress)
{
    const std::shared_ptr<const TrainingLoss> unowned(std::shared_ptr<void>(), &loss);
    return learn({}, unowned, {}, settings, KeepCourse::No, progress).fit;
}

}  // namespace posbias
