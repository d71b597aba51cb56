// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What some views show beyond the result, computed off the GUI thread when such a view is looked at, and kept.

#include "core/figure/studies.h"
#include "ui/jobs/newest_work.h"

#include <QObject>
#include <QString>

#include <functional>
#include <map>
#include <memory>

namespace posbias::ui {

class StudyModel : public QObject {
    Q_OBJECT
public:
    using Partial = std::function<void(const Studies&)>;
    using Function = std::function<Studies(FigureKind, const Result&, const Progress&, const Partial&)>;
    enum class State {
        Ready,  ///< nothing is missing for the view
        Busy,
        Stopped,  ///< by a person
        Failed,
    };

    explicit StudyModel(QObject* parent = nullptr);
    StudyModel(Function function, QObject* parent = nullptr);

    /// What is looked at. What is missing for it is computed.
    void setView(FigureKind kind);
    void setResult(const std::shared_ptr<const Result>& result);
    FigureKind view() const { return m_view; }
    /// What another has found out already.
    void learnFrom(const StudyModel& other);

    /// The newest that is known of this view, and the result that it is of; it may be an older one than is shown elsewhere.
    struct Known {
        std::shared_ptr<const Result> of;  ///< null: nothing is known
        Studies studies;
    };
    Known newest(FigureKind kind) const;
    /// What is known serves the result; maybe it is not everything yet.
    bool current(FigureKind kind) const { return served(kind) != nullptr; }
    /// Everything that is known of the result's studies in full.
    Studies complete() const;

    State state() const;  ///< of the view
    /// Something is computed: for the view, or for one that was left before.
    bool busy() const { return m_work.busy(); }
    FigureKind computing() const { return m_asked; }  ///< while busy
    double progress() const { return m_work.progress(); }
    qint64 age() const { return m_work.age(); }  ///< ms, of what is computed
    const QString& failure() const { return m_failure; }
    void cancel();
    void retry();

Q_SIGNALS:
    void studiesChanged();
    void stateChanged();
    void progressChanged();

private:
    struct Entry {
        Known known;
        bool complete = false;
        State ended = State::Ready;  ///< Stopped, Failed: not to be tried again by itself
    };
    const Entry* served(FigureKind kind) const;
    void update();
    void start();
    void keep(FigureKind kind, Entry entry);
    void end(State ended);

    Function m_function;
    FigureKind m_view = FigureKind::Compare;
    std::shared_ptr<const Result> m_result;
    std::map<FigureKind, Entry> m_entries;
    FigureKind m_asked = FigureKind::Compare;
    std::shared_ptr<const Result> m_askedResult;
    quint64 m_askedId = 0;
    QString m_failure;
    NewestWork m_work;
};

}  // namespace posbias::ui
