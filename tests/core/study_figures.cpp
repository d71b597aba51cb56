// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of the learning lab: what their panels hold.

#include "core/experiment/presets.h"
#include "core/figure/studies.h"
#include "tests/core/study_samples.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace posbias;

class StudyFiguresTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStudyFillsPanelsThatWereThere();
    void generalizationPassesThroughTheResult();
    void twoTokensHaveRoundTicks();
    void causesAddUpToTheDistance();
    void theStepShownAndTheBestHeldOutAreMarked();
    void handlesStandAtTheLevelThatTheShiftGives();
    void aShiftNeedsNoNewLevelStudy();
    void sweepsMarkTheBestAndThePresentValue();
    void partialSweepsReachTheCaller();
    void studiesServeWhatTheyDoNotDependOn();
    void bandsAreOneStandardErrorToEitherSide();
    void untrainedOffsetsAreHatchedWhereCurvesOfTrainingEnd();
};

namespace {

const FigureKind lab[] = {FigureKind::Learning, FigureKind::Generalization, FigureKind::Level, FigureKind::Sweep};

Experiment smallSweep(Mask mask = Mask::Causal)
{
    Experiment experiment = samples::small(mask);
    experiment.view = defaultView(experiment.length);
    experiment.learning = Adam{.steps = 60};
    experiment.sweep.points = 4;
    experiment.sweep.seeds = 2;
    return experiment;
}

const std::shared_ptr<const Result>& result()
{
    static const auto made = evaluate(smallSweep());
    return made;
}

Figure figureOf(FigureKind kind, const Result& of)
{
    return makeFigure(of, kind, {}, studiesFor(kind, of));
}

const ChartPanel& chart(const Figure& figure, std::size_t row, std::size_t panel)
{
    return std::get<ChartPanel>(figure.rows.at(row).panels.at(panel));
}

std::vector<ChartMark> marks(const ChartPanel& panel, MarkKind kind)
{
    std::vector<ChartMark> found;
    std::ranges::copy_if(panel.marks, std::back_inserter(found), [kind](const ChartMark& m) { return m.kind == kind; });
    return found;
}

const Series& series(const ChartPanel& panel, const std::string& name)
{
    return *std::ranges::find(panel.series, name, &Series::name);
}

double valueAt(const Series& of, double x)
{
    const auto at = std::ranges::find(of.x, x);
    return at == of.x.end() ? NAN : of.y[static_cast<std::size_t>(at - of.x.begin())];
}

}  // namespace

void StudyFiguresTest::aStudyFillsPanelsThatWereThere()
{
    for (const Mask mask : {Mask::Causal, Mask::Bidirectional}) {
        const auto of = evaluate(smallSweep(mask));
        for (const FigureKind kind : lab) {
            QVERIFY(needsStudy(kind));
            const Figure before = makeFigure(*of, kind), after = figureOf(kind, *of);
            QCOMPARE(before.rows.size(), after.rows.size());
            for (std::size_t r = 0; r < after.rows.size(); ++r) {
                QCOMPARE(before.rows[r].panels.size(), after.rows[r].panels.size());
                for (std::size_t p = 0; p < after.rows[r].panels.size(); ++p) {
                    QCOMPARE(before.rows[r].panels[p].index(), after.rows[r].panels[p].index());
                    const auto* filled = std::get_if<ChartPanel>(&after.rows[r].panels[p]);
                    if (!filled)
                        continue;
                    const auto& empty = std::get<ChartPanel>(before.rows[r].panels[p]);
                    const auto hasPoints = [](const Series& s) { return !s.y.empty(); };
                    QVERIFY(std::ranges::none_of(empty.series, hasPoints));
                    QVERIFY(std::ranges::any_of(filled->series, hasPoints));
                    QCOMPARE(empty.title, filled->title);
                    for (const Series& s : filled->series) {
                        QCOMPARE(s.x.size(), s.y.size());
                        QVERIFY(std::ranges::is_sorted(s.x));
                    }
                }
            }
        }
    }
}

void StudyFiguresTest::generalizationPassesThroughTheResult()
{
    const Figure figure = figureOf(FigureKind::Generalization, *result());
    const ChartPanel& distance = chart(figure, 0, 0);
    for (std::size_t s = 0; s < 3; ++s) {
        const SchemeResult& scheme = result()->schemes[s];
        const double kl = valueAt(series(distance, schemeLetter(s)), 60.0);
        QVERIFY(std::abs(kl - scheme.atLength.kl) < 1e-9);
        const double mass = valueAt(series(chart(figure, 0, 1), schemeLetter(s)), 60.0);
        QVERIFY(std::abs(mass - scheme.atLength.untrainedMass) < 1e-9);
    }
    QCOMPARE(marks(distance, MarkKind::TrainingLength).at(0).x, 24.0);
    QCOMPARE(marks(distance, MarkKind::Shown).at(0).x, 60.0);
    // A third scheme has a colour of its own, and another line.
    QCOMPARE(series(distance, "C").role, schemeRole(2));
    QVERIFY(series(distance, "C").line != SeriesLine::Solid);
}

