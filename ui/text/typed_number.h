// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Numbers as people type and paste them: one reader for all number boxes, and the words with which it refuses.

#include "core/experiment/fields.h"

#include <QLocale>
#include <QString>

#include <optional>

namespace posbias::ui {

enum class NumberFault {
    None,
    Empty,
    Unreadable,
    Ambiguous,  ///< the mark may stand before decimals or between thousands
    OtherUnit   ///< a number with a unit that is not the box's
};

struct TypedNumber {
    FieldValue value;  ///< a whole number as such where it was typed as digits alone, else a real; the text on a fault
    NumberFault fault = NumberFault::None;
    QString readings[2];  ///< of an ambiguous one: "1", "1000"
};

/// Reads "120.5" and, in any language, "120,5"; signs, "1e-6", digits of any script and width, thousands set apart by
/// spaces, apostrophes or marks where only one reading is possible ("1 200", "1.234,5"), and the box's own `unit`
/// behind. The language's own decimal mark always stands before decimals; the other one before three digits at the end
/// ("1.000" in German, "1,000" in English) is ambiguous. Nothing is ever guessed or left out.
TypedNumber typedNumber(const QString& text, const QLocale& locale, const QString& unit = {});

/// "1000", "0,03", "1e-06": as it is typed in that language. Reads back as the same number.
QString textToType(const FieldValue& value, const QLocale& locale);

/// What a box takes, and what stands behind it.
struct NumberLimits {
    double least = 0.0;
    double most = 0.0;
    bool whole = false;
    bool leastExcluded = false;
    QString unit = {};  ///< "mm"
};

/// "a whole number from 1 to 16 777 216", "a number above 0, up to 1"
QString allowedNumbers(const NumberLimits& limits);
/// Why the box does not take what was typed, as one sentence; empty: it does. `subject`: what must be otherwise, "it"
/// unless said.
QString refusalOf(const TypedNumber& typed, const NumberLimits& limits, const QString& subject = {});
/// As FieldValue holds it: whole or real.
double realValue(const FieldValue& number);

}  // namespace posbias::ui
