// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/appearance.h"

#include "ui/window/style_sheet.h"
#include "ui/window/widgets/settings.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusInterface>
#include <QDBusMessage>
#include <QFontDatabase>
#include <QFontInfo>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>

#include <algorithm>

namespace posbias::ui {

namespace {

constexpr auto portalService = "org.freedesktop.portal.Desktop";
constexpr auto portalPath = "/org/freedesktop/portal/desktop";
constexpr auto portalInterface = "org.freedesktop.portal.Settings";
constexpr auto appearanceNamespace = "org.freedesktop.appearance";
constexpr auto schemeKey = "color-scheme";
constexpr int portalPatience = 150;  // ms; the window must not wait for a desktop that does not answer

/// 1 dark, 2 light, 0 no preference; -1 when nobody answers.
int portalScheme(const QVariant& value)
{
    QVariant inner = value;
    while (inner.canConvert<QDBusVariant>())
        inner = inner.value<QDBusVariant>().variant();
    bool ok = false;
    const int scheme = inner.toInt(&ok);
    return ok ? scheme : -1;
}

int askPortal()
{
    // Without an address Qt would start a bus of its own.
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") || !QDBusConnection::sessionBus().isConnected())
        return -1;
    QDBusMessage call = QDBusMessage::createMethodCall(portalService, portalPath, portalInterface, "Read");
    call << QString(appearanceNamespace) << QString(schemeKey);
    const QDBusMessage reply = QDBusConnection::sessionBus().call(call, QDBus::Block, portalPatience);
    if (reply.type() != QDBusMessage::ReplyMessage || reply.arguments().isEmpty())
        return -1;
    return portalScheme(reply.arguments().constFirst());
}

/// Asked once, before a palette of ours hides the desktop's.
ThemeName systemTheme()
{
    static const bool darkPalette = QApplication::palette().color(QPalette::Window).lightness() < 128;
    switch (askPortal()) {
    case 1: return ThemeName::Dark;
    case 2: return ThemeName::Light;
    default: return darkPalette ? ThemeName::Dark : ThemeName::Light;
    }
}

QPalette paletteOf(const Theme& theme)
{
    const bool dark = theme.name == ThemeName::Dark;
    const QColor field = dark ? theme.window.lighter(118) : QColor(Qt::white);
    const QColor onAccent = dark ? QColor(0x10, 0x14, 0x18) : QColor(Qt::white);
    QPalette palette(theme.window);
    palette.setColor(QPalette::Window, theme.window);
    palette.setColor(QPalette::WindowText, theme.text);
    palette.setColor(QPalette::Base, field);
    palette.setColor(QPalette::AlternateBase, theme.stage);
    palette.setColor(QPalette::Text, theme.text);
    palette.setColor(QPalette::PlaceholderText, theme.faintText);
    palette.setColor(QPalette::Button, theme.window);
    palette.setColor(QPalette::ButtonText, theme.text);
    palette.setColor(QPalette::BrightText, theme.error);
    palette.setColor(QPalette::Highlight, theme.accent);
    palette.setColor(QPalette::HighlightedText, onAccent);
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::LinkVisited, theme.accent);
    palette.setColor(QPalette::ToolTipBase, theme.stage);
    palette.setColor(QPalette::ToolTipText, theme.text);
    palette.setColor(QPalette::Mid, theme.frame);
    QColor disabled = theme.faintText;
    disabled.setAlphaF(0.6F);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    return palette;
}

QFont windowFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    const QStringList generic = {QString(), "Sans", "Sans Serif", "sans-serif"};
    if (generic.contains(font.family(), Qt::CaseInsensitive) || QFontInfo(font).family() != font.family())
        font.setFamily(figureFontFamily());
    font.setPixelSize(std::max(13, QFontInfo(font).pixelSize()));
    return font;
}

QString idOf(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::Light: return QStringLiteral("light");
    case ThemeChoice::Dark: return QStringLiteral("dark");
    case ThemeChoice::System: break;
    }
    return QStringLiteral("system");
}

}  // namespace

Appearance::Appearance(QObject* parent) : QObject(parent), m_system(systemTheme())
{
    const QString remembered = settings().value(QStringLiteral("theme")).toString();
    for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        if (remembered == idOf(choice))
            m_choice = choice;
    }
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setFont(windowFont());
    apply();
    listenToPortal();
}

void Appearance::listenToPortal()
{
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return;
    QDBusConnection::sessionBus().connect(portalService, portalPath, portalInterface, "SettingChanged", this,
                                          SLOT(portalSettingChanged(QString, QString, QDBusVariant)));
}

void Appearance::portalSettingChanged(const QString& nameSpace, const QString& key, const QDBusVariant& value)
{
    if (nameSpace != QLatin1String(appearanceNamespace) || key != QLatin1String(schemeKey))
        return;
    m_system = portalScheme(value.variant()) == 1 ? ThemeName::Dark : ThemeName::Light;
    if (m_choice == ThemeChoice::System)
        apply();
}

void Appearance::choose(ThemeChoice choice)
{
    settings().setValue(QStringLiteral("theme"), idOf(choice));
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
}

const Theme& Appearance::current() const
{
    switch (m_choice) {
    case ThemeChoice::Light: return theme(ThemeName::Light);
    case ThemeChoice::Dark: return theme(ThemeName::Dark);
    case ThemeChoice::System: break;
    }
    return theme(m_system);
}

TypeSizes Appearance::sizes() const
{
    return {static_cast<double>(QFontInfo(QApplication::font()).pixelSize())};
}

void Appearance::apply()
{
    QApplication::setPalette(paletteOf(current()));
    qApp->setStyleSheet(styleSheet(current()));
    Q_EMIT themeChanged();
}

}  // namespace posbias::ui
