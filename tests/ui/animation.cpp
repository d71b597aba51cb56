// SPDX-License-Identifier: GPL-3.0-or-later
// Sweeps through time as GIF: frames, times, colours, and refusals.

#include "ui/plot/files/animation.h"
#include "core/base/error.h"
#include "core/experiment/presets.h"
#include "core/figure/figure_data.h"
#include "tests/ui/figure_files.h"
#include "ui/plot/files/figure_rendering.h"
#include "ui/plot/files/gif_file.h"
#include "ui/plot/ink/colour_tables.h"

#include <QBuffer>
#include <QImageReader>
#include <QPainter>
#include <QSet>
#include <QTest>

#include <stop_token>

using namespace posbias;
using namespace posbias::ui;

namespace {

Recipe sweep(std::int64_t frames = 4, const Page& page = pageOf(80, 40, 72))
{
    Recipe recipe = recipeWith(findPreset("book-small")->experiment, page, FigureKind::Buckets);
    recipe.design.name = "sweep";
    recipe.design.frames = Frames{FramesOver::Length, 4, 32, frames, 0.15};
    return recipe;
}

struct Film {
    std::vector<QImage> pictures;
    std::vector<int> delays;  ///< ms
    int loops = 0;
};

Film filmOf(QByteArray gif)
{
    QBuffer buffer(&gif);
    QImageReader reader(&buffer, "gif");
    Film film;
    for (QImage picture = reader.read(); !picture.isNull(); picture = reader.read()) {
        film.pictures.push_back(picture.convertToFormat(QImage::Format_RGB32));
        film.delays.push_back(reader.nextImageDelay());
    }
    film.loops = reader.loopCount();
    return film;
}

/// Each as it is drawn among the others.
std::vector<QImage> drawn(const std::vector<Figure>& figures, const Recipe& recipe)
{
    const auto fit = fitFrames(figures, recipe.design.page);
    std::vector<QImage> pictures;
    for (const Figure& figure : figures) {
        FigureRendering rendering(figure, recipe, FigureFormat::Png, fit);
        rendering.drawMaps({});
        while (rendering.drawRest()) {
        }
        pictures.push_back(rendering.image());
    }
    return pictures;
}

QString refusal(const std::function<void()>& call)
{
    try {
        call();
    } catch (const InputError& error) {
        return QString::fromStdString(error.subject() + ": " + error.what());
    }
    return {};
}

/// A picture of many colours with a flat field in the middle.
QImage manyColours(const QColor& field, const QPoint& at)
{
    QImage image(96, 64, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixelColor(x, y, QColor(x * 2, y * 4, 128));
    QPainter(&image).fillRect(QRect(at, QSize(30, 30)), field);
    return image;
}

}  // namespace

class AnimationTest : public QObject {
    Q_OBJECT

private slots:
    void everyFrameIsItsFigure();
    void cellsAndColourBarsAreAsInPictures();
    void theSameInputsGiveTheSameBytes();
    void fewColoursAreExact();
    void flatColoursStayExactAmongMany();
    void framesThatDoNotChangeCostLittle();
    void onlyChangesAreStored();
    void framesAreNeeded();
    void memoryIsNamedBeforeItIsUsed();
    void stoppedMeansStopped();
    void allFramesTogetherLastAsLongAsAsked();
    void transparentFramesShowThePageBehind();
};

void AnimationTest::everyFrameIsItsFigure()
{
    const Recipe recipe = sweep();
    const std::vector<Figure> figures = makeFrames(framesOf(recipe));
    const Film film = filmOf(renderAnimation(figures, recipe));
    QCOMPARE(film.pictures.size(), figures.size());
    QCOMPARE(film.loops, -1);  // for ever
    const std::vector<QImage> pictures = drawn(figures, recipe);
    for (std::size_t k = 0; k < figures.size(); ++k) {
        QCOMPARE(film.delays[k], 150);
        const QImage& exact = pictures[k];
        QCOMPARE(film.pictures[k].size(), exact.size());
        int far = 0;
        for (int y = 0; y < exact.height(); ++y)
            for (int x = 0; x < exact.width(); ++x) {
                const QColor a = exact.pixelColor(x, y), b = film.pictures[k].pixelColor(x, y);
                far +=
                    std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue()) > 60;
            }
        QVERIFY2(far * 500 < exact.width() * exact.height(), qPrintable(QString::number(far)));
    }
    QVERIFY(film.pictures.front() != film.pictures.back());
}

