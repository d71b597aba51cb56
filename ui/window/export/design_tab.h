// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A page of the export dialog's form: fields that show a part of a figure's design and change it.

#include "ui/model/design_history.h"

#include <QWidget>

#include <functional>
#include <vector>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;

namespace posbias::ui {

class NumberField;

class DesignTab : public QWidget {
    Q_OBJECT
public:
    explicit DesignTab(DesignHistory* history);

protected:
    using Fill = std::function<void(const FigureDesign&)>;
    template <typename Value>
    using Member = std::function<Value&(FigureDesign&)>;
    template <typename Value>
    using Read = std::function<Value(const FigureDesign&)>;
    template <typename Value>
    using Write = std::function<void(FigureDesign&, const Value&)>;

    const FigureDesign& design() const { return m_history->design(); }
    void change(const QString& field, const DesignHistory::Edit& edit) { m_history->change(field, edit); }
    /// Called now and after each change of the design.
    void keepFilled(Fill fill);

    // The field shows the member, and changes it. `name` is the step's in the history.
    void bind(QCheckBox* box, const QString& name, const Member<bool>& member);
    void bind(QLineEdit* line, const QString& name, const Member<std::string>& member);
    void bind(NumberField* field, const QString& name, const Read<double>& read, const Write<double>& write);
    /// By the items' data.
    void bind(QComboBox* box, const QString& name, const Read<int>& read, const Write<int>& write);

    /// Rows of a label and a field, in the form's distances.
    static QFormLayout* formRows();

private:
    DesignHistory* m_history;
    std::vector<Fill> m_fills;
};

}  // namespace posbias::ui
