// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/fit.h"

#include "brute_force.h"
#include "core/learning/teacher.h"

#include <QTest>

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
    return {makeCorpus(teacher, {20, lengths, counts, 2, 0}, mask, length), parameterTable(scheme, mask, length)};
}

bool trained(const TrainingLoss& loss, std::size_t p)
{
    return loss.exposure()[p] > 0.0;
}

/// Mean loss and weight decay, by definition.
double objective(const Setting& setting, const TrainingLoss& loss, const Exact& exact, const std::vector<double>& u)
{
    long double squares = 0.0L;
    for (std::size_t p = 0; p < u.size(); ++p)
        if (trained(loss, p))
            squares += (u[p] - exact.initial) * (u[p] - exact.initial);
    return static_cast<double>(brute::loss(setting.corpus, setting.table, u).value +
                               0.5L * exact.weightDecay * squares);
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
    void noStepsKeepTheInitialValues()
    {
        const Setting s = setting(PerOffset{}, Mask::Causal, 32);
        const TrainingLoss loss(s.corpus, s.table);
        const Fit fit = posbias::fit(loss, Adam{.steps = 0, .initial = 0.25});
        QCOMPARE(fit.values, std::vector<double>(32, 0.25));
        QVERIFY(std::abs(fit.gradientNorm - gradientNorm(s, loss, {0.0, 0.0}, fit.values)) < 1e-14);
        QCOMPARE(fit.trainNll, loss.value(fit.values));
    }

    void anExactFitOfWhatIsNotANumberFails()
    {
        for (const Mask mask : masks)
            for (const Scheme& scheme : everyScheme)
                for (const double initial : {std::nan(""), std::numeric_limits<double>::infinity(), 1e308, -1e308}) {
                    const Setting s = setting(scheme, mask, 24);
                    const TrainingLoss loss(s.corpus, s.table);
                    QVERIFY_THROWS_EXCEPTION(FailureError, fitExact(loss, Exact{1e-3, initial, 1e308}));
                }
    }

    void untrainedParametersKeepTheInitialValueExactly()
    {
        for (const Mask mask : masks) {
            const Setting s = setting(T5{T5Variant::Book, 40, 4096}, mask, 48);
            const TrainingLoss loss(s.corpus, s.table);
            int untrained = 0;
            for (const Learning& learning :
                 {Learning(Adam{.steps = 200, .initial = -0.7}), Learning(Adafactor{.steps = 200, .initial = -0.7}),
                  Learning(Sgd{.steps = 200, .initial = -0.7}), Learning(Exact{1e-3, -0.7})}) {
                const Fit learned = fit(loss, learning);
                for (std::size_t p = 0; p < learned.values.size(); ++p) {
                    QCOMPARE(learned.values[p] == -0.7, !trained(loss, p));
                    untrained += trained(loss, p) ? 0 : 1;
                }
            }
            QVERIFY(untrained > 0);
        }
    }

    void divergenceIsAnErrorThatNamesOptimizerRateAndStep()
    {
        const Setting s = setting(PerOffset{}, Mask::Causal, 32);
        const TrainingLoss loss(s.corpus, s.table);
        const auto failure = [&](const Learning& learning) {
            try {
                fit(loss, learning);
            } catch (const FailureError& error) {
                return std::string(error.what());
            }
            return std::string();
        };
        QCOMPARE(failure(Adam{.learningRate = 3e8, .steps = 100}),
                 std::string("Adam diverged at step 1 with a learning rate of 3e+08; choose a smaller learning rate."));
        const std::string wild = failure(Adafactor{.learningRate = 10.0});
        QVERIFY2(wild.find("Adafactor diverged at step ") == 0 &&
                     wild.find("learning rate of 10;") != std::string::npos,
                 wild.c_str());
        const std::string worse = failure(Adam{.learningRate = 10.0, .steps = 3});
        QVERIFY2(worse.find("after step 3 with a learning rate of 10 the training loss is") != std::string::npos,
                 worse.c_str());
        QVERIFY(failure(Sgd{}).empty() && failure(Momentum{}).empty() && failure(Adafactor{}).empty());
    }

    /// Above 2 / (largest curvature) gradient descent jumps from side to side for ever, without growing.
    void aRateThatIsTooLargeToSettleIsNoDivergence()
    {
        const Setting s = setting(PerOffset{}, Mask::Causal, 64);
        const TrainingLoss loss(s.corpus, s.table);
        const double best = fitExact(loss, Exact{}).trainNll;
        const Fit restless = fit(loss, Sgd{.learningRate = 10.0});
        QVERIFY(restless.trainNll > best + 0.05);
        QVERIFY(restless.gradientNorm > 0.1);
        QVERIFY(fit(loss, Sgd{}).trainNll < best + 0.005);
    }

    /// The gradient of every query's loss sums to 0 over parameters: its softmax does not see a common constant.
    void descentAlongTheGradientKeepsTheMeanOfTheParameters()
    {
        for (const Mask mask : masks)
            for (const Scheme& scheme : {Scheme(PerOffset{}), Scheme(T5{T5Variant::HuggingFace, 8, 20})})
                for (const Learning& learning : {Learning(Sgd{.steps = 2000, .initial = 0.3, .spread = 1.0}),
                                                 Learning(Momentum{.steps = 2000, .initial = 0.3, .spread = 1.0})}) {
                    const Setting s = setting(scheme, mask, 48);
                    const TrainingLoss loss(s.corpus, s.table);
                    const Fit fit = posbias::fit(loss, learning);
                    double moved = 0.0;
                    for (std::size_t p = 0; p < fit.values.size(); ++p)
                        moved += fit.values[p] - initialValues(learning).ofParameter(static_cast<std::int64_t>(p));
                    QVERIFY(std::abs(moved) < 1e-11);
                }
    }

    /// On expected counts. What the loss sees: differences from offset 0.
    void everyOptimizerEndsWhereTheExactMinimumIs()
    {
        const Learning patient[] = {Sgd{.steps = 400'000}, Momentum{.steps = 60'000},
                                    Adam{.learningRate = 0.01, .steps = 20'000},
                                    AdamW{.learningRate = 0.01, .steps = 20'000, .weightDecay = 0.0},
                                    Adafactor{.learningRate = 3e-5, .steps = 600'000}};
        for (const Mask mask : masks)
            for (const Scheme& scheme : {Scheme(PerOffset{}), Scheme(T5{T5Variant::HuggingFace, 6, 8})}) {
                const Setting s = setting(scheme, mask, 7, Counts::Expected);
                const TrainingLoss loss(s.corpus, s.table);
                const Fit exact = fitExact(loss, Exact{.weightDecay = 1e-12});
                const auto origin = static_cast<std::size_t>(s.table.parameterOf(0));
                for (const Learning& learning : patient) {
                    const Fit fit = posbias::fit(loss, learning);
                    for (std::size_t p = 0; p < fit.values.size(); ++p)
                        if (trained(loss, p))
                            QVERIFY(std::abs(fit.values[p] - fit.values[origin] - exact.values[p] +
                                             exact.values[origin]) < 2e-4);
                }
                const Fit sgd = posbias::fit(loss, patient[0]);
                for (std::size_t p = 0; p < sgd.values.size(); ++p)
                    QVERIFY(std::abs(sgd.values[p] - exact.values[p]) < 2e-4);
            }
    }

    void initialValuesWithASpreadAreWhereTrainingStartsAndExactPullsTo()
    {
        const InitialValues initial{0.4, 0.8, 9};
        const Setting s = setting(T5{T5Variant::Book, 40, 4096}, Mask::Causal, 48);
        const TrainingLoss loss(s.corpus, s.table);
        const Fit start = fit(loss, Momentum{.steps = 0, .initial = 0.4, .spread = 0.8, .seed = 9});
        const Fit exact = fit(loss, Exact{1e-6, 0.4, 0.8, 9});
        double moved = 0.0;
        for (std::size_t p = 0; p < start.values.size(); ++p) {
            QCOMPARE(start.values[p], initial.ofParameter(static_cast<std::int64_t>(p)));
            QCOMPARE(exact.values[p] == start.values[p], !trained(loss, p));
            moved += exact.values[p] - start.values[p];
        }
        QVERIFY(std::abs(moved) < 1e-10);
        const Fit stiff = fit(loss, Exact{1.0, 0.4, 0.8, 9});
        QVERIFY(std::abs(stiff.values[1] - initial.ofParameter(1)) < 0.2);
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
            QCOMPARE(fit(loss, Adam{}).values, std::vector<double>{0.0});
            QCOMPARE(fit(loss, Adafactor{}).values, std::vector<double>{0.0});
            QCOMPARE(fitExact(loss, Exact{}).values, std::vector<double>{0.0});
            QCOMPARE(loss.value(std::vector<double>{0.0}), 0.0);
        }
    }

    void theExperimentChoosesTheOptimizer()
    {
        const Setting s = setting(T5{}, Mask::Causal, 64);
        const TrainingLoss loss(s.corpus, s.table);
        QVERIFY(fit(loss, Adam{}).values != fit(loss, Adafactor{}).values);
        QCOMPARE(fit(loss, Exact{}).values, fitExact(loss, Exact{}).values);
    }

    void progressRisesToOneAndAStopIsHeard()
    {
        for (const Learning& learning : {Learning(Adam{.steps = 500}), Learning(Exact{})})
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
