// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The visible range of the maps and the ranges before it: undone by itself, not with the experiment.

#include "core/fields/pixels.h"
#include "core/figure/figure.h"

#include <QElapsedTimer>

#include <optional>
#include <vector>

namespace posbias::ui {

class Zoom {
public:
    using Range = std::optional<CellRect>;  ///< nothing: the whole sequence

    const Range& range() const { return m_range; }
    /// Steps of one gesture (a wheel, a drag) come close together and make one step of the history.
    void follow(const Range& range);
    /// A step of its own.
    void set(const Range& range);
    bool canGoBack() const { return !m_history.empty(); }
    void back();
    /// Another sequence: a range that reaches beyond it is dropped with its history. Returns whether it was.
    bool fitTo(std::int64_t length);
    /// The range enlarged by `factor` about a cell that keeps its place, at least 4 cells wide.
    Range scaled(double factor, CellPosition about, std::int64_t length) const;

private:
    Range m_range;
    std::vector<Range> m_history;
    QElapsedTimer m_sinceStep;
};

}  // namespace posbias::ui
