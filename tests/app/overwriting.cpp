// SPDX-License-Identifier: GPL-3.0-or-later
// What commands write over: nothing unasked, never what they read, and no file twice; and what they find out about
// figures that were changed since they were written.

#include "tests/app/files.h"
#include "tests/app/program.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

namespace {

/// One figure of three maps, each a picture beside a .tex file.
const char* const maps = R"({
  "posbias": 1, "trainingLength": 512, "length": 1000,
  "figures": [{"name": "b", "view": "attention", "width": 120.0, "height": 50.0, "formats": ["tex"]}]
})";

}  // namespace

class Overwriting : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup()
    {
        std::error_code ignored;  // QTemporaryDir cannot name everything that is inside
        std::filesystem::remove_all(m_folder->path().toStdString(), ignored);
    }

    void allFilesOfAFigureAreRefusedAtOnce();
    void tablesNeedForceToo_data();
    void tablesNeedForceToo();
    void devicesAreWrittenToAsTheyAre();
    void experimentsComeThroughPipesToo();
    void aSaveThatBrokeOffIsRemarkedUpon();
    void whatIsReadIsNotWritten();
    void twoOutputsInOneFileAreRefusedBeforeWork();
    void twoOutputsInOneFileThroughLinksToNothingAreRefusedToo();
    void filesOfOneFigureInOneThroughLinksAreRefused_data();
    void filesOfOneFigureInOneThroughLinksAreRefused();
    void aPictureThatIsMissingIsListedAndRestored();
    void aDescriptionThatIsMissingIsListedAndRestored();
    void aDeletedFigureIsRestoredBesideWhatBelongsToIt_data();
    void aDeletedFigureIsRestoredBesideWhatBelongsToIt();
    void whatAKillBetweenPicturesAndFigureLeftIsNoObstacle();
    void tablesThatHoldTheSameAreUpToDate();
    void whatWasChangedIsListedAndNotReplacedUnasked_data();
    void whatWasChangedIsListedAndNotReplacedUnasked();
    void outdatedFiguresOfOurOwnAreReplaced();
    void aForeignNeighbourIsNotReplaced();
    void figuresThatWriteTheSameFileAreFoundOutBefore_data();
    void figuresThatWriteTheSameFileAreFoundOutBefore();
    void namesThatAreNotUtf8Work();
    void aNameThatAFigureCannotCarryIsRefused();

private:
    Outcome run(const QStringList& arguments) { return runProgram(arguments, m_folder->path()); }
    /// With the program as $P; for names that no QString holds.
    Outcome shell(const QByteArray& script)
    {
        return runCommand("/bin/sh", {"-c", QString::fromUtf8("P='" POSBIAS_EXECUTABLE "'; " + script)},
                          m_folder->path());
    }
    QString path(const QString& name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void Overwriting::allFilesOfAFigureAreRefusedAtOnce()
{
    const QStringList command = {"render", "past-training", "--figure", "attention", "--description", "-o", "a.tex"};
    write(path("a.txt"), "mine");
    write(path("a-1.png"), "mine");
    const Outcome refused = run(command);
    QCOMPARE(refused.exitCode, 2);
    QCOMPARE(refused.errors, QByteArray("posbias: a.txt and a-1.png exist; --force replaces them\n"));
    QCOMPARE(entries(m_folder->path()), QStringList({"a-1.png", "a.txt"}));
    QCOMPARE(read(path("a.txt")) + read(path("a-1.png")), QByteArray("minemine"));
    QCOMPARE(run(command + QStringList{"--force"}).exitCode, 0);
    QVERIFY(read(path("a-1.png")).startsWith("\x89PNG"));

    write(path("g-002.png"), "mine");
    const Outcome frames =
        run({"render", "book-small", "--frames", "length=4:8", "--frame-count", "2", "--dpi", "50", "-o", "g.png"});
    QCOMPARE(frames.exitCode, 2);
    QVERIFY2(frames.errors.contains("g-002.png exists; --force"), frames.errors);
}

void Overwriting::tablesNeedForceToo_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<QStringList>("files");
    QTest::newRow("matrix") << QStringList{"matrix", "book-small", "-o", "m.npy"} << QStringList{"m.npy"};
    QTest::newRow("matrix as text") << QStringList{"matrix", "book-small", "-o", "m.csv"} << QStringList{"m.csv"};
    QTest::newRow("learn") << QStringList{"learn", "book-small", "-o", "l.csv"} << QStringList{"l.csv"};
    QTest::newRow("history") << QStringList{"learn", "book-small", "--history", "h.csv"} << QStringList{"h.csv"};
    QTest::newRow("both") << QStringList{"learn", "book-small", "-o", "l.csv", "--history", "h.csv"}
                          << QStringList{"l.csv", "h.csv"};
}

