// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/pixels.h"

#include "tests/core/picture_samples.h"

#include <QTest>

using namespace posbias;
using namespace posbias::samples;

namespace {

/// check(pixel's place in the grid, average, where it was found) for every pixel.
template <typename Check>
void forPixels(const BiasField& field, const Cells& cells, const View& view, Check check)
{
    for (int y = 0; y < view.height; ++y)
        for (int x = 0; x < view.width; ++x)
            check(static_cast<std::size_t>(y * view.width + x), average(cells, field.mask, field.length, view, x, y));
}

/// field, course and generator for random fields of every kind.
template <typename Work>
void forRandomFields(Mask mask, unsigned seed, Work work)
{
    std::mt19937 random(seed);
    for (const Course course : courses)
        for (int k = 0; k < 8; ++k) {
            const std::int64_t length = k == 0 ? uniform(1, 4, random) : uniform(1, k < 7 ? 60 : 300, random);
            work(randomField(randomScheme(random), course, mask, length, random), random);
        }
}

void verifyCoverage(const PixelGrid& grid, std::size_t p, const Average& expected)
{
    QVERIFY(std::abs(static_cast<double>(grid.coverage[p]) - expected.coverage) < 1e-7);
    if (expected.coverage == 0.0)
        QCOMPARE(grid.value[p], 0.0);
}

std::shared_ptr<const MapSource> constantMap(std::int64_t n)
{
    return biasMap(std::make_shared<OffsetValues>(visibleOffsets(Mask::Causal, n), 1.0), 0.0, Mask::Causal, n);
}

/// A field that only tells its pictures, and calls them sampled.
class SampledMap final : public MapSource {
public:
    explicit SampledMap(std::shared_ptr<const MapSource> map) : m_map(std::move(map)) {}
    PixelGrid pixels(const CellRect& rect, int width, int height, const Progress& progress) const override
    {
        PixelGrid grid = m_map->pixels(rect, width, height, progress);
        grid.sampled = true;
        return grid;
    }
    double at(std::int64_t query, std::int64_t key) const override { return m_map->at(query, key); }
    std::int64_t length() const override { return m_map->length(); }
    Mask mask() const override { return m_map->mask(); }

private:
    std::shared_ptr<const MapSource> m_map;
};

constexpr int viewsOfField = 8;

}  // namespace

class PixelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void biasPixelsAreTheAverageOfTheirVisibleCells_data() { masks(); }
    void biasPixelsAreTheAverageOfTheirVisibleCells();
    void attentionPixelsAreTheAverageWithinHalfAPercent_data() { masks(); }
    void attentionPixelsAreTheAverageWithinHalfAPercent();
    void ratiosAreTheLogarithmOfTheAveragesRatio_data() { masks(); }
    void ratiosAreTheLogarithmOfTheAveragesRatio();
    void sampledFieldsHaveSampledRatios();
    void pixelsInsideOneCellAreThatCell();
    void aPictureOfAllCellsLosesNone();
    void aHalfMaskedPixelIsHalfThere();
    void steeplyRisingBiasesAreAveragesToo();
    void tinyWeightsKeepTheirShareOfAnAverage();
    void aStopEndsThePicture();

private:
    static void masks()
    {
        QTest::addColumn<bool>("causal");
        QTest::addRow("causal") << true;
        QTest::addRow("both ways") << false;
    }
};

void PixelsTest::biasPixelsAreTheAverageOfTheirVisibleCells()
{
    QFETCH(bool, causal);
    forRandomFields(causal ? Mask::Causal : Mask::Bidirectional, 1, [](const BiasField& field, std::mt19937& random) {
        const double shift = uniform(0, 1, random) ? 0.0 : (*field.bias)[0];
        const Cells cells = Cells::ofBias(field, shift);
        const auto map = field.map(shift);
        double largest = 0.0;
        for (const double value : field.bias->values)
            largest = std::max(largest, std::abs(value));
        for (int k = 0; k < viewsOfField; ++k) {
            const View view = randomView(field.length, random);
            const PixelGrid grid = map->pixels(view.rect, view.width, view.height);
            QVERIFY(!grid.sampled);
            forPixels(field, cells, view, [&](std::size_t p, const Average& expected) {
                const auto value = static_cast<double>(expected.value);
                QVERIFY(std::abs(grid.value[p] - value) <= (expected.oneCell ? 0.0 : 1e-12 + 4e-16 * largest));
                verifyCoverage(grid, p, expected);
            });
        }
    });
}

