// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/grouped.h"
#include "core/base/logarithmic_steps.h"
#include "core/design/design_checks.h"
#include "core/experiment/fields.h"
#include "core/experiment/value_text.h"

#include <algorithm>
#include <numeric>

namespace posbias {
namespace {

struct FrameSpan {
    std::int64_t first, last;  ///< what is used where the design says nothing
    std::int64_t least, most;  ///< what is allowed
};

/// B where it is a T5 scheme, else the first that is one.
std::size_t bucketScheme(const Experiment& experiment)
{
    const auto isT5 = [](const Scheme& scheme) { return std::holds_alternative<T5>(scheme); };
    if (isT5(experiment.schemes[1]))
        return 1;
    const auto found = std::ranges::find_if(experiment.schemes, isT5);
    if (found == experiment.schemes.end())
        throw InputError("frames.over", "frames.over is \"buckets\", but no scheme has buckets; it must be \"length\" "
                                        "or \"step\", or one scheme T5");
    return static_cast<std::size_t>(found - experiment.schemes.begin());
}

std::int64_t stepCount(const Experiment& experiment)
{
    if (const auto steps = stepsOf(experiment.learning))
        return *steps;
    throw InputError("frames.over", "frames.over is \"step\", but the exact minimum has no steps; it must be "
                                    "\"length\" or \"buckets\", or the optimizer another");
}

FrameSpan spanOf(FramesOver over, const Experiment& experiment)
{
    const std::int64_t L = experiment.trainingLength;
    switch (over) {
    case FramesOver::Length: return {std::max<std::int64_t>(1, L / 2), std::min(4 * L, maxLength), 1, maxLength};
    case FramesOver::Buckets: return {2, std::min(L, maxT5Buckets), 2, maxT5Buckets};
    case FramesOver::Step: return {0, stepCount(experiment), 0, stepCount(experiment)};
    }
    return {};
}

/// Down to the counts that its maximum distance and the mask allow: those between a smallest and a largest.
void keepPossibleBuckets(FrameSpan& span, const Experiment& experiment)
{
    T5 scheme = std::get<T5>(experiment.schemes[bucketScheme(experiment)]);
    const auto possible = [&](std::int64_t count) {
        scheme.buckets = count;
        try {
            t5Shape(scheme, experiment.mask);
            return true;
        } catch (const InputError&) {
            return false;
        }
    };
    constexpr std::int64_t alwaysEnough = 4;
    while (span.first < alwaysEnough && span.first < span.last && !possible(span.first))
        ++span.first;
    if (!possible(span.first) || possible(span.last)) {
        if (!possible(span.last))
            span.last = span.first - 1;
        return;
    }
    std::int64_t impossible = span.last;
    span.last = span.first;
    while (impossible - span.last > 1) {
        const std::int64_t middle = std::midpoint(span.last, impossible);
        (possible(middle) ? span.last : impossible) = middle;
    }
}

/// "n = 512", "B: 8 buckets"; nothing of steps, which figures tell themselves.
std::string frameTitle(const Experiment& experiment, FramesOver over, std::int64_t value)
{
    switch (over) {
    case FramesOver::Length: return "n = " + grouped(value);
    case FramesOver::Buckets: {
        const std::size_t scheme = bucketScheme(experiment);
        const bool book = std::get<T5>(experiment.schemes[scheme]).variant == T5Variant::Book;
        return schemeLetter(scheme) + ": " + (book ? "n_b = " + grouped(value) : grouped(value) + " buckets");
    }
    case FramesOver::Step: break;
    }
    return {};
}

Experiment atFrame(const Experiment& experiment, FramesOver over, std::int64_t value)
{
    switch (over) {
    case FramesOver::Length: return withField(experiment, "length", value);
    case FramesOver::Buckets:
        return withField(experiment, "schemes." + std::to_string(bucketScheme(experiment)) + ".buckets", value);
    case FramesOver::Step: break;
    }
    return experiment;
}

Recipe frameOf(const Recipe& recipe, std::int64_t value)
{
    const FramesOver over = recipe.design.frames->over;
    Recipe frame{atFrame(recipe.experiment, over, value), recipe.design};
    frame.design.frames.reset();
    if (recipe.design.view == FigureKind::Sweep)
        frame.design.rows = panelsOf(recipe.design);  // both panels in every frame, also at L, where they show the same
    std::erase(frame.design.formats, "gif");
    if (over == FramesOver::Step)
        frame.design.step = value;
    if (const std::string said = frameTitle(recipe.experiment, over, value); !said.empty()) {
        const std::string& own = recipe.design.dress.title;
        const std::string both = own.empty() ? said : own + " \u00b7 " + said;
        frame.design.dress.title = isPlainText(both, longestTitle) ? both : own;  // a long one leaves no room for it
    }
    // What a note points at may come and go: offset 900 is not there before the length is.
    std::erase_if(frame.design.annotations, [&](const Annotation& annotation) {
        try {
            checkAnnotation({}, annotation, recipe.design, frame.experiment);
            return false;
        } catch (const InputError&) {
            return true;
        }
    });
    return frame;
}

FrameSpan askedSpan(const Frames& frames, const Experiment& experiment)
{
    FrameSpan span = spanOf(frames.over, experiment);
    if (frames.first != 0 || frames.last != 0) {
        checkWhole("frames.first", frames.first, span.least, span.most);
        checkWhole("frames.last", frames.last, span.least, span.most);
        span.first = frames.first;
        span.last = frames.last;
    }
    return span;
}

}  // namespace

std::vector<std::int64_t> frameValues(const Frames& frames, const Experiment& experiment)
{
    checkWhole("frames.count", frames.count, 2, 1000);
    if (!(frames.seconds >= 0.02 && frames.seconds <= 10.0))
        refuseKey("frames.seconds", plainNumber(frames.seconds), "from 0.02 to 10");
    const FrameSpan asked = askedSpan(frames, experiment);
    FrameSpan span = asked;
    if (frames.over == FramesOver::Buckets)
        keepPossibleBuckets(span, experiment);
    // Zero steps have no place on a logarithmic axis: v stands at log(1 + v).
    const std::int64_t up = frames.over == FramesOver::Step ? 1 : 0;
    auto values = logarithmicSteps(span.first + up, span.last + up, static_cast<std::size_t>(frames.count));
    for (std::int64_t& value : values)
        value -= up;
    if (values.size() < 2)
        throw InputError("frames.last", "frames.last is " + std::to_string(asked.last) + " and frames.first " +
                                            std::to_string(asked.first) +
                                            "; they must have at least two possible values "
                                            "between them, ascending");
    return values;
}

std::string framesRemark(const Recipe& recipe)
{
    if (!recipe.design.frames)
        return {};
    const Frames& frames = *recipe.design.frames;
    const std::vector<std::int64_t> values = frameValues(frames, recipe.experiment);
    std::string remark;
    if (frames.over == FramesOver::Buckets && (frames.first != 0 || frames.last != 0) && values.back() < frames.last) {
        const T5& scheme = std::get<T5>(recipe.experiment.schemes[bucketScheme(recipe.experiment)]);
        remark = "The frames end with " + std::to_string(values.back()) + " buckets: a maximum distance of " +
                 std::to_string(scheme.maxDistance) + " allows no more.";
    }
    if (static_cast<std::int64_t>(values.size()) < frames.count)
        remark += (remark.empty() ? "" : " ") + std::string("There are ") + std::to_string(values.size()) +
                  " frames, not " + std::to_string(frames.count) + ": one for each value from " +
                  std::to_string(values.front()) + " to " + std::to_string(values.back()) + ".";
    return remark;
}

std::vector<Recipe> framesOf(const Recipe& recipe)
{
    if (!recipe.design.frames)
        throw InputError("frames", "frames is missing; a moving figure needs to know over what it moves");
    std::vector<Recipe> frames;
    for (const std::int64_t value : frameValues(*recipe.design.frames, recipe.experiment)) {
        frames.push_back(frameOf(recipe, value));
        try {
            validate(frames.back().experiment);
            validate(frames.back().design, frames.back().experiment);
        } catch (const InputError& error) {
            throw InputError("frames", "frames: with " + std::to_string(value) + ", " + error.what());
        }
    }
    return frames;
}

}  // namespace posbias
