// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/sweep.h"

#include "core/base/error.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <set>
#include <thread>

using namespace posbias;

namespace {

/// Per-offset and T5, small enough for many trainings.
Experiment small()
{
    Experiment experiment;
    experiment.trainingLength = 48;
    experiment.length = 80;
    experiment.view = defaultView(80);
    experiment.schemes = {PerOffset{}, T5{T5Variant::HuggingFace, 8, 24}};
    experiment.learning = Adam{.steps = 60};
    experiment.corpus.documents = 5;
    return experiment;
}

SweepPlan planOver(SweepOver over, std::vector<std::int64_t> values, std::vector<std::int64_t> seeds = {1, 2})
{
    return {over, std::move(values), {48, 80}, std::move(seeds)};
}

auto keyOf(const SweepRow& row)
{
    return std::tuple(row.value, row.scheme, row.length, row.seed);
}

double klOf(const Sweep& sweep, std::optional<std::int64_t> value, std::size_t scheme, std::int64_t length,
            std::int64_t seed)
{
    for (const SweepRow& row : sweep.rows)
        if (keyOf(row) == std::tuple(value, scheme, length, seed))
            return row.kl;
    return std::nan("");
}

bool sameRows(const Sweep& a, const Sweep& b)
{
    return std::ranges::equal(
        a.rows, b.rows, [](const SweepRow& x, const SweepRow& y) { return keyOf(x) == keyOf(y) && x.kl == y.kl; });
}

}  // namespace

class SweepTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyRowIsWhatTheExperimentItselfGives_data();
    void everyRowIsWhatTheExperimentItselfGives();
    void rowsAreInOrderAndSchemesWithoutTheSettingTrainOnceForEachSeed();
    void theRowsDoNotDependOnWhatRunsBeside();
    void valuesThatASchemeDoesNotAllowAreSkippedWithTheReason();
    void aTrainingThatDivergesIsSkippedAndNamed();
    void whatIsDoneSoFarIsToldInOrder();
    void aStopTellsWhatIsDoneAndThenEnds();
    void thePlanFollowsTheExperiment();
    void impossiblePlansAreRefused();
    void theSummaryIsMeanAndRangeOverSeeds();
    void aValueAppliesToEverySchemeThatHasIt();
    void theShiftOfEachSchemeGoesWithIt();
};

void SweepTest::everyRowIsWhatTheExperimentItselfGives_data()
{
    QTest::addColumn<int>("over");
    QTest::addColumn<int>("value");
    QTest::newRow("buckets") << int(SweepOver::Buckets) << 12;
    QTest::newRow("maxDistance") << int(SweepOver::MaxDistance) << 30;
    QTest::newRow("documents") << int(SweepOver::Documents) << 9;
}

void SweepTest::everyRowIsWhatTheExperimentItselfGives()
{
    QFETCH(int, over);
    QFETCH(int, value);
    const auto setting = static_cast<SweepOver>(over);
    const Sweep sweep = runSweep(small(), planOver(setting, {6, value}));
    Experiment one = atSweepValue(small(), setting, value);
    one.corpus.seed = 2;
    const Training training = train(one);
    for (const std::int64_t length : {48, 80})
        for (const std::size_t scheme : {0, 1}) {
            const bool has = scheme == 1 || setting == SweepOver::Documents;
            QCOMPARE(klOf(sweep, has ? std::optional<std::int64_t>(value) : std::nullopt, scheme, length, 2),
                     compareAt(one, training, scheme, length).kl);
        }
}