void Overwriting::tablesNeedForceToo()
{
    QFETCH(QStringList, command);
    QFETCH(QStringList, files);
    for (const QString& file : files)
        write(path(file), "mine");
    const Outcome refused = run(command);
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.errors.contains(files.join(" and ").toUtf8()) && refused.errors.contains("--force"),
             refused.errors);
    for (const QString& file : files)
        QCOMPARE(read(path(file)), QByteArray("mine"));
    QCOMPARE(run(command + QStringList{"--force"}).exitCode, 0);
    for (const QString& file : files)
        QVERIFY(read(path(file)).size() > 4);
}

void Overwriting::devicesAreWrittenToAsTheyAre()
{
    const Outcome outcome = shell("$P learn book-small -o /dev/stdout --history /dev/null");
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(outcome.output.startsWith("scheme,parameter,"));
    QCOMPARE(shell("$P learn book-small -o /dev/stdout > redirected.csv").exitCode, 0);
    QVERIFY(read(path("redirected.csv")) == outcome.output);
}

void Overwriting::experimentsComeThroughPipesToo()
{
    const Outcome outcome = shell("$P presets book-small | $P learn /dev/stdin && mkfifo pipe.posbias && "
                                  "{ $P presets book-small > pipe.posbias & $P learn pipe.posbias; }");
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.output.count("scheme\t"), 2);
}

void Overwriting::aSaveThatBrokeOffIsRemarkedUpon()
{
    QCOMPARE(shell("$P presets book-small > x.posbias && $P presets t5-encoder > x.posbias.before-saving-7").exitCode,
             0);
    const Outcome outcome = run({"learn", "x.posbias"});
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.errors,
             "posbias: saving x.posbias broke off once: what it held before is in ./x.posbias.before-saving-7\n");
    write(path("x.posbias"), "{");
    const Outcome broken = run({"learn", "x.posbias"});
    QCOMPARE(broken.exitCode, 2);
    QVERIFY2(broken.errors.contains("x.posbias.before-saving-7"), broken.errors);
}

void Overwriting::whatIsReadIsNotWritten()
{
    write(path("lengths.csv"), "512\n");
    QVERIFY(QFile::link("lengths.csv", path("link.csv")));
    for (const char* output : {"lengths.csv", "./lengths.csv", "link.csv"}) {
        const Outcome outcome =
            run({"learn", "book-small", "--lengths-from", "lengths.csv", "-o", QLatin1String(output), "--force"});
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.errors.contains("is read by this command"), outcome.errors);
        QCOMPARE(read(path("lengths.csv")), QByteArray("512\n"));
    }
    QCOMPARE(run({"render", "book-small", "--figure", "buckets", "-o", "f.svg"}).exitCode, 0);
    QCOMPARE(run({"render", "f.svg", "--width", "99mm", "-o", "f.svg", "--force"}).exitCode, 2);
}

void Overwriting::twoOutputsInOneFileAreRefusedBeforeWork()
{
    write(path("old.csv"), "mine");
    std::filesystem::create_hard_link(path("old.csv").toStdString(), path("same.csv").toStdString());
    for (const auto& [first, second] : {std::pair("a.csv", "./a.csv"), std::pair("old.csv", "same.csv")}) {
        const Outcome outcome = run({"learn", "book-small", "--force", "-o", first, "--history", second});
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.errors.contains("-o names the same file"), outcome.errors);
    }
    QVERIFY(!QFile::exists(path("a.csv")));
}

