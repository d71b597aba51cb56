// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/captions.h"

#include "ui/text/numbers.h"
#include "ui/text/training_help.h"

#include <QRegularExpression>
#include <QTest>

using namespace posbias;
using namespace posbias::ui;

namespace {

Findings changed(Findings findings, const std::string& id, double value)
{
    for (Measure& measure : findings.measures)
        if (measure.id == id)
            measure.value = value;
    return findings;
}

}  // namespace

class CaptionsTest : public QObject {
    Q_OBJECT

    std::vector<Findings> m_findings;

    const Findings& of(const std::string& preset) const
    {
        return *std::ranges::find(m_findings, preset, &Findings::preset);
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (const Preset& preset : presets())
            m_findings.push_back(findingsOf(preset));
    }

    void everyPresetHasACaptionOfAFewSentences()
    {
        static const QRegularExpression wrong(QStringLiteral("%\\d|\\bnan\\b|\\binf\\b|  |\\.\\.|-\\d"));
        for (const Findings& findings : m_findings) {
            const QString text = caption(findings);
            QVERIFY2(text.size() > 200 && text.size() < 620, qPrintable(text));
            QVERIFY2(!wrong.match(text).hasMatch(), qPrintable(text));
            QVERIFY2(text.endsWith(QLatin1Char('.')), qPrintable(text));
        }
    }

    void itsNumbersWereMeasured()
    {
        for (const char* name : {"past-training", "optimizers", "max-distance", "book-figure", "far-beyond"}) {
            const Findings& findings = of(name);
            const std::string n = std::to_string(findPreset(name)->experiment.length);
            const std::string worst = name == std::string("optimizers") ? ".adamw" : "";
            const double kl =
                findings["kl." + std::string(name == std::string("optimizers") ? "A." : "B.") + n + worst];
            QVERIFY2(caption(findings).contains(nats(kl)), qPrintable(caption(findings)));
            const double other = kl + 0.25;
            const Findings moved = changed(
                findings, "kl." + std::string(name == std::string("optimizers") ? "A." : "B.") + n + worst, other);
            QVERIFY2(caption(moved).contains(nats(other)), name);
        }
    }

    void theWordsFollowTheNumbersWhereTheyTurnOutOtherwise()
    {
        QVERIFY(caption(changed(of("past-training"), "share.A", 0.004)).contains(QStringLiteral("only 0.4")));
        QVERIFY(!caption(of("past-training")).contains(QStringLiteral("only 0.4")));
        QVERIFY(caption(changed(of("large-corpus"), "kl.A.512", 0.9)).startsWith(QStringLiteral("Even with")));
        QVERIFY(
            caption(changed(of("large-corpus"), "overtakes.512", -1.0)).contains(QStringLiteral("does not overtake")));
        QVERIFY(caption(changed(of("early-stopping"), "kl.A.512", 0.9)).contains(QStringLiteral("does not help A")));
        QVERIFY(caption(changed(of("optimizers"), "kl.B.1000.sgd", 0.9)).contains(QStringLiteral("B ranges from")));
        QVERIFY(!caption(changed(of("wrong-shape"), "kl.B.512", 1e-4)).contains(QStringLiteral("wins")));
        QVERIFY(!caption(changed(of("bucket-count"), "most.B.512.kl", 0.001)).contains(QStringLiteral("is a U")));
        QVERIFY(
            !caption(changed(of("max-distance"), "untrainedFrom.B", -1.0)).contains(QStringLiteral("never trained")));
    }

    void theyTellWhatEachPresetIsAbout()
    {
        QVERIFY(caption(of("past-training")).contains(QStringLiteral("hatched")));
        QVERIFY(caption(of("optimizers")).contains(QStringLiteral("B does not care")));
        QVERIFY(caption(of("small-corpus")).contains(QStringLiteral("× nearer")));
        QVERIFY(caption(of("early-stopping")).contains(QStringLiteral("does not help: over 1000 tokens")));
        QVERIFY(caption(of("bucket-count")).contains(QStringLiteral("is a U")));
        QVERIFY(caption(of("max-distance")).endsWith(QStringLiteral("512 is best.")));
        QVERIFY(caption(of("book-figure")).contains(QStringLiteral("No optimizer avoids it")));
        QVERIFY(caption(of("far-beyond")).contains(QStringLiteral("still drifts")));
        QVERIFY(caption(of("large-corpus")).contains(QStringLiteral("overtakes it between")));
        QVERIFY(caption(of("wrong-shape")).contains(QStringLiteral("beat both")));
    }

    void findingsOfSomethingElseHaveNone() { QVERIFY(caption(Findings{"my own", {}}).isEmpty()); }

    void theHelpExplainsEveryTermOfTheViews()
    {
        const QString help = trainingHelp();
        for (const char* term :
             {"The data", "Exposure", "Standard errors", "Adafactor", "The level", "Untrained offsets", "Finite data",
              "Sweeps", "effective sample size", "What real training has besides"})
            QVERIFY2(help.contains(QLatin1String(term)), term);
        QCOMPARE(help.count(QStringLiteral("<p>")), help.count(QStringLiteral("</p>")));
        QCOMPARE(help.count(QStringLiteral("<i>")), help.count(QStringLiteral("</i>")));
        QCOMPARE(help.count(QStringLiteral("<sub>")), help.count(QStringLiteral("</sub>")));
    }
};

QTEST_GUILESS_MAIN(CaptionsTest)
#include "captions.moc"
