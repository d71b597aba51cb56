// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is exported, in which format, size, resolution and theme.

#include "core/figure/figure.h"
#include "ui/plot/figure_export.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSpinBox;

namespace posbias::ui {

class ExportForm : public QWidget {
    Q_OBJECT
public:
    /// `asShown`: the window's zoom and axis, offered when they are not the default.
    ExportForm(FigureKind kind, const FigureOptions& asShown);

    FigureKind kind() const;
    FigureOptions options() const;
    FigureFormat format() const;
    QString suffix() const;
    Page settings() const;
    /// The file's name with the format's ending, in place of another format's.
    QString withSuffix(QString file) const;

    bool isValid() const { return m_valid; }
    /// In red; cleared by the next change.
    void tellProblem(const QString& message);
    /// Proposes these choices again the next time.
    void remember() const;

    /// Core's messages name a setting and its option; the window has no options.
    static QString inWindowWords(QString message);

Q_SIGNALS:
    void changed();
    void formatChanged();

private:
    void arrange();
    void fill(FigureKind kind);
    void connectAll();
    void showSettings(const Page& settings);
    void check();

    FigureOptions m_asShown;
    QComboBox *m_kind, *m_format, *m_theme;
    QDoubleSpinBox *m_width, *m_height;
    QSpinBox* m_dpi;
    QCheckBox* m_zoomed;
    QLabel* m_problem;
    bool m_valid = true;
};

}  // namespace posbias::ui
