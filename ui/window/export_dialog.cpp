// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export_dialog.h"

#include "core/base/error.h"
#include "ui/window/export_form.h"
#include "ui/window/export_preview.h"
#include "ui/window/figure_commands.h"
#include "ui/window/job_bar.h"
#include "ui/window/settings.h"
#include "ui/window/study_note.h"

#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>

namespace posbias::ui {

ExportDialog::ExportDialog(std::shared_ptr<const Result> result, const StudyModel& known, FigureKind kind,
                           const FigureOptions& asShown, const QString& file, QWidget* parent)
    : QDialog(parent), m_result(std::move(result)), m_form(new ExportForm(kind, asShown)),
      m_preview(new ExportPreview([this] { return std::pair(figure(), m_form->settings()); })), m_file(new QLineEdit),
      m_fileRow(fileRow()), m_state(new QLabel), m_bar(new JobBar), m_write(new QPushButton(tr("E&xport"))),
      m_copy(new QPushButton(tr("&Copy")))
{
    m_studies.learnFrom(known);
    m_studies.setResult(m_result);
    setWindowTitle(tr("Export figure"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* row = new QHBoxLayout;
    row->setSpacing(24);
    row->addWidget(m_form);
    row->addWidget(m_preview, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(14);
    column->addLayout(row, 1);
    column->addWidget(m_fileRow);
    column->addWidget(buttons());
    const QString folder = settings().value(QStringLiteral("export/folder"), QDir::homePath()).toString();
    m_file->setText(m_form->withSuffix(QDir(folder).filePath(file)));
    connect(m_form, &ExportForm::formatChanged, this, [this] { m_file->setText(m_form->withSuffix(m_file->text())); });
    connect(m_form, &ExportForm::changed, this, &ExportDialog::settingsChanged);
    connect(&m_studies, &StudyModel::stateChanged, this, &ExportDialog::studiesChanged);
    connect(&m_studies, &StudyModel::progressChanged, this, &ExportDialog::studiesChanged);
    connect(&m_studies, &StudyModel::studiesChanged, m_preview, &ExportPreview::refresh);
    settingsChanged();
    m_write->setDefault(true);  // only now does it know its dialog
    resize(960, 560);
}

QWidget* ExportDialog::fileRow()
{
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(tr("Fi&le"));
    label->setBuddy(m_file);
    auto* browseButton = new QPushButton(tr("&Browse…"));
    browseButton->setAutoDefault(false);
    line->addWidget(label);
    line->addSpacing(10);
    line->addWidget(m_file, 1);
    line->addWidget(browseButton);
    connect(browseButton, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(m_file, &QLineEdit::textChanged, this, [this](const QString& text) { m_file->setToolTip(text); });
    return row;
}

QWidget* ExportDialog::buttons()
{
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto* cancel = new QPushButton(tr("Cancel"));
    m_state->setProperty("faint", true);
    m_bar->setObjectName(QStringLiteral("export:bar"));
    m_bar->setFixedWidth(160);
    line->addWidget(m_copy);
    line->addStretch(1);
    line->addWidget(m_state);
    line->addWidget(m_bar);
    line->addWidget(cancel);
    line->addWidget(m_write);
    // Return exports, wherever the focus is.
    for (QPushButton* button : {m_copy, cancel})
        button->setAutoDefault(false);
    m_write->setProperty("primary", true);
    connect(cancel, &QPushButton::clicked, this, &ExportDialog::reject);
    connect(m_copy, &QPushButton::clicked, this, &ExportDialog::copy);
    connect(m_write, &QPushButton::clicked, this, &ExportDialog::write);
    return row;
}

Figure ExportDialog::figure() const
{
    const FigureKind kind = m_form->kind();
    return makeFigure(*m_result, kind, m_form->options(),
                      m_studies.current(kind) ? m_studies.newest(kind).studies : Studies());
}

void ExportDialog::settingsChanged()
{
    const Page chosen = m_form->settings();
    if (m_form->format() == FigureFormat::Png) {
        const auto pixels = [&](double mm) { return QString::number(exportPixels(mm, chosen.dpi)); };
        m_preview->setCaption(tr("%1 × %2 pixels").arg(pixels(chosen.widthMm), pixels(chosen.heightMm)));
    } else {
        m_preview->setCaption(tr("Vector; maps at %1 dpi").arg(chosen.dpi));
    }
    m_studies.setView(m_form->kind());
    m_preview->refresh();
    m_state->clear();
    studiesChanged();
}

/// Nothing is written before everything in the figure is there.
void ExportDialog::studiesChanged()
{
    if (computing())
        m_state->setText(studyProgress(m_studies));
    else if (m_studies.state() == StudyModel::State::Failed)
        m_state->setText(m_studies.failure());
    else if (!m_job)
        m_state->clear();
    updateButtons();
}

void ExportDialog::browse()
{
    const QString suffix = m_form->suffix();
    const QString filter = QStringLiteral("%1 (*.%2)").arg(suffix.toUpper(), suffix);
    const QString file = QFileDialog::getSaveFileName(this, tr("Export figure"), m_file->text(), filter, nullptr,
                                                      QFileDialog::DontConfirmOverwrite);
    if (!file.isEmpty())
        m_file->setText(m_form->withSuffix(file));
}

void ExportDialog::copy()
{
    const auto done = [this](const FigureRendering& rendering) {
        toClipboard(rendering);
        m_form->remember();
        endWork(tr("Copied."));
    };
    const auto failed = [this](const QString& message) {
        endWork({});
        m_form->tellProblem(ExportForm::inWindowWords(message));
    };
    start(FigureFormat::Png, RenderJob::toBytes(), tr("Copying…"), done, failed);
}

void ExportDialog::write()
{
    const QString file = m_file->text().trimmed();
    const QString name = QFileInfo(file).fileName();
    if (QFileInfo::exists(file)
        && QMessageBox::question(this, windowTitle(), tr("“%1” exists. Replace it?").arg(name)) != QMessageBox::Yes)
        return;
    const auto done = [this, file](const FigureRendering&) {
        m_form->remember();
        settings().setValue(QStringLiteral("export/folder"), QFileInfo(file).absolutePath());
        accept();
    };
    const auto failed = [this](const QString& message) {
        endWork({});
        tellNotWritten(message);
    };
    try {
        const std::filesystem::path path(file.toStdU16String());
        start(formatFromName(path), RenderJob::toFile(path), tr("Writing…"), done, failed);
    } catch (const InputError& error) {
        tellNotWritten(QString::fromStdString(error.what()));
    }
}

void ExportDialog::tellNotWritten(const QString& message)
{
    QMessageBox box(QMessageBox::NoIcon, windowTitle(), tr("The figure was not written."), QMessageBox::Ok, this);
    box.setInformativeText(ExportForm::inWindowWords(message));
    box.setTextFormat(Qt::PlainText);
    box.exec();
}

void ExportDialog::start(FigureFormat format, RenderJob::LastStep last, const QString& words, Done done, Failed failed)
{
    try {
        Recipe recipe{m_result->experiment, {}};
        recipe.design.view = m_form->kind();
        recipe.design.options = m_form->options();
        recipe.design.page = m_form->settings();
        auto rendering = std::make_unique<FigureRendering>(figure(), recipe, format);
        m_job = new RenderJob(std::move(rendering), std::move(last), this);
    } catch (const std::exception& error) {
        failed(QString::fromStdString(error.what()));
        return;
    }
    m_state->setText(words);
    m_bar->follow(m_job);
    connect(m_job, &RenderJob::finished, this, [this, done = std::move(done)] { done(m_job->rendering()); });
    connect(m_job, &RenderJob::failed, this, std::move(failed));
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
    for (QPushButton* button : {m_copy, m_write})
        button->setEnabled(!m_job && !computing() && m_form->isValid());
}

void ExportDialog::reject()
{
    if (!m_job)
        QDialog::reject();
    else if (m_job->cancel())
        endWork(tr("Stopped."));
}

void ExportDialog::closeEvent(QCloseEvent* event)
{
    if (m_job && m_job->cancel())
        endWork({});
    QDialog::closeEvent(event);
}

}  // namespace posbias::ui
