// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/learn.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <numeric>

using namespace posbias;

namespace {

constexpr std::int64_t L = 64;
const CorpusSettings settings{15, UniformLengths{}, Counts::Sampled, 4};

struct Trained {
    TrainingData data;
    ParameterTable table;
    std::shared_ptr<const TrainingLoss> loss;
    Learned learned;
};

Trained train(const Learning& learning, KeepCourse keep = KeepCourse::Yes, const CorpusSettings& corpus = settings,
              std::int64_t length = L)
{
    Trained t;
    t.data = drawTrainingData(PowerLaw{}, corpus, Mask::Causal, length, learning);
    t.table = parameterTable(PerOffset{}, Mask::Causal, length);
    t.loss = std::make_shared<const TrainingLoss>(*t.data.corpus, t.table);
    t.learned = learn(t.data, t.loss, t.table, learning, keep);
    return t;
}

/// Every optimizer, on the whole corpus and on minibatches.
std::vector<Learning> everyDescent(std::int64_t steps)
{
    std::vector<Learning> all;
    for (const std::int64_t batch : {0, 4}) {
        all.push_back(Sgd{.steps = steps, .batch = batch});
        all.push_back(Momentum{.steps = steps, .batch = batch, .spread = 0.5});
        all.push_back(Adam{.steps = steps, .batch = batch});
        all.push_back(AdamW{.steps = steps, .batch = batch});
        all.push_back(Adafactor{.steps = steps, .batch = batch});
    }
    return all;
}

Learning withSteps(Learning learning, std::int64_t steps)
{
    std::visit(
        [steps](auto& chosen) {
            if constexpr (requires { chosen.steps; })
                chosen.steps = steps;
        },
        learning);
    return learning;
}

}  // namespace

class CourseTest : public QObject {
    Q_OBJECT

private slots:
    /// Bit for bit.
    void everyMomentIsWhatATrainingOfFewerStepsGives()
    {
        for (const Learning& learning : everyDescent(700)) {
            const Trained all = train(learning);
            QCOMPARE(all.learned.course->steps(), 700);
            for (const std::int64_t step : {0, 1, 2, 57, 349, 350, 351, 699, 700}) {
                const Trained fewer = train(withSteps(learning, step), KeepCourse::No);
                QVERIFY(all.learned.course->at(step).values == fewer.learned.fit.values);
                QVERIFY(!fewer.learned.course);
            }
            QVERIFY(all.learned.course->at(700).values == all.learned.fit.values);
        }
    }

    void oneReplayVisitsTheSameMoments()
    {
        for (const Learning& learning : everyDescent(300)) {
            const Trained t = train(learning);
            const std::vector<std::int64_t> steps = {0, 3, 4, 150, 151, 152, 290, 300};
            std::vector<std::int64_t> visited;
            t.learned.course->replay(steps, [&](std::int64_t step, const Moment& moment) {
                visited.push_back(step);
                QVERIFY(moment.values == t.learned.course->at(step).values);
            });
            QCOMPARE(visited, steps);
        }
    }

    void keepingTheCourseDoesNotChangeTheFit()
    {
        for (const Learning& learning : everyDescent(200))
            QVERIFY(train(learning).learned.fit.values == train(learning, KeepCourse::No).learned.fit.values);
    }

    void theExactMinimumHasNoSteps() { QVERIFY(!train(Exact{}).learned.course); }

    /// So long that few states fit the budget.
    void longTrainingReplaysAsWell()
    {
        const Trained t = train(Adam{.steps = 12}, KeepCourse::Yes, {2, FixedLengths{}, Counts::Sampled, 1}, 1 << 18);
        const Trained fewer = train(Adam{.steps = 9}, KeepCourse::No, {2, FixedLengths{}, Counts::Sampled, 1}, 1 << 18);
        QVERIFY(t.learned.course->at(9).values == fewer.learned.fit.values);
        QVERIFY(t.learned.course->at(12).values == t.learned.fit.values);
    }

