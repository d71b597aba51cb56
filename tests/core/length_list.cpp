// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/length_list.h"

#include "core/base/error.h"
#include "core/base/quoted_text.h"

#include <QFile>
#include <QRandomGenerator>
#include <QStringEncoder>
#include <QTemporaryDir>
#include <QTest>

#include <zlib.h>

#include <map>

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
    void lengthsAndCountsKeepTheirPlaces_data();
    void lengthsAndCountsKeepTheirPlaces();
    void whatMayMeanTwoThingsIsRefused_data();
    void whatMayMeanTwoThingsIsRefused();
    void sharesAreNeverDocuments_data();
    void sharesAreNeverDocuments();
    void groupedRowsAreNeverSingleDocuments_data();
    void groupedRowsAreNeverSingleDocuments();
    void summariesAreNeverDocuments_data();
    void summariesAreNeverDocuments();
    void lineEndsOfUnicodeAreReadOrNamed();
    void numbersAreReadAsProgramsWriteThem_data();
    void numbersAreReadAsProgramsWriteThem();
    void everyEncodingGivesTheSameTable_data();
    void everyEncodingGivesTheSameTable();
    void damagedOrOtherFilesAreNamed_data();
    void damagedOrOtherFilesAreNamed();
    void gzipIsUnpackedWithinALimit();
    void tablesOfAnyDialectReadBackTheSame();
    void summaryTellsWhatWasRead();
    void quotesShowWhatCannotBeSeen();

private:
    QByteArray sample(const char* name)
    {
        QFile file(QStringLiteral(POSBIAS_TEST_DATA "/lengths/") + QLatin1String(name));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot open the sample");
        return file.readAll();
    }
    void expectRefusal(const QByteArray& text, const QByteArrayList& words)
    {
        const QByteArray message = refusal(text);
        for (const QByteArray& word : words)
            QVERIFY2(message.contains(word), message.constData());
    }
    /// The message; empty when the table was read.
    QByteArray refusal(const QByteArray& text)
    {
        try {
            readLengthTable(fileWith(text));
            return {};
        } catch (const InputError& error) {
            return error.what();
        }
    }

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
    QCOMPARE(QByteArray::fromStdString(readLengthTable(fileWith(text)).lengths.counts), counts);
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
    add("text", "512\nlong\n", {"line 2", "\"long\"", "whole number"});
    add("zero", "512\n\n0\n", {"line 3", "0", "1 to 16777216"});
    add("negative", "-3\n", {"line 1", "-3", "1 to 16777216"});
    add("a fraction", "12.5\n", {"line 1", "\"12.5\"", "whole number"});
    add("too long", "16777217\n", {"line 1", "16777217", "16777216"});
    add("far too long", "99999999999999999999999\n", {"line 1", "1 to 16777216"});
    add("two columns without names", "512,3\n", {"line 1", "header", "\"length\"", "\"count\""});
    add("two columns with other names", "id,title\n1,a\n", {"line 1", "\"length\""});
    add("a missing cell", "length,count\n512\n", {"line 2", "1 cell", "2 columns"});
    add("an empty cell", "length,count\n,4\n", {"line 2", "length", "empty"});
    add("a negative count", "length,count\n5,-4\n", {"line 2", "documents", "-4"});
    add("only counts of zero", "length,count\n5,0\n", {"no document lengths"});
    add("binary", QByteArray("\x00\x01\xff\n7\x00\n", 7), {"line 2"});
}

void LengthListTest::aWrongTableIsRefusedWithItsLine()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, words);
    try {
        readLengthTable(fileWith(text));
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
    const std::string counts = readLengthTable(fileWith(text)).lengths.counts;
    QVERIFY(counts.starts_with("1:1000 2:1000 "));
    QVERIFY(counts.ends_with(" 1000:1000"));
}

