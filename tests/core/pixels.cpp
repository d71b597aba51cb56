// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/pixels.h"

#include <QtTest>

#include <cmath>
#include <random>

using namespace posbias;

namespace {

struct Block {
    double average = 0.0;
    double coverage = 0.0;
};

/// The definition of a pixel, cell by cell.
Block bruteForce(const MapSource& map, const CellRect& rect, int width, int height, int px, int py)
{
    const auto span = [](double first, double last, int pixels, int p) {
        const double step = (last - first) / pixels;
        const auto begin = static_cast<std::int64_t>(std::floor(first + p * step));
        return std::pair{begin, std::max(begin + 1, static_cast<std::int64_t>(std::floor(first + (p + 1) * step)))};
    };
    const auto [i0, i1] = span(rect.firstQuery, rect.lastQuery, height, py);
    const auto [j0, j1] = span(rect.firstKey, rect.lastKey, width, px);
    double sum = 0.0, visible = 0.0;
    for (auto i = i0; i < i1; ++i)
        for (auto j = j0; j < j1; ++j)
            if (i >= 0 && j >= 0 && i < map.length() && j < map.length() && (map.mask() == Mask::Bidirectional || j <= i)) {
                sum += map.at(i, j);
                visible += 1.0;
            }
    return {visible > 0.0 ? sum / visible : 0.0, visible / (static_cast<double>(i1 - i0) * static_cast<double>(j1 - j0))};
}

OffsetValues randomBias(Mask mask, std::int64_t n, std::mt19937& generator)
{
    std::normal_distribution<double> normal(0.0, 2.0);
    OffsetValues bias(visibleOffsets(mask, n));
    for (std::int64_t d = bias.first; d <= bias.last(); ++d)
        bias[d] = -1.5 * std::log1p(static_cast<double>(std::abs(d))) + normal(generator);
    return bias;
}

CellRect randomRect(std::int64_t n, std::mt19937& generator)
{
    std::uniform_real_distribution<double> place(-0.1 * static_cast<double>(n), 0.9 * static_cast<double>(n));
    std::uniform_real_distribution<double> size(2.0, static_cast<double>(n));
    const double key = place(generator), query = place(generator), side = size(generator);
    return {key, key + side, query, query + side};
}

template <typename Check>
void forRandomViews(const MapSource& map, std::mt19937& generator, Check check)
{
    for (int view = 0; view < 6; ++view) {
        const CellRect rect = view == 0 ? CellRect{0, static_cast<double>(map.length()), 0, static_cast<double>(map.length())}
                                        : randomRect(map.length(), generator);
        const PixelGrid grid = map.pixels(rect, 17, 13);
        QCOMPARE(grid.value.size(), std::size_t{17 * 13});
        for (int y = 0; y < 13; ++y)
            for (int x = 0; x < 17; ++x) {
                const auto p = static_cast<std::size_t>(y * 17 + x);
                check(bruteForce(map, rect, 17, 13, x, y), grid.value[p], static_cast<double>(grid.coverage[p]));
            }
    }
}

}  // namespace

class PixelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void biasPixelsAreTheAverageOfTheVisibleCells_data() { masks(); }
    void biasPixelsAreTheAverageOfTheVisibleCells();
    void attentionPixelsKeepTheirErrorBound_data() { masks(); }
    void attentionPixelsKeepTheirErrorBound();
    void contentAttentionPixelsAreExactAverages();
    void contentOverManyCellsIsSampledAndSaysSo();
    void zoomedInPixelsAreTheCellsThemselves();
    void averagesStayExactAtAMillionTokens();
    void steeplyRisingBiasesAreSampledAndSaySo();
    void ratioIsTheLogarithmOfTheAverages();
    void aStopEndsThePicture();

private:
    static void masks()
    {
        QTest::addColumn<int>("mask");
        QTest::addRow("causal") << 0;
        QTest::addRow("both ways") << 1;
    }
};

void PixelsTest::biasPixelsAreTheAverageOfTheVisibleCells()
{
    QFETCH(int, mask);
    const Mask m = mask ? Mask::Bidirectional : Mask::Causal;
    std::mt19937 generator(1);
    for (std::int64_t n : {1, 2, 9, 64, 150}) {
        const auto map = biasMap(randomBias(m, n, generator), m, n);
        forRandomViews(*map, generator, [](Block expected, double value, double coverage) {
            QVERIFY(std::abs(value - expected.average) < 1e-11);
            QVERIFY(std::abs(coverage - expected.coverage) < 1e-6);
        });
    }
}

void PixelsTest::attentionPixelsKeepTheirErrorBound()
{
    QFETCH(int, mask);
    const Mask m = mask ? Mask::Bidirectional : Mask::Causal;
    std::mt19937 generator(2);
    for (std::int64_t n : {1, 3, 40, 200}) {
        const auto map = attentionMap(std::make_shared<AttentionField>(randomBias(m, n, generator), m, n));
        forRandomViews(*map, generator, [](Block expected, double value, double coverage) {
            QVERIFY(std::abs(value - expected.average) <= 0.005 * expected.average + 1e-12);
            QVERIFY(std::abs(coverage - expected.coverage) < 1e-6);
        });
    }
}

