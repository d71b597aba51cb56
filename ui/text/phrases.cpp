// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/phrases.h"

#include "ui/text/numbers.h"

#include <QCoreApplication>
#include <QFont>

#include <algorithm>

namespace posbias::ui {

namespace {

struct Phrase {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::Phrase)
};

QString shifts(const LevelShifts& level)
{
    const auto one = [](std::size_t scheme, double shift) {
        const QString by = shift > 0.0 ? QLatin1Char('+') + number(shift) : number(shift);
        return Phrase::tr("%1 shifted by %2").arg(letter(scheme), by);
    };
    if (level.a != 0.0 && level.b != 0.0)
        return Phrase::tr("%1, %2. ").arg(one(0, level.a), one(1, level.b));
    if (level.a != 0.0 || level.b != 0.0)
        return Phrase::tr("%1. ").arg(level.a != 0.0 ? one(0, level.a) : one(1, level.b));
    return {};
}

}  // namespace

QString letter(std::size_t scheme)
{
    return QString::fromStdString(schemeLetter(scheme));
}

QString counted(std::int64_t n, const QString& one, const QString& many)
{
    return QStringLiteral("%1 %2").arg(integer(n), n == 1 ? one : many);
}

QString tokens(std::int64_t length)
{
    return counted(length, Phrase::tr("token"), Phrase::tr("tokens"));
}

QString span(std::int64_t first, std::int64_t last)
{
    return first == last ? integer(first) : integer(first) + QStringLiteral("–") + integer(last);
}

QString coloured(const QString& text, const QColor& colour, bool strong)
{
    return QStringLiteral("<span style=\"color:%1; font-weight:%2\">%3</span>")
        .arg(colour.name(), QString::number(strong ? QFont::DemiBold : QFont::Normal), text.toHtmlEscaped());
}

QString moment(const Result& result)
{
    const std::int64_t steps = stepsOf(result.experiment.learning).value_or(0);
    if (result.step && *result.step < steps)
        return *result.step == 0 ? Phrase::tr("Before training. ")
                                 : Phrase::tr("Step %1 of %2. ").arg(integer(*result.step), integer(steps));
    return shifts(result.experiment.level);
}

}  // namespace posbias::ui
