// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/label_room.h"

#include "ui/plot/clipped_lines.h"
#include "ui/plot/text_painting.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace posbias::ui {
namespace {

constexpr double shorterForm = 0.9, faintStroke = 0.4, yieldingStroke = 2.0, hatchedArea = 8.0;
constexpr double elsewhere = 20.0;  ///< than at what the words belong to: more than any place there
constexpr double leaderCrossing = 4.0;
constexpr double strokeCost = 100.0;
constexpr double nowhere = std::numeric_limits<double>::infinity();
constexpr double wordGap = 3.0;     ///< between words beside each other

QPointF nearestIn(const QRectF& rect, const QPointF& to)
{
    return {std::clamp(to.x(), rect.left(), rect.right()), std::clamp(to.y(), rect.top(), rect.bottom())};
}

}  // namespace

LabelRoom::LabelRoom(const QRectF& area, const QFont& font) : m_area(area), m_font(font), m_line(textHeight(font)) {}

QSizeF LabelRoom::sizeOf(const QStringList& lines) const
{
    double width = 0.0;
    for (const QString& line : lines)
        width = std::max(width, textWidth(m_font, line));
    return {width, static_cast<double>(lines.size()) * m_line};
}

/// What words in this place would cross; infinite where they have none.
double LabelRoom::hidden(const QRectF& rect, const Arrangement& before) const
{
    constexpr double rounding = 1e-6;
    if (!m_area.adjusted(-rounding, -rounding, rounding, rounding).contains(rect))
        return nowhere;
    const QRectF near = rect.adjusted(-wordGap, 0.0, wordGap, 0.0), own = rect.adjusted(-2.0, 0.0, 2.0, 0.0);
    const auto meets = [&](const QRectF& other) { return other.intersects(near); };
    if (std::ranges::any_of(m_taken, meets) ||
        std::ranges::any_of(before, [&](const Found& other) { return meets(other.label.rect); }))
        return nowhere;
    double cost = 0.0;
    for (const QLineF& stroke : m_strokes)
        cost += crosses(stroke, own) ? strokeCost : 0.0;
    for (const Found& other : before)
        cost += !other.label.leader.isNull() && crosses(other.label.leader, own) ? strokeCost : 0.0;
    for (const auto& curve : m_curves)
        cost += curve(own) ? strokeCost : 0.0;
    for (const auto& area : m_areas)
        cost += area(own) ? hatchedArea : 0.0;
    for (const QLineF& stroke : m_faint)
        cost += crosses(stroke, own) ? faintStroke : 0.0;
    for (const QLineF& stroke : m_yielding)
        cost += crosses(stroke, own) ? yieldingStroke : 0.0;
    return cost;
}

void LabelRoom::takeBetter(Found& best, const LabelWish& wish, std::size_t form, const LabelPlace& place,
                           const Arrangement& before) const
{
    double wanted = place.cost + shorterForm * static_cast<double>(form);
    if (wanted >= best.cost)
        return;
    const double crossed = hidden(place.rect, before);
    if (wanted + crossed >= best.cost)
        return;
    if (!place.leader.isNull()) {
        const auto runsThrough = [&](const Found& other) { return crosses(place.leader, other.label.rect); };
        if (std::ranges::any_of(before, runsThrough))
            return;
        for (const QRectF& other : m_taken)
            wanted += crosses(place.leader, other) ? leaderCrossing : 0.0;
    }
    if (wanted + crossed >= best.cost)
        return;
    const bool faint = std::ranges::any_of(m_faint, [&](const QLineF& stroke) { return crosses(stroke, place.rect); });
    best = {{wish.forms[form], place.rect, place.alignment, wish.colour, wish.rimmed || faint, crossed >= hatchedArea,
             place.leader},
            wanted + crossed};
}

