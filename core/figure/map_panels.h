// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The maps of a figure and what their colour scales have to hold.

#include "core/figure/panels.h"

namespace posbias {

/// A scheme of one of the figure's experiments.
struct SchemeOf {
    const Result* result = nullptr;
    std::size_t scheme = 0;

    const SchemeResult& operator*() const { return result->schemes[scheme]; }
    const SchemeResult* operator->() const { return &**this; }
};

/// What a map shows. Of one scheme: `first` and `second` are the same.
struct MapSubject {
    PanelKind show = PanelKind::Bias;
    SchemeOf first, second;
    bool raw = false;  ///< biases as they are, not relative to offset 0

    /// A and B of one experiment: what its result has already.
    bool isOwnPair() const { return first.result == second.result && first.scheme == 0 && second.scheme == 1; }
};

/// Without its scale.
MapPanel mapPanel(const MapSubject& subject);
/// |second - first| of a pair's biases; 0 where rounding alone tells them apart.
double largestDifference(const MapSubject& subject);
/// One scale for subjects of one kind.
ColourScale fittedScale(const std::vector<MapSubject>& subjects, const Dress& dress);

}  // namespace posbias
