// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/window_limits.h"

#include "core/base/error.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>

#include <algorithm>

namespace posbias::ui {

namespace {

struct Limits {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::Limits)
};

}  // namespace

void validateForWindow(const Experiment& experiment)
{
    validate(experiment);
    const auto check = [](const char* path, const QString& name, std::int64_t value) {
        if (value > longestInWindow) {
            throw InputError(path, Limits::tr("%1 is %2; the window shows up to %3, the command line more.")
                                       .arg(name, integer(value), integer(longestInWindow))
                                       .toStdString());
        }
    };
    check("trainingLength", Limits::tr("The training length"), experiment.trainingLength);
    check("length", Limits::tr("The length shown"), experiment.length);
}

std::vector<FieldDescription> describeForWindow(const Experiment& experiment)
{
    std::vector<FieldDescription> fields = describeFields(experiment);
    for (FieldDescription& field : fields) {
        if (field.path == "length" || field.path == "trainingLength")
            field.max = std::min(field.max, static_cast<double>(longestInWindow));
    }
    return fields;
}

}  // namespace posbias::ui
