// SPDX-License-Identifier: GPL-3.0-or-later
// Figures put together from panels of any scheme and of several experiments.

#include "core/base/error.h"
#include "core/experiment/presets.h"
#include "core/fields/parameter_map.h"
#include "core/figure/figure_data.h"
#include "tests/core/study_samples.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace posbias;

class CompositionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void viewsAreTheirPanels();
    void panelsShowTheSchemesTheyName();
    void schemesThatAreNotThereAreRefused();
    void oneSchemeUnderTwoOptimizersPartsPastTheTrainingLength();
    void settingsAreToldWhereTheTitleDoesNotTellThem();
    void differencesAreThoseOfTheCells();
    void mapsShareAScaleUnlessEachHasItsOwn();
    void theDressChoosesColoursAndWords();
    void parameterMapsTellTheTable();
    void parameterPixelsAreNumbersOfParameters();
    void parameterCountsFollowTheTrainingLength();
    void annotationsFindTheirPlace();
    void whatIsKnownIsNotComputedAgain();
    void colourNamesAreGivenWhereNoProfileGivesThem();
    void framesStandStill();
    void framesThatNeedTooMuchMemoryAreRefused();
    void workCanBeStopped();
};

namespace {

Experiment threeSchemes()
{
    Experiment experiment = samples::small(Mask::Causal);
    experiment.view = defaultView(experiment.length);
    experiment.learning = Adam{.steps = 200};
    return experiment;
}

PanelDesign panel(PanelKind show, std::vector<std::size_t> schemes = {}, std::vector<FieldSetting> set = {})
{
    return {show, std::move(schemes), std::move(set), {}};
}

Recipe recipe(PanelRows rows)
{
    Recipe made;
    made.experiment = threeSchemes();
    made.design.rows = std::move(rows);
    return made;
}

Figure figureOf(const Recipe& of)
{
    return makeFigure(evaluateFigure(of));
}

template <typename Kind>
const Kind& at(const Figure& figure, std::size_t row, std::size_t column)
{
    return std::get<Kind>(figure.rows.at(row).panels.at(column));
}

const FieldSetting momentum{"learning.optimizer", "momentum"}, adam{"learning.optimizer", "adam"};

Bounds valuesOf(const MapSource& map)
{
    Bounds bounds;
    for (std::int64_t i = 0; i < map.length(); ++i)
        for (std::int64_t j = 0; j <= i; ++j) {
            const double value = map.at(i, j);
            bounds.add({value, value, 0, 0});
        }
    return bounds;
}

}  // namespace

void CompositionTest::viewsAreTheirPanels()
{
    Recipe view;
    view.experiment = threeSchemes();
    for (const FigureKind kind : figureKinds()) {
        view.design.view = kind;
        view.design.rows.clear();
        const Figure ready = figureOf(view);
        view.design.rows = panelsOf(view.design);
        const Figure composed = figureOf(view);
        QVERIFY(ready.scales == composed.scales);
        QCOMPARE(ready.rows.size(), composed.rows.size());
        for (std::size_t r = 0; r < ready.rows.size(); ++r) {
            QCOMPARE(ready.rows[r].weight, composed.rows[r].weight);
            QCOMPARE(ready.rows[r].panels.size(), view.design.rows[r].size());
            QCOMPARE(composed.rows[r].panels.size(), view.design.rows[r].size());
        }
    }
}