void Overwriting::twoOutputsInOneFileThroughLinksToNothingAreRefusedToo()
{
    QVERIFY(QDir(m_folder->path()).mkdir("d"));
    const auto link = [&](const char* to, const char* name) {
        std::filesystem::create_symlink(to, path(QLatin1String(name)).toStdString());
    };
    link("same.csv", "first.csv");
    link("d/../first.csv", "second.csv");
    link("d", "e");
    link("e/in.csv", "third.csv");
    for (const auto& [first, second] : {std::pair("same.csv", "first.csv"), std::pair("second.csv", "same.csv"),
                                        std::pair("first.csv", "second.csv"), std::pair("third.csv", "d/in.csv")}) {
        const Outcome outcome = run({"learn", "book-small", "--force", "-o", first, "--history", second});
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.errors.contains("-o names the same file"), outcome.errors);
    }
    QVERIFY(!QFile::exists(path("same.csv")) && !QFile::exists(path("d/in.csv")));
    QCOMPARE(run({"learn", "book-small", "-o", "first.csv", "--history", "third.csv"}).exitCode, 0);
    QVERIFY(read(path("same.csv")).startsWith("scheme,parameter") && read(path("d/in.csv")).startsWith("scheme,step"));
}

void Overwriting::filesOfOneFigureInOneThroughLinksAreRefused_data()
{
    QTest::addColumn<QString>("figure");
    QTest::addColumn<QString>("link");
    QTest::addColumn<QString>("to");
    QTest::addColumn<bool>("hard");
    QTest::newRow("a description that would be the figure") << "f.pdf"
                                                            << "f.txt"
                                                            << "f.pdf" << false;
    QTest::newRow("two pictures of TikZ") << "f.tex"
                                          << "f-1.png"
                                          << "f-2.png" << false;
    QTest::newRow("a picture that would be the description") << "f.tex"
                                                             << "f-3.png"
                                                             << "f.txt" << false;
    QTest::newRow("a hard link") << "f.svg"
                                 << "f.txt"
                                 << "f.svg" << true;
}

void Overwriting::filesOfOneFigureInOneThroughLinksAreRefused()
{
    QFETCH(QString, figure);
    QFETCH(QString, link);
    QFETCH(QString, to);
    QFETCH(bool, hard);
    write(path("maps.posbias"), maps);
    if (hard) {
        write(path(to), "mine");
        std::filesystem::create_hard_link(path(to).toStdString(), path(link).toStdString());
    } else {
        QVERIFY(QFile::link(to, path(link)));
    }
    const Outcome refused = run({"render", "maps.posbias", "--description", "--force", "-o", figure});
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.errors.contains("are links to the same file") && refused.errors.contains(link.toUtf8()) &&
                 refused.errors.contains(to.toUtf8()),
             refused.errors);
    QCOMPARE(read(path(to)), QByteArray(hard ? "mine" : ""));
    QVERIFY(hard || !QFile::exists(path(figure)));
}

void Overwriting::aPictureThatIsMissingIsListedAndRestored()
{
    write(path("maps.posbias"), maps);
    const QStringList all = {"render", "maps.posbias", "--all", "-o", "o"},
                      check = {"render", "maps.posbias", "--check", "-o", "o"};
    QCOMPARE(run(all).exitCode, 0);
    QCOMPARE(entries(path("o")), QStringList({"b-1.png", "b-2.png", "b-3.png", "b.tex"}));
    QCOMPARE(run(check).exitCode, 0);
    const QByteArray picture = read(path("o/b-2.png"));
    QVERIFY(QFile::remove(path("o/b-2.png")));
    const Outcome missing = run(check);
    QCOMPARE(missing.exitCode, 1);
    QCOMPARE(missing.output, QByteArray("o/b-2.png\tmissing\n"));
    QCOMPARE(run(all).exitCode, 0);
    QVERIFY(read(path("o/b-2.png")) == picture);
    QCOMPARE(run(check).exitCode, 0);
}

void Overwriting::aDescriptionThatIsMissingIsListedAndRestored()
{
    write(path("maps.posbias"), maps);
    const QStringList all = {"render", "maps.posbias", "--all", "--description", "--formats", "csv,pdf", "-o", "o"};
    QCOMPARE(run(all).exitCode, 0);
    QVERIFY(QFile::remove(path("o/b.txt")));
    const QStringList check = {"render", "maps.posbias", "--check", "--description", "--formats", "pdf", "-o", "o"};
    QCOMPARE(run(check).output, QByteArray("o/b.txt\tmissing\n"));
    QCOMPARE(run(all).exitCode, 0);
    QCOMPARE(run(check).exitCode, 0);
    write(path("o/b.txt"), "in my own words");
    QCOMPARE(run(check).output, QByteArray("o/b.txt\tchanged since it was written\n"));
}

