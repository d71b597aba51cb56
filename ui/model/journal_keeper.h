// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Writes the journal of a running window: soon after every change, off the GUI thread, whole or not at all. While there
// is nothing to lose there is no journal.

#include "core/io/journal_file.h"
#include "core/io/journal_place.h"

#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace posbias::ui {

class JournalKeeper : public QObject {
    Q_OBJECT
public:
    /// From the first change to the beginning of writing; later changes do not put it off.
    static constexpr int delay = 400;  ///< ms
    /// What would be lost; nothing: all is safe.
    using Snapshot = std::function<std::optional<Journal>()>;

    JournalKeeper(const std::filesystem::path& folder, Snapshot snapshot, QObject* parent = nullptr);
    /// Ends the writing that is under way, and leaves what is written.
    ~JournalKeeper() override;

    /// Something changed.
    void touch();
    /// Writes now, and waits until it is on the disk; false: it could not be.
    bool flush();
    /// What the journal holds is not wanted any more; what changes from now on is.
    void discard();
    /// Where the journal is; empty: there is none.
    std::filesystem::path place() const;
    /// Tells the folder of the journal to other threads, also when this is gone; empty: there is none.
    std::function<std::filesystem::path()> folderSource() const;

Q_SIGNALS:
    /// Once, until writing has succeeded again.
    void failed(const QString& reason);
    void written();  ///< or taken away, as the snapshot was

private:
    struct Desk;  ///< what the writing thread works at
    void begin();
    void ended(const QString& error);

    Snapshot m_snapshot;
    std::shared_ptr<Desk> m_desk;
    QTimer m_timer;
    QThreadPool m_thread;  ///< not the program's pool: a folder that does not answer takes no thread from what computes
    bool m_writing = false, m_again = false, m_failed = false;
};

}  // namespace posbias::ui
