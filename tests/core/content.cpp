// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/content_kernels.h"
#include "core/fields/pixels.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <random>

using namespace posbias;

namespace {

using Vector = std::vector<double>;

Vector query(const ContentVectors& vectors, std::int64_t i)
{
    Vector q(static_cast<std::size_t>(vectors.dimension()));
    vectors.query(i, q);
    return q;
}

Vector key(const ContentVectors& vectors, std::int64_t j)
{
    Vector k(static_cast<std::size_t>(vectors.dimension()));
    vectors.key(j, k);
    return k;
}

OffsetValues fallingBias(Mask mask, std::int64_t n)
{
    std::mt19937 generator(7);
    std::normal_distribution<double> normal(0.0, 2.0);
    OffsetValues bias(visibleOffsets(mask, n));
    for (std::int64_t d = bias.first; d <= bias.last(); ++d)
        bias[d] = -1.5 * std::log1p(static_cast<double>(std::abs(d))) + normal(generator);
    return bias;
}

/// A[i, j] by its definition.
struct BruteAttention {
    std::int64_t n;
    Vector weights;  ///< shape (n, n)

    BruteAttention(const OffsetValues& bias, Mask mask, const ContentVectors& vectors, std::int64_t length,
                   Scaling scaling)
        : n(length), weights(static_cast<std::size_t>(n * n))
    {
        const long double root = std::sqrt(static_cast<long double>(vectors.dimension()));
        std::vector<Vector> keys;
        for (std::int64_t j = 0; j < n; ++j)
            keys.push_back(key(vectors, j));
        for (std::int64_t i = 0; i < n; ++i) {
            const Vector q = query(vectors, i);
            const std::int64_t last = mask == Mask::Causal ? i : n - 1;
            std::vector<long double> e;
            for (std::int64_t j = 0; j <= last; ++j) {
                long double dot = 0.0L;
                for (std::size_t c = 0; c < q.size(); ++c)
                    dot += static_cast<long double>(q[c]) * keys[static_cast<std::size_t>(j)][c];
                const long double b = bias[i - j];
                e.push_back(std::exp(scaling == Scaling::Unscaled         ? dot + b
                                     : scaling == Scaling::ScaledThenBias ? dot / root + b
                                                                          : (dot + b) / root));
            }
            const long double sum = std::accumulate(e.begin(), e.end(), 0.0L);
            for (std::int64_t j = 0; j <= last; ++j)
                weights[static_cast<std::size_t>(i * n + j)] =
                    static_cast<double>(e[static_cast<std::size_t>(j)] / sum);
        }
    }
    double at(std::int64_t i, std::int64_t j) const { return weights[static_cast<std::size_t>(i * n + j)]; }
};

/// [first, second) of pixel p.
std::pair<std::int64_t, std::int64_t> covered(double first, double last, int pixels, int p)
{
    const auto border = [&](int k) {
        return static_cast<std::int64_t>(std::floor(k == pixels ? last : first + k * (last - first) / pixels));
    };
    return {border(p), std::max(border(p) + 1, border(p + 1))};
}

/// The average over visible cells; with `sampled` over the middle row of those in the sequence alone.
double bruteAverage(const BruteAttention& brute, Mask mask, std::pair<std::int64_t, std::int64_t> rows,
                    std::pair<std::int64_t, std::int64_t> columns, bool sampled)
{
    std::int64_t i0 = std::max<std::int64_t>(rows.first, 0), i1 = std::min(rows.second, brute.n);
    if (sampled && i0 < i1) {
        i0 = std::clamp(rows.first + (rows.second - rows.first) / 2, i0, i1 - 1);
        i1 = i0 + 1;
    }
    double sum = 0.0;
    int cells = 0;
    for (std::int64_t i = i0; i < i1; ++i)
        for (std::int64_t j = std::max<std::int64_t>(columns.first, 0); j < std::min(columns.second, brute.n); ++j)
            if (mask == Mask::Bidirectional || j <= i) {
                sum += brute.at(i, j);
                ++cells;
            }
    return cells > 0 ? sum / cells : 0.0;
}

void compareWithBrute(const BruteAttention& brute, const MapSource& map, const CellRect& rect, int width, int height,
                      bool sampled)
{
    const PixelGrid grid = map.pixels(rect, width, height);
    QCOMPARE(grid.sampled, sampled);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const double expected = bruteAverage(brute, map.mask(), covered(rect.firstQuery, rect.lastQuery, height, y),
                                                 covered(rect.firstKey, rect.lastKey, width, x), sampled);
            const double found = grid.value[static_cast<std::size_t>(y * width + x)];
            QVERIFY2(std::abs(found - expected) <= 1e-13 * expected + 1e-300,
                     qPrintable(QStringLiteral("(%1, %2): %3, not %4").arg(y).arg(x).arg(found).arg(expected)));
        }
}

}  // namespace

class ContentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void numbersAreTheSameEverywhere();
    void rowsDependOnSeedAndPlaceOnly();
    void numbersAreNormalWithTheStatedDeviation();
    void queriesAndKeysAreIndependent();
    void exponentialsAreRight();
    void scoresAreDotProductsWhetherKeysAreKeptOrNot();
    void picturesAreExactAverages_data();
    void picturesAreExactAverages();
    void overManyCellsOneRowForEachPixelIsExact_data() { masks(); }
    void overManyCellsOneRowForEachPixelIsExact();
    void biasesFarApartKeepPicturesFinite();
    void aPictureTellsHowFarItIsAndStops();
    void aCellAfterAPictureIsThatOfItsRow();
    void theSamePictureAskedForAgainIsTheSame();

private:
    static void masks()
    {
        QTest::addColumn<int>("mask");
        QTest::addRow("causal") << 0;
        QTest::addRow("both ways") << 1;
    }
};

/// Values of another implementation of the same definition, in Python.
void ContentTest::numbersAreTheSameEverywhere()
{
    const auto vectors = randomVectors({5, 1});
    const Vector q = {-0.2457630037355943, -0.17512331004062126, -0.634993656804736, 0.9249855189892665,
                      -1.025944381683345};
    const Vector k = {-0.6315512635905633, 0.1443275957646637, -0.4088467683681717, -0.1027941995455975,
                      -0.19146843521902238};
    QVERIFY(query(*vectors, 0) == q);
    QVERIFY(key(*vectors, 1048575) == k);
    const auto others = randomVectors({3, 9007199254740992});
    QVERIFY(key(*others, 10)[2] == -3.350145549553257);  // in the tail
    QVERIFY(key(*others, 1511)[1] == 2.678779015618765);
}

void ContentTest::rowsDependOnSeedAndPlaceOnly()
{
    const auto vectors = randomVectors({8, 5}), again = randomVectors({8, 5}), other = randomVectors({8, 6});
    const Vector third = query(*vectors, 3);
    query(*vectors, 100000);
    QCOMPARE(query(*vectors, 3), third);
    QCOMPARE(query(*again, 3), third);
    QVERIFY(key(*vectors, 3) != third);
    QVERIFY(query(*vectors, 4) != third);
    QVERIFY(query(*other, 3) != third);
}

