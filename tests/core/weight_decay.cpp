// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/evaluation/history.h"
#include "core/evaluation/level.h"
#include "core/evaluation/sweep.h"
#include "core/experiment/fields.h"
#include "core/learning/fit.h"
#include "tests/core/plain_optimizer.h"

#include <QTest>

#include <cmath>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

using namespace posbias;
using samples::PlainOptimizer;

namespace {

/// Settings of one kind of optimizer.
Learning descent(const std::string& optimizer, double rate, std::int64_t steps, double decay, double initial,
                 double spread = 0.0, std::int64_t seed = 1)
{
    const auto with = [&](auto chosen) -> Learning {
        chosen.learningRate = rate;
        chosen.steps = steps;
        chosen.weightDecay = decay;
        chosen.initial = initial;
        chosen.spread = spread;
        chosen.seed = seed;
        return chosen;
    };
    return optimizer == "sgd"        ? with(Sgd{})
           : optimizer == "momentum" ? with(Momentum{})
           : optimizer == "adam"     ? with(Adam{})
           : optimizer == "adamw"    ? with(AdamW{})
                                     : with(Adafactor{});
}

const std::vector<std::string> optimizers = {"sgd", "momentum", "adam", "adamw", "adafactor"};

Learning stoppingEarly(Learning learning)
{
    std::visit(
        [](auto& chosen) {
            if constexpr (requires { chosen.stopping; })
                chosen.stopping = Stopping::BestHeldOut;
        },
        learning);
    return learning;
}

Learning inBatches(Learning learning, std::int64_t batch)
{
    std::visit(
        [batch](auto& chosen) {
            if constexpr (requires { chosen.batch; })
                chosen.batch = batch;
        },
        learning);
    return learning;
}

/// A short experiment whose per-offset table ends at 20 and whose buckets end past what training saw.
Experiment small(const Learning& learning, Mask mask = Mask::Causal)
{
    Experiment experiment;
    experiment.mask = mask;
    experiment.trainingLength = 20;
    experiment.length = 50;
    experiment.view = defaultView(50);
    experiment.schemes = {PerOffset{}, T5{T5Variant::HuggingFace, 16, 128}};
    experiment.corpus = {6, UniformLengths{}, Counts::Sampled, 3, 10};
    experiment.learning = learning;
    return experiment;
}

/// What a scheme's biases are over `shown` after the optimizer's steps: a plain loop over a table long enough.
std::map<std::int64_t, double> longerTable(const Experiment& experiment, const TrainedScheme& trained,
                                           OffsetRange shown, std::int64_t steps)
{
    const std::size_t count = trained.exposure.size();
    std::vector<double> start = PlainOptimizer::initialTable(experiment.learning, count);
    std::map<std::int64_t, std::size_t> indexOf;
    for (std::int64_t d = shown.first; d <= shown.last; ++d) {
        const std::int64_t parameter = trained.table.parameterOf(d);
        indexOf[d] = parameter == noParameter ? start.size() : static_cast<std::size_t>(parameter);
        if (parameter == noParameter)
            start.push_back(initialValues(experiment.learning).beyond(d));
    }
    PlainOptimizer plain(experiment.learning, start, count);
    std::vector<double> gradient(count);
    for (std::int64_t step = 0; step < steps; ++step) {
        trained.loss->gradient(
            std::vector<double>(plain.u.begin(), plain.u.begin() + static_cast<std::ptrdiff_t>(count)), gradient);
        plain.step({gradient.begin(), gradient.end()});
    }
    std::map<std::int64_t, double> bias;
    for (const auto& [d, index] : indexOf)
        bias[d] = static_cast<double>(plain.u[index]);
    return bias;
}

bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

}  // namespace

class WeightDecayTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyOptimizerEndsWherePyTorchDoes();
    void offsetsPastTheTableAreEntriesOfALongerOne_data();
    void offsetsPastTheTableAreEntriesOfALongerOne();
    void withoutDecayUntrainedOffsetsKeepTheirVeryInitialValue();
    void withoutStepsDecayTakesNothing();
    void theExactMinimumLeavesUntrainedOffsetsAlone();
    void decayThatOvershootsTurnsSigns();
    void decayThatDivergesIsTold();
    void farOffsetsUnderAdamAreNearTheirOwnCourse();
    void oneOffsetHasTheValueThatItsStretchHas();
    void aLevelShiftLeavesWhatDecayLeft();
    void theHistoryFollowsUntrainedOffsets();
    void landingsOfTheLevelFollowTheirOwnDecay();
    void aSweepFollowsUntrainedOffsets();
    void earlyStoppingShowsUntrainedOffsetsAtItsStep();
    void minibatchesDecayUntrainedOffsetsAsWell();
};

