// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/stage/stage_note.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>

namespace posbias::ui {

namespace {

constexpr int widest = 900;
constexpr int margin = 16;

}  // namespace

StageNote::StageNote(QWidget* picture)
    : QWidget(picture), m_picture(picture), m_words(new QLabel), m_button(new QToolButton)
{
    setObjectName(QStringLiteral("note"));
    setProperty("surface", "note");
    setAttribute(Qt::WA_StyledBackground);
    m_words->setObjectName(QStringLiteral("note:words"));
    m_words->setTextFormat(Qt::PlainText);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(16, 6, 10, 6);
    line->setSpacing(16);
    line->addWidget(m_words, 1);
    line->addWidget(m_button);
    hide();
    picture->installEventFilter(this);
    connect(m_button, &QToolButton::clicked, this, &StageNote::pressed);
}

void StageNote::say(const QString& text, const QString& button, const QColor& ink)
{
    QPalette palette = m_words->palette();
    palette.setColor(QPalette::WindowText, ink);
    m_words->setPalette(palette);
    m_words->setText(text);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    show();
    place();
}

/// In the middle.
void StageNote::place()
{
    const int room = std::min(widest, m_picture->width() - 2 * margin);
    m_words->setWordWrap(false);
    layout()->invalidate();
    const QSize oneLine = sizeHint();
    const bool wrap = oneLine.width() > room;
    m_words->setWordWrap(wrap);
    const int width = wrap ? room : oneLine.width();
    const int height = wrap ? heightForWidth(width) : oneLine.height();
    setGeometry((m_picture->width() - width) / 2, m_picture->height() - height - margin, width, height);
    raise();
}

bool StageNote::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_picture && event->type() == QEvent::Resize && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

}  // namespace posbias::ui
