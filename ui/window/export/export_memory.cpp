// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export/export_memory.h"

#include "core/base/error.h"
#include "core/io/lecture_file.h"
#include "ui/window/widgets/settings.h"

#include <QRegularExpression>

#include <algorithm>

namespace posbias::ui {

namespace {

QString keyOf(FigureKind view)
{
    return QStringLiteral("export/%1").arg(QString::fromStdString(figureId(view)));
}

bool fits(const FigureDesign& design, const Experiment& experiment)
{
    try {
        validate(design, experiment);
        return true;
    } catch (const InputError&) {
        return false;
    }
}

}  // namespace

FigureDesign standardDesign(FigureKind view)
{
    FigureDesign design;
    design.name = "figure";
    design.view = view;
    design.page = defaultPage(view);
    return design;
}

std::string nameForView(const FigureDesign& design, FigureKind next)
{
    const std::string ending = '-' + figureId(design.view);
    if (!design.name.ends_with(ending))
        return design.name;
    return design.name.substr(0, design.name.size() - ending.size()) + '-' + figureId(next);
}

FigureDesign rememberedDesign(FigureKind view, const Experiment& experiment, const std::vector<FigureDesign>& kept)
{
    FigureDesign standard = standardDesign(view);
    const auto own =
        std::find_if(kept.rbegin(), kept.rend(), [&](const FigureDesign& figure) { return figure.view == view; });
    if (own != kept.rend()) {
        standard.page = own->page;
        standard.formats = own->formats;
    }
    const std::string text = settings().value(keyOf(view)).toString().toStdString();
    FigureDesign design;
    try {
        const Recipe recipe = recipeFromJson(text, "settings");
        design = recipe.design;
        if (design.view != view)
            return standard;
        if (recipe.experiment != experiment) {
            design.annotations.clear();
            design.dress.title.clear();
            design.dress.caption.clear();
        }
        if (recipe.experiment.title != experiment.title) {
            design.page = standard.page;
            design.formats = standard.formats;
        }
    } catch (const InputError&) {
        return standard;  // nothing is remembered yet, or somebody edited the settings file
    }
    design.name = standard.name;
    design.options = {};
    design.step.reset();
    if (!fits(design, experiment)) {
        design.rows.clear();
        design.frames.reset();
        std::erase(design.formats, "gif");
    }
    return fits(design, experiment) ? design : standard;
}

void rememberDesign(const Recipe& recipe)
{
    settings().setValue(keyOf(recipe.design.view), QString::fromStdString(toJson(recipe)));
}

std::string fileNameFrom(const QString& title)
{
    static const QRegularExpression others(QStringLiteral("[^a-z0-9_.]+"));
    static const QRegularExpression ends(QStringLiteral("^[-.]+|[-.]+$"));
    const QString plain =
        title.normalized(QString::NormalizationForm_KD).toLower().replace(others, QStringLiteral("-"));
    const std::string name = QString(plain).remove(ends).left(80).toStdString();
    return name.empty() ? "figure" : name;
}

}  // namespace posbias::ui
