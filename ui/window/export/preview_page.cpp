// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export/preview_page.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

namespace posbias::ui {

namespace {

constexpr int edge = 1;    // px about the page
constexpr int square = 8;  // px of the chequers that show through

QBrush chequers()
{
    QPixmap tile(2 * square, 2 * square);
    tile.fill(QColor(0xff, 0xff, 0xff));
    QPainter painter(&tile);
    painter.fillRect(0, 0, square, square, QColor(0xe4, 0xe4, 0xe4));
    painter.fillRect(square, square, square, square, QColor(0xe4, 0xe4, 0xe4));
    return QBrush(tile);
}

}  // namespace

PreviewPage::PreviewPage(QWidget* parent) : QWidget(parent)
{
    setToolTip(tr("Drag it into another program"));
}

void PreviewPage::showPicture(const QImage& picture, const QSize& size)
{
    m_picture = picture;
    m_size = size;
    m_words.clear();
    setCursor(Qt::OpenHandCursor);
    updateGeometry();
    update();
}

void PreviewPage::showWords(const QString& words)
{
    m_picture = {};
    m_words = words;
    unsetCursor();
    update();
}

QSize PreviewPage::sizeHint() const
{
    return m_size + QSize(2 * edge, 2 * edge);
}

QRect PreviewPage::place() const
{
    return QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, m_size, rect());
}

void PreviewPage::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_picture.isNull()) {
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, m_words);
        return;
    }
    const QRect page = place();
    if (m_picture.hasAlphaChannel())
        painter.fillRect(page, chequers());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(page, m_picture);
    QColor line = palette().color(QPalette::WindowText);
    line.setAlphaF(0.35F);
    painter.setPen(line);
    painter.drawRect(page.adjusted(-edge, -edge, 0, 0));
}

void PreviewPage::mousePressEvent(QMouseEvent* event)
{
    m_pressed = event->pos();
}

void PreviewPage::mouseMoveEvent(QMouseEvent* event)
{
    const bool far = (event->pos() - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    if ((event->buttons() & Qt::LeftButton) != 0 && far && !m_picture.isNull())
        Q_EMIT dragged();
}

}  // namespace posbias::ui
