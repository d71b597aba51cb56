// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/widgets/title_button.h"

#include <QStyleOptionToolButton>
#include <QStylePainter>

#include <algorithm>

namespace posbias::ui {

namespace {

constexpr int before = 11, after = 28;  // the frame's padding; the arrow's room
constexpr int leastText = 90;

}  // namespace

TitleButton::TitleButton(const QStringList& names, QWidget* parent) : QToolButton(parent), m_names(names)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize TitleButton::sizeHint() const
{
    int widest = leastText;
    for (const QString& name : m_names)
        widest = std::max(widest, fontMetrics().horizontalAdvance(name));
    return {widest + before + after + 2, QToolButton::sizeHint().height()};
}

QSize TitleButton::minimumSizeHint() const
{
    return {leastText + before + after, QToolButton::sizeHint().height()};
}

void TitleButton::paintEvent(QPaintEvent*)
{
    QStylePainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    option.text.clear();
    painter.drawComplexControl(QStyle::CC_ToolButton, option);
    const QRect room = rect().adjusted(before, 0, -after, 0);
    painter.drawItemText(room, Qt::AlignLeft | Qt::AlignVCenter, palette(), isEnabled(),
                         fontMetrics().elidedText(text(), Qt::ElideMiddle, room.width()), QPalette::ButtonText);
}

}  // namespace posbias::ui
