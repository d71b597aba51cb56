// SPDX-License-Identifier: GPL-3.0-or-later
// What the window costs: start-up, frames while zooming and panning, memory. Run by tests/benchmarks/run.sh.
//
// Frames are recorded, not simulated: wheel and mouse events go to the real window, and every stretch of work of the
// main thread, from its first event to the next time it waits for one, counts as a frame.
#include "core/base/work_pool.h"
#include "core/design/figure_design.h"
#include "core/experiment/presets.h"
#include "tests/benchmarks/table.h"
#include "ui/plot/figure_plot.h"
#include "ui/window/main_window.h"
#include "ui/window/stage/stage.h"

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>
#include <QWheelEvent>

#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstring>
#include <ctime>
#include <fstream>
#include <stdexcept>
#include <vector>

using namespace posbias;
using namespace posbias::ui;

namespace {

constexpr std::int64_t million = std::int64_t{1} << 20;
constexpr QSize windowSize(1600, 900);
constexpr int inputInterval = 30;  // ms: a hand's events

void pass(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

struct Frame {
    double work = 0.0;     ///< ms that the main thread computed
    double elapsed = 0.0;  ///< ms that it was away from its events
};

/// The application, with a stopwatch on its main thread.
class RecordingApplication : public QApplication {
public:
    RecordingApplication(int& argc, char** argv) : QApplication(argc, argv)
    {
        const QAbstractEventDispatcher* dispatcher = QAbstractEventDispatcher::instance();
        connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, dispatcher, [this] {
            const Frame frame{processorTime() - m_start, static_cast<double>(m_timer.nsecsElapsed()) * 1e-6};
            if (m_timer.isValid() && frame.work > 0.5)  // shorter ones draw nothing
                m_frames.push_back(frame);
            m_timer.invalidate();
        });
    }
    bool notify(QObject* receiver, QEvent* event) override
    {
        if (!m_timer.isValid()) {
            m_timer.start();
            m_start = processorTime();
        }
        return QApplication::notify(receiver, event);
    }
    void forget() { m_frames.clear(); }
    void report(const std::string& work, double longest = 33.0)
    {
        if (m_frames.empty())
            throw std::runtime_error("nothing was drawn: " + work);
        const std::string count = std::to_string(m_frames.size());
        std::ranges::sort(m_frames, {}, &Frame::work);
        printRow(work + ", median of " + count + " frames", m_frames[m_frames.size() / 2].work, 16.0, "ms");
        printRow(work + ", longest", std::ranges::max(m_frames, {}, &Frame::elapsed).elapsed, longest, "ms");
        m_frames.clear();
    }

private:
    static double processorTime()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
    }

    QElapsedTimer m_timer;
    double m_start = 0.0;
    std::vector<Frame> m_frames;
};

/// A window with a hand on it.
class Session {
public:
    explicit Session(const Experiment& experiment)
    {
        m_window.resize(windowSize);
        m_window.model()->load(experiment);
        m_window.show();
        m_stage = m_window.findChild<Stage*>();
        m_plot = m_window.findChild<FigurePlot*>();
        settle();
    }

    Stage& stage() { return *m_stage; }
    ExperimentModel& model() { return *m_window.model(); }

