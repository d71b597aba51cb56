// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever is put in: one clear line, the right exit code, nothing half-written, no crash.

#include "tests/app/program.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <filesystem>

namespace {

constexpr int failed = 1, wrongInput = 2;

/// One line for a person that holds all of `words`.
bool isOneLineWith(const QByteArray& errors, const QByteArrayList& words)
{
    bool good = errors.startsWith("posbias: ") && errors.endsWith('\n') && errors.count('\n') == 1;
    for (const char c : errors.chopped(1))
        good = good && static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
    for (const QByteArray& word : words)
        good = good && errors.contains(word);
    if (!good)
        qWarning() << "standard error:" << errors << "expected:" << words;
    return good;
}

}  // namespace

class BadInput : public QObject {
    Q_OBJECT

private slots:
    void badFilesAreRefused_data();
    void badFilesAreRefused();
    void badArgumentsAreRefused_data();
    void badArgumentsAreRefused();
    void impossibleOutputLeavesNothing_data();
    void impossibleOutputLeavesNothing();
    void aRefusedExperimentLeavesTheOldFileAlone();
    void aBadFileOpensNoWindow();
    void anUnreachableDisplayIsAFailureWithAdvice();
    void aFullDiskOnStandardOutputIsAFailure();
    void aTerminatedExportLeavesNothing_data();
    void aTerminatedExportLeavesNothing();
    void aMatrixWithoutRoomIsRefusedWithItsSizeAndAnotherWay_data();
    void aMatrixWithoutRoomIsRefusedWithItsSizeAndAnotherWay();
    void aDiskThatFillsUpOnTheWayLeavesTheOldFile();
};

void BadInput::badFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("words");
    const auto add = [](const char* name, const QByteArray& text, const QByteArrayList& words) {
        QTest::newRow(name) << text << words;
    };
    add("empty", "", {"line 1"});
    add("truncated", "{\"posbias\": 1,\n \"length\": 10", {"line 2"});
    add("not JSON", "GIF89a", {"line 1"});
    add("binary", QByteArray("\x00\xff\xfe\x80{}", 6), {});
    add("no version", "{\"length\": 10}", {"posbias"});
    add("newer version", "{\"posbias\": 2}", {"posbias", "2"});
    add("version of the wrong type", "{\"posbias\": \"1\"}", {"posbias"});
    add("an array", "[1]", {});
    add("a number", "7", {});
    add("wrong type", "{\"posbias\": 1, \"length\": \"long\"}", {"length"});
    add("wrong kind of object", "{\"posbias\": 1, \"corpus\": []}", {"corpus"});
    add("length 0", "{\"posbias\": 1, \"length\": 0}", {"length", "0", "16777216"});
    add("length 10^12", "{\"posbias\": 1, \"length\": 1000000000000}", {"length", "1000000000000"});
    add("training length 10^30", "{\"posbias\": 1, \"trainingLength\": 1000000000000000000000000000000}",
        {"trainingLength"});
    add("overflowing number", "{\"posbias\": 1, \"learning\": {\"optimizer\": \"adam\", \"learningRate\": 1e999}}", {});
    add("unknown key", "{\"posbias\": 1, \"lenght\": 10}", {"lenght"});
    add("duplicate key", "{\"posbias\": 1, \"length\": 10, \"length\": 11}", {"length"});
    add("unknown scheme", "{\"posbias\": 1, \"schemes\": [{\"scheme\": \"t6\"}, {\"scheme\": \"t5\"}]}",
        {"schemes.0.scheme", "t6"});
    add("no schemes", "{\"posbias\": 1, \"schemes\": []}", {"schemes"});
    add("key of another kind",
        "{\"posbias\": 1, \"schemes\": [{\"scheme\": \"per-offset\", \"buckets\": 3}, {\"scheme\": \"t5\"}]}",
        {"schemes.0.buckets"});
    add("buckets beyond",
        "{\"posbias\": 1, \"schemes\": [{\"scheme\": \"per-offset\"}, {\"scheme\": \"t5\", \"buckets\": 70000}]}",
        {"schemes.1.buckets", "70000"});
    add("degenerate buckets",
        "{\"posbias\": 1, \"schemes\": [{\"scheme\": \"per-offset\"}, {\"scheme\": \"t5\", \"maxDistance\": 16}]}",
        {"schemes.1.maxDistance", "16"});
    add("unknown teacher", "{\"posbias\": 1, \"teacher\": {\"kind\": \"magic\"}}", {"teacher.kind", "magic"});
    add("negative learning rate", "{\"posbias\": 1, \"learning\": {\"optimizer\": \"adam\", \"learningRate\": -1}}",
        {"learning.learningRate", "-1"});
    add("too large a sample", "{\"posbias\": 1, \"trainingLength\": 16777216, \"corpus\": {\"documents\": 1000000}}",
        {"documents"});
    add("terminal escapes", "{\"posbias\": 1, \"\\u001b[31mred\\n\": 1}", {});
    add("deep nesting", QByteArray(200000, '['), {});
    add("deep objects", QByteArray("{\"posbias\":").repeated(100000), {});
    add("endless key", "{\"posbias\": 1, \"" + QByteArray(1000000, 'x') + "\": 1}", {});
    add("too large", "{\"posbias\": 1}" + QByteArray(17 << 20, ' '), {});
    add("invalid UTF-8", "{\"posbias\": 1, \"title\": \"\xff\xfe\"}", {});
    add("trailing text", "{\"posbias\": 1} {}", {});
}

