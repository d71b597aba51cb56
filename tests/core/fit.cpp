// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/fit.h"

#include "brute_force.h"
#include "core/learning/teacher.h"

#include <QtTest>

#include <numeric>

using namespace posbias;

namespace {

const std::vector<Mask> masks = {Mask::Causal, Mask::Bidirectional};
const std::vector<Scheme> everyScheme = {PerOffset{}, T5{T5Variant::HuggingFace, 8, 20}, T5{T5Variant::Book, 9, 200}};

struct Setting {
    Corpus corpus;
    ParameterTable table;
};

Setting setting(const Scheme& scheme, Mask mask, std::int64_t length, Counts counts = Counts::Sampled,
                const Lengths& lengths = FixedLengths{}, const Teacher& teacher = PowerLaw{})
{
    return {makeCorpus(teacher, {20, lengths, counts, 2}, mask, length), parameterTable(scheme, mask, length)};
}

bool trained(const TrainingLoss& loss, std::size_t p)
{
    return loss.exposure()[p] > 0.0;
}

/// Kingma & Ba 2015, algorithm 1, with the gradient by definition.
std::vector<double> plainAdam(const Setting& setting, const Adam& adam)
{
    const std::size_t n = setting.table.parameterCount();
    std::vector<long double> u(n, adam.initial), m(n, 0.0L), v(n, 0.0L);
    std::vector<double> rounded(n);
    for (std::int64_t t = 1; t <= adam.steps; ++t) {
        std::copy(u.begin(), u.end(), rounded.begin());
        const auto gradient = brute::loss(setting.corpus, setting.table, rounded).gradient;
        for (std::size_t p = 0; p < n; ++p) {
            const long double g = gradient[p] + adam.weightDecay * u[p];
            m[p] = 0.9L * m[p] + 0.1L * g;
            v[p] = 0.999L * v[p] + 0.001L * g * g;
            const long double mean = m[p] / (1.0L - std::pow(0.9L, static_cast<long double>(t)));
            const long double square = v[p] / (1.0L - std::pow(0.999L, static_cast<long double>(t)));
            u[p] -= adam.learningRate * mean / (std::sqrt(square) + 1e-8L);
        }
    }
    return {u.begin(), u.end()};
}

/// Mean loss and weight decay, by definition.
double objective(const Setting& setting, const TrainingLoss& loss, const Exact& exact, const std::vector<double>& u)
{
    long double squares = 0.0L;
    for (std::size_t p = 0; p < u.size(); ++p)
        if (trained(loss, p))
            squares += (u[p] - exact.initial) * (u[p] - exact.initial);
    return static_cast<double>(brute::loss(setting.corpus, setting.table, u).value
                               + 0.5L * exact.weightDecay * squares);
}

/// The gradient of what `exact` minimises, by definition.
double gradientNorm(const Setting& setting, const TrainingLoss& loss, const Exact& exact, const std::vector<double>& u)
{
    const auto gradient = brute::loss(setting.corpus, setting.table, u).gradient;
    long double squares = 0.0L;
    for (std::size_t p = 0; p < u.size(); ++p)
        if (trained(loss, p))
            squares += std::pow(gradient[p] + exact.weightDecay * (u[p] - exact.initial), 2.0L);
    return static_cast<double>(std::sqrt(squares));
}

}  // namespace

class FitTest : public QObject {
    Q_OBJECT

private slots:
    void adamEqualsAPlainImplementation()
    {
        for (const Mask mask : masks)
            for (const Scheme& scheme : everyScheme)
                for (const Adam& adam : {Adam{}, Adam{0.01, 1000, 0.01, 0.5}}) {
                    const Setting s = setting(scheme, mask, 16);
                    const TrainingLoss loss(s.corpus, s.table);
                    const Fit fit = fitAdam(loss, adam);
                    const std::vector<double> expected = plainAdam(s, adam);
                    QCOMPARE(fit.steps, 1000);
                    for (std::size_t p = 0; p < expected.size(); ++p)
                        QVERIFY(std::abs(fit.values[p] - (trained(loss, p) ? expected[p] : adam.initial)) < 1e-9);
                    QVERIFY(std::abs(fit.trainNll - loss.value(fit.values)) < 1e-13);
                }
    }

