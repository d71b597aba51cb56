// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The words of a PDF that Qt wrote, as a program finds them that copies or searches: by the fonts' ToUnicode maps.

#include <QByteArray>
#include <QHash>
#include <QRegularExpression>
#include <QString>
#include <QStringList>

namespace posbias::ui {

/// An object's stream, inflated where it is compressed.
inline QByteArray pdfStream(const QByteArray& object)
{
    const qsizetype from = object.indexOf("stream\n");
    if (from < 0)
        return {};
    const QByteArray body = object.mid(from + 7, object.lastIndexOf("\nendstream") - from - 7);
    if (!object.left(from).contains("/FlateDecode"))
        return body;
    return qUncompress(QByteArray("\0\x10\0\0", 4) + body);  // the size is a first guess
}

inline QHash<int, QByteArray> pdfObjects(const QByteArray& pdf)
{
    QHash<int, QByteArray> objects;
    for (qsizetype at = pdf.indexOf(" 0 obj\n"); at >= 0; at = pdf.indexOf(" 0 obj\n", at + 1)) {
        qsizetype number = at;
        while (number > 0 && pdf[number - 1] >= '0' && pdf[number - 1] <= '9')
            --number;
        objects.insert(pdf.mid(number, at - number).toInt(), pdf.mid(at + 7, pdf.indexOf("endobj", at) - at - 7));
    }
    return objects;
}

/// Character by glyph.
inline QHash<uint, QString> pdfToUnicode(const QByteArray& map)
{
    QHash<uint, QString> characters;
    static const QRegularExpression list(QStringLiteral("<([0-9A-F]{4})> <[0-9A-F]{4}> \\[([^\\]]*)\\]"));
    static const QRegularExpression hex(QStringLiteral("<([0-9A-F]+)>"));
    for (auto range = list.globalMatch(QString::fromLatin1(map)); range.hasNext();) {
        const QRegularExpressionMatch one = range.next();
        uint glyph = one.captured(1).toUInt(nullptr, 16);
        for (auto each = hex.globalMatch(one.captured(2)); each.hasNext(); ++glyph) {
            const QString units = each.next().captured(1);
            for (qsizetype k = 0; k + 4 <= units.size(); k += 4)
                characters[glyph] += QChar(units.mid(k, 4).toUShort(nullptr, 16));
        }
    }
    return characters;
}

/// Each stretch of words between BT and ET.
inline QStringList pdfText(const QByteArray& pdf)
{
    const QHash<int, QByteArray> objects = pdfObjects(pdf);
    QHash<int, QHash<uint, QString>> fonts;
    static const QRegularExpression toUnicode(QStringLiteral("/ToUnicode (\\d+) 0 R"));
    for (auto object = objects.begin(); object != objects.end(); ++object)
        if (const auto match = toUnicode.match(QString::fromLatin1(object.value())); match.hasMatch())
            fonts[object.key()] = pdfToUnicode(pdfStream(objects.value(match.captured(1).toInt())));
    QStringList words;
    static const QRegularExpression token(QStringLiteral("\\bBT\\b|\\bET\\b|/F(\\d+) |<([0-9A-F]+)> Tj"));
    for (const QByteArray& object : objects) {
        const QByteArray content = pdfStream(object);
        if (!content.contains("\nBT\n"))
            continue;
        int font = 0;
        for (auto each = token.globalMatch(QString::fromLatin1(content)); each.hasNext();) {
            const QRegularExpressionMatch match = each.next();
            if (match.captured(0) == QLatin1String("BT"))
                words << QString();
            else if (!match.captured(1).isEmpty())
                font = match.captured(1).toInt();
            else if (!match.captured(2).isEmpty() && !words.isEmpty())
                for (qsizetype k = 0; k + 4 <= match.captured(2).size(); k += 4)
                    words.back() += fonts.value(font).value(match.captured(2).mid(k, 4).toUInt(nullptr, 16));
        }
    }
    return words;
}

}  // namespace posbias::ui
