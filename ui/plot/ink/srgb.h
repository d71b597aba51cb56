// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// sRGB and light.

#include <QRgb>

#include <array>
#include <cmath>

namespace posbias::ui {

using LinearRgb = std::array<double, 3>;  ///< light of red, green and blue, 0..1

/// A channel of sRGB, 0..1, as light, and back.
inline double lightOf(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}
inline double channelOf(double light)
{
    return light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow(light, 1.0 / 2.4) - 0.055;
}
inline LinearRgb linearRgb(QRgb colour)
{
    return {lightOf(qRed(colour) / 255.0), lightOf(qGreen(colour) / 255.0), lightOf(qBlue(colour) / 255.0)};
}

/// Relative luminance (Rec. 709), 0..1.
inline double luminanceOf(const LinearRgb& light)
{
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2];
}
/// CIE 1976 L*, 0..100, and its luminance.
inline double lightnessOf(double luminance)
{
    return luminance > 216.0 / 24389.0 ? 116.0 * std::cbrt(luminance) - 16.0 : luminance * 24389.0 / 27.0;
}
inline double luminanceOfLightness(double lightness)
{
    return lightness > 8.0 ? std::pow((lightness + 16.0) / 116.0, 3.0) : lightness * 27.0 / 24389.0;
}

}  // namespace posbias::ui
