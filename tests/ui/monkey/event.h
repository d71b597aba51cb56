// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One thing that a hand does, as a line of text: a verb and its words, "click MainWindow/Stage 0.25 0.5 left".

#include <QFile>
#include <QStringList>
#include <QUrl>

#include <vector>

namespace posbias::ui::monkey {

struct Event {
    QString verb;
    QStringList words = {};

    QString line() const
    {
        QStringList parts = {verb};
        for (const QString& word : words)
            parts << QString::fromLatin1(QUrl::toPercentEncoding(word, "/#:,+()<>"));
        return parts.join(u' ');
    }
    static Event of(const QString& line)
    {
        QStringList parts = line.split(u' ');
        Event event{parts.takeFirst()};
        for (const QString& part : parts)
            event.words << QUrl::fromPercentEncoding(part.toLatin1());
        return event;
    }
    QString word(qsizetype index) const { return words.value(index); }
    double number(qsizetype index) const { return words.value(index).toDouble(); }
};

using Events = std::vector<Event>;

/// Empty lines and those that begin with '#' are no events.
inline Events readEvents(const QString& file)
{
    Events events;
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        return events;
    for (const QString& line : QString::fromUtf8(in.readAll()).split(u'\n')) {
        if (!line.isEmpty() && !line.startsWith(u'#'))
            events.push_back(Event::of(line));
    }
    return events;
}

inline void writeEvents(const QString& file, const Events& events)
{
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return;
    for (const Event& event : events)
        out.write(event.line().toUtf8() + '\n');
}

}  // namespace posbias::ui::monkey
