// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What makes a figure file more than a picture: the recipe inside it, words for readers who do not see it, and bytes
// that repeat.

#include "core/design/figure_design.h"

#include <QByteArray>
#include <QImage>
#include <QString>

#include <filesystem>
#include <string>

namespace posbias::ui {

/// What goes into a file beside the picture.
struct FigureWords {
    std::string recipe;   ///< .posbias text with one figure (core/io/lecture_file.h)
    QString title;        ///< the figure's, else the experiment's
    QString description;  ///< alternative text
};

/// Text inside XML: what XML 1.0 cannot hold is left out.
QString xmlText(const QString& text);
/// XMP metadata with recipe, title and description; stays readable inside the PDF.
QByteArray pdfRecipe(const FigureWords& words);
/// The same file with the date that SOURCE_DATE_EPOCH says, or else a fixed one.
QByteArray withFixedPdfDate(QByteArray pdf);
/// The same picture with <title>, <desc>, and a <metadata> element.
QByteArray withSvgRecipe(QByteArray svg, const FigureWords& words);
/// Comment lines at the head of a .tex file.
QByteArray texRecipe(const FigureWords& words);
inline constexpr const char* texRecipeMark = "%posbias:";  ///< before every line of it
/// Text chunks of a PNG: the recipe, the title and the description.
void addRecipe(QImage& image, const FigureWords& words);
/// The PNG text chunk's key; GIF files carry the recipe in a comment extension that begins with it and a line break.
inline constexpr const char* recipeKey = "posbias";
/// The name of the element that carries the recipe in XML (SVG, XMP), and of its namespace.
inline constexpr const char* recipeElement = "recipe";
inline constexpr const char* recipeNamespace = "https://posbias.org/ns/figure/1.0/";
/// A recipe as files carry it: what XML cannot hold is written as JSON's \uXXXX, so that it means the same.
std::string carriedText(const std::string& recipe);

/// The recipe inside a figure file (PDF, SVG, PNG, TeX, GIF), as text. Nothing in the file is trusted: sizes are checked
/// before they are used, at most 64 MiB are read, entities are not expanded. Throws InputError (subject: the file) when
/// there is none: "is a PNG picture without a PosBias recipe", "is no figure".
std::string recipeText(const std::filesystem::path& file);
/// The same in bytes of the file that were read; `file` is for its ending and for messages.
std::string recipeTextIn(const QByteArray& bytes, const std::filesystem::path& file);
/// All bytes of a file. Throws InputError (subject: the file) where it is a directory or a device, or cannot be read.
QByteArray fileContent(const std::filesystem::path& file);
/// The same, understood. A recipe from a newer version is an InputError that says so.
Recipe readRecipe(const std::filesystem::path& file);
/// Whether the name ends like a figure's that can carry a recipe.
bool mayCarryRecipe(const std::filesystem::path& file);

}  // namespace posbias::ui
