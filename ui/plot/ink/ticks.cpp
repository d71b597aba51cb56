// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/ink/ticks.h"

#include "ui/text/numbers.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

/// The smallest of 1, 2, 2.5, 5 times a power of ten that is not below `least`.
double niceStep(double least)
{
    const double decade = std::pow(10.0, std::floor(std::log10(least)));
    for (double factor : {1.0, 2.0, 2.5, 5.0})
        if (factor * decade >= least * (1.0 - 1e-9))
            return factor * decade;
    return 10.0 * decade;
}

/// None where there would be more than anybody reads: a step within the rounding of the numbers never ends.
std::vector<Tick> multiples(double step, double lower, double upper)
{
    constexpr double most = 10'000.0;
    std::vector<Tick> ticks;
    if (!((upper - lower) / step < most && std::fabs(lower) / step < 1e15 && std::fabs(upper) / step < 1e15))
        return ticks;
    const double slack = 1e-9 * (upper - lower);
    for (double k = std::ceil((lower - slack) / step); k * step <= upper + slack; ++k)
        ticks.push_back({k * step, tickText(k * step), {}});
    return ticks;
}

/// Wanted ticks in order of rank; one is kept when its label stays clear of those kept before.
class Crowd {
public:
    Crowd(double lower, double upper, double pixels, const TextWidth& width)
        : m_lower(lower), m_perUnit(pixels / (upper - lower)), m_width(width)
    {
    }

    void addIfFits(double at, const QString& text)
    {
        const double middle = (at - m_lower) * m_perUnit, half = m_width(text) / 2.0;
        const auto near = [&](const Span& s) { return middle + half + gap > s.left && middle - half - gap < s.right; };
        if (std::ranges::any_of(m_taken, near))
            return;
        m_taken.push_back({middle - half, middle + half});
        ticks.push_back({at, text, {}});
    }

    std::vector<Tick> ticks;

private:
    struct Span {
        double left, right;
    };
    static constexpr double gap = 7.0;

    double m_lower, m_perUnit;
    const TextWidth& m_width;
    std::vector<Span> m_taken;
};

/// "20k", "1.2M"; whole thousands only.
QString shortText(double value, bool millions)
{
    if (value == 0.0)
        return tickText(0.0);
    const bool million = millions && std::fabs(value) >= 1e6;
    return tickText(value / (million ? 1e6 : 1e3)) + QLatin1Char(million ? 'M' : 'k');
}

/// All in the same manner: exact, or short where that leaves nothing out.
void nameCells(std::vector<Tick>& ticks)
{
    const bool large = std::ranges::any_of(ticks, [](const Tick& tick) { return std::fabs(tick.at) >= 1e4; });
    const bool thousands = std::ranges::all_of(ticks, [](const Tick& tick) { return std::fmod(tick.at, 1e3) == 0.0; });
    const bool millions = std::ranges::all_of(
        ticks, [](const Tick& tick) { return std::fabs(tick.at) < 1e6 || std::fmod(tick.at, 1e5) == 0.0; });
    for (Tick& tick : ticks)
        tick.text = large && thousands ? shortText(tick.at, millions) : tickText(tick.at);
}

constexpr std::int64_t mostPowersOfTwo = 9999;

using Ranks = std::vector<std::vector<std::int64_t>>;

/// Powers of two by every `stride`-th exponent.
Ranks powersOfTwo(std::int64_t reach, int stride)
{
    std::vector<std::int64_t> powers;
    for (std::int64_t power = 1; power <= reach; power <<= stride)
        powers.push_back(power);
    return {powers};
}

/// Powers of ten by every `stride`-th exponent, then 2 and 5 times them where there is room for all.
Ranks decades(std::int64_t reach, int stride, bool between)
{
    Ranks ranks(between ? 2 : 1);
    std::int64_t power = 1;
    for (int k = 0; power <= reach; power *= 10, ++k) {
        if (k % stride == 0)
            ranks[0].push_back(power);
        if (between)
            ranks[1].insert(ranks[1].end(), {2 * power, 5 * power});
    }
    return ranks;
}

/// As many round offsets as fit without leaving one out in between (those at the very ends may give way).
void addRoundOffsets(Crowd& crowd, const OffsetAxis& axis, const OffsetScale& scale, double pixels,
                     const TextWidth& width)
{
    const std::int64_t reach = std::max(-axis.range.first, axis.range.last);
    const bool twos = reach <= mostPowersOfTwo;
    const double octave = pixels / (scale.upper() - scale.lower());
    const QString longest = twos ? tickText(static_cast<double>(axis.range.last)) : QStringLiteral("500k");
    const double room = width(longest) + 10.0;
    const auto stride = [room](double step) { return std::max(1, static_cast<int>(std::ceil(room / step))); };
    const Ranks ranks =
        twos ? powersOfTwo(reach, stride(octave)) : decades(reach, stride(octave * std::log2(10.0)), octave >= room);
    for (const std::vector<std::int64_t>& rank : ranks)
        for (const std::int64_t size : rank)
            for (const std::int64_t d : {size, -size})
                if (axis.range.contains(d)) {
                    const double value = static_cast<double>(d);
                    crowd.addIfFits(scale.middle(d), !twos && size >= 1000 ? shortText(value, true) : tickText(value));
                }
}

}  // namespace

