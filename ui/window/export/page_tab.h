// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The page: its size, its type, its ground.

#include "ui/window/export/design_tab.h"

class QLabel;

namespace posbias::ui {

class PageTab : public DesignTab {
    Q_OBJECT
public:
    explicit PageTab(DesignHistory* history);

private:
    QComboBox* sizeChoice();
    NumberField* millimetres(const QString& name, double Page::*side);
    NumberField* resolution();
    NumberField* typeSize();
    QComboBox* fontChoice();
    QComboBox* textChoice();
    QComboBox* themeChoice();
    QLabel* fontNote();

    bool m_shrunkBefore = false;  ///< what gives way, before a type size was being typed
};

}  // namespace posbias::ui
