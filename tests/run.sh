#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds with warnings as errors, and runs every test.
#   tests/run.sh                also a second time under address and undefined-behaviour sanitizers
#   tests/run.sh --quick        without the sanitizers
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

presets=(dev asan)
case "${1:-}" in
  "") ;;
  --quick) presets=(dev) ;;
  *) echo "tests/run.sh: unknown option $1 (only --quick)" >&2; exit 2 ;;
esac

resources/install-packages.sh
passed=0
failed=0
for preset in "${presets[@]}"; do
  echo "== $preset"
  [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" --log-level=WARNING
  cmake --build --preset "$preset"
  report=build/$preset/tests.xml
  ctest --preset "$preset" --output-junit "$root/$report" || true
  count() { sed -n "s/.*<testsuite[^>]*$1=\"\([0-9]*\)\".*/\1/p;/<testsuite/,/>/s/^[[:space:]]*$1=\"\([0-9]*\)\".*/\1/p" "$report" | head -1; }
  total=$(count tests)
  bad=$(count failures)
  passed=$((passed + total - bad))
  failed=$((failed + bad))
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