void LabelRoom::lookEverywhere(Found& best, const LabelWish& wish, const Arrangement& before, bool leads) const
{
    const double step = m_line / 2.0;
    for (std::size_t form = 0; form < wish.forms.size(); ++form) {
        const QSizeF size = sizeOf(wish.forms[form]);
        for (double top = m_area.top(); top + size.height() <= m_area.bottom(); top += step)
            for (double left = m_area.left(); left + size.width() <= m_area.right(); left += step) {
                const QRectF rect(QPointF(left, top), size);
                // Lines count twice: aside it is still seen what the words belong to.
                const QPointF to = wish.anchor.value_or(m_area.center()), from = nearestIn(rect, to);
                const double away = std::hypot(from.x() - to.x(), 2.0 * (from.y() - to.y())) / m_line;
                QLineF leader = leads && away > 0.8 ? QLineF(to, from) : QLineF();
                if (leader.length() > wish.reach)
                    leader.setP1(leader.pointAt(wish.reach / leader.length()));
                takeBetter(best, wish, form, {rect, Qt::AlignLeft, elsewhere + away, leader}, before);
            }
    }
}

LabelRoom::Found LabelRoom::found(const LabelWish& wish, const Arrangement& before) const
{
    Found best{{}, nowhere};
    for (std::size_t form = 0; form < wish.forms.size(); ++form)
        for (const LabelPlace& place : wish.places(sizeOf(wish.forms[form])))
            takeBetter(best, wish, form, place, before);
    if (best.cost >= strokeCost && wish.anchor)
        lookEverywhere(best, wish, before, true);
    if (best.cost == nowhere)
        lookEverywhere(best, wish, before, false);
    if (best.cost < nowhere)
        return best;
    return leastCovering(wish, before);
}

/// No room at all: where the words cover least of others.
LabelRoom::Found LabelRoom::leastCovering(const LabelWish& wish, const Arrangement& before) const
{
    constexpr double step = 2.0;
    const QStringList& lines = wish.forms.back();
    const QSizeF size = sizeOf(lines);
    QRectF best(m_area.topLeft(), size);
    double least = nowhere;
    for (double top = m_area.top(); top + size.height() <= m_area.bottom(); top += step)
        for (double left = m_area.left(); left == m_area.left() || left + size.width() <= m_area.right(); left += 2.0 * step) {
            const QRectF rect(QPointF(left, top), size);
            double covered = 0.0;
            const auto add = [&](const QRectF& other) {
                const QRectF common = other & rect;
                covered += common.width() * common.height();
            };
            std::ranges::for_each(m_taken, add);
            for (const Found& other : before)
                add(other.label.rect);
            if (covered < least) {
                least = covered;
                best = rect;
            }
        }
    return {{lines, best, Qt::AlignLeft, wish.colour, wish.rimmed, true, {}}, 10.0 * strokeCost};
}

LabelRoom::Arrangement LabelRoom::arranged(const std::vector<LabelWish>& wishes,
                                           const std::vector<std::size_t>& order) const
{
    Arrangement inOrder, byWish(wishes.size());
    for (const std::size_t wish : order)
        inOrder.push_back(byWish[wish] = found(wishes[wish], inOrder));
    return byWish;
}

