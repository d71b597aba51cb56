// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/sweep.h"

#include "core/base/parallel.h"
#include "core/base/rounding.h"
#include "core/evaluation/sweep_values.h"
#include "core/experiment/fields.h"
#include "core/learning/learn.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>

namespace posbias {
namespace {

constexpr std::int64_t highestSeed = std::int64_t{1} << 53;
constexpr auto betweenPartials = std::chrono::milliseconds(50);

void requireWithin(const char* subject, const std::vector<std::int64_t>& values, std::int64_t least, std::int64_t most)
{
    if (values.empty())
        throw InputError(subject, std::string("The sweep has no ") + subject + "; it needs at least one.");
    for (const std::int64_t value : values)
        if (value < least || value > most)
            throw InputError(subject, std::string("The sweep's ") + subject + " have " + std::to_string(value) +
                                          "; allowed are " + std::to_string(least) + " to " + std::to_string(most));
}

/// One scheme at one value, or without.
struct Setting {
    std::optional<std::int64_t> value;
    std::size_t scheme = 0;
};

/// One scheme, trained at one value on one corpus.
struct TrainingJob {
    Setting setting;
    std::int64_t seed = 0;
    std::vector<double> kl;              ///< shape (lengths); empty until done
    std::optional<std::string> failure;  ///< why it diverged
};

/// Training data that several trainings share.
struct SharedCorpus {
    explicit SharedCorpus(std::size_t trainings) : readers(trainings) {}
    std::mutex making;
    std::shared_ptr<const TrainingData> data;
    std::size_t readers;  ///< trainings that still need it; guarded by the owner's mutex
};

/// Trains the only scheme of an experiment, without its course.
Training trainOne(const Experiment& one, const TrainingData& data, const Progress& progress)
{
    auto trained = std::make_shared<TrainedScheme>();
    trained->scheme = one.schemes.front();
    trained->table = parameterTable(trained->scheme, one.mask, one.trainingLength);
    const auto loss = std::make_shared<const TrainingLoss>(*data.corpus, trained->table);
    trained->exposure = loss->exposure();
    trained->shift = levelShift(one, 0);
    trained->fit = learn(data, loss, trained->table, one.learning, KeepCourse::No, progress).fit;
    for (std::size_t p = 0; p < trained->exposure.size(); ++p)
        if (trained->exposure[p] > 0.0)
            trained->fit.values[p] += trained->shift;
    Training training;
    training.corpus = data.corpus;
    training.schemes = {std::move(trained)};
    return training;
}

class SweepRun {
public:
    SweepRun(const Experiment& experiment, const SweepPlan& plan, const std::function<void(const Sweep&)>& partial)
        : m_experiment(experiment), m_partial(partial)
    {
        m_start.plan = plan;
        sortOnce(m_start.plan.values);
        sortOnce(m_start.plan.lengths);
        sortOnce(m_start.plan.seeds);
        check();
        addJobs(allowedSettings());
    }

    Sweep run(const Progress& progress)
    {
        progress.at(0.0);
        try {
            inParallel(m_order.size(), [&](std::size_t k) {
                progress.check();
                train(m_jobs[m_order[k]], {progress.stop, {}});
                tell(progress);
            });
        } catch (const Cancelled&) {
            if (m_partial)
                m_partial(soFar());
            throw;
        }
        return soFar();
    }

private:
    SweepOver over() const { return m_start.plan.over; }

    void check() const
    {
        validate(m_experiment);
        requireWithin("lengths", m_start.plan.lengths, 1, maxLength);
        requireWithin("seeds", m_start.plan.seeds, 0, highestSeed);
        const std::string setting = sweepKey(over());
        if (over() == SweepOver::Documents && m_experiment.corpus.counts == Counts::Expected)
            throw InputError("sweep.over", "With expected counts the number of documents cancels; a sweep over "
                                           "documents needs sampled counts.");
        const auto has = [&](const Scheme& scheme) { return hasSetting(scheme, over()); };
        if (std::ranges::none_of(m_experiment.schemes, has))
            throw InputError("sweep.over", "No scheme of this experiment has " + setting +
                                               "; a sweep over documents works with every scheme.");
        if (m_start.plan.values.empty())
            throw InputError("sweep.over", "The sweep has no values of " + setting + "; it needs at least one.");
    }

