// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/ink/text_painting.h"

#include "ui/plot/ink/tex_device.h"
#include "ui/plot/ink/word_device.h"

#include <QFontMetricsF>
#include <QGuiApplication>
#include <QHash>
#include <QPainterPath>
#include <QRegularExpression>
#include <QTextBoundaryFinder>

#include <atomic>
#include <cmath>
#include <utility>

namespace posbias::ui {
namespace {

QFont font(const QString& family, double size, QFont::Weight weight)
{
    QFont f(family.isEmpty() ? figureFontFamily() : family);
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

double leftOf(const QRectF& rect, Qt::Alignment alignment, double width)
{
    if (alignment & Qt::AlignHCenter)
        return rect.center().x() - width / 2.0;
    return alignment & Qt::AlignRight ? rect.right() - width : rect.left();
}

double baselineIn(const QFont& font, const QRectF& rect, Qt::Alignment alignment)
{
    const QFontMetricsF metrics(font);
    if (alignment & Qt::AlignVCenter)
        return rect.center().y() + metrics.capHeight() / 2.0;
    return alignment & Qt::AlignBottom ? rect.bottom() - metrics.descent() : rect.top() + metrics.ascent();
}

/// Counts changes of the installed fonts.
const std::atomic<int>& fontChanges()
{
    static std::atomic<int> changes = 0;
    static const bool watched =
        qGuiApp && QObject::connect(qGuiApp, &QGuiApplication::fontDatabaseChanged, [] { ++changes; });
    static_cast<void>(watched);
    return changes;
}

/// What was measured lately. Layouts ask for the same words again and again, and shaping them takes most of their time.
class MeasuredWords {
public:
    double width(const QFont& font, const QString& text)
    {
        constexpr qsizetype most = 1 << 14;
        if (const int changes = fontChanges(); changes != m_changes || m_widths.size() >= most) {
            m_widths.clear();
            m_changes = changes;
        }
        const auto key = std::pair(font, text);
        const auto known = m_widths.constFind(key);
        return known != m_widths.constEnd() ? *known
                                            : *m_widths.insert(key, QFontMetricsF(font).horizontalAdvance(text));
    }

private:
    QHash<std::pair<QFont, QString>, double> m_widths;
    int m_changes = 0;
};

/// Digits of an exponent as characters that are raised by themselves.
QString raisedCharacters(const QString& exponent)
{
    constexpr char16_t digits[] = {u'\u2070', u'\u00b9', u'\u00b2', u'\u00b3', u'\u2074',
                                   u'\u2075', u'\u2076', u'\u2077', u'\u2078', u'\u2079'};
    QString out;
    for (const QChar c : exponent)
        out += c.isDigit() ? QChar(digits[c.digitValue()]) : QChar(u'\u207b');
    return out;
}

}  // namespace

Fonts::Fonts(const TypeSizes& sizes, const QString& family)
    : title(font(family, sizes.figureTitle(), QFont::Bold)),
      mapTitle(font(family, sizes.mapTitle(), QFont::Bold)),
      section(font(family, sizes.sectionTitle(), QFont::Bold)),
      tick(font(family, sizes.tick(), QFont::Normal))
{
}

double textWidth(const QFont& font, const QString& text)
{
    thread_local MeasuredWords measured;
    return measured.width(font, text);
}

double textHeight(const QFont& font)
{
    return std::ceil(QFontMetricsF(font).height());
}

double labelWidth(const QFont& font, const Tick& tick)
{
    return textWidth(font, tick.text) + (tick.exponent.isEmpty() ? 0.0 : textWidth(raised(font), tick.exponent));
}

/// The beginning of a word that a line of this width holds, whole characters as readers count them.
static qsizetype fittingStart(const QFont& font, const QString& word, double width)
{
    QTextBoundaryFinder characters(QTextBoundaryFinder::Grapheme, word);
    qsizetype fits = 0;
    for (qsizetype end = characters.toNextBoundary(); end > 0; end = characters.toNextBoundary()) {
        if (fits > 0 && textWidth(font, word.left(end)) > width)
            break;
        fits = end;
    }
    return fits;
}

/// Joins words with their neighbours where `joins` says so and the line holds both.
template <typename Joins>
static void join(QStringList& words, const QFont& font, double width, const Joins& joins)
{
    for (qsizetype k = 0; k < words.size(); ++k) {
        const auto [before, after] = joins(words, k);
        if (before + after == 0 || before > k || k + after >= words.size())
            continue;
        const QString joined = words.mid(k - before, before + after + 1).join(u' ');
        if (textWidth(font, joined) > width)
            continue;
        words[k - before] = joined;
        words.remove(k - before + 1, before + after);
        k -= before;
    }
}

/// Words as lines may be broken between them: not about a sign that stands between two ("32 / 128"), nor between a number
/// and what it counts or numbers ("512 parameters", "offset 0").
static QStringList breakableWords(const QFont& font, const QString& text, double width)
{
    using Reach = std::pair<qsizetype, qsizetype>;  // words before and behind
    QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    join(words, font, width, [](const QStringList& all, qsizetype k) {
        static const QString signs = QStringLiteral("/=\u2212\u00d7\u00b1");
        return all[k].size() == 1 && signs.contains(all[k]) && k > 0 ? Reach(1, 1) : Reach(0, 0);
    });
    join(words, font, width, [](const QStringList& all, qsizetype k) {
        static const QRegularExpression counted(QStringLiteral("^\\p{L}+s\\W?$"));
        if (!all[k].front().isDigit() || (k > 0 && all[k].contains(u' ') && !all[k].contains(u'/')))
            return Reach(0, 0);
        const bool counts = all[k].back().isDigit() && k + 1 < all.size() && counted.match(all[k + 1]).hasMatch();
        return counts ? Reach(0, 1) : k > 0 ? Reach(1, 0) : Reach(0, 0);
    });
    return words;
}

static QStringList linesOf(const QFont& font, QStringList words, double width)
{
    QStringList out;
    while (!words.isEmpty()) {
        QString line = words.takeFirst();
        if (textWidth(font, line) > width) {
            const qsizetype start = fittingStart(font, line, width);
            if (start < line.size())
                words.prepend(line.mid(start));
            out.append(line.left(start));
            continue;
        }
        while (!words.isEmpty() && textWidth(font, line + QLatin1Char(' ') + words.front()) <= width)
            line += QLatin1Char(' ') + words.takeFirst();
        out.append(line);
    }
    return out;
}

QStringList wrapped(const QFont& font, const QString& text, double width)
{
    if (textWidth(font, text) <= width)
        return text.isEmpty() ? QStringList() : QStringList(text);
    return linesOf(font, breakableWords(font, text, width), width);
}

QStringList balanced(const QFont& font, const QString& text, double width)
{
    if (textWidth(font, text) <= width)
        return text.isEmpty() ? QStringList() : QStringList(text);
    const QStringList words = breakableWords(font, text, width);
    QStringList best = linesOf(font, words, width);
    double narrow = width / static_cast<double>(best.size()), wide = width;
    while (wide - narrow > 3.0) {
        const double middle = (narrow + wide) / 2.0;
        const QStringList lines = linesOf(font, words, middle);
        const bool isAsGood = lines.size() == best.size() && lines.join(u' ') == best.join(u' ');  // no word broken
        best = isAsGood ? lines : best;
        (isAsGood ? wide : narrow) = middle;
    }
    return best;
}

/// Placed by their baseline: every paint device then puts them at the same place.
static Words wordsIn(const QFont& font, const QColor& colour, const QRectF& rect, Qt::Alignment alignment,
                     const QString& text)
{
    Words words{text, font, colour, {}, alignment & (Qt::AlignHCenter | Qt::AlignRight), textWidth(font, text)};
    words.at = {leftOf(rect, alignment, 0.0), baselineIn(font, rect, alignment)};
    return words;
}

static void drawWords(QPainter& painter, const Words& words)
{
    if (words.text.isEmpty())
        return;
    painter.setFont(words.font);
    painter.setPen(words.colour);
    if (auto* device = dynamic_cast<WordDevice*>(painter.device()))
        device->draw(painter, words);
    else
        painter.drawText(words.leftEnd(), words.text);
}

void drawText(QPainter& painter, const QFont& font, const QColor& colour, const QRectF& rect, Qt::Alignment alignment,
              const QString& text)
{
    drawWords(painter, wordsIn(font, colour, rect, alignment, text));
}

void drawFollowingText(QPainter& painter, const QFont& font, const QColor& colour, const QRectF& rect,
                       Qt::Alignment alignment, const QString& text)
{
    Words words = wordsIn(font, colour, rect, alignment, text);
    words.follows = true;
    drawWords(painter, words);
}

QPointF Words::leftEnd() const
{
    return at - QPointF(alignment & Qt::AlignHCenter ? width / 2.0 : alignment & Qt::AlignRight ? width : 0.0, 0.0);
}

void drawLines(QPainter& painter, const QFont& font, const QColor& colour, const QRectF& first, Qt::Alignment alignment,
               const QStringList& lines)
{
    QRectF row = first;
    for (const QString& text : lines) {
        drawText(painter, font, colour, row, alignment, text);
        row.translate(0.0, textHeight(font));
    }
}

/// Shapes of small type depend on which glyphs were drawn before, by 1/64 pixel; those of huge type do not.
static QPainterPath outlineOf(const Words& words)
{
    constexpr int huge = 1024;
    QFont large = words.font;
    large.setPixelSize(huge);
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    path.addText(0.0, 0.0, large, words.text);
    const double scale = static_cast<double>(words.font.pixelSize()) / huge;
    return QTransform::fromScale(scale, scale).map(path).translated(words.leftEnd());
}

void fillOutlines(QPainter& painter, const Words& words)
{
    painter.fillPath(outlineOf(words), words.colour);
}

void drawHaloedText(QPainter& painter, const QFont& font, const QColor& colour, const QColor& halo, const QRectF& rect,
                    Qt::Alignment alignment, const QString& text)
{
    constexpr double rim = 1.6;
    QColor opaque = halo;
    opaque.setAlpha(255);
    const auto* tex = dynamic_cast<TexDevice*>(painter.device());
    if (tex && tex->wordsAreLive()) {  // in a font whose shapes are not known here
        for (const QPointF& aside : {QPointF(-1, 0), QPointF(1, 0), QPointF(0, -1), QPointF(0, 1), QPointF(-0.7, -0.7),
                                     QPointF(0.7, -0.7), QPointF(-0.7, 0.7), QPointF(0.7, 0.7)})
            drawText(painter, font, opaque, rect.translated(rim * aside), alignment, text);
    } else {
        painter.strokePath(outlineOf(wordsIn(font, colour, rect, alignment, text)),
                           QPen(opaque, 2.0 * rim, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    }
    drawText(painter, font, colour, rect, alignment, text);
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
    if (tick.exponent.isEmpty() || dynamic_cast<TexDevice*>(painter.device())) {
        drawText(painter, font, colour, rect, alignment, tick.text + raisedCharacters(tick.exponent));
        return;
    }
    const double width = labelWidth(font, tick), base = textWidth(font, tick.text);
    const QRectF whole(leftOf(rect, alignment, width), rect.top(), width, rect.height());
    const Qt::Alignment vertical = (alignment & Qt::AlignVertical_Mask) | Qt::AlignLeft;
    drawText(painter, font, colour, whole, vertical, tick.text);
    drawFollowingText(painter, raised(font), colour, whole.translated(base, -0.36 * font.pixelSize()), vertical,
                      tick.exponent);
}

}  // namespace posbias::ui
