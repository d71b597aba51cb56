// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/ribbon_painter.h"

#include "ui/plot/paint/clipped_lines.h"
#include "ui/plot/paint/curve_painter.h"
#include "ui/plot/paint/hatching.h"
#include "ui/plot/paint/panel_labels.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

namespace posbias::ui {
namespace {

constexpr double gap = 7.0;      ///< between rows
constexpr double narrow = 2.5;   ///< pixels below which neighbours are no longer told apart
constexpr double overlap = 0.6;  ///< under the next segment: no seam where smooth edges meet

/// Words within a segment.
struct RibbonWords {
    QString text;
    QRectF rect;
    bool struck = false;  ///< through them goes a line that no place avoids

    QRectF gap() const { return rect.adjusted(-2.0, 0.0, 2.0, 0.0); }
};

/// One row: where it is and its colours.
class Row {
public:
    Row(QPainter& painter, const PlotContext& context, const PanelPlace& place, const RibbonPanel& panel, std::size_t r)
        : m_painter(painter),
          m_context(context),
          m_ribbon(panel.ribbons[r]),
          m_scale(context.figure.offsetAxis),
          m_x(offsetX(context, place)),
          m_guides(trainingLines(context, place, nullptr))
    {
        const double count = static_cast<double>(panel.ribbons.size());
        const double height = (place.plot.height() - (count - 1.0) * gap) / count;
        m_rect = QRectF(place.plot.x(), place.plot.y() + static_cast<double>(r) * (height + gap), place.plot.width(),
                        height);
        m_colour = context.theme.of(m_ribbon.role);
    }

    void paintSegments()
    {
        drawText(m_painter, m_context.fonts.section, m_context.theme.text,
                 QRectF(m_rect.left() - 40.0, m_rect.top(), 31.0, m_rect.height()), Qt::AlignRight | Qt::AlignVCenter,
                 QString::fromStdString(m_ribbon.letter));
        forEachRun([&](const Run& run) {
            if (run.segment->untrained)
                paintUntrained(run.rect);
            else if (run.segment->ownParameters)
                paintTeeth(run.rect, *run.segment);
            else
                paintShared(run.rect, run.colour);
        });
    }

    /// call(words, colour behind them, whether they stand on hatching)
    template <typename Call>
    void forEachWords(const Call& call) const
    {
        forEachRun([&](const Run& run) {
            if (const auto words = numberOf(run, m_guides); words && !isDrawnByCrosshair(*run.segment))
                call(*words, run.segment->untrained ? m_context.theme.stage : run.colour, run.segment->untrained);
        });
        if (const RibbonSegment* segment = widestOwn()) {
            if (const auto words = nameOfOwn(*segment))
                call(*words, middleTint(), false);
            else
                forEachTooth(*segment, [&](std::int64_t d) {
                    const bool drawnLater = isDrawnByCrosshair({d, d, noParameter, true, false});
                    if (const auto number = numberIn(cell(d, d), d, m_guides); number && !drawnLater)
                        call(*number, toothTint(d), false);
                });
        }
    }

    /// Over the dashed lines.
    void paintWords()
    {
        forEachWords([&](const RibbonWords& words, const QColor& behind, bool overHatching) {
            draw(words, behind, overHatching);
        });
    }

    /// What the line of the crosshair at an offset leaves out.
    std::vector<QRectF> gapsFor(std::int64_t offset) const
    {
        std::vector<QRectF> gaps;
        forEachRun([&](const Run& run) {
            if (!run.segment->untrained || offset < run.segment->first || offset > run.last)
                return;
            if (const auto words = numberOf(run, m_guides))
                gaps.push_back(words->gap());
        });
        if (const RibbonSegment* segment = widestOwn())
            if (const auto words = nameOfOwn(*segment))
                gaps.push_back(words->gap());
        return gaps;
    }

    /// The number of the segment that holds an offset, beside the crosshair's line where there is room.
    std::optional<RibbonWords> chosenNumber(std::int64_t offset, double line) const
    {
        const RibbonSegment* chosen = segmentOf(offset);
        if (!chosen || chosen->untrained)
            return {};
        const QRectF rect = chosenRect(*chosen, offset);
        return wordsCovered(rect, offset) ? std::nullopt : numberBeside(*chosen, rect, offset, line);
    }

