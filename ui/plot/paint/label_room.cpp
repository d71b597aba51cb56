// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/label_room.h"

#include "ui/plot/ink/text_painting.h"
#include "ui/plot/paint/clipped_lines.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace posbias::ui {
namespace {

constexpr double shorterForm = 0.9, faintStroke = 0.4, yieldingStroke = 2.0, hatchedArea = 8.0, dataBand = 2.0;
constexpr double guideStroke = 16.0;
constexpr double overData = 40.0, pixelOfData = 0.5;  ///< any of it, and each pixel along it
constexpr double elsewhere = 20.0;                    ///< than at what the words belong to: more than any place there
constexpr double leaderCrossing = 6.0, leaderThroughWords = 30.0, leaderOverData = 3.0;
constexpr double atAnotherLine = 18.0, besideAnotherLine = 9.0;  ///< the second: pixels
constexpr double nowhere = std::numeric_limits<double>::infinity();
constexpr double wordGap = 3.0;  ///< between words beside each other

QPointF nearestIn(const QRectF& rect, const QPointF& to)
{
    return {std::clamp(to.x(), rect.left(), rect.right()), std::clamp(to.y(), rect.top(), rect.bottom())};
}

QLineF leaderOf(const LabelWish& wish, const QRectF& rect)
{
    return leaderTo(*wish.anchor, wish.reach, rect);
}

}  // namespace

double leftWithin(double left, double width, const QRectF& area)
{
    return std::max(std::min(left, area.right() - width), area.left());
}

QLineF leaderTo(const QPointF& anchor, double reach, const QRectF& rect)
{
    QLineF leader(anchor, nearestIn(rect, anchor));
    if (leader.length() > reach)
        leader.setP1(leader.pointAt(reach / leader.length()));
    return leader;
}

LabelRoom::LabelRoom(const QRectF& area, const QFont& font) : m_area(area), m_font(font), m_line(textHeight(font)) {}

QSizeF LabelRoom::sizeOf(const QStringList& lines) const
{
    double width = 0.0;
    for (const QString& line : lines)
        width = std::max(width, textWidth(m_font, line));
    return {width, static_cast<double>(lines.size()) * m_line};
}

LabelRoom::Crossed LabelRoom::crossed(const QRectF& rect, const Arrangement& before, double most) const
{
    constexpr double rounding = 1e-6;
    if (!m_area.adjusted(-rounding, -rounding, rounding, rounding).contains(rect))
        return {nowhere};
    const QRectF near = rect.adjusted(-wordGap, 0.0, wordGap, 0.0), own = rect.adjusted(-2.0, 0.0, 2.0, 0.0);
    const auto meets = [&](const QRectF& other) { return other.intersects(near); };
    if (std::ranges::any_of(m_taken, meets) ||
        std::ranges::any_of(before, [&](const Found& other) { return meets(other.label.rect); }))
        return {nowhere};
    Crossed all;
    const auto guide = [&](double cost) {
        all.cost += cost;
        all.guide = true;
    };
    for (const QLineF& stroke : m_strokes)
        if (crosses(stroke, own))
            guide(guideStroke);
    for (const Found& other : before)
        if (!other.label.leader.isNull() && crosses(other.label.leader, own))
            guide(2.0 * guideStroke);
    for (const auto& area : m_areas)
        if (area(own))
            guide(hatchedArea);
    for (const QLineF& stroke : m_faint)
        all.cost += crosses(stroke, own) ? faintStroke : 0.0;
    for (const QLineF& stroke : m_yielding)
        all.cost += crosses(stroke, own) ? yieldingStroke : 0.0;
    for (const auto& band : m_bands)
        if (band(own)) {
            all.cost += dataBand;
            all.data = true;
        }
    for (const auto& within : m_data) {
        if (all.cost >= most)
            break;
        if (const double length = within(own); length > 0.0) {
            all.cost += overData + pixelOfData * length;
            all.data = true;
        }
    }
    return all;
}

double LabelRoom::misleading(const LabelWish& wish, const QRectF& rect) const
{
    if (!wish.upright)
        return 0.0;
    const QRectF near = rect.adjusted(-besideAnotherLine, 0.0, besideAnotherLine, 0.0);
    double cost = 0.0;
    for (const auto* lines : {&m_strokes, &m_yielding})
        for (const QLineF& line : *lines)
            if (line.dx() == 0.0 && std::abs(line.x1() - *wish.upright) > 1.0 && crosses(line, near))
                cost += atAnotherLine;
    return cost;
}

