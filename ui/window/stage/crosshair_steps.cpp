// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/stage/crosshair_steps.h"

#include <algorithm>

namespace posbias::ui {

CellPosition moved(const Result& result, CellPosition from, std::int64_t queries, std::int64_t keys)
{
    const std::int64_t last = result.experiment.length - 1;
    CellPosition to{std::clamp<std::int64_t>(from.query + queries, 0, last),
                    std::clamp<std::int64_t>(from.key + keys, 0, last)};
    if (result.experiment.mask == Mask::Causal) {
        if (queries != 0)
            to.query = std::max(to.query, to.key);
        else
            to.key = std::min(to.key, to.query);
    }
    return to;
}

CellPosition atOffset(const Result& result, CellPosition from, std::int64_t d)
{
    const OffsetRange visible = visibleOffsets(result.experiment.mask, result.experiment.length);
    const std::int64_t last = result.experiment.length - 1;
    const std::int64_t offset = std::clamp(d, visible.first, visible.last);
    const std::int64_t query = std::clamp(from.query, std::max<std::int64_t>(0, offset), std::min(last, last + offset));
    return {query, query - offset};
}

std::int64_t nextBorder(const Result& result, std::int64_t d, int direction)
{
    const OffsetRange visible = visibleOffsets(result.experiment.mask, result.experiment.length);
    std::int64_t best = direction > 0 ? visible.last : visible.first;
    const auto consider = [&](std::int64_t border) {
        if (direction > 0 && border > d)
            best = std::min(best, border);
        else if (direction < 0 && border < d)
            best = std::max(best, border);
    };
    for (const SchemeResult& scheme : result.schemes) {
        for (const Segment& segment : scheme.trained->table.segments(visible)) {
            consider(segment.first);
            if (segment.last < visible.last)
                consider(segment.last + 1);
        }
    }
    return best;
}

std::optional<CellPosition> steppedBy(const Result& result, CellPosition from, int key, Qt::KeyboardModifiers modifiers)
{
    if (modifiers & (Qt::MetaModifier | Qt::AltModifier))
        return std::nullopt;
    const std::int64_t step = modifiers & Qt::ShiftModifier ? 10 : 1;
    const bool toBorder = modifiers & Qt::ControlModifier;
    if (toBorder && modifiers & Qt::ShiftModifier)  // moves what is seen, not the crosshair
        return std::nullopt;
    const auto border = [&](int direction) { return nextBorder(result, from.query - from.key, direction); };
    switch (key) {
    case Qt::Key_Left: return toBorder ? atOffset(result, from, border(1)) : moved(result, from, 0, -step);
    case Qt::Key_Right: return toBorder ? atOffset(result, from, border(-1)) : moved(result, from, 0, step);
    case Qt::Key_Up:
        return toBorder ? moved(result, from, from.key + border(-1) - from.query, 0) : moved(result, from, -step, 0);
    case Qt::Key_Down:
        return toBorder ? moved(result, from, from.key + border(1) - from.query, 0) : moved(result, from, step, 0);
    default: return std::nullopt;
    }
}

}  // namespace posbias::ui
