// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/result.h"

#include "core/experiment/presets.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace posbias;

class ResultTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aReusedResultEqualsAFreshOne();
    void changingTheLengthDoesNotTrainAgain();
    void changingOneSchemeKeepsTheOther();
    void changingTheCorpusTrainsAgain();
    void aStepShowsWhatTrainingHadLearnedByThen();
    void changingTheStepDoesNotTrainAgain();
    void aShiftMovesTrainedParametersAndNothingElse();
    void changingTheShiftDoesNotTrainAgain();
    void heldOutDocumentsAreThereAndChangeNoFit();
    void earlyStoppingShowsTheBestStep();
    void offsetsWithoutParameterHaveInitialValuesOfTheirOwn();
    void aTrainingThatDivergesIsAFailureAndNoResult();
    void attentionSharesSumToOne();
    void attentionSharesEqualTheSumsOfTheRow();
    void familiaritiesCoverEveryOffset();
    void anyLengthIsComparedAsTheShownOneIs();
    void untrainedStretchesAreWhatTrainingNeverTouched();
    void halfOfAllPairsLieWithinTheMedianDistance();
    void perOffsetPastTheTrainingLengthHasTheInitialValue();
    void bucketsBothWaysAreUntrainedOnlyWhereDead();
    void anInvalidExperimentIsAnError();
    void aStopEndsTheWork();
    void theBiasDifferenceIsThatOfItsCells();
    void oneTokenWorks();
};

namespace {

bool sameNumbers(const Result& a, const Result& b)
{
    for (std::size_t s = 0; s < a.schemes.size(); ++s) {
        if (a.schemes[s].attention->bias() != b.schemes[s].attention->bias() ||
            a.schemes[s].atLength.kl != b.schemes[s].atLength.kl ||
            a.schemes[s].withinTraining.kl != b.schemes[s].withinTraining.kl)
            return false;
    }
    const CellRect all{0, static_cast<double>(a.experiment.length), 0, static_cast<double>(a.experiment.length)};
    return a.biasDifference->pixels(all, 20, 20).value == b.biasDifference->pixels(all, 20, 20).value &&
           a.attentionDifference->pixels(all, 20, 20).value == b.attentionDifference->pixels(all, 20, 20).value &&
           a.teacher->bias() == b.teacher->bias();
}

}  // namespace

void ResultTest::aReusedResultEqualsAFreshOne()
{
    std::shared_ptr<const Result> previous;
    std::vector<Experiment> walk(1);
    const auto step = [&](auto change) {
        walk.push_back(walk.back());
        change(walk.back());
    };
    step([](Experiment& e) {
        e.length = 700;
        e.view = {600, 100};
    });
    step([](Experiment& e) { std::get<T5>(e.schemes[1]).buckets = 64; });
    step([](Experiment& e) { e.content = RandomContent{8, 1}; });
    step([](Experiment& e) { e.scaling = Scaling::BookBiasInside; });
    step([](Experiment& e) { std::get<T5>(e.schemes[1]).maxDistance = 256; });
    step([](Experiment& e) { e.content = NoContent{}; });
    step([](Experiment& e) { e.teacher = Exponential{40.0}; });
    step([](Experiment& e) { e.trainingLength = 300; });
    step([](Experiment& e) { e.mask = Mask::Bidirectional; });
    step([](Experiment& e) { e.learning = Exact{}; });
    step([](Experiment& e) { e.view = {10, -5}; });
    step([](Experiment& e) { e.level = {0.5, -1.0}; });
    step([](Experiment& e) { e.learning = Momentum{.steps = 300, .batch = 7}; });
    step([](Experiment& e) { e.corpus.heldOut = 5; });
    step([](Experiment& e) { std::get<Momentum>(e.learning).stopping = Stopping::BestHeldOut; });
    step([](Experiment& e) { e.corpus.lengths = ListedLengths{"30:2 400:3"}; });
    step([](Experiment& e) { std::get<Momentum>(e.learning).batch = 0; });
    for (const Experiment& experiment : walk) {
        previous = evaluate(experiment, {}, previous);
        QVERIFY(sameNumbers(*previous, *evaluate(experiment)));
    }
}

void ResultTest::changingTheLengthDoesNotTrainAgain()
{
    Experiment experiment;
    const auto first = evaluate(experiment);
    experiment.length = 2000;
    const auto second = evaluate(experiment, {}, first);
    QCOMPARE(second->training.schemes[0], first->training.schemes[0]);
    QCOMPARE(second->training.corpus, first->training.corpus);
    QCOMPARE(second->schemes[0].attention->length(), 2000);
}

