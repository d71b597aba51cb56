// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/standard_errors.h"

#include "brute_force.h"
#include "core/learning/fit.h"
#include "core/schemes/scheme.h"

#include <QTest>

#include <algorithm>

using namespace posbias;

namespace {

constexpr std::int64_t L = 30;

struct Setting {
    Corpus corpus;
    ParameterTable table;
};

Corpus corpusOf(Mask mask, const Lengths& lengths)
{
    return makeCorpus(PowerLaw{}, {.documents = 6, .lengths = lengths, .seed = 3}, mask, L);
}

std::vector<Setting> everySetting()
{
    std::vector<Setting> all;
    for (const Mask mask : {Mask::Causal, Mask::Bidirectional})
        for (const Lengths& lengths : {Lengths(FixedLengths{}), Lengths(ParetoLengths{1.0, 3})})
            for (const Scheme& scheme : {Scheme(PerOffset{}), Scheme(T5{T5Variant::HuggingFace, 8, 20})})
                all.push_back({corpusOf(mask, lengths), parameterTable(scheme, mask, L)});
    // Parameters of two stretches, offset 0's not the first.
    all.push_back({corpusOf(Mask::Causal, FixedLengths{}),
                   ParameterTable(3, {{0, 4, 2, true}, {5, 9, 1, true}, {10, 19, 2, true}, {20, L, 0, true}})});
    return all;
}

/// Gauss and Jordan; `m` is positive definite.
brute::Matrix inverse(brute::Matrix m)
{
    const std::size_t n = m.size();
    brute::Matrix result(n, std::vector<long double>(n, 0.0L));
    for (std::size_t a = 0; a < n; ++a)
        result[a][a] = 1.0L;
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = 0; b < n; ++b) {
            if (a == b)
                continue;
            const long double factor = m[b][a] / m[a][a];
            for (std::size_t k = 0; k < n; ++k) {
                m[b][k] -= factor * m[a][k];
                result[b][k] -= factor * result[a][k];
            }
        }
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t k = 0; k < n; ++k)
            result[a][k] /= m[a][a];
    return result;
}

/// The definition: Fisher's matrix pair by pair, without offset 0's row and column and without untrained parameters.
std::vector<double> bruteForce(const Setting& setting, const TrainingLoss& loss, const std::vector<double>& u)
{
    const brute::Matrix h = brute::hessian(setting.corpus, setting.table, u);
    const std::int64_t origin = setting.table.parameterOf(0);
    std::vector<std::size_t> kept;
    for (std::size_t p = 0; p < u.size(); ++p)
        if (loss.exposure()[p] > 0.0 && static_cast<std::int64_t>(p) != origin)
            kept.push_back(p);
    brute::Matrix fisher(kept.size(), std::vector<long double>(kept.size()));
    for (std::size_t a = 0; a < kept.size(); ++a)
        for (std::size_t b = 0; b < kept.size(); ++b)
            fisher[a][b] = setting.corpus.queries * h[kept[a]][kept[b]];
    const brute::Matrix covariance = inverse(fisher);
    std::vector<double> errors(u.size(), std::numeric_limits<double>::infinity());
    errors[origin] = 0.0;
    for (std::size_t a = 0; a < kept.size(); ++a)
        errors[kept[a]] = static_cast<double>(std::sqrt(covariance[a][a]));
    return errors;
}

}  // namespace

class StandardErrorsTest : public QObject {
    Q_OBJECT

private slots:
    void theyAreTheDiagonalOfTheInverse()
    {
        for (const double spread : {0.0, 2.0, 5.0})
            for (const Setting& setting : everySetting()) {
                const TrainingLoss loss(setting.corpus, setting.table);
                const auto u = brute::randomParameters(setting.table.parameterCount(), spread, 7);
                const std::vector<double> errors = standardErrors(loss, setting.table, u);
                const std::vector<double> expected = bruteForce(setting, loss, u);
                QCOMPARE(errors.size(), expected.size());
                for (std::size_t p = 0; p < u.size(); ++p)
                    QVERIFY(errors[p] == expected[p] || std::abs(errors[p] / expected[p] - 1.0) < 1e-10);
            }
    }

