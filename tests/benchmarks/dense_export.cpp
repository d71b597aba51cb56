// SPDX-License-Identifier: GPL-3.0-or-later
// A dense bias matrix as a file against copying the same bytes: one memcpy for each Toeplitz row into fresh memory, or
// the same rows copied into one buffer that is written and synced in the same way. Timed in one run.
#include "core/io/matrix_file.h"

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>

using namespace posbias;

namespace {

template <typename Work>
double secondsOf(Work work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The rows of a causal n x n matrix: row i is the n floats from place n - 1 - i.
struct Rows {
    std::size_t n;
    std::vector<float> reversed;

    explicit Rows(std::size_t length) : n(length), reversed(2 * length - 1)
    {
        for (std::size_t k = 0; k < reversed.size(); ++k)
            reversed[k] = static_cast<float>(k);
    }
    std::string_view row(std::size_t i) const
    {
        return {reinterpret_cast<const char*>(reversed.data() + (n - 1 - i)), n * sizeof(float)};
    }
};

void copyInMemory(const Rows& rows)
{
    const auto matrix = std::make_unique_for_overwrite<float[]>(rows.n * rows.n);
    for (std::size_t i = 0; i < rows.n; ++i)
        std::memcpy(matrix.get() + i * rows.n, rows.row(i).data(), rows.row(i).size());
    benchmark::DoNotOptimize(matrix.get());
    benchmark::ClobberMemory();
}

void copyToFile(const Rows& rows, const std::filesystem::path& path)
{
    AtomicFile file(path);
    std::string block(128, ' ');  // as long as the header that shifts every row
    for (std::size_t i = 0; i < rows.n; ++i) {
        block.append(rows.row(i));
        if (block.size() >= std::size_t{1} << 19 || i + 1 == rows.n) {
            file.write(block);
            block.clear();
        }
    }
    file.commit();
}

void exportAgainst(benchmark::State& state, const std::function<void(const Rows&, const std::filesystem::path&)>& copy)
{
    const std::int64_t n = state.range(0);
    const Rows rows(static_cast<std::size_t>(n));
    const OffsetValues bias({0, n - 1}, -1.0);
    const std::filesystem::path path = std::filesystem::temp_directory_path() / "posbias-benchmark.npy";
    double copied = 0.0, exported = 0.0;
    for (auto _ : state) {
        copied += secondsOf([&] { copy(rows, path); });
        std::filesystem::remove(path);
        const double seconds = secondsOf([&] { MatrixFile(path, n, n, NpyType::Float32).writeToeplitz(bias); });
        state.SetIterationTime(seconds);
        std::filesystem::remove(path);
        exported += seconds;
    }
    state.counters["ratio"] = exported / copied;
    state.counters["limit"] = 1.5;
}
void exportAgainstMemory(benchmark::State& state)
{
    exportAgainst(state, [](const Rows& rows, const std::filesystem::path&) { copyInMemory(rows); });
}
void exportAgainstFile(benchmark::State& state)
{
    exportAgainst(state, copyToFile);
}
BENCHMARK(exportAgainstMemory)
    ->Name("dense bias export, float32, against memcpy of its rows, n")
    ->Arg(4096)
    ->Arg(16384)
    ->UseManualTime();
BENCHMARK(exportAgainstFile)
    ->Name("dense bias export, float32, against copying its rows to a file, n")
    ->Arg(4096)
    ->Arg(16384)
    ->UseManualTime();

}  // namespace
