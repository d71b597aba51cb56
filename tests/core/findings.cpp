// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/findings.h"

#include "core/evaluation/result.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace posbias;

class FindingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPresetHasFiniteMeasuresEachOnce()
    {
        for (const Preset& preset : presets()) {
            const Findings findings = findingsOf(preset);
            QCOMPARE(findings.preset, preset.name);
            std::set<std::string> ids;
            for (const Measure& measure : findings.measures) {
                QVERIFY2(std::isfinite(measure.value), measure.id.c_str());
                QVERIFY2(ids.insert(measure.id).second, measure.id.c_str());
            }
        }
    }

    void theyAreWhatTheWindowShows()
    {
        for (const char* name : {"past-training", "optimizers", "early-stopping", "t5-encoder"}) {
            const Preset& preset = *findPreset(name);
            const auto result = evaluate(preset.experiment);
            const Findings findings = findingsOf(preset);
            for (std::size_t s = 0; s < 2; ++s) {
                const std::string at = "kl." + schemeLetter(s) + '.';
                QVERIFY(std::abs(findings[at + "512"] - result->schemes[s].withinTraining.kl) < 1e-9);
                QVERIFY(std::abs(findings[at + "1000"] - result->schemes[s].atLength.kl) < 1e-9);
            }
            const AttentionShares shares = attentionShares(*result, 0, preset.experiment.view.query);
            QCOMPARE(findings["share.A"], shares.untrained);
        }
    }

    void theyAreTheSameEveryTime()
    {
        for (const char* name : {"early-stopping", "max-distance", "wrong-shape"}) {
            const Findings once = findingsOf(*findPreset(name)), again = findingsOf(*findPreset(name));
            QCOMPARE(once.measures.size(), again.measures.size());
            for (std::size_t k = 0; k < once.measures.size(); ++k)
                QCOMPARE(once.measures[k].value, again.measures[k].value);
        }
    }

    void aStopIsHeard()
    {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_THROWS_EXCEPTION(Cancelled, findingsOf(*findPreset("optimizers"), {stop.get_token(), {}}));
    }

    void anUnknownMeasureIsNamed()
    {
        try {
            findingsOf(*findPreset("book-small"))["kl.Z.7"];
            QFAIL("no error");
        } catch (const FailureError& error) {
            QVERIFY(QString::fromUtf8(error.what()).contains(QStringLiteral("kl.Z.7")));
        }
    }
};

QTEST_GUILESS_MAIN(FindingsTest)
#include "findings.moc"
