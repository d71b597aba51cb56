// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/text_painting.h"

#include <QFontMetricsF>

#include <cmath>

namespace posbias::ui {
namespace {

QFont font(double size, QFont::Weight weight)
{
    QFont f(figureFontFamily());
    f.setPixelSize(static_cast<int>(std::lround(size)));
    f.setWeight(weight);
    f.setHintingPreference(QFont::PreferNoHinting);
    return f;
}

QFont raised(const QFont& base)
{
    QFont f = base;
    f.setPixelSize(static_cast<int>(std::lround(base.pixelSize() * 0.78)));
    return f;
}

}  // namespace

Fonts::Fonts(const TypeSizes& sizes)
    : mapTitle(font(sizes.mapTitle(), QFont::Bold)), section(font(sizes.sectionTitle(), QFont::Bold)),
      tick(font(sizes.tick(), QFont::Normal))
{}

double textWidth(const QFont& font, const QString& text)
{
    return QFontMetricsF(font).horizontalAdvance(text);
}

double textHeight(const QFont& font)
{
    return std::ceil(QFontMetricsF(font).height());
}

double labelWidth(const QFont& font, const Tick& tick)
{
    return textWidth(font, tick.text) + (tick.exponent.isEmpty() ? 0.0 : textWidth(raised(font), tick.exponent));
}

QString elided(const QFont& font, const QString& text, double width)
{
    return QFontMetricsF(font).elidedText(text, Qt::ElideRight, width);
}

QStringList wrapped(const QFont& font, const QString& text, double width, int lines)
{
    QStringList out;
    QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    while (!words.isEmpty()) {
        QString line = words.takeFirst();
        const bool last = out.size() + 1 == lines;
        if (last)
            line = (QStringList(line) + words).join(QLatin1Char(' '));
        while (!last && !words.isEmpty() && textWidth(font, line + QLatin1Char(' ') + words.front()) <= width)
            line += QLatin1Char(' ') + words.takeFirst();
        out.append(elided(font, line, width));
        if (last)
            break;
    }
    return out;
}

void drawText(QPainter& painter, const QFont& font, const QColor& colour, const QRectF& rect, Qt::Alignment alignment,
              const QString& text)
{
    if (text.isEmpty())
        return;
    // Placed by its baseline: every paint device then puts it at the same place.
    const QFontMetricsF metrics(font);
    const double width = metrics.horizontalAdvance(text);
    double x = rect.left();
    if (alignment & Qt::AlignHCenter)
        x = rect.center().x() - width / 2.0;
    else if (alignment & Qt::AlignRight)
        x = rect.right() - width;
    double y = rect.top() + metrics.ascent();
    if (alignment & Qt::AlignVCenter)
        y = rect.center().y() + metrics.capHeight() / 2.0;
    else if (alignment & Qt::AlignBottom)
        y = rect.bottom() - metrics.descent();
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(QPointF(x, y), text);
}

void drawUpwards(QPainter& painter, const QFont& font, const QColor& colour, const QRectF& rect, const QString& text)
{
    painter.save();
    painter.translate(rect.center());
    painter.rotate(-90.0);
    drawText(painter, font, colour, QRectF(-rect.height() / 2.0, -rect.width() / 2.0, rect.height(), rect.width()),
             Qt::AlignCenter, text);
    painter.restore();
}

void drawLabel(QPainter& painter, const QFont& font, const QColor& colour, const QRectF& rect, Qt::Alignment alignment,
               const Tick& tick)
{
    if (tick.exponent.isEmpty()) {
        drawText(painter, font, colour, rect, alignment, tick.text);
        return;
    }
    const double width = labelWidth(font, tick), base = textWidth(font, tick.text);
    double left = rect.left();
    if (alignment & Qt::AlignHCenter)
        left = rect.center().x() - width / 2.0;
    else if (alignment & Qt::AlignRight)
        left = rect.right() - width;
    const QRectF whole(left, rect.top(), width, rect.height());
    const Qt::Alignment vertical = (alignment & Qt::AlignVertical_Mask) | Qt::AlignLeft;
    drawText(painter, font, colour, whole, vertical, tick.text);
    drawText(painter, raised(font), colour, whole.translated(base, -0.36 * font.pixelSize()), vertical, tick.exponent);
}

}  // namespace posbias::ui
