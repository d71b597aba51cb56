// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A figure as a value: what it shows, where and in which role, without saying how it is painted.
// ui/plot paints the same value on the screen and into PDF, SVG and PNG.

#include "core/design/figure_design.h"
#include "core/evaluation/result.h"
#include "core/fields/curve_source.h"
#include "core/fields/pixels.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace posbias {

/// Whose a colour is: that of a scheme (its number: 0 is A), of the teacher, or nobody's.
enum class Role : int { Teacher = -2, Neutral = -1, A = 0, B = 1 };
constexpr Role schemeRole(std::size_t scheme)
{
    return static_cast<Role>(scheme);
}
constexpr std::optional<std::size_t> schemeOf(Role role)
{
    const int number = static_cast<int>(role);
    return number >= 0 ? std::optional(static_cast<std::size_t>(number)) : std::nullopt;
}

struct ColourScale {
    std::string label;  ///< "bias", "difference", "attention"
    ColourMapName map = ColourMapName::Viridis;
    double min = 0.0;  ///< of differences: min = -max
    double max = 1.0;
    bool logarithmic = false;  ///< values are mapped by their log10; ticks are decades
    bool differences = false;  ///< signs matter
    bool empty = false;        ///< differences that are all 0: the ends mean nothing
    bool operator==(const ColourScale&) const = default;
};

struct CellPosition {
    std::int64_t query = 0, key = 0;
    bool operator==(const CellPosition&) const = default;
};

/// An n x n field. y (queries) grows downwards. All maps of a figure share one visible range and one crosshair.
struct MapPanel {
    std::string title;     ///< "Per-offset"; its letter comes from the role
    std::string subtitle;  ///< "512 parameters; offsets past 511 untrained"
    Role role = Role::Neutral;
    std::shared_ptr<const MapSource> source;
    std::size_t scale = 0;              ///< index into Figure::scales
    std::vector<OffsetRange> hatched;   ///< untrained offsets d = i - j
    bool parameters = false;            ///< values are numbers of parameters: cells that are large enough
                                        ///< show u with the number below
    bool ownTitle = false;              ///< the title is somebody's own: no letter, no colour
    std::optional<double> masked = {};  ///< value of a cell that the mask hides: attention 0, no parameter;
                                        ///< nothing: it has none
};

/// One row of the strip that shows which parameter an offset uses.
struct RibbonSegment {
    std::int64_t first = 0, last = 0;      ///< offsets, inclusive, clipped to the axis
    std::int64_t parameter = noParameter;  ///< drawn as a number where it fits
    bool ownParameters = false;            ///< every offset in it has its own: teeth, numbered by their offsets
    bool untrained = false;                ///< hatched
};
struct Ribbon {
    std::string letter;  ///< "A"
    Role role = Role::Neutral;
    std::vector<RibbonSegment> segments;
};
struct RibbonPanel {
    std::string title;  ///< "Which parameter an offset uses"
    std::string note;   ///< right of the title: "hatched: untrained"; may be empty
    std::vector<Ribbon> ribbons;
};

/// y against x = offset (or key). Steps: a value holds over [x, x + 1), like the ribbon's segments; else a line through
/// the middles x + 0.5 of these places.
struct Curve {
    std::string label;  ///< "A per-offset"
    Role role = Role::Neutral;
    bool steps = false;
    bool dashed = false;
    std::shared_ptr<const CurveSource> source;
    std::shared_ptr<const CurveSource> low = nullptr, high = nullptr;  ///< standard errors: both or none
    std::size_t scheme = 0;  ///< whose mark it carries, without colour, too; the first has none
};
enum class AxisKind {
    Offset,  ///< the figure's shared offset axis: logarithmic or linear, aligned with the ribbons
    Key,     ///< key position, linear
};
/// Offsets that have no value because their parameter is untrained: hatched along the bottom.
struct HatchedOffsets {
    std::string label;  ///< "A untrained"
    Role role = Role::Neutral;
    std::vector<OffsetRange> offsets;
};
/// Smallest and largest value of an axis.
struct AxisSpan {
    double min = 0.0, max = 1.0;
    bool operator==(const AxisSpan&) const = default;
};
/// Beneath the decades of a logarithmic axis: the place of 0, and of what is too small to have one of its own.
struct AxisFloor {
    double at = 0.0;       ///< log10, like the axis
    double decades = 0.0;  ///< from here on the axis is logarithmic; infinite: it is nowhere
    double below = 0.0;    ///< what is smaller stands there; 0: only 0 does
    bool operator==(const AxisFloor&) const = default;
};
struct CurvePanel {
    std::string title;  ///< "Bias by offset"
    AxisKind axis = AxisKind::Offset;
    bool yLogarithmic = false;
    std::vector<Curve> curves;
    std::string bandLabel = {};  ///< what the bands about curves are; one entry in the legend
    std::vector<HatchedOffsets> hatched = {};
    std::optional<AxisSpan> span = {};    ///< of y; nothing: the values of all curves
    std::optional<AxisFloor> floor = {};  ///< of y, where curves have such values
};

