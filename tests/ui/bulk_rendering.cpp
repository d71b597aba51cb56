// SPDX-License-Identifier: GPL-3.0-or-later
// Many figures at once: the same bytes as one by one, in files that say which recipe they are of.

#include "ui/plot/files/bulk_rendering.h"
#include "core/base/error.h"
#include "core/experiment/presets.h"
#include "core/figure/figure_data.h"
#include "tests/ui/figure_files.h"
#include "ui/plot/files/figure_files.h"
#include "ui/plot/files/figure_recipe.h"
#include "ui/text/alternative_text.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <stop_token>

using namespace posbias;
using namespace posbias::ui;

namespace {

Recipe recipeNamed(const std::string& name, FigureKind view = FigureKind::Buckets)
{
    Recipe recipe = recipeWith(findPreset("book-small")->experiment, pageOf(80, 60, 72), view);
    recipe.design.name = name;
    return recipe;
}

std::string numbered(int k, const char* ending = "")
{
    return QStringLiteral("f%1").arg(k).toStdString().append(ending);
}

QByteArray contents(const std::filesystem::path& path)
{
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void overwrite(const std::filesystem::path& path, const QByteArray& bytes)
{
    QFile file(QString::fromStdString(path.string()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QByteArray oneByOne(const Recipe& recipe, const std::filesystem::path& file)
{
    return renderFigure(makeFigure(evaluateFigure(recipe)), recipe, formatFromName(file)).bytes;
}

}  // namespace

class BulkRenderingTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void bytesAreThoseOfOneByOne();
    void everyFileIsToldOnTheGuiThread();
    void framesBecomeNumberedFiles();
    void framesBecomeOneGif();
    void alternativeTextIsBesideIt();
    void theEarliestFailureIsThrown();
    void whatCameBeforeAFailureStays();
    void unknownEndingsAreRefusedBeforeAnythingIsWritten();
    void stoppedMeansStopped();
    void nothingToDoIsDone();
    void statesFollowTheRecipe();
    void tablesAreCompared();
    void statesOfFramesAreThoseOfAll();
    void sideFilesCarryTheFramesNumber();

private:
    std::filesystem::path in(const std::string& name) const
    {
        return m_folder->filePath(QString::fromStdString(name)).toStdString();
    }
    QStringList listed() const { return QDir(m_folder->path()).entryList(QDir::Files, QDir::Name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void BulkRenderingTest::bytesAreThoseOfOneByOne()
{
    std::vector<FigureTarget> targets;
    for (const FigureKind view : {FigureKind::Bias, FigureKind::Attention, FigureKind::Profile, FigureKind::Exposure})
        for (const char* ending : {".pdf", ".svg", ".png", ".tex", ".csv"})
            targets.push_back({recipeNamed(figureId(view), view), in(figureId(view) + ending)});
    renderFigures(targets);
    for (const FigureTarget& target : targets)
        QVERIFY2(contents(target.file) == oneByOne(target.recipe, target.file), target.file.c_str());
}

void BulkRenderingTest::everyFileIsToldOnTheGuiThread()
{
    std::vector<FigureTarget> targets;
    for (int k = 0; k < 10; ++k)
        targets.push_back({recipeNamed(numbered(k)), in(numbered(k, ".svg"))});
    std::vector<std::filesystem::path> told;
    std::vector<double> fractions;
    renderFigures(targets, {{}, [&](double fraction) { fractions.push_back(fraction); }},
                  [&](const std::filesystem::path& file, const QStringList&) {
                      QCOMPARE(QThread::currentThread(), qApp->thread());
                      QVERIFY(std::filesystem::exists(file));
                      told.push_back(file);
                  });
    std::sort(told.begin(), told.end());
    QCOMPARE(told.size(), targets.size());
    for (std::size_t k = 0; k < told.size(); ++k)
        QVERIFY(told[k] == targets[k].file);
    QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
    QCOMPARE(fractions.back(), 1.0);
}

void BulkRenderingTest::framesBecomeNumberedFiles()
{
    Recipe recipe = recipeNamed("growing");
    recipe.design.frames = Frames{FramesOver::Length, 4, 32, 4, 0.1};
    const FigureTarget target{recipe, in("growing.svg")};
    renderFigures({target});
    QCOMPARE(listed(), QStringList({"growing-001.svg", "growing-002.svg", "growing-003.svg", "growing-004.svg"}));
    QVERIFY(filesOf(target) ==
            std::vector({in("growing-001.svg"), in("growing-002.svg"), in("growing-003.svg"), in("growing-004.svg")}));
    const Recipe third = readRecipe(in("growing-003.svg"));
    QVERIFY(!third.design.frames);
    QCOMPARE(third.experiment.length, framesOf(recipe)[2].experiment.length);
}

void BulkRenderingTest::framesBecomeOneGif()
{
    Recipe recipe = recipeNamed("growing");
    recipe.design.frames = Frames{FramesOver::Length, 4, 32, 4, 0.1};
    renderFigures({{recipe, in("growing.gif")}});
    QCOMPARE(listed(), QStringList({"growing.gif"}));
    QVERIFY(contents(in("growing.gif")) == renderAnimation(makeFrames(framesOf(recipe)), recipe));
}

void BulkRenderingTest::alternativeTextIsBesideIt()
{
    const Recipe recipe = recipeNamed("strip");
    const FigureTarget target{recipe, in("strip.png"), true};
    renderFigures({target});
    QCOMPARE(QString::fromUtf8(contents(in("strip.txt"))), alternativeText(makeFigure(evaluateFigure(recipe))) + "\n");
    QCOMPARE(stateOf(target), FileState::Current);
    std::filesystem::remove(in("strip.txt"));
    QCOMPARE(stateOf(target), FileState::Missing);
}

void BulkRenderingTest::theEarliestFailureIsThrown()
{
    for (int run = 0; run < 5; ++run) {
        std::vector<FigureTarget> targets;
        for (int k = 0; k < 8; ++k)
            targets.push_back({recipeNamed(numbered(k), k == 2 ? FigureKind::Attention : FigureKind::Buckets),
                               in(numbered(k, ".png"))});
        targets[2].file = in("missing2/f2.png");
        targets[3].file = in("missing3/f3.png");  // fails sooner
        try {
            renderFigures(targets);
            QFAIL("nothing was thrown");
        } catch (const FailureError& error) {
            QVERIFY2(QByteArray(error.what()).contains("missing2"), error.what());
        }
    }
}

void BulkRenderingTest::whatCameBeforeAFailureStays()
{
    const std::vector<FigureTarget> targets = {{recipeNamed("good"), in("good.png")},
                                               {recipeNamed("bad"), in("missing/bad.png")}};
    QVERIFY_EXCEPTION_THROWN(renderFigures(targets), FailureError);
    QCOMPARE(listed(), QStringList({"good.png"}));
}

void BulkRenderingTest::unknownEndingsAreRefusedBeforeAnythingIsWritten()
{
    QVERIFY_EXCEPTION_THROWN(renderFigures({{recipeNamed("a"), in("a.png")}, {recipeNamed("b"), in("b.jpg")}}),
                             InputError);
    QCOMPARE(listed(), QStringList());
}

void BulkRenderingTest::stoppedMeansStopped()
{
    std::stop_source stop;
    std::vector<FigureTarget> targets;
    for (int k = 0; k < 12; ++k)
        targets.push_back({recipeNamed(numbered(k)), in(numbered(k, ".png"))});
    QVERIFY_EXCEPTION_THROWN(
        renderFigures(targets, {stop.get_token(), {}},
                      [&](const std::filesystem::path&, const QStringList&) { stop.request_stop(); }),
        Cancelled);
    QVERIFY(listed().size() < 12);
    QVERIFY_EXCEPTION_THROWN(renderFigures(targets, {stop.get_token(), {}}), Cancelled);
}

void BulkRenderingTest::nothingToDoIsDone()
{
    renderFigures({});
    QCOMPARE(listed(), QStringList());
}

void BulkRenderingTest::statesFollowTheRecipe()
{
    for (const char* ending : {".pdf", ".svg", ".png", ".tex"}) {
        FigureTarget target{recipeNamed("strip"), in(std::string("strip") + ending)};
        QCOMPARE(stateOf(target), FileState::Missing);
        renderFigures({target});
        QCOMPARE(stateOf(target), FileState::Current);
        target.recipe.experiment.title += "!";
        QCOMPARE(stateOf(target), FileState::Outdated);
        overwrite(target.file, contents(target.file) + ' ');
        QCOMPARE(stateOf(target), FileState::Changed);
        overwrite(target.file, "something else");
        QCOMPARE(stateOf(target), FileState::Unknown);
    }
}

void BulkRenderingTest::tablesAreCompared()
{
    const FigureTarget target{recipeNamed("strip"), in("strip.csv")};
    QCOMPARE(stateOf(target), FileState::Missing);
    renderFigures({target});
    QCOMPARE(stateOf(target), FileState::Current);
    overwrite(target.file, "a,b\n");
    QCOMPARE(stateOf(target), FileState::Different);
}

void BulkRenderingTest::statesOfFramesAreThoseOfAll()
{
    Recipe recipe = recipeNamed("growing");
    recipe.design.frames = Frames{FramesOver::Length, 4, 32, 3, 0.1};
    const FigureTarget target{recipe, in("growing.png")};
    renderFigures({target});
    QCOMPARE(stateOf(target), FileState::Current);
    overwrite(in("growing-002.png"), contents(in("growing-001.png")));
    QCOMPARE(stateOf(target), FileState::Outdated);  // as it was written, of another frame
    std::filesystem::remove(in("growing-003.png"));
    QCOMPARE(stateOf(target), FileState::Missing);
}

void BulkRenderingTest::sideFilesCarryTheFramesNumber()
{
    Recipe recipe = recipeNamed("growing", FigureKind::Attention);
    recipe.experiment = findPreset("past-training")->experiment;  // many values: pictures
    recipe.design.frames = Frames{FramesOver::Length, 300, 600, 2, 0.1};
    renderFigures({{recipe, in("growing.tex")}});
    for (const char* name : {"growing-001.tex", "growing-001-1.png", "growing-002.tex", "growing-002-1.png"})
        QVERIFY2(listed().contains(QLatin1String(name)), qPrintable(listed().join(' ')));
    QVERIFY(contents(in("growing-002.tex")).contains("{growing-002-1.png}"));
}

QTEST_MAIN(BulkRenderingTest)
#include "bulk_rendering.moc"
