// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures on their way: how far they are, how they are stopped, what is seen meanwhile.

#include "core/base/work_pool.h"
#include "tests/ui/sample_figure.h"

using namespace posbias;
using namespace posbias::ui;

namespace {

/// Shown, with every picture computed.
struct Settled : Shown {
    explicit Settled(const std::shared_ptr<CountingMap>& source) : Shown(sample(source), false), map(source)
    {
        settle();
        rest();
    }
    /// Until nothing is computed any more.
    void rest()
    {
        for (int before = -1; before != map->calls;) {
            before = map->calls;
            QCoreApplication::processEvents();  // asks for what is missing
            WorkPool::shared().waitForJobs();
            QCoreApplication::processEvents();  // shows it
        }
    }
    /// With pictures that do not come to their end.
    void begin(const std::optional<CellRect>& cells)
    {
        map->slow = true;
        const int before = map->calls;
        plot.setVisibleCells(cells);
        QTRY_VERIFY(map->calls > before);
    }

    std::shared_ptr<CountingMap> map;
};

constexpr CellRect corner{0.0, 10.0, 30.0, 40.0}, beside{2.0, 12.0, 28.0, 38.0};

}  // namespace

class MapPicturesTest : public QObject {
    Q_OBJECT

private slots:
    void progressIsToldWhileMapsAreComputed();
    void cancelledPicturesDoNotComeBackByThemselves();
    void cancelledPicturesComeWhenAskedForAgain();
    void somethingNewIsComputedAfterACancel();
    void nothingIsCancelledWhereNothingIsComputed();
    void aPictureThatIsThereIsNotComputedAgain();
    void theSmallPicturesAreMadeOnce();
    void zoomingOutLeavesNoBlank();
    void panningLeavesNoBlank();
};

void MapPicturesTest::progressIsToldWhileMapsAreComputed()
{
    Settled shown(causalMap());
    QSignalSpy progress(&shown.plot, &FigurePlot::pictureProgress);
    shown.map->slow = true;  // halfway through the first of two
    shown.plot.setVisibleCells(corner);
    QTRY_VERIFY(!progress.isEmpty());
    QTRY_COMPARE(progress.last().at(0).toDouble(), 0.25);
    shown.map->slow = false;
    shown.settle();
    const auto told = progress.size();
    shown.rest();
    QCOMPARE(progress.size(), told);
}

void MapPicturesTest::cancelledPicturesDoNotComeBackByThemselves()
{
    Settled shown(causalMap());
    const QImage before = shown.picture();
    QSignalSpy cancelled(&shown.plot, &FigurePlot::pictureCancelled), ready(&shown.plot, &FigurePlot::pictureReady);
    shown.begin(corner);
    shown.plot.cancelPictures();
    QCOMPARE(cancelled.size(), 1);
    shown.map->slow = false;
    shown.rest();
    const int after = shown.map->calls;
    shown.plot.setCrosshair(CellPosition{35, 3});
    shown.plot.setFigure(shown.plot.figure());  // draws everything anew
    shown.rest();
    QCOMPARE(shown.map->calls.load(), after);
    QVERIFY(ready.isEmpty());
    QVERIFY(shown.picture() != before);  // the last picture, scaled
}

void MapPicturesTest::cancelledPicturesComeWhenAskedForAgain()
{
    Settled shown(causalMap());
    shown.begin(corner);
    shown.plot.cancelPictures();
    shown.map->slow = false;
    QSignalSpy ready(&shown.plot, &FigurePlot::pictureReady);
    shown.plot.retryPictures();
    QVERIFY(ready.wait(longEnough));
}

void MapPicturesTest::somethingNewIsComputedAfterACancel()
{
    Settled shown(causalMap());
    shown.begin(corner);
    shown.plot.cancelPictures();
    shown.map->slow = false;
    shown.plot.setVisibleCells(beside);
    shown.settle();
}

void MapPicturesTest::nothingIsCancelledWhereNothingIsComputed()
{
    Settled shown(causalMap());
    QSignalSpy cancelled(&shown.plot, &FigurePlot::pictureCancelled);
    shown.plot.cancelPictures();
    QVERIFY(cancelled.isEmpty());
    shown.plot.setVisibleCells(corner);
    shown.settle();
}

void MapPicturesTest::aPictureThatIsThereIsNotComputedAgain()
{
    Settled shown(causalMap());
    const QImage before = shown.picture();
    shown.begin(corner);
    const int calls = shown.map->calls;
    shown.plot.setVisibleCells(std::nullopt);
    shown.settle();  // although the map is slow
    QCOMPARE(shown.picture(), before);
    shown.rest();
    QCOMPARE(shown.map->calls.load(), calls);
}

void MapPicturesTest::theSmallPicturesAreMadeOnce()
{
    Settled shown(causalMap());
    QCOMPARE(shown.map->calls.load(), 4);  // two maps, each in large and in small
    shown.plot.setVisibleCells(corner);
    shown.settle();
    shown.rest();
    QCOMPARE(shown.map->calls.load(), 6);
}

void MapPicturesTest::zoomingOutLeavesNoBlank()
{
    Settled shown(causalMap());
    shown.plot.setVisibleCells(corner);
    shown.settle();
    shown.begin(std::nullopt);
    const QRgb stage = theme(ThemeName::Light).stage.rgb();
    const QImage picture = shown.picture();
    for (std::int64_t i = 4; i < length; i += 5) {
        QVERIFY(picture.pixel(shown.cell(i, i - 3)) != stage);
        QCOMPARE(picture.pixel(shown.cell(i - 4, i - 1)), stage);
    }
    shown.map->slow = false;
}

void MapPicturesTest::panningLeavesNoBlank()
{
    Settled shown(causalMap());
    shown.plot.setVisibleCells(corner);
    shown.settle();
    shown.begin(beside);
    const QImage picture = shown.picture();
    for (std::int64_t j = 2; j < 8; ++j)  // query 28 was not to be seen before; the overview is further right
        QVERIFY(picture.pixel(shown.cell(28, j, beside)) != theme(ThemeName::Light).stage.rgb());
    shown.map->slow = false;
}

QTEST_MAIN(MapPicturesTest)
#include "map_pictures.moc"
