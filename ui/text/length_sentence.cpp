// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/length_sentence.h"

#include "core/base/error.h"
#include "core/experiment/listed_lengths.h"
#include "ui/text/numbers.h"
#include "ui/text/phrases.h"

#include <QCoreApplication>

namespace posbias::ui {

namespace {

struct LengthSentence {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::LengthSentence)
};

}  // namespace

QString lengthSentence(const Lengths& lengths, std::int64_t trainingLength)
{
    const auto* listed = std::get_if<ListedLengths>(&lengths);
    if (!listed)
        return {};
    std::vector<CountedLength> counted;
    try {
        counted = countedLengths(*listed);
    } catch (const InputError&) {
        return {};
    }
    if (counted.empty())
        return {};
    std::int64_t documents = 0, longer = 0;
    for (const CountedLength& each : counted) {
        documents += each.documents;
        longer += each.length > trainingLength ? each.documents : 0;
    }
    const QString low = integer(counted.front().length), high = integer(counted.back().length);
    const QString range = low == high ? LengthSentence::tr("of %1").arg(tokens(counted.front().length))
                                      : LengthSentence::tr("of %1 to %2 tokens").arg(low, high);
    const QString all =
        LengthSentence::tr("Drawn from %1 %2")
            .arg(ui::counted(documents, LengthSentence::tr("listed document"), LengthSentence::tr("listed documents")),
                 range);
    if (longer == 0)
        return all + u'.';
    const QString cut = longer == 1 ? LengthSentence::tr("%1; %2 longer than %3 is cut.")
                                    : LengthSentence::tr("%1; %2 longer than %3 are cut.");
    return cut.arg(all, integer(longer), integer(trainingLength));
}

}  // namespace posbias::ui
