// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Annotations tied to data: a list, and the fields of the one that is chosen.

#include "core/experiment/experiment.h"
#include "ui/window/export/design_tab.h"

class QLabel;
class QListWidget;
class QPushButton;

namespace posbias::ui {

class NoteTab : public DesignTab {
    Q_OBJECT
public:
    /// Of figures of this experiment: new annotations stand at its crosshair.
    NoteTab(DesignHistory* history, const Experiment& experiment);

private:
    QWidget* buttons();
    QWidget* fields();
    void add(const Annotation& annotation);
    void removeChosen();
    void fillList();
    void fillFields();
    void fillPanels();
    /// Of the chosen annotation: a number of its mark, if it has one.
    using Number = std::int64_t* (*)(Annotation&);
    void number(const QString& name, const QString& label, std::int64_t least, std::int64_t most, Number member);
    void editChosen(const QString& field, const std::function<void(Annotation&)>& edit);

    struct MarkNumber {
        QLabel* label;
        NumberField* field;
        Number member;
    };
    Experiment m_experiment;
    QListWidget* m_list;
    int m_filled = -1;  ///< the annotation that the fields show
    QPushButton* m_remove;
    QFormLayout* m_rows;
    std::vector<MarkNumber> m_numbers;
    QLabel *m_valueLabel, *m_schemeLabel;
    QLineEdit* m_label;
    NumberField* m_value;
    QComboBox *m_scheme, *m_panel;
};

}  // namespace posbias::ui
