// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The rows of panels that a figure is composed of, where they are not those of its view.

#include "ui/window/export/design_tab.h"

class QTreeWidget;
class QPushButton;

namespace posbias::ui {

class PanelTab : public DesignTab {
    Q_OBJECT
public:
    /// `schemes`: how many there are to show.
    PanelTab(DesignHistory* history, std::size_t schemes);

private:
    struct Place {
        std::size_t row = 0, panel = 0;
    };
    QWidget* buttons();
    QWidget* fields();
    std::optional<Place> chosen() const;
    void choose(Place place);
    void fillTree();
    void fillFields();
    void fillSchemes(const PanelDesign& shown);
    using EditRows = std::function<Place(PanelRows&, Place)>;
    /// Edits the rows about the chosen panel, and chooses the one that is then of interest.
    void editRows(const EditRows& edit);
    void editChosen(const QString& field, const std::function<void(PanelDesign&)>& edit);

    std::size_t m_schemeCount;
    QTreeWidget* m_tree;
    QWidget *m_buttons, *m_fields;
    QComboBox *m_kind, *m_schemes;
    QLineEdit* m_title;
};

}  // namespace posbias::ui
