// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The stage with what stands beneath it: training to play, and the preset's caption.

#include "ui/model/player.h"
#include "ui/plot/ink/theme.h"

#include <QWidget>

namespace posbias::ui {

struct Actions;
class CaptionCard;
class Stage;
class TransportBar;

class StageColumn : public QWidget {
    Q_OBJECT
public:
    /// Takes the stage as its child.
    StageColumn(ExperimentModel* model, Player* player, Stage* stage, const Actions& actions,
                QWidget* parent = nullptr);
    void setTypeSizes(const TypeSizes& sizes);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void updateTransport();
    void updateBrief();

    ExperimentModel* m_model;
    Stage* m_stage;
    TransportBar* m_transport;
    CaptionCard* m_caption;
    TypeSizes m_sizes;
};

}  // namespace posbias::ui
