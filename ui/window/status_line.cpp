// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/status_line.h"

#include "ui/text/sentence.h"
#include "ui/window/widgets/show_in_folder.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QLabel>
#include <QToolButton>

namespace posbias::ui {

namespace {

constexpr int doneMilliseconds = 30'000;

}  // namespace

StatusLine::StatusLine(ExperimentModel* model, QAction* palette, QWidget* parent)
    : QStatusBar(parent),
      m_model(model),
      m_cell(new QLabel),
      m_done(new QLabel),
      m_computation(new QLabel),
      m_folder(new QToolButton),
      m_copy(new QToolButton),
      m_calm([this] { updateCell(); }, 30)
{
    setSizeGripEnabled(false);
    for (QLabel* label : {m_cell, m_computation})
        label->setProperty("faint", true);
    m_cell->setContentsMargins(12, 2, 0, 2);
    m_cell->setObjectName(QStringLiteral("cell"));
    addWidget(m_cell, 1);
    m_done->setObjectName(QStringLiteral("done"));
    m_done->setTextFormat(Qt::PlainText);
    m_folder->setObjectName(QStringLiteral("done:folder"));
    m_folder->setText(tr("Show in Folder"));
    connect(m_folder, &QToolButton::clicked, this, [this] { showFolderOf(m_file); });
    m_copy->setObjectName(QStringLiteral("done:copy"));
    m_copy->setText(tr("Copy Path"));
    connect(m_copy, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(QDir::toNativeSeparators(m_file));
        confirm(tr("The path was copied"));
    });
    addPermanentWidget(m_done);
    for (QToolButton* link : {m_folder, m_copy}) {
        link->setProperty("link", true);
        addPermanentWidget(link);
    }
    m_doneTimer.setSingleShot(true);
    connect(&m_doneTimer, &QTimer::timeout, this, [this] {
        // Not from under the pointer.
        if (m_done->underMouse() || m_folder->underMouse() || m_copy->underMouse())
            m_doneTimer.start(doneMilliseconds);
        else
            confirm({});
    });
    confirm({});
    addPermanentWidget(m_computation);
    auto* commands = new QToolButton;
    commands->setProperty("link", true);
    commands->setText(tr("%1: all commands").arg(palette->shortcut().toString(QKeySequence::NativeText)));
    connect(commands, &QToolButton::clicked, palette, &QAction::trigger);
    addPermanentWidget(commands);
    connect(model, &ExperimentModel::crosshairChanged, &m_calm, &CalmUpdate::ask);
    connect(model, &ExperimentModel::resultChanged, &m_calm, &CalmUpdate::ask);
    connect(model, &ExperimentModel::resultChanged, this, &StatusLine::updateComputation);
}

void StatusLine::setRawBias(bool raw)
{
    m_raw = raw;
    updateCell();
}

void StatusLine::setPinned(bool pinned)
{
    m_pinned = pinned;
    updateCell();
}

void StatusLine::confirm(const QString& words, const QString& file)
{
    say(words, file, false);
}

void StatusLine::withdraw(const QString& file)
{
    if (!file.isEmpty() && file == m_file)
        confirm({});
}

void StatusLine::showFolderOf(const QString& file)
{
    showInFolder(file, this, [this, file](FolderShown shown) {
        const QString path = QDir::toNativeSeparators(file);
        if (shown == FolderShown::Nobody)
            say(tr("No program that shows folders was found. The file is %1").arg(path), file, true);
        else if (shown == FolderShown::Asked)
            say(tr("The desktop was asked to show the folder of %1").arg(path), file, true);
    });
}

void StatusLine::say(const QString& words, const QString& file, bool path)
{
    m_words = words;
    m_file = file;
    m_done->setVisible(!words.isEmpty());
    m_folder->setVisible(!file.isEmpty() && !path);
    m_copy->setVisible(path);
    fitWords();
    if (!words.isEmpty())
        m_doneTimer.start(doneMilliseconds);
}

/// A long path must not make the window wider: what there is no room for is in the tip.
void StatusLine::fitWords()
{
    m_done->setText(m_done->fontMetrics().elidedText(m_words, Qt::ElideMiddle, width() * 3 / 5));
    m_done->setToolTip(m_words);
}

void StatusLine::resizeEvent(QResizeEvent* event)
{
    QStatusBar::resizeEvent(event);
    fitWords();
}

void StatusLine::updateCell()
{
    const std::shared_ptr<const Result> result = m_model->result();
    if (!result)
        return;
    const QString gap(3, QChar(0x2002));  // en spaces: labels collapse none of them
    const CellPosition cell = m_model->crosshair();
    QString text = tr("i %1").arg(integer(cell.query)) + gap.first(2) + tr("j %1").arg(integer(cell.key)) +
                   gap.first(2) + tr("d %1").arg(integer(cell.query - cell.key)) + gap + tr("bias");
    for (std::size_t s = 0; s < result->schemes.size(); ++s) {
        const OffsetValues& bias = result->schemes[s].attention->bias();
        text += QStringLiteral(" %1 %2 ").arg(QString::fromStdString(schemeLetter(s)),
                                              number(bias[cell.query - cell.key] - (m_raw ? 0.0 : bias[0])));
    }
    text += m_raw ? tr("(raw)") : tr("(relative to offset 0)");
    if (m_pinned)
        text += gap + tr("pinned; Esc releases");
    m_cell->setText(text);
}

void StatusLine::updateComputation()
{
    const double ms = m_model->lastComputationMilliseconds();
    m_computation->setText(ms < 1000.0 ? tr("computed in %1 ms").arg(std::max(1, qRound(ms)))
                                       : tr("computed in %1 s").arg(ms / 1000.0, 0, 'f', 1));
}

}  // namespace posbias::ui