void WeightDecayTest::everyOptimizerEndsWherePyTorchDoes()
{
    std::ifstream file(POSBIAS_TEST_DATA "/optimizers.tsv");
    QVERIFY(file.is_open());
    const Corpus corpus = makeCorpus(PowerLaw{1.5}, {5, FixedLengths{}, Counts::Expected, 1}, Mask::Causal, 24);
    const std::map<std::string, Scheme> schemes = {{"per-offset", PerOffset{}},
                                                   {"t5 buckets=8 maxDistance=64", T5{T5Variant::HuggingFace, 8, 64}}};
    int rows = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('#') || line.starts_with("optimizer\t"))
            continue;
        std::istringstream cells(line);
        std::string optimizer, rate, decay, initial, scheme, step, values;
        for (std::string* cell : {&optimizer, &rate, &decay, &initial, &scheme, &step, &values})
            QVERIFY(std::getline(cells, *cell, '\t'));
        const TrainingLoss loss(corpus, parameterTable(schemes.at(scheme), Mask::Causal, 24));
        const Fit fit = posbias::fit(
            loss, descent(optimizer, std::stod(rate), std::stoll(step), std::stod(decay), std::stod(initial)));
        std::istringstream list(values);
        std::size_t p = 0;
        for (std::string value; std::getline(list, value, ','); ++p)
            QVERIFY2(
                near(fit.values.at(p), std::stod(value), optimizer == "adafactor" ? 2e-9 : 2e-11),
                qPrintable(
                    QStringLiteral("%1 in %2").arg(fit.values.at(p), 0, 'g', 15).arg(QString::fromStdString(line))));
        QCOMPARE(p, fit.values.size());
        ++rows;
    }
    QCOMPARE(rows, 160);
}

void WeightDecayTest::offsetsPastTheTableAreEntriesOfALongerOne_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 0; seed < 60; ++seed)
        QTest::addRow("%d", seed) << seed;
}

/// All optimizers, rates, decays, initial values with and without spread, masks, and corpora that leave parameters of a
/// table untouched.
void WeightDecayTest::offsetsPastTheTableAreEntriesOfALongerOne()
{
    QFETCH(int, seed);
    std::mt19937 random(static_cast<unsigned>(seed));
    const auto uniform = [&](double low, double high) { return std::uniform_real_distribution(low, high)(random); };
    const auto whole = [&](std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>(low, high)(random);
    };
    const std::string& optimizer = optimizers[static_cast<std::size_t>(seed) % optimizers.size()];
    // Adafactor's large steps jump about the minimum, where rounding grows.
    const double decay = std::pow(10.0, uniform(-4.0, 0.0));
    const double rate = std::pow(10.0, uniform(-3.0, optimizer == "adafactor" ? -1.7 : -0.5));
    const std::int64_t steps = whole(0, 3) == 0 ? whole(0, 2) : whole(3, 150);
    Experiment experiment = small(descent(optimizer, rate, steps, decay, uniform(-3.0, 3.0),
                                          whole(0, 1) == 0 ? 0.0 : uniform(0.01, 2.0), whole(1, 1000)),
                                  whole(0, 1) == 0 ? Mask::Causal : Mask::Bidirectional);
    experiment.corpus.lengths = ListedLengths{whole(0, 1) == 0 ? "7:3 11:1" : "3:5 20:2"};
    experiment.corpus.seed = whole(1, 1000);
    const Training training = train(experiment);
    const OffsetRange shown = visibleOffsets(experiment.mask, experiment.length);
    for (const auto& trained : training.schemes) {
        const OffsetValues bias = trained->bias(shown);
        for (const auto& [d, value] : longerTable(experiment, *trained, shown, steps)) {
            QVERIFY2(near(bias[d], value, 1e-9), qPrintable(QStringLiteral("%1 at %2: %3, not %4")
                                                                .arg(QString::fromStdString(optimizer))
                                                                .arg(d)
                                                                .arg(bias[d])
                                                                .arg(value)));
            if (!trained->trained(d) && steps > 0)
                QVERIFY(bias[d] != trained->initialBiasOf(d));
        }
    }
}

