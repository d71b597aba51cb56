// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The undo steps of a document beside those of its experiment.

#include "ui/window/document.h"

#include <QUndoCommand>

#include <utility>

namespace posbias::ui {

/// Goes with a preset's step, and back with it: the file that the document came from, and its figures.
class Document::ChangeOrigin : public QUndoCommand {
public:
    ChangeOrigin(Document* document, DocumentOrigin other, QUndoCommand* parent = nullptr)
        : QUndoCommand(parent), m_document(document), m_other(std::move(other))
    {
    }
    void undo() override { redo(); }
    void redo() override
    {
        if (m_document->m_restoring)
            return;
        std::swap(m_document->m_origin, m_other);
        m_document->originChanged();
    }
    const DocumentOrigin& other() const { return m_other; }

private:
    Document* m_document;
    DocumentOrigin m_other;
};

/// Swaps the figures alone: the file may have got another name since.
class Document::ChangeFigures : public QUndoCommand {
public:
    ChangeFigures(Document* document, std::vector<FigureDesign> other, const QString& text, QUndoCommand* parent = nullptr)
        : QUndoCommand(text, parent), m_document(document), m_other(std::move(other))
    {
    }
    void undo() override { redo(); }
    void redo() override
    {
        if (m_document->m_restoring)
            return;
        m_document->m_origin.figures.swap(m_other);
        Q_EMIT m_document->figuresChanged();
    }
    const std::vector<FigureDesign>& other() const { return m_other; }

private:
    Document* m_document;
    std::vector<FigureDesign> m_other;
};

}  // namespace posbias::ui