void ResultTest::changingOneSchemeKeepsTheOther()
{
    Experiment experiment;
    const auto first = evaluate(experiment);
    experiment.schemes[1] = T5{T5Variant::Book, 16, 64};
    const auto second = evaluate(experiment, {}, first);
    QCOMPARE(second->schemes[0].attention, first->schemes[0].attention);
    QVERIFY(second->training.schemes[1] != first->training.schemes[1]);
}

void ResultTest::changingTheCorpusTrainsAgain()
{
    Experiment experiment;
    const auto first = evaluate(experiment);
    experiment.corpus.seed = 2;
    const auto second = evaluate(experiment, {}, first);
    QVERIFY(second->training.schemes[0]->fit.values != first->training.schemes[0]->fit.values);
}

namespace {

/// Every learned and shown number of a scheme.
bool sameParameters(const TrainedScheme& a, const TrainedScheme& b)
{
    return a.fit.values == b.fit.values && a.fit.trainNll == b.fit.trainNll &&
           a.fit.gradientNorm == b.fit.gradientNorm && a.fit.steps == b.fit.steps && a.step == b.step;
}

}  // namespace

void ResultTest::aStepShowsWhatTrainingHadLearnedByThen()
{
    Experiment experiment;
    const auto last = evaluate(experiment);
    QCOMPARE(last->training.schemes[0]->step, 1000);
    for (const std::int64_t step : {0, 1, 37, 999}) {
        Experiment fewer = experiment;
        std::get<Adam>(fewer.learning).steps = step;
        const auto shown = evaluate(experiment, {}, nullptr, step), trained = evaluate(fewer);
        QCOMPARE(shown->step, std::optional(step));
        for (std::size_t s = 0; s < 2; ++s)
            QVERIFY(sameParameters(*shown->training.schemes[s], *trained->training.schemes[s]));
        QVERIFY(sameNumbers(*shown, *trained));
    }
    QVERIFY(sameParameters(*evaluate(experiment, {}, nullptr, 5000)->training.schemes[0], *last->training.schemes[0]));
    experiment.learning = Exact{};
    QVERIFY(sameNumbers(*evaluate(experiment, {}, nullptr, 3), *evaluate(experiment)));
}

void ResultTest::changingTheStepDoesNotTrainAgain()
{
    const Experiment experiment;
    const auto last = evaluate(experiment);
    const auto early = evaluate(experiment, {}, last, 20);
    const auto later = evaluate(experiment, {}, early, 21);
    const auto end = evaluate(experiment, {}, later);
    for (std::size_t s = 0; s < 2; ++s) {
        QCOMPARE(later->training.schemes[s]->course, last->training.schemes[s]->course);
        QCOMPARE(later->training.schemes[s]->end, last->training.schemes[s]->end);
        QVERIFY(later->training.schemes[s]->fit.values != early->training.schemes[s]->fit.values);
        QVERIFY(sameParameters(*end->training.schemes[s], *last->training.schemes[s]));
    }
    QVERIFY(sameNumbers(*later, *evaluate(experiment, {}, nullptr, 21)));
    QVERIFY(sameNumbers(*end, *last));
    QCOMPARE(evaluate(experiment, {}, early, 20)->training.schemes[0], early->training.schemes[0]);
}

void ResultTest::aShiftMovesTrainedParametersAndNothingElse()
{
    Experiment experiment;
    experiment.schemes[1] = T5{T5Variant::Book, 32, 1024};
    const auto before = evaluate(experiment);
    experiment.level = {1.5, -0.5};
    const auto after = evaluate(experiment);
    for (std::size_t s = 0; s < 2; ++s) {
        const TrainedScheme& was = *before->training.schemes[s];
        const TrainedScheme& is = *after->training.schemes[s];
        QCOMPARE(is.shift, s == 0 ? 1.5 : -0.5);
        for (std::size_t p = 0; p < is.fit.values.size(); ++p)
            QCOMPARE(is.fit.values[p], was.fit.values[p] + (is.exposure[p] > 0.0 ? is.shift : 0.0));
        QCOMPARE(is.fit.trainNll, was.fit.trainNll);
        QVERIFY(std::abs(is.loss->value(is.fit.values) - was.fit.trainNll) < 1e-12);
        QVERIFY(std::abs(after->schemes[s].withinTraining.kl - before->schemes[s].withinTraining.kl) < 1e-12);
        QVERIFY(std::abs(after->schemes[s].atLength.kl - before->schemes[s].atLength.kl) > 1e-3);
    }
    QCOMPARE(after->training.schemes[0]->biasOf(512), 0.0);
}

