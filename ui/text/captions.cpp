// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/captions.h"

#include "ui/text/numbers.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>
#include <functional>
#include <map>

namespace posbias::ui {

namespace {

struct Caption {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::Caption)
};

constexpr std::array optimizerIds = {"adam", "adamw", "adafactor", "sgd", "momentum", "exact"};

QString optimizerName(const std::string& id)
{
    static const std::map<std::string, QString> names = {
        {"adam", QStringLiteral("Adam")},           {"adamw", QStringLiteral("AdamW")},
        {"adafactor", QStringLiteral("Adafactor")}, {"sgd", QStringLiteral("SGD")},
        {"momentum", Caption::tr("momentum")},      {"exact", Caption::tr("the exact minimum")},
    };
    return names.at(id);
}

/// Reads findings as words.
class Numbers {
public:
    explicit Numbers(const Findings& findings) : m_findings(findings) {}

    double value(const std::string& id) const { return m_findings[id]; }
    QString whole(const std::string& id) const { return count(value(id)); }
    QString share(const std::string& id) const { return percent(value(id)); }
    /// KL of a scheme over L tokens, or over n.
    double within(const char* scheme, const std::string& tag = {}) const { return kl(scheme, "L", tag); }
    double atLength(const char* scheme, const std::string& tag = {}) const { return kl(scheme, "n", tag); }
    /// The extremes of KL over n under every optimizer.
    struct Extreme {
        std::string optimizer;
        double kl = 0.0;
    };
    std::pair<Extreme, Extreme> overOptimizers(const char* scheme) const
    {
        std::pair<Extreme, Extreme> ends{{{}, 1e300}, {{}, -1.0}};
        for (const std::string id : optimizerIds) {
            const double here = atLength(scheme, id);
            if (here < ends.first.kl)
                ends.first = {id, here};
            if (here > ends.second.kl)
                ends.second = {id, here};
        }
        return ends;
    }

private:
    double kl(const char* scheme, const char* length, const std::string& tag) const
    {
        const std::string at = std::to_string(static_cast<std::int64_t>(value(length)));
        return value(std::string("kl.") + scheme + '.' + at + (tag.empty() ? "" : '.' + tag));
    }

