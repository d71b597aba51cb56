// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/length_table_words.h"

#include "ui/text/numbers.h"
#include "ui/text/phrases.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace posbias::ui {

namespace {

constexpr std::size_t mostColumnsNamed = 8;
constexpr qsizetype longestName = 40;

struct LengthTableWords {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::LengthTableWords)
};

QString quotedName(const std::string& name)
{
    const QString text = QString::fromStdString(name).simplified();
    return QStringLiteral("“%1”").arg(text.size() > longestName ? text.first(longestName) + u'…' : text);
}

QString columnName(const std::string& name)
{
    return name.empty() ? LengthTableWords::tr("the column without a name")
                        : LengthTableWords::tr("the column %1").arg(quotedName(name));
}

QString columnsSentence(const LengthTable& table)
{
    if (table.counted && table.lengthColumn.empty() && table.countColumn.empty())
        return LengthTableWords::tr("Each line has a number of documents, then their length.");
    if (table.counted)
        return LengthTableWords::tr("Lengths are in %1, numbers of documents in %2.")
            .arg(columnName(table.lengthColumn), columnName(table.countColumn));
    if (table.lengthColumn.empty())
        return LengthTableWords::tr("Each line is the length of one document.");
    return LengthTableWords::tr("Lengths are in %1; each row is one document.").arg(columnName(table.lengthColumn));
}

}  // namespace

QString lengthTableSentence(const LengthTable& table)
{
    QStringList sentences{columnsSentence(table)};
    if (table.guessed)
        sentences << (table.lengthColumn.empty() && table.countColumn.empty()
                          ? LengthTableWords::tr(
                                "There are no names; that the numbers stand as “uniq -c” sets them decided. "
                                "Please check.")
                          : LengthTableWords::tr("The names leave that open; the numbers decided. Please check."));
    if (!table.otherColumns.empty()) {
        QStringList names;
        for (std::size_t k = 0; k < std::min(table.otherColumns.size(), mostColumnsNamed); ++k)
            names << quotedName(table.otherColumns[k]);
        if (table.otherColumns.size() > mostColumnsNamed)
            names << QStringLiteral("…");
        sentences << LengthTableWords::tr("Not used: %1.").arg(names.join(QStringLiteral(", ")));
    }
    if (table.encoding != "UTF-8")
        sentences << LengthTableWords::tr("The text is %1.")
                         .arg(
                             QString::fromLatin1(table.encoding.data(), static_cast<qsizetype>(table.encoding.size())));
    return sentences.join(u' ');
}

std::vector<std::pair<QString, QString>> lengthTableFacts(const LengthTable& table)
{
    return {{LengthTableWords::tr("Rows"), integer(table.rows)},
            {LengthTableWords::tr("Documents"), integer(table.documents)},
            {LengthTableWords::tr("Shortest"), tokens(table.smallest)},
            {LengthTableWords::tr("Median"), tokens(table.median)},
            {LengthTableWords::tr("Longest"), tokens(table.largest)}};
}

}  // namespace posbias::ui