    void paintChosen(std::int64_t offset, double line)
    {
        const RibbonSegment* chosen = segmentOf(offset);
        if (!chosen)
            return;
        const QRectF rect = chosenRect(*chosen, offset);
        if (chosen->untrained) {
            outline(chosen->ownParameters ? cell(chosen->first, chosen->last) : rect, 2.0);
            return;
        }
        if (const auto covered = wordsCovered(rect, offset)) {
            m_painter.fillRect(QRectF(rect.topLeft(), QPointF(rect.right(), covered->top())), m_colour);
            m_painter.fillRect(QRectF(QPointF(rect.left(), covered->bottom()), rect.bottomRight()), m_colour);
            return;
        }
        m_painter.fillRect(rect, m_colour);
        std::vector<double> within;
        std::ranges::copy_if(m_guides, std::back_inserter(within),
                             [&](double x) { return x > rect.left() + 1.0 && x < rect.right() - 1.0; });
        paintDashes(m_painter, m_context, rect, within);
        if (rect.width() > 6.0) {
            m_painter.setPen(QPen(m_context.theme.line, 1.2, Qt::SolidLine, Qt::FlatCap));
            m_painter.drawLine(QLineF(line, rect.top(), line, rect.bottom()));
        }
        if (const auto number = numberBeside(*chosen, rect, offset, line))
            draw(*number, m_colour, false);
    }

private:
    /// Neighbours too narrow to tell apart are one run.
    struct Run {
        const RibbonSegment* segment;  ///< its first
        std::int64_t last;             ///< offset
        std::int64_t lastParameter;
        QRectF rect;
        QColor colour;
    };

    const RibbonSegment* segmentOf(std::int64_t offset) const
    {
        const auto found = std::ranges::find_if(
            m_ribbon.segments, [&](const RibbonSegment& s) { return s.first <= offset && offset <= s.last; });
        return found == m_ribbon.segments.end() ? nullptr : &*found;
    }
    QRectF chosenRect(const RibbonSegment& chosen, std::int64_t offset) const
    {
        const QRectF rect = chosen.ownParameters ? cell(offset, offset) : cell(chosen.first, chosen.last);
        return rect.width() < 2.0 ? QRectF(rect.center().x() - 1.0, rect.top(), 2.0, rect.height()) : rect;
    }
    std::optional<RibbonWords> numberBeside(const RibbonSegment& chosen, const QRectF& rect, std::int64_t offset,
                                            double line) const
    {
        std::vector<double> lines = m_guides;
        lines.push_back(line);
        return numberIn(rect, chosen.ownParameters ? offset : chosen.parameter, lines);
    }
    /// Words that stay where they are and that the chosen segment would cover.
    std::optional<QRectF> wordsCovered(const QRectF& rect, std::int64_t offset) const
    {
        for (const QRectF& words : gapsFor(offset))
            if (words.intersects(rect))
                return words;
        return {};
    }

    QRectF cell(std::int64_t first, std::int64_t last) const
    {
        double left = m_x(m_scale.position(static_cast<double>(first)));
        double right = m_x(m_scale.position(static_cast<double>(last + 1)));
        if (!m_context.pixelsPerUnit) {
            left = std::round(left);
            right = std::round(right);
        }
        return {left, m_rect.top(), right - left, m_rect.height()};
    }
    double width(std::int64_t d) const
    {
        return m_x(m_scale.position(static_cast<double>(d + 1))) - m_x(m_scale.position(static_cast<double>(d)));
    }
    QColor tint(double share) const { return mixed(m_colour, m_context.theme.stage, share); }
    QColor tint(bool strong) const { return tint(strong ? 0.66 : 0.40); }
    QColor middleTint() const { return tint(0.53); }
    QColor toothTint(std::int64_t d) const
    {
        const double contrast = 0.13 * std::clamp((width(d) - narrow) / 5.0, 0.15, 1.0);
        return tint(0.53 + (d % 2 ? contrast : -contrast));
    }

    /// In a file, where the crosshair stays, what it covers is not drawn twice.
    bool isDrawnByCrosshair(const RibbonSegment& segment) const
    {
        const auto& crosshair = m_context.figure.crosshair;
        if (!m_context.pixelsPerUnit || !crosshair || segment.untrained)
            return false;
        const std::int64_t offset = crosshair->query - crosshair->key;
        return segment.first <= offset && offset <= segment.last && m_context.figure.offsetAxis.range.contains(offset);
    }

