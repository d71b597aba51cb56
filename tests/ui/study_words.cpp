// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/study_words.h"

#include "core/experiment/presets.h"
#include "ui/text/numbers.h"
#include "ui/text/sentence.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>

using namespace posbias;
using namespace posbias::ui;

namespace {

const QColor colourA(QStringLiteral("#aa0000")), colourB(QStringLiteral("#0000bb"));

StudyWords wordsOf(FigureKind kind, const Result& result)
{
    return studyWords(kind, result, studiesFor(kind, result), {{colourA, colourB}});
}

QString plain(QString rich)
{
    static const QRegularExpression tags(QStringLiteral("<[^>]*>"));
    return rich.remove(tags)
        .replace(QStringLiteral("&nbsp;"), QStringLiteral(" "))
        .replace(QChar(0x00A0), QLatin1Char(' '));
}

std::shared_ptr<const Result> small(const std::function<void(Experiment&)>& change)
{
    Experiment e;
    e.trainingLength = 64;
    e.length = 150;
    e.view = defaultView(e.length);
    e.schemes = {PerOffset{}, T5{T5Variant::HuggingFace, 8, 32}};
    change(e);
    return evaluate(e);
}

}  // namespace

class StudyWordsTest : public QObject {
    Q_OBJECT

    std::shared_ptr<const Result> m_default;

private Q_SLOTS:
    void initTestCase() { m_default = evaluate(Experiment{}); }

    void exposureNamesWhatTrainingNeverTouched()
    {
        const StudyWords words = wordsOf(FigureKind::Exposure, *m_default);
        QCOMPARE(words.sentence,
                 QStringLiteral("A: offsets 512 and beyond have no trained bias; B: every offset shown has a "
                                "trained bias."));
        QVERIFY(plain(words.detail).contains(QStringLiteral("bucket 31 pools offsets 113–511")));
        const auto book = evaluate(findPreset("book-figure")->experiment);
        QVERIFY(wordsOf(FigureKind::Exposure, *book)
                    .sentence.contains(QStringLiteral("B: buckets 31 and 32 (offsets 628 and beyond) untrained")));
        const auto both = small([](Experiment& e) { e.mask = Mask::Bidirectional; });
        QVERIFY(wordsOf(FigureKind::Exposure, *both).sentence.contains(QStringLiteral("64 and beyond (both ways)")));
    }

    void exposureTellsHowRareFarOffsetsAre()
    {
        const Corpus& corpus = *m_default->training.corpus;
        double far = 0.0;
        for (std::int64_t d = 256; d < 512; ++d)
            far += corpus.pairs[d];
        QVERIFY(plain(wordsOf(FigureKind::Exposure, *m_default).detail)
                    .contains(QStringLiteral("Offsets from 256 on: ") +
                              plain(percent(far / m_default->training.totalPairs))));
    }

    void learningTellsWhetherItFallsOverfitsOrHasSettled()
    {
        const auto noisy = evaluate(findPreset("small-corpus")->experiment);
        const QString end = wordsOf(FigureKind::Learning, *noisy).sentence;
        QVERIFY2(end.contains(QStringLiteral("A overfits since about step")) &&
                     end.contains(QStringLiteral("B has settled")),
                 qPrintable(end));
        const auto early = evaluate(findPreset("small-corpus")->experiment, {}, noisy, 60);
        QCOMPARE(wordsOf(FigureKind::Learning, *early).sentence,
                 QStringLiteral("Step 60 of 1000. A and B are still learning."));
        const auto start = evaluate(findPreset("small-corpus")->experiment, {}, noisy, 0);
        QVERIFY(wordsOf(FigureKind::Learning, *start).sentence.startsWith(QStringLiteral("Before training. ")));
    }

    void learningTellsWhereEarlyStoppingStopped()
    {
        const auto result = evaluate(findPreset("early-stopping")->experiment);
        const QString text = wordsOf(FigureKind::Learning, *result).sentence;
        for (const auto& scheme : result->training.schemes)
            QVERIFY2(text.contains(integer(scheme->step)), qPrintable(text));
    }

    void theExactMinimumHasNoSteps()
    {
        const auto result = small([](Experiment& e) { e.learning = Exact{}; });
        QVERIFY(wordsOf(FigureKind::Learning, *result).sentence.contains(QStringLiteral("no steps to follow")));
    }

