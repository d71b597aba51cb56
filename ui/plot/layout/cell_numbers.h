// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The values of single cells as words, made together with a picture in which cells are large.

#include "core/figure/figure.h"

#include <QRgb>
#include <QString>

#include <vector>

namespace posbias::ui {

struct CellNumber {
    QString text, brief;  ///< `brief`: for small cells; both empty: masked, or hardly visible
    QRgb colour = 0;      ///< of the cell
};

/// Of the cells that a picture shows, row by row; none when there are too many to be read.
struct CellNumbers {
    std::int64_t firstQuery = 0, firstKey = 0;
    std::int64_t rows = 0, columns = 0;
    std::vector<CellNumber> cells;

    /// Null where there is no number.
    const CellNumber* at(std::int64_t query, std::int64_t key) const;
};

/// As a grid of any size would tell them.
/// `parameters`: values are numbers of parameters.
CellNumbers cellNumbers(const MapSource& source, const CellRect& cells, const ColourScale& scale,
                        bool parameters = false);
CellNumbers cellNumbers(const PixelGrid& grid, const CellRect& cells, const ColourScale& scale,
                        bool parameters = false);

/// Two or three significant digits in few characters: "−5.63", "0.012", "3.4e−5". Brief, one less where that is shorter
/// than "−5.63": "0.01", "3e−5".
QString cellText(double value, bool brief = false);
/// "u" with the parameter's number below.
QString parameterText(std::int64_t parameter);

}  // namespace posbias::ui
