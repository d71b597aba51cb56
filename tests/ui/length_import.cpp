// SPDX-License-Identifier: GPL-3.0-or-later
// Document lengths from a table that is dropped on the window.
#include "tests/ui/lab_window.h"

#include <QMessageBox>
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

}  // namespace

class TestLengthImport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_settings.clear(); }

    void documentLengthsComeFromADroppedTable();
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
    QTRY_VERIFY(std::holds_alternative<ListedLengths>(shown.model.experiment().corpus.lengths));
    QCOMPARE(std::get<ListedLengths>(shown.model.experiment().corpus.lengths).counts, std::string("8:1 20:2 64:1"));
    shown.settle();
    QString sentences;
    for (const QLabel* label : shown.section("data")->findChildren<QLabel*>())
        sentences += label->text() + u' ';
    QVERIFY2(sentences.contains(QStringLiteral("4 listed documents of 8 to 64 tokens; 1 longer than 32 are cut")),
             qPrintable(sentences));
    QVERIFY(!shown.part<QWidget>("row:corpus.lengths.counts"));
    shown.model.undo();
    QVERIFY(std::holds_alternative<FixedLengths>(shown.model.experiment().corpus.lengths));
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