void WeightDecayTest::withoutDecayUntrainedOffsetsKeepTheirVeryInitialValue()
{
    for (const std::string& optimizer : optimizers)
        for (const double spread : {0.0, 0.7})
            for (const auto& trained : train(small(descent(optimizer, 0.05, 40, 0.0, 0.3, spread))).schemes)
                for (std::int64_t d = 0; d < 50; ++d)
                    if (!trained->trained(d))
                        QCOMPARE(trained->biasOf(d), trained->initialBiasOf(d));
}

void WeightDecayTest::withoutStepsDecayTakesNothing()
{
    for (const std::string& optimizer : optimizers)
        for (const double spread : {0.0, 0.7})
            for (const auto& trained : train(small(descent(optimizer, 0.05, 0, 0.5, 0.3, spread))).schemes)
                for (std::int64_t d = 0; d < 50; ++d)
                    QCOMPARE(trained->biasOf(d), trained->initialBiasOf(d));
}

void WeightDecayTest::theExactMinimumLeavesUntrainedOffsetsAlone()
{
    for (const auto& trained : train(small(Exact{0.1, 0.4, 0.8, 2})).schemes)
        for (std::int64_t d = 0; d < 50; ++d)
            if (!trained->trained(d))
                QCOMPARE(trained->biasOf(d), trained->initialBiasOf(d));
}

/// Learning rate times decay above 1, below 2: every step turns the sign and shrinks.
void WeightDecayTest::decayThatOvershootsTurnsSigns()
{
    for (const std::string optimizer : {"sgd", "adamw"})
        for (const double spread : {0.0, 0.5}) {
            const Training training = train(small(descent(optimizer, 1.5, 7, 1.0, 0.8, spread)));
            const TrainedScheme& perOffset = *training.schemes[0];
            for (std::int64_t d = 20; d < 50; ++d)
                QVERIFY(near(perOffset.biasOf(d), std::pow(-0.5, 7) * perOffset.initialBiasOf(d), 1e-13));
        }
}

void WeightDecayTest::decayThatDivergesIsTold()
{
    for (const std::string optimizer : {"sgd", "momentum", "adamw"}) {
        const Experiment experiment = small(descent(optimizer, 9.0, 200, 1.0, 1.0));
        QVERIFY_EXCEPTION_THROWN(train(experiment), FailureError);
    }
    // What starts at 0 stays there; a document of one token gives no gradient that could move it.
    Experiment still = small(descent("sgd", 9.0, 2000, 1.0, 0.0));
    still.corpus.lengths = ListedLengths{"1:1"};
    QCOMPARE(train(still).schemes[0]->biasOf(40), 0.0);
}

/// More offsets than have their own course: 2^26 steps in all.
void WeightDecayTest::farOffsetsUnderAdamAreNearTheirOwnCourse()
{
    for (const auto& [initial, spread] : {std::pair(0.0, 0.5), std::pair(-2.0, 0.1)}) {
        const InitialValues values{initial, spread, 5};
        const AdamDecay decay{0.01, 0.02, 512};
        const Untouched untouched(values, decay, 512);
        const std::int64_t lastExact = 512 + (1 << 17) - 1;
        for (const std::int64_t from : {std::int64_t{512}, lastExact - 255, lastExact + 256, std::int64_t{1} << 23})
            for (const std::int64_t sign : {1, -1})
                for (std::int64_t k = 0; k < 200; ++k) {
                    const std::int64_t d = sign * (from + k);
                    double own = values.beyond(d);
                    decay.move(&own, 1);
                    if (from + k <= lastExact)
                        QCOMPARE(untouched.at(d), own);
                    else
                        QVERIFY(std::abs(untouched.at(d) - own) < 2e-6);
                }
    }
}

void WeightDecayTest::oneOffsetHasTheValueThatItsStretchHas()
{
    for (const std::string& optimizer : optimizers)
        for (const double spread : {0.0, 0.5}) {
            const Training training = train(small(descent(optimizer, 0.01, 30, 0.1, 1.0, spread), Mask::Bidirectional));
            for (const auto& trained : training.schemes)
                for (const OffsetRange range : {OffsetRange{-700, 700}, OffsetRange{-600, -255}, OffsetRange{250, 520},
                                                OffsetRange{-3, 1}, OffsetRange{40, 40}}) {
                    const OffsetValues bias = trained->bias(range);
                    for (std::int64_t d = range.first; d <= range.last; ++d)
                        QCOMPARE(bias[d], trained->biasOf(d));
                }
        }
}

