// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/figure_export.h"

namespace posbias::ui {

QByteArray renderAnimation(const std::vector<Figure>&, const Recipe&, const Progress&)
{
    return {};
}

}  // namespace posbias::ui
