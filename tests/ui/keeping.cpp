// SPDX-License-Identifier: GPL-3.0-or-later
// What people keep: the window's file against everybody else who writes to it, and the journal of what is not saved.

#include "core/experiment/presets.h"
#include "core/io/experiment_file.h"
#include "core/io/file_claim.h"
#include "core/io/journal_place.h"
#include "core/io/lecture_file.h"
#include "core/io/state_files.h"
#include "tests/ui/lab_window.h"
#include "ui/model/journal_keeper.h"
#include "ui/text/differences.h"
#include "ui/text/file_names.h"
#include "ui/window/document.h"
#include "ui/window/export/export_dialog.h"
#include "ui/window/recent_files.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QDesktopServices>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <csignal>
#include <fstream>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace posbias;
using namespace posbias::ui;
namespace fs = std::filesystem;

namespace {

constexpr int patience = 60'000;

Experiment titled(const std::string& title)
{
    Experiment e = lab::small();
    e.title = title;
    return e;
}

std::string bytesIn(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void put(const fs::path& file, const std::string& bytes)
{
    std::ofstream(file, std::ios::binary) << bytes;
}

/// As many editors save: a new file in the place of the old one.
void putByRenaming(const fs::path& file, const std::string& bytes)
{
    const fs::path made = file.string() + ".new";
    put(made, bytes);
    fs::rename(made, file);
}

/// A window with a file open.
struct Opened {
    MainWindow window;
    ExperimentModel& model = *window.model();
    Document& document = *window.findChild<Document*>();

    explicit Opened(const fs::path& file = {})
    {
        if (!file.empty())
            window.openFile(file);
        window.resize(1200, 800);
        window.show();
    }
    QWidget* bar(const char* name = "fileBar") const { return window.findChild<QWidget*>(QLatin1String(name)); }
    QString words(const char* name = "fileBar") const
    {
        auto* label = window.findChild<QLabel*>(QLatin1String(name) + QStringLiteral(":words"));
        return label && bar(name)->isVisible() ? label->text() : QString();
    }
    QPushButton* button(const QString& text, const char* name = "fileBar") const
    {
        for (auto* each : bar(name)->findChildren<QPushButton*>()) {
            if (each->text() == text && !each->isHidden())
                return each;
        }
        return nullptr;
    }
    void press(const QString& text, const char* name = "fileBar")
    {
        QPushButton* found = button(text, name);
        QVERIFY2(found, qPrintable(text));
        found->click();
    }
    void rename(const std::string& title)
    {
        model.setField(QStringLiteral("title"), title);
        model.endGesture();
    }
    std::string title() const { return window.findChild<Document*>()->journal().experiment.title; }
    QAction* action(const QString& text) const
    {
        for (QAction* each : window.findChildren<QAction*>()) {
            if (each->text().remove(u'&') == text)
                return each;
        }
        return nullptr;
    }
    void save() { action(QStringLiteral("Save"))->trigger(); }
};

/// Types a name into the next file dialog and accepts it.
class ChooseFile {
public:
    explicit ChooseFile(const fs::path& file)
    {
        QObject::connect(&m_timer, &QTimer::timeout, [this, file] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            if (!dialog)
                return;
            // The file that is selected at first would come before what is typed.
            for (auto* view : dialog->findChildren<QAbstractItemView*>())
                view->clearSelection();
            dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(textOf(file));
            if (dialog->selectedFiles() != QStringList(textOf(file)))
                return;
            m_timer.stop();
            QMetaObject::invokeMethod(dialog, "accept");
        });
        m_timer.start(5);
    }

private:
    QTimer m_timer;
};

/// Presses what says yes in words of its own.
void pressAccepting(const QMessageBox& box)
{
    for (QAbstractButton* button : box.buttons())
        if (box.buttonRole(button) == QMessageBox::AcceptRole)
            button->click();
}

/// Presses a button of the next message box.
class Answer {
public:
    explicit Answer(QMessageBox::StandardButton button)
    {
        QObject::connect(&m_timer, &QTimer::timeout, [this, button] {
            if (auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
                said = box->text() + u' ' + box->informativeText();
                box->button(button)->click();
            }
        });
        m_timer.start(5);
    }
    QString said;

private:
    QTimer m_timer;
};

/// While it lives, the process has no rights of an administrator, as far as files go.
class AsNobody {
public:
    AsNobody() : m_was(::geteuid()) { dropped = m_was == 0 && ::seteuid(65534) == 0; }
    ~AsNobody()
    {
        if (dropped) [[maybe_unused]]
            const int back = ::seteuid(m_was);
    }
    bool dropped = false;

private:
    uid_t m_was;
};

/// Opens what is to be shown to a person.
class Desktop : public QObject {
    Q_OBJECT
public:
    QList<QUrl> opened;
public Q_SLOTS:
    void open(const QUrl& url) { opened << url; }
};

std::vector<fs::path> journalsIn(const fs::path& folder)
{
    std::vector<fs::path> found;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none)) {
        if (fs::exists(entry.path() / "journal.json"))
            found.push_back(entry.path() / "journal.json");
    }
    return found;
}

}  // namespace

class TestKeeping : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void aFileChangedByAnotherProgramIsNotOverwritten();
    void aRefusedSaveSaysSoEverywhere();
    void noKeyPressedByHabitAnswersABar();
    void undoneToTheSavedStateItIsStillNotInTheFile();
    void aFileReplacedByRenamingIsNoticedEveryTime();
    void reloadingIsOneStepThatUndoTakesBack();
    void overwritingKeepsTheOtherVersion();
    void overwritingNeverReplacesAnEarlierCopy();
    void savingLooksEvenIfNobodyToldOfTheChange();
    void saveAsOverTheChangedFileAsksFirst();
    void aTouchedFileIsTheSame();
    void aFileThatIsAsItWasAgainNeedsNoAnswer();
    void twoWindowsOnOneFileKnowOfEachOther();
    void aSecondWindowOnAFileSaysSoWhenItOpens();
    void aFileThatAnotherProcessHasOpenIsTold();
    void whatACrashedWindowHadOpenIsForgottenAtTheNextStart();
    void aDeletedFileIsUnsavedWorkAndCanBeSavedAgain();
    void aFileThatBecameUnreadableIsNotReplacedBlindly();
    void aFileThatWasBrokenByOthersCannotBeReloaded();
    void aFileBehindALinkIsWatched();
    void aPresetLeavesTheFileAloneAndComesBackToIt();
    void aPresetThatWasSavedOverItsFileIsNobodyElsesChange();
    void openingTheOpenFileAgainOpensWhatWasJustSaved();
    void aReadOnlyFileOffersSaveAs();
    void aFailedSaveOffersSaveAs();
    void nothingIsSavedIntoWhatIsNoFile();

    void aSaveThatBrokeOffOffersWhatTheFileHeld();
    void whatAFileHeldIsKeptOrRemovedAsAPersonSays();
    void aFileThatASaveBrokeOpensAsItWasBefore();
    void aCopyThatCannotBeShownIsNotOffered();
    void aCopyThatVanishesBehindItsQuestionIsTold();
    void aCompressedFilesCopyKeepsBothItsEndings();

    void theOpenDialogShowsAllThatCanBeRead();
    void theTitleBarNamesTheFile();
    void anExportSaysWhereItIs();
    void withoutAFileManagerThePathCanBeCopied();
    void aLongPathDoesNotWidenTheWindow();
    void aWindowMayEndWithItsDialogOpen();
    void namesThatAreNoTextAreRefused();

    void aWindowTakesUpATrainingThatAnotherLeft();
    void discardingAJournalDiscardsTheTrainingsItTellsOf();
    void nothingUnsavedLeavesNoJournal();
    void everyChangeIsInTheJournalSoon();
    void theJournalIsWrittenWhileChangesGoOn();
    void restoredTheDocumentIsAsItWas();
    void theOnlyCopyOfADeletedFileIsOnTheDiskAllTheTime();
    void snapshotsOfTheJournalShareItsSteps();
    void anInvalidExperimentIsRestoredWithItsProblem();
    void aDiscardedJournalIsNotOfferedAgain();
    void aDiscardedJournalCanBeHadBack();
    void whatWasDiscardedGoesWithTheWindow();
    void aHiddenOfferComesAgain();
    void aRunningWindowsJournalIsNotOffered();
    void severalAreOfferedOneAfterTheOther();
    void aDamagedJournalIsToldAndStays();
    void whatDiffersIsToldFieldByField();
    void aFullDiskIsToldOnceAndWorkGoesOn();
    void closingWithoutSavingTakesTheJournalAway();

