#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Kills a working window in the middle of random edits, half the times by SIGKILL and half by SIGTERM, and checks that
# only the last two seconds are lost. usage: tests/kill.sh [ROUNDS]   (100)
set -euo pipefail
cd "$(dirname "$0")/.."
resources/install-packages.sh
[ -f build/dev/build.ninja ] || cmake --preset dev
cmake --build --preset dev --target test_ui_killed_window posbias
KILL_ROUNDS="${1:-100}" QT_QPA_PLATFORM=offscreen build/dev/tests/ui/test_ui_killed_window
