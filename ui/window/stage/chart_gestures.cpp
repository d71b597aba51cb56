// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/stage/chart_gestures.h"

#include "core/base/error.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace posbias::ui {

namespace {

constexpr double levelGrain = 100.0;  // levels are dragged in hundredths

struct Charts {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::Charts)
};

/// Over a setting of the experiment, or the step: its present value is marked.
bool showsPresent(const Figure& figure, std::size_t row, std::size_t panel)
{
    if (row >= figure.rows.size() || panel >= figure.rows[row].panels.size())
        return false;
    const auto* chart = std::get_if<ChartPanel>(&figure.rows[row].panels[panel]);
    return chart && std::any_of(chart->marks.begin(), chart->marks.end(),
                                [](const ChartMark& mark) { return mark.kind == MarkKind::Shown; });
}

/// Of the values that were tried the one nearest to x on the logarithmic axis.
std::int64_t nearestValue(const std::vector<std::int64_t>& values, double x)
{
    const auto distance = [x](std::int64_t value) { return std::fabs(std::log(static_cast<double>(value) / x)); };
    return *std::min_element(values.begin(), values.end(),
                             [&](std::int64_t a, std::int64_t b) { return distance(a) < distance(b); });
}

QString nameOf(SweepOver over)
{
    switch (over) {
    case SweepOver::Buckets: return Charts::tr("Change Buckets");
    case SweepOver::MaxDistance: return Charts::tr("Change Max Distance");
    case SweepOver::Documents: return Charts::tr("Change Documents");
    }
    return {};
}

QString chooseSwept(double x, ExperimentModel& model, const StudyModel& studies)
{
    const std::shared_ptr<const Sweep> sweep = studies.newest(FigureKind::Sweep).studies.sweep;
    if (!sweep || sweep->plan.values.empty() || x <= 0.0)
        return {};
    try {
        const Experiment next = atSweepValue(model.experiment(), sweep->plan.over, nearestValue(sweep->plan.values, x));
        validateForWindow(next);
        if (next != model.experiment())
            model.change(next, nameOf(sweep->plan.over));
    } catch (const InputError& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

}  // namespace

QString chooseInChart(FigureKind view, const Figure& figure, std::size_t row, std::size_t panel, double x,
                      ExperimentModel& model, const StudyModel& studies)
{
    if (!std::isfinite(x))
        return {};
    if (view == FigureKind::Sweep)
        return chooseSwept(x, model, studies);
    if (!showsPresent(figure, row, panel))
        return {};
    if (view == FigureKind::Learning) {
        model.setStep(std::llround(std::max(0.0, x)));
    } else if (view == FigureKind::Generalization) {
        const double length = std::clamp(x, 1.0, static_cast<double>(longestInWindow));
        model.endGesture();
        model.setField(QStringLiteral("length"), FieldValue(static_cast<std::int64_t>(std::llround(length))));
        model.endGesture();
    }
    return {};
}

void dragLevel(Role role, double x, ExperimentModel& model, const StudyModel& studies)
{
    const StudyModel::Known known = studies.newest(FigureKind::Level);
    const std::size_t scheme = schemeOf(role).value_or(2);
    if (scheme > 1 || !known.studies.level || scheme >= known.studies.level->schemes.size() || !std::isfinite(x))
        return;
    const QString path = scheme == 0 ? QStringLiteral("level.a") : QStringLiteral("level.b");
    for (const FieldDescription& field : describeForWindow(model.experiment())) {
        if (field.path != path.toStdString())
            continue;
        // Where training alone leaves the level: the same throughout a drag.
        const double own = known.studies.level->schemes[scheme].level - levelShift(known.of->experiment, scheme);
        const double shift = std::clamp(std::round((x - own) * levelGrain) / levelGrain, field.min, field.max);
        model.setField(path, FieldValue(shift));
    }
}

}  // namespace posbias::ui
