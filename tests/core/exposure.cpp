// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/exposure.h"

#include "core/evaluation/result.h"
#include "core/learning/teacher.h"
#include "tests/core/study_samples.h"

#include <QTest>

#include <cmath>

using namespace posbias;

class ExposureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void effectiveSamplesAreTheSumOverQueries();
    void poolingAddsReadsThatOneOffsetLacks();
    void farWeightsAreNotLostInRounding();
};

namespace {

/// Query by query, in long double.
double bruteForce(const Corpus& corpus, const Teacher& teacher, const ParameterTable& table, std::int64_t parameter)
{
    long double sum = 0;
    for (const LengthCount& length : corpus.lengths)
        for (std::int64_t i = 0; i < length.length; ++i) {
            long double z = 0, of = 0;
            for (std::int64_t d = corpus.mask == Mask::Causal ? 0 : i + 1 - length.length; d <= i; ++d) {
                const long double weight = std::exp(static_cast<long double>(preference(teacher, d)));
                z += weight;
                of += table.parameterOf(d) == parameter ? weight : 0.0L;
            }
            sum += static_cast<long double>(length.documents) * (of / z) * (1 - of / z);
        }
    return static_cast<double>(sum);
}

}  // namespace

void ExposureTest::effectiveSamplesAreTheSumOverQueries()
{
    for (Experiment experiment : samples::everySmall())
        for (const Teacher& teacher : {Teacher(PowerLaw{}), Teacher(Periodic{}), Teacher(Exponential{2.0})}) {
            experiment.teacher = teacher;
            experiment.corpus.documents = 5;
            const Corpus corpus = makeCorpus(teacher, experiment.corpus, experiment.mask, experiment.trainingLength);
            for (const Scheme& scheme : experiment.schemes) {
                const ParameterTable table = parameterTable(scheme, experiment.mask, experiment.trainingLength);
                const std::vector<double> found = effectiveSamples(corpus, teacher, table);
                QCOMPARE(static_cast<std::int64_t>(found.size()), table.parameterCount());
                for (std::int64_t p = 0; p < table.parameterCount(); ++p) {
                    const double expected = bruteForce(corpus, teacher, table, p);
                    const double value = found[static_cast<std::size_t>(p)];
                    QVERIFY2(std::abs(value - expected) <= 1e-9 * (1e-3 + expected),
                             qPrintable(QStringLiteral("%1: %2, not %3").arg(p).arg(value).arg(expected)));
                }
            }
        }
}

void ExposureTest::poolingAddsReadsThatOneOffsetLacks()
{
    const Experiment experiment;  // 40 documents of 512
    const Corpus corpus = makeCorpus(experiment.teacher, experiment.corpus, experiment.mask, 512);
    const auto of = [&](const Scheme& scheme) {
        return effectiveSamples(corpus, experiment.teacher, parameterTable(scheme, experiment.mask, 512));
    };
    const std::vector<double> alone = of(PerOffset{}), pooled = of(T5{});
    QVERIFY(alone[500] < 0.1);    // the data hardly ever read offset 500
    QVERIFY(pooled[31] > 100.0);  // 113 and beyond, together
}

void ExposureTest::farWeightsAreNotLostInRounding()
{
    CorpusSettings settings;
    settings.documents = 1'000'000;
    settings.counts = Counts::Expected;
    const Teacher teacher = Exponential{4.0};
    const Corpus corpus = makeCorpus(teacher, settings, Mask::Causal, 120);
    const ParameterTable table = parameterTable(T5{T5Variant::HuggingFace, 4, 110}, Mask::Causal, 120);
    const std::vector<double> found = effectiveSamples(corpus, teacher, table);
    const double expected = bruteForce(corpus, teacher, table, 3);
    QVERIFY(expected > 1e-9);
    QVERIFY(std::abs(found[3] / expected - 1.0) < 1e-9);
}

QTEST_GUILESS_MAIN(ExposureTest)
#include "exposure.moc"