void Overwriting::aDeletedFigureIsRestoredBesideWhatBelongsToIt_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QString>("deleted");
    const QStringList frames = {"--frames", "length=300:600", "--frame-count", "2"};
    for (const char* format : {"pdf", "svg", "png", "tex", "csv", "npy"})
        QTest::newRow(format) << format << QStringList() << QStringLiteral("o/b.%1").arg(QLatin1String(format));
    QTest::newRow("an animation") << "gif" << frames << "o/b.gif";
    QTest::newRow("a frame") << "png" << frames << "o/b-001.png";
    QTest::newRow("a frame with pictures") << "tex" << frames << "o/b-002.tex";
}

void Overwriting::aDeletedFigureIsRestoredBesideWhatBelongsToIt()
{
    QFETCH(QString, format);
    QFETCH(QStringList, more);
    QFETCH(QString, deleted);
    write(path("maps.posbias"), maps);
    const QStringList options = QStringList{"--description", "--formats", format, "--dpi", "50", "-o", "o"} + more;
    const QStringList all = QStringList{"render", "maps.posbias", "--all"} + options,
                      check = QStringList{"render", "maps.posbias", "--check"} + options;
    QCOMPARE(run(all).exitCode, 0);
    const QStringList files = entries(path("o"));
    const QByteArray figure = read(path(deleted));
    QVERIFY(!figure.isEmpty() && QFile::remove(path(deleted)));
    QCOMPARE(run(check).output, deleted.toUtf8() + "\tmissing\n");
    const Outcome restored = run(all);
    QVERIFY2(restored.exitCode == 0, restored.errors);
    QVERIFY(read(path(deleted)) == figure);
    QCOMPARE(entries(path("o")), files);
    QCOMPARE(run(check).exitCode, 0);
}

void Overwriting::whatAKillBetweenPicturesAndFigureLeftIsNoObstacle()
{
    const QStringList all = {"render", "maps.posbias", "--all", "--description", "-o", "o"};
    write(path("maps.posbias"), maps);
    QCOMPARE(run(all).exitCode, 0);
    const QByteArray old = read(path("o/b.tex")), oldPicture = read(path("o/b-2.png"));
    write(path("maps.posbias"), QByteArray(maps).replace("1000", "900"));
    QCOMPARE(run(all).exitCode, 0);
    const QByteArray figure = read(path("o/b.tex")), picture = read(path("o/b-2.png"));
    QVERIFY(figure != old && picture != oldPicture);
    // Some of what belongs to it is new, the rest as before.
    write(path("o/b.tex"), old);
    write(path("o/b-2.png"), oldPicture);
    const Outcome completed = run(all);
    QVERIFY2(completed.exitCode == 0, completed.errors);
    QVERIFY(read(path("o/b.tex")) == figure && read(path("o/b-2.png")) == picture);

    write(path("o/b.tex"), old);
    write(path("o/b-1.png"), "mine");
    const Outcome refused = run(all);
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.errors.contains("o/b-1.png") && !refused.errors.contains("o/b-2.png"), refused.errors);
    QCOMPARE(read(path("o/b-1.png")), QByteArray("mine"));
}

void Overwriting::tablesThatHoldTheSameAreUpToDate()
{
    const QByteArray tables = R"({"posbias": 1, "trainingLength": 32, "length": 64, "figures": [
        {"name": "t", "view": "bias", "formats": ["csv", "npy"]}, {"name": "p", "view": "profile", "formats": ["pdf"]}]})";
    write(path("lecture.posbias"), tables);
    const QStringList all = {"render", "lecture.posbias", "--all", "-o", "o"},
                      check = {"render", "lecture.posbias", "--check", "-o", "o"};
    QCOMPARE(run(all).exitCode, 0);
    const QByteArray csv = read(path("o/t.csv")), npy = read(path("o/t.npy"));
    const auto time = std::filesystem::last_write_time(path("o/t.csv").toStdString());
    QCOMPARE(run(check).output, QByteArray());
    QCOMPARE(run(check).exitCode, 0);
    QVERIFY(QFile::remove(path("o/p.pdf")));
    QCOMPARE(run(all).exitCode, 0);  // tables stand in no other figure's way
    QVERIFY(QFile::exists(path("o/p.pdf")));
    QVERIFY(std::filesystem::last_write_time(path("o/t.csv").toStdString()) == time);

    write(path("o/t.csv"), csv + "mine\n");
    const Outcome listed = run(check);
    QCOMPARE(listed.exitCode, 1);
    QCOMPARE(listed.output, QByteArray("o/t.csv\tdiffers from what would be written\n"));
    const Outcome refused = run(all);
    QCOMPARE(refused.exitCode, 2);
    QCOMPARE(refused.errors,
             QByteArray("posbias: o/t.csv exists and differs from what would be written; --force replaces it\n"));
    QVERIFY(read(path("o/t.csv")) == csv + "mine\n");
    QCOMPARE(run(all + QStringList{"--force"}).exitCode, 0);
    QVERIFY(read(path("o/t.csv")) == csv && read(path("o/t.npy")) == npy);
}

