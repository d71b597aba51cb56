// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/note_labels.h"

#include "ui/plot/ink/text_painting.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace posbias::ui {
namespace {

constexpr double aside = 5.0;  ///< between a line and the words beside it
constexpr double edge = 2.0;   ///< between words and the sides of their room

}  // namespace

/// In one line; in more where the room is no wider, or where that finds a better place.
LabelWish& NoteLabels::wish(const std::string& label, const QColor& colour, Places places)
{
    const QString text = QString::fromStdString(label);
    const double width = std::max(1.0, m_room.area().width() - 2.0 * edge);
    LabelWish wish;
    for (const double share : {1.0, 0.5}) {
        const QStringList lines = wrapped(m_font, text, share * width);
        if (wish.forms.empty() || lines != wish.forms.back())
            wish.forms.push_back(lines);
    }
    wish.places = std::move(places);
    wish.colour = colour;
    wish.rimmed = true;
    m_wishes.push_back(std::move(wish));
    return m_wishes.back();
}

/// The best places, each as bad as it comes late; lines below and above them; at the sides of the room.
NoteLabels::Places NoteLabels::near(std::function<std::vector<QRectF>(const QSizeF&)> best) const
{
    const QRectF area = m_room.area().adjusted(edge, 0.0, -edge, 0.0);
    const double line = textHeight(m_font);
    return [=](const QSizeF& size) {
        std::vector<LabelPlace> places;
        for (const double lines : {0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0, 4.0, -4.0, 5.0, -5.0}) {
            double cost = 0.6 * std::abs(lines) + (lines < 0.0 ? 0.05 : 0.0);
            for (const QRectF& place : best(size)) {
                const QRectF moved = place.translated(0.0, lines * std::max(line, size.height()));
                QRectF inside = moved;
                inside.moveLeft(leftWithin(moved.left(), size.width(), area));
                inside.moveTop(std::max(std::min(moved.top(), area.bottom() - size.height()), area.top()));
                const double shifted = (inside.topLeft() - moved.topLeft()).manhattanLength();
                places.push_back({inside, Qt::AlignLeft, cost + 0.02 * shifted});
                cost += 0.2;
            }
        }
        return places;
    };
}

void NoteLabels::putBeside(const std::string& label, const QPointF& at, const QColor& colour)
{
    if (label.empty())
        return;
    wish(label, colour, near([at](const QSizeF& size) {
             const double top = at.y() - size.height();
             return std::vector{QRectF(QPointF(at.x() + aside, top), size),
                                QRectF(QPointF(at.x() - aside - size.width(), top), size)};
         }))
        .anchor = at;
}

void NoteLabels::putOver(const std::string& label, const QPointF& at, const QColor& colour)
{
    if (label.empty())
        return;
    wish(label, colour, near([at](const QSizeF& size) {
             return std::vector{QRectF(QPointF(at.x() - size.width() / 2.0, at.y() - size.height()), size)};
         }))
        .anchor = at;
}

void NoteLabels::putAbout(const std::string& label, const QPointF& at, const QColor& colour)
{
    putOver(label, at + QPointF(0.0, textHeight(m_font) / 2.0), colour);
}

void NoteLabels::putFrom(const std::string& label, const QPointF& at, const QColor& colour)
{
    if (label.empty())
        return;
    wish(label, colour, near([at](const QSizeF& size) {
             return std::vector{QRectF(QPointF(at.x(), at.y() - size.height() / 2.0), size)};
         }));
}

void NoteLabels::putOnLeader(const std::string& label, const QRectF& square, double leader, const QColor& colour)
{
    if (label.empty())
        return;
    LabelWish& made = wish(label, colour, [=](const QSizeF& size) {
        std::vector<LabelPlace> places;
        for (const double longer : {1.0, 2.0, 3.5})
            for (const auto& [corner, x, y, cost] :
                 {std::tuple(square.topRight(), 1.0, -1.0, 0.0), std::tuple(square.topLeft(), -1.0, -1.0, 0.1),
                  std::tuple(square.bottomRight(), 1.0, 1.0, 0.2), std::tuple(square.bottomLeft(), -1.0, 1.0, 0.3)}) {
                const QPointF to = corner + longer * QPointF(x * leader, y * leader);
                const double left = x > 0.0 ? to.x() + 2.0 : to.x() - 2.0 - size.width();
                places.push_back({QRectF(QPointF(left, to.y() - size.height() / 2.0), size), Qt::AlignLeft,
                                  cost + longer, QLineF(corner, to)});
            }
        return places;
    });
    made.anchor = square.center();
    made.reach = square.width() / 2.0;
}

}  // namespace posbias::ui