void LengthListTest::tooManyDistinctLengthsAreRefusedWithAWayOut()
{
    QByteArray text;
    for (int k = 0; k < 200'000; ++k)
        text += QByteArray::number(100'000 + k) + '\n';
    try {
        readLengthTable(fileWith(text));
        QFAIL("was accepted");
    } catch (const InputError& error) {
        QVERIFY(QByteArray(error.what()).contains("200000 distinct lengths"));
        QVERIFY(QByteArray(error.what()).contains("round them"));
    }
}

void LengthListTest::directoriesAndMissingFilesAreRefused()
{
    QVERIFY_EXCEPTION_THROWN(readLengthTable(m_folder.path().toStdString()), InputError);
    QVERIFY_EXCEPTION_THROWN(readLengthTable(m_folder.filePath("missing.csv").toStdString()), InputError);
}

void LengthListTest::lengthsAndCountsKeepTheirPlaces_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("counts");
    const auto add = [&](const char* name, const QByteArray& text, const QByteArray& counts = "64:2 128:5 512:37") {
        QTest::newRow(name) << text << counts;
    };
    add("pandas value_counts", sample("24-value-counts.csv"));
    add("SQL", sample("24-sql.csv"), "128:5 512:37");
    for (const char* name : {"n",
                             "N",
                             "count",
                             "Count",
                             "counts",
                             "COUNT(*)",
                             "count(1)",
                             "COUNT( id )",
                             "count_star()",
                             "freq",
                             "Freq",
                             "FREQ",
                             "Frequency",
                             "size",
                             "documents",
                             "n_docs",
                             "num documents",
                             "Number of documents",
                             " n ",
                             "doc_count",
                             "0"})
        add(name, QByteArray("length,") + name + "\n512,37\n128,5\n64,2\n");
    for (const char* name : {"length", "Length", "len", "n_tokens", "num_tokens", "Tokens", "# tokens", "token_count",
                             "seq_len", "seqLen", "Sequence length", "word count", "Length (tokens)", "L\xc3\xa4nge"})
        add(name, QByteArray("Count;") + name + "\n37;512\n5;128\n2;64\n");
    add("pandas value_counts of today", "length,count\n512,37\n128,5\n64,2\n");
    add("pandas value_counts without a name", ",count\n512,37\n128,5\n64,2\n");
    add("pandas value_counts of old without a name", ",0\n512,37\n128,5\n64,2\n");
    add("pandas value_counts with its index reset", "index,length\n512,37\n128,5\n64,2\n");
    add("pandas saved twice", "Unnamed: 0,length,count\n0,512,37\n1,128,5\n2,64,2\n");
    add("pandas rows", ",length\n0,512\n1,128\n2,512\n", "128:1 512:2");
    add("pandas rows that fall", ",length\n0,512\n1,128\n2,64\n", "64:1 128:1 512:1");
    add("R table", "\"\",\"Var1\",\"Freq\"\n\"1\",\"64\",2\n\"2\",\"128\",5\n\"3\",\"512\",37\n");
    add("R count", "\"\",\"length\",\"n\"\n\"1\",64,2\n\"2\",128,5\n\"3\",512,37\n");
    add("R rows", "\"\",\"length\"\n\"1\",64\n\"2\",128\n", "64:1 128:1");
    add("R write.table", "\"length\" \"n\"\n\"1\" 64 2\n\"2\" 128 5\n\"3\" 512 37\n");
    add("R write.table of rows", "\"length\"\n\"1\" 64\n\"2\" 128\n", "64:1 128:1");
    add("R counts beside shares", "length,n,freq\n512,37,0.84\n128,5,0.11\n64,2,0.05\n");
    add("uniq -c", "     37 512\n      5 128\n      2 64\n");
    add("uniq -c, far", "1234567 512\n      5 128\n", "128:5 512:1234567");
    add("psql", " length | count \n--------+-------\n    512 |    37\n    128 |     5\n     64 |     2\n");
    add("Markdown", "| length | n |\n|--------|---|\n| 512 | 37 |\n| 128 | 5 |\n| 64 | 2 |\n");
    add("NumPy savetxt", "# length,count\n5.120e+02,3.700000000000000000e+01\n1.28e+02,5e+00\n6.4e+01,2e+00\n");
    add("Excel", "sep=;\r\nlength;count\r\n512;37\r\n128;5\r\n64;2\r\n;\r\n;\r\n");
    add("separators at the ends of lines", "length,n,\n512,37,\n128,5,\n64,2,\n");
    add("separators at the ends of rows alone", "length,n\n512,37,\n128,5,\n64,2,\n");
    add("vertical lines", "length|n\n512|37\n128|5\n64|2\n");
    add("a quote in a comment", "title,length\n# \"long\" ones\na,512\n# \"b\nc,512\n", "512:2");
    add("pandas printed", "   length   n\n0     512  37\n1     128   5\n2      64   2\n");
    add("SQLite's columns", "length  COUNT(*)\n------  --------\n512     37\n128     5\n64      2\n");
    add("MySQL's frame", "+--------+----+\n| length | n  |\n+--------+----+\n|    512 | 37 |\n|    128 |  5 |\n|     "
                         "64 |  2 |\n+--------+----+\n");
    add("blanks", "length n\n512 37\n128  5\n 64  2\n");
    add("comments", sample("comment-above-header.csv"), "128:1 512:3");
    add("a line break in quotes", sample("quoted-newline-reads-a-length.csv"), "512:2");
    add("quotes in quotes", "length,title\n512,\"a \"\"b\"\", c\"\n128,\"\"\"\"\n", "128:1 512:1");
    add("quotes inside a cell", "length,title\n512,a 5\" disk\n128,x\n", "128:1 512:1");
    add("other numbers beside lengths that repeat", "length,year\n512,1999\n512,2000\n", "512:2");
    add("columns that are known", "id,length,year\n7,512,1999\n9,128,2000\n", "128:1 512:1");
    add("semicolons with commas inside", "length;title\n512;a, b\n128;c, d, e\n", "128:1 512:1");
}

void LengthListTest::lengthsAndCountsKeepTheirPlaces()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, counts);
    QCOMPARE(refusal(text), QByteArray());
    QCOMPARE(QByteArray::fromStdString(readLengthTable(fileWith(text)).lengths.counts), counts);
}

void LengthListTest::whatMayMeanTwoThingsIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("words");
    const auto add = [](const char* name, const QByteArray& text, const QByteArrayList& words) {
        QTest::newRow(name) << text << words;
    };
    add("two columns of one name", sample("two-columns-called-length.csv"), {"line 1", "two columns", "\"length\""});
    add("two lengths", "tokens,words\n512,300\n128,90\n", {"line 1", "\"tokens\"", "\"words\"", "keep one"});
    add("two lengths in NumPy's heading", "# tokens,words\n512,300\n128,90\n", {"line 1:", "\"tokens\"", "keep one"});
    add("two counts", "length,n,documents\n512,3,4\n", {"\"n\"", "\"documents\"", "call the lengths"});
    add("counts alone", "n,count\n512,37\n128,5\n", {"\"n\"", "\"count\""});
    add("a count and an unknown name", "foo,n\n512,37\n128,5\n", {"\"n\"", "\"foo\"", "no column is called"});
    add("an unknown name beside the lengths", "length,foo\n512,37\n128,5\n",
        {"\"length\"", "\"foo\"", "call it \"count\""});
    add("one column of counts", "count\n37\n5\n", {"\"count\"", "call it \"length\""});
    add("one row without names", "512,37\n", {"line 1", "2 columns", "header"});
    add("awk", "512 37\n128 5\n", {"line 1", "2 columns", "header"});
    add("rows or values", ",length\n1,5\n2,3\n3,1\n", {"line 1", "without a name", "\"length\"", "\"count\""});
    add("rows of a part", ",length\n3,512\n7,128\n12,600\n", {"without a name", "numbers of rows"});
    add("rows that were sorted", ",length\n17,5000\n3,4800\n41,12\n", {"without a name", "numbers of rows"});
    add("uniq -c of a column with its heading", "      1 length\n     37 512\n      5 128\n",
        {"line 1", "\"length\"", "\"1\""});
    add("row numbers and counts", ",count\n0,37\n1,5\n", {"\"count\"", "no column is called"});
    add("a value twice", "Var1,Freq\n512,37\n512,5\n", {"\"Var1\"", "twice"});
    add("totals of corpora", "dataset,documents,tokens\nc4,3650,1560000\nwiki,61,43000\n",
        {"\"tokens\"", "\"dataset\"", "call it \"length\""});
    add("totals by language", "lang\tDocuments\tTokens\nde\t3\t900\nfr\t4\t80\n", {"\"Tokens\"", "\"lang\""});
    add("totals by year", "year,tokens,documents\n2001,500,3\n2002,700,9\n", {"\"tokens\"", "\"year\""});
    add("totals by name", "total_tokens,count\n500,3\n700,9\n", {"\"total_tokens\"", "together"});
    add("frequencies of tokens", "token,count\n101,5\n2023,7\n", {"\"token\"", "which token"});
    add("numbers of rows called n", "n,length\n1,512\n2,100\n3,77\n", {"\"n\"", "counts the rows"});
    add("numbers of rows from 0", "n,tokens\n0,512\n1,100\n2,77\n", {"\"n\"", "counts the rows"});
    add("counts in thousands", "length,count (thousands)\n512,1\n", {"\"count (thousands)\""});
    for (const char* name :
         {"log2_length", "mean_length", "id", "p", "input_ids", "bytes", "tokens_millions", "ktokens", "token_type"})
        add(name, QByteArray(name) + "\n512\n100\n", {"only column", name, "call it \"length\""});
    add("a sum", "length,count\n512,37\n128,5\nTotal,42\n", {"line 4", "\"Total\"", "sum"});
    add("a sum in another column", "title,length\na,512\nb,128\nGrand total,640\n",
        {"line 4", "\"Grand total\"", "sum"});
    add("a row or a comment", "title,length\n#a,512\nb,128\n", {"line 2", "\"#a,512\"", "comment"});
    add("an unclosed quote", sample("unclosed-quote-is-read.csv"), {"line 2", "quote", "never closed"});
    add("an unclosed quote far below", "length,title\n512,a\n128,\"b\nc\n64,d\n", {"line 3", "never closed"});
    add("text behind a quote", "length,title\n512,\"a\"b\n", {"line 2", "closing quote"});
    add("a zero byte", sample("nul-byte-cuts-message.csv"), {"line 2", "\"512\\0\"", "whole number"});
    add("too many cells", "length,count\n512,3,x\n", {"line 2", "3 cells", "2 columns"});
    add("too few cells below quotes", "length,note\n512,\"a\nb\"\n128\n", {"line 4", "1 cell", "2 columns"});
}

