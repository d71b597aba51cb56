// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The optimizers as their papers, PyTorch and (Adafactor) transformers have them, for tests: one parameter after the
// other, in long double.

#include "core/experiment/experiment.h"

#include <cmath>
#include <type_traits>
#include <vector>

namespace posbias::samples {

class PlainOptimizer {
public:
    /// The first `table` parameters of `start` are those whose root mean square adafactor takes.
    PlainOptimizer(const Learning& learning, const std::vector<double>& start, std::size_t table)
        : u(start.begin(), start.end()), m_table(table)
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
        m_first.assign(u.size(), 0.0L);
        m_second.assign(u.size(), 0.0L);
    }
    /// The table alone, with the initial values of `learning`.
    PlainOptimizer(const Learning& learning, std::size_t table)
        : PlainOptimizer(learning, initialTable(learning, table), table)
    {
    }

    static std::vector<double> initialTable(const Learning& learning, std::size_t table)
    {
        std::vector<double> start;
        for (std::size_t p = 0; p < table; ++p)
            start.push_back(initialValues(learning).ofParameter(static_cast<std::int64_t>(p)));
        return start;
    }

    /// `gradient` of the first parameters; no gradient reaches the others.
    void step(const std::vector<long double>& gradient)
    {
        ++m_step;
        const bool decoupled = m_rule == StepRule::AdamW || m_rule == StepRule::Adafactor;
        std::vector<long double> g(u.size(), 0.0L);
        for (std::size_t p = 0; p < u.size(); ++p)
            g[p] = (p < gradient.size() ? gradient[p] : 0.0L) + (decoupled ? 0.0L : m_decay * u[p]);
        if (m_rule == StepRule::Adafactor)
            return adafactor(g);
        for (std::size_t p = 0; p < u.size(); ++p)
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

    long double rootMeanSquare(const std::vector<long double>& x) const
    {
        long double sum = 0.0L;
        for (std::size_t p = 0; p < m_table; ++p)
            sum += x[p] * x[p];
        return std::sqrt(sum / static_cast<long double>(m_table));
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
        for (std::size_t p = 0; p < u.size(); ++p) {
            u[p] -= m_decay * rate * u[p];
            u[p] -= rate * update[p] / clip;
        }
    }

    std::size_t m_table;
    StepRule m_rule = StepRule::Sgd;
    long double m_rate = 0.0L, m_decay = 0.0L;
    std::int64_t m_step = 0;
    std::vector<long double> m_first, m_second;
};

}  // namespace posbias::samples
