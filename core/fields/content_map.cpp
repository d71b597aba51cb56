// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/content_map.h"

#include "core/base/parallel.h"
#include "core/fields/content_kernels.h"
#include "core/fields/pixel_spans.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <optional>

namespace posbias {
namespace {

constexpr std::size_t rowsAtOnce = 512;    ///< keys that are not kept are made once for so many rows
constexpr std::size_t rowsOfWork = 32;     ///< what one core takes at a time
constexpr std::int64_t keysOfBlock = 256;  ///< whose scores stay near the core

/// One query's softmax while keys go by: exp(logit - max) summed over all keys and over each column of pixels (Milakov
/// & Gimelshein 2018).
struct StreamedRow {
    std::int64_t i = 0;
    std::size_t pixelRow = 0;
    double max = -std::numeric_limits<double>::infinity();
    double sum = 0.0;
};

/// Up to rowsAtOnce rows, all keys block by block.
class RowTile {
public:
    RowTile(const AttentionField& field, const std::vector<std::int64_t>& columnEdges, std::span<StreamedRow> rows)
        : m_field(field),
          m_scores(*field.content()),
          m_edges(columnEdges),
          m_rows(rows),
          m_dimension(static_cast<std::size_t>(m_scores.dimension())),
          m_queries(rows.size() * m_dimension),
          m_sums(rows.size() * columns())
    {
        for (std::size_t r = 0; r < rows.size(); ++r)
            m_scores.query(rows[r].i, std::span(m_queries).subspan(r * m_dimension, m_dimension));
    }

    /// A causal tile needs no keys past its last query.
    std::int64_t keyCount() const { return m_field.mask() == Mask::Causal ? m_rows.back().i + 1 : m_field.length(); }

    /// Goes on with keys first .. last - 1; first is a multiple of keysOfBlock.
    void addKeys(std::int64_t first, std::int64_t last, std::vector<double>& room)
    {
        const std::int64_t panelKeys = content_kernels::panelKeys, panels = (last - first + panelKeys - 1) / panelKeys;
        const double* keys = m_scores.keys(first / panelKeys, panels, room);
        inParallel((m_rows.size() + rowsOfWork - 1) / rowsOfWork, [&](std::size_t work) {
            std::vector<double> dots(rowsOfWork * keysOfBlock);
            for (std::int64_t j = first; j < last; j += keysOfBlock)
                addBlock(work * rowsOfWork, j, std::min(last, j + keysOfBlock),
                         keys + (j - first) * m_scores.dimension(), dots);
        });
    }

    /// Adds each row's weights by column of pixels to its row of pixels, shape of totals: (rows of pixels, columns).
    void finish(std::vector<double>& totals) const
    {
        for (std::size_t r = 0; r < m_rows.size(); ++r) {
            const StreamedRow& row = m_rows[r];
            m_field.rememberLogNormaliser(row.i, row.max + std::log(row.sum));
            double* total = &totals[row.pixelRow * columns()];
            for (std::size_t c = 0; c < columns(); ++c)
                total[c] += m_sums[r * columns() + c] / row.sum;
        }
    }

private:
    std::size_t columns() const { return m_edges.size() - 1; }

    void addBlock(std::size_t firstRow, std::int64_t j0, std::int64_t j1, const double* keys, std::vector<double>& dots)
    {
        std::size_t r0 = firstRow;
        const std::size_t r1 = std::min(m_rows.size(), firstRow + rowsOfWork);
        if (m_field.mask() == Mask::Causal)
            while (r0 < r1 && m_rows[r0].i < j0)
                ++r0;
        if (r0 == r1)
            return;
        const auto panels =
            static_cast<std::size_t>(j1 - j0 + content_kernels::panelKeys - 1) / content_kernels::panelKeys;
        content_kernels::dotProducts(keys, panels, &m_queries[r0 * m_dimension], r1 - r0, m_dimension, dots.data(),
                                     keysOfBlock);
        for (std::size_t r = r0; r < r1; ++r) {
            const std::int64_t end = m_field.mask() == Mask::Causal ? std::min(j1, m_rows[r].i + 1) : j1;
            addScores(r, j0, {&dots[(r - r0) * keysOfBlock], static_cast<std::size_t>(end - j0)});
        }
    }

    void addScores(std::size_t r, std::int64_t j0, std::span<double> scores)
    {
        StreamedRow& row = m_rows[r];
        double* const sums = &m_sums[r * columns()];
        const std::int64_t j1 = j0 + static_cast<std::int64_t>(scores.size());
        const auto found = std::ranges::upper_bound(m_edges, j0);
        std::size_t column = found == m_edges.begin() ? 0 : static_cast<std::size_t>(found - m_edges.begin()) - 1;

        if (const double largest = m_field.toLogits(row.i, j0, scores); largest > row.max) {
            const double factor = std::exp(row.max - largest);
            row.sum *= factor;
            for (std::size_t c = 0; c <= column && c < columns(); ++c)
                sums[c] *= factor;
            row.max = largest;
        }
        row.sum += content_kernels::toWeights(scores.data(), scores.size(), row.max);
        for (; column < columns() && m_edges[column] < j1; ++column) {
            const std::int64_t first = std::max(j0, m_edges[column]), last = std::min(j1, m_edges[column + 1]);
            sums[column] += content_kernels::sum(&scores[static_cast<std::size_t>(first - j0)],
                                                 static_cast<std::size_t>(last - first));
        }
    }

