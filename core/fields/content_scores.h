// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// q_i . k_j of one sequence, for all the fields that differ in biases only. Nothing of shape (n, dimension) is kept but
// the keys of sequences so small that it costs little.

#include "core/fields/content_vectors.h"

#include <deque>
#include <mutex>
#include <vector>

namespace posbias {

/// Thread-safe.
class ContentScores {
public:
    ContentScores(std::shared_ptr<const ContentVectors> vectors, std::int64_t length);

    std::int64_t length() const { return m_length; }
    std::int64_t dimension() const { return m_dimension; }
    /// A row takes more than about a millisecond; at 2^20 tokens and dimension 64 about 60 with two cores.
    bool costly() const { return !keepsKeys() || m_length > (std::int64_t{1} << 17); }

    double at(std::int64_t i, std::int64_t j) const;
    /// q_i . k_j for j = 0 .. count - 1. The last few are remembered, so that fields share them.
    std::shared_ptr<const std::vector<double>> row(std::int64_t i, std::int64_t count) const;

    void query(std::int64_t i, std::span<double> to) const { m_vectors->query(i, to); }
    /// Keys 8 firstPanel .. as content_kernels.h packs them, `panels` of them; in `room` if they are not kept. The last
    /// panel is filled up with keys of the longer sequence.
    const double* keys(std::int64_t firstPanel, std::int64_t panels, std::vector<double>& room) const;

private:
    struct Row {
        std::int64_t i = 0;
        std::shared_ptr<const std::vector<double>> dots;
    };
    /// Up to 2^22 numbers in all keys, 32 MB; more are made anew when needed, in 1.5 ns each.
    bool keepsKeys() const { return m_length * m_dimension <= std::int64_t{1} << 22; }
    void pack(std::int64_t firstPanel, std::int64_t panels, double* to) const;
    void computeRow(std::int64_t i, std::vector<double>& dots) const;

    std::shared_ptr<const ContentVectors> m_vectors;
    std::int64_t m_length, m_dimension;
    mutable std::once_flag m_keeping;
    mutable std::vector<double> m_kept;
    mutable std::mutex m_remembering;
    mutable std::deque<Row> m_rows;
};

}  // namespace posbias
