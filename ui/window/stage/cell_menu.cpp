// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/stage/cell_menu.h"

#include "core/evaluation/explanation.h"
#include "ui/text/latex.h"
#include "ui/text/sentence.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QLabel>
#include <QWidgetAction>

#include <vector>

namespace posbias::ui {

namespace {

QString itemWords(const char* text)
{
    return QCoreApplication::translate("CellMenu", text);
}

/// A number that any program reads back: a plain minus sign, every digit.
QString plainNumber(double value)
{
    return QString::number(value, 'g', 17);
}

/// A line to read, not to choose, in full ink.
void addFact(QMenu& menu, const QString& text)
{
    auto* label = new QLabel(text);
    label->setContentsMargins(17, 4, 16, 4);
    label->setTextFormat(Qt::PlainText);
    auto* fact = new QWidgetAction(&menu);
    fact->setDefaultWidget(label);
    menu.addAction(fact);
}

void addCopy(QMenu& menu, const QString& label, const QString& text)
{
    QObject::connect(menu.addAction(label), &QAction::triggered, &menu,
                     [text] { QGuiApplication::clipboard()->setText(text); });
}

}  // namespace

void addCellItems(QMenu& menu, const Result& result, CellPosition cell)
{
    addFact(menu, itemWords("Query %1 reads key %2: offset %3")
                      .arg(integer(cell.query), integer(cell.key), integer(cell.query - cell.key)));
    std::vector<CellExplanation> all;
    for (std::size_t s = 0; s < result.schemes.size(); ++s) {
        const CellExplanation& facts = all.emplace_back(explainCell(result, s, cell.query, cell.key));
        const QString letter = QString::fromStdString(schemeLetter(s));
        addFact(menu, facts.visible
                          ? itemWords("%1: bias %2 (%3 relative to offset 0), attention %4")
                                .arg(letter, number(facts.bias), number(facts.relativeBias), number(facts.attention))
                          : itemWords("%1: masked").arg(letter));
    }
    menu.addSeparator();
    for (std::size_t s = 0; s < all.size(); ++s) {
        if (!all[s].visible)
            continue;
        QMenu* copy = menu.addMenu(itemWords("Copy from %1").arg(QString::fromStdString(schemeLetter(s))));
        addCopy(*copy, itemWords("Bias"), plainNumber(all[s].bias));
        addCopy(*copy, itemWords("Bias relative to offset 0"), plainNumber(all[s].relativeBias));
        addCopy(*copy, itemWords("Attention"), plainNumber(all[s].attention));
        addCopy(*copy, itemWords("LaTeX"), cellLatex(result, s, cell.query, cell.key));
    }
}

}  // namespace posbias::ui
