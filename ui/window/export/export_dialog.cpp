// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export/export_dialog.h"

#include "core/base/error.h"
#include "ui/window/export/export_form.h"
#include "ui/window/export/export_memory.h"
#include "ui/window/export/export_preview.h"
#include "ui/window/export/format_choice.h"
#include "ui/window/export/job_bar.h"
#include "ui/window/export/preview_page.h"
#include "ui/window/widgets/settings.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>

#include <cmath>

namespace posbias::ui {

namespace {

/// What the form's choices are about; the proposal's own where its design does not fit it.
Experiment shownExperiment(const ExportProposal& proposal)
{
    try {
        return experimentOf(proposal.design, proposal.experiment);
    } catch (const InputError&) {
        return proposal.experiment;
    }
}

}  // namespace

ExportDialog::ExportDialog(const ExportProposal& proposal, QWidget* parent)
    : QDialog(parent),
      m_history(proposal.design),
      m_evaluation(proposal.experiment, proposal.result, proposal.studies),
      m_form(new ExportForm(&m_history, shownExperiment(proposal), proposal.asShown)),
      m_preview(new ExportPreview([this]() -> std::optional<std::pair<Figure, Recipe>> {
          if (m_evaluation.state() != DesignEvaluation::State::Ready)
              return {};
          return std::pair(m_evaluation.figure(), m_evaluation.recipe());
      })),
      m_folder(new QLineEdit),
      m_name(new QLineEdit),
      m_fileRow(fileRow()),
      m_state(new QLabel),
      m_bar(new JobBar),
      m_write(new QPushButton(tr("E&xport"))),
      m_copy(copyButton()),
      m_keep(new QPushButton(tr("&Keep in File"))),
      m_undo(new QPushButton(tr("Undo"))),
      m_redo(new QPushButton(tr("Redo")))
{
    setWindowTitle(tr("Export figure"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* row = new QHBoxLayout;
    row->setSpacing(20);
    row->addWidget(m_form);
    row->addWidget(m_preview, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 16);
    column->setSpacing(12);
    column->addLayout(row, 1);
    column->addWidget(m_fileRow);
    column->addWidget(buttons());
    m_folder->setText(settings().value(QStringLiteral("export/folder"), QDir::homePath()).toString());
    connectAll();
    designChanged();
    m_write->setDefault(true);  // only now does it know its dialog
    resize(1120, 640);
}

ExportDialog::~ExportDialog()
{
    hide();  // a field that loses the focus tells it to the design, which must still be there
}

void ExportDialog::connectAll()
{
    connect(&m_history, &DesignHistory::changed, this, &ExportDialog::designChanged);
    connect(&m_evaluation, &DesignEvaluation::stateChanged, this, &ExportDialog::evaluationChanged);
    connect(&m_evaluation, &DesignEvaluation::progressChanged, this, &ExportDialog::evaluationChanged);
    connect(m_form, &ExportForm::viewChosen, this, &ExportDialog::chooseView);
    connect(m_form, &ExportForm::visionChosen, m_preview, &ExportPreview::setVision);
    connect(m_preview, &ExportPreview::typeAccepted, this, [this](double points) {
        m_history.change({}, [points](FigureDesign& design) { design.page.fontPoints = points; });
    });
    connect(m_preview->page(), &PreviewPage::dragged, this, &ExportDialog::drag);
    connect(m_name, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_history.change(QStringLiteral("name"), [&](FigureDesign& design) { design.name = text.toStdString(); });
    });
    connect(m_undo, &QPushButton::clicked, &m_history, &DesignHistory::undo);
    connect(m_redo, &QPushButton::clicked, &m_history, &DesignHistory::redo);
    connect(m_keep, &QPushButton::clicked, this, &ExportDialog::keep);
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Z), this), &QShortcut::activated, &m_history,
            &DesignHistory::undo);
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), this), &QShortcut::activated, &m_history,
            &DesignHistory::redo);
    for (QWidget* part : findChildren<QWidget*>())
        part->installEventFilter(this);
}

