// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/inspector/share_bars.h"

#include "ui/text/numbers.h"

#include <QHelpEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>

namespace posbias::ui {

namespace {

constexpr double barHeight = 14.0;
constexpr double paleness = 0.40;
constexpr double visible = 1.5;  // px: a share above 0 never disappears
constexpr double hatchPitch = 5.0;

QString notSeen(const AttentionShares& shares)
{
    return percent(shares.unseen + shares.untrained);
}

QString inWords(const ShareBar& bar)
{
    return ShareBars::tr("%1: %2 on offsets seen in training, %3 on unseen ones, %4 on untrained ones")
        .arg(bar.label, percent(bar.shares.seen), percent(bar.shares.unseen), percent(bar.shares.untrained));
}

}  // namespace

ShareBars::ShareBars(QWidget* parent) : QWidget(parent), m_theme(theme(ThemeName::Light))
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ShareBars::setTheme(const Theme& theme)
{
    m_theme = theme;
    update();
}

void ShareBars::setBars(const std::vector<ShareBar>& bars)
{
    const bool resized = bars.size() != m_bars.size();
    m_bars = bars;
    QStringList words;
    for (const ShareBar& bar : bars)
        words << inWords(bar);
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    if (resized)
        updateGeometry();
    update();
}

int ShareBars::rowHeight() const
{
    return std::max(fontMetrics().height(), static_cast<int>(barHeight)) + 5;
}

QSize ShareBars::sizeHint() const
{
    return {200, rowHeight() * static_cast<int>(m_bars.size())};
}

void ShareBars::paintBar(QPainter& painter, const ShareBar& bar, const QRectF& place) const
{
    const QColor solid = bar.role == Role::Neutral ? m_theme.teacher : m_theme.of(bar.role);
    QColor pale = solid;
    pale.setAlphaF(static_cast<float>(paleness));
    const auto width = [&](double share) { return share > 0.0 ? std::max(visible, share * place.width()) : 0.0; };
    const double untrained = std::min(place.width(), width(bar.shares.untrained));
    const double unseen = std::min(place.width() - untrained, width(bar.shares.unseen));
    const double seen = place.width() - untrained - unseen;

    painter.save();
    QPainterPath outline;
    outline.addRoundedRect(place, 2.0, 2.0);
    painter.setClipPath(outline);
    painter.fillRect(QRectF(place.left(), place.top(), seen, place.height()), solid);
    painter.fillRect(QRectF(place.left() + seen, place.top(), unseen, place.height()), pale);
    const QRectF hatched(place.left() + seen + unseen, place.top(), untrained, place.height());
    if (untrained > 0.0) {
        painter.setClipRect(hatched, Qt::IntersectClip);
        painter.setPen(QPen(m_theme.hatch, 1.2));
        for (double x = hatched.left() - place.height(); x < hatched.right(); x += hatchPitch)
            painter.drawLine(QPointF(x, hatched.top()), QPointF(x + place.height(), hatched.bottom()));
    }
    painter.restore();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_theme.frame, 1.0));
    painter.drawRoundedRect(place, 2.0, 2.0);
}

void ShareBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    const QFontMetrics metrics(strong);
    int labels = 0, values = metrics.horizontalAdvance(QStringLiteral("100 %"));
    for (const ShareBar& bar : m_bars) {
        labels = std::max(labels, fontMetrics().horizontalAdvance(bar.label));
        values = std::max(values, metrics.horizontalAdvance(notSeen(bar.shares)));
    }
    for (std::size_t k = 0; k < m_bars.size(); ++k) {
        const ShareBar& bar = m_bars[k];
        const QRectF row(0.0, static_cast<double>(rowHeight()) * static_cast<double>(k), width(), rowHeight());
        painter.setFont(bar.role == Role::Neutral ? font() : strong);
        painter.setPen(bar.role == Role::Neutral ? m_theme.text : m_theme.of(bar.role));
        painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, bar.label);
        painter.setFont(strong);
        painter.setPen(m_theme.text);
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, notSeen(bar.shares));
        const double left = labels + 10.0;
        paintBar(painter, bar, {left, row.center().y() - barHeight / 2.0, width() - left - values - 12.0, barHeight});
    }
}

bool ShareBars::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto row = static_cast<std::size_t>(std::max(0, help->pos().y()) / rowHeight());
        if (row < m_bars.size())
            QToolTip::showText(help->globalPos(), inWords(m_bars[row]), this);
        return true;
    }
    return QWidget::event(event);
}

}  // namespace posbias::ui
