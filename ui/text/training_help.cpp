// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/training_help.h"

#include <QCoreApplication>
#include <QStringList>

namespace posbias::ui {

namespace {

struct Help {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::Help)
};

QString section(const QString& title, const QStringList& paragraphs)
{
    return QStringLiteral("<h3>%1</h3>").arg(title) + QStringLiteral("<p>") +
           paragraphs.join(QStringLiteral("</p><p>")) + QStringLiteral("</p>");
}

QString formula(const QString& text)
{
    return QStringLiteral("</p><blockquote>%1</blockquote><p>").arg(text);
}

QString item(const QString& term, const QString& text)
{
    return QStringLiteral("<li><b>%1</b> %2</li>").arg(term, text);
}

QString data()
{
    return section(
        Help::tr("The data"),
        {
            Help::tr(
                "A corpus is <i>M</i> documents of up to <i>L</i> tokens (the training length). Every query <i>i</i> "
                "of a document reads one key <i>j</i>, at the offset <i>d</i> = <i>i</i> − <i>j</i>, drawn from a "
                "known preference <i>g</i>, the teacher:") +
                formula(
                    Help::tr("<i>p</i>*(<i>d</i> | <i>i</i>) = exp <i>g<sub>d</sub></i> ∕ ∑<sub><i>d′</i></sub> exp "
                             "<i>g<sub>d′</sub></i>, &nbsp; over the offsets <i>d′</i> that query <i>i</i> can see.")) +
                Help::tr("Counts are sampled with a seed, or expected: an infinite corpus without chance. Because the "
                         "truth is known, every distance from it is exact."),
        });
}

QString likelihood()
{
    return section(
        Help::tr("The loss"),
        {
            Help::tr(
                "A scheme gives offset <i>d</i> a bias <i>b<sub>d</sub></i>: its own parameter, or one that it "
                "shares with other offsets. The model reads with probability <i>p</i>(<i>d</i> | <i>i</i>) = exp "
                "<i>b<sub>d</sub></i> ∕ <i>Z<sub>i</sub></i>. With <i>c<sub>d</sub></i> reads at offset <i>d</i> and "
                "<i>m<sub>i</sub></i> queries at position <i>i</i>, training lowers the mean over all <i>Q</i> "
                "queries of − log <i>p</i>:") +
                formula(Help::tr("loss = ( − ∑<sub><i>d</i></sub> <i>c<sub>d</sub> b<sub>d</sub></i> + "
                                 "∑<sub><i>i</i></sub> <i>m<sub>i</sub></i> log <i>Z<sub>i</sub></i> ) ∕ <i>Q</i>.")) +
                Help::tr(
                    "Only the counts matter, so a step costs time proportional to <i>L</i>, however many documents "
                    "there are. A shared parameter’s gradient is the sum over its offsets: sharing pools their "
                    "evidence."),
            Help::tr("<b>Distance from the data</b> is the expected loss minus the teacher’s own: KL(<i>p</i>* ‖ "
                     "<i>p</i>) in nats, the mean over the queries of a sequence of <i>n</i> tokens. 0 is perfect."),
        });
}

QString exposure()
{
    return section(
        Help::tr("Exposure"),
        {
            Help::tr(
                "An offset’s exposure is the number of (query, key) pairs at it in the corpus; a parameter’s, that "
                "of all its offsets. A document of <i>L</i> tokens has <i>L</i> − <i>d</i> pairs at offset <i>d</i>: "
                "large offsets are rare, and in short documents they do not occur. A parameter without exposure is "
                "<i>untrained</i>: it keeps its initial value, less what weight decay takes from it. An offset that "
                "training never saw may still use a trained parameter: that is sharing."),
            Help::tr("Pairs alone are not evidence: a pair to which attention gives nearly nothing tells little. The "
                     "<i>effective sample size</i> of a parameter is the sum over queries of <i>p</i> (1 − <i>p</i>), "
                     "where <i>p</i> is the attention that a query gives to all its offsets together; it is the "
                     "parameter’s own entry of the Fisher information."),
        });
}

QString standardErrors()
{
    return section(
        Help::tr("Standard errors"),
        {
            Help::tr("The bands about profiles show ± one standard error of <i>b</i>(<i>d</i>) − <i>b</i>(0), from the "
                     "exact Fisher information of the corpus,") +
                formula(Help::tr("<i>F</i> = ∑<sub>queries</sub> ( diag(<i>p</i>) − <i>p p</i><sup>⊤</sup> ),")) +
                Help::tr(
                    "with offset 0’s parameter held. <i>F</i> is blind to a constant added to all parameters, so "
                    "only differences have an error. It is the spread that other corpora of this size would give at "
                    "the optimum, to first order; it does not know of an optimizer that stopped early, nor of error "
                    "from sharing."),
        });
}

QString optimizers()
{
    return section(
        Help::tr("Optimizers"),
        {
            QStringLiteral("<ul>") +
                item(Help::tr("SGD:"),
                     Help::tr("<i>u</i> ← <i>u</i> − <i>η g</i>, with the gradient <i>g</i> of the mean "
                              "loss and the learning rate <i>η</i>. The gradients of all parameters sum to "
                              "0, so their mean stays where it started.")) +
                item(Help::tr("Momentum:"),
                     Help::tr("<i>v</i> ← 0.9 <i>v</i> + <i>g</i>, <i>u</i> ← <i>u</i> − "
                              "<i>η v</i>. It keeps the mean as well (weight decay would move it).")) +
                item(Help::tr("Adam"),
                     Help::tr("(Kingma and Ba 2015) divides by a running root mean square of each "
                              "parameter’s own gradient: a rare parameter moves as fast as a frequent one. "
                              "The many far offsets sink together, and the mean with them.")) +
                item(Help::tr("AdamW"),
                     Help::tr("(Loshchilov and Hutter 2019) is Adam whose weight decay acts on the parameter "
                              "itself: <i>u</i> ← <i>u</i> − <i>η λ u</i>.")) +
                item(Help::tr("Adafactor"),
                     Help::tr("(Shazeer and Stern 2018), with which T5 was trained, scales steps by "
                              "the parameters’ root mean square and clips them; like Adam it moves "
                              "rare parameters as fast as frequent ones. Weight decay acts on the "
                              "parameter itself, times the scaled rate.")) +
                item(Help::tr("Exact minimum:"),
                     Help::tr("Newton’s method finds the minimum of loss + (<i>λ</i> ∕ 2) ∑ "
                              "(<i>u</i> − <i>u</i><sub>0</sub>)², which is unique: where SGD "
                              "would end after very many steps.")) +
                QStringLiteral("</ul>"),
            Help::tr(
                "Weight decay <i>λ</i> is <i>λ u</i> added to the gradient (SGD, momentum, Adam) or taken off the "
                "parameter itself (AdamW, Adafactor). As in PyTorch it moves every parameter, those that no gradient "
                "reaches too: they shrink from their initial value. Offsets past a per-offset table shrink as the "
                "entries of a longer one would; Adafactor’s root mean square stays that of the table. Under Adam with "
                "random initial values each has its own course, computed one by one for the offsets next to the table "
                "(2²⁶ ∕ steps of them, 1024 to 131 072) and read off a table of courses farther out, right to about a "
                "millionth. The exact minimum pulls trained parameters alone, to their initial values."),
            Help::tr(
                "Steps use the whole corpus, or a batch of documents in a seeded order that reads each once an "
                "epoch. Early stopping keeps the step with the lowest loss on documents held out of training, and "
                "looks at every step; only where looking would cost far more than training (both ways, small batches, "
                "held-out documents of many lengths) it looks at one in several, and says so. "
                "Learning rates that are too large make parameters diverge; training then stops and says so."),
        });
}

QString level()
{
    return section(
        Help::tr("The level"),
        {
            Help::tr(
                "Softmax ignores a constant added to every bias. Within the training length, where every bias is "
                "trained, training therefore never decides their common level, and it harms nothing. Past it, a "
                "scheme with untrained parameters compares trained biases with ones that kept their initial value (or "
                "what weight decay left of it), and then the level decides how much attention those get. The optimizer "
                "sets it. Where every offset "
                "has a trained bucket the constant cancels at every length: that is what sharing buys."),
            Help::tr(
                "Maps and profiles show biases relative to offset 0, <i>b</i>(<i>d</i>) − <i>b</i>(0), because the "
                "level is arbitrary."),
        });
}

QString decomposition()
{
    return section(
        Help::tr("Where the distance comes from"),
        {
            Help::tr(
                "The distance over <i>n</i> tokens is split into four terms. Each is what it falls by when one cause "
                "is taken away, in this order, so that they add up to it exactly:"),
            QStringLiteral("<ol>") +
                item(Help::tr("Untrained offsets"),
                     Help::tr("get the teacher’s own preference, at the level at which the "
                              "trained offsets have the teacher’s mass over that length: "
                              "<i>b<sub>d</sub></i> = <i>g<sub>d</sub></i> + log "
                              "∑<sub>trained</sub> exp <i>b</i> − log ∑<sub>trained</sub> exp "
                              "<i>g</i>.")) +
                item(Help::tr("Optimizer:"),
                     Help::tr("trained parameters then become the exact optimum on the same documents "
                              "(weight decay 10⁻⁶, or the experiment’s own where it trains to the "
                              "exact minimum).")) +
                item(Help::tr("Finite data:"),
                     Help::tr("then the exact optimum on expected counts, infinitely many documents.")) +
                item(Help::tr("Sharing"),
                     Help::tr("is what is left: one bias for different offsets cannot do better.")) +
                QStringLiteral("</ol>") +
                Help::tr("A term can be negative: stopping early may beat the optimum on noisy data, and two causes "
                         "may hide "
                         "one another."),
        });
}

QString sweeps()
{
    return section(
        Help::tr("Sweeps"),
        {
            Help::tr(
                "A sweep trains at many values of one setting (number of buckets, maximum distance, documents), on "
                "several corpora that differ in their seed only. Lines are means, bands reach from the smallest to "
                "the largest. Values that a scheme does not allow are left out and named. Results do not depend on "
                "the number of cores."),
        });
}

QString realTraining()
{
    return section(
        Help::tr("What real training has besides"),
        {
            QStringLiteral("<ul>") +
                item(Help::tr("Content."),
                     Help::tr("Queries and keys depend on the tokens, and are learned together with the "
                              "biases. Here training sees biases alone.")) +
                item(Help::tr("Depth and heads."),
                     Help::tr("T5 has its own biases for every head, shared by all layers; "
                              "heads specialize, and later layers make up for earlier ones. "
                              "Here there is one head in one layer.")) +
                item(Help::tr("An indirect loss."),
                     Help::tr("A language model is trained to predict tokens; nobody tells it "
                              "where to attend. Here the reads are observed.")) +
                item(Help::tr("Schedules."),
                     Help::tr("Learning rates warm up and decay, gradients are clipped, and a level "
                              "may drift for millions of steps. Here the rate is constant.")) +
                item(Help::tr("Language."),
                     Help::tr("What text calls for at distance 700 is unknown. Here it is the "
                              "teacher’s formula, continued past the training length; that is an "
                              "assumption, and so is that similar offsets deserve similar biases.")) +
                QStringLiteral("</ul>") +
                Help::tr(
                    "What carries over is the arithmetic: exposure, shared gradients, the level, and what a bucket "
                    "does with an offset that training never saw."),
        });
}

}  // namespace

QString trainingHelp()
{
    return QStringLiteral("<h2>%1</h2>").arg(Help::tr("How training is modelled")) + data() + likelihood() +
           exposure() + standardErrors() + optimizers() + level() + decomposition() + sweeps() + realTraining();
}

}  // namespace posbias::ui
