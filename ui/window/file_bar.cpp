// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/file_bar.h"

#include "ui/text/file_names.h"
#include "ui/window/document.h"

namespace posbias::ui {

FileBar::FileBar(Document* document, QWidget* parent)
    : NoticeBar(QStringLiteral("fileBar"), parent), m_document(document)
{
    connect(document, &Document::troubleChanged, this, [this] {
        m_refused = false;
        update();
    });
    connect(document, &Document::copiesChanged, this, &FileBar::update);
    connect(document, &Document::openElsewhereChanged, this, &FileBar::update);
    connect(document, &Document::attentionAsked, this, [this] {
        m_refused = true;
        update();
        askForAttention();
    });
}

void FileBar::update()
{
    const FileTrouble& trouble = m_document->trouble();
    const QString name = shownName(trouble.file.filename());
    const Answer reload{tr("Reload"), [this] { m_document->reload(); }};
    const Answer overwrite{tr("Overwrite"), [this] { m_document->overwrite(); }};
    const Answer saveAs{tr("Save As…"), [this] { m_document->saveAs(); }};
    const Answer saveAgain{tr("Save Again"), [this] { m_document->save(); }};
    const QString saving = m_refused ? tr("Not saved: ") : QString();
    switch (trouble.kind) {
    case FileTrouble::Kind::None: offerCopy(); break;
    case FileTrouble::Kind::Changed:
        if (trouble.reason.isEmpty())
            say(saving +
                    tr("“%1” was changed by another program or in another window. Reload shows that version, and Undo "
                       "brings back yours; Overwrite keeps that version in a copy.")
                        .arg(name),
                {reload, overwrite, saveAs});
        else
            say(saving + tr("“%1” was changed by another program and cannot be opened: %2").arg(name, trouble.reason),
                {saveAs, overwrite});
        break;
    case FileTrouble::Kind::Gone:
        say(tr("“%1” is not there any more: it was deleted, moved or renamed.").arg(name), {saveAgain, saveAs});
        break;
    case FileTrouble::Kind::Unreadable:
        say(saving + tr("“%1” cannot be read any more (%2), so that nobody knows what saving would replace.")
                         .arg(name, trouble.reason),
            {saveAs});
        break;
    case FileTrouble::Kind::NotWritten: say(tr("“%1” was not saved. %2").arg(name, trouble.reason), {saveAs}); break;
    }
}

/// The least urgent: it has waited since a save broke off.
void FileBar::offerCopy()
{
    if (m_document->copies().empty()) {
        tellOfOtherWindow();
        return;
    }
    const QString copy = shownName(m_document->copies().front().filename());
    say(tr("Saving “%1” broke off once: what it held before is in “%2”. Restore shows that, and Undo brings this back; "
           "Keep gives it a name of its own; Remove puts it into the trash.")
            .arg(shownName(m_document->file().filename()), copy),
        {{tr("Restore"), [this] { m_document->restoreCopy(); }},
         {tr("Keep"), [this] { m_document->keepCopy(); }},
         {tr("Remove"), [this] { m_document->removeCopy(); }}});
}

void FileBar::tellOfOtherWindow()
{
    if (!m_document->isOpenElsewhere()) {
        hide();
        return;
    }
    std::vector<Answer> answers;
    if (m_document->otherWindow())
        answers.push_back({tr("Switch"), [this] {
                               if (QWidget* other = m_document->otherWindow()) {
                                   other->raise();
                                   other->activateWindow();
                               }
                           }});
    say(tr("“%1” is also open in another window. What is saved there is told here, and nothing of it is overwritten "
           "unasked.")
            .arg(shownName(m_document->file().filename())),
        answers);
}

}  // namespace posbias::ui
