// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A figure's recipe, read off the GUI thread.

#include "core/design/figure_design.h"
#include "ui/window/job.h"

#include <QFutureWatcher>

#include <exception>
#include <filesystem>
#include <optional>

namespace posbias::ui {

/// Ends with finished(), also when there is no recipe, or with cancelled().
class RecipeJob : public Job {
    Q_OBJECT
public:
    RecipeJob(const std::filesystem::path& file, QObject* parent);
    bool cancel() override;
    /// Once it has finished. Throws what reading threw.
    Recipe recipe() const;

private:
    struct Outcome {
        std::optional<Recipe> recipe;
        std::exception_ptr problem;
    };
    QFutureWatcher<Outcome> m_reading;
    bool m_ended = false;
};

}  // namespace posbias::ui
