#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A monkey at the window under the address and undefined-behaviour sanitizers, for long runs.
#   tests/monkey.sh SEED EVENTS      a failing run is shrunk to a short list of events: monkey-SEED.events
#   tests/monkey.sh --replay FILE    plays such a list again
# PRESET=dev builds without the sanitizers, which is ten times as fast.
set -euo pipefail
usage() { sed -n '4,6s/^# *//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
[ $# -eq 2 ] || usage
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
preset=${PRESET:-asan}
build=$root/build/$preset
[ -f "$build/build.ninja" ] || (cd "$root" && cmake --preset "$preset" --log-level=WARNING)
cmake --build "$build" --target test_ui_monkey >&2
if [ "$1" = --replay ]; then
  exec "$build/tests/ui/test_ui_monkey" replay "$2"
fi
[[ "$1$2" =~ ^[0-9]+$ ]] || usage
exec "$build/tests/ui/test_ui_monkey" hunt "$1" "$2"
