// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/differences.h"

#include "core/experiment/fields.h"
#include "ui/text/field_names.h"
#include "ui/text/numbers.h"
#include "ui/text/typed_number.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <optional>

namespace posbias::ui {

namespace {

constexpr qsizetype longestValue = 60;

struct Differences {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::Differences)
};

QString valueWords(const FieldDescription& field)
{
    if (const auto* whole = std::get_if<std::int64_t>(&field.value))
        return integer(*whole);
    if (std::holds_alternative<double>(field.value))
        return textToType(field.value, QLocale());
    const std::string& text = std::get<std::string>(field.value);
    for (const FieldChoice& choice : field.choices) {
        if (choice.id == text)
            return QCoreApplication::translate("posbias", choice.label.c_str());
    }
    QString shown = QString::fromStdString(text);
    if (shown.size() > longestValue)
        shown = shown.first(longestValue) + u'…';
    return QStringLiteral("“%1”").arg(shown);
}

const FieldDescription* find(const std::vector<FieldDescription>& fields, const std::string& path)
{
    const auto found = std::ranges::find(fields, path, &FieldDescription::path);
    return found == fields.end() ? nullptr : &*found;
}

void addFields(QStringList& lines, const Experiment& before, const Experiment& after)
{
    const std::vector<FieldDescription> old = describeFields(before), now = describeFields(after);
    for (const FieldDescription& field : now) {
        const FieldDescription* was = find(old, field.path);
        if (was && was->value == field.value)
            continue;
        lines << (was ? Differences::tr("%1: %2 → %3").arg(fieldName(field), valueWords(*was), valueWords(field))
                      : Differences::tr("%1: %2 (new)").arg(fieldName(field), valueWords(field)));
    }
    for (const FieldDescription& field : old) {
        if (!find(now, field.path))
            lines << Differences::tr("%1: %2 → none").arg(fieldName(field), valueWords(field));
    }
}

void addFigures(QStringList& lines, const std::vector<FigureDesign>& before, const std::vector<FigureDesign>& after)
{
    const auto named = [](const FigureDesign& design) { return QString::fromStdString(design.name); };
    for (const FigureDesign& design : after) {
        const auto was = std::ranges::find(before, design.name, &FigureDesign::name);
        if (was == before.end())
            lines << Differences::tr("Figure “%1”: added").arg(named(design));
        else if (*was != design)
            lines << Differences::tr("Figure “%1”: changed").arg(named(design));
    }
    for (const FigureDesign& design : before) {
        if (std::ranges::find(after, design.name, &FigureDesign::name) == after.end())
            lines << Differences::tr("Figure “%1”: removed").arg(named(design));
    }
}

}  // namespace

QStringList differences(const Lecture& before, const Lecture& after)
{
    QStringList lines;
    addFields(lines, before.experiment, after.experiment);
    addFigures(lines, before.figures, after.figures);
    return lines;
}

}  // namespace posbias::ui
