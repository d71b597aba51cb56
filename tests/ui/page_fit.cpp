// SPDX-License-Identifier: GPL-3.0-or-later
// Every page has room for every figure: panels move beside one another, type gives way, words are never cut.

#include "ui/plot/files/page_fit.h"
#include "core/experiment/presets.h"
#include "core/figure/figure_data.h"
#include "core/io/lecture_file.h"
#include "tests/ui/figure_files.h"
#include "tests/ui/text_recorder.h"
#include "ui/plot/figure_plot.h"
#include "ui/plot/files/figure_rendering.h"
#include "ui/plot/paint/map_images.h"

#include <qcustomplot.h>

#include <QTest>

using namespace posbias;
using namespace posbias::ui;

namespace {

Experiment experimentOf(std::int64_t n, Mask mask = Mask::Causal, bool sameSchemes = false)
{
    Experiment experiment = findPreset("past-training")->experiment;
    experiment.length = n;
    experiment.trainingLength = std::min<std::int64_t>(512, std::max<std::int64_t>(1, n / 2));
    experiment.mask = mask;
    experiment.view.query = n - 1;
    experiment.view.offset = 0;
    experiment.learning = Adam{.learningRate = 0.03, .steps = 20};
    if (sameSchemes)
        experiment.schemes[0] = experiment.schemes[1];
    return experiment;
}

Page pageOf(const PagePreset& preset)
{
    Page page;
    usePreset(page, preset);
    return page;
}

/// The words of a figure on a page, and where they stand.
struct PageWords {
    PageFit fit;
    FigureGeometry geometry;
    std::vector<DrawnText> texts;
};

/// As a file has them.
PageWords wordsOn(const Figure& figure, const Page& page)
{
    const Fonts fonts(TypeSizes(), usedFontFamily(page));
    PageWords words{fitPage({&figure, 1}, fonts, page), {}, {}};
    const Figure shown = arranged(figure, words.fit.arrangement);
    words.geometry = layOut(shown, fonts, words.fit.size, words.fit.needsOfAll());
    TextRecorder recorder(words.fit.size);
    {
        QCPPainter painter(&recorder);
        FigurePlot plot;
        plot.setFonts(fonts);
        plot.setFigure(shown);
        plot.paintOver(painter, words.fit.size, 1.0, {}, words.fit.needsOfAll());
    }
    words.texts = std::move(recorder.texts);
    return words;
}

/// What a reader would not accept of it; empty: nothing.
QString faultOf(const Figure& figure, const Page& page)
{
    const PageWords words = wordsOn(figure, page);
    const QRectF paper(QPointF(), QSizeF(words.fit.size));
    for (std::size_t k = 0; k < words.texts.size(); ++k) {
        const DrawnText& text = words.texts[k];
        if (text.text.contains(QChar(0x2026)))
            return QStringLiteral("cut: ") + text.text;
        if (!paper.contains(text.rect))
            return QStringLiteral("off the page: ") + text.text;
        for (std::size_t other = 0; other < k; ++other) {
            if (text.text == words.texts[other].text && text.rect == words.texts[other].rect)
                continue;  // a number of the chosen bucket, once more on its darker colour
            const QRectF common = text.rect & words.texts[other].rect;
            if (common.width() > 1.0 && common.height() > 1.0)
                return QStringLiteral("meet: %1 | %2").arg(text.text, words.texts[other].text);
        }
    }
    const double line = textHeight(Fonts(TypeSizes(), usedFontFamily(page)).tick);
    for (const auto& row : words.geometry.rows)
        for (const PanelPlace& place : row) {
            const bool map = !place.subtitle.isEmpty() && place.unit.isNull();
            const double bottom =
                place.header.bottom() + (map ? static_cast<double>(place.subtitle.size()) * line : 0.0);
            if (bottom > place.plot.top())
                return QStringLiteral("a title on its panel: ") + place.title.join(u' ');
            if (!paper.contains(QRectF(place.plot)) || place.plot.height() < 15)
                return QStringLiteral("a panel %1 x %2").arg(place.plot.width()).arg(place.plot.height());
        }
    return {};
}

}  // namespace

