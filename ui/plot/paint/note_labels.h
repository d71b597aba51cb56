// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the words of annotations may go within their panel.

#include "ui/plot/paint/label_room.h"

#include <string>
#include <vector>

namespace posbias::ui {

/// Wishes for places in a room. Nothing happens with an empty label.
class NoteLabels {
public:
    NoteLabels(const LabelRoom& room, const QFont& font) : m_room(room), m_font(font) {}

    /// Right of a point, standing on it; left of it where the room ends.
    void putBeside(const std::string& label, const QPointF& at, const QColor& colour);
    /// Centred, standing on it.
    void putOver(const std::string& label, const QPointF& at, const QColor& colour);
    /// Centred on it both ways.
    void putAbout(const std::string& label, const QPointF& at, const QColor& colour);
    /// Begins there, centred on it upright.
    void putFrom(const std::string& label, const QPointF& at, const QColor& colour);
    /// At the end of a line that leaves a corner of `square`.
    void putOnLeader(const std::string& label, const QRectF& square, double leader, const QColor& colour);

    const std::vector<LabelWish>& wishes() const { return m_wishes; }

private:
    using Places = std::function<std::vector<LabelPlace>(const QSizeF&)>;
    LabelWish& wish(const std::string& label, const QColor& colour, Places places);
    Places near(std::function<std::vector<QRectF>(const QSizeF&)> best) const;

    const LabelRoom& m_room;
    QFont m_font;
    std::vector<LabelWish> m_wishes;
};

}  // namespace posbias::ui
