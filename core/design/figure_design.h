// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A figure as a person designs it: which panels, in what dress, on what page. Saved in .posbias files ("figures") and
// carried inside every exported figure. A design names what to show; makeFigure (figure.h) turns it and computed
// results into the Figure that is painted.

#include "core/base/cell_rect.h"
#include "core/experiment/experiment.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace posbias {

// ---- What it shows -------------------------------------------------------------------------------------------

/// The views of the window: ready-made compositions (panelsOf).
enum class FigureKind {
    Compare,
    Bias,
    Attention,
    Buckets,
    Profile,
    Exposure,
    Learning,
    Generalization,
    Level,
    Sweep,
};
/// "compare", "bias", ...
std::string figureId(FigureKind kind);
std::string figureTitle(FigureKind kind);  ///< "Bias matrices"
/// Throws InputError (subject "--figure") on an unknown id.
FigureKind figureFromId(std::string_view id);
const std::vector<FigureKind>& figureKinds();

/// One thing that a panel can show.
enum class PanelKind {
    Parameters,      ///< map of one scheme: which parameter a cell uses, by number; small ones with u_k in each cell
    Bias,            ///< map of one scheme: b(d) - b(0) (rawBias: b(d))
    BiasDifference,  ///< map of two: second - first
    Attention,       ///< map of one scheme
    AttentionRatio,  ///< map of two: log10(second / first)
    Buckets,         ///< ribbons: which parameter an offset uses
    Profile,         ///< bias by offset, with standard errors and the teacher (rawBias: as it is)
    RawProfile,      ///< bias by offset as it is, whatever rawBias says
    AttentionRow,    ///< attention of the crosshair's query
    Exposure,        ///< training pairs by offset
    EffectiveSamples,
    ParameterCounts,  ///< parameters of each scheme against the training length
    Losses,
    DistanceBySteps,  ///< of the learning view
    DistanceByLength,
    UntrainedByLength,
    DistanceByQuery,
    Causes,  ///< of the generalization view
    Level,
    SweepWithin,
    SweepAtLength,  ///< within the training length; at n
};
std::string panelId(PanelKind kind);    ///< "bias-difference"
std::string panelName(PanelKind kind);  ///< "Bias difference", for menus
/// Throws InputError (subject "show").
PanelKind panelFromId(std::string_view id);
const std::vector<PanelKind>& panelKinds();
bool isMap(PanelKind kind);
/// How many schemes a panel of this kind shows: exactly one, exactly two, or any number (nothing).
std::optional<std::size_t> schemesShown(PanelKind kind);

/// One value of the experiment, changed as `--set path=text` does.
struct FieldSetting {
    std::string path, text;
    bool operator==(const FieldSetting&) const = default;
};

struct PanelDesign {
    PanelKind show = PanelKind::Bias;
    std::vector<std::size_t> schemes;  ///< 0 is A; empty: A (one), A and B (others), all (lengths, queries and settings
                                       ///< on the axis). The same twice: as it is with `set`, against without
    std::vector<FieldSetting> set;     ///< of this panel's experiment alone; neither mask, length nor trainingLength
    std::string title;                 ///< empty: its own
    bool operator==(const PanelDesign&) const = default;
};
/// "a", "b", ..., "z", "aa", ...: of the figure's panels in reading order from 0.
std::string panelLetter(std::size_t panel);
using PanelRows = std::vector<std::vector<PanelDesign>>;  ///< a row holds maps, or one "buckets", or others

// ---- Annotations, tied to data ----------------------------------------------------------------------------------

/// A diagonal on maps, an upright line over offset axes.
struct OffsetMark {
    std::int64_t offset = 0;
    bool operator==(const OffsetMark&) const = default;
};
/// Outlines a cell (query, query - offset) of maps; at its offset over offset axes.
struct CellMark {
    std::int64_t query = 0, offset = 0;
    bool operator==(const CellMark&) const = default;
};
/// Both ways on maps, an upright line where lengths or keys are on the axis, and over offsets at d = length.
struct LengthMark {
    std::int64_t length = 0;
    bool operator==(const LengthMark&) const = default;
};
/// A bracket over the offsets of a parameter: over ribbons and offset axes; on maps both borders of its band.
struct BucketMark {
    std::size_t scheme = 1;
    std::int64_t parameter = 0;
    bool operator==(const BucketMark&) const = default;
};
/// A text that begins at a place: on maps at cell (query, query - offset), over offset axes at (offset, value).
struct TextMark {
    std::int64_t query = 0, offset = 0;
    double value = 0.0;
    bool operator==(const TextMark&) const = default;
};

struct Annotation {
    std::variant<OffsetMark, CellMark, LengthMark, BucketMark, TextMark> mark;
    std::string label;                 ///< may be empty (not of TextMark)
    std::optional<std::size_t> panel;  ///< in reading order from 0; nothing: every panel that has a place for it
    bool operator==(const Annotation&) const = default;
};

// ---- Dress and page ---------------------------------------------------------------------------------------------

enum class ColourMapName { Viridis, Cividis, Magma, Grey, RedBlue, PurpleOrange };
const std::vector<ColourMapName>& colourMaps();
std::string colourMapId(ColourMapName name);  ///< "viridis", ..., "red-blue", "purple-orange"
bool isDiverging(ColourMapName name);
bool suitsDifferences(ColourMapName name);       ///< a diverging one, or grey
enum class BarPlacement { Right, Below, None };  ///< of the colour bars
enum class ThemeName { Light, Dark };
/// How words are in SVG, PDF and TikZ: text, for which an SVG needs its fonts installed; text with the fonts that it needs
/// (as a PDF always has); shapes.
enum class TextForm { Live, Embed, Outline };