void LengthListTest::whatMayMeanTwoThingsIsRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, words);
    const QByteArray message = refusal(text);
    for (const QByteArray& word : words)
        QVERIFY2(message.contains(word), message.constData());
}

void LengthListTest::sharesAreNeverDocuments_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* name :
         {"proportion", "share", "Share (%)", "percent", "pct", "prop", "density", "fraction", "probability",
          "rel_freq", "freq", "count", "n", "w", "weight", "%", "score", "0", "anything"})
        QTest::newRow(name) << QByteArray("length,") + name + "\n512,0.84\n128,0.11\n64,0.05\n";
    QTest::newRow("percent") << QByteArray("length,percent\n512,84\n128,11\n64,5\n");
    QTest::newRow("percent with decimals") << QByteArray("length,foo\n512,84.1\n128,11.4\n64,4.5\n");
    QTest::newRow("percent signs") << QByteArray("length,foo\n512,84%\n128,11%\n64,5%\n");
    QTest::newRow("counts in percent") << QByteArray("length,count\n512,84.1\n128,11.4\n64,4.5\n");
    QTest::newRow("decimal commas") << QByteArray("length;foo\n512;0,84\n128;0,11\n64;0,05\n");
    QTest::newRow("exponents") << QByteArray("n_tokens\tw\n512\t8.4e-01\n128\t1.1e-01\n64\t5e-02\n");
    QTest::newRow("a missing one") << QByteArray("length,w\n512,0.84\n128,NA\n64,0.05\n");
    QTest::newRow("the other way round") << QByteArray("share,length\n0.84,512\n0.11,128\n0.05,64\n");
    QTest::newRow("pandas of old") << QByteArray(",length\n512,0.84\n128,0.11\n64,0.05\n");
    QTest::newRow("R prop.table") << QByteArray("\"\",\"Var1\",\"Freq\"\n\"1\",\"64\",0.05\n\"2\",\"128\",0.95\n");
}

void LengthListTest::sharesAreNeverDocuments()
{
    QFETCH(QByteArray, text);
    expectRefusal(text, {"shares are no counts", "\"count\""});
}

