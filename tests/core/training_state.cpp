// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/training_state.h"

#include <QTest>

#include <random>

using namespace posbias;

namespace {

constexpr std::int64_t L = 48;

struct Setting {
    TrainingData data;
    ParameterTable table;
    std::shared_ptr<const TrainingLoss> loss;
    Learning learning;

    Learned learned(const TrainingBreaks& breaks = {}) const
    {
        return learn(data, loss, table, learning, KeepCourse::Yes, {}, breaks);
    }
    std::uint64_t key() const { return trainingKey(data, table, learning); }
};

Setting settingOf(const Learning& learning, Mask mask = Mask::Causal, std::int64_t seed = 4,
                  const Scheme& scheme = PerOffset{})
{
    const CorpusSettings corpus{9, UniformLengths{}, Counts::Sampled, seed, 12};
    Setting setting{drawTrainingData(PowerLaw{}, corpus, mask, L, learning), parameterTable(scheme, mask, L), nullptr,
                    learning};
    setting.loss = std::make_shared<const TrainingLoss>(*setting.data.corpus, setting.table);
    return setting;
}

template <typename Chosen>
void addEach(std::vector<Learning>& all, const Chosen& plain)
{
    for (const std::int64_t batch : {0, 2})
        for (const Stopping stopping : {Stopping::LastStep, Stopping::BestHeldOut}) {
            Chosen chosen = plain;
            chosen.steps = 3000;
            chosen.batch = batch;
            chosen.stopping = stopping;
            chosen.weightDecay = 0.001;
            chosen.initial = 0.5;
            all.push_back(chosen);
        }
}

std::vector<Learning> everyDescent()
{
    std::vector<Learning> all;
    addEach(all, Sgd{.learningRate = 1.0});
    addEach(all, Momentum{.learningRate = 0.3, .spread = 0.2});
    addEach(all, Adam{.spread = 0.2});
    addEach(all, AdamW{});
    addEach(all, Adafactor{.spread = 0.1});
    return all;
}

/// The states that a training hands out, as bytes.
std::vector<std::string> keptBy(const Setting& setting)
{
    std::vector<std::string> kept;
    setting.learned(
        {[] { return true; }, [&](const TrainingState& state) { kept.push_back(packed(state, setting.key())); }, {}});
    return kept;
}

std::shared_ptr<const TrainingState> stateOf(const std::string& bytes, const Setting& setting)
{
    const auto state = unpacked(bytes, setting.key(), setting.table.parameterCount());
    return state ? std::make_shared<const TrainingState>(*state) : nullptr;
}

bool same(const Fit& a, const Fit& b)
{
    return a.values == b.values && a.steps == b.steps && a.gradientNorm == b.gradientNorm && a.trainNll == b.trainNll &&
           a.untouched.at(L + 3) == b.untouched.at(L + 3);
}

}  // namespace

class TrainingStateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// At several breaks each, as if there had been none: the fit, and the course before, at and after the break.
    void aTrainingGoesOnFromABreakBitForBit()
    {
        std::mt19937 random(7);
        for (const Mask mask : {Mask::Causal, Mask::Bidirectional})
            for (const Learning& learning : everyDescent()) {
                const Setting setting = settingOf(learning, mask);
                const Learned whole = setting.learned();
                const std::vector<std::string> kept = keptBy(setting);
                QVERIFY(!kept.empty());
                for (int round = 0; round < 3; ++round) {
                    const auto from = stateOf(kept[random() % kept.size()], setting);
                    QVERIFY(from && from->now.step > 0);
                    const Learned later = setting.learned({{}, {}, from});
                    QVERIFY(same(later.fit, whole.fit));
                    for (const std::int64_t step :
                         {std::int64_t{0}, from->now.step / 2, from->now.step, std::int64_t{2999}, std::int64_t{3000}})
                        QVERIFY(later.course->at(step).values == whole.course->at(step).values);
                }
            }
    }

    void keepingAStateChangesNothing()
    {
        for (const Learning& learning : everyDescent()) {
            const Setting setting = settingOf(learning);
            const Learned kept = setting.learned({[] { return true; }, [](const TrainingState&) {}, {}});
            QVERIFY(same(kept.fit, setting.learned().fit));
        }
    }

    void aSecondBreakIsKeptFromWhereTheFirstWentOn()
    {
        const Setting setting = settingOf(Adam{.steps = 3000, .batch = 2, .stopping = Stopping::BestHeldOut});
        const auto first = stateOf(keptBy(setting).front(), setting);
        std::string second;
        setting.learned(
            {[] { return true; }, [&](const TrainingState& state) { second = packed(state, setting.key()); }, first});
        const auto from = stateOf(second, setting);
        QVERIFY(from->now.step > first->now.step);
        QVERIFY(same(setting.learned({{}, {}, from}).fit, setting.learned().fit));
    }

    void damagedOrForeignBytesAreNoState()
    {
        const Setting setting = settingOf(Adam{.steps = 3000, .stopping = Stopping::BestHeldOut});
        const std::string bytes = keptBy(setting).front();
        QVERIFY(stateOf(bytes, setting));
        QVERIFY(!unpacked(bytes, setting.key() + 1, L));
        QVERIFY(!unpacked(bytes, setting.key(), L + 1));
        for (std::size_t size = 0; size < bytes.size(); ++size)
            QVERIFY(!unpacked(std::string_view(bytes).substr(0, size), setting.key(), L));
        QVERIFY(!unpacked(bytes + '\0', setting.key(), L));
        std::mt19937 random(3);
        for (int round = 0; round < 3000; ++round) {
            std::string damaged = bytes;
            damaged[random() % damaged.size()] ^= static_cast<char>(1u << random() % 8);
            QVERIFY(!unpacked(damaged, setting.key(), L));
        }
    }

    void everyChangeOfATrainingHasAnotherKey()
    {
        const auto keyOf = [](const Learning& learning, Mask mask = Mask::Causal, std::int64_t seed = 4,
                              const Scheme& scheme = PerOffset{}) {
            return settingOf(learning, mask, seed, scheme).key();
        };
        const Adam adam{.steps = 3000};
        std::vector<std::uint64_t> keys = {keyOf(adam), keyOf(adam, Mask::Bidirectional), keyOf(adam, Mask::Causal, 5),
                                           keyOf(adam, Mask::Causal, 4, T5{}),
                                           keyOf(adam, Mask::Causal, 4, T5{T5Variant::HuggingFace, 8, 16})};
        const auto with = [&](auto change) {
            Adam changed = adam;
            change(changed);
            keys.push_back(keyOf(changed));
        };
        with([](Adam& a) { a.learningRate = 0.031; });
        with([](Adam& a) { a.steps = 3001; });
        with([](Adam& a) { a.batch = 2; });
        with([](Adam& a) { a.weightDecay = 0.01; });
        with([](Adam& a) { a.initial = 0.1; });
        with([](Adam& a) { a.spread = 0.1; });
        with([](Adam& a) { a.seed = 2; });
        with([](Adam& a) { a.stopping = Stopping::BestHeldOut; });
        keys.push_back(keyOf(AdamW{.steps = 3000, .weightDecay = 0.0}));
        std::ranges::sort(keys);
        QVERIFY(std::ranges::adjacent_find(keys) == keys.end());
        QCOMPARE(keyOf(adam), keyOf(adam));
    }
};

QTEST_GUILESS_MAIN(TrainingStateTest)
#include "training_state.moc"
