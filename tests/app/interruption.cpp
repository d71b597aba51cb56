// SPDX-License-Identifier: GPL-3.0-or-later
// Ctrl+C and its kind: whenever it comes, the program ends by that signal, soon, and leaves nothing half done.

#include "program.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

const char* const lecture = R"({"posbias": 1, "length": 800, "figures": [
  {"name": "one", "view": "attention", "formats": ["pdf", "svg", "png"]},
  {"name": "two", "view": "compare", "formats": ["pdf", "tex"]},
  {"name": "three", "view": "bias", "formats": ["gif"], "frames": {"over": "length", "first": 512, "last": 800, "count": 4, "seconds": 0.25}},
  {"name": "four", "view": "generalization", "formats": ["pdf", "csv"]}]})";

/// The program, to be sent signals. It may be started with one of them ignored.
class RunningProgram {
public:
    RunningProgram(const QStringList& arguments, const QString& folder, int ignored = 0)
    {
        process.setProcessEnvironment(barrenEnvironment());
        process.setWorkingDirectory(folder);
        if (ignored != 0)
            process.setChildProcessModifier([ignored] { std::signal(ignored, SIG_IGN); });
        process.start(POSBIAS_EXECUTABLE, arguments);
        process.closeWriteChannel();
    }
    ~RunningProgram()
    {
        if (process.state() != QProcess::NotRunning) {
            process.kill();
            process.waitForFinished(-1);
        }
    }
    void send(int signal) const
    {
        if (process.processId() > 0)
            ::kill(static_cast<pid_t>(process.processId()), signal);
    }
    /// As the system knows of it; also true when the program has come to its end.
    bool waitUntilItHandles(int signal) { return waitUntil(signal, "SigCgt:", true); }
    /// Until the system's line about its signals names this one, or does not.
    bool waitUntil(int signal, const QByteArray& which, bool named)
    {
        if (!process.waitForStarted(longEnough))
            return false;
        const QString status = QStringLiteral("/proc/%1/status").arg(process.processId());
        return QTest::qWaitFor(
            [&] {
                QFile file(status);
                if (process.state() == QProcess::NotRunning || !file.open(QIODevice::ReadOnly))
                    return process.state() == QProcess::NotRunning;
                const QByteArrayList lines = file.readAll().split('\n');
                for (const QByteArray& line : lines)
                    if (line.startsWith(which))
                        return ((line.mid(which.size()).trimmed().toULongLong(nullptr, 16) >> (signal - 1) & 1U) !=
                                0) == named;
                return false;
            },
            longEnough);
    }

    QProcess process;
};

QStringList hiddenFiles(const QString& folder)
{
    return QDir(folder).entryList({QStringLiteral(".*")}, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

}  // namespace

class InterruptionTest : public QObject {
    Q_OBJECT
private slots:
    void aSignalEndsEveryLongCommand_data();
    void aSignalEndsEveryLongCommand();
    void renderingIsInterruptedAtAnyMoment();
    void theSecondSignalEndsAtOnce();
    void nohupStaysInForce();
};

void InterruptionTest::aSignalEndsEveryLongCommand_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<int>("signal");
    const QString slow = QStringLiteral(" --set learning.steps=100000 --set trainingLength=262144 --set length=262144");
    const auto add = [&](const char* command, int signal) {
        QTest::addRow("%s, %s", command, strsignal(signal)) << command + slow << signal;
    };
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        add("render past-training -o figure.pdf", signal);
        add("learn past-training -o learned.csv", signal);
    }
    add("sweep bucket-count --over buckets=2:512 --seeds 8", SIGINT);
    add("compare past-training --lengths 512,1000", SIGINT);
    add("matrix past-training --length 1000 -o matrix.npy", SIGINT);
    add("bias past-training", SIGINT);
}