    const AttentionField& m_field;
    const ContentScores& m_scores;
    const std::vector<std::int64_t>& m_edges;  ///< of the columns of pixels, within the sequence
    std::span<StreamedRow> m_rows;             ///< ascending
    std::size_t m_dimension;
    std::vector<double> m_queries;  ///< shape (rows, dimension)
    std::vector<double> m_sums;     ///< exp(logit - max) by column of pixels, shape (rows, columns)
};

class ContentAttentionMap final : public MapSource {
public:
    explicit ContentAttentionMap(std::shared_ptr<const AttentionField> field) : m_field(std::move(field)) {}
    std::int64_t length() const override { return m_field->length(); }
    Mask mask() const override { return m_field->mask(); }
    double at(std::int64_t query, std::int64_t key) const override { return m_field->at(query, key); }

    PixelGrid pixels(const CellRect& rect, int width, int height, const Progress& progress) const override
    {
        const Asked asked{rect, width, height};
        if (std::optional<PixelGrid> last = lastPicture(asked))
            return *std::move(last);
        BlockGrid grid(rect, width, height);
        const std::int64_t covered =
            grid.rows.edgeWithin(grid.rows.count(), length()) - grid.rows.edgeWithin(0, length());
        const std::int64_t effort = covered * length() * std::max<std::int64_t>(m_field->content()->dimension(), 64);
        const bool sample = effort > mostEffort;
        std::vector<StreamedRow> rows = rowsOf(grid, sample);
        const std::vector<double> totals = totalsOf(grid, rows, progress);
        setAverages(grid, sample, totals);
        PixelGrid picture = grid.spread();
        picture.sampled = sample;
        remember(asked, picture);
        return picture;
    }

private:
    /// Rows times length times dimension (at least 64): about half a second with two cores.
    static constexpr std::int64_t mostEffort = std::int64_t{1} << 34;

    struct Asked {
        CellRect rect;
        int width = 0, height = 0;
        bool operator==(const Asked&) const = default;
    };

    /// Every row that the pixels cover, or the middle one of each row of pixels.
    std::vector<StreamedRow> rowsOf(const BlockGrid& grid, bool sample) const
    {
        std::vector<StreamedRow> rows;
        for (std::size_t y = 0; y < grid.rows.count(); ++y) {
            const std::int64_t i0 = grid.rows.edgeWithin(y, length()), i1 = grid.rows.edgeWithin(y + 1, length());
            const std::int64_t middle = std::clamp(grid.rows.middle(y), i0, std::max(i0, i1 - 1));
            for (std::int64_t i = sample ? middle : i0; i < (sample ? std::min(middle + 1, i1) : i1); ++i)
                rows.push_back({i, y});
        }
        return rows;
    }

    /// Sums of weights, shape (rows of pixels, columns of pixels).
    std::vector<double> totalsOf(const BlockGrid& grid, std::vector<StreamedRow>& rows, const Progress& progress) const
    {
        const std::vector<std::int64_t> edges = grid.columns.edgesWithin(length());
        std::vector<double> totals(grid.rows.count() * grid.columns.count());
        // 2 MB of keys at a time: they stay in the caches while all rows use them.
        const std::int64_t step =
            std::clamp<std::int64_t>((std::int64_t{1} << 18) / m_field->content()->dimension() / keysOfBlock, 1, 16) *
            keysOfBlock;
        std::vector<double> room;
        for (std::size_t done = 0; done < rows.size(); done += rowsAtOnce) {
            const std::size_t count = std::min(rowsAtOnce, rows.size() - done);
            RowTile tile(*m_field, edges, std::span(rows).subspan(done, count));
            const std::int64_t keys = tile.keyCount();
            for (std::int64_t j = 0; j < keys; j += step) {
                const double ofTile = static_cast<double>(j) / static_cast<double>(keys);
                progress.at((static_cast<double>(done) + ofTile * static_cast<double>(count)) /
                            static_cast<double>(rows.size()));
                tile.addKeys(j, std::min(keys, j + step), room);
            }
            tile.finish(totals);
        }
        return totals;
    }

    void setAverages(BlockGrid& grid, bool sample, const std::vector<double>& totals) const
    {
        for (std::size_t y = 0; y < grid.rows.count(); ++y) {
            const std::int64_t i0 = grid.rows.edgeWithin(y, length()), i1 = grid.rows.edgeWithin(y + 1, length());
            if (i0 == i1)
                continue;
            const std::int64_t middle = std::clamp(grid.rows.middle(y), i0, i1 - 1);
            for (std::size_t c = 0; c < grid.columns.count(); ++c) {
                const std::int64_t j0 = grid.columns.edgeWithin(c, length()),
                                   j1 = grid.columns.edgeWithin(c + 1, length());
                const std::int64_t visible = visibleCells(mask(), i0, i1, j0, j1);
                const std::int64_t summed = sample ? visibleCells(mask(), middle, middle + 1, j0, j1) : visible;
                if (summed > 0)
                    grid.set(y, c, totals[y * grid.columns.count() + c] / static_cast<double>(summed), visible);
            }
        }
    }

    std::optional<PixelGrid> lastPicture(const Asked& asked) const
    {
        const std::scoped_lock lock(m_remembering);
        return asked == m_asked ? std::optional(m_picture) : std::nullopt;
    }

    void remember(const Asked& asked, const PixelGrid& picture) const
    {
        constexpr std::size_t most = std::size_t{1} << 21;  // 25 MB
        if (picture.value.size() > most)
            return;
        const std::scoped_lock lock(m_remembering);
        m_asked = asked;
        m_picture = picture;
    }

    std::shared_ptr<const AttentionField> m_field;
    mutable std::mutex m_remembering;
    mutable Asked m_asked;  ///< the last picture: a ratio asks for what was just shown
    mutable PixelGrid m_picture;
};

}  // namespace

std::shared_ptr<const MapSource> contentAttentionMap(std::shared_ptr<const AttentionField> field)
{
    return std::make_shared<ContentAttentionMap>(std::move(field));
}

}  // namespace posbias
