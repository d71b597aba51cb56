// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Work that a person waits for, and may stop.

#include <QObject>
#include <QString>

#include <exception>

namespace posbias::ui {

/// Ends with finished(), failed() or cancelled().
class Job : public QObject {
    Q_OBJECT
public:
    static constexpr int untilBar = 150;  ///< ms of work before a bar shows how far it is

    using QObject::QObject;
    /// False: it is too late, and finished() will come.
    virtual bool cancel() = 0;
    /// What went wrong, for failed().
    static QString reason(const std::exception& error);

Q_SIGNALS:
    void progressed(double fraction);  ///< now and then
    void encoding();                   ///< what follows cannot tell how far it is
    void finished();
    void failed(const QString& message);
    void cancelled();
};

}  // namespace posbias::ui
