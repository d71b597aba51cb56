// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/matrix_file.h"

#include "core/base/error.h"

#include <QTest>

#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>
#include <random>
#include <sstream>

using namespace posbias;
namespace fs = std::filesystem;

namespace {

std::string contentOf(const fs::path& file)
{
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

/// Values that no short decimal tells, with masked cells above the diagonal.
double cell(std::int64_t i, std::int64_t j)
{
    return j > i ? -std::numeric_limits<double>::infinity() : std::sin(static_cast<double>(1000 * i + j)) * 1e-3;
}

void writeRow(std::int64_t i, std::span<double> row)
{
    for (std::size_t j = 0; j < row.size(); ++j)
        row[j] = cell(i, static_cast<std::int64_t>(j));
}

/// What follows the header of an .npy file, and the header's dictionary without its padding.
struct Npy {
    std::string dictionary;
    std::string data;
};

Npy readNpy(const fs::path& file)
{
    const std::string bytes = contentOf(file);
    if (bytes.compare(0, 8, std::string("\x93NUMPY\x01\x00", 8)) != 0)
        return {};
    const std::size_t length = static_cast<unsigned char>(bytes[8]) + 256u * static_cast<unsigned char>(bytes[9]);
    if ((10 + length) % 64 != 0 || bytes[10 + length - 1] != '\n')
        return {};
    std::string dictionary = bytes.substr(10, length - 1);
    dictionary.erase(dictionary.find_last_not_of(' ') + 1);
    return {dictionary, bytes.substr(10 + length)};
}

template <typename Number>
std::vector<Number> numbersIn(const std::string& data)
{
    std::vector<Number> numbers(data.size() / sizeof(Number));
    std::memcpy(numbers.data(), data.data(), numbers.size() * sizeof(Number));
    return numbers;
}

}  // namespace

class MatrixFileTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        QVERIFY(m_temporary->isValid());
        m_folder = m_temporary->path().toStdString();
    }

    void npyHoldsEveryCellInRowOrder()
    {
        const std::int64_t rows = 500, columns = 700;  // several blocks, on every core
        MatrixFile(m_folder / "m.npy", rows, columns).writeRows(writeRow);
        const Npy npy = readNpy(m_folder / "m.npy");
        QCOMPARE(npy.dictionary, std::string("{'descr': '<f8', 'fortran_order': False, 'shape': (500, 700), }"));
        const std::vector<double> numbers = numbersIn<double>(npy.data);
        QCOMPARE(numbers.size(), std::size_t{500 * 700});
        for (std::int64_t i = 0; i < rows; ++i)
            for (std::int64_t j = 0; j < columns; ++j)
                QVERIFY(numbers[static_cast<std::size_t>(i * columns + j)] == cell(i, j));
    }

    void float32IsTheNearestFloat()
    {
        MatrixFile(m_folder / "m.npy", 9, 5, NpyType::Float32).writeRows(writeRow);
        const Npy npy = readNpy(m_folder / "m.npy");
        QCOMPARE(npy.dictionary, std::string("{'descr': '<f4', 'fortran_order': False, 'shape': (9, 5), }"));
        const std::vector<float> numbers = numbersIn<float>(npy.data);
        QCOMPARE(numbers.size(), std::size_t{45});
        for (std::int64_t i = 0; i < 9; ++i)
            for (std::int64_t j = 0; j < 5; ++j)
                QVERIFY(numbers[static_cast<std::size_t>(i * 5 + j)] == static_cast<float>(cell(i, j)));
    }

    void csvReadsBackToTheSameDoubles()
    {
        MatrixFile(m_folder / "m.csv", 40, 30).writeRows(writeRow);
        std::ifstream file(m_folder / "m.csv");
        std::int64_t i = 0;
        for (std::string line; std::getline(file, line); ++i) {
            std::istringstream cells(line);
            std::int64_t j = 0;
            for (std::string text; std::getline(cells, text, ','); ++j)
                QVERIFY(std::strtod(text.c_str(), nullptr) == cell(i, j));
            QCOMPARE(j, std::int64_t{30});
        }
        QCOMPARE(i, std::int64_t{40});
    }

    void csvIsShortAndWritesMaskedCellsAsMinusInf()
    {
        MatrixFile(m_folder / "m.CSV", 2, 2).writeRows([](std::int64_t i, std::span<double> row) {
            row[0] = i == 0 ? 0.1 : -2.0;
            row[1] = i == 0 ? -std::numeric_limits<double>::infinity() : 1e-300;
        });
        QCOMPARE(contentOf(m_folder / "m.CSV"), std::string("0.1,-inf\n-2,1e-300\n"));
    }

    void otherEndingsAreInputErrors()
    {
        for (const char* name : {"m.txt", "m", "m.npy.gz", ".npy"}) {
            try {
                MatrixFile(m_folder / name, 2, 2);
                QFAIL("no error");
            } catch (const InputError& error) {
                QCOMPARE(error.subject(), std::string("-o"));
                QVERIFY(QString(error.what()).contains(".npy or .csv"));
            }
        }
        QVERIFY(fs::is_empty(m_folder));
    }

    void matrixThatCannotFitIsRefusedBeforeAnythingIsWritten()
    {
        for (const char* name : {"m.npy", "m.csv"}) {
            try {
                MatrixFile(m_folder / name, 1 << 24, 1 << 24, NpyType::Float64, "Look at the stars instead.");
                QFAIL("no error");
            } catch (const FailureError& error) {
                const QString message = error.what();
                QVERIFY2(message.contains(name[2] == 'n' ? "it needs 2.3 PB" : "it needs more than 562.9 TB"),
                         error.what());
                QVERIFY2(message.contains("left"), error.what());
                QVERIFY2(message.endsWith("Nothing was changed. Look at the stars instead."), error.what());
            }
        }
        QVERIFY(fs::is_empty(m_folder));
    }

    void fullDiskIsAFailure()
    {
        fs::create_symlink("/dev/full", m_folder / "m.npy");
        try {
            MatrixFile(m_folder / "m.npy", 10, 10).writeRows(writeRow);
            QFAIL("no error");
        } catch (const FailureError& error) {
            QVERIFY2(QString(error.what()).contains("No space left on device"), error.what());
        }
    }

    void cancelledExportLeavesTheOldFile()
    {
        MatrixFile(m_folder / "m.csv", 1, 1).writeRows(writeRow);
        const std::string before = contentOf(m_folder / "m.csv");
        std::stop_source source;
        const auto stopHalfway = [&](std::int64_t i, std::span<double> row) {
            writeRow(i, row);
            if (i == 500)
                source.request_stop();
        };
        QVERIFY_EXCEPTION_THROWN(
            MatrixFile(m_folder / "m.csv", 1000, 1000).writeRows(stopHalfway, {source.get_token(), {}}), Cancelled);
        QCOMPARE(contentOf(m_folder / "m.csv"), before);
        QCOMPARE(std::distance(fs::directory_iterator(m_folder), {}), std::ptrdiff_t{1});
    }

    void cancelledToeplitzExportLeavesNothing()
    {
        std::stop_source source;
        const auto stopAtAThird = [&](double fraction) {
            if (fraction > 0.3)
                source.request_stop();
        };
        QVERIFY_EXCEPTION_THROWN(MatrixFile(m_folder / "m.npy", 1500, 1500)
                                     .writeToeplitz(OffsetValues({0, 1499}, 0.5), {source.get_token(), stopAtAThird}),
                                 Cancelled);
        QVERIFY(fs::is_empty(m_folder));
    }

    void progressRisesToOneByEitherWriter()
    {
        for (const bool toeplitz : {false, true}) {
            std::vector<double> fractions;
            const Progress progress{{}, [&](double fraction) { fractions.push_back(fraction); }};
            MatrixFile file(m_folder / "m.npy", 1000, 1000);
            if (toeplitz)
                file.writeToeplitz(OffsetValues({-999, 999}, 1.0), progress);
            else
                file.writeRows(writeRow, progress);
            QVERIFY(fractions.size() > 3);
            QVERIFY(std::ranges::is_sorted(fractions));
            QCOMPARE(fractions.back(), 1.0);
        }
    }

    void aToeplitzFileEqualsTheSameCellsWrittenRowByRow_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("float32");
        QTest::newRow("float64") << "npy" << false;
        QTest::newRow("float32") << "npy" << true;
        QTest::newRow("text") << "csv" << false;
    }

    void aToeplitzFileEqualsTheSameCellsWrittenRowByRow()
    {
        QFETCH(QString, name);
        QFETCH(bool, float32);
        const NpyType type = float32 ? NpyType::Float32 : NpyType::Float64;
        const fs::path expected = m_folder / ("rows." + name.toStdString());
        const fs::path actual = m_folder / ("toeplitz." + name.toStdString());
        std::mt19937_64 random(7);
        const auto upTo = [&random](std::int64_t most) { return static_cast<std::int64_t>(random() % (most + 1)); };
        for (int round = 0; round < 12; ++round) {
            // Small ones with every shape of border, a few of several blocks; any stretch of offsets has values.
            const std::int64_t largest = round < 10 ? 40 : 700;
            const std::int64_t rows = 1 + upTo(largest), columns = 1 + upTo(largest);
            const std::int64_t first = upTo(rows + columns) - columns;
            OffsetValues values({first, first + upTo(rows + columns)});
            for (double& value : values.values)
                value = std::ldexp(std::sin(static_cast<double>(random() % 100000)), static_cast<int>(upTo(60)) - 30);
            MatrixFile(expected, rows, columns, type).writeRows([&](std::int64_t i, std::span<double> row) {
                for (std::int64_t j = 0; j < columns; ++j)
                    row[j] = values.range().contains(i - j) ? values[i - j] : -std::numeric_limits<double>::infinity();
            });
            MatrixFile(actual, rows, columns, type).writeToeplitz(values);
            QVERIFY2(contentOf(actual) == contentOf(expected), qPrintable(QString("%1 x %2").arg(rows).arg(columns)));
        }
    }

    void oneCellAndNoRowsAreValid()
    {
        MatrixFile(m_folder / "one.npy", 1, 1).writeRows(writeRow);
        QCOMPARE(readNpy(m_folder / "one.npy").data.size(), sizeof(double));
        MatrixFile(m_folder / "none.npy", 0, 3).writeRows(writeRow);
        QCOMPARE(readNpy(m_folder / "none.npy").dictionary,
                 std::string("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 3), }"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path m_folder;
};

QTEST_GUILESS_MAIN(MatrixFileTest)
#include "matrix_file.moc"