void StudyFiguresTest::twoTokensHaveRoundTicks()
{
    Experiment e = findPreset("book-small")->experiment;
    e.trainingLength = e.length = 2;
    e.view = {1, 1};
    const auto two = evaluate(e);
    const Figure figure = figureOf(FigureKind::Generalization, *two);
    const ChartPanel& byQuery = chart(figure, 1, 0);
    QCOMPARE(byQuery.x.span->max, 1.0);
    for (const double end : {byQuery.y.span->min, byQuery.y.span->max})
        QVERIFY(std::abs(std::log10(end) - std::round(std::log10(end))) < 1e-9);
}

void StudyFiguresTest::causesAddUpToTheDistance()
{
    const Figure figure = figureOf(FigureKind::Generalization, *result());
    const auto& bars = std::get<BarPanel>(figure.rows[1].panels[1]).bars;
    QCOMPARE(bars.size(), std::size_t{2});
    for (std::size_t s = 0; s < 2; ++s) {
        double sum = 0.0;
        for (const BarPart& part : bars[s].parts)
            sum += part.value;
        QVERIFY(std::abs(sum - bars[s].total) < 1e-9);
        QVERIFY(std::abs(bars[s].total - result()->schemes[s].atLength.kl) < 1e-9);
    }
    QVERIFY(bars[0].parts[0].value > 0.0 && bars[0].parts[0].hatched);
}

void StudyFiguresTest::theStepShownAndTheBestHeldOutAreMarked()
{
    const auto at = evaluate(smallSweep(), {}, nullptr, 7);
    const Figure figure = figureOf(FigureKind::Learning, *at);
    for (const std::size_t panel : {0u, 1u}) {
        const auto shown = marks(chart(figure, 1, panel), MarkKind::Shown);
        QCOMPARE(shown.size(), std::size_t{1});
        QCOMPARE(shown[0].x, 7.0);
    }
    const ChartPanel& loss = chart(figure, 1, 0);
    const auto best = marks(loss, MarkKind::Best);
    QCOMPARE(best.size(), std::size_t{2});
    for (const ChartMark& mark : best) {
        const Series& held = series(loss, mark.role == Role::A ? "A held-out" : "B held-out");
        QCOMPARE(mark.y, std::ranges::min(held.y));
        QCOMPARE(valueAt(held, mark.x), mark.y);
    }
    QCOMPARE(series(loss, "A").x.front(), 0.0);
    QCOMPARE(series(loss, "A").x.back(), 60.0);
}

void StudyFiguresTest::handlesStandAtTheLevelThatTheShiftGives()
{
    const Studies before = studiesFor(FigureKind::Level, *result());
    Experiment shifted = smallSweep();
    shifted.level.a = 3.25;
    const auto moved = evaluate(shifted);
    const Figure figure = makeFigure(*moved, FigureKind::Level, {}, before);
    const auto handles = marks(chart(figure, 1, 0), MarkKind::Handle);
    QCOMPARE(handles.size(), std::size_t{2});
    QCOMPARE(handles[0].role, Role::A);
    QVERIFY(std::abs(handles[0].x - (before.level->schemes[0].level + 3.25)) < 1e-9);
    QVERIFY(std::abs(handles[1].x - before.level->schemes[1].level) < 1e-9);
    // The curve passes through the present point.
    QCOMPARE(valueAt(series(chart(figure, 1, 0), "A"), handles[0].x), moved->schemes[0].atLength.kl);
}

void StudyFiguresTest::aShiftNeedsNoNewLevelStudy()
{
    Experiment shifted = smallSweep();
    shifted.level = {1.0, -2.0};
    const auto moved = evaluate(shifted);
    QVERIFY(sameStudy(FigureKind::Level, *result(), *moved));
    QVERIFY(!sameStudy(FigureKind::Learning, *result(), *moved));
    QVERIFY(!sameStudy(FigureKind::Generalization, *result(), *moved));
    QVERIFY(!sameStudy(FigureKind::Sweep, *result(), *moved));
}

void StudyFiguresTest::sweepsMarkTheBestAndThePresentValue()
{
    Experiment experiment = smallSweep();
    const Figure figure = figureOf(FigureKind::Sweep, *result());
    QCOMPARE(figure.rows[0].panels.size(), std::size_t{2});
    for (const std::size_t panel : {0u, 1u}) {
        const ChartPanel& swept = chart(figure, 0, panel);
        const Series &a = series(swept, "A"), &b = series(swept, "B");
        QCOMPARE(a.y.size(), std::size_t{2});  // no buckets: level from side to side
        QCOMPARE(a.y.front(), a.y.back());
        QCOMPARE(b.low.size(), b.y.size());
        for (std::size_t k = 0; k < b.y.size(); ++k)
            QVERIFY(b.low[k] <= b.y[k] && b.y[k] <= b.high[k]);
        const auto best = marks(swept, MarkKind::Best);
        QCOMPARE(best.at(0).role, Role::B);
        QCOMPARE(best.at(0).y, std::ranges::min(b.y));
        const auto now = marks(swept, MarkKind::Shown);
        QCOMPARE(now.size(), std::size_t{2});  // B has 8 buckets, C 16
        QCOMPARE(now[0].x, 8.0);
        QCOMPARE(now[1].x, 16.0);
    }
}

