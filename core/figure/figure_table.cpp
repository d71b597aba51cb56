// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of a figure as tables, a row at a time.
#include "core/base/error.h"
#include "core/base/npy_header.h"
#include "core/experiment/value_text.h"
#include "core/figure/figure_data.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>

namespace posbias {
namespace {

static_assert(std::endian::native == std::endian::little, ".npy files are written in the machine's byte order, '<'");

constexpr std::int64_t mostTableRows = std::int64_t{1} << 24, mostNpyValues = std::int64_t{1} << 28;
constexpr std::size_t sinkBytes = std::size_t{1} << 16;

std::vector<const Panel*> panelsInReadingOrder(const Figure& figure)
{
    std::vector<const Panel*> panels;
    for (const FigureRow& row : figure.rows)
        for (const Panel& panel : row.panels)
            panels.push_back(&panel);
    return panels;
}

/// Titles of maps leave out the letter that their colour stands for.
std::string mapSeries(const MapPanel& map)
{
    const auto scheme = schemeOf(map.role);
    return scheme ? schemeLetter(*scheme) + " " + map.title : map.title;
}

std::string seriesName(const Series& series)
{
    return series.label.empty() ? series.name : series.label;
}

/// All keys of one query.
PixelGrid cellsOf(const MapSource& map, std::int64_t query, const Progress& progress)
{
    const auto n = static_cast<double>(map.length()), i = static_cast<double>(query);
    return map.pixels({0.0, n, i, i + 1.0}, static_cast<int>(map.length()), 1, {progress.stop, {}});
}

// ---- CSV ---------------------------------------------------------------------------------------------------------

std::int64_t visibleCells(const MapSource& map)
{
    const std::int64_t n = map.length();
    return map.mask() == Mask::Causal ? n * (n + 1) / 2 : n * n;
}

struct RowCount {
    std::int64_t operator()(const MapPanel& panel) const { return visibleCells(*panel.source); }
    std::int64_t operator()(const RibbonPanel& panel) const
    {
        return sum(panel.ribbons, [](const Ribbon& ribbon) { return std::ssize(ribbon.segments); });
    }
    std::int64_t operator()(const CurvePanel& panel) const
    {
        return sum(panel.curves, [](const Curve& curve) { return curve.source->range().size(); });
    }
    std::int64_t operator()(const ChartPanel& panel) const
    {
        return sum(panel.series, [](const Series& series) { return std::ssize(series.x); });
    }
    std::int64_t operator()(const BarPanel& panel) const
    {
        return sum(panel.bars, [](const Bar& bar) { return bar.parts.empty() ? 0 : std::ssize(bar.parts) + 1; });
    }

    template <class Items, class Count>
    static std::int64_t sum(const Items& items, const Count& count)
    {
        std::int64_t all = 0;
        for (const auto& item : items)
            all += count(item);
        return all;
    }
};

/// RFC 4180.
std::string csvCell(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
}

class CsvTable {
public:
    CsvTable(const TextSink& sink, std::int64_t rows, const Progress& progress)
        : m_sink(sink), m_rows(rows), m_progress(progress), m_text("panel,series,x,y,value,low,high\n")
    {
    }

    void startPanel(std::size_t panel) { m_panel = panelLetter(panel); }
    void startSeries(const std::string& name) { m_start = m_panel + ',' + csvCell(name) + ','; }

    void row(std::optional<double> x, std::optional<double> y, std::optional<double> value,
             std::optional<double> low = {}, std::optional<double> high = {})
    {
        m_text += m_start;
        append(x, plainNumber, ',');
        append(y, plainNumber, ',');
        append(value, numberText, ',');
        append(low, numberText, ',');
        append(high, numberText, '\n');
        ++m_done;
        if (m_text.size() > sinkBytes)
            flush();
    }
    void flush()
    {
        m_sink(m_text);
        m_text.clear();
        m_progress.at(m_rows == 0 ? 1.0 : static_cast<double>(m_done) / static_cast<double>(m_rows));
    }
    const Progress& progress() const { return m_progress; }

private:
    void append(std::optional<double> number, std::string (*text)(double), char after)
    {
        if (number && std::isfinite(*number))
            m_text += text(*number);
        m_text += after;
    }

    const TextSink& m_sink;
    std::int64_t m_rows, m_done = 0;
    const Progress& m_progress;
    std::string m_text, m_panel, m_start;
};

struct PanelRowWriter {
    CsvTable& table;