private:
    fs::path file(const char* name) const { return m_folder->filePath(QLatin1String(name)).toStdString(); }
    fs::path journals() const { return file("journals"); }
    /// A window that was killed: its journal stays, its lock is gone.
    void leaveJournal(const std::function<void(Opened&)>& work, const fs::path& file = {});

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<lab::OwnSettings> m_settings;
};

void TestKeeping::initTestCase()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");  // no file manager but the one below
}

void TestKeeping::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<lab::OwnSettings>();
    // Also for those who are not its owner.
    fs::permissions(file("."), fs::perms::all);
}

void TestKeeping::cleanup()
{
    m_folder.reset();
    m_settings.reset();
}

void TestKeeping::leaveJournal(const std::function<void(Opened&)>& work, const fs::path& file)
{
    Opened opened(file);
    opened.window.keepJournal(journals());
    work(opened);
    opened.window.keepForNextStart();
}

void TestKeeping::aFileChangedByAnotherProgramIsNotOverwritten()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    Opened opened(mine);
    QVERIFY(opened.words().isEmpty());
    opened.rename("Mine");
    writeExperiment(mine, titled("Theirs"));
    QTRY_VERIFY_WITH_TIMEOUT(opened.words().contains(QStringLiteral("“mine.posbias” was changed")), patience);
    opened.save();
    QCOMPARE(readExperiment(mine).title, std::string("Theirs"));
    QCOMPARE(opened.title(), std::string("Mine"));
    QVERIFY(opened.document.isModified());
    for (const char* answer : {"Reload", "Overwrite", "Save As…"})
        QVERIFY(opened.button(QString::fromUtf8(answer)));
    ChooseFile choose(file("other.posbias"));
    opened.press(QStringLiteral("Save As…"));
    QCOMPARE(readExperiment(file("other.posbias")).title, std::string("Mine"));
    QCOMPARE(readExperiment(mine).title, std::string("Theirs"));
    QVERIFY(opened.words().isEmpty());
}

void TestKeeping::aRefusedSaveSaysSoEverywhere()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    Opened opened(mine);
    auto* said = opened.window.findChild<QLabel*>(QStringLiteral("done"));
    opened.rename("Mine");
    opened.save();
    QVERIFY(said->text().contains(QStringLiteral("Saved")));
    writeExperiment(mine, titled("Theirs"));
    QTRY_VERIFY_WITH_TIMEOUT(!opened.words().isEmpty(), patience);
    QVERIFY2(!said->isVisible(), qPrintable(said->text()));
    QVERIFY(opened.window.isWindowModified());
    QVERIFY(opened.window.windowTitle().contains(QStringLiteral("(changed on disk)")));
    opened.save();
    QVERIFY2(opened.words().startsWith(QStringLiteral("Not saved")), qPrintable(opened.words()));
    QVERIFY2(said->isVisible() && said->text().startsWith(QStringLiteral("Not saved")), qPrintable(said->text()));
    QVERIFY(opened.window.isWindowModified());
    QCOMPARE(readExperiment(mine).title, std::string("Theirs"));
}

void TestKeeping::noKeyPressedByHabitAnswersABar()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    Opened opened(mine);
    opened.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&opened.window, patience));
    QWidget* before = opened.window.focusWidget();
    QVERIFY(before);
    opened.rename("Mine");
    writeExperiment(mine, titled("Theirs"));
    opened.save();
    QCOMPARE(opened.window.focusWidget(), opened.bar());
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space})
        QTest::keyClick(opened.window.focusWidget(), key);
    QCOMPARE(opened.title(), std::string("Mine"));
    QCOMPARE(readExperiment(mine).title, std::string("Theirs"));
    QTest::keyClick(opened.window.focusWidget(), Qt::Key_Tab);
    QCOMPARE(opened.window.focusWidget(), opened.button(QStringLiteral("Reload")));
    QTest::keyClick(opened.window.focusWidget(), Qt::Key_Escape);
    QVERIFY(!opened.bar()->isVisible());
    QCOMPARE(opened.window.focusWidget(), before);
    QCOMPARE(opened.title(), std::string("Mine"));
}

void TestKeeping::undoneToTheSavedStateItIsStillNotInTheFile()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    Opened opened(mine);
    opened.rename("Mine");
    writeExperiment(mine, titled("Theirs"));
    QTRY_VERIFY_WITH_TIMEOUT(!opened.words().isEmpty(), patience);
    opened.model.undo();
    QCOMPARE(opened.title(), std::string("Before"));
    QVERIFY(opened.window.isWindowModified());
    {
        Answer cancel(QMessageBox::Cancel);
        QVERIFY(!opened.window.close());
        QVERIFY2(cancel.said.contains(QStringLiteral("in no file")), qPrintable(cancel.said));
    }
    opened.press(QStringLiteral("Reload"));
    QVERIFY(!opened.window.isWindowModified());
}

void TestKeeping::aFileReplacedByRenamingIsNoticedEveryTime()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    Opened opened(mine);
    for (const char* version : {"First", "Second", "Third"}) {
        putByRenaming(mine, toJson(titled(version)));
        QTRY_VERIFY_WITH_TIMEOUT(!opened.words().isEmpty(), patience);
        opened.press(QStringLiteral("Reload"));
        QCOMPARE(opened.title(), std::string(version));
        QVERIFY(opened.words().isEmpty());
        QVERIFY(!opened.document.isModified());
    }
}

void TestKeeping::reloadingIsOneStepThatUndoTakesBack()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    Opened opened(mine);
    opened.rename("Mine");
    FigureDesign figure;
    figure.name = "theirs";
    writeLecture(mine, {titled("Theirs"), {figure}});
    QTRY_VERIFY_WITH_TIMEOUT(opened.button(QStringLiteral("Reload")), patience);
    opened.press(QStringLiteral("Reload"));
    QCOMPARE(opened.title(), std::string("Theirs"));
    QCOMPARE(opened.document.figures().size(), std::size_t{1});
    QVERIFY(!opened.document.isModified());
    opened.model.undo();
    QCOMPARE(opened.title(), std::string("Mine"));
    QVERIFY(opened.document.figures().empty());
    QVERIFY(opened.document.isModified());
    // Their version was seen: mine may follow it.
    opened.save();
    QCOMPARE(readExperiment(mine).title, std::string("Mine"));
    opened.model.undo();
    QCOMPARE(opened.title(), std::string("Before"));
}

void TestKeeping::overwritingKeepsTheOtherVersion()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    Opened opened(mine);
    opened.rename("Mine");
    put(mine, "no experiment at all");
    opened.save();
    QVERIFY(opened.button(QStringLiteral("Overwrite")));
    opened.press(QStringLiteral("Overwrite"));
    QCOMPARE(readExperiment(mine).title, std::string("Mine"));
    QCOMPARE(bytesIn(file("mine (other version).posbias")), std::string("no experiment at all"));
    QVERIFY(opened.words().isEmpty());
    QVERIFY(!opened.document.isModified());
    QVERIFY(opened.window.findChild<QLabel*>(QStringLiteral("done"))
                ->text()
                .contains(QStringLiteral("mine (other version).posbias")));
}

