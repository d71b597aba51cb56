// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/experiment.h"

namespace posbias {

CellChoice defaultView(std::int64_t length) { return {length * 85 / 100, length * 7 / 10}; }

double initialValue(const Learning& learning)
{
    return std::visit([](const auto& optimizer) { return optimizer.initial; }, learning);
}

std::string schemeLetter(std::size_t index) { return {static_cast<char>('A' + index)}; }

}  // namespace posbias
