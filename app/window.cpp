// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window.h"

#include "app/experiment_argument.h"
#include "core/base/error.h"
#include "core/base/work_pool.h"
#include "core/experiment/presets.h"
#include "core/io/temporary_file.h"
#include "core/io/text_file.h"
#include "ui/text/file_names.h"
#include "ui/window/ending_signals.h"
#include "ui/window/main_window.h"
#include "ui/window/reading_job.h"
#include "ui/window/session_end.h"

#include <QApplication>
#include <QIcon>
#include <QSessionManager>
#include <QTimer>

#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace posbias::app {

namespace {

constexpr const char* howToRender =
    "to draw a figure without one: posbias render past-training --figure compare -o figure.pdf";

void requireDisplay()
{
    for (const char* variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        if (!qEnvironmentVariableIsEmpty(variable))
            return;
    }
    throw FailureError(std::string("no display to open a window on; ") + howToRender);
}

/// Qt says why in a warning, then ends the program, when it cannot reach a display; let it be one line in our words,
/// with our exit code.
void explainFailedStart(QtMsgType type, const QMessageLogContext&, const QString& message)
{
    static QString reason;
    if (type != QtFatalMsg) {
        if (reason.isEmpty())
            reason = message.simplified();
        return;
    }
    std::fprintf(stderr, "posbias: cannot open a window (%s); %s\n", qPrintable(reason), howToRender);
    std::_Exit(1);
}

/// Not with the options that Qt would add, as the command line is our own; nor with the file: it may be gone by then.
void restartWithoutArguments()
{
    const auto tell = [](QSessionManager& session) {
        session.setRestartCommand({QCoreApplication::applicationFilePath()});
    };
    QObject::connect(qApp, &QGuiApplication::commitDataRequest, qApp, tell, Qt::DirectConnection);
    QObject::connect(qApp, &QGuiApplication::saveStateRequest, qApp, tell, Qt::DirectConnection);
}

}  // namespace

int runWindow(int argc, char** argv, const std::string& experiment)
{
    const bool isFile = !experiment.empty() && isExperimentFile(experiment);
    const Preset* preset = findPreset(experiment);
    // What the file held before a save that broke off is offered in the window, whatever has become of the file.
    const bool asksForCopy = isFile && !ui::copiesForWindow(experiment).empty();
    if (isFile) {  // a bad one ends here, not in an empty window
        requireRegularFile(experiment);
        ui::windowFile(experiment);
        if (!asksForCopy)
            readLectureOrFigure(experiment);
    } else if (preset == nullptr && !experiment.empty())
        throwNoSuchExperiment(experiment);
    requireDisplay();

    QCoreApplication::setOrganizationName("PosBias");
    QCoreApplication::setApplicationName("PosBias");
    QCoreApplication::setApplicationVersion(POSBIAS_VERSION);
    QGuiApplication::setDesktopFileName("posbias");
    qInstallMessageHandler(explainFailedStart);
    const QApplication application(argc, argv);
    qInstallMessageHandler(nullptr);
    QGuiApplication::setWindowIcon(QIcon(":/posbias.svg"));

    WorkPool::shared().yieldToThisThread();
    int signal = 0;
    {
        ui::MainWindow window;
        const auto keep = [&window] { window.keepForNextStart(); };
        const ui::EndingSignals endings(keep);
        const ui::SessionEnd sessionEnd(keep);
        restartWithoutArguments();
        if (asksForCopy)
            QTimer::singleShot(0, &window, [&] { window.openFile(experiment); });
        else if (isFile)
            window.openFile(experiment);
        else if (preset != nullptr)  // without a name the window opens its default
            window.openPreset(*preset);
        window.keepJournal(stateFolders().front() / "journals");
        window.show();
        const int code = QApplication::exec();
        signal = endings.received();
        if (signal == 0)
            return code;
    }
    std::raise(signal);  // all is put away: it ends as the signal says
    return 128 + signal;
}

}  // namespace posbias::app
