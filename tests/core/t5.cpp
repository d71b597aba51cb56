// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schemes/t5.h"

#include "core/base/error.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <tuple>

using namespace posbias;

namespace {

using Row = std::vector<std::string>;

/// The rows of a reference table without its comments and its header.
std::vector<Row> tableRows(const char* name)
{
    std::ifstream file(std::string(POSBIAS_TEST_DATA) + "/" + name);
    std::vector<Row> rows;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#')
            continue;
        Row row;
        std::istringstream cells(line);
        for (std::string cell; std::getline(cells, cell, '\t');)
            row.push_back(cell);
        rows.push_back(std::move(row));
    }
    if (!rows.empty())
        rows.erase(rows.begin());
    return rows;
}

std::int64_t number(const std::string& text)
{
    return std::stoll(text);
}

constexpr std::int64_t tableEnd = 4'194'305;  // 2^22 + 1: the reference tables list every offset up to here

/// Runs as the tables write them: clipped to -tableEnd..tableEnd.
std::vector<Segment> clipped(std::vector<Segment> runs)
{
    for (Segment& run : runs) {
        run.first = std::max(run.first, -tableEnd);
        run.last = std::min(run.last, tableEnd);
    }
    return runs;
}

std::string described(const T5& scheme, Mask mask)
{
    std::ostringstream text;
    text << (scheme.variant == T5Variant::Book ? "book " : "huggingface ")
         << (mask == Mask::Causal ? "causal " : "bidirectional ") << scheme.buckets << " / " << scheme.maxDistance;
    return text.str();
}

using Settings = std::tuple<Mask, std::int64_t, std::int64_t>;

void compareTable(T5Variant variant, const std::map<Settings, std::vector<Segment>>& expected)
{
    for (const auto& [settings, runs] : expected) {
        const auto [mask, buckets, maxDistance] = settings;
        const T5 scheme{variant, buckets, maxDistance};
        const T5Buckets rule(scheme, mask);
        std::vector<Segment> ascending = runs;
        std::ranges::sort(ascending, {}, &Segment::first);
        QVERIFY2(clipped(rule.runs()) == ascending, described(scheme, mask).c_str());
        for (const Segment& run : ascending) {
            QCOMPARE(rule.bucketOf(run.first), run.parameter);
            QCOMPARE(rule.bucketOf(run.last), run.parameter);
        }
    }
}

void compareHuggingFaceTable(const char* name, std::size_t settingsExpected)
{
    std::map<Settings, std::vector<Segment>> expected;
    for (const Row& row : tableRows(name)) {
        const Mask mask = row[0] == "1" ? Mask::Bidirectional : Mask::Causal;
        expected[{mask, number(row[1]), number(row[2])}].push_back({number(row[5]), number(row[6]), number(row[7])});
    }
    QCOMPARE(expected.size(), settingsExpected);
    compareTable(T5Variant::HuggingFace, expected);
}

template <typename Action>
std::string subjectOfError(Action action, std::string* message = nullptr)
{
    try {
        action();
    } catch (const InputError& error) {
        if (message)
            *message = error.what();
        return error.subject();
    }
    return "no error";
}

}  // namespace

class T5Test : public QObject {
    Q_OBJECT

private slots:
    void causalBucketsEqualTheReferenceAtEveryOffset() { compareHuggingFaceTable("t5_hf_unidirectional.tsv", 29); }

    void bidirectionalBucketsEqualTheReferenceAtEveryOffset()
    {
        compareHuggingFaceTable("t5_hf_bidirectional.tsv", 28);
    }

    void bookBucketsEqualExactArithmeticAtEveryOffset()
    {
        std::map<Settings, std::vector<Segment>> expected;
        for (const Row& row : tableRows("book.tsv")) {
            const std::int64_t buckets = number(row[0]);
            if (row[2] == (buckets % 2 == 1 ? "literal" : "figure_hf"))
                expected[{Mask::Causal, buckets, number(row[1])}].push_back(
                    {number(row[3]), number(row[4]), number(row[7])});
        }
        QVERIFY(expected.size() >= 5);
        compareTable(T5Variant::Book, expected);
    }

