// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/experiment.h"

#include "core/base/normal_numbers.h"

namespace posbias {

CellChoice defaultView(std::int64_t length)
{
    return {length * 85 / 100, length * 7 / 10};
}

namespace {

enum class InitialStream : std::uint64_t { Parameters = 1, OffsetsAbove = 2, OffsetsBelow = 3 };

double drawn(const InitialValues& values, InitialStream stream, std::int64_t index)
{
    const std::uint64_t seed =
        splitMix(splitMix(static_cast<std::uint64_t>(values.seed)) + static_cast<std::uint64_t>(stream));
    const std::uint64_t state = splitMix(seed + static_cast<std::uint64_t>(index));
    return values.mean + values.spread * standardNormal(static_cast<std::uint32_t>(splitMix(state)), ~state);
}

}  // namespace

double InitialValues::ofParameter(std::int64_t parameter) const
{
    return constant() ? mean : drawn(*this, InitialStream::Parameters, parameter);
}

double InitialValues::beyond(std::int64_t d) const
{
    if (constant())
        return mean;
    return d < 0 ? drawn(*this, InitialStream::OffsetsBelow, -d) : drawn(*this, InitialStream::OffsetsAbove, d);
}

InitialValues initialValues(const Learning& learning)
{
    return std::visit(
        [](const auto& chosen) {
            return InitialValues{chosen.initial, chosen.spread, chosen.seed};
        },
        learning);
}

std::optional<std::int64_t> stepsOf(const Learning& learning)
{
    return std::visit(
        [](const auto& chosen) -> std::optional<std::int64_t> {
            if constexpr (requires { chosen.steps; })
                return chosen.steps;
            else
                return std::nullopt;
        },
        learning);
}

double levelShift(const Experiment& experiment, std::size_t scheme)
{
    return scheme == 0 ? experiment.level.a : scheme == 1 ? experiment.level.b : 0.0;
}

std::string schemeLetter(std::size_t index)
{
    return {static_cast<char>('A' + index)};
}

}  // namespace posbias
