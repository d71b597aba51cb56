// SPDX-License-Identifier: GPL-3.0-or-later
// Figures on the command line: one from its options, many from a file, what is out of date, and the recipe inside.

#include "tests/app/files.h"
#include "tests/app/program.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <chrono>
#include <filesystem>

namespace {

const char* const lecture = R"({
  "posbias": 1,
  "length": 64,
  "trainingLength": 32,
  "figures": [
    {"name": "maps", "view": "bias", "width": 120.0, "height": 60.0},
    {"name": "grid", "preset": "book-small", "rows": [[{"show": "parameters", "scheme": "B"}]], "formats": ["svg", "png"]},
    {"name": "strip", "set": {"schemes.1.buckets": 8}, "view": "buckets"}
  ]
})";

}  // namespace

class Figures : public QObject {
    Q_OBJECT

private slots:
    void init();
    void allOfAFileInTheirFormats();
    void upToDateOnesAreLeftAlone();
    void onlyTheNamedOne();
    void checkNamesWhatIsStale();
    void foreignFilesNeedForce();
    void oneFigureNeedsForceToo();
    void recipeRendersTheSameBytes_data();
    void recipeRendersTheSameBytes();
    void aFigureIsAnExperiment();
    void sourceDateIsHonoured();
    void framesBecomeFilesOrAnAnimation();
    void missingFontIsTold();
    void descriptionIsWrittenBeside();
    void everyPageHasRoomForEveryView();
    void aHeightOfOnesOwnStopsAPresetsPageFromGrowing();
    void typeThatDoesNotFitNamesTheNearestThatDoes();
    void galleryIsUpToDate();

private:
    Outcome run(const QStringList& arguments) { return runProgram(arguments, m_folder->path()); }
    QString path(const QString& name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void Figures::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    write(path("lecture.posbias"), lecture);
}

void Figures::allOfAFileInTheirFormats()
{
    const Outcome outcome = run({"render", "lecture.posbias", "--all", "-o", "figures/made"});
    QCOMPARE(outcome.errors, QByteArray());
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(entries(path("figures/made")), QStringList({"grid.png", "grid.svg", "maps.pdf", "strip.pdf"}));
    QVERIFY(read(path("figures/made/maps.pdf")).startsWith("%PDF"));

    QCOMPARE(run({"render", "lecture.posbias", "--all", "--formats", "tex,csv", "-o", "others"}).exitCode, 0);
    QCOMPARE(entries(path("others")).filter(QRegularExpression("\\.(tex|csv)$")),
             QStringList({"grid.csv", "grid.tex", "maps.csv", "maps.tex", "strip.csv", "strip.tex"}));
}

void Figures::upToDateOnesAreLeftAlone()
{
    QCOMPARE(run({"render", "lecture.posbias", "--all", "-o", "made"}).exitCode, 0);
    const std::filesystem::path kept = path("made/maps.pdf").toStdString();
    const auto longAgo = std::filesystem::file_time_type::clock::now() - std::chrono::hours(100);
    std::filesystem::last_write_time(kept, longAgo);
    const auto written = std::filesystem::last_write_time(kept);
    QVERIFY(QFile::remove(path("made/strip.pdf")));
    QCOMPARE(run({"render", "lecture.posbias", "--all", "-o", "made"}).exitCode, 0);
    QVERIFY(std::filesystem::last_write_time(kept) == written);
    QVERIFY(QFile::exists(path("made/strip.pdf")));
    QCOMPARE(run({"render", "lecture.posbias", "--all", "--force", "-o", "made"}).exitCode, 0);
    QVERIFY(std::filesystem::last_write_time(kept) != written);
}

void Figures::onlyTheNamedOne()
{
    QCOMPARE(run({"render", "lecture.posbias", "--only", "strip", "-o", "made"}).exitCode, 0);
    QCOMPARE(entries(path("made")), QStringList({"strip.pdf"}));
    const Outcome unknown = run({"render", "lecture.posbias", "--only", "stripe", "-o", "made"});
    QCOMPARE(unknown.exitCode, 2);
    QVERIFY(unknown.errors.contains("did you mean strip"));
}

void Figures::checkNamesWhatIsStale()
{
    QCOMPARE(run({"render", "lecture.posbias", "--all", "-o", "made"}).exitCode, 0);
    const Outcome fresh = run({"render", "lecture.posbias", "--check", "-o", "made"});
    QCOMPARE(fresh.exitCode, 0);
    QCOMPARE(fresh.output, QByteArray());

    write(path("lecture.posbias"), QByteArray(lecture).replace("\"length\": 64", "\"length\": 65"));
    QVERIFY(QFile::remove(path("made/grid.svg")));
    const Outcome stale = run({"render", "lecture.posbias", "--check", "-o", "made"});
    QCOMPARE(stale.exitCode, 1);
    // The grid has an experiment of its own, which has not changed.
    QCOMPARE(stale.output,
             QByteArray("made/maps.pdf\tout of date\nmade/grid.svg\tmissing\nmade/strip.pdf\tout of date\n"));
    QVERIFY(stale.errors.contains("3 of 4"));
}

void Figures::foreignFilesNeedForce()
{
    QVERIFY(QDir().mkpath(path("made")));
    write(path("made/strip.pdf"), "mine");
    const Outcome refused = run({"render", "lecture.posbias", "--all", "-o", "made"});
    QCOMPARE(refused.exitCode, 2);
    QVERIFY(refused.errors.contains("made/strip.pdf") && refused.errors.contains("--force"));
    QCOMPARE(entries(path("made")), QStringList({"strip.pdf"}));
    QCOMPARE(read(path("made/strip.pdf")), QByteArray("mine"));
}

void Figures::oneFigureNeedsForceToo()
{
    write(path("mine.png"), "mine");
    const Outcome refused = run({"render", "past-training", "--dpi", "50", "-o", "mine.png"});
    QCOMPARE(refused.exitCode, 2);
    QVERIFY(refused.errors.contains("mine.png exists; --force replaces it"));
    QCOMPARE(read(path("mine.png")), QByteArray("mine"));
    QCOMPARE(run({"render", "past-training", "--dpi", "50", "--force", "-o", "mine.png"}).exitCode, 0);
    QVERIFY(read(path("mine.png")).startsWith("\x89PNG"));
}

void Figures::recipeRendersTheSameBytes_data()
{
    QTest::addColumn<QString>("ending");
    for (const char* ending : {"pdf", "svg", "png", "tex"})
        QTest::newRow(ending) << ending;
}

void Figures::recipeRendersTheSameBytes()
{
    QFETCH(QString, ending);
    const QString file = "figure." + ending;
    QCOMPARE(run({"render", "book-small", "--set", "title=A \"b\" <c>", "--figure", "compare", "--colours", "magma",
                  "--title", "Mine & yours", "--letters", "--font-size", "7", "--dpi", "72", "-o", file})
                 .exitCode,
             0);
    const Outcome recipe = run({"recipe", file});
    QCOMPARE(recipe.errors, QByteArray());
    write(path("again.posbias"), recipe.output);
    QVERIFY(QDir().mkpath(path("again")));
    QCOMPARE(run({"render", "again.posbias", "-o", "again/" + file}).exitCode, 0);
    QVERIFY(read(path(file)) == read(path("again/" + file)));
}

void Figures::aFigureIsAnExperiment()
{
    QCOMPARE(run({"render", "past-training", "--set", "length=700", "--figure", "buckets", "-o", "strip.svg"}).exitCode,
             0);
    const Outcome outcome = run({"compare", "strip.svg", "--lengths", "700"});
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.output, run({"compare", "past-training", "--set", "length=700", "--lengths", "700"}).output);
}

