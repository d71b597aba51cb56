#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds and runs the benchmarks, and prints what was measured beside its limit. Arguments go to Google Benchmark.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
resources/install-packages.sh libbenchmark-dev xvfb xauth
cmake --preset dev --log-level=WARNING >&2
cmake --build --preset dev --target posbias_benchmarks --target posbias_window_benchmarks >&2
programs=build/dev/tests/benchmarks
"$programs/posbias_benchmarks" --benchmark_repetitions=5 --benchmark_min_time=0.1 "$@"
xvfb-run -a -s "-screen 0 1600x900x24" "$programs/posbias_window_benchmarks"
