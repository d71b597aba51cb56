// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/figure_menu.h"

#include "ui/window/document.h"

#include <QMenu>

namespace posbias::ui {

FigureMenu::FigureMenu(QMenu* menu, Document* document)
    : m_menu(menu), m_removal(new QMenu(tr("Remove"), menu)), m_document(document)
{
    connect(document, &Document::figuresChanged, this, &FigureMenu::fill);
    fill();
}

void FigureMenu::fill()
{
    m_menu->clear();  // the menu within it is no item of its own: it stays, to be filled again
    m_removal->clear();
    const auto nameOf = [](const FigureDesign& design) {
        return QString::fromStdString(design.name).replace(u'&', QStringLiteral("&&"));
    };
    for (const FigureDesign& design : m_document->figures())
        connect(m_menu->addAction(nameOf(design)), &QAction::triggered, this,
                [this, design] { Q_EMIT chosen(design); });
    m_menu->setEnabled(!m_menu->isEmpty());
    if (m_menu->isEmpty())
        return;
    m_menu->addSeparator();
    m_menu->addMenu(m_removal);
    for (const FigureDesign& design : m_document->figures()) {
        connect(
            m_removal->addAction(nameOf(design)), &QAction::triggered, m_document,
            [this, name = design.name] { m_document->removeFigure(name); }, Qt::QueuedConnection);
    }
}

}  // namespace posbias::ui
