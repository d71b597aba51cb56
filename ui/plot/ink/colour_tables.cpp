// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/ink/colour_tables.h"

#include "ui/plot/ink/published_colours.h"
#include "ui/plot/ink/srgb.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

namespace posbias::ui {
namespace {

using Classes = std::array<std::uint32_t, 11>;
/// RdBu, from blue to red.
constexpr Classes blueRed = {0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7,
                             0xfddbc7, 0xf4a582, 0xd6604d, 0xb2182b, 0x67001f};
/// PuOr, from purple to orange.
constexpr Classes purpleOrange = {0x2d004b, 0x542788, 0x8073ac, 0xb2abd2, 0xd8daeb, 0xf7f7f7,
                                  0xfee0b6, 0xfdb863, 0xe08214, 0xb35806, 0x7f3b08};

/// Lightness of grey's ends: printers lose what is nearer to black, and paper what is nearer to white.
constexpr double darkestGrey = 5.0, lightestGrey = 97.0;

using Vector3 = std::array<double, 3>;

/// Ottosson (2020): Oklab, in which equal steps look equal.
Vector3 oklab(std::uint32_t rgb)
{
    const auto [r, g, b] = linearRgb(rgb);
    const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

std::uint32_t rgb(const Vector3& lab)
{
    const auto cube = [](double x) { return x * x * x; };
    const double l = cube(lab[0] + 0.3963377774 * lab[1] + 0.2158037573 * lab[2]);
    const double m = cube(lab[0] - 0.1055613458 * lab[1] - 0.0638541728 * lab[2]);
    const double s = cube(lab[0] - 0.0894841775 * lab[1] - 1.2914855480 * lab[2]);
    const auto byte = [](double light) {
        return static_cast<std::uint32_t>(std::lround(255.0 * std::clamp(channelOf(light), 0.0, 1.0)));
    };
    return byte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) << 16 |
           byte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) << 8 |
           byte(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
}

ColourTable joinedClasses(const Classes& classes)
{
    ColourTable table{};
    for (std::size_t c = 0; c < table.size(); ++c) {
        const double at = static_cast<double>(c * (classes.size() - 1)) / (colourTableSize - 1);
        const std::size_t left = std::min(static_cast<std::size_t>(at), classes.size() - 2);
        const double share = at - static_cast<double>(left);
        const Vector3 from = oklab(classes[left]), to = oklab(classes[left + 1]);
        Vector3 mixed;
        for (std::size_t k = 0; k < 3; ++k)
            mixed[k] = (1.0 - share) * from[k] + share * to[k];
        table[c] = 0xff000000u | rgb(mixed);
    }
    return table;
}

ColourTable makeGrey()
{
    ColourTable table{};
    for (std::size_t c = 0; c < table.size(); ++c) {
        const double share = static_cast<double>(c) / (colourTableSize - 1);
        const double light = luminanceOfLightness(darkestGrey + share * (lightestGrey - darkestGrey));
        const auto level = static_cast<std::uint32_t>(std::lround(255.0 * channelOf(light)));
        table[c] = 0xff000000u | level << 16 | level << 8 | level;
    }
    return table;
}

ColourTable tableOf(std::string_view colours)
{
    ColourTable table{};
    for (std::size_t c = 0; c < table.size(); ++c) {
        const std::string_view digits = colours.substr(6 * c, 6);
        std::from_chars(digits.data(), digits.data() + digits.size(), table[c], 16);
        table[c] |= 0xff000000u;
    }
    return table;
}

ColourTable makeTable(ColourMapName name)
{
    switch (name) {
    case ColourMapName::Viridis: return tableOf(published::viridis);
    case ColourMapName::Cividis: return tableOf(published::cividis);
    case ColourMapName::Magma: return tableOf(published::magma);
    case ColourMapName::Grey: return makeGrey();
    case ColourMapName::RedBlue: return joinedClasses(blueRed);
    case ColourMapName::PurpleOrange: return joinedClasses(purpleOrange);
    }
    return {};
}

}  // namespace

const ColourTable& colourTable(ColourMapName name)
{
    static const std::array<ColourTable, 6> tables = [] {
        std::array<ColourTable, 6> made;
        for (std::size_t k = 0; k < made.size(); ++k)
            made[k] = makeTable(static_cast<ColourMapName>(k));
        return made;
    }();
    return tables[static_cast<std::size_t>(name)];
}

}  // namespace posbias::ui
