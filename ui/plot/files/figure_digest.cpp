// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/files/figure_digest.h"

#include "ui/plot/files/figure_recipe.h"
#include "ui/plot/files/recipe_blocks.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <zlib.h>

namespace posbias::ui {
namespace {

constexpr qsizetype hexSize = 64;
const QByteArray digestKey = "posbias-digest";
const QByteArray ownLabel = "sha256 ", descriptionLabel = " description ", pictureLabel = " picture ";
const QByteArray zeroDigest(hexSize, '0');
const QByteArray texMark = '%' + digestKey + ": ";
constexpr const char* pngStart = "\x89PNG\r\n\x1a\n";

QByteArray xmlStart()
{
    return QByteArray("<posbias:digest xmlns:posbias=\"") + recipeNamespace + "\">";
}

QByteArray xmlElement(const QByteArray& text)
{
    return xmlStart() + text + "</posbias:digest>";
}

enum class Container { Png, Gif, Pdf, Svg, Tex };

Container containerOf(const QByteArray& file)
{
    if (file.startsWith(pngStart))
        return Container::Png;
    if (file.startsWith("GIF8"))
        return Container::Gif;
    if (file.startsWith("%PDF-"))
        return Container::Pdf;
    return file.trimmed().startsWith('<') ? Container::Svg : Container::Tex;
}

quint32 pngChecksum(const QByteArray& typeAndData)
{
    return static_cast<quint32>(
        crc32(0, reinterpret_cast<const Bytef*>(typeAndData.constData()), static_cast<uInt>(typeAndData.size())));
}

template <class Number>
QByteArray bigEndian(Number number)
{
    QByteArray bytes(sizeof(Number), '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

/// Where the file's own digest stands, and the text around it ends; -1 without one.
struct Place {
    qsizetype digest = -1, end = -1;
};

Place placeOf(const QByteArray& file, Container container)
{
    qsizetype begin = -1, end = -1;
    switch (container) {
    case Container::Png:
        begin = file.indexOf("tEXt" + digestKey + '\0');
        begin += begin < 0 ? 0 : 4 + digestKey.size() + 1;
        end = begin + ownLabel.size() + hexSize + descriptionLabel.size() + hexSize;
        break;
    case Container::Gif:
        begin = gifCommentPlace(file, digestKey + '\n');
        begin += begin < 0 ? 0 : digestKey.size() + 1;
        end = begin + ownLabel.size() + hexSize + descriptionLabel.size() + hexSize;
        break;
    case Container::Pdf:
    case Container::Svg:
        begin = file.indexOf(xmlStart());
        begin += begin < 0 ? 0 : xmlStart().size();
        end = file.indexOf('<', begin);
        break;
    case Container::Tex:
        begin = file.indexOf('\n' + texMark + ownLabel);
        begin += begin < 0 ? 0 : 1 + texMark.size();
        end = file.indexOf('\n', begin);
        break;
    }
    if (begin < 0 || end < begin + ownLabel.size() + hexSize || end > file.size() ||
        file.mid(begin, ownLabel.size()) != ownLabel)
        return {};
    return {begin + ownLabel.size(), end};
}

QByteArray ownDigest(QByteArray file, Container container, const Place& place)
{
    file.replace(place.digest, hexSize, zeroDigest);
    if (container == Container::Png && place.end + 4 <= file.size())
        file.replace(place.end, 4, QByteArray(4, '\0'));  // its checksum follows from it
    return digestOf(file);
}

/// Of the PNG chunk that the digest is in.
QByteArray chunkChecksum(const QByteArray& file, const Place& place)
{
    const qsizetype chunk = place.digest - ownLabel.size() - digestKey.size() - 1 - 4;
    return bigEndian(pngChecksum(file.mid(chunk, place.end - chunk)));
}

/// In TeX and SVG line ends may have been changed on the way, by version control or an editor.
QByteArray withPlainLineEnds(QByteArray file, Container container)
{
    if (container == Container::Svg || container == Container::Tex)
        file.replace("\r\n", "\n");
    return file;
}

QByteArray withPlace(QByteArray file, FigureFormat format, const QByteArray& text, const QByteArray& pictureLines)
{
    switch (format) {
    case FigureFormat::Png: {
        const QByteArray chunk = "tEXt" + digestKey + '\0' + text;
        const qsizetype behindHeader = 8 + 25;
        return file.insert(behindHeader,
                           bigEndian(static_cast<quint32>(chunk.size() - 4)) + chunk + bigEndian(pngChecksum(chunk)));
    }
    case FigureFormat::Gif: {
        const QByteArray comment = digestKey + '\n' + text;
        return file.insert(firstGifPicture(file),
                           QByteArray("\x21\xfe") + static_cast<char>(comment.size()) + comment + '\0');
    }
    case FigureFormat::Svg: return file.insert(file.indexOf("</metadata>"), xmlElement(text));
    case FigureFormat::Pdf:
        return file.replace(xmlElement(ownLabel + zeroDigest + descriptionLabel + zeroDigest), xmlElement(text));
    case FigureFormat::Tex: {
        const QByteArray recipeMark = texRecipeMark;
        qsizetype behindRecipe = file.startsWith(recipeMark) ? 0 : file.indexOf('\n' + recipeMark) + 1;
        while (QByteArrayView(file).sliced(behindRecipe).startsWith(recipeMark))
            behindRecipe = file.indexOf('\n', behindRecipe) + 1;
        return file.insert(behindRecipe, texMark + text + '\n' + pictureLines);
    }
    default: return file;
    }
}

}  // namespace

QByteArray digestOf(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

QByteArray descriptionBytes(const QString& description)
{
    return description.toUtf8() + '\n';
}

QByteArray pdfDigest()
{
    return xmlElement(ownLabel + zeroDigest + descriptionLabel + zeroDigest);
}

QByteArray withDigests(QByteArray file, FigureFormat format, const QString& description,
                       const std::vector<SideFile>& pictures)
{
    QByteArray lines;
    for (const SideFile& picture : pictures)
        lines += texMark + pictureLabel.trimmed() + ' ' + digestOf(picture.bytes) + ' ' +
                 QByteArray::fromStdString(picture.name) + '\n';
    const QByteArray text = ownLabel + zeroDigest + descriptionLabel + digestOf(descriptionBytes(description));
    file = withPlace(std::move(file), format, text, lines);
    const Container container = containerOf(file);
    const Place place = placeOf(file, container);
    if (place.digest < 0)
        return file;
    file.replace(place.digest, hexSize, ownDigest(file, container, place));
    if (container == Container::Png)
        file.replace(place.end, 4, chunkChecksum(file, place));
    return file;
}

std::optional<FileDigests> digestsIn(const QByteArray& written)
{
    const Container container = containerOf(written);
    const QByteArray file = withPlainLineEnds(written, container);
    const Place place = placeOf(file, container);
    if (place.digest < 0)
        return {};
    FileDigests digests;
    digests.intact = ownDigest(file, container, place) == file.mid(place.digest, hexSize) &&
                     (container != Container::Png || file.mid(place.end, 4) == chunkChecksum(file, place));
    const QByteArray rest = file.mid(place.digest + hexSize, place.end - place.digest - hexSize);
    if (rest.startsWith(descriptionLabel))
        digests.description = rest.mid(descriptionLabel.size(), hexSize);
    const QByteArray mark = texMark + pictureLabel.trimmed() + ' ';
    for (qsizetype at = place.end + 1; container == Container::Tex && file.mid(at, mark.size()) == mark;) {
        const qsizetype end = file.indexOf('\n', at);
        const QByteArray line = file.mid(at + mark.size(), (end < 0 ? file.size() : end) - at - mark.size());
        digests.pictures.push_back({line.mid(hexSize + 1).toStdString(), line.left(hexSize)});
        at = end < 0 ? file.size() : end + 1;
    }
    return digests;
}

}  // namespace posbias::ui