/// It leaves words out, and is hard to follow there.
double LabelRoom::leaderCost(const QLineF& leader, const Arrangement& before) const
{
    double cost = 0.0;
    for (const Found& other : before) {
        cost += crosses(leader, other.label.rect) ? leaderThroughWords : 0.0;
        const bool crossesOther =
            !other.label.leader.isNull() && leader.intersects(other.label.leader) == QLineF::BoundedIntersection;
        cost += crossesOther ? leaderCrossing : 0.0;
    }
    for (const QRectF& other : m_taken)
        cost += crosses(leader, other) ? leaderCrossing : 0.0;
    // In steps along it, from where it has left what it begins at: each stretch of data that it enters.
    constexpr double step = 3.0, start = 4.0;
    for (const auto& within : m_data) {
        bool inside = true;
        for (double at = start; at < leader.length(); at += step) {
            const QPointF point = leader.pointAt(at / leader.length());
            const bool now = within(QRectF(point - QPointF(0.5, 0.5), QSizeF(1.0, 1.0))) > 0.0;
            cost += now && !inside ? leaderOverData : 0.0;
            inside = now;
        }
    }
    return cost;
}

void LabelRoom::takeBetter(Found& best, const LabelWish& wish, std::size_t form, const LabelPlace& place,
                           const Arrangement& before) const
{
    double cost = place.cost + shorterForm * static_cast<double>(form) + misleading(wish, place.rect);
    if (cost >= best.cost)
        return;
    cost += place.leader.isNull() ? 0.0 : leaderCost(place.leader, before);
    if (cost >= best.cost)
        return;
    const Crossed under = crossed(place.rect, before, best.cost - cost);
    cost += under.cost;
    if (cost >= best.cost)
        return;
    const bool faint = std::ranges::any_of(m_faint, [&](const QLineF& stroke) { return crosses(stroke, place.rect); });
    const bool hides = under.data || m_dataEverywhere;
    best = {{wish.forms[form], place.rect, place.alignment, wish.colour, wish.rimmed || faint || hides,
             (under.guide || (faint && m_interruptsFaint)) && !hides, place.leader},
            cost};
}

void LabelRoom::lookEverywhere(Found& best, const LabelWish& wish, const Arrangement& before, bool leads) const
{
    const double step = m_line / 2.0;
    std::vector<std::pair<std::size_t, LabelPlace>> all;
    for (std::size_t form = 0; form < wish.forms.size(); ++form) {
        const QSizeF size = sizeOf(wish.forms[form]);
        for (double top = m_area.top(); top + size.height() <= m_area.bottom(); top += step)
            for (double left = m_area.left(); left + size.width() <= m_area.right(); left += step) {
                const QRectF rect(QPointF(left, top), size);
                // Lines count twice: aside it is still seen what the words belong to.
                const QPointF to = wish.anchor.value_or(m_area.center()), from = nearestIn(rect, to);
                const double away = std::hypot(from.x() - to.x(), 2.0 * (from.y() - to.y())) / m_line;
                const QLineF leader = leads && away > 0.8 ? leaderOf(wish, rect) : QLineF();
                all.emplace_back(form, LabelPlace{rect, Qt::AlignLeft, elsewhere + away, leader});
            }
    }
    // The nearest first: what follows the best one is not even looked at.
    const auto costOf = [](const auto& one) { return one.second.cost + shorterForm * static_cast<double>(one.first); };
    std::ranges::stable_sort(all, {}, costOf);
    for (const auto& [form, place] : all) {
        if (place.cost + shorterForm * static_cast<double>(form) >= best.cost)
            break;
        takeBetter(best, wish, form, place, before);
    }
}

LabelRoom::Found LabelRoom::found(const LabelWish& wish, const Arrangement& before) const
{
    Found best{{}, nowhere};
    for (std::size_t form = 0; form < wish.forms.size(); ++form)
        for (const LabelPlace& place : wish.places(sizeOf(wish.forms[form])))
            takeBetter(best, wish, form, place, before);
    if (best.cost >= elsewhere && wish.anchor && !wish.upright)
        lookEverywhere(best, wish, before, true);
    if (best.cost == nowhere && !wish.upright)
        lookEverywhere(best, wish, before, false);
    if (best.cost < nowhere)
        return best;
    return leastCovering(wish, before);
}

double LabelRoom::covered(const QRectF& rect, const Arrangement& before) const
{
    double pixels = 0.0;
    const auto add = [&](const QRectF& other) {
        const QRectF common = other & rect;
        pixels += common.width() * common.height();
    };
    std::ranges::for_each(m_taken, add);
    for (const Found& other : before)
        add(other.label.rect);
    return pixels;
}