void LengthListTest::groupedRowsAreNeverSingleDocuments_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("outcome");  // the lengths, or a part of the refusal
    const auto add = [](const char* name, const char* text, const char* outcome) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(outcome);
    };
    add("pandas count", "n_tokens,text,label\n64,2,2\n128,5,5\n512,37,37\n", "\"text\" may be the number of documents");
    add("pandas count with its index reset", ",n_tokens,text\n0,64,2\n1,128,5\n2,512,37\n",
        "\"text\" may be the number");
    for (const char* name : {"id", "doc_id", "title", "url", "year", "label", "source", "chars", "rank"})
        QTest::newRow(name) << QByteArray("length,") + name + "\n64,2\n128,5\n512,37\n"
                            << '"' + QByteArray(name) + "\" may be the number of documents";
    add("counts first", "id,length\n2,64\n5,128\n37,512\n", "\"id\" may be the number of documents");
    add("running sums", "length,cumcount\n64,2\n128,7\n512,44\n", "running sums");
    add("Polars", "length,len\n512,37\n64,2\n128,5\n", "\"len\" may be the numbers of documents of each \"length\"");
    add("Polars of tokens", "n_tokens,len\n512,37\n64,2\n", "call it \"count\"");
    add("documents with texts", "length,label,title\n64,2,one\n128,5,two\n512,37,three\n", "64:1 128:1 512:1");
    add("documents with ids", "id,length,sentences\n70,64,2\n90,512,37\n80,128,5\n", "64:1 128:1 512:1");
    add("documents with scores", "title,length,score\na,64,0.5\nb,128,0.2\n", "64:1 128:1");
    add("labels", "length,label\n64,0\n128,1\n512,0\n", "64:1 128:1 512:1");
    add("years", "length,year\n64,1999\n128,2003\n512,2001\n", "64:1 128:1 512:1");
    add("numbers of rows behind", "length,id\n512,1\n64,2\n128,3\n", "64:1 128:1 512:1");
    add("lengths that repeat", "length,id\n64,7\n128,9\n64,12\n", "64:2 128:1");
    add("shares beside lengths that repeat", "length,probability\n64,0.7\n128,0.9\n64,0.2\n", "64:2 128:1");
}

void LengthListTest::groupedRowsAreNeverSingleDocuments()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, outcome);
    const QByteArray message = refusal(text);
    const QByteArray found =
        message.isEmpty() ? QByteArray::fromStdString(readLengthTable(fileWith(text)).lengths.counts) : message;
    QVERIFY2(message.isEmpty() ? found == outcome : found.contains(outcome), found.constData());
}

void LengthListTest::summariesAreNeverDocuments_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("word");
    const auto add = [](const char* name, const char* text, const char* word) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(word);
    };
    add("pandas describe", ",length\ncount,44\nmean,448\nstd,140\nmin,64\n25%,512\n50%,512\n75%,512\nmax,512\n",
        "\"count\"");
    add("printed", "       length\ncount    44.0\nmean    448.0\nmin      64.0\n25%     512.0\n", "\"count\"");
    add("without a header row", "count,44\nmean,448\nmin,64\n25%,512\n", "\"mean\"");
    add("R summary", "\"\",\"length\"\n\"Min.\",64\n\"1st Qu.\",512\n\"Median\",512\n\"Mean\",448\n\"Max.\",512\n",
        "\"Min.\"");
    add("Polars describe", "statistic,length\ncount,44\nnull_count,0\nmean,448\nmin,64\n", "\"count\"");
    add("a named column", "what,tokens\nmean,448\nmedian,512\nmax,512\n", "\"mean\"");
    add("R quantile", "\"\",\"x\"\n\"0%\",64\n\"25%\",512\n\"50%\",512\n", "\"0%\"");
    add("pandas quantile", ",length\n0.25,512\n0.5,512\n0.75,512\n", "quantile");
    add("percentiles", "percentile,length\n25,512\n50,512\n75,512\n", "\"percentile\"");
    add("quantiles", "quantile,length\n0.1,64\n0.5,512\n0.9,512\n", "\"quantile\"");
}

void LengthListTest::summariesAreNeverDocuments()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, word);
    expectRefusal(text, {word, "expected one length in each line"});
    // Single documents may be called so.
    QCOMPARE(refusal("title,length\nMax,512\nMean streets,512\nRoads,64\n"), QByteArray());
}

void LengthListTest::lineEndsOfUnicodeAreReadOrNamed()
{
    for (const QByteArray end : {"\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9"}) {
        const QByteArray table = "length,n" + end + "512,3" + end + "128,1";
        QCOMPARE(refusal(table), QByteArray());
        QCOMPARE(readLengthTable(fileWith(table + end)).lengths.counts, std::string("128:1 512:3"));
        expectRefusal("length\n512" + end + "128\n64\n", {"line 2", "U+2028", "line feeds"});
        expectRefusal("length" + end + "512\n64\n", {"line 1", "U+2028", "line feeds"});
        QCOMPARE(refusal("length,title\n512,a" + end + "b\n64,c\n"), QByteArray());
    }
}

