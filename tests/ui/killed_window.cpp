// SPDX-License-Identifier: GPL-3.0-or-later
// Kills a working window at random moments and looks for what it had done: nothing but the last two seconds may be lost.
//
// The program starts itself as the window that is killed: `killed_window --window FOLDER SEED`. It logs every edit with
// its time before the next one. KILL_ROUNDS sets the number of rounds (tests/kill.sh).

#include "core/io/experiment_file.h"
#include "core/io/journal_place.h"
#include "core/io/lecture_file.h"
#include "tests/ui/lab_window.h"
#include "ui/window/document.h"
#include "ui/window/ending_signals.h"
#include "ui/window/session_end.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSessionManager>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <chrono>
#include <csignal>
#include <fstream>
#include <iostream>

using namespace posbias;
using namespace posbias::ui;
namespace fs = std::filesystem;

namespace {

constexpr int patience = 120'000;
constexpr std::int64_t mayBeLost = 2000;  // ms

std::int64_t now()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// The state of the document after an edit, in one line: the journal that it deserves.
std::string stateText(const Document& document)
{
    return QString::fromStdString(JournalWriter().text(document.journal())).toUtf8().toBase64().toStdString();
}

// ---- The window that is killed ----------------------------------------------------------------------------------

class Worker {
public:
    Worker(MainWindow& window, const fs::path& folder, quint32 seed)
        : m_document(*window.findChild<Document*>()),
          m_model(*window.model()),
          m_random(seed),
          m_log(folder / "log", std::ios::app)
    {
        QObject::connect(&m_timer, &QTimer::timeout, [this] { edit(); });
        m_timer.setSingleShot(true);
        next();
    }

private:
    void next() { m_timer.start(static_cast<int>(m_random.bounded(1, 120))); }

    void edit()
    {
        switch (m_random.bounded(12)) {
        case 0: m_model.undo(); break;
        case 1: m_model.undoStack()->redo(); break;
        case 2: keepFigure(); break;
        case 3: m_document.save(); break;
        case 4: m_model.setField(QStringLiteral("schemes.1.maxDistance"), std::int64_t{m_random.bounded(9, 40)}); break;
        case 5: drag(); break;
        default: m_model.setField(QStringLiteral("title"), "Edit " + std::to_string(++m_edits)); break;
        }
        m_model.endGesture();
        m_log << now() << ' ' << stateText(m_document) << std::endl;
        next();
    }

    void keepFigure()
    {
        FigureDesign figure;
        figure.name = "figure-" + std::to_string(m_random.bounded(4));
        figure.dress.title = std::to_string(++m_edits);
        m_document.keepFigure(figure);
    }

    void drag()
    {
        for (int k = 0; k < 10; ++k)
            m_model.setField(QStringLiteral("length"), std::int64_t{m_random.bounded(33, 90)});
    }

    Document& m_document;
    ExperimentModel& m_model;
    QRandomGenerator m_random;
    std::ofstream m_log;
    QTimer m_timer;
    int m_edits = 0;
};

/// Answers nothing: a signal must end it.
void openADialog(MainWindow& window)
{
    auto* box = new QMessageBox(&window);
    box->setText(QStringLiteral("A question"));
    box->exec();
    delete box;
}

int workUntilKilled(const fs::path& folder, quint32 seed)
{
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope,
                       QString::fromStdString((folder / "settings").string()));
    MainWindow window;
    const EndingSignals endings([&window] { window.keepForNextStart(); });
    window.openFile(folder / "work.posbias");
    window.keepJournal(folder / "journals");
    window.show();
    Worker worker(window, folder, seed);
    if (seed % 3 == 0)
        QTimer::singleShot(300, &window, [&window] { openADialog(window); });
    std::cout << "ready" << std::endl;
    QApplication::exec();
    return endings.received();
}

// ---- What is found afterwards -----------------------------------------------------------------------------------

struct Logged {
    std::int64_t time;
    std::string state;
};

std::vector<Logged> logIn(const fs::path& folder)
{
    std::vector<Logged> all;
    std::ifstream stream(folder / "log");
    Logged entry;
    for (std::string line; std::getline(stream, line) && !stream.eof();) {
        const std::size_t gap = line.find(' ');
        all.push_back({std::stoll(line.substr(0, gap)), line.substr(gap + 1)});
    }
    return all;
}

/// What the next start has: the file, and the journal where there is one.
std::vector<Lecture> foundIn(const fs::path& folder)
{
    std::vector<Lecture> found = {readLecture(folder / "work.posbias")};
    for (const JournalPlace& place : JournalPlace::orphans(folder / "journals")) {
        const Journal journal = readJournal(place.file());
        found.push_back({journal.experiment, journal.origin.figures});
    }
    return found;
}

Journal journalOf(const std::string& state)
{
    return journalFromJson(QByteArray::fromBase64(QByteArray::fromStdString(state)).toStdString(), "log");
}

}  // namespace

class TestKilledWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyTheLastMomentsAreLost_data();
    void onlyTheLastMomentsAreLost();
    void theProgramEndsBySignalWithoutAQuestion();
    void aFileThatASaveBrokeOpensAWindowThatAsks();
    void theSessionsEndKeepsWhatIsNotSavedWithoutAQuestion();
    void closingByHandStillAsksOnceTheSessionGoesOn();
};

void TestKilledWindow::onlyTheLastMomentsAreLost_data()
{
    QTest::addColumn<quint32>("seed");
    bool given = false;
    const int asked = qEnvironmentVariableIntValue("KILL_ROUNDS", &given);
    for (quint32 seed = 1; seed <= static_cast<quint32>(given ? asked : 6); ++seed)
        QTest::addRow("%u", seed) << seed;
}

void TestKilledWindow::onlyTheLastMomentsAreLost()
{
    QFETCH(quint32, seed);
    QTemporaryDir temporary;
    const fs::path folder = temporary.path().toStdString();
    Experiment start = lab::small();
    start.title = "Start";
    writeExperiment(folder / "work.posbias", start);

    QProcess window;
    window.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    window.start(QCoreApplication::applicationFilePath(),
                 {QStringLiteral("--window"), temporary.path(), QString::number(seed)});
    QByteArray said;
    const auto isReady = [&] { return (said += window.readAllStandardOutput()).contains("ready"); };
    QTRY_VERIFY_WITH_TIMEOUT(isReady() || window.state() == QProcess::NotRunning, patience);
    QCOMPARE(window.state(), QProcess::Running);
    QRandomGenerator random(seed);
    // A moment that depends on nothing in the window.
    QElapsedTimer life;
    life.start();
    const int moment = random.bounded(200, 6000);
    QTRY_VERIFY_WITH_TIMEOUT(life.elapsed() >= moment, patience);
    const bool gently = seed % 2 == 0;
    ::kill(static_cast<pid_t>(window.processId()), gently ? SIGTERM : SIGKILL);
    const std::int64_t killed = now();
    QVERIFY(window.waitForFinished(patience));
    if (gently) {
        QCOMPARE(window.exitStatus(), QProcess::NormalExit);
        QCOMPARE(window.exitCode(), SIGTERM);
    }

    const std::vector<Logged> log = logIn(folder);
    const std::vector<Lecture> found = foundIn(folder);
    const auto isFound = [&](const Lecture& state) { return std::ranges::find(found, state) != found.end(); };
    // The states that were good enough: those of the last two seconds, and what stood when they began.
    std::size_t first = log.size();
    while (first > 0 && log[first - 1].time >= killed - (gently ? 0 : mayBeLost))
        --first;
    bool isAmong = first == 0 && isFound({start, {}});
    for (std::size_t i = first == 0 ? 0 : first - 1; i < log.size() && !isAmong; ++i) {
        const Journal state = journalOf(log[i].state);
        isAmong = isFound({state.experiment, state.origin.figures});
    }
    QVERIFY2(isAmong, qPrintable(QStringLiteral("killed after %1 ms and %2 edits, found “%3”")
                                     .arg(moment)
                                     .arg(log.size())
                                     .arg(QString::fromStdString(found.back().experiment.title))));

    // The next start offers it, with every step.
    std::vector<JournalPlace> places = JournalPlace::orphans(folder / "journals");
    if (places.empty())
        return;
    const Journal journal = readJournal(places.front().file());
    places.clear();
    const lab::OwnSettings settings;
    MainWindow next;
    next.keepJournal(folder / "journals");
    next.show();
    const auto restore = [&]() -> QPushButton* {
        for (auto* button : next.findChildren<QPushButton*>()) {
            if (button->text() == QStringLiteral("Restore") && button->isVisible())
                return button;
        }
        return nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(restore(), patience);
    restore()->click();
    QVERIFY(next.findChild<Document*>()->journal() == journal);
    QUndoStack& steps = *next.model()->undoStack();
    while (steps.canUndo())
        steps.undo();
    QCOMPARE(next.model()->experiment().title, std::string("Start"));
}

/// As the program does once it has a window.
static bool catches(const QProcess& program, int signal)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(program.processId()));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray text = file.readAll();
    const qsizetype at = text.indexOf("SigCgt:");
    return ((text.mid(at + 7, 18).trimmed().toULongLong(nullptr, 16) >> (signal - 1)) & 1) != 0;
}

void TestKilledWindow::aFileThatASaveBrokeOpensAWindowThatAsks()
{
    QTemporaryDir home;
    const fs::path file = home.filePath(QStringLiteral("mine.posbias")).toStdString();
    std::ofstream(file) << "{\"posbias\": 1, \"tit";
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XDG_STATE_HOME"), home.filePath(QStringLiteral("state")));
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home.filePath(QStringLiteral("config")));
    QProcess program;
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(POSBIAS_EXECUTABLE), {QString::fromStdString(file.string())});
    QVERIFY(program.waitForFinished(patience));
    QCOMPARE(program.exitCode(), 2);  // there is nothing to ask
    QVERIFY(program.readAllStandardError().startsWith("posbias: "));
    writeExperiment(file.string() + ".before-saving-7", lab::small());
    program.start(QStringLiteral(POSBIAS_EXECUTABLE), {QString::fromStdString(file.string())});
    QVERIFY(program.waitForStarted(patience));
    QTRY_VERIFY_WITH_TIMEOUT(catches(program, SIGTERM) || program.state() == QProcess::NotRunning, patience);
    ::kill(static_cast<pid_t>(program.processId()), SIGTERM);
    QVERIFY(program.waitForFinished(patience));
    QCOMPARE(program.exitStatus(), QProcess::CrashExit);  // by the signal, also with its question open
    QVERIFY(!program.readAllStandardError().contains("posbias: "));
}

