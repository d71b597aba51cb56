// SPDX-License-Identifier: GPL-3.0-or-later
// Figures come back: exported, dropped on the window, exported again; and kept in .posbias files.

#include "busy_pool.h"
#include "core/experiment/presets.h"
#include "core/figure/figure_data.h"
#include "core/io/lecture_file.h"
#include "ui/plot/files/figure_export.h"
#include "ui/window/export/export_dialog.h"
#include "ui/window/export/export_memory.h"
#include "ui/window/main_window.h"
#include "ui/window/widgets/settings.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <sys/stat.h>

using namespace posbias;
using namespace posbias::ui;

namespace {

QByteArray bytesOf(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct LectureWindow {
    MainWindow window;
    ExperimentModel& model = *window.model();

    explicit LectureWindow(const char* preset)
    {
        window.resize(1440, 900);
        window.openPreset(*findPreset(preset));
        window.show();
        settle();
    }
    void settle() { QTRY_VERIFY(!model.busy() && model.upToDate()); }
    QAction* action(const QString& text) const
    {
        for (QAction* each : window.findChildren<QAction*>())
            if (each->text().remove(u'&') == text)
                return each;
        return nullptr;
    }
    ExportDialog* openExport() const
    {
        action(QStringLiteral("Export Figure…"))->trigger();
        return window.findChild<ExportDialog*>();
    }
    bool says(const QString& words) const
    {
        for (const QLabel* each : window.findChildren<QLabel*>())
            if (each->isVisible() && each->text().startsWith(words))
                return true;
        return false;
    }
    void drop(const QString& file)
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &enter);
        QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &event);
        QCoreApplication::processEvents();
    }
};

QPushButton* buttonOf(QWidget* dialog, const char* text)
{
    for (QPushButton* each : dialog->findChildren<QPushButton*>())
        if (each->text().remove(u'&') == QLatin1String(text))
            return each;
    qFatal("no button %s", text);
}

/// Answers every message until it goes.
class Answers {
public:
    explicit Answers(QMessageBox::StandardButton button)
    {
        QObject::connect(&m_timer, &QTimer::timeout, [this, button] {
            if (auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
                said += box->text() + u'\n' + box->informativeText();
                if (QAbstractButton* pressed = box->button(button))
                    pressed->click();
                else
                    box->accept();
            }
        });
        m_timer.start(5);
    }
    QString said;

private:
    QTimer m_timer;
};

}  // namespace

class FigureDropTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void exportedDroppedAndExportedAgainItIsTheSame_data();
    void exportedDroppedAndExportedAgainItIsTheSame();
    void aFileWithoutARecipeChangesNothing();
    void twoFiguresDroppedAtOnceOpenInTheirOrder();
    void aFileDroppedBehindAFigureWaitsForIt();
    void aLargeFileIsReadWhileTheWindowGoesOn_data();
    void aLargeFileIsReadWhileTheWindowGoesOn();
    void whatIsNoFileIsRefusedAtOnce_data();
    void whatIsNoFileIsRefusedAtOnce();
    void aFigureBeingReadIsStoppedByEscape();
    void anEditMadeWhileAFigureIsReadIsAskedAbout();
    void aNewExperimentIsNotReplacedByAFigureAskedForBefore();
    void nothingIsSaidOfAReadingThatWasGivenUp();
    void closingWhileFiguresAreReadIsClean();
    void keptFiguresSurviveSavingAndOpening();
    void keepingIsUndone();
    void theMenuOfKeptFiguresIsEmptiedAgainAndAgain();
    void aFigureThatDoesNotFitAnyMoreIsToldBeforeSaving();

private:
    /// A picture of a preset, made once.
    QString figureOf(const char* preset) const;
    static QString titleOf(const char* preset) { return QString::fromStdString(findPreset(preset)->experiment.title); }

    QTemporaryDir m_folder, m_settings;
};

QString FigureDropTest::figureOf(const char* preset) const
{
    QString file = m_folder.filePath(QStringLiteral("%1.png").arg(QLatin1String(preset)));
    if (!QFile::exists(file)) {
        Recipe recipe{findPreset(preset)->experiment, standardDesign(FigureKind::Bias)};
        recipe.design.page.dpi = 36;
        writeFigure(renderFigure(makeFigure(evaluateFigure(recipe)), recipe, FigureFormat::Png), file.toStdString());
    }
    return file;
}

void FigureDropTest::initTestCase()
{
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
}

void FigureDropTest::init()
{
    settings().clear();
    settings().setValue(QStringLiteral("export/folder"), m_folder.path());
}

void FigureDropTest::exportedDroppedAndExportedAgainItIsTheSame_data()
{
    QTest::addColumn<QString>("ending");
    for (const char* ending : {"pdf", "svg", "png", "tex"})
        QTest::addRow("%s", ending) << QString::fromLatin1(ending);
}