void TestKeeping::overwritingNeverReplacesAnEarlierCopy()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    Opened opened(mine);
    for (const char* version : {"one", "two", ""}) {
        opened.rename(std::string("Mine against ") + version);
        put(mine, version);
        opened.save();
        opened.press(QStringLiteral("Overwrite"));
    }
    QCOMPARE(bytesIn(file("mine (other version).posbias")), std::string("one"));
    QCOMPARE(bytesIn(file("mine (other version 2).posbias")), std::string("two"));
    QVERIFY(fs::exists(file("mine (other version 3).posbias")));  // somebody emptied it
    QCOMPARE(readExperiment(mine).title, std::string("Mine against "));
}

void TestKeeping::savingLooksEvenIfNobodyToldOfTheChange()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    Opened opened(mine);
    opened.rename("Mine");
    writeExperiment(mine, titled("Theirs"));
    QVERIFY(!opened.document.save());  // no event was processed in between
    QCOMPARE(readExperiment(mine).title, std::string("Theirs"));
    QVERIFY(!opened.words().isEmpty());
}

void TestKeeping::saveAsOverTheChangedFileAsksFirst()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    Opened opened(mine);
    opened.rename("Mine");
    writeExperiment(mine, titled("Theirs"));
    ChooseFile choose(mine);
    Answer replace(QMessageBox::Yes);
    QVERIFY(!opened.document.saveAs());
    QCOMPARE(readExperiment(mine).title, std::string("Theirs"));
    QVERIFY(opened.button(QStringLiteral("Overwrite")));
}

void TestKeeping::aTouchedFileIsTheSame()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Same"));
    Opened opened(mine);
    FileWatch watch;
    QSignalSpy looks(&watch, &FileWatch::looked);
    watch.setFile(mine, contentDigest(bytesIn(mine)));
    QTRY_COMPARE_WITH_TIMEOUT(looks.count(), 1, patience);
    putByRenaming(mine, bytesIn(mine));
    QTRY_VERIFY_WITH_TIMEOUT(looks.count() > 1, patience);
    QVERIFY(looks.last().first().value<FileContent>().kind == FileContent::Kind::Same);
    opened.rename("Mine");
    opened.save();
    QCOMPARE(readExperiment(mine).title, std::string("Mine"));
    QVERIFY(opened.words().isEmpty());
}

void TestKeeping::aFileThatIsAsItWasAgainNeedsNoAnswer()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    const std::string before = bytesIn(mine);
    Opened opened(mine);
    put(mine, "changed");
    QTRY_VERIFY_WITH_TIMEOUT(!opened.words().isEmpty(), patience);
    put(mine, "changed again");
    put(mine, before);
    QTRY_VERIFY_WITH_TIMEOUT(opened.words().isEmpty(), patience);
}

void TestKeeping::twoWindowsOnOneFileKnowOfEachOther()
{
    const fs::path shared = file("shared.posbias");
    writeExperiment(shared, titled("Before"));
    Opened first(shared), second(shared);
    first.rename("First");
    second.rename("Second");
    first.save();
    QVERIFY(first.words().isEmpty());
    second.save();
    QCOMPARE(readExperiment(shared).title, std::string("First"));
    QVERIFY(second.button(QStringLiteral("Overwrite")));
    second.press(QStringLiteral("Overwrite"));
    QTRY_VERIFY_WITH_TIMEOUT(first.words().contains(QStringLiteral("changed")), patience);
    first.press(QStringLiteral("Reload"));
    QCOMPARE(first.title(), std::string("Second"));
}

void TestKeeping::aSecondWindowOnAFileSaysSoWhenItOpens()
{
    const fs::path shared = file("shared.posbias");
    writeExperiment(shared, titled("Before"));
    auto first = std::make_unique<Opened>(shared);
    first->window.keepJournal(journals());
    QVERIFY(first->words().isEmpty());
    Opened second;
    second.window.keepJournal(journals());
    fs::create_symlink(shared, file("link.posbias"));
    second.window.openFile(file("link.posbias"));
    QVERIFY2(second.words().contains(QStringLiteral("also open in another window")), qPrintable(second.words()));
    second.press(QStringLiteral("Switch"));
    QTRY_VERIFY_WITH_TIMEOUT(first->window.isActiveWindow(), patience);
    // Closed there, it is this window's alone.
    first.reset();
    second.document.lookAtFile();
    QTRY_VERIFY_WITH_TIMEOUT(second.words().isEmpty(), patience);
    Opened third(shared);
    third.window.keepJournal(journals());
    QVERIFY(!third.words().isEmpty());
}

void TestKeeping::aFileThatAnotherProcessHasOpenIsTold()
{
    const fs::path mine = file("mine.posbias"), other = file("other.posbias");
    writeExperiment(mine, titled("Before"));
    writeExperiment(other, titled("Other"));
    int ready[2] = {}, done[2] = {};
    QCOMPARE(::pipe(ready), 0);
    QCOMPARE(::pipe(done), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const FileClaim claim(journals() / "open", mine);
        char byte = 'x';
        [[maybe_unused]] ssize_t ignored = ::write(ready[1], &byte, 1);
        ::close(done[1]);
        ignored = ::read(done[0], &byte, 1);
        ::_exit(0);  // without taking the claim back, as a crash
    }
    // With the child's end alone a child that dies ends the reading, too.
    ::close(ready[1]);
    char byte = 0;
    QCOMPARE(::read(ready[0], &byte, 1), ssize_t{1});
    Opened opened(other);
    opened.window.keepJournal(journals());
    QVERIFY(opened.words().isEmpty());
    opened.window.openFile(mine);
    QVERIFY2(opened.words().contains(QStringLiteral("also open in another window")), qPrintable(opened.words()));
    QVERIFY(!opened.button(QStringLiteral("Switch")));
    for (const int end : {done[0], done[1], ready[0]})
        ::close(end);
    QCOMPARE(::waitpid(child, nullptr, 0), child);
    opened.document.lookAtFile();
    QTRY_VERIFY_WITH_TIMEOUT(opened.words().isEmpty(), patience);
}

void TestKeeping::whatACrashedWindowHadOpenIsForgottenAtTheNextStart()
{
    const fs::path claims = journals() / "open", mine = file("mine.posbias"), other = file("other.posbias");
    const auto entries = [&] { return std::distance(fs::directory_iterator(claims), fs::directory_iterator()); };
    const pid_t child = ::fork();
    if (child == 0) {
        const FileClaim claim(claims, mine);
        ::_exit(0);  // without taking the claim back, as a crash
    }
    QCOMPARE(::waitpid(child, nullptr, 0), child);
    QCOMPARE(entries(), 1);
    FileClaim held(claims, other);
    Opened opened;
    opened.window.keepJournal(journals());
    QCOMPARE(entries(), 1);
    QVERIFY(held.isMine());
    FileClaim second(claims, other), free(claims, mine);
    QVERIFY(!second.isMine());
    QVERIFY(free.isMine());
}

void TestKeeping::aDeletedFileIsUnsavedWorkAndCanBeSavedAgain()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Only copy"));
    Opened opened(mine);
    QVERIFY(!opened.document.isModified());
    fs::remove(mine);
    QTRY_VERIFY_WITH_TIMEOUT(opened.words().contains(QStringLiteral("not there any more")), patience);
    QVERIFY(opened.window.isWindowModified());
    {
        Answer cancel(QMessageBox::Cancel);
        QVERIFY(!opened.window.close());
    }
    opened.press(QStringLiteral("Save Again"));
    QCOMPARE(readExperiment(mine).title, std::string("Only copy"));
    QVERIFY(opened.words().isEmpty());
    QVERIFY(!opened.window.isWindowModified());
}

