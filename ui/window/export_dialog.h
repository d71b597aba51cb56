// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A figure as a file: what, in which format and size, with a preview of just that.

#include "core/evaluation/result.h"
#include "core/figure/figure.h"
#include "ui/plot/figure_export.h"

#include <QDialog>

#include <memory>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace posbias::ui {

class ExportPreview;

class ExportDialog : public QDialog {
    Q_OBJECT
public:
    /// `asShown`: the window's zoom and axis, offered when they are not the default. `file`: the proposed name
    /// without an ending.
    ExportDialog(std::shared_ptr<const Result> result, FigureKind kind, const FigureOptions& asShown,
                 const QString& file, QWidget* parent);

private:
    QWidget* form();
    void fillForm(FigureKind kind);
    QWidget* fileRow();
    QWidget* buttons();
    FigureKind kind() const;
    FigureFormat format() const;
    ExportSettings chosen() const;
    Figure figure() const;
    void showSettings(const ExportSettings& settings);
    void kindChanged();
    void formatChanged();
    void settingsChanged();
    void browse();
    void copy();
    void write();
    void remember() const;

    std::shared_ptr<const Result> m_result;
    FigureOptions m_asShown;
    QComboBox *m_kind, *m_format, *m_theme;
    QDoubleSpinBox *m_width, *m_height;
    QSpinBox* m_dpi;
    QCheckBox* m_zoomed;
    QLineEdit* m_file;
    QLabel* m_problem;
    ExportPreview* m_preview;
    QPushButton *m_write, *m_copy;
};

}  // namespace posbias::ui
