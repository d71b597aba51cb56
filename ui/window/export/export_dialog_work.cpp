// SPDX-License-Identifier: GPL-3.0-or-later
// What the export dialog does with the figure: it keeps, writes, copies and hands it out, and nothing of it while a number
// in the form is refused.
#include "core/base/error.h"
#include "ui/window/export/export_dialog.h"
#include "ui/window/export/export_form.h"
#include "ui/window/export/export_memory.h"
#include "ui/window/export/export_preview.h"
#include "ui/window/export/figure_drag.h"
#include "ui/window/export/format_choice.h"
#include "ui/window/export/job_bar.h"
#include "ui/window/export/preview_page.h"
#include "ui/window/widgets/settings.h"

#include <QCloseEvent>
#include <QDrag>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QTimer>

namespace posbias::ui {

ExportOrder ExportDialog::order() const
{
    ExportOrder order;
    order.recipe = m_evaluation.recipe();
    order.figure = m_evaluation.figure();
    order.formats = formatsOf(order.recipe.design);
    order.folder = std::filesystem::path(m_folder->text().trimmed().toStdU16String());
    order.description = m_form->wantsDescription();
    return order;
}

void ExportDialog::keep()
{
    if (m_form->leadsToRefusedNumber())
        return;
    Q_EMIT kept(m_history.design());
    m_state->setText(tr("Kept; it is saved with the experiment."));
}

/// The file is of the first format that carries the figure itself. It is made first, while the window stays at hand; the
/// drag begins then, if the button is still held.
void ExportDialog::drag()
{
    if (m_job || m_form->leadsToRefusedNumber() || m_evaluation.state() != DesignEvaluation::State::Ready)
        return;
    FigureFormat format = FigureFormat::Png;
    for (const FigureFormat each : formatsOf(m_history.design())) {
        if (each == FigureFormat::Pdf || each == FigureFormat::Svg || each == FigureFormat::Tex) {
            format = each;
            break;
        }
    }
    if (m_draggable && m_draggable->recipe() == m_evaluation.recipe() && m_draggable->format() == format) {
        startDrag();
        return;
    }
    auto* job = new FigureFilesJob(m_evaluation.figure(), m_evaluation.recipe(), format, this);
    const auto done = [this, job] {
        m_job = nullptr;  // kept for the next drag
        if (m_draggable)
            m_draggable->deleteLater();
        m_draggable = job;
        const bool held = QGuiApplication::mouseButtons().testFlag(Qt::LeftButton);
        endWork(held ? QString() : tr("Ready. Drag the figure once more."));
        if (held)
            QTimer::singleShot(0, this, &ExportDialog::startDrag);
    };
    const auto failed = [this](const QString& message) {
        endWork({});
        m_form->tellProblem(message);
    };
    follow(job, tr("Making the figure…"), done, failed);
}

void ExportDialog::startDrag()
{
    auto* drag = new QDrag(this);
    drag->setMimeData(m_draggable->data().release());
    const QImage small = m_preview->page()->picture().scaled(160, 160, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    drag->setPixmap(QPixmap::fromImage(small));
    drag->exec(Qt::CopyAction);
}

void ExportDialog::copy(FigureFormat format)
{
    if (m_form->leadsToRefusedNumber())
        return;
    const auto failed = [this](const QString& message) {
        endWork({});
        m_form->tellProblem(message);
    };
    try {
        auto rendering = std::make_unique<FigureRendering>(m_evaluation.figure(), m_evaluation.recipe(), format);
        auto* job = new RenderJob(std::move(rendering), RenderJob::toBytes(), this);
        const auto done = [this, job, format] {
            toClipboard(job->rendering(), format);
            rememberDesign(m_evaluation.recipe());
            endWork(tr("Copied."));
        };
        follow(job, tr("Copying…"), done, failed);
    } catch (const std::exception& error) {
        failed(QString::fromStdString(error.what()));
    }
}

/// What the person agrees to replace goes into the order. The dialog may end with its question: after false it may be
/// gone.
bool ExportDialog::mayReplace(ExportOrder& order)
{
    constexpr qsizetype most = 8;
    QStringList names;
    try {
        order.replaced = order.existing();
        for (const std::filesystem::path& file : order.replaced)
            names << tr("“%1”").arg(QString::fromStdU16String(file.filename().u16string()));
    } catch (const InputError& error) {
        tellNotWritten(QString::fromStdString(error.what()));
        return false;
    }
    if (names.isEmpty())
        return true;
    const qsizetype more = names.size() - most;
    QString question = tr("%1 exists. Replace it?").arg(names.first());
    if (names.size() > 1) {
        const QString some = names.mid(0, most).join(QStringLiteral(", "));
        question = more > 0 ? tr("%1 and %2 more exist. Replace them?").arg(some).arg(more)
                            : tr("%1 exist. Replace them?").arg(some);
    }
    const auto buttons = QMessageBox::Yes | QMessageBox::No;
    const QPointer<QMessageBox> box = new QMessageBox(QMessageBox::NoIcon, windowTitle(), question, buttons, this);
    box->setTextFormat(Qt::PlainText);
    if (more > 0)
        box->setDetailedText(names.join(u'\n'));
    box->setDefaultButton(QMessageBox::No);
    const bool agreed = box->exec() == QMessageBox::Yes && box;
    delete box;
    return agreed;
}

void ExportDialog::write()
{
    if (m_form->leadsToRefusedNumber())
        return;
    ExportOrder wanted = order();
    if (!mayReplace(wanted))
        return;
    const auto done = [this, wanted] {
        rememberDesign(m_evaluation.recipe());
        QStringList files;
        for (const FigureSheet& sheet : sheetsOf(wanted.targets()).sheets)
            files << QString::fromStdU16String(sheet.file.u16string());
        Q_EMIT filesWritten(files);
        settings().setValue(QStringLiteral("export/folder"), m_folder->text().trimmed());
        Q_EMIT exported(m_history.design());
        accept();
    };
    const auto failed = [this](const QString& message) {
        endWork({});
        tellNotWritten(message);
    };
    follow(new ExportJob(wanted, this), tr("Writing…"), done, failed);
}

void ExportDialog::tellNotWritten(const QString& message)
{
    auto* box =
        new QMessageBox(QMessageBox::NoIcon, windowTitle(), tr("The figure was not written."), QMessageBox::Ok, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(ExportForm::inWindowWords(message));
    box->setTextFormat(Qt::PlainText);
    box->open();
}

void ExportDialog::follow(Job* job, const QString& words, Done done, Failed failed)
{
    m_job = job;
    m_state->setText(words);
    m_bar->follow(job);
    connect(job, &Job::finished, this, std::move(done));
    connect(job, &Job::failed, this, std::move(failed));
    updateButtons();
}

void ExportDialog::endWork(const QString& words)
{
    if (m_job)
        m_job->deleteLater();
    m_job = nullptr;
    m_state->setText(words);
    updateButtons();
}

/// Nothing is to be changed while a figure is made.
void ExportDialog::updateButtons()
{
    for (QWidget* part : {static_cast<QWidget*>(m_form), m_fileRow})
        part->setEnabled(!m_job);
    const bool ready = !m_job && m_evaluation.state() == DesignEvaluation::State::Ready && problem().isEmpty();
    m_copy->setEnabled(ready);
    m_write->setEnabled(ready && !m_folder->text().trimmed().isEmpty());
    m_keep->setEnabled(!m_job && m_evaluation.state() != DesignEvaluation::State::Invalid);
}

void ExportDialog::reject()
{
    if (m_job) {
        if (m_job->cancel())
            endWork(tr("Stopped."));
    } else if (m_evaluation.state() == DesignEvaluation::State::Busy) {
        m_evaluation.cancel();
    } else {
        QDialog::reject();
    }
}

void ExportDialog::closeEvent(QCloseEvent* event)
{
    if (m_job && m_job->cancel())
        endWork({});
    m_evaluation.cancel();
    QDialog::closeEvent(event);
}

}  // namespace posbias::ui
