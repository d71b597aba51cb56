// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What becomes of values that no gradient reaches: those of offsets past the table, as the entries of a longer one.
//
// Without weight decay they stay as they started. SGD, momentum, AdamW and Adafactor take decay in proportion to the
// value, so that one factor holds for all. Adam divides decay's gradient by its own running size, so that each value
// goes its own way; it is an odd function of where the value started.

#include "core/experiment/experiment.h"

#include <memory>

namespace posbias {

/// Adam's steps with weight decay as the only gradient.
struct AdamDecay {
    double learningRate = 0.0;
    double weightDecay = 0.0;
    std::int64_t steps = 0;

    /// Moves each value from where it starts to where it is after the steps. O(count * steps).
    void move(double* values, std::int64_t count) const;
};

/// Immutable, thread-safe, cheap to copy.
class Untouched {
public:
    Untouched() = default;
    /// As they start.
    explicit Untouched(const InitialValues& initial);
    /// Constant initial values have become `value`; others have become `value` times what they were.
    Untouched(const InitialValues& initial, double value);
    /// Initial values with a spread under Adam, past a table of so many parameters. Each of the offsets next to it has
    /// its own course computed, when first asked for: 2^26 / steps of them, but at least 2^10 and at most 2^17. Those
    /// farther out are read off 2^10 to 2^15 computed courses, linearly between two: right to about a millionth, where
    /// neighbours stay together.
    Untouched(const InitialValues& initial, const AdamDecay& decay, std::int64_t parameters);

    const InitialValues& initial() const { return m_initial; }
    /// All have one value.
    bool constant() const { return m_initial.constant(); }
    /// Of an offset d that has no parameter.
    double at(std::int64_t d) const;
    /// Of offsets that have no parameter, ascending.
    void at(OffsetRange offsets, double* out) const;

private:
    class CourseTable;
    class Courses;

    InitialValues m_initial;
    double m_value = 0.0;
    std::shared_ptr<const Courses> m_courses;  ///< null but for Adam's
};

}  // namespace posbias
