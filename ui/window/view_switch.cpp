// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/view_switch.h"

#include "ui/window/widgets/segmented_control.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace posbias::ui {

ViewSwitch::ViewSwitch(const QList<QAction*>& views, QWidget* parent)
    : QWidget(parent),
      m_views(views),
      m_wide(new SegmentedControl(views)),
      m_tight(new SegmentedControl(views)),
      m_menu(new QToolButton)
{
    for (QToolButton* button : m_tight->findChildren<QToolButton*>())
        button->setProperty("tight", true);
    auto* menu = new QMenu(m_menu);
    menu->addActions(views);
    m_menu->setMenu(menu);
    m_menu->setPopupMode(QToolButton::InstantPopup);
    m_menu->setObjectName(QStringLiteral("viewMenu"));
    m_menu->setAccessibleName(tr("View"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    for (QWidget* form : {static_cast<QWidget*>(m_wide), static_cast<QWidget*>(m_tight), static_cast<QWidget*>(m_menu)})
        row->addWidget(form);
    for (QAction* view : views)
        connect(view, &QAction::toggled, this, &ViewSwitch::nameView);
    nameView();
    setForm(Form::Wide);
}

void ViewSwitch::nameView()
{
    for (const QAction* view : m_views) {
        if (view->isChecked())
            m_menu->setText(view->text());
    }
}

void ViewSwitch::setForm(Form form)
{
    m_wide->setVisible(form == Form::Wide);
    m_tight->setVisible(form == Form::Tight);
    m_menu->setVisible(form == Form::Menu);
}

int ViewSwitch::widthOf(Form form) const
{
    if (form == Form::Menu) {
        int widest = 0;
        for (const QAction* view : m_views)
            widest = std::max(widest, m_menu->fontMetrics().horizontalAdvance(view->text()));
        return widest + 44;
    }
    int width = 0;
    for (QToolButton* button : (form == Form::Wide ? m_wide : m_tight)->findChildren<QToolButton*>()) {
        button->ensurePolished();  // it may never have been seen
        width += button->sizeHint().width();
    }
    return width;
}

}  // namespace posbias::ui