void LengthListTest::numbersAreReadAsProgramsWriteThem_data()
{
    QTest::addColumn<QByteArray>("number");
    QTest::addColumn<QByteArray>("read");  // or a part of the refusal
    const auto add = [](const char* number, const char* read) {
        QTest::newRow(number) << QByteArray(number) << QByteArray(read);
    };
    add("512.0", "512:1");
    add("512.", "512:1");
    add("512.00000", "512:1");
    add("5.12e+02", "512:1");
    add("5.12E2", "512:1");
    add("1e+05", "100000:1");
    add("1.6777216e7", "16777216:1");
    add("+512", "512:1");
    add("0512", "512:1");
    add("512,0", "512:1");
    add("\"512\"", "512:1");
    add("5120e-1", "512:1");
    add("512.5", "\"512.5\"; it must be a whole number");
    add("5.125e+02", "\"5.125e+02\"; it must be a whole number");
    add("1.6777217e7", "from 1 to 16777216");
    add("1e400000000000000000000", "from 1 to 16777216");
    add("1e-400000000000000000000", "whole number");
    add("-3", "\"-3\"; it must be from 1");
    add("0.0", "\"0.0\"; it must be from 1");
    add("nan", "\"nan\"; it must be a whole number");
    add("NA", "\"NA\"; it must be a whole number");
    add("inf", "\"inf\"; it must be a whole number");
    add("\"1,000\"", "\"1,000\"; it may be 1 or 1000");
    add("1.024", "it may be 1.024 or 1024");
    add("512.000", "it may be 512 or 512000");
    add("1.000.000", "without marks between thousands: 1000000");
    add("1'000", "without marks between thousands: 1000");
    add("1\xc2\xa0"
        "000",
        "\"1\\u00a0000\"; it must be a whole number without marks between thousands: 1000");
    add("0x10", "whole number");
    add("512e", "whole number");
    add(".", "whole number");
}

void LengthListTest::numbersAreReadAsProgramsWriteThem()
{
    QFETCH(QByteArray, number);
    QFETCH(QByteArray, read);
    const QByteArray text = "length\n" + number + '\n';
    const QByteArray message = refusal(text);
    const QByteArray outcome =
        message.isEmpty() ? QByteArray::fromStdString(readLengthTable(fileWith(text)).lengths.counts) : message;
    QVERIFY2(outcome.contains(read), outcome.constData());
}

namespace {

QByteArray gzipped(const QByteArray& bytes)
{
    z_stream stream{};
    if (deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        qFatal("cannot compress");
    QByteArray packed(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(bytes.size()))), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.constData()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

QByteArray encoded(const QByteArray& utf8, const QByteArray& encoding)
{
    if (encoding == "utf-8")
        return utf8;
    if (encoding == "utf-8 with mark")
        return "\xef\xbb\xbf" + utf8;
    const QString text = QString::fromUtf8(utf8);
    if (encoding == "latin-1")
        return text.toLatin1();
    const bool little = encoding.contains("LE");
    const auto form = encoding.startsWith("utf-32") ? (little ? QStringConverter::Utf32LE : QStringConverter::Utf32BE)
                                                    : (little ? QStringConverter::Utf16LE : QStringConverter::Utf16BE);
    const bool mark = encoding.contains("mark");
    QStringEncoder encoder(form, mark ? QStringConverter::Flag::WriteBom : QStringConverter::Flag::Default);
    return encoder.encode(text);
}

const QByteArrayList& encodings()
{
    static const QByteArrayList all = {"utf-8",
                                       "utf-8 with mark",
                                       "latin-1",
                                       "utf-16 LE with mark",
                                       "utf-16 BE with mark",
                                       "utf-16 LE",
                                       "utf-16 BE",
                                       "utf-32 LE with mark",
                                       "utf-32 BE with mark"};
    return all;
}

}  // namespace

void LengthListTest::everyEncodingGivesTheSameTable_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("a sample") << sample("27-utf16.csv");
    for (const QByteArray& encoding : encodings())
        for (const QByteArray lineEnd : {"\n", "\r\n", "\r"}) {
            const QByteArray bytes = encoded(QByteArray("L\xc3\xa4nge;n;Titel\n512;3;\"\xc3\xbc"
                                                        "ber\nzwei\"\n128;1;x\n")
                                                 .replace('\n', lineEnd),
                                             encoding);
            const QByteArray name = encoding + ' ' + QByteArray(lineEnd).replace('\r', "CR").replace('\n', "LF");
            QTest::newRow(name.constData()) << bytes;
            QTest::newRow((name + " gzip").constData()) << gzipped(bytes);
        }
}

