// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/panels.h"

#include "core/evaluation/exposure.h"
#include "core/evaluation/result_curves.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace posbias {
namespace {

OffsetRange shownOffsets(const Result& result)
{
    return visibleOffsets(result.experiment.mask, result.experiment.length);
}

std::vector<RibbonSegment> ribbonSegments(const Result& result, std::size_t scheme)
{
    const TrainedScheme& trained = *result.training.schemes[scheme];
    const OffsetRange range = shownOffsets(result), seen = result.training.seen();
    std::vector<RibbonSegment> ribbon;
    const auto addGap = [&](std::int64_t first, std::int64_t last) {
        if (first <= last)
            ribbon.push_back({first, last, noParameter, false, true});
    };
    std::int64_t next = range.first;
    for (const Segment& segment : trained.table.segments(range)) {
        // Own parameters are trained where their offset was seen: the stretch is cut at the ends of that.
        const auto addOwn = [&](std::int64_t first, std::int64_t last, bool untrained) {
            first = std::max(first, segment.first);
            last = std::min(last, segment.last);
            if (first <= last)
                ribbon.push_back({first, last, segment.parameterAt(first), true, untrained});
        };
        addGap(next, segment.first - 1);
        if (segment.shared) {
            const bool untrained = trained.exposure[static_cast<std::size_t>(segment.parameter)] == 0.0;
            ribbon.push_back({segment.first, segment.last, segment.parameter, false, untrained});
        } else {
            addOwn(segment.first, seen.first - 1, true);
            addOwn(seen.first, seen.last, false);
            addOwn(seen.last + 1, segment.last, true);
        }
        next = segment.last + 1;
    }
    addGap(next, range.last);
    return ribbon;
}

Curve schemeCurve(const Result& result, std::size_t scheme, std::shared_ptr<const CurveSource> source)
{
    const bool dashed = schemeLine(scheme) == SeriesLine::Dashed;
    return {schemeLabel(result, scheme), schemeRole(scheme), true, dashed, std::move(source), nullptr, nullptr, scheme};
}

/// One standard error below and above the relative bias, where it is known; elsewhere on it.
std::shared_ptr<const CurveSource> errorCurve(const Result& result, std::size_t scheme, double sign)
{
    const TrainedScheme& trained = *result.schemes[scheme].trained;
    const double atZero = trained.biasOf(0);
    std::vector<double> moved(trained.fit.values.size());
    for (std::size_t p = 0; p < moved.size(); ++p) {
        const double error = (*trained.standardErrors)[p];
        moved[p] = (std::isfinite(error) ? sign * error : 0.0) - atZero;
    }
    if (trained.fit.untouched.constant()) {
        std::ranges::transform(moved, trained.fit.values, moved.begin(), std::plus());
        return parameterCurve(trained.table, std::make_shared<const std::vector<double>>(std::move(moved)),
                              trained.fit.untouched.at(0) - atZero, shownOffsets(result));
    }
    OffsetValues values = result.schemes[scheme].attention->bias();
    std::int64_t next = values.first;
    const auto untouched = [&](std::int64_t end) {
        for (; next < end; ++next)
            values[next] -= atZero;
    };
    for (const Segment& segment : trained.table.segments(values.range())) {
        untouched(segment.first);
        for (; next <= segment.last; ++next)
            values[next] += moved[static_cast<std::size_t>(segment.parameterAt(next))];
    }
    untouched(values.last() + 1);
    return valueCurve(std::move(values));
}

/// The offsets where a curve of training has nothing to show.
void addHatched(CurvePanel& panel, const Result& result, const SchemeList& schemes)
{
    for (const std::size_t s : schemes)
        if (std::vector<OffsetRange> untrained = untrainedOffsets(result, s); !untrained.empty())
            panel.hatched.push_back({schemeLetter(s) + " untrained", schemeRole(s), std::move(untrained)});
}

}  // namespace

SeriesLine schemeLine(std::size_t scheme)
{
    return scheme < 2 ? SeriesLine::Solid : scheme % 2 == 0 ? SeriesLine::Dashed : SeriesLine::Dotted;
}

std::string schemeLabel(const Result& result, std::size_t scheme)
{
    const Scheme& own = result.schemes[scheme].trained->scheme;
    const auto ofItsKind = std::ranges::count_if(
        result.schemes, [&](const SchemeResult& other) { return other.trained->scheme.index() == own.index(); });
    return schemeLetter(scheme) + " " + (ofItsKind > 1 ? schemeName(own) : std::string(schemeInfo(own).title));
}

