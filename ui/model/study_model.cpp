// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/study_model.h"

#include <utility>

namespace posbias::ui {

StudyModel::StudyModel(QObject* parent)
    : StudyModel([](FigureKind kind, const Result& result, const Progress& progress,
                    const Partial& partial) { return studiesFor(kind, result, progress, partial); },
                 parent)
{
}

StudyModel::StudyModel(Function function, QObject* parent) : QObject(parent), m_function(std::move(function))
{
    connect(&m_work, &NewestWork::busyChanged, this, &StudyModel::stateChanged);
    connect(&m_work, &NewestWork::progressChanged, this, &StudyModel::progressChanged);
    connect(&m_work, &NewestWork::failed, this, [this](const QString& message) {
        m_failure = message;
        end(State::Failed);
    });
}

void StudyModel::setView(FigureKind kind)
{
    if (kind == m_view)
        return;
    m_view = kind;
    update();
    Q_EMIT stateChanged();
}

void StudyModel::setResult(const std::shared_ptr<const Result>& result)
{
    if (result == m_result)
        return;
    m_result = result;
    update();
    Q_EMIT stateChanged();
}

void StudyModel::learnFrom(const StudyModel& other)
{
    m_entries = other.m_entries;
    update();
}

/// Nothing where it is of another result.
const StudyModel::Entry* StudyModel::served(FigureKind kind) const
{
    const auto found = m_entries.find(kind);
    if (found == m_entries.end() || !m_result)
        return nullptr;
    const std::shared_ptr<const Result>& of = found->second.known.of;
    return of == m_result || sameStudy(kind, *of, *m_result) ? &found->second : nullptr;
}

/// Work that goes on for a view that was left is let be, as long as it is of use when it is looked at again.
void StudyModel::update()
{
    const Entry* of = served(m_view);
    const bool missing = m_result && needsStudy(m_view) && (!of || (!of->complete && of->ended == State::Ready));
    const bool underWay = busy() && m_askedResult && m_result && sameStudy(m_asked, *m_askedResult, *m_result);
    if (missing && !(underWay && m_asked == m_view))
        start();
    else if (!missing && busy() && !underWay)
        m_work.cancel();
}

void StudyModel::start()
{
    m_asked = m_view;
    m_askedResult = m_result;
    m_failure.clear();
    const quint64 id = ++m_askedId;
    m_work.request([this, id, kind = m_view, result = m_result, function = m_function](const Progress& progress) {
        const Partial partial = [this, id, kind, result](const Studies& soFar) {
            QMetaObject::invokeMethod(
                this,
                [this, id, kind, result, soFar] {
                    if (id == m_askedId && busy())
                        keep(kind, {{result, soFar}, false, State::Ready});
                },
                Qt::QueuedConnection);
        };
        const Studies all = function(kind, *result, progress, partial);
        return NewestWork::Outcome{{}, [this, kind, result, all] { keep(kind, {{result, all}, true, State::Ready}); }};
    });
}

void StudyModel::keep(FigureKind kind, Entry entry)
{
    m_entries[kind] = std::move(entry);
    Q_EMIT studiesChanged();
    Q_EMIT stateChanged();
}

/// With what is done so far.
void StudyModel::end(State ended)
{
    const Entry* of = served(m_asked);
    keep(m_asked, {{m_askedResult, of && !of->complete ? of->known.studies : Studies()}, false, ended});
}

StudyModel::Known StudyModel::newest(FigureKind kind) const
{
    const auto found = m_entries.find(kind);
    return found == m_entries.end() ? Known() : found->second.known;
}

Studies StudyModel::complete() const
{
    Studies all;
    for (const auto& [kind, entry] : m_entries) {
        if (!entry.complete || served(kind) == nullptr)
            continue;
        const Studies& found = entry.known.studies;
        all.history = all.history ? all.history : found.history;
        all.generalization = all.generalization ? all.generalization : found.generalization;
        all.level = all.level ? all.level : found.level;
        all.sweep = all.sweep ? all.sweep : found.sweep;
    }
    return all;
}

StudyModel::State StudyModel::state() const
{
    const Entry* of = served(m_view);
    if (!needsStudy(m_view) || (of && of->complete))
        return State::Ready;
    if (busy() && m_asked == m_view)
        return State::Busy;
    return of ? of->ended : State::Ready;
}

void StudyModel::cancel()
{
    if (!busy())
        return;
    m_work.cancel();
    end(State::Stopped);
}

void StudyModel::retry()
{
    m_entries.erase(m_view);
    update();
    Q_EMIT stateChanged();
}

}  // namespace posbias::ui
