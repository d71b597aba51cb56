// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The three pages of Help.

class QWidget;

namespace posbias::ui {

void showAbout(QWidget* window);
void showKeysAndGestures(QWidget* window);
void showCommandLine(QWidget* window);

}  // namespace posbias::ui
