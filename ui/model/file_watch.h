// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Whether the file of the open document still is what was read from it or written to it. Its content counts, not its
// date: a file that was only touched is the same.

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <filesystem>
#include <string>
#include <string_view>

namespace posbias::ui {

/// SHA-256, in hexadecimal digits.
std::string contentDigest(std::string_view bytes);

struct FileContent {
    enum class Kind { Same, Changed, Gone, Unreadable };
    Kind kind = Kind::Same;
    std::string digest;  ///< of what is in it now; empty where it is gone or unreadable
    QString reason;      ///< why it is unreadable
    bool readOnly = false;
    bool operator==(const FileContent&) const = default;
};
/// Reads the file now. `digest`: of what it is expected to hold. What is no file (a device, a pipe) is always the same.
FileContent contentOf(const std::filesystem::path& file, const std::string& digest);

/// Hears of changes from the system and then looks off the GUI thread. The folder is watched, too: other programs save
/// by putting a new file in the place of the old one.
class FileWatch : public QObject {
    Q_OBJECT
public:
    explicit FileWatch(QObject* parent = nullptr);
    ~FileWatch() override;

    /// Nothing is watched while `file` is empty. Looks at once.
    void setFile(const std::filesystem::path& file, const std::string& digest);
    const std::filesystem::path& file() const { return m_file; }
    /// Where nobody tells of changes (network folders): look again.
    void look();

Q_SIGNALS:
    /// After every look, of the file that was set last.
    void looked(const posbias::ui::FileContent& state);

private:
    void watchPaths();
    void start();

    std::filesystem::path m_file;
    std::string m_digest;
    QFileSystemWatcher m_watcher;
    QTimer m_calm;  ///< one look for the many events of one save
    /// One, so that looks end in their order; not the program's pool: a file system that does not answer would keep a
    /// thread from what computes.
    QThreadPool m_thread;
    quint64 m_generation = 0;  ///< of the file that is set: late news of another are dropped
    bool m_looking = false, m_again = false;
};

}  // namespace posbias::ui
