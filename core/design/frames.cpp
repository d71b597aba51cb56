// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/logarithmic_steps.h"
#include "core/design/design_checks.h"
#include "core/experiment/fields.h"
#include "core/experiment/value_text.h"

#include <algorithm>

namespace posbias {
namespace {

struct FrameSpan {
    std::int64_t first, last;        ///< what is used where the design says nothing
    std::int64_t least, most;        ///< what is allowed
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

/// The counts that its maximum distance and the mask allow.
void keepPossibleBuckets(std::vector<std::int64_t>& counts, const Experiment& experiment)
{
    T5 scheme = std::get<T5>(experiment.schemes[bucketScheme(experiment)]);
    std::erase_if(counts, [&](std::int64_t count) {
        scheme.buckets = count;
        try {
            t5Shape(scheme, experiment.mask);
            return false;
        } catch (const InputError&) {
            return true;
        }
    });
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
    std::erase(frame.design.formats, "gif");
    if (over == FramesOver::Step)
        frame.design.step = value;
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

}  // namespace

std::vector<std::int64_t> frameValues(const Frames& frames, const Experiment& experiment)
{
    checkWhole("frames.count", frames.count, 2, 1000);
    if (!(frames.seconds >= 0.02 && frames.seconds <= 10.0))
        refuseKey("frames.seconds", plainNumber(frames.seconds), "from 0.02 to 10");
    FrameSpan span = spanOf(frames.over, experiment);
    if (frames.first != 0 || frames.last != 0) {
        checkWhole("frames.first", frames.first, span.least, span.most);
        checkWhole("frames.last", frames.last, span.least, span.most);
        span.first = frames.first;
        span.last = frames.last;
    }
    // Zero steps have no place on a logarithmic axis: v stands at log(1 + v).
    const std::int64_t up = frames.over == FramesOver::Step ? 1 : 0;
    auto values = logarithmicSteps(span.first + up, span.last + up, static_cast<std::size_t>(frames.count));
    for (std::int64_t& value : values)
        value -= up;
    if (frames.over == FramesOver::Buckets)
        keepPossibleBuckets(values, experiment);
    if (values.size() < 2)
        throw InputError("frames.last", "frames.last is " + std::to_string(span.last) + " and frames.first " +
                                            std::to_string(span.first) + "; they must have at least two possible values "
                                            "between them, ascending");
    return values;
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
