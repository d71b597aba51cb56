// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A bar across the window, above the picture: words, and buttons to answer them. It waits; a box would stand in the way.

#include <QList>
#include <QString>
#include <QStringList>
#include <QWidget>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QScrollArea;

namespace posbias::ui {

class NoticeBar : public QWidget {
    Q_OBJECT
public:
    struct Answer {
        QString words;
        std::function<void()> act;
    };

    /// Children are named after it: "NAME:words", "NAME:details".
    explicit NoticeBar(const QString& name, QWidget* parent = nullptr);
    /// The first answer is the one to take in doubt. A cross beside them hides the bar and leaves all as it is.
    void say(const QString& words, const std::vector<Answer>& answers);
    /// Lines beneath the words; none: away with them.
    void setDetails(const QStringList& lines);
    bool hasDetails() const;
    /// The keyboard goes to the first answer.
    void askForAttention();

private:
    QLabel *m_words, *m_details;
    QScrollArea* m_room;
    QHBoxLayout* m_line;
    QList<QPushButton*> m_buttons;
};

}  // namespace posbias::ui