    void noStepsKeepTheInitialValues()
    {
        const Setting s = setting(PerOffset{}, Mask::Causal, 32);
        const TrainingLoss loss(s.corpus, s.table);
        const Fit fit = fitAdam(loss, {0.03, 0, 0.0, 0.25});
        QCOMPARE(fit.values, std::vector<double>(32, 0.25));
        QVERIFY(std::abs(fit.gradientNorm - gradientNorm(s, loss, {0.0, 0.0}, fit.values)) < 1e-14);
        QCOMPARE(fit.trainNll, loss.value(fit.values));
    }

    void untrainedParametersKeepTheInitialValueExactly()
    {
        for (const Mask mask : masks) {
            const Setting s = setting(T5{T5Variant::Book, 40, 4096}, mask, 48);
            const TrainingLoss loss(s.corpus, s.table);
            int untrained = 0;
            for (const Learning& learning : {Learning(Adam{0.03, 200, 0.1, -0.7}), Learning(Exact{1e-3, -0.7})}) {
                const Fit learned = fit(loss, learning);
                for (std::size_t p = 0; p < learned.values.size(); ++p) {
                    QCOMPARE(learned.values[p] == -0.7, !trained(loss, p));
                    untrained += trained(loss, p) ? 0 : 1;
                }
            }
            QVERIFY(untrained > 0);
        }
    }

    void divergenceIsAnErrorThatNamesRateAndStep()
    {
        const Setting s = setting(PerOffset{}, Mask::Causal, 32);
        const TrainingLoss loss(s.corpus, s.table);
        try {
            fitAdam(loss, {3e8, 100, 0.0, 0.0});
            QFAIL("no error");
        } catch (const FailureError& error) {
            QVERIFY(std::string(error.what()).find("3e+08") != std::string::npos);
            QVERIFY(std::string(error.what()).find("step 1 ") != std::string::npos);
        }
    }

    void exactReachesTheMinimum()
    {
        for (const Teacher& teacher : {Teacher(PowerLaw{}), Teacher(Exponential{8.0}), Teacher(Window{6, 4.0}),
                                       Teacher(Periodic{1.0, 2.0, 8.0})})
            for (const Mask mask : masks)
                for (const Scheme& scheme : everyScheme)
                    for (const Lengths& lengths : {Lengths(FixedLengths{}), Lengths(ParetoLengths{1.5, 4})})
                        for (const Counts counts : {Counts::Sampled, Counts::Expected})
                            for (const Exact& exact : {Exact{}, Exact{1.0, 0.5}, Exact{1e-12, -3.0}}) {
                                const Setting s = setting(scheme, mask, 32, counts, lengths, teacher);
                                const TrainingLoss loss(s.corpus, s.table);
                                const Fit fit = fitExact(loss, exact);
                                QVERIFY(fit.gradientNorm <= 1e-10);
                                QVERIFY(std::abs(gradientNorm(s, loss, exact, fit.values) - fit.gradientNorm) < 1e-13);
                            }
    }

    void exactReachesTheMinimumOfLongTraining()
    {
        for (const Mask mask : masks)
            for (const Scheme& scheme : {Scheme(PerOffset{}), Scheme(T5{})})
                for (const double weightDecay : {1e-12, 1e-6, 1.0}) {
                    const Setting s = setting(scheme, mask, 16384, Counts::Sampled, ParetoLengths{1.0, 512});
                    const TrainingLoss loss(s.corpus, s.table);
                    const Fit fit = fitExact(loss, {weightDecay, 0.0});
                    QVERIFY(fit.gradientNorm <= 1e-10);
                    QVERIFY(fit.steps < 100);
                }
    }

    void movingAwayFromTheMinimumRaisesTheObjective()
    {
        for (const Mask mask : masks)
            for (const Scheme& scheme : everyScheme) {
                const Exact exact{1e-4, 0.2};
                const Setting s = setting(scheme, mask, 24);
                const TrainingLoss loss(s.corpus, s.table);
                const std::vector<double> best = fitExact(loss, exact).values;
                const double least = objective(s, loss, exact, best);
                for (std::size_t p = 0; p < best.size(); ++p)
                    for (const double move : {-0.05, 0.05}) {
                        std::vector<double> moved = best;
                        moved[p] += move;
                        QCOMPARE(objective(s, loss, exact, moved) > least, trained(loss, p));
                    }
                std::vector<double> lifted = best;
                for (double& u : lifted)
                    u += 0.05;
                QVERIFY(objective(s, loss, exact, lifted) > least);
            }
    }

