// SPDX-License-Identifier: GPL-3.0-or-later
// Figures made while the window stays at hand: events, progress, Cancel, and no file that nobody wants.

#include "ui/window/export/render_job.h"
#include "core/evaluation/result.h"
#include "core/experiment/presets.h"
#include "core/figure/figure_data.h"
#include "tests/ui/busy_pool.h"
#include "tests/ui/figure_files.h"
#include "tests/ui/sample_figure.h"
#include "ui/plot/files/figure_export.h"
#include "ui/plot/files/figure_recipe.h"
#include "ui/window/export/export_dialog.h"
#include "ui/window/export/export_memory.h"
#include "ui/window/export/figure_drag.h"
#include "ui/window/export/preview_page.h"
#include "ui/window/widgets/settings.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QUrl>

using namespace posbias;
using namespace posbias::ui;

namespace {

const Page small = pageOf(100.0, 90.0, 60);

/// Counts its pictures; single rows are read for the words about it.
class DrawnMap : public CountingMap {
public:
    using CountingMap::CountingMap;
    PixelGrid pixels(const CellRect& rect, int width, int height, const Progress& progress) const override
    {
        drawn += height > 1;
        return CountingMap::pixels(rect, width, height, progress);
    }
    mutable int drawn = 0;
};

/// Half way through, a picture waits until it may go on.
class GatedMap : public DrawnMap {
public:
    using DrawnMap::DrawnMap;
    PixelGrid pixels(const CellRect& rect, int width, int height, const Progress& progress) const override
    {
        if (height == 1)
            return DrawnMap::pixels(rect, width, height, progress);
        progress.at(0.5);
        entered.release();
        gate.acquire();
        return DrawnMap::pixels(rect, width, height, progress);
    }
    mutable QSemaphore entered, gate;
};

std::unique_ptr<FigureRendering> rendering(const std::shared_ptr<const MapSource>& source,
                                           FigureFormat format = FigureFormat::Png)
{
    return std::make_unique<FigureRendering>(sample(source), recipeWith(Experiment(), small), format);
}

std::shared_ptr<GatedMap> gatedMap()
{
    return std::make_shared<GatedMap>(posbias::ui::length, Mask::Causal);
}

/// An export dialog on a small experiment that proposes the file "figure.pdf" in a folder.
struct Dialog {
    explicit Dialog(const QString& folder)
    {
        settings().setValue(QStringLiteral("export/folder"), folder);
        ExportProposal proposal;
        proposal.result = evaluate(findPreset("book-small")->experiment);
        proposal.experiment = proposal.result->experiment;
        proposal.design = standardDesign(FigureKind::Bias);
        open = new ExportDialog(proposal, nullptr);
        open->open();
    }
    ~Dialog() { delete open; }
    QPushButton* button(const char* text) const
    {
        for (QPushButton* each : open->findChildren<QPushButton*>())
            if (each->text().remove(u'&') == QLatin1String(text))
                return each;
        qFatal("no button %s", text);
    }
    void copyAs(const char* text) const
    {
        for (QAction* each : button("Copy")->menu()->actions())
            if (each->text() == QLatin1String(text))
                return each->trigger();
        qFatal("no way to copy %s", text);
    }
    bool says(const char* text) const
    {
        for (const QLabel* each : open->findChildren<QLabel*>())
            if (each->text() == QString::fromUtf8(text))
                return true;
        return false;
    }
    QImage preview() const { return open->findChild<PreviewPage*>()->picture(); }
    QPointer<ExportDialog> open;
};

}  // namespace

class RenderJobTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void eventsAreHandledWhileMapsAreComputed();
    void theBytesAreThoseOfRenderFigure_data();
    void theBytesAreThoseOfRenderFigure();
    void progressIsToldWhileMapsAreComputed();
    void aCancelledJobLeavesNoFile();
    void aDestroyedJobLeavesNoFile();
    void afterTheLastMomentACancelComesTooLate();
    void aFailureIsTold();
    void aStoppedExportLeavesTheDialogAndNoFile();
    void escapeStopsTheWorkAndThenClosesTheDialog();
    void closingTheDialogMidWorkLeavesNoFile();
    void aDraggedFigureIsMadeWhileTheDialogStaysAtHand();
    void whatIsDraggedIsFileAndPictureAlike();
    void copyingPutsAPngOnTheClipboard();
    void theOldPreviewStaysUntilTheNewestIsThere();

