// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of figures as .csv and .npy, read back.
#include "core/figure/figure_data.h"

#include "experiment_samples.h"

#include <QTest>

#include <charconv>
#include <cmath>
#include <cstring>
#include <map>

using namespace posbias;
using samples::errorOf;

namespace {

using Row = std::vector<std::string>;

std::string csvOf(const Figure& figure)
{
    std::string text;
    writeFigureCsv(figure, [&](std::string_view part) { text += part; });
    return text;
}

std::string npyOf(const Figure& figure)
{
    std::string bytes;
    writeFigureNpy(figure, [&](std::string_view part) { bytes += part; });
    return bytes;
}

/// RFC 4180, without its line ends of two characters.
std::vector<Row> rowsOf(const std::string& csv)
{
    std::vector<Row> rows;
    Row row(1);
    bool quoted = false;
    for (std::size_t k = 0; k < csv.size(); ++k) {
        const char c = csv[k];
        if (quoted && c == '"' && k + 1 < csv.size() && csv[k + 1] == '"')
            row.back() += csv[++k];
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == ',')
            row.emplace_back();
        else if (!quoted && c == '\n') {
            rows.push_back(row);
            row.assign(1, {});
        } else
            row.back() += c;
    }
    return rows;
}

double numberOf(const std::string& text)
{
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : std::numeric_limits<double>::quiet_NaN();
}

std::vector<Row> rowsOfPanel(const std::vector<Row>& rows, const std::string& panel)
{
    std::vector<Row> found;
    for (const Row& row : rows)
        if (row[0] == panel)
            found.push_back(row);
    return found;
}

std::shared_ptr<const Result> result(Mask mask = Mask::Causal, std::int64_t length = 30)
{
    Experiment experiment;
    experiment.mask = mask;
    experiment.trainingLength = 16;
    experiment.length = length;
    experiment.schemes = {PerOffset{}, T5{T5Variant::HuggingFace, 8, 12}};
    experiment.view = defaultView(length);
    return evaluate(experiment);
}

double valueIn(const std::string& npy, std::size_t index)
{
    const auto byte = [&](std::size_t k) { return std::size_t{static_cast<unsigned char>(npy[k])}; };
    const std::size_t headerSize = 10 + byte(8) + 256 * byte(9);
    double value = 0.0;
    std::memcpy(&value, npy.data() + headerSize + index * sizeof value, sizeof value);
    return value;
}

const MapPanel& mapOf(const Figure& figure, std::size_t k)
{
    return std::get<MapPanel>(figure.rows[0].panels[k]);
}

}  // namespace

class FigureTableTest : public QObject {
    Q_OBJECT

private slots:
    void everyCellOfAMapIsARow_data()
    {
        QTest::addColumn<int>("mask");
        QTest::newRow("causal") << static_cast<int>(Mask::Causal);
        QTest::newRow("both ways") << static_cast<int>(Mask::Bidirectional);
    }
    void everyCellOfAMapIsARow()
    {
        QFETCH(int, mask);
        const auto computed = result(static_cast<Mask>(mask));
        const std::int64_t n = computed->experiment.length;
        for (const FigureKind kind : {FigureKind::Bias, FigureKind::Attention}) {
            const Figure figure = makeFigure(*computed, kind);
            const std::vector<Row> rows = rowsOf(csvOf(figure));
            QVERIFY(rows[0] == (Row{"panel", "series", "x", "y", "value", "low", "high"}));
            for (std::size_t k = 0; k < 3; ++k) {
                const std::vector<Row> cells = rowsOfPanel(rows, panelLetter(k));
                QCOMPARE(std::ssize(cells), static_cast<Mask>(mask) == Mask::Causal ? n * (n + 1) / 2 : n * n);
                for (const Row& row : cells) {
                    const auto key = static_cast<std::int64_t>(numberOf(row[2]));
                    const auto query = static_cast<std::int64_t>(numberOf(row[3]));
                    QCOMPARE(numberOf(row[4]), mapOf(figure, k).source->at(query, key));
                    QVERIFY(row[5].empty() && row[6].empty());
                }
            }
        }
    }