void PixelsTest::attentionPixelsAreTheAverageWithinHalfAPercent()
{
    QFETCH(bool, causal);
    forRandomFields(causal ? Mask::Causal : Mask::Bidirectional, 2, [](const BiasField& field, std::mt19937& random) {
        const Cells cells = Cells::ofAttention(field);
        const auto map = field.attention();
        for (int k = 0; k < viewsOfField; ++k) {
            const View view = randomView(field.length, random);
            const PixelGrid grid = map->pixels(view.rect, view.width, view.height);
            QVERIFY(!grid.sampled);
            forPixels(field, cells, view, [&](std::size_t p, const Average& expected) {
                const auto value = static_cast<double>(expected.value);
                const double bound = expected.oneCell ? 1e-11 : 0.005;
                QVERIFY(std::abs(grid.value[p] - value) <= bound * value + 1e-300);
                verifyCoverage(grid, p, expected);
            });
        }
    });
}

void PixelsTest::ratiosAreTheLogarithmOfTheAveragesRatio()
{
    QFETCH(bool, causal);
    forRandomFields(causal ? Mask::Causal : Mask::Bidirectional, 3, [](const BiasField& a, std::mt19937& random) {
        const BiasField b = randomField(randomScheme(random), courses[uniform(0, 4, random)], a.mask, a.length, random);
        const Cells cellsA = Cells::ofAttention(a), cellsB = Cells::ofAttention(b);
        const auto mapA = a.attention(), mapB = b.attention(), ratioMap = attentionRatioMap(mapA, mapB);
        for (int k = 0; k < viewsOfField; ++k) {
            const View view = randomView(a.length, random);
            const PixelGrid ratio = ratioMap->pixels(view.rect, view.width, view.height);
            const PixelGrid first = mapA->pixels(view.rect, view.width, view.height);
            const PixelGrid second = mapB->pixels(view.rect, view.width, view.height);
            forPixels(a, cellsA, view, [&](std::size_t p, const Average& expected) {
                verifyCoverage(ratio, p, expected);
                if (expected.coverage == 0.0)
                    return;
                const double shown =
                    std::log10(std::max(second.value[p], 1e-300)) - std::log10(std::max(first.value[p], 1e-300));
                QVERIFY(std::abs(ratio.value[p] - shown) < 1e-12);
                const int width = view.width;
                const long double averageB =
                    average(cellsB, b.mask, b.length, view, static_cast<int>(p) % width, static_cast<int>(p) / width)
                        .value;
                if (expected.value > 1e-290L && averageB > 1e-290L) {
                    const auto exact = static_cast<double>(std::log10(averageB / expected.value));
                    QVERIFY(std::abs(ratio.value[p] - exact) < 2.0 * std::log10(1.005) + 1e-9);
                }
            });
        }
    });
}

void PixelsTest::sampledFieldsHaveSampledRatios()
{
    std::mt19937 random(5);
    const auto a = randomField(T5{}, Course::Mild, Mask::Causal, 90, random).attention();
    const auto b = randomField(PerOffset{}, Course::Mild, Mask::Causal, 90, random).attention();
    const View view{{-10.0, 90.0, 5.5, 120.0}, 11, 14};
    const PixelGrid averaged = attentionRatioMap(a, b)->pixels(view.rect, view.width, view.height);
    const PixelGrid sampled =
        attentionRatioMap(a, std::make_shared<SampledMap>(b))->pixels(view.rect, view.width, view.height);
    QVERIFY(sampled.sampled && !averaged.sampled);
    QCOMPARE(sampled.value, averaged.value);
    QCOMPARE(sampled.coverage, averaged.coverage);
}

