// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/attention_rows.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace posbias;

namespace {

/// Biases within `spread` of a level that is not 0.
std::shared_ptr<const AttentionField> fieldOf(Mask mask, std::int64_t n, double spread)
{
    std::mt19937 generator(11);
    std::uniform_real_distribution<double> uniform(-spread, spread);
    OffsetValues bias(visibleOffsets(mask, n));
    for (double& value : bias.values)
        value = 30.0 + uniform(generator);
    return std::make_shared<const AttentionField>(std::move(bias), mask, n);
}

}  // namespace

class AttentionRowsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalTheFieldsOwnRows_data();
    void equalTheFieldsOwnRows();
};

void AttentionRowsTest::equalTheFieldsOwnRows_data()
{
    QTest::addColumn<bool>("causal");
    QTest::addColumn<int>("length");
    QTest::addColumn<double>("spread");
    for (const bool causal : {true, false}) {
        for (const int length : {1, 2, 65}) {
            // The widest spread has weights that no common reference keeps within a double.
            for (const double spread : {0.0, 3.0, 250.0, 350.0, 2000.0})
                QTest::addRow("%s, n = %d, spread %g", causal ? "causal" : "both ways", length, spread)
                    << causal << length << spread;
        }
    }
}

void AttentionRowsTest::equalTheFieldsOwnRows()
{
    QFETCH(bool, causal);
    QFETCH(int, length);
    QFETCH(double, spread);
    const auto field = fieldOf(causal ? Mask::Causal : Mask::Bidirectional, length, spread);
    const AttentionRows rows(field);
    std::vector<double> row(static_cast<std::size_t>(length), -1.0);
    for (std::int64_t i = length - 1; i >= 0; --i) {  // whatever is left of another row must go
        rows.write(i, row);
        const std::vector<double> expected = field->row(i);
        for (std::size_t j = 0; j < row.size(); ++j) {
            QVERIFY2(std::abs(row[j] - expected[j]) <= 1e-12 * expected[j],
                     qPrintable(QString("cell (%1, %2): %3 for %4").arg(i).arg(j).arg(row[j]).arg(expected[j])));
        }
    }
}

QTEST_GUILESS_MAIN(AttentionRowsTest)
#include "attention_rows.moc"