void AnimationTest::cellsAndColourBarsAreAsInPictures()
{
    // Maps with all colours of a scale, differences, hatching, soft type: far more than a GIF's 256.
    Recipe recipe = recipeWith(findPreset("past-training")->experiment, pageOf(160, 80, 72), FigureKind::Attention);
    recipe.design.frames = Frames{FramesOver::Length, 256, 2048, 6, 0.15};
    const std::vector<Figure> figures = makeFrames(framesOf(recipe));
    const Film film = filmOf(renderAnimation(figures, recipe));
    QCOMPARE(film.pictures.size(), figures.size());
    QSet<QRgb> scale;
    for (const ColourMapName map : {ColourMapName::Viridis, ColourMapName::RedBlue})
        for (const QRgb colour : colourTable(map))
            scale.insert(colour);
    double sum = 0.0, count = 0.0;
    const std::vector<QImage> pictures = drawn(figures, recipe);
    for (std::size_t k = 0; k < figures.size(); ++k) {
        const QImage& exact = pictures[k];
        int worst = 0;
        for (int y = 0; y < exact.height(); ++y)
            for (int x = 0; x < exact.width(); ++x) {
                const QColor a = exact.pixelColor(x, y), b = film.pictures[k].pixelColor(x, y);
                const int off = std::max(
                    {std::abs(a.red() - b.red()), std::abs(a.green() - b.green()), std::abs(a.blue() - b.blue())});
                worst = std::max(worst, scale.contains(a.rgb()) ? off : 0);
                sum += off;
                ++count;
            }
        QVERIFY2(worst <= 16, qPrintable(QString::number(worst)));
    }
    QVERIFY2(sum < 0.6 * count, qPrintable(QString::number(sum / count)));
}

void AnimationTest::theSameInputsGiveTheSameBytes()
{
    const Recipe recipe = sweep();
    QCOMPARE(renderAnimation(makeFrames(framesOf(recipe)), recipe),
             renderAnimation(makeFrames(framesOf(recipe)), recipe));
}

void AnimationTest::fewColoursAreExact()
{
    std::vector<QImage> pictures;
    for (int k = 0; k < 4; ++k) {
        QImage image(50, 20, QImage::Format_RGB32);
        for (int x = 0; x < 50; ++x)
            for (int y = 0; y < 20; ++y)
                image.setPixelColor(x, y, QColor(x, k * 60, y < 10 ? 7 : 200));
        pictures.push_back(image.copy());
    }
    pictures.resize(2);  // 200 colours
    const Film film = filmOf(gifFile(pictures, 0.5, "posbias\n{}"));
    QVERIFY(film.pictures == pictures);
}

void AnimationTest::flatColoursStayExactAmongMany()
{
    const QColor field(11, 222, 133);
    const std::vector<QImage> pictures = {manyColours(field, {10, 10}), manyColours(field, {40, 20})};
    const Film film = filmOf(gifFile(pictures, 0.5, ""));
    QCOMPARE(film.pictures.size(), std::size_t(2));
    QCOMPARE(film.pictures[0].pixelColor(20, 20), field);
    QCOMPARE(film.pictures[1].pixelColor(55, 35), field);
    for (int y = 0; y < 64; y += 3)
        for (int x = 0; x < 96; x += 3) {
            const QColor a = pictures[1].pixelColor(x, y), b = film.pictures[1].pixelColor(x, y);
            QVERIFY2(std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue()) <
                         100,
                     qPrintable(a.name() + b.name()));
        }
}

void AnimationTest::framesThatDoNotChangeCostLittle()
{
    const QImage picture = manyColours(Qt::red, {0, 0});
    const QByteArray one = gifFile({picture}, 0.1, ""), three = gifFile({picture, picture, picture}, 0.1, "");
    QVERIFY2(three.size() < one.size() + 100, qPrintable(QString::number(three.size() - one.size())));
    QCOMPARE(filmOf(three).pictures.size(), std::size_t(3));
}

