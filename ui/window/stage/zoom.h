// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The visible range of the maps and the ranges before and after it: undone by itself, not with the experiment.

#include "core/figure/figure.h"
#include "ui/plot/layout/cell_ranges.h"

#include <chrono>
#include <optional>
#include <vector>

namespace posbias::ui {

class Zoom {
public:
    using Range = std::optional<CellRect>;  ///< nothing: the whole sequence

    /// What can be seen of the range that was chosen, in the sequence as it is now.
    Range range() const { return fitted(m_chosen); }
    bool canZoomIn() const;

    /// A step of its own.
    void set(const Range& range);
    /// By a hand; `continues`: a step of the gesture that the last one belonged to. A gesture is one step to go back.
    void follow(const Range& range, bool continues);
    using Clock = std::chrono::steady_clock;
    /// By a key: held down, it is one step to go back.
    void press(const Range& range, Clock::time_point when = Clock::now());

    bool canGoBack() const { return holdsOther(m_before); }
    bool canGoForward() const { return holdsOther(m_after); }
    void back();
    void forward();

    /// Another sequence: what was chosen stays, shown as far as the sequence has it.
    void fitTo(std::int64_t length) { m_length = length; }

    /// Enlarged by `factor` about the crosshair, if it can be seen, else about the middle.
    Range scaled(double factor, CellPosition crosshair) const;
    /// Moved by shares of what can be seen: down, right.
    Range moved(double queries, double keys) const;
    /// What the model was trained on: cells 0..L-1 both ways.
    Range trainingLength(std::int64_t trainingLength) const;
    /// Single cells about the key that is L before the crosshair's query: where offsets leave the training length.
    Range trainingBoundary(std::int64_t trainingLength, CellPosition crosshair) const;

private:
    Range fitted(const Range& range) const;
    CellRect shown() const;
    bool holdsOther(const std::vector<Range>& history) const;
    void step(const Range& range, bool continues);
    void turn(std::vector<Range>& from, std::vector<Range>& to);

    enum class Last { Other, Hand, Key };

    std::int64_t m_length = 0;
    Range m_chosen;
    std::vector<Range> m_before, m_after;
    Last m_last = Last::Other;
    Clock::time_point m_lastPress;
};

}  // namespace posbias::ui
