// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of long sequences: against the cells of single blocks, and against each other while zooming.
#include "tests/core/picture_samples.h"

#include <QTest>

using namespace posbias;
using namespace posbias::samples;

namespace {

constexpr std::int64_t million = std::int64_t{1} << 20;

/// Cells i0 <= i < i1, j0 <= j < j1 within the sequence.
struct Block {
    std::int64_t i0, i1, j0, j1;
};

struct Sums {
    long double values = 0.0L;
    std::int64_t visible = 0;
    long double average() const { return values / static_cast<long double>(visible); }
};

/// Offset d occurs as often as there are rows i with i0 <= i < i1 and j0 <= i - d < j1.
Sums biasSums(const BiasField& field, const Block& block)
{
    Sums sums;
    const OffsetRange seen = field.bias->range();
    const std::int64_t first = std::max(seen.first, block.i0 - block.j1 + 1);
    const std::int64_t last = std::min(seen.last, block.i1 - 1 - block.j0);
    for (std::int64_t d = first; d <= last; ++d) {
        const std::int64_t times = std::min(block.i1, block.j1 + d) - std::max(block.i0, block.j0 + d);
        sums.values += static_cast<long double>(times) * (*field.bias)[d];
        sums.visible += times;
    }
    return sums;
}

/// Sums of exp(b_d - max b) over offsets below each one.
class WeightSums {
public:
    explicit WeightSums(const BiasField& field) : m_field(field), m_below(1, 0.0L)
    {
        const double max = std::ranges::max(field.bias->values);
        for (const double bias : field.bias->values)
            m_below.push_back(m_below.back() + std::exp(bias - max));
    }

    /// Row by row, each a sum over its keys divided by its normaliser.
    Sums attention(const Block& block) const
    {
        Sums sums;
        for (std::int64_t i = block.i0; i < block.i1; ++i) {
            const std::int64_t keys = m_field.mask == Mask::Causal ? i + 1 : m_field.length;
            const std::int64_t end = std::min(block.j1, keys);
            if (end <= block.j0)
                continue;
            sums.values += overKeys(i, block.j0, end) / overKeys(i, 0, keys);
            sums.visible += end - block.j0;
        }
        return sums;
    }

private:
    long double overKeys(std::int64_t i, std::int64_t first, std::int64_t end) const
    {
        const std::int64_t origin = m_field.bias->first;
        return m_below[i - first + 1 - origin] - m_below[i - end + 1 - origin];
    }

