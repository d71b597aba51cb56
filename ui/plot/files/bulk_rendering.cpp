// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/files/bulk_rendering.h"

#include "core/base/error.h"
#include "core/base/work_pool.h"
#include "core/figure/figure_data.h"
#include "ui/plot/files/animation.h"
#include "ui/plot/files/figure_files.h"
#include "ui/plot/files/figure_rendering.h"
#include "ui/plot/files/page_fit.h"
#include "ui/text/alternative_text.h"

#include <condition_variable>
#include <exception>
#include <limits>
#include <mutex>
#include <queue>
#include <stop_token>
#include <utility>

namespace posbias::ui {
namespace {

using Step = std::function<void()>;

/// What the workers leave for the GUI thread.
class StepQueue {
public:
    void push(Step step)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_steps.push(std::move(step));
        }
        m_filled.notify_one();
    }
    Step waitForNext()
    {
        std::unique_lock lock(m_mutex);
        m_filled.wait(lock, [this] { return !m_steps.empty(); });
        Step step = std::move(m_steps.front());
        m_steps.pop();
        return step;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_filled;
    std::queue<Step> m_steps;
};

struct EvaluatedSource {
    std::vector<Figure> figures;
    std::shared_ptr<const PageFit> fit;  ///< the same in every format
    bool started = false;
    bool ready = false;
    std::size_t left = 0;              ///< sheets that still need it
    std::vector<std::size_t> waiting;  ///< sheets that are under way
    std::stop_source stop;
};

struct SheetWork {
    std::unique_ptr<FigureRendering> rendering;
    std::vector<QImage> pictures;  ///< frames of a GIF
    QStringList remarks;
    std::stop_source stop;
};

/// Every member function runs on the GUI thread; what is given to onWorker() runs on one of the pool's.
class BulkRendering {
public:
    BulkRendering(SheetList list, const SheetTaker& take, const Progress& progress, const FileListener& written)
        : m_list(std::move(list)),
          m_sources(m_list.sources.size()),
          m_work(m_list.sheets.size()),
          m_take(take),
          m_progress(progress),
          m_written(written)
    {
        for (const FigureSheet& sheet : m_list.sheets)
            if (m_sources[sheet.source].left++ == 0)
                ++m_steps;
        m_steps += m_list.sheets.size();
    }

    void run()
    {
        const std::stop_callback stopped(m_progress.stop, [this] { stopFrom(0); });
        const std::size_t most = WorkPool::shared().cores() + 1;
        while (true) {
            while (m_underWay < most && m_next < m_list.sheets.size() && !isObsolete(m_next))
                start(m_next++);
            if (m_underWay == 0)
                break;
            m_queue.waitForNext()();
        }
        m_progress.check();
        if (m_failure)
            std::rethrow_exception(m_failure);
    }

private:
    bool isObsolete(std::size_t sheet) const { return m_progress.stop.stop_requested() || sheet > m_failed; }

    /// Of these sheets and what only they need. On any thread.
    void stopFrom(std::size_t first)
    {
        std::vector<bool> needed(m_sources.size(), false);
        for (std::size_t k = 0; k < m_work.size(); ++k)
            if (k < first)
                needed[m_list.sheets[k].source] = true;
            else
                m_work[k].stop.request_stop();
        for (std::size_t k = 0; k < m_sources.size(); ++k)
            if (!needed[k])
                m_sources[k].stop.request_stop();
    }

    /// `then` follows on the GUI thread, with what went wrong.
    void onWorker(Step work, std::function<void(const std::exception_ptr&)> then)
    {
        m_jobs.start([this, work = std::move(work), then = std::move(then)] {
            std::exception_ptr error;
            try {
                work();
            } catch (...) {
                error = std::current_exception();
            }
            m_queue.push([then, error] { then(error); });
        });
    }
    void onWorker(std::size_t sheet, Step work, Step then)
    {
        onWorker(std::move(work), [this, sheet, then = std::move(then)](const std::exception_ptr& error) {
            carryOn(sheet, error, then);
        });
    }

    /// What goes wrong in it is the sheet's.
    void carryOn(std::size_t sheet, const std::exception_ptr& error, const Step& then)
    {
        try {
            if (error)
                std::rethrow_exception(error);
            if (isObsolete(sheet))
                throw Cancelled();
            then();
        } catch (const Cancelled&) {
            release(sheet);
        } catch (...) {
            fail(sheet, std::current_exception());
        }
    }

    void fail(std::size_t sheet, const std::exception_ptr& error)
    {
        if (sheet < m_failed) {
            m_failed = sheet;
            m_failure = error;
            stopFrom(sheet + 1);
        }
        release(sheet);
    }

    void release(std::size_t sheet)
    {
        m_work[sheet].rendering.reset();
        m_work[sheet].pictures = {};
        --m_underWay;
        if (EvaluatedSource& source = m_sources[m_list.sheets[sheet].source]; --source.left == 0)
            source.figures = {};
        tell();
    }

    void tell() const
    {
        if (m_progress.report)
            m_progress.report(static_cast<double>(++m_stepsDone) / static_cast<double>(m_steps));
    }

    // ---- A sheet's way ---------------------------------------------------------------------------------------

    void start(std::size_t sheet)
    {
        ++m_underWay;
        const std::size_t of = m_list.sheets[sheet].source;
        EvaluatedSource& source = m_sources[of];
        if (source.ready)
            return carryOn(sheet, nullptr, [this, sheet] { draw(sheet); });
        source.waiting.push_back(sheet);
        if (std::exchange(source.started, true))
            return;
        onWorker([this, of] { evaluateSource(of); },
                 [this, of](const std::exception_ptr& error) { evaluated(of, error); });
    }