void BadInput::badFilesAreRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, words);
    QTemporaryDir folder;
    QFile file(folder.filePath("bad.posbias"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    const Outcome outcome = runProgram({"compare", "bad.posbias"}, folder.path());
    QVERIFY(!outcome.crashed);
    QCOMPARE(outcome.exitCode, wrongInput);
    QVERIFY(outcome.output.isEmpty());
    QVERIFY(isOneLineWith(outcome.errors, words + QByteArrayList{"bad.posbias"}));
    QVERIFY(outcome.errors.size() < 2000);
}

void BadInput::badArgumentsAreRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArrayList>("words");
    const auto add = [](const QString& line, const QByteArrayList& words) {
        QTest::newRow(qPrintable(line)) << line.split(' ') << words;
    };
    add("nothing-of-the-kind", {"nothing-of-the-kind", "buckets", "compare", "render"});
    add("bukets", {"bukets", "did you mean buckets"});
    add("missing.posbias", {"missing.posbias"});
    add("nothing-of-the-kind --help", {"nothing-of-the-kind", "buckets"});
    // An unset variable of a script: the last argument is empty.
    add("learn past-training -o ", {"-o", "needs a value"});
    add("compare past-training --lengths ", {"--lengths", "needs a value"});
    add("render past-training -o figure.png --width ", {"--width", "needs a value"});
    add("render past-training -o figure.svg --text paths", {"--text", "paths", "live, embed, outline"});
    add("render past-training -o figure.tex --text Live", {"--text", "Live", "live, embed, outline"});
    add("--no-such-option", {"--no-such-option"});
    add("buckets --no-such-option", {"--no-such-option"});
    add("buckets --bucket 8", {"--bucket", "did you mean --buckets"});
    add("buckets surplus", {"surplus"});
    add("buckets --offsets", {"--offsets"});
    add("buckets --offsets 700:-5", {"--offsets", "700:-5", "backwards"});
    add("buckets --offsets 0:16777217", {"--offsets", "16777216"});
    add("buckets --offsets -99999999999999999999:0", {"--offsets", "-16777216"});
    add("buckets --offsets one:two", {"--offsets", "one:two"});
    add("buckets --offsets 1:2:3", {"--offsets", "1:2:3"});
    add("buckets --offsets 1.5", {"--offsets", "1.5"});
    add("buckets --variant book --offsets -1:3", {"--offsets", "-1"});
    add("buckets --scheme t6", {"--scheme", "t6", "per-offset"});
    add("buckets --scheme per-offset --buckets 8", {"--buckets", "per-offset"});
    add("buckets --scheme per-offset --training-length 0", {"--training-length", "0", "16777216"});
    add("buckets --variant original", {"--variant", "original", "huggingface"});
    add("buckets --buckets 1", {"--buckets", "1", "65536"});
    add("buckets --buckets many", {"--buckets", "many"});
    add("buckets --max-distance 16", {"--max-distance", "16"});
    add("buckets --mask bidirectional --buckets 3", {"--buckets", "3"});
    add("buckets --mask full", {"--mask", "full", "causal"});
    add("buckets --format xml", {"--format", "xml", "json"});
    add("buckets --offsets 1 --offsets 2", {"--offsets"});
    add("bias past-training --offsets -5:5", {"--offsets", "-5:5", "causal"});
    add("bias", {"EXPERIMENT"});
    add("compare no-such-preset", {"no such file or preset: \"no-such-preset\"", "past-training", "t5-encoder"});
    add("compare past-training --lengths 0", {"--lengths", "0"});
    add("compare past-training --lengths 1000000000000", {"--lengths", "1000000000000", "16777216"});
    add("compare past-training --lengths 5,,6", {"--lengths"});
    add("compare past-training --set length", {"--set \"length\"", "key.path=value"});
    add("compare past-training --set length=0", {"length=0"});
    add("compare past-training --set nothing.here=1", {"nothing.here"});
    add("compare past-training --set schemes.9.buckets=4", {"schemes.9.buckets"});
    add("compare past-training --set schemes.1.maxDistance=3", {"schemes.1.maxDistance", "3"});
    add("exposure past-training --set corpus.documents=0", {"corpus.documents"});
    add("learn past-training --set learning.steps=many", {"learning.steps", "many"});
    add("presets no-such-preset", {"no-such-preset", "past-training"});
    add("matrix past-training", {"-o"});
    add("matrix past-training -o matrix.txt", {"matrix.txt", ".npy"});
    add("matrix past-training -o m.npy --length 0", {"--length", "0", "1 to 16777216"});
    add("matrix past-training -o m.npy --length -1", {"--length", "-1", "1 to 16777216"});
    add("matrix past-training -o m.npy --length 1e6", {"--length", "1e6", "1 to 16777216"});
    add("matrix past-training -o m.npy --length 1000000000000", {"--length", "1000000000000"});
    add("matrix past-training -o m.npy --set content.kind=random --length 16777216", {"length", "16777216", "content"});
    add("matrix past-training -o m.npy --scheme C", {"--scheme", "C"});
    add("matrix past-training -o m.npy --field score", {"--field", "score", "attention"});
    add("matrix past-training -o m.npy --dtype int8", {"--dtype", "int8", "float32"});
    add("render past-training", {"-o"});
    add("render past-training -o figure.bmp", {"figure.bmp"});
    add("render past-training -o f.png --figure pie", {"--figure", "pie"});
    add("render past-training -o f.png --width 1mm", {"--width"});
    add("render past-training -o f.png --width wide", {"--width", "wide"});
    add("render past-training -o f.png --height 80furlong", {"--height", "80furlong"});
    add("render past-training -o f.png --height nan", {"--height"});
    add("render past-training -o f.png --width 1e308in", {"--width"});
    add("render past-training -o f.png --dpi 5", {"--dpi", "5"});
    add("render past-training -o f.png --theme pink", {"--theme", "pink"});
}

