// SPDX-License-Identifier: GPL-3.0-or-later
// What hands do to a figure, and what is told of it. How they zoom: zoom_gestures.cpp.

#include "tests/ui/gesture_events.h"
#include "tests/ui/sample_figure.h"
#include "ui/plot/ink/ticks.h"

#include <cmath>

using namespace posbias;
using namespace posbias::ui;

class FigureGesturesTest : public QObject {
    Q_OBJECT

private slots:
    void hoveringTellsTheCell();
    void hoveringMaskedCellsEndsTheHover();
    void hoveringRibbonsAndProfileTellsTheOffset();
    void clickingTellsTheCellAndTheOffset();
    void draggingPansAndIsNoClick();
    void boxesZoomToASquare_data();
    void boxesZoomToASquare();
    void doubleClickShowsEverything();
    void rightClickAsksForAMenu();
    void aNewFigureWhileTheButtonIsDownIsSafe();
};

void FigureGesturesTest::aNewFigureWhileTheButtonIsDownIsSafe()
{
    const Figure figure = sample(causalMap());
    Shown shown(figure);
    QSignalSpy clicked(&shown.plot, &FigurePlot::cellClicked);
    const QPoint at = shown.cell(30, 11);
    mouse(shown.plot, QEvent::MouseButtonPress, at, Qt::LeftButton, Qt::LeftButton);
    Figure another = figure;
    another.rows.erase(another.rows.begin());  // no maps any more
    shown.plot.setFigure(another);
    mouse(shown.plot, QEvent::MouseMove, at + QPoint(40, 40), Qt::NoButton, Qt::LeftButton);
    mouse(shown.plot, QEvent::MouseButtonRelease, at + QPoint(40, 40), Qt::LeftButton, Qt::NoButton);
    QCOMPARE(clicked.size(), 0);
}

void FigureGesturesTest::hoveringTellsTheCell()
{
    Shown shown(sample(causalMap()));
    QSignalSpy hovered(&shown.plot, &FigurePlot::cellHovered);
    mouse(shown.plot, QEvent::MouseMove, shown.cell(30, 11), Qt::NoButton, Qt::NoButton);
    QCOMPARE(hovered.size(), 1);
    QCOMPARE(qvariant_cast<CellPosition>(hovered[0][0]), (CellPosition{30, 11}));
}

void FigureGesturesTest::hoveringMaskedCellsEndsTheHover()
{
    Shown shown(sample(causalMap()));
    QSignalSpy hovered(&shown.plot, &FigurePlot::cellHovered), ended(&shown.plot, &FigurePlot::hoverEnded);
    mouse(shown.plot, QEvent::MouseMove, shown.cell(30, 11), Qt::NoButton, Qt::NoButton);
    mouse(shown.plot, QEvent::MouseMove, shown.cell(5, 30), Qt::NoButton, Qt::NoButton);
    mouse(shown.plot, QEvent::MouseMove, QPointF(3, 3), Qt::NoButton, Qt::NoButton);
    QCOMPARE(hovered.size(), 1);
    QCOMPARE(ended.size(), 1);
    mouse(shown.plot, QEvent::MouseMove, shown.cell(30, 11), Qt::NoButton, Qt::NoButton);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&shown.plot, &leave);
    QCOMPARE(ended.size(), 2);
}

void FigureGesturesTest::hoveringRibbonsAndProfileTellsTheOffset()
{
    const Figure figure = sample(causalMap());
    Shown shown(figure);
    const OffsetScale scale(figure.offsetAxis);
    QSignalSpy hovered(&shown.plot, &FigurePlot::offsetHovered);
    for (std::size_t row : {1u, 2u})
        for (std::int64_t d : {0, 1, 12, 39}) {
            const QRect rect = shown.plot.panelRect(row, 0);
            const double x =
                rect.x() + rect.width() * (scale.middle(d) - scale.lower()) / (scale.upper() - scale.lower());
            mouse(shown.plot, QEvent::MouseMove, QPointF(x, rect.center().y()), Qt::NoButton, Qt::NoButton);
            QCOMPARE(hovered.last().at(0).toLongLong(), d);
        }
}

void FigureGesturesTest::clickingTellsTheCellAndTheOffset()
{
    Shown shown(sample(causalMap()));
    QSignalSpy cell(&shown.plot, &FigurePlot::cellClicked), offset(&shown.plot, &FigurePlot::offsetClicked);
    QTest::mouseClick(&shown.plot, Qt::LeftButton, {}, shown.cell(33, 4));
    QCOMPARE(cell.size(), 1);
    QCOMPARE(qvariant_cast<CellPosition>(cell[0][0]), (CellPosition{33, 4}));
    QTest::mouseClick(&shown.plot, Qt::LeftButton, {}, shown.plot.panelRect(1, 0).topLeft() + QPoint(3, 3));
    QCOMPARE(offset.size(), 1);
    QCOMPARE(offset[0][0].toLongLong(), 0);
}