    void generalizationNamesTheLargestTermForEachScheme()
    {
        const Studies studies = studiesFor(FigureKind::Generalization, *m_default);
        const StudyWords words = studyWords(FigureKind::Generalization, *m_default, studies, {{colourA, colourB}});
        QVERIFY(words.sentence.contains(QStringLiteral("A’s distance")));
        QVERIFY(words.sentence.contains(QStringLiteral("comes from offsets that training never touched")));
        QVERIFY(words.sentence.contains(QStringLiteral("is the price of sharing")));
        QVERIFY(plain(words.detail).contains(plain(nats(studies.generalization->schemes[0].gap.untrained))));
        QVERIFY(words.detail.contains(colourA.name()) && words.detail.contains(colourB.name()));
    }

    void levelTellsWhoCares()
    {
        const QString text = wordsOf(FigureKind::Level, *m_default).sentence;
        QVERIFY2(text.startsWith(QStringLiteral(
                     "Shifting all trained biases changes no weight within 512 tokens. Moving A’s level")),
                 qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("B does not care")));
    }

    void sweepNamesTheBestValueAndHowFarItIs()
    {
        const auto result = small([](Experiment& e) {
            e.corpus.documents = 4;
            e.sweep = {SweepOver::Buckets, 6, 2};
        });
        const Studies studies = studiesFor(FigureKind::Sweep, *result);
        const StudyWords words = studyWords(FigureKind::Sweep, *result, studies, {{colourA, colourB}});
        for (const SweepSeries& series : summarize(*studies.sweep))
            if (series.best && series.length == 64)
                QVERIFY2(
                    words.sentence.contains(QStringLiteral("%1 buckets").arg(integer(series.values[*series.best]))),
                    qPrintable(words.sentence));
        QVERIFY(plain(words.detail).contains(QStringLiteral("2 corpora (seeds 1–2)")));
        Studies half{nullptr, nullptr, nullptr, std::make_shared<Sweep>(*studies.sweep)};
        auto partial = std::make_shared<Sweep>(*studies.sweep);
        partial->done = partial->trainings - 1;
        half.sweep = partial;
        QVERIFY(studyWords(FigureKind::Sweep, *result, half, {{colourA, colourB}})
                    .sentence.contains(QStringLiteral("so far")));
    }

    void documentsSweepTellsWhoOvertakes()
    {
        const auto result = small([](Experiment& e) { e.sweep = {SweepOver::Documents, 5, 1}; });
        const QString text = wordsOf(FigureKind::Sweep, *result).sentence;
        QVERIFY2(text.contains(QStringLiteral("A is nearer to the data from")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("B is nearer to the data than A, whatever")), qPrintable(text));
    }

    void whatIsNotComputedYetIsSaid()
    {
        for (const FigureKind kind :
             {FigureKind::Learning, FigureKind::Generalization, FigureKind::Level, FigureKind::Sweep}) {
            const StudyWords words = studyWords(kind, *m_default, {}, {{colourA, colourB}});
            QVERIFY(words.sentence.endsWith(QStringLiteral("…")));
        }
        QVERIFY(studyWords(FigureKind::Compare, *m_default, {}, {{colourA, colourB}}).sentence.isEmpty());
    }

    void noPlaceholderOrNonsenseIsLeft()
    {
        static const QRegularExpression wrong(QStringLiteral("%\\d|\\bnan\\b|\\binf\\b|e[+-]\\d"));
        for (const char* name : {"bucket-count", "max-distance", "book-small", "t5-encoder"}) {
            const auto result = evaluate(findPreset(name)->experiment);
            for (const FigureKind kind :
                 {FigureKind::Exposure, FigureKind::Learning, FigureKind::Generalization, FigureKind::Level}) {
                const StudyWords words = wordsOf(kind, *result);
                QVERIFY2(!wrong.match(words.sentence).hasMatch(), qPrintable(words.sentence));
                QVERIFY2(!wrong.match(plain(words.detail)).hasMatch(), qPrintable(words.detail));
                QVERIFY2(!words.sentence.isEmpty() && words.sentence.size() < 290, qPrintable(words.sentence));
            }
        }
    }

    void theSentenceSaysWhichMomentOrShiftItIsAbout()
    {
        const auto at = [&](std::optional<std::int64_t> step, double shift) {
            Experiment e;
            e.level.a = shift;
            const auto result = evaluate(e, {}, {}, step);
            return sentence(*result, story(*result));
        };
        QVERIFY(at(100, 0.0).startsWith(QStringLiteral("Step 100 of 1000. Query 850")));
        QVERIFY(at({}, 3.0).startsWith(QStringLiteral("A shifted by +3. ")));
        QVERIFY(at({}, 0.0).startsWith(QStringLiteral("Query 850")));
    }
};

QTEST_GUILESS_MAIN(StudyWordsTest)
#include "study_words.moc"
