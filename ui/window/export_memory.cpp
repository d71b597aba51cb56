// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export_memory.h"

#include "core/base/error.h"
#include "ui/window/settings.h"

namespace posbias::ui {

namespace {

QString keyOf(FigureKind kind)
{
    return QStringLiteral("export/%1").arg(QString::fromStdString(figureId(kind)));
}

}  // namespace

Page rememberedPage(FigureKind kind)
{
    const Page standard = defaultPage(kind);
    Page made = standard;
    QSettings store = settings();
    store.beginGroup(keyOf(kind));
    made.widthMm = store.value("width", standard.widthMm).toDouble();
    made.heightMm = store.value("height", standard.heightMm).toDouble();
    made.dpi = store.value("dpi", standard.dpi).toInt();
    try {
        made.theme = store.contains("theme") ? themeFromId(store.value("theme").toString()) : standard.theme;
        validate(made, FigureFormat::Png);
    } catch (const InputError&) {
        return standard;  // somebody edited the settings file
    }
    return made;
}

void rememberPage(FigureKind kind, const Page& chosen)
{
    QSettings store = settings();
    store.beginGroup(keyOf(kind));
    store.setValue("width", chosen.widthMm);
    store.setValue("height", chosen.heightMm);
    store.setValue("dpi", chosen.dpi);
    store.setValue("theme", chosen.theme == ThemeName::Dark ? "dark" : "light");
}

}  // namespace posbias::ui