void PixelsTest::pixelsInsideOneCellAreThatCell()
{
    std::mt19937 random(4);
    const BiasField field = randomField(T5{}, Course::Mild, Mask::Causal, 100, random);
    for (const auto& map : {field.map(), field.attention()}) {
        const PixelGrid grid = map->pixels({10, 14, 60, 64}, 40, 40);
        for (int y = 0; y < 40; ++y)
            for (int x = 0; x < 40; ++x)
                QCOMPARE(grid.value[static_cast<std::size_t>(y * 40 + x)], map->at(60 + y / 10, 10 + x / 10));
    }
}

void PixelsTest::aPictureOfAllCellsLosesNone()
{
    // The last cell counts 1, whatever the number of pixels, also where n / pixels is no whole number.
    const std::int64_t n = 1000;
    auto bias = std::make_shared<OffsetValues>(visibleOffsets(Mask::Bidirectional, n));
    (*bias)[n - 1] = 1.0;
    const auto map = BiasField{bias, Mask::Bidirectional, n}.map();
    for (int pixels = 1; pixels <= 400; ++pixels) {
        const PixelGrid grid = map->pixels({0, 1000, 0, 1000}, pixels, pixels);
        double sum = 0.0;
        for (int y = 0; y < pixels; ++y) {
            const auto [i0, i1] = cellsOfPixel(0, 1000, pixels, y);
            const auto [j0, j1] = cellsOfPixel(0, 1000, pixels, 0);
            sum += grid.value[static_cast<std::size_t>(y * pixels)] * static_cast<double>((i1 - i0) * (j1 - j0));
        }
        QVERIFY(std::abs(sum - 1.0) < 1e-6);
    }
}

void PixelsTest::aHalfMaskedPixelIsHalfThere()
{
    // Eight cells across: 36 of a pixel's 64 lie on or below the diagonal.
    const PixelGrid grid = constantMap(64)->pixels({0, 64, 0, 64}, 8, 8);
    for (std::size_t y = 0; y < 8; ++y)
        for (std::size_t x = 0; x < 8; ++x) {
            QCOMPARE(grid.coverage[y * 8 + x], x < y ? 1.0f : x == y ? 0.5625f : 0.0f);
            QCOMPARE(grid.value[y * 8 + x], x <= y ? 1.0 : 0.0);
        }
}

void PixelsTest::steeplyRisingBiasesAreAveragesToo()
{
    const std::int64_t n = 50;
    auto bias = std::make_shared<OffsetValues>(visibleOffsets(Mask::Causal, n));
    for (std::int64_t d = 0; d < n; ++d)
        (*bias)[d] = 10.0 * static_cast<double>(d);
    // Every query reads the first key: of ten rows and ten columns, a tenth each.
    const PixelGrid grid = BiasField{bias, Mask::Causal, n}.attention()->pixels({0, 50, 0, 50}, 5, 5);
    QVERIFY(!grid.sampled);
    for (std::size_t y = 1; y < 5; ++y)
        QVERIFY(std::abs(grid.value[y * 5] - 0.1) < 1e-5);
}

void PixelsTest::tinyWeightsKeepTheirShareOfAnAverage()
{
    // Weights e^-200 in every second pixel: far below anything that sums beside 1, and still a sum of their own.
    const std::int64_t n = 64;
    auto bias = std::make_shared<OffsetValues>(visibleOffsets(Mask::Causal, n), -200.0);
    (*bias)[0] = 0.0;
    const PixelGrid grid = BiasField{bias, Mask::Causal, n}.attention()->pixels({0, 64, 0, 64}, 8, 8);
    for (std::size_t y = 1; y < 8; ++y)
        QVERIFY(std::abs(grid.value[y * 8] / std::exp(-200.0) - 1.0) < 1e-5);
}

void PixelsTest::aStopEndsThePicture()
{
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN(constantMap(100)->pixels({0, 100, 0, 100}, 10, 10, {stop.get_token(), {}}), Cancelled);
}

QTEST_GUILESS_MAIN(PixelsTest)
#include "pixels.moc"
