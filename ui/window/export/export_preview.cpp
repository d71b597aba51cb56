// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export/export_preview.h"

#include "ui/plot/files/page_fit.h"
#include "ui/window/export/export_form.h"
#include "ui/window/export/job_bar.h"
#include "ui/window/export/preview_page.h"
#include "ui/window/export/render_job.h"
#include "ui/window/widgets/segmented_control.h"
#include "ui/window/widgets/settings.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace posbias::ui {

namespace {

constexpr int pause = 120;  // ms without a change
constexpr int leastDpi = 36, mostDpi = 600;
constexpr int room = 4;  // px for the page's edges
const QString trueSizeKey = QStringLiteral("export/trueSize");

}  // namespace

ExportPreview::ExportPreview(Source source, QWidget* parent)
    : QWidget(parent),
      m_source(std::move(source)),
      m_page(new PreviewPage),
      m_scroll(new QScrollArea),
      m_caption(new QLabel),
      m_note(new QLabel),
      m_useType(new QPushButton),
      m_bar(new JobBar)
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
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 8);
    column->addWidget(m_scroll, 1);
    column->addWidget(noteRow());
    column->addWidget(foot());
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

QWidget* ExportPreview::noteRow()
{
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    m_note->setObjectName(QStringLiteral("preview:note"));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_useType->setObjectName(QStringLiteral("preview:useType"));
    m_useType->setAutoDefault(false);
    line->addWidget(m_note, 1);
    line->addWidget(m_useType, 0, Qt::AlignCenter);
    connect(m_useType, &QPushButton::clicked, this, [this] { Q_EMIT typeAccepted(m_offered); });
    m_note->hide();
    m_useType->hide();
    return row;
}

/// A page without a picture has this in its place.
void ExportPreview::tellProblem(const QString& message, std::optional<double> fittingType)
{
    m_page->showWords(ExportForm::inWindowWords(message));
    m_note->hide();
    m_useType->setVisible(fittingType.has_value());
    if (!fittingType)
        return;
    m_offered = *fittingType;
    m_useType->setText(tr("Use %1 pt").arg(locale().toString(m_offered, 'g', 4)));
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
    QStringList remarks;
    try {
        auto shown = m_source();
        if (!shown)
            return;
        auto& [figure, recipe] = *shown;
        Page& page = recipe.design.page;
        const auto fit = fitFrames({&figure, 1}, page);
        Page paper = page;
        paper.heightMm = fit->heightMm;
        size = sizeOf(paper);
        endings = recipe.design.formats;
        if (const std::string remark = framesRemark(recipe); !remark.empty())
            remarks << QString::fromStdString(remark);
        // The same layout in fewer pixels.
        const double dpi = size.width() * devicePixelRatioF() * mmPerInch / page.widthMm;
        page.dpi = std::clamp(static_cast<int>(std::lround(dpi)), leastDpi, mostDpi);
        auto rendering = std::make_unique<FigureRendering>(figure, recipe, FigureFormat::Png, fit);
        m_job = new RenderJob(std::move(rendering), {}, this);
    } catch (const TypeDoesNotFit& error) {
        tellProblem(QString::fromStdString(error.what()), error.largest());
        return;
    } catch (const std::exception& error) {
        tellProblem(QString::fromStdString(error.what()), {});
        return;
    }
    m_bar->follow(m_job);
    connect(m_job, &RenderJob::finished, this, [this, size, endings, remarks] {
        m_page->showPicture(simulate(m_job->rendering().image(), m_vision), size);
        m_page->setMinimumSize(m_trueSize ? m_page->sizeHint() : QSize(0, 0));
        tellRemarks(endings, remarks);
        end();
    });
    connect(m_job, &RenderJob::failed, this, [this](const QString& message) {
        tellProblem(message, {});
        end();
    });
}

/// Beneath the page, which is drawn once more where that takes room from it.
void ExportPreview::tellRemarks(const std::vector<std::string>& endings, QStringList lines)
{
    for (const FigureFormat format : figureFormats()) {
        const bool wanted = endings.empty() ? format == FigureFormat::Pdf
                                            : std::ranges::find(endings, endingOf(format)) != endings.end();
        if (!wanted || isTable(format))
            continue;
        for (const QString& remark : m_job->rendering().remarks(format))
            if (const QString line = remark + u'.'; !lines.contains(line))
                lines << line;
    }
    const bool moves = m_note->isHidden() != lines.isEmpty() || !m_useType->isHidden();
    m_note->setText(lines.join(u'\n'));
    m_note->setVisible(!lines.isEmpty());
    m_useType->hide();
    if (moves)
        refresh();
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