private:
    QString file(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    QStringList files() const { return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QTemporaryDir m_settings;
};

void RenderJobTest::initTestCase()
{
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
}

void RenderJobTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void RenderJobTest::eventsAreHandledWhileMapsAreComputed()
{
    const auto map = gatedMap();
    RenderJob job(rendering(map), RenderJob::toBytes(), nullptr);
    QSignalSpy finished(&job, &RenderJob::finished);
    bool handled = false;
    QTimer::singleShot(0, this, [&] { handled = true; });
    QTRY_VERIFY(handled);
    map->entered.acquire();  // under way
    QCOMPARE(finished.count(), 0);
    map->gate.release(2);
    QVERIFY(finished.wait(longEnough));
}

void RenderJobTest::theBytesAreThoseOfRenderFigure_data()
{
    QTest::addColumn<FigureFormat>("format");
    QTest::addRow("pdf") << FigureFormat::Pdf;
    QTest::addRow("svg") << FigureFormat::Svg;
    QTest::addRow("png") << FigureFormat::Png;
}

void RenderJobTest::theBytesAreThoseOfRenderFigure()
{
    QFETCH(FigureFormat, format);
    const auto map = std::make_shared<DrawnMap>(posbias::ui::length, Mask::Causal);
    RenderJob job(rendering(map, format), RenderJob::toFile(file("figure").toStdString()), nullptr);
    QVERIFY(QSignalSpy(&job, &RenderJob::finished).wait(longEnough));
    QCOMPARE(map->drawn, format == FigureFormat::Png ? 2 : 0);  // each map once; vectors read single rows
    QFile written(file("figure"));
    QVERIFY(written.open(QIODevice::ReadOnly));
    QVERIFY(written.readAll() == rendered(sample(map), Experiment(), small, format));
}

void RenderJobTest::progressIsToldWhileMapsAreComputed()
{
    const auto map = gatedMap();
    RenderJob job(rendering(map), RenderJob::toBytes(), nullptr);
    QSignalSpy told(&job, &RenderJob::progressed);
    const auto last = [&] { return told.isEmpty() ? 0.0 : told.last().at(0).toDouble(); };
    QTRY_COMPARE(last(), 0.25);  // half of the first of two
    map->gate.release();
    QTRY_COMPARE(last(), 0.75);
    map->gate.release();
    QVERIFY(QSignalSpy(&job, &RenderJob::finished).wait(longEnough));
}

void RenderJobTest::aCancelledJobLeavesNoFile()
{
    const auto map = gatedMap();
    RenderJob job(rendering(map), RenderJob::toFile(file("figure.png").toStdString()), nullptr);
    QSignalSpy finished(&job, &RenderJob::finished), failed(&job, &RenderJob::failed);
    map->entered.acquire();
    QVERIFY(job.cancel());
    map->gate.release(2);
    WorkPool::shared().waitForJobs();
    QCoreApplication::processEvents();
    QCOMPARE(map->drawn, 1);  // the second was never begun
    QCOMPARE(finished.count() + failed.count(), 0);
    QCOMPARE(files(), QStringList());
}

void RenderJobTest::aDestroyedJobLeavesNoFile()
{
    const auto map = gatedMap();
    {
        const RenderJob job(rendering(map), RenderJob::toFile(file("figure.png").toStdString()), nullptr);
        map->entered.acquire();
    }
    map->gate.release(2);
    WorkPool::shared().waitForJobs();
    QCoreApplication::processEvents();
    QCOMPARE(files(), QStringList());
}

void RenderJobTest::afterTheLastMomentACancelComesTooLate()
{
    QSemaphore claimed, gate;
    const auto last = [&](FigureRendering&, const std::function<void()>& claim) {
        claim();
        claimed.release();
        gate.acquire();
    };
    RenderJob job(rendering(causalMap()), last, nullptr);
    QSignalSpy finished(&job, &RenderJob::finished);
    QTRY_COMPARE(claimed.available(), 1);
    QVERIFY(!job.cancel());
    gate.release();
    QVERIFY(finished.wait(longEnough));
}

void RenderJobTest::aFailureIsTold()
{
    RenderJob job(rendering(causalMap()), RenderJob::toFile("/no/such/folder/figure.png"), nullptr);
    QSignalSpy failed(&job, &RenderJob::failed), finished(&job, &RenderJob::finished);
    QVERIFY(failed.wait(longEnough));
    QVERIFY(failed.first().at(0).toString().contains(QStringLiteral("/no/such/folder")));
    QCOMPARE(finished.count(), 0);
}

void RenderJobTest::aStoppedExportLeavesTheDialogAndNoFile()
{
    const Dialog dialog(m_folder->path());
    {
        const BusyPool busy;
        dialog.button("Export")->click();
        QVERIFY(!dialog.button("Export")->isEnabled());
        QTRY_VERIFY(dialog.open->findChild<QProgressBar*>(QStringLiteral("export:bar"))->isVisible());
        dialog.button("Cancel")->click();
        QVERIFY(dialog.open->isVisible());
        QVERIFY(dialog.says("Stopped."));
        QVERIFY(dialog.button("Export")->isEnabled());
        QVERIFY(!dialog.open->findChild<QProgressBar*>(QStringLiteral("export:bar"))->isVisible());
    }
    QCoreApplication::processEvents();
    QCOMPARE(files(), QStringList());
    dialog.button("Export")->click();
    QTRY_COMPARE(files(), QStringList{"figure.pdf"});
    QTRY_VERIFY(!dialog.open);
}

void RenderJobTest::escapeStopsTheWorkAndThenClosesTheDialog()
{
    const Dialog dialog(m_folder->path());
    const BusyPool busy;
    dialog.copyAs("Copy as Image");
    QTest::keyClick(dialog.open, Qt::Key_Escape);
    QVERIFY(dialog.open->isVisible());
    QVERIFY(dialog.says("Stopped."));
    QTest::keyClick(dialog.open, Qt::Key_Escape);
    QTRY_VERIFY(!dialog.open);
}

void RenderJobTest::closingTheDialogMidWorkLeavesNoFile()
{
    const Dialog dialog(m_folder->path());
    {
        const BusyPool busy;
        dialog.button("Export")->click();
        QVERIFY(dialog.open->close());
        QTRY_VERIFY(!dialog.open);
    }
    QCoreApplication::processEvents();
    QCOMPARE(files(), QStringList());
}

void RenderJobTest::aDraggedFigureIsMadeWhileTheDialogStaysAtHand()
{
    const Dialog dialog(m_folder->path());
    QTRY_VERIFY(!dialog.preview().isNull());
    auto* page = dialog.open->findChild<PreviewPage*>();
    {
        const BusyPool busy;
        Q_EMIT page->dragged();  // and back at once
        QVERIFY(dialog.says("Making the figure…"));
        QTRY_VERIFY(dialog.open->findChild<QProgressBar*>(QStringLiteral("export:bar"))->isVisible());
        Q_EMIT page->dragged();  // by an impatient hand
        QTest::keyClick(dialog.open, Qt::Key_Escape);
        QVERIFY(dialog.says("Stopped."));
    }
    QVERIFY(dialog.open->isVisible());
    Q_EMIT page->dragged();
    QTRY_VERIFY(dialog.says("Ready. Drag the figure once more."));
    QVERIFY(dialog.button("Export")->isEnabled());
}

void RenderJobTest::whatIsDraggedIsFileAndPictureAlike()
{
    const Recipe recipe = recipeOf(standardDesign(FigureKind::Bias), findPreset("book-small")->experiment);
    const Figure figure = makeFigure(evaluateFigure(recipe));
    QUrl first;
    {
        FigureFilesJob job(figure, recipe, FigureFormat::Pdf, nullptr);
        QSignalSpy finished(&job, &Job::finished), failed(&job, &Job::failed);
        QTRY_COMPARE(finished.count() + failed.count(), 1);
        QCOMPARE(failed.count(), 0);
        const std::unique_ptr<QMimeData> data = job.data();
        QVERIFY(data->data(QStringLiteral("image/png")) == renderFigure(figure, recipe, FigureFormat::Png).bytes);
        QVERIFY(data->data(QStringLiteral("image/svg+xml")) == renderFigure(figure, recipe, FigureFormat::Svg).bytes);
        QCOMPARE(data->urls().size(), 1);
        first = data->urls().constFirst();
    }
    QVERIFY(readRecipe(first.toLocalFile().toStdString()) == recipe);
    FigureFilesJob another(figure, recipe, FigureFormat::Pdf, nullptr);
    QSignalSpy finished(&another, &Job::finished);
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(another.data()->urls().constFirst() != first);  // which another program may be reading
}

void RenderJobTest::copyingPutsAPngOnTheClipboard()
{
    QGuiApplication::clipboard()->clear();
    const Dialog dialog(m_folder->path());
    dialog.copyAs("Copy as Image");
    QTRY_VERIFY(dialog.says("Copied."));
    const QMimeData* copied = QGuiApplication::clipboard()->mimeData();
    QVERIFY(copied->hasImage());
    const Experiment experiment = findPreset("book-small")->experiment;
    Recipe recipe{findPreset("book-small")->experiment, standardDesign(FigureKind::Bias)};
    QVERIFY(copied->data(QStringLiteral("image/png")) ==
            renderFigure(makeFigure(evaluateFigure(recipe)), recipe, FigureFormat::Png).bytes);
}

void RenderJobTest::theOldPreviewStaysUntilTheNewestIsThere()
{
    const Dialog dialog(m_folder->path());
    QTRY_VERIFY(!dialog.preview().isNull());
    const QImage light = dialog.preview();
    QCOMPARE(light.pixelColor(0, 0), QColor(Qt::white));
    {
        const BusyPool busy;
        for (QComboBox* box : dialog.open->findChildren<QComboBox*>())
            if (const int dark = box->findText(QStringLiteral("Dark")); dark >= 0)
                box->setCurrentIndex(dark);
        QTRY_VERIFY(dialog.open->findChild<QProgressBar*>(QStringLiteral("preview:bar"))->isVisible());
        QVERIFY(dialog.preview() == light);
    }
    QTRY_COMPARE(dialog.preview().pixelColor(0, 0), theme(ThemeName::Dark).stage);
}

QTEST_MAIN(RenderJobTest)
#include "render_job.moc"