    const BiasField& m_field;
    std::vector<long double> m_below;
};

/// A picture of 8 x 8 pixels of side x side cells, anywhere with a visible cell.
Block randomPicture(const BiasField& field, std::int64_t side, std::mt19937& random)
{
    const std::int64_t room = field.length - 8 * side;
    const std::int64_t query = uniform(0, room, random);
    const std::int64_t key = uniform(0, field.mask == Mask::Causal ? query : room, random);
    return {query, query + 8 * side, key, key + 8 * side};
}

CellRect rectOf(const Block& block)
{
    return {static_cast<double>(block.j0), static_cast<double>(block.j1), static_cast<double>(block.i0),
            static_cast<double>(block.i1)};
}

/// check(value, block) for every pixel with a visible cell of some pictures with small and large pixels.
template <typename Check>
void forRandomBlocks(const BiasField& field, const MapSource& map, std::mt19937& random, Check check)
{
    for (const std::int64_t side : {1, 2, 7, 100, 1000, 20000}) {
        const Block picture = randomPicture(field, side, random);
        const PixelGrid grid = map.pixels(rectOf(picture), 8, 8);
        for (std::int64_t p = 0; p < 64; ++p)
            if (grid.coverage[p] > 0.0f) {
                const std::int64_t i = picture.i0 + p / 8 * side, j = picture.j0 + p % 8 * side;
                check(grid.value[p], Block{i, i + side, j, j + side});
            }
    }
}

void verifyBias(const BiasField& field, std::mt19937& random)
{
    forRandomBlocks(field, *field.map(), random, [&](double value, const Block& block) {
        QVERIFY(std::abs(value - static_cast<double>(biasSums(field, block).average())) < 1e-11);
    });
}

void verifyAttention(const BiasField& field, std::mt19937& random)
{
    const WeightSums weights(field);
    forRandomBlocks(field, *field.attention(), random, [&](double value, const Block& block) {
        const auto expected = static_cast<double>(weights.attention(block).average());
        QVERIFY(std::abs(value - expected) <= 0.005 * expected);
    });
}

struct OfFour {
    Average average;
    double doubt = 1e-12;  ///< relative: coverages are floats, and weights only where they differ
};

/// The average of a finer picture's pixels over one twice as large, each weighed by what is visible of it.
OfFour ofFour(const PixelGrid& fine, std::size_t x, std::size_t y)
{
    OfFour four;
    Average& average = four.average;
    for (const std::size_t p : {2 * y * fine.width + 2 * x, 2 * y * fine.width + 2 * x + 1,
                                (2 * y + 1) * fine.width + 2 * x, (2 * y + 1) * fine.width + 2 * x + 1}) {
        average.value += static_cast<long double>(fine.value[p]) * static_cast<long double>(fine.coverage[p]);
        average.coverage += static_cast<double>(fine.coverage[p]);
        if (fine.coverage[p] != 0.0f && fine.coverage[p] != 1.0f)
            four.doubt = 1e-6;
    }
    if (average.coverage > 0.0)
        average.value /= static_cast<long double>(average.coverage);
    average.coverage /= 4.0;
    return four;
}

/// Whole pictures of 1024, 512, ... 1 pixels a side; check(value, average of the finer one, relative error of that,
/// finer side).
template <typename Check>
void forHalvedPictures(const MapSource& map, Check check)
{
    const auto n = static_cast<double>(map.length());
    const CellRect all{0.0, n, 0.0, n};
    PixelGrid fine = map.pixels(all, 1024, 1024);
    for (int side = 512; side >= 1; side /= 2) {
        PixelGrid coarse = map.pixels(all, side, side);
        for (std::size_t y = 0; y < static_cast<std::size_t>(side); ++y)
            for (std::size_t x = 0; x < static_cast<std::size_t>(side); ++x) {
                const OfFour expected = ofFour(fine, x, y);
                const std::size_t p = y * static_cast<std::size_t>(side) + x;
                QVERIFY(std::abs(static_cast<double>(coarse.coverage[p]) - expected.average.coverage) < 1e-6);
                check(coarse.value[p], static_cast<double>(expected.average.value), expected.doubt, fine.width);
            }
        fine = std::move(coarse);
    }
}

BiasField longField(Mask mask, std::int64_t length, unsigned seed)
{
    std::mt19937 random(seed);
    return randomField(randomScheme(random), Course::Mild, mask, length, random);
}

}  // namespace

class PixelsLongTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void blocksOfAMillionTokensAreTheirAverage_data() { masks(); }
    void blocksOfAMillionTokensAreTheirAverage();
    void blocksOfSixteenMillionTokensAreTheirAverage();
    void halfTheSizeIsTheAverageOfFourPixels_data();
    void halfTheSizeIsTheAverageOfFourPixels();
    void theSameCellsKeepTheirValueWhileZoomingAndPanning_data() { masks(); }
    void theSameCellsKeepTheirValueWhileZoomingAndPanning();
    void valuesThatAlternateFadeToTheirMean();

private:
    static void masks()
    {
        QTest::addColumn<bool>("causal");
        QTest::addRow("causal") << true;
        QTest::addRow("both ways") << false;
    }
};

void PixelsLongTest::blocksOfAMillionTokensAreTheirAverage()
{
    QFETCH(bool, causal);
    std::mt19937 random(1);
    for (const Scheme& scheme : {Scheme(PerOffset{}), Scheme(T5{})}) {
        const BiasField field =
            randomField(scheme, Course::Mild, causal ? Mask::Causal : Mask::Bidirectional, million, random);
        verifyBias(field, random);
        verifyAttention(field, random);
    }
}

