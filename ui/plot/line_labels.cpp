// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/line_labels.h"

#include "ui/plot/plot_context.h"

#include <algorithm>

namespace posbias::ui {

bool LineLabels::put(const QString& text, double left, Qt::Alignment alignment)
{
    const QRectF rect(left, m_row.top(), textWidth(m_font, text), m_row.height());
    const bool inside = rect.left() >= m_row.left() && rect.right() <= m_row.right();
    const bool free = std::ranges::none_of(m_labels,
                                           [&](const LineLabel& other) {
                                               return other.rect.adjusted(-8.0, 0.0, 8.0, 0.0).intersects(rect);
                                           }) &&
                      std::ranges::none_of(m_lines, [&](double line) {
                          return line > rect.left() - 3.0 && line < rect.right() + 3.0;
                      });
    if (inside && free)
        m_labels.push_back({rect, text, 0, alignment});
    return inside && free;
}

bool LineLabels::putBeside(const QString& text, double x, Qt::AlignmentFlag side)
{
    constexpr double aside = 6.0;
    const double left = x - aside - textWidth(m_font, text), right = x + aside;
    const auto onTheLeft = [&] { return put(text, left, Qt::AlignRight); };
    const auto onTheRight = [&] { return put(text, right, Qt::AlignLeft); };
    return side == Qt::AlignLeft ? onTheLeft() || onTheRight() : onTheRight() || onTheLeft();
}

void LineLabels::putTrainingLength(std::int64_t length, double x, Qt::AlignmentFlag side)
{
    const QString number = tickText(static_cast<double>(length));
    if (!putBeside(FigureText::tr("training length %1").arg(number), x, side))
        putBeside(FigureText::tr("L = %1").arg(number), x, side);
}

}  // namespace posbias::ui
