// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A line of mathematics as a value: text, subscripts and real fractions, set by ui/window/formula_label.h.

#include <QString>

#include <vector>

namespace posbias::ui {

struct FormulaPiece {
    enum class Kind { Text, Strong, Subscript, Fraction };
    Kind kind = Kind::Text;
    QString text;   ///< a piece that begins with a space may begin a new line
    QString below;  ///< of a fraction
    bool operator==(const FormulaPiece&) const = default;
};
using Formula = std::vector<FormulaPiece>;

/// On one line, for the clipboard and for screen readers: "16 + ⌊16 · ln(700/16)/ln(128/16)⌋ = 16 + 29".
QString plainText(const Formula& formula);

}  // namespace posbias::ui