void FigureDropTest::exportedDroppedAndExportedAgainItIsTheSame()
{
    QFETCH(QString, ending);
    LectureWindow shown("book-small");
    const Experiment before = shown.model.experiment();
    shown.action(QStringLiteral("Raw Biases, Not Relative to Offset 0"))->trigger();
    {
        ExportDialog* dialog = shown.openExport();
        QVERIFY(dialog);
        dialog->history().change({}, [&](FigureDesign& design) {
            design.name = "round-" + ending.toStdString();
            design.formats = {ending.toStdString()};
            design.dress.title = "A title & more";
            design.page.widthMm = 133.0;
        });
        buttonOf(dialog, "Export")->click();
        QTRY_VERIFY(!shown.window.findChild<ExportDialog*>());
    }
    const QString file = m_folder.filePath(QStringLiteral("round-%1.%1").arg(ending));
    const QByteArray first = bytesOf(file);
    QVERIFY(!first.isEmpty());
    shown.action(QStringLiteral("Raw Biases, Not Relative to Offset 0"))->trigger();
    shown.window.openPreset(*findPreset("t5-encoder"));
    shown.settle();
    settings().clear();
    settings().setValue(QStringLiteral("export/folder"), m_folder.path());
    shown.drop(file);
    QTRY_VERIFY(shown.model.experiment() == before);
    shown.settle();
    QVERIFY(shown.action(QStringLiteral("Raw Biases, Not Relative to Offset 0"))->isChecked());
    ExportDialog* dialog = shown.openExport();
    QCOMPARE(dialog->findChild<QLineEdit*>(QStringLiteral("export:name"))->text(), QStringLiteral("round-") + ending);
    QVERIFY(QFile::remove(file));
    buttonOf(dialog, "Export")->click();
    QTRY_VERIFY(!shown.window.findChild<ExportDialog*>());
    QVERIFY(bytesOf(file) == first);
}

void FigureDropTest::aFileWithoutARecipeChangesNothing()
{
    LectureWindow shown("book-small");
    const Experiment before = shown.model.experiment();
    QImage picture(4, 4, QImage::Format_RGB32);
    picture.fill(Qt::red);
    const QString file = m_folder.filePath(QStringLiteral("photo.png"));
    QVERIFY(picture.save(file));
    const Answers ok(QMessageBox::Ok);
    shown.drop(file);
    QTRY_VERIFY(ok.said.contains(QStringLiteral("photo.png")));
    QVERIFY(shown.model.experiment() == before);
    QVERIFY(!shown.window.isWindowModified());
}

void FigureDropTest::twoFiguresDroppedAtOnceOpenInTheirOrder()
{
    LectureWindow shown("t5-encoder");
    QStringList titles;
    connect(&shown.model, &ExperimentModel::experimentChanged,
            [&] { titles << QString::fromStdString(shown.model.experiment().title); });
    {
        const BusyPool busy;
        shown.drop(figureOf("book-small"));
        shown.drop(figureOf("small-corpus"));
        QVERIFY(titles.isEmpty());
    }
    const QString first = titleOf("book-small"), second = titleOf("small-corpus");
    QTRY_VERIFY(titles.contains(second));
    QVERIFY(titles.contains(first) && titles.indexOf(first) < titles.indexOf(second));
    QCOMPARE(titles.last(), second);
    shown.settle();
}

void FigureDropTest::aFileDroppedBehindAFigureWaitsForIt()
{
    const QString lecture = m_folder.filePath(QStringLiteral("behind.posbias"));
    writeLecture(lecture.toStdString(), {findPreset("small-corpus")->experiment, {}});
    LectureWindow shown("t5-encoder");
    {
        const BusyPool busy;
        shown.drop(figureOf("book-small"));
        shown.drop(lecture);
        QCOMPARE(QString::fromStdString(shown.model.experiment().title), titleOf("t5-encoder"));
    }
    QTRY_COMPARE(QString::fromStdString(shown.model.experiment().title), titleOf("small-corpus"));
    shown.settle();
}

void FigureDropTest::aLargeFileIsReadWhileTheWindowGoesOn_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << QStringLiteral("large.posbias");
    QTest::newRow("packed, and then small") << QStringLiteral("large.posbias.gz");
}

