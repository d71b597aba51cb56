// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/attention_rows.h"

#include <algorithm>
#include <cmath>

namespace posbias {

AttentionRows::AttentionRows(std::shared_ptr<const AttentionField> field) : m_field(std::move(field))
{
    constexpr double widest = 600.0;  // exp of it, and 1 / exp of it, are normal numbers with room for sums
    if (m_field->hasContent())
        return;
    const std::vector<double>& bias = m_field->bias().values;
    const auto [least, most] = std::ranges::minmax(bias);
    if (!(most - least < widest))
        return;
    m_reference = most;
    m_weights.resize(bias.size());
    std::ranges::transform(bias, m_weights.rbegin(), [this](double b) { return std::exp(b - m_reference); });
}

// Row i begins at offset i, which stands at place n - 1 - i.
void AttentionRows::write(std::int64_t i, std::span<double> row) const
{
    if (m_weights.empty()) {
        std::ranges::copy(m_field->row(i), row.begin());
        return;
    }
    const std::int64_t n = m_field->length();
    const std::int64_t visible = m_field->mask() == Mask::Causal ? i + 1 : n;
    const double scale = std::exp(m_reference - m_field->logNormaliser(i));
    const double* const weights = m_weights.data() + (n - 1 - i);
    for (std::int64_t j = 0; j < visible; ++j)
        row[static_cast<std::size_t>(j)] = weights[j] * scale;
    std::ranges::fill(row.subspan(static_cast<std::size_t>(visible)), 0.0);
}

}  // namespace posbias
