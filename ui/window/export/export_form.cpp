// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export/export_form.h"

#include "ui/window/export/colour_tab.h"
#include "ui/window/export/figure_tab.h"
#include "ui/window/export/format_choice.h"
#include "ui/window/export/motion_tab.h"
#include "ui/window/export/note_tab.h"
#include "ui/window/export/page_tab.h"
#include "ui/window/export/panel_tab.h"
#include "ui/window/widgets/number_field.h"

#include <QLabel>
#include <QRegularExpression>
#include <QTabWidget>
#include <QVBoxLayout>

namespace posbias::ui {

ExportForm::ExportForm(DesignHistory* history, const Experiment& experiment, const FigureOptions& asShown)
    : m_formats(new FormatChoice(history)), m_tabs(new QTabWidget), m_problem(new QLabel)
{
    auto* figure = new FigureTab(history, asShown);
    connect(figure, &FigureTab::viewChosen, this, &ExportForm::viewChosen);
    auto* colour = new ColourTab(history);
    connect(colour, &ColourTab::visionChosen, this, &ExportForm::visionChosen);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(figure, tr("Figure"));
    m_tabs->addTab(new PanelTab(history, experiment.schemes.size()), tr("Panels"));
    m_tabs->addTab(new PageTab(history), tr("Page"));
    m_tabs->addTab(colour, tr("Colour"));
    m_tabs->addTab(new NoteTab(history, experiment), tr("Notes"));
    m_tabs->addTab(new MotionTab(history), tr("Motion"));
    m_problem->setObjectName(QStringLiteral("export:problem"));
    m_problem->setProperty("problem", true);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(m_tabs, 1);
    column->addWidget(m_problem);
    column->addWidget(m_formats);
    setFixedWidth(400);
}

bool ExportForm::wantsDescription() const
{
    return m_formats->wantsDescription();
}

/// A field that a choice hides or disables says nothing about the figure.
bool ExportForm::leadsToRefusedNumber()
{
    for (int tab = 0; tab < m_tabs->count(); ++tab) {
        const QWidget* page = m_tabs->widget(tab);
        for (NumberField* field : page->findChildren<NumberField*>()) {
            if (!field->isVisibleTo(page) || !field->isEnabledTo(page) || !field->refuses())
                continue;
            m_tabs->setCurrentIndex(tab);
            field->askToMend();
            return true;
        }
    }
    return false;
}

void ExportForm::tellProblem(const QString& message)
{
    m_problem->setText(message.isEmpty() ? QString() : inWindowWords(message));
    m_problem->setVisible(!message.isEmpty());
}

QString ExportForm::inWindowWords(QString message)
{
    static const QRegularExpression option(QStringLiteral(R"( \(-[-a-z]+\))"));
    message.remove(option);
    if (message.startsWith(QLatin1String("-o is")))
        message.replace(0, 2, tr("The file"));
    return message.endsWith(u'.') ? message : message + u'.';
}

}  // namespace posbias::ui