/// No room at all: where the words cover least of others.
LabelRoom::Found LabelRoom::leastCovering(const LabelWish& wish, const Arrangement& before) const
{
    constexpr double step = 2.0;
    const QStringList& lines = wish.forms.back();
    const QSizeF size = sizeOf(lines);
    QRectF best(m_area.topLeft(), size);
    double least = nowhere;
    const auto consider = [&](const QRectF& rect) {
        if (const double pixels = covered(rect, before); pixels < least) {
            least = pixels;
            best = rect;
        }
    };
    if (wish.upright) {
        for (const LabelPlace& place : wish.places(size)) {
            QRectF inside = place.rect;
            inside.moveLeft(leftWithin(inside.left(), size.width(), m_area));
            inside.moveTop(std::max(std::min(inside.top(), m_area.bottom() - size.height()), m_area.top()));
            consider(inside);
        }
    } else {
        for (double top = m_area.top(); top + size.height() <= m_area.bottom(); top += step)
            for (double left = m_area.left(); left == m_area.left() || left + size.width() <= m_area.right();
                 left += 2.0 * step)
                consider(QRectF(QPointF(left, top), size));
    }
    constexpr double worst = 1000.0;
    const QLineF leader = wish.anchor && !wish.upright ? leaderOf(wish, best) : QLineF();
    return {{lines, best, Qt::AlignLeft, wish.colour, true, false, leader.length() > m_line ? leader : QLineF()},
            worst};
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
    std::ranges::stable_partition(order, [&](std::size_t wish) { return wishes[wish].upright.has_value(); });
    Arrangement best = arranged(wishes, order);
    constexpr int tries = 6;
    const auto isFree = [&](std::size_t wish) { return best[wish].cost < elsewhere; };
    for (int k = 0; k < tries && !std::ranges::all_of(order, isFree); ++k) {
        // What found no free place chooses first; where that did not help, another of them.
        const auto others = std::ranges::stable_partition(order, std::not_fn(isFree)).begin();
        if (k > 0)
            std::rotate(order.begin(), order.begin() + 1, others);
        Arrangement other = arranged(wishes, order);
        if (costOf(other) < costOf(best))
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
    QRectF line = label.rect;
    line.setHeight(textHeight(font));
    const Qt::Alignment alignment = label.alignment | Qt::AlignVCenter;
    for (const QString& text : label.lines) {
        if (label.struck) {  // no further than the words: guides go on beside short lines
            constexpr double edge = 2.0;
            const double free = std::max(0.0, line.width() - textWidth(font, text));
            const double left = label.alignment & Qt::AlignRight     ? free
                                : label.alignment & Qt::AlignHCenter ? free / 2.0
                                                                     : 0.0;
            painter.fillRect(line.adjusted(left - edge, 0.0, left - free + edge, 0.0), background);
        }
        if (label.rimmed && !label.struck)
            drawHaloedText(painter, font, label.colour, background, line, alignment, text);
        else
            drawText(painter, font, label.colour, line, alignment, text);
        line.translate(0.0, line.height());
    }
}

void paintLeaders(QPainter& painter, const std::vector<PlacedLabel>& labels)
{
    std::vector<QRectF> words;
    for (const PlacedLabel& label : labels)
        words.push_back(label.rect);
    paintLeaders(painter, labels, words);
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
    paintLeaders(painter, labels);
    paintLabelWords(painter, font, background, labels);
}

LabelWish besideLine(std::vector<QStringList> forms, double x, Qt::AlignmentFlag side, const QRectF& area)
{
    LabelWish wish;
    wish.forms = std::move(forms);
    wish.places = [=](const QSizeF& size) {
        constexpr double gap = 6.0, otherSide = 0.5, onIt = 1.0, lower = 0.4;
        std::vector<LabelPlace> places;
        double cost = 0.0;
        for (double top = area.top(); top + size.height() <= area.bottom(); top += size.height() / 4.0, cost += lower) {
            const QRectF left(QPointF(x - gap - size.width(), top), size), right(QPointF(x + gap, top), size);
            const double centred = leftWithin(x - size.width() / 2.0, size.width(), area);
            places.push_back({left, Qt::AlignRight, cost + (side == Qt::AlignLeft ? 0.0 : otherSide)});
            places.push_back({right, Qt::AlignLeft, cost + (side == Qt::AlignLeft ? otherSide : 0.0)});
            places.push_back({QRectF(QPointF(centred, top), size), Qt::AlignHCenter, cost + onIt});
        }
        return places;
    };
    wish.upright = x;
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
