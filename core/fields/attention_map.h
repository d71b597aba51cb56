// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Attention maps by the pixel: what the one of biases alone and the one with content share.

#include "core/fields/pixels.h"

namespace posbias {

class AttentionMap : public MapSource {
public:
    explicit AttentionMap(std::shared_ptr<const AttentionField> field) : m_field(std::move(field)) {}
    std::int64_t length() const override { return m_field->length(); }
    Mask mask() const override { return m_field->mask(); }
    double at(std::int64_t query, std::int64_t key) const override { return m_field->at(query, key); }

protected:
    std::shared_ptr<const AttentionField> m_field;
};

/// Every row has to be computed: averages while that is affordable, else one row for each pixel.
std::shared_ptr<const MapSource> contentAttentionMap(std::shared_ptr<const AttentionField> field);

}  // namespace posbias
