// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/stage/stage_column.h"

#include "ui/window/commands/actions.h"
#include "ui/window/stage/caption_card.h"
#include "ui/window/stage/stage.h"
#include "ui/window/stage/transport_bar.h"

#include <QVBoxLayout>

namespace posbias::ui {

namespace {

constexpr double roomForCaption = 52.0;  // heights of the type, of the whole column

}  // namespace

StageColumn::StageColumn(ExperimentModel* model, Player* player, Stage* stage, const Actions& actions, QWidget* parent)
    : QWidget(parent),
      m_model(model),
      m_stage(stage),
      m_transport(new TransportBar(model, player, actions)),
      m_caption(new CaptionCard(model))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(stage, 1);
    column->addWidget(m_transport);
    column->addWidget(m_caption);
    stage->addActions({actions.play, actions.stepForward, actions.stepBack, actions.levelHome});
    connect(stage, &Stage::optionsChanged, this, &StageColumn::updateTransport);
    connect(model, &ExperimentModel::stepChanged, this, &StageColumn::updateTransport);
    m_caption->setWanted(actions.caption->isChecked());
    connect(actions.caption, &QAction::toggled, m_caption, &CaptionCard::setWanted);
    connect(m_caption, &CaptionCard::closed, actions.caption,
            [action = actions.caption] { action->setChecked(false); });
    updateTransport();
}

void StageColumn::setTypeSizes(const TypeSizes& sizes)
{
    m_sizes = sizes;
    m_caption->setTypeSizes(sizes);
    updateBrief();
}

/// Where training is the topic, and wherever another moment than its end is shown.
void StageColumn::updateTransport()
{
    m_transport->setVisible(m_stage->view() == FigureKind::Learning || m_model->step());
}

void StageColumn::updateBrief()
{
    m_caption->setBrief(height() < roomForCaption * m_sizes.base);
}

void StageColumn::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    updateBrief();
}

}  // namespace posbias::ui
