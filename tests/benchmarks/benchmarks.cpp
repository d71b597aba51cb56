// SPDX-License-Identifier: GPL-3.0-or-later
// How long the work of a picture takes, against limits. Run by tests/benchmarks/run.sh.
#include "core/evaluation/generalization.h"
#include "core/evaluation/history.h"
#include "core/evaluation/level.h"
#include "core/evaluation/sweep.h"
#include "core/experiment/presets.h"
#include "core/fields/pixels.h"
#include "core/learning/teacher.h"
#include "tests/benchmarks/table.h"

#include <benchmark/benchmark.h>

using namespace posbias;

namespace {

constexpr std::int64_t million = std::int64_t{1} << 20;
constexpr CellRect whole(std::int64_t n)
{
    return {0.0, static_cast<double>(n), 0.0, static_cast<double>(n)};
}

Experiment ofLengths(std::int64_t trainingLength, std::int64_t length, const Learning& learning = Adam{})
{
    Experiment experiment;
    experiment.trainingLength = trainingLength;
    experiment.length = length;
    experiment.view = defaultView(length);
    experiment.learning = learning;
    return experiment;
}

const Result& millionTokens()
{
    static const auto result = evaluate(ofLengths(512, million));
    return *result;
}

TrainingLoss perOffsetLoss(std::int64_t trainingLength)
{
    const Experiment experiment = ofLengths(trainingLength, trainingLength);
    return TrainingLoss(makeCorpus(experiment.teacher, experiment.corpus, experiment.mask, trainingLength),
                        parameterTable(PerOffset{}, experiment.mask, trainingLength));
}

void biasPicture(benchmark::State& state)
{
    state.counters["limit"] = 5;
    for (auto _ : state)
        benchmark::DoNotOptimize(millionTokens().schemes[0].biasMap->pixels(whole(million), 1000, 1000));
}
BENCHMARK(biasPicture)->Name("1000 x 1000 picture of a bias matrix, n = 2^20")->Unit(benchmark::kMillisecond);

void attentionPicture(benchmark::State& state)
{
    state.counters["limit"] = 6;
    for (auto _ : state)
        benchmark::DoNotOptimize(millionTokens().schemes[0].attentionMap->pixels(whole(million), 1000, 1000));
}
BENCHMARK(attentionPicture)->Name("1000 x 1000 picture of an attention map, n = 2^20")->Unit(benchmark::kMillisecond);

void profileAndDistance(benchmark::State& state)
{
    state.counters["limit"] = 30;
    const Experiment experiment = ofLengths(512, million);
    const Training& training = millionTokens().training;
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            AttentionField(training.schemes[1]->bias({0, million - 1}), Mask::Causal, million).logNormalisers().back());
        benchmark::DoNotOptimize(compareAt(experiment, training, 1, million).kl);
    }
}
BENCHMARK(profileAndDistance)->Name("profile, normalisers and KL, n = 2^20")->Unit(benchmark::kMillisecond);

void exactFit(benchmark::State& state)
{
    state.counters["limit"] = static_cast<double>(state.range(1));
    const TrainingLoss loss = perOffsetLoss(state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(fitExact(loss, Exact{}, 1e-8).gradientNorm);
}
BENCHMARK(exactFit)
    ->Name("exact fit, per-offset, L")
    ->Args({512, 1})
    ->Args({65536, 100})
    ->Unit(benchmark::kMillisecond);

void adamFit(benchmark::State& state)
{
    state.counters["limit"] = static_cast<double>(state.range(1));
    const TrainingLoss loss = perOffsetLoss(state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(fit(loss, Adam{}).gradientNorm);
}
BENCHMARK(adamFit)
    ->Name("Adam, per-offset, 1000 steps, L")
    ->Args({512, 10})
    ->Args({65536, 1500})
    ->Unit(benchmark::kMillisecond);

void bucketRuns(benchmark::State& state)
{
    state.counters["limit"] = 1;
    for (auto _ : state)
        benchmark::DoNotOptimize(T5Buckets(T5{}, Mask::Bidirectional).runs());
}
BENCHMARK(bucketRuns)->Name("bucket runs over offsets -2^22..2^22")->Unit(benchmark::kMillisecond);

void bucketOf(benchmark::State& state)
{
    state.counters["limit"] = 2097152 / 300e3;
    const T5Buckets buckets(T5{}, Mask::Bidirectional);
    for (auto _ : state) {
        std::int64_t sum = 0;
        for (std::int64_t d = -million; d < million; ++d)
            sum += buckets.bucketOf(d);
        benchmark::DoNotOptimize(sum);
    }
}
BENCHMARK(bucketOf)->Name("bucket of 2^21 offsets one by one (300 million/s)")->Unit(benchmark::kMillisecond);

void defaultExperiment(benchmark::State& state)
{
    state.counters["limit"] = 50;
    for (auto _ : state)
        benchmark::DoNotOptimize(evaluate(presets().front().experiment));
}
BENCHMARK(defaultExperiment)->Name("everything for the default experiment")->Unit(benchmark::kMillisecond);

const Training& defaultTraining()
{
    static const Training training = train(presets().front().experiment);
    return training;
}

void history(benchmark::State& state)
{
    state.counters["limit"] = 100;
    for (auto _ : state)
        benchmark::DoNotOptimize(trainingHistory(presets().front().experiment, defaultTraining()).schemes.size());
}
BENCHMARK(history)->Name("course of training of the default experiment, 256 steps")->Unit(benchmark::kMillisecond);

void generalizationCurves(benchmark::State& state)
{
    state.counters["limit"] = 200;
    for (auto _ : state)
        benchmark::DoNotOptimize(generalization(presets().front().experiment, defaultTraining()).schemes.size());
}
BENCHMARK(generalizationCurves)
    ->Name("generalization of the default experiment, 1..2^20")
    ->Unit(benchmark::kMillisecond);

void levels(benchmark::State& state)
{
    state.counters["limit"] = 500;
    for (auto _ : state)
        benchmark::DoNotOptimize(levelStudy(presets().front().experiment, defaultTraining()).levels.size());
}
BENCHMARK(levels)->Name("levels of the default experiment, under every optimizer")->Unit(benchmark::kMillisecond);

void sweep(benchmark::State& state)
{
    state.counters["limit"] = 2000;
    const Experiment& experiment = presets().front().experiment;
    for (auto _ : state)
        benchmark::DoNotOptimize(runSweep(experiment, sweepPlan(experiment)).rows.size());
}
BENCHMARK(sweep)->Name("sweep of 30 bucket counts x 8 seeds, L = 512")->Unit(benchmark::kMillisecond)->UseRealTime();

/// The median of each benchmark against the counter "limit": its time, or its counter "ratio" if it has one.
class LimitReporter : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context&) override
    {
        printHead();
        return true;
    }
    void ReportRuns(const std::vector<Run>& runs) override
    {
        for (const Run& run : runs) {
            if (run.run_type != Run::RT_Aggregate || run.aggregate_name != "median")
                continue;
            const std::string argument = run.run_name.args.substr(0, run.run_name.args.find('/'));
            const auto ratio = run.counters.find("ratio");
            const bool timed = ratio == run.counters.end();
            printRow(run.run_name.function_name + (argument.empty() ? "" : " = " + argument),
                     timed ? run.GetAdjustedRealTime() : ratio->second.value, run.counters.at("limit").value,
                     timed ? benchmark::GetTimeUnitString(run.time_unit) : "x");
        }
    }
};

}  // namespace

int main(int argc, char** argv)
{
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 1;
    LimitReporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
}
