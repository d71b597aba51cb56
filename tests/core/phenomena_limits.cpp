// SPDX-License-Identifier: GPL-3.0-or-later
// Where buckets should end, and where sharing stops helping.
#include "core/experiment/presets.h"
#include "tests/core/phenomena_ranges.h"

#include <cmath>

using namespace posbias;

namespace {

T5 reaching(std::int64_t maxDistance)
{
    return {T5Variant::HuggingFace, 32, maxDistance};
}

}  // namespace

class LimitPhenomenaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bucketsThatEndAtTheTrainingLengthAreTheBestAndTwiceAsFarBreaks()
    {
        Experiment experiment = findPreset("max-distance")->experiment;
        experiment.schemes = {reaching(64),  reaching(128),  reaching(256),
                              reaching(512), reaching(1024), reaching(2048)};
        const Distances d = distances(experiment, 6);
        for (const std::size_t other : {0, 1, 2, 4, 5})
            QVERIFY(d.atLengthRange(3).mean() < d.atLengthRange(other).mean() / 1.8);
        VERIFY_RANGE(d.atLengthRange(3), 0.0010, 0.0060);
        VERIFY_RANGE(d.atLengthRange(4), 0.305, 0.345);
        VERIFY_RANGE(d.withinRange(4), 0.0008, 0.0022);
    }

    void whatMattersIsThatTheLastBucketBeginsWithinTraining()
    {
        Experiment experiment;
        experiment.schemes = {reaching(480), reaching(512), reaching(544), reaching(768)};
        const Distances d = distances(experiment, 4);
        for (const std::size_t trained : {0, 1, 2})
            QVERIFY(d.atLengthRange(trained).high < 0.01);
        QVERIFY(d.atLengthRange(3).low > 0.2);
    }

    void farBeyondTrainingEverySchemeDrifts()
    {
        Experiment experiment = findPreset("far-beyond")->experiment;
        QCOMPARE(experiment.length, 65'536);
        experiment.schemes.push_back(reaching(512));
        const Distances d = distances(experiment, 3);
        VERIFY_RANGE(d.atLengthRange(0), 4.6, 5.1);
        VERIFY_RANGE(d.atLengthRange(1), 1.2, 1.6);
        VERIFY_RANGE(d.atLengthRange(2), 0.5, 1.0);
    }

    void withMoreDocumentsPerOffsetOvertakesBucketsThatEndEarlyButOnlyInside()
    {
        for (const Learning& learning : {Learning(Adam{}), Learning(Exact{})}) {
            Experiment experiment;
            experiment.learning = learning;
            experiment.corpus.documents = 40;
            const Distances few = distances(experiment, 4);
            experiment.corpus.documents = 400;
            const Distances many = distances(experiment, 4);
            for (std::size_t k = 0; k < 4; ++k) {
                QVERIFY(few.within[0][k] > 1.5 * few.within[1][k]);
                QVERIFY(many.within[0][k] < 0.5 * many.within[1][k]);
                if (std::holds_alternative<Adam>(learning))
                    QVERIFY(many.atLength[0][k] > 20.0 * many.atLength[1][k]);
            }
        }
    }

    void sharingIsNoTheoremAnExponentialPreferenceNeedsBucketsThatReachFar()
    {
        Experiment experiment = findPreset("wrong-shape")->experiment;
        QVERIFY(std::holds_alternative<Exponential>(experiment.teacher));
        QVERIFY(std::holds_alternative<Exact>(experiment.learning));
        experiment.schemes.push_back(reaching(512));
        const Distances d = distances(experiment, 6);
        for (std::size_t k = 0; k < 6; ++k) {
            QVERIFY(d.within[0][k] < d.within[1][k] / 3.0);
            QVERIFY(d.atLength[0][k] < d.atLength[1][k] / 2.0);
            QVERIFY(d.within[2][k] < d.within[0][k] / 2.0);
        }
    }
};

QTEST_GUILESS_MAIN(LimitPhenomenaTest)
#include "phenomena_limits.moc"
