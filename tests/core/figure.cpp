// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/figure.h"

#include "core/base/error.h"
#include "core/experiment/presets.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace posbias;

class FigureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindHasAnIdThatFindsItAgain();
    void mapsShareOneScaleThatHoldsAllTheirValues();
    void theDifferenceIsCentredOnZero();
    void hatchingIsWhatTrainingNeverTouched();
    void ribbonsCoverEveryOffsetOnce();
    void ribbonsAreCutWhereTrainedParametersEnd();
    void curvesAreFiniteAndSomewhereAboveZeroWhereLogarithmic();
    void everyValueOfALogarithmicCurveHasAPlace();
    void everyCurveHasOneLabelOfItsOwn();
    void attentionScaleEndsAtWholeDecades();
    void rawBiasesAreShownOnlyWhenAsked();
    void everyPresetMakesEveryFigure();
};

namespace {

const std::shared_ptr<const Result>& defaultResult()
{
    static const auto result = evaluate(Experiment{});
    return result;
}

const MapPanel& map(const Figure& figure, std::size_t index)
{
    return std::get<MapPanel>(figure.rows[0].panels[index]);
}

template <typename Check>
void forEachCurve(const Figure& figure, Check check)
{
    for (const FigureRow& row : figure.rows)
        for (const Panel& panel : row.panels)
            if (const auto* curves = std::get_if<CurvePanel>(&panel))
                for (const Curve& curve : curves->curves)
                    check(*curves, curve);
}

}  // namespace

void FigureTest::everyKindHasAnIdThatFindsItAgain()
{
    for (FigureKind kind : figureKinds())
        QCOMPARE(figureFromId(figureId(kind)), kind);
    QVERIFY_EXCEPTION_THROWN(figureFromId("heatmap"), InputError);
}

void FigureTest::mapsShareOneScaleThatHoldsAllTheirValues()
{
    const Figure figure = makeFigure(*defaultResult(), FigureKind::Bias);
    QCOMPARE(map(figure, 0).scale, map(figure, 1).scale);
    const ColourScale& scale = figure.scales[map(figure, 0).scale];
    for (std::size_t s = 0; s < 2; ++s)
        for (std::int64_t d = 0; d < 1000; ++d) {
            const double value = map(figure, s).source->at(999, 999 - d);
            QVERIFY(value >= scale.min && value <= scale.max);
        }
    QCOMPARE(map(figure, 0).source->at(500, 500), 0.0);  // relative to offset 0
}

void FigureTest::theDifferenceIsCentredOnZero()
{
    for (FigureKind kind : {FigureKind::Bias, FigureKind::Attention}) {
        const Figure figure = makeFigure(*defaultResult(), kind);
        const ColourScale& scale = figure.scales[map(figure, 2).scale];
        QCOMPARE(scale.map, ColourMapName::RedBlue);
        QCOMPARE(scale.min, -scale.max);
        QVERIFY(scale.max > 0.0);
    }
}

void FigureTest::hatchingIsWhatTrainingNeverTouched()
{
    const Figure figure = makeFigure(*defaultResult(), FigureKind::Bias);
    QCOMPARE(map(figure, 0).hatched, (std::vector<OffsetRange>{{512, 999}}));
    QVERIFY(map(figure, 1).hatched.empty());
    QVERIFY(map(figure, 2).hatched.empty());
    QCOMPARE(map(figure, 0).subtitle, std::string("512 parameters; offsets past 511 untrained"));
    QCOMPARE(map(figure, 1).subtitle, std::string("32 parameters, all trained"));
}

void FigureTest::ribbonsCoverEveryOffsetOnce()
{
    for (const Preset& preset : presets()) {
        const auto result = evaluate(preset.experiment);
        const Figure figure = makeFigure(*result, FigureKind::Buckets);
        for (const Ribbon& ribbon : std::get<RibbonPanel>(figure.rows[0].panels[0]).ribbons) {
            std::int64_t next = figure.offsetAxis.range.first;
            for (const RibbonSegment& segment : ribbon.segments) {
                QCOMPARE(segment.first, next);
                QVERIFY(segment.last >= segment.first);
                next = segment.last + 1;
            }
            QCOMPARE(next - 1, figure.offsetAxis.range.last);
        }
    }
}

