// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/panel_words.h"

#include "ui/text/numbers.h"
#include "ui/text/phrases.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <set>

namespace posbias::ui {
namespace {

constexpr qsizetype mostStretches = 3;

QString withoutValue()
{
    return Alternative::tr("without value");
}

QString valueText(double value)
{
    return std::isfinite(value) ? number(value) : withoutValue();
}

/// A part of a sum: what is left of it after rounding is nothing.
QString partText(double value)
{
    return std::abs(value) < 1e-9 ? number(0.0) : valueText(value);
}

/// "a", "a and b", "a, b and c".
QString listed(const QStringList& items)
{
    if (items.size() < 2)
        return items.join(QString());
    return Alternative::tr("%1 and %2").arg(items.mid(0, items.size() - 1).join(QStringLiteral(", ")), items.last());
}

QString roleLetter(Role role)
{
    const auto scheme = schemeOf(role);
    return scheme ? letter(*scheme) : QString();
}

QString lettered(Role role, const std::string& title)
{
    return (roleLetter(role) + QLatin1Char(' ') + plainLine(title)).trimmed();
}

/// "offsets up to −512 and from 512 on"; `whole` are the offsets that the figure has.
QString stretches(const std::vector<OffsetRange>& ranges, const OffsetRange& whole)
{
    QStringList items;
    for (const OffsetRange& range : ranges) {
        if (items.size() == mostStretches) {
            items.append(Alternative::tr("%1 more stretches").arg(std::ssize(ranges) - mostStretches));
            break;
        }
        if (range.first <= whole.first && range.last >= whole.last)
            return Alternative::tr("all offsets");
        if (range.last >= whole.last)
            items.append(Alternative::tr("from %1 on").arg(integer(range.first)));
        else if (range.first <= whole.first && whole.first < 0)
            items.append(Alternative::tr("up to %1").arg(integer(range.last)));
        else
            items.append(fromTo(range.first, range.last));
    }
    return Alternative::tr("offsets %1").arg(listed(items));
}

// ---- Panels ------------------------------------------------------------------------------------------------------

/// What a panel says of itself, without its letter.
class PanelWords {
public:
    explicit PanelWords(const Figure& figure) : m_figure(figure), m_offsets(visibleOffsets(figure.mask, figure.length))
    {
    }

    QString operator()(const MapPanel& panel) const
    {
        QString text = Alternative::tr("%1: %2").arg(lettered(panel.role, panel.title), mapValues(panel, m_figure));
        if (!panel.hatched.empty())
            text += Alternative::tr("; %1 are hatched because training never touched them")
                        .arg(stretches(panel.hatched, m_offsets));
        return sentenceOf(text);
    }

    QString operator()(const RibbonPanel& panel) const
    {
        QStringList items;
        for (const Ribbon& ribbon : panel.ribbons)
            items.append(ribbonText(ribbon));
        return sentenceOf(titled(panel.title, items));
    }

    QString operator()(const CurvePanel& panel) const
    {
        QStringList items;
        for (const Curve& curve : panel.curves)
            items.append(curveText(curve, panel));
        QString text = sentenceOf(titled(panel.title, items));
        if (!panel.bandLabel.empty())
            text += QLatin1Char(' ') + sentenceOf(Alternative::tr("Bands show %1").arg(plainLine(panel.bandLabel)));
        for (const HatchedOffsets& hatched : panel.hatched)
            text += QLatin1Char(' ') +
                    sentenceOf(Alternative::tr("Hatched, %1: %2")
                                   .arg(plainLine(hatched.label), stretches(hatched.offsets, m_offsets)));
        return text;
    }

    QString operator()(const ChartPanel& panel) const
    {
        QStringList items, marks;
        for (const Series& series : panel.series)
            if (!series.x.empty())
                items.append(seriesText(series, panel));
        for (const ChartMark& mark : panel.marks)
            if (!mark.label.empty())
                marks.append(plainLine(mark.label));
        QString text = sentenceOf(titled(panel.title, items));
        if (!marks.isEmpty())
            text += QLatin1Char(' ') + sentenceOf(Alternative::tr("Marked: %1").arg(marks.join(QStringLiteral("; "))));
        if (!panel.note.empty())
            text += QLatin1Char(' ') + sentenceOf(plainLine(panel.note));
        return text;
    }

    QString operator()(const BarPanel& panel) const
    {
        QStringList items;
        for (const Bar& bar : panel.bars) {
            QStringList parts;
            for (const BarPart& part : bar.parts)
                parts.append(plainLine(part.label) + QLatin1Char(' ') + partText(part.value));
            if (!parts.isEmpty())
                items.append(Alternative::tr("%1: %2; %3 %4")
                                 .arg(plainLine(bar.label), parts.join(QStringLiteral(", ")),
                                      plainLine(panel.totalLabel), partText(bar.total)));
        }
        const QString unit = panel.unit.empty() ? QString() : Alternative::tr(" (%1)").arg(plainLine(panel.unit));
        return sentenceOf(titled(panel.title + unit.toStdString(), items));
    }

private:
    static QString titled(const std::string& title, const QStringList& items)
    {
        const QString said =
            items.isEmpty() ? Alternative::tr("nothing is computed yet") : items.join(QStringLiteral("; "));
        return Alternative::tr("%1: %2").arg(plainLine(title), said);
    }

