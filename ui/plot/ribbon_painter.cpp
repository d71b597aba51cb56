// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/ribbon_painter.h"

#include "ui/plot/hatching.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

constexpr double gap = 7.0;      ///< between rows
constexpr double narrow = 2.5;   ///< pixels below which neighbours are no longer told apart
constexpr double overlap = 0.6;  ///< under the next segment: no seam where smooth edges meet

/// One row: where it is and its colours.
class Row {
public:
    Row(QPainter& painter, const PlotContext& context, const PanelPlace& place, const RibbonPanel& panel, std::size_t r)
        : m_painter(painter), m_context(context), m_ribbon(panel.ribbons[r]), m_scale(context.figure.offsetAxis),
          m_x(offsetX(context, place))
    {
        const double count = static_cast<double>(panel.ribbons.size());
        const double height = (place.plot.height() - (count - 1.0) * gap) / count;
        m_rect = QRectF(place.plot.x(), place.plot.y() + static_cast<double>(r) * (height + gap), place.plot.width(),
                        height);
        m_colour = context.theme.of(m_ribbon.role);
    }

    void paint()
    {
        drawText(m_painter, m_context.fonts.section, m_context.theme.text,
                 QRectF(m_rect.left() - 40.0, m_rect.top(), 31.0, m_rect.height()), Qt::AlignRight | Qt::AlignVCenter,
                 QString::fromStdString(m_ribbon.letter));
        paintRuns();
        const RibbonSegment* widest = nullptr;
        for (const RibbonSegment& segment : m_ribbon.segments) {
            if (segment.ownParameters && !segment.untrained &&
                (!widest || segment.last - segment.first > widest->last - widest->first))
                widest = &segment;
        }
        if (widest)
            nameOwn(*widest);
    }

    void paintChosen(std::int64_t offset, double line)
    {
        const auto found = std::ranges::find_if(
            m_ribbon.segments, [&](const RibbonSegment& s) { return s.first <= offset && offset <= s.last; });
        if (found == m_ribbon.segments.end())
            return;
        QRectF rect = found->ownParameters ? cell(offset, offset) : cell(found->first, found->last);
        if (rect.width() < 2.0)
            rect = QRectF(rect.center().x() - 1.0, rect.top(), 2.0, rect.height());
        if (found->untrained) {
            outline(found->ownParameters ? cell(found->first, found->last) : rect, 2.0);
            return;
        }
        m_painter.fillRect(rect, m_colour);
        if (rect.width() > 6.0) {
            m_painter.setPen(QPen(m_context.theme.line, 1.2, Qt::SolidLine, Qt::FlatCap));
            m_painter.drawLine(QLineF(line, rect.top(), line, rect.bottom()));
        }
        backedNumber(rect, found->ownParameters ? offset : found->parameter, m_colour);
    }

private:
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

    void outline(const QRectF& rect, double line)
    {
        m_painter.setPen(QPen(m_colour, line, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRect(rect.adjusted(line / 2.0, line / 2.0, -line / 2.0, -line / 2.0));
    }

    void number(const QRectF& rect, std::int64_t parameter, const QColor& behind)
    {
        const QString text = tickText(static_cast<double>(parameter));
        if (textWidth(m_context.fonts.tick, text) + 6.0 <= rect.width())
            drawText(m_painter, m_context.fonts.tick, wordsOn(behind), rect, Qt::AlignCenter, text);
    }

    /// In front of the crosshair's line.
    void backedNumber(const QRectF& rect, std::int64_t parameter, const QColor& behind)
    {
        const double width = textWidth(m_context.fonts.tick, tickText(static_cast<double>(parameter)));
        if (width + 6.0 <= rect.width())
            m_painter.fillRect(QRectF(rect.center().x() - width / 2.0 - 2.0, rect.top(), width + 4.0, rect.height()),
                               behind);
        number(rect, parameter, behind);
    }

    /// Neighbours too narrow to tell apart are drawn as one run.
    void paintRuns()
    {
        const auto& segments = m_ribbon.segments;
        bool strong = false;
        for (std::size_t s = 0; s < segments.size(); strong = !strong) {
            std::size_t end = s + 1;
            const auto slim = [&](std::size_t k) { return cell(segments[k].first, segments[k].last).width() < narrow; };
            while (end < segments.size() && slim(s) && slim(end) && segments[end].untrained == segments[s].untrained)
                ++end;
            const QRectF rect = cell(segments[s].first, segments[end - 1].last);
            if (segments[s].untrained)
                paintUntrained(rect, segments[s]);
            else if (segments[s].ownParameters)
                paintTeeth(rect, segments[s]);
            else
                paintShared(rect, segments[s], end == s + 1 ? tint(strong) : middleTint());
            s = end;
        }
    }

    void paintUntrained(const QRectF& rect, const RibbonSegment& segment)
    {
        drawHatch(m_painter, m_context.theme.hatch, hatchLines(rect));
        outline(rect, 1.0);
        const QString text = segment.ownParameters || segment.parameter == noParameter
                                 ? QString()
                                 : tickText(static_cast<double>(segment.parameter));
        const double needed = textWidth(m_context.fonts.tick, text) + 4.0;
        if (text.isEmpty() || needed + 6.0 > rect.width())
            return;
        const QRectF words(rect.center().x() - needed / 2.0, rect.top() + 3.0, needed, rect.height() - 6.0);
        drawHaloedText(m_painter, m_context.fonts.tick, m_context.theme.text, m_context.theme.stage, words,
                       Qt::AlignCenter, text);
    }

    void paintShared(const QRectF& rect, const RibbonSegment& segment, const QColor& colour)
    {
        const double right = std::min(rect.right() + overlap, m_rect.right());
        m_painter.fillRect(QRectF(rect.topLeft(), QPointF(right, rect.bottom())), colour);
        number(rect, segment.parameter, colour);
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

    /// "one parameter each" where the teeth have merged; else their numbers.
    void nameOwn(const RibbonSegment& segment)
    {
        std::int64_t merged = std::max<std::int64_t>(segment.first, 0);
        while (merged <= segment.last && width(merged) > narrow)
            ++merged;
        const QString text = FigureText::tr("one parameter each");
        if (merged < segment.last) {
            const QRectF rect = cell(merged, segment.last);
            if (textWidth(m_context.fonts.tick, text) + 10.0 <= rect.width()) {
                drawText(m_painter, m_context.fonts.tick, wordsOn(middleTint()), rect, Qt::AlignCenter, text);
                return;
            }
        }
        for (std::int64_t d = std::max(segment.first, -merged); d < merged; ++d)
            number(cell(d, d), d, toothTint(d));
    }

    QPainter& m_painter;
    const PlotContext& m_context;
    const Ribbon& m_ribbon;
    OffsetScale m_scale;
    PlotX m_x;
    QRectF m_rect;
    QColor m_colour;
};

}  // namespace

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
        Row(painter, context, place, panel, r).paint();
}

void paintChosenSegments(QPainter& painter, const PlotContext& context, std::size_t row, std::int64_t offset,
                         double line)
{
    const RibbonPanel& panel = context.panel<RibbonPanel>(row, 0);
    for (std::size_t r = 0; r < panel.ribbons.size(); ++r)
        Row(painter, context, context.place(row, 0), panel, r).paintChosen(offset, line);
}

}  // namespace posbias::ui
