// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A bar across the window, above the picture: words, and buttons to answer them. It waits; a box would stand in the way.

#include <QList>
#include <QPointer>
#include <QString>
#include <QStringList>
#include <QWidget>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QToolButton;

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
    /// The keyboard goes to the bar, and to no answer: a key pressed by habit decides nothing. Tab leads to the answers,
    /// Esc back to where the keyboard was.
    void askForAttention();

Q_SIGNALS:
    /// A person has hidden the bar.
    void dismissed();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    bool isInside(const QWidget* widget) const { return widget && (widget == this || isAncestorOf(widget)); }
    void dismiss();

    QLabel *m_words, *m_details;
    QScrollArea* m_room;
    QHBoxLayout* m_line;
    QToolButton* m_cross;
    QList<QPushButton*> m_buttons;
    QPointer<QWidget> m_before;  ///< had the keyboard before the bar got it
};

}  // namespace posbias::ui
