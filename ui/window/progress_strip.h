// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The thin bar under the toolbar while work takes long, and a note over the picture that says why it is not the newest.

#include "ui/model/experiment_model.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace posbias::ui {

class ProgressStrip : public QWidget {
    Q_OBJECT
public:
    static constexpr int untilBar = 150;    ///< ms of work before the bar shows
    static constexpr int untilWords = 800;  ///< ms before words and a button join it

    /// The note floats over `picture`, so that nothing moves when it comes and goes.
    ProgressStrip(ExperimentModel* model, QWidget* picture, QWidget* parent = nullptr);

public Q_SLOTS:
    void cancel();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void updateWork();
    void placeNote();
    void say(const QString& text, const QString& button);

    ExperimentModel* m_model;
    QProgressBar* m_bar;
    QWidget* m_picture;
    QWidget* m_note;
    QLabel* m_words;
    QToolButton* m_button;
    QTimer m_barTimer, m_wordsTimer;
};

}  // namespace posbias::ui