    /// Until the newest picture is on the screen.
    void settle()
    {
        do
            pass(20);
        while (m_window.model()->busy() || m_stage->picture() != PictureState::Ready);
        pass(200);
    }
    /// A place on the second map.
    QPointF place(double x, double y) const
    {
        const QRect map = m_plot->panelRect(0, 1);
        return {map.x() + x * map.width(), map.y() + y * map.height()};
    }
    void wheel(QPointF at, int notches)
    {
        move(at, Qt::NoButton);
        for (int n = 0; n < std::abs(notches); ++n) {
            QWheelEvent event(at, m_plot->mapToGlobal(at), {}, {0, notches > 0 ? 120 : -120}, Qt::NoButton,
                              Qt::NoModifier, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(m_plot, &event);
            pass(inputInterval);
        }
    }
    void move(QPointF at, Qt::MouseButtons buttons) { mouse(QEvent::MouseMove, at, Qt::NoButton, buttons); }
    void drag(QPointF from, int steps)
    {
        mouse(QEvent::MouseButtonPress, from, Qt::LeftButton, Qt::LeftButton);
        for (int k = 0; k < steps; ++k) {
            from += QPointF(k % 50 < 25 ? 4.0 : -4.0, k % 40 < 20 ? 3.0 : -3.0);
            move(from, Qt::LeftButton);
        }
        mouse(QEvent::MouseButtonRelease, from, Qt::LeftButton, Qt::NoButton);
    }

private:
    void mouse(QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons buttons)
    {
        QMouseEvent event(type, at, m_plot->mapToGlobal(at), button, buttons, Qt::NoModifier);
        QCoreApplication::sendEvent(m_plot, &event);
        pass(inputInterval);
    }

    MainWindow m_window;
    Stage* m_stage = nullptr;
    FigurePlot* m_plot = nullptr;
};

Experiment ofLength(std::int64_t length)
{
    Experiment experiment = presets().front().experiment;
    experiment.length = length;
    experiment.view = defaultView(length);
    return experiment;
}

void recordFrames(RecordingApplication& frames)
{
    Session session(ofLength(million));
    for (const FigureKind view : {FigureKind::Compare, FigureKind::Attention}) {
        session.stage().setView(view);
        session.settle();
        const std::string name = view == FigureKind::Compare ? "bias maps" : "attention maps";
        const QPointF at = session.place(0.31, 0.72);
        frames.forget();
        session.wheel(at, 60);
        session.wheel(at, -60);
        frames.report(name + ", zooming from 2^20 tokens to cells and back");
        session.wheel(at, 12);
        session.settle();
        frames.forget();
        session.drag(at, 100);
        frames.report(name + ", panning");
        session.stage().zoomReset();
        session.settle();
        frames.forget();
        for (int k = 0; k < 100; ++k)
            session.move(session.place(0.2 + 0.001 * (k * 7 % 40), 0.5 + 0.003 * k), Qt::NoButton);
        frames.report(name + ", moving the crosshair");
    }
    frames.forget();
    for (int k = 0; k < 15; ++k) {
        Experiment changed = session.model().experiment();
        changed.teacher = PowerLaw{1.2 + 0.02 * k};
        session.model().load(changed);
        session.settle();
    }
    frames.report("attention maps, changing the teacher", 50.0);
}

/// Some of everything, for the peak of memory.
void useMillionTokens()
{
    Session session(ofLength(million));
    for (const FigureKind view : {FigureKind::Attention, FigureKind::Compare}) {
        session.stage().setView(view);
        session.settle();
        session.wheel(session.place(0.31, 0.72), 20);
        for (const double exponent : {1.3, 1.4, 1.5}) {
            Experiment changed = session.model().experiment();
            changed.teacher = PowerLaw{exponent};
            session.model().load(changed);
            session.settle();
        }
    }
}

/// Opens the window as a user would, and ends as soon as its picture is finished.
int showOnePicture()
{
    MainWindow window;
    window.resize(windowSize);
    const auto* stage = window.findChild<Stage*>();
    QObject::connect(
        stage, &Stage::pictureChanged, stage,
        [stage] {
            if (stage->picture() == PictureState::Ready)
                QCoreApplication::quit();
        },
        Qt::QueuedConnection);
    window.show();
    return QApplication::exec();
}

struct Run {
    double seconds = 0.0;
    double megabytes = 0.0;  ///< peak resident memory
};

Run run(std::vector<std::string> command)
{
    std::vector<char*> arguments;
    for (std::string& argument : command)
        arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    QElapsedTimer timer;
    timer.start();
    pid_t child = 0;
    int status = 0;
    rusage usage{};
    if (posix_spawn(&child, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0 ||
        wait4(child, &status, 0, &usage) < 0 || status != 0)
        throw std::runtime_error("could not run " + command[0] + " " + command[1]);
    return {static_cast<double>(timer.nsecsElapsed()) * 1e-9, static_cast<double>(usage.ru_maxrss) * 1024e-6};
}

double medianSeconds(const std::vector<std::string>& command)
{
    std::vector<double> seconds;
    for (int k = 0; k < 9; ++k)
        seconds.push_back(run(command).seconds);
    std::ranges::sort(seconds);
    return seconds[seconds.size() / 2];
}

/// One of each kind.
std::string tenFigures()
{
    std::string figures;
    for (const FigureKind kind : figureKinds())
        figures += (figures.empty() ? "" : ", ") + ("{\"name\": \"" + figureId(kind) + "\", \"view\": \"") +
                   figureId(kind) + "\"}";
    return "{\"posbias\": 1, \"figures\": [" + figures + "]}";
}

void runPrograms(const std::string& self, const std::string& folder)
{
    printRow("window with a finished picture, from process start", medianSeconds({self, "--picture"}), 0.4, "s");
    for (const std::string ending : {"pdf", "svg", "png"})
        printRow("posbias render past-training -o figure." + ending,
                 medianSeconds(
                     {POSBIAS_EXECUTABLE, "render", "past-training", "--force", "-o", folder + "/figure." + ending}),
                 0.25, "s");
    const std::string lecture = folder + "/ten.posbias";
    std::ofstream(lecture) << tenFigures();
    printRow("posbias render ten.posbias --all: ten figures as PDF, n = 1000",
             medianSeconds({POSBIAS_EXECUTABLE, "render", lecture, "--all", "--force", "-o", folder}), 1.0, "s");
    printRow("peak memory of the window, n = 2^20", run({self, "--million"}).megabytes, 400.0, "MB");
}

}  // namespace

int main(int argc, char** argv)
{
    qputenv("QT_NO_GLIB", "1");  // its event loop does not tell when it waits
    const QTemporaryDir folder;  // nobody's own settings
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
    RecordingApplication application(argc, argv);
    WorkPool::shared().yieldToThisThread();  // as the program does
    try {
        if (argc > 1 && std::strcmp(argv[1], "--picture") == 0)
            return showOnePicture();
        if (argc > 1 && std::strcmp(argv[1], "--million") == 0) {
            useMillionTokens();
            return 0;
        }
        printHead();
        runPrograms(argv[0], folder.path().toStdString());
        recordFrames(application);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