void CompositionTest::panelsShowTheSchemesTheyName()
{
    const Figure figure = figureOf(recipe({{panel(PanelKind::Bias, {2}), panel(PanelKind::Attention, {1})},
                                           {panel(PanelKind::Buckets, {2, 0})},
                                           {panel(PanelKind::Profile, {0, 2}), panel(PanelKind::DistanceByLength, {2}),
                                            panel(PanelKind::UntrainedByLength)}}));
    QCOMPARE(at<MapPanel>(figure, 0, 0).title, std::string("T5 buckets 16 / 120"));
    QCOMPARE(at<MapPanel>(figure, 0, 0).role, schemeRole(2));
    QCOMPARE(at<MapPanel>(figure, 0, 1).title, std::string("T5 buckets 8 / 16"));
    QCOMPARE(at<MapPanel>(figure, 0, 1).role, Role::B);
    const auto& ribbons = at<RibbonPanel>(figure, 1, 0).ribbons;
    QCOMPARE(ribbons.size(), std::size_t{2});
    QCOMPARE(ribbons[0].letter + ribbons[1].letter, std::string("CA"));
    const auto& curves = at<CurvePanel>(figure, 2, 0).curves;
    QCOMPARE(curves.size(), std::size_t{3});  // with the teacher's
    QCOMPARE(curves[0].role, Role::A);
    QVERIFY(!curves[0].dashed);
    QCOMPARE(curves[1].role, schemeRole(2));
    QVERIFY(curves[1].dashed);
    QCOMPARE(at<ChartPanel>(figure, 2, 1).series.size(), std::size_t{1});
    QCOMPARE(at<ChartPanel>(figure, 2, 1).series[0].name, std::string("C"));
    QCOMPARE(at<ChartPanel>(figure, 2, 2).series.size(), std::size_t{3});
    QCOMPARE(figure.rows[1].weight, 0.0);
    QVERIFY(figure.rows[0].weight > figure.rows[2].weight);
}

void CompositionTest::schemesThatAreNotThereAreRefused()
{
    QVERIFY_EXCEPTION_THROWN(figureOf(recipe({{panel(PanelKind::Bias, {3})}})), InputError);
    QVERIFY_EXCEPTION_THROWN(figureOf(recipe({{panel(PanelKind::Level, {0, 2})}})), InputError);
}

void CompositionTest::oneSchemeUnderTwoOptimizersPartsPastTheTrainingLength()
{
    const Recipe of =
        recipe({{panel(PanelKind::Attention, {0}, {momentum}), panel(PanelKind::Attention, {0}, {adam})}});
    const FigureData data = evaluateFigure(of);
    QCOMPARE(data.parts.size(), std::size_t{3});  // the recipe's own, and one for each panel
    const Figure figure = makeFigure(data);
    const MapPanel &first = at<MapPanel>(figure, 0, 0), &second = at<MapPanel>(figure, 0, 1);
    QCOMPARE(first.title, std::string("Per-offset \u00b7 SGD, momentum"));
    QCOMPARE(second.title, std::string("Per-offset \u00b7 Adam"));
    QCOMPARE(first.role, Role::A);
    for (std::int64_t query = 40; query < 60; ++query) {
        double untrainedFirst = 0.0, untrainedSecond = 0.0;
        for (std::int64_t key = 0; key <= query - 24; ++key) {
            untrainedFirst += first.source->at(query, key);
            untrainedSecond += second.source->at(query, key);
        }
        QVERIFY2(untrainedSecond > 1.2 * untrainedFirst, qPrintable(QString::number(untrainedSecond / untrainedFirst)));
    }
    QCOMPARE(first.scale, second.scale);
}

void CompositionTest::settingsAreToldWhereTheTitleDoesNotTellThem()
{
    const std::vector<FieldSetting> buckets{{"schemes.1.buckets", "10"}};
    Recipe of =
        recipe({{panel(PanelKind::Bias, {1}, buckets), panel(PanelKind::BiasDifference, {1, 1}, buckets)},
                {panel(PanelKind::Profile, {}, buckets),
                 panel(PanelKind::Exposure, {}, {{"corpus.documents", "7"}, {"learning.learningRate", "0.01"}})}});
    const Figure figure = figureOf(of);
    QCOMPARE(at<MapPanel>(figure, 0, 0).title, std::string("T5 buckets 10 / 16"));
    QCOMPARE(at<MapPanel>(figure, 0, 1).title, std::string("Change of B \u00b7 B: Buckets 10"));
    QCOMPARE(at<CurvePanel>(figure, 1, 0).title,
             std::string("Bias by offset, relative to offset 0 \u00b7 B: Buckets 10"));
    QCOMPARE(at<CurvePanel>(figure, 1, 1).title,
             std::string("Training pairs of the parameter that an offset uses \u00b7 Documents 7, Learning rate 0.01"));
    of.design.rows[1][0].title = "What ten buckets learn";
    QCOMPARE(at<CurvePanel>(figureOf(of), 1, 0).title, std::string("What ten buckets learn"));
}

