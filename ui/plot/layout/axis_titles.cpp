// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/layout/axis_titles.h"

#include "ui/plot/ink/text_painting.h"

namespace posbias::ui {

QString keyAxisTitle()
{
    return FigureText::tr("key position j");
}

QString offsetAxisTitle(const Figure& figure, const CurvePanel* panel)
{
    if (panel && panel->axis == AxisKind::Key)
        return keyAxisTitle();
    return figure.offsetAxis.logarithmic ? FigureText::tr("offset d = i \u2212 j (log)")
                                         : FigureText::tr("offset d = i \u2212 j");
}

}  // namespace posbias::ui
