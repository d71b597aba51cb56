// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/minibatch.h"

#include "core/learning/random_streams.h"
#include "core/learning/training_loss_data.h"

#include <numeric>

namespace posbias {

BatchOrder::BatchOrder(std::int64_t documents, std::int64_t batch, std::int64_t seed)
    : m_batch(batch),
      m_seed(seed),
      m_stepsPerEpoch((documents + batch - 1) / batch),
      m_order(static_cast<std::size_t>(documents))
{
}

std::span<const std::int32_t> BatchOrder::documentsOf(std::int64_t step)
{
    const std::int64_t documents = std::ssize(m_order);
    if (const std::int64_t epoch = (step - 1) / m_stepsPerEpoch; epoch != m_epoch) {
        std::iota(m_order.begin(), m_order.end(), 0);
        std::mt19937_64 random = generator(m_seed, Stream::Order, epoch);
        for (std::int64_t left = documents; left > 1; --left)
            std::swap(m_order[left - 1], m_order[std::uniform_int_distribution<std::int64_t>(0, left - 1)(random)]);
        for (std::int64_t begin = 0; begin < documents; begin += m_batch)
            std::sort(m_order.begin() + begin, m_order.begin() + std::min(begin + m_batch, documents));
        m_epoch = epoch;
    }
    const std::int64_t begin = (step - 1) % m_stepsPerEpoch * m_batch;
    return {m_order.data() + begin, static_cast<std::size_t>(std::min(m_batch, documents - begin))};
}

BatchGradient::BatchGradient(const TrainingLoss& loss, const ParameterTable& table,
                             std::shared_ptr<const DocumentReads> documents, std::int64_t batch, std::int64_t seed)
    : m_documents(std::move(documents)),
      m_order(m_documents->documents(), batch, seed),
      m_data(std::make_unique<TrainingLoss::Data>(*loss.m_data))
{
    const OffsetRange offsets = visibleOffsets(m_data->mask, m_data->positive.levels);
    m_parameterOf = OffsetArray<std::int32_t>(offsets);
    for (const Segment& segment : table.segments(offsets))
        for (std::int64_t d = segment.first; d <= segment.last; ++d)
            m_parameterOf[d] = static_cast<std::int32_t>(segment.parameterAt(d));
}

BatchGradient::~BatchGradient() = default;
BatchGradient::BatchGradient(BatchGradient&&) noexcept = default;

void BatchGradient::gradient(std::int64_t step, std::span<const double> parameters, std::span<double> gradient)
{
    read(m_order.documentsOf(step));
    m_data->gradient(parameters, gradient, m_workspace);
}

void BatchGradient::read(std::span<const std::int32_t> documents)
{
    TrainingLoss::Data& data = *m_data;
    data.lengths.clear();
    data.queries = 0.0;
    std::fill(data.reads.begin(), data.reads.end(), 0.0);
    for (const std::int32_t m : documents) {
        const std::int64_t length = m_documents->length(m);
        if (data.lengths.empty() || data.lengths.back().length != length)
            data.lengths.push_back({length, 0.0});
        data.lengths.back().documents += 1.0;
        data.queries += static_cast<double>(length);
        for (const std::int32_t d : m_documents->of(m))
            data.reads[m_parameterOf[d]] += 1.0;
    }
    const std::vector<double> queriesAt = queriesByPosition(data.lengths);
    std::fill(std::copy(queriesAt.begin(), queriesAt.end(), data.queriesAt.begin()), data.queriesAt.end(), 0.0);
}

}  // namespace posbias
