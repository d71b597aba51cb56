// SPDX-License-Identifier: GPL-3.0-or-later
// The export dialog: what it writes, remembers, undoes, asks and copies.

#include "ui/window/export/export_dialog.h"
#include "core/experiment/presets.h"
#include "core/figure/figure_data.h"
#include "ui/window/export/export_job.h"
#include "ui/window/export/export_memory.h"
#include "ui/window/export/panel_tab.h"
#include "ui/window/export/preview_page.h"
#include "ui/window/widgets/number_box.h"
#include "ui/window/widgets/settings.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>

using namespace posbias;
using namespace posbias::ui;

namespace {

ExportProposal proposal(FigureKind view = FigureKind::Bias)
{
    ExportProposal made;
    made.result = evaluate(findPreset("book-small")->experiment);
    made.experiment = made.result->experiment;
    made.design = rememberedDesign(view, made.experiment);
    return made;
}

QByteArray contents(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Answers the next question, and keeps what it said.
class AnswerQuestion {
public:
    explicit AnswerQuestion(QMessageBox::StandardButton button)
    {
        QObject::connect(&m_timer, &QTimer::timeout, [this, button] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (!box)
                return;
            m_timer.stop();
            said = box->text() + u'\n' + box->informativeText();
            box->button(button)->click();
        });
        m_timer.start(5);
    }
    QString said;

private:
    QTimer m_timer;
};

}  // namespace

class ExportDialogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void severalFormatsAreWrittenAtOnce();
    void everyExistingFileIsAskedAboutOnce();
    void aDialogMayEndBehindItsQuestion();
    void aFolderThatDoesNotExistIsTold();
    void aFailedFormatLeavesNoFileOfTheOthers();
    void changesAreUndoneByField();
    void choicesAreRememberedForTheView();
    void wordsAreRememberedForTheirExperimentAlone();
    void sizeAndFormatsStayWithTheirDocument();
    void resetGivesTheDefault();
    void aBadNameIsToldAndCannotBeWritten();
    void trueSizeIsPhysical();
    void svgIsCopiedAsSvg();
    void ownPanelsStartFromTheViews();
    void aSweepIsWrittenWhileTheWindowStaysAtHand();
    void aStoppedSweepLeavesNoFile();
    void picturesOfATexFileAreAskedAbout();
    void whatNobodyAgreedToReplaceStays();
    void markersAreAddedAndDrawn();
    void noTwoFieldsShareAKey();
    void returnExportsAndEscapeLeaves();
    void nothingLeavesWhileANumberIsRefused_data();
    void nothingLeavesWhileANumberIsRefused();
    void aRefusedTypeSizeLeavesThePageAsItWas();
    void aRefusedNumberOfADisabledFieldStopsNothing();
    void decimalsAreTakenAsTheyAreTyped();
    void everyPageSizeHasAPreview();
    void typeThatDoesNotFitIsReplacedByAClick();
    void aPageThatNoLongerGrowsIsNoPresets();
    void fewerPicturesThanAskedForAreTold();

private:
    QWidget* child(const char* name) const { return m_dialog->findChild<QWidget*>(QLatin1String(name)); }
    /// Into a number box, with Enter.
    void type(const char* name, const QString& text) const
    {
        auto* box = part<NumberBox>(name);
        box->selectAll();
        QTest::keyClicks(box, text);
        QTest::keyClick(box, Qt::Key_Return);
    }
    template <typename Widget>
    Widget* part(const char* name) const
    {
        return qobject_cast<Widget*>(child(name));
    }
    void open(const ExportProposal& made = proposal())
    {
        m_dialog = new ExportDialog(made, nullptr);
        m_dialog->open();
    }
    QPushButton* button(const char* text) const
    {
        for (QPushButton* each : m_dialog->findChildren<QPushButton*>())
            if (each->text().remove(u'&') == QLatin1String(text))
                return each;
        qFatal("no button %s", text);
    }
    QAction* action(const char* text) const
    {
        for (QAction* each : m_dialog->findChildren<QAction*>())
            if (each->text() == QLatin1String(text))
                return each;
        qFatal("no action %s", text);
    }
    QStringList files() const
    {
        return QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QTemporaryDir m_settings;
    QPointer<ExportDialog> m_dialog;
};

