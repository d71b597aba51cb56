// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/training_loss.h"

#include "brute_force.h"
#include "core/learning/partition.h"
#include "core/schemes/scheme.h"

#include <QTest>

using namespace posbias;

namespace {

constexpr std::int64_t L = 40;

struct Setting {
    Corpus corpus;
    ParameterTable table;
    std::string name;
};

/// Both masks, one and several document lengths (shorter than L too), per-offset, bucketed and hand-made tables.
std::vector<Setting> everySetting()
{
    std::vector<Setting> all;
    const std::vector<Lengths> everyLengths = {FixedLengths{}, UniformLengths{}, ParetoLengths{1.0, 3}};
    const std::vector<Segment> mixed = {{-L, -5, 7, true}, {-4, 2, 0, false}, {3, 30, 9, true}, {31, L, 10, false}};
    for (const Mask mask : {Mask::Causal, Mask::Bidirectional})
        for (const Lengths& lengths : everyLengths) {
            const Corpus corpus = makeCorpus(PowerLaw{}, {6, lengths, Counts::Sampled, 3}, mask, L);
            const std::string name = std::string(mask == Mask::Causal ? "causal " : "both ways ") +
                                     std::to_string(corpus.lengths.size()) + " lengths ";
            for (const Scheme& scheme :
                 {Scheme(PerOffset{}), Scheme(T5{T5Variant::HuggingFace, 8, 20}), Scheme(T5{T5Variant::Book, 9, 100})})
                all.push_back({corpus, parameterTable(scheme, mask, L), name + schemeName(scheme)});
            all.push_back({corpus, ParameterTable(21, mixed), name + "shared and not"});
        }
    return all;
}

double largestDifference(const std::vector<double>& a, const std::vector<long double>& b)
{
    long double most = 0.0L;
    for (std::size_t p = 0; p < a.size(); ++p)
        most = std::max(most, std::abs(a[p] - b[p]));
    return static_cast<double>(most);
}

}  // namespace

class TrainingLossTest : public QObject {
    Q_OBJECT

private slots:
    void valueAndGradientFollowTheDefinition()
    {
        for (const double spread : {0.0, 3.0, 50.0, 400.0, 2000.0})
            for (const auto& [corpus, table, name] : everySetting()) {
                const TrainingLoss loss(corpus, table);
                const auto u = brute::randomParameters(table.parameterCount(), spread, 5);
                const brute::Loss expected = brute::loss(corpus, table, u);
                std::vector<double> gradient(u.size());
                loss.gradient(u, gradient);
                const auto value = static_cast<double>(expected.value);
                QVERIFY2(std::abs(loss.value(u) - value) <= 1e-13 * std::max(1.0, value), name.c_str());
                QVERIFY2(largestDifference(gradient, expected.gradient) <= 1e-14, name.c_str());
            }
    }

    void gradientIsTheSlopeOfTheValue()
    {
        const double step = 1e-5;
        for (const auto& [corpus, table, name] : everySetting()) {
            const TrainingLoss loss(corpus, table);
            auto u = brute::randomParameters(table.parameterCount(), 2.0, 8);
            std::vector<double> gradient(u.size());
            loss.gradient(u, gradient);
            for (std::size_t p = 0; p < u.size(); ++p) {
                const double at = u[p];
                u[p] = at + step;
                const double above = loss.value(u);
                u[p] = at - step;
                const double below = loss.value(u);
                u[p] = at;
                QVERIFY2(std::abs((above - below) / (2.0 * step) - gradient[p]) < 1e-9, name.c_str());
            }
        }
    }

    void bothAtOnceEqualsEachApart()
    {
        for (const auto& [corpus, table, name] : everySetting()) {
            const TrainingLoss loss(corpus, table);
            TrainingLoss::Workspace reused;
            for (const std::uint64_t seed : {1u, 2u}) {
                const auto u = brute::randomParameters(table.parameterCount(), seed == 1 ? 900.0 : 2.0, seed);
                std::vector<double> apart(u.size()), together(u.size());
                loss.gradient(u, apart);
                QCOMPARE(loss.valueAndGradient(u, together, reused), loss.value(u));
                QCOMPARE(together, apart);
            }
        }
    }

