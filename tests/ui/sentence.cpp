// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/sentence.h"
#include "core/experiment/fields.h"
#include "core/experiment/presets.h"

#include "ui/plot/ink/theme.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>
#include <limits>
#include <random>

using namespace posbias;
using namespace posbias::ui;

namespace {

/// Narrow and no-break spaces as plain ones, for comparing.
QString spaced(QString text)
{
    return text.replace(QChar(0x202F), QLatin1Char(' ')).replace(QChar(0x00A0), QLatin1Char(' '));
}

bool isClean(const QString& text)
{
    static const QRegularExpression bad(QStringLiteral("\\b(nan|inf|infinity)\\b|∞|%\\d"),
                                        QRegularExpression::CaseInsensitiveOption);
    return !text.trimmed().isEmpty() && !bad.match(text).hasMatch();
}

Story storyOf(StoryCase which)
{
    Story story;
    story.which = which;
    story.query = 850;
    story.worse = 0;
    story.shares[0] = {0.3, 0.0, 0.7};
    story.shares[1] = {0.957, 0.043, 0.0};
    story.teacher = {0.992, 0.008, 0.0};
    story.atLength[0].kl = 0.443;
    story.atLength[1].kl = 0.016;
    story.withinTraining[0].kl = 0.074;
    story.withinTraining[1].kl = 0.0148;
    return story;
}

Experiment randomExperiment(std::mt19937& random)
{
    const auto pick = [&](std::int64_t first, std::int64_t last) {
        return std::uniform_int_distribution<std::int64_t>(first, last)(random);
    };
    Experiment e;
    e.mask = pick(0, 1) == 0 ? Mask::Causal : Mask::Bidirectional;
    e.trainingLength = pick(1, 4) == 1 ? pick(1, 4) : pick(5, 120);
    e.length = pick(1, 4) == 1 ? pick(1, 4) : pick(5, 300);
    e.view = defaultView(e.length);
    for (Scheme& scheme : e.schemes) {
        const std::int64_t buckets = pick(4, 40);
        scheme = pick(0, 1) == 0 ? Scheme(PerOffset{})
                                 : Scheme(T5{pick(0, 1) == 0 ? T5Variant::HuggingFace : T5Variant::Book, buckets,
                                             buckets + pick(1, 400)});
    }
    const Teacher teachers[] = {PowerLaw{}, Exponential{8.0}, Window{4, 6.0}, Periodic{}};
    e.teacher = teachers[pick(0, 3)];
    e.corpus.documents = pick(1, 20);
    e.corpus.counts = pick(0, 1) == 0 ? Counts::Sampled : Counts::Expected;
    if (pick(0, 2) == 0)
        e.corpus.lengths = UniformLengths{};
    const Learning learnings[] = {Adam{}, AdamW{}, Adafactor{}, Sgd{}, Momentum{}, Exact{1e-4}};
    e.learning = learnings[pick(0, 5)];
    std::visit(
        [&](auto& chosen) {
            chosen.spread = pick(0, 3) == 0 ? 0.5 : 0.0;
            if constexpr (requires { chosen.steps; }) {
                chosen.steps = pick(0, 60);
                chosen.stopping =
                    e.corpus.counts == Counts::Sampled && pick(0, 2) == 0 ? Stopping::BestHeldOut : Stopping::LastStep;
            }
        },
        e.learning);
    e.level.a = pick(0, 3) == 0 ? 2.0 : 0.0;
    if (pick(0, 3) == 0)
        e.content = RandomContent{8, 1};
    return e;
}

}  // namespace

class SentenceTest : public QObject {
    Q_OBJECT

    std::shared_ptr<const Result> m_result;

private Q_SLOTS:
    void initTestCase() { m_result = evaluate(presets().front().experiment); }