void TestKeeping::aFileThatBecameUnreadableIsNotReplacedBlindly()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    Opened opened(mine);
    opened.rename("Mine");
    fs::remove(mine);
    fs::create_directory(mine);  // an administrator can read everything else
    opened.save();
    QVERIFY2(opened.words().contains(QStringLiteral("cannot be read any more")), qPrintable(opened.words()));
    QVERIFY(fs::is_directory(mine));
    QVERIFY(opened.button(QStringLiteral("Save As…")));
}

void TestKeeping::aFileThatWasBrokenByOthersCannotBeReloaded()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    Opened opened(mine);
    opened.rename("Mine");
    put(mine, "{\"posbias\": 1, \"lenght\": 5}");
    opened.save();
    opened.press(QStringLiteral("Reload"));
    QVERIFY2(opened.words().contains(QStringLiteral("lenght")), qPrintable(opened.words()));
    QCOMPARE(opened.title(), std::string("Mine"));
    QVERIFY(opened.button(QStringLiteral("Overwrite")));
}

void TestKeeping::aFileBehindALinkIsWatched()
{
    fs::create_directory(file("elsewhere"));
    const fs::path target = file("elsewhere/target.posbias"), link = file("link.posbias");
    writeExperiment(target, titled("Before"));
    fs::create_symlink(target, link);
    Opened opened(link);
    putByRenaming(target, toJson(titled("Theirs")));
    QTRY_VERIFY_WITH_TIMEOUT(opened.words().contains(QStringLiteral("link.posbias")), patience);
}

void TestKeeping::aPresetLeavesTheFileAloneAndComesBackToIt()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    Opened opened(mine);
    opened.document.usePreset(*findPreset("book-small"));
    writeExperiment(mine, titled("Theirs"));
    opened.document.lookAtFile();
    QVERIFY(opened.words().isEmpty());
    opened.model.undo();
    QTRY_VERIFY_WITH_TIMEOUT(opened.words().contains(QStringLiteral("changed")), patience);
}

void TestKeeping::aPresetThatWasSavedOverItsFileIsNobodyElsesChange()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    Opened opened(mine);
    opened.document.usePreset(*findPreset("book-small"));
    {
        ChooseFile choose(mine);
        Answer replace(QMessageBox::Yes);
        QVERIFY(opened.document.saveAs());
    }
    opened.model.undo();
    QCOMPARE(opened.title(), std::string("Before"));
    QCOMPARE(opened.document.file(), mine);
    QVERIFY(opened.document.isModified());
    QVERIFY(opened.document.save());
    QVERIFY2(opened.words().isEmpty(), qPrintable(opened.words()));
    QCOMPARE(readExperiment(mine).title, std::string("Before"));
    // Redone and undone, too; and what others write is still noticed.
    opened.model.undoStack()->redo();
    QVERIFY(opened.document.save());
    opened.model.undo();
    writeExperiment(mine, titled("Theirs"));
    QVERIFY(!opened.document.save());
    QVERIFY(opened.words().contains(QStringLiteral("changed")));
}

void TestKeeping::openingTheOpenFileAgainOpensWhatWasJustSaved()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    Opened opened(mine);
    opened.rename("Mine");
    Answer save(QMessageBox::Save);
    QVERIFY(opened.window.openFile(mine));
    QVERIFY(!save.said.isEmpty());
    QCOMPARE(opened.title(), std::string("Mine"));
    QVERIFY(!opened.document.isModified());
}

void TestKeeping::aReadOnlyFileOffersSaveAs()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    fs::permissions(mine, fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
    const AsNobody nobody;
    if (!nobody.dropped && ::geteuid() == 0)
        QSKIP("needs to be somebody who may not write");
    Opened opened(mine);
    QTRY_VERIFY_WITH_TIMEOUT(opened.window.windowTitle().contains(QStringLiteral("(read-only)")), patience);
    opened.rename("Mine");
    opened.save();
    QVERIFY2(opened.words().contains(QStringLiteral("not saved")), qPrintable(opened.words()));
    QVERIFY(opened.words().contains(QStringLiteral("not allowed")));
    QVERIFY(opened.button(QStringLiteral("Save As…")));
    QCOMPARE(readExperiment(mine).title, std::string("Before"));
    ChooseFile choose(file("other.posbias"));
    opened.press(QStringLiteral("Save As…"));
    QCOMPARE(readExperiment(file("other.posbias")).title, std::string("Mine"));
    QTRY_VERIFY_WITH_TIMEOUT(!opened.window.windowTitle().contains(QStringLiteral("(read-only)")), patience);
}

void TestKeeping::aFailedSaveOffersSaveAs()
{
    Opened opened;
    opened.rename("Mine");
    fs::create_directory(file("gone"));
    const fs::path mine = file("gone/mine.posbias");
    {
        ChooseFile choose(mine);
        opened.save();
    }
    fs::remove_all(file("gone"));
    opened.rename("Mine still");
    opened.save();
    QVERIFY2(opened.words().contains(QStringLiteral("“mine.posbias” was not saved")), qPrintable(opened.words()));
    QVERIFY(opened.document.isModified());
    ChooseFile choose(file("here.posbias"));
    opened.press(QStringLiteral("Save As…"));
    QCOMPARE(readExperiment(file("here.posbias")).title, std::string("Mine still"));
}

void TestKeeping::nothingIsSavedIntoWhatIsNoFile()
{
    const fs::path pipe = file("pipe.posbias"), device = file("device.posbias");
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    fs::create_symlink("/dev/null", device);
    for (const fs::path& target : {pipe, device}) {
        const fs::path mine = file("mine.posbias");
        writeExperiment(mine, titled("Mine"));
        Opened opened(mine);
        opened.rename("Mine, changed");
        fs::remove(mine);
        fs::create_symlink(target, mine);
        QVERIFY(!opened.document.save());
        QVERIFY(opened.document.isModified());
        fs::remove(mine);
    }
}

void TestKeeping::aSaveThatBrokeOffOffersWhatTheFileHeld()
{
    const fs::path mine = file("mine.posbias"), copy = file("mine.posbias.before-saving-7");
    writeExperiment(mine, titled("After"));
    writeExperiment(copy, titled("Before"));
    put(file("mine.posbias.before-saving-8"), "half of it");
    Opened opened(mine);
    QVERIFY2(opened.words().contains(QStringLiteral("mine.posbias.before-saving-7")), qPrintable(opened.words()));
    opened.press(QStringLiteral("Restore"));
    QVERIFY(opened.words().isEmpty());
    QCOMPARE(opened.title(), std::string("Before"));
    QVERIFY(opened.document.isModified());
    QCOMPARE(readExperiment(mine).title, std::string("After"));
    opened.model.undo();
    QCOMPARE(opened.title(), std::string("After"));
    QVERIFY(!opened.document.isModified());
    // Saving says so again, as nobody has put it away; trouble with the file comes first.
    opened.rename("Mine");
    opened.save();
    QVERIFY(opened.button(QStringLiteral("Keep")));
    writeExperiment(mine, titled("Theirs"));
    QTRY_VERIFY_WITH_TIMEOUT(opened.button(QStringLiteral("Reload")), patience);
    QVERIFY(fs::exists(copy));
}

