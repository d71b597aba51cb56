// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The formats that a figure is written in, several at once.

#include "ui/plot/files/figure_export.h"
#include "ui/window/export/design_tab.h"

namespace posbias::ui {

/// Of the design; without a choice it is PDF.
std::vector<FigureFormat> formatsOf(const FigureDesign& design);

class FormatChoice : public DesignTab {
    Q_OBJECT
public:
    explicit FormatChoice(DesignHistory* history);
    bool wantsDescription() const;

private:
    QCheckBox* formatBox(FigureFormat format, const QString& text, const QString& help);

    QCheckBox* m_description;
};

}  // namespace posbias::ui