    /// Two tokens: the second query reads offset 1 with probability p, M times: variance 1 / (M p (1 - p)).
    void twoTokensAreABinomial()
    {
        const Corpus corpus = makeCorpus(PowerLaw{}, {.documents = 50}, Mask::Causal, 2);
        const ParameterTable table = parameterTable(PerOffset{}, Mask::Causal, 2);
        const std::vector<double> errors = standardErrors(TrainingLoss(corpus, table), table, std::vector{0.0, -1.0});
        const double p = 1.0 / (1.0 + std::exp(1.0));
        QCOMPARE(errors[0], 0.0);
        QVERIFY(std::abs(errors[1] - 1.0 / std::sqrt(50.0 * p * (1.0 - p))) < 1e-14);
    }

    void theyAreTheSpreadOverManyCorpora()
    {
        const ParameterTable table = parameterTable(T5{T5Variant::HuggingFace, 8, 32}, Mask::Causal, 64);
        const auto differences = [&](const CorpusSettings& settings) {
            const Corpus corpus = makeCorpus(PowerLaw{}, settings, Mask::Causal, 64);
            const TrainingLoss loss(corpus, table);
            std::vector<double> u = fitExact(loss, Exact{1e-9}).values;
            std::vector<double> errors = standardErrors(loss, table, u);
            const double origin = u[0];
            for (double& x : u)
                x -= origin;
            return std::pair(u, errors);
        };
        const auto [centre, errors] = differences({.documents = 100, .counts = Counts::Expected});
        constexpr int corpora = 400;
        std::vector<double> squares(centre.size(), 0.0);
        for (int seed = 1; seed <= corpora; ++seed) {
            const auto [u, ignored] = differences({.documents = 100, .seed = seed});
            for (std::size_t p = 0; p < u.size(); ++p)
                squares[p] += (u[p] - centre[p]) * (u[p] - centre[p]);
        }
        // The spread of 400 draws is itself known to 3.5 %.
        for (std::size_t p = 1; p < centre.size(); ++p)
            QVERIFY(std::abs(std::sqrt(squares[p] / corpora) / errors[p] - 1.0) < 0.12);
    }

    /// Nothing vanishes into NaN where biases span thousands; what attention never reaches is infinitely uncertain.
    void steepBiasesGiveNoNaN()
    {
        for (const Setting& setting : everySetting()) {
            const TrainingLoss loss(setting.corpus, setting.table);
            for (const double spread : {300.0, 3000.0})
                for (int seed = 1; seed <= 20; ++seed) {
                    const auto u = brute::randomParameters(setting.table.parameterCount(), spread, seed);
                    for (const double error : standardErrors(loss, setting.table, u))
                        QVERIFY(error >= 0.0);
                }
        }
    }

    void aDifferentLevelChangesNothing()
    {
        for (const Setting& setting : everySetting()) {
            const TrainingLoss loss(setting.corpus, setting.table);
            auto u = brute::randomParameters(setting.table.parameterCount(), 2.0, 5);
            const std::vector<double> before = standardErrors(loss, setting.table, u);
            for (double& x : u)
                x += 9.0;
            const std::vector<double> after = standardErrors(loss, setting.table, u);
            for (std::size_t p = 0; p < u.size(); ++p)
                QVERIFY(before[p] == after[p] || std::abs(before[p] / after[p] - 1.0) < 1e-12);
        }
    }

    void moreDocumentsMakeThemSmaller()
    {
        const ParameterTable table = parameterTable(PerOffset{}, Mask::Causal, L);
        const std::vector<double> u(L, 0.0);
        const auto errors = [&](std::int64_t documents) {
            const Corpus corpus = makeCorpus(PowerLaw{}, {.documents = documents}, Mask::Causal, L);
            return standardErrors(TrainingLoss(corpus, table), table, u);
        };
        const std::vector<double> few = errors(5), many = errors(20);
        for (std::size_t p = 1; p < u.size(); ++p)
            QVERIFY(std::abs(few[p] / many[p] - 2.0) < 1e-12);
        QVERIFY(std::ranges::is_sorted(few));  // fewer queries see far offsets
    }

    void aLargeDenseMatrixIsLeftOut()
    {
        const Corpus corpus = makeCorpus(PowerLaw{}, {.documents = 2}, Mask::Bidirectional, 200);
        const ParameterTable table = parameterTable(PerOffset{}, Mask::Bidirectional, 200);
        QVERIFY(standardErrors(TrainingLoss(corpus, table), table, std::vector<double>(399, 0.0)).empty());
    }
};

QTEST_GUILESS_MAIN(StandardErrorsTest)
#include "standard_errors.moc"