void ExportDialogTest::initTestCase()
{
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
}

void ExportDialogTest::init()
{
    settings().clear();
    m_folder = std::make_unique<QTemporaryDir>();
    settings().setValue(QStringLiteral("export/folder"), m_folder->path());
}

void ExportDialogTest::cleanup()
{
    delete m_dialog;
}

void ExportDialogTest::severalFormatsAreWrittenAtOnce()
{
    open();
    part<QCheckBox>("format:svg")->click();
    part<QCheckBox>("format:png")->click();
    button("Export")->click();
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(files(), (QStringList{"figure.pdf", "figure.png", "figure.svg"}));
    Recipe recipe{proposal().experiment, standardDesign(FigureKind::Bias)};
    recipe.design.formats = {"pdf", "svg", "png"};
    const Figure figure = makeFigure(evaluateFigure(recipe));
    for (const FigureFormat format : {FigureFormat::Pdf, FigureFormat::Svg, FigureFormat::Png}) {
        const QString file = m_folder->filePath(QStringLiteral("figure.") + QString::fromStdString(endingOf(format)));
        QVERIFY2(contents(file) == renderFigure(figure, recipe, format).bytes, qPrintable(file));
    }
}

void ExportDialogTest::everyExistingFileIsAskedAboutOnce()
{
    for (const char* name : {"figure.pdf", "figure.svg"}) {
        QFile file(m_folder->filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("mine");
    }
    open();
    part<QCheckBox>("format:svg")->click();
    {
        const AnswerQuestion no(QMessageBox::No);
        button("Export")->click();
        QVERIFY(no.said.contains(QStringLiteral("figure.pdf")) && no.said.contains(QStringLiteral("figure.svg")));
    }
    QVERIFY(m_dialog);
    QCOMPARE(contents(m_folder->filePath(QStringLiteral("figure.svg"))), QByteArray("mine"));
    const AnswerQuestion yes(QMessageBox::Yes);
    button("Export")->click();
    QTRY_VERIFY(!m_dialog);
    QVERIFY(contents(m_folder->filePath(QStringLiteral("figure.pdf"))).startsWith("%PDF"));
    QVERIFY(contents(m_folder->filePath(QStringLiteral("figure.svg"))).contains("<svg"));
}

void ExportDialogTest::aDialogMayEndBehindItsQuestion()
{
    QFile file(m_folder->filePath(QStringLiteral("figure.pdf")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("mine");
    file.close();
    open();
    QTimer end;
    connect(&end, &QTimer::timeout, this, [&] {
        if (!qobject_cast<QMessageBox*>(QApplication::activeModalWidget()))
            return;
        end.stop();
        delete m_dialog;  // as when the session ends
    });
    end.start(5);
    button("Export")->click();
    QVERIFY(!m_dialog);
    QCOMPARE(contents(file.fileName()), QByteArray("mine"));
}

void ExportDialogTest::aFolderThatDoesNotExistIsTold()
{
    open();
    part<QLineEdit>("export:folder")->setText(m_folder->filePath(QStringLiteral("nowhere")));
    const AnswerQuestion ok(QMessageBox::Ok);
    button("Export")->click();
    QTRY_VERIFY(ok.said.contains(QStringLiteral("nowhere")));
    QVERIFY(m_dialog);
    QCOMPARE(files(), QStringList());
}

void ExportDialogTest::aFailedFormatLeavesNoFileOfTheOthers()
{
    open();
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("figure.svg")));  // cannot be replaced by a file
    part<QCheckBox>("format:svg")->click();
    const AnswerQuestion ok(QMessageBox::Ok);
    button("Export")->click();
    QTRY_VERIFY(ok.said.contains(QStringLiteral("figure.svg")));
    QVERIFY(m_dialog);
    delete m_dialog;
    QCOMPARE(files(), QStringList{"figure.svg"});
}

void ExportDialogTest::changesAreUndoneByField()
{
    open();
    DesignHistory& history = m_dialog->history();
    const FigureDesign first = history.design();
    auto* width = part<NumberBox>("export:width");
    type("export:width", "100");
    type("export:width", "120");
    type("export:height", "90");
    QTest::keyClick(width, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(history.design().page.heightMm, first.page.heightMm);
    QCOMPARE(width->text(), QStringLiteral("120"));
    QTest::keyClick(width, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(history.design() == first);
    QCOMPARE(width->text(), textToType(first.page.widthMm, QLocale()));
    QTest::keyClick(width, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(width->text(), QStringLiteral("120"));
    type("export:width", textToType(first.page.widthMm, QLocale()));
    QVERIFY(!history.canUndo());
}

void ExportDialogTest::choicesAreRememberedForTheView()
{
    open();
    type("export:width", "111");
    button("Export")->click();
    QTRY_VERIFY(!m_dialog);
    open();
    QCOMPARE(part<NumberBox>("export:width")->text(), QStringLiteral("111"));
    delete m_dialog;
    open(proposal(FigureKind::Compare));
    QCOMPARE(part<NumberBox>("export:width")->text(), textToType(defaultPage(FigureKind::Compare).widthMm, QLocale()));
}

void ExportDialogTest::wordsAreRememberedForTheirExperimentAlone()
{
    Recipe recipe{findPreset("book-small")->experiment, standardDesign(FigureKind::Bias)};
    recipe.design.dress.title = "Few offsets";
    recipe.design.dress.letters = true;
    rememberDesign(recipe);
    QCOMPARE(rememberedDesign(FigureKind::Bias, recipe.experiment).dress.title, recipe.design.dress.title);
    const FigureDesign other = rememberedDesign(FigureKind::Bias, findPreset("t5-encoder")->experiment);
    QVERIFY(other.dress.title.empty() && other.dress.letters);
}

void ExportDialogTest::sizeAndFormatsStayWithTheirDocument()
{
    Recipe recipe{findPreset("book-small")->experiment, standardDesign(FigureKind::Bias)};
    recipe.design.page.widthMm = 77.0;
    recipe.design.formats = {"tex"};
    rememberDesign(recipe);
    Experiment edited = recipe.experiment;
    edited.length += 1;
    const FigureDesign again = rememberedDesign(FigureKind::Bias, edited);
    QVERIFY(again.page == recipe.design.page && again.formats == recipe.design.formats);
    const Experiment& other = findPreset("t5-encoder")->experiment;
    const FigureDesign standard = standardDesign(FigureKind::Bias);
    const FigureDesign fresh = rememberedDesign(FigureKind::Bias, other);
    QVERIFY(fresh.page == standard.page && fresh.formats == standard.formats);
    FigureDesign figure = standard;
    figure.page.widthMm = 150.0;
    figure.formats = {"svg"};
    const FigureDesign own = rememberedDesign(FigureKind::Bias, other, {figure});
    QVERIFY(own.page == figure.page && own.formats == figure.formats);
}

void ExportDialogTest::resetGivesTheDefault()
{
    open();
    type("export:width", "111");
    button("Reset")->click();
    QVERIFY(m_dialog->history().design() == standardDesign(FigureKind::Bias));
}

void ExportDialogTest::aBadNameIsToldAndCannotBeWritten()
{
    open();
    QVERIFY(button("Export")->isEnabled());
    part<QLineEdit>("export:name")->setText(QStringLiteral("../x"));
    QVERIFY(!button("Export")->isEnabled());
    QVERIFY(part<QLabel>("export:problem")->text().contains(QStringLiteral("../x")));
    part<QLineEdit>("export:name")->setText(QStringLiteral("x"));
    QVERIFY(button("Export")->isEnabled());
    QVERIFY(part<QLabel>("export:problem")->text().isEmpty());
}

void ExportDialogTest::trueSizeIsPhysical()
{
    open();
    type("export:width", "254");
    type("export:height", "127");
    m_dialog->findChild<QAction*>(QStringLiteral("export:trueSize"))->trigger();
    const double dpi = m_dialog->logicalDpiX();
    const QSize expected(qRound(10.0 * dpi), qRound(5.0 * dpi));  // 960 x 480 where it is 96
    QTRY_COMPARE(m_dialog->findChild<PreviewPage*>()->pageSize(), expected);
    QVERIFY(m_dialog->findChild<PreviewPage*>()->width() >= expected.width());
}

void ExportDialogTest::svgIsCopiedAsSvg()
{
    open();
    QApplication::clipboard()->clear();
    action("Copy as SVG")->trigger();
    const auto copied = [] {
        const QMimeData* data = QApplication::clipboard()->mimeData();  // none while the clipboard is empty
        return data ? data->data(QStringLiteral("image/svg+xml")) : QByteArray();
    };
    QTRY_VERIFY(copied().contains("<svg"));
}

void ExportDialogTest::ownPanelsStartFromTheViews()
{
    open();
    part<QCheckBox>("export:own")->click();
    const FigureDesign& design = m_dialog->history().design();
    QVERIFY(!design.rows.empty() && design.rows == panelsOf(standardDesign(FigureKind::Bias)));
    const std::size_t before = design.rows[0].size();
    button("Add beside")->click();
    QCOMPARE(m_dialog->history().design().rows[0].size(), before + 1);
    for (QPushButton* each : m_dialog->findChild<PanelTab*>()->findChildren<QPushButton*>()) {
        if (each->text().remove(u'&') == QLatin1String("Remove"))
            each->click();
    }
    QCOMPARE(m_dialog->history().design().rows[0].size(), before);
}

void ExportDialogTest::aSweepIsWrittenWhileTheWindowStaysAtHand()
{
    open();
    auto* over = part<QComboBox>("export:frames");
    over->setCurrentIndex(over->findData(static_cast<int>(FramesOver::Length)));
    m_dialog->history().change({}, [](FigureDesign& design) {
        design.frames->count = 3;
        design.page.dpi = 60;
        design.formats = {"png", "gif"};
    });
    const Recipe recipe = recipeOf(m_dialog->history().design(), proposal().experiment);
    button("Export")->click();
    QSignalSpy told(m_dialog->findChild<ExportJob*>(), &Job::progressed);
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(files(), (QStringList{"figure-001.png", "figure-002.png", "figure-003.png", "figure.gif"}));
    QVERIFY(told.count() >= 6);
    QVERIFY(std::ranges::is_sorted(told, {}, [](const auto& values) { return values.at(0).toDouble(); }));
    QCOMPARE(told.last().at(0).toDouble(), 1.0);
    QVERIFY(contents(m_folder->filePath(QStringLiteral("figure.gif"))) ==
            renderAnimation(makeFrames(framesOf(recipe)), recipe));
}

void ExportDialogTest::aStoppedSweepLeavesNoFile()
{
    open();
    m_dialog->history().change({}, [](FigureDesign& design) {
        design.frames = Frames{.over = FramesOver::Length, .count = 300};
        design.formats = {"gif"};
        design.page.dpi = 60;
    });
    button("Export")->click();
    QSignalSpy told(m_dialog->findChild<ExportJob*>(), &Job::progressed);
    QTRY_VERIFY(told.count() > 3);
    QTest::keyClick(m_dialog, Qt::Key_Escape);
    QVERIFY(m_dialog->isVisible());
    QVERIFY(button("Export")->isEnabled());
    QTRY_COMPARE(files(), QStringList());
}

void ExportDialogTest::picturesOfATexFileAreAskedAbout()
{
    for (const char* name : {"figure-1.png", "figure-01.png", "figure-2-1.png", "other-1.png"}) {
        QFile file(m_folder->filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    ExportOrder order{{proposal().experiment, standardDesign(FigureKind::Bias)},
                      {},
                      {FigureFormat::Tex},
                      m_folder->path().toStdString(),
                      true};
    QVERIFY(order.existing() == std::vector{order.folder / "figure-1.png"});
    order.formats = {FigureFormat::Pdf};
    QVERIFY(order.existing().empty());
}

void ExportDialogTest::whatNobodyAgreedToReplaceStays()
{
    const Recipe recipe = recipeOf(standardDesign(FigureKind::Bias), proposal().experiment);
    ExportOrder order{recipe,
                      makeFigure(evaluateFigure(recipe)),
                      {FigureFormat::Pdf, FigureFormat::Svg},
                      m_folder->path().toStdString()};
    const QString appeared = m_folder->filePath(QString::fromStdString(recipe.design.name + ".svg"));
    const auto outcome = [&order] {
        ExportJob job(order, nullptr);
        QSignalSpy finished(&job, &Job::finished), failed(&job, &Job::failed);
        const bool ended = QTest::qWaitFor([&] { return finished.count() + failed.count() > 0; }, longEnough);
        return !ended             ? QStringLiteral("still at it")
               : failed.isEmpty() ? QStringLiteral("written")
                                  : failed.first().first().toString();
    };
    QFile file(appeared);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("mine");
    file.close();
    const QString refusal = outcome();
    QVERIFY2(refusal.contains(QLatin1String("exists")), qPrintable(refusal));
    QCOMPARE(contents(appeared), QByteArray("mine"));
    QCOMPARE(files().size(), 1);
    order.replaced = order.existing();
    QCOMPARE(outcome(), QStringLiteral("written"));
    QVERIFY(contents(appeared).contains("<svg"));
}

void ExportDialogTest::markersAreAddedAndDrawn()
{
    open();
    QTRY_VERIFY(!m_dialog->findChild<PreviewPage*>()->picture().isNull());
    const QImage before = m_dialog->findChild<PreviewPage*>()->picture();
    action("Offset Line")->trigger();
    action("Bucket")->trigger();
    const std::vector<Annotation>& marks = m_dialog->history().design().annotations;
    QCOMPARE(marks.size(), std::size_t{2});
    QVERIFY(std::holds_alternative<OffsetMark>(marks[0].mark) && std::holds_alternative<BucketMark>(marks[1].mark));
    QVERIFY(part<QLabel>("export:problem")->text().isEmpty());
    QTRY_VERIFY(m_dialog->findChild<PreviewPage*>()->picture() != before);
}

void ExportDialogTest::noTwoFieldsShareAKey()
{
    open();
    part<QCheckBox>("format:tex")->click();
    action("Offset Line")->trigger();
    auto* tabs = m_dialog->findChild<QTabWidget*>();
    for (int tab = 0; tab < tabs->count(); ++tab) {
        tabs->setCurrentIndex(tab);
        QMap<QString, QString> seen;
        for (QWidget* each : m_dialog->findChildren<QWidget*>()) {
            const auto* label = qobject_cast<QLabel*>(each);
            const QString text = label && !label->buddy() ? QString() : each->property("text").toString();
            const QString key = QKeySequence::mnemonic(text).toString();
            if (key.isEmpty() || !each->isVisibleTo(m_dialog))
                continue;
            QVERIFY2(!seen.contains(key), qPrintable(tabs->tabText(tab) + u' ' + seen[key] + u' ' + text));
            seen[key] = text;
        }
        QVERIFY(seen.size() > 6);
    }
}

void ExportDialogTest::returnExportsAndEscapeLeaves()
{
    open();
    QTest::keyClick(part<QLineEdit>("export:name"), Qt::Key_Return);
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(files(), QStringList{"figure.pdf"});
    open();
    QTest::keyClick(part<NumberBox>("export:width"), Qt::Key_Escape);
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(files(), QStringList{"figure.pdf"});
}

void ExportDialogTest::nothingLeavesWhileANumberIsRefused_data()
{
    QTest::addColumn<QString>("way");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    for (const char* way : {"Export", "Return", "Copy as Image", "Copy as SVG", "Keep in File", "drag"})
        QTest::newRow(way) << QString::fromLatin1(way) << "export:width"
                           << "12000";
    QTest::newRow("a word") << "Export"
                            << "export:height"
                            << "abc";
    QTest::newRow("half a dot") << "Export"
                                << "export:dpi"
                                << "120,5";
    QTest::newRow("type") << "Export"
                          << "export:type"
                          << "120,5";
}

void ExportDialogTest::nothingLeavesWhileANumberIsRefused()
{
    QFETCH(QString, way);
    QFETCH(QString, field);
    QFETCH(QString, text);
    open();
    const FigureDesign before = m_dialog->history().design();
    QTRY_VERIFY(button("Export")->isEnabled());
    QSignalSpy kept(m_dialog, &ExportDialog::kept);
    QApplication::clipboard()->clear();
    auto* box = m_dialog->findChild<NumberBox*>(field);
    box->selectAll();
    QTest::keyClicks(box, text);
    QVERIFY(m_dialog->history().design() == before && !m_dialog->history().canUndo());
    QTRY_VERIFY(button("Export")->isEnabled());
    auto* tabs = m_dialog->findChild<QTabWidget*>();
    tabs->setCurrentIndex(0);
    part<QLineEdit>("export:name")->setFocus();
    if (way == QLatin1String("Return"))
        QTest::keyClick(part<QLineEdit>("export:name"), Qt::Key_Return);
    else if (way == QLatin1String("drag"))
        Q_EMIT m_dialog->findChild<PreviewPage*>()->dragged();
    else if (way.startsWith(QLatin1String("Copy")))
        action(qPrintable(way))->trigger();
    else
        button(qPrintable(way))->click();
    QVERIFY(tabs->currentWidget()->isAncestorOf(box));
    QCOMPARE(m_dialog->focusWidget(), box);
    auto* reason = m_dialog->findChild<QLabel*>(QStringLiteral("reason:") + field);
    QVERIFY(reason->isVisible() && !reason->text().isEmpty());
    QCOMPARE(box->text(), text);
    QVERIFY(button("Export")->isEnabled());  // nothing was begun
    QVERIFY(kept.isEmpty());
    const QMimeData* copied = QApplication::clipboard()->mimeData();
    QVERIFY(!copied || copied->formats().isEmpty());
    QCOMPARE(files(), QStringList());
    QTest::keyClick(box, Qt::Key_Escape);
    QVERIFY(m_dialog->history().design() == before);
    button("Export")->click();
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(files(), QStringList{"figure.pdf"});
}

void ExportDialogTest::aRefusedTypeSizeLeavesThePageAsItWas()
{
    open();
    m_dialog->history().change({}, [](FigureDesign& design) { usePreset(design.page, pagePresets().front()); });
    const FigureDesign before = m_dialog->history().design();
    QVERIFY(before.page.shrinkType);
    auto* box = part<NumberBox>("export:type");
    box->selectAll();
    QTest::keyClicks(box, QStringLiteral("12"));
    QVERIFY(!m_dialog->history().design().page.shrinkType);
    QTest::keyClicks(box, QStringLiteral("0"));
    QVERIFY(m_dialog->history().design() == before);
}

void ExportDialogTest::aRefusedNumberOfADisabledFieldStopsNothing()
{
    open();
    auto* over = part<QComboBox>("export:frames");
    over->setCurrentIndex(1);
    type("export:frames:count", "1");
    over->setCurrentIndex(0);
    QVERIFY(!part<NumberBox>("export:frames:count")->isEnabled());
    QTRY_VERIFY(button("Export")->isEnabled());
    button("Export")->click();
    QTRY_VERIFY(!m_dialog);
}

void ExportDialogTest::decimalsAreTakenAsTheyAreTyped()
{
    open();
    type("export:width", QStringLiteral("120.5"));
    QCOMPARE(m_dialog->history().design().page.widthMm, 120.5);
    type("export:height", QStringLiteral("80,25"));
    QCOMPARE(m_dialog->history().design().page.heightMm, 80.25);
    type("export:type", QStringLiteral("7.5"));
    QCOMPARE(m_dialog->history().design().page.fontPoints, 7.5);
    type("export:dpi", QStringLiteral("300"));
    QCOMPARE(m_dialog->history().design().page.dpi, 300);
    type("export:width", QStringLiteral("1,000"));
    QCOMPARE(m_dialog->history().design().page.widthMm, 120.5);
    QVERIFY(part<QLabel>("reason:export:width")->text().contains(QStringLiteral("1 or 1000")));
    QVERIFY(m_dialog);  // Enter in a box exports nothing
    QVERIFY(files().isEmpty());
}

void ExportDialogTest::everyPageSizeHasAPreview()
{
    for (const FigureKind view : {FigureKind::Compare, FigureKind::Exposure, FigureKind::Learning}) {
        open(proposal(view));
        auto* size = part<QComboBox>("export:size");
        auto* page = m_dialog->findChild<PreviewPage*>();
        for (int k = 1; k < size->count(); ++k) {
            page->showWords({});
            size->setCurrentIndex(k);
            QTRY_VERIFY_WITH_TIMEOUT(!page->picture().isNull(), 60000);
        }
        QCOMPARE(part<QLabel>("export:problem")->text(), QString());
        delete m_dialog;
    }
    open(proposal(FigureKind::Compare));
    part<QComboBox>("export:size")->setCurrentText("Half a slide");
    QTRY_VERIFY_WITH_TIMEOUT(part<QLabel>("preview:note")->text().contains("the largest that fits"), 60000);
}

void ExportDialogTest::typeThatDoesNotFitIsReplacedByAClick()
{
    ExportProposal made = proposal(FigureKind::Compare);
    made.design.page.fontPoints = 40.0;
    open(made);
    auto* page = m_dialog->findChild<PreviewPage*>();
    auto* use = part<QPushButton>("preview:useType");
    QTRY_VERIFY_WITH_TIMEOUT(use->isVisible(), 60000);
    QVERIFY(page->picture().isNull());
    use->click();
    QTRY_VERIFY_WITH_TIMEOUT(!page->picture().isNull(), 60000);
    QVERIFY(!use->isVisible());
    button("Undo")->click();
    QTRY_VERIFY_WITH_TIMEOUT(use->isVisible(), 60000);
}

void ExportDialogTest::aPageThatNoLongerGrowsIsNoPresets()
{
    open();
    auto* size = part<QComboBox>("export:size");
    const auto grows = [this] { return m_dialog->history().design().page.growHeight; };
    size->setCurrentText("A4 text width");
    QVERIFY(grows());
    type("export:height", "120");
    type("export:height", "110");
    QVERIFY(!grows());
    QCOMPARE(size->currentText(), QString("Own size"));
    size->setCurrentText("A4 text width");
    QVERIFY(grows());
    QCOMPARE(size->currentText(), QString("A4 text width"));
}

void ExportDialogTest::fewerPicturesThanAskedForAreTold()
{
    ExportProposal made = proposal();
    made.design.frames = Frames{FramesOver::Length, 3, 6, 24, 0.2};
    made.design.formats = {"gif"};
    open(made);
    QTRY_VERIFY_WITH_TIMEOUT(part<QLabel>("preview:note")->text().contains("There are 4 frames, not 24"), 60000);
    QVERIFY(part<QLabel>("preview:note")->isVisible());
}

QTEST_MAIN(ExportDialogTest)
#include "export_dialog.moc"
