// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/attention.h"

#include <nlohmann/json.hpp>

#include <QTest>

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

class GivenVectors final : public ContentVectors {
public:
    GivenVectors(nlohmann::json q, nlohmann::json k) : m_q(std::move(q)), m_k(std::move(k)) {}
    std::int64_t dimension() const override { return static_cast<std::int64_t>(m_q[0].size()); }
    void query(std::int64_t i, std::span<double> to) const override { copy(m_q, i, to); }
    void key(std::int64_t j, std::span<double> to) const override { copy(m_k, j, to); }

private:
    /// Past the given ones there are others, as there are for random content.
    static void copy(const nlohmann::json& rows, std::int64_t row, std::span<double> to)
    {
        for (std::size_t c = 0; c < to.size(); ++c)
            to[c] = row < static_cast<std::int64_t>(rows.size()) ? rows[static_cast<std::size_t>(row)][c].get<double>()
                                                                 : 1e3;
    }

    nlohmann::json m_q, m_k;
};

Scaling scalingOf(const std::string& id)
{
    return id == "unscaled"           ? Scaling::Unscaled
           : id == "scaled_then_bias" ? Scaling::ScaledThenBias
                                      : Scaling::BookBiasInside;
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
    const auto scores = std::make_shared<const ContentScores>(randomVectors(random), n);
    const OffsetValues bias = randomBias(m, n, 3.0, 7);
    const auto made = content ? std::make_unique<AttentionField>(bias, m, scores, Scaling::ScaledThenBias)
                              : std::make_unique<AttentionField>(bias, m, n);
    const AttentionField& field = *made;
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
        const auto vectors = std::make_shared<GivenVectors>(c["q"], c["k"]);
        QCOMPARE(vectors->dimension(), c["d"].get<std::int64_t>());
        const AttentionField field(bias, mask, std::make_shared<ContentScores>(vectors, n), scalingOf(c["scaling"]));
        for (std::int64_t i = 0; i < n; ++i)
            for (std::int64_t j = 0; j < n; ++j)
                QVERIFY2(std::abs(field.at(i, j) - c["attention"][i][j].get<double>()) < 1e-14,
                         c["name"].get<std::string>().c_str());
        ++checked;
    }
    QCOMPARE(checked, 20);
}

void AttentionTest::oneTokenReadsItself()
{
    const AttentionField field(OffsetValues({0, 0}, -4.0), Mask::Bidirectional, 1);
    QCOMPARE(field.at(0, 0), 1.0);
}

QTEST_GUILESS_MAIN(AttentionTest)
#include "attention.moc"
