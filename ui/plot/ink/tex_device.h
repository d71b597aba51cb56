// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A paint device that writes TikZ: what QPainter draws becomes paths, and words become nodes in the document's own font.

#include "core/design/figure_design.h"
#include "ui/plot/ink/side_file.h"
#include "ui/plot/ink/tex_text.h"
#include "ui/plot/ink/word_device.h"

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

}  // namespace posbias::ui
