// SPDX-License-Identifier: GPL-3.0-or-later
// Curves by the pixel against every value looked at.

#include "core/fields/curve_source.h"
#include "core/evaluation/result.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace posbias;

class CurveSourceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void boundsAreThoseOfEveryValue_data();
    void boundsAreThoseOfEveryValue();
    void positionsAreTheFirstOnTheWay();
    void noValueHasNoBounds();
    void rowsAreTheDenseRows_data();
    void rowsAreTheDenseRows();
    void rowsEndWhereWeightsVanish();
    void exposureIsThatOfTheOffsetsParameter();
    void pairsEndWithTheTrainingLength();
};

namespace {

constexpr double all = -std::numeric_limits<double>::infinity();

/// What boundsAbove() promises, value by value.
Bounds bruteForce(const CurveSource& curve, double above, OffsetRange within)
{
    Bounds bounds;
    for (std::int64_t x = within.first; x <= within.last; ++x)
        if (const double y = curve.at(x); y > above)
            bounds.add({y, y, x, x});
    return bounds;
}

bool same(const Bounds& a, const Bounds& b)
{
    return a.empty() ? b.empty() : a.min == b.min && a.max == b.max && a.minAt == b.minAt && a.maxAt == b.maxAt;
}

/// Random stretches of every size, and the whole.
void compareWithBruteForce(const CurveSource& curve, double above, int times)
{
    std::mt19937 random(5);
    const OffsetRange range = curve.range();
    for (int k = 0; k < times; ++k) {
        const double share = std::uniform_real_distribution<>(0.0, 1.0)(random);
        const double size = std::pow(static_cast<double>(range.size()), share);
        const std::int64_t count = k == 0 ? range.size() : static_cast<std::int64_t>(size);
        const std::int64_t first =
            std::uniform_int_distribution<std::int64_t>(range.first, range.last - count + 1)(random);
        const OffsetRange within{first, first + count - 1};
        QVERIFY2(same(curve.boundsAbove(above, within), bruteForce(curve, above, within)),
                 qPrintable(QStringLiteral("%1..%2").arg(within.first).arg(within.last)));
    }
}

OffsetValues randomValues(OffsetRange range, int distinct)
{
    std::mt19937 random(static_cast<unsigned>(range.size() + distinct));
    OffsetValues values(range);
    for (double& value : values.values)
        value = static_cast<double>(std::uniform_int_distribution<>(-distinct / 2, distinct)(random));
    return values;
}

}  // namespace

void CurveSourceTest::boundsAreThoseOfEveryValue_data()
{
    QTest::addColumn<qint64>("first");
    QTest::addColumn<qint64>("size");
    QTest::addColumn<int>("distinct");
    for (const qint64 size : {1, 2, 31, 32, 33, 1023, 1024, 1025, 20000, 70001})
        for (const int distinct : {3, 1000000})
            QTest::addRow("%lld values, %d distinct", static_cast<long long>(size), distinct)
                << (size % 2 ? -size / 2 : qint64{0}) << size << distinct;
}

void CurveSourceTest::boundsAreThoseOfEveryValue()
{
    QFETCH(qint64, first);
    QFETCH(qint64, size);
    QFETCH(int, distinct);
    const auto curve = valueCurve(randomValues({first, first + size - 1}, distinct));
    QCOMPARE(curve->range(), (OffsetRange{first, first + size - 1}));
    compareWithBruteForce(*curve, all, 150);
    compareWithBruteForce(*curve, 0.0, 150);
}

void CurveSourceTest::positionsAreTheFirstOnTheWay()
{
    OffsetValues values({0, 9999});
    values[1234] = values[7777] = 5.0;
    values[70] = values[9998] = -5.0;
    const RangeBounds bounds(std::make_shared<const OffsetValues>(values));
    QCOMPARE(bounds.of({0, 9999}).maxAt, std::int64_t{1234});
    QCOMPARE(bounds.of({0, 9999}).minAt, std::int64_t{70});
    QCOMPARE(bounds.of({0, 9999}, Way::Descending).maxAt, std::int64_t{7777});
    QCOMPARE(bounds.of({0, 9999}, Way::Descending).minAt, std::int64_t{9998});
}

void CurveSourceTest::noValueHasNoBounds()
{
    const auto zeros = valueCurve(OffsetValues({0, 5000}));
    QVERIFY(zeros->boundsAbove(0.0, {0, 5000}).empty());
    QVERIFY(!zeros->bounds({0, 5000}).empty());
}

