// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Threads for the pictures that the window computes.

class QThreadPool;

namespace posbias::ui {

/// Not Qt's global one: Qt paints widgets with that, and the GUI thread would wait for its long work to end.
QThreadPool* workPool();

}  // namespace posbias::ui