void TestKeeping::whatAFileHeldIsKeptOrRemovedAsAPersonSays()
{
    qputenv("XDG_DATA_HOME", QByteArray::fromStdString(file("data").string()));  // a trash of the test's own
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("After"));
    put(file("mine (before saving).posbias"), "a person's own");
    writeExperiment(file("mine.posbias.before-saving-7"), titled("Before"));
    writeExperiment(file("mine.posbias.before-saving-8"), titled("Before"));
    Opened opened(mine);
    opened.press(QStringLiteral("Keep"));
    QCOMPARE(readExperiment(file("mine (before saving 2).posbias")).title, std::string("Before"));
    QCOMPARE(bytesIn(file("mine (before saving).posbias")), std::string("a person's own"));
    QVERIFY(opened.window.findChild<QLabel*>(QStringLiteral("done"))
                ->toolTip()
                .contains(QStringLiteral("(before saving 2)")));
    opened.press(QStringLiteral("Remove"));
    QVERIFY(opened.words().isEmpty());
    QVERIFY(!fs::exists(file("mine.posbias.before-saving-7")) && !fs::exists(file("mine.posbias.before-saving-8")));
    QVERIFY(!fs::exists("files") && !fs::exists("info"));  // not where the test was started
    QCOMPARE(opened.title(), std::string("After"));
    qunsetenv("XDG_DATA_HOME");
}

void TestKeeping::aFileThatASaveBrokeOpensAsItWasBefore()
{
    const fs::path mine = file("mine.posbias");
    put(mine, "{\"posbias\": 1, \"tit");
    writeExperiment(file("mine.posbias.before-saving-7"), titled("Before"));
    Opened opened;
    QTimer answer;
    connect(&answer, &QTimer::timeout, [&] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (!box)
            return;
        answer.stop();
        pressAccepting(*box);
    });
    answer.start(5);
    QVERIFY(opened.window.openFile(mine));
    QCOMPARE(opened.title(), std::string("Before"));
    QCOMPARE(opened.document.file(), mine);
    QVERIFY(opened.document.isModified());
    opened.save();
    QCOMPARE(readExperiment(mine).title, std::string("Before"));
    QVERIFY(!opened.document.isModified());
}

void TestKeeping::aCopyThatCannotBeShownIsNotOffered()
{
    const fs::path mine = file("mine.posbias"), folder = fs::path(file("d").string() + "\351");
    put(mine, "{\"posbias\": 1, \"tit");
    Experiment tooLong = titled("Before");
    tooLong.length = 1 << 21;
    writeExperiment(file("mine.posbias.before-saving-7"), tooLong);
    fs::create_directory(folder);
    writeExperiment(folder / "x.posbias", titled("After"));
    writeExperiment(folder / "x.posbias.before-saving-7", titled("Before"));
    Opened opened;
    for (const fs::path& refused : {mine, folder / "x.posbias"}) {
        Answer ok(QMessageBox::Ok);
        QVERIFY(!opened.window.openFile(refused));
        QVERIFY2(ok.said.contains(QStringLiteral("could not be opened")), qPrintable(ok.said));
        QVERIFY2(!ok.said.contains(QStringLiteral("before-saving")), qPrintable(ok.said));
    }
    fs::remove_all(folder);  // what has no text for a name the folder's end would leave
    writeExperiment(mine, titled("After"));
    QVERIFY(opened.window.openFile(mine));
    QVERIFY2(opened.words().isEmpty(), qPrintable(opened.words()));
}

void TestKeeping::aCopyThatVanishesBehindItsQuestionIsTold()
{
    const fs::path mine = file("mine.posbias"), copy = file("mine.posbias.before-saving-7");
    put(mine, "{\"posbias\": 1, \"tit");
    writeExperiment(copy, titled("Before"));
    Opened opened;
    const std::string title = opened.title();
    QStringList said;
    QTimer answer;
    connect(&answer, &QTimer::timeout, [&] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (!box)
            return;
        said << box->text();
        fs::remove(copy);
        pressAccepting(*box);
    });
    answer.start(5);
    QVERIFY(!opened.window.openFile(mine));
    QCOMPARE(said.size(), 2);
    QVERIFY2(said.last().contains(QStringLiteral("before-saving-7” cannot be read")), qPrintable(said.last()));
    QCOMPARE(opened.title(), title);
    QVERIFY(opened.document.file().empty());
}

void TestKeeping::aCompressedFilesCopyKeepsBothItsEndings()
{
    const fs::path mine = file("mine.posbias.gz");
    writeExperiment(mine, titled("Mine"));
    writeExperiment(file("mine.posbias.gz.before-saving-7"), titled("Before"));
    Opened opened(mine);
    QTRY_VERIFY_WITH_TIMEOUT(opened.button(QStringLiteral("Keep")), patience);
    opened.press(QStringLiteral("Keep"));
    QCOMPARE(readExperiment(file("mine (before saving).posbias.gz")).title, std::string("Before"));
    QCOMPARE(opened.document.suggestedName(QStringLiteral("pdf")), QStringLiteral("mine.pdf"));
    QVERIFY(opened.window.windowTitle().startsWith(QStringLiteral("mine.posbias.gz[*] — PosBias")));
}

void TestKeeping::theOpenDialogShowsAllThatCanBeRead()
{
    Opened opened;
    QStringList filters;
    QTimer look;
    connect(&look, &QTimer::timeout, [&] {
        auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        if (!dialog)
            return;
        look.stop();
        filters = dialog->nameFilters();
        dialog->reject();
    });
    look.start(5);
    opened.action(QStringLiteral("Open…"))->trigger();
    QVERIFY(!filters.isEmpty());
    for (const char* ending : {"posbias", "posbias.gz", "pdf", "svg", "svgz", "svg.gz", "png", "tex", "gif"})
        QVERIFY2(
            QRegularExpression(QStringLiteral("\\*\\.%1[ )]").arg(QRegularExpression::escape(QLatin1String(ending))))
                .match(filters.first())
                .hasMatch(),
            ending);
}

void TestKeeping::theTitleBarNamesTheFile()
{
    const fs::path mine = file("lecture [*].posbias");
    writeExperiment(mine, titled("Level"));
    Opened opened;
    QCOMPARE(opened.window.windowTitle(), QStringLiteral("Past the training length[*] — PosBias"));
    opened.window.openFile(mine);
    QCOMPARE(opened.window.windowTitle(), QStringLiteral("lecture [*][*].posbias[*] — Level — PosBias"));
    opened.rename("Lecture [*]");
    QCOMPARE(opened.window.windowTitle(), QStringLiteral("lecture [*][*].posbias[*] — PosBias"));
    QVERIFY(opened.window.isWindowModified());
}

void TestKeeping::anExportSaysWhereItIs()
{
    const fs::path folder = file("figures");
    fs::create_directory(folder);
    Opened opened;
    QTRY_VERIFY_WITH_TIMEOUT(opened.model.upToDate(), patience);
    opened.action(QStringLiteral("Export Figure…"))->trigger();
    auto* dialog = opened.window.findChild<ExportDialog*>();
    QVERIFY(dialog);
    Q_EMIT dialog->filesWritten({textOf(folder / "level.pdf"), textOf(folder / "level.svg")});
    const QString said = opened.window.findChild<QLabel*>(QStringLiteral("done"))->text();
    QVERIFY2(said.contains(QStringLiteral("level.pdf")) && said.contains(textOf(folder)), qPrintable(said));
    auto* way = opened.window.findChild<QToolButton*>(QStringLiteral("done:folder"));
    QVERIFY(way->isVisible());
    Desktop desktop;
    QDesktopServices::setUrlHandler(QStringLiteral("file"), &desktop, "open");
    way->click();
    QDesktopServices::unsetUrlHandler(QStringLiteral("file"));
    QCOMPARE(desktop.opened, QList<QUrl>{QUrl::fromLocalFile(textOf(folder))});
    dialog->reject();
}

