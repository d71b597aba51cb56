// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/comparison.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace posbias;

namespace {

OffsetValues randomValues(OffsetRange range, std::mt19937& generator)
{
    std::normal_distribution<double> normal(0.0, 2.0);
    OffsetValues values(range);
    for (double& value : values.values)
        value = normal(generator);
    return values;
}

Familiarity familiarityOf(std::int64_t d)
{
    return std::abs(d) < 10 ? Familiarity::Seen : d % 2 == 0 ? Familiarity::Unseen : Familiarity::Untrained;
}

std::vector<FamiliarStretch> familiarities(OffsetRange range)
{
    std::vector<FamiliarStretch> stretches;
    for (std::int64_t d = range.first; d <= range.last; ++d)
        stretches.push_back({{d, d}, familiarityOf(d)});
    return stretches;
}

/// The definitions, query by query, in long double.
Comparison bruteForce(const OffsetValues& g, const OffsetValues& b, Mask mask, std::int64_t n)
{
    long double nll = 0, kl = 0, untrained = 0, unseen = 0;
    for (std::int64_t i = 0; i < n; ++i) {
        const std::int64_t first = mask == Mask::Causal ? 0 : i - (n - 1);
        long double zTeacher = 0, zModel = 0;
        for (std::int64_t d = first; d <= i; ++d) {
            zTeacher += std::exp(static_cast<long double>(g[d]));
            zModel += std::exp(static_cast<long double>(b[d]));
        }
        for (std::int64_t d = first; d <= i; ++d) {
            const long double p = std::exp(static_cast<long double>(g[d])) / zTeacher;
            const long double model = std::exp(static_cast<long double>(b[d])) / zModel;
            nll -= p * std::log(model);
            kl += p * (std::log(p) - std::log(model));
            if (familiarityOf(d) == Familiarity::Untrained)
                untrained += model;
            if (familiarityOf(d) != Familiarity::Seen)
                unseen += model;
        }
    }
    const auto mean = [n](long double sum) { return static_cast<double>(sum / n); };
    return {mean(nll), mean(kl), mean(untrained), mean(unseen)};
}

}  // namespace

class ComparisonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linearSumsEqualBruteForce();
    void theTeacherIsAtNoDistanceFromItself();
    void theLevelDoesNotMatter();
    void steepBiasesEqualBruteForce();
    void progressRisesToTheEndAndAStopIsHeard();
    void biasesFarApartStayFinite();
};

void ComparisonTest::linearSumsEqualBruteForce()
{
    std::mt19937 generator(1);
    for (Mask mask : {Mask::Causal, Mask::Bidirectional})
        for (std::int64_t n : {1, 2, 5, 40, 120, 600}) {
            const OffsetValues g = randomValues(visibleOffsets(mask, n), generator);
            const OffsetValues b = randomValues(visibleOffsets(mask, n), generator);
            const Comparison fast = compare(g, b, familiarities(g.range()), mask, n), slow = bruteForce(g, b, mask, n);
            QVERIFY(std::abs(fast.nll - slow.nll) < 1e-12);
            QVERIFY(std::abs(fast.kl - slow.kl) < 1e-12);
            QVERIFY(std::abs(fast.untrainedMass - slow.untrainedMass) < 1e-12);
            QVERIFY(std::abs(fast.unseenMass - slow.unseenMass) < 1e-12);
        }
}

void ComparisonTest::theTeacherIsAtNoDistanceFromItself()
{
    std::mt19937 generator(2);
    for (Mask mask : {Mask::Causal, Mask::Bidirectional}) {
        const OffsetValues g = randomValues(visibleOffsets(mask, 300), generator);
        QVERIFY(compare(g, g, familiarities(g.range()), mask, 300).kl < 1e-14);
    }
}

void ComparisonTest::theLevelDoesNotMatter()
{
    std::mt19937 generator(3);
    const OffsetValues g = randomValues({0, 99}, generator), b = randomValues({0, 99}, generator);
    OffsetValues shifted = b;
    for (double& value : shifted.values)
        value -= 123.0;
    QVERIFY(std::abs(compare(g, b, familiarities(g.range()), Mask::Causal, 100).kl -
                     compare(g, shifted, familiarities(g.range()), Mask::Causal, 100).kl) < 1e-12);
}

void ComparisonTest::steepBiasesEqualBruteForce()
{
    for (Mask mask : {Mask::Causal, Mask::Bidirectional})
        for (double slope : {3.0, -3.0, 25.0}) {
            const std::int64_t n = 90;
            OffsetValues g(visibleOffsets(mask, n)), b(visibleOffsets(mask, n));
            for (std::int64_t d = g.first; d <= g.last(); ++d) {
                g[d] = slope * static_cast<double>(d);
                b[d] = -2.0 * slope * static_cast<double>(d);
            }
            const Comparison fast = compare(g, b, familiarities(g.range()), mask, n), slow = bruteForce(g, b, mask, n);
            QVERIFY(std::abs(fast.nll - slow.nll) < 1e-12 * std::max(1.0, slow.nll));
            QVERIFY(std::abs(fast.kl - slow.kl) < 1e-12 * std::max(1.0, slow.kl));
            QVERIFY(std::abs(fast.untrainedMass - slow.untrainedMass) < 1e-12);
        }
}

void ComparisonTest::progressRisesToTheEndAndAStopIsHeard()
{
    const std::int64_t n = 1 << 17;
    const OffsetValues values(visibleOffsets(Mask::Bidirectional, n));
    const std::vector<FamiliarStretch> seen = {{values.range(), Familiarity::Seen}};
    std::vector<double> told;
    std::stop_source stop;
    const Progress progress{stop.get_token(), [&](double fraction) { told.push_back(fraction); }};
    compare(values, values, seen, Mask::Bidirectional, n, progress);
    QVERIFY(told.size() > 4 && std::ranges::is_sorted(told) && told.back() > 0.7 && told.back() <= 1.0);
    const Progress stopped{stop.get_token(), [&](double) { stop.request_stop(); }};
    QVERIFY_EXCEPTION_THROWN(compare(values, values, seen, Mask::Bidirectional, n, stopped), Cancelled);
}

void ComparisonTest::biasesFarApartStayFinite()
{
    OffsetValues g({0, 3}), b({0, 3});
    g.values = {0.0, -2000.0, 900.0, 0.0};
    b.values = {0.0, 0.0, 2000.0, -2000.0};
    const Comparison comparison = compare(g, b, familiarities(g.range()), Mask::Causal, 4);
    QVERIFY(std::isfinite(comparison.kl) && std::isfinite(comparison.nll));
}

QTEST_GUILESS_MAIN(ComparisonTest)
#include "comparison.moc"
