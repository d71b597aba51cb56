// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is wrong with the experiment as it stands, in words of the window: fields by their labels, digits in groups.

#include "core/base/error.h"
#include "core/experiment/fields.h"

#include <QString>

namespace posbias::ui {

struct Problem {
    QString path;     ///< the field to mend: "schemes.1.maxDistance"
    QString message;  ///< one sentence that names what is wrong: "Max distance is 16, but …"
    QString place;    ///< "Scheme B" where the label alone could be either scheme's; may be empty
    bool operator==(const Problem&) const = default;

    /// For those who do not see the field: "Scheme B: Max distance is 16, but …"
    QString whole() const { return place.isEmpty() ? message : place + QStringLiteral(": ") + message; }
};

/// Core does not accept the experiment.
Problem invalidExperiment(const Experiment& experiment, const InputError& error);
/// A value that the field by itself does not take.
Problem refusedValue(const FieldDescription& field, const FieldValue& value, const InputError& error);
/// Whether one of the two fields cannot be judged without the other, so that either is a place to tell of `problem`.
bool concerns(const Problem& problem, const QString& path);

}  // namespace posbias::ui