void ResultTest::changingTheShiftDoesNotTrainAgain()
{
    Experiment experiment;
    const auto last = evaluate(experiment);
    experiment.level.a = 0.7;
    const auto shifted = evaluate(experiment, {}, last);
    experiment.level.a = 0.1;
    const auto again = evaluate(experiment, {}, shifted, 400);
    QCOMPARE(again->training.schemes[0]->end, last->training.schemes[0]->end);
    QCOMPARE(shifted->training.schemes[1], last->training.schemes[1]);
    QVERIFY(sameNumbers(*again, *evaluate(experiment, {}, nullptr, 400)));
    experiment.level.a = 0.0;
    QVERIFY(sameNumbers(*evaluate(experiment, {}, again), *last));
}

void ResultTest::heldOutDocumentsAreThereAndChangeNoFit()
{
    Experiment experiment;
    const auto first = evaluate(experiment);
    QVERIFY(first->training.heldOut);
    QCOMPARE(first->training.heldOut->queries, 20.0 * 512.0);
    experiment.corpus.heldOut = 3;
    const auto fewer = evaluate(experiment, {}, first);
    QCOMPARE(fewer->training.heldOut->queries, 3.0 * 512.0);
    QCOMPARE(fewer->training.schemes[0], first->training.schemes[0]);
    QCOMPARE(fewer->training.corpus, first->training.corpus);
    experiment.corpus.heldOut = 0;
    QVERIFY(!evaluate(experiment, {}, fewer)->training.heldOut);
    experiment.corpus = {.counts = Counts::Expected};
    QVERIFY(!evaluate(experiment)->training.heldOut);
}

void ResultTest::earlyStoppingShowsTheBestStep()
{
    Experiment experiment;
    experiment.corpus.documents = 4;
    const auto full = evaluate(experiment);
    experiment.learning = Adam{.stopping = Stopping::BestHeldOut};
    const auto stopped = evaluate(experiment, {}, full);
    const TrainedScheme& perOffset = *stopped->training.schemes[0];
    QVERIFY(perOffset.step > 0 && perOffset.step < 1000);
    QCOMPARE(perOffset.step, perOffset.fit.steps);
    QVERIFY(perOffset.fit.trainNll > full->training.schemes[0]->fit.trainNll);
    QVERIFY(stopped->schemes[0].withinTraining.kl < full->schemes[0].withinTraining.kl);
    const auto beyond = evaluate(experiment, {}, stopped, 1000);
    QCOMPARE(beyond->training.schemes[0]->fit.values, full->training.schemes[0]->fit.values);
    experiment.corpus.heldOut = 50;  // other documents choose
    QVERIFY(evaluate(experiment, {}, stopped)->training.schemes[0]->end != perOffset.end);
}

void ResultTest::offsetsWithoutParameterHaveInitialValuesOfTheirOwn()
{
    for (const Mask mask : {Mask::Causal, Mask::Bidirectional}) {
        Experiment experiment;
        experiment.mask = mask;
        experiment.trainingLength = 40;
        experiment.length = 100;
        experiment.view = defaultView(100);
        experiment.learning = Momentum{.steps = 50, .initial = 0.25, .spread = 0.5};
        const Training training = train(experiment);
        const TrainedScheme& perOffset = *training.schemes[0];
        const OffsetRange shown = visibleOffsets(mask, 100);
        const OffsetValues bias = perOffset.bias(shown);
        for (std::int64_t d = shown.first; d <= shown.last; ++d) {
            QCOMPARE(bias[d], perOffset.biasOf(d));
            if (std::abs(d) >= 40)
                QCOMPARE(bias[d], (InitialValues{0.25, 0.5, 1}).beyond(d));
        }
        QVERIFY(bias[60] != bias[61]);
    }
}

void ResultTest::aTrainingThatDivergesIsAFailureAndNoResult()
{
    Experiment experiment;
    experiment.learning = Adafactor{.learningRate = 10.0};
    QVERIFY_EXCEPTION_THROWN(evaluate(experiment), FailureError);
}

void ResultTest::attentionSharesSumToOne()
{
    for (const Preset& preset : presets()) {
        const auto result = evaluate(preset.experiment);
        for (std::int64_t query : {std::int64_t{0}, preset.experiment.length / 2, preset.experiment.length - 1}) {
            for (std::size_t s = 0; s < 2; ++s) {
                const AttentionShares shares = attentionShares(*result, s, query);
                QVERIFY(std::abs(shares.seen + shares.unseen + shares.untrained - 1.0) < 1e-12);
            }
            QCOMPARE(teacherShares(*result, query).untrained, 0.0);
        }
    }
}