void CompositionTest::differencesAreThoseOfTheCells()
{
    const Figure figure = figureOf(
        recipe({{panel(PanelKind::Bias, {0}), panel(PanelKind::Bias, {0}, {momentum}), panel(PanelKind::Bias, {2}),
                 panel(PanelKind::BiasDifference, {0, 0}, {momentum}), panel(PanelKind::BiasDifference, {2, 0})},
                {panel(PanelKind::Attention, {1}), panel(PanelKind::Attention, {2}),
                 panel(PanelKind::AttentionRatio, {1, 2})}}));
    const auto source = [&](std::size_t row, std::size_t column) { return at<MapPanel>(figure, row, column).source; };
    const MapPanel &change = at<MapPanel>(figure, 0, 3), &difference = at<MapPanel>(figure, 0, 4);
    QCOMPARE(change.title, std::string("Change of A \u00b7 SGD, momentum"));
    QCOMPARE(difference.title, std::string("A \u2212 C"));
    double largest = 0.0;
    for (std::int64_t i = 0; i < 60; ++i)
        for (std::int64_t j = 0; j <= i; ++j) {
            QVERIFY(change.source->at(i, j) == source(0, 1)->at(i, j) - source(0, 0)->at(i, j));
            QVERIFY(difference.source->at(i, j) == source(0, 0)->at(i, j) - source(0, 2)->at(i, j));
            const double ratio = std::log10(source(1, 1)->at(i, j) / source(1, 0)->at(i, j));
            QVERIFY(std::abs(source(1, 2)->at(i, j) - ratio) < 1e-12);
            largest = std::max({largest, std::abs(change.source->at(i, j)), std::abs(difference.source->at(i, j))});
        }
    const ColourScale& scale = figure.scales[change.scale];
    QCOMPARE(change.scale, difference.scale);
    QVERIFY(largest > 0.0 && scale.max >= largest && scale.max <= 3.0 * largest);
    QCOMPARE(figure.scales[at<MapPanel>(figure, 1, 2).scale].label, std::string("log\u2081\u2080 C / B"));
}

void CompositionTest::mapsShareAScaleUnlessEachHasItsOwn()
{
    const FieldSetting steep{"teacher.exponent", "4"};
    Recipe of = recipe({{panel(PanelKind::Bias, {1}), panel(PanelKind::Bias, {2})},
                        {panel(PanelKind::Bias, {1}, {steep}), panel(PanelKind::Attention, {2})}});
    const auto check = [&](const Figure& figure) {
        for (const FigureRow& row : figure.rows)
            for (const Panel& one : row.panels) {
                const MapPanel& map = std::get<MapPanel>(one);
                const ColourScale& scale = figure.scales.at(map.scale);
                const Bounds values = valuesOf(*map.source);
                QVERIFY(values.max <= scale.max);
                QVERIFY(values.min >= scale.min);
            }
    };
    const Figure shared = figureOf(of);
    check(shared);
    QCOMPARE(shared.scales.size(), std::size_t{2});
    QCOMPARE(at<MapPanel>(shared, 1, 0).scale, at<MapPanel>(shared, 0, 0).scale);
    QCOMPARE(at<MapPanel>(shared, 1, 1).scale, std::size_t{1});

    of.design.dress.separateScales = true;
    const Figure separate = figureOf(of);
    check(separate);
    QCOMPARE(separate.scales.size(), std::size_t{4});
    QCOMPARE(at<MapPanel>(separate, 1, 0).scale, std::size_t{2});
    QVERIFY(separate.scales[0].min > 0.8 * separate.scales[2].min);
    QCOMPARE(separate.scales[2].min, shared.scales[0].min);
}

void CompositionTest::theDressChoosesColoursAndWords()
{
    Recipe of;
    of.experiment = threeSchemes();
    of.design.view = FigureKind::Bias;
    of.design.dress = {ColourMapName::Magma, ColourMapName::PurpleOrange, false, BarPlacement::Below, true, "Biases",
                       "What was learned."};
    const Figure figure = figureOf(of);
    QCOMPARE(figure.scales[0].map, ColourMapName::Magma);
    QCOMPARE(figure.scales[1].map, ColourMapName::PurpleOrange);
    QCOMPARE(figure.bars, BarPlacement::Below);
    QVERIFY(figure.letters);
    QCOMPARE(figure.title, std::string("Biases"));
    QCOMPARE(figure.caption, std::string("What was learned."));
}

