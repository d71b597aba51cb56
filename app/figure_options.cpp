// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure_options.h"

#include "app/arguments.h"
#include "core/base/error.h"
#include "core/base/quoted_text.h"

#include <CLI/CLI.hpp>

#include <charconv>

namespace posbias::app {

namespace {

double parseReal(const std::string& option, const std::string& text)
{
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        throw InputError(option, option + " " + quotedText(text) + ": expected a number");
    return value;
}

ColourMapName parseColours(const std::string& option, const std::string& text, bool differences)
{
    std::vector<std::string> allowed;
    for (const ColourMapName name : colourMaps()) {
        if (differences ? !suitsDifferences(name) : isDiverging(name))
            continue;
        if (colourMapId(name) == text)
            return name;
        allowed.push_back(colourMapId(name));
    }
    throw InputError(option, option + " is " + quotedText(text) + "; allowed are " + joined(allowed));
}

const PagePreset& parsePage(const std::string& text)
{
    std::vector<std::string> allowed;
    for (const PagePreset& preset : pagePresets()) {
        if (preset.id == text)
            return preset;
        allowed.push_back(preset.id);
    }
    throw InputError("--page", "--page is " + quotedText(text) + "; allowed are " + joined(allowed));
}

ThemeName parseTheme(const std::string& text)
{
    if (text == "light")
        return ThemeName::Light;
    if (text == "dark")
        return ThemeName::Dark;
    throw InputError("--theme", "--theme is " + quotedText(text) + "; allowed are light, dark");
}

TextForm parseTextForm(const std::string& text)
{
    if (text == "live")
        return TextForm::Live;
    if (text == "embed")
        return TextForm::Embed;
    if (text == "outline")
        return TextForm::Outline;
    throw InputError("--text", "--text is " + quotedText(text) + "; allowed are live, embed, outline");
}

/// "length", "buckets=2:64"
Frames parseFrames(const std::string& text)
{
    Frames frames;
    const std::size_t equals = text.find('=');
    const std::string over = text.substr(0, equals);
    if (over == "length")
        frames.over = FramesOver::Length;
    else if (over == "buckets")
        frames.over = FramesOver::Buckets;
    else if (over == "step")
        frames.over = FramesOver::Step;
    else
        throw InputError("--frames", "--frames " + quotedText(text) +
                                         ": allowed are length, buckets and step, "
                                         "each with =FIRST:LAST or without");
    if (equals == std::string::npos)
        return frames;
    const OffsetRange range = parseOffsets("--frames", std::string_view(text).substr(equals + 1));
    frames.first = range.first;
    frames.last = range.last;
    return frames;
}

void applyPage(Page& page, const FigureOptionTexts& texts)
{
    if (!texts.page.empty())
        usePreset(page, parsePage(texts.page));
    if (!texts.width.empty())
        page.widthMm = parseMillimetres("--width", texts.width);
    if (!texts.height.empty()) {
        page.heightMm = parseMillimetres("--height", texts.height);
        page.growHeight = false;
    }
    if (!texts.dpi.empty())
        page.dpi = static_cast<int>(parseInteger("--dpi", texts.dpi, 36, 2400));
    if (!texts.theme.empty())
        page.theme = parseTheme(texts.theme);
    if (!texts.font.empty())
        page.fontFamily = texts.font;
    if (!texts.fontSize.empty()) {
        page.fontPoints = parseReal("--font-size", texts.fontSize);
        page.shrinkType = false;
    }
    if (!texts.text.empty())
        page.text = parseTextForm(texts.text);
    page.transparent = page.transparent || texts.transparent;
    page.standaloneTex = page.standaloneTex || texts.standalone;
    validate(page);
}

void applyDress(Dress& dress, const FigureOptionTexts& texts)
{
    if (!texts.colours.empty())
        dress.colours = parseColours("--colours", texts.colours, false);
    if (!texts.differences.empty())
        dress.differences = parseColours("--differences", texts.differences, true);
    if (!texts.title.empty())
        dress.title = texts.title;
    if (!texts.caption.empty())
        dress.caption = texts.caption;
    dress.letters = dress.letters || texts.letters;
}

void applyFrames(FigureDesign& design, const FigureOptionTexts& texts)
{
    if (!texts.frames.empty())
        design.frames = parseFrames(texts.frames);
    if (texts.frameCount.empty() && texts.seconds.empty())
        return;
    if (!design.frames)
        throw InputError("--frames", "--frame-count and --seconds need --frames");
    if (!texts.frameCount.empty())
        design.frames->count = parseInteger("--frame-count", texts.frameCount, 2, 1000);
    if (!texts.seconds.empty())
        design.frames->seconds = parseReal("--seconds", texts.seconds);
}

std::string figureIds()
{
    std::vector<std::string> ids;
    for (const FigureKind kind : figureKinds())
        ids.push_back(figureId(kind));
    return joined(ids, "|");
}

void addPageOptions(CLI::App* command, FigureOptionTexts& texts)
{
    std::vector<std::string> pages;
    for (const PagePreset& preset : pagePresets())
        pages.push_back(preset.id);
    command
        ->add_option("--page", texts.page,
                     "A size with its type: 16:9 slide, half of one, A4 text width, a column\nof a two-column paper, "
                     "poster. Where a figure needs more room, a4 and column grow in\nheight, and type on the others "
                     "gives way; either is said")
        ->type_name(joined(pages, "|"));
    const std::string size = " of the figure: a number and mm, cm, in or pt (mm if bare),\n"
                             "10mm to 2000mm; default suits the kind of figure";
    command->add_option("--width", texts.width, "Width" + size)->type_name("SIZE");
    command->add_option("--height", texts.height, "Height" + size)->type_name("SIZE");
    command
        ->add_option(
            "--dpi", texts.dpi,
            "Dots per inch of PNG and GIF, and the least of maps in PDF, SVG and TeX,\n36 to 2400, default 300")
        ->type_name("N");
    command->add_option("--theme", texts.theme, "Default light")->type_name("light|dark");
    command->add_flag("--transparent", texts.transparent,
                      "No background; of a GIF, pixels are there or not: no soft edges");
    command->add_option("--font", texts.font, "Family of all words; default the program's own")->type_name("FAMILY");
    command
        ->add_option("--font-size", texts.fontSize,
                     "Of axis labels in points, 3 to 72, kept whatever the size of the page, or\n"
                     "refused with the largest that fits; default about 7, less on small pages")
        ->type_name("POINTS");
    command
        ->add_option("--text", texts.text,
                     "Words in SVG, PDF and TeX. live: text, the default; an SVG then looks the same only\n"
                     "where its fonts are installed. embed: an SVG carries them, for browsers (a PDF always\n"
                     "does). outline: shapes, the same everywhere, but no text to edit, find or read aloud")
        ->type_name("live|embed|outline");
    command->add_flag("--standalone", texts.standalone,
                      "A .tex file that is a document of its own; default: to \\input");
}

}  // namespace

void addFigureOptions(CLI::App* command, FigureOptionTexts& texts)
{
    command
        ->add_option("--figure", texts.figure,
                     "What to draw; default bias\nbias, attention: maps A | B | difference\n"
                     "learning, generalization, level, sweep: the views of the learning lab")
        ->type_name(figureIds());
    addPageOptions(command, texts);
    command->add_option("--title", texts.title, "Over the panels")->type_name("TEXT");
    command->add_option("--caption", texts.caption, "Under the panels")->type_name("TEXT");
    command->add_flag("--letters", texts.letters, "(a), (b), ... before the panels' titles");
    command
        ->add_option("--colours", texts.colours,
                     "Of values; default viridis. grey: for print in grey, lines, words and\n"
                     "differences, too")
        ->type_name("viridis|cividis|magma|grey");
    command
        ->add_option("--differences", texts.differences,
                     "Colours of differences; default red-blue, or grey with --colours\n"
                     "grey: negative is dark, positive light")
        ->type_name("red-blue|purple-orange|grey");
    command
        ->add_option("--frames", texts.frames,
                     "A picture for each of several values: an animated .gif, or numbered files;\n"
                     "default L / 2 to 4 L, 2 to L buckets, 0 to the last step of training")
        ->type_name("length|buckets|step[=FIRST:LAST]");
    command->add_option("--frame-count", texts.frameCount, "How many, 2 to 1000, default 24")->type_name("N");
    command->add_option("--seconds", texts.seconds, "That each is shown, default 0.2")->type_name("S");
}

FigureDesign withOptions(FigureDesign design, const FigureOptionTexts& texts)
{
    if (!texts.figure.empty()) {
        design.view = figureFromId(texts.figure);
        design.rows.clear();
        const Page standard = defaultPage(design.view);
        design.page.widthMm = standard.widthMm;
        design.page.heightMm = standard.heightMm;
    }
    applyPage(design.page, texts);
    applyDress(design.dress, texts);
    applyFrames(design, texts);
    return design;
}

}  // namespace posbias::app