void ContentTest::numbersAreNormalWithTheStatedDeviation()
{
    const auto vectors = randomVectors({16, 1});
    constexpr int rows = 250000;
    constexpr double count = 16.0 * rows, deviation = 0.5;  // 16^(-1/4)
    double powers[4] = {};
    std::map<double, double> beyond = {{0.5, 0}, {1, 0},   {2, 0},
                                       {3, 0},   {3.6, 0}, {4.2, 0}};  // the tail begins at 3.44
    for (int i = 0; i < rows; ++i)
        for (const double value : key(*vectors, i)) {
            const double x = value / deviation;
            double power = 1.0;
            for (double& sum : powers)
                sum += power *= x;
            for (auto& [edge, found] : beyond)
                found += x > edge;
        }
    const auto agrees = [](double found, double expected, double variance) {
        return std::abs(found - expected) < 4.0 * std::sqrt(variance / count);
    };
    QVERIFY(agrees(powers[0] / count, 0.0, 1.0));
    QVERIFY(agrees(powers[1] / count, 1.0, 2.0));
    QVERIFY(agrees(powers[2] / count, 0.0, 15.0));
    QVERIFY(agrees(powers[3] / count, 3.0, 96.0));
    for (const auto& [edge, found] : beyond) {
        const double p = 0.5 * std::erfc(edge / std::sqrt(2.0));
        QVERIFY2(agrees(found / count, p, p), qPrintable(QString::number(edge)));
    }
}

void ContentTest::queriesAndKeysAreIndependent()
{
    const auto vectors = randomVectors({64, 2});
    double scores = 0.0, squares = 0.0;
    constexpr int rows = 4000;
    for (int i = 0; i < rows; ++i) {
        const Vector q = query(*vectors, i), k = key(*vectors, i), next = key(*vectors, i + 1);
        const double own = std::inner_product(q.begin(), q.end(), k.begin(), 0.0);
        scores += own + std::inner_product(k.begin(), k.end(), next.begin(), 0.0);
        squares += own * own;
    }
    QVERIFY(std::abs(scores / rows) < 4.0 * std::sqrt(2.0 / rows));
    QVERIFY(std::abs(squares / rows - 1.0) < 4.0 * std::sqrt(2.1 / rows));  // q.k has deviation 1
}

void ContentTest::exponentialsAreRight()
{
    for (double x = -707.9; x <= 0.0; x += 0.0371) {
        double values[] = {x, -0.0, x / 700.0, x, x * 1e-9};
        const double sum = content_kernels::toWeights(values, std::size(values), 0.0);
        const double expected[] = {std::exp(x), 1.0, std::exp(x / 700.0), std::exp(x), std::exp(x * 1e-9)};
        for (std::size_t k = 0; k < std::size(values); ++k)
            QVERIFY(std::abs(values[k] - expected[k]) <= 1e-15 * expected[k]);
        QVERIFY(std::abs(sum - std::accumulate(expected, expected + 5, 0.0)) <= 1e-15 * sum);
    }
    double vanishing[] = {-709.0, -1e6, -std::numeric_limits<double>::infinity()};
    QCOMPARE(content_kernels::toWeights(vanishing, 3, 0.0), 0.0);
}

void ContentTest::scoresAreDotProductsWhetherKeysAreKeptOrNot()
{
    const auto vectors = randomVectors({130, 4});
    for (const std::int64_t n : {1000, 40000}) {
        const ContentScores scores(vectors, n);
        QCOMPARE(scores.costly(), n == 40000);
        for (const std::int64_t i : {std::int64_t{0}, std::int64_t{7}, n - 1}) {
            const auto row = scores.row(i, i + 1);
            QCOMPARE(static_cast<std::int64_t>(row->size()), i + 1);
            const Vector q = query(*vectors, i);
            for (const std::int64_t j : {std::int64_t{0}, i / 2, i}) {
                const Vector k = key(*vectors, j);
                const double expected = std::inner_product(q.begin(), q.end(), k.begin(), 0.0);
                QVERIFY(std::abs((*row)[static_cast<std::size_t>(j)] - expected) < 1e-14);
                QVERIFY(std::abs(scores.at(i, j) - expected) < 1e-14);
            }
            QCOMPARE(scores.row(i, i + 1), row);
        }
    }
}

void ContentTest::picturesAreExactAverages_data()
{
    QTest::addColumn<int>("mask");
    QTest::addColumn<int>("scaling");
    for (int mask : {0, 1})
        for (int scaling : {0, 1, 2})
            QTest::addRow("%s, scaling %d", mask ? "both ways" : "causal", scaling) << mask << scaling;
}