void StudyFiguresTest::partialSweepsReachTheCaller()
{
    Experiment experiment = smallSweep();
    experiment.sweep.points = 12;
    experiment.sweep.seeds = 24;
    const auto of = evaluate(experiment);
    std::atomic<int> told = 0, outgrown = 0;
    const Studies all = studiesFor(FigureKind::Sweep, *of, {}, [&](const Studies& soFar) {
        ++told;
        outgrown += soFar.sweep->rows.size() > soFar.sweep->trainings * 2 ? 1 : 0;
        (void)makeFigure(*of, FigureKind::Sweep, {}, soFar);
    });
    QCOMPARE(outgrown.load(), 0);
    QCOMPARE(all.sweep->done, all.sweep->trainings);
    QVERIFY(!all.history && !all.level && !all.generalization);
}

void StudyFiguresTest::studiesServeWhatTheyDoNotDependOn()
{
    const auto changed = [](auto change) {
        Experiment experiment = smallSweep();
        change(experiment);
        return evaluate(experiment);
    };
    const auto looked = changed([](Experiment& e) { e.view = {30, 10}, e.title = "Another"; });
    const auto longer = changed([](Experiment& e) { e.length = 80; });
    const auto swept = changed([](Experiment& e) { e.sweep.seeds = 3; });
    const auto buckets = changed([](Experiment& e) { e.schemes[1] = T5{T5Variant::HuggingFace, 10, 16}; });
    const auto early = evaluate(smallSweep(), {}, nullptr, 5);
    for (const FigureKind kind : lab) {
        QVERIFY(sameStudy(kind, *result(), *looked));
        QVERIFY(!sameStudy(kind, *result(), *longer));
        QCOMPARE(sameStudy(kind, *result(), *swept), kind != FigureKind::Sweep);
        QCOMPARE(sameStudy(kind, *result(), *buckets), kind == FigureKind::Sweep);  // it tries all of them itself
        QCOMPARE(sameStudy(kind, *result(), *early), kind == FigureKind::Learning || kind == FigureKind::Sweep);
    }
}

void StudyFiguresTest::bandsAreOneStandardErrorToEitherSide()
{
    const auto profile = [](bool raw) {
        FigureOptions options;
        options.rawBias = raw;
        return std::get<CurvePanel>(makeFigure(*result(), FigureKind::Profile, options).rows[0].panels[0]);
    };
    const CurvePanel relative = profile(false);
    QVERIFY(!relative.bandLabel.empty());
    for (std::size_t s = 0; s < 2; ++s) {
        const Curve& curve = relative.curves[s];
        const TrainedScheme& trained = *result()->schemes[s].trained;
        for (std::int64_t d = 0; d < 60; ++d) {
            const std::int64_t p = trained.table.parameterOf(d);
            const double error = p == noParameter ? HUGE_VAL : (*trained.standardErrors)[static_cast<std::size_t>(p)];
            const double width = std::isfinite(error) ? error : 0.0;
            QVERIFY(std::abs(curve.high->at(d) - (curve.source->at(d) + width)) < 1e-12);
            QVERIFY(std::abs(curve.low->at(d) - (curve.source->at(d) - width)) < 1e-12);
        }
        QCOMPARE(curve.low->at(0), 0.0);
    }
    // The level of raw biases is not known with any error: training does not decide it.
    QVERIFY(!profile(true).curves[0].low);
    QVERIFY(profile(true).bandLabel.empty());
}

void StudyFiguresTest::untrainedOffsetsAreHatchedWhereCurvesOfTrainingEnd()
{
    const Figure figure = makeFigure(*result(), FigureKind::Exposure);
    QCOMPARE(figure.rows.size(), std::size_t{3});
    for (const std::size_t row : {1u, 2u}) {
        const auto& panel = std::get<CurvePanel>(figure.rows[row].panels[0]);
        QCOMPARE(panel.hatched.size(), std::size_t{1});  // B is trained everywhere
        QCOMPARE(panel.hatched[0].role, Role::A);
        QCOMPARE(panel.hatched[0].offsets, (std::vector<OffsetRange>{{24, 59}}));
        QCOMPARE(panel.curves[0].source->at(24), 0.0);
        QVERIFY(panel.curves[0].source->at(23) > 0.0);
        QVERIFY(panel.curves[1].source->at(59) > 0.0);
    }
}

QTEST_GUILESS_MAIN(StudyFiguresTest)
#include "study_figures.moc"
