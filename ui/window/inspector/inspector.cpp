// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/inspector/inspector.h"

#include "ui/jobs/calm_update.h"
#include "ui/jobs/inquiry.h"
#include "ui/text/cell_words.h"
#include "ui/text/numbers.h"
#include "ui/window/inspector/scheme_card.h"
#include "ui/window/inspector/share_bars.h"
#include "ui/window/widgets/derived_font.h"

#include <QEvent>
#include <QFontInfo>
#include <QLabel>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <vector>

namespace posbias::ui {

namespace {

constexpr int inspectorMargin = 16;

struct CellFacts {
    std::vector<CellExplanation> cells;   ///< by scheme
    std::vector<AttentionShares> shares;  ///< of the data, then by scheme; empty where they are shown already
};

CellFacts factsOf(const Result& result, CellPosition at, bool withShares)
{
    CellFacts facts;
    for (std::size_t scheme = 0; scheme < result.schemes.size(); ++scheme)
        facts.cells.push_back(explainCell(result, scheme, at.query, at.key));
    if (withShares) {
        facts.shares.push_back(teacherShares(result, at.query));
        for (std::size_t scheme = 0; scheme < result.schemes.size(); ++scheme)
            facts.shares.push_back(attentionShares(result, scheme, at.query));
    }
    return facts;
}

}  // namespace

struct Inspector::Private {
    Private(Inspector* inspector, ExperimentModel* experimentModel) : q(inspector), model(experimentModel) {}

    Inspector* q;
    ExperimentModel* model;
    Theme theme = ui::theme(ThemeName::Light);
    QWidget* contents = nullptr;
    QLabel *cell = nullptr, *offset = nullptr, *training = nullptr;
    QVBoxLayout* cardColumn = nullptr;
    std::vector<SchemeCard*> cards;
    QLabel* shareTitle = nullptr;
    ShareBars* shares = nullptr;
    QLabel* legend = nullptr;
    CalmUpdate calm{[this] { show(); }, 0};
    Inquiry inquiry;
    QTimer refit;  ///< once the style sheet is through with every widget
    /// What the bars show: they change with the query only, not with every key under the pointer.
    std::shared_ptr<const Result> sharesOf;
    std::int64_t sharesQuery = -1;

