// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/panel_labels.h"

#include "ui/plot/paint/chart_painter.h"
#include "ui/plot/paint/crosshair_painter.h"
#include "ui/plot/paint/curve_painter.h"
#include "ui/plot/paint/map_painter.h"
#include "ui/plot/paint/note_painter.h"

#include <iterator>

namespace posbias::ui {
namespace {

/// Of one panel; its room has everything that is drawn there.
PanelLabels placed(const PlotContext& context, std::size_t row, std::size_t p, LabelRoom room,
                   std::vector<LabelWish> wishes)
{
    const std::size_t own = wishes.size();
    if (context.pixelsPerUnit)  // in a file it stays where it is
        avoidCrosshair(context, row, p, room);
    std::ranges::move(noteWishes(context, row, p, room), std::back_inserter(wishes));
    PanelLabels labels;
    std::vector<PlacedLabel> all = room.place(wishes);
    const auto notes = all.begin() + static_cast<std::ptrdiff_t>(own);
    labels.words.assign(std::make_move_iterator(all.begin()), std::make_move_iterator(notes));
    labels.notes.assign(std::make_move_iterator(notes), std::make_move_iterator(all.end()));
    return labels;
}

PanelLabels labelsOf(const PlotContext& context, std::size_t row, std::size_t p)
{
    const Panel& panel = context.figure.rows[row].panels[p];
    if (std::holds_alternative<MapPanel>(panel))
        return placed(context, row, p, mapRoom(context, mapAt(context, row, p)), {});
    if (std::holds_alternative<RibbonPanel>(panel))
        return placed(context, row, p, ribbonRoom(context, row), ribbonWishes(context, row));
    if (std::holds_alternative<CurvePanel>(panel)) {
        LabelRoom room = curveRoom(context, row, p);
        auto wishes = curveWishes(context, row, p, room.area());
        return placed(context, row, p, std::move(room), std::move(wishes));
    }
    if (std::holds_alternative<ChartPanel>(panel)) {
        LabelRoom room = chartRoom(context, row, p);
        auto wishes = chartWishes(context, row, p, room.area());
        return placed(context, row, p, std::move(room), std::move(wishes));
    }
    return {};
}

}  // namespace

void placeLabels(PlotContext& context)
{
    std::vector<std::vector<PanelLabels>> labels(context.geometry.rows.size());
    for (std::size_t r = 0; r < labels.size(); ++r)
        for (std::size_t p = 0; p < context.geometry.rows[r].size(); ++p)
            labels[r].push_back(labelsOf(context, r, p));
    context.labels = std::move(labels);
}

void placeMapLabels(PlotContext& context)
{
    for (std::size_t r = 0; r < context.labels.size(); ++r)
        for (std::size_t p = 0; p < context.labels[r].size(); ++p)
            if (std::holds_alternative<MapPanel>(context.figure.rows[r].panels[p]))
                context.labels[r][p] = labelsOf(context, r, p);
}

std::vector<QRectF> labelGaps(const PanelLabels& labels)
{
    std::vector<QRectF> gaps;
    for (const auto* list : {&labels.words, &labels.notes})
        for (const PlacedLabel& label : *list)
            gaps.push_back(label.gap());
    return gaps;
}

}  // namespace posbias::ui
