// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/notice_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace posbias::ui {

namespace {

constexpr int mostDetailLines = 8;  // more are scrolled

}  // namespace

NoticeBar::NoticeBar(const QString& name, QWidget* parent)
    : QWidget(parent), m_words(new QLabel), m_details(new QLabel), m_room(new QScrollArea), m_line(new QHBoxLayout)
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
    auto* cross = new QToolButton;
    cross->setProperty("link", true);
    cross->setText(QStringLiteral("✕"));
    cross->setToolTip(tr("Hide this; nothing is changed"));
    cross->setAccessibleName(tr("Hide"));
    m_line->setSpacing(8);
    m_line->addWidget(m_words, 1);
    m_line->addWidget(cross);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 7, 12, 7);
    column->setSpacing(6);
    column->addLayout(m_line);
    column->addWidget(m_room);
    connect(cross, &QToolButton::clicked, this, &QWidget::hide);
    hide();
}

void NoticeBar::say(const QString& words, const std::vector<Answer>& answers)
{
    m_words->setText(words);
    m_words->setAccessibleName(words);
    // An answer may change the bar while its button is being pressed.
    for (QPushButton* button : std::as_const(m_buttons)) {
        button->hide();
        button->deleteLater();
    }
    m_buttons.clear();
    for (const Answer& answer : answers) {
        auto* button = new QPushButton(answer.words);
        button->setAutoDefault(true);
        connect(button, &QPushButton::clicked, this, answer.act);
        m_line->insertWidget(1 + static_cast<int>(m_buttons.size()), button);
        button->show();
        m_buttons << button;
    }
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
    if (!m_buttons.isEmpty())
        m_buttons.first()->setFocus(Qt::OtherFocusReason);
}

}  // namespace posbias::ui