void Figures::sourceDateIsHonoured()
{
    QProcessEnvironment environment = barrenEnvironment();
    environment.insert("SOURCE_DATE_EPOCH", "1000000000");
    const QStringList arguments = {"render", "book-small", "--figure", "buckets", "-o", "a.pdf"};
    QCOMPARE(runCommand(POSBIAS_EXECUTABLE, arguments, m_folder->path(), environment).exitCode, 0);
    QVERIFY(read(path("a.pdf")).contains("20010909014640"));
}

void Figures::framesBecomeFilesOrAnAnimation()
{
    const QStringList common = {"render",      "book-small",    "--figure", "bias",  "--frames",
                                "length=4:16", "--frame-count", "3",        "--dpi", "50"};
    QCOMPARE(run(common + QStringList{"-o", "growing.gif"}).exitCode, 0);
    QVERIFY(read(path("growing.gif")).startsWith("GIF89a"));
    QCOMPARE(run(common + QStringList{"-o", "growing.png"}).exitCode, 0);
    QCOMPARE(entries(m_folder->path()).filter(".png"),
             QStringList({"growing-001.png", "growing-002.png", "growing-003.png"}));
    const Outcome still = run({"render", "book-small", "-o", "still.gif"});
    QCOMPARE(still.exitCode, 2);
    QVERIFY(still.errors.contains("--frames"));
}