void LengthListTest::everyEncodingGivesTheSameTable()
{
    QFETCH(QByteArray, bytes);
    QCOMPARE(refusal(bytes), QByteArray());
    const LengthTable table = readLengthTable(fileWith(bytes));
    if (QByteArray(QTest::currentDataTag()).startsWith("a sample")) {
        QCOMPARE(table.lengths.counts, std::string("512:1"));
        QCOMPARE(table.encoding, std::string_view("UTF-16"));
        return;
    }
    QCOMPARE(table.lengths.counts, std::string("128:1 512:3"));
    QCOMPARE(table.lengthColumn, std::string("L\xc3\xa4nge"));
}

void LengthListTest::damagedOrOtherFilesAreNamed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("word");
    const QByteArray packed = gzipped("length\n512\n128\n");
    QByteArray flipped = packed;
    flipped[flipped.size() - 6] = static_cast<char>(flipped[flipped.size() - 6] ^ 1);
    QTest::newRow("gzip cut off") << packed.left(packed.size() - 5) << QByteArray("gzip that breaks off");
    QTest::newRow("gzip damaged") << flipped << QByteArray("damaged gzip");
    QTest::newRow("gzip and more") << packed + "more" << QByteArray("behind its end");
    QTest::newRow("gzip inside gzip") << gzipped(packed) << QByteArray("packed twice");
    QTest::newRow("a workbook") << QByteArray("PK\x03\x04rest") << QByteArray("workbook");
    QTest::newRow("Parquet") << QByteArray("PAR1rest") << QByteArray("Parquet");
    QTest::newRow("NumPy") << QByteArray("\x93NUMPY\x01\x00", 8) << QByteArray("NumPy");
    QTest::newRow("bzip2") << QByteArray("BZh91AY") << QByteArray("bzip2");
    QTest::newRow("JSON") << QByteArray("{\"posbias\": 1}") << QByteArray("JSON");
    QTest::newRow("JSON lines") << QByteArray("{\"length\": 512}\n{\"length\": 128}\n") << QByteArray("JSON");
    QTest::newRow("a JSON list") << QByteArray("[512, 128]") << QByteArray("JSON");
    QTest::newRow("HTML") << QByteArray("<html>\n") << QByteArray("HTML");
    QTest::newRow("half a character") << QByteArray("\xff\xfe"
                                                    "5\0"
                                                    "1",
                                                    5)
                                      << QByteArray("middle of a character of UTF-16");
    QTest::newRow("half a pair") << QByteArray("\xff\xfe\x00\xd8"
                                               "5\0",
                                               6)
                                 << QByteArray("damaged UTF-16, line 1");
}

void LengthListTest::damagedOrOtherFilesAreNamed()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, word);
    const QByteArray message = refusal(bytes);
    QVERIFY2(message.contains(word) && message.contains("lengths.csv"), message.constData());
}

void LengthListTest::gzipIsUnpackedWithinALimit()
{
    QCOMPARE(readLengthTable(fileWith(gzipped("512\n") + gzipped("128\n"))).lengths.counts, std::string("128:1 512:1"));
    const QByteArray bomb = gzipped(QByteArray((256 << 20) + 1, '\n'));
    QVERIFY(bomb.size() < (1 << 20));
    const QByteArray message = refusal(bomb);
    QVERIFY2(message.contains("larger than 256 MiB") && message.contains("count its lengths first"),
             message.constData());
}

