// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/figure_recipe.h"

#include "ui/plot/theme.h"

#include <QDateTime>
#include <QTimeZone>

namespace posbias::ui {
namespace {

const QString name = QStringLiteral("https://posbias.org/ns/figure/1.0/");  // a name, not an address

QDateTime fileDate()
{
    bool given = false;
    const qint64 epoch = qEnvironmentVariable("SOURCE_DATE_EPOCH").toLongLong(&given);
    return QDateTime::fromSecsSinceEpoch(given ? epoch : 946684800, Qt::UTC);  // 2000-01-01
}

}  // namespace

QByteArray pdfRecipe(const FigureWords& words)
{
    const QString xmp = QStringLiteral(
        "<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:posbias=\"%1\">\n"
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%2</rdf:li></rdf:Alt></dc:title>\n"
        "<posbias:experiment>%3</posbias:experiment>\n"
        "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
    return xmp.arg(name, words.title.toHtmlEscaped(), QString::fromStdString(words.recipe).toHtmlEscaped()).toUtf8();
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
    const QString element =
        QStringLiteral("<metadata><posbias:experiment xmlns:posbias=\"%1\">%2</posbias:experiment></metadata>\n")
            .arg(name, QString::fromStdString(words.recipe).toHtmlEscaped());
    const qsizetype defs = svg.indexOf("<defs>");
    svg.insert(defs < 0 ? svg.indexOf("<g ") : defs, element.toUtf8());
    const QByteArray family = "font-family=\"" + figureFontFamily().toUtf8();
    svg.replace(family + "\"", family + ", 'Noto Sans', 'DejaVu Sans', sans-serif\"");
    return svg;
}

QByteArray texRecipe(const FigureWords&)
{
    return {};
}

}  // namespace posbias::ui