void FigureGesturesTest::draggingPansAndIsNoClick()
{
    Figure figure = sample(causalMap());
    figure.visible = CellRect{5.0, 25.0, 10.0, 30.0};
    Shown shown(figure);
    QSignalSpy clicked(&shown.plot, &FigurePlot::cellClicked), seen(&shown.plot, &FigurePlot::visibleCellsChanged);
    const QRect rect = shown.plot.panelRect(0, 0);
    const int fourCells = rect.width() / 5;
    drag(shown.plot, rect.center(), rect.center() - QPoint(fourCells, fourCells / 2), Qt::LeftButton);
    QVERIFY(clicked.isEmpty());
    const auto now = lastRect(seen);
    QVERIFY(now);
    QVERIFY(std::abs(now->firstKey - 9.0) < 0.2);
    QVERIFY(std::abs(now->firstQuery - 12.0) < 0.2);
    QVERIFY(std::abs(now->lastKey - now->firstKey - 20.0) < 1e-9);
    drag(shown.plot, rect.center(), rect.center() + QPoint(10 * fourCells, 0), Qt::LeftButton);
    QCOMPARE(lastRect(seen)->firstKey, 0.0);  // not beyond the sequence
}

void FigureGesturesTest::boxesZoomToASquare_data()
{
    QTest::addColumn<Qt::MouseButton>("button");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::addRow("right drag") << Qt::RightButton << Qt::KeyboardModifiers();
    QTest::addRow("Shift drag") << Qt::LeftButton << Qt::KeyboardModifiers(Qt::ShiftModifier);
}

void FigureGesturesTest::boxesZoomToASquare()
{
    QFETCH(Qt::MouseButton, button);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    Shown shown(sample(causalMap()));
    QSignalSpy seen(&shown.plot, &FigurePlot::visibleCellsChanged), menu(&shown.plot, &FigurePlot::contextRequested),
        clicked(&shown.plot, &FigurePlot::cellClicked);
    const QRect rect = shown.plot.panelRect(0, 0);
    const double size = static_cast<double>(rect.width()) / length;
    const QPoint from = rect.topLeft() + QPoint(static_cast<int>(10 * size), static_cast<int>(20 * size));
    drag(shown.plot, from, from + QPoint(static_cast<int>(10 * size), static_cast<int>(4 * size)), button, modifiers);
    const CellRect now = *lastRect(seen);
    QVERIFY(std::abs(now.firstKey - 10.0) < 0.5);
    QVERIFY(std::abs(now.lastKey - 20.0) < 0.5);
    QVERIFY(std::abs(now.firstQuery - 20.0) < 0.5);
    QVERIFY(std::abs((now.lastQuery - now.firstQuery) - (now.lastKey - now.firstKey)) < 1e-9);
    QVERIFY(menu.isEmpty());
    QVERIFY(clicked.isEmpty());
}

void FigureGesturesTest::doubleClickShowsEverything()
{
    Figure figure = sample(causalMap());
    figure.visible = CellRect{0.0, 10.0, 10.0, 20.0};
    Shown shown(figure);
    QSignalSpy seen(&shown.plot, &FigurePlot::visibleCellsChanged), clicked(&shown.plot, &FigurePlot::cellClicked);
    const QPoint at = shown.plot.panelRect(0, 0).center();
    mouse(shown.plot, QEvent::MouseButtonDblClick, at, Qt::LeftButton, Qt::LeftButton);
    mouse(shown.plot, QEvent::MouseButtonRelease, at, Qt::LeftButton, Qt::NoButton);
    QCOMPARE(lastRect(seen), std::nullopt);
    QVERIFY(clicked.isEmpty());
}

void FigureGesturesTest::rightClickAsksForAMenu()
{
    Shown shown(sample(causalMap()));
    QSignalSpy menu(&shown.plot, &FigurePlot::contextRequested);
    QTest::mouseClick(&shown.plot, Qt::RightButton, {}, shown.cell(33, 4));
    QTest::mouseClick(&shown.plot, Qt::RightButton, {}, QPoint(2, 2));
    QCOMPARE(menu.size(), 2);
    QCOMPARE(qvariant_cast<std::optional<CellPosition>>(menu[0][0]), std::optional(CellPosition{33, 4}));
    QCOMPARE(qvariant_cast<std::optional<CellPosition>>(menu[1][0]), std::nullopt);
    QCOMPARE(menu[0][1].toPoint(), shown.plot.mapToGlobal(shown.cell(33, 4)));
}

QTEST_MAIN(FigureGesturesTest)
#include "figure_gestures.moc"