    void aReplayTellsItsProgressAndHearsAStop()
    {
        const Trained t = train(Adam{.steps = 20}, KeepCourse::Yes, {2, FixedLengths{}, Counts::Sampled, 1}, 1 << 19);
        std::vector<double> fractions;
        t.learned.course->replay({0, 6, 20}, [](auto, const auto&) {}, {{}, [&](double f) { fractions.push_back(f); }});
        QVERIFY(fractions.size() > 3 && std::is_sorted(fractions.begin(), fractions.end()));
        QCOMPARE(fractions.back(), 1.0);
        std::stop_source source;
        source.request_stop();
        QVERIFY_EXCEPTION_THROWN(t.learned.course->at(19, {source.get_token(), {}}), Cancelled);
    }

    /// Four documents: per-offset biases learn their noise, and the held-out loss rises again.
    void earlyStoppingTakesTheStepWithTheLowestHeldOutLoss()
    {
        const CorpusSettings few{4, FixedLengths{}, Counts::Sampled, 1, 50};
        const Learning learning = Adam{.steps = 2000, .stopping = Stopping::BestHeldOut};
        const Trained t = train(learning, KeepCourse::Yes, few);
        const std::int64_t chosen = t.learned.fit.steps;
        QVERIFY(chosen > 0 && chosen < 2000);
        QCOMPARE(heldOutInterval(t.data, learning), 1);
        const TrainingLoss heldOut(*t.data.heldOut, t.table);
        const double lowest = heldOut.value(t.learned.fit.values);
        QVERIFY(heldOut.value(t.learned.course->at(2000).values) > lowest + 0.01);
        QVERIFY(t.learned.course->at(chosen).values == t.learned.fit.values);
        QCOMPARE(t.learned.course->steps(), 2000);
        QVERIFY(std::abs(t.learned.fit.trainNll - t.loss->value(t.learned.fit.values)) < 1e-13);
    }

    void theStepKeptIsTheBestOfAllSteps()
    {
        std::vector<std::int64_t> all(801);
        std::iota(all.begin(), all.end(), 0);
        for (const std::int64_t seed : {1, 2, 3})
            for (const double faster : {1.0, 3.0})
                for (Learning learning : everyDescent(800)) {
                    std::visit(
                        [faster](auto& chosen) {
                            if constexpr (requires { chosen.stopping; }) {
                                chosen.stopping = Stopping::BestHeldOut;
                                chosen.learningRate *= faster / 3.0;
                            }
                        },
                        learning);
                    const Trained t =
                        train(learning, KeepCourse::Yes, {5, UniformLengths{}, Counts::Sampled, seed, 20});
                    const TrainingLoss heldOut(*t.data.heldOut, t.table);
                    std::int64_t best = 0;
                    double lowest = std::numeric_limits<double>::infinity();
                    t.learned.course->replay(all, [&](std::int64_t step, const Moment& moment) {
                        if (const double loss = heldOut.value(moment.values); loss < lowest) {
                            lowest = loss;
                            best = step;
                        }
                    });
                    QCOMPARE(t.learned.fit.steps, best);
                }
    }

    /// Both ways, one document a step and held-out ones of many lengths: looking costs many times what a step does.
    void whereLookingCostsTooMuchItSaysHowOftenItLooked()
    {
        const CorpusSettings corpus{60, UniformLengths{}, Counts::Sampled, 1, 60};
        const std::int64_t length = 4096;
        const Learning learning = Adam{.steps = 20'000, .batch = 1, .stopping = Stopping::BestHeldOut};
        const TrainingData data = drawTrainingData(PowerLaw{}, corpus, Mask::Bidirectional, length, learning);
        QCOMPARE(heldOutInterval(data, Adam{.steps = 100, .batch = 1, .stopping = Stopping::BestHeldOut}), 1);
        const std::int64_t every = heldOutInterval(data, learning);
        QVERIFY(every > 1 && every < 64);
        QCOMPARE(heldOutInterval(data, Adam{.steps = 20'000, .batch = 1}), 0);
    }

    void withoutStepsEarlyStoppingStaysAtTheStart()
    {
        const Trained t = train(Sgd{.steps = 0, .initial = 0.5, .stopping = Stopping::BestHeldOut});
        QCOMPARE(t.learned.fit.steps, 0);
        QCOMPARE(t.learned.fit.values, std::vector<double>(L, 0.5));
    }
};

QTEST_GUILESS_MAIN(CourseTest)
#include "course.moc"