void ResultTest::attentionSharesEqualTheSumsOfTheRow()
{
    std::mt19937 generator(4);
    const auto draw = [&](std::int64_t first, std::int64_t last) {
        return std::uniform_int_distribution<std::int64_t>(first, last)(generator);
    };
    for (int round = 0; round < 24; ++round) {
        Experiment experiment;
        experiment.mask = round % 2 == 0 ? Mask::Causal : Mask::Bidirectional;
        experiment.trainingLength = draw(1, 300);
        experiment.length = draw(1, 3000);
        experiment.schemes[1] = T5{T5Variant::Book, 16, draw(40, 2000)};
        experiment.learning = Adam{.learningRate = 0.5, .steps = 12, .initial = round % 3 == 0 ? 40.0 : 0.0};
        experiment.view = defaultView(experiment.length);
        const auto result = evaluate(experiment);
        const Training& training = result->training;
        for (int k = 0; k < 6; ++k) {
            const std::int64_t query = k == 0 ? experiment.length - 1 : draw(0, experiment.length - 1);
            for (std::size_t s = 0; s < 2; ++s) {
                AttentionShares summed;
                const std::vector<double> row = result->schemes[s].attention->row(query);
                for (std::int64_t j = 0; j < experiment.length; ++j) {
                    const Familiarity familiarity = training.familiarity(s, query - j);
                    (familiarity == Familiarity::Seen     ? summed.seen
                     : familiarity == Familiarity::Unseen ? summed.unseen
                                                          : summed.untrained) += row[static_cast<std::size_t>(j)];
                }
                const AttentionShares shares = attentionShares(*result, s, query);
                QVERIFY(std::abs(shares.seen - summed.seen) < 1e-12);
                QVERIFY(std::abs(shares.unseen - summed.unseen) < 1e-12);
                QVERIFY(std::abs(shares.untrained - summed.untrained) < 1e-12);
            }
            double seen = 0.0;
            for (std::int64_t j = 0; j < experiment.length; ++j)
                seen += training.pairs(query - j) > 0.0 ? result->teacher->at(query, j) : 0.0;
            QVERIFY(std::abs(teacherShares(*result, query).seen - seen) < 1e-12);
            QVERIFY(std::abs(teacherShares(*result, query).unseen - (1.0 - seen)) < 1e-12);
        }
    }
}

void ResultTest::familiaritiesCoverEveryOffset()
{
    for (const Preset& preset : presets()) {
        const Training training = train(preset.experiment);
        const OffsetRange range = visibleOffsets(preset.experiment.mask, preset.experiment.length);
        for (std::size_t s = 0; s < 2; ++s) {
            std::int64_t next = range.first;
            for (const FamiliarStretch& stretch : training.familiarities(s, range)) {
                QCOMPARE(stretch.offsets.first, next);
                for (; next <= stretch.offsets.last; ++next)
                    QCOMPARE(training.familiarity(s, next), stretch.familiarity);
            }
            QCOMPARE(next, range.last + 1);
        }
    }
}

void ResultTest::anyLengthIsComparedAsTheShownOneIs()
{
    for (const Preset& preset : presets()) {
        const auto result = evaluate(preset.experiment);
        for (std::size_t s = 0; s < 2; ++s) {
            const Comparison any = compareAt(preset.experiment, result->training, s, preset.experiment.length);
            const Comparison& shown = result->schemes[s].atLength;
            QCOMPARE(any.nll, shown.nll);
            QCOMPARE(any.kl, shown.kl);
            QCOMPARE(any.untrainedMass, shown.untrainedMass);
            QCOMPARE(any.unseenMass, shown.unseenMass);
        }
    }
}

void ResultTest::untrainedStretchesAreWhatTrainingNeverTouched()
{
    const Training training = train(Experiment{});
    const OffsetRange shown{0, 999};
    QCOMPARE(training.untrained(0, shown), (std::vector<OffsetRange>{{512, 999}}));
    QCOMPARE(training.untrained(1, shown), std::vector<OffsetRange>{});
    QCOMPARE(training.seen(), (OffsetRange{0, 511}));
    QCOMPARE(training.pairs(0), 40.0 * 512.0);
    QCOMPARE(training.pairs(511), 40.0);
    QCOMPARE(training.pairs(512), 0.0);
    QCOMPARE(training.familiarity(0, 512), Familiarity::Untrained);
    QCOMPARE(training.familiarity(1, 512), Familiarity::Unseen);
    QCOMPARE(training.schemes[1]->exposure[31], 3192000.0);

    const Training book = train(findPreset("book-figure")->experiment);
    QCOMPARE(book.untrained(1, shown).size(), std::size_t{1});
    QVERIFY(book.untrained(1, shown)[0].first > 511);
    QCOMPARE(book.untrained(1, shown)[0].last, std::int64_t{999});
}

