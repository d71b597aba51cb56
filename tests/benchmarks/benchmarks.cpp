// SPDX-License-Identifier: GPL-3.0-or-later
// How long the work of a picture takes. Run by tests/benchmarks/run.sh; limits stand beside each name.
#include "core/evaluation/result.h"
#include "core/experiment/presets.h"
#include "core/fields/pixels.h"
#include "core/learning/teacher.h"

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
    for (auto _ : state)
        benchmark::DoNotOptimize(millionTokens().schemes[0].biasMap->pixels(whole(million), 1000, 1000));
}
BENCHMARK(biasPicture)->Name("1000 x 1000 picture of a bias matrix, n = 2^20 (limit 5 ms)")->Unit(benchmark::kMillisecond);

void attentionPicture(benchmark::State& state)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(millionTokens().schemes[0].attentionMap->pixels(whole(million), 1000, 1000));
}
BENCHMARK(attentionPicture)->Name("1000 x 1000 picture of an attention map, n = 2^20 (limit 6 ms)")->Unit(benchmark::kMillisecond);

void profileAndDistance(benchmark::State& state)
{
    const Experiment experiment = ofLengths(512, million);
    const Training& training = millionTokens().training;
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            AttentionField(training.schemes[1]->bias({0, million - 1}), Mask::Causal, million).logNormalisers().back());
        benchmark::DoNotOptimize(compareAt(experiment, training, 1, million).kl);
    }
}
BENCHMARK(profileAndDistance)->Name("profile, normalisers and KL, n = 2^20 (limit 30 ms)")->Unit(benchmark::kMillisecond);

void exactFit(benchmark::State& state)
{
    const TrainingLoss loss = perOffsetLoss(state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(fitExact(loss, Exact{}, 1e-8).gradientNorm);
}
BENCHMARK(exactFit)->Name("exact fit, per-offset (limits 1 ms, 100 ms), L")->Arg(512)->Arg(65536)->Unit(benchmark::kMillisecond);

void adamFit(benchmark::State& state)
{
    const TrainingLoss loss = perOffsetLoss(state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(fitAdam(loss, Adam{}).gradientNorm);
}
BENCHMARK(adamFit)->Name("Adam, per-offset, 1000 steps (limits 10 ms, 1500 ms), L")->Arg(512)->Arg(65536)->Unit(benchmark::kMillisecond);

void bucketRuns(benchmark::State& state)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(T5Buckets(T5{}, Mask::Bidirectional).runs());
}
BENCHMARK(bucketRuns)->Name("bucket runs over all offsets (limit 1 ms)")->Unit(benchmark::kMillisecond);

void bucketOf(benchmark::State& state)
{
    const T5Buckets buckets(T5{}, Mask::Bidirectional);
    for (auto _ : state) {
        std::int64_t sum = 0;
        for (std::int64_t d = -million; d < million; ++d)
            sum += buckets.bucketOf(d);
        benchmark::DoNotOptimize(sum);
    }
    state.SetItemsProcessed(state.iterations() * 2 * million);
}
BENCHMARK(bucketOf)->Name("bucket of an offset (limit 300 M/s)")->Unit(benchmark::kMillisecond);

void defaultExperiment(benchmark::State& state)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(evaluate(presets().front().experiment));
}
BENCHMARK(defaultExperiment)->Name("everything for the default experiment (limit 50 ms)")->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
