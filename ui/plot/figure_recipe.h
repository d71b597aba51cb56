// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What makes a figure file more than a picture: the experiment inside it, and bytes that repeat.

#include <QByteArray>
#include <QString>

#include <string>

namespace posbias::ui {

/// XMP metadata with the experiment; stays readable inside the PDF.
QByteArray pdfRecipe(const std::string& recipe, const QString& title);
/// The same file with the date that SOURCE_DATE_EPOCH says, or else a fixed one.
QByteArray withFixedPdfDate(QByteArray pdf);
/// The same picture with a <metadata> element, and fallbacks for its font.
QByteArray withSvgRecipe(QByteArray svg, const std::string& recipe);

}  // namespace posbias::ui
