// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/files/gif_file.h"

#include "core/base/error.h"

#include <gif_lib.h>

#include <QHash>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

namespace posbias::ui {
namespace {

constexpr std::size_t paletteSize = 256;
constexpr std::size_t mostExact = 128;  ///< when there are too many: flat areas stay true, soft edges share the rest
constexpr int opaqueFrom = 128;         ///< alpha: GIF's pixels are there or not
constexpr qint64 flatShare = 4096;      ///< a flat area's part of all pixels is at least one in this many

void checkGif(bool good, int error)
{
    if (!good)
        throw FailureError(std::string("The GIF picture could not be made: ") + GifErrorString(error));
}

bool isOpaque(QRgb colour)
{
    return qAlpha(colour) >= opaqueFrom;
}

struct ColourCounts {
    std::vector<QRgb> colours;    ///< the most frequent first
    std::vector<double> weights;  ///< roots of how often each is there: rare ones count, too
    std::size_t flat = 0;         ///< how many of them fill areas
};

ColourCounts coloursOf(const std::vector<QImage>& pictures, const Progress& progress)
{
    QHash<QRgb, qint64> count;
    qint64 pixels = 0;
    for (const QImage& picture : pictures) {
        progress.check();
        pixels += qint64(picture.width()) * picture.height();
        for (int y = 0; y < picture.height(); ++y) {
            const auto* line = reinterpret_cast<const QRgb*>(picture.constScanLine(y));
            for (int x = 0; x < picture.width();) {
                const int first = x;
                while (++x < picture.width() && line[x] == line[first]) {
                }
                if (isOpaque(line[first]))
                    count[line[first] | 0xff000000] += x - first;
            }
        }
    }
    std::vector<QRgb> colours(count.keyBegin(), count.keyEnd());
    std::sort(colours.begin(), colours.end(), [&](QRgb a, QRgb b) {
        const qint64 ofA = count[a], ofB = count[b];
        return ofA != ofB ? ofA > ofB : a < b;
    });
    const auto flat =
        std::find_if(colours.begin(), colours.end(), [&](QRgb colour) { return count[colour] * flatShare < pixels; });
    std::vector<double> weights;
    for (const QRgb colour : colours)
        weights.push_back(std::sqrt(static_cast<double>(count[colour])));
    return {colours, std::move(weights), static_cast<std::size_t>(flat - colours.begin())};
}

/// About as eyes weigh it.
double colourDistance(QRgb a, QRgb b)
{
    const int red = qRed(a) - qRed(b), green = qGreen(a) - qGreen(b), blue = qBlue(a) - qBlue(b);
    return 3 * red * red + 6 * green * green + blue * blue;
}

/// The flat colours; then, one by one, what is worst served by those before: far from all of them, or frequent.
std::vector<QRgb> paletteOf(const ColourCounts& counts, std::size_t size, const Progress& progress)
{
    const std::vector<QRgb>& colours = counts.colours;
    if (colours.size() <= size)
        return colours;
    std::vector<double> distance(colours.size(), std::numeric_limits<double>::infinity());
    std::vector<QRgb> palette;
    while (palette.size() < size) {
        progress.check();
        std::size_t next = palette.size();
        if (next >= std::min(counts.flat, mostExact)) {
            double worst = -1.0;
            for (std::size_t c = 0; c < colours.size(); ++c)
                if (const double error = distance[c] * counts.weights[c]; error > worst) {
                    worst = error;
                    next = c;
                }
        }
        palette.push_back(colours[next]);
        for (std::size_t c = 0; c < colours.size(); ++c)
            distance[c] = std::min(distance[c], colourDistance(colours[c], colours[next]));
    }
    return palette;
}

class PaletteIndex {
public:
    /// `transparent`: the place of what is not there, if anything is not.
    PaletteIndex(const std::vector<QRgb>& palette, int transparent) : m_palette(palette), m_transparent(transparent)
    {
        for (std::size_t k = palette.size(); k-- > 0;)
            m_places[palette[k]] = static_cast<GifByteType>(k);
    }
    GifByteType of(QRgb colour)
    {
        if (!isOpaque(colour))
            return static_cast<GifByteType>(m_transparent);
        colour |= 0xff000000;
        if (const auto found = m_places.constFind(colour); found != m_places.constEnd())
            return *found;
        return *m_places.insert(colour, nearest(colour));
    }

private:
    GifByteType nearest(QRgb colour) const
    {
        const auto best = std::ranges::min_element(m_palette, {}, [&](QRgb c) { return colourDistance(c, colour); });
        return static_cast<GifByteType>(best - m_palette.begin());
    }