    void distancesOnABoundaryFallOnTheReferencesSide()
    {
        int checked = 0;
        for (const Row& row : tableRows("fragile_grid.tsv")) {
            const std::int64_t perSide = number(row[1]), m = number(row[2]), logarithmic = number(row[3]);
            const std::int64_t maxDistance = number(row[4]), distance = number(row[5]), steps = number(row[6]);
            QCOMPARE(row[8], std::string("."));  // torch agrees with exact arithmetic at all of them
            const std::int64_t bucket = m + std::min(steps, logarithmic - 1);
            std::istringstream configs(row[0]);
            for (std::string config; std::getline(configs, config, ',');) {
                const Mask mask = config[0] == '1' ? Mask::Bidirectional : Mask::Causal;
                const std::int64_t buckets = number(config.substr(2));
                const T5 huggingFace{T5Variant::HuggingFace, buckets, maxDistance};
                const T5 book{T5Variant::Book, buckets - 1, maxDistance};
                for (const T5& scheme : {huggingFace, book}) {
                    const T5Derivation derivation = deriveBucket(scheme, mask, distance);
                    QCOMPARE(derivation.shape.perSide, perSide);
                    QCOMPARE(derivation.steps, steps);
                    QCOMPARE(derivation.bucket, bucket);
                    QVERIFY(!derivation.exactBucket);
                    QCOMPARE(T5Buckets(scheme, mask).bucketOf(distance), bucket);
                    ++checked;
                }
            }
        }
        QVERIFY(checked >= 2 * 127);
    }

    void degenerateSettingsAreErrors()
    {
        const std::vector<Row> rows = tableRows("t5_hf_degenerate.tsv");
        QCOMPARE(rows.size(), std::size_t{40});
        for (const Row& row : rows) {
            const T5 scheme{T5Variant::HuggingFace, number(row[1]), number(row[2])};
            const Mask mask = row[0] == "1" ? Mask::Bidirectional : Mask::Causal;
            const std::string expected = row[3] == "0" ? "buckets" : "maxDistance";
            QCOMPARE(subjectOfError([&] { t5Shape(scheme, mask); }), expected);
            QCOMPARE(subjectOfError([&] { T5Buckets(scheme, mask); }), expected);
            QCOMPARE(subjectOfError([&] { deriveBucket(scheme, mask, 1); }), expected);
            QCOMPARE(subjectOfError([&] { parameterTable(scheme, mask, 512); }), expected);
        }
    }

