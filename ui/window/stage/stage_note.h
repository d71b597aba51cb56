// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A note at the foot of the picture: words and a button. It floats, so that nothing moves when it comes and goes.

#include <QWidget>

class QLabel;
class QToolButton;

namespace posbias::ui {

class StageNote : public QWidget {
    Q_OBJECT
public:
    explicit StageNote(QWidget* picture);
    /// Without a button where `button` is empty.
    void say(const QString& text, const QString& button, const QColor& ink);

Q_SIGNALS:
    void pressed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    QWidget* m_picture;
    QLabel* m_words;
    QToolButton* m_button;
};

}  // namespace posbias::ui
