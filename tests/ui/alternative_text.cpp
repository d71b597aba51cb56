// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/alternative_text.h"

#include "core/experiment/presets.h"
#include "core/figure/studies.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>
#include <limits>

using namespace posbias;
using namespace posbias::ui;

namespace {

Figure figureOf(FigureKind kind, const Result& result)
{
    return makeFigure(result, kind, {}, studiesFor(kind, result));
}

std::shared_ptr<const Result> small(Mask mask = Mask::Causal)
{
    Experiment experiment;
    experiment.mask = mask;
    experiment.trainingLength = 64;
    experiment.length = 150;
    experiment.view = defaultView(experiment.length);
    experiment.schemes = {PerOffset{}, T5{T5Variant::HuggingFace, 8, 32}};
    experiment.sweep = {SweepOver::Buckets, 3, 2};
    return evaluate(experiment);
}

void expectSays(const QString& text, const QStringList& parts)
{
    for (const QString& part : parts)
        QVERIFY2(text.contains(part), qPrintable(text + "\n   does not say: " + part));
}

qsizetype sentenceCount(const QString& text)
{
    static const QRegularExpression end(QStringLiteral("[.!?\u2026]( |$)"));
    return text.count(end);
}

}  // namespace

class AlternativeTextTest : public QObject {
    Q_OBJECT

    std::shared_ptr<const Result> m_default;

private Q_SLOTS:
    void initTestCase() { m_default = evaluate(Experiment{}); }

    void everyKindOfFigureSaysSomethingInAFewPlainSentences()
    {
        static const QRegularExpression bad(QStringLiteral("\\b(nan|inf)\\b|\u221e|[<>]|%\\d"));
        for (const Mask mask : {Mask::Causal, Mask::Bidirectional}) {
            const auto result = small(mask);
            for (const FigureKind kind : figureKinds()) {
                const QString text = alternativeText(figureOf(kind, *result));
                QVERIFY2(!text.contains(bad), qPrintable(text));
                QVERIFY2(text.size() > 60 && text.endsWith('.'), qPrintable(text));
                QVERIFY2(sentenceCount(text) >= 1 && sentenceCount(text) <= 14, qPrintable(text));
                QVERIFY2(text == text.trimmed() && !text.contains("  ") && !text.contains(".."), qPrintable(text));
            }
        }
    }

    void figuresWithoutTheirStudySaySo()
    {
        const QString text = alternativeText(makeFigure(*small(), FigureKind::Sweep));
        expectSays(text, {"nothing is computed yet"});
    }

    void mapsTellTheirAxesRangesAndWhatIsHatched()
    {
        const QString text = alternativeText(figureOf(FigureKind::Bias, *m_default));
        expectSays(text,
                   {"Three maps of query position (down, 0 to 999) against key position (across, 0 to 999).",
                    "Panel a, A Per-offset: bias from \u2212",
                    "; offsets from 512 on are hatched because training never touched them.",
                    "Panel b, B T5 buckets 32 / 128: bias from", "Panel c, B \u2212 A: difference from",
                    "Training saw lengths up to 512 tokens; 1000 are shown.", "A crosshair marks query 850, key 150."});
        const OffsetValues& bias = m_default->schemes[0].attention->bias();
        double lowest = 0.0;
        for (std::int64_t d = 0; d < 1000; ++d)
            lowest = std::min(lowest, bias[d] - bias[0]);
        expectSays(text, {QStringLiteral("bias from \u2212%1 to 0;").arg(-lowest, 0, 'f', 2)});
    }

    void hatchedOffsetsBothWaysAreNamed()
    {
        const QString text = alternativeText(figureOf(FigureKind::Bias, *small(Mask::Bidirectional)));
        expectSays(text, {"offsets up to \u221264 and from 64 on are hatched"});
    }

