#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds, and opens PosBias; arguments go to the program.
# Without a display and without arguments it renders the default experiment to a figure instead.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=$root/build/release/app/posbias

"$root/resources/install-packages.sh"
(
  cd "$root"
  [ -f build/release/build.ninja ] || cmake --preset release
  cmake --build --preset release
) >&2

if [ $# -gt 0 ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec "$program" "$@"
fi

figure=$root/build/past-training.png
"$program" render past-training -o "$figure" --figure compare --force
echo "There is no display here, so the default experiment was rendered to $figure"
echo "To open the window, run this script in a desktop session or with DISPLAY set (for example over 'ssh -X')."
echo "Other figures: app/run.sh render past-training -o figure.pdf --figure attention   (app/run.sh --help lists all)"
