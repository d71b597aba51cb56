// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Digests inside figure files, by which a file that was changed, cut off or parted from its pictures is found out.
//
// A figure file holds SHA-256 digests in hexadecimal: of itself (with zeros in the place of this digest, and in .svg and
// .tex with line ends as "\n"), of its alternative text as a file, and of each picture that a .tex file includes. They
// are in the XMP of a PDF and the <metadata> of an SVG as <posbias:digest>, in a tEXt chunk "posbias-digest" of a PNG, a
// comment extension of a GIF, and comment lines of a .tex file.

#include "ui/plot/files/figure_export.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace posbias::ui {

QByteArray digestOf(const QByteArray& bytes);
/// The bytes of the alternative text's file.
QByteArray descriptionBytes(const QString& description);

/// The file with its digests. A PDF is given those in the place that pdfDigest() left; no other byte of it moves.
QByteArray withDigests(QByteArray file, FigureFormat format, const QString& description,
                       const std::vector<SideFile>& pictures = {});
/// For a PDF's XMP.
QByteArray pdfDigest();

struct PictureDigest {
    std::string name;  ///< beside the file
    QByteArray digest;
};
struct FileDigests {
    bool intact = false;  ///< the file is as it was written
    QByteArray description;
    std::vector<PictureDigest> pictures;
};
/// Those that the file holds; nothing where it holds none: it is of an earlier version, cut off, or no figure.
std::optional<FileDigests> digestsIn(const QByteArray& file);

}  // namespace posbias::ui
