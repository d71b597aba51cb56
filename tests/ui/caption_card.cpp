// SPDX-License-Identifier: GPL-3.0-or-later
// A preset's caption beneath the picture.
#include "ui/window/stage/caption_card.h"
#include "tests/ui/lab_window.h"

using namespace posbias;
using namespace posbias::ui;
using namespace posbias::ui::lab;

class TestCaptionCard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_settings.clear(); }

    void aPresetHasACaptionUntilItIsChanged();
    void aClosedCaptionStaysClosed();
    void captionsGiveWayInASmallWindow();

private:
    OwnSettings m_settings;
};

void TestCaptionCard::aPresetHasACaptionUntilItIsChanged()
{
    ExperimentModel model;
    int computed = 0;
    CaptionCard card(&model, [&computed](const std::string& preset, const Progress&) {
        ++computed;
        return QStringLiteral("About %1.").arg(QString::fromStdString(preset));
    });
    QTRY_COMPARE(computed, 1);
    const auto text = [&] { return card.findChild<QLabel*>(QStringLiteral("caption:text"))->text(); };
    card.resize(900, 80);
    model.load(small());
    QVERIFY(!card.isVisibleTo(nullptr));
    model.load(findPreset("book-small")->experiment);
    QVERIFY(card.isVisibleTo(nullptr));
    const int waiting = card.sizeHint().height();
    QTRY_COMPARE(text(), QStringLiteral("About book-small."));
    QCOMPARE(card.sizeHint().height(), waiting);
    model.setField(QStringLiteral("length"), FieldValue(std::int64_t{9}));
    QVERIFY(!card.isVisibleTo(nullptr));
    model.undo();
    QVERIFY(card.isVisibleTo(nullptr));
    QCOMPARE(text(), QStringLiteral("About book-small."));
    QCOMPARE(computed, 2);
    model.setStep(0);
    QVERIFY(card.isVisibleTo(nullptr));
}

void TestCaptionCard::aClosedCaptionStaysClosed()
{
    {
        Shown shown(findPreset("book-small")->experiment);
        QVERIFY(shown.part<QWidget>("caption")->isVisible());
        shown.action(QStringLiteral("Preset’s Caption"))->trigger();
        QVERIFY(!shown.part<QWidget>("caption")->isVisible());
        shown.window.close();
    }
    Shown again(findPreset("book-small")->experiment);
    QVERIFY(!again.part<QWidget>("caption")->isVisible());
    again.action(QStringLiteral("Preset’s Caption"))->trigger();
    QVERIFY(again.part<QWidget>("caption")->isVisible());
}

void TestCaptionCard::captionsGiveWayInASmallWindow()
{
    Shown shown(findPreset("book-small")->experiment, {1440, 900});
    QTRY_VERIFY(shown.part<QLabel>("caption:text")->isEnabled());
    const int full = shown.part<QWidget>("caption")->height();
    shown.window.resize(1280, 640);
    QTRY_VERIFY(shown.part<QWidget>("caption")->height() < full);
}

QTEST_MAIN(TestCaptionCard)
#include "caption_card.moc"
