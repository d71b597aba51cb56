// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/form_fields.h"

#include "ui/model/window_limits.h"

#include <QCoreApplication>

#include <algorithm>
#include <string_view>

namespace posbias::ui {

namespace {

struct Form {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::Form)
};

}  // namespace

std::vector<FieldDescription> formFields(const Experiment& experiment)
{
    std::vector<FieldDescription> fields = describeForWindow(experiment);
    // The title belongs to the document, the view to the crosshair.
    std::erase_if(fields, [](const FieldDescription& f) { return f.group == "title" || f.group == "view"; });
    // The lengths come before the mask: they are what a lecturer drags.
    const auto sequenceEnd = std::stable_partition(fields.begin(), fields.end(), [](const FieldDescription& f) {
        return f.group == "sequence" && f.type != FieldType::Choice;
    });
    std::stable_partition(sequenceEnd, fields.end(), [](const FieldDescription& f) { return f.group == "sequence"; });
    return fields;
}

std::optional<std::size_t> schemeOf(const std::string& group)
{
    constexpr std::string_view prefix = "scheme.";
    if (!group.starts_with(prefix))
        return {};
    return std::stoul(group.substr(prefix.size()));
}

QString groupTitle(const std::string& group)
{
    if (const auto scheme = schemeOf(group))
        return Form::tr("Scheme %1").arg(QString::fromStdString(schemeLetter(*scheme)));
    if (group == "sequence")
        return Form::tr("Sequence");
    if (group == "data")
        return Form::tr("Training data");
    if (group == "training")
        return Form::tr("Training");
    return group == "content" ? Form::tr("Content") : QString::fromStdString(group);
}

}  // namespace posbias::ui
