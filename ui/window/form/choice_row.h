// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A row for a choice: a combo box, or a segmented control where both ways are worth seeing at once.

#include "ui/window/form/field_row.h"

class QActionGroup;
class QComboBox;

namespace posbias::ui {

class SegmentedControl;

class ChoiceRow : public FieldRow {
    Q_OBJECT
public:
    ChoiceRow(const FieldDescription& field, QWidget* parent);
    QList<QWidget*> editors() const override;
    int controlWidth() const override;

protected:
    void showField() override;

private:
    void addSegments();
    void addBox();

    QComboBox* m_box = nullptr;
    QActionGroup* m_segments = nullptr;
    SegmentedControl* m_control = nullptr;
};

}  // namespace posbias::ui
