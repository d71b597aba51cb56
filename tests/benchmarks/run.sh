#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds and runs the benchmarks: medians, with the limit of each beside its name. Arguments go to Google Benchmark.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
resources/install-packages.sh libbenchmark-dev
cmake --preset dev --log-level=WARNING >&2
cmake --build --preset dev --target posbias_benchmarks >&2
exec build/dev/tests/benchmarks/posbias_benchmarks --benchmark_repetitions=3 --benchmark_report_aggregates_only=true \
  --benchmark_min_time=0.2 "$@"