/// y against any x: few points, all of them drawn.
enum class SeriesLine { Solid, Dashed, Dotted };
struct Series {
    std::string name;   ///< in the read-out under the pointer: "A held-out"
    std::string label;  ///< empty: no entry in the legend
    Role role = Role::Neutral;
    SeriesLine line = SeriesLine::Solid;
    bool dots = false;              ///< each point is marked
    std::vector<double> x, y;       ///< gaps where a value has no place on its axis
    std::vector<double> low, high;  ///< a band; empty: none
    std::size_t scheme = 0;         ///< as in Curve
};
enum class AxisScale {
    Linear,
    Logarithmic,
    FromZero,  ///< v stands at log10(1 + v): logarithmic, with 0 on it
    Signed,    ///< v stands at asinh(v / 0.002) / log(10): logarithmic both ways from about 0, and even through it
};
inline constexpr double evenReach = 0.002;
/// Where a value stands along an axis of this scale, in these units; Logarithmic: log10.
double scalePosition(AxisScale scale, double value);
/// Above the decades of a logarithmic axis: the place of infinity.
struct AxisCeiling {
    double at = 0.0, decades = 0.0;  ///< as in AxisFloor
    bool operator==(const AxisCeiling&) const = default;
};
struct ChartAxis {
    std::string title;
    std::string symbol;  ///< in the read-out: "n"
    AxisScale scale = AxisScale::Linear;
    bool wholeNumbers = false;            ///< ticks at whole numbers only
    std::optional<AxisSpan> span;         ///< what lies beyond is cut off; nothing: all series and marks
    std::optional<AxisFloor> floor = {};  ///< where there are such values
    std::optional<AxisCeiling> ceiling = {};
};
enum class MarkKind {
    TrainingLength,  ///< a dashed vertical line
    Shown,           ///< a hair line: the length, step or value that the other views show
    Best,            ///< a ring about a point
    Point,           ///< a dot with a label
    Handle,          ///< a hair line with a grip that a hand can drag sideways
};
struct ChartMark {
    MarkKind kind = MarkKind::Shown;
    double x = 0.0;
    double y = 0.0;  ///< of Best and Point
    std::string label;
    Role role = Role::Neutral;
    std::string brief = {};  ///< of a line: a shorter label for want of room; of a Point: its numbers in
                             ///< the panel's key, which stand beside it instead of its label
};
struct ChartPanel {
    std::string title;
    std::string note;      ///< behind the legend, small; may be empty
    std::string key = {};  ///< what the numbers beside points mean, likewise
    ChartAxis x, y;        ///< y's title stands behind the panel's
    std::vector<Series> series;
    std::vector<ChartMark> marks;
};

/// Signed parts that add up: a group of bars for each part, one for each Bar, to the right of 0 or to its left; then
/// the totals.
struct BarPart {
    std::string label;
    double value = 0.0;
    bool hatched = false;  ///< due to what is untrained
};
struct Bar {
    std::string label;  ///< "A Per-offset"
    Role role = Role::Neutral;
    std::vector<BarPart> parts;  ///< the same labels in every bar
    double total = 0.0;
    std::size_t scheme = 0;  ///< as in Curve
};
struct BarPanel {
    std::string title;
    std::string unit;        ///< behind the title: "nats per query"
    std::string totalLabel;  ///< "in all"
    std::vector<Bar> bars;   ///< without parts: not computed yet
};

using Panel = std::variant<MapPanel, RibbonPanel, CurvePanel, ChartPanel, BarPanel>;

struct FigureRow {
    std::vector<Panel> panels;
    double weight = 1.0;     ///< share of the height; ribbons take what they need
    std::size_t column = 0;  ///< index into Figure::columns; does not fall from row to row
};

/// The offset axis shared by ribbons and curves; offset d takes the place x = d .. d + 1, its middle stands for it.
struct OffsetAxis {
    OffsetRange range;                ///< of the sequence shown
    bool logarithmic = true;          ///< d stands at sign(d) log2(1 + |d|): 0 is on it
    std::optional<OffsetRange> seen;  ///< offsets with training pairs; pale tint outside it
    bool operator==(const OffsetAxis&) const = default;
};

/// An annotation in its place.
struct FigureNote {
    enum class Kind { Offset, Cell, Length, Bracket, Text } kind = Kind::Offset;
    OffsetRange offsets;        ///< Offset: one; Bracket: its offsets, ends within the sequence
    CellPosition cell;          ///< Cell; Text on maps
    double at = 0.0;            ///< Length: tokens; Text over an offset axis: y at offsets.first
    Role role = Role::Neutral;  ///< Bracket: its scheme's
    std::string label;
    std::optional<std::size_t> panel;  ///< in reading order from 0; nothing: every panel with a place for it
    bool operator==(const FigureNote&) const = default;
};

struct Figure {
    std::string title, caption;  ///< over and under the panels; may be empty
    bool grey = false;           ///< for print in grey: no colour but that of `scales`
    bool letters = false;        ///< "(a)" before the panels' titles
    BarPlacement bars = BarPlacement::Right;
    std::vector<FigureNote> notes;
    std::vector<FigureRow> rows;
    std::vector<double> columns;  ///< shares of the width of columns beside one another, which add up to
                                  ///< 1; empty: all rows under each other
    std::vector<ColourScale> scales;
    std::int64_t length = 0;  ///< n: maps show cells 0..n-1 both ways
    Mask mask = Mask::Causal;
    std::int64_t trainingLength = 0;  ///< dashed lines where it is inside the picture
    OffsetAxis offsetAxis;
    std::optional<CellPosition> crosshair;  ///< drawn with its diagonal and its offset line
    std::optional<CellRect> visible;        ///< visible range of the maps; the whole sequence when not set
};

struct Studies;     // studies.h
struct FigureData;  // figure_data.h

/// What the design shows, from everything computed for it. A panel whose study is not computed yet is there, with axes
/// and no curves, so that nothing moves when it comes.
Figure makeFigure(const FigureData& data);

/// A view of the window. Compare: bias maps A | B | B - A, ribbons and profile. Attention: the same three maps of
/// attention on a logarithmic scale, and the crosshair query's row. The others: that one thing.
Figure makeFigure(const Result& result, FigureKind kind, const FigureOptions& options, const Studies& studies);
/// For kinds that need no study.
Figure makeFigure(const Result& result, FigureKind kind, const FigureOptions& options = {});

}  // namespace posbias