void TestKeeping::withoutAFileManagerThePathCanBeCopied()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    Opened opened(mine);
    opened.rename("Mine");
    opened.save();
    auto* way = opened.window.findChild<QToolButton*>(QStringLiteral("done:folder"));
    auto* copy = opened.window.findChild<QToolButton*>(QStringLiteral("done:copy"));
    QVERIFY(way->isVisible() && !copy->isVisible());
    way->click();  // neither the bus nor this platform knows a program
    auto* said = opened.window.findChild<QLabel*>(QStringLiteral("done"));
    QVERIFY2(said->toolTip().contains(QStringLiteral("No program")) && said->toolTip().contains(textOf(mine)),
             qPrintable(said->toolTip()));
    QVERIFY(!way->isVisible() && copy->isVisible());
    copy->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), textOf(mine));
    QVERIFY(!copy->isVisible());
}

void TestKeeping::aLongPathDoesNotWidenTheWindow()
{
    Opened opened;
    const int narrow = opened.window.minimumSizeHint().width();
    QString folder = textOf(file("a"));
    for (int k = 0; k < 40; ++k)
        folder += QStringLiteral("/a long name");
    QTRY_VERIFY_WITH_TIMEOUT(opened.model.upToDate(), patience);
    opened.action(QStringLiteral("Export Figure…"))->trigger();
    auto* dialog = opened.window.findChild<ExportDialog*>();
    QVERIFY(dialog);
    Q_EMIT dialog->filesWritten({folder + QStringLiteral("/x.pdf")});
    auto* said = opened.window.findChild<QLabel*>(QStringLiteral("done"));
    QVERIFY(said->toolTip().contains(folder));
    QVERIFY(said->sizeHint().width() < opened.window.width());
    QVERIFY(opened.window.minimumSizeHint().width() <= std::max(narrow, opened.window.width()));
    dialog->reject();
}

void TestKeeping::aWindowMayEndWithItsDialogOpen()
{
    QPointer<ExportDialog> dialog;
    {
        Opened opened;
        QTRY_VERIFY_WITH_TIMEOUT(opened.model.upToDate(), patience);
        opened.action(QStringLiteral("Export Figure…"))->trigger();
        dialog = opened.window.findChild<ExportDialog*>();
        QVERIFY(dialog);
    }
    QVERIFY(!dialog);
}

void TestKeeping::namesThatAreNoTextAreRefused()
{
    const fs::path folder = fs::path(file("d").string() + "\351");
    fs::create_directory(folder);
    writeExperiment(folder / "x.posbias", titled("There"));
    Opened opened;
    Answer ok(QMessageBox::Ok);
    QVERIFY(!opened.window.openFile(folder / "x.posbias"));
    QVERIFY2(ok.said.contains(QStringLiteral("d\\xE9")) && ok.said.contains(QStringLiteral("UTF-8")),
             qPrintable(ok.said));
    QCOMPARE(shownName(folder / "\u00fc.posbias"), textOf(file("d")) + QStringLiteral("\\xE9/ü.posbias"));
    QVERIFY(opened.document.file().empty());
    // As a file dialog or another program hands it over.
    ok.said.clear();
    QVERIFY(!opened.window.openFile(pathOf(textOf(folder / "x.posbias"))));
    QVERIFY2(ok.said.contains(QStringLiteral("UTF-8")), qPrintable(ok.said));
}

/// Unlike a training without a state it takes the file away at its end.
void TestKeeping::aWindowTakesUpATrainingThatAnotherLeft()
{
    const fs::path mine = file("mine.posbias"), trainings = journals() / "trainings";
    Experiment e = titled("Long");
    e.learning = Adam{.steps = 20'000};
    writeExperiment(mine, e);
    {
        StateFiles left(trainings, {}, [now = std::chrono::steady_clock::time_point{}]() mutable {
            return now += StateFiles::interval;
        });
        std::stop_source stop;
        const auto stopHalfway = [&](double fraction) {
            if (fraction > 0.3)
                stop.request_stop();
        };
        QVERIFY_EXCEPTION_THROWN(evaluate(e, {stop.get_token(), stopHalfway}, {}, {}, &left), Cancelled);
    }
    QVERIFY(!fs::is_empty(trainings));
    Opened opened;
    opened.window.keepJournal(journals());
    opened.window.openFile(mine);
    QTRY_VERIFY_WITH_TIMEOUT(opened.title() == "Long" && opened.model.upToDate(), patience);
    QVERIFY(fs::is_empty(trainings));
    QVERIFY(opened.model.result()->training.schemes[0]->fit.values == evaluate(e)->training.schemes[0]->fit.values);
}

void TestKeeping::discardingAJournalDiscardsTheTrainingsItTellsOf()
{
    const fs::path trainings = journals() / "trainings";
    leaveJournal([](Opened& opened) { opened.rename("Unwanted"); });
    const fs::path place = journalsIn(journals()).front().parent_path();
    {
        StateFiles left(trainings, [&] { return place; });
        left.keep(7, "of the journal");
    }
    {
        StateFiles left(trainings);
        left.keep(8, "of a file");
    }
    Opened opened;
    opened.window.keepJournal(journals());
    QTRY_VERIFY_WITH_TIMEOUT(opened.button(QStringLiteral("Discard"), "recoveryBar"), patience);
    opened.press(QStringLiteral("Discard"), "recoveryBar");
    QVERIFY(!StateFiles(trainings).find(7).empty());  // it may be undone
    opened.window.findChild<QToolButton*>(QStringLiteral("recoveryBar:cross"))->click();
    StateFiles files(trainings);
    QVERIFY(files.find(7).empty());
    QCOMPARE(files.find(8), std::string("of a file"));
}

void TestKeeping::nothingUnsavedLeavesNoJournal()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    Opened opened(mine);
    opened.window.keepJournal(journals());
    opened.rename("Changed");
    QTRY_COMPARE_WITH_TIMEOUT(journalsIn(journals()).size(), std::size_t{1}, patience);
    opened.model.undo();
    QTRY_COMPARE_WITH_TIMEOUT(journalsIn(journals()).size(), std::size_t{0}, patience);
    opened.rename("Changed again");
    QTRY_COMPARE_WITH_TIMEOUT(journalsIn(journals()).size(), std::size_t{1}, patience);
    opened.save();
    QTRY_COMPARE_WITH_TIMEOUT(journalsIn(journals()).size(), std::size_t{0}, patience);
}

void TestKeeping::everyChangeIsInTheJournalSoon()
{
    Opened opened;
    opened.window.keepJournal(journals());
    const auto written = [&]() -> std::optional<Journal> {
        const std::vector<fs::path> found = journalsIn(journals());
        return found.empty() ? std::nullopt : std::optional(readJournal(found.front()));
    };
    opened.rename("One");
    QTRY_VERIFY_WITH_TIMEOUT(written() && written()->experiment.title == "One", patience);
    FigureDesign figure;
    figure.name = "kept";
    opened.document.keepFigure(figure);
    QTRY_VERIFY_WITH_TIMEOUT(written()->origin.figures.size() == 1, patience);
    opened.model.undo();
    opened.model.undo();
    opened.model.undoStack()->redo();
    QTRY_VERIFY_WITH_TIMEOUT(written() && written()->position == 1 && written()->steps.size() == 2, patience);
    QVERIFY(written()->origin.figures.empty());
    QVERIFY(*written() == opened.document.journal());
}

