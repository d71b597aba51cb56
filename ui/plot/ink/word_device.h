// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Paint devices of files, which are told whole words with their alignment: QPainter knows neither.

#include "ui/plot/ink/word_log.h"

#include <QColor>
#include <QFont>
#include <QPointF>
#include <QString>

class QPainter;

namespace posbias::ui {

/// One line, in the painter's coordinates.
struct Words {
    QString text;
    QFont font;
    QColor colour;
    QPointF at;                               ///< on the baseline: what `alignment` names
    Qt::Alignment alignment = Qt::AlignLeft;  ///< of `at`: left end, AlignHCenter, AlignRight
    double width = 0.0;                       ///< as measured: there is room for it
    bool follows = false;  ///< the words that were drawn just before, wherever another font lets them end

    QPointF leftEnd() const;
};

class WordDevice {
public:
    /// `log` learns what is drawn; it outlives the device.
    explicit WordDevice(WordLog* log) : m_log(log) {}
    virtual ~WordDevice() = default;

    void draw(QPainter& painter, const Words& words)
    {
        if (m_log)
            m_log->note(words.font, words.text);
        drawWords(painter, words);
    }

protected:
    WordDevice(const WordDevice&) = default;
    WordDevice& operator=(const WordDevice&) = default;
    virtual void drawWords(QPainter& painter, const Words& words) = 0;

private:
    WordLog* m_log;
};

/// As shapes, which look the same everywhere and are no text any more.
void fillOutlines(QPainter& painter, const Words& words);

}  // namespace posbias::ui
