// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/presets.h"

namespace posbias {

namespace {

Preset pastTraining()
{
    return {"past-training",
            "Trained to 512 tokens, shown at 1000: one bias per offset breaks where training ended, "
            "shared buckets do not.",
            Experiment{}};
}

Preset smallCorpus()
{
    Experiment e;
    e.title = "A small corpus";
    e.corpus.documents = 4;
    return {"small-corpus",
            "Four training documents: within the training length, biases of rare far offsets are noise "
            "until buckets pool them.",
            e};
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
            "Four buckets small enough to follow by hand: {0}, {1}, {2, 3} and everything from offset 4 on.",
            e};
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

Preset t5Encoder()
{
    Experiment e;
    e.title = "T5 encoder";
    e.mask = Mask::Bidirectional;
    return {"t5-encoder",
            "T5's encoder reads both ways: 16 of its 32 buckets for keys before the query, 16 for keys after it.",
            e};
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
    static const std::vector<Preset> all = {pastTraining(), smallCorpus(), bookSmall(),
                                            bookFigure(),   t5Encoder(),   t5Decoder()};
    return all;
}

const Preset* findPreset(std::string_view name)
{
    for (const Preset& preset : presets())
        if (preset.name == name)
            return &preset;
    return nullptr;
}

}  // namespace posbias