void AnimationTest::onlyChangesAreStored()
{
    QImage second = manyColours(Qt::red, {0, 0});
    second.setPixelColor(90, 60, second.pixelColor(0, 0));
    const std::vector<QImage> pictures = {manyColours(Qt::red, {0, 0}), second};
    const QByteArray gif = gifFile(pictures, 0.1, "");
    QVERIFY(gif.contains(QByteArray::fromHex("2c5a003c0001000100")));  // an image of one pixel at (90, 60)
    QCOMPARE(filmOf(gif).pictures[1].pixelColor(90, 60), QColor(Qt::red));
}

void AnimationTest::framesAreNeeded()
{
    Recipe recipe = sweep();
    const std::vector<Figure> figures = makeFrames(framesOf(recipe));
    QVERIFY(refusal([&] { renderAnimation({}, recipe); }).startsWith(QStringLiteral("frames: ")));
    QVERIFY(refusal([&] { renderFigure(figures[0], recipe, FigureFormat::Gif); }).startsWith(QStringLiteral("-o: ")));
    recipe.design.frames.reset();
    QVERIFY(refusal([&] { renderAnimation(figures, recipe); }).startsWith(QStringLiteral("frames: ")));
}

void AnimationTest::memoryIsNamedBeforeItIsUsed()
{
    const Recipe recipe = sweep(1000, pageOf(200, 200, 300));
    const QString said = refusal([&] { renderAnimation({Figure()}, recipe); });
    QVERIFY2(said.startsWith(QStringLiteral("--dpi: 1000 frames of 2362 x 2362 pixels need 21282 MiB")),
             qPrintable(said));
    QVERIFY(refusal([] { validate(pageOf(2000, 10, 2400), FigureFormat::Gif); }).contains(QStringLiteral("65535")));
}

void AnimationTest::stoppedMeansStopped()
{
    const Recipe recipe = sweep();
    const std::vector<Figure> figures = makeFrames(framesOf(recipe));
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN(renderAnimation(figures, recipe, {stop.get_token(), {}}), Cancelled);
}

void AnimationTest::allFramesTogetherLastAsLongAsAsked()
{
    for (const double seconds : {0.02, 0.025, 0.0333, 0.2, 0.127, 1.0 / 30.0}) {
        std::vector<QImage> pictures(24, manyColours(Qt::red, {0, 0}));
        int all = 0;
        for (const int delay : filmOf(gifFile(pictures, seconds, "")).delays) {
            QVERIFY(delay >= 20);  // viewers play shorter ones slowly
            all += delay;
        }
        QVERIFY2(std::abs(all - 24000.0 * seconds) <= 10.0, qPrintable(QString("%1: %2 ms").arg(seconds).arg(all)));
    }
}

void AnimationTest::transparentFramesShowThePageBehind()
{
    Recipe recipe = sweep();
    recipe.design.page.transparent = true;
    const std::vector<Figure> figures = makeFrames(framesOf(recipe));
    QByteArray gif = renderAnimation(figures, recipe);
    const std::vector<QImage> exact = drawn(figures, recipe);
    QBuffer buffer(&gif);
    QImageReader reader(&buffer, "gif");
    for (std::size_t k = 0; k < figures.size(); ++k) {
        const QImage picture = reader.read().convertToFormat(QImage::Format_ARGB32);
        QCOMPARE(picture.size(), exact[k].size());
        int wrong = 0, there = 0;
        for (int y = 0; y < picture.height(); ++y)
            for (int x = 0; x < picture.width(); ++x) {
                const bool opaque = exact[k].pixelColor(x, y).alpha() >= 128;
                there += opaque ? 1 : 0;
                wrong += opaque != (qAlpha(picture.pixel(x, y)) == 255) ? 1 : 0;
            }
        QVERIFY(there > 100);
        QCOMPARE(wrong, 0);  // nothing of the frame before, either
    }
}

QTEST_MAIN(AnimationTest)
#include "animation.moc"