    const Findings& m_findings;
};

QString times(double far, double near)
{
    return number(far / near, 2);
}

/// "both follow the data closely" or not, with A’s and B’s distance inside the training length.
QString insideTraining(const Numbers& f)
{
    const double a = f.within("A"), b = f.within("B");
    const QString text = std::max(a, b) < 0.02
                             ? Caption::tr("A and B are trained on the same %1 documents of up to %2 tokens, and that "
                                           "far both attend almost as the data do (%3 and %4 nats away; 0 is perfect).")
                             : Caption::tr("A and B are trained on the same %1 documents of up to %2 tokens; that far "
                                           "A is %3 and B %4 nats from the data (0 is perfect).");
    return text.arg(f.whole("documents"), f.whole("L"), nats(a), nats(b));
}

QString atLength(const Numbers& f)
{
    return Caption::tr("over %1 tokens A is %2 nats from the data, B %3")
        .arg(f.whole("n"), nats(f.atLength("A")), nats(f.atLength("B")));
}

QString pastTraining(const Numbers& f)
{
    QString text = Caption::tr("A learns one bias for every offset (how far back a token looks), B one for each of %1 "
                               "buckets of offsets. On documents of up to %2 tokens both come near the data’s own "
                               "attention (%3 and %4 nats away; 0 is perfect).")
                       .arg(f.whole("parameters.B"), f.whole("L"), nats(f.within("A")), nats(f.within("B")));
    const QString query = f.whole("query"), drawn = f.share("share.A"), data = f.share("unseen.data");
    if (f.value("share.A") > 3.0 * f.value("unseen.data"))
        text += Caption::tr(" Longer offsets were never trained in A (hatched): they kept %1 while training took the "
                            "farthest it knew down to about %2, so query %3 spends %4 of its attention there (the "
                            "data: %5).")
                    .arg(number(f.value("initial")), number(f.value("far.A"), 2), query, drawn, data);
    else
        text += Caption::tr(" Longer offsets were never trained in A (hatched), yet query %1 spends only %2 of its "
                            "attention there (the data: %3).")
                    .arg(query, drawn, data);
    return text + Caption::tr(" B’s last bucket holds every offset from %1 on, and training reached it: %2.")
                      .arg(f.whole("lastBucket.B"), atLength(f));
}

QString optimizers(const Numbers& f)
{
    const auto [leastA, mostA] = f.overOptimizers("A");
    const auto [leastB, mostB] = f.overOptimizers("B");
    QString text =
        Caption::tr("Attention weights sum to 1, so one number added to all trained biases changes nothing in "
                    "training: where this level ends up is the optimizer’s doing. Past the training length A’s "
                    "untrained biases still are %1, and the level decides how much they attract: over %2 tokens A is "
                    "%3 nats from the data after %4, but %5 after %6.")
            .arg(number(f.value("initial")), f.whole("n"), nats(leastA.kl), optimizerName(leastA.optimizer),
                 nats(mostA.kl), optimizerName(mostA.optimizer));
    if (mostB.kl < 1.5 * leastB.kl)
        text += Caption::tr(" B does not care: all its offsets use trained buckets, so the level cancels (%1 to %2 "
                            "nats, whatever the optimizer).");
    else
        text += Caption::tr(" B ranges from %1 to %2 nats.");
    return text.arg(nats(leastB.kl), nats(mostB.kl));
}

QString smallCorpus(const Numbers& f)
{
    const double a = f.within("A"), b = f.within("B");
    QString text = Caption::tr("Of the %1 reads in these %2 documents only %3 are at the farther half of the offsets, "
                               "and %4 of %5 offsets were never read at all.")
                       .arg(f.whole("reads"), f.whole("documents"), f.whole("reads.far"), f.whole("reads.none"),
                            f.whole("parameters.A"));
    text +=
        a > 1.5 * b
            ? Caption::tr(" A has a bias for each and takes chance for preference, so within the training length "
                          "it is %1 nats from the data; B pools far offsets in a few buckets and is %2 × nearer "
                          "(%3).")
                  .arg(nats(a), times(a, b), nats(b))
            : Caption::tr(" Yet within the training length A is %1 and B %2 nats from the data.").arg(nats(a), nats(b));
    return text + Caption::tr(" With %1 documents A would be at %2.")
                      .arg(f.whole("documents.more"), nats(f.within("A", "more")));
}

QString earlyStopping(const Numbers& f)
{
    const double stopped = f.within("A"), ended = f.within("A", "last");
    if (!(stopped < ended))
        return Caption::tr("On these documents stopping early does not help A: within the training length it is %1 "
                           "nats from the data, after all %2 steps %3.")
            .arg(nats(stopped), f.whole("steps"), nats(ended));
    const double past = f.atLength("A"), pastEnded = f.atLength("A", "last");
    QString text =
        Caption::tr("On %1 documents A first learns what the data prefer, then what chance put there: after %2 steps "
                    "it is %3 nats from the data within the training length. Stopped where documents that it never "
                    "read fit best, at step %4, it is %5; B, with only %6 biases, hardly overfits (%7 at its end, %8 "
                    "stopped).")
            .arg(f.whole("documents"), f.whole("steps"), nats(ended), f.whole("step.A"), nats(stopped),
                 f.whole("parameters.B"), nats(f.within("B", "last")), nats(f.within("B")));
    text += past < pastEnded ? Caption::tr(" Past the training length it helps as well: over %1 tokens A is %2 nats "
                                           "away, instead of %3.")
                             : Caption::tr(" Past the training length it does not help: over %1 tokens A is %2 nats "
                                           "away, instead of %3, for no step ever trains an offset past that length.");
    return text.arg(f.whole("n"), nats(past), nats(pastEnded));
}

std::string over(const Numbers& f, const char* length)
{
    return '.' + std::to_string(static_cast<std::int64_t>(f.value(length)));
}

QString bestCounts(const Numbers& f, const std::string& within, const std::string& past)
{
    const QString best = f.whole("best" + within), bestPast = f.whole("best" + past);
    const QString kl = nats(f.value("best" + within + ".kl")), klPast = nats(f.value("best" + past + ".kl"));
    if (best == bestPast)
        return Caption::tr("%1 buckets are best, within the training length (%2 nats) and over %3 tokens (%4).")
            .arg(best, kl, f.whole("n"), klPast);
    return Caption::tr("%1 buckets are best within the training length (%2 nats), %3 over %4 tokens (%5).")
        .arg(best, kl, bestPast, f.whole("n"), klPast);
}

QString bucketCount(const Numbers& f)
{
    const std::string within = ".B" + over(f, "L"), past = ".B" + over(f, "n");
    const auto kl = [&](const char* which) { return f.value(which + within + ".kl"); };
    const double limit = f.value("limit.A" + over(f, "L"));
    QString text = Caption::tr("With %1 buckets T5 cannot tell far from near: it is %2 nats from the data within the "
                               "training length.")
                       .arg(f.whole("fewest" + within), nats(kl("fewest")));
    if (kl("most") > 2.0 * kl("best"))
        text += Caption::tr(" With %1 it learns the noise of these %2 documents (%3), as A does, the limit of ever "
                            "more buckets (%4). The error between is a U: %5")
                    .arg(f.whole("most" + within), f.whole("documents"), nats(kl("most")), nats(limit),
                         bestCounts(f, within, past));
    else
        text += Caption::tr(" More are better, up to %1 (%2): these %3 documents have too little noise for a U. %4")
                    .arg(f.whole("most" + within), nats(kl("most")), f.whole("documents"), bestCounts(f, within, past));
    return text;
}

QString maxDistance(const Numbers& f)
{
    QString text = Caption::tr("The %1 buckets of A reach to distance %2, those of B to %3, and within the training "
                               "length both do about equally well (%4 and %5 nats from the data).")
                       .arg(f.whole("parameters.A"), f.whole("maxDistance.A"), f.whole("maxDistance.B"),
                            nats(f.within("A")), nats(f.within("B")));
    text += f.value("untrainedFrom.B") < 0.0
                ? Caption::tr(" Training reached every bucket: %1.").arg(atLength(f))
                : Caption::tr(" But training ended at offset %1: B’s buckets from offset %2 on were never trained, "
                              "and their initial bias attracts far too much: %3.")
                      .arg(count(f.value("L") - 1.0), f.whole("untrainedFrom.B"), atLength(f));
    QStringList tried;
    std::string best = "A";
    for (const char* scheme : {"A", "B", "C", "D", "E", "F"}) {
        tried << Caption::tr("%1: %2").arg(f.whole(std::string("maxDistance.") + scheme + ".tried"),
                                           nats(f.atLength(scheme, "tried")));
        if (f.atLength(scheme, "tried") < f.atLength(best.c_str(), "tried"))
            best = scheme;
    }
    return text + Caption::tr(" Of the reaches tried (%1 nats), %2 is best.")
                      .arg(tried.join(QStringLiteral(", ")), f.whole("maxDistance." + best + ".tried"));
}

QString bookFigure(const Numbers& f)
{
    const auto [least, most] = f.overOptimizers("B");
    const double within = f.within("B");
    QString text = Caption::tr("T5’s buckets are made for distances up to %1, but training ended at %2: those from "
                               "offset %3 on were never trained (hatched) and still are %4, while training took those "
                               "before them down to about %5.")
                       .arg(f.whole("maxDistance.B"), f.whole("L"), f.whole("untrainedFrom.B"),
                            number(f.value("initial")), number(f.value("far.B"), 2));
    text += Caption::tr(" Query %1 gives them %2 of its attention (the data give %3 to all offsets from %4 on), and "
                        "over %5 tokens T5 is %6 nats from the data, against %7 within the training length.")
                .arg(f.whole("query"), f.share("share.B"), f.share("unseen.data"), f.whole("L"), f.whole("n"),
                     nats(f.atLength("B")), nats(within));
    return text +
           (least.kl > 5.0 * within
                ? Caption::tr(" No optimizer avoids it: %1 nats at best (%2), %3 at worst (%4).")
                : Caption::tr(" It depends on the optimizer: %1 nats at best (%2), %3 at worst (%4)."))
               .arg(nats(least.kl), optimizerName(least.optimizer), nats(most.kl), optimizerName(most.optimizer));
}

QString farBeyond(const Numbers& f)
{
    const QString shown = f.whole("n");
    QString text = Caption::tr("Trained to %1 tokens, shown at %2: of query %3’s attention A gives %4 to offsets it "
                               "never learned.")
                       .arg(f.whole("L"), shown, f.whole("query"), f.share("share.A"));
    text += f.atLength("B") > 10.0 * f.within("B")
                ? Caption::tr(" B has none of these and still drifts: its last bucket gives every offset from %1 on "
                              "the same bias, while in the data preference keeps falling; so many far tokens together "
                              "get %2 (past the training length; the data give them %3).")
                      .arg(f.whole("lastBucket.B"), f.share("unseen.B"), f.share("unseen.data"))
                : Caption::tr(" B has none of these, and stays near the data.");
    return text +
           Caption::tr(" Over all %1 tokens A is %2 nats from the data, B %3; buckets that reach to %4 would still be "
                       "at %5.")
               .arg(shown, nats(f.atLength("A")), nats(f.atLength("B")), f.whole("maxDistance.A.reaching"),
                    nats(f.atLength("A", "reaching")));
}

QString largeCorpus(const Numbers& f)
{
    const double a = f.within("A"), b = f.within("B");
    const std::string at = over(f, "L");
    QString text =
        a < b ? Caption::tr("With %1 documents noise averages out, and within the training length one bias "
                            "for each offset is nearer to the data (%2 nats) than T5, whose sharing costs "
                            "the same however much it reads (%3).")
              : Caption::tr("Even with %1 documents A is %2 nats from the data within the training length, T5 %3.");
    text = text.arg(f.whole("documents"), nats(a), nats(b));
    if (f.value("overtakes" + at) < 0.0)
        text += Caption::tr(" However many documents the sweep tries, A does not overtake it.");
    else
        text += Caption::tr(" A overtakes it between %1 and %2 documents.")
                    .arg(f.whole("before" + at), f.whole("overtakes" + at));
    const bool never = f.value("overtakes" + over(f, "n")) < 0.0;
    return text + (never ? Caption::tr(" Past the training length it never does, since no document is long enough to "
                                       "train those offsets: %1.")
                         : Caption::tr(" Past the training length: %1."))
                      .arg(atLength(f));
}

QString wrongShape(const Numbers& f)
{
    const double a = f.within("A"), b = f.within("B"), reaching = f.within("A", "reaching");
    QString text = Caption::tr("In these data preference falls exponentially: by a factor of %1 across the offsets %2 "
                               "to %3, which T5 gives one and the same bias.")
                       .arg(number(f.value("fall.B"), 2), f.whole("lastBucket.B"), count(f.value("L") - 1.0));
    text += a < b ? Caption::tr(" So one bias for each offset wins, within the training length (%1 against %2 nats) "
                                "and past it (%3 against %4).")
                  : Caption::tr(
                        " Still, A is %1 and T5 %2 nats from the data within the training length (past it %3 and %4).");
    text = text.arg(nats(a), nats(b), nats(f.atLength("A")), nats(f.atLength("B")));
    return text + (reaching < a ? Caption::tr(" Buckets that reach to %1 divide this stretch and beat both (%2 nats): "
                                              "sharing helps where its shape fits.")
                                : Caption::tr(" Buckets that reach to %1 end at %2 nats."))
                      .arg(f.whole("maxDistance.A.reaching"), nats(reaching));
}

QString bookSmall(const Numbers& f)
{
    return Caption::tr("Trained to %1 tokens, shown at %2: offsets from %1 on never occurred in training. A keeps its "
                       "initial %3 for them, so query %4 gives them %5 of its attention (the data: %6).")
               .arg(f.whole("L"), f.whole("n"), number(f.value("initial")), f.whole("query"), f.share("share.A"),
                    f.share("unseen.data")) +
           Caption::tr(" B’s last bucket starts at offset %1, which training did see, and lends them its bias: %2.")
               .arg(f.whole("lastBucket.B"), atLength(f));
}

QString t5Encoder(const Numbers& f)
{
    return insideTraining(f) + QLatin1Char(' ') +
           Caption::tr("Reading both ways, B has %1 buckets, half of them for keys after the query, so each side has "
                       "half as many as causal T5; A has %2 biases. Past the training length A again turns to what it "
                       "never learned (query %3: %4 of its attention), B does not: %5.")
               .arg(f.whole("parameters.B"), f.whole("parameters.A"), f.whole("query"), f.share("share.A"),
                    atLength(f));
}

QString t5Decoder(const Numbers& f)
{
    return Caption::tr("Most of these %1 documents are short: of %2 reads only %3 are at the farther half of the %4 "
                       "offsets of training, and %5 offsets were never read.")
               .arg(f.whole("documents"), f.whole("reads"), f.whole("reads.far"), f.whole("L"), f.whole("reads.none")) +
           QLatin1Char(' ') +
           Caption::tr("A is %1 nats from the data within the training length, B, which pools the far ones, %2; and "
                       "past it A turns to offsets it never learned (query %3: %4 of its attention): %5.")
               .arg(nats(f.within("A")), nats(f.within("B")), f.whole("query"), f.share("share.A"), atLength(f));
}

}  // namespace

QString caption(const Findings& findings)
{
    static const std::map<std::string, std::function<QString(const Numbers&)>> captions = {
        {"past-training", pastTraining},   {"optimizers", optimizers},    {"small-corpus", smallCorpus},
        {"early-stopping", earlyStopping}, {"bucket-count", bucketCount}, {"max-distance", maxDistance},
        {"book-figure", bookFigure},       {"far-beyond", farBeyond},     {"large-corpus", largeCorpus},
        {"wrong-shape", wrongShape},       {"book-small", bookSmall},     {"t5-encoder", t5Encoder},
        {"t5-decoder", t5Decoder},
    };
    const auto found = captions.find(findings.preset);
    return found == captions.end() ? QString() : found->second(Numbers(findings));
}

}  // namespace posbias::ui
