// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/teacher.h"

#include <cmath>
#include <cstdlib>
#include <numbers>

namespace posbias {

namespace {

double preferenceOf(const PowerLaw& g, double d)
{
    return -g.exponent * std::log(1.0 + std::abs(d));  // 1 + |d| is exact
}

double preferenceOf(const Exponential& g, double d)
{
    return -std::abs(d) / g.scale;
}

double preferenceOf(const Window& g, double d)
{
    return std::abs(d) < static_cast<double>(g.width) ? 0.0 : -g.penalty;
}

double preferenceOf(const Periodic& g, double d)
{
    // The remainder first, so that the phase keeps all its digits at far offsets.
    const double phase = std::fmod(d, g.period) / g.period;
    return -g.exponent * std::log(1.0 + std::abs(d)) + g.amplitude * std::cos(2.0 * std::numbers::pi * phase);
}

}  // namespace

double preference(const Teacher& teacher, std::int64_t d)
{
    return std::visit([d](const auto& g) { return preferenceOf(g, static_cast<double>(d)); }, teacher);
}

void preferences(const Teacher& teacher, OffsetRange range, double* out)
{
    std::visit(
        [&](const auto& g) {
            for (std::int64_t d = range.first; d <= range.last; ++d)
                *out++ = preferenceOf(g, static_cast<double>(d));
        },
        teacher);
}

OffsetValues preferences(const Teacher& teacher, OffsetRange range)
{
    OffsetValues result(range);
    preferences(teacher, range, result.values.data());
    return result;
}

}  // namespace posbias
