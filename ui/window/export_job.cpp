// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export_job.h"

#include "core/base/error.h"
#include "core/figure/figure_data.h"
#include "core/io/atomic_file.h"
#include "ui/plot/work_pool.h"
#include "ui/text/alternative_text.h"
#include "ui/window/render_job.h"

#include <QCoreApplication>
#include <QDir>
#include <QFutureWatcher>
#include <QThread>
#include <QTimer>
#include <QtConcurrent>

namespace posbias::ui {

namespace {

std::filesystem::path pathFrom(const QString& text)
{
    return std::filesystem::path(text.toStdU16String());
}

void writeTable(const Figure& figure, FigureFormat format, const std::filesystem::path& file, const Progress& progress)
{
    AtomicFile out(file);
    const TextSink sink = [&out](std::string_view text) { out.write(text); };
    format == FigureFormat::Csv ? writeFigureCsv(figure, sink, progress) : writeFigureNpy(figure, sink, progress);
    out.commit();
}

}  // namespace

std::vector<FigureTarget> ExportOrder::targets() const
{
    std::vector<FigureTarget> targets;
    for (const FigureFormat format : formats) {
        const bool first = targets.empty();
        targets.push_back({recipe, folder / (recipe.design.name + '.' + endingOf(format)), first && description});
    }
    return targets;
}

std::vector<std::filesystem::path> ExportOrder::files() const
{
    std::vector<std::filesystem::path> all;
    for (const FigureTarget& target : targets()) {
        const std::vector<std::filesystem::path> files = filesOf(target);
        all.insert(all.end(), files.begin(), files.end());
    }
    if (description)
        all.push_back(folder / (recipe.design.name + ".txt"));
    return all;
}

ExportJob::ExportJob(ExportOrder order, QObject* parent) : Job(parent), m_order(std::move(order))
{
    const QString folder = QString::fromStdU16String(m_order.folder.u16string());
    m_stage = std::make_unique<QTemporaryDir>(QDir(folder).filePath(QStringLiteral(".posbias-XXXXXX")));
    QTimer::singleShot(0, this, [this, folder] {
        if (!m_stage->isValid())
            fail(tr("The folder “%1” does not exist or cannot be written to").arg(folder));
        else if (m_order.recipe.design.frames)
            renderFrames();
        else
            next();
    });
}

ExportJob::~ExportJob()
{
    m_stop.request_stop();
}

bool ExportJob::cancel()
{
    if (m_ended)
        return false;
    m_ended = true;
    m_stop.request_stop();
    if (m_running)
        m_running->cancel();
    Q_EMIT cancelled();
    return true;
}

std::filesystem::path ExportJob::staged(FigureFormat format) const
{
    return pathFrom(m_stage->filePath(QString::fromStdString(m_order.recipe.design.name + '.' + endingOf(format))));
}

void ExportJob::next()
{
    if (m_ended)
        return;
    if (m_done == m_order.formats.size()) {
        describe();
        moveIntoPlace();
        return;
    }
    Q_EMIT progressed(static_cast<double>(m_done) / static_cast<double>(m_order.formats.size()));
    const FigureFormat format = m_order.formats[m_done++];
    if (format == FigureFormat::Csv || format == FigureFormat::Npy)
        tabulate(format);
    else
        render(format);
}

void ExportJob::render(FigureFormat format)
{
    try {
        auto rendering = std::make_unique<FigureRendering>(m_order.figure, m_order.recipe, format);
        const auto last = [file = staged(format)](FigureRendering& done, const std::function<void()>&) {
            done.encode();
            writeFigure(done.rendered(), file);
        };
        m_running = new RenderJob(std::move(rendering), last, this);
    } catch (const std::exception& error) {
        fail(QString::fromStdString(error.what()));
        return;
    }
    connect(m_running, &Job::progressed, this, [this](double fraction) {
        const double before = static_cast<double>(m_done - 1);
        Q_EMIT progressed((before + fraction) / static_cast<double>(m_order.formats.size()));
    });
    connect(m_running, &Job::finished, this, [this] {
        m_running->deleteLater();
        m_running = nullptr;
        next();
    });
    connect(m_running, &Job::failed, this, &ExportJob::fail);
}

void ExportJob::tabulate(FigureFormat format)
{
    auto* watcher = new QFutureWatcher<QString>(this);
    connect(watcher, &QFutureWatcher<QString>::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QString error = watcher->result();
        error.isEmpty() ? next() : fail(error);
    });
    const auto work = [figure = m_order.figure, format, file = staged(format), stop = m_stop.get_token()]() -> QString {
        try {
            writeTable(figure, format, file, {stop, {}});
            return {};
        } catch (const std::exception& error) {
            return QString::fromStdString(error.what());
        }
    };
    watcher->setFuture(QtConcurrent::run(workPool(), work));
}

/// Pictures are painted on this thread one after the other: events are handled between them.
void ExportJob::renderFrames()
{
    ExportOrder order = m_order;
    order.folder = pathFrom(m_stage->path());
    const auto report = [this](double fraction) {
        if (QThread::currentThread() != thread())
            return;
        Q_EMIT progressed(fraction);
        QCoreApplication::processEvents();
    };
    const QPointer<ExportJob> alive(this);
    try {
        renderFigures(order.targets(), {m_stop.get_token(), report}, {});
    } catch (const Cancelled&) {
        return;
    } catch (const std::exception& error) {
        if (alive)
            fail(QString::fromStdString(error.what()));
        return;
    }
    if (alive && !m_ended)
        moveIntoPlace();
}

void ExportJob::describe()
{
    if (!m_order.description)
        return;
    const QByteArray words = alternativeText(m_order.figure).toUtf8() + '\n';
    const QString file = m_stage->filePath(QString::fromStdString(m_order.recipe.design.name + ".txt"));
    try {
        writeFileAtomically(pathFrom(file), {words.constData(), static_cast<std::size_t>(words.size())});
    } catch (const std::exception& error) {
        fail(QString::fromStdString(error.what()));
    }
}

void ExportJob::moveIntoPlace()
{
    if (m_ended)
        return;
    for (const QString& name : QDir(m_stage->path()).entryList(QDir::Files | QDir::Hidden)) {
        std::error_code problem;
        std::filesystem::rename(pathFrom(m_stage->filePath(name)), m_order.folder / pathFrom(name), problem);
        if (problem) {
            fail(tr("“%1” cannot be written: %2").arg(name, QString::fromStdString(problem.message())));
            return;
        }
    }
    m_ended = true;
    m_stage->remove();
    Q_EMIT finished();
}

void ExportJob::fail(const QString& message)
{
    if (m_ended)
        return;
    m_ended = true;
    Q_EMIT failed(message);
}

}  // namespace posbias::ui
