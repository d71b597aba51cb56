// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export_preview.h"

#include "ui/window/job_bar.h"
#include "ui/window/preview_page.h"
#include "ui/window/render_job.h"
#include "ui/window/segmented_control.h"
#include "ui/window/settings.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace posbias::ui {

namespace {

constexpr int pause = 120;  // ms without a change
constexpr int leastDpi = 36, mostDpi = 600;
constexpr int room = 4;     // px for the page's edges
const QString trueSizeKey = QStringLiteral("export/trueSize");

}  // namespace

ExportPreview::ExportPreview(Source source, QWidget* parent)
    : QWidget(parent), m_source(std::move(source)), m_page(new PreviewPage), m_scroll(new QScrollArea),
      m_caption(new QLabel), m_note(new QLabel), m_bar(new JobBar)
{
    setProperty("surface", "stage");
    setAttribute(Qt::WA_StyledBackground);
    m_scroll->setWidget(m_page);
    m_scroll->setWidgetResizable(true);
    m_scroll->setMinimumSize(420, 300);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_page->setAutoFillBackground(false);
    m_bar->setObjectName(QStringLiteral("preview:bar"));
    m_caption->setProperty("faint", true);
    m_note->setObjectName(QStringLiteral("preview:note"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 8);
    column->addWidget(m_scroll, 1);
    column->addWidget(foot());
    column->addWidget(m_note);
    column->addWidget(m_bar);
    m_timer.setSingleShot(true);
    m_timer.setInterval(pause);
    connect(&m_timer, &QTimer::timeout, this, &ExportPreview::start);
    setTrueSize(settings().value(trueSizeKey, false).toBool());
}

QWidget* ExportPreview::foot()
{
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto* choices = new QActionGroup(this);
    auto* fit = choices->addAction(tr("Fit"));
    auto* trueSize = choices->addAction(tr("True size"));
    fit->setToolTip(tr("The whole page"));
    trueSize->setToolTip(tr("As large as on paper"));
    fit->setCheckable(true);
    trueSize->setCheckable(true);
    trueSize->setObjectName(QStringLiteral("export:trueSize"));
    const bool remembered = settings().value(trueSizeKey, false).toBool();
    (remembered ? trueSize : fit)->setChecked(true);
    connect(trueSize, &QAction::toggled, this, [this](bool on) {
        settings().setValue(trueSizeKey, on);
        setTrueSize(on);
    });
    line->addWidget(m_caption);
    line->addStretch(1);
    line->addWidget(new SegmentedControl({fit, trueSize}));
    return row;
}

void ExportPreview::refresh()
{
    m_timer.start();
}

void ExportPreview::setCaption(const QString& caption)
{
    m_caption->setText(caption);
}

void ExportPreview::setTrueSize(bool on)
{
    m_trueSize = on;
    if (!on)
        m_page->setMinimumSize(0, 0);
    refresh();
}

void ExportPreview::setVision(Vision vision)
{
    m_vision = vision;
    refresh();
}

/// In pixels of the screen.
QSize ExportPreview::sizeOf(const Page& page) const
{
    const QSizeF paper(page.widthMm / mmPerInch, page.heightMm / mmPerInch);
    if (m_trueSize)
        return QSizeF(paper.width() * logicalDpiX(), paper.height() * logicalDpiY()).toSize();
    const QSizeF space = m_scroll->maximumViewportSize() - QSize(room, room);
    const double scale = std::min(space.width() / paper.width(), space.height() / paper.height());
    return (paper * scale).toSize().expandedTo(QSize(1, 1));
}

void ExportPreview::start()
{
    end();
    QSize size;
    std::vector<std::string> endings;
    try {
        auto shown = m_source();
        if (!shown)
            return;
        auto& [figure, recipe] = *shown;
        Page& page = recipe.design.page;
        size = sizeOf(page);
        endings = recipe.design.formats;
        // The same layout in fewer pixels.
        const double dpi = size.width() * devicePixelRatioF() * mmPerInch / page.widthMm;
        page.dpi = std::clamp(static_cast<int>(std::lround(dpi)), leastDpi, mostDpi);
        m_job = new RenderJob(std::make_unique<FigureRendering>(figure, recipe, FigureFormat::Png), {}, this);
    } catch (const std::exception& error) {
        m_page->showWords(QString::fromStdString(error.what()));
        return;
    }
    m_bar->follow(m_job);
    connect(m_job, &RenderJob::finished, this, [this, size, endings] {
        m_page->showPicture(simulate(m_job->rendering().image(), m_vision), size);
        m_page->setMinimumSize(m_trueSize ? m_page->sizeHint() : QSize(0, 0));
        tellRemarks(endings);
        end();
    });
    connect(m_job, &RenderJob::failed, this, [this](const QString& message) {
        m_page->showWords(message);
        end();
    });
}

void ExportPreview::tellRemarks(const std::vector<std::string>& endings)
{
    QStringList lines;
    for (const FigureFormat format : figureFormats()) {
        if (std::ranges::find(endings, endingOf(format)) == endings.end() || isTable(format))
            continue;
        for (const QString& remark : m_job->rendering().remarks(format))
            if (const QString line = remark + u'.'; !lines.contains(line))
                lines << line;
    }
    m_note->setText(lines.join(u'\n'));
    m_note->setVisible(!lines.isEmpty());
}

void ExportPreview::end()
{
    if (!m_job)
        return;
    m_job->cancel();
    m_job->deleteLater();
    m_job = nullptr;
}

void ExportPreview::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    refresh();
}

void ExportPreview::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

}  // namespace posbias::ui
