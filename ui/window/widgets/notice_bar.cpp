// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/widgets/notice_bar.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace posbias::ui {

namespace {

constexpr int mostDetailLines = 8;  // more are scrolled

}  // namespace

NoticeBar::NoticeBar(const QString& name, QWidget* parent)
    : QWidget(parent),
      m_words(new QLabel),
      m_details(new QLabel),
      m_room(new QScrollArea),
      m_line(new QHBoxLayout),
      m_cross(new QToolButton)
{
    setObjectName(name);
    setProperty("surface", "bar");
    setAttribute(Qt::WA_StyledBackground);
    for (QLabel* label : {m_words, m_details}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_words->setObjectName(name + QStringLiteral(":words"));
    m_words->setWordWrap(true);
    m_details->setObjectName(name + QStringLiteral(":details"));
    m_room->setWidget(m_details);
    m_room->setWidgetResizable(true);
    m_room->setFocusPolicy(Qt::NoFocus);
    m_room->hide();
    setFocusPolicy(Qt::ClickFocus);
    m_cross->setProperty("link", true);
    m_cross->setText(QStringLiteral("✕"));
    m_cross->setToolTip(tr("Hide this; nothing is changed"));
    m_cross->setAccessibleName(tr("Hide"));
    m_cross->setObjectName(name + QStringLiteral(":cross"));
    m_line->setSpacing(8);
    m_line->addWidget(m_words, 1);
    m_line->addWidget(m_cross);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 7, 12, 7);
    column->setSpacing(6);
    column->addLayout(m_line);
    column->addWidget(m_room);
    connect(m_cross, &QToolButton::clicked, this, &NoticeBar::dismiss);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget* from, QWidget* to) {
        if (to && from && isInside(to) && !isInside(from))
            m_before = from;
    });
    hide();
}

void NoticeBar::say(const QString& words, const std::vector<Answer>& answers)
{
    m_words->setText(words);
    m_words->setAccessibleName(words);
    setAccessibleName(words);
    // Not from a button that goes to whichever stands next in line.
    if (const QWidget* at = window()->focusWidget(); at && isAncestorOf(at) && at != m_cross)
        setFocus();
    // An answer may change the bar while its button is being pressed.
    for (QPushButton* button : std::as_const(m_buttons)) {
        button->hide();
        button->deleteLater();
    }
    m_buttons.clear();
    QWidget* last = this;  // in the order of Tab
    for (const Answer& answer : answers) {
        auto* button = new QPushButton(answer.words);
        button->setAutoDefault(true);
        connect(button, &QPushButton::clicked, this, answer.act);
        m_line->insertWidget(1 + static_cast<int>(m_buttons.size()), button);
        button->show();
        QWidget::setTabOrder(std::exchange(last, button), button);
        m_buttons << button;
    }
    QWidget::setTabOrder(last, m_cross);
    show();
}

void NoticeBar::setDetails(const QStringList& lines)
{
    m_details->setText(lines.join(u'\n'));
    const auto shown = std::min<int>(mostDetailLines, static_cast<int>(lines.size()));
    m_room->setFixedHeight(m_details->fontMetrics().lineSpacing() * shown + 4);
    m_room->setVisible(!lines.isEmpty());
}

bool NoticeBar::hasDetails() const
{
    return !m_room->isHidden();
}

void NoticeBar::askForAttention()
{
    show();
    if (!isInside(window()->focusWidget()))
        setFocus(Qt::OtherFocusReason);
}

void NoticeBar::dismiss()
{
    hide();
    Q_EMIT dismissed();
}

/// While the keyboard is here, Esc is the bar's before it is the window's.
bool NoticeBar::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void NoticeBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        QWidget::keyPressEvent(event);
}

void NoticeBar::hideEvent(QHideEvent* event)
{
    if (m_before && m_before->isVisible() && isInside(window()->focusWidget()))
        m_before->setFocus();
    QWidget::hideEvent(event);
}

}  // namespace posbias::ui
