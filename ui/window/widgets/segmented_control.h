// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A row of joined buttons of which one is chosen: its segments are checkable actions of an exclusive group.

#include <QWidget>

class QAction;

namespace posbias::ui {

class SegmentedControl : public QWidget {
    Q_OBJECT
public:
    explicit SegmentedControl(const QList<QAction*>& segments, QWidget* parent = nullptr);
};

}  // namespace posbias::ui
