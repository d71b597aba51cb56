// SPDX-License-Identifier: GPL-3.0-or-later
// What rounding leaves of a difference is no difference; what is small but real, is.
#include "core/base/rounding.h"

#include "core/evaluation/generalization.h"
#include "core/evaluation/sweep.h"
#include "core/experiment/fields.h"
#include "core/experiment/presets.h"
#include "core/figure/figure.h"
#include "core/figure/figure_data.h"

#include <QTest>

#include <random>

using namespace posbias;

namespace {

/// Per-offset, and T5 with a bucket for each offset that training saw: the same parameters in another spelling.
Experiment twoSpellings(std::mt19937& random)
{
    const auto between = [&](int low, int high) {
        return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1));
    };
    Experiment e;
    e.mask = between(0, 1) ? Mask::Bidirectional : Mask::Causal;
    e.trainingLength = between(2, 40);
    e.length = e.trainingLength + between(0, 60);
    const std::int64_t buckets = (e.mask == Mask::Bidirectional ? 4 : 2) * e.trainingLength;
    e.schemes = {PerOffset{}, T5{T5Variant::HuggingFace, buckets, buckets + between(1, 50)}};
    if (between(0, 1))
        std::swap(e.schemes[0], e.schemes[1]);
    e.corpus.documents = between(1, 60);
    e.corpus.seed = between(1, 1000);
    e.corpus.heldOut = 0;
    e.learning =
        std::vector<Learning>{Adam{}, AdamW{}, Sgd{}, Momentum{}, Exact{}}[static_cast<std::size_t>(between(0, 4))];
    e.view = {e.length - 1, 0};
    return e;
}

double largestOf(const PixelGrid& grid)
{
    double largest = 0.0;
    for (std::size_t p = 0; p < grid.value.size(); ++p)
        largest = std::max(largest, std::abs(grid.value[p]));
    return largest;
}

double largestShown(const MapSource& map)
{
    const auto n = static_cast<double>(map.length());
    double largest = 0.0;
    for (const int pixels : {static_cast<int>(map.length()), 7})
        largest = std::max(largest, largestOf(map.pixels({0.0, n, 0.0, n}, pixels, pixels)));
    for (std::int64_t i = 0; i < map.length(); ++i)
        largest = std::max(largest, std::abs(map.at(i, 0)));
    return largest;
}

const MapPanel& lastMap(const Figure& figure)
{
    return std::get<MapPanel>(figure.rows[0].panels.back());
}

const ColourScale& scaleOf(const Figure& figure)
{
    return figure.scales[lastMap(figure).scale];
}

}  // namespace

class RoundingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalSchemesInAnotherSpellingDoNotDiffer();
    void aLastBitIsNoDifference_data();
    void aLastBitIsNoDifference();
    void smallDifferencesAreShown();
    void rawBiasesThatAreEqualDoNotDiffer();
    void theFirstOfEqualValuesIsTheSmallest();
};

void RoundingTest::equalSchemesInAnotherSpellingDoNotDiffer()
{
    std::mt19937 random(7);
    for (int trial = 0; trial < 40; ++trial) {
        const Experiment e = twoSpellings(random);
        const auto result = evaluate(e);
        QVERIFY(result->ranges.same());
        QCOMPARE(result->ranges.largestRatio, 0.0);
        QCOMPARE(largestShown(*result->biasDifference), 0.0);
        QCOMPARE(largestShown(*result->attentionDifference), 0.0);
        for (const FigureKind kind : {FigureKind::Bias, FigureKind::Attention}) {
            const Figure figure = makeFigure(*result, kind);
            QVERIFY(scaleOf(figure).empty);
            QCOMPARE(scaleOf(figure).max, 1.0);
            QCOMPARE(lastMap(figure).subtitle, std::string("no difference in any cell"));
        }
    }
}

void RoundingTest::aLastBitIsNoDifference_data()
{
    QTest::addColumn<QStringList>("settings");
    QTest::newRow("two offsets of a longer training") << QStringList{"length=2"};
    QTest::newRow("Adafactor") << QStringList{"trainingLength=2", "learning.optimizer=adafactor"};
}

void RoundingTest::aLastBitIsNoDifference()
{
    QFETCH(QStringList, settings);
    Experiment e = findPreset("book-small")->experiment;
    e.view = {1, 1};
    for (const QString& setting : settings)
        e = withFieldText(e, setting.section('=', 0, 0).toStdString(), setting.section('=', 1).toStdString());
    const auto result = evaluate(e);
    const OffsetValues &a = result->schemes[0].attention->bias(), &b = result->schemes[1].attention->bias();
    QVERIFY(b[1] - b[0] != a[1] - a[0]);  // what this is about
    QCOMPARE(largestShown(*result->biasDifference), 0.0);
    QCOMPARE(largestShown(*result->attentionDifference), 0.0);
}

void RoundingTest::smallDifferencesAreShown()
{
    std::mt19937 random(8);
    for (int trial = 0; trial < 10; ++trial) {
        Experiment e = twoSpellings(random);
        e.length = e.trainingLength + 5;  // untrained offsets stay where the others are moved
        e.view = {e.length - 1, 0};
        e.level.b = 1e-9;
        const auto result = evaluate(e);
        QVERIFY(!result->ranges.same());
        QVERIFY(std::abs(largestShown(*result->biasDifference) - 1e-9) < 1e-11);
        QVERIFY(largestShown(*result->attentionDifference) > 0.0);
        const Figure figure = makeFigure(*result, FigureKind::Bias);
        QVERIFY(!scaleOf(figure).empty && scaleOf(figure).max < 1e-8);
        QVERIFY(lastMap(figure).subtitle != "no difference in any cell");
    }
}

/// Biases that are equal as they are differ relative to offset 0 where offset 0 alone differs, and the other way round.
void RoundingTest::rawBiasesThatAreEqualDoNotDiffer()
{
    Experiment e;
    e.trainingLength = 8;
    e.length = 8;
    e.view = {7, 0};
    e.schemes = {PerOffset{}, T5{T5Variant::HuggingFace, 16, 40}};
    e.level.b = 0.3;
    const auto result = evaluate(e);
    QVERIFY(result->ranges.same());
    FigureOptions options;
    options.rawBias = true;
    const Figure figure = makeFigure(*result, FigureKind::Bias, options);
    QVERIFY(std::abs(lastMap(figure).source->at(7, 0) - 0.3) < 1e-12);
    QVERIFY(!scaleOf(figure).empty);
}

void RoundingTest::theFirstOfEqualValuesIsTheSmallest()
{
    QCOMPARE(firstSmallest({3.0, 0.1 + 0.2, 0.3, 1.0}), std::size_t{1});
    QCOMPARE(firstSmallest({3.0, 0.3 + 1e-9, 0.3, 1.0}), std::size_t{2});
    QCOMPARE(firstSmallest({HUGE_VAL, HUGE_VAL}), std::size_t{0});
    const double none = std::numeric_limits<double>::quiet_NaN();
    QCOMPARE(firstSmallest({5.0, none, 1.0}), std::size_t{2});
    QCOMPARE(firstSmallest({none, 1.0}), std::size_t{1});
    QCOMPARE(firstSmallest({none, none}), std::size_t{0});
}

QTEST_APPLESS_MAIN(RoundingTest)
#include "rounding.moc"
