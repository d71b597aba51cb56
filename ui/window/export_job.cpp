// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export_job.h"

#include "core/base/error.h"
#include "core/figure/figure_data.h"
#include "core/io/atomic_file.h"
#include "ui/plot/animation.h"
#include "ui/plot/work_pool.h"
#include "ui/text/alternative_text.h"
#include "ui/window/render_job.h"

#include <QDir>
#include <QFutureWatcher>
#include <QPromise>
#include <QRegularExpression>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace posbias::ui {

namespace {

constexpr int fine = 1000;  // parts of a step's progress

std::filesystem::path pathFrom(const QString& text)
{
    return std::filesystem::path(text.toStdU16String());
}

QString textFrom(const std::filesystem::path& path)
{
    return QString::fromStdU16String(path.u16string());
}

bool isThere(const std::filesystem::path& file)
{
    std::error_code ignored;
    return std::filesystem::exists(file, ignored);
}

/// Which of them it will have is known only when it is drawn.
std::vector<std::filesystem::path> picturesBeside(const std::filesystem::path& tex)
{
    static const QRegularExpression numbered(QStringLiteral(R"(-[1-9][0-9]*\.png$)"));
    const QString stem = textFrom(tex.stem());
    std::vector<std::filesystem::path> found;
    const QDir folder(textFrom(tex.parent_path()));
    for (const QString& name : folder.entryList({stem + QStringLiteral("-*.png")}, QDir::Files | QDir::Hidden)) {
        if (numbered.match(name).capturedStart() == stem.size())
            found.push_back(tex.parent_path() / pathFrom(name));
    }
    return found;
}

/// Behind a link where it is one, with the permissions that it had.
void replaceFile(const std::filesystem::path& made, const std::filesystem::path& target)
{
    std::error_code ignored;
    const std::filesystem::path file = std::filesystem::canonical(target, ignored);
    if (file.empty()) {
        std::filesystem::rename(made, target);
        return;
    }
    std::filesystem::permissions(made, std::filesystem::status(file).permissions());
    std::filesystem::rename(made, file);
}

}  // namespace

std::vector<FigureTarget> ExportOrder::targets(const std::filesystem::path& in) const
{
    std::vector<FigureTarget> targets;
    for (const FigureFormat format : formats) {
        const bool first = targets.empty();
        targets.push_back({recipe, in / (recipe.design.name + '.' + endingOf(format)), first && description});
    }
    return targets;
}

std::vector<std::filesystem::path> ExportOrder::existing() const
{
    std::vector<std::filesystem::path> files;
    const auto add = [&files](const std::filesystem::path& file) {
        if (isThere(file) && std::ranges::find(files, file) == files.end())
            files.push_back(file);
    };
    for (const FigureSheet& sheet : sheetsOf(targets(folder)).sheets) {
        add(sheet.file);
        if (sheet.description)
            add(descriptionFile(sheet.file));
        if (sheet.format == FigureFormat::Tex)
            std::ranges::for_each(picturesBeside(sheet.file), add);
    }
    return files;
}

ExportJob::ExportJob(ExportOrder order, QObject* parent)
    : Job(parent), m_order(std::move(order)), m_figures(std::make_shared<Figures>())
{
    const QDir folder(textFrom(m_order.folder));
    m_stage = std::make_shared<QTemporaryDir>(folder.filePath(QStringLiteral(".posbias-XXXXXX")));
    QTimer::singleShot(0, this, &ExportJob::begin);
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
    delete std::exchange(m_running, nullptr);
    m_stage.reset();
    Q_EMIT cancelled();
    return true;
}

void ExportJob::begin()
{
    if (m_ended)
        return;
    if (!m_stage->isValid()) {
        fail(tr("The folder “%1” does not exist or cannot be written to").arg(textFrom(m_order.folder)));
        return;
    }
    try {
        const SheetList list = sheetsOf(m_order.targets(pathFrom(m_stage->path())));
        m_sheets = list.sheets;
        const std::vector<Recipe>& frames = list.sources.front().frames;
        const auto count = static_cast<double>(frames.size());
        m_steps = count;
        for (const FigureSheet& sheet : m_sheets) {
            if (sheet.format == FigureFormat::Gif)
                validateAnimation(sheet.recipe);
            m_steps += sheet.format == FigureFormat::Gif ? 2.0 * count : 1.0;
        }
        if (!frames.empty()) {
            evaluateFrames(frames);
            return;
        }
    } catch (const std::exception& error) {
        fail(reason(error));
        return;
    }
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
        moveIntoPlace();
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
        auto rendering = std::make_unique<FigureRendering>(figure, moving ? framePicture(sheet.recipe) : sheet.recipe,
                                                           moving ? FigureFormat::Png : sheet.format);
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
    m_pictures.push_back(job->rendering().image().convertToFormat(QImage::Format_RGB32));
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
    const auto step = [pictures = std::exchange(m_pictures, {}), recipe = m_sheets[m_sheet].recipe,
                       write = writer()](const Progress& progress) {
        write({animationFile(pictures, recipe, progress), {}}, progress);
    };
    offThread(step, count, [this] { sheetDone(); });
}

/// Of the sheet under way; off the GUI thread.
std::function<void(const RenderedFigure&, const Progress&)> ExportJob::writer() const
{
    return [stage = m_stage, figures = m_figures, sheet = m_sheets[m_sheet]](const RenderedFigure& rendered,
                                                                             const Progress& progress) {
        writeFigure(rendered, sheet.file, progress);
        if (!sheet.description)
            return;
        const std::string words = alternativeText(figures->at(sheet.frame.value_or(0))).toStdString() + '\n';
        writeFileAtomically(descriptionFile(sheet.file), words);
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

void ExportJob::moveIntoPlace()
{
    const QStringList names = QDir(m_stage->path()).entryList(QDir::Files | QDir::Hidden);
    for (const QString& name : names) {  // the likeliest reason, before anything is replaced
        if (std::error_code ignored; std::filesystem::is_directory(m_order.folder / pathFrom(name), ignored)) {
            fail(tr("“%1” cannot be written: there is a folder of that name").arg(name));
            return;
        }
    }
    QStringList moved;
    for (const QString& name : names) {
        try {
            replaceFile(pathFrom(m_stage->filePath(name)), m_order.folder / pathFrom(name));
            moved << tr("“%1”").arg(name);
        } catch (const std::filesystem::filesystem_error& error) {
            const QString why = tr("“%1” cannot be written: %2")
                                    .arg(name, QString::fromStdString(error.code().message()));
            fail(moved.isEmpty() ? why : tr("%1. Written by then: %2").arg(why, moved.join(QStringLiteral(", "))));
            return;
        }
    }
    m_ended = true;
    m_stage.reset();
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