    void build();
    QLabel* label(const char* name, QLayout* column, bool faint);
    void show();
    void showCards(const Result& result, const std::vector<CellExplanation>& cells);
    void showShares(const Result& result, std::int64_t query, const std::vector<AttentionShares>& found);
    void fit();
};

QLabel* Inspector::Private::label(const char* name, QLayout* column, bool faint)
{
    auto* made = new QLabel(contents);
    made->setObjectName(QLatin1String(name));
    made->setWordWrap(true);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    made->setFocusPolicy(Qt::NoFocus);
    made->setProperty("faint", faint);
    column->addWidget(made);
    return made;
}

void Inspector::Private::build()
{
    contents = new QWidget;
    contents->setProperty("surface", "panel");
    contents->setAttribute(Qt::WA_StyledBackground);
    auto* all = new QVBoxLayout(contents);
    all->setContentsMargins(inspectorMargin, inspectorMargin - 2, 4, inspectorMargin);
    all->setSpacing(2);
    cell = label("heading.cell", all, true);
    offset = label("heading.offset", all, false);
    training = label("heading.training", all, true);
    all->addSpacing(8);
    cardColumn = new QVBoxLayout;
    cardColumn->setSpacing(10);
    all->addLayout(cardColumn);
    all->addSpacing(10);
    shareTitle = label("shares.title", all, false);
    all->addSpacing(4);
    shares = new ShareBars(contents);
    shares->setObjectName(QStringLiteral("shares"));
    shares->setAccessibleName(tr("Where attention goes"));
    all->addWidget(shares);
    all->addSpacing(2);
    legend = label("shares.legend", all, true);
    legend->setText(tr("Pale: offsets never seen in training. Hatched: untrained. The number is both together."));
    all->addStretch(1);
    q->setWidget(contents);
}

void Inspector::Private::showCards(const Result& result, const std::vector<CellExplanation>& cells)
{
    while (cards.size() < result.schemes.size()) {
        const std::size_t scheme = cards.size();
        auto* card = new SchemeCard(QString::fromStdString(schemeLetter(scheme)), schemeRole(scheme), contents);
        card->setTheme(theme);
        cardColumn->addWidget(card);
        cards.push_back(card);
        fit();
    }
    for (std::size_t scheme = 0; scheme < cards.size(); ++scheme) {
        const bool shown = scheme < cells.size() && cells[scheme].visible;
        cards[scheme]->setVisible(shown);
        if (shown)
            cards[scheme]->setWords(describeCell(result, scheme, cells[scheme]));
    }
}

void Inspector::Private::showShares(const Result& result, std::int64_t query, const std::vector<AttentionShares>& found)
{
    shareTitle->setText(tr("Query %1: where attention goes").arg(integer(query)));
    std::vector<ShareBar> bars = {{tr("data"), Role::Neutral, found[0]}};
    for (std::size_t scheme = 0; scheme < result.schemes.size(); ++scheme)
        bars.push_back({QString::fromStdString(schemeLetter(scheme)), schemeRole(scheme), found[scheme + 1]});
    shares->setBars(bars);
}

void Inspector::Private::show()
{
    const auto result = model->result();
    contents->setVisible(result != nullptr);
    if (!result)
        return;
    const CellPosition at = model->crosshair();
    const CellHeading heading = cellHeading(*result, at);
    cell->setText(heading.cell);
    offset->setText(heading.offset);
    training->setText(heading.training);
    const bool newShares = sharesOf != result || sharesQuery != at.query;
    inquiry.ask(
        [this, result, at, newShares] {
            return [this, result, at, facts = factsOf(*result, at, newShares)] {
                showCards(*result, facts.cells);
                if (facts.shares.empty())
                    return;
                sharesOf = result;
                sharesQuery = at.query;
                showShares(*result, at.query, facts.shares);
            };
        },
        takesLong(*result));
}

/// Type sizes and a width that holds the longest lines in the present font.
void Inspector::Private::fit()
{
    const QFont base = q->font();
    offset->setFont(derivedFont(base, 16.0 / 13.0, QFont::DemiBold));
    training->setFont(derivedFont(base, smallType));
    legend->setFont(derivedFont(base, smallType));
    shareTitle->setFont(derivedFont(base, 1.0, QFont::DemiBold));
    for (SchemeCard* card : cards)
        card->setFonts(base);
    const int bar = q->verticalScrollBar()->sizeHint().width();
    const int width = qRound(QFontInfo(base).pixelSize() * 300.0 / 13.0);
    contents->setFixedWidth(width - bar - 1);
    contents->layout()->setContentsMargins(inspectorMargin, inspectorMargin - 2, std::max(4, inspectorMargin - bar),
                                           inspectorMargin);
    q->setFixedWidth(width);
}

Inspector::Inspector(ExperimentModel* model, QWidget* parent)
    : QScrollArea(parent), d(std::make_unique<Private>(this, model))
{
    setObjectName(QStringLiteral("inspector"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidgetResizable(true);
    d->build();
    setTheme(d->theme);
    d->refit.setSingleShot(true);
    connect(&d->refit, &QTimer::timeout, this, [this] { d->fit(); });
    connect(model, &ExperimentModel::crosshairChanged, &d->calm, &CalmUpdate::ask);
    connect(model, &ExperimentModel::resultChanged, &d->calm, &CalmUpdate::now);
    d->calm.now();
}

Inspector::~Inspector() = default;

void Inspector::setTheme(const Theme& theme)
{
    d->theme = theme;
    for (SchemeCard* card : d->cards)
        card->setTheme(theme);
    d->shares->setTheme(theme);
    d->fit();
}

void Inspector::changeEvent(QEvent* event)
{
    QScrollArea::changeEvent(event);
    if (d && d->contents && (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange))
        d->refit.start(0);
}

}  // namespace posbias::ui