    /// Schemes without the setting first.
    std::vector<Setting> allowedSettings()
    {
        std::vector<Setting> settings;
        for (std::size_t s = 0; s < m_experiment.schemes.size(); ++s)
            if (!hasSetting(m_experiment.schemes[s], over()))
                settings.push_back({{}, s});
        const std::size_t without = settings.size();
        for (const std::int64_t value : m_start.plan.values)
            for (std::size_t s = 0; s < m_experiment.schemes.size(); ++s) {
                if (!hasSetting(m_experiment.schemes[s], over()))
                    continue;
                try {
                    checkValue(m_experiment, s, over(), value);
                    settings.push_back({value, s});
                } catch (const InputError& error) {
                    m_start.skipped.push_back({value, s, {}, error.what()});
                }
            }
        if (settings.size() == without)
            throw InputError("sweep.over",
                             "No value of " + sweepKey(over()) + " is allowed: " + m_start.skipped.front().reason);
        return settings;
    }

    void addJobs(const std::vector<Setting>& settings)
    {
        const std::vector<std::int64_t>& seeds = m_start.plan.seeds;
        for (const Setting& setting : settings)
            for (const std::int64_t seed : seeds) {
                m_jobs.push_back({setting, seed, {}, {}});
                m_readers[corpusOf(m_jobs.back()).first] += seed == seeds.front() ? 1 : 0;
            }
        // All values with one corpus before the next: the whole curve comes first, and few corpora are held at a time.
        for (std::size_t k = 0; k < seeds.size(); ++k)
            for (std::size_t job = k; job < m_jobs.size(); job += seeds.size())
                m_order.push_back(job);
        m_start.trainings = m_jobs.size();
    }

    using CorpusKey = std::pair<std::int64_t, std::int64_t>;  ///< documents, seed
    CorpusKey corpusOf(const TrainingJob& job) const
    {
        return {over() == SweepOver::Documents ? *job.setting.value : m_experiment.corpus.documents, job.seed};
    }

    /// With the job's corpus and scheme, the only one; the shift of its place goes with it.
    Experiment experimentOf(const TrainingJob& job) const
    {
        const auto& [value, scheme] = job.setting;
        Experiment one = value ? withValue(m_experiment, scheme, over(), *value) : m_experiment;
        one.corpus.seed = job.seed;
        one.level = {levelShift(m_experiment, scheme), 0.0};
        one.schemes = {one.schemes[scheme]};
        return one;
    }

    std::shared_ptr<SharedCorpus> corpusFor(CorpusKey key)
    {
        const std::scoped_lock lock(m_sharing);
        std::shared_ptr<SharedCorpus>& shared = m_corpora[key];
        if (!shared)
            shared = std::make_shared<SharedCorpus>(m_readers.at(key.first));
        return shared;
    }

    /// After its last training.
    void letGo(CorpusKey key)
    {
        const std::scoped_lock lock(m_sharing);
        if (--m_corpora.at(key)->readers == 0)
            m_corpora.erase(key);
    }

    static std::shared_ptr<const TrainingData> dataOf(const Experiment& one, SharedCorpus& shared,
                                                      const Progress& progress)
    {
        const std::scoped_lock lock(shared.making);
        if (!shared.data)
            shared.data = std::make_shared<const TrainingData>(
                drawTrainingData(one.teacher, one.corpus, one.mask, one.trainingLength, one.learning, progress));
        return shared.data;
    }

