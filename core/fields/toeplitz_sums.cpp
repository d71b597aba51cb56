// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/toeplitz_sums.h"

#include <cmath>

namespace posbias {

ToeplitzSums::ToeplitzSums(const OffsetValues& values, int bits) : m_first(values.first), m_unit(std::ldexp(1.0, -bits))
{
    m_sums.reserve(values.values.size() + 1);
    Sum first = 0;   // S(x)
    Sum second = 0;  // Q(x)
    m_sums.push_back(0);
    for (double value : values.values) {
        first += static_cast<Sum>(std::nearbyint(std::ldexp(value, bits)));
        second += first;
        m_sums.push_back(second);
    }
}

}  // namespace posbias