void Overwriting::whatWasChangedIsListedAndNotReplacedUnasked_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("kept");
    QTest::addColumn<QByteArray>("added");
    QTest::newRow("a cut-off picture") << "png"
                                       << "o/b.png" << 50 << QByteArray();
    QTest::newRow("a cut-off animation") << "gif"
                                         << "o/b.gif" << 50 << QByteArray();
    QTest::newRow("an edited TeX file") << "tex"
                                        << "o/b.tex" << 100 << QByteArray("% mine\n");
    QTest::newRow("a cut-off SVG") << "svg"
                                   << "o/b.svg" << 90 << QByteArray();
    QTest::newRow("a PDF with more behind it") << "pdf"
                                               << "o/b.pdf" << 100 << QByteArray("% mine\n");
    QTest::newRow("another picture in a TeX file") << "tex"
                                                   << "o/b-1.png" << 0 << QByteArray("\x89PNG");
}

void Overwriting::whatWasChangedIsListedAndNotReplacedUnasked()
{
    QFETCH(QString, format);
    QFETCH(QString, file);
    QFETCH(int, kept);
    QFETCH(QByteArray, added);
    write(path("maps.posbias"), maps);
    QStringList all = {"render", "maps.posbias", "--all", "--formats", format, "--dpi", "50", "-o", "o"};
    if (format == "gif")
        all += {"--frames", "length=300:600", "--frame-count", "2"};
    QCOMPARE(run(all).exitCode, 0);
    QStringList check = all;
    check[2] = "--check";
    QCOMPARE(run(check).exitCode, 0);

    const QByteArray old = read(path(file));
    const QByteArray changed = old.left(old.size() * kept / 100) + added;
    write(path(file), changed);
    const Outcome listed = run(check);
    QCOMPARE(listed.exitCode, 1);
    QVERIFY2(listed.output.startsWith(file.toUtf8() + '\t'), listed.output);
    const Outcome refused = run(all);
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.errors.contains(file.toUtf8()) && refused.errors.contains("--force"), refused.errors);
    QVERIFY(read(path(file)) == changed);
    QCOMPARE(run(all + QStringList{"--force"}).exitCode, 0);
    QVERIFY(read(path(file)) == old);
    QCOMPARE(run(check).exitCode, 0);
}

void Overwriting::outdatedFiguresOfOurOwnAreReplaced()
{
    write(path("maps.posbias"), maps);
    const QStringList all = {"render", "maps.posbias", "--all", "-o", "o"};
    QCOMPARE(run(all).exitCode, 0);
    write(path("maps.posbias"), QByteArray(maps).replace("1000", "1001"));
    QCOMPARE(run({"render", "maps.posbias", "--check", "-o", "o"}).output, QByteArray("o/b.tex\tout of date\n"));
    QCOMPARE(run(all).exitCode, 0);
    QCOMPARE(run({"render", "maps.posbias", "--check", "-o", "o"}).exitCode, 0);
}

void Overwriting::aForeignNeighbourIsNotReplaced()
{
    write(path("maps.posbias"), maps);
    QVERIFY(QDir().mkpath(path("o")));
    for (const char* name : {"o/b-1.png", "o/b.txt"})
        write(path(name), "mine");
    const Outcome refused = run({"render", "maps.posbias", "--only", "b", "--description", "-o", "o"});
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.errors.contains("o/b-1.png") && refused.errors.contains("o/b.txt"), refused.errors);
    QCOMPARE(entries(path("o")), QStringList({"b-1.png", "b.txt"}));
}