    void operator()(const MapPanel& panel) const
    {
        table.startSeries(mapSeries(panel));
        for (std::int64_t i = 0; i < panel.source->length(); ++i) {
            const PixelGrid cells = cellsOf(*panel.source, i, table.progress());
            for (std::size_t j = 0; j < cells.value.size(); ++j)
                if (cells.coverage[j] > 0.0f)
                    table.row(static_cast<double>(j), static_cast<double>(i), cells.value[j]);
        }
    }
    void operator()(const RibbonPanel& panel) const
    {
        for (const Ribbon& ribbon : panel.ribbons) {
            table.startSeries(ribbon.letter);
            for (const RibbonSegment& segment : ribbon.segments)
                table.row(static_cast<double>(segment.first), static_cast<double>(segment.last),
                          segment.parameter == noParameter ? std::optional<double>()
                                                           : static_cast<double>(segment.parameter));
        }
    }
    void operator()(const CurvePanel& panel) const
    {
        for (const Curve& curve : panel.curves) {
            table.startSeries(curve.label);
            const OffsetRange range = curve.source->range();
            const auto at = [](const auto& source, std::int64_t x) {
                return source ? std::optional<double>(source->at(x)) : std::nullopt;
            };
            for (std::int64_t x = range.first; x <= range.last; ++x)
                table.row(static_cast<double>(x), {}, at(curve.source, x), at(curve.low, x), at(curve.high, x));
        }
    }
    void operator()(const ChartPanel& panel) const
    {
        for (const Series& series : panel.series) {
            table.startSeries(seriesName(series));
            const auto at = [](const std::vector<double>& values, std::size_t k) {
                return k < values.size() ? std::optional<double>(values[k]) : std::nullopt;
            };
            for (std::size_t k = 0; k < series.x.size(); ++k)
                table.row(series.x[k], {}, at(series.y, k), at(series.low, k), at(series.high, k));
        }
    }
    void operator()(const BarPanel& panel) const
    {
        for (const Bar& bar : panel.bars) {
            if (bar.parts.empty())
                continue;
            for (const BarPart& part : bar.parts) {
                table.startSeries(bar.label + ": " + part.label);
                table.row({}, {}, part.value);
            }
            table.startSeries(bar.label + ": " + panel.totalLabel);
            table.row({}, {}, bar.total);
        }
    }
};

}  // namespace

void writeFigureCsv(const Figure& figure, const TextSink& sink, const Progress& progress)
{
    const std::vector<const Panel*> panels = panelsInReadingOrder(figure);
    std::int64_t rows = 0;
    for (const Panel* panel : panels)
        rows += std::visit(RowCount(), *panel);
    if (rows > mostTableRows)
        throw InputError("-o", "The table (-o) would have " + std::to_string(rows) + " rows; allowed are " +
                                   std::to_string(mostTableRows) + ": take a smaller length, or .npy for maps");
    CsvTable table(sink, rows, progress);
    for (std::size_t k = 0; k < panels.size(); ++k) {
        table.startPanel(k);
        std::visit(PanelRowWriter{table}, *panels[k]);
    }
    table.flush();
}

void writeFigureNpy(const Figure& figure, const TextSink& sink, const Progress& progress)
{
    std::vector<const MapPanel*> maps;
    for (const Panel* panel : panelsInReadingOrder(figure))
        if (const auto* map = std::get_if<MapPanel>(panel))
            maps.push_back(map);
    if (maps.empty())
        throw InputError("-o", "The figure has no maps, and .npy (-o) holds nothing else; take .csv");
    const std::int64_t n = figure.length, count = std::ssize(maps);
    if (n > mostNpyValues / n / count)
        throw InputError("-o", "The array (-o) would have " + std::to_string(count * n * n) + " values; allowed are " +
                                   std::to_string(mostNpyValues) + ": take a smaller length or fewer maps");
    sink(count == 1 ? npyHeader({n, n}, "<f8") : npyHeader({count, n, n}, "<f8"));
    for (std::int64_t row = 0; row < count * n; ++row) {
        const MapPanel& panel = *maps[static_cast<std::size_t>(row / n)];
        const MapSource& map = *panel.source;
        const double masked = panel.masked.value_or(std::numeric_limits<double>::quiet_NaN());
        PixelGrid cells = cellsOf(map, row % n, progress);
        for (std::int64_t j = 0; j < n; ++j)
            if (const auto k = static_cast<std::size_t>(j); !(cells.coverage[k] > 0.0f))
                cells.value[k] = map.mask() == Mask::Causal && j > row % n ? masked : map.at(row % n, j);
        sink({reinterpret_cast<const char*>(cells.value.data()), cells.value.size() * sizeof(double)});
        progress.at(static_cast<double>(row + 1) / static_cast<double>(count * n));
    }
}

}  // namespace posbias