    const std::vector<QRgb>& m_palette;
    int m_transparent;
    QHash<QRgb, GifByteType> m_places;
};

using Indices = std::vector<GifByteType>;  ///< row-major, shape (height, width)

Indices indicesOf(const QImage& picture, PaletteIndex& index)
{
    Indices indices(static_cast<std::size_t>(picture.width()) * picture.height());
    auto out = indices.begin();
    for (int y = 0; y < picture.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(picture.constScanLine(y));
        for (int x = 0; x < picture.width(); ++x, ++out)
            *out = x > 0 && line[x] == line[x - 1] ? *(out - 1) : index.of(line[x]);
    }
    return indices;
}

/// The smallest rectangle outside of which both are the same; at least a pixel.
QRect changedRect(const Indices& before, const Indices& after, const QSize& size)
{
    if (before.empty())
        return QRect(QPoint(), size);
    QRect changed;
    for (int y = 0; y < size.height(); ++y) {
        const std::ptrdiff_t row = std::ptrdiff_t(y) * size.width();
        const auto first =
            std::mismatch(before.begin() + row, before.begin() + row + size.width(), after.begin() + row);
        if (first.first == before.begin() + row + size.width())
            continue;
        int left = static_cast<int>(first.first - before.begin() - row), right = size.width() - 1;
        while (right > left && before[row + right] == after[row + right])
            --right;
        changed |= QRect(QPoint(left, y), QPoint(right, y));
    }
    return changed.isEmpty() ? QRect(0, 0, 1, 1) : changed;
}

class GifWriter {
public:
    GifWriter(const QSize& size, const std::vector<QRgb>& palette)
    {
        int error = 0;
        m_gif = EGifOpen(&m_bytes, append, &error);
        checkGif(m_gif != nullptr, error);
        std::vector<GifColorType> colours(paletteSize);
        for (std::size_t k = 0; k < palette.size(); ++k)
            colours[k] = {static_cast<GifByteType>(qRed(palette[k])), static_cast<GifByteType>(qGreen(palette[k])),
                          static_cast<GifByteType>(qBlue(palette[k]))};
        const std::unique_ptr<ColorMapObject, void (*)(ColorMapObject*)> map(
            GifMakeMapObject(static_cast<int>(paletteSize), colours.data()), GifFreeMapObject);
        EGifSetGifVersion(m_gif, true);
        check(EGifPutScreenDesc(m_gif, size.width(), size.height(), 8, 0, map.get()));
    }
    ~GifWriter()
    {
        if (m_gif)
            EGifCloseFile(m_gif, nullptr);
    }
    GifWriter(const GifWriter&) = delete;
    GifWriter& operator=(const GifWriter&) = delete;

    void repeatForEver()
    {
        constexpr std::array<unsigned char, 3> times = {1, 0, 0};
        check(EGifPutExtensionLeader(m_gif, APPLICATION_EXT_FUNC_CODE));
        check(EGifPutExtensionBlock(m_gif, 11, "NETSCAPE2.0"));
        check(EGifPutExtensionBlock(m_gif, static_cast<int>(times.size()), times.data()));
        check(EGifPutExtensionTrailer(m_gif));
    }
    void comment(const std::string& text)
    {
        if (!text.empty())  // an empty block would end the file
            check(EGifPutComment(m_gif, text.c_str()));
    }

    /// What is `transparent` shows the page behind: the picture before is taken away.
    void picture(const Indices& indices, const QSize& size, const QRect& part, int hundredths, int transparent)
    {
        const int disposal = transparent == NO_TRANSPARENT_COLOR ? DISPOSE_DO_NOT : DISPOSE_BACKGROUND;
        const GraphicsControlBlock control = {disposal, false, hundredths, transparent};
        std::array<GifByteType, 4> packed = {};
        EGifGCBToExtension(&control, packed.data());
        check(EGifPutExtension(m_gif, GRAPHICS_EXT_FUNC_CODE, static_cast<int>(packed.size()), packed.data()));
        check(EGifPutImageDesc(m_gif, part.left(), part.top(), part.width(), part.height(), false, nullptr));
        std::vector<GifByteType> line(static_cast<std::size_t>(part.width()));
        for (int y = part.top(); y <= part.bottom(); ++y) {
            const auto first = indices.begin() + std::ptrdiff_t(y) * size.width() + part.left();
            std::copy(first, first + part.width(), line.begin());  // the library masks what it is given
            check(EGifPutLine(m_gif, line.data(), part.width()));
        }
    }
    QByteArray close()
    {
        int error = 0;
        const int outcome = EGifCloseFile(std::exchange(m_gif, nullptr), &error);
        checkGif(outcome == GIF_OK, error);
        return m_bytes;
    }

private:
    static int append(GifFileType* gif, const GifByteType* bytes, int count)
    {
        static_cast<QByteArray*>(gif->UserData)->append(reinterpret_cast<const char*>(bytes), count);
        return count;
    }
    void check(int outcome) const { checkGif(outcome == GIF_OK, m_gif->Error); }

    QByteArray m_bytes;
    GifFileType* m_gif = nullptr;
};

}  // namespace

QByteArray gifFile(const std::vector<QImage>& pictures, double seconds, const std::string& comment,
                   const Progress& progress)
{
    const bool transparent = pictures.front().hasAlphaChannel();
    const std::vector<QRgb> palette =
        paletteOf(coloursOf(pictures, progress), transparent ? paletteSize - 1 : paletteSize, progress);
    const int nothing = transparent ? static_cast<int>(paletteSize) - 1 : NO_TRANSPARENT_COLOR;
    PaletteIndex index(palette, nothing);
    const QSize size = pictures.front().size();
    GifWriter writer(size, palette);
    writer.repeatForEver();
    writer.comment(comment);
    Indices before;
    long shown = 0;  // hundredths of a second
    for (std::size_t k = 0; k < pictures.size(); ++k) {
        progress.check();
        Indices indices = indicesOf(pictures[k], index);
        const QRect part = transparent ? QRect(QPoint(), size) : changedRect(before, indices, size);
        // What rounding took from one picture the next one has.
        const long until = std::lround(static_cast<double>(k + 1) * seconds * 100.0);
        writer.picture(indices, size, part, static_cast<int>(until - shown), nothing);
        shown = until;
        before = std::move(indices);
    }
    return writer.close();
}

}  // namespace posbias::ui
