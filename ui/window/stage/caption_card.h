// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a preset shows and why, in two or three sentences whose numbers are computed when it is opened.

#include "ui/jobs/newest_work.h"
#include "ui/model/experiment_model.h"
#include "ui/plot/ink/theme.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QToolButton;

namespace posbias::ui {

/// Shown while the experiment is a preset, as it is built in. Its height depends on the width, the type and the room
/// that there is, not on whether the words are there already.
class CaptionCard : public QWidget {
    Q_OBJECT
public:
    using Words = std::function<QString(const std::string& preset, const Progress&)>;
    explicit CaptionCard(ExperimentModel* model, QWidget* parent = nullptr);
    CaptionCard(ExperimentModel* model, Words words, QWidget* parent = nullptr);

    /// Somebody wants captions at all.
    void setWanted(bool wanted);
    /// Little room: one line, until it is opened.
    void setBrief(bool brief);
    void setTypeSizes(const TypeSizes& sizes);

Q_SIGNALS:
    void closed();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    void follow();
    void compute(const std::string& preset);
    void arrange();

    ExperimentModel* m_model;
    Words m_makeWords;
    QLabel* m_text;
    QToolButton *m_more, *m_close;
    TypeSizes m_sizes;
    QString m_preset;                    ///< whose caption is shown; empty: none
    QHash<QString, QString> m_captions;  ///< by preset, once computed
    bool m_wanted = true, m_brief = false, m_open = false, m_arranging = false;
    NewestWork m_work;
};

}  // namespace posbias::ui
