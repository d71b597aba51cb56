// SPDX-License-Identifier: GPL-3.0-or-later
// Document lengths from a table that is dropped on the window.
#include "core/experiment/fields.h"
#include "core/experiment/listed_lengths.h"
#include "core/learning/corpus.h"
#include "tests/ui/lab_window.h"
#include "ui/text/length_sentence.h"
#include "ui/text/length_table_words.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

using namespace posbias;
using namespace posbias::ui;
using namespace posbias::ui::lab;

namespace {

void write(const QString& file, const QByteArray& bytes)
{
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(bytes);
}

/// Waits until a table was read; then it is shown.
QDialog* dialogOf(Shown& shown)
{
    QDialog* dialog = nullptr;
    const auto ready = [&] {
        dialog = shown.part<QDialog>("lengths");
        return dialog && dialog->isVisible() && dialog->findChild<QLabel*>(QStringLiteral("lengths:file"));
    };
    return QTest::qWaitFor(ready, longEnough) ? dialog : nullptr;
}

void press(QDialog* dialog, QDialogButtonBox::ButtonRole role)
{
    auto* buttons = dialog->findChild<QDialogButtonBox*>();
    for (QAbstractButton* button : buttons->buttons())
        if (buttons->buttonRole(button) == role)
            button->click();
}

void agree(Shown& shown)
{
    QDialog* dialog = dialogOf(shown);
    QVERIFY(dialog);
    press(dialog, QDialogButtonBox::AcceptRole);
}

}  // namespace

class TestLengthImport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_settings.clear(); }

    void documentLengthsComeFromADroppedTable();
    void listedLengthsBeginWithTheDocumentsThatThereAre_data();
    void listedLengthsBeginWithTheDocumentsThatThereAre();
    void oneListedDocumentIsOne();
    void whatWasReadIsShownBeforeItIsUsed();
    void columnsWithoutNamesAreNotSaidToHaveNames();
    void cancelLeavesTheExperimentAsItIs();
    void aBadTableIsToldAndChangesNothing();

private:
    OwnSettings m_settings;
};

void TestLengthImport::documentLengthsComeFromADroppedTable()
{
    Shown shown;
    const QString file = m_settings.filePath(QStringLiteral("lengths.csv"));
    write(file, "length\n8\n20\n20\n64\n");
    shown.drop(file);
    agree(shown);
    QTRY_VERIFY(std::holds_alternative<ListedLengths>(shown.model.experiment().corpus.lengths));
    QCOMPARE(std::get<ListedLengths>(shown.model.experiment().corpus.lengths).counts, std::string("8:1 20:2 64:1"));
    shown.settle();
    QString sentences;
    for (const QLabel* label : shown.section("data")->findChildren<QLabel*>())
        sentences += label->text() + u' ';
    QVERIFY2(sentences.contains(QStringLiteral("4 listed documents of 8 to 64 tokens; 1 longer than 32 is cut")),
             qPrintable(sentences));
    QVERIFY(!shown.part<QWidget>("row:corpus.lengths.counts"));
    shown.model.undo();
    QVERIFY(std::holds_alternative<FixedLengths>(shown.model.experiment().corpus.lengths));
}

void TestLengthImport::listedLengthsBeginWithTheDocumentsThatThereAre_data()
{
    QTest::addColumn<std::string>("kind");
    for (const char* kind : {"fixed", "uniform", "pareto"})
        QTest::newRow(kind) << std::string(kind);
}

void TestLengthImport::listedLengthsBeginWithTheDocumentsThatThereAre()
{
    QFETCH(std::string, kind);
    Experiment start = small();
    start.corpus.documents = 40;
    Shown shown(withField(start, "corpus.lengths", kind));
    const Experiment before = shown.model.experiment();
    shown.model.setField(QStringLiteral("corpus.lengths"), std::string("listed"));
    const auto* listed = std::get_if<ListedLengths>(&shown.model.experiment().corpus.lengths);
    QVERIFY(listed);
    std::vector<CountedLength> drawn;
    for (const LengthCount& each : documentLengths(before.corpus, before.trainingLength))
        drawn.push_back({each.length, static_cast<std::int64_t>(each.documents)});
    QVERIFY(countedLengths(*listed) == drawn);
    QVERIFY(!shown.model.problem());
    shown.model.undo();
    QVERIFY(shown.model.experiment() == before);
}

