// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The views side by side as tabs; where they have no room, as one button with a menu.

#include <QWidget>

class QAction;
class QToolButton;

namespace posbias::ui {

class SegmentedControl;

class ViewSwitch : public QWidget {
    Q_OBJECT
public:
    enum class Form { Wide, Tight, Menu };
    explicit ViewSwitch(const QList<QAction*>& views, QWidget* parent = nullptr);
    void setForm(Form form);
    int widthOf(Form form) const;

private:
    void nameView();

    QList<QAction*> m_views;
    SegmentedControl *m_wide, *m_tight;
    QToolButton* m_menu;
};

}  // namespace posbias::ui
