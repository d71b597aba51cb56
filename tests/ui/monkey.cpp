// SPDX-License-Identifier: GPL-3.0-or-later
// A monkey at the real window. Each run is a process of its own, so that a crash or a standstill is seen from outside,
// and its list of events is shrunk to a short one.
//   test_ui_monkey                      the tests
//   test_ui_monkey hunt SEED EVENTS     one long run; a failing one is shrunk and kept
//   test_ui_monkey replay FILE          plays a list of events
#include "tests/ui/monkey/monkey.h"
#include "tests/ui/monkey/shrink.h"

#include <QDesktopServices>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <iostream>

using namespace posbias;
using namespace posbias::ui;
using namespace posbias::ui::monkey;

namespace {

constexpr int usualPatience = 90'000;      // ms without an event
constexpr int longestRun = 6 * 3'600'000;  // ms
constexpr int shrinkingTime = 900'000;     // ms

/// Links lead nowhere.
class Links : public QObject {
    Q_OBJECT
public:
    Links()
    {
        for (const char* scheme : {"file", "http", "https", "mailto"})
            QDesktopServices::setUrlHandler(QLatin1String(scheme), this, "swallow");
    }
    ~Links() override
    {
        for (const char* scheme : {"file", "http", "https", "mailto"})
            QDesktopServices::unsetUrlHandler(QLatin1String(scheme));
    }

public Q_SLOTS:
    void swallow(const QUrl&) {}
};

/// A run in a process of its own, in a folder of its own with a neighbour that nobody may touch.
struct Trip {
    bool good = false;
    QString said;   ///< its last words
    Events events;  ///< that it began
};

QString lastLines(const QByteArray& output)
{
    constexpr qsizetype most = 4000;
    return QString::fromUtf8(output.right(most));
}

Trip tripOf(const QStringList& arguments, int patience = usualPatience)
{
    const QTemporaryDir around;
    const QDir outer(around.path());
    writeBytes(outer.filePath(QStringLiteral("neighbour")), "as it was");
    outer.mkdir(QStringLiteral("home"));
    const QString home = outer.filePath(QStringLiteral("home")), log = outer.filePath(QStringLiteral("events"));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* folder : {"HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME",
                               "XDG_RUNTIME_DIR"}) {
        const QString name = QString::fromLatin1(folder).toLower();
        QDir(home).mkdir(name);
        QFile::setPermissions(QDir(home).filePath(name), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        environment.insert(QString::fromLatin1(folder), QDir(home).filePath(name));
    }
    environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    const QString sanitizer = environment.value(QStringLiteral("ASAN_OPTIONS"));
    environment.insert(QStringLiteral("ASAN_OPTIONS"), sanitizer + QStringLiteral(":handle_abort=1"));
    const auto before = contentsOf(outer.path(), home);
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(home);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QCoreApplication::applicationFilePath(),
                  QStringList{"play", home, log, QString::number(patience)} + arguments);
    process.waitForFinished(longestRun);
    Trip trip;
    trip.said = lastLines(process.readAll());
    trip.good = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    trip.events = readEvents(log);
    QFile::remove(log);
    if (const auto after = contentsOf(outer.path(), home); after != before) {
        trip.good = false;
        trip.said += QStringLiteral("monkey: touched a file outside of its folder: %1\n").arg(after.keys().join(u' '));
    }
    return trip;
}

Trip replayOf(const Events& events, int patience = usualPatience)
{
    const QTemporaryDir folder;
    const QString list = folder.filePath(QStringLiteral("list"));
    writeEvents(list, events);
    return tripOf({QStringLiteral("list"), list}, patience);
}

Trip roamingOf(quint64 seed, int events)
{
    return tripOf({QStringLiteral("roam"), QString::number(seed), QString::number(events)});
}

/// As few events as fail, too; all of them where the failure does not come again.
Events shortListOf(const Events& events, int patience = usualPatience)
{
    QElapsedTimer clock;
    clock.start();
    const auto fails = [&](const Events& list) { return !replayOf(list, patience).good; };
    if (!fails(events))
        return events;
    return shrunk<Event>(events, fails, [&] { return clock.elapsed() < shrinkingTime; });
}

QString linesOf(const Events& events)
{
    QStringList lines;
    for (const Event& event : events)
        lines << event.line();
    return lines.join(u'\n');
}

// In the process of a trip.

int play(const QStringList& words)
{
    const QDir home(words.value(0));
    QFile log(words.value(1));
    if (!log.open(QIODevice::WriteOnly))
        return 2;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, home.filePath(QStringLiteral("settings")));
    Warnings::listen();
    Monkey monkey(home, std::chrono::milliseconds(words.value(2).toInt()));
    Monkey::Source source;
    if (words.value(3) == QLatin1String("roam")) {
        source = [&, left = words.value(5).toInt(), whim = std::optional<Whim>()](const Hands& hands) mutable {
            if (!whim)
                whim.emplace(hands, words.value(4).toULongLong(), monkey.files(), monkey.samples());
            return left-- > 0 ? std::optional(whim->next()) : std::nullopt;
        };
    } else {
        source = [events = readEvents(words.value(4)), at = std::size_t{0}](const Hands&) mutable {
            return at < events.size() ? std::optional(events[at++]) : std::nullopt;
        };
    }
    const auto listener = [&log](const Event& event) {
        log.write(event.line().toUtf8() + '\n');
        log.flush();
    };
    const QString finding = monkey.play(source, listener);
    std::fprintf(stderr, "monkey: %d events, the longest took %s\n", monkey.played(), qPrintable(monkey.slowest()));
    if (!finding.isEmpty())
        std::fprintf(stderr, "monkey: %s\n", qPrintable(finding));
    return finding.isEmpty() ? 0 : 3;
}

