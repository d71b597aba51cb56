// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/tool_bar.h"

#include "ui/window/view_switch.h"
#include "ui/window/widgets/title_button.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QMenu>
#include <QTimer>
#include <QToolButton>

namespace posbias::ui {

namespace {

constexpr int gap = 16, sideMargin = 12;

/// Of a preset somebody changed.
QStringList presetNames(const Actions& actions)
{
    QStringList names;
    for (const QAction* preset : actions.presets)
        names << ToolBar::changedTitle(preset->text());
    return names;
}

QToolButton* buttonFor(QAction* action, const QString& text)
{
    // Not the action's default button: undo and redo would rename it with every step.
    auto* button = new QToolButton;
    button->setText(text);
    button->setCheckable(action->isCheckable());
    const auto follow = [button, action] {
        button->setEnabled(action->isEnabled());
        button->setChecked(action->isChecked());
        button->setToolTip(action->toolTip());
    };
    follow();
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QToolButton::clicked, action, &QAction::trigger);
    return button;
}

/// Preset names with their summaries beneath would need a custom menu; tooltips show them on demand.
QMenu* presetMenu(const Actions& actions, QWidget* parent)
{
    auto* menu = new QMenu(parent);
    menu->setToolTipsVisible(true);
    menu->addActions(actions.presets);
    return menu;
}

QWidget* row(const QList<QWidget*>& widgets, Qt::Alignment alignment)
{
    auto* group = new QWidget;
    auto* line = new QHBoxLayout(group);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    if (alignment == Qt::AlignRight)
        line->addStretch(1);
    for (QWidget* widget : widgets)
        line->addWidget(widget);
    if (alignment == Qt::AlignLeft)
        line->addStretch(1);
    return group;
}

}  // namespace

ToolBar::ToolBar(const Actions& actions, QWidget* parent) : QWidget(parent)
{
    setProperty("surface", "panel");
    setAttribute(Qt::WA_StyledBackground);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(sideMargin, 6, sideMargin, 5);
    grid->setHorizontalSpacing(gap);
    m_left = leftGroup(actions);
    m_right = rightGroup(actions);
    m_views = new ViewSwitch(actions.views);
    grid->addWidget(m_left, 0, 0);
    grid->addWidget(m_views, 0, 1);
    grid->addWidget(m_right, 0, 2);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(2, 1);
}

QWidget* ToolBar::leftGroup(const Actions& actions)
{
    m_preset = new TitleButton(presetNames(actions));
    m_preset->setObjectName(QStringLiteral("presetButton"));
    m_preset->setPopupMode(QToolButton::InstantPopup);
    m_preset->setMenu(presetMenu(actions, m_preset));
    QToolButton* undo = buttonFor(actions.undo, QStringLiteral("↶"));
    QToolButton* redo = buttonFor(actions.redo, QStringLiteral("↷"));
    undo->setAccessibleName(tr("Undo"));
    redo->setAccessibleName(tr("Redo"));
    m_steps = {undo, redo};
    m_panels = row({buttonFor(actions.controls, tr("Experiment")), buttonFor(actions.inspector, tr("Inspector"))},
                   Qt::AlignLeft);
    m_panels->hide();
    return row({m_preset, undo, redo, m_panels}, Qt::AlignLeft);
}

QWidget* ToolBar::rightGroup(const Actions& actions)
{
    m_present = buttonFor(actions.present, tr("Present"));
    m_export = buttonFor(actions.exportFigure, tr("Export figure…"));
    m_export->setProperty("primary", true);
    return row({m_present, m_export}, Qt::AlignRight);
}

QString ToolBar::changedTitle(const QString& title)
{
    return tr("%1 (changed)").arg(title);
}

void ToolBar::setTitle(const QString& title)
{
    const QString shown = title.isEmpty() ? tr("Presets") : title;
    m_preset->setText(shown);
    m_preset->setToolTip(tr("%1. Choose a ready-made experiment").arg(shown));
}

void ToolBar::setPresenting(bool presenting)
{
    m_presenting = presenting;
    m_preset->setVisible(!presenting);
    m_panels->setVisible(presenting);
    m_present->setText(presenting ? tr("Leave (Esc)") : tr("Present"));
    fit();
}

/// The most generous form that has room.
void ToolBar::fit()
{
    struct Form {
        ViewSwitch::Form views;
        bool longExport, present, steps;
    };
    static constexpr Form forms[] = {
        {ViewSwitch::Form::Wide, true, true, true},     {ViewSwitch::Form::Tight, true, true, true},
        {ViewSwitch::Form::Tight, false, true, true},   {ViewSwitch::Form::Tight, false, false, true},
        {ViewSwitch::Form::Tight, false, false, false}, {ViewSwitch::Form::Menu, false, false, true},
    };
    for (const Form& form : forms) {
        m_views->setForm(form.views);
        m_export->setText(form.longExport ? tr("Export figure…") : tr("Export…"));
        m_export->setVisible(!m_presenting);
        m_present->setVisible(m_presenting || form.present);
        for (QToolButton* button : m_steps)
            button->setVisible(!m_presenting && form.steps);
        const int sides = m_left->minimumSizeHint().width() + m_right->minimumSizeHint().width();
        if (sides + m_views->widthOf(form.views) + 2 * (gap + sideMargin) <= width())
            return;
    }
}

QSize ToolBar::minimumSizeHint() const
{
    return {0, QWidget::minimumSizeHint().height()};  // the window says how small it gets
}

void ToolBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

void ToolBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        QTimer::singleShot(0, this, &ToolBar::fit);
}

}  // namespace posbias::ui
