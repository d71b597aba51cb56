// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/inspector/inspector.h"
#include "core/evaluation/explanation.h"
#include "core/experiment/fields.h"
#include "core/experiment/presets.h"
#include "ui/text/cell_words.h"
#include "ui/text/numbers.h"
#include "ui/window/inspector/scheme_card.h"
#include "ui/window/inspector/share_bars.h"
#include "ui/window/widgets/formula_label.h"

#include <QLabel>
#include <QTest>

using namespace posbias;
using namespace posbias::ui;

namespace {

struct Shown {
    ExperimentModel model;
    std::unique_ptr<Inspector> inspector;

    explicit Shown(const Experiment& experiment)
    {
        model.load(experiment);
        inspector = std::make_unique<Inspector>(&model);
        if (!QTest::qWaitFor([this] { return model.upToDate(); }, longEnough))
            qFatal("the experiment was not computed");
        inspector->show();
    }
    void hover(std::int64_t query, std::int64_t key)
    {
        model.hover(CellPosition{query, key});
        QCoreApplication::processEvents();
    }
    QString text(const char* name) const
    {
        const auto* label = inspector->findChild<QLabel*>(QLatin1String(name));
        return !label || label->isHidden() ? QString() : label->text();
    }
    QString formula(const char* name) const
    {
        const auto* label = inspector->findChild<FormulaLabel*>(QLatin1String(name));
        return !label || label->isHidden() ? QString() : plainText(label->formula());
    }
};

Experiment preset(const char* name)
{
    return findPreset(name)->experiment;
}

}  // namespace

class InspectorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Both for an offset past a table and for a bucket that training did not reach.
    void anUntrainedBiasSaysWhatWeightDecayMadeOfIt()
    {
        Experiment experiment = preset("past-training");
        experiment.schemes[1] = T5{T5Variant::HuggingFace, 32, 1024};
        experiment.learning = AdamW{.steps = 100, .weightDecay = 0.25, .initial = 1.0};
        const Shown shown(experiment);
        const QString words = QStringLiteral("shrunk by weight decay from 1 to 0.471");  // 0.9925^100
        QCOMPARE(shown.formula("A.formula0"), QStringLiteral("u_700 = 0.471, ") + words);
        QVERIFY(shown.formula("B.formula2").endsWith(words));
        for (const char* origin : {"A.origin", "B.origin"})
            QVERIFY(shown.text(origin).contains(QStringLiteral("so only weight decay moved it")));
    }

    void decayThatGoesPastZeroIsNotCalledShrinking()
    {
        Experiment experiment = preset("past-training");
        experiment.learning = Sgd{.learningRate = 1.5, .steps = 1, .weightDecay = 1.0, .initial = 1.0};
        const Shown shown(experiment);
        QCOMPARE(shown.formula("A.formula0"), QStringLiteral("u_700 = −0.5, moved by weight decay from 1 to −0.5"));
    }

    void decayTooSmallForThreeDigitsIsToldWithMore()
    {
        Experiment experiment = preset("past-training");
        experiment.learning = AdamW{.steps = 100, .weightDecay = 1e-6, .initial = 1.0};
        const Shown shown(experiment);
        QCOMPARE(shown.formula("A.formula0"),
                 QStringLiteral("u_700 = 1.00, shrunk by weight decay from 1 to 0.999997"));
    }

    void theDefaultCellIsExplainedWithItsOwnNumbers()
    {
        const Shown shown(preset("past-training"));
        QCOMPARE(shown.text("heading.cell"), QStringLiteral("Query 850 reads key 150"));
        QCOMPARE(shown.text("heading.offset"), QStringLiteral("offset d = i − j = 700"));
        QCOMPARE(shown.text("heading.training"), QStringLiteral("189 past the last offset that training saw (511)"));
        QCOMPARE(shown.text("A.pill"), QStringLiteral("untrained"));
        QCOMPARE(shown.formula("A.formula0"), QStringLiteral("u_700 = 0, as it started"));
        QCOMPARE(shown.text("B.pill"), QStringLiteral("bucket 31"));
        QCOMPARE(shown.formula("B.formula0"), QStringLiteral("16 + ⌊16 · ln(700/16)/ln(128/16)⌋ = 16 + 29"));
        QCOMPARE(shown.formula("B.formula1"), QStringLiteral("min(45, 31) = 31"));
        QVERIFY(shown.text("B.origin").startsWith(QStringLiteral("Shared by offsets 113 and beyond.")));
        QVERIFY(shown.text("B.origin").contains(integer(3'192'000)));
        QVERIFY(shown.text("B.origin").contains(percent(3'192'000.0 / 5'253'120.0)));
    }

    void everyValueIsTheExplanations()
    {
        const Shown shown(preset("past-training"));
        const auto result = shown.model.result();
        for (std::size_t s = 0; s < 2; ++s) {
            const CellExplanation cell = explainCell(*result, s, 850, 150);
            const auto value = [&](const char* row) {
                return shown.text(qPrintable(QString::fromStdString(schemeLetter(s)) + QLatin1Char('.') + row));
            };
            QCOMPARE(value("relative"), number(cell.relativeBias));
            QCOMPARE(value("normaliser"), number(cell.logNormaliser));
            QCOMPARE(value("attention"), number(cell.attention));
            QCOMPARE(value("data"), number(cell.teacherAttention));
            QCOMPARE(value("verdict"), number(cell.factor, 2) + QStringLiteral(" × too much"));
        }
        QCOMPARE(shown.text("B.bias"), number(explainCell(*result, 1, 850, 150).bias));
        QCOMPARE(shown.text("B.dot"), QString());
    }

    void hoveringChangesTextsAndMakesNoWidgets()
    {
        Shown shown(preset("past-training"));
        const auto widgets = shown.inspector->findChildren<QWidget*>().size();
        shown.hover(850, 840);
        QCOMPARE(shown.text("heading.offset"), QStringLiteral("offset d = i − j = 10"));
        QCOMPARE(shown.formula("B.formula0"), QStringLiteral("10 < 16: b = 10"));
        QCOMPARE(shown.formula("B.formula1"), QString());
        QVERIFY(shown.text("heading.training").contains(integer(40 * (512 - 10))));
        QVERIFY(shown.text("A.origin").startsWith(QStringLiteral("Used by offset 10 alone.")));
        QCOMPARE(shown.text("A.pill"), QString());
        QCOMPARE(shown.inspector->findChildren<QWidget*>().size(), widgets);
        shown.model.hover({});
        QCoreApplication::processEvents();
        QCOMPARE(shown.text("heading.offset"), QStringLiteral("offset d = i − j = 700"));
    }

    void barsShowWhereTheQuerysAttentionGoes()
    {
        const Shown shown(preset("past-training"));
        QCOMPARE(shown.text("shares.title"), QStringLiteral("Query 850: where attention goes"));
        const auto* bars = shown.inspector->findChild<ShareBars*>(QStringLiteral("shares"));
        QVERIFY(bars);
        QCOMPARE(bars->bars().size(), std::size_t{3});
        const AttentionShares a = attentionShares(*shown.model.result(), 0, 850);
        QCOMPARE(bars->bars()[1].shares.untrained, a.untrained);
        QVERIFY(a.untrained > 0.5);
        QVERIFY(bars->accessibleDescription().contains(percent(a.untrained)));
    }

    void aMaskedCellSaysSo()
    {
        const Shown shown(preset("past-training"));
        const CellHeading heading = cellHeading(*shown.model.result(), {3, 8});
        QCOMPARE(heading.cell, QStringLiteral("Query 3 does not read key 8"));
        QVERIFY(heading.training.startsWith(QStringLiteral("Masked")));
        QVERIFY(!explainCell(*shown.model.result(), 0, 3, 8).visible);
    }

    void laterKeysUseTheUpperHalf()
    {
        Shown shown(preset("t5-encoder"));
        shown.hover(300, 310);
        QCOMPARE(shown.formula("B.formula0"), QStringLiteral("8 + ⌊8 · ln(10/8)/ln(128/8)⌋ = 8 + 0"));
        QCOMPARE(shown.formula("B.formula1"), QStringLiteral("16 + min(8, 15) = 24"));
        QVERIFY(shown.text("B.origin").startsWith(QStringLiteral("Shared by offsets −11 to −8.")));
        shown.hover(300, 303);
        QCOMPARE(shown.formula("B.formula0"), QStringLiteral("3 < 8: b = 16 + 3 = 19"));
    }

    void anUntrainedBucketSaysSo()
    {
        const Shown shown(preset("book-figure"));
        QCOMPARE(shown.text("B.pill"), QStringLiteral("bucket 31: untrained"));
        QCOMPARE(shown.formula("B.formula2"), QStringLiteral("u_31 = 0, as it started"));
        QVERIFY(shown.text("B.origin").contains(QStringLiteral("nothing moved it")));
    }

    void aDifferenceBetweenFloatAndExactArithmeticIsMentioned()
    {
        Experiment experiment = preset("past-training");
        experiment.schemes[1] = T5{T5Variant::HuggingFace, 5, 686};
        Shown shown(experiment);
        shown.hover(98, 0);
        QVERIFY2(shown.text("B.origin").contains(QStringLiteral("exact arithmetic gives bucket 4")),
                 qPrintable(shown.text("B.origin")));
    }

    void contentAddsItsRows()
    {
        Experiment experiment = preset("past-training");
        experiment.content = RandomContent{};
        experiment.scaling = Scaling::ScaledThenBias;
        const Shown shown(experiment);
        const CellExplanation cell = explainCell(*shown.model.result(), 0, 850, 150);
        QCOMPARE(shown.text("A.dot"), number(cell.dotProduct));
        QCOMPARE(shown.text("A.score"), number(cell.logit));
    }

    void noTextIsClippedInLargeType()
    {
        QFont large = QApplication::font();
        large.setPixelSize(22);
        QApplication::setFont(large);
        const Shown shown(preset("book-figure"));
        QCoreApplication::processEvents();  // layouts
        for (const QLabel* label : shown.inspector->findChildren<QLabel*>()) {
            if (label->isHidden() || label->text().isEmpty())
                continue;
            QVERIFY2(label->width() >= label->minimumSizeHint().width(), qPrintable(label->text()));
            QVERIFY2(!label->wordWrap() || label->height() >= label->heightForWidth(label->width()),
                     qPrintable(label->text()));
        }
        QApplication::setFont(QFont());
    }

    void longFormulasBreakBeforeARelation()
    {
        FormulaLabel label;
        using Kind = FormulaPiece::Kind;
        label.setFormula({{Kind::Text, QStringLiteral("32768"), {}},
                          {Kind::Text, QStringLiteral(" + ⌊32768 · "), {}},
                          {Kind::Fraction, QStringLiteral("ln(1000000/32768)"), QStringLiteral("ln(2147483647/32768)")},
                          {Kind::Text, QStringLiteral("⌋"), {}},
                          {Kind::Text, QStringLiteral(" = 32768 + 10099"), {}}});
        const int whole = label.sizeHint().width();
        QVERIFY(label.heightForWidth(whole / 2) > label.heightForWidth(whole + 1));
        QCOMPARE(label.accessibleName(),
                 QStringLiteral("32768 + ⌊32768 · ln(1000000/32768)/ln(2147483647/32768)⌋ = 32768 + 10099"));
    }
};

QTEST_MAIN(InspectorTest)
#include "inspector.moc"
