// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/form/form_fields.h"

#include "ui/model/window_limits.h"

#include <algorithm>
#include <string_view>

namespace posbias::ui {

std::vector<FieldDescription> formFields(const Experiment& experiment)
{
    std::vector<FieldDescription> fields = describeForWindow(experiment);
    // The title belongs to the document, the view to the crosshair.
    // Listed lengths come from a file.
    std::erase_if(fields, [](const FieldDescription& f) {
        return f.group == "title" || f.group == "view" || f.type == FieldType::Text;
    });
    // The lengths come before the mask: they are what a lecturer drags.
    const auto sequenceEnd = std::stable_partition(fields.begin(), fields.end(), [](const FieldDescription& f) {
        return f.group == "sequence" && f.type != FieldType::Choice;
    });
    std::stable_partition(sequenceEnd, fields.end(), [](const FieldDescription& f) { return f.group == "sequence"; });
    return fields;
}

bool isRare(const FieldDescription& field)
{
    static constexpr std::string_view rare[] = {"learning.batch",  "learning.weightDecay", "learning.initial",
                                                "learning.spread", "learning.seed",        "corpus.heldOut"};
    return std::find(std::begin(rare), std::end(rare), field.path) != std::end(rare);
}

bool isFoldable(const std::string& group)
{
    return group == "content" || group == "level" || group == "sweep";
}

std::string groupOf(FigureKind view)
{
    return view == FigureKind::Level ? "level" : view == FigureKind::Sweep ? "sweep" : std::string();
}

}  // namespace posbias::ui
