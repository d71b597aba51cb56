// SPDX-License-Identifier: GPL-3.0-or-later
// Long trainings that are kept as files and go on after a break, with a clock of the test's own.

#include "core/learning/kept_trainings.h"

#include "core/base/error.h"
#include "core/evaluation/result.h"
#include "core/io/state_files.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

#include <csignal>

using namespace posbias;
namespace fs = std::filesystem;

namespace {

using Time = std::chrono::steady_clock::time_point;

Experiment trained(const Learning& learning)
{
    Experiment e;
    e.trainingLength = 48;
    e.length = 64;
    e.view = {60, 10};
    e.corpus = CorpusSettings{9, UniformLengths{}, Counts::Sampled, 4, 12};
    e.schemes = {PerOffset{}, T5{}};
    e.learning = learning;
    return e;
}

Experiment longTraining()
{
    return trained(Adam{.steps = 20'000, .batch = 2, .stopping = Stopping::BestHeldOut});
}

/// Looks at the clock: each look is so much later than the one before.
StateFiles::Clock lookingEvery(std::chrono::milliseconds time)
{
    return [now = Time{}, time]() mutable { return now += time; };
}

/// Stops at the fraction of the whole.
struct Stopped {
    std::stop_source stop;
    double at;
    Progress progress()
    {
        return {stop.get_token(), [this](double fraction) {
                    if (fraction >= at)
                        stop.request_stop();
                }};
    }
};

/// Where the evaluation was when it told so first.
double beginningOf(const Experiment& experiment, StateShelf& shelf, std::shared_ptr<const Result>* result = nullptr)
{
    double first = -1.0;
    const auto made =
        evaluate(experiment, {{}, [&](double fraction) { first = first < 0.0 ? fraction : first; }}, {}, {}, &shelf);
    if (result != nullptr)
        *result = made;
    return first;
}

/// As an argument: the program trains in the folder that follows until it kills itself.
const auto trainUntilKilled = QStringLiteral("--train-until-killed");

void trainAndDie(const fs::path& folder)
{
    StateFiles shelf(folder, {}, lookingEvery(std::chrono::seconds(3)));
    const auto die = [](double fraction) {
        if (fraction >= 0.3)
            std::raise(SIGKILL);
    };
    evaluate(longTraining(), {{}, die}, {}, {}, &shelf);
}

bool same(const Result& a, const Result& b)
{
    for (std::size_t s = 0; s < a.schemes.size(); ++s) {
        const TrainedScheme &x = *a.training.schemes[s], &y = *b.training.schemes[s];
        if (x.fit.values != y.fit.values || x.fit.steps != y.fit.steps || x.fit.trainNll != y.fit.trainNll ||
            x.course->at(10'000).values != y.course->at(10'000).values)
            return false;
    }
    return a.schemes.size() == b.schemes.size();
}

}  // namespace

class KeptTrainingsTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    fs::path folder() const { return fs::path(m_folder->path().toStdString()) / "trainings"; }
    std::vector<fs::path> states() const
    {
        std::vector<fs::path> found;
        std::error_code none;
        for (const auto& entry : fs::directory_iterator(folder(), none)) {
            if (entry.path().extension() == ".state")
                found.push_back(entry.path());
        }
        return found;
    }
    bool nothingIsLeft() const { return !fs::exists(folder()) || fs::is_empty(folder()); }
    /// Trains up to the fraction of the whole, and no further.
    void breakOffAt(double fraction, const Experiment& experiment = longTraining(),
                    StateFiles::JournalFolder journal = {})
    {
        StateFiles shelf(folder(), std::move(journal), lookingEvery(std::chrono::seconds(3)));
        Stopped stopped{{}, fraction};
        QVERIFY_EXCEPTION_THROWN(evaluate(experiment, stopped.progress(), {}, {}, &shelf), Cancelled);
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    /// In the first scheme's training, and in the second's: the first's is not trained again.
    void aBrokenOffTrainingGoesOnFromItsLastStateAndEndsAsWithoutABreak()
    {
        const auto whole = evaluate(longTraining());
        for (const double at : {0.3, 0.9}) {
            breakOffAt(at);
            QCOMPARE(states().size(), at < 0.5 ? std::size_t{1} : std::size_t{2});
            StateFiles shelf(folder());
            std::shared_ptr<const Result> result;
            const double beginning = beginningOf(longTraining(), shelf, &result);
            QVERIFY2(beginning > (at < 0.5 ? 0.1 : 0.4) && beginning <= at, qPrintable(QString::number(beginning)));
            QVERIFY(same(*result, *whole));
            QVERIFY(nothingIsLeft());
        }
    }

    void aKilledProcessLeavesAStateToGoOnFrom()
    {
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(),
                      {trainUntilKilled, QString::fromStdString(folder().string())});
        QVERIFY(process.waitForFinished(120'000));
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
        QCOMPARE(states().size(), std::size_t{1});
        StateFiles shelf(folder());
        std::shared_ptr<const Result> result;
        QVERIFY(beginningOf(longTraining(), shelf, &result) > 0.1);
        QVERIFY(same(*result, *evaluate(longTraining())));
        QVERIFY(nothingIsLeft());
    }

    void aDamagedStateIsIgnoredAndGoes()
    {
        breakOffAt(0.3);
        QCOMPARE(states().size(), std::size_t{1});
        std::fstream file(states().front(), std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(200);
        file.put('\x5a').put('\x5b');
        file.close();
        StateFiles shelf(folder());
        std::shared_ptr<const Result> result;
        QVERIFY(beginningOf(longTraining(), shelf, &result) < 0.05);
        QVERIFY(same(*result, *evaluate(longTraining())));
        QVERIFY(nothingIsLeft());
    }

    void anotherTrainingGoesItsOwnWay()
    {
        breakOffAt(0.3);
        Experiment other = longTraining();
        other.corpus.seed = 5;
        StateFiles shelf(folder());
        QVERIFY(beginningOf(other, shelf) < 0.05);
        QCOMPARE(states().size(), std::size_t{1});
        QVERIFY(beginningOf(longTraining(), shelf) > 0.1);
    }

    void aTrainingThatIsShortLeavesNoTrace()
    {
        StateFiles shelf(folder(), {}, lookingEvery(std::chrono::milliseconds(0)));
        Stopped stopped{{}, 0.3};
        QVERIFY_EXCEPTION_THROWN(evaluate(longTraining(), stopped.progress(), {}, {}, &shelf), Cancelled);
        QVERIFY(!fs::exists(folder()));
    }

    void aTrainingThatFailsLeavesNoState()
    {
        breakOffAt(0.3);
        const std::vector<fs::path> before = states();
        StateFiles shelf(folder(), {}, lookingEvery(std::chrono::seconds(30)));
        const Experiment failing =
            trained(Sgd{.learningRate = 10.0, .steps = 20'000, .weightDecay = 1.0, .initial = 1.0});
        QVERIFY_EXCEPTION_THROWN(evaluate(failing, {}, {}, {}, &shelf), FailureError);
        QCOMPARE(states(), before);
    }

    void whatAnotherWindowIsAtIsLeftAlone()
    {
        StateFiles theirs(folder()), mine(folder());
        theirs.keep(7, "theirs");
        QVERIFY(mine.find(7).empty());
        mine.keep(7, "mine");
        mine.drop(7);
        fs::create_directories(folder() / "journal");
        std::ofstream(folder() / "journal" / states().front().filename());
        mine.discard(folder() / "journal");
        mine.close(true);
        QCOMPARE(theirs.find(7), std::string("theirs"));
        theirs.letGo(7);
        QCOMPARE(StateFiles(folder()).find(7), std::string("theirs"));
    }

    void discardingAJournalDiscardsItsStatesAlone()
    {
        const fs::path journal = fs::path(m_folder->path().toStdString()) / "window-1";
        fs::create_directories(journal);
        Experiment saved = longTraining();
        saved.corpus.seed = 5;
        breakOffAt(0.3, saved);
        const std::vector<fs::path> before = states();
        breakOffAt(0.3, longTraining(), [&] { return journal; });
        QCOMPARE(states().size(), std::size_t{2});
        StateFiles(folder()).discard(journal);
        QCOMPARE(states(), before);
    }

    void aWindowThatClosesKeepsItsStateUnlessItsWorkIsDiscarded()
    {
        for (const bool discarded : {false, true}) {
            StateFiles files(folder());
            files.keep(7, "seven");
            files.close(discarded);
            files.keep(8, "too late");
            files.letGo(7);
            QCOMPARE(states().size(), discarded ? std::size_t{0} : std::size_t{1});
        }
    }

    void onlyTheNewestStatesStayThatNobodyIsAt()
    {
        StateFiles held(folder()), files(folder());
        held.keep(1000, "held");
        fs::last_write_time(states().front(), fs::file_time_type::clock::now() - 2 * StateFiles::longest);
        for (std::uint64_t key = 1; key <= StateFiles::mostLeft + 5; ++key) {
            files.keep(key, std::to_string(key));
            files.letGo(key);
            for (const fs::path& each : states())  // as if an hour had passed
                fs::last_write_time(each, fs::last_write_time(each) - std::chrono::hours(1));
        }
        files.keep(500, "newest");
        QCOMPARE(states().size(), StateFiles::mostLeft + 2);
        QVERIFY(files.find(5).empty());
        QCOMPARE(files.find(StateFiles::mostLeft + 5), std::to_string(StateFiles::mostLeft + 5));
        QCOMPARE(held.find(1000), std::string("held"));
    }

    void aFolderThatCannotBeWrittenStopsNoTraining()
    {
        std::ofstream(folder().string()) << "a file";
        StateFiles shelf(folder() / "inside", {}, lookingEvery(std::chrono::seconds(30)));
        QVERIFY(same(*evaluate(longTraining(), {}, {}, {}, &shelf), *evaluate(longTraining())));
    }
};

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    if (argc == 3 && argv[1] == trainUntilKilled) {
        trainAndDie(argv[2]);
        return 0;
    }
    KeptTrainingsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "kept_trainings.moc"
