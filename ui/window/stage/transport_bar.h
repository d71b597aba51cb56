// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Training as something to play: start, back, play, forward, end; a slider over the steps; how fast.

#include "ui/model/player.h"

#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QSlider;
class QToolButton;

namespace posbias::ui {

struct Actions;

class TransportBar : public QWidget {
    Q_OBJECT
public:
    TransportBar(ExperimentModel* model, Player* player, const Actions& actions, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    QToolButton* button(QAction* action, const QString& text);
    void show();
    void fit();
    QString words() const;

    ExperimentModel* m_model;
    Player* m_player;
    QToolButton *m_play, *m_end;
    QSlider* m_slider;
    QLabel *m_words, *m_reason;
    QComboBox* m_speed;
    QList<QWidget*> m_parts;  ///< what there is to use while training has steps
};

}  // namespace posbias::ui
