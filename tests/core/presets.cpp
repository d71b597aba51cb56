// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/presets.h"
#include "core/evaluation/result.h"
#include "core/experiment/fields.h"
#include "core/figure/figure.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace posbias;

class PresetsTest : public QObject {
    Q_OBJECT

private slots:
    void theBuiltInExperimentsAreACourse()
    {
        const std::vector<std::string> names = {"past-training", "optimizers",   "small-corpus", "early-stopping",
                                                "bucket-count",  "max-distance", "book-figure",  "far-beyond",
                                                "large-corpus",  "wrong-shape",  "book-small",   "t5-encoder",
                                                "t5-decoder"};
        QCOMPARE(presets().size(), names.size());
        for (std::size_t i = 0; i < names.size(); ++i)
            QCOMPARE(presets()[i].name, names[i]);
    }

    void everyOneSaysWhichFigureShowsItBest()
    {
        for (const Preset& preset : presets())
            QCOMPARE(figureId(figureFromId(preset.view)), preset.view);
        QCOMPARE(findPreset("past-training")->view, std::string("compare"));
        QCOMPARE(findPreset("bucket-count")->view, std::string("sweep"));
        QVERIFY(findPreset("bucket-count")->experiment.sweep.over == SweepOver::Buckets);
        QVERIFY(findPreset("large-corpus")->experiment.sweep.over == SweepOver::Documents);
    }

    void theFirstOneIsTheDefaultExperiment() { QVERIFY(presets().front().experiment == Experiment{}); }

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

    void whereSharingFitsTheDataPerOffsetEndsFartherFromThem()
    {
        for (const Preset& preset : presets()) {
            if (!std::holds_alternative<PerOffset>(preset.experiment.schemes[0]))
                continue;
            const auto result = evaluate(preset.experiment);
            const double ratio = result->schemes[0].atLength.kl / result->schemes[1].atLength.kl;
            QVERIFY2(preset.name == "wrong-shape" ? ratio < 0.5 : ratio > 1.4, preset.name.c_str());
            const AttentionShares shares = attentionShares(*result, 1, preset.experiment.view.query);
            QCOMPARE(shares.untrained > 0.1, preset.name == "book-figure");
        }
    }

    void smallCorpusDiffersFromTheDefaultInItsDocumentsOnly()
    {
        Experiment small = findPreset("small-corpus")->experiment;
        QCOMPARE(small.corpus.documents, 4);
        const Experiment standard;
        small.corpus.documents = standard.corpus.documents;
        small.title = standard.title;
        QVERIFY(small == standard);
    }
};

QTEST_GUILESS_MAIN(PresetsTest)
#include "presets.moc"