void CompositionTest::parameterMapsTellTheTable()
{
    Recipe of;
    of.experiment = findPreset("book-small")->experiment;
    of.design.rows = {{panel(PanelKind::Parameters, {0}), panel(PanelKind::Parameters, {1})}};
    const FigureData data = evaluateFigure(of);
    const Figure figure = makeFigure(data);
    double last = 0.0;
    for (std::size_t s = 0; s < 2; ++s) {
        const MapPanel& map = at<MapPanel>(figure, 0, s);
        const TrainedScheme& trained = *data.parts[0].result->schemes[s].trained;
        const std::int64_t n = of.experiment.length;
        const PixelGrid grid = map.source->pixels({0.0, double(n), 0.0, double(n)}, int(n), int(n));
        QVERIFY(map.parameters);
        for (std::int64_t i = 0; i < n; ++i)
            for (std::int64_t j = 0; j < n; ++j) {
                const auto pixel = static_cast<std::size_t>(i * n + j);
                const std::int64_t parameter = trained.table.parameterOf(i - j);
                const bool shown = j <= i && parameter != noParameter;
                QCOMPARE(grid.coverage[pixel], shown ? 1.0f : 0.0f);
                QCOMPARE(grid.value[pixel], shown ? static_cast<double>(parameter) : 0.0);
                QCOMPARE(map.source->at(i, j), j <= i ? static_cast<double>(parameter) : 0.0);
            }
        last = std::max(last, static_cast<double>(trained.table.parameterCount() - 1));
    }
    QCOMPARE(figure.scales.size(), std::size_t{1});
    QCOMPARE(figure.scales[0].min, 0.0);
    QCOMPARE(figure.scales[0].max, last);
    QCOMPARE(figure.scales[0].label, std::string("parameter"));
}

void CompositionTest::parameterPixelsAreNumbersOfParameters()
{
    for (const Mask mask : {Mask::Causal, Mask::Bidirectional})
        for (const Scheme& scheme : samples::small(mask).schemes) {
            const std::int64_t n = 60;
            const ParameterTable table = parameterTable(scheme, mask, 24);
            const auto map = parameterMap(table, mask, n);
            const PixelGrid grid = map->pixels({0.0, double(n), 0.0, double(n)}, 17, 13);
            for (std::size_t p = 0; p < grid.value.size(); ++p)
                QVERIFY(grid.value[p] == std::floor(grid.value[p]) && grid.value[p] >= 0.0);
            const auto runs = map->runs({-1000, 1000}, 1000);
            std::int64_t next = visibleOffsets(mask, n).first;
            for (const ValueRun& run : runs) {
                for (; next < run.offsets.first; ++next)
                    QCOMPARE(table.parameterOf(next), noParameter);
                for (; next <= run.offsets.last; ++next)
                    QCOMPARE(static_cast<double>(table.parameterOf(next)), run.value);
            }
            for (; next < n; ++next)
                QCOMPARE(table.parameterOf(next), noParameter);
            QCOMPARE(map->runs({-1000, 1000}, runs.size()).size(), runs.size());
            QVERIFY(map->runs({-1000, 1000}, runs.size() - 1).empty());
        }
}

void CompositionTest::parameterCountsFollowTheTrainingLength()
{
    const Figure figure = figureOf(recipe({{panel(PanelKind::ParameterCounts, {0, 1})}}));
    const auto& chart = at<ChartPanel>(figure, 0, 0);
    QCOMPARE(chart.x.span->min, 16.0);
    QCOMPARE(chart.x.span->max, 4096.0);
    QCOMPARE(chart.x.scale, AxisScale::Logarithmic);
    QCOMPARE(chart.y.scale, AxisScale::Logarithmic);
    QCOMPARE(chart.series[0].x, chart.series[0].y);  // one for each offset
    QVERIFY(std::ranges::count(chart.series[0].x, 24.0) == 1);
    QVERIFY(std::ranges::is_sorted(chart.series[0].x));
    QVERIFY(std::ranges::all_of(chart.series[1].y, [](double y) { return y == 8.0; }));
    QCOMPARE(chart.marks.at(0).kind, MarkKind::TrainingLength);
    QCOMPARE(chart.marks.at(0).x, 24.0);
}

