// SPDX-License-Identifier: GPL-3.0-or-later
// The command line as other programs see it: names, columns, values, exit codes.

#include "tests/app/program.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <limits>

namespace {

/// A table as it was printed: cells by row, and by column name.
struct Table {
    QList<QByteArray> columns;
    QList<QList<QByteArray>> rows;

    QByteArray at(qsizetype row, const QByteArray& column) const { return rows[row][columns.indexOf(column)]; }
    double number(qsizetype row, const QByteArray& column) const { return at(row, column).toDouble(); }
};

/// What must succeed and stay silent on standard error.
Table printed(const QStringList& arguments, const QString& folder = {})
{
    const Outcome outcome = runProgram(arguments, folder);
    if (outcome.exitCode != 0 || outcome.crashed || !outcome.errors.isEmpty())
        qWarning() << arguments << outcome.exitCode << outcome.errors;
    Table table;
    if (outcome.exitCode != 0 || !outcome.errors.isEmpty() || !outcome.output.endsWith('\n'))
        return table;
    QList<QByteArray> lines = outcome.output.chopped(1).split('\n');
    table.columns = lines.takeFirst().split('\t');
    for (const QByteArray& line : lines)
        table.rows.append(line.split('\t'));
    return table;
}

/// The row of scheme A, B at a length, or with a parameter.
qsizetype rowOf(const Table& table, const QByteArray& scheme, const QByteArray& column, const QByteArray& value)
{
    for (qsizetype row = 0; row < table.rows.size(); ++row) {
        if (table.at(row, "scheme") == scheme && table.at(row, column) == value)
            return row;
    }
    return -1;
}

QByteArray contents(const QString& file)
{
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

/// Runs of one setting in a reference table: first and last offset, bucket.
struct Run {
    qint64 first, last;
    QByteArray bucket;
};
QList<Run> referenceRuns(const QString& file, const QByteArrayList& setting, int firstColumn, int bucketColumn)
{
    QList<Run> runs;
    for (const QByteArray& line : contents(QStringLiteral(POSBIAS_TEST_DATA) + "/" + file).split('\n')) {
        const QByteArrayList cells = line.split('\t');
        if (cells.mid(0, setting.size()) == setting)
            runs.append({cells[firstColumn].toLongLong(), cells[firstColumn + 1].toLongLong(), cells[bucketColumn]});
    }
    return runs;
}

/// Compares every printed row with the runs that overlap the printed range; counts what was compared.
qint64 comparedWith(const QList<Run>& runs, const Table& table)
{
    if (table.rows.isEmpty())
        return 0;
    const qint64 first = table.rows.first()[0].toLongLong();
    qint64 compared = 0;
    for (const Run& run : runs) {
        for (qint64 d = std::max(run.first, first); d <= run.last && d - first < table.rows.size(); ++d) {
            const QList<QByteArray>& row = table.rows[d - first];
            if (row[0].toLongLong() != d || row[1] != run.bucket) {
                qWarning() << "offset" << d << "row" << row << "reference" << run.bucket;
                return -1;
            }
            ++compared;
        }
    }
    return compared;
}

}  // namespace

class CommandLine : public QObject {
    Q_OBJECT

private slots:
    void everyLevelHasHelp();
    void versionIsTold();
    void schemesAreListedWithTheirSettings();
    void bucketsEqualTheReference_data();
    void bucketsEqualTheReference();
    void bucketsEqualTheBook();
    void offsetsPastTheTrainingLengthHaveNoPerOffsetBucket();
    void comparingShowsOneSchemeBreakingPastTheTrainingLength();
    void comparingAtOtherLengthsGivesOneRowEach();
    void learningCountsParameters();
    void learnedParametersAreWritten();
    void exposureCountsPairs();
    void deadBucketsAndOpenEndsAreShown();
    void biasOfUntrainedOffsetsIsTheInitialValue();
    void biasOfUntrainedOffsetsIsWhatDecayLeft();
    void matricesHoldBiasesByCell();
    void attentionRowsSumToOne();
    void numbersInNpyFilesHaveTheAskedType();
    void jsonSaysTheSameAsTheTable_data();
    void jsonSaysTheSameAsTheTable();
    void printedPresetIsTheSameExperiment();
    void optionsStandBeforeOrAfterTheExperiment();
    void settingsApplyInOrder();
    void figuresAreDrawnWithoutADisplay_data();
    void figuresAreDrawnWithoutADisplay();
    void aFigureIsTheSameBytesTwice();
    void aReaderThatLeavesIsNoError();
    void aWindowWithoutADisplayIsRefusedWithAdvice();
};

void CommandLine::everyLevelHasHelp()
{
    const Outcome top = runProgram({"--help"});
    QCOMPARE(top.exitCode, 0);
    QVERIFY(top.errors.isEmpty());
    for (const char* name :
         {"schemes", "buckets", "bias", "matrix", "exposure", "learn", "compare", "sweep", "render", "presets"}) {
        QVERIFY2(top.output.contains(QByteArray("\n  ") + name + " "), name);
        const Outcome help = runProgram({name, "--help"});
        QCOMPARE(help.exitCode, 0);
        QVERIFY(help.errors.isEmpty());
        QVERIFY2(help.output.contains(QByteArray("Usage: posbias ") + name), name);
        QVERIFY2(help.output.contains(QByteArray("  posbias ") + name), "an example");
    }
}

void CommandLine::versionIsTold()
{
    const Outcome outcome = runProgram({"--version"});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(outcome.output.startsWith("posbias "));
}

void CommandLine::schemesAreListedWithTheirSettings()
{
    const Table table = printed({"schemes"});
    QCOMPARE(table.columns, QByteArrayList({"id", "title", "parameters", "defaults", "ranges", "formula", "citation"}));
    QCOMPARE(table.rows.size(), 2);
    QCOMPARE(table.at(0, "id"), "per-offset");
    QCOMPARE(table.at(1, "id"), "t5");
    QCOMPARE(table.at(1, "parameters"), "variant, buckets, maxDistance");
    QCOMPARE(table.at(1, "defaults"), "variant=huggingface, buckets=32, maxDistance=128");
    QVERIFY(table.at(1, "ranges").contains("2 to 65536"));
    QVERIFY(!table.at(1, "formula").isEmpty());
}

void CommandLine::bucketsEqualTheReference_data()
{
    QTest::addColumn<bool>("bidirectional");
    QTest::addColumn<QByteArray>("buckets");
    QTest::addColumn<QByteArray>("maxDistance");
    QTest::newRow("decoder") << false << QByteArray("32") << QByteArray("128");
    QTest::newRow("encoder") << true << QByteArray("32") << QByteArray("128");
    QTest::newRow("odd, both ways") << true << QByteArray("33") << QByteArray("1024");
    QTest::newRow("many") << false << QByteArray("64") << QByteArray("32768");
}

void CommandLine::bucketsEqualTheReference()
{
    QFETCH(bool, bidirectional);
    QFETCH(QByteArray, buckets);
    QFETCH(QByteArray, maxDistance);
    const Table table =
        printed({"buckets", "--scheme", "t5", "--variant", "huggingface", "--buckets", buckets, "--max-distance",
                 maxDistance, "--mask", bidirectional ? "bidirectional" : "causal", "--offsets", "-70000:70000"});
    QCOMPARE(table.columns, QByteArrayList({"offset", "bucket"}));
    QCOMPARE(table.rows.size(), 140001);
    const QString file = bidirectional ? "t5_hf_bidirectional.tsv" : "t5_hf_unidirectional.tsv";
    const QList<Run> runs = referenceRuns(file, {bidirectional ? "1" : "0", buckets, maxDistance}, 5, 7);
    QCOMPARE(comparedWith(runs, table), 140001);
}

void CommandLine::bucketsEqualTheBook()
{
    const Table table =
        printed({"buckets", "--variant", "book", "--buckets", "32", "--max-distance", "1024", "--offsets", "0:2000"});
    QCOMPARE(comparedWith(referenceRuns("book.tsv", {"32", "1024", "figure_hf"}, 3, 7), table), 2001);
    const Table small =
        printed({"buckets", "--variant", "book", "--buckets", "3", "--max-distance", "5", "--offsets", "0:6"});
    const QByteArrayList expected = {"0", "1", "2", "2", "3", "3", "3"};
    for (qsizetype d = 0; d < expected.size(); ++d)
        QCOMPARE(small.at(d, "bucket"), expected[d]);
}

void CommandLine::offsetsPastTheTrainingLengthHaveNoPerOffsetBucket()
{
    const Table table = printed({"buckets", "--scheme", "per-offset", "--training-length", "8", "--mask",
                                 "bidirectional", "--offsets", "-9:9"});
    QCOMPARE(table.rows.size(), 19);
    QCOMPARE(table.at(0, "bucket"), "");
    QCOMPARE(table.at(2, "bucket"), "0");    // offset -7
    QCOMPARE(table.at(16, "bucket"), "14");  // offset 7
    QCOMPARE(table.at(17, "bucket"), "");
}

void CommandLine::comparingShowsOneSchemeBreakingPastTheTrainingLength()
{
    const Table table = printed({"compare", "past-training"});
    QCOMPARE(table.columns, QByteArrayList({"scheme", "length", "nll", "kl", "untrained_mass", "unseen_mass"}));
    QCOMPARE(table.rows.size(), 4);  // default: the training length and the length shown
    const qsizetype a = rowOf(table, "A", "length", "1000"), b = rowOf(table, "B", "length", "1000");
    const double klA = table.number(a, "kl"), klB = table.number(b, "kl");
    QVERIFY2(klA > 0.427 && klA < 0.452, qPrintable(QString::number(klA)));
    QVERIFY2(klB > 0.0134 && klB < 0.0180, qPrintable(QString::number(klB)));
    QVERIFY(table.number(a, "untrained_mass") > 0.2);
    QCOMPARE(table.number(b, "untrained_mass"), 0.0);
    QVERIFY(table.number(b, "unseen_mass") > 0.0);
    QCOMPARE(table.number(rowOf(table, "A", "length", "512"), "unseen_mass"), 0.0);
}

void CommandLine::comparingAtOtherLengthsGivesOneRowEach()
{
    const Table table = printed({"compare", "past-training", "--lengths", "1,512,65536"});
    QCOMPARE(table.rows.size(), 6);
    QCOMPARE(table.at(0, "length"), "1");
    QCOMPARE(table.number(0, "nll"), 0.0);  // one key: nothing to get wrong
    QCOMPARE(table.number(0, "kl"), 0.0);
    QVERIFY(table.number(2, "kl") > 4.0);  // far past training per-offset drifts
    QCOMPARE(table.at(3, "scheme"), "B");
}

void CommandLine::learningCountsParameters()
{
    const Table table = printed({"learn", "past-training"});
    QCOMPARE(table.columns,
             QByteArrayList({"scheme", "parameters", "untrained", "steps", "gradient_norm", "train_nll"}));
    QCOMPARE(table.at(0, "parameters"), "512");
    QCOMPARE(table.at(0, "untrained"), "0");
    QCOMPARE(table.at(0, "steps"), "1000");
    QCOMPARE(table.at(1, "parameters"), "32");
    const Table exact = printed({"learn", "past-training", "--set", "learning.optimizer=exact"});
    QVERIFY(exact.number(0, "gradient_norm") < 1e-8);
    QVERIFY(exact.number(1, "gradient_norm") < 1e-8);
}

void CommandLine::learnedParametersAreWritten()
{
    QTemporaryDir folder;
    const Table table = printed({"learn", "book-figure", "-o", "learned.csv"}, folder.path());
    QCOMPARE(table.at(1, "parameters"), "33");
    QCOMPARE(table.at(1, "untrained"), "2");
    const QByteArrayList lines = contents(folder.filePath("learned.csv")).split('\n');
    QCOMPARE(lines[0], "scheme,parameter,first_offset,last_offset,value,trained");
    QCOMPARE(lines.size(), 1 + 512 + 33 + 1);
    QVERIFY(lines[1].startsWith("A,0,0,0,"));
    QVERIFY(lines[1].endsWith(",1"));
    QVERIFY(lines[513 + 16].startsWith("B,16,16,20,"));
    QCOMPARE(lines[513 + 32], "B,32,802,inf,0,0");
}

void CommandLine::exposureCountsPairs()
{
    const Table table = printed({"exposure", "past-training"});
    QCOMPARE(table.columns, QByteArrayList({"scheme", "parameter", "first_offset", "last_offset", "pairs", "share"}));
    QCOMPARE(table.rows.size(), 512 + 32);
    QCOMPARE(table.at(511, "pairs"), "40");  // offset 511: once in each of 40 documents
    const qsizetype last = rowOf(table, "B", "parameter", "31");
    QCOMPARE(table.at(last, "first_offset"), "113");
    QCOMPARE(table.at(last, "last_offset"), "inf");
    QCOMPARE(table.at(last, "pairs"), "3192000");
    double shares = 0.0;
    for (qsizetype row = 512; row < table.rows.size(); ++row)
        shares += table.number(row, "share");
    QVERIFY(std::abs(shares - 1.0) < 1e-12);
    QCOMPARE(table.number(last, "share"), 3192000.0 / (40.0 * 512.0 * 513.0 / 2.0));
}

void CommandLine::deadBucketsAndOpenEndsAreShown()
{
    const Table table = printed({"exposure", "t5-encoder"});
    const qsizetype dead = rowOf(table, "B", "parameter", "16");
    QCOMPARE(table.at(dead, "first_offset"), "");
    QCOMPARE(table.at(dead, "last_offset"), "");
    QCOMPARE(table.at(dead, "pairs"), "0");
    QCOMPARE(table.at(rowOf(table, "B", "parameter", "15"), "last_offset"), "inf");
    QCOMPARE(table.at(rowOf(table, "B", "parameter", "31"), "first_offset"), "-inf");
}

void CommandLine::biasOfUntrainedOffsetsIsTheInitialValue()
{
    const Table table = printed({"bias", "past-training", "--set", "learning.initial=0.25", "--offsets", "0:1000"});
    QCOMPARE(table.columns, QByteArrayList({"offset", "A", "B"}));
    QCOMPARE(table.rows.size(), 1001);
    QVERIFY(table.number(511, "A") != 0.25);
    QCOMPARE(table.at(512, "A"), "0.25");
    QCOMPARE(table.at(1000, "A"), "0.25");
    QCOMPARE(table.at(113, "B"), table.at(1000, "B"));  // the last bucket goes on
    QVERIFY(table.at(112, "B") != table.at(113, "B"));
    const Table far = printed({"bias", "past-training", "--offsets", "16777216"});
    QCOMPARE(far.rows.size(), 1);
    QCOMPARE(far.at(0, "A"), "0");
}

void CommandLine::biasOfUntrainedOffsetsIsWhatDecayLeft()
{
    for (const char* offset : {"512", "1000", "16777216"}) {
        const Table table =
            printed({"bias", "past-training", "--set", "learning.optimizer=adamw", "--set", "learning.weightDecay=0.25",
                     "--set", "learning.steps=100", "--set", "learning.initial=1", "--offsets", offset});
        QVERIFY(std::abs(table.number(0, "A") - std::pow(0.9925, 100)) < 1e-12);
    }
}

void CommandLine::matricesHoldBiasesByCell()
{
    QTemporaryDir folder;
    const Outcome outcome =
        runProgram({"matrix", "past-training", "--field", "bias", "--scheme", "B", "--length", "40", "-o", "bias.csv"},
                   folder.path());
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(outcome.output.isEmpty() && outcome.errors.isEmpty());
    const Table biases = printed({"bias", "past-training", "--offsets", "0:39"});
    const QByteArrayList rows = contents(folder.filePath("bias.csv")).trimmed().split('\n');
    QCOMPARE(rows.size(), 40);
    for (qsizetype i = 0; i < 40; ++i) {
        const QByteArrayList cells = rows[i].split(',');
        QCOMPARE(cells.size(), 40);
        for (qsizetype j = 0; j < 40; ++j)
            QCOMPARE(cells[j], j > i ? QByteArray("-inf") : biases.at(i - j, "B"));
    }
}

void CommandLine::attentionRowsSumToOne()
{
    QTemporaryDir folder;
    for (const QString& content : {QStringLiteral("none"), QStringLiteral("random")}) {
        QCOMPARE(runProgram({"matrix", "small-corpus", "--set", "content.kind=" + content, "--field", "attention",
                             "--length", "50", "--force", "-o", "a.csv"},
                            folder.path())
                     .exitCode,
                 0);
        const QByteArrayList rows = contents(folder.filePath("a.csv")).trimmed().split('\n');
        QCOMPARE(rows.size(), 50);
        for (qsizetype i = 0; i < 50; ++i) {
            double sum = 0.0;
            const QByteArrayList cells = rows[i].split(',');
            for (const QByteArray& cell : cells)
                sum += cell.toDouble();
            QVERIFY(std::abs(sum - 1.0) < 1e-12);
            QVERIFY(i == 49 || cells[i + 1] == "0");
        }
    }
}

void CommandLine::numbersInNpyFilesHaveTheAskedType()
{
    QTemporaryDir folder;
    const QStringList arguments = {"matrix", "book-small", "--field", "attention", "--scheme", "A", "-o", "m.npy"};
    QCOMPARE(runProgram(arguments, folder.path()).exitCode, 0);
    const QByteArray wide = contents(folder.filePath("m.npy"));
    QVERIFY(wide.startsWith("\x93NUMPY") && wide.contains("'<f8'") && wide.contains("(8, 8)"));
    QCOMPARE(runProgram(arguments + QStringList{"--dtype", "float32", "--force"}, folder.path()).exitCode, 0);
    const QByteArray narrow = contents(folder.filePath("m.npy"));
    QVERIFY(narrow.contains("'<f4'"));
    QCOMPARE(wide.size() - narrow.size(), 8 * 8 * 4);
    double first = 0.0;
    memcpy(&first, wide.constData() + wide.size() - 8 * 8 * 8, sizeof first);
    QCOMPARE(first, 1.0);  // the first query sees one key
}

void CommandLine::jsonSaysTheSameAsTheTable_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("schemes") << QStringList{"schemes"};
    QTest::newRow("presets") << QStringList{"presets"};
    QTest::newRow("buckets") << QStringList{"buckets", "--scheme", "per-offset", "--offsets", "505:520"};
    QTest::newRow("bias") << QStringList{"bias", "book-figure", "--offsets", "500:520"};
    QTest::newRow("exposure") << QStringList{"exposure", "t5-encoder"};
    QTest::newRow("learn") << QStringList{"learn", "small-corpus"};
    QTest::newRow("compare") << QStringList{"compare", "past-training"};
}

