// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/formula.h"

namespace posbias::ui {

QString plainText(const Formula& formula)
{
    QString text;
    for (const FormulaPiece& piece : formula) {
        if (piece.kind == FormulaPiece::Kind::Subscript)
            text += QLatin1Char('_');
        text += piece.text;
        if (piece.kind == FormulaPiece::Kind::Fraction)
            text += QLatin1Char('/') + piece.below;
    }
    return text;
}

}  // namespace posbias::ui
