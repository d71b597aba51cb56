// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/stage/caption_card.h"

#include "core/evaluation/findings.h"
#include "core/experiment/presets.h"
#include "ui/text/captions.h"
#include "ui/window/widgets/derived_font.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QTimer>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace posbias::ui {

namespace {

constexpr int left = 20, right = 12, gap = 12;
constexpr int longestLine = 112;  // characters
constexpr int usualLength = 480;  // characters of a whole caption

const QString typical =
    QStringLiteral("B’s last bucket holds every offset from 113 on: over 1000 tokens A is 0.432 nats away");

QString captionOf(const std::string& preset, const Progress& progress)
{
    const Preset* found = findPreset(preset);
    return found ? caption(findingsOf(*found, progress)) : QString();
}

}  // namespace

CaptionCard::CaptionCard(ExperimentModel* model, QWidget* parent) : CaptionCard(model, captionOf, parent) {}

CaptionCard::CaptionCard(ExperimentModel* model, Words words, QWidget* parent)
    : QWidget(parent),
      m_model(model),
      m_makeWords(std::move(words)),
      m_text(new QLabel),
      m_more(new QToolButton),
      m_close(new QToolButton)
{
    setObjectName(QStringLiteral("caption"));
    setProperty("surface", "caption");
    setAttribute(Qt::WA_StyledBackground);
    m_text->setObjectName(QStringLiteral("caption:text"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_more->setProperty("link", true);
    m_more->setFocusPolicy(Qt::TabFocus);
    m_close->setProperty("link", true);
    m_close->setText(QStringLiteral("✕"));
    m_close->setToolTip(tr("Hide captions; View, Preset’s Caption brings them back"));
    m_close->setAccessibleName(tr("Hide captions"));
    m_close->setFocusPolicy(Qt::TabFocus);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(left, 7, right, 9);
    grid->setHorizontalSpacing(gap);
    grid->setVerticalSpacing(2);
    grid->addWidget(m_text, 0, 0, Qt::AlignTop | Qt::AlignLeft);
    grid->addWidget(m_more, 0, 1, Qt::AlignTop);
    grid->addWidget(m_close, 0, 2, Qt::AlignTop);
    grid->setColumnStretch(0, 1);
    connect(m_close, &QToolButton::clicked, this, &CaptionCard::closed);
    connect(m_more, &QToolButton::clicked, this, [this] {
        m_open = !m_open;
        arrange();
    });
    connect(&m_work, &NewestWork::failed, this, [this] { setVisible(false); });
    connect(model, &ExperimentModel::experimentChanged, this, &CaptionCard::follow);
    hide();
    follow();
}

void CaptionCard::setWanted(bool wanted)
{
    m_wanted = wanted;
    follow();
}

void CaptionCard::setBrief(bool brief)
{
    if (brief == m_brief)
        return;
    m_brief = brief;
    m_open = false;
    arrange();
}

void CaptionCard::setTypeSizes(const TypeSizes& sizes)
{
    m_sizes = sizes;
    arrange();
}

void CaptionCard::follow()
{
    const Preset* preset = m_wanted ? unchangedPreset(m_model->experiment()) : nullptr;
    const QString name = preset ? QString::fromStdString(preset->name) : QString();
    if (name == m_preset)
        return;
    m_preset = name;
    m_open = false;
    m_work.cancel();
    if (preset && !m_captions.contains(name))
        compute(preset->name);
    setVisible(preset != nullptr);
    arrange();
}

void CaptionCard::compute(const std::string& preset)
{
    m_work.restart([this, preset, words = m_makeWords](const Progress& progress) {
        const QString text = words(preset, progress);
        return NewestWork::Outcome{{}, [this, preset, text] {
                                       m_captions.insert(QString::fromStdString(preset), text);
                                       arrange();
                                   }};
    });
}

/// As many lines as the words need, at least the usual number, so that waiting for them moves nothing.
void CaptionCard::arrange()
{
    if (m_arranging || m_preset.isEmpty())
        return;
    m_arranging = true;
    QFont type = font();
    type.setPixelSize(std::max(1, qRound(m_sizes.base * smallType)));
    const QFontMetrics metrics(type);
    m_text->setFont(type);
    const QString text = m_captions.value(m_preset);
    const bool oneLine = m_brief && !m_open;
    m_more->setVisible(m_brief && !text.isEmpty());
    m_more->setText(m_open ? tr("Less") : tr("More"));
    const double character = metrics.horizontalAdvance(typical) / static_cast<double>(typical.size());
    const int room =
        width() - left - right - m_close->sizeHint().width() - (m_brief ? m_more->sizeHint().width() + gap : 0) - gap;
    const int line = std::max(1, std::min(room, oneLine ? room : qRound(character * longestLine)));
    m_text->setFixedWidth(line);
    m_text->setEnabled(!text.isEmpty());
    m_text->setWordWrap(!oneLine);
    const QString waiting = tr("Measuring what this experiment shows…");
    if (oneLine) {
        m_text->setText(metrics.elidedText(text.isEmpty() ? waiting : text, Qt::ElideRight, line));
        m_text->setFixedHeight(metrics.lineSpacing() + 2);
    } else {
        m_text->setText(text.isEmpty() ? waiting : text);
        const int height = metrics.boundingRect(QRect(0, 0, line, 10'000), Qt::TextWordWrap, text).height();
        const int usual = static_cast<int>(std::ceil(usualLength * character / line));
        const int lines = std::max(usual, (height + metrics.lineSpacing() - 1) / metrics.lineSpacing());
        m_text->setFixedHeight(lines * metrics.lineSpacing() + 2);
    }
    m_arranging = false;
}

void CaptionCard::mouseReleaseEvent(QMouseEvent*)
{
    if (m_brief)
        m_more->click();
}

void CaptionCard::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void CaptionCard::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        QTimer::singleShot(0, this, &CaptionCard::arrange);
}

}  // namespace posbias::ui
