// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/inspector/scheme_card.h"

#include "ui/window/widgets/derived_font.h"
#include "ui/window/widgets/formula_label.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

#include <algorithm>

namespace posbias::ui {

namespace {

constexpr double corner = 6.0, bandWidth = 3.0;

QLabel* selectable(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

void setInk(QLabel* label, const QColor& colour)
{
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, colour);
    label->setPalette(palette);
}

}  // namespace

/// A word on a rounded ground.
class Pill : public QLabel {
public:
    explicit Pill(QWidget* parent) : QLabel(parent) { setAlignment(Qt::AlignCenter); }
    QSize sizeHint() const override { return QLabel::sizeHint() + QSize(16, 4); }
    QSize minimumSizeHint() const override { return sizeHint(); }
    void setColours(const QColor& ink, const QColor& ground)
    {
        m_ground = ground;
        setInk(this, ink);
        update();
    }

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_ground);
        painter.drawRoundedRect(QRectF(rect()), height() / 2.0, height() / 2.0);
        painter.end();
        QLabel::paintEvent(event);
    }

private:
    QColor m_ground;
};

SchemeCard::SchemeCard(const QString& letter, Role role, QWidget* parent)
    : QWidget(parent),
      m_letter(letter),
      m_role(role),
      m_theme(theme(ThemeName::Light)),
      m_title(selectable(this)),
      m_pill(new Pill(this)),
      m_formulaLines(new QVBoxLayout),
      m_origin(selectable(this)),
      m_grid(new QGridLayout),
      m_verdict(selectable(this))
{
    setObjectName(QStringLiteral("card:") + letter);
    m_title->setObjectName(letter + QStringLiteral(".title"));
    m_pill->setObjectName(letter + QStringLiteral(".pill"));
    m_origin->setObjectName(letter + QStringLiteral(".origin"));
    m_origin->setWordWrap(true);
    m_origin->setTextFormat(Qt::PlainText);
    m_origin->setProperty("faint", true);
    m_verdict->setObjectName(letter + QStringLiteral(".verdict"));
    m_verdict->setAlignment(Qt::AlignRight);

    auto* head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch(1);
    head->addWidget(m_pill);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(14, 10, 12, 10);
    all->setSpacing(5);
    all->addLayout(head);
    m_formulaLines->setSpacing(1);
    all->addLayout(m_formulaLines);
    all->addWidget(m_origin);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(3);
    m_grid->setColumnStretch(0, 1);
    all->addLayout(m_grid);
    all->addWidget(m_verdict);
}

void SchemeCard::setWords(const CellWords& words)
{
    m_title->setText(m_letter + QStringLiteral("  ") + words.title);
    m_pill->setText(words.pill);
    m_pill->setVisible(!words.pill.isEmpty());
    m_pillWarns = words.pillWarns;
    setFormulas(words.formulas);
    m_origin->setText(words.origin);
    setRows(words.rows);
    m_verdict->setText(words.verdict);
    m_verdictWarns = words.verdictWarns;
    colour();
}

void SchemeCard::setFormulas(const std::vector<Formula>& formulas)
{
    while (m_formulas.size() < formulas.size()) {
        auto* label = new FormulaLabel(this);
        label->setObjectName(m_letter + QStringLiteral(".formula%1").arg(m_formulas.size()));
        m_formulas.push_back(label);
        m_formulaLines->addWidget(label);
    }
    for (std::size_t k = 0; k < m_formulas.size(); ++k) {
        m_formulas[k]->setVisible(k < formulas.size());
        m_formulas[k]->setFormula(k < formulas.size() ? formulas[k] : Formula{});
    }
}

SchemeCard::Row& SchemeCard::rowFor(const CellRow& row)
{
    Row& made = m_rows[row.id];
    if (!made.value) {
        made.label = selectable(this);
        made.label->setProperty("faint", true);
        made.value = selectable(this);
        made.value->setObjectName(m_letter + QLatin1Char('.') + row.id);
        made.value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        made.strong = row.strong;
        made.value->setFont(derivedFont(font(), 1.0, row.strong ? QFont::DemiBold : QFont::Normal));
        // Every row keeps its place among those that come and go with the content.
        static const QStringList order = {
            QStringLiteral("bias"),       QStringLiteral("relative"),  QStringLiteral("dot"), QStringLiteral("score"),
            QStringLiteral("normaliser"), QStringLiteral("attention"), QStringLiteral("data")};
        const int line = static_cast<int>(order.indexOf(row.id));
        m_grid->addWidget(made.label, line, 0);
        m_grid->addWidget(made.value, line, 1);
    }
    return made;
}

void SchemeCard::setRows(const std::vector<CellRow>& rows)
{
    for (auto& [id, row] : m_rows) {
        const bool shown = std::any_of(rows.begin(), rows.end(), [&](const CellRow& r) { return r.id == id; });
        row.label->setVisible(shown);
        row.value->setVisible(shown);
    }
    for (const CellRow& words : rows) {
        Row& row = rowFor(words);
        row.label->setText(words.label);
        row.value->setText(words.value);
        row.value->setAccessibleName(words.id + QStringLiteral(": ") + words.value);
    }
}

void SchemeCard::setTheme(const Theme& theme)
{
    m_theme = theme;
    setInk(m_title, theme.of(m_role));
    colour();
    update();
}

void SchemeCard::colour()
{
    QColor ground = m_pillWarns ? m_theme.warning : m_theme.accent;
    ground.setAlphaF(0.14F);
    m_pill->setColours(m_pillWarns ? m_theme.warning : m_theme.text, ground);
    setInk(m_verdict, m_verdictWarns ? m_theme.warning : m_theme.text);
}

void SchemeCard::setFonts(const QFont& base)
{
    m_title->setFont(derivedFont(base, 1.0, QFont::DemiBold));
    m_pill->setFont(derivedFont(base, 11.0 / 13.0, QFont::DemiBold));
    m_origin->setFont(derivedFont(base, smallType));
    m_verdict->setFont(derivedFont(base, 1.0, QFont::DemiBold));
    for (auto& [id, row] : m_rows)
        row.value->setFont(derivedFont(base, 1.0, row.strong ? QFont::DemiBold : QFont::Normal));
}

void SchemeCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), corner, corner);
    painter.setPen(QPen(m_theme.frame, 1.0));
    painter.drawPath(outline);
    painter.setClipPath(outline);
    painter.fillRect(QRectF(0.0, 0.0, bandWidth, height()), m_theme.of(m_role));
}

}  // namespace posbias::ui
