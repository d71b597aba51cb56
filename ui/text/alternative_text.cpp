// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/alternative_text.h"

#include "ui/text/numbers.h"
#include "ui/text/panel_words.h"
#include "ui/text/phrases.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

std::vector<const Panel*> allPanels(const Figure& figure)
{
    std::vector<const Panel*> panels;
    for (const FigureRow& row : figure.rows)
        for (const Panel& panel : row.panels)
            panels.push_back(&panel);
    return panels;
}

QString countOf(std::ptrdiff_t maps)
{
    static const char* const words[] = {QT_TR_NOOP("A map"),     QT_TR_NOOP("Two maps"),  QT_TR_NOOP("Three maps"),
                                        QT_TR_NOOP("Four maps"), QT_TR_NOOP("Five maps"), QT_TR_NOOP("Six maps")};
    return maps <= std::ssize(words) ? Alternative::tr(words[maps - 1]) : Alternative::tr("%1 maps").arg(maps);
}

void addMapAxes(QStringList& sentences, const Figure& figure, std::ptrdiff_t maps)
{
    if (maps == 0)
        return;
    const CellRect rect = shownCells(figure);
    const auto range = [](double first, double last) {
        return Alternative::tr("%1 to %2")
            .arg(integer(static_cast<std::int64_t>(std::floor(first))),
                 integer(static_cast<std::int64_t>(std::ceil(last)) - 1));
    };
    sentences.append(
        Alternative::tr("%1 of query position (down, %2) against key position (across, %3).")
            .arg(countOf(maps), range(rect.firstQuery, rect.lastQuery), range(rect.firstKey, rect.lastKey)));
}

void addLines(QStringList& sentences, const Figure& figure, bool hasMaps)
{
    const bool shorter = figure.trainingLength > 0 && figure.trainingLength < figure.length;
    if (shorter && (hasMaps || figure.offsetAxis.seen))
        sentences.append(Alternative::tr("Training saw lengths up to %1; %2 are shown.")
                             .arg(tokens(figure.trainingLength), integer(figure.length)));
    if (figure.crosshair && hasMaps)
        sentences.append(Alternative::tr("A crosshair marks query %1, key %2.")
                             .arg(integer(figure.crosshair->query), integer(figure.crosshair->key)));
}

QString placeOf(const FigureNote& note)
{
    switch (note.kind) {
    case FigureNote::Kind::Offset: return Alternative::tr("offset %1").arg(integer(note.offsets.first));
    case FigureNote::Kind::Cell:
        return Alternative::tr("query %1, key %2").arg(integer(note.cell.query), integer(note.cell.key));
    case FigureNote::Kind::Length: return Alternative::tr("length %1").arg(number(note.at));
    case FigureNote::Kind::Bracket:
        return Alternative::tr("offsets %1").arg(fromTo(note.offsets.first, note.offsets.last));
    case FigureNote::Kind::Text: break;
    }
    return {};
}

void addNotes(QStringList& sentences, const Figure& figure)
{
    QStringList notes;
    for (const FigureNote& note : figure.notes) {
        const QString place = placeOf(note), label = plainLine(note.label);
        notes.append(label.isEmpty() || place.isEmpty() ? label + place : Alternative::tr("%1 (%2)").arg(label, place));
    }
    if (!notes.isEmpty())
        sentences.append(sentenceOf(Alternative::tr("Notes: %1").arg(notes.join(QStringLiteral("; ")))));
}

}  // namespace

QString alternativeText(const Figure& figure)
{
    QStringList sentences;
    if (!figure.title.empty())
        sentences.append(sentenceOf(plainLine(figure.title)));
    const std::vector<const Panel*> panels = allPanels(figure);
    const auto maps =
        std::ranges::count_if(panels, [](const Panel* panel) { return std::holds_alternative<MapPanel>(*panel); });
    addMapAxes(sentences, figure, maps);
    for (std::size_t k = 0; k < panels.size(); ++k) {
        const QString words = panelWords(*panels[k], figure);
        sentences.append(panels.size() == 1
                             ? words
                             : Alternative::tr("Panel %1, %2").arg(QString::fromStdString(panelLetter(k)), words));
    }
    addLines(sentences, figure, maps > 0);
    addNotes(sentences, figure);
    return sentences.join(QLatin1Char(' '));
}

}  // namespace posbias::ui
