// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as people type them, in any language, and the boxes that take or refuse them.
#include "ui/window/widgets/number_box.h"
#include "ui/window/widgets/number_field.h"

#include <QApplication>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>

using namespace posbias;
using namespace posbias::ui;

namespace {

const QStringList& languages()
{
    static const QStringList all = {QStringLiteral("C"),     QStringLiteral("en_US"), QStringLiteral("de_DE"),
                                    QStringLiteral("fr_FR"), QStringLiteral("de_CH"), QStringLiteral("ar_EG")};
    return all;
}

/// Of millimetres, beside another field to go to.
struct Form {
    QWidget window;
    NumberField* field = nullptr;
    NumberField* other = nullptr;
    QSignalSpy chosen;

    Form() : Form(NumberFieldForm{{10.0, 2000.0, false, false, QStringLiteral("mm")}}) {}
    explicit Form(const NumberFieldForm& form)
        : field(new NumberField(form, QStringLiteral("box"))),
          other(new NumberField({{0.0, 10.0}}, QStringLiteral("other"))),
          chosen(field, &NumberField::valueChosen)
    {
        auto* column = new QVBoxLayout(&window);
        column->addWidget(field);
        column->addWidget(other);
        window.show();
        window.activateWindow();
        field->box()->setFocus();
        QApplication::processEvents();
    }
    void type(const QString& text)
    {
        field->box()->setFocus();
        field->box()->selectAll();
        field->box()->insert(text);  // as an input method does: keyClicks knows ASCII only
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(field->box(), Qt::Key(key), modifiers);
    }
    QString text() const { return field->box()->text(); }
    double last() const { return chosen.isEmpty() ? field->value() : chosen.last().first().toDouble(); }
};

}  // namespace

class NumberBoxTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { QLocale::setDefault(QLocale::c()); }

    void everyLanguageReadsBothMarks_data()
    {
        QTest::addColumn<QString>("language");
        for (const QString& language : languages())
            QTest::newRow(qPrintable(language)) << language;
    }
    void everyLanguageReadsBothMarks()
    {
        QFETCH(QString, language);
        const QLocale locale(language);
        const std::pair<const char*, double> texts[] = {{"120.5", 120.5},
                                                        {"120,5", 120.5},
                                                        {"7.5", 7.5},
                                                        {"-0.5", -0.5},
                                                        {"\xe2\x88\x92"
                                                         "0,5",
                                                         -0.5},
                                                        {"1e3", 1000.0},
                                                        {"1E+3", 1000.0},
                                                        {"2.5e-3", 0.0025},
                                                        {" 12 ", 12.0},
                                                        {"\xef\xbc\x91\xef\xbc\x92", 12.0},
                                                        {"\xef\xbc\x91\xef\xbc\x8e\xef\xbc\x95", 1.5},
                                                        {"\xd9\xa1\xd9\xa2\xd9\xab\xd9\xa5", 12.5},
                                                        {".5", 0.5},
                                                        {"5.", 5.0},
                                                        {"120 mm", 120.0},
                                                        {"120,5mm", 120.5},
                                                        {"120\xc2\xa0MM", 120.0},
                                                        {"1 200", 1200.0},
                                                        {"1\xe2\x80\xaf"
                                                         "200",
                                                         1200.0},
                                                        {"1'200", 1200.0},
                                                        {"1\xe2\x80\x99"
                                                         "200.5",
                                                         1200.5},
                                                        {"1.234,5", 1234.5},
                                                        {"1,234.5", 1234.5},
                                                        {"1.000.000", 1e6},
                                                        {"1,000,000", 1e6},
                                                        {"0.125", 0.125},
                                                        {"0,125", 0.125},
                                                        {"1.2345", 1.2345},
                                                        {"1234.567", 1234.567},
                                                        {"+5", 5.0},
                                                        {"0007", 7.0},
                                                        {"\xe2\x80\x8e"
                                                         "5",
                                                         5.0}};
        for (const auto& [text, value] : texts) {
            const TypedNumber typed = typedNumber(QString::fromUtf8(text), locale, QStringLiteral("mm"));
            QVERIFY2(typed.fault == NumberFault::None, text);
            QCOMPARE(realValue(typed.value), value);
        }
        for (const char* text : {"abc", "1.2.3", "12,34,5", "1 2", "12 00", "--5", "-", ".", "e5", "1e", "0x10", "nan",
                                 "inf", "1e999", "1/2", "1_000", "12 monkeys", "10\xc2\xb2"}) {
            const TypedNumber typed = typedNumber(QString::fromUtf8(text), locale, QStringLiteral("mm"));
            QVERIFY2(typed.fault == NumberFault::Unreadable, text);
        }
        QVERIFY(typedNumber(QStringLiteral("  "), locale).fault == NumberFault::Empty);
        QVERIFY(typedNumber(QStringLiteral("12 cm"), locale, QStringLiteral("mm")).fault == NumberFault::OtherUnit);
    }

    void theForeignMarkBeforeThreeDigitsIsAmbiguous()
    {
        const auto fault = [](const char* text, const char* language) {
            return typedNumber(QLatin1String(text), QLocale(QLatin1String(language))).fault;
        };
        for (const char* language : {"de_DE", "fr_FR"}) {
            QVERIFY(fault("1.000", language) == NumberFault::Ambiguous);
            QVERIFY(fault("120.500", language) == NumberFault::Ambiguous);
            QVERIFY(fault("1,000", language) == NumberFault::None);
            QVERIFY(fault("1.000e0", language) == NumberFault::None);
        }
        for (const char* language : {"C", "en_US", "de_CH"}) {
            QVERIFY(fault("1,000", language) == NumberFault::Ambiguous);
            QVERIFY(fault("1.000", language) == NumberFault::None);
        }
        const TypedNumber typed = typedNumber(QStringLiteral("1.500"), QLocale(QStringLiteral("de_DE")));
        QCOMPARE(typed.readings[0], QStringLiteral("1,5"));
        QCOMPARE(typed.readings[1], QStringLiteral("1500"));
    }

    void whatABoxShowsItReadsBack()
    {
        QRandomGenerator random(4);
        for (const QString& language : languages())
            for (int trial = 0; trial < 2000; ++trial) {
                const double scale = std::pow(10.0, random.bounded(24) - 12);
                const double value = (random.generateDouble() - 0.5) * scale;
                const double shown = trial % 2 ? value : QString::number(value, 'g', 1 + trial % 7).toDouble();
                const QString text = textToType(shown, QLocale(language));
                const TypedNumber typed = typedNumber(text, QLocale(language));
                QVERIFY2(typed.fault == NumberFault::None, qPrintable(language + u' ' + text));
                QCOMPARE(realValue(typed.value), shown);
            }
    }

    void decimalsAreTypedKeyByKey_data() { everyLanguageReadsBothMarks_data(); }
    void decimalsAreTypedKeyByKey()
    {
        QFETCH(QString, language);
        QLocale::setDefault(QLocale(language));
        for (const char* typed : {"120.5", "120,5"}) {
            Form form;
            form.field->setValue(178.0);
            form.field->box()->selectAll();
            QTest::keyClicks(form.field->box(), QLatin1String(typed));
            QCOMPARE(form.text(), QLatin1String(typed));  // nothing is rewritten meanwhile
            QCOMPARE(form.field->value(), 120.5);
            QCOMPARE(form.last(), 120.5);
            form.press(Qt::Key_Tab);
            QCOMPARE(form.text(), textToType(120.5, QLocale()));
            QVERIFY(form.field->reason().isEmpty());
        }
    }

    void aRefusedTextStaysWithItsReasonBesideIt()
    {
        QLocale::setDefault(QLocale(QStringLiteral("de_DE")));
        const std::pair<const char*, const char*> cases[] = {
            {"1.000", "may be 1 or 1000"},
            {"5", "5 is not possible; it must be a number from 10 to 2000 mm"},
            {"wide", "“wide” is not a number"},
            {"12 cm", "another unit"},
            {"", "Empty; it must be a number from 10 to 2000 mm"}};
        for (const auto& [text, reason] : cases) {
            Form form;
            form.field->setValue(178.0);
            form.type(QString::fromUtf8(text));
            form.press(Qt::Key_Tab);
            QVERIFY(form.other->box()->hasFocus());
            QCOMPARE(form.text(), QString::fromUtf8(text));
            QVERIFY2(form.field->reason().contains(QString::fromUtf8(reason)), qPrintable(form.field->reason()));
            QVERIFY(form.field->findChild<QWidget*>(QStringLiteral("reason:box"))->isVisible());
            QCOMPARE(form.field->box()->accessibleDescription(), form.field->reason());
            QCOMPARE(form.field->value(), 178.0);
            QVERIFY(form.chosen.isEmpty());
            form.field->setValue(178.0);  // told again by something else that changed
            QCOMPARE(form.text(), QString::fromUtf8(text));
            form.field->box()->setFocus();
            form.press(Qt::Key_Escape);
            QCOMPARE(form.text(), QStringLiteral("178"));
            QVERIFY(form.field->reason().isEmpty());
        }
    }

    void theFirstDigitsOfARefusedTextAreNotUsed()
    {
        const std::tuple<bool, double, const char*> cases[] = {{false, 178.0, "12000"},
                                                               {false, 178.0, "120x"},
                                                               {true, 300.0, "120,5"},
                                                               {true, 300.0, "99 cm"},
                                                               {false, 178.0, "-12"}};
        for (const auto& [whole, before, text] : cases) {
            Form form(NumberFieldForm{{10.0, 2000.0, whole, false, QStringLiteral("mm")}});
            form.field->setValue(before);
            form.field->box()->selectAll();
            QTest::keyClicks(form.field->box(), QLatin1String(text));
            QVERIFY(form.field->refuses());
            QCOMPARE(form.field->value(), before);  // while it is being typed
            form.press(Qt::Key_Tab);
            QVERIFY(form.field->refuses());
            QCOMPARE(form.field->value(), before);
            QCOMPARE(form.last(), before);  // so was everybody told
            QCOMPARE(form.text(), QLatin1String(text));
            QVERIFY(!form.field->reason().isEmpty());
            form.type(QStringLiteral("120"));
            QVERIFY(!form.field->refuses());
            QCOMPARE(form.last(), 120.0);
            form.field->box()->selectAll();
            QTest::keyClicks(form.field->box(), QStringLiteral("wide"));
            QCOMPARE(form.last(), before);  // 120 was never entered
        }
    }

    void theReasonWaitsUntilTypingPauses()
    {
        Form form;
        form.field->box()->selectAll();
        QTest::keyClicks(form.field->box(), QStringLiteral("1"));
        QVERIFY(form.field->reason().isEmpty());  // "120" may follow
        QTRY_VERIFY(!form.field->reason().isEmpty());
        QTest::keyClicks(form.field->box(), QStringLiteral("20"));
        QVERIFY(form.field->reason().isEmpty());
        QCOMPARE(form.field->value(), 120.0);
    }

    void escapeBringsBackTheValueFromBeforeTyping()
    {
        Form form;
        form.field->setValue(178.0);
        form.type(QStringLiteral("120"));
        QCOMPARE(form.field->value(), 120.0);
        form.press(Qt::Key_Escape);
        QCOMPARE(form.field->value(), 178.0);
        QCOMPARE(form.last(), 178.0);
        QCOMPARE(form.text(), QStringLiteral("178"));
    }

    void aValueChangedElsewhereReplacesWhatWasTyped()
    {
        Form form;
        form.field->setValue(178.0);
        form.type(QStringLiteral("wide"));
        form.press(Qt::Key_Return);
        QVERIFY(!form.field->reason().isEmpty());
        form.field->setValue(86.0);
        QCOMPARE(form.text(), QStringLiteral("86"));
        QVERIFY(form.field->reason().isEmpty());
        form.field->setValue(178.0);
        form.type(QStringLiteral("wide"));
        form.press(Qt::Key_Return);
        form.field->startWith(178.0);
        QCOMPARE(form.text(), QStringLiteral("178"));
    }

    void keysAndWheelStep()
    {
        Form form(NumberFieldForm{{0.0, 10.0, false, false, QStringLiteral("s")}, 0.1});
        form.field->setValue(0.2);
        form.press(Qt::Key_Up);
        QCOMPARE(form.text(), QStringLiteral("0.3"));
        form.press(Qt::Key_PageUp);
        QCOMPARE(form.field->value(), 1.3);
        form.press(Qt::Key_Down);
        QCOMPARE(form.field->value(), 1.2);
        form.press(Qt::Key_PageDown);
        form.press(Qt::Key_PageDown);
        QCOMPARE(form.field->value(), 0.0);
        const auto turn = [&](NumberField* field, int eighths) {
            QWheelEvent event(QPointF(5, 5), field->box()->mapToGlobal(QPointF(5, 5)), {}, {0, eighths}, Qt::NoButton,
                              Qt::NoModifier, Qt::NoScrollPhase, false);
            QApplication::sendEvent(field->box(), &event);
            return event.isAccepted();
        };
        QVERIFY(turn(form.field, 240));
        QCOMPARE(form.field->value(), 0.2);
        QVERIFY(turn(form.field, 60));  // half a notch
        QCOMPARE(form.field->value(), 0.2);
        turn(form.field, 60);
        QCOMPARE(form.field->value(), 0.3);
        QVERIFY(!turn(form.other, 120));  // without the keyboard's focus the wheel scrolls
        form.type(QStringLiteral("wide"));
        form.press(Qt::Key_Up);  // from the value that is in use
        QCOMPARE(form.text(), QStringLiteral("0.4"));
        QVERIFY(form.field->reason().isEmpty());
    }

    void wholeNumbersAreWhole()
    {
        Form form(NumberFieldForm{{36.0, 2400.0, true, false, QStringLiteral("dpi")}});
        for (const char* text : {"300", "300.0", "3e2", "300 dpi"}) {
            form.type(QLatin1String(text));
            form.press(Qt::Key_Return);
            QCOMPARE(form.field->value(), 300.0);
            QCOMPARE(form.text(), QStringLiteral("300"));
        }
        form.type(QStringLiteral("300.5"));
        form.press(Qt::Key_Return);
        QVERIFY2(form.field->reason().contains(
                     QStringLiteral("300.5 is not possible; it must be a whole number from 36 to 2400 dpi")),
                 qPrintable(form.field->reason()));
        QCOMPARE(form.field->value(), 300.0);
    }

    void anEmptyBoxMayHaveAMeaning()
    {
        Form form(NumberFieldForm{
            {3.0, 72.0, false, false, QStringLiteral("pt")}, 0.5, QStringLiteral("Automatic"), 0.0, 8.0});
        QCOMPARE(form.field->value(), 0.0);
        QVERIFY(form.text().isEmpty());
        form.type(QStringLiteral("7.5"));
        QCOMPARE(form.field->value(), 7.5);
        form.type(QString());
        form.press(Qt::Key_Return);
        QCOMPARE(form.field->value(), 0.0);
        QVERIFY(form.field->reason().isEmpty());
        form.press(Qt::Key_Up);
        QCOMPARE(form.field->value(), 8.0);
        form.type(QStringLiteral("automatic"));
        form.press(Qt::Key_Return);
        QCOMPARE(form.field->value(), 0.0);
        QVERIFY(form.text().isEmpty());
    }

    void returnEntersHereAndLeavesTheDialogAlone()
    {
        Form form;
        form.type(QStringLiteral("120"));
        QKeyEvent entering(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, QStringLiteral("\r"));
        QApplication::sendEvent(form.field->box(), &entering);
        QVERIFY(entering.isAccepted());
        QKeyEvent again(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, QStringLiteral("\r"));
        QApplication::sendEvent(form.field->box(), &again);
        QVERIFY(!again.isAccepted());
    }
};

QTEST_MAIN(NumberBoxTest)
#include "number_box.moc"