std::vector<OffsetRange> untrainedOffsets(const Result& result, std::size_t scheme)
{
    std::vector<OffsetRange> untrained;
    for (const FamiliarStretch& stretch : result.schemes[scheme].familiarities)
        if (stretch.familiarity == Familiarity::Untrained)
            untrained.push_back(stretch.offsets);
    return untrained;
}

std::string trainingSubtitle(const Result& result, std::size_t scheme)
{
    const TrainedScheme& trained = *result.schemes[scheme].trained;
    const std::int64_t parameters = trained.table.parameterCount();
    const std::string count = grouped(parameters) + (parameters == 1 ? " parameter" : " parameters");
    const std::vector<OffsetRange> untrained = untrainedOffsets(result, scheme);
    if (!untrained.empty()) {
        const bool bothWays = result.experiment.mask == Mask::Bidirectional;
        const std::int64_t lastTrained = untrained.back().first - 1;
        return count + "; " + (bothWays ? "|d|" : "offsets") + " past " + grouped(lastTrained) + " untrained";
    }
    const std::int64_t idle = trained.untrainedCount;
    return idle == 0 ? count + ", all trained" : count + ", " + grouped(idle) + " of them never used";
}

RibbonPanel ribbons(const Result& result, const SchemeList& schemes)
{
    RibbonPanel panel;
    panel.title = "Which parameter an offset uses";
    for (const std::size_t s : schemes) {
        Ribbon ribbon{schemeLetter(s), schemeRole(s), ribbonSegments(result, s)};
        if (std::ranges::any_of(ribbon.segments, &RibbonSegment::untrained))
            panel.note = "hatched: untrained";
        panel.ribbons.push_back(std::move(ribbon));
    }
    return panel;
}

CurvePanel biasProfile(const Result& result, const SchemeList& schemes, bool raw)
{
    CurvePanel panel;
    panel.title = raw ? "Bias by offset" : "Bias by offset, relative to offset 0";
    const auto relative = [raw](const std::shared_ptr<const RangeBounds>& bias) {
        return valueCurve(bias, raw ? 0.0 : (*bias)[0]);
    };
    for (const std::size_t s : schemes) {
        Curve curve = schemeCurve(result, s, relative(result.schemes[s].biasBounds));
        if (!raw && result.schemes[s].trained->standardErrors) {
            curve.low = errorCurve(result, s, -1.0);
            curve.high = errorCurve(result, s, 1.0);
            panel.bandLabel = "\u00b1 1 standard error";
        }
        panel.curves.push_back(std::move(curve));
    }
    panel.curves.push_back(
        {"teacher (what the data prefers)", Role::Teacher, false, true, relative(result.teacherBounds)});
    return panel;
}

CurvePanel exposureProfile(const Result& result, const SchemeList& schemes)
{
    CurvePanel panel;
    panel.title = "Training pairs of the parameter that an offset uses";
    panel.yLogarithmic = true;
    for (const std::size_t s : schemes)
        panel.curves.push_back(schemeCurve(result, s, result.schemes[s].exposureCurve));
    panel.curves.push_back({"pairs of the offset itself", Role::Teacher, true, true, result.pairsCurve});
    addHatched(panel, result, schemes);
    return panel;
}

CurvePanel effectiveProfile(const Result& result, const SchemeList& schemes)
{
    CurvePanel panel;
    panel.title = "Reads that decide its value (effective sample size)";
    panel.yLogarithmic = true;
    const OffsetRange shown = shownOffsets(result);
    const auto curve = [&](const ParameterTable& table) {
        return parameterCurve(table,
                              std::make_shared<const std::vector<double>>(
                                  effectiveSamples(*result.training.corpus, result.experiment.teacher, table)),
                              0.0, shown);
    };
    for (const std::size_t s : schemes)
        panel.curves.push_back(schemeCurve(result, s, curve(result.schemes[s].trained->table)));
    const Experiment& experiment = result.experiment;
    panel.curves.push_back({"the offset alone", Role::Teacher, true, true,
                            curve(parameterTable(PerOffset{}, experiment.mask, experiment.trainingLength))});
    addHatched(panel, result, schemes);
    return panel;
}

CurvePanel attentionRow(const Result& result, const SchemeList& schemes)
{
    const std::int64_t query = result.experiment.view.query;
    CurvePanel panel;
    panel.title = "Attention of query " + grouped(query);
    panel.axis = AxisKind::Key;
    panel.yLogarithmic = true;
    for (const std::size_t s : schemes) {
        const SchemeResult& scheme = result.schemes[s];
        panel.curves.push_back(schemeCurve(result, s, attentionRowCurve(*scheme.attention, scheme.biasBounds, query)));
    }
    panel.curves.push_back(
        {"data", Role::Teacher, true, true, attentionRowCurve(*result.teacher, result.teacherBounds, query)});
    return panel;
}

}  // namespace posbias
