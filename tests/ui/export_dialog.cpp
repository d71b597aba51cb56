// SPDX-License-Identifier: GPL-3.0-or-later
// The export dialog: what it writes, remembers, undoes, asks and copies.

#include "core/experiment/presets.h"
#include "core/figure/figure_data.h"
#include "ui/window/export_dialog.h"
#include "ui/window/export_memory.h"
#include "ui/window/preview_page.h"
#include "ui/window/settings.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
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
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

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
    void aFolderThatDoesNotExistIsTold();
    void aFailedFormatLeavesNoFileOfTheOthers();
    void changesAreUndoneByField();
    void choicesAreRememberedForTheView();
    void wordsAreRememberedForTheirExperimentAlone();
    void resetGivesTheDefault();
    void aBadNameIsToldAndCannotBeWritten();
    void trueSizeIsPhysical();
    void svgIsCopiedAsSvg();
    void ownPanelsStartFromTheViews();

private:
    QWidget* child(const char* name) const { return m_dialog->findChild<QWidget*>(QLatin1String(name)); }
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
    QStringList files() const { return QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot); }

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
    part<QCheckBox>("format:pdf")->click();
    const AnswerQuestion yes(QMessageBox::Yes);
    button("Export")->click();
    const AnswerQuestion ok(QMessageBox::Ok);
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
    auto* width = part<QDoubleSpinBox>("export:width");
    width->setValue(100.0);
    width->setValue(120.0);
    part<QDoubleSpinBox>("export:height")->setValue(90.0);
    QTest::keyClick(width, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(history.design().page.heightMm, first.page.heightMm);
    QCOMPARE(width->value(), 120.0);
    QTest::keyClick(width, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(history.design() == first);
    QCOMPARE(width->value(), first.page.widthMm);
    QTest::keyClick(width, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(width->value(), 120.0);
    width->setValue(first.page.widthMm);
    QVERIFY(!history.canUndo());
}

void ExportDialogTest::choicesAreRememberedForTheView()
{
    open();
    part<QDoubleSpinBox>("export:width")->setValue(111.0);
    button("Export")->click();
    QTRY_VERIFY(!m_dialog);
    open();
    QCOMPARE(part<QDoubleSpinBox>("export:width")->value(), 111.0);
    delete m_dialog;
    open(proposal(FigureKind::Compare));
    QCOMPARE(part<QDoubleSpinBox>("export:width")->value(), defaultPage(FigureKind::Compare).widthMm);
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

void ExportDialogTest::resetGivesTheDefault()
{
    open();
    part<QDoubleSpinBox>("export:width")->setValue(111.0);
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
    part<QDoubleSpinBox>("export:width")->setValue(254.0);
    part<QDoubleSpinBox>("export:height")->setValue(127.0);
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
    QTRY_VERIFY(QApplication::clipboard()->mimeData()->hasFormat(QStringLiteral("image/svg+xml")));
    QVERIFY(QApplication::clipboard()->mimeData()->data(QStringLiteral("image/svg+xml")).contains("<svg"));
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
    button("Remove")->click();
    QCOMPARE(m_dialog->history().design().rows[0].size(), before);
}

QTEST_MAIN(ExportDialogTest)
#include "export_dialog.moc"
