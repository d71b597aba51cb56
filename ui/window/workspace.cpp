// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/workspace.h"

#include <QAbstractButton>
#include <QEvent>
#include <QFontInfo>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyleOption>
#include <QVariantMap>

namespace posbias::ui {

namespace {

/// A folded panel: its name along the edge; a click unfolds it.
class FoldStrip : public QAbstractButton {
public:
    explicit FoldStrip(const QString& name)
    {
        setText(name);
        setToolTip(QObject::tr("Open: %1").arg(name));
        setCursor(Qt::PointingHandCursor);
        setFixedWidth(fontMetrics().height() + 12);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), palette().color(QPalette::Window));
        if (underMouse() || hasFocus())
            painter.fillRect(rect(), QColor(127, 127, 127, 28));
        painter.setPen(palette().color(QPalette::WindowText));
        painter.translate(width(), 0);
        painter.rotate(90.0);
        painter.drawText(QRect(16, 0, height() - 32, width()), Qt::AlignLeft | Qt::AlignVCenter, text());
    }
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }
};

QWidget* hairLine()
{
    auto* line = new QWidget;
    line->setProperty("surface", "line");
    line->setAttribute(Qt::WA_StyledBackground);
    line->setFixedWidth(1);
    return line;
}

const QString names[] = {QStringLiteral("controls"), QStringLiteral("inspector")};

}  // namespace

struct Workspace::Pane {
    QWidget* panel = nullptr;
    QWidget* strip = nullptr;
    QWidget* line = nullptr;
    bool open = true;
    std::optional<bool> choice;  ///< a person's, where it differs from what the width suggests
    bool presented = false;      ///< open while presenting
};

Workspace::Workspace(QWidget* controls, QWidget* stage, QWidget* inspector, QWidget* parent) : QWidget(parent)
{
    const auto pane = [this](Side side, QWidget* panel, const QString& name) {
        auto made = std::make_unique<Pane>();
        made->panel = panel;
        auto* strip = new FoldStrip(name);
        made->strip = strip;
        made->line = hairLine();
        strip->hide();
        connect(strip, &QAbstractButton::clicked, this, [this, side] { setOpen(side, true); });
        m_panes[side] = std::move(made);
    };
    pane(Controls, controls, tr("Experiment"));
    pane(Inspector, inspector, tr("Inspector"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    for (QWidget* widget : {m_panes[Controls]->strip, controls, m_panes[Controls]->line})
        row->addWidget(widget);
    row->addWidget(stage, 1);
    for (QWidget* widget : {m_panes[Inspector]->line, inspector, m_panes[Inspector]->strip})
        row->addWidget(widget);
}

Workspace::~Workspace() = default;

bool Workspace::isOpen(Side side) const
{
    return m_panes[side]->open;
}

void Workspace::setOpen(Side side, bool open)
{
    Pane& pane = *m_panes[side];
    Pane& other = *m_panes[side == Controls ? Inspector : Controls];
    if (m_presenting) {
        pane.presented = open;
        if (open && other.presented && !hasRoomFor(true, true))
            other.presented = false;
    } else {
        m_first = open ? side : Controls;
        pane.choice.reset();
        if (openPanes()[side] != open)
            pane.choice = open;
    }
    fold();
}

void Workspace::setPresenting(bool presenting)
{
    m_presenting = presenting;
    for (const auto& pane : m_panes)
        pane->presented = false;
    fold();
}

QVariantMap Workspace::choices() const
{
    QVariantMap map;
    for (const Side side : {Controls, Inspector}) {
        if (m_panes[side]->choice)
            map.insert(names[side], *m_panes[side]->choice);
    }
    if (m_first == Inspector)
        map.insert(QStringLiteral("first"), names[Inspector]);
    return map;
}

void Workspace::setChoices(const QVariantMap& choices)
{
    for (const Side side : {Controls, Inspector})
        m_panes[side]->choice =
            choices.contains(names[side]) ? std::optional(choices[names[side]].toBool()) : std::nullopt;
    m_first = choices.value(QStringLiteral("first")).toString() == names[Inspector] ? Inspector : Controls;
    fold();
}

/// Beside a stage of full width.
bool Workspace::hasRoomFor(bool controls, bool inspector) const
{
    const int strip = m_presenting ? 0 : m_panes[Controls]->strip->width();
    // Both panels fix their width.
    return width() >= stageWidth * QFontInfo(font()).pixelSize() / 13 +
                          (controls ? m_panes[Controls]->panel->maximumWidth() : strip) +
                          (inspector ? m_panes[Inspector]->panel->maximumWidth() : strip);
}

std::array<bool, 2> Workspace::openPanes() const
{
    if (m_presenting)
        return {m_panes[Controls]->presented, m_panes[Inspector]->presented};
    const Side second = m_first == Controls ? Inspector : Controls;
    std::array<bool, 2> open = {false, false};
    open[m_first] = m_panes[m_first]->choice.value_or(hasRoomFor(m_first == Controls, m_first == Inspector));
    if (open[m_first])
        open[second] = m_panes[second]->choice.value_or(true) && hasRoomFor(true, true);
    else
        open[second] = m_panes[second]->choice.value_or(hasRoomFor(second == Controls, second == Inspector));
    return open;
}

void Workspace::fold()
{
    const std::array<bool, 2> open = openPanes();
    bool changed = false;
    for (const Side side : {Controls, Inspector}) {
        Pane& pane = *m_panes[side];
        changed = changed || open[side] != pane.open;
        pane.open = open[side];
        pane.panel->setVisible(pane.open);
        pane.strip->setVisible(!pane.open && !m_presenting);
        pane.line->setVisible(pane.open || !m_presenting);
    }
    if (changed)
        Q_EMIT panesChanged();
}

void Workspace::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fold();
}

}  // namespace posbias::ui
