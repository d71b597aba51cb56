// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A figure on its way into another program: picture, SVG and file are made when it asks for them.

#include "core/design/figure_design.h"
#include "core/figure/figure.h"
#include "ui/plot/figure_export.h"

#include <QMimeData>

namespace posbias::ui {

class FigureRendering;

class FigureMimeData : public QMimeData {
    Q_OBJECT
public:
    /// `format`: of the file.
    FigureMimeData(Figure figure, Recipe recipe, FigureFormat format);
    QStringList formats() const override;
    bool hasFormat(const QString& mimeType) const override;

protected:
    QVariant retrieveData(const QString& mimeType, QMetaType type) const override;

private:
    QByteArray bytes(FigureFormat format) const;
    QUrl writtenFile() const;

    Figure m_figure;
    Recipe m_recipe;
    FigureFormat m_format;
    mutable std::map<FigureFormat, QByteArray> m_made;
};

/// Encoded as PNG or SVG, so that pasting takes no time.
void toClipboard(const FigureRendering& rendering, FigureFormat format);

}  // namespace posbias::ui
