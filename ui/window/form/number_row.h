// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A row for a number: slider and number box; a seed has a button for a new one instead of the slider.

#include "ui/window/form/field_row.h"

namespace posbias::ui {

class NumberBox;
class ValueSlider;

class NumberRow : public FieldRow {
    Q_OBJECT
public:
    NumberRow(const FieldDescription& field, QWidget* parent);
    QList<QWidget*> editors() const override;

protected:
    void showField() override;
    void fitColumns(const RowColumns& columns) override;

private:
    void addSlider();
    void addSeedButton();
    void chooseReal(double value);
    void step(int direction, bool page);
    void enter(const FieldValue& value);

    NumberBox* m_box;
    ValueSlider* m_slider = nullptr;
    QWidget* m_seedButton = nullptr;
    bool m_entering = false;
    bool m_refused = false;  ///< the text in the box is not the field's value, and is kept to be mended
};

}  // namespace posbias::ui