    QString ribbonText(const Ribbon& ribbon) const
    {
        std::set<std::int64_t> shared;
        std::vector<OffsetRange> own, untrained;
        const RibbonSegment* widest = nullptr;
        for (const RibbonSegment& segment : ribbon.segments) {
            if (segment.untrained)
                untrained.push_back({segment.first, segment.last});
            if (segment.ownParameters && !segment.untrained)
                own.push_back({segment.first, segment.last});
            if (segment.ownParameters || segment.parameter == noParameter)
                continue;
            shared.insert(segment.parameter);
            if (!widest || segment.last - segment.first > widest->last - widest->first)
                widest = &segment;
        }
        QStringList parts;
        if (!own.empty())
            parts.append(Alternative::tr("a parameter for each of %1").arg(stretches(own, {fromInfinity, toInfinity})));
        if (widest)
            parts.append(
                Alternative::tr("%1 shared parameters, the widest (%2) for offsets %3")
                    .arg(integer(std::ssize(shared)), integer(widest->parameter), fromTo(widest->first, widest->last)));
        if (!untrained.empty())
            parts.append(Alternative::tr("%1 untrained").arg(stretches(untrained, m_offsets)));
        return Alternative::tr("%1 has %2").arg(plainLine(ribbon.letter), parts.join(QStringLiteral(", ")));
    }

    /// Where curves are read: their ends, offset 0 and where training ends.
    std::vector<std::int64_t> places(const OffsetRange& range, AxisKind axis) const
    {
        std::set<std::int64_t> all = {range.first, range.last};
        if (axis == AxisKind::Offset)
            for (const std::int64_t d :
                 {-m_figure.trainingLength, std::int64_t{0}, m_figure.trainingLength - 1, m_figure.trainingLength})
                if (range.contains(d))
                    all.insert(d);
        return {all.begin(), all.end()};
    }

    QString curveText(const Curve& curve, const CurvePanel& panel) const
    {
        const QString where = panel.axis == AxisKind::Key ? Alternative::tr("key") : Alternative::tr("offset");
        std::vector<std::pair<QString, QStringList>> values;  // each with the neighbouring places that have it
        for (const std::int64_t x : places(curve.source->range(), panel.axis)) {
            const double y = curve.source->at(x);
            const QString value = panel.yLogarithmic && !panel.floor && !(y > 0.0) ? withoutValue() : valueText(y);
            if (values.empty() || values.back().first != value)
                values.push_back({value, {}});
            values.back().second.append(integer(x));
        }
        QStringList items;
        for (const auto& [value, at] : values)
            items.append(Alternative::tr("%1 at %2 %3").arg(value, where, listed(at)));
        return Alternative::tr("%1 is %2").arg(plainLine(curve.label), items.join(QStringLiteral(", ")));
    }

    static QString pointText(const Series& series, std::size_t k, const QString& axis)
    {
        return Alternative::tr("%1 at %2 = %3").arg(valueText(series.y[k]), axis, valueText(series.x[k]));
    }

    static std::size_t lowestOf(const std::vector<double>& values, std::size_t count)
    {
        std::size_t lowest = count;
        for (std::size_t k = 0; k < count; ++k)
            if (std::isfinite(values[k]) && (lowest == count || values[k] < values[lowest]))
                lowest = k;
        return lowest;
    }

    /// Ends, where training ends, and the lowest where that says more.
    static QString seriesText(const Series& series, const ChartPanel& panel)
    {
        const std::size_t count = std::min(series.x.size(), series.y.size());
        const QString name = plainLine(series.name.empty() ? series.label : series.name);
        if (count == 0)
            return name;
        std::set<std::size_t> points = {0, count - 1};
        for (const ChartMark& mark : panel.marks) {
            const auto at = std::ranges::find(series.x, mark.x) - series.x.begin();
            if (mark.kind == MarkKind::TrainingLength && at < static_cast<std::ptrdiff_t>(count))
                points.insert(static_cast<std::size_t>(at));
        }
        const std::size_t lowest = lowestOf(series.y, count);
        const bool isNews = lowest < count && std::ranges::none_of(points, [&](std::size_t k) {
                                return k != lowest && valueText(series.y[k]) == valueText(series.y[lowest]);
                            });
        if (isNews)
            points.insert(lowest);
        const QString axis = plainLine(panel.x.symbol.empty() ? panel.x.title : panel.x.symbol);
        QStringList values;
        for (const std::size_t k : points)
            values.append(pointText(series, k, axis) + (isNews && k == lowest && k != 0 && k + 1 != count
                                                            ? Alternative::tr(" (lowest)")
                                                            : QString()));
        return Alternative::tr("%1 is %2").arg(name, listed(values));
    }

    const Figure& m_figure;
    OffsetRange m_offsets;
};

}  // namespace

QString plainLine(const std::string& text)
{
    return QString::fromStdString(text).simplified();
}

QString sentenceOf(QString text)
{
    const bool ended = text.isEmpty() || text.endsWith(QLatin1Char('.')) || text.endsWith(QLatin1Char('!')) ||
                       text.endsWith(QLatin1Char('?')) || text.endsWith(QChar(0x2026));
    return ended ? text : text + QLatin1Char('.');
}

QString fromTo(std::int64_t first, std::int64_t last)
{
    return first < 0 ? Alternative::tr("%1 to %2").arg(integer(first), integer(last)) : span(first, last);
}

QString panelWords(const Panel& panel, const Figure& figure)
{
    return std::visit(PanelWords(figure), panel);
}

}  // namespace posbias::ui
