// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Everything about a figure that can be chosen, on tabs; what is wrong with it, in red.

#include "core/experiment/experiment.h"
#include "ui/model/design_history.h"
#include "ui/plot/ink/colour_vision.h"

#include <QWidget>

class QLabel;
class QTabWidget;

namespace posbias::ui {

class ExportForm : public QWidget {
    Q_OBJECT
public:
    /// `experiment`: that the figure is of. `asShown`: the window's zoom and axis.
    ExportForm(DesignHistory* history, const Experiment& experiment, const FigureOptions& asShown);

    bool wantsDescription() const;
    /// Whether a number that somebody typed is refused; then its tab is up, its reason beside it and the focus in it.
    bool leadsToRefusedNumber();
    /// In red; empty: nothing is wrong.
    void tellProblem(const QString& message);
    /// Core's messages name a setting and its option; the window has no options.
    static QString inWindowWords(QString message);

Q_SIGNALS:
    void viewChosen(posbias::FigureKind view);
    void visionChosen(posbias::ui::Vision vision);

private:
    class FormatChoice* m_formats;
    QTabWidget* m_tabs;
    QLabel* m_problem;
};

}  // namespace posbias::ui