void SweepTest::rowsAreInOrderAndSchemesWithoutTheSettingTrainOnceForEachSeed()
{
    SweepPlan plan = planOver(SweepOver::Buckets, {16, 4, 8, 8}, {3, 1});
    std::swap(plan.lengths[0], plan.lengths[1]);
    const Sweep sweep = runSweep(small(), plan);
    QCOMPARE(sweep.plan.values, (std::vector<std::int64_t>{4, 8, 16}));
    QVERIFY(std::ranges::is_sorted(sweep.rows, {}, keyOf));
    QCOMPARE(sweep.trainings, std::size_t{2 + 3 * 2});
    QCOMPARE(sweep.done, sweep.trainings);
    QCOMPARE(sweep.rows.size(), 2 * sweep.trainings);
    for (const SweepRow& row : sweep.rows)
        QCOMPARE(row.value.has_value(), row.scheme == 1);
}

void SweepTest::theRowsDoNotDependOnWhatRunsBeside()
{
    const SweepPlan plan = planOver(SweepOver::Buckets, {2, 3, 5, 9, 17, 33});
    const Sweep together = runSweep(small(), plan);
    Sweep apart = together;
    apart.rows.clear();
    for (const std::int64_t value : plan.values)
        for (const std::int64_t seed : plan.seeds)
            for (const SweepRow& row : runSweep(small(), planOver(SweepOver::Buckets, {value}, {seed})).rows)
                if (row.value || value == plan.values.front())
                    apart.rows.push_back(row);
    std::ranges::sort(apart.rows, {}, keyOf);
    QVERIFY(sameRows(together, apart));
    QVERIFY(sameRows(together, runSweep(small(), plan)));
}

