// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/files/file_devices.h"

#include "ui/plot/files/font_subset.h"
#include "ui/plot/ink/shaped_fonts.h"
#include "ui/plot/ink/text_painting.h"

#include <QPageSize>
#include <QPainter>

#include <cmath>
#include <map>
#include <tuple>

namespace posbias::ui {
namespace {

constexpr int svgPerMm = 1000;
constexpr int pdfResolution = 1200;

// ---- Fonts of words ----------------------------------------------------------------------------------------------

/// What a style sheet tells fonts apart by: family, weight, italic.
using FaceKey = std::tuple<QString, int, bool>;
struct FaceUse {
    QRawFont font;
    std::set<char32_t> characters;
};

std::map<FaceKey, FaceUse> facesOf(const std::vector<std::vector<Words>>& lines)
{
    std::map<FaceKey, FaceUse> faces;
    for (const std::vector<Words>& line : lines)
        for (const Words& words : line)
            for (const QRawFont& font : fontsOf(words.font, words.text)) {
                FaceUse& use = faces[{font.familyName(), words.font.weight(), words.font.italic()}];
                use.font = font;
                for (const uint c : words.text.toUcs4())
                    use.characters.insert(c);
            }
    return faces;
}

QString cssName(const QString& family)
{
    QString name = family;
    return u'\'' + name.replace(u'\\', QStringLiteral("\\\\")).replace(u'\'', QStringLiteral("\\'")) + u'\'';
}

QByteArray styleSheet(const std::map<FaceKey, FaceUse>& faces)
{
    QByteArray rules;
    for (const auto& [key, use] : faces) {
        const auto& [family, weight, italic] = key;
        rules += "@font-face{font-family:" + xmlText(cssName(family)).toUtf8() +
                 ";font-weight:" + QByteArray::number(weight) + ";font-style:" + (italic ? "italic" : "normal") +
                 ";src:url(data:font/ttf;base64," + fontSubset(use.font, use.characters).toBase64() + ")}\n";
    }
    return rules.isEmpty() ? rules : "<style>\n" + rules + "</style>\n";
}

/// The families that were measured, then some that are hardly wider.
QString familiesOf(const Words& words)
{
    QStringList families{cssName(words.font.family())};
    for (const QRawFont& font : fontsOf(words.font, words.text))
        if (const QString name = cssName(font.familyName()); !families.contains(name))
            families << name;
    for (const char* other : {"Noto Sans", "Arial", "Liberation Sans", "Helvetica", "DejaVu Sans Condensed"})
        if (const QString name = cssName(QLatin1String(other)); !families.contains(name))
            families << name;
    return (families << QStringLiteral("sans-serif")).join(QStringLiteral(", "));
}

QString svgNumber(double value)
{
    return QString::number(std::round(value * 1000.0) / 1000.0);
}

QString fontAttributes(const Words& words)
{
    return QStringLiteral(" font-family=\"%1\" font-size=\"%2\" font-weight=\"%3\" font-style=\"%4\"")
        .arg(xmlText(familiesOf(words)))
        .arg(words.font.pixelSize())
        .arg(words.font.weight())
        .arg(words.font.italic() ? QLatin1String("italic") : QLatin1String("normal"));
}

QString lengthAttributes(const Words& words)
{
    return words.width > 0.0
               ? QStringLiteral(" textLength=\"%1\" lengthAdjust=\"spacingAndGlyphs\"").arg(svgNumber(words.width))
               : QString();
}

QString shownText(const Words& words)
{
    QString text = words.text;
    for (QChar& c : text)
        if (c.category() == QChar::Other_Control || c == QChar::LineSeparator || c == QChar::ParagraphSeparator)
            c = u' ';
    return xmlText(text);
}

/// Where there is room between these words and the ones before, there is a space of the first words' font: what is copied
/// has it, too.
QString following(const Words& words, const Words& before, double space)
{
    QPointF by = words.leftEnd() - before.leftEnd() - QPointF(before.width, 0.0);
    const bool apart = by.x() > 0.5 * space;
    by.rx() -= apart ? space : 0.0;
    QString piece = apart ? QStringLiteral(" ") : QString();
    piece += QStringLiteral("<tspan dx=\"%1\" dy=\"%2\"").arg(svgNumber(by.x()), svgNumber(by.y()));
    piece +=
        QStringLiteral(" fill=\"%1\" fill-opacity=\"%2\"").arg(words.colour.name(), svgNumber(words.colour.alphaF()));
    return piece + lengthAttributes(words) + fontAttributes(words) + u'>' + shownText(words) +
           QStringLiteral("</tspan>");
}

QString textElement(const QString& start, const std::vector<Words>& line)
{
    const Words& first = line.front();
    const char* anchor = first.alignment & Qt::AlignHCenter ? "middle"
                         : first.alignment & Qt::AlignRight ? "end"
                                                            : "start";
    QString element = start + QStringLiteral(" text-anchor=\"%1\"").arg(QLatin1String(anchor));
    if (line.size() == 1)
        return element + lengthAttributes(first) + fontAttributes(first) + u'>' + shownText(first) +
               QStringLiteral("</text>");
    element += fontAttributes(first) + QStringLiteral("><tspan") + lengthAttributes(first) + u'>' + shownText(first) +
               QStringLiteral("</tspan>");
    const double space = textWidth(first.font, QStringLiteral(" "));
    for (std::size_t k = 1; k < line.size(); ++k)
        element += following(line[k], line[k - 1], space);
    return element + QStringLiteral("</text>");
}

}  // namespace

// ---- Pictures ----------------------------------------------------------------------------------------------------

PictureBand::PictureBand(QImage& picture, int firstRow, int rows, WordLog* log)
    : QImage(picture.scanLine(firstRow), picture.width(), rows, picture.bytesPerLine(), picture.format()),
      WordDevice(log)
{
}

void PictureBand::drawWords(QPainter& painter, const Words& words)
{
    painter.drawText(words.leftEnd(), words.text);
}

// ---- PDF ---------------------------------------------------------------------------------------------------------

PdfDevice::PdfDevice(QIODevice& out, const Page& page, const FigureWords& words, WordLog* log)
    : QPdfWriter(&out), WordDevice(log), m_text(page.text)
{
    setResolution(pdfResolution);
    setPageSize(
        QPageSize(QSizeF(page.widthMm, page.heightMm), QPageSize::Millimeter, QString(), QPageSize::ExactMatch));
    setPageMargins(QMarginsF());
    setTitle(words.title);
    setCreator(QStringLiteral("PosBias"));
    setDocumentXmpMetadata(pdfRecipe(words));
}

void PdfDevice::drawWords(QPainter& painter, const Words& words)
{
    if (m_text == TextForm::Outline)
        return fillOutlines(painter, words);
    // Qt joins no letters where a spacing is set, even one that changes nothing.
    QFont font = words.font;
    font.setLetterSpacing(QFont::PercentageSpacing, 100.0);
    painter.setFont(font);
    painter.drawText(words.leftEnd(), words.text);
    painter.setFont(words.font);
}

QByteArray PdfDevice::withSpaces(QByteArray written)
{
    const QByteArray tabulator = "<0009>", space = "<0020>";
    for (qsizetype map = written.indexOf("begincmap"); map >= 0; map = written.indexOf("begincmap", map + 1)) {
        const qsizetype end = written.indexOf("endcmap", map);
        // Characters stand in brackets; the numbers of glyphs before them.
        for (qsizetype open = written.indexOf('[', map); open >= 0 && open < end;
             open = written.indexOf('[', open + 1)) {
            const qsizetype close = written.indexOf(']', open);
            for (qsizetype at = written.indexOf(tabulator, open); at >= 0 && at < close;
                 at = written.indexOf(tabulator, at + 1))
                written.replace(at, space.size(), space);
        }
    }
    return written;
}

// ---- SVG ---------------------------------------------------------------------------------------------------------

SvgDevice::SvgDevice(QIODevice& out, const Page& page, WordLog* log) : WordDevice(log), m_text(page.text)
{
    setOutputDevice(&out);
    setResolution(static_cast<int>(svgPerMm * mmPerInch));
    const QSize size(static_cast<int>(std::lround(page.widthMm * svgPerMm)),
                     static_cast<int>(std::lround(page.heightMm * svgPerMm)));
    setSize(size);
    setViewBox(QRect(QPoint(), size));
}

/// Qt's generator writes neither alignment nor length: it gets a number in the place of the words.
void SvgDevice::drawWords(QPainter& painter, const Words& words)
{
    if (m_text == TextForm::Outline)
        return fillOutlines(painter, words);
    if (words.follows && !m_lines.empty()) {
        m_lines.back().push_back(words);
        return;
    }
    painter.drawText(words.at, QString::number(m_lines.size()));
    m_lines.push_back({words});
}

QByteArray SvgDevice::withWords(const QByteArray& written) const
{
    const QByteArray open = "<text ", family = " font-family=", close = "</text>";
    QByteArray svg;
    qsizetype done = 0;
    for (qsizetype from = written.indexOf(open); from >= 0; from = written.indexOf(open, done)) {
        const qsizetype start = written.indexOf('>', from) + 1, end = written.indexOf(close, start);
        const std::vector<Words>& line = m_lines.at(written.mid(start, end - start).toULongLong());
        const qsizetype named = written.indexOf(family, from);  // what Qt says of the font comes last
        svg += written.mid(done, from - done);
        svg += textElement(QString::fromUtf8(written.mid(from, named - from)), line).toUtf8();
        done = end + close.size();
    }
    svg += written.mid(done);
    if (m_text == TextForm::Embed)
        svg.insert(svg.indexOf("</defs>"), styleSheet(facesOf(m_lines)));
    return svg;
}

}  // namespace posbias::ui
