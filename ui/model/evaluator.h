// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Runs core's evaluate() off the GUI thread, one computation at a time; the newest request wins.

#include "core/base/state_shelf.h"
#include "core/evaluation/result.h"
#include "ui/jobs/newest_work.h"

#include <functional>
#include <memory>
#include <optional>

namespace posbias::ui {

/// An experiment at a moment of its training; nothing: the end.
struct Request {
    Experiment experiment;
    std::optional<std::int64_t> step = {};
    std::shared_ptr<StateShelf> shelf = {};  ///< for long trainings; null: nothing is kept
};

class Evaluator : public QObject {
    Q_OBJECT
public:
    using Function =
        std::function<std::shared_ptr<const Result>(const Request&, const Progress&, std::shared_ptr<const Result>)>;

    explicit Evaluator(Function function, QObject* parent = nullptr);

    void request(const Request& request) { m_work.request(workOn(request)); }
    /// A request for another document: whatever runs is dropped even if it ends in time.
    void restart(const Request& request) { m_work.restart(workOn(request)); }
    void cancel() { m_work.cancel(); }

    bool busy() const { return m_work.busy(); }
    double progress() const { return m_work.progress(); }

Q_SIGNALS:
    void finished(std::shared_ptr<const posbias::Result> result, double milliseconds);
    void failed(const QString& message);
    void busyChanged();
    void progressChanged();

private:
    using Previous = std::shared_ptr<const Result>;
    NewestWork::Work workOn(const Request& request);

    Function m_function;
    /// The last result, wanted or not. Written between two computations, read at the start of one.
    std::shared_ptr<Previous> m_previous = std::make_shared<Previous>();
    NewestWork m_work;
};

}  // namespace posbias::ui