    void onlyWhatIsVisibleIsTold()
    {
        FigureOptions options;
        options.visible = CellRect{0.0, 10.0, 0.0, 10.0};
        options.crosshair = false;
        const QString text = alternativeText(makeFigure(*m_default, FigureKind::Bias, options));
        const OffsetValues& bias = m_default->schemes[0].attention->bias();
        double lowest = 0.0;
        for (std::int64_t d = 0; d < 10; ++d)
            lowest = std::min(lowest, bias[d] - bias[0]);
        expectSays(text, {"(down, 0 to 9)", "(across, 0 to 9)",
                          QStringLiteral("Per-offset: bias from \u2212%1 to 0").arg(-lowest, 0, 'f', 2)});
        QVERIFY(!text.contains("crosshair"));
    }

    void ribbonsTellWhoShares()
    {
        const QString text = alternativeText(figureOf(FigureKind::Buckets, *m_default));
        expectSays(text, {"A has a parameter for each of offsets 0\u2013511, offsets from 512 on untrained",
                          "B has 32 shared parameters, the widest (31) for offsets 113\u2013999"});
        QVERIFY(!text.contains("Panel a"));
    }

    void curvesTellWhereTheyBeginPassTheTrainingLengthAndEnd()
    {
        const QString text = alternativeText(figureOf(FigureKind::Profile, *m_default));
        expectSays(text, {"A Per-offset is 0 at offset 0, \u2212", "at offset 511, ", "at offset 512 and 999; ",
                          "B T5 buckets is 0 at offset 0", "at offset 511, 512 and 999; teacher",
                          "Bands show \u00b1 1 standard error."});
    }

    void chartsTellTheirEndsAndMarks()
    {
        Figure figure;
        ChartPanel chart;
        chart.title = "Distance";
        chart.x.symbol = "n";
        Series series;
        series.name = "A";
        series.x = {1.0, 8.0, 64.0, 512.0};
        series.y = {0.5, 0.25, 0.125, std::numeric_limits<double>::quiet_NaN()};
        chart.series = {series};
        chart.marks = {{MarkKind::TrainingLength, 8.0, 0.0, "L = 8", Role::Neutral}};
        chart.note = "B: no level makes a difference";
        figure.rows = {{{chart}, 1.0}};
        QCOMPARE(alternativeText(figure),
                 QStringLiteral("Distance: A is 0.5 at n = 1, 0.25 at n = 8, 0.125 at n = 64 (lowest) "
                                "and without value at n = 512. "
                                "Marked: L = 8. B: no level makes a difference."));
    }

    void barsTellEachPart()
    {
        Figure figure;
        figure.title = "Where it comes from";
        figure.rows = {
            {{BarPanel{"Causes",
                       "nats",
                       "in all",
                       {{"A Per-offset", Role::A, {{"untrained", 0.25, true}, {"optimizer", -0.5}}, -0.25}}}},
             1.0}};
        QCOMPARE(
            alternativeText(figure),
            QStringLiteral("Where it comes from. Causes (nats): A Per-offset: untrained 0.25, optimizer \u22120.5; "
                           "in all \u22120.25."));
    }

    void notesAreTold()
    {
        Figure figure = figureOf(FigureKind::Buckets, *m_default);
        figure.notes = {{FigureNote::Kind::Offset, {512, 512}, {}, 0.0, {}, "never <b>seen</b>", {}},
                        {FigureNote::Kind::Cell, {}, {850, 150}, 0.0, {}, {}, {}},
                        {FigureNote::Kind::Length, {}, {}, 512.0, {}, "L", {}},
                        {FigureNote::Kind::Bracket, {113, 511}, {}, 0.0, {}, "one bucket", {}},
                        {FigureNote::Kind::Text, {3, 3}, {}, -1.0, {}, "here", {}}};
        expectSays(alternativeText(figure),
                   {"Notes: never <b>seen</b> (offset 512); query 850, key 150; L (length 512); "
                    "one bucket (offsets 113\u2013511); here."});
    }
};

QTEST_GUILESS_MAIN(AlternativeTextTest)
#include "alternative_text.moc"
