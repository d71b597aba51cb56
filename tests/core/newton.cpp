// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/newton.h"

#include "brute_force.h"
#include "core/schemes/scheme.h"

#include <QTest>

using namespace posbias;

namespace {

constexpr std::int64_t L = 30;

struct Setting {
    Corpus corpus;
    ParameterTable table;
};

std::vector<Setting> everySetting()
{
    std::vector<Setting> all;
    for (const Mask mask : {Mask::Causal, Mask::Bidirectional})
        for (const Lengths& lengths : {Lengths(FixedLengths{}), Lengths(ParetoLengths{1.0, 3})})
            for (const Scheme& scheme : {Scheme(PerOffset{}), Scheme(T5{T5Variant::HuggingFace, 8, 20})})
                all.push_back({makeCorpus(PowerLaw{}, {6, lengths, Counts::Sampled, 3}, mask, L),
                               parameterTable(scheme, mask, L)});
    return all;
}

/// A parameter for two stretches of offsets: not eliminable, but a product all the same.
Setting scatteredSetting()
{
    return {makeCorpus(PowerLaw{}, {6, FixedLengths{}, Counts::Sampled, 3}, Mask::Causal, L),
            ParameterTable(3, {{0, 4, 0, true}, {5, 9, 1, true}, {10, 19, 0, true}, {20, L, 2, true}})};
}

/// The right-hand side of a Newton step.
std::vector<double> gradientOf(const TrainingLoss& loss, const std::vector<double>& u)
{
    std::vector<double> gradient(u.size());
    loss.gradient(u, gradient);
    return gradient;
}

brute::Matrix regularisedHessian(const Setting& setting, const std::vector<double>& u, double weightDecay)
{
    brute::Matrix h = brute::hessian(setting.corpus, setting.table, u);
    for (std::size_t p = 0; p < u.size(); ++p)
        h[p][p] += weightDecay;
    return h;
}

/// Cholesky, h = l l'.
std::vector<long double> denseSolve(const brute::Matrix& h, const std::vector<double>& right)
{
    const std::size_t n = right.size();
    brute::Matrix l(n, std::vector<long double>(n, 0.0L));
    std::vector<long double> x(right.begin(), right.end());
    for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = 0; b <= a; ++b) {
            long double sum = h[a][b];
            for (std::size_t k = 0; k < b; ++k)
                sum -= l[a][k] * l[b][k];
            l[a][b] = a == b ? std::sqrt(sum) : sum / l[b][b];
        }
        for (std::size_t k = 0; k < a; ++k)
            x[a] -= l[a][k] * x[k];
        x[a] /= l[a][a];
    }
    for (std::size_t a = n; a-- > 0;) {
        for (std::size_t k = a + 1; k < n; ++k)
            x[a] -= l[k][a] * x[k];
        x[a] /= l[a][a];
    }
    return x;
}

long double largest(const std::vector<long double>& v)
{
    long double most = 0.0L;
    for (const long double x : v)
        most = std::max(most, std::abs(x));
    return most;
}

bool close(const std::vector<double>& a, const std::vector<long double>& b, double relative)
{
    for (std::size_t p = 0; p < a.size(); ++p)
        if (!(std::abs(a[p] - b[p]) <= relative * largest(b)))
            return false;
    return true;
}

}  // namespace

class NewtonTest : public QObject {
    Q_OBJECT

private slots:
    void productsFollowTheDefinition()
    {
        std::vector<Setting> settings = everySetting();
        settings.push_back(scatteredSetting());
        for (const double spread : {2.0, 600.0})
            for (const Setting& setting : settings) {
                const TrainingLoss loss(setting.corpus, setting.table);
                const auto u = brute::randomParameters(setting.table.parameterCount(), spread, 7);
                const auto v = brute::randomParameters(setting.table.parameterCount(), 1.0, 8);
                const brute::Matrix h = regularisedHessian(setting, u, 0.01);
                std::vector<long double> expected(v.size(), 0.0L);
                for (std::size_t a = 0; a < v.size(); ++a)
                    for (std::size_t b = 0; b < v.size(); ++b)
                        expected[a] += h[a][b] * v[b];
                NewtonSystem system(loss, 0.01);
                system.moveTo(u);
                std::vector<double> product(v.size());
                system.multiply(v, product);
                QVERIFY(close(product, expected, 1e-13));
            }
    }

    void theStepEqualsADenseSolution()
    {
        for (const double weightDecay : {1e-6, 1e-2})
            for (const double spread : {0.0, 2.0, 10.0})
                for (const Setting& setting : everySetting()) {
                    const TrainingLoss loss(setting.corpus, setting.table);
                    const auto u = brute::randomParameters(setting.table.parameterCount(), spread, 7);
                    const auto right = gradientOf(loss, u);
                    NewtonSystem system(loss, weightDecay);
                    QCOMPARE(system.eliminates(), setting.corpus.mask == Mask::Causal);
                    system.moveTo(u);
                    std::vector<double> x(u.size(), 1.0);
                    system.solve(right, x, 1e-13);
                    QVERIFY(close(x, denseSolve(regularisedHessian(setting, u, weightDecay), right), 1e-8));
                }
    }

    /// Biases that span thousands cross many blocks; every right-hand side must do, not only gradients.
    void eliminationSurvivesBiasesThatSpanThousands()
    {
        for (const Setting& setting : everySetting()) {
            if (setting.corpus.mask != Mask::Causal)
                continue;
            const TrainingLoss loss(setting.corpus, setting.table);
            const auto u = brute::randomParameters(setting.table.parameterCount(), 2000.0, 7);
            auto right = brute::randomParameters(setting.table.parameterCount(), 1.0, 9);
            for (std::size_t p = 0; p < right.size(); ++p)
                right[p] = loss.exposure()[p] > 0.0 ? right[p] : 0.0;
            NewtonSystem system(loss, 1e-3);
            system.moveTo(u);
            std::vector<double> x(u.size());
            system.solve(right, x, 0.0);
            QVERIFY(close(x, denseSolve(regularisedHessian(setting, u, 1e-3), right), 1e-10));
        }
    }

    void aParameterOfTwoStretchesIsSolvedByConjugateGradients()
    {
        const Setting setting = scatteredSetting();
        const TrainingLoss loss(setting.corpus, setting.table);
        const std::vector<double> u = {0.3, -0.4, 1.0};
        NewtonSystem system(loss, 1e-4);
        QVERIFY(!system.eliminates());
        system.moveTo(u);
        std::vector<double> x(3);
        const auto right = gradientOf(loss, u);
        system.solve(right, x, 1e-13);
        QVERIFY(close(x, denseSolve(regularisedHessian(setting, u, 1e-4), right), 1e-10));
    }

    void untrainedParametersDoNotMove()
    {
        for (const Setting& setting : everySetting()) {
            const TrainingLoss loss(setting.corpus, setting.table);
            const auto u = brute::randomParameters(setting.table.parameterCount(), 2.0, 3);
            NewtonSystem system(loss, 1e-6);
            system.moveTo(u);
            std::vector<double> x(u.size(), 1.0);
            system.solve(gradientOf(loss, u), x, 1e-10);
            for (std::size_t p = 0; p < u.size(); ++p)
                QVERIFY(loss.exposure()[p] > 0.0 || x[p] == 0.0);
        }
    }
};

QTEST_GUILESS_MAIN(NewtonTest)
#include "newton.moc"