void FigureDropTest::aLargeFileIsReadWhileTheWindowGoesOn()
{
    QFETCH(QString, name);
    const QString file = m_folder.filePath(name);
    Lecture large{findPreset("small-corpus")->experiment, {}};
    for (int k = 0; k < 900; ++k) {
        FigureDesign& figure = large.figures.emplace_back();
        figure.name = "figure-" + std::to_string(k);
        figure.dress.title = std::string(190, 'x') + std::to_string(k);
    }
    writeLecture(file.toStdString(), large);
    LectureWindow shown("t5-encoder");
    {
        const BusyPool busy;
        shown.drop(file);
        QCOMPARE(QString::fromStdString(shown.model.experiment().title), titleOf("t5-encoder"));
        QTRY_VERIFY(shown.says(QStringLiteral("Opening “%1”…").arg(name)));
        QTest::keyClick(&shown.window, Qt::Key_Escape);
        QVERIFY(!shown.says(QStringLiteral("Opening")));
    }
    QCoreApplication::processEvents();
    QCOMPARE(QString::fromStdString(shown.model.experiment().title), titleOf("t5-encoder"));
    shown.drop(file);
    QTRY_COMPARE(QString::fromStdString(shown.model.experiment().title), titleOf("small-corpus"));
    QVERIFY(!shown.window.isWindowModified());
    shown.settle();
}

void FigureDropTest::whatIsNoFileIsRefusedAtOnce_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isPipe");
    for (const char* name : {"x.posbias", "x.posbias.gz", "x.pdf", "x.csv"}) {
        QTest::addRow("a pipe called %s", name) << QString::fromLatin1(name) << true;
        QTest::addRow("a folder called %s", name) << QString::fromLatin1(name) << false;
    }
}

void FigureDropTest::whatIsNoFileIsRefusedAtOnce()
{
    QFETCH(QString, name);
    QFETCH(bool, isPipe);
    const QTemporaryDir folder;
    const QString file = folder.filePath(name);
    if (isPipe)
        QCOMPARE(::mkfifo(qPrintable(file), 0600), 0);
    else
        QVERIFY(QDir().mkdir(file));
    LectureWindow shown("book-small");
    const Experiment before = shown.model.experiment();
    const Answers ok(QMessageBox::Ok);
    shown.drop(file);
    const QString reason =
        isPipe ? QStringLiteral("is a named pipe, not a file") : QStringLiteral("is a directory, not a file");
    QTRY_VERIFY2(ok.said.contains(reason), qPrintable(ok.said));
    QVERIFY(shown.model.experiment() == before);
}

void FigureDropTest::aFigureBeingReadIsStoppedByEscape()
{
    LectureWindow shown("t5-encoder");
    {
        const BusyPool busy;
        shown.drop(figureOf("book-small"));
        shown.drop(figureOf("small-corpus"));
        QTRY_VERIFY(shown.says(QStringLiteral("Opening “book-small.png”…")));
        QTest::keyClick(&shown.window, Qt::Key_Escape);
        QVERIFY(!shown.says(QStringLiteral("Opening")));
    }
    QCoreApplication::processEvents();
    QCOMPARE(QString::fromStdString(shown.model.experiment().title), titleOf("t5-encoder"));
    shown.drop(figureOf("small-corpus"));
    QTRY_COMPARE(QString::fromStdString(shown.model.experiment().title), titleOf("small-corpus"));
    shown.settle();
}

void FigureDropTest::anEditMadeWhileAFigureIsReadIsAskedAbout()
{
    LectureWindow shown("t5-encoder");
    const Answers cancel(QMessageBox::Cancel);
    {
        const BusyPool busy;
        shown.drop(figureOf("book-small"));
        shown.model.setField(QStringLiteral("length"), std::int64_t{77});
    }
    QTRY_VERIFY(cancel.said.contains(QStringLiteral("Save the changes")));
    QCOMPARE(shown.model.experiment().length, std::int64_t{77});
    shown.model.undoStack()->setClean();
}

void FigureDropTest::aNewExperimentIsNotReplacedByAFigureAskedForBefore()
{
    LectureWindow shown("t5-encoder");
    {
        const BusyPool busy;
        shown.drop(figureOf("book-small"));
        shown.action(QStringLiteral("New"))->trigger();
    }
    QCoreApplication::processEvents();
    QVERIFY(shown.model.experiment() == presets().front().experiment);
}

void FigureDropTest::nothingIsSaidOfAReadingThatWasGivenUp()
{
    LectureWindow shown("t5-encoder");
    shown.model.setField(QStringLiteral("length"), std::int64_t{77});
    shown.settle();
    const Answers cancel(QMessageBox::Cancel);
    {
        const BusyPool busy;
        shown.drop(figureOf("book-small"));
        QTRY_VERIFY(shown.says(QStringLiteral("Opening “book-small.png”…")));
        shown.action(QStringLiteral("New"))->trigger();
        QVERIFY(cancel.said.contains(QStringLiteral("Save the changes")));
        QVERIFY(!shown.says(QStringLiteral("Opening")));
    }
    QCOMPARE(shown.model.experiment().length, std::int64_t{77});
    shown.model.undoStack()->setClean();
}

