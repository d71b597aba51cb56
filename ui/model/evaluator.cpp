// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/evaluator.h"

namespace posbias::ui {

Evaluator::Evaluator(Function function, QObject* parent) : QObject(parent), m_function(std::move(function))
{
    connect(&m_work, &NewestWork::failed, this, &Evaluator::failed);
    connect(&m_work, &NewestWork::busyChanged, this, &Evaluator::busyChanged);
    connect(&m_work, &NewestWork::progressChanged, this, &Evaluator::progressChanged);
}

NewestWork::Work Evaluator::workOn(const Request& request)
{
    return [this, request, function = m_function, previous = m_previous](const Progress& progress) {
        QElapsedTimer timer;
        timer.start();
        const std::shared_ptr<const Result> result = function(request, progress, *previous);
        const double milliseconds = static_cast<double>(timer.nsecsElapsed()) * 1e-6;
        return NewestWork::Outcome{[previous, result] { *previous = result; },
                                   [this, result, milliseconds] { Q_EMIT finished(result, milliseconds); }};
    };
}

}  // namespace posbias::ui