void CommandLine::jsonSaysTheSameAsTheTable()
{
    QFETCH(QStringList, arguments);
    const Table table = printed(arguments);
    const Outcome outcome = runProgram(arguments + QStringList{"--format", "json"});
    QCOMPARE(outcome.exitCode, 0);
    QJsonParseError error;
    const QJsonArray objects = QJsonDocument::fromJson(outcome.output, &error).array();
    QCOMPARE(error.error, QJsonParseError::NoError);
    QVERIFY(!table.rows.isEmpty());
    QCOMPARE(objects.size(), table.rows.size());
    for (qsizetype row = 0; row < table.rows.size(); ++row) {
        const QJsonObject object = objects[row].toObject();
        QCOMPARE(object.size(), table.columns.size());
        for (const QByteArray& column : table.columns) {
            const QJsonValue value = object.value(QString::fromUtf8(column));
            const QByteArray cell = table.at(row, column);
            if (value.isNull())
                QVERIFY(cell.isEmpty() || cell == "inf" || cell == "-inf");
            else if (value.isString())
                QCOMPARE(value.toString().toUtf8(), cell);
            else
                QCOMPARE(value.toDouble(), cell.toDouble());
        }
    }
}

void CommandLine::printedPresetIsTheSameExperiment()
{
    QTemporaryDir folder;
    const Outcome preset = runProgram({"presets", "small-corpus"});
    QCOMPARE(preset.exitCode, 0);
    QFile file(folder.filePath("mine.posbias"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(preset.output);
    file.close();
    QCOMPARE(runProgram({"compare", "mine.posbias"}, folder.path()).output,
             runProgram({"compare", "small-corpus"}).output);
}

void CommandLine::optionsStandBeforeOrAfterTheExperiment()
{
    const Outcome after = runProgram({"bias", "book-small", "--offsets", "0:3", "--set", "learning.initial=1"});
    const Outcome before = runProgram({"bias", "--set", "learning.initial=1", "--offsets=0:3", "book-small"});
    QCOMPARE(after.exitCode, 0);
    QCOMPARE(before.exitCode, 0);
    QCOMPARE(before.output, after.output);
    QCOMPARE(runProgram({"bias", "book-small", "--quiet", "--offsets", "0:3", "--set", "learning.initial=1"}).output,
             after.output);
}

void CommandLine::settingsApplyInOrder()
{
    // Only both together are valid: the whole is checked at the end.
    const Table table = printed({"learn", "past-training", "--set", "schemes.1.maxDistance=8", "--set",
                                 "schemes.1.buckets=8", "--set", "trainingLength=64"});
    QCOMPARE(table.at(0, "parameters"), "64");
    QCOMPARE(table.at(1, "parameters"), "8");
}

void CommandLine::figuresAreDrawnWithoutADisplay_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("figure");
    QTest::addColumn<QByteArray>("beginning");
    QTest::newRow("pdf") << "figure.pdf"
                         << "bias" << QByteArray("%PDF-");
    QTest::newRow("svg") << "figure.svg"
                         << "buckets" << QByteArray("<?xml");
    QTest::newRow("png") << "figure.png"
                         << "attention" << QByteArray("\x89PNG");
}

void CommandLine::figuresAreDrawnWithoutADisplay()
{
    QFETCH(QString, file);
    QFETCH(QString, figure);
    QFETCH(QByteArray, beginning);
    QTemporaryDir folder;
    const Outcome outcome = runProgram({"render", "past-training", "-o", file, "--figure", figure, "--width", "12cm",
                                        "--height", "80", "--dpi", "100", "--theme", "dark"},
                                       folder.path());
    QCOMPARE(outcome.errors, QByteArray());
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.output, QByteArray());
    QVERIFY(contents(folder.filePath(file)).startsWith(beginning));
}

