// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A figure as files: everything that can be chosen about it, and a preview of just that.

#include "ui/model/design_evaluation.h"
#include "ui/model/design_history.h"
#include "ui/window/export/export_job.h"
#include "ui/window/export/render_job.h"

#include <QDialog>

#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace posbias::ui {

class ExportForm;
class ExportPreview;
class FigureFilesJob;
class JobBar;

/// What the dialog starts from.
struct ExportProposal {
    Experiment experiment;                 ///< what designs are made from
    std::shared_ptr<const Result> result;  ///< of it, or nothing yet
    Studies studies;                       ///< of the result
    FigureDesign design;
    FigureOptions asShown;  ///< the window's zoom and axis
};

/// Stays at hand while it writes or copies: Cancel and Esc then stop that, and leave no file.
class ExportDialog : public QDialog {
    Q_OBJECT
public:
    ExportDialog(const ExportProposal& proposal, QWidget* parent);
    ~ExportDialog() override;

    DesignHistory& history() { return m_history; }

public Q_SLOTS:
    void reject() override;

Q_SIGNALS:
    /// Somebody wants it in the open file.
    void kept(const posbias::FigureDesign& design);
    void exported(const posbias::FigureDesign& design);
    void filesWritten(const QStringList& files);  ///< the figure's, absolute

protected:
    void closeEvent(QCloseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void connectAll();
    QWidget* fileRow();
    QWidget* buttons();
    QPushButton* copyButton();
    void designChanged();
    void evaluationChanged();
    void showCaption();
    void chooseView(FigureKind view);
    void reset();
    void browse();
    void keep();
    void drag();
    void startDrag();
    void copy(FigureFormat format);
    void write();
    bool mayReplace(ExportOrder& order);
    void tellNotWritten(const QString& message);
    ExportOrder order() const;
    QString problem() const;

    using Done = std::function<void()>;
    using Failed = std::function<void(const QString&)>;
    void follow(Job* job, const QString& words, Done done, Failed failed);
    void endWork(const QString& words);
    void updateButtons();

    DesignHistory m_history;
    DesignEvaluation m_evaluation;
    ExportForm* m_form;
    ExportPreview* m_preview;
    QLineEdit *m_folder, *m_name;
    QWidget* m_fileRow;
    QLabel* m_state;  ///< what is being done
    JobBar* m_bar;
    QPushButton *m_write, *m_copy, *m_keep, *m_undo, *m_redo;
    Job* m_job = nullptr;                   ///< writes or copies
    FigureFilesJob* m_draggable = nullptr;  ///< what was made for the last drag
};

}  // namespace posbias::ui
