#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds with warnings as errors, and runs every test.
#   tests/run.sh                also a second time under address and undefined-behaviour sanitizers
#   tests/run.sh --quick        without the sanitizers
#   tests/run.sh --full         also what needs poppler and TeX, which it installs
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

presets=(dev asan)
extra=()
case "${1:-}" in
  "") ;;
  --quick) presets=(dev) ;;
  --full)
    export POSBIAS_FULL_TESTS=1
    extra=(poppler-utils librsvg2-bin texlive-latex-recommended texlive-pictures texlive-luatex texlive-fonts-recommended
      texlive-lang-german texlive-lang-french lmodern)
    ;;
  *) echo "tests/run.sh: unknown option $1 (--quick, --full)" >&2; exit 2 ;;
esac

resources/install-packages.sh "${extra[@]}"
passed=0
failed=0
status=0
for preset in "${presets[@]}"; do
  echo "== $preset"
  [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" --log-level=WARNING
  cmake --build --preset "$preset"
  report=$root/build/$preset/tests.xml
  rm -f "$report"
  ctest --preset "$preset" --output-junit "$report" || status=1
  count() { grep -c "<testcase .*status=\"$1\"" "$report" || true; }
  passed=$((passed + $(count run)))
  failed=$((failed + $(count fail)))
done

echo "$passed passed, $failed failed"
exit "$status"
