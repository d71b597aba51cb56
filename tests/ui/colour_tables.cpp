// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/ink/colour_tables.h"

#include "ui/plot/ink/colour_vision.h"
#include "ui/plot/ink/srgb.h"

#include <QTest>

using namespace posbias;
using namespace posbias::ui;

namespace {

double lightness(std::uint32_t colour)
{
    return lightnessOf(luminanceOf(linearRgb(colour)));
}

}  // namespace

class ColourTablesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void publishedMapsHaveTheirPublishedColours();
    void greyGrowsEvenlyInLightness();
    void mapsOfValuesCanBeReadInGreyAndDivergingOnesCannot();
    void divergingMapsAreAsLightOnBothSides();
    void greyPrintsKeepLightness();
    void dichromatsConfuseTheirColours();
};

void ColourTablesTest::publishedMapsHaveTheirPublishedColours()
{
    using Places = std::array<std::uint32_t, 5>;  // entries 0, 64, 128, 192, 255
    const std::pair<ColourMapName, Places> published[] = {
        {ColourMapName::Viridis, {0x440154, 0x3b528b, 0x21918c, 0x5ec962, 0xfde725}},
        {ColourMapName::Cividis, {0x00224e, 0x434e6c, 0x7d7c78, 0xbcae6c, 0xfee838}},
        {ColourMapName::Magma, {0x000004, 0x51127c, 0xb73779, 0xfc8961, 0xfcfdbf}},
    };
    for (const auto& [name, colours] : published)
        for (std::size_t k = 0; k < colours.size(); ++k)
            QCOMPARE(colourTable(name)[std::min<std::size_t>(64 * k, 255)], 0xff000000u | colours[k]);
}

void ColourTablesTest::greyGrowsEvenlyInLightness()
{
    const ColourTable& grey = colourTable(ColourMapName::Grey);
    const double low = lightness(grey.front()), high = lightness(grey.back());
    QVERIFY(low < 8.0 && high > 94.0);
    for (std::size_t c = 0; c < grey.size(); ++c)
        QVERIFY(std::abs(lightness(grey[c]) - (low + (high - low) * static_cast<double>(c) / 255.0)) < 0.5);
}

void ColourTablesTest::mapsOfValuesCanBeReadInGreyAndDivergingOnesCannot()
{
    for (const ColourMapName name :
         {ColourMapName::Viridis, ColourMapName::Cividis, ColourMapName::Magma, ColourMapName::Grey})
        QVERIFY(readableInGrey(name));
    QVERIFY(!readableInGrey(ColourMapName::RedBlue));
    QVERIFY(!readableInGrey(ColourMapName::PurpleOrange));
}

void ColourTablesTest::divergingMapsAreAsLightOnBothSides()
{
    for (const ColourMapName name : {ColourMapName::RedBlue, ColourMapName::PurpleOrange}) {
        const ColourTable& table = colourTable(name);
        for (std::size_t c = 0; c < 128; ++c)
            QVERIFY(std::abs(lightness(table[c]) - lightness(table[255 - c])) < 25.0);  // PuOr is darker in purple
        QVERIFY(std::min(lightness(table[127]), lightness(table[128])) > 95.0);
    }
}

void ColourTablesTest::greyPrintsKeepLightness()
{
    QImage image(1, 1, QImage::Format_RGB32);
    for (const std::uint32_t colour : colourTable(ColourMapName::Viridis)) {
        image.setPixel(0, 0, colour);
        const QRgb grey = simulate(image, Vision::GreyPrint).pixel(0, 0);
        QVERIFY(qIsGray(grey));
        QVERIFY(std::abs(lightness(grey) - lightness(colour)) < 0.5);
        QCOMPARE(simulate(image, Vision::Ordinary).pixel(0, 0), QRgb(colour));
    }
}

void ColourTablesTest::dichromatsConfuseTheirColours()
{
    QImage image(2, 1, QImage::Format_RGB32);
    const auto apart = [&](QRgb one, QRgb other, Vision vision) {
        image.setPixel(0, 0, one);
        image.setPixel(1, 0, other);
        const QImage seen = simulate(image, vision);
        const QRgb a = seen.pixel(0, 0), b = seen.pixel(1, 0);
        return std::abs(qRed(a) - qRed(b)) + std::abs(qGreen(a) - qGreen(b)) + std::abs(qBlue(a) - qBlue(b));
    };
    // Red and green of about the lightness that deuteranopes see alike, and blue against green for tritanopes.
    const QRgb red = qRgb(190, 90, 40), green = qRgb(110, 125, 40);
    QVERIFY(apart(red, green, Vision::Deuteranopia) < apart(red, green, Vision::Ordinary) / 2);
    QVERIFY(apart(red, green, Vision::Protanopia) < apart(red, green, Vision::Ordinary));
    const QRgb blue = qRgb(40, 120, 200), teal = qRgb(40, 130, 130);
    QVERIFY(apart(blue, teal, Vision::Tritanopia) < apart(blue, teal, Vision::Ordinary) / 2);
}

QTEST_GUILESS_MAIN(ColourTablesTest)
#include "colour_tables.moc"
