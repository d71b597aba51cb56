// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export_preview.h"

#include "ui/window/job_bar.h"
#include "ui/window/render_job.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace posbias::ui {

namespace {

constexpr int pause = 120;  // ms without a change

}  // namespace

ExportPreview::ExportPreview(Source source, QWidget* parent)
    : QWidget(parent), m_source(std::move(source)), m_picture(new QLabel), m_caption(new QLabel),
      m_bar(new JobBar)
{
    setProperty("surface", "stage");
    setAttribute(Qt::WA_StyledBackground);
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->setMinimumSize(420, 300);
    m_picture->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    m_bar->setObjectName(QStringLiteral("preview:bar"));
    m_caption->setProperty("faint", true);
    m_caption->setAlignment(Qt::AlignHCenter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 8);
    column->addWidget(m_picture, 1);
    column->addWidget(m_caption);
    column->addWidget(m_bar);
    m_timer.setSingleShot(true);
    m_timer.setInterval(pause);
    connect(&m_timer, &QTimer::timeout, this, &ExportPreview::start);
}

void ExportPreview::refresh()
{
    m_timer.start();
}

void ExportPreview::setCaption(const QString& caption)
{
    m_caption->setText(caption);
}

void ExportPreview::start()
{
    end();
    try {
        auto [figure, settings] = m_source();
        // The same layout in fewer pixels.
        const QSizeF room = QSizeF(m_picture->size()) * devicePixelRatioF();
        const double scale = std::min(room.width() / settings.widthMm, room.height() / settings.heightMm);
        settings.dpi = std::clamp(static_cast<int>(std::floor(scale * mmPerInch)), 36, 300);
        Recipe recipe;
        recipe.design.page = settings;
        m_job = new RenderJob(std::make_unique<FigureRendering>(figure, recipe, FigureFormat::Png), {}, this);
    } catch (const std::exception& error) {
        m_picture->setText(QString::fromStdString(error.what()));
        return;
    }
    m_bar->follow(m_job);
    connect(m_job, &RenderJob::finished, this, [this] {
        showPicture(m_job->rendering().image());
        end();
    });
    connect(m_job, &RenderJob::failed, this, [this](const QString& message) {
        m_picture->setText(message);
        end();
    });
}

void ExportPreview::end()
{
    if (!m_job)
        return;
    m_job->cancel();
    m_job->deleteLater();
    m_job = nullptr;
}

void ExportPreview::showPicture(QImage image)
{
    const QSize fitting = (QSizeF(m_picture->size()) * devicePixelRatioF()).toSize();
    if (image.width() > fitting.width() || image.height() > fitting.height())
        image = image.scaled(fitting, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    image.setDevicePixelRatio(devicePixelRatioF());
    m_picture->setPixmap(QPixmap::fromImage(image));
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