void CommandLine::aFigureIsTheSameBytesTwice()
{
    QTemporaryDir folder;
    for (const QString ending : {"png", "pdf"}) {
        QSet<QByteArray> made;
        for (const char* place : {"a", "b", "c", "d", "e"}) {
            QVERIFY(QDir(folder.path()).mkpath(place));
            const QString file = place + QString("/figure.") + ending;
            QCOMPARE(
                runProgram({"render", "t5-encoder", "--figure", "compare", "--dpi", "60", "-o", file}, folder.path())
                    .exitCode,
                0);
            made.insert(contents(folder.filePath(file)));
        }
        QCOMPARE(made.size(), 1);
        QVERIFY(!made.begin()->isEmpty());
    }
}

void CommandLine::aReaderThatLeavesIsNoError()
{
    const QString script = QStringLiteral("{ '" POSBIAS_EXECUTABLE "' buckets --offsets 0:4000000; echo $? >&2; }"
                                          " | head -n 2");
    const Outcome outcome = runCommand("/bin/sh", {"-c", script});
    QCOMPARE(outcome.output, QByteArray("offset\tbucket\n0\t0\n"));
    QCOMPARE(outcome.errors, QByteArray("0\n"));
}

void CommandLine::aWindowWithoutADisplayIsRefusedWithAdvice()
{
    for (const QStringList& arguments : {QStringList{}, QStringList{"t5-encoder"}}) {
        const Outcome outcome = runProgram(arguments);
        QVERIFY(!outcome.crashed);
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY(outcome.errors.startsWith("posbias: no display"));
        QVERIFY(outcome.errors.contains("posbias render"));
    }
}

QTEST_GUILESS_MAIN(CommandLine)
#include "command_line.moc"
