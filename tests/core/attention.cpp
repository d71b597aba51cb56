// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/attention.h"

#include <nlohmann/json.hpp>

#include <QtTest>

#include <cmath>
#include <fstream>
#include <random>

using namespace posbias;

namespace {

OffsetValues randomBias(Mask mask, std::int64_t n, double spread, unsigned seed)
{
    std::mt19937 generator(seed);
    std::normal_distribution<double> normal(0.0, spread);
    OffsetValues bias(visibleOffsets(mask, n));
    for (double& value : bias.values)
        value = normal(generator);
    return bias;
}

std::shared_ptr<const std::vector<double>> flat(const nlohmann::json& rows)
{
    auto values = std::make_shared<std::vector<double>>();
    for (const auto& row : rows)
        for (double value : row)
            values->push_back(value);
    return values;
}

Scaling scalingOf(const std::string& id)
{
    return id == "unscaled" ? Scaling::Unscaled : id == "scaled_then_bias" ? Scaling::ScaledThenBias : Scaling::BookBiasInside;
}

}  // namespace

class AttentionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rowsSumToOneAndMaskedCellsAreZero_data();
    void rowsSumToOneAndMaskedCellsAreZero();
    void aConstantAddedToEveryBiasChangesNothing();
    void biasesFarApartStayFinite();
    void equalsTheReferenceMaps();
    void contentOfALongerSequenceBeginsWithTheShorterOnes();
    void contentHasTheStatedDeviation();
    void oneTokenReadsItself();
};

void AttentionTest::rowsSumToOneAndMaskedCellsAreZero_data()
{
    QTest::addColumn<int>("mask");
    QTest::addColumn<bool>("content");
    for (int mask : {0, 1})
        for (bool content : {false, true})
            QTest::addRow("%s%s", mask ? "both ways" : "causal", content ? " with content" : "") << mask << content;
}

void AttentionTest::rowsSumToOneAndMaskedCellsAreZero()
{
    QFETCH(int, mask);
    QFETCH(bool, content);
    const Mask m = mask ? Mask::Bidirectional : Mask::Causal;
    const std::int64_t n = 37;
    const RandomContent random{16, 3};
    const auto q = std::make_shared<const std::vector<double>>(randomContent(random, n, 0));
    const auto k = std::make_shared<const std::vector<double>>(randomContent(random, n, 1));
    const OffsetValues bias = randomBias(m, n, 3.0, 7);
    const AttentionField field = content ? AttentionField(bias, m, n, q, k, 16, Scaling::ScaledThenBias) : AttentionField(bias, m, n);
    for (std::int64_t i = 0; i < n; ++i) {
        const std::vector<double> row = field.row(i);
        double sum = 0.0;
        for (std::int64_t j = 0; j < n; ++j) {
            const double weight = row[static_cast<std::size_t>(j)];
            sum += weight;
            QVERIFY(std::abs(weight - field.at(i, j)) <= 1e-14);
            if (m == Mask::Causal && j > i)
                QCOMPARE(weight, 0.0);
        }
        QVERIFY(std::abs(sum - 1.0) < 1e-12);
    }
}

void AttentionTest::aConstantAddedToEveryBiasChangesNothing()
{
    const std::int64_t n = 50;
    const OffsetValues bias = randomBias(Mask::Causal, n, 2.0, 1);
    OffsetValues shifted = bias;
    for (double& value : shifted.values)
        value += 17.0;
    const AttentionField a(bias, Mask::Causal, n), b(shifted, Mask::Causal, n);
    for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t j = 0; j <= i; ++j)
            QVERIFY(std::abs(a.at(i, j) - b.at(i, j)) < 1e-13);
}

void AttentionTest::biasesFarApartStayFinite()
{
    OffsetValues bias(visibleOffsets(Mask::Causal, 4));
    bias.values = {-3000.0, 0.0, 3000.0, -1e6};
    const AttentionField field(bias, Mask::Causal, 4);
    QCOMPARE(field.at(0, 0), 1.0);  // a global maximum would leave 0 / 0 here
    QCOMPARE(field.at(2, 0), 1.0);
    QCOMPARE(field.at(3, 0), 0.0);
}

void AttentionTest::equalsTheReferenceMaps()
{
    std::ifstream file(POSBIAS_TEST_DATA "/attention_maps.json");
    const auto cases = nlohmann::json::parse(file)["cases"];
    int checked = 0;
    for (const auto& c : cases) {
        const Mask mask = c["causal"] ? Mask::Causal : Mask::Bidirectional;
        const std::int64_t n = c["n"];
        OffsetValues bias(visibleOffsets(mask, n));
        for (std::int64_t i = 0; i < n; ++i)
            for (std::int64_t j = 0; j < n; ++j)
                if (!c["bias"][i][j].is_null())
                    bias[i - j] = c["bias"][i][j];
        const AttentionField field(bias, mask, n, flat(c["q"]), flat(c["k"]), c["d"], scalingOf(c["scaling"]));
        for (std::int64_t i = 0; i < n; ++i)
            for (std::int64_t j = 0; j < n; ++j)
                QVERIFY2(std::abs(field.at(i, j) - c["attention"][i][j].get<double>()) < 1e-14,
                         c["name"].get<std::string>().c_str());
        ++checked;
    }
    QCOMPARE(checked, 20);
}

void AttentionTest::contentOfALongerSequenceBeginsWithTheShorterOnes()
{
    const RandomContent random{8, 5};
    const std::vector<double> shorter = randomContent(random, 10, 0), longer = randomContent(random, 20, 0);
    QVERIFY(std::equal(shorter.begin(), shorter.end(), longer.begin()));
    QVERIFY(randomContent(random, 10, 1) != shorter);
}

void AttentionTest::contentHasTheStatedDeviation()
{
    const std::vector<double> values = randomContent({16, 1}, 4000, 0);
    double squares = 0.0;
    for (double value : values)
        squares += value * value;
    QVERIFY(std::abs(squares / static_cast<double>(values.size()) - 0.25) < 0.01);  // variance 16^(-1/2)
}

void AttentionTest::oneTokenReadsItself()
{
    const AttentionField field(OffsetValues({0, 0}, -4.0), Mask::Bidirectional, 1);
    QCOMPARE(field.at(0, 0), 1.0);
}

QTEST_GUILESS_MAIN(AttentionTest)
#include "attention.moc"
