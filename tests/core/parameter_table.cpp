// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schemes/parameter_table.h"

#include "core/schemes/scheme.h"

#include <QTest>

#include <set>

using namespace posbias;

namespace {

/// Every kind of table: both schemes, both masks, dead buckets, a gap.
std::vector<ParameterTable> someTables()
{
    return {
        parameterTable(PerOffset{}, Mask::Causal, 20),
        parameterTable(PerOffset{}, Mask::Bidirectional, 20),
        parameterTable(T5{T5Variant::HuggingFace, 8, 20}, Mask::Causal, 20),
        parameterTable(T5{T5Variant::HuggingFace, 33, 128}, Mask::Bidirectional, 20),
        parameterTable(T5{T5Variant::Book, 31, 24}, Mask::Bidirectional, 20),
        {5, {{-10, -5, 1, true}, {2, 4, 2, false}}},
    };
}

bool isEmpty(const Segment& segment)
{
    return segment.last < segment.first;
}

}  // namespace

class ParameterTableTest : public QObject {
    Q_OBJECT

private slots:
    void perOffsetHasOneParameterForEachOffsetOfTheTrainingLength()
    {
        const ParameterTable causal = parameterTable(PerOffset{}, Mask::Causal, 512);
        QCOMPARE(causal.parameterCount(), std::int64_t{512});
        QCOMPARE(causal.parameterOf(0), std::int64_t{0});
        QCOMPARE(causal.parameterOf(511), std::int64_t{511});
        QCOMPARE(causal.parameterOf(512), noParameter);
        QCOMPARE(causal.parameterOf(-1), noParameter);

        const ParameterTable both = parameterTable(PerOffset{}, Mask::Bidirectional, 512);
        QCOMPARE(both.parameterCount(), std::int64_t{1023});
        QCOMPARE(both.parameterOf(-511), std::int64_t{0});
        QCOMPARE(both.parameterOf(0), std::int64_t{511});
        QCOMPARE(both.parameterOf(511), std::int64_t{1022});
        QCOMPARE(both.parameterOf(-512), noParameter);
    }

    void perOffsetWithOneTokenHasOneParameter()
    {
        for (const Mask mask : {Mask::Causal, Mask::Bidirectional}) {
            const ParameterTable table = parameterTable(PerOffset{}, mask, 1);
            QCOMPARE(table.parameterCount(), std::int64_t{1});
            QCOMPARE(table.parameterOf(0), std::int64_t{0});
            QCOMPARE(table.parameterOf(1), noParameter);
        }
    }

    void perOffsetSharesNothing()
    {
        const ParameterTable table = parameterTable(PerOffset{}, Mask::Bidirectional, 50);
        std::set<std::int64_t> used;
        for (std::int64_t d = -49; d <= 49; ++d)
            used.insert(table.parameterOf(d));
        QCOMPARE(used.size(), std::size_t{99});
    }

    void offsetsOfAParameterAreThoseThatUseIt()
    {
        for (const ParameterTable& table : someTables())
            for (std::int64_t parameter = 0; parameter < table.parameterCount(); ++parameter) {
                const Segment offsets = table.offsetsOf(parameter);
                for (std::int64_t d = -200; d <= 200; ++d)
                    QCOMPARE(table.parameterOf(d) == parameter, d >= offsets.first && d <= offsets.last);
            }
    }

    void parametersOutsideTheTableHaveNoOffsets()
    {
        for (const ParameterTable& table : someTables())
            for (const std::int64_t parameter : {std::int64_t{-1}, table.parameterCount(), toInfinity})
                QVERIFY(isEmpty(table.offsetsOf(parameter)));
    }

    void clippedSegmentsTellEveryOffsetInTheRangeAndNoOther()
    {
        for (const ParameterTable& table : someTables())
            for (const OffsetRange range : {OffsetRange{-30, 40}, {0, 0}, {-7, 3}, {3, 150}, {500, 600}}) {
                std::int64_t covered = 0;
                for (const Segment& segment : table.segments(range)) {
                    QVERIFY(!isEmpty(segment) && range.contains(segment.first) && range.contains(segment.last));
                    for (std::int64_t d = segment.first; d <= segment.last; ++d, ++covered)
                        QCOMPARE(segment.parameterAt(d), table.parameterOf(d));
                }
                std::int64_t withParameter = 0;
                for (std::int64_t d = range.first; d <= range.last; ++d)
                    withParameter += table.parameterOf(d) != noParameter;
                QCOMPARE(covered, withParameter);
            }
    }

    void emptyRangesAndTablesHaveNoSegments()
    {
        QVERIFY(ParameterTable().segments({-5, 5}).empty());
        QCOMPARE(ParameterTable().parameterOf(0), noParameter);
        QVERIFY(isEmpty(ParameterTable().offsetsOf(0)));
        QVERIFY(parameterTable(PerOffset{}, Mask::Causal, 512).segments({3, 2}).empty());
    }

    void longTablesStayOneSegment()
    {
        const ParameterTable table = parameterTable(PerOffset{}, Mask::Bidirectional, maxLength);
        QCOMPARE(table.segments().size(), std::size_t{1});
        QCOMPARE(table.parameterOf(maxLength - 1), 2 * maxLength - 2);
        QCOMPARE(table.offsetsOf(2 * maxLength - 2), (Segment{maxLength - 1, maxLength - 1, 2 * maxLength - 2, true}));
    }

    void everySchemeHasAnEntryAndAName()
    {
        QCOMPARE(schemeInfos().size(), std::variant_size_v<Scheme>);
        QCOMPARE(schemeInfo(PerOffset{}).id, std::string_view("per-offset"));
        QCOMPARE(schemeInfo(T5{}).id, std::string_view("t5"));
        for (const SchemeInfo& info : schemeInfos())
            QVERIFY(!info.title.empty() && !info.formula.empty() && !info.citation.empty());
        QCOMPARE(schemeName(PerOffset{}), std::string("Per-offset"));
        QCOMPARE(schemeName(T5{}), std::string("T5 buckets 32 / 128"));
        QCOMPARE(schemeName(T5{T5Variant::Book, 32, 1024}), std::string("T5 book 32 / 1024"));
    }
};

QTEST_GUILESS_MAIN(ParameterTableTest)
#include "parameter_table.moc"
