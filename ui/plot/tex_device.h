// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A paint device that writes TikZ: what QPainter draws becomes paths, and words become nodes in the document's own font.

#include "ui/plot/figure_export.h"
#include "ui/plot/figure_recipe.h"
#include "ui/plot/tex_text.h"
#include "ui/plot/word_device.h"

#include <QPaintDevice>
#include <QSizeF>
#include <QStringList>

#include <memory>

namespace posbias::ui {

class TexDevice : public QPaintDevice, public WordDevice {
public:
    /// A tikzpicture of this size in mm; painters draw in units of 1/100 mm. `name`: of the file, for its side files.
    TexDevice(const QSizeF& sizeMm, const std::string& name, TextForm text = TextForm::Live, WordLog* log = nullptr);
    ~TexDevice() override;

    QPaintEngine* paintEngine() const override;
    /// Words are nodes, which TeX sets in the document's font, smaller where they would be longer than measured here.
    bool wordsAreLive() const;

    /// After painting: the tikzpicture environment, and the pictures that it includes.
    QByteArray picture() const;
    std::vector<SideFile> sideFiles() const;
    const TexNeeds& needs() const;

protected:
    void drawWords(QPainter& painter, const Words& words) override;
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
/// What a person has to know of it, in sentences: characters that not every engine sets, a name that TeX does not read.
QStringList texRemarks(const TexNeeds& needs, const std::string& name);

}  // namespace posbias::ui