void TestKilledWindow::theProgramEndsBySignalWithoutAQuestion()
{
    QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XDG_STATE_HOME"), home.filePath(QStringLiteral("state")));
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home.filePath(QStringLiteral("config")));
    for (const int signal : {SIGTERM, SIGHUP, SIGINT}) {
        QProcess program;
        program.setProcessEnvironment(environment);
        program.start(QStringLiteral(POSBIAS_EXECUTABLE), {});
        QVERIFY(program.waitForStarted(patience));
        // A signal that comes earlier ends it just the same.
        QTRY_VERIFY_WITH_TIMEOUT(catches(program, signal), patience);
        ::kill(static_cast<pid_t>(program.processId()), signal);
        QVERIFY(program.waitForFinished(patience));
        QCOMPARE(program.exitStatus(), QProcess::CrashExit);  // by the signal, as a shell expects
        QCOMPARE(program.exitCode(), signal);
    }
}

/// As the session asks: it waits for the answer, and goes on to the next program.
static void askToKeep()
{
    // The request's other party exists in a session alone; nobody looks at it here.
    alignas(void*) static char nobody[sizeof(QObject)];
    Q_EMIT qApp->commitDataRequest(*reinterpret_cast<QSessionManager*>(nobody));
}

void TestKilledWindow::theSessionsEndKeepsWhatIsNotSavedWithoutAQuestion()
{
    QTemporaryDir temporary;
    const lab::OwnSettings settings;
    const fs::path journals = fs::path(temporary.path().toStdString()) / "journals";
    Journal left;
    {
        MainWindow window;
        const SessionEnd end([&window] { window.keepForNextStart(); });
        window.keepJournal(journals);
        window.show();
        const auto rename = [&](const char* title) {
            window.model()->setField(QStringLiteral("title"), std::string(title));
            window.model()->endGesture();
        };
        const auto kept = [&] {
            for (const auto& entry : fs::directory_iterator(journals)) {
                if (fs::exists(entry.path() / "journal.json"))
                    return readJournal(entry.path() / "journal.json").experiment.title;
            }
            return std::string();
        };
        rename("At the request");
        askToKeep();
        QCOMPARE(kept(), std::string("At the request"));
        rename("At the end");
        QEvent quit(QEvent::Quit);
        QTimer::singleShot(0, &window, [&] { openADialog(window); });
        QTimer sessionEnds;
        connect(&sessionEnds, &QTimer::timeout, [&] {
            if (!QApplication::activeModalWidget())
                return;
            sessionEnds.stop();
            QCoreApplication::sendEvent(qApp, &quit);
        });
        sessionEnds.start(5);
        QCOMPARE(QApplication::exec(), 0);
        QCOMPARE(kept(), std::string("At the end"));
        left = window.findChild<Document*>()->journal();
    }
    const std::vector<JournalPlace> places = JournalPlace::orphans(journals);
    QCOMPARE(places.size(), std::size_t{1});
    QVERIFY(readJournal(places.front().file()) == left);
}

void TestKilledWindow::closingByHandStillAsksOnceTheSessionGoesOn()
{
    QTemporaryDir temporary;
    const lab::OwnSettings settings;
    const fs::path journals = fs::path(temporary.path().toStdString()) / "journals";
    MainWindow window;
    const SessionEnd end([&window] { window.keepForNextStart(); });
    window.keepJournal(journals);
    window.show();
    window.model()->setField(QStringLiteral("title"), std::string("Unwanted"));
    window.model()->endGesture();
    askToKeep();
    QString question;
    QTimer answer;
    connect(&answer, &QTimer::timeout, [&] {
        if (auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
            question = box->text();
            box->button(QMessageBox::Discard)->click();
        }
    });
    answer.start(5);
    QVERIFY(window.close());
    QVERIFY(question.contains(QStringLiteral("Save the changes")));
    // The wish to quit that follows the last window's end keeps nothing that was discarded.
    QEvent quit(QEvent::Quit);
    QCoreApplication::sendEvent(qApp, &quit);
    QVERIFY(JournalPlace::orphans(journals).empty());
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc == 4 && QByteArray(argv[1]) == "--window")
        return workUntilKilled(argv[2], QByteArray(argv[3]).toUInt());
    TestKilledWindow test;
    QTEST_SET_MAIN_SOURCE_PATH
    return QTest::qExec(&test, argc, argv);
}
#include "killed_window.moc"
