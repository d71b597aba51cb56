// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A figure as a file: what, in which format and size, with a preview of just that.

#include "core/evaluation/result.h"
#include "ui/model/study_model.h"
#include "ui/window/render_job.h"

#include <QDialog>

#include <functional>
#include <memory>

class QLabel;
class QLineEdit;
class QPushButton;

namespace posbias::ui {

class ExportForm;
class ExportPreview;
class JobBar;

/// Stays at hand while it writes or copies: Cancel and Esc then stop that, and leave no file.
class ExportDialog : public QDialog {
    Q_OBJECT
public:
    /// `asShown`: the window's zoom and axis. `file`: the proposed name without an ending.
    /// `known`: what is known of studies already; what another kind of figure needs is computed.
    ExportDialog(std::shared_ptr<const Result> result, const StudyModel& known, FigureKind kind,
                 const FigureOptions& asShown, const QString& file, QWidget* parent);

public Q_SLOTS:
    void reject() override;

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    QWidget* fileRow();
    QWidget* buttons();
    Figure figure() const;
    void settingsChanged();
    void studiesChanged();
    bool computing() const { return m_studies.state() == StudyModel::State::Busy; }
    void browse();
    void copy();
    void write();
    void tellNotWritten(const QString& message);

    using Done = std::function<void(const FigureRendering&)>;
    using Failed = std::function<void(const QString&)>;
    void start(FigureFormat format, RenderJob::LastStep last, const QString& words, Done done, Failed failed);
    void endWork(const QString& words);
    void updateButtons();

    std::shared_ptr<const Result> m_result;
    StudyModel m_studies;
    ExportForm* m_form;
    ExportPreview* m_preview;
    QLineEdit* m_file;
    QWidget* m_fileRow;
    QLabel* m_state;  ///< what is being done
    JobBar* m_bar;
    QPushButton *m_write, *m_copy;
    RenderJob* m_job = nullptr;  ///< writes or copies
};

}  // namespace posbias::ui
