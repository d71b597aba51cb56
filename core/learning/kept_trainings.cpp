// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/kept_trainings.h"

#include "core/learning/training_state.h"

namespace posbias {

KeptTrainings::KeptTrainings(StateShelf* shelf) : m_shelf(shelf)
{
    if (m_shelf != nullptr)
        m_shelf->begin();
}

KeptTrainings::~KeptTrainings()
{
    for (const std::uint64_t key : m_keys)
        m_shelf->letGo(key);
}

Learned KeptTrainings::learn(const TrainingData& data, const std::shared_ptr<const TrainingLoss>& loss,
                             const ParameterTable& table, const Learning& learning, const Progress& progress)
{
    TrainingBreaks breaks;
    std::optional<std::uint64_t> known;
    const auto key = [&] {  // not computed for trainings that are short
        if (!known) {
            known = trainingKey(data, table, learning);
            m_keys.push_back(*known);
        }
        return *known;
    };
    if (m_shelf != nullptr && !std::holds_alternative<Exact>(learning)) {
        if (!m_shelf->empty()) {
            if (auto state = unpacked(m_shelf->find(key()), key(), table.parameterCount()))
                breaks.from = std::make_shared<const TrainingState>(std::move(*state));
        }
        breaks.due = [this] { return m_shelf->due(); };
        breaks.keep = [&](const TrainingState& state) { m_shelf->keep(key(), packed(state, key())); };
    }
    try {
        return posbias::learn(data, loss, table, learning, KeepCourse::Yes, progress, breaks);
    } catch (const FailureError&) {
        finish();
        throw;
    }
}

void KeptTrainings::finish()
{
    for (const std::uint64_t key : m_keys)
        m_shelf->drop(key);
    m_keys.clear();
}

}  // namespace posbias