void TestKeeping::theJournalIsWrittenWhileChangesGoOn()
{
    Opened opened;
    std::vector<std::string> written;
    JournalKeeper keeper(journals(), [&] { return std::optional(opened.document.journal()); });
    QSignalSpy writings(&keeper, &JournalKeeper::written);
    // A drag that never rests: each change comes sooner than the wait after the one before.
    QTimer drag;
    int changes = 0;
    connect(&drag, &QTimer::timeout, [&] {
        opened.model.setField(QStringLiteral("length"), std::int64_t{300} + ++changes);
        keeper.touch();
    });
    drag.start(JournalKeeper::delay / 20);
    QTRY_VERIFY_WITH_TIMEOUT(writings.count() >= 3, patience);
}

void TestKeeping::restoredTheDocumentIsAsItWas()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    Journal before;
    leaveJournal(
        [&](Opened& opened) {
            FigureDesign figure;
            figure.name = "kept";
            opened.rename("One");
            opened.document.keepFigure(figure);
            opened.document.usePreset(*findPreset("book-small"));
            opened.rename("Two");
            opened.model.setField(QStringLiteral("length"), std::int64_t{9});
            opened.model.endGesture();
            opened.model.undo();
            opened.model.undo();
            opened.model.undo();  // the preset: the file is its own again
            before = opened.document.journal();
        },
        mine);
    QCOMPARE(before.steps.size(), std::size_t{5});
    QCOMPARE(before.position, std::size_t{2});

    Opened opened;
    opened.window.keepJournal(journals());
    QTRY_VERIFY_WITH_TIMEOUT(opened.words("recoveryBar").contains(QStringLiteral("mine.posbias")), patience);
    opened.press(QStringLiteral("Restore"), "recoveryBar");
    QTRY_VERIFY_WITH_TIMEOUT(opened.words("recoveryBar").isEmpty(), patience);
    QVERIFY(opened.document.journal() == before);
    QVERIFY(opened.window.isWindowModified());
    QCOMPARE(opened.document.file(), mine);
    QCOMPARE(opened.title(), std::string("One"));
    QCOMPARE(opened.document.figures().size(), std::size_t{1});
    QTRY_VERIFY_WITH_TIMEOUT(opened.model.upToDate(), patience);
    // The journal is this window's now, and the one it came from is gone.
    QCOMPARE(journalsIn(journals()).size(), std::size_t{1});
    QVERIFY(readJournal(journalsIn(journals()).front()) == before);
    QVERIFY(opened.action(QStringLiteral("Undo Keep Figure “kept”")));

    opened.model.undoStack()->redo();
    opened.model.undoStack()->redo();
    opened.model.undoStack()->redo();
    QVERIFY(opened.document.file().empty());
    QCOMPARE(opened.title(), std::string("Two"));
    QCOMPARE(opened.model.experiment().length, 9);
    for (int k = 0; k < 5; ++k)
        opened.model.undo();
    QCOMPARE(opened.title(), std::string("Before"));
    QVERIFY(opened.document.figures().empty());
    QVERIFY(!opened.window.isWindowModified());
    QCOMPARE(opened.document.file(), mine);
    QTRY_COMPARE_WITH_TIMEOUT(journalsIn(journals()).size(), std::size_t{0}, patience);
}

void TestKeeping::theOnlyCopyOfADeletedFileIsOnTheDiskAllTheTime()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Only copy"));
    bool noticed = false;
    leaveJournal(
        [&](Opened& opened) {
            fs::remove(mine);
            noticed = QTest::qWaitFor([&] { return opened.document.isModified(); }, patience);
        },
        mine);
    QVERIFY(noticed);
    QCOMPARE(journalsIn(journals()).size(), std::size_t{1});
    Opened opened;
    opened.window.keepJournal(journals());
    QTRY_VERIFY_WITH_TIMEOUT(opened.button(QStringLiteral("Restore"), "recoveryBar"), patience);
    opened.press(QStringLiteral("Restore"), "recoveryBar");
    // Nobody has looked yet whether the file is there.
    QVERIFY(opened.document.isModified());
    QCOMPARE(journalsIn(journals()).size(), std::size_t{1});
    QCOMPARE(readJournal(journalsIn(journals()).front()).experiment.title, std::string("Only copy"));
    QTRY_VERIFY_WITH_TIMEOUT(opened.words().contains(QStringLiteral("not there any more")), patience);
    opened.press(QStringLiteral("Save Again"));
    QCOMPARE(readExperiment(mine).title, std::string("Only copy"));
    QVERIFY(!opened.document.isModified());
    QVERIFY(journalsIn(journals()).empty());
}

void TestKeeping::snapshotsOfTheJournalShareItsSteps()
{
    Opened opened;
    opened.rename("One");
    opened.document.usePreset(*findPreset("book-small"));
    FigureDesign figure;
    figure.name = "kept";
    opened.document.keepFigure(figure);
    opened.model.undo();
    const Journal first = opened.document.journal(), second = opened.document.journal();
    QCOMPARE(first.steps.size(), std::size_t{3});
    QVERIFY(&*first.steps[0].experiment == &*second.steps[0].experiment);
    QVERIFY(&*first.steps[1].origin == &*second.steps[1].origin);
    QVERIFY(&*first.steps[1].experiment == &*second.steps[1].experiment);
    QVERIFY(&*first.steps[2].figures == &*second.steps[2].figures);
    // What the window goes on with leaves the snapshot alone.
    opened.model.undo();
    opened.model.undo();
    QVERIFY(first == second);
    QVERIFY(opened.document.journal().steps[0] != first.steps[0]);
}

void TestKeeping::anInvalidExperimentIsRestoredWithItsProblem()
{
    Experiment valid;
    leaveJournal([&](Opened& opened) {
        opened.model.setField(QStringLiteral("length"), std::int64_t{900});
        opened.model.endGesture();
        valid = opened.model.experiment();
        opened.model.setField(QStringLiteral("schemes.1.maxDistance"), std::int64_t{16});
        QVERIFY(opened.model.problem());
    });
    Opened opened;
    opened.window.keepJournal(journals());
    QTRY_VERIFY_WITH_TIMEOUT(opened.button(QStringLiteral("Restore"), "recoveryBar"), patience);
    opened.press(QStringLiteral("Restore"), "recoveryBar");
    QVERIFY(opened.model.problem());
    QTRY_VERIFY_WITH_TIMEOUT(
        !opened.model.busy() && opened.model.result() && opened.model.result()->experiment == valid, patience);
    opened.model.undo();
    QVERIFY(!opened.model.problem());
    QVERIFY(opened.model.experiment() == valid);
}

void TestKeeping::aDiscardedJournalIsNotOfferedAgain()
{
    leaveJournal([](Opened& opened) { opened.rename("Unwanted"); });
    {
        Opened opened;
        opened.window.keepJournal(journals());
        QTRY_VERIFY_WITH_TIMEOUT(opened.words("recoveryBar").contains(QStringLiteral("Unwanted")), patience);
        opened.press(QStringLiteral("Discard"), "recoveryBar");
        QVERIFY(opened.words("recoveryBar").contains(QStringLiteral("was discarded")));
        QVERIFY(journalsIn(journals()).empty());
        opened.window.findChild<QToolButton*>(QStringLiteral("recoveryBar:cross"))->click();
        QVERIFY(opened.words("recoveryBar").isEmpty());
    }
    QVERIFY(JournalPlace::orphans(journals()).empty());
    QVERIFY(fs::is_empty(journals()));
}

