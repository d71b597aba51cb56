// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/training_help_dialog.h"

#include "ui/text/training_help.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace posbias::ui {

namespace {

constexpr int charactersWide = 84, linesHigh = 36;

}  // namespace

void showTrainingHelp(QWidget* window)
{
    auto* dialog = new QDialog(window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(QCoreApplication::translate("Help", "How training is modelled"));
    auto* page = new QTextBrowser;
    page->setObjectName(QStringLiteral("help:page"));
    page->setFrameShape(QFrame::NoFrame);
    page->setOpenExternalLinks(true);
    page->viewport()->setAutoFillBackground(false);
    page->document()->setDocumentMargin(4.0);
    page->setHtml(trainingHelp());
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto* column = new QVBoxLayout(dialog);
    column->setContentsMargins(24, 20, 16, 16);
    column->setSpacing(16);
    column->addWidget(page, 1);
    column->addWidget(buttons);
    const QFontMetrics metrics = page->fontMetrics();
    const QSize wished(metrics.averageCharWidth() * charactersWide + 60, metrics.lineSpacing() * linesHigh + 80);
    dialog->resize(wished.boundedTo(window->size() - QSize(40, 60)));
    dialog->open();
}

}  // namespace posbias::ui
