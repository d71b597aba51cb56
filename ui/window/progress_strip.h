// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The thin bar under the toolbar while work takes long, and a note over the picture that says why it is not the newest.

#include "ui/model/experiment_model.h"
#include "ui/plot/theme.h"

#include <QTimer>
#include <QWidget>

class QProgressBar;

namespace posbias::ui {

class Stage;
class StageNote;

class ProgressStrip : public QWidget {
    Q_OBJECT
public:
    static constexpr int untilBar = 150;    ///< ms of work before the bar shows
    static constexpr int untilWords = 800;  ///< ms before words and a button join it

    /// The note floats over the stage.
    ProgressStrip(ExperimentModel* model, Stage* stage, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);

public Q_SLOTS:
    void cancel();

Q_SIGNALS:
    /// Somebody wants to see the setting that is wrong.
    void problemAsked();

private:
    void updateWork();
    void updateNote();
    void press();
    void tell(const QString& message, const QString& button);

    ExperimentModel* m_model;
    Stage* m_stage;
    QProgressBar* m_bar;
    StageNote* m_note;
    Theme m_theme;
    QString m_message, m_messageButton;  ///< why the picture is an old one, until there is a new one
    bool m_wordsDue = false;
    QTimer m_barTimer, m_wordsTimer;
};

}  // namespace posbias::ui
