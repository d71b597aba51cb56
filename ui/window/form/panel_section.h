// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A titled group of the form's rows, rarely used ones behind "More", with one computed sentence beneath them.

#include "ui/plot/ink/theme.h"
#include "ui/window/form/field_row.h"

class QAbstractButton;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace posbias::ui {

class PanelSection : public QWidget {
    Q_OBJECT
public:
    /// `role` gives the title a dot in the scheme's colour; a foldable section is opened by its title.
    PanelSection(const QString& title, Role role, bool foldable, QWidget* parent);
    /// `more`: shown on demand, or from the start with openMore().
    void setRows(const QList<FieldRow*>& rows, const QList<FieldRow*>& more = {});
    void openMore();
    /// A button beneath the rows; none without a text.
    void setAction(const QString& text, const QString& help = {});
    void setSentence(const QString& sentence);
    void setFolded(bool folded);
    void setTheme(const Theme& theme);
    void setFonts(const QFont& base);
    bool folded() const;
    /// The title, where it can be pressed, then the rows.
    QList<QWidget*> editors() const;
    QList<FieldRow*> rows() const;

Q_SIGNALS:
    void actionAsked();

private:
    QList<FieldRow*> rowsIn(const QVBoxLayout& layout) const;

    QAbstractButton* m_fold = nullptr;  ///< of the whole section
    QAbstractButton* m_more;
    QLabel* m_title = nullptr;
    QWidget* m_dot = nullptr;
    Role m_role;
    QWidget* m_body;
    QVBoxLayout *m_rows, *m_moreRows;  ///< the only lists of the rows: a layout forgets those that are deleted
    QWidget* m_moreBody;
    QToolButton* m_action;
    QLabel* m_sentence;
};

}  // namespace posbias::ui