void SweepTest::valuesThatASchemeDoesNotAllowAreSkippedWithTheReason()
{
    Experiment experiment = small();
    experiment.schemes.push_back(T5{T5Variant::HuggingFace, 8, 8});
    const Sweep sweep = runSweep(experiment, planOver(SweepOver::Buckets, {8, 16, 48, 70'000}, {1}));
    std::set<std::pair<std::int64_t, std::size_t>> skipped;
    for (const SkippedValue& each : sweep.skipped) {
        QVERIFY(!each.seed);
        skipped.insert({*each.value, each.scheme});
    }
    QCOMPARE(skipped,
             (std::set<std::pair<std::int64_t, std::size_t>>{{16, 2}, {48, 1}, {48, 2}, {70'000, 1}, {70'000, 2}}));
    QCOMPARE(
        sweep.skipped.front().reason,
        std::string("maxDistance is 8, but with 16 buckets it must be above 8: offsets below 8 have a bucket each"));
    QVERIFY(!std::isnan(klOf(sweep, 16, 1, 48, 1)));
    QVERIFY(std::isnan(klOf(sweep, 16, 2, 48, 1)));
}

void SweepTest::aTrainingThatDivergesIsSkippedAndNamed()
{
    Experiment experiment = small();
    experiment.learning = Sgd{.learningRate = 10.0, .steps = 200, .weightDecay = 1.0};
    const Sweep sweep = runSweep(experiment, planOver(SweepOver::Buckets, {4, 8}));
    QCOMPARE(sweep.rows.size(), std::size_t{0});
    QCOMPARE(sweep.done, sweep.trainings);
    QCOMPARE(sweep.skipped.size(), sweep.trainings);
    QVERIFY(!sweep.skipped.front().value);
    QCOMPARE(sweep.skipped.front().seed, std::optional<std::int64_t>(1));
    QVERIFY(sweep.skipped.front().reason.find("diverged") != std::string::npos);
    QVERIFY(summarize(sweep).empty());
}

void SweepTest::whatIsDoneSoFarIsToldInOrder()
{
    const Experiment experiment = small();
    std::mutex lock;
    std::vector<Sweep> told;
    double before = -1.0;
    bool rises = true;
    const Progress progress{{}, [&](double fraction) {
                                rises = rises && fraction >= before;
                                before = fraction;
                                std::this_thread::sleep_for(std::chrono::milliseconds(2));  // time to be told
                            }};
    std::vector<std::int64_t> values;
    for (std::int64_t buckets = 2; buckets <= 41; ++buckets)
        values.push_back(buckets);
    const Sweep whole = runSweep(experiment, planOver(SweepOver::Buckets, values), progress, [&](const Sweep& soFar) {
        QVERIFY(lock.try_lock());
        told.push_back(soFar);
        lock.unlock();
    });
    QVERIFY(rises);
    QCOMPARE(before, 1.0);
    QVERIFY(!told.empty());
    for (const Sweep& soFar : told) {
        QVERIFY(std::ranges::is_sorted(soFar.rows, {}, keyOf));
        QCOMPARE(soFar.trainings, whole.trainings);
        QCOMPARE(soFar.rows.size(), 2 * soFar.done);
        for (const SweepRow& row : soFar.rows)
            QCOMPARE(row.kl, klOf(whole, row.value, row.scheme, row.length, row.seed));
    }
}

void SweepTest::aStopTellsWhatIsDoneAndThenEnds()
{
    std::stop_source stop;
    Sweep last;
    const Progress progress{stop.get_token(), [&](double fraction) {
                                if (fraction >= 0.5)
                                    stop.request_stop();
                            }};
    QVERIFY_EXCEPTION_THROWN(runSweep(small(), planOver(SweepOver::Buckets, {4, 6, 8, 10, 12, 14}), progress,
                                      [&](const Sweep& soFar) { last = soFar; }),
                             Cancelled);
    QVERIFY(last.done >= last.trainings / 2);
    QVERIFY(last.done < last.trainings);
    QCOMPARE(last.rows.size(), 2 * last.done);
}

void SweepTest::thePlanFollowsTheExperiment()
{
    Experiment experiment = small();
    experiment.corpus.seed = 7;
    const SweepPlan buckets = sweepPlan(experiment);
    QCOMPARE(buckets.values.size(), std::size_t{30});
    QCOMPARE(buckets.values.front(), 2);
    QCOMPARE(buckets.values.back(), 48);
    QCOMPARE(buckets.lengths, (std::vector<std::int64_t>{48, 80}));
    QCOMPARE(buckets.seeds, (std::vector<std::int64_t>{7, 8, 9, 10, 11, 12, 13, 14}));
    experiment.sweep = {SweepOver::MaxDistance, 12, 3};
    const SweepPlan distances = sweepPlan(experiment);
    QCOMPARE(distances.values.front(), 5);  // 8 buckets: offsets below 4 have a bucket each
    QCOMPARE(distances.values.back(), 4 * 48);
    QCOMPARE(distances.values.size(), std::size_t{12});
    QCOMPARE(distances.seeds.size(), std::size_t{3});
    experiment.sweep.over = SweepOver::Documents;
    QCOMPARE(sweepPlan(experiment).values.back(), 1000);
    experiment.corpus.documents = 100;
    QCOMPARE(sweepPlan(experiment).values.back(), 2500);
    experiment.trainingLength = 1 << 16;
    QCOMPARE(sweepPlan(experiment).values.back(), 1024);  // 2^26 tokens in all
    experiment.corpus.counts = Counts::Expected;
    QCOMPARE(sweepPlan(experiment).seeds, (std::vector<std::int64_t>{7}));
    for (const std::vector<std::int64_t>& values : {buckets.values, distances.values}) {
        QVERIFY(std::ranges::is_sorted(values));
        QVERIFY(std::ranges::adjacent_find(values) == values.end());
    }
}

void SweepTest::impossiblePlansAreRefused()
{
    const auto refused = [](const Experiment& experiment, const SweepPlan& plan) {
        try {
            runSweep(experiment, plan);
        } catch (const InputError&) {
            return true;
        }
        return false;
    };
    const SweepPlan good = planOver(SweepOver::Buckets, {8}, {1});
    QVERIFY(!refused(small(), good));
    SweepPlan plan = good;
    plan.lengths = {0};
    QVERIFY(refused(small(), plan));
    plan.lengths = {maxLength + 1};
    QVERIFY(refused(small(), plan));
    plan.lengths.clear();
    QVERIFY(refused(small(), plan));
    plan = good;
    plan.seeds = {-1};
    QVERIFY(refused(small(), plan));
    plan.seeds.clear();
    QVERIFY(refused(small(), plan));
    QVERIFY(refused(small(), planOver(SweepOver::Buckets, {})));
    QVERIFY(refused(small(), planOver(SweepOver::Buckets, {1, 200})));
    QVERIFY(refused(small(), planOver(SweepOver::Documents, {0})));
    Experiment experiment = small();
    experiment.corpus.counts = Counts::Expected;
    QVERIFY(refused(experiment, planOver(SweepOver::Documents, {4})));
    experiment = small();
    experiment.schemes = {PerOffset{}, PerOffset{}};
    QVERIFY(refused(experiment, good));
    QVERIFY(!refused(experiment, planOver(SweepOver::Documents, {4})));
}

void SweepTest::theSummaryIsMeanAndRangeOverSeeds()
{
    Sweep sweep;
    sweep.rows = {{{}, 0, 48, 1, 0.5}, {{}, 0, 48, 2, 0.7}, {4, 1, 48, 1, 0.3}, {4, 1, 48, 2, 0.1},
                  {8, 1, 48, 1, 0.1},  {8, 1, 48, 2, 0.2},  {16, 1, 48, 1, 0.4}};
    const std::vector<SweepSeries> series = summarize(sweep);
    QCOMPARE(series.size(), std::size_t{2});
    QVERIFY(series[0].values.empty());
    QVERIFY(!series[0].best);
    QCOMPARE(series[0].mean, (std::vector<double>{0.6}));
    QCOMPARE(series[0].low, (std::vector<double>{0.5}));
    QCOMPARE(series[0].high, (std::vector<double>{0.7}));
    QCOMPARE(series[1].scheme, std::size_t{1});
    QCOMPARE(series[1].values, (std::vector<std::int64_t>{4, 8, 16}));
    QCOMPARE(series[1].best, std::optional<std::size_t>(1));
    QCOMPARE(series[1].low, (std::vector<double>{0.1, 0.1, 0.4}));
    QCOMPARE(series[1].high, (std::vector<double>{0.3, 0.2, 0.4}));
}

void SweepTest::aValueAppliesToEverySchemeThatHasIt()
{
    Experiment experiment = small();
    experiment.schemes = {T5{}, T5{T5Variant::Book, 8, 24}};
    const Experiment changed = atSweepValue(experiment, SweepOver::Buckets, 6);
    for (const Scheme& scheme : changed.schemes)
        QCOMPARE(std::get<T5>(scheme).buckets, 6);
    QCOMPARE(atSweepValue(experiment, SweepOver::Documents, 3).corpus.documents, 3);
    QVERIFY_EXCEPTION_THROWN(atSweepValue(experiment, SweepOver::MaxDistance, 1), InputError);
}

void SweepTest::theShiftOfEachSchemeGoesWithIt()
{
    Experiment experiment = small();
    experiment.schemes[1] =
        T5{T5Variant::HuggingFace, 8, 150};  // its last bucket, from 61 on, is not trained: the level matters
    const SweepPlan plan = planOver(SweepOver::Buckets, {8}, {1});
    const Sweep plain = runSweep(experiment, plan);
    experiment.level.b = 2.0;
    const Sweep shifted = runSweep(experiment, plan);
    QCOMPARE(klOf(shifted, {}, 0, 80, 1), klOf(plain, {}, 0, 80, 1));
    QVERIFY(std::abs(klOf(shifted, 8, 1, 80, 1) - klOf(plain, 8, 1, 80, 1)) > 0.01);
    const Training training = train(experiment);
    QCOMPARE(klOf(shifted, 8, 1, 80, 1), compareAt(experiment, training, 1, 80).kl);
}

QTEST_APPLESS_MAIN(SweepTest)
#include "sweep.moc"