void Overwriting::figuresThatWriteTheSameFileAreFoundOutBefore_data()
{
    QTest::addColumn<QByteArray>("figures");
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("a picture of TikZ") << QByteArray(R"({"name": "a", "view": "attention", "formats": ["tex"]},
                                                       {"name": "a-1", "view": "profile", "formats": ["png"]})")
                                       << QByteArray("a-1.png");
    QTest::newRow("a frame") << QByteArray(R"({"name": "a-001", "view": "profile", "formats": ["png"]},
        {"name": "a", "view": "bias", "frames": {"over": "length", "first": 4, "last": 8, "count": 2}, "formats": ["png"]})")
                             << QByteArray("a-001.png");
    QTest::newRow("a frame before") << QByteArray(R"(
        {"name": "a", "view": "bias", "frames": {"over": "length", "first": 4, "last": 8, "count": 2}, "formats": ["png"]},
        {"name": "a-002", "view": "profile", "formats": ["png"]})")
                                    << QByteArray("a-002.png");
    QTest::newRow("upper and lower case")
        << QByteArray(R"({"name": "a", "view": "profile"}, {"name": "A", "view": "bias"})") << QByteArray("A.pdf");
}

void Overwriting::figuresThatWriteTheSameFileAreFoundOutBefore()
{
    QFETCH(QByteArray, figures);
    QFETCH(QByteArray, file);
    write(path("lecture.posbias"),
          "{\"posbias\": 1, \"length\": 64, \"trainingLength\": 32, \"figures\": [" + figures + "]}");
    const Outcome refused = run({"render", "lecture.posbias", "--all", "-o", "o"});
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.errors.contains(file + " would be written twice"), refused.errors);
    QVERIFY(refused.errors.count("the figure \"") == 2);
    if (figures.contains("frames"))
        QVERIFY2(refused.errors.contains("frame " + file.mid(4, 1) + " of the figure \"a\""), refused.errors);
    QVERIFY(!QDir(path("o")).exists());
}

void Overwriting::namesThatAreNotUtf8Work()
{
    // On a page so small that its type is told.
    write(path("maps.posbias"), QByteArray(maps).replace("120.0, \"height\": 50.0", "80.0, \"height\": 30.0"));
    const Outcome outcome = shell(
        "set -e; d=$(printf 'd\\351'); mkdir \"$d\"; cp maps.posbias \"$d/e.posbias\";"
        "$P bias \"$d/e.posbias\" --offsets 0:1; $P presets book-small > \"$d/s.posbias\";"
        "for ending in pdf svg png tex csv npy; do $P render \"$d/s.posbias\" --dpi 50 -o \"$d/x.$ending\" "
        "--description --force;"
        "done; $P render \"$d/s.posbias\" --dpi 50 --frames length=4:8 --frame-count 2 -o \"$d/x.gif\";"
        "for ending in pdf svg png tex gif; do $P recipe \"$d/x.$ending\" | grep -q posbias;"
        "  $P bias \"$d/x.$ending\" --offsets 0:1 > last.tsv; done;"
        "$P matrix \"$d/s.posbias\" -o \"$d/$d.npy\"; $P learn \"$d/s.posbias\" -o \"$d/$d.csv\" --history "
        "\"$d/h.csv\";"
        "printf '512\\n' > \"$d/lengths.csv\"; $P exposure book-small --lengths-from \"$d/lengths.csv\" > last.tsv;"
        "$P render \"$d/e.posbias\" --all -o \"$d/$d\"; $P render \"$d/e.posbias\" --check -o \"$d/$d\"; ls \"$d/$d\"");
    QCOMPARE(outcome.errors,
             QByteArray("posbias: d\\xe9/d\\xe9/b.tex: The type is 3.9 pt, the largest that fits the page\n"));
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY2(outcome.output.contains("b-3.png\nb.tex\n"), outcome.output);

    const Outcome missing = shell("$P bias \"$(printf 'd\\351')/none.posbias\"");
    QCOMPARE(missing.exitCode, 2);
    QVERIFY2(missing.errors.contains("d\\xe9/none.posbias"), missing.errors);
    const Outcome existing = shell("$P matrix book-small -o \"$(printf 'd\\351')/h.csv\"");
    QVERIFY2(existing.errors.contains("d\\xe9/h.csv exists"), existing.errors);
}

void Overwriting::aNameThatAFigureCannotCarryIsRefused()
{
    const Outcome outcome = shell("$P render book-small -o \"$(printf '\\351').pdf\"");
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.errors.contains("\"\\xe9.pdf\"") && outcome.errors.contains("must be UTF-8"), outcome.errors);
    QCOMPARE(entries(m_folder->path()), QStringList());
}

QTEST_GUILESS_MAIN(Overwriting)
#include "overwriting.moc"
