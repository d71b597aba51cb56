// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/presets.h"

namespace posbias {

namespace {

constexpr T5 toTrainingLength{T5Variant::HuggingFace, 32, 512};

Preset pastTraining()
{
    return {"past-training",
            "Trained to 512 tokens, shown at 1000: one bias per offset breaks where training ended, "
            "shared buckets do not.",
            Experiment{}};
}

Preset optimizers()
{
    Experiment e;
    e.title = "The optimizer sets the level";
    e.learning = Momentum{};
    return {"optimizers",
            "Training sees only differences between biases; the optimizer decides their common level, and past the "
            "training length the level decides.",
            e, "level"};
}

Preset smallCorpus()
{
    Experiment e;
    e.title = "A small corpus";
    e.corpus.documents = 4;
    return {"small-corpus",
            "Four training documents: within the training length, biases of rare far offsets are noise "
            "until buckets pool them.",
            e, "profile"};
}

Preset earlyStopping()
{
    Experiment e;
    e.title = "Stopping early";
    e.corpus.documents = 4;
    Adam adam;
    adam.steps = 3000;
    adam.stopping = Stopping::BestHeldOut;
    e.learning = adam;
    return {
        "early-stopping",
        "On four documents one bias per offset learns the preference first, then the noise; documents held out tell "
        "when to stop.",
        e, "learning"};
}

Preset bucketCount()
{
    Experiment e;
    e.title = "How many buckets?";
    e.schemes = {PerOffset{}, toTrainingLength};
    e.corpus.documents = 4;
    e.sweep = {SweepOver::Buckets, 24, 4};
    return {"bucket-count",
            "Too few buckets cannot follow the data, too many follow its noise: on four documents the error is a U.", e,
            "sweep"};
}

Preset maxDistance()
{
    Experiment e;
    e.title = "Where buckets should end";
    e.schemes = {toTrainingLength, T5{T5Variant::HuggingFace, 32, 1024}};
    e.sweep.over = SweepOver::MaxDistance;
    return {"max-distance",
            "Buckets that reach about as far as training are the best; reaching twice as far leaves the last ones "
            "untrained.",
            e, "generalization"};
}

Preset bookFigure()
{
    Experiment e;
    e.title = "The book's figure";
    e.schemes = {PerOffset{}, T5{T5Variant::Book, 32, 1024}};
    return {"book-figure",
            "Buckets made for distances up to 1024, trained to 512: the last two stay untrained, "
            "and T5 breaks past the training length too.",
            e};
}

Preset farBeyond()
{
    Experiment e;
    e.title = "Far beyond training";
    e.length = 65'536;
    e.view = defaultView(e.length);
    return {"far-beyond",
            "At 128 times the training length T5 drifts as well: its last bucket gives every far token the same bias.",
            e, "generalization"};
}

Preset largeCorpus()
{
    Experiment e;
    e.title = "A large corpus";
    e.corpus.documents = 400;
    e.sweep = {SweepOver::Documents, 16, 4};
    return {
        "large-corpus",
        "With data in plenty one bias per offset overtakes shared buckets within the training length, and only there.",
        e, "sweep"};
}

Preset wrongShape()
{
    Experiment e;
    e.title = "The wrong shape";
    e.teacher = Exponential{};
    e.learning = Exact{};
    return {
        "wrong-shape",
        "When preference falls exponentially, one bucket from offset 113 on is too coarse: sharing is an assumption "
        "about the data, not a theorem.",
        e, "profile"};
}

Preset bookSmall()
{
    Experiment e;
    e.title = "The book's small example";
    e.schemes = {PerOffset{}, T5{T5Variant::Book, 3, 5}};
    e.trainingLength = 5;
    e.length = 8;
    e.corpus.documents = 400;
    e.view = defaultView(e.length);
    return {"book-small",
            "Four buckets small enough to follow by hand: {0}, {1}, {2, 3} and everything from offset 4 on.", e};
}

Preset t5Encoder()
{
    Experiment e;
    e.title = "T5 encoder";
    e.mask = Mask::Bidirectional;
    return {"t5-encoder",
            "T5's encoder reads both ways: 16 of its 32 buckets for keys before the query, 16 for keys after it.", e};
}

Preset t5Decoder()
{
    Experiment e;
    e.title = "T5 decoder";
    e.length = 2048;
    e.corpus.documents = 1000;
    e.corpus.lengths = ParetoLengths{};
    e.view = defaultView(e.length);
    return {"t5-decoder",
            "T5's decoder trained on documents of natural lengths, mostly short and cut at 512, "
            "then shown at four times that length.",
            e};
}

}  // namespace

const std::vector<Preset>& presets()
{
    // A course: what breaks, why, what noise does, how to choose buckets, where sharing ends; then the book and T5 itself.
    static const std::vector<Preset> all = {
        pastTraining(), optimizers(),  smallCorpus(), earlyStopping(), bucketCount(), maxDistance(), bookFigure(),
        farBeyond(),    largeCorpus(), wrongShape(),  bookSmall(),     t5Encoder(),   t5Decoder(),
    };
    return all;
}

const Preset* findPreset(std::string_view name)
{
    for (const Preset& preset : presets())
        if (preset.name == name)
            return &preset;
    return nullptr;
}

const Preset* unchangedPreset(const Experiment& experiment)
{
    for (const Preset& preset : presets()) {
        Experiment same = preset.experiment;
        same.view = experiment.view;
        if (same == experiment)
            return &preset;
    }
    return nullptr;
}

}  // namespace posbias
