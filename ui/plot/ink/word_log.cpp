// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/ink/word_log.h"

#include "ui/plot/ink/shaped_fonts.h"

#include <algorithm>

namespace posbias::ui {
namespace {

/// Whether something is to be seen of it.
bool isVisible(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Separator_Space:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return false;
    default: break;
    }
    const bool selectsAVariant = (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
    return !selectsAVariant;
}

}  // namespace

void WordLog::note(const QFont& font, const QString& text)
{
    const QString family = font.family();
    for (const uint code : text.toUcs4()) {
        const char32_t c = code;
        if (c < 127 || m_known.contains({family, c}))
            continue;
        m_known.insert({family, c});
        if (m_samples.isEmpty() || m_samples.back() != text)
            m_samples << text;
        if (isVisible(c) && std::ranges::find(m_missing, c) == m_missing.end() && !isInSomeFont(font, c))
            m_missing.push_back(c);
    }
}

QString namedCharacters(const std::vector<char32_t>& characters)
{
    constexpr std::size_t most = 8;
    QStringList names;
    for (std::size_t k = 0; k < std::min(most, characters.size()); ++k) {
        const char32_t c = characters[k];
        const QString number = QStringLiteral("U+%1").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0')).toUpper();
        const bool letter = isVisible(c) && QChar::isPrint(c) && !QChar::isMark(c) && !QChar::isSurrogate(c);
        names << (letter ? QStringLiteral("%1 (%2)").arg(QString::fromUcs4(&c, 1), number) : number);
    }
    const std::size_t more = characters.size() - static_cast<std::size_t>(names.size());
    const QString list = names.join(QStringLiteral(", "));
    return more > 0 ? QStringLiteral("%1 and %2 more").arg(list).arg(more) : list;
}

}  // namespace posbias::ui