    void mapsAreNamedAsTheyAreShown()
    {
        const std::vector<Row> rows = rowsOf(csvOf(makeFigure(*result(), FigureKind::Bias)));
        QCOMPARE(rowsOfPanel(rows, "a")[0][1], std::string("A Per-offset"));
        QCOMPARE(rowsOfPanel(rows, "b")[0][1], std::string("B T5 buckets 8 / 12"));
        QCOMPARE(rowsOfPanel(rows, "c")[0][1], std::string("B \u2212 A"));
    }

    void curvesHaveAValueAtEveryOffsetAndTheirBands()
    {
        const auto computed = result();
        const Figure figure = makeFigure(*computed, FigureKind::Profile);
        const auto& panel = std::get<CurvePanel>(figure.rows[0].panels[0]);
        const std::vector<Row> rows = rowsOf(csvOf(figure));
        QCOMPARE(rows.size(), std::size_t{1 + 3 * 30});
        bool hasBand = false;
        for (std::size_t c = 0; c < panel.curves.size(); ++c)
            for (std::int64_t d = 0; d < 30; ++d) {
                const Row& row = rows[1 + c * 30 + static_cast<std::size_t>(d)];
                QCOMPARE(row[1], panel.curves[c].label);
                QCOMPARE(numberOf(row[2]), static_cast<double>(d));
                QVERIFY(row[3].empty());
                QCOMPARE(numberOf(row[4]), panel.curves[c].source->at(d));
                QCOMPARE(!row[5].empty(), panel.curves[c].low != nullptr);
                if (panel.curves[c].low) {
                    hasBand = true;
                    QCOMPARE(numberOf(row[5]), panel.curves[c].low->at(d));
                    QCOMPARE(numberOf(row[6]), panel.curves[c].high->at(d));
                }
            }
        QVERIFY(hasBand);
    }

    void ribbonsTellTheirSegments()
    {
        const std::vector<Row> rows = rowsOf(csvOf(makeFigure(*result(), FigureKind::Buckets)));
        QVERIFY(rows[1] == (Row{"a", "A", "0", "15", "0", "", ""}));
        QVERIFY(rows[2] == (Row{"a", "A", "16", "29", "", "", ""}));  // no parameter
        QVERIFY(rows[3] == (Row{"a", "B", "0", "0", "0", "", ""}));
        QVERIFY(rows.back()[3] == "29");
    }

    void chartsAndBarsTellWhatTheyShow()
    {
        Figure figure;
        ChartPanel chart;
        Series series;
        series.label = "A, \"held-out\"";
        series.x = {1.0, 100000.0};
        series.y = {0.5, std::numeric_limits<double>::quiet_NaN()};
        series.low = {0.25};
        series.high = {1e-7};
        Series meaning;
        meaning.label = "only in the legend";
        chart.series = {series, meaning};
        BarPanel bars{
            "Causes", "nats", "in all", {{"A", Role::A, {{"untrained", -0.25, true}}, 0.75}, {"B", Role::B, {}, 0.0}}};
        figure.rows = {{{chart}, 1.0}, {{bars}, 1.0}};
        QCOMPARE(csvOf(figure), std::string("panel,series,x,y,value,low,high\n"
                                            "a,\"A, \"\"held-out\"\"\",1,,0.5,0.25,1e-07\n"
                                            "a,\"A, \"\"held-out\"\"\",100000,,,,\n"
                                            "b,A: untrained,,,-0.25,,\n"
                                            "b,A: in all,,,0.75,,\n"));
        QCOMPARE(rowsOf(csvOf(figure))[1][1], series.label);
    }

