// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A window on an experiment that is quick to train and to sweep, for the tests of the learning lab.

#include "core/experiment/presets.h"
#include "tests/ui/at_rest.h"
#include "ui/plot/figure_plot.h"
#include "ui/window/form/panel_section.h"
#include "ui/window/main_window.h"
#include "ui/window/stage/stage.h"

#include <QAction>
#include <QApplication>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QSettings>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace posbias::ui::lab {

/// Quick to train and to sweep.
inline Experiment small()
{
    Experiment e;
    e.title = "Small";
    e.trainingLength = 32;
    e.length = 64;
    e.schemes = {PerOffset{}, T5{.buckets = 8, .maxDistance = 16}};
    e.corpus.documents = 4;
    e.learning = Adam{.steps = 100};
    e.sweep.points = 4;
    e.sweep.seeds = 2;
    e.view = defaultView(e.length);
    return e;
}

struct Shown {
    MainWindow window;
    ExperimentModel& model = *window.model();

    explicit Shown(const Experiment& experiment = small(), QSize size = {1440, 900})
    {
        window.openExperiment(experiment);
        window.resize(size);
        window.show();
        window.activateWindow();
        settle();
    }
    void settle()
    {
        QTRY_VERIFY(!model.busy() && model.upToDate() && plot()->figure().length == model.experiment().length);
    }
    FigurePlot* plot() const { return window.findChild<FigurePlot*>(); }
    Stage* stage() const { return window.findChild<Stage*>(); }
    template <class T>
    T* part(const char* name) const
    {
        return window.findChild<T*>(QLatin1String(name));
    }
    QAction* action(const QString& text) const
    {
        for (QAction* each : window.findChildren<QAction*>()) {
            if (each->text().remove(u'&') == text)
                return each;
        }
        qFatal("no action %s", qPrintable(text));
    }
    void view(const char* name)
    {
        action(QString::fromUtf8(name))->trigger();
        untilTheNextTurn();  // the figure is that view's
    }
    PanelSection* section(const char* group) const
    {
        return part<PanelSection>((QByteArray("section:") + group).data());
    }
    QString words() const { return part<QLabel>("transport:words")->text(); }
    bool playable() const { return part<QWidget>("transport")->isVisible(); }
    /// Charts of the figure that have something in them.
    int filledCharts() const
    {
        int count = 0;
        for (const FigureRow& row : plot()->figure().rows) {
            for (const Panel& panel : row.panels) {
                const auto* chart = std::get_if<ChartPanel>(&panel);
                count += chart && std::any_of(chart->series.begin(), chart->series.end(),
                                              [](const Series& series) { return !series.x.empty(); });
            }
        }
        return count;
    }
    void drop(const QString& file)
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &enter);
        QDropEvent event(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &event);
        QCoreApplication::processEvents();
    }
};

/// Every test begins with empty settings, and leaves a person's own alone.
class OwnSettings {
public:
    OwnSettings()
    {
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.filePath(QStringLiteral("settings")));
    }
    void clear()
    {
        QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("posbias"), QStringLiteral("posbias"))
            .clear();
    }
    QString filePath(const QString& name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

}  // namespace posbias::ui::lab
