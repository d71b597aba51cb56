// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/stage/stage_words.h"

#include <QEvent>
#include <QLabel>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace posbias::ui {

namespace {

constexpr int longestSentence = 135;  // characters
constexpr double smallestScale = 0.7;
constexpr double slightly = 0.75;  // smaller than that is worse than a second line
constexpr double scaleStep = 0.05;

QFont fontOf(const QWidget& widget, double size, int weight)
{
    QFont font = widget.font();
    font.setPixelSize(std::max(1, static_cast<int>(std::lround(size))));
    font.setWeight(static_cast<QFont::Weight>(weight));
    return font;
}

int typicalWidth(const QFontMetrics& metrics, int characters)
{
    const QString sample = QStringLiteral("No untrained offset draws much attention: over 1000 tokens");
    return metrics.horizontalAdvance(sample) * characters / static_cast<int>(sample.size());
}

/// On one line where it fits, else on two of about equal length; nothing when two are not enough.
QString balanced(const QString& text, const QFontMetrics& metrics, int width, int lines)
{
    if (metrics.horizontalAdvance(text) <= width)
        return text;
    qsizetype best = -1;
    int bestWidth = width;
    for (qsizetype at = text.indexOf(u' '); lines > 1 && at >= 0; at = text.indexOf(u' ', at + 1)) {
        const int longer =
            std::max(metrics.horizontalAdvance(text.first(at)), metrics.horizontalAdvance(text.mid(at + 1)));
        if (longer <= bestWidth) {
            bestWidth = longer;
            best = at;
        }
    }
    return best < 0 ? QString() : QString(text).replace(best, 1, u'\n');
}

}  // namespace

StageWords::StageWords(QWidget* parent) : QWidget(parent), m_sentence(new QLabel), m_distance(new QLabel)
{
    m_sentence->setObjectName(QStringLiteral("sentence"));
    m_distance->setObjectName(QStringLiteral("distance"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 7, 20, 3);
    column->setSpacing(2);
    for (QLabel* label : {m_sentence, m_distance}) {
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setTextFormat(label == m_sentence ? Qt::PlainText : Qt::RichText);
        label->setAlignment(Qt::AlignLeft | Qt::AlignBottom);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        column->addWidget(label);
    }
}

void StageWords::setWords(const QString& sentence, const QString& distance)
{
    m_text = sentence;
    m_distance->setText(distance);
    arrange();
}

void StageWords::setTypeSizes(const TypeSizes& sizes)
{
    m_sizes = sizes;
    arrange();
}

/// The type that fits, in the height of full type.
void StageWords::arrange()
{
    if (m_arranging)
        return;
    m_arranging = true;
    const int width = contentsRect().width() - 40;
    const QFontMetrics full(fontOf(*this, m_sizes.sentence(), QFont::DemiBold));
    const int lines = slightly * typicalWidth(full, longestSentence) <= width ? 1 : 2;
    m_sentence->setFixedHeight(lines * full.lineSpacing());
    for (double scale = 1.0;; scale -= scaleStep) {
        const QFont font = fontOf(*this, m_sizes.sentence() * scale, QFont::DemiBold);
        const QString fitting = balanced(m_text, QFontMetrics(font), width, lines);
        if (fitting.isEmpty() && !m_text.isEmpty() && scale > smallestScale)
            continue;
        m_sentence->setFont(font);
        m_sentence->setText(fitting.isEmpty() ? m_text : fitting);
        break;
    }
    const double size = std::min<double>(m_sizes.base, m_sentence->font().pixelSize());  // never above the sentence's
    m_distance->setFixedHeight(QFontMetrics(fontOf(*this, m_sizes.base, QFont::Normal)).lineSpacing() + 2);
    for (double scale = 1.0; scale >= smallestScale; scale -= scaleStep) {
        m_distance->setFont(fontOf(*this, size * scale, QFont::Normal));
        if (m_distance->sizeHint().width() <= width)
            break;
    }
    m_arranging = false;
}

void StageWords::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void StageWords::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    // Qt forgets the labels' own fonts with the application's style sheet, after this event.
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        QTimer::singleShot(0, this, &StageWords::arrange);
}

}  // namespace posbias::ui
