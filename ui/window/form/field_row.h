// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One row of the form: label and control, with what is wrong, or why it has no effect, right beneath.

#include "core/experiment/fields.h"
#include "ui/plot/ink/theme.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace posbias::ui {

/// Widths in px that all rows of the panel share.
struct RowColumns {
    int label = 0;
    int number = 0;
};

class FieldRow : public QWidget {
    Q_OBJECT
public:
    /// The row that suits a description: numbers, choices.
    static FieldRow* make(const FieldDescription& field, QWidget* parent);

    QString path() const { return QString::fromStdString(m_field.path); }
    const FieldDescription& field() const { return m_field; }
    /// Whether the same widgets can show this description.
    bool suits(const FieldDescription& field) const;
    /// Takes a new value and state; `problem` is shown beneath (none: empty).
    void update(const FieldDescription& field, const QString& problem);
    void setTheme(const Theme& theme);
    void setFonts(const QFont& base);
    void setColumns(const RowColumns& columns);
    int labelWidth() const;
    /// What the control needs at least, beside the label.
    virtual int controlWidth() const { return 0; }
    /// What is visible beneath the row in red; empty when nothing is wrong.
    QString problem() const;
    /// In the order of the Tab key.
    virtual QList<QWidget*> editors() const = 0;

Q_SIGNALS:
    void valueChosen(const QString& path, const posbias::FieldValue& value);
    void gestureEnded();

protected:
    FieldRow(const FieldDescription& field, QWidget* parent);
    virtual void showField() = 0;
    virtual void fitColumns(const RowColumns&) {}
    void place(QWidget* control, int column, int span, Qt::Alignment alignment = {});
    /// Tells the panel; afterwards field() holds what became of it.
    void choose(const FieldValue& value);

private:
    FieldDescription m_field;
    QGridLayout* m_grid;
    QLabel* m_label;
    QLabel* m_problem;
    QLabel* m_reason;
};

/// Core's words for a label, a choice, a tooltip in the language of the window.
QString coreText(const std::string& text);

}  // namespace posbias::ui
