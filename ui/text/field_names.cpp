// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/field_names.h"

#include <QCoreApplication>

#include <string_view>

namespace posbias::ui {

namespace {

struct Form {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::Form)
};

}  // namespace

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
    if (group == "level")
        return Form::tr("Level");
    if (group == "sweep")
        return Form::tr("Sweep");
    if (group == "view")
        return Form::tr("Crosshair");
    if (group == "title")
        return {};
    return group == "content" ? Form::tr("Content") : QString::fromStdString(group);
}

QString fieldLabel(const FieldDescription& field)
{
    return QCoreApplication::translate("posbias", field.label.c_str());
}

QString fieldName(const FieldDescription& field)
{
    const QString group = groupTitle(field.group);
    return group.isEmpty() ? fieldLabel(field) : Form::tr("%1: %2").arg(group, fieldLabel(field));
}

}  // namespace posbias::ui
