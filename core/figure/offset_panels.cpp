// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/panels.h"

#include <algorithm>

namespace posbias {
namespace {

OffsetRange shownOffsets(const Result& result)
{
    return visibleOffsets(result.experiment.mask, result.experiment.length);
}

/// Own-parameter stretches are cut where trained parameters end.
void addOwn(std::vector<RibbonSegment>& ribbon, const Segment& segment, const TrainedScheme& trained)
{
    for (std::int64_t d = segment.first; d <= segment.last; ++d) {
        const bool untrained = !trained.trained(d);
        if (d > segment.first && ribbon.back().untrained == untrained)
            ribbon.back().last = d;
        else
            ribbon.push_back({d, d, segment.parameterAt(d), true, untrained});
    }
}

std::vector<RibbonSegment> ribbonSegments(const TrainedScheme& trained, OffsetRange range)
{
    std::vector<RibbonSegment> ribbon;
    const auto addGap = [&](std::int64_t first, std::int64_t last) {
        if (first <= last)
            ribbon.push_back({first, last, noParameter, false, true});
    };
    std::int64_t next = range.first;
    for (const Segment& segment : trained.table.segments(range)) {
        addGap(next, segment.first - 1);
        if (segment.shared)
            ribbon.push_back({segment.first, segment.last, segment.parameter, false, !trained.trained(segment.first)});
        else
            addOwn(ribbon, segment, trained);
        next = segment.last + 1;
    }
    addGap(next, range.last);
    return ribbon;
}

/// Points only where the value changes, and one to end the last step.
Curve stepCurve(std::string label, Role role, const OffsetValues& values, double shift)
{
    Curve curve{std::move(label), role, true, false, {}, {}};
    for (std::int64_t d = values.first; d <= values.last(); ++d) {
        if (d > values.first && values[d] == values[d - 1])
            continue;
        curve.x.push_back(static_cast<double>(d));
        curve.y.push_back(values[d] - shift);
    }
    curve.x.push_back(static_cast<double>(values.last() + 1));
    curve.y.push_back(curve.y.back());
    return curve;
}

/// A logarithmic axis has no zero: the curve is cut there, and only its first piece keeps the label.
void addPositivePieces(std::vector<Curve>& curves, const Curve& whole)
{
    Curve piece{whole.label, whole.role, true, whole.dashed, {}, {}};
    const auto finish = [&](double end) {
        if (piece.x.empty())
            return;
        piece.x.push_back(end);
        piece.y.push_back(piece.y.back());
        curves.push_back(piece);
        piece = {"", whole.role, true, whole.dashed, {}, {}};
    };
    for (std::size_t p = 0; p + 1 < whole.x.size(); ++p) {
        if (whole.y[p] > 0.0) {
            piece.x.push_back(whole.x[p]);
            piece.y.push_back(whole.y[p]);
        } else {
            finish(whole.x[p]);
        }
    }
    finish(whole.x.back());
}

/// g(d) - g(0), a line through the middle of each offset's place [d, d + 1).
Curve teacherCurve(const Result& result, bool raw)
{
    const OffsetValues& g = result.teacher->bias();
    Curve curve{"teacher (what the data prefers)", Role::Teacher, false, true, {}, {}};
    for (std::int64_t d = g.first; d <= g.last(); ++d) {
        curve.x.push_back(static_cast<double>(d) + 0.5);
        curve.y.push_back(raw ? g[d] : g[d] - g[0]);
    }
    return curve;
}

OffsetValues exposureByOffset(const Result& result, std::size_t scheme)
{
    const TrainedScheme& trained = *result.training.schemes[scheme];
    OffsetValues exposure(shownOffsets(result));
    for (const Segment& segment : trained.table.segments(exposure.range()))
        for (std::int64_t d = segment.first; d <= segment.last; ++d)
            exposure[d] = trained.exposure[static_cast<std::size_t>(segment.parameterAt(d))];
    return exposure;
}

}  // namespace

Role schemeRole(std::size_t scheme)
{
    return scheme == 0 ? Role::A : Role::B;
}

std::string schemeLabel(const Result& result, std::size_t scheme)
{
    return schemeLetter(scheme) + " " + std::string(schemeInfo(result.schemes[scheme].trained->scheme).title);
}

std::string trainingSubtitle(const Result& result, std::size_t scheme)
{
    const TrainedScheme& trained = *result.schemes[scheme].trained;
    const std::int64_t parameters = trained.table.parameterCount();
    const std::string count = std::to_string(parameters) + (parameters == 1 ? " parameter" : " parameters");
    const std::vector<OffsetRange> untrained = result.training.untrained(scheme, shownOffsets(result));
    if (!untrained.empty()) {
        const bool bothWays = result.experiment.mask == Mask::Bidirectional;
        const std::int64_t lastTrained = untrained.back().first - 1;
        return count + "; " + (bothWays ? "|d|" : "offsets") + " past " + std::to_string(lastTrained) + " untrained";
    }
    const std::int64_t idle = trained.untrainedCount();
    return idle == 0 ? count + ", all trained" : count + ", " + std::to_string(idle) + " of them never used";
}

RibbonPanel ribbons(const Result& result)
{
    RibbonPanel panel;
    panel.title = "Which parameter an offset uses";
    for (std::size_t s = 0; s < 2; ++s) {
        Ribbon ribbon{schemeLetter(s), schemeRole(s), ribbonSegments(*result.training.schemes[s], shownOffsets(result))};
        if (std::ranges::any_of(ribbon.segments, &RibbonSegment::untrained))
            panel.note = "hatched: untrained";
        panel.ribbons.push_back(std::move(ribbon));
    }
    return panel;
}

CurvePanel biasProfile(const Result& result, bool raw)
{
    CurvePanel panel;
    panel.title = "Bias by offset";
    for (std::size_t s = 0; s < 2; ++s) {
        const OffsetValues& bias = result.schemes[s].attention->bias();
        panel.curves.push_back(stepCurve(schemeLabel(result, s), schemeRole(s), bias, raw ? 0.0 : bias[0]));
    }
    panel.curves.push_back(teacherCurve(result, raw));
    return panel;
}

CurvePanel exposureProfile(const Result& result)
{
    CurvePanel panel;
    panel.title = "Training pairs of the parameter that an offset uses";
    panel.yLogarithmic = true;
    for (std::size_t s = 0; s < 2; ++s)
        addPositivePieces(panel.curves, stepCurve(schemeLabel(result, s), schemeRole(s), exposureByOffset(result, s), 0.0));
    OffsetValues pairs(shownOffsets(result));
    for (std::int64_t d = pairs.first; d <= pairs.last(); ++d)
        pairs[d] = result.training.pairs(d);
    Curve own = stepCurve("pairs of the offset itself", Role::Teacher, pairs, 0.0);
    own.dashed = true;
    addPositivePieces(panel.curves, own);
    return panel;
}

CurvePanel attentionRow(const Result& result, std::int64_t query)
{
    CurvePanel panel;
    panel.title = "Attention of query " + std::to_string(query);
    panel.axis = AxisKind::Key;
    panel.yLogarithmic = true;
    const auto add = [&](std::string label, Role role, bool dashed, const AttentionField& field) {
        OffsetValues row;
        row.values = field.row(query);
        Curve curve = stepCurve(std::move(label), role, row, 0.0);
        curve.dashed = dashed;
        addPositivePieces(panel.curves, curve);
    };
    for (std::size_t s = 0; s < 2; ++s)
        add(schemeLabel(result, s), schemeRole(s), false, *result.schemes[s].attention);
    add("data", Role::Teacher, true, *result.teacher);
    return panel;
}

}  // namespace posbias