void FigureTest::ribbonsAreCutWhereTrainedParametersEnd()
{
    for (const Preset& preset : presets()) {
        const auto result = evaluate(preset.experiment);
        const auto panel = std::get<RibbonPanel>(makeFigure(*result, FigureKind::Buckets).rows[0].panels[0]);
        for (std::size_t s = 0; s < 2; ++s)
            for (const RibbonSegment& segment : panel.ribbons[s].segments)
                for (std::int64_t d = segment.first; d <= segment.last; ++d) {
                    const TrainedScheme& trained = *result->schemes[s].trained;
                    QCOMPARE(segment.untrained, !trained.trained(d));
                    if (segment.parameter != noParameter)
                        QCOMPARE(trained.table.parameterOf(d),
                                 segment.ownParameters ? segment.parameter + (d - segment.first) : segment.parameter);
                }
    }
}

void FigureTest::curvesAreFiniteAndSomewhereAboveZeroWhereLogarithmic()
{
    for (FigureKind kind : {FigureKind::Profile, FigureKind::Exposure, FigureKind::Attention})
        forEachCurve(makeFigure(*defaultResult(), kind), [](const CurvePanel& panel, const Curve& curve) {
            const OffsetRange range = curve.source->range();
            QVERIFY(range.size() > 0);
            for (std::int64_t x = range.first; x <= range.last; ++x)
                QVERIFY(std::isfinite(curve.source->at(x)));
            QVERIFY(!panel.yLogarithmic || !curve.source->boundsAbove(0.0, range).empty());
        });
}

void FigureTest::everyValueOfALogarithmicCurveHasAPlace()
{
    bool zeros = false;
    for (FigureKind kind : {FigureKind::Exposure, FigureKind::Attention})
        forEachCurve(makeFigure(*defaultResult(), kind), [&](const CurvePanel& panel, const Curve& curve) {
            const double least = curve.source->bounds(curve.source->range()).min;
            zeros = zeros || least <= 0.0;
            QVERIFY(least > 0.0 || panel.floor);
            if (panel.floor)
                QVERIFY(panel.floor->at < panel.floor->decades);
        });
    QVERIFY(zeros);  // of offsets past the training length no pair was seen
    // Weights that vanish beside the others do not stretch the axis: they stand at its floor.
    Experiment steep;
    steep.teacher = Exponential{.scale = 1.0};
    steep.trainingLength = steep.length = 400;
    steep.view = {390, 10};
    steep.schemes[1] = T5{};
    const auto result = evaluate(steep);
    const Figure figure = makeFigure(*result, FigureKind::Attention);
    forEachCurve(figure, [](const CurvePanel& panel, const Curve&) {
        QVERIFY(panel.floor && panel.span);
        QVERIFY(panel.span->max / panel.span->min <= 1.001e10);
        QCOMPARE(panel.floor->below, panel.span->min);
    });
}

void FigureTest::everyCurveHasOneLabelOfItsOwn()
{
    for (FigureKind kind : {FigureKind::Profile, FigureKind::Exposure, FigureKind::Attention})
        for (const FigureRow& row : makeFigure(*defaultResult(), kind).rows)
            if (const auto* panel = std::get_if<CurvePanel>(&row.panels[0])) {
                std::set<std::string> labels;
                for (const Curve& curve : panel->curves)
                    labels.insert(curve.label);
                QCOMPARE(labels.size(), std::size_t{3});
                QVERIFY(!labels.contains(std::string()));
            }
}

void FigureTest::attentionScaleEndsAtWholeDecades()
{
    const ColourScale scale = makeFigure(*defaultResult(), FigureKind::Attention).scales[0];
    QVERIFY(scale.logarithmic);
    QCOMPARE(scale.max, 1.0);
    QVERIFY(std::abs(std::log10(scale.min) - std::round(std::log10(scale.min))) < 1e-12);
}

void FigureTest::rawBiasesAreShownOnlyWhenAsked()
{
    FigureOptions options;
    options.rawBias = true;
    const Figure figure = makeFigure(*defaultResult(), FigureKind::Bias, options);
    QCOMPARE(map(figure, 0).source->at(900, 200), 0.0);  // offset 700: untrained, as it started
    const double raw = map(figure, 1).source->at(900, 200) - map(figure, 0).source->at(900, 200);
    QVERIFY(std::abs(map(figure, 2).source->at(900, 200) - raw) < 1e-12);
}

void FigureTest::everyPresetMakesEveryFigure()
{
    for (const Preset& preset : presets()) {
        const auto result = evaluate(preset.experiment);
        for (FigureKind kind : figureKinds()) {
            const Figure figure = makeFigure(*result, kind);
            QVERIFY(!figure.rows.empty());
            QCOMPARE(figure.length, preset.experiment.length);
        }
    }
}

QTEST_GUILESS_MAIN(FigureTest)
#include "figure.moc"
