// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/inquiry.h"
#include "core/experiment/presets.h"
#include "tests/ui/at_rest.h"
#include "tests/ui/busy_pool.h"
#include "ui/model/experiment_model.h"
#include "ui/model/study_model.h"
#include "ui/text/numbers.h"
#include "ui/window/inspector/inspector.h"
#include "ui/window/stage/stage.h"

#include <QLabel>
#include <QTest>

using namespace posbias;
using namespace posbias::ui;

class InquiryTest : public QObject {
    Q_OBJECT

private slots:
    void quickQuestionsAreAnsweredInTheCall()
    {
        Inquiry inquiry;
        int shown = 0;
        inquiry.ask([&shown] { return [&shown] { shown = 1; }; }, false);
        QCOMPARE(shown, 1);
    }

    void slowQuestionsAreAnsweredLaterAndTheAnswerIsShownHere()
    {
        Inquiry inquiry;
        QThread* asked = nullptr;
        QThread* shown = nullptr;
        {
            const BusyPool busy;
            inquiry.ask(
                [&] {
                    asked = QThread::currentThread();
                    return [&] { shown = QThread::currentThread(); };
                },
                true);
            QCoreApplication::processEvents();
            QVERIFY(!asked && !shown);
        }
        QTRY_COMPARE(shown, QThread::currentThread());
        QVERIFY(asked != shown);
    }

    void ofManyQuestionsTheFirstAndTheNewestAreAnswered()
    {
        Inquiry inquiry;
        QList<int> shown;
        {
            const BusyPool busy;
            for (int k = 1; k <= 5; ++k)
                inquiry.ask([&shown, k] { return [&shown, k] { shown.append(k); }; }, true);
        }
        QTRY_COMPARE(shown, (QList<int>{1, 5}));
    }

    void aQuickAnswerIsNotOverwrittenByAnOlderSlowOne()
    {
        Inquiry inquiry;
        QList<int> shown;
        const auto question = [&shown](int k) { return [&shown, k] { return [&shown, k] { shown.append(k); }; }; };
        {
            const BusyPool busy;
            inquiry.ask(question(1), true);
            inquiry.ask(question(2), true);
            inquiry.ask(question(3), false);
        }
        untilJobsAreDone();
        QCOMPARE(shown, QList<int>{3});
        inquiry.ask(question(4), true);
        QTRY_COMPARE(shown, (QList<int>{3, 4}));
    }

    void withoutMemoryForAnAnswerTheLastOneStays()
    {
        Inquiry inquiry;
        int shown = 0;
        inquiry.ask([]() -> Inquiry::Answer { throw std::bad_alloc(); }, true);
        inquiry.ask([&shown] { return [&shown] { shown = 2; }; }, true);
        QTRY_COMPARE(shown, 2);
    }

    void oneThatIsGoneShowsNothing()
    {
        int shown = 0;
        {
            Inquiry inquiry;
            const BusyPool busy;
            inquiry.ask([&shown] { return [&shown] { shown = 1; }; }, true);
        }
        untilJobsAreDone();
        QCOMPARE(shown, 0);
    }

    void ofALongSequenceTheInspectorAndThePictureAreMadeOffTheGuiThread()
    {
        ExperimentModel model;
        Inspector inspector(&model);
        StudyModel studies;
        connect(&model, &ExperimentModel::resultChanged, &studies, [&] { studies.setResult(model.result()); });
        Stage stage(&model, &studies);
        stage.setView(FigureKind::Attention);
        stage.resize(900, 700);
        stage.show();
        Experiment experiment = presets().front().experiment;
        experiment.length = std::int64_t{1} << 17;
        experiment.view = {100000, 50000};
        model.load(experiment);
        const auto text = [&](const char* name) { return inspector.findChild<QLabel*>(QLatin1String(name))->text(); };
        QTRY_VERIFY(text("shares.title").contains(integer(100000)));
        QTRY_VERIFY(stage.picture() == PictureState::Ready && stage.hasPicture());
        {
            const BusyPool busy;
            model.hover(CellPosition{90000, 1000});
            QTRY_VERIFY(text("heading.cell").contains(integer(90000)));
            QVERIFY(text("shares.title").contains(integer(100000)));  // until the row is known
            QTRY_VERIFY(stage.picture() == PictureState::Older);
        }
        QTRY_VERIFY(text("shares.title").contains(integer(90000)));
        QTRY_VERIFY(stage.picture() == PictureState::Ready);
    }

    void theInspectorFollowsWhereRowsOfContentAreCostly()
    {
        ExperimentModel model;
        Inspector inspector(&model);
        Experiment experiment = presets().front().experiment;
        experiment.length = std::int64_t{1} << 18;
        experiment.content = RandomContent{1, 1};
        experiment.view = {200000, 100000};
        model.load(experiment);
        const auto text = [&](const char* name) { return inspector.findChild<QLabel*>(QLatin1String(name))->text(); };
        QTRY_VERIFY(text("shares.title").contains(QStringLiteral("200")));
        QVERIFY(model.result()->schemes[0].attention->rowsAreCostly());
        {
            const BusyPool busy;
            model.hover(CellPosition{150000, 1000});
            QTRY_VERIFY(text("heading.cell").contains(QStringLiteral("150")));
            QVERIFY(text("shares.title").contains(QStringLiteral("200")));  // until the row is known
        }
        QTRY_VERIFY(text("shares.title").contains(QStringLiteral("150")));
    }
};

QTEST_MAIN(InquiryTest)
#include "inquiry.moc"