    void degenerateSettingsSayWhatIsAllowed()
    {
        std::string message;
        subjectOfError([] { t5Shape({T5Variant::HuggingFace, 32, 12}, Mask::Causal); }, &message);
        QCOMPARE(message, std::string("maxDistance is 12, but with 32 buckets it must be above 16: offsets below 16 "
                                      "have a bucket each"));
        subjectOfError([] { t5Shape({T5Variant::HuggingFace, 3, 12}, Mask::Bidirectional); }, &message);
        QCOMPARE(message, std::string("buckets is 3, but must be at least 4 when bidirectional: each side has half of "
                                      "them"));
        for (const std::int64_t buckets : {-5, 0, 1, 65'537})
            QCOMPARE(subjectOfError([&] {
                         t5Shape({T5Variant::HuggingFace, buckets, 100}, Mask::Causal);
                     }),
                     std::string("buckets"));
        for (const std::int64_t maxDistance : {std::int64_t{-1}, std::int64_t{0}, maxT5Distance + 1})
            QCOMPARE(subjectOfError([&] {
                         t5Shape({T5Variant::HuggingFace, 2, maxDistance}, Mask::Causal);
                     }),
                     std::string("maxDistance"));
    }

    void smallestSettingsAreValid()
    {
        const std::vector<Segment> two = {{fromInfinity, 0, 0}, {1, toInfinity, 1}};
        QCOMPARE(T5Buckets({T5Variant::HuggingFace, 2, 2}, Mask::Causal).runs(), two);
        const std::vector<Segment> four = {{fromInfinity, -1, 3}, {0, 0, 0}, {1, toInfinity, 1}};
        QCOMPARE(T5Buckets({T5Variant::HuggingFace, 4, 2}, Mask::Bidirectional).runs(), four);
        QCOMPARE(T5Buckets({T5Variant::Book, 3, 2}, Mask::Bidirectional).runs(), four);
    }

    void float32DiffersFromExactArithmeticWhereTheReferenceDoes_data()
    {
        QTest::addColumn<int>("buckets");
        QTest::addColumn<int>("maxDistance");
        QTest::addColumn<int>("offset");
        QTest::addColumn<int>("float32Steps");
        QTest::addColumn<int>("exactSteps");
        QTest::newRow("5 / 686 at 98") << 5 << 686 << 98 << 1 << 2;
        QTest::newRow("17 / 27 at 12") << 17 << 27 << 12 << 2 << 3;
        QTest::newRow("16 / 1461 at 762") << 16 << 1461 << 762 << 7 << 6;
    }

    void float32DiffersFromExactArithmeticWhereTheReferenceDoes()
    {
        QFETCH(int, buckets);
        QFETCH(int, maxDistance);
        QFETCH(int, offset);
        QFETCH(int, float32Steps);
        QFETCH(int, exactSteps);
        const T5 huggingFace{T5Variant::HuggingFace, buckets, maxDistance};
        const T5Derivation derivation = deriveBucket(huggingFace, Mask::Causal, offset);
        const std::int64_t m = derivation.shape.exact;
        QCOMPARE(derivation.bucket, m + float32Steps);
        QCOMPARE(derivation.exactBucket.value_or(-1), m + exactSteps);
        QCOMPARE(T5Buckets(huggingFace, Mask::Causal).bucketOf(offset), m + float32Steps);
        const T5 book{T5Variant::Book, buckets - 1, maxDistance};
        QCOMPARE(T5Buckets(book, Mask::Causal).bucketOf(offset), m + exactSteps);
        QVERIFY(!deriveBucket(book, Mask::Causal, offset).exactBucket);
    }

    void bookOffsetsOnABoundaryBelongToTheUpperBucket_data()
    {
        QTest::addColumn<int>("buckets");
        QTest::addColumn<int>("maxDistance");
        QTest::addColumn<int>("offset");
        QTest::addColumn<int>("bucket");
        QTest::newRow("31 / 1024 at 128") << 31 << 1024 << 128 << 24;
        QTest::newRow("15 / 512 at 64") << 15 << 512 << 64 << 12;
        QTest::newRow("63 / 128 at 64") << 63 << 128 << 64 << 48;
        QTest::newRow("63 / 512 at 64") << 63 << 512 << 64 << 40;
        QTest::newRow("63 / 512 at 128") << 63 << 512 << 128 << 48;
        QTest::newRow("63 / 2048 at 256") << 63 << 2048 << 256 << 48;
        QTest::newRow("32 / 1024 at 802") << 32 << 1024 << 802 << 32;
    }

    void bookOffsetsOnABoundaryBelongToTheUpperBucket()
    {
        QFETCH(int, buckets);
        QFETCH(int, maxDistance);
        QFETCH(int, offset);
        QFETCH(int, bucket);
        const T5Buckets rule({T5Variant::Book, buckets, maxDistance}, Mask::Causal);
        QCOMPARE(rule.bucketOf(offset), std::int64_t{bucket});
        QCOMPARE(rule.bucketOf(offset - 1), std::int64_t{bucket - 1});
    }

    void bookBothWaysIsTheCausalRuleWithHalfTheBuckets()
    {
        const T5Buckets both({T5Variant::Book, 63, 1024}, Mask::Bidirectional);  // 64 buckets, 32 a side
        const T5Buckets causal({T5Variant::Book, 31, 1024}, Mask::Causal);       // 32 buckets
        for (std::int64_t d = 0; d <= 2000; ++d) {
            QCOMPARE(both.bucketOf(d), causal.bucketOf(d));
            if (d > 0)
                QCOMPARE(both.bucketOf(-d), 32 + causal.bucketOf(d));
        }
    }

    void derivationTellsTheNumbersBehindABucket()
    {
        const T5 scheme{T5Variant::HuggingFace, 32, 128};
        const T5Derivation near = deriveBucket(scheme, Mask::Causal, 9);
        QVERIFY(near.exactHalf);
        QCOMPARE(near.bucket, std::int64_t{9});
        const T5Derivation far = deriveBucket(scheme, Mask::Causal, 700);
        QVERIFY(!far.exactHalf && far.capped);
        QCOMPARE(far.bucket, std::int64_t{31});
        QCOMPARE(far.steps, std::int64_t{29});  // 16 ln(700/16) / ln(128/16) = 29.07
        QVERIFY(std::abs(far.scaledLog - 16.0 * std::log(700.0 / 16.0) / std::log(8.0)) < 1e-4);
        const T5Derivation ahead = deriveBucket(scheme, Mask::Bidirectional, -20);
        QCOMPARE(ahead.distance, std::int64_t{20});
        QCOMPARE(ahead.sideBase, std::int64_t{16});
        QCOMPARE(ahead.bucket, std::int64_t{26});  // 16 + 8 + floor(8 ln(20/8) / ln(16)) = 16 + 8 + 2
        const T5Derivation onBoundary = deriveBucket({T5Variant::Book, 31, 1024}, Mask::Causal, 128);
        QCOMPARE(onBoundary.scaledLog, 8.0);
    }

    void causalNegativeOffsetIsBucketZeroInTheReferenceAndAnErrorInTheBook()
    {
        QCOMPARE(T5Buckets({T5Variant::HuggingFace, 32, 128}, Mask::Causal).bucketOf(-3), std::int64_t{0});
        const T5 book{T5Variant::Book, 32, 1024};
        QCOMPARE(subjectOfError([&] { T5Buckets(book, Mask::Causal).bucketOf(-3); }), std::string("offset"));
        QCOMPARE(subjectOfError([&] { deriveBucket(book, Mask::Causal, -3); }), std::string("offset"));
    }

    void tableOfACausalRuleBeginsAtOffsetZero()
    {
        const ParameterTable table = parameterTable(T5{}, Mask::Causal, 512);
        QCOMPARE(table.parameterCount(), std::int64_t{32});
        QCOMPARE(table.parameterOf(-1), noParameter);
        QCOMPARE(table.segments().front(), (Segment{0, 0, 0, true}));
        QCOMPARE(table.segments().back(), (Segment{113, toInfinity, 31, true}));
        QCOMPARE(table.offsetsOf(31), (Segment{113, toInfinity, 31, true}));
    }

    void oddBidirectionalCountHasADeadTopBucket()
    {
        const ParameterTable table = parameterTable(T5{T5Variant::HuggingFace, 33, 128}, Mask::Bidirectional, 512);
        QCOMPARE(table.parameterCount(), std::int64_t{33});
        for (const std::int64_t dead : {16, 32})
            QVERIFY(table.offsetsOf(dead).last < table.offsetsOf(dead).first);
        QCOMPARE(table.offsetsOf(17), (Segment{-1, -1, 17, true}));
        QCOMPARE(table.offsetsOf(31), (Segment{fromInfinity, -91, 31, true}));
    }

    void narrowRangeLeavesDeadBuckets()
    {
        const ParameterTable table = parameterTable(T5{T5Variant::HuggingFace, 32, 20}, Mask::Causal, 512);
        int dead = 0;
        for (std::int64_t b = 0; b < 32; ++b)
            dead += table.offsetsOf(b).last < table.offsetsOf(b).first;
        QCOMPARE(dead, 11);
    }
};

QTEST_GUILESS_MAIN(T5Test)
#include "t5.moc"