// For people.

int hunt(const QStringList& words)
{
    const quint64 seed = words.value(0).toULongLong();
    const Trip trip = roamingOf(seed, words.value(1).toInt());
    std::cout << qPrintable(trip.said) << std::flush;
    if (trip.good)
        return 0;
    const QString whole = QStringLiteral("monkey-%1-all.events").arg(seed),
                  few = QStringLiteral("monkey-%1.events").arg(seed);
    writeEvents(whole, trip.events);
    std::cout << "seed " << seed << " failed after " << trip.events.size() << " events, which are in "
              << qPrintable(whole) << "; shrinking them" << std::endl;
    const Events events = shortListOf(trip.events);
    writeEvents(few, events);
    std::cout << qPrintable(linesOf(events)) << "\nThese are in " << qPrintable(few) << std::endl;
    return 1;
}

int replay(const QString& file)
{
    const Trip trip = replayOf(readEvents(file));
    std::cout << qPrintable(trip.said) << (trip.good ? "Nothing went wrong.\n" : "") << std::flush;
    return trip.good ? 0 : 1;
}

}  // namespace

class MonkeyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWindowStandsWhateverIsDoneToIt_data()
    {
        QTest::addColumn<quint64>("seed");
        for (const quint64 seed : {1, 2, 3})
            QTest::addRow("seed %d", static_cast<int>(seed)) << seed;
    }

    void theWindowStandsWhateverIsDoneToIt()
    {
        QFETCH(const quint64, seed);
        constexpr int events = 1500;
        const Trip trip = roamingOf(seed, events);
        if (trip.good) {
            QCOMPARE(trip.events.size(), std::size_t{events});
            return;
        }
        const QString few = linesOf(shortListOf(trip.events));
        QFAIL(qPrintable(trip.said + QStringLiteral("\nThese events fail:\n") + few));
    }

    void aFailingRunIsShrunkToWhatFails()
    {
        std::vector<int> list(1000);
        for (int k = 0; k < 1000; ++k)
            list[static_cast<std::size_t>(k)] = k;
        const auto has = [](const std::vector<int>& in, int what) { return std::ranges::find(in, what) != in.end(); };
        const auto fails = [&](const std::vector<int>& in) { return has(in, 3) && has(in, 500) && has(in, 999); };
        QCOMPARE(shrunk<int>(list, fails), (std::vector<int>{3, 500, 999}));
        QCOMPARE(shrunk<int>({7}, [](const std::vector<int>&) { return true; }), std::vector<int>());
    }

    void aCrashIsFoundAndShrunk()
    {
        Events events(12, Event{"key", {"Down"}});
        for (const std::ptrdiff_t at : {3, 8})
            events.insert(events.begin() + at, Event{"stumble", {"twice"}});
        const Trip trip = replayOf(events);
        QVERIFY(!trip.good);
        QCOMPARE(trip.events.size(), std::size_t{9});  // up to the one that it was in
        QCOMPARE(linesOf(shortListOf(trip.events)), QStringLiteral("stumble twice\nstumble twice"));
    }

    void aStandstillAndAWarningAreFound()
    {
        const Trip still = replayOf({{"stumble", {"forever"}}}, 3000);
        QVERIFY(!still.good && still.said.contains(QStringLiteral("stands still")));
        const Trip warned = replayOf({{"stumble", {"warning"}}});
        QVERIFY(!warned.good && warned.said.contains(QStringLiteral("a warning on purpose")));
    }

    void anEventForAPartThatIsGoneIsSkipped()
    {
        const Trip trip = replayOf({{"click", {"NoSuchWindow/Part", "0.5", "0.5", "left", ""}},
                                    {"choose", {"schemes-1.posbias"}},
                                    {"item", {"Figures", "7"}},
                                    {"fill", {"MainWindow/Nothing#here", "12", "Return"}}});
        QVERIFY2(trip.good, qPrintable(trip.said));
    }

    void eventsAreReadAsTheyWereWritten()
    {
        const Event event{"fill", {"MainWindow/NumberBox#number:length", "½ % a b", "Return", ""}};
        const Event read = Event::of(event.line());
        QCOMPARE(read.verb, event.verb);
        QCOMPARE(read.words, event.words);
    }
};

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeMenuBar);
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    const Links links;
    const QStringList words = QCoreApplication::arguments().mid(1);
    if (words.value(0) == QLatin1String("play"))
        return play(words.mid(1));
    if (words.value(0) == QLatin1String("hunt"))
        return hunt(words.mid(1));
    if (words.value(0) == QLatin1String("replay"))
        return replay(words.value(1));
    MonkeyTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "monkey.moc"
