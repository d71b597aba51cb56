// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/alternative_text.h"

namespace posbias::ui {

QString alternativeText(const Figure& figure)
{
    return QString::fromStdString(figure.title);
}

}  // namespace posbias::ui
