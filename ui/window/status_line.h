// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The status bar: the cell under the crosshair in one line; how long the picture took.

#include "ui/jobs/calm_update.h"
#include "ui/model/experiment_model.h"

#include <QStatusBar>
#include <QTimer>

class QAction;
class QLabel;
class QToolButton;

namespace posbias::ui {

class StatusLine : public QStatusBar {
    Q_OBJECT
public:
    StatusLine(ExperimentModel* model, QAction* palette, QWidget* parent = nullptr);
    void setRawBias(bool raw);
    void setPinned(bool pinned);
    /// What was done just now, with a way to the file where there is one. Stays long enough to be read and clicked.
    void confirm(const QString& words, const QString& file = {});
    /// What was said about the file is true no more.
    void withdraw(const QString& file);
    /// Opens the folder of the file; where nobody says that it is open, the path is told, to be copied.
    void showFolderOf(const QString& file);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void updateCell();
    void updateComputation();
    void say(const QString& words, const QString& file, bool path);
    void fitWords();

    ExperimentModel* m_model;
    QLabel *m_cell, *m_done, *m_computation;
    QToolButton *m_folder, *m_copy;
    QString m_words, m_file;
    QTimer m_doneTimer;
    bool m_raw = false;
    bool m_pinned = false;
    CalmUpdate m_calm;
};

}  // namespace posbias::ui
