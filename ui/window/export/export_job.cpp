// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export/export_job.h"

#include "core/base/error.h"
#include "core/figure/figure_data.h"
#include "core/io/text_file.h"
#include "ui/jobs/work_pool.h"
#include "ui/plot/files/animation.h"
#include "ui/plot/files/figure_digest.h"
#include "ui/text/alternative_text.h"
#include "ui/window/export/render_job.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QTimer>

#include <algorithm>
#include <iterator>
#include <utility>

namespace posbias::ui {

namespace {

constexpr int fine = 1000;  // parts of a step's progress

void write(AtomicFiles& files, const std::filesystem::path& file, const QByteArray& bytes,
           const std::vector<std::filesystem::path>& replaced)
{
    const bool agreed = std::ranges::find(replaced, file) != replaced.end();
    files.write(file, {bytes.constData(), static_cast<std::size_t>(bytes.size())},
                agreed ? Existing::Replace : Existing::Refuse);
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

std::vector<std::filesystem::path> ExportOrder::existing() const
{
    refuseCollisions(targets());
    std::vector<std::filesystem::path> files;
    for (const FigureTarget& target : targets())
        std::ranges::copy(filesOf(target), std::back_inserter(files));
    return thoseThere(files);
}

ExportJob::ExportJob(ExportOrder order, QObject* parent)
    : Job(parent),
      m_order(std::move(order)),
      m_files(std::make_shared<AtomicFiles>()),
      m_figures(std::make_shared<Figures>())
{
    QTimer::singleShot(0, this, &ExportJob::begin);
}

ExportJob::~ExportJob()
{
    m_stop.request_stop();
}

bool ExportJob::cancel()
{
    if (m_ended || m_committing)
        return false;
    m_ended = true;
    m_stop.request_stop();
    delete std::exchange(m_running, nullptr);
    m_files.reset();
    Q_EMIT cancelled();
    return true;
}

void ExportJob::begin()
{
    if (m_ended)
        return;
    try {
        const SheetList list = sheetsOf(m_order.targets());
        m_sheets = list.sheets;
        const std::vector<Recipe>& frames = list.sources.front().frames;
        const auto count = static_cast<double>(frames.size());
        m_steps = count;
        for (const FigureSheet& sheet : m_sheets) {
            if (sheet.format == FigureFormat::Gif)
                validateAnimation(sheet.recipe);
            m_steps += sheet.format == FigureFormat::Gif ? 2.0 * count : 1.0;
        }
        // What cannot be written is found out before a figure is made.
        const auto tryFiles = [sheets = m_sheets](const Progress& progress) {
            for (const FigureSheet& sheet : sheets) {
                progress.check();
                requireRegularFile(sheet.file);
                AtomicFile(sheet.file).write({});
            }
        };
        offThread(tryFiles, 0.0, [this, frames] { frames.empty() ? drawFigure() : evaluateFrames(frames); });
    } catch (const std::exception& error) {
        fail(reason(error));
        return;
    }
}

void ExportJob::drawFigure()
{
    m_figures->push_back(m_order.figure);
    next();
}

void ExportJob::evaluateFrames(const std::vector<Recipe>& frames)
{
    const auto evaluate = [figures = m_figures, frames](const Progress& progress) {
        *figures = makeFrames(frames, progress);
    };
    offThread(evaluate, static_cast<double>(frames.size()), [this] { next(); });
}

void ExportJob::next()
{
    tell(0.0);
    if (m_sheet == m_sheets.size()) {
        commit();
        return;
    }
    const FigureFormat format = m_sheets[m_sheet].format;
    if (isTable(format))
        tabulate();
    else if (format == FigureFormat::Gif && m_pictures.size() == m_figures->size())
        animate();
    else
        draw();
}

/// The figure, or the next picture of a GIF.
void ExportJob::draw()
{
    const FigureSheet& sheet = m_sheets[m_sheet];
    const bool moving = sheet.format == FigureFormat::Gif;
    RenderJob::LastStep last;
    if (!moving) {
        last = [write = writer()](FigureRendering& rendering, const std::function<void()>&) {
            rendering.encode();
            write(rendering.rendered(), {});
        };
    }
    try {
        const Figure& figure = m_figures->at(moving ? m_pictures.size() : sheet.frame.value_or(0));
        if (!m_fit)
            m_fit = fitFrames(*m_figures, sheet.recipe.design.page);
        auto rendering = std::make_unique<FigureRendering>(figure, moving ? framePicture(sheet.recipe) : sheet.recipe,
                                                           moving ? FigureFormat::Png : sheet.format, m_fit);
        m_running = new RenderJob(std::move(rendering), std::move(last), this);
    } catch (const std::exception& error) {
        fail(reason(error));
        return;
    }
    connect(m_running, &Job::progressed, this, &ExportJob::tell);
    connect(m_running, &Job::finished, this, &ExportJob::drawn);
    connect(m_running, &Job::failed, this, &ExportJob::fail);
}

void ExportJob::drawn()
{
    RenderJob* const job = std::exchange(m_running, nullptr);
    job->deleteLater();
    m_stepsDone += 1.0;
    if (m_sheets[m_sheet].format != FigureFormat::Gif) {
        sheetDone();
        return;
    }
    m_pictures.push_back(gifPicture(job->rendering().image(), m_sheets[m_sheet].recipe.design.page,
                                    m_figures->at(m_pictures.size()).grey));
    next();
}

void ExportJob::sheetDone()
{
    ++m_sheet;
    next();
}

void ExportJob::tabulate()
{
    const auto step = [figures = m_figures, sheet = m_sheets[m_sheet], write = writer()](const Progress& progress) {
        write(renderTable(figures->at(sheet.frame.value_or(0)), sheet.format, progress), progress);
    };
    offThread(step, 1.0, [this] { sheetDone(); });
}

void ExportJob::animate()
{
    const auto count = static_cast<double>(m_pictures.size());
    const auto step = [pictures = std::exchange(m_pictures, {}), recipe = m_sheets[m_sheet].recipe, figures = m_figures,
                       write = writer()](const Progress& progress) {
        write({animationFile(pictures, recipe, alternativeText(figures->front()), progress), {}}, progress);
    };
    offThread(step, count, [this] { sheetDone(); });
}

/// Of the sheet under way; off the GUI thread.
std::function<void(const RenderedFigure&, const Progress&)> ExportJob::writer() const
{
    return [files = m_files, figures = m_figures, sheet = m_sheets[m_sheet],
            replaced = m_order.replaced](const RenderedFigure& rendered, const Progress& progress) {
        progress.check();
        for (const SideFile& side : rendered.sideFiles)
            write(*files, sheet.file.parent_path() / side.name, side.bytes, replaced);
        write(*files, sheet.file, rendered.bytes, replaced);
        if (sheet.description)
            write(*files, descriptionFile(sheet.file),
                  descriptionBytes(alternativeText(figures->at(sheet.frame.value_or(0)))), replaced);
    };
}

/// `share`: how many steps it counts for.
void ExportJob::offThread(Step step, double share, std::function<void()> then)
{
    auto* watcher = new QFutureWatcher<QString>(this);
    connect(watcher, &QFutureWatcher<QString>::progressValueChanged, this,
            [this, share](int value) { tell(share * value / fine); });
    connect(watcher, &QFutureWatcher<QString>::finished, this, [this, watcher, share, then = std::move(then)] {
        watcher->deleteLater();
        if (m_ended)
            return;
        m_stepsDone += share;
        const QString error = watcher->result();
        error.isEmpty() ? then() : fail(error);
    });
    const auto work = [step = std::move(step), stop = m_stop.get_token()](QPromise<QString>& promise) {
        promise.setProgressRange(0, fine);
        QString error;
        try {
            step({stop, [&promise](double done) { promise.setProgressValue(static_cast<int>(done * fine)); }});
        } catch (const Cancelled&) {  // nobody listens any more
        } catch (const std::exception& problem) {
            error = reason(problem);
        }
        promise.addResult(error);
    };
    watcher->setFuture(startWork<QString>(work));
}

void ExportJob::tell(double steps)
{
    if (!m_ended)
        Q_EMIT progressed((m_stepsDone + steps) / m_steps);
}

void ExportJob::commit()
{
    m_committing = true;
    offThread([files = m_files](const Progress&) { files->commit(); }, 0.0,
              [this] {
                  m_ended = true;
                  m_files.reset();
                  Q_EMIT finished();
              });
}

void ExportJob::fail(const QString& message)
{
    if (m_ended)
        return;
    m_ended = true;
    Q_EMIT failed(message);
}

}  // namespace posbias::ui
