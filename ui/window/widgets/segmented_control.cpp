// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/widgets/segmented_control.h"

#include <QAction>
#include <QHBoxLayout>
#include <QToolButton>

namespace posbias::ui {

SegmentedControl::SegmentedControl(const QList<QAction*>& segments, QWidget* parent) : QWidget(parent)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    for (QAction* segment : segments) {
        auto* button = new QToolButton;
        button->setDefaultAction(segment);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        const bool first = segment == segments.first(), last = segment == segments.last();
        button->setProperty("segment", first && last ? "only" : first ? "first" : last ? "last" : "middle");
        row->addWidget(button);
    }
}

}  // namespace posbias::ui