void ContentTest::picturesAreExactAverages()
{
    QFETCH(int, mask);
    QFETCH(int, scaling);
    const Mask m = mask ? Mask::Bidirectional : Mask::Causal;
    const auto vectors = randomVectors({5, 1});
    std::mt19937 generator(3);
    for (const std::int64_t n : {1, 9, 60, 300, 600}) {  // one block of keys, two, and more than one tile of rows
        const OffsetValues bias = fallingBias(m, n);
        const BruteAttention brute(bias, m, *vectors, n, static_cast<Scaling>(scaling));
        const auto map = attentionMap(std::make_shared<AttentionField>(
            bias, m, std::make_shared<ContentScores>(vectors, n), static_cast<Scaling>(scaling)));
        const auto length = static_cast<double>(n);
        compareWithBrute(brute, *map, {0.0, length, 0.0, length}, 17, 13, false);
        std::uniform_real_distribution<double> place(-0.2 * length, 0.9 * length), size(2.0, length);
        for (int view = 0; view < 4; ++view) {
            const double j = place(generator), i = place(generator), side = size(generator);
            compareWithBrute(brute, *map, {j, j + side, i, i + side}, 17, 13, false);
        }
    }
}

void ContentTest::overManyCellsOneRowForEachPixelIsExact()
{
    QFETCH(int, mask);
    const Mask m = mask ? Mask::Bidirectional : Mask::Causal;
    const auto vectors = randomVectors({1, 1});
    const std::int64_t n = 16400;
    const OffsetValues bias = fallingBias(m, n);
    const auto field =
        std::make_shared<AttentionField>(bias, m, std::make_shared<ContentScores>(vectors, n), Scaling::Unscaled);
    const auto map = attentionMap(field);
    // The first and the last row of pixels reach beyond the sequence.
    constexpr int width = 3, height = 5;
    const PixelGrid grid = map->pixels({0.0, 16400.0, -3280.0, 19680.0}, width, height);
    QVERIFY(grid.sampled);
    for (int y = 0; y < height; ++y) {
        const auto [first, last] = covered(-3280.0, 19680.0, height, y);
        const std::int64_t i = std::clamp<std::int64_t>(first + (last - first) / 2, 0, n - 1);
        const Vector row = field->row(i);
        for (int x = 0; x < width; ++x) {
            const auto [j0, j1] = covered(0.0, 16400.0, width, x);
            const std::int64_t end = m == Mask::Causal ? std::min(j1, i + 1) : j1;
            const double sum = j0 < end ? std::accumulate(row.begin() + j0, row.begin() + end, 0.0) : 0.0;
            const double expected = j0 < end ? sum / static_cast<double>(end - j0) : 0.0;
            QVERIFY(std::abs(grid.value[static_cast<std::size_t>(y * width + x)] - expected) <= 1e-12 * expected);
        }
    }
    QVERIFY(!map->pixels({0.0, 16400.0, 100.0, 200.0}, width, height).sampled);
}

void ContentTest::biasesFarApartKeepPicturesFinite()
{
    const std::int64_t n = 700;
    OffsetValues bias(visibleOffsets(Mask::Causal, n));
    for (std::int64_t d = 0; d < n; ++d)
        bias[d] = 3.0 * static_cast<double>(d);  // every block of keys lies e^768 below the one before
    const auto field = std::make_shared<AttentionField>(
        bias, Mask::Causal, std::make_shared<ContentScores>(randomVectors({4, 1}), n), Scaling::Unscaled);
    const PixelGrid grid = attentionMap(field)->pixels({0.0, 700.0, 0.0, 700.0}, 700, 700);
    for (std::size_t i = 0; i < 700; ++i) {
        double sum = 0.0;
        for (std::size_t j = 0; j < 700; ++j)
            sum += grid.value[i * 700 + j];
        QVERIFY(std::abs(sum - 1.0) < 1e-12);
    }
    for (std::int64_t d = 0; d < n; ++d)
        bias[d] = -3.0 * static_cast<double>(d);  // and now above
    const auto falling = std::make_shared<AttentionField>(
        bias, Mask::Causal, std::make_shared<ContentScores>(randomVectors({4, 1}), n), Scaling::Unscaled);
    const PixelGrid last = attentionMap(falling)->pixels({0.0, 700.0, 699.0, 700.0}, 7, 1);
    QCOMPARE(last.value[0], 0.0);
    QVERIFY(std::abs(last.value[6] * 100.0 - 1.0) < 1e-12);
}

