// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/explanation.h"

#include "core/experiment/presets.h"

#include <QTest>

#include <cmath>

using namespace posbias;

class ExplanationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theNumbersOfACellFitTogether();
    void anUntrainedOffsetIsSaidToBeSo();
    void aSharedBucketNamesItsOffsets();
    void maskedCellsAreNotExplained();
    void contentEntersTheScore();
    void theDefaultStoryIsUntrainedOffsets();
    void anEarlyQueryTellsOfLaterOnes();
    void bookFigureBreaksBoth();
    void withinTheTrainingLengthNothingIsUntrained();
    void aSmallCorpusIsNoise();
    void fewStepsAreUnfinished();
    void fewBucketsAreCoarse();
    void twoEqualSchemesAreAlike();
    void farAwayBothDrift();
};

void ExplanationTest::theNumbersOfACellFitTogether()
{
    for (const Preset& preset : presets()) {
        const auto result = evaluate(preset.experiment);
        const std::int64_t i = preset.experiment.view.query, j = i - preset.experiment.view.offset;
        for (std::size_t s = 0; s < 2; ++s) {
            const CellExplanation cell = explainCell(*result, s, i, j);
            QVERIFY(cell.visible);
            QCOMPARE(cell.offset, preset.experiment.view.offset);
            QCOMPARE(cell.logit, cell.bias);
            QVERIFY(std::abs(std::exp(cell.logit - cell.logNormaliser) - cell.attention) < 1e-15);
            QVERIFY(std::abs(cell.factor * cell.teacherAttention - cell.attention) < 1e-15);
            QVERIFY(cell.parameter == noParameter ||
                    (cell.sharedBy.first <= cell.offset && cell.offset <= cell.sharedBy.last));
        }
    }
}

void ExplanationTest::anUntrainedOffsetIsSaidToBeSo()
{
    const CellExplanation cell = explainCell(*evaluate(Experiment{}), 0, 850, 150);
    QCOMPARE(cell.familiarity, Familiarity::Untrained);
    QCOMPARE(cell.parameter, noParameter);
    QCOMPARE(cell.bias, 0.0);
    QVERIFY(cell.factor > 80.0 && cell.factor < 120.0);
    QVERIFY(!cell.derivation);
}

void ExplanationTest::aSharedBucketNamesItsOffsets()
{
    const CellExplanation cell = explainCell(*evaluate(Experiment{}), 1, 850, 150);
    QCOMPARE(cell.parameter, 31);
    QCOMPARE(cell.sharedBy.first, 113);
    QCOMPARE(cell.sharedBy.last, toInfinity);
    QCOMPARE(cell.exposure, 3192000.0);
    QVERIFY(std::abs(cell.exposureShare - 0.6076) < 1e-4);
    QCOMPARE(cell.familiarity, Familiarity::Unseen);
    QCOMPARE(cell.derivation->bucket, 31);
    QVERIFY(cell.derivation->capped);
}

void ExplanationTest::maskedCellsAreNotExplained()
{
    const auto result = evaluate(Experiment{});
    QVERIFY(!explainCell(*result, 0, 10, 11).visible);
    QVERIFY(!explainCell(*result, 0, 10, -1).visible);
    QVERIFY(!explainCell(*result, 0, 1000, 0).visible);
}

void ExplanationTest::contentEntersTheScore()
{
    Experiment experiment;
    experiment.content = RandomContent{16, 1};
    experiment.scaling = Scaling::ScaledThenBias;
    const CellExplanation cell = explainCell(*evaluate(experiment), 1, 850, 150);
    QVERIFY(cell.dotProduct != 0.0);
    QVERIFY(std::abs(cell.logit - (cell.dotProduct / 4.0 + cell.bias)) < 1e-14);
}

void ExplanationTest::theDefaultStoryIsUntrainedOffsets()
{
    const Story s = story(*evaluate(Experiment{}));
    QCOMPARE(s.which, StoryCase::UntrainedDraws);
    QCOMPARE(s.worse, std::size_t{0});
    QVERIFY(!s.both);
    QVERIFY(s.shares[0].untrained > 0.6);
    QVERIFY(std::abs(s.teacher.unseen - 0.0078) < 0.0005);
}

void ExplanationTest::anEarlyQueryTellsOfLaterOnes()
{
    const Story s = story(*evaluate(Experiment{}), 100);
    QCOMPARE(s.which, StoryCase::UntrainedLater);
    QCOMPARE(s.worse, std::size_t{0});
    QCOMPARE(s.shares[0].untrained, 0.0);
    QVERIFY(s.atLength[0].untrainedMass > 0.2);
}

void ExplanationTest::bookFigureBreaksBoth()
{
    const Story s = story(*evaluate(findPreset("book-figure")->experiment));
    QCOMPARE(s.which, StoryCase::UntrainedDraws);
    QVERIFY(s.both);
}

void ExplanationTest::withinTheTrainingLengthNothingIsUntrained()
{
    Experiment experiment;
    experiment.length = 400;
    experiment.view = defaultView(400);
    QCOMPARE(story(*evaluate(experiment)).which, StoryCase::NothingUntrained);
}

void ExplanationTest::aSmallCorpusIsNoise()
{
    Experiment experiment = findPreset("small-corpus")->experiment;
    experiment.length = 512;
    experiment.view = defaultView(512);
    const Story s = story(*evaluate(experiment));
    QCOMPARE(s.which, StoryCase::NoiseInside);
    QCOMPARE(s.worse, std::size_t{0});
}

void ExplanationTest::fewStepsAreUnfinished()
{
    Experiment experiment;
    experiment.length = 512;
    experiment.view = defaultView(512);
    experiment.schemes = {T5{}, T5{T5Variant::HuggingFace, 4, 500}};
    experiment.learning = Adam{.steps = 150};
    const Story early = story(*evaluate(experiment));
    QCOMPARE(early.which, StoryCase::Unfinished);
    QCOMPARE(early.worse, std::size_t{1});
    // At rest the same scheme is as far away for another reason.
    experiment.learning = Adam{.steps = 400};
    QCOMPARE(story(*evaluate(experiment)).which, StoryCase::CoarseSharing);
}

void ExplanationTest::fewBucketsAreCoarse()
{
    Experiment experiment;
    experiment.length = 512;
    experiment.view = defaultView(512);
    experiment.learning = Exact{};
    experiment.corpus.documents = 4000;
    experiment.schemes[1] = T5{T5Variant::HuggingFace, 4, 8};
    const Story s = story(*evaluate(experiment));
    QCOMPARE(s.which, StoryCase::CoarseSharing);
    QCOMPARE(s.worse, std::size_t{1});
}

void ExplanationTest::twoEqualSchemesAreAlike()
{
    Experiment experiment;
    experiment.schemes = {T5{}, T5{}};
    QCOMPARE(story(*evaluate(experiment)).which, StoryCase::Alike);
}

void ExplanationTest::farAwayBothDrift()
{
    Experiment experiment;
    experiment.schemes = {T5{}, T5{T5Variant::HuggingFace, 32, 256}};
    experiment.length = 65536;
    experiment.view = defaultView(65536);
    const Story s = story(*evaluate(experiment));
    QCOMPARE(s.which, StoryCase::DriftFar);
    QVERIFY(s.both);
}

QTEST_GUILESS_MAIN(ExplanationTest)
#include "explanation.moc"
