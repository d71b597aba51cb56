// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a figure's words need of fonts: found out while they are drawn.

#include <QFont>
#include <QSet>
#include <QString>
#include <QStringList>

#include <utility>
#include <vector>

namespace posbias::ui {

class WordLog {
public:
    void note(const QFont& font, const QString& text);
    /// Characters that no installed font has, each once, in the order in which they were met. Qt looks for them in
    /// every font that is installed; what it does not find it draws as a box.
    const std::vector<char32_t>& missing() const { return m_missing; }

    /// Texts in which a character beyond ASCII was met for the first time.
    const QStringList& samples() const { return m_samples; }

private:
    QSet<std::pair<QString, char32_t>> m_known;  ///< family and character
    std::vector<char32_t> m_missing;
    QStringList m_samples;
};

/// "世 (U+4E16), 界 (U+754C) and 12 more"; what cannot be printed as its number alone.
QString namedCharacters(const std::vector<char32_t>& characters);

}  // namespace posbias::ui
