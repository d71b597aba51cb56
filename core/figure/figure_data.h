// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a figure's panels are drawn from, and the numbers of a finished figure as tables.

#include "core/figure/figure.h"
#include "core/figure/studies.h"

#include <functional>
#include <string_view>

namespace posbias {

/// One experiment of a figure: the recipe's own, or with a panel's settings.
struct FigurePart {
    std::vector<FieldSetting> set;
    std::shared_ptr<const Result> result;
    Studies studies;  ///< those that its panels need
};

struct FigureData {
    FigureDesign design;
    std::vector<FigurePart> parts;  ///< the first is the recipe's own experiment; `set` differs from part to part

    const FigurePart& of(const PanelDesign& panel) const;
};

/// Evaluates every experiment of the recipe, at the design's step, and their studies. What `known` holds is reused.
/// Throws InputError, FailureError, Cancelled.
FigureData evaluateFigure(const Recipe& recipe, const Progress& progress = {}, const FigureData* known = nullptr);

/// Of each recipe (framesOf) its figure; colour scales and value axes are the same in all, so that nothing jumps.
std::vector<Figure> makeFrames(const std::vector<Recipe>& recipes, const Progress& progress = {});

using TextSink = std::function<void(std::string_view)>;
/// Everything that the figure shows, in long form; values as numberText() writes them. One row for each
/// - cell of a map:         panel,series,x,y,value,low,high with x = key, y = query (masked cells are left out)
/// - point of a curve, chart: x, value, and low, high where it has a band (curves: every offset or key)
/// - segment of a ribbon:     x = first offset, y = last offset, value = parameter
/// - part of a bar, its total: series = "A Per-offset: untrained", value
/// panel: "a", "b", ... in reading order; what has no value is empty. Throws InputError (subject "-o") beyond 2^24 rows,
/// naming their number.
void writeFigureCsv(const Figure& figure, const TextSink& sink, const Progress& progress = {});
/// The values of the maps in reading order, as .npy: float64, shape (n, n), or (maps, n, n) for several; masked cells
/// are 0 in attention, which is their weight, NaN in biases and differences, which have no value there, and -1 in
/// parameters, as are all cells without one. Throws InputError (subject "-o") for a figure without maps (points to .csv), and beyond 2^28 values.
void writeFigureNpy(const Figure& figure, const TextSink& sink, const Progress& progress = {});

}  // namespace posbias