    void numbersReadAsPeopleWriteThem_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("three digits") << 0.44312 << "0.443";
        QTest::newRow("no exponent down to a millionth") << 2.1234e-5 << "0.0000212";
        QTest::newRow("powers of ten below it") << 2.1234e-9 << "2.12 × 10⁻⁹";
        QTest::newRow("real minus") << -4.0912 << "−4.09";
        QTest::newRow("exactly short") << 0.03 << "0.03";
        QTest::newRow("rounded keeps its digits") << 0.43 + 1e-6 << "0.430";
        QTest::newRow("whole") << 850.0 << "850";
        QTest::newRow("large") << 3192000.4 << "3 192 000";
        QTest::newRow("rounds up to a power of ten") << 0.99999 << "1.00";
        QTest::newRow("zero") << 0.0 << "0";
        QTest::newRow("negative zero") << -0.0 << "0";
        QTest::newRow("huge") << 1.5e20 << "1.5 × 10²⁰";
        QTest::newRow("infinite") << -std::numeric_limits<double>::infinity() << "−∞";
    }
    void numbersReadAsPeopleWriteThem()
    {
        QFETCH(double, value);
        QFETCH(QString, text);
        QCOMPARE(spaced(number(value)).replace(QLatin1String("1.50"), QLatin1String("1.5")), text);
    }

    void thousandsAreSetApartFromFiveDigitsOn()
    {
        QCOMPARE(spaced(integer(1000)), QStringLiteral("1000"));
        QCOMPARE(spaced(integer(-65536)), QStringLiteral("−65 536"));
        QVERIFY(!integer(1048576).contains(QLatin1Char(' ')));
    }

    void sharesNeverClaimAllOrNothingFalsely()
    {
        QCOMPARE(spaced(percent(0.7012)), QStringLiteral("70 %"));
        QCOMPARE(spaced(percent(0.0432)), QStringLiteral("4.3 %"));
        QCOMPARE(spaced(percent(0.0078)), QStringLiteral("0.8 %"));
        QCOMPARE(spaced(percent(0.0)), QStringLiteral("0 %"));
        QCOMPARE(spaced(percent(1e-9)), QStringLiteral("<0.01 %"));
        QCOMPARE(spaced(percent(0.99999)), QStringLiteral(">99.9 %"));
        QCOMPARE(spaced(percent(0.997)), QStringLiteral("99.7 %"));
        QCOMPARE(spaced(percent(1.0)), QStringLiteral("100 %"));
    }

    void untrainedOffsetsThatDrawAreBlamedOnTheirScheme()
    {
        QCOMPARE(spaced(sentence(*m_result, storyOf(StoryCase::UntrainedDraws))),
                 QStringLiteral("Query 850: A sends 70 % of its attention to untrained offsets; "
                                "B 4.3 % to unseen ones, the data 0.8 %."));
        Story other = storyOf(StoryCase::UntrainedDraws);
        other.worse = 1;
        std::swap(other.shares[0], other.shares[1]);
        QCOMPARE(spaced(sentence(*m_result, other)),
                 QStringLiteral("Query 850: B sends 70 % of its attention to untrained offsets; "
                                "A 4.3 % to unseen ones, the data 0.8 %."));
        Story both = storyOf(StoryCase::UntrainedDraws);
        both.both = true;
        both.shares[1] = {0.35, 0.0, 0.65};
        QCOMPARE(spaced(sentence(*m_result, both)),
                 QStringLiteral("Query 850: A sends 70 % and B 65 % of their attention to untrained offsets; "
                                "the data 0.8 % to unseen ones."));
    }

    void everyCaseNamesSchemesAndNumbers_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<QStringList>("parts");
        const auto row = [](const char* name, StoryCase which, const QStringList& parts) {
            QTest::newRow(name) << static_cast<int>(which) << parts;
        };
        row("later", StoryCase::UntrainedLater, {"Query 850", "1000 tokens", "A gives them", "and B"});
        row("noise", StoryCase::NoiseInside, {"Too little data", "A is 5.0 × further", "than B", "0.074", "0.015"});
        row("unfinished", StoryCase::Unfinished, {"not come to its end", "A is 5.0 ×", "0.074", "0.015"});
        row("coarse", StoryCase::CoarseSharing, {"A shares too coarsely", "0.074", "0.015"});
        row("drift", StoryCase::DriftFar, {"both drift", "1000 tokens", "A is 0.443", "B 0.016"});
        row("alike", StoryCase::Alike, {"equally far", "0.443", "0.016", "1000"});
        row("closer", StoryCase::Closer, {"1000 tokens", "A is 28 × further", "than B", "0.44 ", "0.016"});
        row("nothing untrained", StoryCase::NothingUntrained, {"A is 0.443", "B is 0.016"});
    }
    void everyCaseNamesSchemesAndNumbers()
    {
        QFETCH(int, which);
        QFETCH(QStringList, parts);
        const QString text = spaced(sentence(*m_result, storyOf(static_cast<StoryCase>(which))));
        for (const QString& part : parts)
            QVERIFY2(text.contains(part), qPrintable(text + QStringLiteral(" lacks ") + part));
    }

    void equalDistancesNeverGiveARatioOfNothing()
    {
        Story story = storyOf(StoryCase::NoiseInside);
        story.withinTraining[1].kl = 0.0;
        const QString text = sentence(*m_result, story);
        QVERIFY2(isClean(text), qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("B is 0")));
    }

    void theSameSchemeTwiceIsSaidToBeTheSame()
    {
        Result same = *m_result;
        same.experiment.schemes[1] = same.experiment.schemes[0];
        QVERIFY(sentence(same, storyOf(StoryCase::Alike)).contains(QStringLiteral("the same scheme")));
    }

    void onlyWhatTrainingSawIsCalledSeen()
    {
        Experiment e = presets().front().experiment;
        e.length = e.trainingLength = 64;
        e.view = defaultView(64);
        const auto all = evaluate(e);
        QVERIFY(sentence(*all, storyOf(StoryCase::NothingUntrained)).startsWith(QStringLiteral("Training saw every")));
        e.corpus.lengths = UniformLengths{};
        e.corpus.documents = 1;
        const auto some = evaluate(e);
        QVERIFY(some->training.seen().last < 63);
        QVERIFY(!sentence(*some, storyOf(StoryCase::NothingUntrained)).contains(QStringLiteral("every offset")));
    }

    void randomExperimentsGiveWholeSentences()
    {
        std::mt19937 random(7);
        int valid = 0;
        for (int k = 0; k < 150; ++k) {
            const Experiment e = randomExperiment(random);
            try {
                validate(e);
            } catch (const InputError&) {
                continue;
            }
            ++valid;
            const auto result = evaluate(e);
            const Story told = story(*result);
            const QStringList texts = {sentence(*result, told), distanceLine(*result, {{Qt::blue, Qt::red}}),
                                       corpusSentence(*result), schemeSentence(e.schemes[0], e.mask, e.trainingLength),
                                       schemeSentence(e.schemes[1], e.mask, e.trainingLength)};
            for (const QString& text : texts)
                QVERIFY2(isClean(text), qPrintable(text));
            QVERIFY(texts[0].contains(QLatin1Char('A')) && texts[0].contains(QLatin1Char('B')));
        }
        QVERIFY(valid > 60);
    }

    void distancesCarryTheirColourAndLetter()
    {
        const Theme& light = theme(ThemeName::Light);
        const QString line = distanceLine(*m_result, {{light.textOf(Role::A), light.textOf(Role::B)}});
        const QString a = nats(m_result->schemes[0].atLength.kl);
        QVERIFY(line.contains(light.textOf(Role::A).name()) && line.contains(light.textOf(Role::B).name()));
        QVERIFY(spaced(line).contains(QStringLiteral("A ") + a));
        QVERIFY(line.contains(QStringLiteral("1000 tokens")));
        QVERIFY(line.contains(QStringLiteral("within the training length")));
    }

    void distancesInsideTheTrainingLengthAreSaidOnce()
    {
        Result inside = *m_result;
        inside.experiment.length = inside.experiment.trainingLength;
        QVERIFY(!distanceLine(inside, {{Qt::blue, Qt::red}}).contains(QStringLiteral("within")));
    }

    void schemesAreDescribedByTheirOwnOffsets()
    {
        QCOMPARE(schemeSentence(T5{}, Mask::Causal, 512),
                 QStringLiteral("0–15 have a bucket each, 16–112 share 15 buckets, 113 and beyond use bucket 31."));
        QCOMPARE(schemeSentence(T5{T5Variant::Book, 3, 5}, Mask::Causal, 512),
                 QStringLiteral("0–1 have a bucket each, 2–3 share bucket 2, 4 and beyond use bucket 3."));
        QCOMPARE(schemeSentence(PerOffset{}, Mask::Causal, 512),
                 QStringLiteral("One parameter for each offset within the training length: 512."));
        const QString encoder = schemeSentence(T5{}, Mask::Bidirectional, 512);
        QVERIFY2(encoder.contains(QStringLiteral("91 and beyond use bucket 15")) &&
                     encoder.contains(QStringLiteral("from bucket 17 on")) &&
                     encoder.contains(QStringLiteral("No offset uses bucket 16")),
                 qPrintable(encoder));
        QCOMPARE(schemeSentence(T5{T5Variant::HuggingFace, 32, 10}, Mask::Causal, 512), QString());
    }

    void theCorpusIsCounted()
    {
        const QString text = spaced(corpusSentence(*m_result));
        QVERIFY2(text.startsWith(QStringLiteral("20 480 queries, 5 253 120 query–key pairs")), qPrintable(text));
        // Half of 131 328 pairs in one document: sum over d <= 150 of 512 - d = 65 987 is the first to reach it.
        QVERIFY2(text.contains(QStringLiteral("up to 150.")), qPrintable(text));
    }
};

QTEST_MAIN(SentenceTest)
#include "sentence.moc"
