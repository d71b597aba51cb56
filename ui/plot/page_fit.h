// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How a figure is put on a page of a given size: panels beside or under one another, and type as large as there is room
// for.

#include "core/base/error.h"
#include "ui/plot/figure_geometry.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace posbias::ui {

/// Another order of a figure's rows, which keeps the order of its panels.
struct Arrangement {
    std::size_t perRow = 0;                 ///< panels beside one another at most; 0: as the figure has them
    std::vector<double> columns;            ///< shares of the width; empty: one column
    std::vector<std::size_t> columnOfRow;   ///< of the rows after perRow
};
Figure arranged(Figure figure, const Arrangement& arrangement);

struct PageFit {
    Arrangement arrangement;
    double unitsPerMm = 1.0;   ///< logical pixels: Fonts() has sizes in them
    QSize size;                ///< of the page, in logical pixels
    double points = 0.0;       ///< of axis labels
    std::string note;          ///< where type is smaller than was asked for: a sentence without a full stop; else empty
    bool shared = false;       ///< by several figures
    LayoutNeeds needs;         ///< of all of them

    /// For layOut(): one figure alone leaves no more room than it takes.
    LayoutNeeds* needsOfAll() { return shared ? &needs : nullptr; }
};

/// The type that a page asks for (not shrinkType) is too large for the figure.
class TypeDoesNotFit : public InputError {
public:
    TypeDoesNotFit(std::optional<double> largest, const std::string& message)
        : InputError("--font-size", message), m_largest(largest)
    {}
    /// That fits, in points; nothing: none that a page may have.
    std::optional<double> largest() const noexcept { return m_largest; }

private:
    std::optional<double> m_largest;
};

/// One fit for all figures: one, or the frames of a moving figure, whose panels then stand still. The figure's own rows
/// where they fit; else panels beside one another or on lines of their own, whatever leaves the largest type. Throws
/// TypeDoesNotFit. On the GUI thread, which measures text.
PageFit fitPage(std::span<const Figure> figures, const Fonts& fonts, const Page& page);

}  // namespace posbias::ui
