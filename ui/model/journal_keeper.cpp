// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/journal_keeper.h"

#include "core/io/atomic_file.h"

#include <mutex>

namespace posbias::ui {

namespace {

/// Until what could not be written is tried again, though nothing changed: a full disk may have got room.
constexpr int retryDelay = 5000;

}  // namespace

/// The folder is made with the first journal and goes with the last.
struct JournalKeeper::Desk {
    std::filesystem::path folder;
    mutable std::mutex mutex;  ///< held while writing, and by those who want to know
    JournalWriter writer;
    std::optional<JournalPlace> place;

    /// What went wrong; empty: nothing.
    QString put(const std::optional<Journal>& journal)
    {
        const std::lock_guard lock(mutex);
        try {
            if (journal)
                write(*journal);
            else
                clear();
            return {};
        } catch (const std::exception& error) {
            return QString::fromUtf8(error.what());
        }
    }

private:
    void write(const Journal& journal)
    {
        const std::string text = writer.text(journal);
        std::error_code ignored;
        if (place && !std::filesystem::exists(place->folder(), ignored))
            place.reset();  // somebody tidied up
        if (!place)
            place = JournalPlace::create(folder);
        writeFileAtomically(place->file(), text);
    }

    void clear()
    {
        if (!place)
            return;
        place->remove();
        place.reset();
    }
};

JournalKeeper::JournalKeeper(const std::filesystem::path& folder, Snapshot snapshot, QObject* parent)
    : QObject(parent), m_snapshot(std::move(snapshot)), m_desk(std::make_shared<Desk>())
{
    m_desk->folder = folder;
    m_thread.setMaxThreadCount(1);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(delay);
    connect(&m_timer, &QTimer::timeout, this, &JournalKeeper::begin);
}

JournalKeeper::~JournalKeeper()
{
    m_thread.waitForDone();
}

void JournalKeeper::touch()
{
    if (m_writing)
        m_again = true;
    else if (!m_timer.isActive())
        m_timer.start();
}

void JournalKeeper::begin()
{
    m_writing = true;
    m_again = false;
    m_thread.start([this, desk = m_desk, journal = m_snapshot()] {
        const QString error = desk->put(journal);
        QMetaObject::invokeMethod(this, [this, error] { ended(error); });
    });
}

void JournalKeeper::ended(const QString& error)
{
    m_writing = false;
    const bool first = !error.isEmpty() && !m_failed;
    m_failed = !error.isEmpty();
    if (m_again)
        m_timer.start();
    else if (m_failed)
        QTimer::singleShot(retryDelay, this, &JournalKeeper::touch);
    if (first)
        Q_EMIT failed(error);
    else if (!m_failed)
        Q_EMIT written();
}

bool JournalKeeper::flush()
{
    m_timer.stop();
    m_thread.waitForDone();
    return m_desk->put(m_snapshot()).isEmpty();
}

void JournalKeeper::discard()
{
    m_timer.stop();
    m_again = false;
    m_thread.waitForDone();
    m_desk->put(std::nullopt);
}

std::filesystem::path JournalKeeper::place() const
{
    const std::lock_guard lock(m_desk->mutex);
    return m_desk->place ? m_desk->place->file() : std::filesystem::path();
}

std::function<std::filesystem::path()> JournalKeeper::folderSource() const
{
    return [desk = m_desk] {
        const std::lock_guard lock(desk->mutex);
        return desk->place ? desk->place->folder() : std::filesystem::path();
    };
}

}  // namespace posbias::ui