    void aConstantAddedToAllBiasesChangesNothing()
    {
        for (const auto& [corpus, table, name] : everySetting()) {
            const TrainingLoss loss(corpus, table);
            const auto u = brute::randomParameters(table.parameterCount(), 2.0, 4);
            auto shifted = u;
            for (double& x : shifted)
                x += 1024.0;
            std::vector<double> gradient(u.size()), shiftedGradient(u.size());
            const double value = loss.valueAndGradient(u, gradient);
            QVERIFY(std::abs(loss.valueAndGradient(shifted, shiftedGradient) - value) < 1e-12);
            for (std::size_t p = 0; p < u.size(); ++p)
                QVERIFY(std::abs(gradient[p] - shiftedGradient[p]) < 1e-12);
        }
    }

    void theGradientSumsToZero()
    {
        for (const auto& [corpus, table, name] : everySetting()) {
            const TrainingLoss loss(corpus, table);
            const auto u = brute::randomParameters(table.parameterCount(), 3.0, 6);
            std::vector<double> gradient(u.size());
            loss.gradient(u, gradient);
            double sum = 0.0;
            for (const double g : gradient)
                sum += g;
            QVERIFY(std::abs(sum) < 1e-14);
        }
    }

    void exposureCountsPairsAndUntrainedParametersHaveNoGradient()
    {
        for (const auto& [corpus, table, name] : everySetting()) {
            const TrainingLoss loss(corpus, table);
            std::vector<double> pairs(table.parameterCount(), 0.0);
            for (std::int64_t d = corpus.pairs.first; d <= corpus.pairs.last(); ++d)
                pairs[table.parameterOf(d)] += corpus.pairs[d];
            const auto u = brute::randomParameters(table.parameterCount(), 700.0, 2);
            std::vector<double> gradient(u.size(), 1.0);
            loss.gradient(u, gradient);
            for (std::size_t p = 0; p < u.size(); ++p) {
                QCOMPARE(loss.exposure()[p], pairs[p]);
                QVERIFY(pairs[p] > 0.0 || gradient[p] == 0.0);
            }
        }
    }

    void anOffsetWithoutParameterIsRefused()
    {
        const Corpus corpus = makeCorpus(PowerLaw{}, {}, Mask::Causal, 8);
        const ParameterTable gap(2, {{0, 3, 0, true}, {5, 8, 1, true}});
        const ParameterTable tooShort(1, {{0, 6, 0, true}});
        QVERIFY_EXCEPTION_THROWN(TrainingLoss(corpus, gap), InputError);
        QVERIFY_EXCEPTION_THROWN(TrainingLoss(corpus, tooShort), InputError);
    }

    void normalisersFollowTheDefinition()
    {
        for (const Mask mask : {Mask::Causal, Mask::Bidirectional})
            for (const double spread : {1.0, 2000.0})
                for (const std::int64_t length : {1, 2, 37}) {
                    OffsetValues bias(OffsetRange{mask == Mask::Causal ? 0 : -50, 50});
                    bias.values = brute::randomParameters(bias.range().size(), spread, 12);
                    const std::vector<double> logZ = logNormalisers(bias, mask, length);
                    QCOMPARE(logZ.size(), static_cast<std::size_t>(length));
                    for (std::int64_t i = 0; i < length; ++i) {
                        const auto p = brute::attention(bias, brute::seenBy(i, mask, length));
                        const auto seen = brute::seenBy(i, mask, length);
                        const auto top = std::max_element(p.begin(), p.end());
                        const auto expected =
                            static_cast<double>(bias[seen.first + (top - p.begin())] - std::log(*top));
                        QVERIFY(std::abs(logZ[i] - expected) <= 1e-14 * std::max(1.0, std::abs(expected)));
                    }
                }
        QVERIFY(logNormalisers(OffsetValues(), Mask::Causal, 0).empty());
    }

    void aScaledSumHoldsWhatWouldOverflow()
    {
        ScaledSum sum;
        QCOMPARE(sum.log(), -std::numeric_limits<double>::infinity());
        sum.add(-5000.0);
        QCOMPARE(sum.log(), -5000.0);
        sum.add(-5000.0);
        QCOMPARE(sum.log(), -5000.0 + std::log(2.0));
        sum.add(5000.0);
        sum.add(5000.0);
        sum.add(-std::numeric_limits<double>::infinity());
        QCOMPARE(sum.log(), 5000.0 + std::log(2.0));
    }
};

QTEST_GUILESS_MAIN(TrainingLossTest)
#include "training_loss.moc"