void BadInput::badArgumentsAreRefused()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArrayList, words);
    QTemporaryDir folder;
    const Outcome outcome = runProgram(arguments, folder.path());
    QVERIFY(!outcome.crashed);
    QVERIFY(isOneLineWith(outcome.errors, words));
    QCOMPARE(outcome.exitCode, wrongInput);
    QVERIFY(outcome.output.isEmpty());
    QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void BadInput::impossibleOutputLeavesNothing_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("target");
    const QList<std::pair<const char*, QStringList>> commands = {
        {".npy", {"matrix", "past-training", "--length", "200"}},
        {".csv", {"learn", "past-training"}},
        {".pdf", {"render", "past-training"}},
        {".png", {"render", "past-training", "--dpi", "50"}},
    };
    for (const auto& [ending, arguments] : commands) {
        for (const char* kind : {"directory", "full", "missing/folder"}) {
            const QByteArray target = QByteArray(kind) + ending;
            QTest::newRow((arguments[0].toUtf8() + " " + target).constData())
                << arguments + QStringList{"-o", target} << target;
        }
    }
}

void BadInput::impossibleOutputLeavesNothing()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, target);
    QTemporaryDir folder;
    const QString path = folder.filePath(target);
    if (target.startsWith("directory"))
        QVERIFY(QDir().mkdir(path));
    else if (target.startsWith("full"))
        QVERIFY(QFile::link("/dev/full", path));
    const auto entries = [&] {
        return QDir(folder.path()).entryList(QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot);
    };
    const QStringList before = entries();
    const Outcome outcome = runProgram(arguments, folder.path());
    QVERIFY(!outcome.crashed);
    QVERIFY(isOneLineWith(outcome.errors, {target}));
    QCOMPARE(outcome.exitCode, failed);
    QVERIFY(outcome.output.isEmpty());
    QCOMPARE(entries(), before);
}

