// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The tables of core/experiment/field_tables.h applied to one experiment: each field with its value and the
// way to set it. For core/experiment and core/io only; others use core/experiment/fields.h.

#include "core/experiment/fields.h"
#include "core/experiment/value_text.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace posbias {

struct BoundField {
    FieldDescription description;
    /// Of a kind's choice: the path of what it chooses ("learning" for "learning.optimizer").
    std::optional<std::string> kindOf;
    /// Takes what acceptedValue() gives. Setting a kind invalidates the fields of the old kind.
    std::function<void(const FieldValue&)> set;
    bool ofItsKind = false;  ///< not carried over when the kind changes
};

/// In the order of the file. They refer to `experiment`, which must outlive them.
std::vector<BoundField> bindFields(Experiment& experiment);
/// A scheme's own fields, without the choice of its kind; paths are relative.
std::vector<BoundField> bindScheme(Scheme& scheme);

BoundField* findField(std::vector<BoundField>& fields, std::string_view path);

/// The value in the field's own type (a whole real serves as an integer, any integer as a real).
/// Nothing when the value has another type or the field's own range does not allow it.
std::optional<FieldValue> acceptedValue(const FieldDescription& field, const FieldValue& value);
/// The same, or InputError.
FieldValue checkedValue(const FieldDescription& field, const FieldValue& value);
/// `found` as the reader should see it: "mask is null; it must be ...".
[[noreturn]] void refuseValue(const FieldDescription& field, const std::string& found);

/// A key of files that is no field ("posbias", "kind"), and the path of the object that it is in.
struct ExtraKey {
    std::string_view owner;
    std::string_view key;
    bool last = false;  ///< in files it stands behind the fields
};
/// What to say about a path that is no field: the kind it belongs to, the nearest field, what there is.
std::string unknownPathMessage(const Experiment& experiment, std::string_view path,
                               const std::vector<ExtraKey>& extraKeys = {});

}  // namespace posbias
