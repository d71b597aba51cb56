// SPDX-License-Identifier: GPL-3.0-or-later
// Training played in the window.
#include "tests/ui/lab_window.h"

#include <QToolButton>

using namespace posbias;
using namespace posbias::ui;
using namespace posbias::ui::lab;

class TestTransportBar : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_settings.clear(); }

    void spacePlaysAndTheWholeWindowFollows();
    void theMomentStaysInOtherViewsUntilItIsSentToTheEnd();
    void theSliderReachesTheFirstSteps();
    void exactSaysWhyThereIsNothingToPlay();

private:
    OwnSettings m_settings;
};

void TestTransportBar::spacePlaysAndTheWholeWindowFollows()
{
    Shown shown;
    const QString atEnd = shown.part<QLabel>("cell")->text();
    shown.view("Learning");
    QVERIFY(shown.playable());
    QTRY_VERIFY(shown.filledCharts() > 0);
    shown.stage()->setFocus();
    QTest::keyClick(shown.stage(), Qt::Key_Space);
    QTRY_COMPARE(shown.words(), QStringLiteral("step 0 of 100"));
    QTRY_VERIFY(shown.model.shownStep() > 0);
    QTest::keyClick(shown.stage(), Qt::Key_Space);
    const auto paused = shown.model.step();
    QVERIFY(paused);
    QCOMPARE(shown.part<QWidget>("transport")->findChild<QToolButton*>()->text(), QStringLiteral("Play"));
    shown.settle();  // while it plays, the next step follows the picture of this one
    untilTheNextTurn();
    QCOMPARE(shown.model.step(), paused);
    QTest::keyClick(shown.stage(), Qt::Key_Period);
    QCOMPARE(shown.model.step(), std::optional(*paused + 1));
    QTest::keyClick(shown.stage(), Qt::Key_Comma);
    QCOMPARE(shown.model.step(), paused);
    QTRY_VERIFY(shown.part<QLabel>("cell")->text() != atEnd);
}

void TestTransportBar::theMomentStaysInOtherViewsUntilItIsSentToTheEnd()
{
    Shown shown;
    QVERIFY(!shown.playable());
    shown.model.setStep(3);
    shown.settle();
    QVERIFY(shown.playable());
    QCOMPARE(shown.words(), QStringLiteral("step 3 of 100"));
    QVERIFY(!shown.window.isWindowModified());
    shown.action(QStringLiteral("To the End of Training"))->trigger();
    QVERIFY(!shown.playable());
    shown.settle();
    QCOMPARE(shown.model.shownStep(), std::int64_t{100});
}

void TestTransportBar::theSliderReachesTheFirstSteps()
{
    Shown shown;
    shown.view("Learning");
    auto* slider = shown.part<QSlider>("transport:slider");
    QTest::mouseClick(slider, Qt::LeftButton, {}, QPoint(0, slider->height() / 2));
    QCOMPARE(shown.model.step(), std::optional<std::int64_t>(0));
    QTest::keyClick(slider, Qt::Key_Right);
    QCOMPARE(shown.model.step(), std::optional<std::int64_t>(1));
    QTest::mouseClick(slider, Qt::LeftButton, {}, QPoint(slider->width() / 2, slider->height() / 2));
    QVERIFY(*shown.model.step() > 5 && *shown.model.step() < 15);
    QTest::keyClick(slider, Qt::Key_End);
    QVERIFY(!shown.model.step());
}

void TestTransportBar::exactSaysWhyThereIsNothingToPlay()
{
    Experiment exact = small();
    exact.learning = Exact{};
    Shown shown(exact);
    shown.view("Learning");
    QVERIFY(shown.part<QLabel>("transport:reason")->text().contains(QStringLiteral("no steps")));
    QVERIFY(!shown.part<QSlider>("transport:slider")->isVisible());
    QVERIFY(!shown.action(QStringLiteral("Play Training"))->isEnabled());
}

QTEST_MAIN(TestTransportBar)
#include "transport_bar.moc"
