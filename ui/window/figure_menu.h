// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The figures that are kept with the experiment, in a menu.

#include "core/design/figure_design.h"

#include <QObject>

class QMenu;

namespace posbias::ui {

class Document;

class FigureMenu : public QObject {
    Q_OBJECT
public:
    /// Keeps `menu` filled.
    FigureMenu(QMenu* menu, Document* document);

Q_SIGNALS:
    void chosen(const posbias::FigureDesign& design);

private:
    void fill();

    QMenu* m_menu;
    QMenu* m_removal;  ///< within it, for as long as it is there
    Document* m_document;
};

}  // namespace posbias::ui
