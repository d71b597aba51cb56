// SPDX-License-Identifier: GPL-3.0-or-later
// Sweeps, the course of training and lists of document lengths on the command line.

#include "tests/app/program.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <fcntl.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

namespace {

constexpr int wrongInput = 2;

/// A small experiment: many trainings in no time.
QStringList with(const QStringList& command, const QStringList& rest = {})
{
    return command +
           QStringList{"past-training",
                       "--set",
                       "trainingLength=48",
                       "--set",
                       "length=80",
                       "--set",
                       "view.query=70",
                       "--set",
                       "view.offset=60",
                       "--set",
                       "schemes.1.buckets=8",
                       "--set",
                       "schemes.1.maxDistance=24",
                       "--set",
                       "learning.steps=60",
                       "--set",
                       "corpus.documents=5"} +
           rest;
}

QList<QByteArrayList> cells(const QByteArray& text, char separator)
{
    QList<QByteArrayList> rows;
    for (const QByteArray& line : text.chopped(1).split('\n'))
        rows.append(line.split(separator));
    return rows;
}

QByteArray contents(const QString& file)
{
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

/// For a program to talk to, as to a person.
class Terminal {
public:
    Terminal()
    {
        termios plain{};
        cfmakeraw(&plain);
        if (openpty(&m_here, &m_there, nullptr, &plain, nullptr) != 0)
            qFatal("no terminal");
        for (const int end : {m_here, m_there})
            fcntl(end, F_SETFD, FD_CLOEXEC);
        fcntl(m_here, F_SETFL, O_NONBLOCK);
    }
    ~Terminal()
    {
        close(m_here);
        close(m_there);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    /// Of a process that starts later.
    void takeErrorsOf(QProcess& process) const
    {
        process.setChildProcessModifier([there = m_there] { dup2(there, STDERR_FILENO); });
    }
    /// Everything until now.
    const QByteArray& said()
    {
        char part[4096];
        for (ssize_t count; (count = read(m_here, part, sizeof part)) > 0;)
            m_said.append(part, count);
        return m_said;
    }

private:
    int m_here = -1, m_there = -1;
    QByteArray m_said;
};

void writeFile(const QString& name, const QByteArray& text)
{
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write a file");
}

}  // namespace

class LearningLab : public QObject {
    Q_OBJECT

private slots:
    void aSweepPrintsARowForEachTrainingAndLength();
    void aSchemeWithoutTheSettingHasAnEmptyFirstCell();
    void valuesThatAreNotAllowedAreNamedInOneLine();
    void aSweepIsTheSameOnOneCoreAndOnAll();
    void theNameAloneTakesTheExperimentsOwnValues();
    void sweepsOverDocumentsAndMaxDistanceNameTheirColumn();
    void aSweepThatIsStoppedPrintsWhatIsDone();
    void trainingsThatDivergeAreNamed();
    void theHistoryHasTheColumnsOfTheCourse();
    void theHistoryOfExactIsItsEnd();
    void documentLengthsComeFromATable();
    void countedValuesKeepTheirPlaces();
    void spacesBetweenLengthsAreFine();
    void badArgumentsAreRefused_data();
    void badArgumentsAreRefused();
    void badTablesOfLengthsAreRefused();
};

void LearningLab::aSweepPrintsARowForEachTrainingAndLength()
{
    const Outcome outcome =
        runProgram(with({"sweep"}, {"--over", "buckets=4:6", "--lengths", "48,80", "--seeds", "2"}));
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(outcome.errors.isEmpty());
    const QList<QByteArrayList> rows = cells(outcome.output, '\t');
    QCOMPARE(rows[0], QByteArrayList({"buckets", "scheme", "length", "seed", "kl"}));
    QCOMPARE(rows.size(), 1 + 2 * 2 + 3 * 2 * 2);
    QCOMPARE(rows[5].first(4), QByteArrayList({"4", "B", "48", "1"}));
    QCOMPARE(rows.last().first(4), QByteArrayList({"6", "B", "80", "2"}));
    // A row is what comparing that experiment gives.
    const Outcome compared =
        runProgram(with({"compare"}, {"--set", "schemes.1.buckets=6", "--set", "corpus.seed=2", "--lengths", "80"}));
    QCOMPARE(rows.last()[4], cells(compared.output, '\t').last()[3]);
}

void LearningLab::aSchemeWithoutTheSettingHasAnEmptyFirstCell()
{
    const QStringList arguments = with({"sweep"}, {"--over", "buckets=8", "--seeds", "1", "--lengths", "80"});
    QVERIFY(runProgram(arguments).output.contains("\n\tA\t80\t1\t"));
    const Outcome outcome = runProgram(arguments + QStringList{"--format", "json"});
    const QJsonArray rows = QJsonDocument::fromJson(outcome.output).array();
    QCOMPARE(rows.size(), 2);
    QVERIFY(rows[0].toObject().value("buckets").isNull());
    QCOMPARE(rows[1].toObject().value("buckets").toInt(), 8);
}

void LearningLab::valuesThatAreNotAllowedAreNamedInOneLine()
{
    const QStringList arguments =
        with({"sweep"}, {"--over", "buckets=40:60", "--seeds", "1", "--set", "learning.steps=1"});
    const Outcome outcome = runProgram(arguments);
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.errors,
             QByteArray("posbias: skipped buckets 48:60 of scheme B: maxDistance is 24, but with 48 buckets "
                        "it must be above 24: offsets below 24 have a bucket each\n"));
    QVERIFY(outcome.output.contains("\n47\tB\t"));
    QVERIFY(!outcome.output.contains("\n48\tB\t"));
    QVERIFY(runProgram(arguments + QStringList{"--quiet"}).errors.isEmpty());
}

void LearningLab::aSweepIsTheSameOnOneCoreAndOnAll()
{
    const QStringList arguments =
        with({"sweep"}, {"--over", "buckets=2,3,5,9,17,33", "--seeds", "3", "--set", "learning.batch=2"});
    const Outcome all = runProgram(arguments);
    QCOMPARE(all.exitCode, 0);
    const Outcome one = runCommand("taskset", QStringList{"-c", "0", POSBIAS_EXECUTABLE} + arguments);
    QCOMPARE(one.exitCode, 0);
    QCOMPARE(all.output, one.output);
}

void LearningLab::theNameAloneTakesTheExperimentsOwnValues()
{
    const Outcome outcome = runProgram(with({"sweep"}, {"--over", "documents", "--set", "sweep.points=3", "--seeds",
                                                        "1", "--set", "learning.steps=5", "--lengths", "48"}));
    const QList<QByteArrayList> rows = cells(outcome.output, '\t');
    QCOMPARE(rows.size(), 1 + 3 * 2);
    QCOMPARE(rows[1].first(2), QByteArrayList({"1", "A"}));
    QCOMPARE(rows[3].first(2), QByteArrayList({"32", "A"}));
    QCOMPARE(rows[6].first(2), QByteArrayList({"1000", "B"}));
    // Without --over: as the experiment's sweep says.
    const Outcome plain =
        runProgram(with({"sweep"}, {"--set", "sweep.over=documents", "--set", "sweep.points=3", "--set",
                                    "sweep.seeds=1", "--set", "learning.steps=5", "--lengths", "48"}));
    QCOMPARE(plain.output, outcome.output);
}

void LearningLab::sweepsOverDocumentsAndMaxDistanceNameTheirColumn()
{
    for (const char* key : {"documents", "maxDistance"}) {
        const Outcome outcome =
            runProgram(with({"sweep"}, {"--over", QString(key) + "=9,20", "--seeds", "1", "--lengths", "48"}));
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY(outcome.output.startsWith(key));
        QCOMPARE(outcome.output.count('\n'), 1 + (key == QByteArray("documents") ? 4 : 3));
    }
}

void LearningLab::aSweepThatIsStoppedPrintsWhatIsDone()
{
    Terminal terminal;
    QProcess process;
    process.setProcessEnvironment(barrenEnvironment());
    terminal.takeErrorsOf(process);
    process.start(POSBIAS_EXECUTABLE, with({"sweep"}, {"--over", "documents=1:1000", "--seeds", "50", "--lengths", "48",
                                                       "--set", "learning.steps=20000"}));
    QTRY_VERIFY2(terminal.said().contains(" left"), terminal.said());  // a training was done: so long take the others
    process.terminate();
    QVERIFY(process.waitForFinished(longEnough));
    QCOMPARE(process.exitStatus(), QProcess::CrashExit);  // ends by the signal, as a script expects
    QCOMPARE(process.exitCode(), SIGTERM);
    const QByteArray output = process.readAllStandardOutput(), said = terminal.said();
    const QByteArray errors = said.mid(said.indexOf("posbias: "));
    QVERIFY2(errors.startsWith("posbias: stopped after ") && errors.endsWith(" of 100000 trainings\n"), said);
    const qlonglong done = errors.split(' ')[3].toLongLong();
    QVERIFY2(done > 0, said);
    QCOMPARE(output.count('\n'), 1 + done);
    QVERIFY(output.endsWith('\n'));
}

void LearningLab::trainingsThatDivergeAreNamed()
{
    const QStringList arguments =
        with({"sweep"}, {"--over", "documents=4,5", "--seeds", "2", "--set", "learning.optimizer=sgd", "--set",
                         "learning.learningRate=10", "--set", "learning.weightDecay=1"});
    const Outcome outcome = runProgram(arguments);
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY(outcome.output.isEmpty());
    QVERIFY2(
        outcome.errors.startsWith("posbias: no training came to its end: 8 of 8 trainings, the first one scheme A, "
                                  "documents 4, seed 1: SGD diverged at step "),
        outcome.errors);
    QVERIFY(outcome.errors.contains("learning rate of 10"));
}

void LearningLab::theHistoryHasTheColumnsOfTheCourse()
{
    QTemporaryDir folder;
    const Outcome outcome =
        runProgram(with({"learn"}, {"--history", "history.csv", "-o", "learned.csv"}), folder.path());
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(outcome.errors.isEmpty());
    QVERIFY(contents(folder.filePath("learned.csv")).startsWith("scheme,parameter,"));
    const QList<QByteArrayList> rows = cells(contents(folder.filePath("history.csv")), ',');
    QCOMPARE(rows[0], QByteArrayList({"scheme", "step", "train_nll", "held_out_nll", "gradient_norm", "kl_within",
                                      "kl_at_length", "level"}));
    QCOMPARE(rows.size(), 1 + 2 * 61);
    QCOMPARE(rows[1].first(2), QByteArrayList({"A", "0"}));
    QCOMPARE(rows[1][7], QByteArray("0"));
    QCOMPARE(rows[61].first(2), QByteArrayList({"A", "60"}));
    const QList<QByteArrayList> learned = cells(outcome.output, '\t');
    QCOMPARE(rows[61][2], learned[1][5]);
    QCOMPARE(rows[122][2], learned[2][5]);
    QCOMPARE(rows[61][4], learned[1][4]);
    const QList<QByteArrayList> compared = cells(runProgram(with({"compare"})).output, '\t');
    QCOMPARE(rows[61][5], compared[1][3]);
    QCOMPARE(rows[61][6], compared[2][3]);
}

void LearningLab::theHistoryOfExactIsItsEnd()
{
    QTemporaryDir folder;
    const Outcome outcome = runProgram({"learn", "past-training", "--set", "learning.optimizer=exact", "--set",
                                        "corpus.heldOut=0", "--history", "history.csv"},
                                       folder.path());
    QCOMPARE(outcome.exitCode, 0);
    const QList<QByteArrayList> rows = cells(contents(folder.filePath("history.csv")), ',');
    QCOMPARE(rows.size(), 3);
    QVERIFY(rows[1][3].isEmpty());  // no held-out documents
}

void LearningLab::documentLengthsComeFromATable()
{
    QTemporaryDir folder;
    writeFile(folder.filePath("lengths.csv"), "length,count\n16,5\n32,5\n");
    const Outcome outcome = runProgram(with({"exposure"}, {"--lengths-from", "lengths.csv"}), folder.path());
    QCOMPARE(outcome.exitCode, 0);
    // No document is longer than 32 tokens: offset 31 may have been seen, offset 32 was not.
    const QList<QByteArrayList> rows = cells(outcome.output, '\t');
    QCOMPARE(rows[33].first(5), QByteArrayList({"A", "32", "32", "32", "0"}));
    QVERIFY(rows[16][4].toDouble() > 0.0);
    const Outcome set =
        runProgram(with({"exposure"}, {"--set", "corpus.lengths=listed", "--set", "corpus.lengths.counts=16:5 32:5"}));
    QCOMPARE(set.output, outcome.output);
}

void LearningLab::countedValuesKeepTheirPlaces()
{
    const Outcome outcome =
        runProgram(with({"exposure"}, {"--lengths-from", POSBIAS_TEST_DATA "/lengths/24-value-counts.csv"}));
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY2(
        outcome.errors.contains("44 documents of 64 to 512 tokens; lengths were read from the column without a name"),
        outcome.errors);
    const Outcome set = runProgram(
        with({"exposure"}, {"--set", "corpus.lengths=listed", "--set", "corpus.lengths.counts=64:2 128:5 512:37"}));
    QCOMPARE(set.output, outcome.output);
}

void LearningLab::spacesBetweenLengthsAreFine()
{
    const Outcome apart = runProgram(with({"compare"}, {"--lengths", "32, 64"}));
    QCOMPARE(apart.exitCode, 0);
    QCOMPARE(apart.output, runProgram(with({"compare"}, {"--lengths", "32,64"})).output);
    const Outcome refused = runProgram(with({"compare"}, {"--lengths", "32;\t64"}));
    QCOMPARE(refused.exitCode, wrongInput);
    QVERIFY2(refused.errors.contains("--lengths \"32;\\t64\": not a whole number"), refused.errors);
}

void LearningLab::badArgumentsAreRefused_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QByteArrayList>("words");
    const auto add = [](const QString& arguments, const QByteArrayList& words) {
        QTest::newRow(qPrintable(arguments)) << arguments << words;
    };
    add("sweep", {"EXPERIMENT"});
    add("sweep past-training --seeds 0", {"--seeds \"0\"", "1 to 1000"});
    add("sweep past-training --seeds many", {"--seeds \"many\"", "whole number"});
    add("sweep past-training --seeds 2 --set corpus.counts=expected", {"--seeds \"2\"", "expected", "randomness"});
    add("sweep past-training --over foo=1:2", {"--over \"foo=1:2\"", "buckets", "maxDistance", "documents"});
    add("sweep past-training --over bucket=8", {"did you mean buckets"});
    add("sweep past-training --over buckets=8:2", {"backwards", "2:8"});
    add("sweep past-training --over buckets=0:8", {"--over buckets \"0\"", "2 to 65536"});
    add("sweep past-training --over buckets=2:70000", {"--over buckets \"70000\"", "2 to 65536"});
    add("sweep past-training --over buckets=", {"--over buckets", "whole number"});
    add("sweep past-training --over buckets=8,,9", {"--over buckets", "whole number"});
    add("sweep past-training --over buckets=1.5", {"--over buckets \"1.5\"", "whole number"});
    add("sweep past-training --over maxDistance=1:2147483647", {"2147483647 values", "65536"});
    add("sweep past-training --over documents=1:65536 --seeds 1000", {"--seeds 1000", "200000 trainings"});
    add("sweep past-training --over documents=0", {"--over documents \"0\"", "1 to 1000000"});
    add("sweep past-training --over documents=4 --set corpus.counts=expected", {"expected", "documents"});
    add("sweep past-training --over buckets=600:700", {"No value of buckets", "maxDistance is 128"});
    add("sweep past-training --over buckets=8 --set schemes.1.scheme=per-offset", {"No scheme", "buckets"});
    add("sweep past-training --lengths 0", {"--lengths \"0\"", "1 to 16777216"});
    add("sweep past-training --lengths 16777217", {"--lengths \"16777217\""});
    add("sweep past-training --set sweep.points=1", {"sweep.points", "1", "2 to 200"});
    add("learn past-training --set learning.spread=-1", {"learning.spread", "-1"});
    add("learn past-training --set corpus.documents=0", {"corpus.documents", "0"});
    add("learn past-training --set learning.batch=-1", {"learning.batch", "-1"});
    add("learn past-training --set corpus.heldOut=-1", {"corpus.heldOut", "-1"});
    add("learn past-training -o same.csv --history same.csv", {"--history \"same.csv\"", "same file"});
    add("learn past-training --history ", {"--history", "needs a value"});
    add("compare past-training --lengths-from missing.csv", {"missing.csv", "No such file"});
    add("compare past-training --lengths-from /", {"/", "directory"});
}

void LearningLab::badArgumentsAreRefused()
{
    QFETCH(QString, arguments);
    QFETCH(QByteArrayList, words);
    QTemporaryDir folder;
    const Outcome outcome = runProgram(arguments.split(' '), folder.path());
    QVERIFY(!outcome.crashed);
    QCOMPARE(outcome.exitCode, wrongInput);
    QVERIFY(outcome.output.isEmpty());
    QVERIFY(outcome.errors.startsWith("posbias: ") && outcome.errors.count('\n') == 1);
    for (const QByteArray& word : words)
        QVERIFY2(outcome.errors.contains(word), outcome.errors);
    QVERIFY(QDir(folder.path()).isEmpty());
}

void LearningLab::badTablesOfLengthsAreRefused()
{
    QTemporaryDir folder;
    writeFile(folder.filePath("bad.csv"), "length\n512\nlong\n");
    const Outcome outcome = runProgram({"sweep", "past-training", "--lengths-from", "bad.csv"}, folder.path());
    QCOMPARE(outcome.exitCode, wrongInput);
    QVERIFY2(outcome.errors.contains("bad.csv, line 3: the length is \"long\""), outcome.errors);
}

QTEST_GUILESS_MAIN(LearningLab)
#include "learning_lab.moc"
