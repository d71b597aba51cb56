// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences under the controls: what a scheme does to offsets, what training data there is.
#include "ui/text/sentence.h"

#include "ui/text/phrases.h"

#include <QCoreApplication>

namespace posbias::ui {

namespace {

struct SettingSentence {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::SettingSentence)
};

QString onePerOffset(Mask mask, std::int64_t trainingLength)
{
    if (mask == Mask::Causal)
        return SettingSentence::tr("One parameter for each offset within the training length: %1.")
            .arg(integer(trainingLength));
    return SettingSentence::tr("One parameter for each offset within the training length, both ways: %1.")
        .arg(integer(2 * trainingLength - 1));
}

/// The rule over distances 0, 1, 2, ... (keys at or before the query).
struct Side {
    std::int64_t ownUntil = 0;   ///< distances 0..ownUntil have a bucket each
    std::int64_t lastFirst = 0;  ///< first distance of the last bucket
    std::int64_t sharing = 0;    ///< buckets between
    std::int64_t sharedBucket = 0, lastBucket = 0;
};

Side sideOf(const ParameterTable& table)
{
    Side side;
    bool own = true;
    for (const Segment& run : table.segments({0, toInfinity})) {
        side.lastFirst = run.first;
        side.lastBucket = run.parameter;
        if (run.last == toInfinity)
            break;
        own = own && (run.first == run.last || !run.shared);
        if (own)
            side.ownUntil = run.last;
        else {
            ++side.sharing;
            side.sharedBucket = run.parameter;
        }
    }
    return side;
}

QString deadBuckets(const ParameterTable& table)
{
    std::int64_t dead = table.parameterCount();
    for (const Segment& run : table.segments())
        dead -= run.shared ? 1 : run.last - run.first + 1;
    if (dead <= 0)
        return {};
    if (dead > 1)
        return SettingSentence::tr(" No offset uses %1 of the buckets.").arg(integer(dead));
    std::int64_t bucket = 0;
    while (table.offsetsOf(bucket).first <= table.offsetsOf(bucket).last)
        ++bucket;
    return SettingSentence::tr(" No offset uses bucket %1.").arg(integer(bucket));
}

QString sharing(const ParameterTable& table, Mask mask)
{
    const Side side = sideOf(table);
    QString text = side.ownUntil == 0 ? SettingSentence::tr("0 has a bucket of its own")
                                      : SettingSentence::tr("%1 have a bucket each").arg(span(0, side.ownUntil));
    const QString between = span(side.ownUntil + 1, side.lastFirst - 1);
    if (side.sharing == 1)
        text += SettingSentence::tr(", %1 share bucket %2").arg(between, integer(side.sharedBucket));
    else if (side.sharing > 1)
        text += SettingSentence::tr(", %1 share %2 buckets").arg(between, integer(side.sharing));
    text +=
        SettingSentence::tr(", %1 and beyond use bucket %2.").arg(integer(side.lastFirst), integer(side.lastBucket));
    if (mask == Mask::Bidirectional)
        text += SettingSentence::tr(" Keys after the query (j > i) likewise, from bucket %1 on.")
                    .arg(integer(table.parameterOf(-1)));
    return text + deadBuckets(table);
}

}  // namespace

QString schemeSentence(const Scheme& scheme, Mask mask, std::int64_t trainingLength)
{
    try {
        return std::holds_alternative<PerOffset>(scheme) ? onePerOffset(mask, trainingLength)
                                                         : sharing(parameterTable(scheme, mask, trainingLength), mask);
    } catch (const InputError&) {
        return {};  // the message is shown beside the control that is wrong
    }
}

QString corpusSentence(const Result& result)
{
    const Corpus& corpus = *result.training.corpus;
    const QString note = corpus.note.empty() ? QString() : QLatin1Char(' ') + QString::fromStdString(corpus.note);
    const QString text = corpus.mask == Mask::Causal
                             ? SettingSentence::tr("%1 queries, %2 query–key pairs; half of them at offsets up to %3.")
                             : SettingSentence::tr("%1 queries, %2 query–key pairs; half of them at |d| up to %3.");
    return text.arg(count(corpus.queries), count(result.training.totalPairs), integer(result.training.medianDistance)) +
           note;
}

}  // namespace posbias::ui