/// Undo is the design's in every field, not the field's own.
bool ExportDialog::eventFilter(QObject* watched, QEvent* event)
{
    const bool isOverride = event->type() == QEvent::ShortcutOverride;
    if (isOverride || event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Z && (key->modifiers() & Qt::ControlModifier) != 0) {
            event->accept();  // the key press follows
            if (!isOverride)
                (key->modifiers() & Qt::ShiftModifier) != 0 ? m_history.redo() : m_history.undo();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

QWidget* ExportDialog::fileRow()
{
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto* folderLabel = new QLabel(tr("Fol&der"));
    auto* nameLabel = new QLabel(tr("&Name"));
    folderLabel->setBuddy(m_folder);
    nameLabel->setBuddy(m_name);
    m_folder->setObjectName(QStringLiteral("export:folder"));
    m_name->setObjectName(QStringLiteral("export:name"));
    m_name->setToolTip(tr("Of the files, without an ending"));
    auto* browseButton = new QPushButton(tr("Bro&wse…"));
    browseButton->setAutoDefault(false);
    line->addWidget(folderLabel);
    line->addWidget(m_folder, 3);
    line->addWidget(browseButton);
    line->addSpacing(10);
    line->addWidget(nameLabel);
    line->addWidget(m_name, 2);
    connect(browseButton, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(m_folder, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_folder->setToolTip(text);
        updateButtons();
    });
    return row;
}

QPushButton* ExportDialog::copyButton()
{
    auto* button = new QPushButton(tr("&Copy"));
    auto* menu = new QMenu(button);
    connect(menu->addAction(tr("Copy as Image")), &QAction::triggered, this, [this] { copy(FigureFormat::Png); });
    connect(menu->addAction(tr("Copy as SVG")), &QAction::triggered, this, [this] { copy(FigureFormat::Svg); });
    button->setMenu(menu);
    return button;
}

QWidget* ExportDialog::buttons()
{
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto* cancel = new QPushButton(tr("Cancel"));
    auto* resetButton = new QPushButton(tr("Reset"));
    resetButton->setToolTip(tr("Everything as it was before anybody chose"));
    m_keep->setToolTip(tr("Saves how this figure is made with the experiment, under its name"));
    m_undo->setToolTip(tr("Undo the last change (Ctrl+Z)"));
    m_redo->setToolTip(tr("Ctrl+Shift+Z"));
    m_state->setProperty("faint", true);
    m_bar->setObjectName(QStringLiteral("export:bar"));
    m_bar->setFixedWidth(140);
    for (QWidget* part :
         {static_cast<QWidget*>(m_undo), static_cast<QWidget*>(m_redo), static_cast<QWidget*>(resetButton),
          static_cast<QWidget*>(m_copy), static_cast<QWidget*>(m_keep)})
        line->addWidget(part);
    line->addStretch(1);
    line->addWidget(m_state);
    line->addWidget(m_bar);
    line->addWidget(cancel);
    line->addWidget(m_write);
    // Return exports, wherever the focus is.
    for (QPushButton* button : {m_undo, m_redo, resetButton, m_copy, m_keep, cancel})
        button->setAutoDefault(false);
    m_write->setProperty("primary", true);
    connect(resetButton, &QPushButton::clicked, this, &ExportDialog::reset);
    connect(cancel, &QPushButton::clicked, this, &ExportDialog::reject);
    connect(m_write, &QPushButton::clicked, this, &ExportDialog::write);
    return row;
}

void ExportDialog::designChanged()
{
    const FigureDesign& design = m_history.design();
    if (const QString name = QString::fromStdString(design.name); m_name->text() != name) {
        const QSignalBlocker quiet(m_name);
        m_name->setText(name);
    }
    m_undo->setEnabled(m_history.canUndo());
    m_redo->setEnabled(m_history.canRedo());
    m_state->clear();
    showCaption();
    m_evaluation.setDesign(design);
}

/// Nothing is written before everything in the figure is there.
void ExportDialog::evaluationChanged()
{
    using enum DesignEvaluation::State;
    switch (m_evaluation.state()) {
    case Busy: m_state->setText(tr("Computing… %1 %").arg(std::lround(100.0 * m_evaluation.progress()))); break;
    case Ready:
        if (!m_job)
            m_state->clear();
        m_preview->refresh();
        break;
    case Stopped: m_state->setText(tr("Stopped.")); break;
    case Failed:
    case Invalid: m_state->clear(); break;
    }
    m_form->tellProblem(problem());
    updateButtons();
}

/// What is wrong with the design; empty: nothing.
QString ExportDialog::problem() const
{
    using enum DesignEvaluation::State;
    if (m_evaluation.state() == Invalid || m_evaluation.state() == Failed)
        return m_evaluation.message();
    try {
        for (const FigureFormat format : formatsOf(m_history.design()))
            validate(m_history.design().page, format);
    } catch (const InputError& error) {
        return QString::fromStdString(error.what());
    }
    return {};
}

void ExportDialog::showCaption()
{
    const Page& page = m_history.design().page;
    const auto number = [this](double value) { return locale().toString(value, 'g', 5); };
    const auto pixels = [&](double mm) { return QString::number(exportPixels(mm, page.dpi)); };
    if (page.growHeight) {
        m_preview->setCaption(tr("%1 × at least %2 mm at %3 dpi; PDF, SVG and TikZ are vectors")
                                  .arg(number(page.widthMm), number(page.heightMm), QString::number(page.dpi)));
        return;
    }
    m_preview->setCaption(tr("%1 × %2 mm · %3 × %4 pixels at %5 dpi; PDF, SVG and TikZ are vectors")
                              .arg(number(page.widthMm), number(page.heightMm), pixels(page.widthMm),
                                   pixels(page.heightMm), QString::number(page.dpi)));
}

/// Each view has a design of its own, as it was exported last.
void ExportDialog::chooseView(FigureKind view)
{
    m_history.change(QStringLiteral("view"), [&](FigureDesign& design) {
        const FigureDesign before = design;
        design = rememberedDesign(view, m_evaluation.base());
        design.name = nameForView(before, view);
        design.preset = before.preset;
        design.set = before.set;
        design.step = before.step;
        design.options = before.options;
    });
}

void ExportDialog::reset()
{
    m_history.change({}, [](FigureDesign& design) {
        const FigureDesign before = design;
        design = standardDesign(before.view);
        design.name = before.name;
        design.preset = before.preset;
        design.set = before.set;
        design.step = before.step;
    });
}

void ExportDialog::browse()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder of the figures"), m_folder->text());
    if (!folder.isEmpty())
        m_folder->setText(folder);
}

}  // namespace posbias::ui