void BadInput::aRefusedExperimentLeavesTheOldFileAlone()
{
    QTemporaryDir folder;
    QFile file(folder.filePath("learned.csv"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("precious");
    file.close();
    const Outcome outcome =
        runProgram({"learn", "past-training", "-o", "learned.csv", "--set", "trainingLength=0"}, folder.path());
    QCOMPARE(outcome.exitCode, wrongInput);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("precious"));
}

void BadInput::aBadFileOpensNoWindow()
{
    QTemporaryDir folder;
    QFile file(folder.filePath("bad.posbias"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"posbias\": 1, \"length\": 0}");
    file.close();
    QProcessEnvironment environment = barrenEnvironment();
    environment.insert("QT_QPA_PLATFORM", "offscreen");
    for (const QString& name : {QStringLiteral("bad.posbias"), QStringLiteral("no-such-thing"), QStringLiteral("/"),
                                QStringLiteral("/proc/self/mem"), QString()}) {
        const Outcome outcome = runCommand(POSBIAS_EXECUTABLE, {name}, folder.path(), environment);
        QVERIFY(!outcome.crashed);
        QCOMPARE(outcome.exitCode, wrongInput);
        QVERIFY(isOneLineWith(outcome.errors, {name.toUtf8()}));
    }
}

void BadInput::anUnreachableDisplayIsAFailureWithAdvice()
{
    QProcessEnvironment environment = barrenEnvironment();
    environment.insert("QT_QPA_PLATFORM", "no-such-platform");
    const Outcome outcome = runCommand(POSBIAS_EXECUTABLE, {}, {}, environment);
    QVERIFY(!outcome.crashed);
    QCOMPARE(outcome.exitCode, failed);
    QVERIFY(isOneLineWith(outcome.errors, {"no-such-platform", "posbias render"}));
}

void BadInput::aFullDiskOnStandardOutputIsAFailure()
{
    for (const QString& arguments :
         {QStringLiteral("buckets"), QStringLiteral("presets t5-encoder"),
          QStringLiteral("buckets --offsets 0:3000000 --format json"), QStringLiteral("--help")}) {
        const QString script = QStringLiteral("'" POSBIAS_EXECUTABLE "' %1 > /dev/full").arg(arguments);
        const Outcome outcome = runCommand("/bin/sh", {"-c", script});
        QCOMPARE(outcome.exitCode, failed);
        QVERIFY(isOneLineWith(outcome.errors, {"standard output"}));
    }
}

void BadInput::aTerminatedExportLeavesNothing_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("biases as text") << QStringList{"--length", "20000", "-o", "matrix.csv"};
    QTest::newRow("biases") << QStringList{"--length", "20000", "-o", "matrix.npy"};
    QTest::newRow("attention") << QStringList{"--field", "attention", "--length", "20000", "-o", "matrix.npy"};
}

void BadInput::aTerminatedExportLeavesNothing()
{
    QFETCH(QStringList, arguments);
    QTemporaryDir folder;
    QProcess process;
    process.setProcessEnvironment(barrenEnvironment());
    process.setWorkingDirectory(folder.path());
    process.start(POSBIAS_EXECUTABLE, QStringList{"matrix", "past-training"} + arguments);
    QVERIFY(process.waitForStarted(longEnough));
    // What it writes may have no name yet: seen among the files that it has open.
    const std::string root = QFileInfo(folder.path()).canonicalFilePath().toStdString();
    const auto partlyWritten = [&] {
        std::error_code ended;
        const std::filesystem::path open = "/proc/" + std::to_string(process.processId()) + "/fd";
        for (std::filesystem::directory_iterator file(open, ended), end; !ended && file != end; file.increment(ended)) {
            std::error_code closed;
            if (std::filesystem::read_symlink(*file, closed).string().starts_with(root) &&
                std::filesystem::file_size(*file, closed) > 1000 && !closed)
                return true;
        }
        return false;
    };
    QTRY_VERIFY(partlyWritten());
    process.terminate();
    QVERIFY(process.waitForFinished(longEnough));
    QCOMPARE(process.exitStatus(), QProcess::CrashExit);  // ends by the signal, as a script expects
    QCOMPARE(process.exitCode(), SIGTERM);
    QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void BadInput::aMatrixWithoutRoomIsRefusedWithItsSizeAndAnotherWay_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QByteArrayList>("words");
    QTest::newRow("biases") << "--length 16777216 -o m.npy"
                            << QByteArrayList{"2.3 PB", "posbias bias --offsets 0:16777215", "posbias render"};
    QTest::newRow("float32") << "--length 16777216 -o m.npy --dtype float32" << QByteArrayList{"1.1 PB"};
    QTest::newRow("text") << "--length 16777216 -o m.csv" << QByteArrayList{"more than 562.9 TB"};
    QTest::newRow("both ways") << "--set mask=bidirectional --length 16777216 -o m.npy"
                               << QByteArrayList{"2.3 PB", "--offsets -16777215:16777215"};
    // Training would take minutes: refused before it.
    QTest::newRow("attention") << "--field attention --set corpus.documents=1 --set trainingLength=16777216 "
                                  "--length 16777216 -o m.npy"
                               << QByteArrayList{"2.3 PB", "posbias render --figure attention"};
}

void BadInput::aMatrixWithoutRoomIsRefusedWithItsSizeAndAnotherWay()
{
    QFETCH(QString, arguments);
    QFETCH(QByteArrayList, words);
    QTemporaryDir folder;
    const Outcome outcome = runProgram(QStringList{"matrix", "past-training"} + arguments.split(' '), folder.path());
    QVERIFY(!outcome.crashed);
    QCOMPARE(outcome.exitCode, failed);
    QVERIFY(isOneLineWith(outcome.errors, words + QByteArrayList{"m.", "left", "Nothing was changed"}));
    QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void BadInput::aDiskThatFillsUpOnTheWayLeavesTheOldFile()
{
    QTemporaryDir folder;
    for (const QByteArray& name : {QByteArray("m.npy"), QByteArray("m.csv")}) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("precious");
        file.close();
        const QString script =
            "ulimit -f 2000; '" POSBIAS_EXECUTABLE "' matrix past-training --length 1000 --force -o " + name;
        const Outcome outcome = runCommand("/bin/sh", {"-c", script}, folder.path());
        QVERIFY(!outcome.crashed);
        QCOMPARE(outcome.exitCode, failed);
        QVERIFY(isOneLineWith(outcome.errors, {name, "File too large", "Nothing was changed"}));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("precious"));
    }
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(), 2);
}

QTEST_GUILESS_MAIN(BadInput)
#include "bad_input.moc"