    /// On a worker.
    void evaluateSource(std::size_t of)
    {
        const Progress progress{m_sources[of].stop.get_token(), {}};
        const SheetSource& source = m_list.sources[of];
        m_sources[of].figures = source.frames.empty()
                                    ? std::vector<Figure>{makeFigure(evaluateFigure(source.recipe, progress))}
                                    : makeFrames(source.frames, progress);
    }

    void evaluated(std::size_t of, const std::exception_ptr& error)
    {
        EvaluatedSource& source = m_sources[of];
        source.ready = !error;
        source.started = !error;
        tell();
        for (const std::size_t sheet : std::exchange(source.waiting, {}))
            carryOn(sheet, error, [this, sheet] { draw(sheet); });
    }

    const Figure& figureOf(std::size_t sheet) const
    {
        const FigureSheet& file = m_list.sheets[sheet];
        return m_sources[file.source].figures.at(file.frame.value_or(m_work[sheet].pictures.size()));
    }

    /// The figure, or the next frame of a GIF.
    void draw(std::size_t sheet)
    {
        const FigureSheet& file = m_list.sheets[sheet];
        if (isTable(file.format))
            return finish(sheet, [this, sheet, format = file.format] {
                return renderTable(figureOf(sheet), format, progressOf(sheet));
            });
        const bool frame = file.format == FigureFormat::Gif;
        if (frame && m_work[sheet].pictures.empty())
            validateAnimation(file.recipe);
        EvaluatedSource& source = m_sources[file.source];
        if (!source.fit)
            source.fit = fitFrames(source.figures, file.recipe.design.page);
        m_work[sheet].rendering =
            std::make_unique<FigureRendering>(figureOf(sheet), frame ? framePicture(file.recipe) : file.recipe,
                                              frame ? FigureFormat::Png : file.format, source.fit);
        onWorker(
            sheet, [this, sheet] { m_work[sheet].rendering->drawMaps(progressOf(sheet)); },
            [this, sheet] { drawRest(sheet); });
    }

    void drawRest(std::size_t sheet)
    {
        SheetWork& work = m_work[sheet];
        while (work.rendering->drawRest())
            progressOf(sheet).check();
        const FigureSheet& file = m_list.sheets[sheet];
        const auto& fit = m_sources[file.source].fit;
        const QString ofAll = fit && file.frame.value_or(0) > 0 ? QString::fromStdString(fit->note) : QString();
        for (const QString& remark : work.rendering->rendered().remarks)
            if (remark != ofAll && !work.remarks.contains(remark))
                work.remarks << remark;
        if (m_list.sheets[sheet].format != FigureFormat::Gif)
            return finish(sheet, [&work] {
                work.rendering->encode();
                return work.rendering->rendered();
            });
        work.pictures.push_back(
            gifPicture(work.rendering->image(), m_list.sheets[sheet].recipe.design.page, figureOf(sheet).grey));
        if (work.pictures.size() < m_sources[m_list.sheets[sheet].source].figures.size())
            return draw(sheet);
        finish(sheet, [this, sheet, &work] {
            return RenderedFigure{animationFile(work.pictures, m_list.sheets[sheet].recipe,
                                                alternativeText(describedFigure(sheet)), progressOf(sheet)),
                                  {}};
        });
    }

    void finish(std::size_t sheet, std::function<RenderedFigure()> render)
    {
        onWorker(
            sheet,
            [this, sheet, render = std::move(render)] {
                const FigureSheet& file = m_list.sheets[sheet];
                const QString words = file.description ? alternativeText(describedFigure(sheet)) : QString();
                m_take(sheet, render(), words, progressOf(sheet));
            },
            [this, sheet] {
                if (m_written)
                    m_written(m_list.sheets[sheet].file, m_work[sheet].remarks);
                release(sheet);
            });
    }

    const Figure& describedFigure(std::size_t sheet) const
    {
        const FigureSheet& file = m_list.sheets[sheet];
        return m_sources[file.source].figures.at(file.frame.value_or(0));
    }
    Progress progressOf(std::size_t sheet) const { return {m_work[sheet].stop.get_token(), {}}; }

    SheetList m_list;
    std::vector<EvaluatedSource> m_sources;
    std::vector<SheetWork> m_work;  ///< of m_list.sheets
    const SheetTaker& m_take;
    const Progress& m_progress;
    const FileListener& m_written;
    std::size_t m_next = 0;
    std::size_t m_underWay = 0;
    std::size_t m_steps = 0;  ///< sources to evaluate and sheets
    mutable std::size_t m_stepsDone = 0;
    std::size_t m_failed = std::numeric_limits<std::size_t>::max();  ///< sheet
    std::exception_ptr m_failure;
    StepQueue m_queue;
    JobGroup m_jobs{Urgency::Soon};  ///< goes first, and waits for what still runs
};

}  // namespace

void renderFigures(const std::vector<FigureTarget>& targets, const Progress& progress, const FileListener& written)
{
    progress.check();
    refuseCollisions(targets);
    const SheetList list = sheetsOf(targets);
    const auto write = [&](std::size_t sheet, const RenderedFigure& rendered, const QString& description,
                           const Progress& step) { writeSheet(list.sheets[sheet], rendered, description, step); };
    renderSheets(list, write, progress, written);
}

void renderSheets(SheetList list, const SheetTaker& take, const Progress& progress, const FileListener& written)
{
    BulkRendering(std::move(list), take, progress, written).run();
}

}  // namespace posbias::ui