struct Dress {
    ColourMapName colours = ColourMapName::Viridis;  ///< of values; not a diverging one. Grey: all else is grey, too
    std::optional<ColourMapName> differences;        ///< a diverging one or grey; nothing: see differencesOf()
    bool separateScales = false;                     ///< each map has a scale (and a bar) of its own
    BarPlacement bars = BarPlacement::Right;         ///< Right: below where a page has no room beside the maps
    bool letters = false;                            ///< "(a)" before every panel's title, in reading order
    std::string title;                               ///< over the panels; may be empty
    std::string caption;                             ///< under them, wrapped; may be empty
    bool operator==(const Dress&) const = default;
};

/// Those chosen; else grey in a grey figure (dark is negative, light positive), and red and blue in others.
ColourMapName differencesOf(const Dress& dress);

inline constexpr double automaticType = 0.0;
struct Page {
    double widthMm = 180.0;   ///< 10..2000
    double heightMm = 100.0;  ///< 10..2000
    int dpi = 300;            ///< 36..2400: of PNG and GIF; the least of pictures of maps in PDF, SVG, TeX
    ThemeName theme = ThemeName::Light;
    bool transparent = false;  ///< no background
    std::string fontFamily;    ///< empty: the program's own
    double fontPoints =
        automaticType;        ///< 3..72, of axis labels, kept whatever the page's size; automatic: about 7, or
                              ///< what a smaller page leaves room for
    bool shrinkType = false;  ///< fontPoints is the most: type is smaller where the page has no room for it
    bool growHeight = false;  ///< heightMm is the least: a figure that needs more has a higher page
    TextForm text = TextForm::Live;
    bool standaloneTex = false;  ///< .tex: a document of its own, else to \input
    bool operator==(const Page&) const = default;
};
inline constexpr double mmPerInch = 25.4;

struct PagePreset {
    std::string id, name;  ///< "slide", "Slide 16:9"
    double widthMm, heightMm, fontPoints;
    bool growHeight = false;  ///< in print, where only the width is given
};
/// Slide 16:9, half slide, A4 text width, two-column paper's column, poster.
const std::vector<PagePreset>& pagePresets();
/// Size and type of the preset; where a figure needs more room than it leaves, the page grows or type gives way.
void usePreset(Page& page, const PagePreset& preset);
/// A page that suits the kind of figure.
Page defaultPage(FigureKind kind);
/// Throws InputError (subject "--width", "--height", "--dpi", "--font", "--font-size") naming the value and what is allowed.
void validate(const Page& page);

/// A sweep through time: a picture for each of several values.
enum class FramesOver { Length, Buckets, Step };
struct Frames {
    FramesOver over = FramesOver::Length;
    std::int64_t first = 0, last = 0;  ///< both 0: L / 2 to 4 L; 2 to L (of scheme B); 0 to the last step
    std::int64_t count = 24;           ///< 2..1000, evenly on a logarithmic axis
    double seconds = 0.2;              ///< that each is shown, 0.02..10
    bool operator==(const Frames&) const = default;
};

struct FigureOptions {
    bool logarithmicOffsets = true;
    std::optional<CellRect> visible;
    bool crosshair = true;
    bool rawBias = false;  ///< biases as they are, not relative to offset 0
    bool operator==(const FigureOptions&) const = default;
};

struct FigureDesign {
    std::string name;                  ///< of its files, without ending: letters, digits, '-', '_', '.'
    std::string preset;                ///< built-in experiment to start from; empty: the file's own
    std::vector<FieldSetting> set;     ///< then changes of it
    std::optional<std::int64_t> step;  ///< of training; nothing: its end
    FigureKind view = FigureKind::Compare;
    PanelRows rows;  ///< empty: those of the view
    FigureOptions options;
    Dress dress;
    std::vector<Annotation> annotations;
    Page page;
    std::optional<Frames> frames;
    std::vector<std::string> formats;  ///< endings ("pdf", "svg"): what --all writes; empty: pdf
    bool operator==(const FigureDesign&) const = default;
};

/// The design's rows, or its view's own.
PanelRows panelsOf(const FigureDesign& design);
/// The experiment that a panel is of, before its own settings: preset and settings of the design applied to `base`.
/// Throws InputError.
Experiment experimentOf(const FigureDesign& design, const Experiment& base);
/// The same of one panel: its settings applied to the design's experiment.
Experiment experimentOf(const PanelDesign& panel, const Experiment& experiment);
/// Whether the design can be drawn from `experiment` (its own): panels with the schemes they need, annotations and
/// frames in range, names, fonts, page. Throws InputError; subject: the key's path within the design ("rows.0.1.scheme").
void validate(const FigureDesign& design, const Experiment& experiment);

/// What made one figure, complete: design.preset and design.set are empty.
struct Recipe {
    Experiment experiment;
    FigureDesign design;
    bool operator==(const Recipe&) const = default;
};
/// Throws InputError.
Recipe recipeOf(const FigureDesign& design, const Experiment& base);

/// The recipes of all frames (at least 2), each with its value set and in its title, and without `frames`. Throws
/// InputError.
std::vector<Recipe> framesOf(const Recipe& recipe);
/// What of the frames asked for there is not, as a sentence: fewer values than pictures, fewer buckets than the end;
/// empty where there is everything, or nothing at all.
std::string framesRemark(const Recipe& recipe);

}  // namespace posbias
