// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How a figure is put on a page: panels beside or under one another, maps and type as large as there is room for.

#include "core/base/error.h"
#include "ui/plot/layout/arrangement.h"
#include "ui/plot/layout/figure_geometry.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace posbias::ui {

struct PageFit {
    Arrangement arrangement;
    double unitsPerMm = 1.0;  ///< logical pixels: Fonts() has sizes in them
    QSize size;               ///< of the page, in logical pixels
    double heightMm = 0.0;    ///< more than the page's own where that may grow
    double points = 0.0;      ///< of axis labels
    std::string note;     ///< where the page has another height or smaller type than was asked for: sentences without
                          ///< the last full stop; else empty
    bool shared = false;  ///< by several figures
    LayoutNeeds needs;    ///< of all of them

    /// For layOut(): one figure alone leaves no more room than it takes.
    LayoutNeeds* needsOfAll() { return shared ? &needs : nullptr; }
};

/// The type that a page asks for (not shrinkType) is too large for the figure.
class TypeDoesNotFit : public InputError {
public:
    TypeDoesNotFit(std::optional<double> largest, const std::string& message)
        : InputError("--font-size", message), m_largest(largest)
    {
    }
    /// That fits, in points; nothing: none that a page may have.
    std::optional<double> largest() const noexcept { return m_largest; }

private:
    std::optional<double> m_largest;
};

/// One fit for all figures: one, or the frames of a moving figure, whose panels then stand still. The figure's own rows
/// where they fit a page that somebody chose; of a preset, and where they do not fit, the arrangement whose panels and
/// type are largest together. Throws TypeDoesNotFit. On the GUI thread, which measures text.
PageFit fitPage(std::span<const Figure> figures, const Fonts& fonts, const Page& page);

}  // namespace posbias::ui
