// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export_preview.h"

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace posbias::ui {

namespace {

constexpr int shortPause = 120, longPause = 500;  // ms without a change
constexpr qint64 costly = 100;                    // ms: a figure that took longer is painted after the long pause

}  // namespace

WaitCursor::WaitCursor()
{
    QGuiApplication::setOverrideCursor(Qt::WaitCursor);
}

WaitCursor::~WaitCursor()
{
    QGuiApplication::restoreOverrideCursor();
}

ExportPreview::ExportPreview(Source source, QWidget* parent)
    : QWidget(parent), m_source(std::move(source)), m_picture(new QLabel), m_caption(new QLabel)
{
    setProperty("surface", "stage");
    setAttribute(Qt::WA_StyledBackground);
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->setMinimumSize(420, 300);
    m_picture->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    m_caption->setProperty("faint", true);
    m_caption->setAlignment(Qt::AlignHCenter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 8);
    column->addWidget(m_picture, 1);
    column->addWidget(m_caption);
    m_timer.setSingleShot(true);
    m_timer.setInterval(shortPause);
    connect(&m_timer, &QTimer::timeout, this, &ExportPreview::paintPreview);
}

void ExportPreview::refresh()
{
    m_timer.start();
}

void ExportPreview::setCaption(const QString& caption)
{
    m_caption->setText(caption);
}

void ExportPreview::paintPreview()
{
    const WaitCursor wait;
    QElapsedTimer clock;
    clock.start();
    try {
        auto [figure, settings] = m_source();
        const QSize room = m_picture->size();
        // The same layout in fewer pixels.
        const double scale = devicePixelRatioF()
                           * std::min(room.width() / settings.widthMm, room.height() / settings.heightMm);
        settings.dpi = std::clamp(static_cast<int>(std::floor(scale * 25.4)), 36, 300);
        QImage image = renderImage(figure, settings);
        const QSize fitting = (QSizeF(room) * devicePixelRatioF()).toSize();
        if (image.width() > fitting.width() || image.height() > fitting.height())
            image = image.scaled(fitting, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        image.setDevicePixelRatio(devicePixelRatioF());
        m_picture->setPixmap(QPixmap::fromImage(image));
    } catch (const std::exception& error) {
        m_picture->setText(QString::fromStdString(error.what()));
    }
    m_timer.setInterval(clock.elapsed() > costly ? longPause : shortPause);
}

void ExportPreview::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    refresh();
}

void ExportPreview::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

}  // namespace posbias::ui
