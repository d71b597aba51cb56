// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/form/panel_section.h"

#include "ui/window/widgets/derived_font.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace posbias::ui {

namespace {

class Dot : public QWidget {
public:
    explicit Dot(QWidget* parent) : QWidget(parent) { setFixedSize(10, 10); }
    void setColour(const QColor& colour)
    {
        m_colour = colour;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_colour);
        painter.drawEllipse(rect());
    }

private:
    QColor m_colour;
};

/// A title with a triangle that points right while its section is folded, down while it is open.
class FoldTitle : public QAbstractButton {
public:
    FoldTitle(const QString& title, QWidget* parent) : QAbstractButton(parent)
    {
        setText(title);
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
    }
    QSize sizeHint() const override
    {
        return {fontMetrics().horizontalAdvance(text()) + 24, fontMetrics().height() + 6};
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, text());
        const QPointF centre(fontMetrics().horizontalAdvance(text()) + 13.0, height() / 2.0);
        painter.translate(centre);
        painter.rotate(isChecked() ? 90.0 : 0.0);
        painter.setPen(QPen(palette().color(QPalette::WindowText), 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(QPolygonF{{-2.0, -4.0}, {2.0, 0.0}, {-2.0, 4.0}});
        if (hasFocus()) {
            painter.resetTransform();
            painter.setPen(QPen(palette().color(QPalette::Highlight), 1.0));
            painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3.0, 3.0);
        }
    }
};

}  // namespace

PanelSection::PanelSection(const QString& title, Role role, bool foldable, QWidget* parent)
    : QWidget(parent),
      m_more(new FoldTitle(tr("More"), this)),
      m_role(role),
      m_body(new QWidget(this)),
      m_rows(new QVBoxLayout),
      m_moreRows(new QVBoxLayout),
      m_moreBody(new QWidget(m_body)),
      m_action(new QToolButton(m_body)),
      m_sentence(new QLabel(m_body))
{
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    if (role != Role::Neutral)
        head->addWidget(m_dot = new Dot(this));
    if (foldable) {
        head->addWidget(m_fold = new FoldTitle(title, this));
        connect(m_fold, &QAbstractButton::toggled, this, [this](bool open) { setFolded(!open); });
    } else {
        head->addWidget(m_title = new QLabel(title, this));
    }
    head->addStretch(1);
    all->addLayout(head);

    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(4);
    m_rows->setSpacing(3);
    body->addLayout(m_rows);
    m_more->hide();
    body->addWidget(m_more, 0, Qt::AlignLeft);
    m_moreRows->setContentsMargins(0, 0, 0, 0);
    m_moreRows->setSpacing(3);
    m_moreBody->setLayout(m_moreRows);
    m_moreBody->hide();
    body->addWidget(m_moreBody);
    connect(m_more, &QAbstractButton::toggled, m_moreBody, &QWidget::setVisible);
    m_action->setFocusPolicy(Qt::TabFocus);
    m_action->hide();
    body->addWidget(m_action, 0, Qt::AlignLeft);
    connect(m_action, &QToolButton::clicked, this, &PanelSection::actionAsked);
    m_sentence->setWordWrap(true);
    m_sentence->setProperty("faint", true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_sentence->setFocusPolicy(Qt::NoFocus);
    m_sentence->hide();
    body->addWidget(m_sentence);
    all->addWidget(m_body);
    setFolded(foldable);
}

void PanelSection::setRows(const QList<FieldRow*>& rows, const QList<FieldRow*>& more)
{
    for (QVBoxLayout* layout : {m_rows, m_moreRows}) {
        while (QLayoutItem* item = layout->takeAt(0))
            delete item;
    }
    for (FieldRow* row : rows)
        m_rows->addWidget(row);
    for (FieldRow* row : more)
        m_moreRows->addWidget(row);
    m_more->setVisible(!more.isEmpty());
    m_moreBody->setVisible(!more.isEmpty() && m_more->isChecked());
}

QList<FieldRow*> PanelSection::rowsIn(const QVBoxLayout& layout) const
{
    QList<FieldRow*> found;
    for (int k = 0; k < layout.count(); ++k) {
        if (auto* row = qobject_cast<FieldRow*>(layout.itemAt(k)->widget()))
            found << row;
    }
    return found;
}

QList<FieldRow*> PanelSection::rows() const
{
    return rowsIn(*m_rows) + rowsIn(*m_moreRows);
}

void PanelSection::openMore()
{
    m_more->setChecked(true);
}

void PanelSection::setAction(const QString& text, const QString& help)
{
    m_action->setText(text);
    m_action->setToolTip(help);
    m_action->setVisible(!text.isEmpty());
}

bool PanelSection::folded() const
{
    return m_fold && !m_fold->isChecked();
}

void PanelSection::setSentence(const QString& sentence)
{
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
}

void PanelSection::setFolded(bool folded)
{
    if (m_fold)
        m_fold->setChecked(!folded);
    m_body->setVisible(!folded);
}

void PanelSection::setTheme(const Theme& theme)
{
    if (m_dot)
        static_cast<Dot*>(m_dot)->setColour(theme.of(m_role));
    QPalette faint = m_more->palette();
    faint.setColor(QPalette::WindowText, theme.faintText);
    m_more->setPalette(faint);
    for (FieldRow* row : rows())
        row->setTheme(theme);
}

void PanelSection::setFonts(const QFont& base)
{
    QWidget* title = m_fold ? static_cast<QWidget*>(m_fold) : m_title;
    title->setFont(derivedFont(base, 1.0, QFont::DemiBold));
    m_sentence->setFont(derivedFont(base, smallType));
    m_more->setFont(base);
    for (FieldRow* row : rows())
        row->setFonts(base);
}

QList<QWidget*> PanelSection::editors() const
{
    QList<QWidget*> all;
    if (m_fold)
        all << m_fold;
    for (const FieldRow* row : rowsIn(*m_rows))
        all << row->editors();
    const QList<FieldRow*> more = rowsIn(*m_moreRows);
    if (!more.isEmpty())
        all << m_more;
    for (const FieldRow* row : more)
        all << row->editors();
    return all << m_action;
}

}  // namespace posbias::ui
