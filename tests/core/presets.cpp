// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/result.h"
#include "core/experiment/fields.h"
#include "core/experiment/presets.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace posbias;

class PresetsTest : public QObject {
    Q_OBJECT

private slots:
    void theSixBuiltInExperimentsAreThere()
    {
        const std::vector<std::string> names = {"past-training", "small-corpus", "book-small",
                                                "book-figure",   "t5-encoder",   "t5-decoder"};
        QCOMPARE(presets().size(), names.size());
        for (std::size_t i = 0; i < names.size(); ++i)
            QCOMPARE(presets()[i].name, names[i]);
    }

    void theFirstOneIsTheDefaultExperiment()
    {
        QVERIFY(presets().front().experiment == Experiment{});
    }

    void everyOneIsValidAndShowsOffsetsPastItsTrainingLength()
    {
        for (const Preset& preset : presets()) {
            validate(preset.experiment);
            QVERIFY2(preset.experiment.length > preset.experiment.trainingLength, preset.name.c_str());
            QVERIFY2(preset.experiment.view.offset >= preset.experiment.trainingLength, preset.name.c_str());
        }
    }

    void noTwoShareATitleOrASummaryOrSettings()
    {
        std::set<std::string> titles, summaries;
        std::vector<Experiment> settings;
        for (const Preset& preset : presets()) {
            titles.insert(preset.experiment.title);
            summaries.insert(preset.summary);
            QVERIFY(preset.summary.ends_with('.'));
            settings.push_back(preset.experiment);
            settings.back().title.clear();
            QCOMPARE(std::ranges::count(settings, settings.back()), 1);
        }
        QCOMPARE(titles.size(), presets().size());
        QCOMPARE(summaries.size(), presets().size());
    }

    void aPresetIsFoundByItsExactNameOnly()
    {
        for (const Preset& preset : presets())
            QCOMPARE(findPreset(preset.name), &preset);
        QCOMPARE(findPreset("Past-training"), nullptr);
        QCOMPARE(findPreset(""), nullptr);
        QCOMPARE(findPreset("past-training "), nullptr);
    }

    void theBooksSettingsAreTheBooks()
    {
        QVERIFY(findPreset("book-small")->experiment.schemes[1] == Scheme(T5{T5Variant::Book, 3, 5}));
        QCOMPARE(findPreset("book-small")->experiment.length, 8);
        const Experiment& figure = findPreset("book-figure")->experiment;
        QVERIFY(figure.schemes[1] == Scheme(T5{T5Variant::Book, 32, 1024}));
        QCOMPARE(figure.trainingLength, 512);
        QCOMPARE(figure.length, 1000);
    }

    void inEveryOnePerOffsetEndsFartherFromTheDataThanBuckets()
    {
        for (const Preset& preset : presets()) {
            const auto result = evaluate(preset.experiment);
            QVERIFY2(result->schemes[0].atLength.kl > 1.4 * result->schemes[1].atLength.kl, preset.name.c_str());
            const AttentionShares shares = attentionShares(*result, 1, preset.experiment.view.query);
            QCOMPARE(shares.untrained > 0.1, preset.name == "book-figure");
        }
    }

    void smallCorpusDiffersFromTheDefaultInItsDocumentsOnly()
    {
        Experiment small = findPreset("small-corpus")->experiment;
        QCOMPARE(small.corpus.documents, 4);
        small.corpus.documents = Experiment{}.corpus.documents;
        small.title = Experiment{}.title;
        QVERIFY(small == Experiment{});
    }
};

QTEST_GUILESS_MAIN(PresetsTest)
#include "presets.moc"
