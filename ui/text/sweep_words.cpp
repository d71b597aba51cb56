// SPDX-License-Identifier: GPL-3.0-or-later
// Which value of a setting is best.
#include "core/base/rounding.h"
#include "ui/text/numbers.h"
#include "ui/text/phrases.h"
#include "ui/text/study_word_parts.h"

#include <QCoreApplication>

#include <algorithm>

namespace posbias::ui {

namespace {

struct Swept {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::Swept)
};

/// "25 buckets", "a maximum distance of 512", "400 documents".
QString settingText(SweepOver over, std::int64_t value)
{
    switch (over) {
    case SweepOver::Buckets: return Swept::tr("%1 buckets").arg(integer(value));
    case SweepOver::MaxDistance: return Swept::tr("a maximum distance of %1").arg(integer(value));
    case SweepOver::Documents: return counted(value, Swept::tr("document"), Swept::tr("documents"));
    }
    return {};
}

/// "B is nearest to the data with 25 buckets (0.006 nats), at 1.252 with 2 and at 0.072 with 512"
QString seriesText(SweepOver over, const SweepSeries& series)
{
    const QString name = letter(series.scheme);
    if (series.values.empty())
        return Swept::tr("%1, without this setting, is %2 nats from them").arg(name, nats(series.mean[0]));
    const std::size_t best = series.best.value_or(0), last = series.values.size() - 1;
    QString text = Swept::tr("%1 is nearest to the data with %2 (%3 nats)")
                       .arg(name, settingText(over, series.values[best]), nats(series.mean[best]));
    QStringList ends;
    for (const std::size_t k : {std::size_t{0}, last})
        if (k != best)
            ends << Swept::tr("%1 with %2").arg(nats(series.mean[k]), integer(series.values[k]));
    ends.removeDuplicates();
    return ends.isEmpty() ? text : text + Swept::tr(", against %1").arg(ends.join(Swept::tr(" and ")));
}

QString bestText(const SweepSeries& series, SweepOver over)
{
    if (series.values.empty())
        return Swept::tr("%1 %2").arg(letter(series.scheme), nats(series.mean[0]));
    const std::size_t best = series.best.value_or(0);
    return Swept::tr("%1 best with %2: %3")
        .arg(letter(series.scheme), settingText(over, series.values[best]), nats(series.mean[best]));
}

QString seedsText(const Sweep& sweep)
{
    const std::vector<std::int64_t>& seeds = sweep.plan.seeds;
    if (seeds.size() < 2)
        return Swept::tr("One corpus for each value");
    return Swept::tr("%1 corpora (seeds %2); bands: their range")
        .arg(integer(static_cast<std::int64_t>(seeds.size())), span(seeds.front(), seeds.back()));
}

/// Where more data brings one past the other: "A is nearer to the data from 146 documents on, B before"; empty unless both
/// have means at all values.
QString overtaking(const std::vector<SweepSeries>& all, std::int64_t length)
{
    const auto of = [&](std::size_t scheme) {
        return std::ranges::find_if(all,
                                    [&](const SweepSeries& s) { return s.scheme == scheme && s.length == length; });
    };
    const auto a = of(0), b = of(1);
    if (a == all.end() || b == all.end() || a->values != b->values || a->values.empty())
        return {};
    const std::size_t end = a->values.size();
    const auto differ = [&](std::size_t k) {
        return a->mean[k] != b->mean[k] &&  // both may be infinite
               beyondRounding(a->mean[k] - b->mean[k], roundingOf(std::max(a->mean[k], b->mean[k]))) != 0.0;
    };
    if (!differ(end - 1)) {
        bool any = false;
        for (std::size_t k = 0; k < end; ++k)
            any = any || differ(k);
        return any ? Swept::tr("over %1 A and B are equally near the data with %2 documents (%3 nats)")
                         .arg(tokens(length), integer(a->values[end - 1]), nats(a->mean[end - 1]))
                   : Swept::tr("over %1 A and B are equally near the data, whatever the number of documents")
                         .arg(tokens(length));
    }
    const std::size_t nearer = a->mean[end - 1] < b->mean[end - 1] ? 0 : 1;
    const std::vector<double>& winner = nearer == 0 ? a->mean : b->mean;
    const std::vector<double>& other = nearer == 0 ? b->mean : a->mean;
    std::size_t from = end - 1;
    while (from > 0 && winner[from - 1] < other[from - 1] && differ(from - 1))
        --from;
    if (from == 0)
        return Swept::tr("over %1 %2 is nearer to the data than %3, whatever the number of documents")
            .arg(tokens(length), letter(nearer), letter(1 - nearer));
    return Swept::tr("over %1 %2 is nearer to the data from %3 documents on (%4 against %5 nats)")
        .arg(tokens(length), letter(nearer), integer(a->values[from]), nats(winner[from]), nats(other[from]));
}

/// The sentence's core.
QString outcome(const Sweep& sweep, const std::vector<SweepSeries>& all, std::int64_t within, std::int64_t length)
{
    QStringList parts;
    if (sweep.plan.over == SweepOver::Documents) {
        parts << overtaking(all, within);
        if (length != within)
            parts << overtaking(all, length);
        parts.removeAll(QString());
    }
    if (!parts.isEmpty()) {
        parts.front()[0] = parts.front()[0].toUpper();
        return parts.join(QStringLiteral("; ")) + QLatin1Char('.');
    }
    for (const SweepSeries& series : all)
        if (series.scheme < 2 && series.length == within && !series.mean.empty())
            parts << seriesText(sweep.plan.over, series);
    return parts.isEmpty() ? QString()
                           : Swept::tr("Within %1 %2.").arg(tokens(within), parts.join(QStringLiteral("; ")));
}

}  // namespace

StudyWords sweepWords(const Result& result, const Sweep& sweep, const Inks& inks)
{
    std::vector<SweepSeries> all = summarize(sweep);
    // A scheme without the setting comes last: the others are what the sweep is about.
    std::ranges::stable_partition(all, [](const SweepSeries& series) { return !series.values.empty(); });
    const std::int64_t within = sweep.plan.lengths.empty() ? 0 : sweep.plan.lengths.front();
    const std::int64_t length = result.experiment.length;
    StudyWords words;
    words.sentence = outcome(sweep, all, within, length);
    if (words.sentence.isEmpty())
        return {Swept::tr("Training side by side …"), {}};
    if (sweep.done < sweep.trainings)
        words.sentence.prepend(
            Swept::tr("%1 of %2 trainings so far. ")
                .arg(count(static_cast<double>(sweep.done)), count(static_cast<double>(sweep.trainings))));
    QStringList detail;
    for (const SweepSeries& series : all)
        if (series.scheme < 2 && series.length == length && length != within && !series.mean.empty())
            detail << coloured(bestText(series, sweep.plan.over), inks.of(series.scheme));
    if (!detail.isEmpty())
        detail.front().prepend(Swept::tr("Over %1: ").arg(tokens(length)).toHtmlEscaped());
    detail << seedsText(sweep).toHtmlEscaped();
    words.detail = detail.join(betweenParts());
    return words;
}

}  // namespace posbias::ui