void InterruptionTest::aSignalEndsEveryLongCommand()
{
    QFETCH(QString, arguments);
    QFETCH(int, signal);
    QTemporaryDir folder;
    RunningProgram program(arguments.split(u' '), folder.path());
    QVERIFY(program.waitUntilItHandles(signal));
    program.send(signal);
    QVERIFY2(program.process.waitForFinished(longEnough), program.process.readAllStandardError());
    QCOMPARE(program.process.exitStatus(), QProcess::CrashExit);  // by the signal, as a script expects
    QCOMPARE(program.process.exitCode(), signal);
    QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void InterruptionTest::renderingIsInterruptedAtAnyMoment()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("lecture.posbias"));
    QFile written(file);
    QVERIFY(written.open(QIODevice::WriteOnly) && written.write(lecture) > 0);
    written.close();
    const QString figures = folder.filePath(QStringLiteral("figures"));
    const QStringList arguments{"render", file, "--all", "--force", "--description", "-o", figures};
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(runProgram(arguments).exitCode, 0);
    const qint64 whole = std::max<qint64>(1, clock.elapsed());
    const QStringList all = QDir(figures).entryList(QDir::Files);
    QVERIFY(all.size() > 8);
    QRandomGenerator random(7);
    for (int round = 0; round < 12; ++round) {
        QVERIFY(QDir(figures).removeRecursively());
        RunningProgram program(arguments, folder.path());
        QVERIFY(program.waitUntilItHandles(SIGINT));
        // Anywhere in its way, which is not the same on any two runs: that is what is tried here.
        program.process.waitForFinished(static_cast<int>(random.bounded(whole)));
        program.send(SIGINT);
        QVERIFY2(program.process.state() == QProcess::NotRunning || program.process.waitForFinished(longEnough),
                 qPrintable(QString::number(round)));
        if (program.process.exitStatus() == QProcess::CrashExit)
            QCOMPARE(program.process.exitCode(), SIGINT);
        else
            QCOMPARE(program.process.exitCode(), 0);  // it had come to its end
        QCOMPARE(hiddenFiles(figures), QStringList());
        for (const QString& left : QDir(figures).entryList(QDir::Files))
            QVERIFY2(all.contains(left), qPrintable(left));
    }
}

void InterruptionTest::theSecondSignalEndsAtOnce()
{
    // A pipe that is full and not read: the program waits in the system, and no first signal ends that.
    QTemporaryDir folder;
    const QByteArray name = folder.filePath(QStringLiteral("table.csv")).toLocal8Bit();
    QCOMPARE(::mkfifo(name.constData(), 0600), 0);
    const int pipe = ::open(name.constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    QVERIFY(pipe >= 0);
    const auto closePipe = qScopeGuard([pipe] { ::close(pipe); });
    const int room = ::fcntl(pipe, F_SETPIPE_SZ, 4096);
    QVERIFY(room > 0);
    RunningProgram program({"render", "past-training", "--figure", "attention", "-o", QString::fromLocal8Bit(name)},
                           folder.path());
    QVERIFY(QTest::qWaitFor(
        [&] {
            int held = 0;
            return ::ioctl(pipe, FIONREAD, &held) == 0 && held >= room;
        },
        longEnough));
    program.send(SIGINT);
    QVERIFY(program.waitUntil(SIGINT, "ShdPnd:", false));
    program.send(SIGTERM);
    QVERIFY(program.process.waitForFinished(longEnough));
    QCOMPARE(program.process.exitStatus(), QProcess::CrashExit);
    QVERIFY(program.process.exitCode() == SIGINT || program.process.exitCode() == SIGTERM);
}

void InterruptionTest::nohupStaysInForce()
{
    QTemporaryDir folder;
    RunningProgram program({"render", "past-training", "-o", "figure.pdf"}, folder.path(), SIGHUP);
    QVERIFY(program.waitUntilItHandles(SIGINT));
    program.send(SIGHUP);
    QVERIFY(program.process.waitForFinished(longEnough));
    QCOMPARE(program.process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.process.exitCode(), 0);
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral("figure.pdf"))));
}

QTEST_GUILESS_MAIN(InterruptionTest)
#include "interruption.moc"
