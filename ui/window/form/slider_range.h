// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a slider covers of a field, and how positions, values and steps correspond.

#include "core/experiment/fields.h"

#include <optional>

namespace posbias::ui {

/// Often narrower than what the field allows, so that a slider a few centimetres long is useful;
/// a number box accepts the rest.
struct SliderRange {
    double low = 0.0;
    double high = 1.0;
    bool logarithmic = false;
    bool zero = false;         ///< logarithmic only: the left end is 0, low comes right after it
    bool powersOfTwo = false;  ///< powers of two catch
    bool whole = false;

    /// fraction 0..1 of the slider's way to a round value.
    double valueAt(double fraction) const;
    /// Values beyond the range are pinned to its ends.
    double fractionOf(double value) const;
    /// One key press: a sensible step, for `page` a large one (doubling on a logarithmic slider). Never leaves the
    /// range, and never moves back a value that is beyond it already.
    double stepped(double value, int direction, bool page) const;

private:
    double rounded(double value) const;
    double linearStep() const;
};

/// Nothing for choices, texts and seeds.
std::optional<SliderRange> sliderRange(const FieldDescription& field);

}  // namespace posbias::ui