void TestKeeping::aDiscardedJournalCanBeHadBack()
{
    for (const char* title : {"First", "Second"})
        leaveJournal([&](Opened& opened) { opened.rename(title); });
    Opened opened;
    opened.window.keepJournal(journals());
    QTRY_VERIFY_WITH_TIMEOUT(opened.words("recoveryBar").contains(QStringLiteral("1 of 2")), patience);
    const QString first = opened.words("recoveryBar").contains(QStringLiteral("First")) ? QStringLiteral("First")
                                                                                        : QStringLiteral("Second");
    opened.press(QStringLiteral("Discard"), "recoveryBar");
    QTRY_VERIFY_WITH_TIMEOUT(opened.words("recoveryBar").contains(QStringLiteral("2 of 2")), patience);
    QVERIFY(opened.words("recoveryBar").contains(QStringLiteral("“%1” was discarded").arg(first)));
    opened.press(QStringLiteral("Discard"), "recoveryBar");
    QVERIFY(!opened.button(QStringLiteral("Discard"), "recoveryBar"));
    opened.press(QStringLiteral("Undo Discard"), "recoveryBar");
    QTRY_VERIFY_WITH_TIMEOUT(opened.words("recoveryBar").contains(QStringLiteral("2 of 2")), patience);
    opened.press(QStringLiteral("Undo Discard"), "recoveryBar");
    QTRY_VERIFY_WITH_TIMEOUT(opened.words("recoveryBar").contains(QStringLiteral("1 of 2")), patience);
    opened.press(QStringLiteral("Restore"), "recoveryBar");
    QCOMPARE(QString::fromStdString(opened.title()), first);
}

void TestKeeping::whatWasDiscardedGoesWithTheWindow()
{
    leaveJournal([](Opened& opened) { opened.rename("Unwanted"); });
    {
        Opened opened;
        opened.window.keepJournal(journals());
        QTRY_VERIFY_WITH_TIMEOUT(opened.button(QStringLiteral("Discard"), "recoveryBar"), patience);
        opened.press(QStringLiteral("Discard"), "recoveryBar");
        QVERIFY(!fs::is_empty(journals()));
        QVERIFY(opened.window.close());
        QVERIFY(fs::is_empty(journals()));
    }
}

void TestKeeping::aHiddenOfferComesAgain()
{
    leaveJournal([](Opened& opened) { opened.rename("Later"); });
    for (int start = 0; start < 2; ++start) {
        Opened opened;
        opened.window.keepJournal(journals());
        QTRY_VERIFY_WITH_TIMEOUT(opened.words("recoveryBar").contains(QStringLiteral("Later")), patience);
        opened.bar("recoveryBar")->hide();
        QVERIFY(opened.window.close());
    }
    QCOMPARE(JournalPlace::orphans(journals()).size(), std::size_t{1});
}

void TestKeeping::aRunningWindowsJournalIsNotOffered()
{
    Opened running;
    running.window.keepJournal(journals());
    running.rename("At work");
    running.window.keepForNextStart();
    QCOMPARE(journalsIn(journals()).size(), std::size_t{1});
    Opened opened;
    opened.window.keepJournal(journals());
    QVERIFY(JournalPlace::orphans(journals()).empty());
    QVERIFY(opened.bar("recoveryBar")->isHidden());
}

void TestKeeping::severalAreOfferedOneAfterTheOther()
{
    for (const char* title : {"First", "Second", "Third"})
        leaveJournal([&](Opened& opened) { opened.rename(title); });
    // Each window found those before it, and left them.
    QCOMPARE(journalsIn(journals()).size(), std::size_t{3});
    Opened opened;
    opened.window.keepJournal(journals());
    QTRY_VERIFY_WITH_TIMEOUT(opened.words("recoveryBar").contains(QStringLiteral("1 of 3")), patience);
    opened.press(QStringLiteral("Restore"), "recoveryBar");
    QTRY_VERIFY_WITH_TIMEOUT(opened.words("recoveryBar").contains(QStringLiteral("2 of 3")), patience);
    const std::string restored = opened.title();
    {
        // The restored one is not saved: restoring the next asks what becomes of it.
        Answer cancel(QMessageBox::Cancel);
        opened.press(QStringLiteral("Restore"), "recoveryBar");
        QVERIFY(!cancel.said.isEmpty());
    }
    QCOMPARE(opened.title(), restored);
    opened.press(QStringLiteral("Discard"), "recoveryBar");
    QTRY_VERIFY_WITH_TIMEOUT(opened.words("recoveryBar").contains(QStringLiteral("3 of 3")), patience);
    opened.press(QStringLiteral("Discard"), "recoveryBar");
    QVERIFY(!opened.button(QStringLiteral("Restore"), "recoveryBar"));
    QCOMPARE(journalsIn(journals()).size(), std::size_t{1});
}

void TestKeeping::aDamagedJournalIsToldAndStays()
{
    fs::path damaged;
    {
        const JournalPlace place = JournalPlace::create(journals());
        damaged = place.file();
        put(damaged, "{\"posbias-journal\": 1, \"exper");
    }
    Opened opened;
    opened.window.keepJournal(journals());
    QTRY_VERIFY_WITH_TIMEOUT(opened.words("recoveryBar").contains(QStringLiteral("damaged")), patience);
    QVERIFY(!opened.button(QStringLiteral("Restore"), "recoveryBar"));
    QVERIFY(opened.button(QStringLiteral("Show in Folder"), "recoveryBar"));
    QVERIFY(opened.window.close());
    QVERIFY(fs::exists(damaged));
}

void TestKeeping::whatDiffersIsToldFieldByField()
{
    const fs::path mine = file("mine.posbias");
    writeExperiment(mine, titled("Before"));
    leaveJournal(
        [](Opened& opened) {
            opened.model.setField(QStringLiteral("schemes.1.maxDistance"), std::int64_t{24});
            opened.model.setField(QStringLiteral("corpus.counts"), std::string("expected"));
            opened.model.endGesture();
            FigureDesign figure;
            figure.name = "kept";
            opened.document.keepFigure(figure);
        },
        mine);
    Opened opened;
    opened.window.keepJournal(journals());
    QTRY_VERIFY_WITH_TIMEOUT(opened.button(QStringLiteral("What Differs"), "recoveryBar"), patience);
    opened.press(QStringLiteral("What Differs"), "recoveryBar");
    auto* details = opened.window.findChild<QLabel*>(QStringLiteral("recoveryBar:details"));
    QVERIFY(details->isVisible());
    QCOMPARE(details->text().split(u'\n').mid(1),
             QStringList({QStringLiteral("Scheme B: Max distance: 16 → 24"),
                          QStringLiteral("Training data: Counts: Sampled → Expected"),
                          QStringLiteral("Figure “kept”: added")}));
    opened.press(QStringLiteral("What Differs"), "recoveryBar");
    QVERIFY(!details->isVisible());
}

void TestKeeping::aFullDiskIsToldOnceAndWorkGoesOn()
{
    put(file("occupied"), "a file where a folder should be");
    Opened opened;
    opened.window.keepJournal(file("occupied") / "journals");
    auto* said = opened.window.findChild<QLabel*>(QStringLiteral("done"));
    opened.rename("One");
    QTRY_VERIFY_WITH_TIMEOUT(said->text().contains(QStringLiteral("cannot be kept safe")), patience);
    opened.rename("Two");
    QCOMPARE(opened.title(), std::string("Two"));
    // With room again it is kept, though nothing changed meanwhile.
    fs::remove(file("occupied"));
    QTRY_COMPARE_WITH_TIMEOUT(journalsIn(file("occupied") / "journals").size(), std::size_t{1}, patience);
}

void TestKeeping::closingWithoutSavingTakesTheJournalAway()
{
    Opened opened;
    opened.window.keepJournal(journals());
    opened.rename("Unwanted");
    QTRY_COMPARE_WITH_TIMEOUT(journalsIn(journals()).size(), std::size_t{1}, patience);
    Answer discard(QMessageBox::Discard);
    QVERIFY(opened.window.close());
    QVERIFY(journalsIn(journals()).empty());
}

QTEST_MAIN(TestKeeping)
#include "keeping.moc"
