// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a window needs to know of a file that it opens, read off the GUI thread where that takes long.

#include "core/design/figure_design.h"
#include "core/io/lecture_file.h"
#include "ui/jobs/job.h"

#include <QFutureWatcher>

#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace posbias::ui {

struct FileReading {
    std::filesystem::path file;  ///< absolute
    Lecture lecture;
    std::string digest;                         ///< of the lecture's file
    std::optional<Recipe> recipe;               ///< of a figure, in the place of the lecture
    std::vector<std::filesystem::path> copies;  ///< copiesForWindow() of the lecture's file
};

/// On any thread. Throws InputError (subject: the file) for what is no file (a pipe would be waited for), cannot be read,
/// or cannot be shown.
FileReading readForWindow(const std::filesystem::path& file);
/// A .posbias file that a window can show. Throws InputError.
Lecture lectureForWindow(const std::filesystem::path& file);
/// What a window can show in the place of the file: abandonedSafeCopies() that it can read, none for a file whose name it cannot keep.
std::vector<std::filesystem::path> copiesForWindow(const std::filesystem::path& file);
/// An experiment that takes no longer to read than a frame.
bool isQuicklyRead(const std::filesystem::path& file);

/// Ends with finished(), also when there is nothing to read, or with cancelled().
class ReadingJob : public Job {
    Q_OBJECT
public:
    ReadingJob(const std::filesystem::path& file, QObject* parent);
    bool cancel() override;
    /// Once it has finished. Throws what reading threw.
    FileReading reading() const;

private:
    struct Outcome {
        std::optional<FileReading> reading;
        std::exception_ptr problem;
    };
    QFutureWatcher<Outcome> m_reading;
    bool m_ended = false;
};

}  // namespace posbias::ui
