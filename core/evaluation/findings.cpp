// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/findings.h"

#include "core/base/joint_progress.h"
#include "core/base/parallel.h"
#include "core/evaluation/level.h"
#include "core/evaluation/sweep.h"
#include "core/learning/teacher.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace posbias {

namespace {

using Measures = std::vector<Measure>;

/// One training of every scheme, compared at L and n.
struct Trial {
    std::string tag;  ///< empty: the preset's own experiment
    Experiment experiment;
};

std::string idOf(const std::string& what, std::size_t scheme, const std::string& tag)
{
    return what + '.' + schemeLetter(scheme) + tag;
}

void addComparison(Measures& out, const Experiment& experiment, const Training& training, std::size_t scheme,
                   std::int64_t length, const std::string& tag, const Progress& progress)
{
    const Comparison comparison = compareAt(experiment, training, scheme, length, progress);
    const std::string at = '.' + std::to_string(length) + tag;
    out.push_back({idOf("kl", scheme, at), comparison.kl});
    out.push_back({idOf("untrained", scheme, at), comparison.untrainedMass});
}

Measures trainedMeasures(const Trial& trial, const Training& training, const Progress& progress)
{
    const Experiment& e = trial.experiment;
    const std::string tag = trial.tag.empty() ? "" : '.' + trial.tag;
    Measures out{{"documents" + tag, static_cast<double>(e.corpus.documents)}};
    for (std::size_t s = 0; s < e.schemes.size(); ++s) {
        const TrainedScheme& scheme = *training.schemes[s];
        addComparison(out, e, training, s, e.trainingLength, tag, progress);
        addComparison(out, e, training, s, e.length, tag, progress);
        out.push_back({idOf("level", s, tag), levelOf(scheme)});
        out.push_back({idOf("step", s, tag), static_cast<double>(scheme.step)});
        const std::vector<OffsetRange> untrained = training.untrained(s, {0, e.length - 1});
        out.push_back(
            {idOf("untrainedFrom", s, tag), untrained.empty() ? -1.0 : static_cast<double>(untrained[0].first)});
        if (const auto* t5 = std::get_if<T5>(&scheme.scheme))
            out.push_back({idOf("maxDistance", s, tag), static_cast<double>(t5->maxDistance)});
    }
    return out;
}

void addSettings(Measures& out, const Experiment& e)
{
    const auto add = [&](const char* id, std::int64_t value) { out.push_back({id, static_cast<double>(value)}); };
    add("L", e.trainingLength);
    add("n", e.length);
    add("query", e.view.query);
    add("steps", stepsOf(e.learning).value_or(0));
    out.push_back({"initial", initialValues(e.learning).mean});
}

void addReads(Measures& out, const Training& training)
{
    const OffsetValues& reads = training.corpus->reads;
    double all = 0.0, far = 0.0, none = 0.0;
    for (std::int64_t d = reads.first; d <= reads.last(); ++d) {
        all += reads[d];
        far += 2 * std::abs(d) >= training.corpus->trainingLength ? reads[d] : 0.0;
        none += reads[d] == 0.0 ? 1.0 : 0.0;
    }
    out.push_back({"reads", all});
    out.push_back({"reads.far", far});
    out.push_back({"reads.none", none});
}

/// What only the preset's own experiment needs.
Measures ownMeasures(const Result& result)
{
    const Experiment& e = result.experiment;
    Measures out;
    addSettings(out, e);
    addReads(out, result.training);
    const std::int64_t farFrom = e.trainingLength - e.trainingLength / 5;
    out.push_back({"far.from", static_cast<double>(farFrom)});
    out.push_back({"unseen.data", teacherShares(result, e.view.query).unseen});
    for (std::size_t s = 0; s < e.schemes.size(); ++s) {
        const TrainedScheme& scheme = *result.training.schemes[s];
        const OffsetValues far = scheme.bias({farFrom, e.trainingLength - 1});
        const auto count = static_cast<double>(far.values.size());
        out.push_back({idOf("far", s, {}), std::accumulate(far.values.begin(), far.values.end(), 0.0) / count});
        out.push_back({idOf("parameters", s, {}), static_cast<double>(scheme.table.parameterCount())});
        const std::int64_t last = scheme.table.parameterOf(e.length - 1);
        const std::int64_t lastFirst = last == noParameter ? -1 : scheme.table.offsetsOf(last).first;
        out.push_back({idOf("lastBucket", s, {}), static_cast<double>(lastFirst)});
        if (lastFirst >= 0)
            out.push_back({idOf("fall", s, {}),
                           std::exp(preference(e.teacher, lastFirst) - preference(e.teacher, e.trainingLength - 1))});
        const AttentionShares shares = attentionShares(result, s, e.view.query);
        out.push_back({idOf("share", s, {}), shares.untrained});
        out.push_back({idOf("unseen", s, {}), shares.unseen + shares.untrained});
    }
    return out;
}

Measures measuresOf(const Trial& trial, const Progress& progress)
{
    if (!trial.tag.empty())
        return trainedMeasures(trial, train(trial.experiment, progress), progress);
    const auto result = evaluate(trial.experiment, progress);
    Measures out = ownMeasures(*result);
    std::ranges::move(trainedMeasures(trial, result->training, progress), std::back_inserter(out));
    return out;
}

/// Both schemes under every optimizer's default settings.
std::vector<Trial> underEveryOptimizer(const Experiment& base)
{
    const std::array<std::pair<const char*, Learning>, 6> optimizers = {{
        {"adam", Adam{}},
        {"adamw", AdamW{}},
        {"adafactor", Adafactor{}},
        {"sgd", Sgd{}},
        {"momentum", Momentum{}},
        {"exact", Exact{}},
    }};
    std::vector<Trial> trials;
    for (const auto& [id, learning] : optimizers) {
        trials.push_back({id, base});
        trials.back().experiment.learning = learning;
    }
    return trials;
}

Trial withDocuments(const std::string& tag, const Experiment& base, std::int64_t documents)
{
    Trial trial{tag, base};
    trial.experiment.corpus.documents = documents;
    return trial;
}

/// T5 with these maximum distances, as A, B, C, ...
Trial withMaxDistances(const std::string& tag, const Experiment& base, const std::vector<std::int64_t>& distances)
{
    Trial trial{tag, base};
    trial.experiment.schemes.clear();
    for (const std::int64_t distance : distances)
        trial.experiment.schemes.push_back(T5{T5Variant::HuggingFace, 32, distance});
    return trial;
}

Trial withoutEarlyStopping(const Experiment& base)
{
    Trial trial{"last", base};
    auto& adam = std::get<Adam>(trial.experiment.learning);
    adam.stopping = Stopping::LastStep;
    return trial;
}

std::vector<Trial> trialsOf(const Preset& preset)
{
    const Experiment& e = preset.experiment;
    std::vector<Trial> trials{{"", e}};
    if (preset.name == "optimizers" || preset.name == "book-figure")
        std::ranges::move(underEveryOptimizer(e), std::back_inserter(trials));
    else if (preset.name == "small-corpus")
        trials.push_back(withDocuments("more", e, Experiment{}.corpus.documents));
    else if (preset.name == "early-stopping")
        trials.push_back(withoutEarlyStopping(e));
    else if (preset.name == "max-distance")
        trials.push_back(withMaxDistances("tried", e, {64, 128, 256, 512, 1024, 2048}));
    else if (preset.name == "far-beyond" || preset.name == "wrong-shape")
        trials.push_back(withMaxDistances("reaching", e, {e.trainingLength}));
    return trials;
}

void addOvertaking(Measures& out, const std::vector<SweepSeries>& all, std::int64_t length)
{
    const auto seriesOf = [&](std::size_t scheme) {
        return *std::ranges::find_if(all,
                                     [&](const SweepSeries& s) { return s.scheme == scheme && s.length == length; });
    };
    const SweepSeries a = seriesOf(0), b = seriesOf(1);
    std::size_t from = a.values.size();
    while (from > 0 && a.mean[from - 1] < b.mean[from - 1])
        --from;
    const auto valueOr = [&](std::size_t k) { return k < a.values.size() ? static_cast<double>(a.values[k]) : -1.0; };
    const std::string at = '.' + std::to_string(length);
    out.push_back({"overtakes" + at, valueOr(from)});
    out.push_back({"before" + at, from > 0 ? valueOr(from - 1) : -1.0});
}

/// The preset's own sweep, means over its seeds, at length L and n, for each scheme with the setting:
///     fewest.B.512, fewest.B.512.kl    the smallest value and its KL; likewise most and best
/// and, over documents:
///     overtakes.512                    the smallest value from which on A is nearer to the data than B (-1: none)
///     before.512                       the value before it (-1: none)
Measures sweepMeasures(const Experiment& experiment, const Progress& progress)
{
    Measures out;
    const std::vector<SweepSeries> all = summarize(runSweep(experiment, sweepPlan(experiment), progress));
    for (const SweepSeries& series : all) {
        const std::string at = '.' + std::to_string(series.length);
        if (series.values.empty()) {
            out.push_back({idOf("limit", series.scheme, at), series.mean.at(0)});
            continue;
        }
        const auto add = [&](const char* what, std::size_t k) {
            out.push_back({idOf(what, series.scheme, at), static_cast<double>(series.values[k])});
            out.push_back({idOf(what, series.scheme, at + ".kl"), series.mean[k]});
        };
        add("fewest", 0);
        add("best", series.best.value());
        add("most", series.values.size() - 1);
    }
    if (experiment.sweep.over == SweepOver::Documents)
        for (const std::int64_t length : {experiment.trainingLength, experiment.length})
            addOvertaking(out, all, length);
    return out;
}

}  // namespace

double Findings::operator[](const std::string& id) const
{
    for (const Measure& measure : measures)
        if (measure.id == id)
            return measure.value;
    throw FailureError("There is no measure " + id + " among the findings of " + preset + '.');
}

Findings findingsOf(const Preset& preset, const Progress& progress)
{
    const std::vector<Trial> trials = trialsOf(preset);
    const bool sweeps = preset.view == "sweep";
    const std::size_t parts = sweeps ? 2 : 1;
    JointProgress joint(progress, parts * trials.size());
    std::vector<Measures> measured(trials.size());
    inParallel(trials.size(), [&](std::size_t k) { measured[k] = measuresOf(trials[k], joint.part(k)); });
    if (sweeps)
        measured.push_back(sweepMeasures(preset.experiment, joint.part(trials.size())));
    Findings findings{preset.name, {}};
    for (Measures& some : measured)
        std::ranges::move(some, std::back_inserter(findings.measures));
    return findings;
}

}  // namespace posbias
