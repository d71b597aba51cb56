// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/length_list.h"

#include "core/base/error.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace posbias;

class LengthListTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTableOfLengthsIsCounted_data();
    void aTableOfLengthsIsCounted();
    void aWrongTableIsRefusedWithItsLine_data();
    void aWrongTableIsRefusedWithItsLine();
    void aMillionLinesAreCounted();
    void tooManyDistinctLengthsAreRefusedWithAWayOut();
    void directoriesAndMissingFilesAreRefused();

private:
    std::filesystem::path fileWith(const QByteArray& text)
    {
        QFile file(m_folder.filePath("lengths.csv"));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write the table");
        return file.fileName().toStdString();
    }

    QTemporaryDir m_folder;
};

void LengthListTest::aTableOfLengthsIsCounted_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("counts");
    const auto add = [](const char* name, const QByteArray& text, const QByteArray& counts) {
        QTest::newRow(name) << text << counts;
    };
    add("one for each line", "512\n16\n512\n", "16:1 512:2");
    add("no line end at the end", "512\n16", "16:1 512:1");
    add("with a heading", "length\n7\n7\n", "7:2");
    add("with any heading", "Tokens in document\n7\n", "7:1");
    add("Windows line ends and byte order mark", "\xef\xbb\xbflength\r\n7\r\n9\r\n", "7:1 9:1");
    add("blank lines", "7\n\n \n9\n\n", "7:1 9:1");
    add("spaces", " 7 \n\t9\n", "7:1 9:1");
    add("a column among others", "id,length,title\n1,300,\"One, two\"\n2,20,Three\n", "20:1 300:1");
    add("semicolons and counts", "Length;Count\n100;3\n50;4\n100;2\n", "50:4 100:5");
    add("tabs and documents, the other way round", "documents\ttokens\n3\t100\n0\t60\n4\t50\n", "50:4 100:3");
    add("quoted cells", "\"length\",\"number\"\n\"100\",\"3\"\n", "100:3");
    add("the longest", "16777216\n", "16777216:1");
}

void LengthListTest::aTableOfLengthsIsCounted()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, counts);
    QCOMPARE(QByteArray::fromStdString(readLengths(fileWith(text)).counts), counts);
}

void LengthListTest::aWrongTableIsRefusedWithItsLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("words");
    const auto add = [](const char* name, const QByteArray& text, const QByteArrayList& words) {
        QTest::newRow(name) << text << words;
    };
    add("empty", "", {"no document lengths"});
    add("only a heading", "length\n", {"no document lengths"});
    add("text", "512\nlong\n", {"line 2", "'long'", "whole number"});
    add("zero", "512\n\n0\n", {"line 3", "0", "1 to 16777216"});
    add("negative", "-3\n", {"line 1", "-3", "1 to 16777216"});
    add("a fraction", "12.5\n", {"line 1", "'12.5'", "whole number"});
    add("too long", "16777217\n", {"line 1", "16777217", "16777216"});
    add("far too long", "99999999999999999999999\n", {"line 1", "1 to 16777216"});
    add("two columns without names", "512,3\n", {"line 1", "header", "'length'"});
    add("two columns with other names", "id,title\n1,a\n", {"line 1", "'length'"});
    add("a missing cell", "length,count\n512\n", {"line 2", "1 cell", "2 columns"});
    add("an empty cell", "length,count\n,4\n", {"line 2", "length", "nothing"});
    add("a negative count", "length,count\n5,-4\n", {"line 2", "documents", "-4"});
    add("only counts of zero", "length,count\n5,0\n", {"no document lengths"});
    add("binary", QByteArray("\x00\x01\xff\n7\x00\n", 7), {"line 2"});
}

void LengthListTest::aWrongTableIsRefusedWithItsLine()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, words);
    try {
        readLengths(fileWith(text));
        QFAIL("was accepted");
    } catch (const InputError& error) {
        const QByteArray message = error.what();
        QVERIFY2(message.contains("lengths.csv"), message.constData());
        for (const QByteArray& word : words)
            QVERIFY2(message.contains(word), message.constData());
    }
}

void LengthListTest::aMillionLinesAreCounted()
{
    QByteArray text = "length\n";
    for (int k = 0; k < 1'000'000; ++k)
        text += QByteArray::number(1 + k % 1000) + '\n';
    const std::string counts = readLengths(fileWith(text)).counts;
    QVERIFY(counts.starts_with("1:1000 2:1000 "));
    QVERIFY(counts.ends_with(" 1000:1000"));
}

void LengthListTest::tooManyDistinctLengthsAreRefusedWithAWayOut()
{
    QByteArray text;
    for (int k = 0; k < 200'000; ++k)
        text += QByteArray::number(100'000 + k) + '\n';
    try {
        readLengths(fileWith(text));
        QFAIL("was accepted");
    } catch (const InputError& error) {
        QVERIFY(QByteArray(error.what()).contains("200000 distinct lengths"));
        QVERIFY(QByteArray(error.what()).contains("round them"));
    }
}

void LengthListTest::directoriesAndMissingFilesAreRefused()
{
    QVERIFY_EXCEPTION_THROWN(readLengths(m_folder.path().toStdString()), InputError);
    QVERIFY_EXCEPTION_THROWN(readLengths(m_folder.filePath("missing.csv").toStdString()), InputError);
}

QTEST_APPLESS_MAIN(LengthListTest)
#include "length_list.moc"
