// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The thin bar under the toolbar while work takes long, and a note over the picture that says why it is not the newest.

#include "ui/model/experiment_model.h"
#include "ui/plot/ink/theme.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QProgressBar;

namespace posbias::ui {

class Job;
class StudyModel;
class Stage;
class StageNote;

class ProgressStrip : public QWidget {
    Q_OBJECT
public:
    static constexpr int untilWords = 500;  ///< ms of work before words and a button join it

    /// The note floats over the stage.
    ProgressStrip(ExperimentModel* model, StudyModel* studies, Stage* stage, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// Shows how far the job is, until it ends or the next one comes; then it is deleted.
    void follow(Job* job, const QString& words);
    /// Over the picture, until there is something newer to say.
    void tell(const QString& message, const QString& button = {});
    /// Whether something runs that a person knows of, or asked for.
    bool canCancel() const;

public Q_SLOTS:
    void cancel();

Q_SIGNALS:
    /// Somebody wants to see the setting that is wrong.
    void problemAsked();
    void canCancelChanged();

private:
    enum class Work { None, Job, Training, Study, Picture };
    Work work() const;
    void updateWork();
    void updateNote();
    void showNote();
    bool showStudyNote();
    bool nothingToSee() const;
    void showFraction(Work of, double fraction);
    void press();
    void endJob();

    ExperimentModel* m_model;
    StudyModel* m_studies;
    Stage* m_stage;
    QProgressBar* m_bar;
    StageNote* m_note;
    Theme m_theme;
    QPointer<Job> m_job;
    QString m_jobWords;
    QString m_message, m_messageButton;  ///< why the picture is an old one, until there is a new one
    Work m_told = Work::None;            ///< what the bar and the clocks are about
    bool m_wordsDue = false;
    QTimer m_barTimer, m_wordsTimer;
};

}  // namespace posbias::ui