class PageFitTest : public QObject {
    Q_OBJECT

private slots:
    void everyPresetHasRoomForEveryView_data();
    void everyPresetHasRoomForEveryView();
    void everyPresetHasRoomForTheLecture();
    void studiesAreNotCut();
    void anyRowsFitAnyPreset();
    void aWidePagePutsPanelsBesideOneAnother();
    void mapsToCompareAreOfOneSizeInOneRow();
    void printGrowsBeforeItsTypeShrinks();
    void headingsEndWithoutALoneWord();
    void smallerTypeIsSaid();
    void typeThatSomebodyChoseIsKeptOrRefusedWithTheLargest();
    void aLongTitleIsWrappedAndNothingIsCut();
    void framesStandStill();
};

void PageFitTest::everyPresetHasRoomForEveryView_data()
{
    QTest::addColumn<std::int64_t>("n");
    QTest::addColumn<int>("mask");
    QTest::addColumn<bool>("same");
    for (const std::int64_t n : {1, 2, 8, 1000, 1 << 20})
        for (const Mask mask : {Mask::Causal, Mask::Bidirectional})
            for (const bool same : {false, true})
                if ((!same && mask == Mask::Causal) || n == 1000)
                    QTest::addRow("%lld, %s, %s", static_cast<long long>(n),
                                  mask == Mask::Causal ? "causal" : "both ways", same ? "the same" : "different")
                        << n << static_cast<int>(mask) << same;
}

void PageFitTest::everyPresetHasRoomForEveryView()
{
    QFETCH(std::int64_t, n);
    QFETCH(int, mask);
    QFETCH(bool, same);
    const std::shared_ptr<const Result> result = evaluate(experimentOf(n, static_cast<Mask>(mask), same));
    for (const FigureKind view : figureKinds()) {
        const Figure figure = makeFigure(*result, view);
        for (const PagePreset& preset : pagePresets()) {
            const QString fault = faultOf(figure, pageOf(preset));
            QVERIFY2(fault.isEmpty(),
                     qPrintable(QString::fromStdString(figureId(view) + " on " + preset.id + ": ") + fault));
        }
    }
}

void PageFitTest::everyPresetHasRoomForTheLecture()
{
    const Lecture lecture = readLecture(POSBIAS_TEST_DATA "/../../resources/lecture.posbias");
    QVERIFY(lecture.figures.size() > 10);
    for (FigureDesign design : lecture.figures) {
        FigureData data;
        const Recipe recipe = recipeOf(design, lecture.experiment);
        data.design = recipe.design;
        for (const auto& row : panelsOf(recipe.design))
            for (const PanelDesign& panel : row)
                if (std::ranges::find(data.parts, panel.set, &FigurePart::set) == data.parts.end())
                    data.parts.push_back({panel.set, evaluate(experimentOf(panel, recipe.experiment)), {}});
        if (data.parts.front().set != std::vector<FieldSetting>())
            data.parts.insert(data.parts.begin(), {{}, evaluate(recipe.experiment), {}});
        const Figure figure = makeFigure(data);
        for (const PagePreset& preset : pagePresets()) {
            const QString fault = faultOf(figure, pageOf(preset));
            QVERIFY2(fault.isEmpty(),
                     qPrintable(QString::fromStdString(design.name + " on " + preset.id + ": ") + fault));
        }
        const QString fault = faultOf(figure, design.page);
        QVERIFY2(fault.isEmpty(), qPrintable(QString::fromStdString(design.name + " on its own page: ") + fault));
    }
}

void PageFitTest::studiesAreNotCut()
{
    Experiment experiment = findPreset("past-training")->experiment;
    experiment.sweep.points = 4;
    experiment.sweep.seeds = 2;
    const std::shared_ptr<const Result> result = evaluate(experiment);
    for (const FigureKind view :
         {FigureKind::Learning, FigureKind::Generalization, FigureKind::Level, FigureKind::Sweep}) {
        const Figure figure = makeFigure(*result, view, {}, studiesFor(view, *result));
        for (const PagePreset& preset : pagePresets()) {
            const QString fault = faultOf(figure, pageOf(preset));
            QVERIFY2(fault.isEmpty(),
                     qPrintable(QString::fromStdString(figureId(view) + " on " + preset.id + ": ") + fault));
        }
    }
}

