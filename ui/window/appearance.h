// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Light or dark, by the desktop or by choice: style, palette, style sheet and font of the whole application.

#include "ui/plot/ink/theme.h"

#include <QDBusVariant>
#include <QObject>

namespace posbias::ui {

enum class ThemeChoice { System, Light, Dark };

class Appearance : public QObject {
    Q_OBJECT
public:
    /// Applies what is remembered at once.
    explicit Appearance(QObject* parent = nullptr);

    ThemeChoice choice() const { return m_choice; }
    /// Remembered.
    void choose(ThemeChoice choice);
    const Theme& current() const;
    TypeSizes sizes() const;

Q_SIGNALS:
    void themeChanged();

private Q_SLOTS:
    void portalSettingChanged(const QString& nameSpace, const QString& key, const QDBusVariant& value);

private:
    void listenToPortal();
    void apply();

    ThemeChoice m_choice = ThemeChoice::System;
    ThemeName m_system = ThemeName::Light;
};

}  // namespace posbias::ui