void ContentTest::aPictureTellsHowFarItIsAndStops()
{
    const std::int64_t n = 3000;
    const auto map = attentionMap(std::make_shared<AttentionField>(
        OffsetValues(visibleOffsets(Mask::Bidirectional, n)), Mask::Bidirectional,
        std::make_shared<ContentScores>(randomVectors({512, 1}), n), Scaling::Unscaled));
    std::stop_source stop;
    std::vector<double> told;
    Progress progress{stop.get_token(), [&](double fraction) { told.push_back(fraction); }};
    map->pixels({0.0, 3000.0, 1000.0, 1600.0}, 10, 10, progress);
    QVERIFY(told.size() > 8);
    QVERIFY(std::ranges::is_sorted(told));
    QVERIFY(told.front() == 0.0 && told.back() > 0.8 && told.back() < 1.0);

    told.clear();
    progress.report = [&](double fraction) {
        told.push_back(fraction);
        if (told.size() == 3)
            stop.request_stop();
    };
    QVERIFY_EXCEPTION_THROWN(map->pixels({0.0, 3000.0, 1000.0, 1601.0}, 10, 10, progress), Cancelled);
    QCOMPARE(told.size(), std::size_t{3});
}

void ContentTest::aCellAfterAPictureIsThatOfItsRow()
{
    const std::int64_t n = 500;
    const OffsetValues bias = fallingBias(Mask::Causal, n);
    const auto scores = std::make_shared<ContentScores>(randomVectors({32, 1}), n);
    const auto seen = std::make_shared<AttentionField>(bias, Mask::Causal, scores, Scaling::Unscaled);
    const auto fresh = std::make_shared<AttentionField>(bias, Mask::Causal, scores, Scaling::Unscaled);
    const PixelGrid grid = attentionMap(seen)->pixels({0.0, 500.0, 400.0, 500.0}, 500, 100);
    for (const std::int64_t i : {400, 450, 499}) {
        QVERIFY(std::abs(seen->logNormaliser(i) - fresh->logNormaliser(i)) < 1e-13);
        const double cell = grid.value[static_cast<std::size_t>((i - 400) * 500 + 123)];
        QVERIFY(std::abs(seen->at(i, 123) / cell - 1.0) < 1e-13);
        QVERIFY(std::abs(fresh->row(i)[123] / cell - 1.0) < 1e-13);
    }
}

void ContentTest::theSamePictureAskedForAgainIsTheSame()
{
    const std::int64_t n = 200;
    const auto map = attentionMap(
        std::make_shared<AttentionField>(fallingBias(Mask::Causal, n), Mask::Causal,
                                         std::make_shared<ContentScores>(randomVectors({8, 1}), n), Scaling::Unscaled));
    const CellRect all{0.0, 200.0, 0.0, 200.0}, part{0.0, 100.0, 50.0, 150.0};
    const PixelGrid first = map->pixels(all, 50, 40), zoomed = map->pixels(part, 50, 40);
    QVERIFY(zoomed.value != first.value);
    QCOMPARE(map->pixels(part, 50, 40).value, zoomed.value);
    QCOMPARE(map->pixels(all, 50, 40).value, first.value);
    QCOMPARE(map->pixels(all, 40, 40).width, 40);
}

QTEST_GUILESS_MAIN(ContentTest)
#include "content.moc"