double OffsetScale::position(double x) const
{
    const double d = x - 0.5;
    return m_axis.logarithmic ? std::copysign(std::log1p(std::fabs(d)) / std::log(2.0), d) : d;
}

double OffsetScale::place(double position) const
{
    const double d =
        m_axis.logarithmic ? std::copysign(std::expm1(std::fabs(position) * std::log(2.0)), position) : position;
    return d + 0.5;
}

std::int64_t OffsetScale::offsetAt(double position) const
{
    const double x = std::floor(place(position) + 1e-9);
    return static_cast<std::int64_t>(
        std::clamp(x, static_cast<double>(m_axis.range.first), static_cast<double>(m_axis.range.last)));
}

double OffsetScale::middle(std::int64_t d) const
{
    return position(static_cast<double>(d) + 0.5);
}

Tick decadeTick(double decade)
{
    if (decade == 0.0 || decade == 1.0)
        return {decade, decade == 0.0 ? QStringLiteral("1") : QStringLiteral("10"), {}};
    return {decade, QStringLiteral("10"), tickText(decade)};
}

QString tickText(double value)
{
    const double decimal = QString::number(value, 'g', 9).toDouble();                 // 3 * 0.2 is not 0.6
    static const QRegularExpression zeros(QStringLiteral("\\.?0+(?=\u00a0\u00d7)"));  // of a mantissa: "2.50 x 10"
    QString text = number(decimal, 9).replace(QChar(0x202f), QChar(0x2009));  // fonts more often have the thin space
    if (text.contains(QChar(0xd7)))
        text.replace(zeros, QString());
    return text;
}

std::vector<Tick> cellTicks(double first, double last, double step, bool middles)
{
    const double aside = middles ? 0.5 : 0.0;
    std::vector<Tick> ticks = multiples(step, first - aside, last - aside);
    if (ticks.empty())  // between two multiples
        ticks.push_back({std::floor((first + last) / 2.0), {}, {}});
    nameCells(ticks);
    for (Tick& tick : ticks)
        tick.at += aside;
    return ticks;
}

double cellStep(double first, double last, double pixels, const TextWidth& width)
{
    constexpr double nameable = 12.0;  // cells as large as this may all have a label
    const double gap = 1.7 * width(QStringLiteral("0"));
    const double perCell = pixels / (last - first);
    const double spacing = perCell >= nameable ? perCell : std::max(46.0, pixels / 14.0);
    double step = 0.0, wanted = spacing / perCell, widest = 0.0;
    do {
        step = niceStep(std::max(1.0, wanted));
        if (step != std::floor(step))
            step = 5.0;  // 2.5 is no whole cell
        widest = 0.0;
        for (const Tick& tick : cellTicks(first, last, step))
            widest = std::max(widest, width(tick.text));
        wanted = 1.01 * step;
    } while (widest + gap > step * perCell && step < last - first);
    return step;
}

std::vector<Tick> valueTicks(double lower, double upper, double pixels, double spacing)
{
    constexpr double closest = 10.0;
    const auto apart = [&](double distance) {
        return multiples(niceStep(distance * (upper - lower) / pixels), lower, upper);
    };
    std::vector<Tick> ticks = apart(spacing);
    for (double distance = 0.75 * spacing; ticks.size() < 2 && distance >= closest; distance *= 0.75)
        ticks = apart(distance);
    return ticks;
}

QString shortTickText(double value)
{
    return number(value, 3).replace(QChar(0x202f), QChar(0x2009));
}

std::vector<Tick> cellTicks(double first, double last, double step, bool middles, double pixels, const TextWidth& width)
{
    std::vector<Tick> ticks = cellTicks(first, last, step, middles);
    const double aside = middles ? 0.5 : 0.0;
    const double low = std::ceil(first - aside), high = std::floor(last - aside);
    if (ticks.size() > 1 || high <= low)
        return ticks;
    std::vector<Tick> ends{{low, {}, {}}, {high, {}, {}}};
    nameCells(ends);
    const double widths = (width(ends[0].text) + width(ends[1].text)) / 2.0 + width(QStringLiteral("0"));
    if (widths > (high - low) * pixels / (last - first))
        return ticks;
    for (Tick& tick : ends)
        tick.at += aside;
    return ends;
}

