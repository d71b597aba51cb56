// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A titled group of the form's rows, with one computed sentence beneath them.

#include "ui/plot/theme.h"
#include "ui/window/field_row.h"

class QAbstractButton;
class QLabel;
class QVBoxLayout;

namespace posbias::ui {

class PanelSection : public QWidget {
    Q_OBJECT
public:
    /// `role` gives the title a dot in the scheme's colour; a foldable section is opened by its title.
    PanelSection(const QString& title, Role role, bool foldable, QWidget* parent);
    void setRows(const QList<FieldRow*>& rows);
    void setSentence(const QString& sentence);
    void setFolded(bool folded);
    void setTheme(const Theme& theme);
    void setFonts(const QFont& base);
    /// The title, where it can be pressed, then the rows.
    QList<QWidget*> editors() const;

private:
    QAbstractButton* m_fold = nullptr;
    QLabel* m_title = nullptr;
    QWidget* m_dot = nullptr;
    Role m_role;
    QWidget* m_body;
    QVBoxLayout* m_rows;
    QLabel* m_sentence;
    QList<FieldRow*> m_fieldRows;
};

}  // namespace posbias::ui
