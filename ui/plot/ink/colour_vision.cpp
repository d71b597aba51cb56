// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/ink/colour_vision.h"

#include "ui/plot/ink/colour_tables.h"
#include "ui/plot/ink/srgb.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

using LightMatrix = std::array<LinearRgb, 3>;  ///< of linear light, row by row

const LightMatrix& matrixOf(Vision vision)
{
    static constexpr LightMatrix same = {{{1.0, 0.0, 0.0}, {0.0, 1.0, 0.0}, {0.0, 0.0, 1.0}}};
    static constexpr LightMatrix protanopia = {
        {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
    static constexpr LightMatrix deuteranopia = {
        {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
    static constexpr LightMatrix tritanopia = {
        {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};
    static constexpr LightMatrix grey = {
        {{0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}}};
    switch (vision) {
    case Vision::Ordinary: return same;
    case Vision::Protanopia: return protanopia;
    case Vision::Deuteranopia: return deuteranopia;
    case Vision::Tritanopia: return tritanopia;
    case Vision::GreyPrint: return grey;
    }
    return same;
}

QRgb simulated(QRgb colour, const LightMatrix& matrix)
{
    const LinearRgb light = linearRgb(colour);
    std::array<int, 3> out{};
    for (std::size_t row = 0; row < 3; ++row) {
        const LinearRgb& m = matrix[row];
        const double sum = m[0] * light[0] + m[1] * light[1] + m[2] * light[2];
        out[row] = static_cast<int>(std::lround(255.0 * channelOf(std::clamp(sum, 0.0, 1.0))));
    }
    return qRgba(out[0], out[1], out[2], qAlpha(colour));
}

}  // namespace

QImage simulate(const QImage& image, Vision vision)
{
    if (vision == Vision::Ordinary || image.isNull())
        return image;
    const LightMatrix& matrix = matrixOf(vision);
    QImage out = image.convertToFormat(image.hasAlphaChannel() ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    for (int y = 0; y < out.height(); ++y) {
        auto* const line = reinterpret_cast<QRgb*>(out.scanLine(y));
        QRgb last = line[0], lastSeen = simulated(last, matrix);  // figures have few colours, side by side
        for (int x = 0; x < out.width(); ++x) {
            if (line[x] != last) {
                last = line[x];
                lastSeen = simulated(last, matrix);
            }
            line[x] = lastSeen;
        }
    }
    return out;
}

bool readableInGrey(ColourMapName name)
{
    const ColourTable& table = colourTable(name);
    // Tables are rounded to 8 bits: neighbours may be equal, and blue weighs so little that they may be out of order.
    constexpr double rounding = 0.1;
    double highest = -1.0;
    for (const std::uint32_t colour : table) {
        const double lightness = lightnessOf(luminanceOf(linearRgb(colour)));
        if (lightness < highest - rounding)
            return false;
        highest = std::max(highest, lightness);
    }
    return true;
}

}  // namespace posbias::ui