    void outline(const QRectF& rect, double line)
    {
        m_painter.setPen(QPen(m_colour, line, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRect(rect.adjusted(line / 2.0, line / 2.0, -line / 2.0, -line / 2.0));
    }

    /// In the middle; where a line goes through it, in the middle of the widest part beside lines. Nothing where the
    /// rectangle is too narrow.
    std::optional<RibbonWords> wordsIn(const QRectF& rect, const QString& text, double margin,
                                       const std::vector<double>& lines) const
    {
        const double needed = textWidth(m_context.fonts.tick, text), height = textHeight(m_context.fonts.tick);
        if (text.isEmpty() || needed + 2.0 * margin > rect.width())
            return {};
        const auto at = [&](double middle, bool struck) {
            return RibbonWords{text, QRectF(middle - needed / 2.0, rect.center().y() - height / 2.0, needed, height),
                               struck};
        };
        constexpr double clear = 3.0;
        const RibbonWords middle = at(rect.center().x(), false);
        const auto isClear = [&](double x) {
            return x < middle.rect.left() - clear || x > middle.rect.right() + clear;
        };
        if (std::ranges::all_of(lines, isClear))
            return middle;
        std::vector<double> borders = lines;
        std::erase_if(borders, [&](double x) { return x <= rect.left() || x >= rect.right(); });
        borders.insert(borders.end(), {rect.left(), rect.right()});
        std::ranges::sort(borders);
        std::size_t widest = 1;
        for (std::size_t k = 2; k < borders.size(); ++k)
            if (borders[k] - borders[k - 1] > borders[widest] - borders[widest - 1])
                widest = k;
        const double left = borders[widest - 1], right = borders[widest];
        if (right - left >= needed + 2.0 * clear)
            return at((left + right) / 2.0, false);
        return at(rect.center().x(), true);
    }
    std::optional<RibbonWords> numberIn(const QRectF& rect, std::int64_t parameter,
                                        const std::vector<double>& lines) const
    {
        return wordsIn(rect, tickText(static_cast<double>(parameter)), 3.0, lines);
    }
    /// The parameters of a run: one, or the first and the last of several.
    std::optional<RibbonWords> numberOf(const Run& run, const std::vector<double>& lines) const
    {
        const RibbonSegment& segment = *run.segment;
        if (segment.ownParameters || segment.parameter == noParameter || run.lastParameter == noParameter)
            return {};
        const auto [low, high] = std::minmax(segment.parameter, run.lastParameter);
        QString text = tickText(static_cast<double>(low));
        if (high != low)
            text += QChar(0x2013) + tickText(static_cast<double>(high));
        return wordsIn(run.rect, text, segment.untrained ? 5.0 : 3.0, lines);
    }

    void draw(const RibbonWords& words, const QColor& behind, bool overHatching)
    {
        if (words.struck || overHatching)
            m_painter.fillRect(words.gap(), behind);
        drawText(m_painter, m_context.fonts.tick, wordsOn(behind), words.rect, Qt::AlignCenter, words.text);
    }

    template <typename Call>
    void forEachRun(const Call& call) const
    {
        const auto& segments = m_ribbon.segments;
        bool strong = false;
        for (std::size_t s = 0; s < segments.size(); strong = !strong) {
            std::size_t end = s + 1;
            const auto slim = [&](std::size_t k) { return cell(segments[k].first, segments[k].last).width() < narrow; };
            while (end < segments.size() && slim(s) && slim(end) && segments[end].untrained == segments[s].untrained)
                ++end;
            const bool own = std::any_of(segments.begin() + static_cast<std::ptrdiff_t>(s),
                                         segments.begin() + static_cast<std::ptrdiff_t>(end),
                                         [](const RibbonSegment& segment) { return segment.ownParameters; });
            call(Run{&segments[s], segments[end - 1].last, own ? noParameter : segments[end - 1].parameter,
                     cell(segments[s].first, segments[end - 1].last), end == s + 1 ? tint(strong) : middleTint()});
            s = end;
        }
    }

    void paintUntrained(const QRectF& rect)
    {
        drawHatch(m_painter, m_context.theme.hatch, hatchLines(rect));
        outline(rect, 1.0);
    }

    void paintShared(const QRectF& rect, const QColor& colour)
    {
        const double right = std::min(rect.right() + overlap, m_rect.right());
        m_painter.fillRect(QRectF(rect.topLeft(), QPointF(right, rect.bottom())), colour);
    }

    /// Alternating teeth, one for each offset, fading into one tint where they become too narrow.
    void paintTeeth(const QRectF& rect, const RibbonSegment& segment)
    {
        m_painter.fillRect(rect, middleTint());
        const auto tooth = [&](std::int64_t d) {
            if (width(d) <= narrow)
                return false;
            m_painter.fillRect(cell(d, d), toothTint(d));
            return true;
        };
        for (std::int64_t d = std::max<std::int64_t>(segment.first, 0); d <= segment.last && tooth(d); ++d) {
        }
        for (std::int64_t d = std::min<std::int64_t>(segment.last, -1); d >= segment.first && tooth(d); --d) {
        }
    }

    /// Of the trained ones: the one that is named.
    const RibbonSegment* widestOwn() const
    {
        const RibbonSegment* widest = nullptr;
        for (const RibbonSegment& segment : m_ribbon.segments)
            if (segment.ownParameters && !segment.untrained &&
                (!widest || segment.last - segment.first > widest->last - widest->first))
                widest = &segment;
        return widest;
    }

    /// The first offset from 0 on whose teeth have merged.
    std::int64_t merged(const RibbonSegment& segment) const
    {
        std::int64_t d = std::max<std::int64_t>(segment.first, 0);
        while (d <= segment.last && width(d) > narrow)
            ++d;
        return d;
    }
    /// "one parameter each" where the teeth have merged and there is room; else they have numbers.
    std::optional<RibbonWords> nameOfOwn(const RibbonSegment& segment) const
    {
        const std::int64_t first = merged(segment);
        if (first >= segment.last)
            return {};
        return wordsIn(cell(first, segment.last), FigureText::tr("one parameter each"), 5.0, m_guides);
    }
    template <typename Call>
    void forEachTooth(const RibbonSegment& segment, const Call& call) const
    {
        const std::int64_t end = merged(segment);
        for (std::int64_t d = std::max(segment.first, -end); d < end; ++d)
            call(d);
    }

    QPainter& m_painter;
    const PlotContext& m_context;
    const Ribbon& m_ribbon;
    OffsetScale m_scale;
    PlotX m_x;
    std::vector<double> m_guides;
    QRectF m_rect;
    QColor m_colour;
};

}  // namespace

std::vector<QRectF> ribbonWords(const PlotContext& context, std::size_t row)
{
    const RibbonPanel& panel = context.panel<RibbonPanel>(row, 0);
    std::vector<QRectF> rects;
    QPainter nowhere;
    for (std::size_t r = 0; r < panel.ribbons.size(); ++r)
        Row(nowhere, context, context.place(row, 0), panel, r)
            .forEachWords([&](const RibbonWords& words, const QColor&, bool) { rects.push_back(words.gap()); });
    return rects;
}

std::vector<QRectF> chosenRibbonWords(const PlotContext& context, std::size_t row, std::int64_t offset, double x)
{
    const RibbonPanel& panel = context.panel<RibbonPanel>(row, 0);
    std::vector<QRectF> rects;
    QPainter nowhere;
    for (std::size_t r = 0; r < panel.ribbons.size(); ++r)
        if (const auto number = Row(nowhere, context, context.place(row, 0), panel, r).chosenNumber(offset, x))
            rects.push_back(number->gap());
    return rects;
}

void paintRibbons(QPainter& painter, const PlotContext& context, std::size_t row)
{
    const RibbonPanel& panel = context.panel<RibbonPanel>(row, 0);
    const PanelPlace& place = context.place(row, 0);
    drawLines(painter, context.fonts.section, context.theme.text, place.header, Qt::AlignLeft, place.title);
    const bool beside = place.unit.top() < place.header.bottom();
    QRectF note = place.unit;
    note.setHeight(beside ? note.height() : textHeight(context.fonts.tick));
    drawLines(painter, context.fonts.tick, context.theme.faintText, note,
              beside ? Qt::AlignRight | Qt::AlignBottom : Qt::AlignLeft | Qt::AlignTop, place.subtitle);
    for (std::size_t r = 0; r < panel.ribbons.size(); ++r)
        Row(painter, context, place, panel, r).paintSegments();
    const double above = ribbonHasAxis(context.figure, row) ? aboveRibbons(context.figure, row, context.fonts) : 0.0;
    paintDashes(painter, context, QRectF(place.plot).adjusted(0.0, -above, 0.0, 0.0),
                trainingLines(context, place, nullptr));
    for (std::size_t r = 0; r < panel.ribbons.size(); ++r)
        Row(painter, context, place, panel, r).paintWords();
}

void paintChosenSegments(QPainter& painter, const PlotContext& context, std::size_t row, std::int64_t offset, double x,
                         double top)
{
    const RibbonPanel& panel = context.panel<RibbonPanel>(row, 0);
    const PanelPlace& place = context.place(row, 0);
    std::vector<QRectF> gaps = labelGaps(context.labelsOf(row, 0));
    for (std::size_t r = 0; r < panel.ribbons.size(); ++r)
        std::ranges::move(Row(painter, context, place, panel, r).gapsFor(offset), std::back_inserter(gaps));
    painter.setPen(QPen(context.theme.line, 1.2, Qt::SolidLine, Qt::FlatCap));
    for (const QLineF& piece : interrupted(QLineF(x, top, x, place.plot.y() + place.plot.height()), gaps))
        painter.drawLine(piece);
    for (std::size_t r = 0; r < panel.ribbons.size(); ++r)
        Row(painter, context, place, panel, r).paintChosen(offset, x);
}

}  // namespace posbias::ui