void CompositionTest::annotationsFindTheirPlace()
{
    Recipe of = recipe({{panel(PanelKind::Bias, {1}), panel(PanelKind::Bias, {1}, {{"schemes.1.buckets", "4"}})}});
    of.design.annotations = {{OffsetMark{7}, "seven", {}},    {CellMark{30, 12}, "", 0},
                             {LengthMark{48}, "n = 2 L", {}}, {BucketMark{1, 7}, "last", {}},
                             {BucketMark{1, 3}, "", 1},       {TextMark{20, 5, -2.5}, "here", 1},
                             {OffsetMark{60}, "beyond", {}}};
    const auto notes = figureOf(of).notes;
    QCOMPARE(notes.size(), std::size_t{6});  // offset 60 is not in a sequence of 60
    QCOMPARE(notes[0].kind, FigureNote::Kind::Offset);
    QCOMPARE(notes[0].offsets, (OffsetRange{7, 7}));
    QCOMPARE(notes[0].label, std::string("seven"));
    QCOMPARE(notes[1].cell, (CellPosition{30, 18}));
    QCOMPARE(notes[1].panel, std::optional<std::size_t>(0));
    QCOMPARE(notes[2].at, 48.0);
    const auto table = [](std::int64_t buckets) {
        return parameterTable(T5{T5Variant::HuggingFace, buckets, 16}, Mask::Causal, 24);
    };
    QCOMPARE(notes[3].kind, FigureNote::Kind::Bracket);
    QCOMPARE(notes[3].offsets, (OffsetRange{table(8).offsetsOf(7).first, 59}));
    QCOMPARE(notes[3].role, Role::B);
    QCOMPARE(notes[4].offsets, (OffsetRange{table(4).offsetsOf(3).first, 59}));  // as in its own panel
    QCOMPARE(notes[5].cell, (CellPosition{20, 15}));
    QCOMPARE(notes[5].offsets, (OffsetRange{5, 5}));
    QCOMPARE(notes[5].at, -2.5);
}

void CompositionTest::whatIsKnownIsNotComputedAgain()
{
    Recipe of =
        recipe({{panel(PanelKind::Causes), panel(PanelKind::Losses)}, {panel(PanelKind::Profile, {}, {momentum})}});
    const FigureData first = evaluateFigure(of);
    QVERIFY(first.parts[0].studies.generalization && first.parts[0].studies.history);
    QVERIFY(!first.parts[0].studies.level && !first.parts[0].studies.sweep && !first.parts[1].studies.history);
    QCOMPARE(first.parts[0].result->training.corpus, first.parts[1].result->training.corpus);
    of.design.dress.letters = true;
    const FigureData again = evaluateFigure(of, {}, &first);
    QCOMPARE(again.parts[0].result, first.parts[0].result);
    QCOMPARE(again.parts[1].result, first.parts[1].result);
    QCOMPARE(again.parts[0].studies.generalization, first.parts[0].studies.generalization);
    QCOMPARE(again.parts[0].studies.history, first.parts[0].studies.history);
    of.design.step = 5;
    const FigureData early = evaluateFigure(of, {}, &first);
    QCOMPARE(early.parts[0].result->schemes[0].trained->step, std::int64_t{5});
    QCOMPARE(early.parts[0].result->schemes[0].trained->course, first.parts[0].result->schemes[0].trained->course);
    QCOMPARE(early.parts[0].studies.history, first.parts[0].studies.history);
    QVERIFY(early.parts[0].studies.generalization != first.parts[0].studies.generalization);
}

