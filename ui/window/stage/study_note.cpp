// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/stage/study_note.h"

#include "ui/text/numbers.h"

#include <QCoreApplication>

#include <cmath>

namespace posbias::ui {

namespace {

constexpr double soonest = 0.02;     // of the work: before, nobody knows how long it takes
constexpr qint64 longEnough = 1000;  // ms

struct StudyNote {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::StudyNote)
};

QString whatIsDone(FigureKind kind)
{
    switch (kind) {
    case FigureKind::Learning: return StudyNote::tr("Looking back over the training");
    case FigureKind::Generalization: return StudyNote::tr("Measuring the distance at every length");
    case FigureKind::Level: return StudyNote::tr("Training with every optimizer");
    case FigureKind::Sweep: return StudyNote::tr("Sweeping");
    default: return StudyNote::tr("Computing");
    }
}

/// Empty while that cannot be told.
QString timeLeft(double fraction, qint64 age)
{
    if (fraction < soonest || age < longEnough)
        return {};
    const double seconds = static_cast<double>(age) * 1e-3 * (1.0 - fraction) / fraction;
    if (seconds < 90.0)
        return StudyNote::tr("about %1 s left").arg(std::max(1, static_cast<int>(std::ceil(seconds))));
    if (seconds < 5400.0)
        return StudyNote::tr("about %1 min left").arg(static_cast<int>(std::ceil(seconds / 60.0)));
    return StudyNote::tr("about %1 h left").arg(static_cast<int>(std::ceil(seconds / 3600.0)));
}

/// "120 of 248 trainings"; empty without a sweep.
QString trainings(const StudyModel& studies, FigureKind kind)
{
    const std::shared_ptr<const Sweep> sweep =
        kind == FigureKind::Sweep && studies.current(kind) ? studies.newest(kind).studies.sweep : nullptr;
    return sweep ? StudyNote::tr("%1 of %2 trainings")
                       .arg(integer(static_cast<std::int64_t>(sweep->done)),
                            integer(static_cast<std::int64_t>(sweep->trainings)))
                 : QString();
}

}  // namespace

QString studyProgress(const StudyModel& studies)
{
    QStringList parts;
    for (const QString& part : {trainings(studies, studies.computing()), timeLeft(studies.progress(), studies.age())}) {
        if (!part.isEmpty())
            parts << part;
    }
    const QString what = whatIsDone(studies.computing());
    return parts.isEmpty() ? what + QStringLiteral("…")
                           : StudyNote::tr("%1: %2").arg(what, parts.join(QStringLiteral(", ")));
}

QString studyStopped(const StudyModel& studies)
{
    const QString done = trainings(studies, studies.view());
    return done.isEmpty() ? StudyNote::tr("Stopped.") : StudyNote::tr("Stopped after %1.").arg(done);
}

}  // namespace posbias::ui