void PageFitTest::anyRowsFitAnyPreset()
{
    const std::shared_ptr<const Result> result = evaluate(experimentOf(1000));
    const Figure maps = makeFigure(*result, FigureKind::Bias), curves = makeFigure(*result, FigureKind::Learning),
                 ribbons = makeFigure(*result, FigureKind::Compare);
    std::mt19937_64 random(1);
    for (int trial = 0; trial < 12; ++trial) {
        Figure figure = maps;
        figure.rows.clear();
        for (std::uint64_t rows = 1 + random() % 5; rows > 0; --rows)
            switch (random() % 3) {
            case 0: {
                FigureRow row = maps.rows[0];
                row.panels.resize(1 + random() % 4, row.panels.back());
                figure.rows.push_back(row);
                break;
            }
            case 1: figure.rows.push_back(curves.rows[random() % 2]); break;
            default: figure.rows.insert(figure.rows.end(), ribbons.rows.begin() + 1, ribbons.rows.end());
            }
        figure.letters = true;
        figure.title = "A title";
        figure.caption = "A caption that is as long as captions of figures in papers usually are, if not longer.";
        for (const PagePreset& preset : pagePresets()) {
            const QString fault = faultOf(figure, pageOf(preset));
            QVERIFY2(fault.isEmpty(),
                     qPrintable(QString("%1 on %2: %3").arg(trial).arg(QString::fromStdString(preset.id), fault)));
        }
    }
}

void PageFitTest::aWidePagePutsPanelsBesideOneAnother()
{
    const std::shared_ptr<const Result> result = evaluate(experimentOf(1000));
    const Figure figure = makeFigure(*result, FigureKind::Compare);
    Page wide = ui::pageOf(300.0, 90.0);
    wide.fontPoints = 9.0;
    const PageWords words = wordsOn(figure, wide);
    QVERIFY(words.fit.arrangement.columns.size() > 1);
    QVERIFY(wordsOn(figure, defaultPage(FigureKind::Compare)).fit.arrangement.columns.empty());
    // The profile stays under the ribbons, whose axis it is.
    const auto& rows = words.geometry.rows;
    QCOMPARE(rows[rows.size() - 2][0].plot.left(), rows.back()[0].plot.left());
    QCOMPARE(rows[rows.size() - 2][0].plot.right(), rows.back()[0].plot.right());
}

void PageFitTest::mapsToCompareAreOfOneSizeInOneRow()
{
    for (const std::int64_t n : {8, 1000}) {
        const std::shared_ptr<const Result> result = evaluate(experimentOf(n));
        for (const FigureKind view : {FigureKind::Bias, FigureKind::Attention})
            for (const PagePreset& preset : pagePresets()) {
                const PageWords words = wordsOn(makeFigure(*result, view), pageOf(preset));
                const auto& maps = words.geometry.rows.front();
                QCOMPARE(maps.size(), std::size_t(3));
                for (const PanelPlace& map : maps) {
                    QCOMPARE(map.plot.size(), maps.front().plot.size());
                    QCOMPARE(map.plot.top(), maps.front().plot.top());
                }
            }
    }
}

void PageFitTest::printGrowsBeforeItsTypeShrinks()
{
    const std::shared_ptr<const Result> result = evaluate(experimentOf(1000));
    for (const FigureKind view : figureKinds())
        for (const PagePreset& preset : pagePresets()) {
            const Page page = pageOf(preset);
            const PageFit fit = wordsOn(makeFigure(*result, view), page).fit;
            QVERIFY(fit.heightMm == page.heightMm || (preset.growHeight && fit.heightMm > page.heightMm));
            const QString at = QString::fromStdString(figureId(view) + " on " + preset.id);
            if (preset.growHeight)
                QVERIFY2(std::abs(fit.points - preset.fontPoints) < 1e-9, qPrintable(at));
        }
}

void PageFitTest::headingsEndWithoutALoneWord()
{
    const QFont font = Fonts().section;
    const auto lines = [&](const QString& text, double share) {
        return balanced(font, text, share * textWidth(font, text));
    };
    QCOMPARE(lines("Bias by offset, relative to offset 0", 0.97),
             QStringList({"Bias by offset,", "relative to offset 0"}));
    QCOMPARE(lines("32 parameters, all trained", 0.9).last(), QString("all trained"));
    QCOMPARE(lines("T5 buckets 32 / 128", 0.93), QStringList({"T5", "buckets 32 / 128"}));
    const QString text = "Training pairs of the parameter that an offset uses";
    for (double share = 0.3; share < 1.0; share += 0.05) {
        const QStringList broken = lines(text, share);
        QCOMPARE(broken.join(u' '), text);
        QCOMPARE(broken.size(), wrapped(font, text, share * textWidth(font, text)).size());
        QVERIFY2(broken.last().contains(u' '), qPrintable(broken.join(u'|')));
    }
}

