// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Figures as files: PDF, SVG and PNG with a size in millimetres. The window and `posbias render` both end here.

#include "core/base/progress.h"
#include "core/experiment/experiment.h"
#include "core/figure/figure.h"
#include "ui/plot/theme.h"

#include <QByteArray>
#include <QImage>

#include <filesystem>

namespace posbias::ui {

enum class FigureFormat { Pdf, Svg, Png };

struct ExportSettings {
    double widthMm = 160.0;    ///< 10..2000
    double heightMm = 100.0;   ///< 10..2000
    int dpi = 300;             ///< 36..2400: PNG pixels, resolution of maps in PDF and SVG
    ThemeName theme = ThemeName::Light;
    bool operator==(const ExportSettings&) const = default;
};
inline constexpr double mmPerInch = 25.4;
int exportPixels(double mm, int dpi);
/// A size that suits the kind of figure.
ExportSettings defaultExportSettings(FigureKind kind);
/// Throws InputError (subject "--width", "--height" or "--dpi") with the allowed range; a PNG that would need more than
/// 1 GiB is refused with its size.
void validate(const ExportSettings& settings, FigureFormat format);

/// From the file's ending; throws InputError (subject "-o").
FigureFormat formatFromName(const std::filesystem::path& file);

/// The file's bytes: the same figure, experiment and settings give the same bytes. The experiment is carried inside
/// (PNG text chunk, SVG metadata, PDF metadata) as .posbias JSON. PDF: fonts embedded, no JPEG, date from
/// SOURCE_DATE_EPOCH or fixed.
QByteArray renderFigure(const Figure& figure, const Experiment& experiment, const ExportSettings& settings,
                        FigureFormat format, const Progress& progress = {});
/// The PNG's picture.
QImage renderImage(const Figure& figure, const ExportSettings& settings);
/// Validates, renders, writes atomically; asked to stop meanwhile, it throws Cancelled and leaves no file.
void exportFigure(const Figure& figure, const Experiment& experiment, const ExportSettings& settings,
                  const std::filesystem::path& file, const Progress& progress = {});

}  // namespace posbias::ui
