// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/optimizer.h"

#include "core/learning/training_loss.h"
#include "tests/core/plain_optimizer.h"

#include <QTest>

#include <cmath>

using namespace posbias;
using samples::PlainOptimizer;

namespace {

std::vector<Learning> everyDescent(double weightDecay, double spread)
{
    return {Sgd{.weightDecay = weightDecay, .spread = spread},
            Momentum{.weightDecay = weightDecay, .spread = spread},
            Adam{.weightDecay = weightDecay, .initial = 0.5, .spread = spread},
            AdamW{.weightDecay = weightDecay, .initial = -0.5, .spread = spread},
            Adafactor{.weightDecay = weightDecay, .initial = 0.1, .spread = spread},
            Adafactor{.learningRate = 0.3, .weightDecay = weightDecay, .spread = spread}};
}

}  // namespace

class OptimizerTest : public QObject {
    Q_OBJECT

private slots:
    void everyOptimizerEqualsAPlainImplementation()
    {
        for (const Mask mask : {Mask::Causal, Mask::Bidirectional})
            for (const Scheme& scheme : {Scheme(PerOffset{}), Scheme(T5{T5Variant::Book, 9, 200})})
                for (const auto& [weightDecay, spread] : {std::pair(0.0, 0.0), std::pair(0.05, 0.6)})
                    for (const Learning& learning : everyDescent(weightDecay, spread)) {
                        const Corpus corpus =
                            makeCorpus(PowerLaw{}, {20, UniformLengths{}, Counts::Sampled, 2}, mask, 12);
                        const ParameterTable table = parameterTable(scheme, mask, 12);
                        const TrainingLoss loss(corpus, table);
                        const Optimizer optimizer(learning, loss.exposure());
                        OptimizerState state = optimizer.start();
                        PlainOptimizer plain(learning, state.values.size());
                        std::vector<double> gradient(state.values.size());
                        for (int t = 1; t <= 300; ++t) {
                            loss.gradient(state.values, gradient);
                            QVERIFY(optimizer.advance(state, gradient));
                            // The same gradient for both: where steps jump about the minimum, rounding would grow.
                            plain.step({gradient.begin(), gradient.end()});
                        }
                        QCOMPARE(state.step, 300);
                        for (std::size_t p = 0; p < gradient.size(); ++p)
                            QVERIFY(std::abs(state.values[p] - static_cast<double>(plain.u[p])) < 1e-11);
                    }
    }

    void withoutDecayParametersWithoutExposureStayAsTheyStarted()
    {
        const std::vector<double> exposure = {0.0, 3.0, 3.0, 0.0, 0.0, 1.0},
                                  gradient = {0.0, 0.25, 0.25, 0.0, 0.0, 0.25};
        for (const double weightDecay : {0.0, 0.1})
            for (const Learning& learning : everyDescent(weightDecay, 0.3)) {
                const Optimizer optimizer(learning, exposure);
                OptimizerState state = optimizer.start();
                const std::vector<double> start = state.values;
                for (int t = 0; t < 5; ++t)
                    optimizer.advance(state, gradient);
                for (std::size_t p = 0; p < 6; ++p)
                    QCOMPARE(state.values[p] == start[p], exposure[p] == 0.0 && weightDecay == 0.0);
            }
    }

    /// More parameters than one thread gets.
    void manyParametersMoveAsFewDo()
    {
        const std::size_t count = (1 << 17) + 777;
        std::vector<double> exposure(count, 1.0);
        for (std::size_t p = 5; p < count; p += 1013)
            exposure[p] = 0.0;
        std::vector<long double> gradient(count);
        for (std::size_t p = 0; p < count; ++p)
            gradient[p] = exposure[p] > 0.0 ? std::sin(static_cast<double>(p * p % 1009)) * 1e-3 : 0.0;
        for (const Learning& learning : everyDescent(0.01, 0.2)) {
            const Optimizer optimizer(learning, exposure);
            OptimizerState state = optimizer.start(), again = optimizer.start();
            PlainOptimizer plain(learning, count);
            const std::vector<double> rounded(gradient.begin(), gradient.end());
            for (int t = 0; t < 3; ++t) {
                QVERIFY(optimizer.advance(state, rounded) && optimizer.advance(again, rounded));
                plain.step(gradient);
            }
            QVERIFY(state.values == again.values);
            for (std::size_t p = 0; p < count; ++p)
                QVERIFY(std::abs(state.values[p] - static_cast<double>(plain.u[p])) < 1e-12);
        }
    }

    void valuesOutOfBoundsAreToldAndNoNumberAmongThem()
    {
        for (const Learning& learning :
             {Learning(Sgd{.learningRate = 10.0}), Learning(Momentum{.learningRate = 10.0})}) {
            const Optimizer optimizer(learning, {1.0, 1.0, 1.0});
            OptimizerState state = optimizer.start();
            QVERIFY(optimizer.advance(state, std::vector<double>{0.0, 0.9e7, 0.0}));
            state = optimizer.start();
            QVERIFY(!optimizer.advance(state, std::vector<double>{0.0, 1.1e7, 0.0}));
            state = optimizer.start();
            QVERIFY(!optimizer.advance(state, std::vector<double>{0.0, std::nan(""), 0.0}));
        }
    }
};

QTEST_GUILESS_MAIN(OptimizerTest)
#include "optimizer.moc"
