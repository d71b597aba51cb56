// SPDX-License-Identifier: GPL-3.0-or-later
// From a design and the experiment of its file to the experiment that it shows.
#include "core/base/error.h"
#include "core/design/figure_design.h"
#include "core/experiment/fields.h"
#include "core/experiment/presets.h"
#include "core/experiment/value_text.h"

#include <algorithm>

namespace posbias {
namespace {

Experiment withSettings(Experiment experiment, const std::vector<FieldSetting>& settings)
{
    const auto fail = [&](const std::string& path, const InputError& error) {
        const bool isSet = std::ranges::find(settings, path, &FieldSetting::path) != settings.end();
        return InputError(isSet ? "set." + path : "set", std::string("set: ") + error.what());
    };
    for (const FieldSetting& setting : settings) {
        try {
            experiment = withFieldText(experiment, setting.path, setting.text);
        } catch (const InputError& error) {
            throw fail(setting.path, error);
        }
    }
    try {
        if (!settings.empty())
            validate(experiment);
    } catch (const InputError& error) {
        throw fail(error.subject(), error);
    }
    return experiment;
}

const Experiment& presetNamed(const std::string& name)
{
    if (const Preset* preset = findPreset(name))
        return preset->experiment;
    std::vector<std::string> names;
    for (const Preset& preset : presets())
        names.push_back(preset.name);
    throw InputError("preset", "preset is " + quotedText(name) + "; it must be " + listText(names, "or"));
}

}  // namespace

Experiment experimentOf(const FigureDesign& design, const Experiment& base)
{
    return withSettings(design.preset.empty() ? base : presetNamed(design.preset), design.set);
}

Experiment experimentOf(const PanelDesign& panel, const Experiment& experiment)
{
    return withSettings(experiment, panel.set);
}

Recipe recipeOf(const FigureDesign& design, const Experiment& base)
{
    Recipe recipe{experimentOf(design, base), design};
    validate(design, recipe.experiment);
    recipe.design.preset.clear();
    recipe.design.set.clear();
    return recipe;
}

}  // namespace posbias