void TestLengthImport::oneListedDocumentIsOne()
{
    QCOMPARE(lengthSentence(ListedLengths{"512:1"}, 512),
             QStringLiteral("Drawn from 1 listed document of 512 tokens."));
    QCOMPARE(lengthSentence(ListedLengths{"1:1"}, 512), QStringLiteral("Drawn from 1 listed document of 1 token."));
    QCOMPARE(lengthSentence(ListedLengths{"1:1 600:2"}, 512),
             QStringLiteral("Drawn from 3 listed documents of 1 to 600 tokens; 2 longer than 512 are cut."));
}

void TestLengthImport::whatWasReadIsShownBeforeItIsUsed()
{
    Shown shown;
    const QString file = m_settings.filePath(QStringLiteral("counts.csv"));
    write(file, ",length\n512,37\n128,5\n64,2\n");
    const Experiment before = shown.model.experiment();
    shown.drop(file);
    QDialog* dialog = dialogOf(shown);
    QVERIFY(dialog);
    QStringList said;
    for (const QLabel* label : dialog->findChildren<QLabel*>())
        said << label->text();
    for (const char* words : {"counts.csv", "44", "64 tokens", "512 tokens"})
        QVERIFY2(said.contains(QString::fromUtf8(words)), qPrintable(said.join(u'\n')));
    const QString all = said.join(u'\n');
    for (const char* words : {"Lengths are in the column without a name, numbers of documents in the column “length”.",
                              "Please check", "44 listed documents of 64 to 512 tokens"})
        QVERIFY2(all.contains(QString::fromUtf8(words)), qPrintable(all));
    QVERIFY(shown.model.experiment() == before);
    // The experiment may change meanwhile; its other settings stay as they are then.
    Experiment other = before;
    other.corpus.seed = 48;
    shown.model.change(other, QStringLiteral("Seed"));
    press(dialog, QDialogButtonBox::AcceptRole);
    QCOMPARE(std::get<ListedLengths>(shown.model.experiment().corpus.lengths).counts, std::string("64:2 128:5 512:37"));
    QCOMPARE(shown.model.experiment().corpus.seed, other.corpus.seed);
    QTRY_VERIFY(!shown.part<QDialog>("lengths"));
}

void TestLengthImport::cancelLeavesTheExperimentAsItIs()
{
    Shown shown;
    const QString file = m_settings.filePath(QStringLiteral("lengths.tsv"));
    write(file, "length\tn\n8\t3\n");
    const Experiment before = shown.model.experiment();
    shown.drop(file);
    QDialog* dialog = dialogOf(shown);
    QVERIFY(dialog);
    press(dialog, QDialogButtonBox::RejectRole);
    QVERIFY(shown.model.experiment() == before);
    QTRY_VERIFY(!shown.part<QDialog>("lengths"));
}

void TestLengthImport::columnsWithoutNamesAreNotSaidToHaveNames()
{
    LengthTable table;
    table.counted = table.guessed = true;
    QVERIFY(lengthTableSentence(table).contains(QStringLiteral("There are no names")));
    QVERIFY(!lengthTableSentence(table).contains(QStringLiteral("The names leave that open")));
    table.countColumn = "length";
    QVERIFY(lengthTableSentence(table).contains(QStringLiteral("The names leave that open")));
}

void TestLengthImport::aBadTableIsToldAndChangesNothing()
{
    Shown shown;
    const QString file = m_settings.filePath(QStringLiteral("words.csv"));
    write(file, "8\nmany\n");
    QString said;
    QTimer answer;
    connect(&answer, &QTimer::timeout, this, [&] {
        if (auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
            said = box->text() + box->informativeText();
            box->accept();
        }
    });
    answer.start(5);
    const Experiment before = shown.model.experiment();
    shown.drop(file);
    QTRY_VERIFY(!said.isEmpty());
    QVERIFY2(said.contains(QStringLiteral("words.csv")) && said.contains(QStringLiteral("many")), qPrintable(said));
    QVERIFY(shown.model.experiment() == before);
}

QTEST_MAIN(TestLengthImport)
#include "length_import.moc"
