// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the words within a panel go: clear of each other and of everything that is drawn there.

#include <QColor>
#include <QFont>
#include <QLineF>
#include <QPainter>
#include <QRectF>
#include <QSizeF>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace posbias::ui {

struct PlacedLabel {
    QStringList lines;
    QRectF rect;
    Qt::Alignment alignment =
        Qt::AlignLeft;  ///< of the lines in `rect`: beside a line, a wider font does not reach into it
    QColor colour;
    bool rimmed = false;  ///< over something faint, or over data, which stays visible: with a rim of the background
    bool struck = false;  ///< over a guide and no data, for want of another place: the guide is interrupted there
    QLineF leader;        ///< from what the words belong to, where they do not stand at it; else null

    QRectF gap() const { return rect.adjusted(-2.0, 0.0, 2.0, 0.0); }
};

/// A place that words may take.
struct LabelPlace {
    QRectF rect;
    Qt::Alignment alignment = Qt::AlignLeft;
    double cost = 0.0;  ///< 1: as bad as a shorter form of the words
    QLineF leader = {};
};

struct LabelWish {
    std::vector<QStringList> forms;  ///< lines; the best form first, at least one
    std::function<std::vector<LabelPlace>(const QSizeF& size)> places;
    QColor colour;
    /// What the words belong to: where all places are struck through, a line leads to it from elsewhere.
    std::optional<QPointF> anchor = {};
    /// The upright line that the words name. They stand nowhere but at their places: elsewhere they would name another one.
    std::optional<double> upright = {};
    double reach = 0.0;   ///< of what is at the anchor: the line ends before it
    bool rimmed = false;  ///< always
};

/// An area, what is drawn there, and the words that found a place. Of all forms and places the cheapest is taken; words
/// never cover each other while there is any room, none is left out, and none has a background that hides data.
class LabelRoom {
public:
    LabelRoom(const QRectF& area, const QFont& font);

    /// Nothing may lie there: other words, dots, handles.
    void keepClear(const QRectF& rect) { m_taken.push_back(rect); }
    /// A guide, not data.
    void avoid(const QLineF& stroke) { m_strokes.push_back(stroke); }
    /// Data: how much of it (pixels along it) runs through a rectangle.
    void avoidData(std::function<double(const QRectF&)> within) { m_data.push_back(std::move(within)); }
    /// Data that fills an area: words over it are possible, a background is not.
    void avoidBand(std::function<bool(const QRectF&)> reaches) { m_bands.push_back(std::move(reaches)); }
    /// Of a map: what is drawn there lies over data.
    void haveDataEverywhere() { m_dataEverywhere = true; }
    /// Hatched, tinted: words there are possible and not good.
    void avoidArea(const QRectF& rect)
    {
        avoidArea([rect](const QRectF& words) { return words.intersects(rect); });
    }
    void avoidArea(std::function<bool(const QRectF&)> reaches) { m_areas.push_back(std::move(reaches)); }
    /// Interrupted at words by whoever draws it.
    void avoidYielding(const QLineF& stroke) { m_yielding.push_back(stroke); }
    void avoidFaint(const QLineF& stroke) { m_faint.push_back(stroke); }
    /// At words that cross no data: a piece of it between them would be a dash or a minus sign. Where nothing is tinted.
    void interruptFaint() { m_interruptsFaint = true; }

    QSizeF sizeOf(const QStringList& lines) const;
    const QRectF& area() const { return m_area; }
    /// In the order of the wishes.
    std::vector<PlacedLabel> place(const std::vector<LabelWish>& wishes);

private:
    struct Found {
        PlacedLabel label;
        double cost = 0.0;
    };
    using Arrangement = std::vector<Found>;
    /// What words in some place would cross.
    struct Crossed {
        double cost = 0.0;  ///< infinite where they have no place
        bool data = false, guide = false;
    };

    /// Nobody asks for what costs `most` or more: not all of it is found.
    Crossed crossed(const QRectF& rect, const Arrangement& before, double most) const;
    /// Of words that name an upright line, at another one.
    double misleading(const LabelWish& wish, const QRectF& rect) const;
    double leaderCost(const QLineF& leader, const Arrangement& before) const;
    double covered(const QRectF& rect, const Arrangement& before) const;
    void takeBetter(Found& best, const LabelWish& wish, std::size_t form, const LabelPlace& place,
                    const Arrangement& before) const;
    /// `leads`: with a line to what the words belong to.
    void lookEverywhere(Found& best, const LabelWish& wish, const Arrangement& before, bool leads) const;
    Found leastCovering(const LabelWish& wish, const Arrangement& before) const;
    Found found(const LabelWish& wish, const Arrangement& before) const;
    Arrangement arranged(const std::vector<LabelWish>& wishes, const std::vector<std::size_t>& order) const;

    QRectF m_area;
    QFont m_font;
    double m_line;
    std::vector<QRectF> m_taken;
    std::vector<QLineF> m_strokes, m_yielding, m_faint;
    std::vector<std::function<double(const QRectF&)>> m_data;
    std::vector<std::function<bool(const QRectF&)>> m_areas, m_bands;
    bool m_dataEverywhere = false, m_interruptsFaint = false;
};

/// Over what was drawn before; their leaders beneath all of them.
void paintLabels(QPainter& painter, const QFont& font, const QColor& background,
                 const std::vector<PlacedLabel>& labels);
/// The two parts of it; leaders are interrupted at `words`, else at all of the labels.
void paintLeaders(QPainter& painter, const std::vector<PlacedLabel>& labels);
void paintLeaders(QPainter& painter, const std::vector<PlacedLabel>& labels, const std::vector<QRectF>& words);
void paintLabelWords(QPainter& painter, const QFont& font, const QColor& background,
                     const std::vector<PlacedLabel>& labels);

/// The left side of words that stay in the area, as far as they fit.
double leftWithin(double left, double width, const QRectF& area);
/// From a point's edge, `reach` from its middle, to the nearest point of the words.
QLineF leaderTo(const QPointF& anchor, double reach, const QRectF& rect);

/// Of an upright line: on this side of it or, not as good, on the other, from the top of the area downwards; at worst on it.
LabelWish besideLine(std::vector<QStringList> forms, double x, Qt::AlignmentFlag side, const QRectF& area);

/// The words as they are, then in more and more lines, broken at the separators (" · "), and at last at every space.
std::vector<QStringList> brokenForms(const QString& text, const QString& separator);

}  // namespace posbias::ui
