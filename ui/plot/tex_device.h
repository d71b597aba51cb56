// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A paint device that writes TikZ: what QPainter draws becomes paths, and words become nodes in the document's own font.

#include "ui/plot/figure_export.h"
#include "ui/plot/figure_recipe.h"

#include <QPaintDevice>
#include <QSizeF>

#include <memory>

namespace posbias::ui {

class TexDevice : public QPaintDevice {
public:
    /// A tikzpicture of this size in mm; painters draw in units of 1/100 mm. `name`: of the file, for its side files.
    TexDevice(const QSizeF& sizeMm, const std::string& name);
    ~TexDevice() override;

    QPaintEngine* paintEngine() const override;
    /// Words at a point of the painter's coordinates: `alignment` says which point of them it is (left, centre, right;
    /// baseline, or vertical centre). QPainter knows no alignment, so text_painting.cpp calls this one.
    void drawWords(QPainter& painter, const QPointF& at, Qt::Alignment alignment, const QString& text,
                   double degrees = 0.0);

    /// After painting: the tikzpicture environment, and the pictures that it includes.
    QByteArray picture() const;
    std::vector<SideFile> sideFiles() const;

protected:
    int metric(PaintDeviceMetric metric) const override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// "attention-1.png": of the pictures that a figure's .tex file includes, counted from 1.
std::string texPictureName(const std::string& figure, std::size_t number);
/// The .tex file: the recipe in comments, how to use it, the picture with exactly the page's size; a document of its own
/// where the page asks for one.
QByteArray texFile(const TexDevice& device, const Page& page, const FigureWords& words);

/// Plain text as TeX source for pdfLaTeX and LuaLaTeX alike: special characters escaped, mathematical ones in math mode.
QString texText(const QString& text);

}  // namespace posbias::ui