void LengthListTest::tablesOfAnyDialectReadBackTheSame()
{
    QRandomGenerator random(20);
    const auto any = [&](auto&& list) { return list[random.bounded(static_cast<int>(list.size()))]; };
    const QByteArrayList lengthNames = {"length", "LEN", "n_tokens", "Tokens", "seq_len"};
    const QByteArrayList countNames = {"count", "N", "Freq", "size", "COUNT(*)", "documents"};
    const QByteArrayList titles = {"",         "plain",      "a,b;c|d\te",   "two\nlines", "512",
                                   "1,2\n3,4", "say \"so\"", "# no comment", "\xc3\xa4"};
    for (int trial = 0; trial < 500; ++trial) {
        const char separator = any(QByteArray("\t;,|"));
        const bool counted = random.bounded(2), titled = random.bounded(2), quoteAll = random.bounded(2);
        const auto cell = [&](QByteArray text) {
            const bool needed =
                text.contains(separator) || text.contains('\n') || text.contains('"') || text.contains('#');
            if (needed || quoteAll)
                text = '"' + text.replace("\"", "\"\"") + '"';
            return text;
        };
        const QByteArray number = any(QByteArrayList{"%", "%.0", "%e0", separator == ',' ? "%" : "%,0"});
        const auto numberCell = [&](qint64 value) {
            return cell(QByteArray(number).replace('%', QByteArray::number(value)));
        };
        std::map<qint64, qint64> expected;
        QByteArrayList lines;
        QByteArrayList header{cell(any(lengthNames))};
        if (counted)
            header << cell(any(countNames));
        if (titled)
            header << cell("title");
        lines << header.join(separator);
        for (int row = 1 + random.bounded(12); row > 0; --row) {
            const qint64 length = 1 + random.bounded(2000), count = counted ? 1 + random.bounded(50) : 1;
            expected[length] += count;
            QByteArrayList cells{numberCell(length)};
            if (counted)
                cells << numberCell(count);
            if (titled)
                cells << cell(any(titles));
            lines << cells.join(separator);
        }
        const QByteArray lineEnd = any(QByteArrayList{"\n", "\r\n", "\r"});
        QByteArray table = lines.join('\n') + (random.bounded(2) ? "\n" : "");
        if (random.bounded(4) == 0)
            table.prepend(QByteArray("sep=") + separator + '\n');
        QByteArray bytes = encoded(table.replace("\n", lineEnd), any(encodings()));
        if (random.bounded(4) == 0)
            bytes = gzipped(bytes);
        QByteArray counts;
        for (const auto& [length, count] : expected)
            counts += (counts.isEmpty() ? "" : " ") + QByteArray::number(length) + ':' + QByteArray::number(count);
        try {
            QCOMPARE(QByteArray::fromStdString(readLengthTable(fileWith(bytes)).lengths.counts), counts);
        } catch (const InputError& error) {
            QFAIL((error.what() + ("\n" + table)).constData());
        }
    }
}

void LengthListTest::summaryTellsWhatWasRead()
{
    const LengthTable table = readLengthTable(fileWith(sample("24-value-counts.csv")));
    QCOMPARE(table.rows, std::int64_t{3});
    QCOMPARE(table.documents, std::int64_t{44});
    QCOMPARE(table.smallest, std::int64_t{64});
    QCOMPARE(table.largest, std::int64_t{512});
    QCOMPARE(table.median, std::int64_t{512});
    QVERIFY(table.counted && table.guessed && table.lengthColumn.empty());
    QCOMPARE(table.countColumn, std::string("length"));
    const LengthTable other = readLengthTable(fileWith("id;tokens;title\n1;8;a\n2;9;b\n3;30;c\n4;40;d\n"));
    QCOMPARE(other.median, std::int64_t{9});
    QVERIFY(!other.counted && !other.guessed);
    QCOMPARE(other.otherColumns, (std::vector<std::string>{"id", "title"}));
}

void LengthListTest::quotesShowWhatCannotBeSeen()
{
    using namespace std::string_literals;
    QCOMPARE(quotedText("plain \xc3\xa4"), "\"plain \xc3\xa4\""s);
    QCOMPARE(quotedText("a\0b\n\t\r\"\\\x1b\x7f"s), "\"a\\0b\\n\\t\\r\\\"\\\\\\x1b\\x7f\""s);
    QCOMPARE(quotedText("\xff\xc2\xa0\xe2\x80\x8b\xe2\x80\xae"), "\"\\xff\\u00a0\\u200b\\u202e\""s);
    QCOMPARE(quotedText(""), "\"\""s);
    QCOMPARE(quotedText(std::string(61, 'x')), '"' + std::string(60, 'x') + "...\"");
}

QTEST_APPLESS_MAIN(LengthListTest)
#include "length_list.moc"
