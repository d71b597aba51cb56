// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/training_loss.h"

#include "core/learning/teacher.h"
#include "core/learning/training_loss_data.h"
#include "core/schemes/per_offset.h"

namespace posbias {

namespace {

/// Sums offset values by parameter.
void addByParameter(const Side& side, std::int64_t sign, const OffsetValues& values, std::vector<double>& out)
{
    for (const Run& run : side.runs)
        for (std::int64_t k = run.begin; k < run.end; ++k)
            out[run.parameter + run.step * (k - run.begin)] += values[sign * k];
}

}  // namespace

void TrainingLoss::Data::sumPrefixes(std::span<const double> parameters, Workspace& workspace) const
{
    const double reference = parameters[positive.runs.front().parameter];
    posbias::sumPrefixes(positive, parameters, reference, workspace.positive);
    if (mask == Mask::Bidirectional)
        posbias::sumPrefixes(negative, parameters, reference, workspace.negative);
}

double TrainingLoss::Data::meanLogNormaliser(const Workspace& workspace) const
{
    const auto& [terms, sums, blocks] = workspace.positive;
    const double origin = blocks.front().reference;
    long double total = 0.0L;  // so that the optimizer can tell small differences of a sum of millions
    if (mask == Mask::Bidirectional) {
        visitQueries(lengths, workspace.positive, workspace.negative, [&](double documents, const Normaliser& row) {
            total += documents * (row.reference - origin + std::log(row.z));
        });
        return static_cast<double>(total / queries);
    }
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        const std::int64_t end = b + 1 < blocks.size() ? blocks[b + 1].level : positive.levels;
        for (std::int64_t i = blocks[b].level; i < end; ++i)
            total += queriesAt[i] * (blocks[b].reference - origin + std::log(sums[i]));
    }
    return static_cast<double>(total / queries);
}

void TrainingLoss::Data::weigh(Workspace& workspace) const
{
    workspace.positiveWeights.resize(positive.levels);
    if (mask == Mask::Causal) {
        for (std::int64_t i = 0; i < positive.levels; ++i)
            workspace.positiveWeights[i] = queriesAt[i] / workspace.positive.sums[i];
        return;
    }
    workspace.positiveWeights.assign(positive.levels, 0.0);
    workspace.negativeWeights.assign(positive.levels, 0.0);
    double* atPositive = workspace.positiveWeights.data();
    double* atNegative = workspace.negativeWeights.data();
    visitQueries(lengths, workspace.positive, workspace.negative, [&](double documents, const Normaliser& row) {
        const double weight = documents / row.z;
        atPositive[row.i] += weight * row.positive;
        atNegative[row.j] += weight * row.negative;
    });
}

void TrainingLoss::Data::gradient(std::span<const double> parameters, std::span<double> gradient,
                                  Workspace& workspace) const
{
    sumPrefixes(parameters, workspace);
    weigh(workspace);
    std::fill(gradient.begin(), gradient.end(), 0.0);
    visitSuffixSums(
        positive, workspace.positive, workspace.positiveWeights,
        [&](std::int64_t u, std::int64_t p, double total) { gradient[p] += workspace.positive.terms[u] * total; });
    if (mask == Mask::Bidirectional)
        visitSuffixSums(
            negative, workspace.negative, workspace.negativeWeights,
            [&](std::int64_t u, std::int64_t p, double total) { gradient[p] += workspace.negative.terms[u] * total; });
    for (std::int64_t p = 0; p < parameterCount; ++p)
        gradient[p] = (gradient[p] - reads[p]) / queries;
}

double TrainingLoss::Data::value(std::span<const double> parameters, const Workspace& workspace) const
{
    // Relative to b_0, which the loss does not see: a common level would cost digits.
    const double origin = workspace.positive.blocks.front().reference;
    long double fit = 0.0L;
    for (std::int64_t p = 0; p < parameterCount; ++p)
        if (reads[p] > 0.0)
            fit += reads[p] * (parameters[p] - origin);
    return meanLogNormaliser(workspace) - static_cast<double>(fit / queries);
}

TrainingLoss::TrainingLoss(const Corpus& corpus, const ParameterTable& table) : m_data(std::make_unique<Data>())
{
    const std::int64_t longest = corpus.lengths.back().length;
    m_data->mask = corpus.mask;
    m_data->parameterCount = table.parameterCount();
    m_data->lengths = corpus.lengths;
    m_data->queriesAt = queriesByPosition(corpus.lengths);
    m_data->queries = corpus.queries;
    m_data->reads.assign(table.parameterCount(), 0.0);
    m_data->exposure.assign(table.parameterCount(), 0.0);
    m_data->positive = positiveSide(table, longest);
    if (corpus.mask == Mask::Bidirectional)
        m_data->negative = negativeSide(table, longest);
    for (const auto& [values, sums] :
         {std::pair(&corpus.reads, &m_data->reads), std::pair(&corpus.pairs, &m_data->exposure)}) {
        addByParameter(m_data->positive, 1, *values, *sums);
        addByParameter(m_data->negative, -1, *values, *sums);
    }
}

TrainingLoss::~TrainingLoss() = default;
TrainingLoss::TrainingLoss(TrainingLoss&&) noexcept = default;
TrainingLoss& TrainingLoss::operator=(TrainingLoss&&) noexcept = default;

std::int64_t TrainingLoss::parameterCount() const
{
    return m_data->parameterCount;
}

const std::vector<double>& TrainingLoss::exposure() const
{
    return m_data->exposure;
}

double TrainingLoss::offsetsPerGradient() const
{
    if (m_data->mask == Mask::Causal)
        return static_cast<double>(m_data->positive.levels);
    double offsets = 0.0;
    for (const LengthCount& count : m_data->lengths)
        offsets += 2.0 * static_cast<double>(count.length);
    return offsets;
}

double TrainingLoss::value(std::span<const double> parameters) const
{
    Workspace workspace;
    return value(parameters, workspace);
}

double TrainingLoss::value(std::span<const double> parameters, Workspace& workspace) const
{
    m_data->sumPrefixes(parameters, workspace);
    return m_data->value(parameters, workspace);
}

void TrainingLoss::gradient(std::span<const double> parameters, std::span<double> gradient) const
{
    Workspace workspace;
    m_data->gradient(parameters, gradient, workspace);
}

void TrainingLoss::gradient(std::span<const double> parameters, std::span<double> gradient, Workspace& workspace) const
{
    m_data->gradient(parameters, gradient, workspace);
}

double TrainingLoss::valueAndGradient(std::span<const double> parameters, std::span<double> gradient) const
{
    Workspace workspace;
    return valueAndGradient(parameters, gradient, workspace);
}

double TrainingLoss::valueAndGradient(std::span<const double> parameters, std::span<double> gradient,
                                      Workspace& workspace) const
{
    m_data->gradient(parameters, gradient, workspace);
    return m_data->value(parameters, workspace);
}

double teacherLoss(const Teacher& teacher, const Corpus& corpus)
{
    const OffsetValues g = preferences(teacher, corpus.reads.range());
    return TrainingLoss(corpus, parameterTable(PerOffset{}, corpus.mask, corpus.trainingLength)).value(g.values);
}

}  // namespace posbias