    /// The level that SGD keeps from the initial value, too.
    void exactKeepsTheMeanOfTrainedParametersAtTheInitialValue()
    {
        for (const Mask mask : masks)
            for (const Scheme& scheme : everyScheme) {
                const Setting s = setting(scheme, mask, 100);
                const TrainingLoss loss(s.corpus, s.table);
                const Fit fit = fitExact(loss, {1e-6, 0.4});
                double sum = 0.0;
                for (std::size_t p = 0; p < fit.values.size(); ++p)
                    sum += trained(loss, p) ? fit.values[p] - 0.4 : 0.0;
                QVERIFY(std::abs(sum) < 1e-10);
            }
    }

    void withExpectedCountsExactFindsTheTeachersDifferences()
    {
        for (const Teacher& teacher : {Teacher(PowerLaw{}), Teacher(Window{6, 4.0}), Teacher(Periodic{1.0, 1.0, 16.0})})
            for (const Mask mask : masks) {
                const Setting s = setting(PerOffset{}, mask, 48, Counts::Expected, UniformLengths{}, teacher);
                const TrainingLoss loss(s.corpus, s.table);
                const Fit fit = fitExact(loss, {1e-12, 0.0});
                const double origin = fit.values[s.table.parameterOf(0)] - preference(teacher, 0);
                for (std::int64_t d = s.corpus.reads.first; d <= s.corpus.reads.last(); ++d)
                    QVERIFY(std::abs(fit.values[s.table.parameterOf(d)] - origin - preference(teacher, d)) < 1e-4);
            }
    }

    /// Causal and per-offset, the likelihood is a product of binomials: of the queries that see offset d and read none
    /// farther, the share exp(u_d) / sum over d' <= d of exp(u_d') read d. Its maximum is the share that did.
    void withLittleWeightDecayEveryOffsetTakesTheShareThatWasRead()
    {
        const Corpus corpus = makeCorpus(PowerLaw{0.5}, {2000, UniformLengths{}, Counts::Sampled, 1}, Mask::Causal, 24);
        const TrainingLoss loss(corpus, parameterTable(PerOffset{}, Mask::Causal, 24));
        const Fit fit = fitExact(loss, {1e-12, 0.0});
        const std::vector<double> queries = queriesByPosition(corpus.lengths);
        double readers = 0.0;
        for (std::int64_t d = 23; d >= 0; --d) {
            readers += queries[d];
            double sum = 0.0;
            for (std::int64_t k = 0; k <= d; ++k)
                sum += std::exp(fit.values[k]);
            QVERIFY(std::abs(std::exp(fit.values[d]) / sum - corpus.reads[d] / readers) < 1e-7);
            readers -= corpus.reads[d];
        }
    }

    void oneTokenHasNothingToLearn()
    {
        for (const Mask mask : masks) {
            const Setting s = setting(PerOffset{}, mask, 1);
            const TrainingLoss loss(s.corpus, s.table);
            QCOMPARE(fitAdam(loss, Adam{}).values, std::vector<double>{0.0});
            QCOMPARE(fitExact(loss, Exact{}).values, std::vector<double>{0.0});
            QCOMPARE(loss.value(std::vector<double>{0.0}), 0.0);
        }
    }

    void theExperimentChoosesTheOptimizer()
    {
        const Setting s = setting(T5{}, Mask::Causal, 64);
        const TrainingLoss loss(s.corpus, s.table);
        QCOMPARE(fit(loss, Adam{}).values, fitAdam(loss, Adam{}).values);
        QCOMPARE(fit(loss, Exact{}).values, fitExact(loss, Exact{}).values);
    }

    void progressRisesToOneAndAStopIsHeard()
    {
        for (const Learning& learning : {Learning(Adam{0.03, 500}), Learning(Exact{})})
            for (const Mask mask : masks) {
                const Setting s = setting(PerOffset{}, mask, 2000);
                const TrainingLoss loss(s.corpus, s.table);
                std::vector<double> fractions;
                fit(loss, learning, {{}, [&](double fraction) { fractions.push_back(fraction); }});
                QVERIFY(fractions.size() > 5);
                for (const double fraction : fractions)
                    QVERIFY(fraction >= 0.0 && fraction <= 1.0);
                QCOMPARE(fractions.back(), 1.0);

                std::stop_source source;
                int calls = 0;
                const Progress stopping{source.get_token(), [&](double) { calls += source.request_stop() ? 1 : 100; }};
                QVERIFY_EXCEPTION_THROWN(fit(loss, learning, stopping), Cancelled);
                QCOMPARE(calls, 1);
            }
    }
};

QTEST_GUILESS_MAIN(FitTest)
#include "fit.moc"