void CurveSourceTest::rowsAreTheDenseRows_data()
{
    QTest::addColumn<bool>("bothWays");
    QTest::addColumn<bool>("content");
    for (const bool bothWays : {false, true})
        for (const bool content : {false, true})
            QTest::addRow("%s, %s", bothWays ? "both ways" : "causal", content ? "content" : "bias only")
                << bothWays << content;
}

void CurveSourceTest::rowsAreTheDenseRows()
{
    QFETCH(bool, bothWays);
    QFETCH(bool, content);
    Experiment experiment;
    experiment.mask = bothWays ? Mask::Bidirectional : Mask::Causal;
    experiment.length = 700;
    experiment.trainingLength = 300;
    experiment.learning = Exact{};
    experiment.view = {0, 0};
    if (content)
        experiment.content = RandomContent{8, 1};
    const auto result = evaluate(experiment);
    for (const SchemeResult& scheme : result->schemes)
        for (const std::int64_t query : {0, 1, 299, 450, 699}) {
            const std::vector<double> row = scheme.attention->row(query);
            const auto curve = attentionRowCurve(*scheme.attention, scheme.biasBounds, query);
            QCOMPARE(curve->range(), (OffsetRange{0, bothWays ? 699 : query}));
            for (std::int64_t j = 0; j <= curve->range().last; ++j)
                QCOMPARE(curve->at(j), row[static_cast<std::size_t>(j)]);
            compareWithBruteForce(*curve, 0.0, 60);
        }
}

void CurveSourceTest::rowsEndWhereWeightsVanish()
{
    // exp(-d): too small for a number from about offset 745 on.
    OffsetValues bias(visibleOffsets(Mask::Causal, 3000));
    for (std::int64_t d = 0; d < 3000; ++d)
        bias[d] = -static_cast<double>(d);
    const auto field = std::make_shared<const AttentionField>(bias, Mask::Causal, 3000);
    const auto bounds = std::make_shared<const RangeBounds>(std::make_shared<const OffsetValues>(bias));
    const auto curve = attentionRowCurve(*field, bounds, 2900);
    compareWithBruteForce(*curve, 0.0, 300);
    const Bounds shown = curve->boundsAbove(0.0, curve->range());
    QCOMPARE(shown.maxAt, std::int64_t{2900});
    QVERIFY(shown.min > 0.0 && shown.min < 1e-300);
    QCOMPARE(curve->at(shown.minAt - 1), 0.0);
}

void CurveSourceTest::exposureIsThatOfTheOffsetsParameter()
{
    for (const Mask mask : {Mask::Causal, Mask::Bidirectional}) {
        Experiment experiment;
        experiment.mask = mask;
        experiment.length = 900;
        experiment.trainingLength = 400;
        experiment.learning = Exact{};
        experiment.view = {0, 0};
        const auto result = evaluate(experiment);
        for (const SchemeResult& scheme : result->schemes) {
            const CurveSource& curve = *scheme.exposureCurve;
            QCOMPARE(curve.range(), visibleOffsets(mask, 900));
            for (std::int64_t d = curve.range().first; d <= curve.range().last; ++d) {
                const std::int64_t parameter = scheme.trained->table.parameterOf(d);
                QCOMPARE(curve.at(d), parameter == noParameter
                                          ? 0.0
                                          : scheme.trained->exposure[static_cast<std::size_t>(parameter)]);
            }
            compareWithBruteForce(curve, all, 100);
            compareWithBruteForce(curve, 0.0, 100);
        }
    }
}

void CurveSourceTest::pairsEndWithTheTrainingLength()
{
    for (const std::int64_t length : {200, 900}) {
        Experiment experiment;
        experiment.mask = Mask::Bidirectional;
        experiment.length = length;
        experiment.trainingLength = 400;
        experiment.learning = Exact{};
        experiment.view = {0, 0};
        const auto result = evaluate(experiment);
        const CurveSource& curve = *result->pairsCurve;
        QCOMPARE(curve.range(), visibleOffsets(Mask::Bidirectional, length));
        for (std::int64_t d = curve.range().first; d <= curve.range().last; ++d)
            QCOMPARE(curve.at(d), result->training.pairs(d));
        compareWithBruteForce(curve, 0.0, 100);
        QCOMPARE(curve.boundsAbove(0.0, curve.range()).maxAt, std::int64_t{0});
    }
}

QTEST_GUILESS_MAIN(CurveSourceTest)
#include "curve_source.moc"
