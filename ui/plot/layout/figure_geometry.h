// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where everything of a figure lies, for a size in logical pixels.

#include "ui/plot/ink/text_painting.h"

#include <QRect>
#include <QRectF>
#include <QSize>

#include <map>
#include <tuple>
#include <vector>

namespace posbias::ui {

inline constexpr double tickLength = 4.0;

struct LegendPlace {
    std::size_t item = 0;  ///< index into legendItems()
    QRectF rect;           ///< sample of the line, then its label
    QStringList lines;     ///< of the label; more than one where the panel is narrower than it
    bool operator==(const LegendPlace&) const = default;
};

/// One panel. `plot` is whole pixels: what ribbons and profiles share to the pixel is its left and right side.
struct PanelPlace {
    QRectF header;        ///< of the title, as wide as the panel may be
    QStringList title;    ///< lines
    int titlePixels = 0;  ///< size of the title's type
    QRectF unit;          ///< of the values, behind the title or under it
    QStringList unitLines;
    QStringList subtitle;  ///< lines under a map's title; the note of ribbons
    QRect plot;
    std::vector<LegendPlace> legend;
    bool leftLabels = false;            ///< a map's query axis, a curve's values
    bool bottomLabels = false;          ///< tick labels beneath
    bool bottomTitle = false;           ///< the axis label beneath them
    double lower = 0.0, upper = 1.0;    ///< y of curves and charts, in axis coordinates (log10 when logarithmic)
    double highestTick = 1.0;           ///< of curves, likewise: above it are words alone
    double lowerX = 0.0, upperX = 1.0;  ///< x of charts, likewise
    bool operator==(const PanelPlace&) const = default;
};

struct BarPlace {
    std::size_t scale = 0;
    QRectF label;
    QRect bar;  ///< upright, or lying beneath its maps: wider than high, ticks below
    bool operator==(const BarPlace&) const = default;
};

/// What the legend of a panel says, in order.
struct LegendItem {
    enum Kind { Line, Band, Hatch, Swatch, Note } kind = Line;
    std::size_t index = 0;  ///< of the curve, what is hatched, the series or the bar
    QString text;
};
std::vector<LegendItem> legendItems(const Panel& panel);
/// Between a legend's sample and its words.
inline constexpr double legendSample = 24.0;
/// With its letter.
QString panelHeading(const Figure& figure, std::size_t row, std::size_t panel);
/// Behind a panel's title, small: the unit of its values.
QString titleUnit(const Panel& panel);

/// Of the values of a panel of curves in its place.
std::vector<Tick> curveTicks(const CurvePanel& panel, const PanelPlace& place);

/// In reading order, from 0.
std::size_t panelIndex(const Figure& figure, std::size_t row, std::size_t panel);
/// "(a) ", or nothing where panels have no letters.
QString headingLetter(const Figure& figure, std::size_t row, std::size_t panel);

/// Lines of words, one under the other.
struct WordsPlace {
    QStringList lines;
    QRectF rect;
    bool operator==(const WordsPlace&) const = default;
};

struct FigureGeometry {
    QSize size;
    WordsPlace title, caption;
    std::vector<std::vector<PanelPlace>> rows;  ///< as Figure::rows
    std::vector<BarPlace> bars;
    CellRect cells;            ///< what the maps show: square, within the sequence
    double leastHeight = 0.0;  ///< below it pictures become too small to read
    double leastWidth = 0.0;   ///< likewise; known where `size` is wide enough
};

/// What parts of a layout need, each the most that any figure needed that was laid out with it: figures that follow each
/// other stand still once all of them were.
class LayoutNeeds {
public:
    enum Part { Left, Right, MapGap, BarsWidth, BarsHeight, BarEnds, Title, Caption, Header, Above, Legend };
    double most(Part part, std::size_t row, std::size_t panel, double need)
    {
        double& most = m_most.try_emplace({part, row, panel}, need).first->second;
        return most = std::max(most, need);
    }

private:
    std::map<std::tuple<Part, std::size_t, std::size_t>, double> m_most;
};

FigureGeometry layOut(const Figure& figure, const Fonts& fonts, const QSize& size, LayoutNeeds* needs = nullptr);

/// A zoom shows no fewer cells along a side.
inline constexpr double fewestCells = 4.0;
/// The visible range as a square within the sequence, which keeps its middle where possible.
CellRect squareCells(const std::optional<CellRect>& visible, std::int64_t length);

/// Height of the line of labels that a plot keeps free at its top ("training length 512").
double labelLine(const Fonts& fonts);
/// What notes over a ribbon or an axis take above it: their labels and brackets. 0 where there are none.
double noteRoom(const Figure& figure, std::size_t row, std::size_t panel, const Fonts& fonts);
/// Between ribbons and their heading: words at lines, and under them what stands on the ribbons.
double aboveRibbons(const Figure& figure, std::size_t row, const Fonts& fonts);
/// Ticks along a colour bar, `at` from 0 to 1.
std::vector<Tick> barTicks(const ColourScale& scale, const QRect& bar, const Fonts& fonts);
/// Whether a chart's x are lengths of sequences.
bool hasLengthsAlong(const ChartPanel& panel);
/// Whether a ribbon panel carries its own axis: no profile beneath does.
bool ribbonHasAxis(const Figure& figure, std::size_t row);
bool trainingLengthInside(const Figure& figure);

}  // namespace posbias::ui