void PageFitTest::smallerTypeIsSaid()
{
    const std::shared_ptr<const Result> result = evaluate(experimentOf(1000));
    const Figure bias = makeFigure(*result, FigureKind::Bias), learning = makeFigure(*result, FigureKind::Learning);
    const auto remarkOn = [&](const Figure& figure, const Page& page) {
        return FigureRendering(figure, recipeWith(result->experiment, page), FigureFormat::Svg)
            .remarks(FigureFormat::Svg)
            .join(u'|');
    };
    const QString smaller = remarkOn(learning, pageOf(pagePresets()[1]));
    QVERIFY2(smaller.contains("the page asks for 14 pt"), qPrintable(smaller));
    QCOMPARE(remarkOn(bias, ui::pageOf(180.0, 76.0)), QString());
    const QString tiny = remarkOn(bias, ui::pageOf(30.0, 20.0));
    QVERIFY2(tiny.startsWith("The type is "), qPrintable(tiny));
}

void PageFitTest::typeThatSomebodyChoseIsKeptOrRefusedWithTheLargest()
{
    const std::shared_ptr<const Result> result = evaluate(experimentOf(1000));
    for (const FigureKind view : figureKinds()) {
        const Figure figure = makeFigure(*result, view);
        Page page = ui::pageOf(85.0, 60.0);
        page.fontPoints = 30.0;
        double largest = 0.0;
        try {
            wordsOn(figure, page);
        } catch (const TypeDoesNotFit& error) {
            largest = error.largest().value_or(0.0);
            QVERIFY2(QString(error.what()).contains(QString::number(largest)), error.what());
        }
        QVERIFY(largest > 0.0 && largest < 30.0);
        page.fontPoints = largest;
        QCOMPARE(wordsOn(figure, page).fit.points, largest);
        page.fontPoints = 1.1 * largest + 0.1;
        QVERIFY_EXCEPTION_THROWN(wordsOn(figure, page), TypeDoesNotFit);
    }
}

void PageFitTest::aLongTitleIsWrappedAndNothingIsCut()
{
    const std::shared_ptr<const Result> result = evaluate(experimentOf(1000));
    for (const FigureKind view : figureKinds()) {
        Figure figure = makeFigure(*result, view);
        const QString words = "Honorificabilitudinitatibus Donaudampfschifffahrtsgesellschaftskapitaensmuetze";
        for (FigureRow& row : figure.rows)
            for (Panel& panel : row.panels)
                std::visit([&](auto& shown) { shown.title = (words + ", maximum distance 1024").toStdString(); },
                           panel);
        figure.notes.push_back({FigureNote::Kind::Offset, {10, 10}, {}, 0.0, Role::Neutral, words.toStdString(), {}});
        for (const PagePreset& preset : pagePresets()) {
            QString all;
            for (const DrawnText& text : wordsOn(figure, pageOf(preset)).texts)
                all += text.text;
            all.remove(u' ');
            QVERIFY2(!all.contains(QChar(0x2026)), preset.id.c_str());
            QCOMPARE(all.count(QString("distance1024")), [&] {
                qsizetype panels = 0;
                for (const FigureRow& row : figure.rows)
                    panels += static_cast<qsizetype>(row.panels.size());
                return panels;
            }());
        }
    }
}

void PageFitTest::framesStandStill()
{
    Recipe recipe = recipeWith(experimentOf(1000), pageOf(pagePresets()[2]), FigureKind::Compare);
    for (const FramesOver over : {FramesOver::Length, FramesOver::Buckets, FramesOver::Step}) {
        recipe.design.frames = Frames{over, 0, 0, 6, 0.1};
        const std::vector<Figure> frames = makeFrames(framesOf(recipe));
        const Fonts fonts;
        PageFit fit = fitPage(frames, fonts, recipe.design.page);
        std::vector<QRect> first;
        for (const Figure& frame : frames) {
            std::vector<QRect> plots;
            for (const auto& row : layOut(arranged(frame, fit.arrangement), fonts, fit.size, fit.needsOfAll()).rows)
                for (const PanelPlace& place : row)
                    plots.push_back(place.plot);
            if (first.empty())
                first = plots;
            QVERIFY(plots == first);
        }
    }
}

QTEST_MAIN(PageFitTest)
#include "page_fit.moc"
