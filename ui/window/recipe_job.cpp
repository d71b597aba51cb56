// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/recipe_job.h"

#include "ui/plot/figure_recipe.h"
#include "ui/plot/work_pool.h"

namespace posbias::ui {

RecipeJob::RecipeJob(const std::filesystem::path& file, QObject* parent) : Job(parent)
{
    connect(&m_reading, &QFutureWatcher<Outcome>::finished, this, [this] {
        if (!std::exchange(m_ended, true))
            Q_EMIT finished();
    });
    m_reading.setFuture(startWork([file]() -> Outcome {
        try {
            return {readRecipe(file), {}};
        } catch (...) {
            return {{}, std::current_exception()};
        }
    }));
}

/// What is being read is at most 64 MiB: it is read to its end, for nobody.
bool RecipeJob::cancel()
{
    if (std::exchange(m_ended, true))
        return false;
    Q_EMIT cancelled();
    return true;
}

Recipe RecipeJob::recipe() const
{
    const Outcome outcome = m_reading.result();
    if (outcome.problem)
        std::rethrow_exception(outcome.problem);
    return *outcome.recipe;
}

}  // namespace posbias::ui
