// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/note_labels.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace posbias::ui {
namespace {

constexpr double aside = 5.0;  ///< between a line and the words beside it
constexpr double edge = 2.0;   ///< between words and the sides of their area

}  // namespace

QSizeF NoteLabels::sizeOf(const QString& text) const
{
    const QFont& font = m_context.fonts.tick;
    double width = 0.0;
    const QStringList lines = linesOf(text);
    for (const QString& line : lines)
        width = std::max(width, textWidth(font, line));
    return {width, static_cast<double>(lines.size()) * textHeight(font)};
}

/// No wider than the area.
QStringList NoteLabels::linesOf(const QString& text) const
{
    return wrapped(m_context.fonts.tick, text, std::max(1.0, m_area.width() - 2.0 * edge));
}

QRectF NoteLabels::within(QRectF rect) const
{
    rect.moveLeft(std::max(std::min(rect.left(), m_area.right() - edge - rect.width()), m_area.left() + edge));
    rect.moveTop(std::max(std::min(rect.top(), m_area.bottom() - rect.height()), m_area.top()));
    return rect;
}

bool NoteLabels::isFree(const QRectF& rect) const
{
    return std::ranges::none_of(m_taken, [&](const QRectF& other) { return other.intersects(rect); });
}

/// A place that is free, or lines below or above it.
std::optional<QRectF> NoteLabels::freeNear(const std::vector<QRectF>& places) const
{
    const double line = places.front().height();
    for (const double lines : {0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0, 4.0, -4.0}) {
        for (const QRectF& place : places) {
            const QRectF moved = place.translated(0.0, lines * line);
            if (isFree(moved) && (within(moved).topLeft() - moved.topLeft()).manhattanLength() < 0.01)
                return moved;
        }
        if (const QRectF moved = within(places.front().translated(0.0, lines * line)); isFree(moved))
            return moved;
    }
    return {};
}

/// Anywhere in the area, as near as there is room; lines count twice: aside it is still seen what the words belong to.
std::optional<QRectF> NoteLabels::freeAnywhere(const QRectF& wanted) const
{
    const double step = wanted.height();
    std::optional<QRectF> best;
    double least = HUGE_VAL;
    for (double top = m_area.top(); top + wanted.height() <= m_area.bottom(); top += step)
        for (double left = m_area.left() + edge; left + wanted.width() <= m_area.right() - edge; left += step) {
            const QRectF place(QPointF(left, top), wanted.size());
            const double away = std::hypot(left - wanted.left(), 2.0 * (top - wanted.top()));
            if (away < least && isFree(place)) {
                least = away;
                best = place;
            }
        }
    return best;
}

void NoteLabels::put(const std::string& label, const std::vector<QRectF>& places, const QColor& colour)
{
    if (label.empty())
        return;
    std::optional<QRectF> place = freeNear(places);
    if (!place)
        place = freeAnywhere(places.front());
    const QRectF rect = place.value_or(within(places.front()));
    m_taken.push_back(rect);
    m_labels.push_back({linesOf(QString::fromStdString(label)), rect, colour});
}

void NoteLabels::putBeside(const std::string& label, const QPointF& at, const QColor& colour)
{
    const QSizeF size = sizeOf(QString::fromStdString(label));
    const double top = at.y() - size.height();
    const QRectF right(QPointF(at.x() + aside, top), size), left(QPointF(at.x() - aside - size.width(), top), size);
    put(label, {right, left}, colour);
}

void NoteLabels::putOver(const std::string& label, const QPointF& at, const QColor& colour)
{
    const QSizeF size = sizeOf(QString::fromStdString(label));
    put(label, {QRectF(QPointF(at.x() - size.width() / 2.0, at.y() - size.height()), size)}, colour);
}

void NoteLabels::putAbout(const std::string& label, const QPointF& at, const QColor& colour)
{
    putOver(label, at + QPointF(0.0, textHeight(m_context.fonts.tick) / 2.0), colour);
}

void NoteLabels::putFrom(const std::string& label, const QPointF& at, const QColor& colour)
{
    const QSizeF size = sizeOf(QString::fromStdString(label));
    put(label, {QRectF(QPointF(at.x(), at.y() - size.height() / 2.0), size)}, colour);
}

std::pair<QPointF, QPointF> NoteLabels::putOnLeader(const std::string& label, const QRectF& square, double leader,
                                                    const QColor& colour)
{
    const QSizeF size = sizeOf(QString::fromStdString(label));
    struct Way {
        QPointF from, to;
        QRectF words;
    };
    std::vector<Way> ways;
    for (const auto& [corner, x, y] :
         {std::tuple(square.topRight(), 1.0, -1.0), std::tuple(square.topLeft(), -1.0, -1.0),
          std::tuple(square.bottomRight(), 1.0, 1.0), std::tuple(square.bottomLeft(), -1.0, 1.0)}) {
        const QPointF to = corner + QPointF(x * leader, y * leader);
        const double left = x > 0.0 ? to.x() + 2.0 : to.x() - 2.0 - size.width();
        ways.push_back({corner, to, QRectF(QPointF(left, to.y() - size.height() / 2.0), size)});
    }
    const auto fits = [&](const Way& way) { return m_area.contains(way.words) && isFree(way.words); };
    const auto found = std::ranges::find_if(ways, fits);
    if (found != ways.end()) {
        put(label, {found->words}, colour);
        return {found->from, found->to};
    }
    put(label, {ways.front().words}, colour);  // no leader reaches it
    return {};
}

void NoteLabels::paint()
{
    for (const Label& label : m_labels) {
        QRectF line = label.rect;
        line.setHeight(textHeight(m_context.fonts.tick));
        for (const QString& text : label.lines) {
            drawHaloedText(m_painter, m_context.fonts.tick, label.colour, m_context.theme.stage, line,
                           Qt::AlignLeft | Qt::AlignVCenter, text);
            line.translate(0.0, line.height());
        }
    }
}

}  // namespace posbias::ui