void FigureDropTest::closingWhileFiguresAreReadIsClean()
{
    auto shown = std::make_unique<LectureWindow>("t5-encoder");
    const BusyPool busy;
    shown->drop(figureOf("book-small"));
    shown->drop(m_folder.filePath(QStringLiteral("not-there.png")));
    QVERIFY(shown->window.close());
    QCoreApplication::processEvents();
    QCOMPARE(QString::fromStdString(shown->model.experiment().title), titleOf("t5-encoder"));
    shown.reset();
}

void FigureDropTest::keptFiguresSurviveSavingAndOpening()
{
    const QString file = m_folder.filePath(QStringLiteral("kept.posbias"));
    FigureDesign design = standardDesign(FigureKind::Bias);
    design.name = "first";
    const Lecture lecture{findPreset("book-small")->experiment, {design}};
    writeLecture(file.toStdString(), lecture);
    LectureWindow shown("t5-encoder");
    QVERIFY(shown.window.openFile(file.toStdString()));
    shown.settle();
    QVERIFY(shown.action(QStringLiteral("first")));
    ExportDialog* dialog = shown.openExport();
    dialog->findChild<QLineEdit*>(QStringLiteral("export:name"))->setText(QStringLiteral("second"));
    buttonOf(dialog, "Keep in File")->click();
    dialog->close();
    QVERIFY(shown.window.isWindowModified());
    QVERIFY(shown.action(QStringLiteral("second")));
    shown.action(QStringLiteral("Save"))->trigger();
    QVERIFY(!shown.window.isWindowModified());
    const Lecture saved = readLecture(file.toStdString());
    QCOMPARE(saved.figures.size(), std::size_t{2});
    QVERIFY(saved.figures[0] == design);
    QCOMPARE(saved.figures[1].name, std::string("second"));
    QVERIFY(saved.experiment == lecture.experiment);
}

void FigureDropTest::keepingIsUndone()
{
    LectureWindow shown("book-small");
    ExportDialog* dialog = shown.openExport();
    dialog->findChild<QLineEdit*>(QStringLiteral("export:name"))->setText(QStringLiteral("kept"));
    buttonOf(dialog, "Keep in File")->click();
    dialog->close();
    QVERIFY(shown.action(QStringLiteral("kept")) && shown.window.isWindowModified());
    shown.model.undo();
    QVERIFY(!shown.action(QStringLiteral("kept")) && !shown.window.isWindowModified());
}

void FigureDropTest::aFigureThatDoesNotFitAnyMoreIsToldBeforeSaving()
{
    const QString file = m_folder.filePath(QStringLiteral("unfit.posbias"));
    FigureDesign design = standardDesign(FigureKind::Bias);
    design.name = "cell";
    design.annotations = {{CellMark{7, 3}, {}, {}}};
    writeLecture(file.toStdString(), {findPreset("book-small")->experiment, {design}});
    const QByteArray before = bytesOf(file);
    LectureWindow shown("t5-encoder");
    QVERIFY(shown.window.openFile(file.toStdString()));
    shown.model.setField(QStringLiteral("length"), std::int64_t{6});
    const Answers ok(QMessageBox::Ok);
    shown.action(QStringLiteral("Save"))->trigger();
    QVERIFY(ok.said.contains(QStringLiteral("“cell”")));
    QCOMPARE(bytesOf(file), before);
    shown.model.undoStack()->setClean();
}

void FigureDropTest::theMenuOfKeptFiguresIsEmptiedAgainAndAgain()
{
    const QString file = m_folder.filePath(QStringLiteral("kept-once.posbias"));
    FigureDesign design = standardDesign(FigureKind::Bias);
    design.name = "only";
    writeLecture(file.toStdString(), {findPreset("book-small")->experiment, {design}});
    LectureWindow shown("t5-encoder");
    for (int turn = 0; turn < 3; ++turn) {
        QVERIFY(shown.window.openFile(file.toStdString()));
        QVERIFY(shown.action(QStringLiteral("only")));
        shown.action(QStringLiteral("New"))->trigger();
        shown.action(QStringLiteral("New"))->trigger();
        QVERIFY(!shown.action(QStringLiteral("only")));
    }
    ExportDialog* dialog = shown.openExport();
    dialog->findChild<QLineEdit*>(QStringLiteral("export:name"))->setText(QStringLiteral("kept"));
    buttonOf(dialog, "Keep in File")->click();
    dialog->close();
    for (int turn = 0; turn < 3; ++turn) {
        shown.model.undo();
        QVERIFY(!shown.action(QStringLiteral("kept")));
        shown.model.undoStack()->redo();
        QVERIFY(shown.action(QStringLiteral("kept")));
    }
    shown.model.undoStack()->setClean();
}

QTEST_MAIN(FigureDropTest)
#include "figure_drop.moc"
