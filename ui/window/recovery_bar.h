// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Offers what earlier windows could not save before they ended, one after the other, newest first. Hidden by its cross,
// it offers the same at the next start. What is discarded can be had back until the window ends.

#include "core/io/journal_file.h"
#include "core/io/journal_place.h"
#include "ui/window/widgets/notice_bar.h"

#include <QDateTime>
#include <QThreadPool>

#include <deque>

namespace posbias::ui {

class RecoveryBar : public NoticeBar {
    Q_OBJECT
public:
    /// Makes the journal's document the open one; false: not now. After true the journal is not needed any more.
    using Restore = std::function<bool(const Journal& journal)>;

    RecoveryBar(Restore restore, QWidget* parent = nullptr);
    ~RecoveryBar() override;
    void offer(std::vector<JournalPlace> places);
    /// What was discarded goes for good.
    void settle();

Q_SIGNALS:
    /// The journal in the folder is not wanted; it goes next.
    void discarding(const std::filesystem::path& folder);
    /// Somebody wants to see where the file is.
    void folderAsked(const QString& file);

private:
    /// A journal that was read.
    struct Find {
        Journal journal;
        QString problem;  ///< why it cannot be read; empty: it can
        QDateTime written;
        QStringList differences;  ///< from the file, else from how the document was opened
        QString against;          ///< what they are differences from
    };
    static Find findIn(const std::filesystem::path& file);
    void next();
    void show(const Find& find);
    void discard(const QString& name);
    void undoDiscard();
    void drop();
    QString position() const;
    /// What was discarded last, in words before others; and the way back.
    QString discardedWords() const;
    std::vector<Answer> withUndo(std::vector<Answer> answers);

    Restore m_restore;
    std::deque<JournalPlace> m_places;  ///< the first is the one on show
    /// Set aside: it is offered no more, whatever becomes of the window, and is still there.
    struct Discarded {
        JournalPlace place;
        QString name;
    };
    std::vector<Discarded> m_discarded;
    std::size_t m_offered = 0;
    QThreadPool m_thread;  ///< not the program's pool: a folder that does not answer takes no thread from what computes
};

}  // namespace posbias::ui
