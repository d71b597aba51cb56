// SPDX-License-Identifier: GPL-3.0-or-later
// Which file may include which, read from the sources themselves.

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QTest>

#include <functional>

namespace {

const QString& root()
{
    static const QString path = QDir(QStringLiteral(POSBIAS_TEST_DATA "/../..")).canonicalPath();
    return path;
}

/// Paths from the root, such as "core/base/error.h".
QStringList filesUnder(const QStringList& folders, const QStringList& patterns)
{
    QStringList files;
    for (const QString& folder : folders) {
        QDirIterator found(root() + "/" + folder, patterns, QDir::Files, QDirIterator::Subdirectories);
        while (found.hasNext())
            files.append(QDir(root()).relativeFilePath(found.next()));
    }
    files.sort();
    return files;
}

const QStringList& sources()
{
    static const QStringList files = filesUnder({"core", "ui", "app", "tests"}, {"*.h", "*.cpp"});
    return files;
}

QString contents(const QString& path)
{
    QFile file(root() + "/" + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// What a file includes: `core/base/error.h`, or with brackets `<QWidget>`.
QStringList includes(const QString& path)
{
    static const QRegularExpression line("^\\s*#\\s*include\\s*(?:\"([^\"]+)\"|(<[^>]+>))",
                                         QRegularExpression::MultilineOption);
    QStringList names;
    for (auto match = line.globalMatch(contents(path)); match.hasNext();) {
        const QRegularExpressionMatch found = match.next();
        names.append(found.captured(1) + found.captured(2));
    }
    return names;
}

/// Every (file, included) that `forbidden` says yes to, as text; empty when the rule holds.
template <typename Forbidden>
QString violations(const QString& layer, Forbidden forbidden)
{
    QStringList found;
    for (const QString& path : sources()) {
        if (!path.startsWith(layer))
            continue;
        for (const QString& included : includes(path)) {
            if (forbidden(path, included))
                found.append(path + " includes " + included);
        }
    }
    return found.join("; ");
}

}  // namespace

class HouseRules : public QObject {
    Q_OBJECT

private slots:
    void sourcesAreFound();
    void coreKnowsNothingOfQt();
    void coreKnowsNothingOfWindowAndCommandLine();
    void windowKnowsNothingOfTheCommandLine();
    void arrowsWithinCorePointDown();
    void arrowsWithinUiPointDown();
    void includesMakeNoCircle();
    void onlyFilesKnowJson();
    void plottingLibraryStaysInSourceFiles();
    void numbersAreTypedIntoOneKindOfBox();
    void includesStartAtTheRoot();
    void everyFileNamesItsLicence();
    void headersAreReadOnce();
    void topLevelStaysClear();
    void figuresCutNoWords();
};

void HouseRules::sourcesAreFound()
{
    QVERIFY(sources().contains("core/base/error.h"));
    QVERIFY(sources().contains("app/main.cpp"));
    QVERIFY(includes("core/experiment/experiment.h").contains("core/base/offsets.h"));
    QVERIFY(includes("core/base/offsets.h").contains("<vector>"));
}

void HouseRules::coreKnowsNothingOfQt()
{
    QCOMPARE(violations("core/",
                        [](const QString&, const QString& included) {
                            return included.startsWith("<Q") || included.contains("qcustomplot");
                        }),
             QString());
}

void HouseRules::coreKnowsNothingOfWindowAndCommandLine()
{
    QCOMPARE(violations("core/",
                        [](const QString&, const QString& included) {
                            return included.startsWith("ui/") || included.startsWith("app/");
                        }),
             QString());
}

void HouseRules::windowKnowsNothingOfTheCommandLine()
{
    QCOMPARE(violations("ui/", [](const QString&, const QString& included) { return included.startsWith("app/"); }),
             QString());
}

void HouseRules::arrowsWithinCorePointDown()
{
    // A folder may include its own files and those of folders before it. Files on disk know experiments only.
    const QStringList order = {"base", "schemes", "experiment", "design", "learning", "fields", "evaluation", "figure"};
    const QStringList knownToFiles = {"base", "schemes", "experiment", "design", "io"};
    const auto folderOf = [](const QString& path) { return path.section('/', 1, 1); };
    QCOMPARE(violations("core/",
                        [&](const QString& path, const QString& included) {
                            if (!included.startsWith("core/"))
                                return false;
                            const QString from = folderOf(path), to = folderOf(included);
                            if (from == "io")
                                return !knownToFiles.contains(to);
                            return !order.contains(to) || !order.contains(from) ||
                                   order.indexOf(to) > order.indexOf(from);
                        }),
             QString());
}

/// A room may include its own files and those of rooms before it; the rooms of one line do not know one another.
void HouseRules::arrowsWithinUiPointDown()
{
    const QList<QStringList> order = {
        {"ui/text"},
        {"ui/jobs"},
        {"ui/plot/ink"},
        {"ui/plot/layout"},
        {"ui/plot/paint"},
        {"ui/plot"},
        {"ui/plot/files"},
        {"ui/model"},
        {"ui/window/widgets"},
        {"ui/window/commands"},
        {"ui/window/form", "ui/window/inspector", "ui/window/stage", "ui/window/export"},
        {"ui/window"},
    };
    const auto roomOf = [](const QString& path) { return path.section('/', 0, -2); };
    const auto rank = [&](const QString& room) {
        for (qsizetype at = 0; at < order.size(); ++at)
            if (order[at].contains(room))
                return at;
        return qsizetype(-1);
    };
    QCOMPARE(violations("ui/",
                        [&](const QString& path, const QString& included) {
                            if (!included.startsWith("ui/"))
                                return false;
                            const QString from = roomOf(path), to = roomOf(included);
                            return from != to && (rank(from) < 0 || rank(to) < 0 || rank(to) >= rank(from));
                        }),
             QString());
}

/// A file that reaches itself through what it includes.
void HouseRules::includesMakeNoCircle()
{
    QMap<QString, QStringList> headers;
    for (const QString& path : sources())
        if (path.endsWith(".h"))
            headers.insert(path, includes(path));
    enum class State { Unseen, Open, Closed };
    QMap<QString, State> states;
    QStringList circles;
    const std::function<void(const QString&)> follow = [&](const QString& path) {
        states[path] = State::Open;
        for (const QString& included : headers.value(path)) {
            if (states.value(included, State::Unseen) == State::Open)
                circles.append(path + " and " + included);
            else if (headers.contains(included) && states.value(included, State::Unseen) == State::Unseen)
                follow(included);
        }
        states[path] = State::Closed;
    };
    for (auto header = headers.cbegin(); header != headers.cend(); ++header)
        if (states.value(header.key(), State::Unseen) == State::Unseen)
            follow(header.key());
    QCOMPARE(circles.join("; "), QString());
}

void HouseRules::onlyFilesKnowJson()
{
    QCOMPARE(violations("",
                        [](const QString& path, const QString& included) {
                            return included.contains("nlohmann") && !path.startsWith("core/io/") &&
                                   !path.startsWith("tests/");
                        }),
             QString());
}

void HouseRules::plottingLibraryStaysInSourceFiles()
{
    QCOMPARE(violations("",
                        [](const QString& path, const QString& included) {
                            return included.contains("qcustomplot") && !path.endsWith(".cpp");
                        }),
             QString());
}

/// Qt's own boxes rewrite and drop what is typed.
void HouseRules::numbersAreTypedIntoOneKindOfBox()
{
    QCOMPARE(violations("ui/",
                        [](const QString&, const QString& included) {
                            return included.contains("SpinBox") || included == "<QDoubleValidator>" ||
                                   included == "<QIntValidator>";
                        }),
             QString());
}

void HouseRules::includesStartAtTheRoot()
{
    // Tests may also take a helper that lies beside them.
    const auto liesBeside = [](const QString& path, const QString& included) {
        return path.startsWith("tests/") && QFile::exists(root() + "/" + path.section('/', 0, -2) + "/" + included);
    };
    QCOMPARE(violations("",
                        [&](const QString& path, const QString& included) {
                            return !included.startsWith('<') && !included.endsWith(".moc") &&
                                   !QFile::exists(root() + "/" + included) && !liesBeside(path, included);
                        }),
             QString());
}

void HouseRules::everyFileNamesItsLicence()
{
    QStringList without;
    const QStringList scripts = filesUnder({"core", "ui", "app", "tests", "resources"},
                                           {"CMakeLists.txt", "*.sh", "*.svg", "*.desktop", "*.xml"});
    for (const QString& path : sources() + scripts + QStringList{"CMakeLists.txt"}) {
        // A script and an XML document begin with a line of their own.
        if (!contents(path).section('\n', 0, 2).contains("SPDX-License-Identifier: GPL-3.0-or-later"))
            without.append(path);
    }
    QCOMPARE(without.join("; "), QString());
}

void HouseRules::headersAreReadOnce()
{
    QStringList without;
    for (const QString& path : sources()) {
        if (path.endsWith(".h") && !contents(path).contains("#pragma once"))
            without.append(path);
    }
    QCOMPARE(without.join("; "), QString());
}

void HouseRules::topLevelStaysClear()
{
    const QStringList allowed = {"app",
                                 "core",
                                 "ui",
                                 "resources",
                                 "tests",
                                 "build",
                                 "README.md",
                                 "CMakeLists.txt",
                                 "CMakePresets.json",
                                 "LICENSE",
                                 "CONTRIBUTING.md",
                                 "CHANGELOG.md"};
    QStringList surplus;
    for (const QString& entry : QDir(root()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot)) {
        if (!allowed.contains(entry))
            surplus.append(entry);
    }
    QCOMPARE(surplus.join("; "), QString());
}

/// What does not fit is wrapped, or the page is refused.
void HouseRules::figuresCutNoWords()
{
    QStringList cutting;
    for (const QString& path : sources())
        if (path.startsWith("ui/plot/") && contents(path).contains("elide", Qt::CaseInsensitive))
            cutting.append(path);
    QCOMPARE(cutting.join("; "), QString());
}

QTEST_GUILESS_MAIN(HouseRules)
#include "house_rules.moc"