    void train(TrainingJob& job, const Progress& progress)
    {
        const Experiment one = experimentOf(job);
        const std::shared_ptr<SharedCorpus> shared = corpusFor(corpusOf(job));
        std::vector<double> kl;
        std::optional<std::string> failure;
        try {
            const Training training = trainOne(one, *dataOf(one, *shared, progress), progress);
            for (const std::int64_t length : m_start.plan.lengths)
                kl.push_back(compareAt(one, training, 0, length, progress).kl);
        } catch (const FailureError& error) {
            failure = error.what();
        }
        letGo(corpusOf(job));
        const std::scoped_lock lock(m_results);
        job.kl = std::move(kl);
        job.failure = std::move(failure);
    }

    /// By value, scheme, length and seed: jobs are by value, scheme and seed.
    Sweep soFar()
    {
        const std::scoped_lock lock(m_results);
        Sweep sweep = m_start;
        const std::size_t seeds = sweep.plan.seeds.size(), lengths = sweep.plan.lengths.size();
        for (std::size_t first = 0; first < m_jobs.size(); first += seeds)
            for (std::size_t n = 0; n < lengths; ++n)
                for (std::size_t k = first; k < first + seeds; ++k)
                    if (const TrainingJob& job = m_jobs[k]; !job.kl.empty())
                        sweep.rows.push_back(
                            {job.setting.value, job.setting.scheme, sweep.plan.lengths[n], job.seed, job.kl[n]});
        for (const TrainingJob& job : m_jobs) {
            if (job.failure)
                sweep.skipped.push_back({job.setting.value, job.setting.scheme, job.seed, *job.failure});
            sweep.done += !job.kl.empty() || job.failure ? 1 : 0;
        }
        return sweep;
    }

    /// Of a training that is done. Long tables are told less often.
    void tell(const Progress& progress)
    {
        using Clock = std::chrono::steady_clock;
        const std::scoped_lock lock(m_telling);
        ++m_done;
        if (progress.report)
            progress.report(static_cast<double>(m_done) / static_cast<double>(m_jobs.size()));
        const auto start = Clock::now();
        if (!m_partial || start < m_nextPartial)
            return;
        m_partial(soFar());
        const auto end = Clock::now();
        m_nextPartial = end + std::max<Clock::duration>(betweenPartials, 10 * (end - start));
    }

    const Experiment& m_experiment;
    const std::function<void(const Sweep&)>& m_partial;
    Sweep m_start;                    ///< without rows
    std::vector<TrainingJob> m_jobs;  ///< by value, scheme and seed
    std::vector<std::size_t> m_order;
    std::map<std::int64_t, std::size_t> m_readers;  ///< trainings of one seed by number of documents
    std::map<CorpusKey, std::shared_ptr<SharedCorpus>> m_corpora;
    std::mutex m_sharing, m_results, m_telling;
    std::size_t m_done = 0;  ///< guarded by m_telling
    std::chrono::steady_clock::time_point m_nextPartial = std::chrono::steady_clock::now() + betweenPartials;
};

}  // namespace

std::vector<SweepSeries> summarize(const Sweep& sweep)
{
    std::map<std::pair<std::size_t, std::int64_t>, std::map<std::optional<std::int64_t>, std::vector<double>>> groups;
    for (const SweepRow& row : sweep.rows)
        groups[{row.scheme, row.length}][row.value].push_back(row.kl);
    std::vector<SweepSeries> all;
    for (const auto& [key, byValue] : groups) {
        SweepSeries series;
        std::tie(series.scheme, series.length) = key;
        for (const auto& [value, kls] : byValue) {
            if (value)
                series.values.push_back(*value);
            double sum = 0.0;
            for (const double kl : kls)
                sum += kl;
            series.mean.push_back(sum / static_cast<double>(kls.size()));
            series.low.push_back(std::ranges::min(kls));
            series.high.push_back(std::ranges::max(kls));
        }
        if (!series.values.empty())
            series.best = firstSmallest(series.mean);
        all.push_back(std::move(series));
    }
    return all;
}

Sweep runSweep(const Experiment& experiment, const SweepPlan& plan, const Progress& progress,
               const std::function<void(const Sweep&)>& partial)
{
    return SweepRun(experiment, plan, partial).run(progress);
}

}  // namespace posbias
