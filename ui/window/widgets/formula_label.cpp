// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/widgets/formula_label.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QEvent>
#include <QFontInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace posbias::ui {

using Kind = FormulaPiece::Kind;

namespace {

constexpr double fractionScale = 0.86, subscriptScale = 0.78;
constexpr double barGap = 1.5;  // px between the bar and the numbers
constexpr double lineGap = 3.0;
constexpr double continued = 12.0;  // indent of what did not fit on the first line

QString withoutLeadingSpace(const QString& text)
{
    return text.startsWith(QLatin1Char(' ')) ? text.mid(1) : text;
}

}  // namespace

/// Pieces first..last-1, set from `indent`.
struct FormulaLabel::Line {
    std::size_t first = 0, last = 0;
    double indent = 0.0, width = 0.0, ascent = 0.0, descent = 0.0;
};

FormulaLabel::FormulaLabel(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FormulaLabel::setFormula(const Formula& formula)
{
    if (formula == m_formula)
        return;
    m_formula = formula;
    setAccessibleName(plainText(formula));
    updateGeometry();
    update();
}

QFont FormulaLabel::fontOf(Kind kind) const
{
    QFont scaled = font();
    const double size = QFontInfo(scaled).pixelSize();
    if (kind == Kind::Fraction)
        scaled.setPixelSize(qRound(size * fractionScale));
    if (kind == Kind::Subscript)
        scaled.setPixelSize(qRound(size * subscriptScale));
    if (kind == Kind::Strong)
        scaled.setWeight(QFont::Bold);
    return scaled;
}

double FormulaLabel::widthOf(const FormulaPiece& piece) const
{
    const QFontMetricsF metrics(fontOf(piece.kind));
    const double above = metrics.horizontalAdvance(piece.text);
    return piece.kind == Kind::Fraction ? std::max(above, metrics.horizontalAdvance(piece.below)) + 4.0 : above;
}

double FormulaLabel::ascent(Kind kind) const
{
    const QFontMetricsF base(font()), metrics(fontOf(kind));
    return kind == Kind::Fraction ? base.xHeight() / 2.0 + barGap + metrics.ascent() + metrics.descent() * 0.4
                                  : base.ascent();
}

double FormulaLabel::descent(Kind kind) const
{
    const QFontMetricsF base(font()), metrics(fontOf(kind));
    if (kind == Kind::Fraction)
        return barGap + metrics.ascent() + metrics.descent() - base.xHeight() / 2.0;
    return kind == Kind::Subscript ? base.descent() + 2.0 : base.descent();
}

std::vector<FormulaLabel::Line> FormulaLabel::lines(double width) const
{
    std::vector<Line> all(1);
    for (std::size_t first = 0; first < m_formula.size();) {
        // A word: this piece and those after it that do not begin with a space.
        std::size_t last = first + 1;
        double wordWidth = widthOf(m_formula[first]);
        for (; last < m_formula.size() && !m_formula[last].text.startsWith(QLatin1Char(' ')); ++last)
            wordWidth += widthOf(m_formula[last]);
        if (all.back().last > all.back().first && all.back().indent + all.back().width + wordWidth > width)
            all.push_back({first, first, continued, 0.0, 0.0, 0.0});
        Line& line = all.back();
        for (; first < last; ++first) {
            line.ascent = std::max(line.ascent, ascent(m_formula[first].kind));
            line.descent = std::max(line.descent, descent(m_formula[first].kind));
        }
        line.last = last;
        line.width += wordWidth;
    }
    return all;
}

int FormulaLabel::heightForWidth(int width) const
{
    double height = 0.0;
    for (const Line& line : lines(width))
        height += line.ascent + line.descent + lineGap;
    return static_cast<int>(std::ceil(height));
}

QSize FormulaLabel::sizeHint() const
{
    const int width = static_cast<int>(std::ceil(lines(1e9).front().width)) + 1;
    return {width, heightForWidth(width)};
}

QSize FormulaLabel::minimumSizeHint() const
{
    return {80, heightForWidth(std::max(80, width()))};
}

void FormulaLabel::paint(QPainter& painter, const FormulaPiece& piece, double x, double baseline) const
{
    const QFont font = fontOf(piece.kind);
    painter.setFont(font);
    if (piece.kind != Kind::Fraction) {
        painter.drawText(QPointF(x, piece.kind == Kind::Subscript ? baseline + 3.0 : baseline), piece.text);
        return;
    }
    const QFontMetricsF metrics(font);
    const double width = widthOf(piece);
    const double bar = baseline - QFontMetricsF(this->font()).xHeight() / 2.0;
    const auto centred = [&](const QString& text) { return x + (width - metrics.horizontalAdvance(text)) / 2.0; };
    painter.drawText(QPointF(centred(piece.text), bar - barGap - metrics.descent() * 0.7), piece.text);
    painter.drawText(QPointF(centred(piece.below), bar + barGap + metrics.ascent() * 0.92), piece.below);
    painter.setPen(QPen(palette().color(QPalette::WindowText), 1.0));
    painter.drawLine(QPointF(x + 1.0, bar), QPointF(x + width - 1.0, bar));
}

void FormulaLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(palette().color(QPalette::WindowText));
    double top = 0.0;
    for (const Line& line : lines(width())) {
        double x = line.indent;
        const double baseline = std::round(top + line.ascent);
        for (std::size_t k = line.first; k < line.last; ++k) {
            FormulaPiece piece = m_formula[k];
            if (k == line.first && line.indent > 0.0)
                piece.text = withoutLeadingSpace(piece.text);
            paint(painter, piece, x, baseline);
            x += widthOf(piece);
        }
        top += line.ascent + line.descent + lineGap;
    }
}

void FormulaLabel::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy"), this,
                    [formula = m_formula] { QGuiApplication::clipboard()->setText(plainText(formula)); });
    menu->popup(event->globalPos());
}

void FormulaLabel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
}

}  // namespace posbias::ui
