// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/form/control_panel.h"
#include "core/experiment/fields.h"
#include "core/experiment/presets.h"
#include "ui/window/form/field_row.h"
#include "ui/window/form/panel_section.h"
#include "ui/window/form/slider_range.h"
#include "ui/window/widgets/number_box.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

using namespace posbias;
using namespace posbias::ui;

namespace {

struct Shown {
    ExperimentModel model;
    std::unique_ptr<ControlPanel> panel;

    explicit Shown(const Experiment& experiment = presets().front().experiment)
    {
        model.load(experiment);
        panel = std::make_unique<ControlPanel>(&model);
        panel->resize(panel->width(), 2000);
        panel->show();
        QCoreApplication::processEvents();
    }
    template <class W>
    W* find(const char* name) const
    {
        return panel->findChild<W*>(QLatin1String(name));
    }
    FieldRow* row(const std::string& path) const { return find<FieldRow>(("row:" + path).c_str()); }
    void type(const char* path, const QString& text) const
    {
        auto* box = find<QLineEdit>((std::string("number:") + path).c_str());
        box->setFocus();
        box->selectAll();
        box->insert(text);  // as an input method does: keyClicks knows ASCII only
        QTest::keyClick(box, Qt::Key_Return);
    }
    /// Rows on display, by path.
    QStringList paths() const
    {
        QStringList all;
        for (const FieldRow* row : panel->findChildren<FieldRow*>())
            if (!row->isHidden())
                all << row->path();
        all.sort();
        return all;
    }
};

QStringList expectedPaths(const Experiment& experiment)
{
    QStringList all;
    for (const FieldDescription& field : describeFields(experiment))
        if (field.group != "title" && field.group != "view")
            all << QString::fromStdString(field.path);
    all.sort();
    return all;
}

void drag(QSlider* slider, int distance)
{
    const QPoint from(slider->width() / 2, slider->height() / 2);
    QTest::mousePress(slider, Qt::LeftButton, {}, from);
    for (int step = 1; step <= 5; ++step)
        QTest::mouseMove(slider, from + QPoint(distance * step / 5, 0));
    QTest::mouseRelease(slider, Qt::LeftButton, {}, from + QPoint(distance, 0));
}

}  // namespace

class ControlPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFieldHasItsRow_data()
    {
        QTest::addColumn<QString>("name");
        for (const Preset& preset : presets())
            QTest::newRow(preset.name.c_str()) << QString::fromStdString(preset.name);
    }
    void everyFieldHasItsRow()
    {
        QFETCH(QString, name);
        const Experiment experiment = findPreset(name.toStdString())->experiment;
        const Shown shown(experiment);
        QCOMPARE(shown.paths(), expectedPaths(experiment));
        for (const FieldDescription& field : describeFields(experiment))
            if (const FieldRow* row = shown.row(field.path)) {
                if (const auto* box = shown.find<QLineEdit>(("number:" + field.path).c_str()))
                    QCOMPARE(box->text(), textToType(field.value, QLocale()));
                for (const QWidget* editor : row->editors())
                    QVERIFY2(!editor->accessibleName().isEmpty(), field.path.c_str());
            }
    }

    void aForeignMarkForThousandsIsRefusedBesideTheRow()
    {
        const auto before = QLocale();
        QLocale::setDefault(QLocale(QStringLiteral("de_DE")));
        {
            Shown shown;
            shown.type("length", QStringLiteral("1.000"));
            QVERIFY2(shown.row("length")->problem().contains(QStringLiteral("“1.000” may be 1 or 1000")),
                     qPrintable(shown.row("length")->problem()));
            QCOMPARE(shown.find<QLineEdit>("number:length")->text(), QStringLiteral("1.000"));
            shown.type("length", QStringLiteral("1.200,0"));
            QVERIFY(shown.row("length")->problem().isEmpty());
            QCOMPARE(shown.model.experiment().length, std::int64_t{1200});
            for (const char* text : {"-0.5", "-0,5"}) {
                shown.type("learning.initial", QLatin1String(text));
                QCOMPARE(std::get<Adam>(shown.model.experiment().learning).initial, -0.5);
            }
            QCOMPARE(shown.find<QLineEdit>("number:learning.initial")->text(), QStringLiteral("−0,5"));
        }
        QLocale::setDefault(before);
    }

    void draggingASliderIsOneUndoStep()
    {
        Shown shown;
        auto* slider = shown.find<QSlider>("slider:length");
        drag(slider, 12);
        QVERIFY(shown.model.experiment().length != 1000);
        QCOMPARE(shown.model.undoStack()->count(), 1);
        drag(slider, -12);
        QCOMPARE(shown.model.undoStack()->count(), 2);
        shown.model.undoStack()->undo();
        shown.model.undoStack()->undo();
        QCOMPARE(shown.model.experiment().length, std::int64_t{1000});
        QCOMPARE(shown.find<QLineEdit>("number:length")->text(), QStringLiteral("1000"));
    }

    void rowsStayTheSameWidgetsWhileDragging()
    {
        Shown shown;
        const auto before = shown.panel->findChildren<QWidget*>();
        drag(shown.find<QSlider>("slider:schemes.1.buckets"), 10);
        QCOMPARE(shown.panel->findChildren<QWidget*>(), before);
    }

    void keysStepASliderSensibly()
    {
        Shown shown;
        auto* slider = shown.find<QSlider>("slider:length");
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_PageUp);
        QCOMPARE(shown.model.experiment().length, std::int64_t{2000});
        QTest::keyClick(slider, Qt::Key_PageDown);
        QCOMPARE(shown.model.experiment().length, std::int64_t{1000});
        QTest::keyClick(slider, Qt::Key_Right);
        QVERIFY(shown.model.experiment().length > 1000 && shown.model.experiment().length < 1200);
        QCOMPARE(shown.model.undoStack()->count(), 3);
    }

    void arrowKeysStepANumberByOne()
    {
        Shown shown;
        auto* box = shown.find<QLineEdit>("number:length");
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Up);
        QCOMPARE(shown.model.experiment().length, std::int64_t{1001});
        QCOMPARE(box->text(), QStringLiteral("1001"));
    }

    void theWheelScrollsThePanelUnlessTheSliderHasFocus()
    {
        Shown shown;
        auto* slider = shown.find<QSlider>("slider:length");
        shown.find<QLineEdit>("number:trainingLength")->setFocus();
        const QPointF centre(slider->rect().center());
        const auto turn = [&] {
            QWheelEvent event(centre, slider->mapToGlobal(centre), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                              Qt::NoScrollPhase, false);
            QApplication::sendEvent(slider, &event);
        };
        turn();
        QCOMPARE(shown.model.experiment().length, std::int64_t{1000});
        slider->setFocus();
        turn();
        QVERIFY(shown.model.experiment().length > 1000);
        auto* combo = shown.find<QComboBox>("choice:teacher.kind");
        QWheelEvent event(QPointF(5, 5), combo->mapToGlobal(QPointF(5, 5)), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(combo, &event);
        QVERIFY(std::holds_alternative<PowerLaw>(shown.model.experiment().teacher));
    }

    void aTypedNumberOutOfRangeIsExplainedAndStaysForCorrection()
    {
        Shown shown;
        const Experiment before = shown.model.experiment();
        shown.type("length", QStringLiteral("0"));
        QVERIFY(shown.model.experiment() == before);
        const QString problem = shown.row("length")->problem();
        QVERIFY2(problem.startsWith(QStringLiteral("Length shown n is 0")), qPrintable(problem));
        QVERIFY(shown.find<QLabel>("problem:length")->isVisible());
        QCOMPARE(shown.find<QLineEdit>("number:length")->text(), QStringLiteral("0"));
        shown.find<QLineEdit>("number:trainingLength")->setFocus();
        QCOMPARE(shown.find<QLineEdit>("number:length")->text(), QStringLiteral("0"));
        shown.type("length", QStringLiteral("700"));
        QCOMPARE(shown.model.experiment().length, std::int64_t{700});
        QVERIFY(shown.row("length")->problem().isEmpty());
        QVERIFY(!shown.find<QLabel>("problem:length")->isVisible());
    }

    void whatIsNoNumberIsRefusedInWords_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"many", "12.5", "1e12", "-3", "", "99999999999999999999999", "nan", "inf"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void whatIsNoNumberIsRefusedInWords()
    {
        QFETCH(QString, text);
        Shown shown;
        auto* box = shown.find<QLineEdit>("number:trainingLength");
        box->setFocus();
        box->selectAll();
        QTest::keyClick(box, Qt::Key_Delete);
        QTest::keyClicks(box, text);
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(shown.model.experiment().trainingLength, std::int64_t{512});
        QVERIFY(!shown.row("trainingLength")->problem().isEmpty());
        QCOMPARE(box->text(), text);
    }

    void escapeTakesBackWhatWasRefused()
    {
        Shown shown;
        shown.type("length", QStringLiteral("0"));
        QTest::keyClick(shown.find<QLineEdit>("number:length"), Qt::Key_Escape);
        QCOMPARE(shown.find<QLineEdit>("number:length")->text(), QStringLiteral("1000"));
        QVERIFY(shown.row("length")->problem().isEmpty());
        QVERIFY(!shown.model.problem());
    }

    void numbersMayBeTypedAsTheyAreShown()
    {
        Shown shown;
        shown.type("length", QStringLiteral("1 200"));
        QCOMPARE(shown.model.experiment().length, std::int64_t{1200});
        shown.type("learning.initial", QStringLiteral("−2.5"));
        QCOMPARE(initialValues(shown.model.experiment().learning).mean, -2.5);
        QCOMPARE(shown.find<QLineEdit>("number:learning.initial")->text(), QStringLiteral("−2.5"));
        shown.type("learning.weightDecay", QStringLiteral("1e-6"));
        QCOMPARE(shown.find<QLineEdit>("number:learning.weightDecay")->text(), QStringLiteral("1e-06"));
    }

    void aMaximumDistanceInTheExactHalfIsExplainedUntilMended()
    {
        Shown shown;
        shown.type("schemes.1.maxDistance", QStringLiteral("10"));
        const QString problem = shown.row("schemes.1.maxDistance")->problem();
        QVERIFY2(problem.startsWith(QStringLiteral("Max distance is 10")), qPrintable(problem));
        QVERIFY(shown.row("schemes.1.buckets")->problem().isEmpty());
        shown.type("schemes.1.buckets", QStringLiteral("8"));
        QVERIFY(shown.row("schemes.1.maxDistance")->problem().isEmpty());
        QVERIFY(!shown.model.problem());
    }

    void theRedTextStandsAtTheFieldThatWasEdited()
    {
        Shown shown;
        shown.type("schemes.1.buckets", QStringLiteral("512"));
        QVERIFY(shown.row("schemes.1.buckets")->problem().startsWith(QStringLiteral("Max distance is 128")));
        QVERIFY(shown.row("schemes.1.maxDistance")->problem().isEmpty());
    }

    void undoTakesBackARefusedTextOnly()
    {
        Shown shown;
        shown.type("length", QStringLiteral("900"));
        shown.type("length", QStringLiteral("nine hundred"));
        const QString problem = shown.row("length")->problem();
        QVERIFY2(problem.startsWith(QStringLiteral("“nine hundred” is not a number")), qPrintable(problem));
        QCOMPARE(shown.find<QLineEdit>("number:length")->text(), QStringLiteral("nine hundred"));
        shown.model.undo();
        QCOMPARE(shown.find<QLineEdit>("number:length")->text(), QStringLiteral("900"));
        QVERIFY(shown.row("length")->problem().isEmpty());
        QCOMPARE(shown.model.experiment().length, std::int64_t{900});
    }

    void anotherKindHasOtherRows()
    {
        Shown shown;
        auto* kind = shown.find<QComboBox>("choice:schemes.0.scheme");
        QVERIFY(!shown.row("schemes.0.buckets"));
        kind->setCurrentIndex(kind->findData(QStringLiteral("t5")));
        Q_EMIT kind->activated(kind->currentIndex());
        QVERIFY(std::holds_alternative<T5>(shown.model.experiment().schemes[0]));
        QCoreApplication::processEvents();
        QVERIFY(shown.row("schemes.0.buckets")->isVisible());
        QCOMPARE(shown.find<QComboBox>("choice:schemes.0.scheme"), kind);
        QCOMPARE(shown.model.undoStack()->count(), 1);
        shown.model.undoStack()->undo();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(shown.paths(), expectedPaths(shown.model.experiment()));
    }

    void expectedCountsDisableTheDocumentsAndSayWhy()
    {
        Shown shown;
        auto* documents = shown.find<QLineEdit>("number:corpus.documents");
        QVERIFY(documents->isEnabled());
        const auto buttons = shown.row("corpus.counts")->findChildren<QToolButton*>();
        QTest::mouseClick(buttons.last(), Qt::LeftButton);
        QCOMPARE(shown.model.experiment().corpus.counts, Counts::Expected);
        QVERIFY(!documents->isEnabled());
        QVERIFY(shown.find<QLabel>("reason:corpus.documents")->text().contains(QStringLiteral("cancels")));
        shown.model.undoStack()->undo();
        QVERIFY(documents->isEnabled());
        QVERIFY(shown.find<QLabel>("reason:corpus.documents")->isHidden());
    }

    void theSeedButtonDrawsAnother()
    {
        Shown shown;
        for (int k = 0; k < 20; ++k) {
            const std::int64_t before = shown.model.experiment().corpus.seed;
            QTest::mouseClick(shown.find<QToolButton>("new:corpus.seed"), Qt::LeftButton);
            QVERIFY(shown.model.experiment().corpus.seed != before);
        }
    }

    void aValueBeyondTheSliderPinsIt()
    {
        Shown shown;
        shown.type("length", QStringLiteral("1048576"));
        QCOMPARE(shown.model.experiment().length, std::int64_t{1048576});
        auto* slider = shown.find<QSlider>("slider:length");
        QCOMPARE(slider->value(), slider->maximum());
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Right);
        QCOMPARE(shown.model.experiment().length, std::int64_t{1048576});
        shown.model.cancel();
    }

    void contentIsFoldedAwayUntilWanted()
    {
        const Shown shown;
        QVERIFY(!shown.row("content.kind")->isVisible());
        Experiment experiment = presets().front().experiment;
        experiment.content = RandomContent{};
        const Shown wanted(experiment);
        QVERIFY(wanted.row("content.kind")->isVisible());
    }

    void rowsOfASchemeThatIsGoneAreGoneWithIt()
    {
        Shown shown;
        const Theme themes[] = {theme(ThemeName::Light), theme(ThemeName::Dark)};
        Experiment experiment = presets().front().experiment;
        for (const std::size_t count : {3, 1, 6, 2, 5, 4, 1}) {
            experiment.schemes.assign(count, T5{});
            experiment.schemes[0] = PerOffset{};
            shown.model.load(experiment);
            for (const Theme& each : themes) {
                shown.panel->setTheme(each);  // goes through every row that the panel knows
                QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
                shown.panel->setTheme(each);
            }
            QCOMPARE(shown.paths(), expectedPaths(experiment));
            for (const PanelSection* section : shown.panel->findChildren<PanelSection*>())
                QCOMPARE(section->isHidden(), section->rows().isEmpty());
        }
    }

    void sliderPositionsAreAllowedValuesInOrder()
    {
        Experiment experiments[2] = {presets().front().experiment, presets().front().experiment};
        experiments[1].schemes[0] = T5{};
        experiments[1].teacher = Periodic{};
        experiments[1].corpus.lengths = ParetoLengths{};
        experiments[1].learning = Exact{};
        experiments[1].content = RandomContent{};
        for (const Experiment& experiment : experiments)
            for (const FieldDescription& field : describeFields(experiment)) {
                const auto range = field.group == "view" ? std::nullopt : sliderRange(field);
                if (!range)
                    continue;
                double last = field.min;
                for (int k = 0; k <= 400; ++k) {
                    const double value = range->valueAt(k / 400.0);
                    const FieldValue typed = field.type == FieldType::Integer
                                                 ? FieldValue(static_cast<std::int64_t>(value))
                                                 : FieldValue(value);
                    QVERIFY2(value >= last, field.path.c_str());
                    last = value;
                    withField(experiment, field.path, typed);  // throws when it is not allowed
                }
                QCOMPARE(range->fractionOf(range->valueAt(0.0)), 0.0);
                QCOMPARE(range->fractionOf(range->valueAt(1.0)), 1.0);
            }
    }

    void nothingIsClippedInLargeType()
    {
        QFont large = QApplication::font();
        large.setPixelSize(22);
        QApplication::setFont(large);
        const Shown shown;
        const auto clipped = [&] {
            QStringList paths;
            for (const FieldRow* row : shown.panel->findChildren<FieldRow*>())
                if (row->isVisible() && (row->width() < row->minimumSizeHint().width() ||
                                         row->geometry().right() > row->parentWidget()->width()))
                    paths << row->path();
            return paths;
        };
        QTRY_COMPARE(clipped(), QStringList());  // once the layouts have come to rest
        QApplication::setFont(QFont());
    }
};

QTEST_MAIN(ControlPanelTest)
#include "control_panel.moc"