void WeightDecayTest::aLevelShiftLeavesWhatDecayLeft()
{
    Experiment experiment = small(descent("adamw", 0.05, 60, 0.3, 1.0));
    const Training plain = train(experiment);
    experiment.level = {2.5, -1.5};
    const Training shifted = train(experiment);
    for (std::size_t s = 0; s < 2; ++s)
        for (std::int64_t d = 0; d < 50; ++d)
            QCOMPARE(shifted.schemes[s]->biasOf(d),
                     plain.schemes[s]->biasOf(d) + (plain.schemes[s]->trained(d) ? levelShift(experiment, s) : 0.0));
}

/// The curve of KL past the training length is that of the biases of its step, untrained ones included.
void WeightDecayTest::theHistoryFollowsUntrainedOffsets()
{
    for (const std::string& optimizer : optimizers)
        for (const double spread : {0.0, 0.4}) {
            const Experiment experiment = small(descent(optimizer, 0.05, 80, 0.2, 1.0, spread));
            const TrainingHistory history = trainingHistory(experiment, train(experiment), 20);
            for (std::size_t s = 0; s < 2; ++s)
                for (std::size_t k = 0; k < history.schemes[s].steps.size(); k += 3) {
                    const auto then = evaluate(experiment, {}, {}, history.schemes[s].steps[k]);
                    QVERIFY(near(history.schemes[s].klAtLength[k], then->schemes[s].atLength.kl, 1e-12));
                }
        }
}

void WeightDecayTest::landingsOfTheLevelFollowTheirOwnDecay()
{
    Experiment experiment = small(descent("adam", 0.05, 100, 0.2, 1.0, 0.3));
    const LevelStudy study = levelStudy(experiment, train(experiment));
    for (const Landing& landing : study.schemes[0].landings) {
        Experiment own = experiment;
        if (landing.optimizer != "adam")
            own = withField(experiment, "learning.optimizer", landing.optimizer);
        const Training training = train(own);
        QVERIFY(near(landing.kl, compareAt(own, training, 0, 50).kl, 1e-12));
    }
}

void WeightDecayTest::aSweepFollowsUntrainedOffsets()
{
    Experiment experiment = small(descent("adafactor", 0.05, 60, 0.3, 2.0, 0.3));
    experiment.sweep.over = SweepOver::Documents;
    SweepPlan plan;
    plan.over = SweepOver::Documents;
    plan.values = {6};
    plan.lengths = {50};
    plan.seeds = {3};
    const Sweep sweep = runSweep(experiment, plan);
    const Training training = train(experiment);
    QVERIFY(!sweep.rows.empty());
    for (const SweepRow& row : sweep.rows)
        QVERIFY(near(row.kl, compareAt(experiment, training, row.scheme, 50).kl, 1e-12));
}

void WeightDecayTest::earlyStoppingShowsUntrainedOffsetsAtItsStep()
{
    for (const std::string& optimizer : optimizers)
        for (const double spread : {0.0, 0.4}) {
            const bool plain = optimizer == "sgd" || optimizer == "momentum";
            const Learning learning = descent(optimizer, plain ? 0.5 : 0.05, 300, 0.002, 1.0, spread);
            const Experiment experiment = small(stoppingEarly(learning));
            const Training training = train(experiment);
            const std::int64_t chosen = training.schemes[0]->step;
            QVERIFY(chosen > 0);
            const Training until = train(small(descent(optimizer, plain ? 0.5 : 0.05, chosen, 0.002, 1.0, spread)));
            for (std::int64_t d = 0; d < 50; ++d)
                QCOMPARE(training.schemes[0]->biasOf(d), until.schemes[0]->biasOf(d));
        }
}

void WeightDecayTest::minibatchesDecayUntrainedOffsetsAsWell()
{
    for (const std::string& optimizer : optimizers) {
        const Learning learning = descent(optimizer, 0.05, 40, 0.2, 1.0);
        const Training whole = train(small(learning)), batches = train(small(inBatches(learning, 2)));
        if (optimizer != "adafactor")  // whose rate depends on what was learned
            QCOMPARE(batches.schemes[0]->biasOf(30), whole.schemes[0]->biasOf(30));
        QVERIFY(std::abs(batches.schemes[0]->biasOf(30)) < 0.95);
    }
}

QTEST_GUILESS_MAIN(WeightDecayTest)
#include "weight_decay.moc"
