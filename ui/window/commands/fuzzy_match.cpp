// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/commands/fuzzy_match.h"

namespace posbias::ui {

std::optional<int> fuzzyScore(const QString& typed, const QString& name)
{
    int score = 0;
    qsizetype at = 0;
    qsizetype previous = -2;
    for (const QChar letter : typed) {
        if (letter.isSpace())
            continue;
        // The next word that begins with the letter, else the next place that has it.
        qsizetype found = -1;
        for (qsizetype i = at; i < name.size(); ++i) {
            if (name[i].toLower() != letter.toLower())
                continue;
            const bool wordStart = i == 0 || !name[i - 1].isLetterOrNumber();
            if (i == previous + 1 || wordStart) {
                found = i;
                break;
            }
            if (found < 0)
                found = i;
        }
        if (found < 0)
            return std::nullopt;
        const bool wordStart = found == 0 || !name[found - 1].isLetterOrNumber();
        score += (wordStart ? 8 : 0) + (found == previous + 1 ? 6 : 0) - static_cast<int>(found - at) / 4;
        previous = found;
        at = found + 1;
    }
    return score;
}

}  // namespace posbias::ui
