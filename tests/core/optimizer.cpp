// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/optimizer.h"

#include "core/learning/training_loss.h"

#include <QTest>

#include <cmath>

using namespace posbias;

namespace {

/// The optimizers as their papers and PyTorch have them, one parameter after the other, in long double.
class PlainOptimizer {
public:
    PlainOptimizer(const Learning& learning, const std::vector<double>& exposure) : m_exposure(exposure)
    {
        std::visit(
            [this]<class Chosen>(const Chosen& chosen) {
                if constexpr (!std::is_same_v<Chosen, Exact>) {
                    m_rule = Chosen::rule;
                    m_rate = chosen.learningRate;
                    m_decay = chosen.weightDecay;
                }
            },
            learning);
        for (std::size_t p = 0; p < exposure.size(); ++p)
            u.push_back(initialValues(learning).ofParameter(static_cast<std::int64_t>(p)));
        m_first.assign(u.size(), 0.0L);
        m_second.assign(u.size(), 0.0L);
    }

    void step(const std::vector<long double>& gradient)
    {
        ++m_step;
        std::vector<long double> g(u.size(), 0.0L);
        for (std::size_t p = 0; p < u.size(); ++p)
            if (m_exposure[p] > 0.0)
                g[p] = gradient[p] + (m_rule == StepRule::AdamW ? 0.0L : m_decay * u[p]);
        if (m_rule == StepRule::Adafactor)
            return adafactor(g);
        for (std::size_t p = 0; p < u.size(); ++p)
            if (m_exposure[p] > 0.0)
                move(p, g[p]);
    }

    std::vector<long double> u;

private:
    void move(std::size_t p, long double g)
    {
        if (m_rule == StepRule::Sgd) {
            u[p] -= m_rate * g;
        } else if (m_rule == StepRule::Momentum) {
            m_first[p] = m_step == 1 ? g : 0.9L * m_first[p] + g;  // PyTorch begins with the gradient itself
            u[p] -= m_rate * m_first[p];
        } else {
            if (m_rule == StepRule::AdamW)
                u[p] -= m_rate * m_decay * u[p];
            m_first[p] = 0.9L * m_first[p] + 0.1L * g;
            m_second[p] = 0.999L * m_second[p] + 0.001L * g * g;
            const long double mean = m_first[p] / (1.0L - std::pow(0.9L, static_cast<long double>(m_step)));
            const long double square = m_second[p] / (1.0L - std::pow(0.999L, static_cast<long double>(m_step)));
            u[p] -= m_rate * mean / (std::sqrt(square) + 1e-8L);
        }
    }

    static long double rootMeanSquare(const std::vector<long double>& x)
    {
        long double sum = 0.0L;
        for (const long double value : x)
            sum += value * value;
        return std::sqrt(sum / static_cast<long double>(x.size()));
    }

    void adafactor(const std::vector<long double>& g)
    {
        const long double decay = 1.0L - std::pow(static_cast<long double>(m_step), -0.8L);
        std::vector<long double> update(u.size(), 0.0L);
        for (std::size_t p = 0; p < u.size(); ++p) {
            m_second[p] = decay * m_second[p] + (1.0L - decay) * (g[p] * g[p] + 1e-30L);
            update[p] = g[p] / std::sqrt(m_second[p]);
        }
        const long double clip = std::max(1.0L, rootMeanSquare(update));
        const long double rate = m_rate * std::max(1e-3L, rootMeanSquare(u));
        for (std::size_t p = 0; p < u.size(); ++p)
            u[p] -= rate * update[p] / clip;
    }

    std::vector<double> m_exposure;
    StepRule m_rule = StepRule::Sgd;
    long double m_rate = 0.0L, m_decay = 0.0L;
    std::int64_t m_step = 0;
    std::vector<long double> m_first, m_second;
};

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
                        const Corpus corpus = makeCorpus(PowerLaw{}, {20, UniformLengths{}, Counts::Sampled, 2}, mask, 12);
                        const ParameterTable table = parameterTable(scheme, mask, 12);
                        const TrainingLoss loss(corpus, table);
                        const Optimizer optimizer(learning, loss.exposure());
                        OptimizerState state = optimizer.start();
                        PlainOptimizer plain(learning, loss.exposure());
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

    void parametersWithoutExposureStayWhateverTheGradientSays()
    {
        const std::vector<double> exposure = {0.0, 3.0, 3.0, 0.0, 0.0, 1.0};
        for (const Learning& learning : everyDescent(0.1, 0.3)) {
            const Optimizer optimizer(learning, exposure);
            OptimizerState state = optimizer.start();
            const std::vector<double> start = state.values;
            for (int t = 0; t < 5; ++t)
                optimizer.advance(state, std::vector<double>(6, 0.25));
            for (std::size_t p = 0; p < 6; ++p)
                QCOMPARE(state.values[p] == start[p], exposure[p] == 0.0);
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
            gradient[p] = std::sin(static_cast<double>(p * p % 1009)) * 1e-3;
        for (const Learning& learning : everyDescent(0.01, 0.2)) {
            const Optimizer optimizer(learning, exposure);
            OptimizerState state = optimizer.start(), again = optimizer.start();
            PlainOptimizer plain(learning, exposure);
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
        for (const Learning& learning : {Learning(Sgd{.learningRate = 10.0}), Learning(Momentum{.learningRate = 10.0})}) {
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
