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
    m_panes[side]->choice = open == fits(side) ? std::nullopt : std::optional(open);
    fold();
}

void Workspace::setPresenting(bool presenting)
{
    m_presenting = presenting;
    fold();
}

QVariantMap Workspace::choices() const
{
    QVariantMap map;
    for (const Side side : {Controls, Inspector}) {
        if (m_panes[side]->choice)
            map.insert(names[side], *m_panes[side]->choice);
    }
    return map;
}

void Workspace::setChoices(const QVariantMap& choices)
{
    for (const Side side : {Controls, Inspector})
        m_panes[side]->choice = choices.contains(names[side]) ? std::optional(choices[names[side]].toBool()) : std::nullopt;
    fold();
}

/// The panel has room beside a stage of full width; the inspector only beside the panel.
bool Workspace::fits(Side side) const
{
    const int stage = stageWidth * QFontInfo(font()).pixelSize() / 13;
    const int controls = m_panes[Controls]->panel->maximumWidth();  // both panels fix their width
    const int inspector = m_panes[Inspector]->panel->maximumWidth();
    const int strip = m_panes[Inspector]->strip->width();
    return width() >= stage + controls + (side == Inspector ? inspector : strip);
}

void Workspace::fold()
{
    bool changed = false;
    for (const Side side : {Controls, Inspector}) {
        Pane& pane = *m_panes[side];
        const bool open = pane.choice.value_or(fits(side));
        changed = changed || open != pane.open;
        pane.open = open;
        pane.panel->setVisible(open && !m_presenting);
        pane.strip->setVisible(!open && !m_presenting);
        pane.line->setVisible(!m_presenting);
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