void ResultTest::halfOfAllPairsLieWithinTheMedianDistance()
{
    for (const Preset& preset : presets()) {
        const Training training = train(preset.experiment);
        const std::int64_t median = training.medianDistance;
        double within = 0.0, nearer = 0.0;
        for (std::int64_t d = training.corpus->pairs.first; d <= training.corpus->pairs.last(); ++d) {
            within += std::abs(d) <= median ? training.pairs(d) : 0.0;
            nearer += std::abs(d) < median ? training.pairs(d) : 0.0;
        }
        QVERIFY(2.0 * within >= training.totalPairs);
        QVERIFY(2.0 * nearer < training.totalPairs);
    }
}

void ResultTest::perOffsetPastTheTrainingLengthHasTheInitialValue()
{
    Experiment experiment;
    experiment.learning = Adam{.steps = 50, .initial = 1.25};
    const Training training = train(experiment);
    QCOMPARE(training.schemes[0]->biasOf(512), 1.25);
    QVERIFY(training.schemes[0]->biasOf(511) != 1.25);
    QCOMPARE(training.schemes[0]->bias({510, 513})[513], 1.25);
}

void ResultTest::bucketsBothWaysAreUntrainedOnlyWhereDead()
{
    const auto result = evaluate(findPreset("t5-encoder")->experiment);
    QVERIFY(result->experiment.mask == Mask::Bidirectional);
    const TrainedScheme& t5 = *result->training.schemes[1];
    QCOMPARE(t5.untrainedCount, 1);  // bucket 16: "j > i at distance 0" cannot happen
    QCOMPARE(t5.exposure[16], 0.0);
    QVERIFY(result->training.untrained(1, visibleOffsets(Mask::Bidirectional, result->experiment.length)).empty());
}

void ResultTest::anInvalidExperimentIsAnError()
{
    Experiment experiment;
    std::get<T5>(experiment.schemes[1]).maxDistance = 12;
    QVERIFY_EXCEPTION_THROWN(evaluate(experiment), InputError);
}

void ResultTest::aStopEndsTheWork()
{
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN(evaluate(Experiment{}, {stop.get_token(), {}}), Cancelled);
}

void ResultTest::theBiasDifferenceIsThatOfItsCells()
{
    for (const Mask mask : {Mask::Causal, Mask::Bidirectional}) {
        Experiment experiment;
        experiment.mask = mask;
        experiment.trainingLength = 24;
        experiment.length = 60;
        experiment.schemes[1] = T5{T5Variant::Book, 8, 20};
        experiment.view = defaultView(60);
        const auto result = evaluate(experiment);
        const MapSource& map = *result->biasDifference;
        const auto& a = result->schemes[0].attention->bias();
        const auto& b = result->schemes[1].attention->bias();
        const PixelGrid grid = map.pixels({0, 60, 0, 60}, 15, 12);  // blocks of 5 queries by 4 keys
        for (int y = 0; y < 12; ++y)
            for (int x = 0; x < 15; ++x) {
                double sum = 0.0, cells = 0.0;
                for (std::int64_t i = 5 * y; i < 5 * y + 5; ++i)
                    for (std::int64_t j = 4 * x; j < 4 * x + 4; ++j)
                        if (result->schemes[0].attention->visible(i, j)) {
                            const double difference = (b[i - j] - b[0]) - (a[i - j] - a[0]);
                            QCOMPARE(map.at(i, j), difference);
                            sum += difference;
                            cells += 1.0;
                        }
                const double shown = grid.value[static_cast<std::size_t>(15 * y + x)];
                QVERIFY(std::abs(shown - (cells > 0.0 ? sum / cells : 0.0)) < 1e-11);
            }
    }
}

void ResultTest::oneTokenWorks()
{
    Experiment experiment;
    experiment.length = 1;
    experiment.trainingLength = 1;
    experiment.view = {0, 0};
    const auto result = evaluate(experiment);
    QCOMPARE(result->schemes[0].attention->at(0, 0), 1.0);
    QCOMPARE(result->schemes[0].atLength.kl, 0.0);
}

QTEST_GUILESS_MAIN(ResultTest)
#include "result.moc"
