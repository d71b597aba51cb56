// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the window remembers things: one INI file of the user's.

#include <QSettings>

namespace posbias::ui {

inline QSettings settings()
{
    return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("posbias"), QStringLiteral("posbias"));
}

}  // namespace posbias::ui
