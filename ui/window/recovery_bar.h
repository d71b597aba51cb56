// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Offers what earlier windows could not save before they ended, one after the other, newest first. Hidden by its cross,
// it offers the same at the next start.

#include "core/io/journal_file.h"
#include "core/io/journal_place.h"
#include "ui/window/notice_bar.h"

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

Q_SIGNALS:
    /// The journal in the folder is not wanted; it goes next.
    void discarding(const std::filesystem::path& folder);

private:
    /// A journal that was read.
    struct Find {
        Journal journal;
        QString problem;          ///< why it cannot be read; empty: it can
        QDateTime written;
        QStringList differences;  ///< from the file, else from how the document was opened
        QString against;          ///< what they are differences from
    };
    static Find findIn(const std::filesystem::path& file);
    void next();
    void show(const Find& find);
    void discard();
    void drop();
    QString position() const;

    Restore m_restore;
    std::deque<JournalPlace> m_places;  ///< the first is the one on show
    std::size_t m_offered = 0;
    QThreadPool m_thread;  ///< not the program's pool: a folder that does not answer takes no thread from what computes
};

}  // namespace posbias::ui