void PixelsLongTest::blocksOfSixteenMillionTokensAreTheirAverage()
{
    std::mt19937 random(2);
    const BiasField field = randomField(T5{}, Course::Mild, Mask::Causal, maxLength, random);
    verifyBias(field, random);
    verifyAttention(field, random);
}

void PixelsLongTest::halfTheSizeIsTheAverageOfFourPixels_data()
{
    QTest::addColumn<bool>("causal");
    QTest::addColumn<int>("length");
    for (const int length : {1024, 4096, 1 << 20}) {
        QTest::addRow("causal, n = %d", length) << true << length;
        QTest::addRow("both ways, n = %d", length) << false << length;
    }
}

void PixelsLongTest::halfTheSizeIsTheAverageOfFourPixels()
{
    QFETCH(bool, causal);
    QFETCH(int, length);
    const BiasField field = longField(causal ? Mask::Causal : Mask::Bidirectional, length, 3);
    forHalvedPictures(*field.map(), [](double value, double expected, double doubt, int) {
        QVERIFY(std::abs(value - expected) < 20.0 * doubt);
    });
    forHalvedPictures(*field.attention(), [&](double value, double expected, double doubt, int fineSide) {
        QVERIFY(std::abs(value - expected) <= (fineSide == length ? 0.005 : doubt) * expected);  // cells are exact
    });
}

void PixelsLongTest::theSameCellsKeepTheirValueWhileZoomingAndPanning()
{
    QFETCH(bool, causal);
    const BiasField a = longField(causal ? Mask::Causal : Mask::Bidirectional, million, 4);
    const BiasField b = longField(a.mask, million, 5);
    const auto n = static_cast<double>(million);
    for (const auto& map : {a.map(), a.attention(), attentionRatioMap(a.attention(), b.attention())}) {
        const PixelGrid whole = map->pixels({0.0, n, 0.0, n}, 256, 256);
        // A part of it has the same pixels; magnified twice, those of a whole picture of twice the size.
        const PixelGrid part = map->pixels({n / 4, n / 2, n / 2, n}, 64, 128);
        for (std::size_t y = 0; y < 128; ++y)
            for (std::size_t x = 0; x < 64; ++x) {
                QCOMPARE(part.value[y * 64 + x], whole.value[(y + 128) * 256 + x + 64]);
                QCOMPARE(part.coverage[y * 64 + x], whole.coverage[(y + 128) * 256 + x + 64]);
            }
        const PixelGrid fine = map->pixels({0.0, n, 0.0, n}, 512, 512);
        const PixelGrid magnified = map->pixels({0.0, n / 8, n / 8, n / 4}, 64, 64);
        for (std::size_t y = 0; y < 64; ++y)
            for (std::size_t x = 0; x < 64; ++x)
                QCOMPARE(magnified.value[y * 64 + x], fine.value[(y + 64) * 512 + x]);
    }
}

void PixelsLongTest::valuesThatAlternateFadeToTheirMean()
{
    // +1 and -1 by turns, a moire for whoever samples: in pixels of w x h cells no average exceeds 1 / (w h).
    auto bias = std::make_shared<OffsetValues>(visibleOffsets(Mask::Bidirectional, million));
    for (std::int64_t d = bias->first; d <= bias->last(); ++d)
        (*bias)[d] = d % 2 == 0 ? 1.0 : -1.0;
    const BiasField field{bias, Mask::Bidirectional, million};
    std::mt19937 random(6);
    const auto n = static_cast<double>(million);
    for (const double side : {60.0, 777.7, 3e4, n})
        for (const int pixels : {19, 57}) {
            const double key = uniformReal(0.0, n - side, random), query = uniformReal(0.0, n - side, random);
            const double cells = std::floor(side / pixels);
            const PixelGrid grid = field.map()->pixels({key, key + side, query, query + side}, pixels, pixels);
            for (const double value : grid.value)
                QVERIFY(std::abs(value) <= 1.0 / (cells * cells) + 1e-12);
        }
}

QTEST_GUILESS_MAIN(PixelsLongTest)
#include "pixels_long.moc"