std::vector<PlacedLabel> LabelRoom::place(const std::vector<LabelWish>& wishes)
{
    const auto costOf = [](const Arrangement& all) {
        return std::accumulate(all.begin(), all.end(), 0.0, [](double sum, const Found& f) { return sum + f.cost; });
    };
    std::vector<std::size_t> order(wishes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    Arrangement best = arranged(wishes, order);
    constexpr int tries = 3;
    for (int k = 0; k < tries; ++k) {
        // What found no free place chooses first.
        const auto isFree = [&](std::size_t wish) { return best[wish].cost < elsewhere; };
        if (std::ranges::all_of(order, isFree))
            break;
        std::ranges::stable_partition(order, std::not_fn(isFree));
        Arrangement other = arranged(wishes, order);
        if (costOf(other) >= costOf(best))
            break;
        best = std::move(other);
    }
    std::vector<PlacedLabel> labels;
    for (Found& one : best) {
        m_taken.push_back(one.label.rect);
        labels.push_back(std::move(one.label));
    }
    return labels;
}

static void paintWords(QPainter& painter, const QFont& font, const QColor& background, const PlacedLabel& label)
{
    if (label.struck)
        painter.fillRect(label.gap(), background);
    QRectF line = label.rect;
    line.setHeight(textHeight(font));
    const Qt::Alignment alignment = label.alignment | Qt::AlignVCenter;
    for (const QString& text : label.lines) {
        if (label.rimmed && !label.struck)
            drawHaloedText(painter, font, label.colour, background, line, alignment, text);
        else
            drawText(painter, font, label.colour, line, alignment, text);
        line.translate(0.0, line.height());
    }
}

void paintLeaders(QPainter& painter, const std::vector<PlacedLabel>& labels, const std::vector<QRectF>& words)
{
    for (const PlacedLabel& label : labels) {
        if (label.leader.isNull())
            continue;
        painter.setPen(QPen(label.colour, 0.9, Qt::SolidLine, Qt::FlatCap));
        for (const QLineF& piece : interrupted(label.leader, words))
            painter.drawLine(piece);
    }
}

void paintLabelWords(QPainter& painter, const QFont& font, const QColor& background,
                     const std::vector<PlacedLabel>& labels)
{
    for (const PlacedLabel& label : labels)
        paintWords(painter, font, background, label);
}

void paintLabels(QPainter& painter, const QFont& font, const QColor& background, const std::vector<PlacedLabel>& labels)
{
    std::vector<QRectF> words;
    for (const PlacedLabel& label : labels)
        words.push_back(label.rect);
    paintLeaders(painter, labels, words);
    paintLabelWords(painter, font, background, labels);
}

LabelWish besideLine(std::vector<QStringList> forms, double x, Qt::AlignmentFlag side, const QRectF& area)
{
    LabelWish wish;
    wish.forms = std::move(forms);
    wish.places = [=](const QSizeF& size) {
        constexpr double gap = 6.0, otherSide = 0.5, lower = 1.0;
        std::vector<LabelPlace> places;
        double cost = 0.0;
        for (double top = area.top(); top + size.height() <= area.bottom(); top += size.height() + 1.0, cost += lower) {
            const QRectF left(QPointF(x - gap - size.width(), top), size), right(QPointF(x + gap, top), size);
            places.push_back({left, Qt::AlignRight, cost + (side == Qt::AlignLeft ? 0.0 : otherSide)});
            places.push_back({right, Qt::AlignLeft, cost + (side == Qt::AlignLeft ? otherSide : 0.0)});
        }
        return places;
    };
    return wish;
}

std::vector<QStringList> brokenForms(const QString& text, const QString& separator)
{
    const QStringList parts = text.split(separator);
    std::vector<QStringList> forms{{text}};
    for (qsizetype inLine = (parts.size() + 1) / 2; inLine >= 1 && parts.size() > 1; inLine = (inLine + 1) / 2) {
        QStringList lines;
        for (qsizetype k = 0; k < parts.size(); k += inLine) {
            lines << parts.mid(k, inLine).join(separator);
            if (k + inLine < parts.size())
                lines.back() += separator.trimmed().isEmpty() ? QString() : u' ' + separator.trimmed();
        }
        forms.push_back(lines);
        if (inLine == 1)
            break;
    }
    if (parts.size() > 1) {
        QStringList words;
        for (const QString& line : forms.back())
            for (const QString& word : line.split(u' '))
                word == separator.trimmed() ? words.back() += u' ' + word : words.emplace_back(word);
        if (words != forms.back())
            forms.push_back(words);
    }
    return forms;
}

}  // namespace posbias::ui
