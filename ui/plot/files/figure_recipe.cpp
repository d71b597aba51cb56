// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/files/figure_recipe.h"

#include "ui/plot/files/figure_digest.h"

#include <QDateTime>

namespace posbias::ui {
namespace {

QDateTime fileDate()
{
    bool given = false;
    const qint64 epoch = qEnvironmentVariable("SOURCE_DATE_EPOCH").toLongLong(&given);
    return QDateTime::fromSecsSinceEpoch(given ? epoch : 946684800, Qt::UTC);  // 2000-01-01
}

bool isXmlCharacter(char32_t c)
{
    return c == U'\t' || c == U'\n' || (c >= 0x20 && c < 0xd800) || (c >= 0xe000 && c < 0xfffe) || c >= 0x10000;
}

/// The first one of this name, which has no attributes.
void removeElement(QByteArray& xml, const QByteArray& name)
{
    const qsizetype from = xml.indexOf('<' + name + '>'), to = xml.indexOf("</" + name + '>', from);
    if (from >= 0 && to > from)
        xml.remove(from, to + name.size() + 3 - from);
}

QString xmlRecipe(const FigureWords& words)
{
    return QStringLiteral("<posbias:%1 xmlns:posbias=\"%2\">%3</posbias:%1>")
        .arg(QLatin1String(recipeElement), QLatin1String(recipeNamespace),
             xmlText(QString::fromStdString(carriedText(words.recipe))));
}

}  // namespace

QString xmlText(const QString& text)
{
    QString out;
    for (const uint c : text.toUcs4())
        if (const char32_t character = c; isXmlCharacter(character))
            out += QString::fromUcs4(&character, 1);
    return out.toHtmlEscaped();
}

std::string carriedText(const std::string& recipe)
{
    QString text;
    for (const QChar c : QString::fromStdString(recipe))
        text += isXmlCharacter(c.unicode()) || c.isSurrogate()
                    ? QString(c)
                    : QStringLiteral("\\u%1").arg(static_cast<int>(c.unicode()), 4, 16, QLatin1Char('0'));
    return text.toStdString();
}

QByteArray pdfRecipe(const FigureWords& words)
{
    const QString xmp = QStringLiteral(
        "<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%1</rdf:li></rdf:Alt></dc:title>\n"
        "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">%2</rdf:li></rdf:Alt></dc:description>\n"
        "%3\n%4\n"
        "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
    return xmp.arg(xmlText(words.title), xmlText(words.description), xmlRecipe(words), QString::fromLatin1(pdfDigest()))
        .toUtf8();
}

QByteArray withFixedPdfDate(QByteArray pdf)
{
    const QByteArray key = "/CreationDate (D:";
    const QByteArray date = fileDate().toString(QStringLiteral("yyyyMMddHHmmss")).toLatin1();
    const qsizetype at = pdf.lastIndexOf(key);
    if (at < 0 || date.size() != 14)
        return pdf;
    // In place: the file's table of positions stays right. The zone is zero too, in whatever form it was written.
    pdf.replace(at + key.size(), 14, date);
    for (qsizetype k = at + key.size() + 14; k < pdf.size() && pdf[k] != ')'; ++k)
        if (pdf[k] == '-')
            pdf[k] = '+';
        else if (pdf[k] >= '0' && pdf[k] <= '9')
            pdf[k] = '0';
    return pdf;
}

QByteArray withSvgRecipe(QByteArray svg, const FigureWords& words)
{
    removeElement(svg, "title");
    removeElement(svg, "desc");
    const QString head = QStringLiteral("<title>%1</title>\n<desc>%2</desc>\n<metadata>%3</metadata>\n")
                             .arg(xmlText(words.title), xmlText(words.description), xmlRecipe(words));
    const qsizetype defs = svg.indexOf("<defs>");
    svg.insert(defs < 0 ? svg.indexOf("<g ") : defs, head.toUtf8());
    return svg;
}

QByteArray texRecipe(const FigureWords& words)
{
    QByteArray lines;
    for (const QByteArray& line : QByteArray::fromStdString(carriedText(words.recipe)).split('\n'))
        lines += texRecipeMark + QByteArray(line.isEmpty() ? "" : " ") + line + '\n';
    return lines;
}

void addRecipe(QImage& image, const FigureWords& words)
{
    image.setText(QString::fromLatin1(recipeKey), QString::fromStdString(carriedText(words.recipe)));
    image.setText(QStringLiteral("Title"), words.title);
    image.setText(QStringLiteral("Description"), words.description);
}

}  // namespace posbias::ui
