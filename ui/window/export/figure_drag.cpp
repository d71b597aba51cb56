// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export/figure_drag.h"

#include "ui/plot/files/figure_rendering.h"
#include "ui/window/export/render_job.h"

#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace posbias::ui {

namespace {

const QString pngType = QStringLiteral("image/png");
const QString svgType = QStringLiteral("image/svg+xml");

/// A new one within a folder that goes when this program ends; nothing where none can be made.
QString newDragFolder()
{
    static const QTemporaryDir all;
    static int count = 0;
    const QString name = QString::number(++count);
    return all.isValid() && QDir(all.path()).mkdir(name) ? all.filePath(name) : QString();
}

QByteArray contents(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

FigureFilesJob::FigureFilesJob(Figure figure, Recipe recipe, FigureFormat format, QObject* parent)
    : Job(parent),
      m_figure(std::move(figure)),
      m_recipe(std::move(recipe)),
      m_formats{format},
      m_folder(newDragFolder())
{
    for (const FigureFormat joined : {FigureFormat::Png, FigureFormat::Svg})
        if (joined != format)
            m_formats.push_back(joined);
    QTimer::singleShot(0, this, &FigureFilesJob::next);
}

bool FigureFilesJob::cancel()
{
    if (std::exchange(m_ended, true))
        return false;
    delete std::exchange(m_running, nullptr);
    Q_EMIT cancelled();
    return true;
}

QString FigureFilesJob::fileOf(FigureFormat format) const
{
    return QDir(m_folder).filePath(QString::fromStdString(m_recipe.design.name + '.' + endingOf(format)));
}

void FigureFilesJob::next()
{
    if (m_ended)
        return;
    if (m_folder.isEmpty()) {
        fail(tr("There is no room for temporary files in “%1”").arg(QDir::tempPath()));
        return;
    }
    if (m_at == m_formats.size()) {
        m_ended = true;
        Q_EMIT finished();
        return;
    }
    const FigureFormat format = m_formats[m_at];
    try {
        const std::filesystem::path file(fileOf(format).toStdU16String());
        m_running =
            new RenderJob(std::make_unique<FigureRendering>(m_figure, m_recipe, format), RenderJob::toFile(file), this);
    } catch (const std::exception& error) {
        fail(reason(error));
        return;
    }
    connect(m_running, &Job::progressed, this, [this](double fraction) {
        Q_EMIT progressed((static_cast<double>(m_at) + fraction) / static_cast<double>(m_formats.size()));
    });
    connect(m_running, &Job::failed, this, &FigureFilesJob::fail);
    connect(m_running, &Job::finished, this, [this] {
        std::exchange(m_running, nullptr)->deleteLater();
        ++m_at;
        next();
    });
}

void FigureFilesJob::fail(const QString& message)
{
    if (!std::exchange(m_ended, true))
        Q_EMIT failed(message);
}

std::unique_ptr<QMimeData> FigureFilesJob::data() const
{
    auto data = std::make_unique<QMimeData>();
    data->setUrls({QUrl::fromLocalFile(fileOf(format()))});
    data->setData(pngType, contents(fileOf(FigureFormat::Png)));
    data->setData(svgType, contents(fileOf(FigureFormat::Svg)));
    return data;
}

void toClipboard(const FigureRendering& rendering, FigureFormat format)
{
    auto* data = new QMimeData;
    const QByteArray& bytes = rendering.rendered().bytes;
    if (format == FigureFormat::Svg) {
        data->setData(svgType, bytes);
        data->setText(QString::fromUtf8(bytes));
    } else {
        data->setImageData(rendering.image());
        data->setData(pngType, bytes);
    }
    QGuiApplication::clipboard()->setMimeData(data);
}

}  // namespace posbias::ui
