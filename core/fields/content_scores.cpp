// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/content_scores.h"

#include "core/base/parallel.h"
#include "core/fields/content_kernels.h"

#include <algorithm>
#include <numeric>

namespace posbias {
namespace {

constexpr std::int64_t panelKeys = content_kernels::panelKeys;
constexpr std::size_t rowsRemembered = 3;

std::int64_t panelsFor(std::int64_t keys)
{
    return (keys + panelKeys - 1) / panelKeys;
}

}  // namespace

ContentScores::ContentScores(std::shared_ptr<const ContentVectors> vectors, std::int64_t length)
    : m_vectors(std::move(vectors)), m_length(length), m_dimension(m_vectors->dimension())
{
}

double ContentScores::at(std::int64_t i, std::int64_t j) const
{
    std::vector<double> q(static_cast<std::size_t>(m_dimension)), k(q.size());
    m_vectors->query(i, q);
    m_vectors->key(j, k);
    return std::inner_product(q.begin(), q.end(), k.begin(), 0.0);
}

std::shared_ptr<const std::vector<double>> ContentScores::row(std::int64_t i, std::int64_t count) const
{
    {
        const std::scoped_lock lock(m_remembering);
        for (const Row& row : m_rows)
            if (row.i == i && static_cast<std::int64_t>(row.dots->size()) == count)
                return row.dots;
    }
    auto dots = std::make_shared<std::vector<double>>(static_cast<std::size_t>(count));
    computeRow(i, *dots);
    const std::scoped_lock lock(m_remembering);
    m_rows.push_front({i, dots});
    if (m_rows.size() > rowsRemembered)
        m_rows.pop_back();
    return dots;
}

void ContentScores::computeRow(std::int64_t i, std::vector<double>& dots) const
{
    std::vector<double> q(static_cast<std::size_t>(m_dimension));
    m_vectors->query(i, q);
    const auto count = static_cast<std::int64_t>(dots.size());
    constexpr std::int64_t keysAtOnce = 256, keysOfWork = 16384;
    inParallel(static_cast<std::size_t>((count + keysOfWork - 1) / keysOfWork), [&](std::size_t work) {
        std::vector<double> room, scores(keysAtOnce);
        const std::int64_t end = std::min(count, (static_cast<std::int64_t>(work) + 1) * keysOfWork);
        for (std::int64_t j = static_cast<std::int64_t>(work) * keysOfWork; j < end; j += keysAtOnce) {
            const std::int64_t keyCount = std::min(keysAtOnce, end - j), panels = panelsFor(keyCount);
            content_kernels::dotProducts(keys(j / panelKeys, panels, room), static_cast<std::size_t>(panels), q.data(),
                                         1, q.size(), scores.data(), scores.size());
            std::copy_n(scores.begin(), keyCount, dots.begin() + j);
        }
    });
}

const double* ContentScores::keys(std::int64_t firstPanel, std::int64_t panels, std::vector<double>& room) const
{
    const std::int64_t panelSize = panelKeys * m_dimension;
    if (!keepsKeys()) {
        room.resize(static_cast<std::size_t>(panels * panelSize));
        pack(firstPanel, panels, room.data());
        return room.data();
    }
    std::call_once(m_keeping, [&] {
        const std::int64_t all = panelsFor(m_length);
        m_kept.resize(static_cast<std::size_t>(all * panelSize));
        pack(0, all, m_kept.data());
    });
    return m_kept.data() + firstPanel * panelSize;
}

void ContentScores::pack(std::int64_t firstPanel, std::int64_t panels, double* to) const
{
    constexpr std::int64_t panelsOfWork = 64;
    inParallel(static_cast<std::size_t>((panels + panelsOfWork - 1) / panelsOfWork), [&](std::size_t work) {
        std::vector<double> key(static_cast<std::size_t>(m_dimension));
        const std::int64_t begin = static_cast<std::int64_t>(work) * panelsOfWork;
        for (std::int64_t p = begin; p < std::min(panels, begin + panelsOfWork); ++p) {
            double* panel = to + p * panelKeys * m_dimension;
            for (std::int64_t lane = 0; lane < panelKeys; ++lane) {
                m_vectors->key((firstPanel + p) * panelKeys + lane, key);
                for (std::int64_t c = 0; c < m_dimension; ++c)
                    panel[c * panelKeys + lane] = key[static_cast<std::size_t>(c)];
            }
        }
    });
}

}  // namespace posbias