namespace {

/// 1, 2 and 5 times powers of ten within [lower, upper] (log10), as numbers.
std::vector<Tick> numbersBetween(double lower, double upper, double pixels, double spacing)
{
    const double perDecade = pixels / (upper - lower);
    std::vector<Tick> ticks;
    for (double decade = std::floor(lower); decade <= upper; ++decade)
        for (const double factor : {1.0, 2.0, 5.0}) {
            const double at = decade + std::log10(factor);
            const bool fits = factor == 1.0 || 0.3 * perDecade >= spacing;
            if (fits && at >= lower - 1e-9 && at <= upper + 1e-9)
                ticks.push_back({at, tickText(factor * std::pow(10.0, decade)), {}});
        }
    return ticks;
}

/// Of an axis shorter than a decade: round values.
std::vector<Tick> roundBetween(double lower, double upper, double pixels, double spacing)
{
    std::vector<Tick> ticks = valueTicks(std::pow(10.0, lower), std::pow(10.0, upper), pixels, 1.5 * spacing);
    std::erase_if(ticks, [](const Tick& tick) { return tick.at <= 0.0; });
    for (Tick& tick : ticks)
        tick.at = std::log10(tick.at);
    return ticks;
}

/// Both ends, where they are apart.
std::vector<Tick> endsOf(double lower, double upper, double pixels, double spacing)
{
    if (pixels < 0.5 * spacing)
        return {{lower, shortTickText(std::pow(10.0, lower)), {}}};
    const double first = std::ceil(lower - 1e-9), last = std::floor(upper + 1e-9);
    if (last - first >= 0.5 * (upper - lower))
        return {decadeTick(first), decadeTick(last)};
    return {{lower, shortTickText(std::pow(10.0, lower)), {}}, {upper, shortTickText(std::pow(10.0, upper)), {}}};
}

}  // namespace

std::vector<Tick> logTicks(double lower, double upper, double pixels, double spacing)
{
    constexpr double fewDecades = 2.6;
    const bool decimals = lower > -5.0 && upper < 4.0;  // else powers of ten are shorter
    std::vector<Tick> ticks;
    if (!std::isfinite(lower) || !std::isfinite(upper))
        return ticks;
    if (upper - lower < 1.0 && decimals)
        ticks = roundBetween(lower, upper, pixels, spacing);
    else if (upper - lower < fewDecades && decimals)
        ticks = numbersBetween(lower, upper, pixels, spacing);
    else
        ticks = decadeTicks(lower, upper, pixels, spacing);
    if (ticks.size() < 2 && decimals)
        ticks = numbersBetween(lower, upper, pixels, 0.5 * spacing);
    return ticks.size() < 2 ? endsOf(lower, upper, pixels, spacing) : ticks;
}

std::vector<Tick> decadeTicks(double lower, double upper, double pixels, double spacing)
{
    const double least = spacing * (upper - lower) / pixels;
    const double step = least <= 1.0 ? 1.0 : std::ceil(least);
    std::vector<Tick> ticks;
    if (!std::isfinite(lower) || !std::isfinite(upper))
        return ticks;
    for (double decade = std::ceil(lower / step - 1e-9) * step; decade <= upper + 1e-9; decade += step)
        ticks.push_back(decadeTick(decade));
    return ticks;
}

std::vector<Tick> countTicks(double lower, double upper, bool fromZero, double pixels, const TextWidth& width)
{
    const auto position = [fromZero](double value) { return std::log10(fromZero ? value + 1.0 : value); };
    const double largest = 5.0 * std::pow(10.0, std::floor(upper)), perDecade = pixels / (upper - lower);
    const double room = width(largest < 10'000.0 ? tickText(largest) : QStringLiteral("500k")) + 10.0;
    const int stride = std::max(1, static_cast<int>(std::ceil(room / perDecade)));
    Crowd crowd(lower, upper, pixels, width);
    const auto add = [&](double value) {
        const double at = position(value);
        if (at >= lower - 1e-9 && at <= upper + 1e-9)
            crowd.addIfFits(at, value >= 10'000.0 ? shortText(value, true) : tickText(value));
    };
    if (fromZero)
        add(0.0);
    const int last = static_cast<int>(std::floor(upper + 1e-9));
    for (int decade = 0; decade <= last; decade += stride)
        add(std::pow(10.0, decade));
    if (0.3 * perDecade >= room)
        for (const double factor : {2.0, 5.0})
            for (int decade = 0; decade <= last; ++decade)
                add(factor * std::pow(10.0, decade));
    if (crowd.ticks.size() < 2) {  // within a decade: its ends
        const double up = fromZero ? 1.0 : 0.0;
        add(std::ceil(std::pow(10.0, lower) - up - 1e-9));
        add(std::floor(std::pow(10.0, upper) - up + 1e-9));
    }
    std::ranges::sort(crowd.ticks, {}, &Tick::at);
    return crowd.ticks;
}

std::vector<Tick> offsetTicks(const OffsetAxis& axis, double pixels, const TextWidth& width)
{
    const OffsetScale scale(axis);
    Crowd crowd(scale.lower(), scale.upper(), pixels, width);
    for (std::int64_t d : {std::int64_t{0}, axis.range.last, axis.range.first})
        crowd.addIfFits(scale.middle(d), tickText(static_cast<double>(d)));
    if (axis.logarithmic) {
        addRoundOffsets(crowd, axis, scale, pixels, width);
    } else {
        const double step = cellStep(scale.lower(), scale.upper(), pixels, width);
        for (const Tick& tick : cellTicks(scale.lower(), scale.upper(), step))
            crowd.addIfFits(tick.at, tick.text);
    }
    std::ranges::sort(crowd.ticks, {}, &Tick::at);
    return crowd.ticks;
}

}  // namespace posbias::ui
