// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The paint devices of SVG, PDF and pictures: Qt's own, which also know how a figure's words are to be set. TikZ's is in
// tex_device.h.

#include "ui/plot/files/figure_recipe.h"
#include "ui/plot/ink/word_device.h"

#include <QImage>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <vector>

namespace posbias::ui {

/// Rows of a picture. Its pixels stay where they are.
class PictureBand : public QImage, public WordDevice {
public:
    PictureBand(QImage& picture, int firstRow, int rows, WordLog* log);

protected:
    void drawWords(QPainter& painter, const Words& words) override;
};

/// Fonts are embedded. Words are set without ligatures: readers and search find the letters that were typed.
class PdfDevice : public QPdfWriter, public WordDevice {
public:
    PdfDevice(QIODevice& out, const Page& page, const FigureWords& words, WordLog* log);

    /// The file that was written, with a space where Qt names a font's glyph for spaces a tabulator.
    static QByteArray withSpaces(QByteArray written);

protected:
    void drawWords(QPainter& painter, const Words& words) override;

private:
    TextForm m_text;
};

/// In units of 1/1000 mm.
class SvgDevice : public QSvgGenerator, public WordDevice {
public:
    SvgDevice(QIODevice& out, const Page& page, WordLog* log);

    /// The file that was written, with the words in it: each anchored where its alignment says and as long as it was
    /// measured, in whatever font it is shown; those that follow others begin where these end, also for programs that set
    /// words no narrower than their font is; with the fonts where the page asks for them.
    QByteArray withWords(const QByteArray& written) const;

protected:
    void drawWords(QPainter& painter, const Words& words) override;

private:
    TextForm m_text;
    std::vector<std::vector<Words>> m_lines;  ///< words, and those that follow them
};

}  // namespace posbias::ui
