// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/files/recipe_blocks.h"

#include "core/base/error.h"

#include <QString>
#include <QtEndian>

#include <zlib.h>

namespace posbias::ui {
namespace {

constexpr qsizetype pngSignature = 8, pngFrame = 12;  ///< bytes; of a chunk: length, type and checksum

QByteArray inflated(const QByteArray& packed)
{
    QByteArray text(largestRecipe, Qt::Uninitialized);
    uLongf size = static_cast<uLongf>(text.size());
    const int outcome =
        uncompress(reinterpret_cast<Bytef*>(text.data()), &size, reinterpret_cast<const Bytef*>(packed.constData()),
                   static_cast<uLong>(packed.size()));
    if (outcome == Z_BUF_ERROR && size == static_cast<uLongf>(largestRecipe))
        throw InputError({}, "holds a recipe of more than 16 MiB");
    if (outcome != Z_OK)
        throw InputError({}, "holds a recipe that is damaged");
    text.truncate(static_cast<qsizetype>(size));
    text.squeeze();
    return text;
}

QByteArray fromLatin1(const QByteArray& text)
{
    return QString::fromLatin1(text).toUtf8();
}

/// Behind the zero that ends the text at `from`; -1 without one.
qsizetype behindZero(const QByteArray& bytes, qsizetype from)
{
    const qsizetype zero = from < 0 ? -1 : bytes.indexOf('\0', from);
    return zero < 0 ? -1 : zero + 1;
}

/// `data`: behind the key and its zero.
std::optional<QByteArray> chunkText(const QByteArray& type, const QByteArray& data)
{
    if (type == "tEXt")
        return fromLatin1(data);
    if (type == "zTXt")
        return data.size() > 1 && data[0] == 0 ? std::optional(fromLatin1(inflated(data.mid(1)))) : std::nullopt;
    if (type != "iTXt" || data.size() < 2)
        return {};
    const qsizetype text = behindZero(data, behindZero(data, 2));  // behind language and translated key
    if (text < 0)
        return {};
    return data[0] ? inflated(data.mid(text)) : data.mid(text);
}

/// Joins the sub-blocks at `at` and moves behind them; false when the file ends before they do.
bool readBlocks(const QByteArray& gif, qsizetype& at, QByteArray* joined)
{
    while (at < gif.size()) {
        const qsizetype size = static_cast<uchar>(gif[at++]);
        if (size == 0)
            return true;
        if (size > gif.size() - at)
            return false;
        if (joined)
            joined->append(gif.constData() + at, size);
        at += size;
    }
    return false;
}

qsizetype colourBytes(char flags)
{
    return flags & 0x80 ? qsizetype(3) << ((flags & 7) + 1) : 0;
}

}  // namespace

std::optional<QByteArray> pngText(const QByteArray& png, const QByteArray& key)
{
    for (qsizetype at = pngSignature; at + pngFrame <= png.size();) {
        const qsizetype length = qFromBigEndian<quint32>(png.constData() + at);
        if (length > png.size() - at - pngFrame)
            break;
        const QByteArray type = png.mid(at + 4, 4);
        const QByteArray head = key + '\0';
        if (type.endsWith("Xt") || type.endsWith("XT"))
            if (const QByteArray data = png.mid(at + 8, length); data.startsWith(head))
                if (auto text = chunkText(type, data.mid(head.size())))
                    return text;
        at += length + pngFrame;
    }
    return {};
}

namespace {

/// An extension or a picture of a GIF.
struct GifBlock {
    qsizetype begin = 0;
    bool picture = false;
    uchar label = 0;     ///< of an extension
    qsizetype data = 0;  ///< the first sub-block
};

constexpr uchar gifCommentLabel = 0xfe, gifControlLabel = 0xf9;

/// The first block for which `wanted` says so; nothing when the file ends before it.
template <class Wanted>
std::optional<GifBlock> findGifBlock(const QByteArray& gif, const Wanted& wanted)
{
    constexpr qsizetype screen = 13, image = 9;  // bytes of the descriptors
    if (gif.size() < screen)
        return {};
    qsizetype at = screen + colourBytes(gif[10]);
    while (at + 1 < gif.size()) {
        GifBlock block{at};
        const char kind = gif[at++];
        if (kind == 0x21) {
            block.label = static_cast<uchar>(gif[at++]);
        } else if (kind == 0x2c && at + image < gif.size()) {
            block.picture = true;
            at += image + colourBytes(gif[at + image - 1]) + 1;  // and the size of codes
        } else {
            return {};
        }
        block.data = at;
        if (wanted(block))
            return block;
        if (!readBlocks(gif, at, nullptr))
            return {};
    }
    return {};
}

}  // namespace

std::optional<QByteArray> gifComment(const QByteArray& gif, const QByteArray& head)
{
    QByteArray text;
    const bool found = findGifBlock(gif, [&](const GifBlock& block) {
                           text.clear();
                           qsizetype at = block.data;
                           return block.label == gifCommentLabel && readBlocks(gif, at, &text) && text.startsWith(head);
                       }).has_value();
    return found ? std::optional(text.mid(head.size())) : std::nullopt;
}

qsizetype gifCommentPlace(const QByteArray& gif, const QByteArray& head)
{
    const auto block = findGifBlock(gif, [&](const GifBlock& each) {
        return each.label == gifCommentLabel && gif.mid(each.data + 1, head.size()) == head;
    });
    return block ? block->data + 1 : -1;
}

qsizetype firstGifPicture(const QByteArray& gif)
{
    const auto block =
        findGifBlock(gif, [](const GifBlock& each) { return each.picture || each.label == gifControlLabel; });
    return block ? block->begin : -1;
}

}  // namespace posbias::ui