void Figures::missingFontIsTold()
{
    const Outcome outcome =
        run({"render", "book-small", "--figure", "buckets", "--font", "No Such Family", "-o", "a.svg"});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(outcome.errors.contains("\"No Such Family\" is not installed"));
    QVERIFY(QFile::exists(path("a.svg")));
}

void Figures::everyPageHasRoomForEveryView()
{
    for (const char* page : {"slide", "half-slide", "a4", "column", "poster"})
        for (const char* view : {"compare", "bias", "attention", "buckets", "profile", "exposure"}) {
            const Outcome outcome =
                run({"render", "past-training", "--figure", view, "--page", page, "--force", "-o", "f.svg"});
            QVERIFY2(outcome.exitCode == 0, outcome.errors.constData());
        }
    const Outcome smaller =
        run({"render", "past-training", "--figure", "compare", "--page", "half-slide", "-o", "g.pdf"});
    QCOMPARE(smaller.exitCode, 0);
    QVERIFY2(smaller.errors.contains("g.pdf: The type is ") && smaller.errors.contains("asks for 14 pt"),
             smaller.errors.constData());
    QCOMPARE(run({"render", "past-training", "--page", "slide", "--quiet", "-o", "h.pdf"}).errors, QByteArray());
}

void Figures::aHeightOfOnesOwnStopsAPresetsPageFromGrowing()
{
    const auto pixelsHigh = [this](const QStringList& more) {
        const QStringList command{"render", "past-training", "--figure", "compare", "--dpi",
                                  "100",    "--force",       "-o",       "f.png"};
        const Outcome outcome = run(command + more);
        if (outcome.exitCode != 0)
            qWarning("%s", outcome.errors.constData());
        return outcome.exitCode == 0 ? qFromBigEndian<quint32>(read(path("f.png")).constData() + 20) : 0;
    };
    QVERIFY(pixelsHigh({"--page", "a4"}) > 433);
    QCOMPARE(pixelsHigh({"--page", "a4", "--height", "110"}), 433U);  // 110 mm
    QCOMPARE(pixelsHigh({"--height", "110", "--page", "a4"}), 433U);
}

void Figures::typeThatDoesNotFitNamesTheNearestThatDoes()
{
    const QStringList command{"render", "past-training", "--figure", "compare", "--page", "column", "-o", "f.svg"};
    const Outcome refused = run(command + QStringList{"--font-size", "20"});
    QCOMPARE(refused.exitCode, 2);
    QVERIFY(!QFile::exists(path("f.svg")));
    static const QRegularExpression largest("the largest that fits is ([0-9.]+) pt, and 20 pt fits a page of "
                                            "([0-9.]+) x ([0-9.]+) mm");
    const auto found = largest.match(QString::fromUtf8(refused.errors));
    QVERIFY2(found.hasMatch(), refused.errors.constData());
    QCOMPARE(run(command + QStringList{"--font-size", found.captured(1)}).exitCode, 0);
    QCOMPARE(run(command + QStringList{"--force", "--font-size", "20", "--width", found.captured(2), "--height",
                                       found.captured(3)})
                 .exitCode,
             0);
}

void Figures::descriptionIsWrittenBeside()
{
    QCOMPARE(run({"render", "book-small", "--figure", "bias", "--description", "-o", "a.svg"}).exitCode, 0);
    const QByteArray text = read(path("a.txt"));
    QVERIFY2(text.contains("key position"), text.constData());
}

void Figures::galleryIsUpToDate()
{
    const QString resources = QDir(QStringLiteral(POSBIAS_TEST_DATA "/../../resources")).canonicalPath();
    const Outcome outcome =
        run({"render", resources + "/lecture.posbias", "--check", "--description", "-o", resources + "/gallery"});
    QCOMPARE(outcome.output, QByteArray());
    QCOMPARE(outcome.exitCode, 0);
}

QTEST_GUILESS_MAIN(Figures)
#include "figures.moc"
