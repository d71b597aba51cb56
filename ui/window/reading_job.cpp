// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/reading_job.h"

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/io/text_file.h"
#include "ui/jobs/work_pool.h"
#include "ui/model/file_watch.h"
#include "ui/model/window_limits.h"
#include "ui/plot/files/figure_recipe.h"
#include "ui/text/file_names.h"

#include <system_error>
#include <utility>

namespace posbias::ui {

namespace {

bool canShow(const std::filesystem::path& file)
{
    try {
        lectureForWindow(file);
        return true;
    } catch (const std::exception&) {
        return false;
    }
}

}  // namespace

Lecture lectureForWindow(const std::filesystem::path& file)
{
    Lecture lecture = readLecture(file);
    validateForWindow(lecture.experiment);
    return lecture;
}

std::vector<std::filesystem::path> copiesForWindow(const std::filesystem::path& file)
{
    try {
        std::vector<std::filesystem::path> copies = abandonedSafeCopies(windowFile(file));
        std::erase_if(copies, [](const std::filesystem::path& copy) { return !canShow(copy); });
        return copies;
    } catch (const InputError&) {
        return {};  // of its name
    }
}

FileReading readForWindow(const std::filesystem::path& file)
{
    requireRegularFile(file);
    FileReading read{file, {}, {}, {}, {}};
    if (mayCarryRecipe(file)) {
        read.recipe = readRecipe(file);
        validateForWindow(read.recipe->experiment);
        return read;
    }
    read.file = windowFile(file);
    // The digest comes first: whatever is written in between is noticed as a change.
    read.digest = contentOf(read.file, {}).digest;
    read.lecture = lectureForWindow(read.file);
    read.copies = copiesForWindow(read.file);
    return read;
}

bool isQuicklyRead(const std::filesystem::path& file)
{
    constexpr std::uintmax_t quickBytes = 200'000;
    std::error_code error;
    const std::uintmax_t bytes = std::filesystem::file_size(file, error);
    return !mayCarryRecipe(file) && (error || (bytes <= quickBytes && !holdsGzip(file)));
}

ReadingJob::ReadingJob(const std::filesystem::path& file, QObject* parent) : Job(parent)
{
    connect(&m_reading, &QFutureWatcher<Outcome>::finished, this, [this] {
        if (!std::exchange(m_ended, true))
            Q_EMIT finished();
    });
    m_reading.setFuture(startWork([file]() -> Outcome {
        try {
            return {readForWindow(file), {}};
        } catch (...) {
            return {{}, std::current_exception()};
        }
    }));
}

/// What is being read is at most 64 MiB: it is read to its end, for nobody.
bool ReadingJob::cancel()
{
    if (std::exchange(m_ended, true))
        return false;
    Q_EMIT cancelled();
    return true;
}

FileReading ReadingJob::reading() const
{
    Outcome outcome = m_reading.result();
    if (outcome.problem)
        std::rethrow_exception(outcome.problem);
    return std::move(*outcome.reading);
}

}  // namespace posbias::ui
