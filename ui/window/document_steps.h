// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The undo steps of a document beside those of its experiment.

#include "core/base/shared_value.h"
#include "ui/window/document.h"

#include <QUndoCommand>

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

namespace posbias::ui {

/// Goes with a preset's step, and back with it: the file that the document came from, and its figures.
class Document::ChangeOrigin : public QUndoCommand {
public:
    ChangeOrigin(Document* document, SharedValue<DocumentOrigin> other, QUndoCommand* parent = nullptr)
        : QUndoCommand(parent), m_document(document), m_other(std::move(other))
    {
    }
    void undo() override { redo(); }
    void redo() override
    {
        if (m_document->m_restoring)
            return;
        DocumentOrigin next = *m_other;
        m_other = std::exchange(m_document->m_origin, std::move(next));
        m_document->originChanged();
    }
    const SharedValue<DocumentOrigin>& other() const { return m_other; }
    /// The document read or wrote a file: where the step leads to that, it leads to what is in it now.
    void tellContent(const std::filesystem::path& file, const std::string& digest) const
    {
        std::error_code ignored;
        if (m_other->digest == digest || m_other->file.empty() ||
            (m_other->file != file && !std::filesystem::equivalent(m_other->file, file, ignored)))
            return;
        DocumentOrigin next = *m_other;
        next.digest = digest;
        m_other = std::move(next);
    }

private:
    Document* m_document;
    mutable SharedValue<DocumentOrigin> m_other;  ///< QUndoStack hands out its steps as constant ones
};

/// Swaps the figures alone: the file may have got another name since.
class Document::ChangeFigures : public QUndoCommand {
public:
    ChangeFigures(Document* document, SharedValue<std::vector<FigureDesign>> other, const QString& text,
                  QUndoCommand* parent = nullptr)
        : QUndoCommand(text, parent), m_document(document), m_other(std::move(other))
    {
    }
    void undo() override { redo(); }
    void redo() override
    {
        if (m_document->m_restoring)
            return;
        std::vector<FigureDesign> next = *m_other;
        m_other = std::exchange(m_document->m_origin.figures, std::move(next));
        Q_EMIT m_document->figuresChanged();
    }
    const SharedValue<std::vector<FigureDesign>>& other() const { return m_other; }

private:
    Document* m_document;
    SharedValue<std::vector<FigureDesign>> m_other;
};

}  // namespace posbias::ui