void CompositionTest::colourNamesAreGivenWhereNoProfileGivesThem()
{
    const auto labels = [](const Figure& figure, std::size_t row) {
        std::vector<std::string> all;
        for (const Series& series : at<ChartPanel>(figure, row, 0).series)
            if (!series.label.empty() && !series.name.empty())
                all.push_back(series.label);
        return all;
    };
    const std::vector<std::string> named{"A Per-offset", "B T5 buckets 8 / 16"};
    const PanelDesign losses = panel(PanelKind::Losses);
    QCOMPARE(labels(figureOf(recipe({{losses}})), 0), named);
    QCOMPARE(labels(figureOf(recipe({{panel(PanelKind::Profile, {0})}, {losses}})), 1), named);
    QVERIFY(labels(figureOf(recipe({{panel(PanelKind::Profile)}, {losses}})), 1).empty());
}

void CompositionTest::framesStandStill()
{
    const auto framesOver = [](FramesOver over) {
        Recipe of = recipe({{panel(PanelKind::Bias, {0}), panel(PanelKind::Attention, {1})},
                            {panel(PanelKind::Profile), panel(PanelKind::Level)}});
        of.design.name = "frames";
        of.design.frames = Frames{over, 0, 0, 5};
        return makeFrames(framesOf(of));
    };
    for (const FramesOver over : {FramesOver::Length, FramesOver::Buckets, FramesOver::Step}) {
        const auto figures = framesOver(over);
        QCOMPARE(figures.size(), std::size_t{5});
        for (const Figure& figure : figures) {
            QVERIFY(figure.scales == figures[0].scales);
            QVERIFY(!figure.visible);
            const auto& profile = at<CurvePanel>(figure, 1, 0);
            QVERIFY(profile.span.has_value());
            QVERIFY(profile.span == at<CurvePanel>(figures[0], 1, 0).span);
            for (const Curve& curve : profile.curves) {
                const Bounds bounds = curve.source->bounds(curve.source->range());
                QVERIFY(bounds.min >= profile.span->min && bounds.max <= profile.span->max);
            }
            const auto &level = at<ChartPanel>(figure, 1, 1), &first = at<ChartPanel>(figures[0], 1, 1);
            QVERIFY(level.x.span && level.x.span == first.x.span && level.y.span == first.y.span);
            for (const Series& series : level.series) {
                QVERIFY(std::ranges::min(series.x) >= level.x.span->min &&
                        std::ranges::max(series.x) <= level.x.span->max);
                QVERIFY(std::ranges::min(series.y) >= level.y.span->min);
            }
            const Bounds biases = valuesOf(*at<MapPanel>(figure, 0, 0).source);
            QVERIFY(biases.min >= figure.scales[0].min && biases.max <= figure.scales[0].max);
            QVERIFY(figure.scales[1].logarithmic);
        }
        QCOMPARE(figures.back().length > figures.front().length, over == FramesOver::Length);
    }
    const auto steps = framesOver(FramesOver::Step);
    QCOMPARE(valuesOf(*at<MapPanel>(steps.front(), 0, 0).source).min, 0.0);  // as it started
    QVERIFY(valuesOf(*at<MapPanel>(steps.back(), 0, 0).source).min < -1.0);
}

void CompositionTest::framesThatNeedTooMuchMemoryAreRefused()
{
    Recipe of = recipe({{panel(PanelKind::Bias)}});
    of.experiment.length = 1 << 20;
    try {
        makeFrames(std::vector<Recipe>(100, of));
        QFAIL("made");
    } catch (const InputError& error) {
        QCOMPARE(error.subject(), std::string("frames.count"));
        QVERIFY(QString::fromUtf8(error.what()).contains("31 GB"));
    }
}

void CompositionTest::workCanBeStopped()
{
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN(evaluateFigure(recipe({{panel(PanelKind::Causes)}}), {stop.get_token(), {}}), Cancelled);
    double last = 0.0;
    evaluateFigure(recipe({{panel(PanelKind::Causes)}, {panel(PanelKind::Profile, {}, {momentum})}}),
                   {{}, [&](double fraction) {
                        QVERIFY(fraction >= last && fraction <= 1.0);
                        last = fraction;
                    }});
    QCOMPARE(last, 1.0);
}

QTEST_GUILESS_MAIN(CompositionTest)
#include "composition.moc"