    void tablesAreWrittenInParts()
    {
        const Figure figure = makeFigure(*result(Mask::Causal, 300), FigureKind::Bias);
        std::size_t largest = 0, parts = 0;
        std::vector<double> fractions;
        const auto sink = [&](std::string_view part) {
            largest = std::max(largest, part.size());
            ++parts;
        };
        writeFigureCsv(figure, sink, {{}, [&](double fraction) { fractions.push_back(fraction); }});
        QVERIFY(largest < 100'000 && parts > 10);
        QVERIFY(std::ranges::is_sorted(fractions));
        QCOMPARE(fractions.back(), 1.0);
        largest = 0;
        writeFigureNpy(figure, sink);
        QCOMPARE(largest, std::size_t{300 * 8});
    }

    void stoppedWorkEnds()
    {
        std::stop_source source;
        source.request_stop();
        const Figure figure = makeFigure(*result(), FigureKind::Bias);
        const auto sink = [](std::string_view) {};
        QVERIFY_EXCEPTION_THROWN(writeFigureCsv(figure, sink, {source.get_token(), {}}), Cancelled);
        QVERIFY_EXCEPTION_THROWN(writeFigureNpy(figure, sink, {source.get_token(), {}}), Cancelled);
    }

    void hugeTablesAreRefusedWithTheirSize()
    {
        Figure figure = makeFigure(*result(Mask::Causal, 6000), FigureKind::Bias);
        const std::string error = errorOf([&] { csvOf(figure); });
        QVERIFY2(error.starts_with("-o | The table (-o) would have 54009000 rows; allowed are 16777216"),
                 error.c_str());
        figure = makeFigure(*result(Mask::Causal, 9500), FigureKind::Bias);
        const std::string values = errorOf([&] { npyOf(figure); });
        QVERIFY2(values.starts_with("-o | The array (-o) would have 270750000 values; allowed are 268435456"),
                 values.c_str());
    }

    void arraysHoldTheMapsInReadingOrder()
    {
        const auto computed = result();
        const Figure figure = makeFigure(*computed, FigureKind::Compare);
        const std::string bytes = npyOf(figure);
        QVERIFY(bytes.starts_with(std::string("\x93NUMPY\x01\x00", 8)));
        QVERIFY(bytes.find("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 30, 30), }") == 10);
        QCOMPARE(bytes.size() % 64, std::size_t{3 * 30 * 30 * 8 % 64});
        for (std::size_t k = 0; k < 3; ++k)
            for (std::int64_t i = 0; i < 30; ++i)
                for (std::int64_t j = 0; j < 30; ++j) {
                    const auto index = (static_cast<std::int64_t>(k) * 30 + i) * 30 + j;
                    const double value = valueIn(bytes, static_cast<std::size_t>(index));
                    if (j > i)
                        QVERIFY(std::isnan(value));  // a bias that is masked has no value; 0 is one
                    else
                        QCOMPARE(value, mapOf(figure, k).source->at(i, j));
                }
    }

    void maskedCellsHaveWhatIsTrueOfThem()
    {
        const auto cell = [](const Figure& figure, std::size_t map, std::int64_t i, std::int64_t j) {
            return valueIn(npyOf(figure), (map * 30 + static_cast<std::size_t>(i)) * 30 + static_cast<std::size_t>(j));
        };
        const Figure attention = makeFigure(*result(), FigureKind::Attention);
        QCOMPARE(cell(attention, 0, 3, 4), 0.0);
        QVERIFY(cell(attention, 1, 4, 4) > 0.0);
        QVERIFY(std::isnan(cell(attention, 2, 3, 4)));  // the ratio of nothing to nothing
        Figure parameters = makeFigure(*result(), FigureKind::Bias);
        MapPanel& map = std::get<MapPanel>(parameters.rows[0].panels[0]);
        map.masked = static_cast<double>(noParameter);
        QCOMPARE(cell(parameters, 0, 3, 4), -1.0);
    }

    void oneMapIsAMatrix()
    {
        Figure figure = makeFigure(*result(), FigureKind::Bias);
        figure.rows[0].panels.resize(1);
        const std::string bytes = npyOf(figure);
        QVERIFY(bytes.find("'shape': (30, 30), }") != std::string::npos);
        QCOMPARE(valueIn(bytes, 29 * 30 + 2), mapOf(figure, 0).source->at(29, 2));
    }

    void withoutMapsThereIsNoArray()
    {
        const std::string error = errorOf([] { npyOf(makeFigure(*result(), FigureKind::Profile)); });
        QVERIFY2(error.starts_with("-o | ") && error.find(".csv") != std::string::npos, error.c_str());
    }
};

QTEST_APPLESS_MAIN(FigureTableTest)
#include "figure_table.moc"
