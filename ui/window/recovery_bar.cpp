// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/recovery_bar.h"

#include "core/io/lecture_file.h"
#include "ui/model/file_watch.h"
#include "ui/text/differences.h"
#include "ui/text/file_names.h"

#include <QFileInfo>
#include <QLocale>

#include <algorithm>
#include <iterator>

namespace posbias::ui {

namespace {

/// The document as it was opened, as far as the journal knows.
Lecture beginningOf(const Journal& journal)
{
    Lecture lecture{journal.experiment, journal.origin.figures};
    for (std::size_t i = journal.position; i-- > 0;) {
        const JournalStep& step = journal.steps[i];
        if (step.experiment)
            lecture.experiment = *step.experiment;
        if (step.figures)
            lecture.figures = *step.figures;
        if (step.origin)
            lecture.figures = step.origin->figures;
    }
    return lecture;
}

QString nameOf(const Journal& journal)
{
    return journal.origin.file.empty() ? QString::fromStdString(journal.experiment.title)
                                       : textOf(journal.origin.file.filename());
}

QString momentWords(const QDateTime& moment)
{
    const QLocale locale;
    return moment.date() == QDate::currentDate() ? locale.toString(moment.time(), QLocale::ShortFormat)
                                                 : locale.toString(moment, QLocale::ShortFormat);
}

}  // namespace

RecoveryBar::RecoveryBar(Restore restore, QWidget* parent)
    : NoticeBar(QStringLiteral("recoveryBar"), parent), m_restore(std::move(restore))
{
    m_thread.setMaxThreadCount(1);
    connect(this, &NoticeBar::dismissed, this, [this] {
        if (m_places.empty())
            settle();
    });
}

RecoveryBar::~RecoveryBar()
{
    m_thread.waitForDone();
    settle();
}

void RecoveryBar::offer(std::vector<JournalPlace> places)
{
    m_places.assign(std::make_move_iterator(places.begin()), std::make_move_iterator(places.end()));
    m_offered = m_places.size();
    next();
}

/// A long history takes a while to read.
void RecoveryBar::next()
{
    setDetails({});
    if (m_places.empty() && !m_discarded.empty()) {
        say(discardedWords().trimmed(), withUndo({}));
        return;
    }
    hide();
    if (m_places.empty())
        return;
    m_thread.start([this, file = m_places.front().file()] {
        const Find find = findIn(file);
        QMetaObject::invokeMethod(this, [this, find] { show(find); });
    });
}

RecoveryBar::Find RecoveryBar::findIn(const std::filesystem::path& file)
{
    Find find;
    find.written = QFileInfo(textOf(file)).lastModified();
    try {
        find.journal = readJournal(file);
    } catch (const std::exception& error) {
        find.problem = QString::fromUtf8(error.what());
        return find;
    }
    const DocumentOrigin& origin = find.journal.origin;
    const Lecture now{find.journal.experiment, origin.figures};
    Lecture before = beginningOf(find.journal);
    find.against = tr("how it was opened");
    if (!origin.file.empty()) {
        try {
            before = readLecture(origin.file);
            const bool same = contentOf(origin.file, origin.digest).kind == FileContent::Kind::Same;
            find.against =
                same ? tr("what the file holds") : tr("what the file holds now; it was changed after this work");
        } catch (const std::exception&) {
            find.against = tr("how it was opened; the file cannot be opened any more");
        }
    }
    find.differences = differences(before, now);
    return find;
}

QString RecoveryBar::position() const
{
    return m_offered < 2 ? QString() : tr(" (%1 of %2)").arg(m_offered - m_places.size() + 1).arg(m_offered);
}

QString RecoveryBar::discardedWords() const
{
    return m_discarded.empty() ? QString()
                               : tr("The unsaved work on “%1” was discarded. ").arg(m_discarded.back().name);
}

std::vector<NoticeBar::Answer> RecoveryBar::withUndo(std::vector<Answer> answers)
{
    if (!m_discarded.empty())
        answers.push_back({tr("Undo Discard"), [this] { undoDiscard(); }});
    return answers;
}

void RecoveryBar::show(const Find& find)
{
    const QString name = find.problem.isEmpty() ? nameOf(find.journal) : momentWords(find.written);
    const Answer discardAnswer{tr("Discard"), [this, name] { discard(name); }};
    if (!find.problem.isEmpty()) {
        const QString file = textOf(m_places.front().file());
        say(discardedWords() + tr("Unsaved work of %1 was found%2, but cannot be read: %3. It stays where it is.")
                                   .arg(momentWords(find.written), position(), find.problem),
            withUndo({{tr("Show in Folder"), [this, file] { Q_EMIT folderAsked(file); }}, discardAnswer}));
        return;
    }
    const Answer restore{tr("Restore"), [this, journal = find.journal] {
                             if (m_restore(journal))
                                 drop();
                         }};
    const Answer compare{tr("What Differs"), [this, find] {
                             if (hasDetails())
                                 setDetails({});
                             else
                                 setDetails(QStringList(tr("From %1:").arg(find.against)) +
                                            (find.differences.isEmpty()
                                                 ? QStringList(tr("Nothing; its undo steps can be had."))
                                                 : find.differences));
                         }};
    say(discardedWords() + tr("“%1” has work of %2 that was not saved when PosBias ended%3.")
                               .arg(name, momentWords(find.written), position()),
        withUndo({restore, compare, discardAnswer}));
}

void RecoveryBar::discard(const QString& name)
{
    try {
        m_places.front().setAside();
    } catch (const std::exception& error) {
        say(QString::fromUtf8(error.what()), {{tr("Discard"), [this, name] { discard(name); }}});
        return;
    }
    m_discarded.push_back({std::move(m_places.front()), name});
    m_places.pop_front();
    next();
}

void RecoveryBar::undoDiscard()
{
    try {
        m_discarded.back().place.takeBack();
    } catch (const std::exception& error) {
        say(QString::fromUtf8(error.what()), withUndo({}));
        return;
    }
    m_places.push_front(std::move(m_discarded.back().place));
    m_discarded.pop_back();
    next();
}

void RecoveryBar::settle()
{
    for (Discarded& each : m_discarded) {
        Q_EMIT discarding(each.place.folder());
        try {
            each.place.remove();
        } catch (const std::exception&) {
            // Set aside it is offered no more; the next start takes it away.
        }
    }
    m_discarded.clear();
}

/// The document's own journal has taken its place: one that cannot be removed is offered again, and that is all.
void RecoveryBar::drop()
{
    try {
        m_places.front().remove();
    } catch (const std::exception&) {
    }
    m_places.pop_front();
    next();
}

}  // namespace posbias::ui