void PixelsTest::contentAttentionPixelsAreExactAverages()
{
    std::mt19937 generator(3);
    const std::int64_t n = 60;
    const RandomContent random{8, 1};
    const auto field = std::make_shared<AttentionField>(
        randomBias(Mask::Causal, n, generator), Mask::Causal, n,
        std::make_shared<std::vector<double>>(randomContent(random, n, 0)),
        std::make_shared<std::vector<double>>(randomContent(random, n, 1)), 8, Scaling::Unscaled);
    forRandomViews(*attentionMap(field), generator, [](Block expected, double value, double) {
        QVERIFY(std::abs(value - expected.average) < 1e-14);
    });
}

void PixelsTest::contentOverManyCellsIsSampledAndSaysSo()
{
    const std::int64_t n = 4200;
    const RandomContent random{1, 1};
    const auto field = std::make_shared<AttentionField>(
        OffsetValues(visibleOffsets(Mask::Bidirectional, n)), Mask::Bidirectional, n,
        std::make_shared<std::vector<double>>(randomContent(random, n, 0)),
        std::make_shared<std::vector<double>>(randomContent(random, n, 1)), 1, Scaling::Unscaled);
    // The first and the last row of pixels reach beyond the sequence, by more than half.
    const PixelGrid grid = attentionMap(field)->pixels({0.0, 4200.0, -700.0, 4900.0}, 3, 5);
    QVERIFY(grid.sampled);
    for (int y = 0; y < 5; ++y) {
        double mean = 0.0;  // of a whole row of attention, from its three thirds
        for (int x = 0; x < 3; ++x)
            mean += grid.value[static_cast<std::size_t>(y * 3 + x)] / 3.0;
        QVERIFY(std::abs(mean * static_cast<double>(n) - 1.0) < 1e-12);
        const double coverage = y == 0 || y == 4 ? 420.0 / 1120.0 : 1.0;
        QVERIFY(std::abs(static_cast<double>(grid.coverage[static_cast<std::size_t>(y * 3)]) - coverage) < 1e-6);
    }
}

void PixelsTest::zoomedInPixelsAreTheCellsThemselves()
{
    std::mt19937 generator(4);
    const std::int64_t n = 100;
    const auto map = biasMap(randomBias(Mask::Causal, n, generator), Mask::Causal, n);
    const PixelGrid grid = map->pixels({10, 14, 60, 64}, 40, 40);
    for (int y = 0; y < 40; ++y)
        for (int x = 0; x < 40; ++x)
            QCOMPARE(grid.value[static_cast<std::size_t>(y * 40 + x)], map->at(60 + y / 10, 10 + x / 10));
}

void PixelsTest::averagesStayExactAtAMillionTokens()
{
    const std::int64_t n = std::int64_t{1} << 20;
    OffsetValues bias(visibleOffsets(Mask::Causal, n));
    for (std::int64_t d = 0; d < n; ++d)
        bias[d] = d % 3 == 0 ? 1.0 : -1.0 / 3.0;
    const auto map = biasMap(bias, Mask::Causal, n);
    const CellRect corner{1000.0, 1020.0, 1048550.0, 1048570.0};
    const PixelGrid grid = map->pixels(corner, 10, 10);
    for (int p = 0; p < 100; ++p)
        QVERIFY(std::abs(grid.value[static_cast<std::size_t>(p)] - bruteForce(*map, corner, 10, 10, p % 10, p / 10).average) < 1e-11);
}

void PixelsTest::steeplyRisingBiasesAreSampledAndSaySo()
{
    OffsetValues bias(visibleOffsets(Mask::Causal, 50));
    for (std::int64_t d = 0; d < 50; ++d)
        bias[d] = 10.0 * static_cast<double>(d);
    const auto map = attentionMap(std::make_shared<AttentionField>(bias, Mask::Causal, 50));
    const PixelGrid grid = map->pixels({0, 50, 0, 50}, 50, 50);
    QVERIFY(grid.sampled);
    QVERIFY(std::abs(grid.value[0] - 1.0) < 1e-12);
}

void PixelsTest::ratioIsTheLogarithmOfTheAverages()
{
    std::mt19937 generator(5);
    const std::int64_t n = 90;
    const auto a = attentionMap(std::make_shared<AttentionField>(randomBias(Mask::Causal, n, generator), Mask::Causal, n));
    const auto b = attentionMap(std::make_shared<AttentionField>(randomBias(Mask::Causal, n, generator), Mask::Causal, n));
    const CellRect all{0, 90, 0, 90};
    const PixelGrid ratio = attentionRatioMap(a, b)->pixels(all, 9, 9), first = a->pixels(all, 9, 9), second = b->pixels(all, 9, 9);
    for (std::size_t p = 0; p < 81; ++p)
        QVERIFY(ratio.coverage[p] == 0.0f || std::abs(ratio.value[p] - std::log10(second.value[p] / first.value[p])) < 1e-12);
}

void PixelsTest::aStopEndsThePicture()
{
    const auto map = biasMap(OffsetValues(visibleOffsets(Mask::Causal, 100)), Mask::Causal, 100);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN(map->pixels({0, 100, 0, 100}, 10, 10, {stop.get_token(), {}}), Cancelled);
}

QTEST_GUILESS_MAIN(PixelsTest)
#include "pixels.moc"
