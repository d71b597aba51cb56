// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/tool_bar.h"

#include "ui/window/segmented_control.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QMenu>
#include <QStyleOptionToolButton>
#include <QStylePainter>
#include <QToolButton>

namespace posbias::ui {

namespace {

constexpr int presetWidth = 190;

/// Its text begins at the left, as in a combo box; a tool button's own is centred.
class TitleButton : public QToolButton {
protected:
    void paintEvent(QPaintEvent*) override
    {
        QStylePainter painter(this);
        QStyleOptionToolButton option;
        initStyleOption(&option);
        option.text.clear();
        painter.drawComplexControl(QStyle::CC_ToolButton, option);
        painter.drawItemText(rect().adjusted(11, 0, -28, 0), Qt::AlignLeft | Qt::AlignVCenter, palette(), isEnabled(),
                             text(), QPalette::ButtonText);
    }
};

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
    grid->setContentsMargins(12, 6, 12, 5);
    grid->setHorizontalSpacing(16);
    grid->addWidget(leftGroup(actions), 0, 0);
    grid->addWidget(new SegmentedControl(actions.views()), 0, 1);
    grid->addWidget(rightGroup(actions), 0, 2);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(2, 1);
}

QWidget* ToolBar::leftGroup(const Actions& actions)
{
    m_preset = new TitleButton;
    m_preset->setObjectName(QStringLiteral("presetButton"));
    m_preset->setPopupMode(QToolButton::InstantPopup);
    m_preset->setMenu(presetMenu(actions, m_preset));
    m_preset->setFixedWidth(presetWidth);
    QToolButton* undo = buttonFor(actions.undo, QStringLiteral("↶"));
    QToolButton* redo = buttonFor(actions.redo, QStringLiteral("↷"));
    undo->setAccessibleName(tr("Undo"));
    redo->setAccessibleName(tr("Redo"));
    return row({m_preset, undo, redo}, Qt::AlignLeft);
}

QWidget* ToolBar::rightGroup(const Actions& actions)
{
    QToolButton* present = buttonFor(actions.present, tr("Present"));
    QToolButton* exportButton = buttonFor(actions.exportFigure, tr("Export figure…"));
    exportButton->setProperty("primary", true);
    return row({present, exportButton}, Qt::AlignRight);
}

void ToolBar::setTitle(const QString& title)
{
    m_title = title;
    elideTitle();
}

void ToolBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    elideTitle();
}

void ToolBar::elideTitle()
{
    const QString shown = m_title.isEmpty() ? tr("Presets") : m_title;
    const QString fitting = fontMetrics().elidedText(shown, Qt::ElideRight, presetWidth - 40);
    m_preset->setText(fitting);
    m_preset->setToolTip(tr("%1. Choose a ready-made experiment").arg(shown));
}

}  // namespace posbias::ui
