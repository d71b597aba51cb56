// SPDX-License-Identifier: GPL-3.0-or-later
// Words within panels, in every view, on every page: nothing runs through them, none covers another, none is left out.

#include "core/experiment/presets.h"
#include "core/figure/studies.h"
#include "tests/ui/text_recorder.h"
#include "ui/plot/figure_plot.h"
#include "ui/plot/files/page_fit.h"
#include "ui/plot/layout/chart_axis.h"
#include "ui/plot/paint/chart_painter.h"
#include "ui/plot/paint/clipped_lines.h"
#include "ui/plot/paint/curve_painter.h"
#include "ui/plot/paint/map_images.h"
#include "ui/plot/paint/panel_labels.h"

#include <qcustomplot.h>

#include <QTest>

#include <algorithm>
#include <random>

using namespace posbias;
using namespace posbias::ui;

namespace {

const FigureKind lab[] = {FigureKind::Learning, FigureKind::Generalization, FigureKind::Level, FigureKind::Sweep};

struct Drawn {
    PlotContext context;
    std::vector<DrawnText> texts;
    std::vector<DrawnInk> ink;
};

/// As a file has it.
Drawn drawnOn(const Figure& figure, const PagePreset& preset)
{
    Page page;
    usePreset(page, preset);
    Drawn drawn;
    PlotContext& context = drawn.context;
    context.fonts = Fonts(TypeSizes(), usedFontFamily(page));
    context.theme = fileTheme(ThemeName::Light);
    PageFit fit = fitPage({&figure, 1}, context.fonts, page);
    context.figure = arranged(figure, fit.arrangement);
    context.geometry = layOut(context.figure, context.fonts, fit.size, fit.needsOfAll());
    if (figure.crosshair)
        context.rowQuery = figure.crosshair->query;
    std::vector<MapImage> maps;
    for (std::size_t r = 0; r < context.figure.rows.size(); ++r)
        for (std::size_t p = 0; p < context.figure.rows[r].panels.size(); ++p)
            if (const auto* map = std::get_if<MapPanel>(&context.figure.rows[r].panels[p])) {
                const int side = context.place(r, p).plot.width();
                maps.push_back(makeMapImage({map->source, context.geometry.cells, QSize(side, side),
                                             context.figure.scales.at(map->scale), map->parameters}));
            }
    TextRecorder recorder(fit.size);
    {
        QCPPainter painter(&recorder);
        FigurePlot plot;
        plot.setTheme(context.theme);
        plot.setFonts(context.fonts);
        plot.setFigure(context.figure);
        plot.paintOver(painter, fit.size, 2.0, maps, fit.needsOfAll());
    }
    context.pixelsPerUnit = 2.0;
    placeLabels(context);
    drawn.texts = std::move(recorder.texts);
    drawn.ink = std::move(recorder.ink);
    return drawn;
}

/// Over ribbons and axes there are words, too.
QRectF wordsArea(const PlotContext& context, std::size_t row, std::size_t p)
{
    const QRectF plot(context.place(row, p).plot);
    const bool ribbons = std::holds_alternative<RibbonPanel>(context.figure.rows[row].panels[p]);
    return plot.adjusted(0.0, ribbons ? -aboveRibbons(context.figure, row, context.fonts) : 0.0, 0.0, 0.0);
}

bool isBackground(const Drawn& drawn, const QColor& colour)
{
    return colour.rgb() == drawn.context.theme.stage.rgb() || colour.rgb() == drawn.context.theme.halo.rgb();
}

/// Letters that were drawn with a rim, after the stroke that it keeps off them.
bool isRimmed(const Drawn& drawn, const DrawnText& text, std::size_t after)
{
    return std::ranges::any_of(drawn.ink, [&](const DrawnInk& rim) {
        return rim.order > after && rim.order < text.order && rim.lines.size() > 2 && isBackground(drawn, rim.colour) &&
               text.rect.adjusted(-2.0, -2.0, 2.0, 2.0).contains(rim.lines.front().p1());
    });
}

/// What a background of words hides of a curve.
QString erased(const Drawn& drawn, const QRectF& panel)
{
    constexpr double most = 4.0;  // pixels along it
    const double line = textHeight(drawn.context.fonts.tick);
    for (const DrawnInk& fill : drawn.ink) {
        if (!fill.lines.empty() || !isBackground(drawn, fill.colour) || !panel.contains(fill.area.center()) ||
            fill.area.height() < 0.9 * line || fill.area.height() > 0.9 * panel.height())
            continue;
        for (const DrawnInk& curve : drawn.ink) {
            const bool isOutline =
                curve.lines.size() == 4 && curve.lines.front().p1() == curve.lines.back().p2();  // of hatching
            if (curve.lines.size() < 2 || isOutline || curve.order > fill.order || isBackground(drawn, curve.colour))
                continue;
            double hidden = 0.0;
            for (const QLineF& piece : curve.lines)
                hidden += lengthWithin(piece.dx() < 0.0 ? QPolygonF{piece.p2(), piece.p1()}
                                                        : QPolygonF{piece.p1(), piece.p2()},
                                       fill.area.adjusted(0.5, 0.5, -0.5, -0.5));
            if (hidden > most)
                return QStringLiteral("%1 pixels of %2 (%5 pieces) erased at %3, %4")
                    .arg(hidden)
                    .arg(curve.colour.name())
                    .arg(fill.area.left())
                    .arg(fill.area.top())
                    .arg(curve.lines.size());
        }
    }
    return {};
}

/// Names of upright lines that do not adjoin them, and words far from their points without a line to them.
QString detached(const PlotContext& context, std::size_t r, std::size_t p)
{
    const Panel& panel = context.figure.rows[r].panels[p];
    std::vector<LabelWish> wishes;
    if (std::holds_alternative<ChartPanel>(panel))
        wishes = chartWishes(context, r, p, chartRoom(context, r, p).area());
    else if (std::holds_alternative<CurvePanel>(panel))
        wishes = curveWishes(context, r, p, curveRoom(context, r, p).area());
    const std::vector<PlacedLabel>& words = context.labelsOf(r, p).words;
    const double line = textHeight(context.fonts.tick);
    for (std::size_t k = 0; k < wishes.size(); ++k) {
        const QRectF& rect = words[k].rect;
        const auto aside = [&](double x) { return std::max({rect.left() - x, x - rect.right(), 0.0}); };
        if (wishes[k].upright && aside(*wishes[k].upright) > 8.0)
            return words[k].lines.join(u' ') + QStringLiteral(" is not at its line");
        if (!std::holds_alternative<ChartPanel>(panel) || !wishes[k].anchor || !words[k].leader.isNull())
            continue;
        const QPointF at = *wishes[k].anchor;
        if (std::hypot(aside(at.x()), std::max({rect.top() - at.y(), at.y() - rect.bottom(), 0.0})) > 1.5 * line)
            return words[k].lines.join(u' ') + QStringLiteral(" is far from its point");
    }
    return {};
}

/// The crosshair's words, elsewhere than at its line.
bool isAstray(const PlotContext& context, std::size_t r, std::size_t p, const DrawnText& text)
{
    const auto* panel = std::get_if<CurvePanel>(&context.figure.rows[r].panels[p]);
    if (!panel || !context.figure.crosshair || panel->axis != AxisKind::Offset || !context.figure.notes.empty() ||
        !text.text.startsWith(QStringLiteral("d = ")))
        return false;
    const CellPosition& cell = *context.figure.crosshair;
    const double x = curveX(context, *panel,
                            context.place(r, p))(OffsetScale(context.figure.offsetAxis).middle(cell.query - cell.key));
    return x < text.rect.left() - 10.0 || x > text.rect.right() + 10.0;
}

/// Through words, and not covered by a background or a rim of theirs.
QString struckThrough(const Drawn& drawn, const DrawnText& text)
{
    const QRectF words = text.rect.adjusted(0.5, 0.5, -0.5, -0.5);
    for (const DrawnInk& stroke : drawn.ink) {
        if (stroke.lines.empty() || stroke.colour == drawn.context.theme.grid || isBackground(drawn, stroke.colour))
            continue;
        const bool through =
            std::ranges::any_of(stroke.lines, [&](const QLineF& line) { return crosses(line, words); });
        const bool covered = stroke.order < text.order && std::ranges::any_of(drawn.ink, [&](const DrawnInk& area) {
                                 return area.lines.empty() && area.order > stroke.order && area.order < text.order &&
                                        area.area.contains(words);
                             });
        if (through && !covered && !isRimmed(drawn, text, stroke.order))
            return stroke.colour.name();
    }
    return {};
}

/// Words that somebody has to find in a panel; each may be one of several forms.
void addExpected(const PlotContext& context, std::size_t r, std::size_t p, std::vector<QStringList>& expected)
{
    const Panel& panel = context.figure.rows[r].panels[p];
    const PanelPlace& place = context.place(r, p);
    const QString length = tickText(static_cast<double>(context.figure.trainingLength));
    if (const auto* chart = std::get_if<ChartPanel>(&panel)) {
        const ChartScale scale(*chart, place);
        for (const ChartMark& mark : chart->marks) {
            const bool numbered = mark.kind == MarkKind::Point && !mark.brief.empty();
            for (const QString& part :
                 QString::fromStdString(numbered ? mark.brief : mark.label).split(QStringLiteral(" \u00b7 ")))
                if (scale.inside(scale.x(mark.x)))
                    expected.push_back({part, QString::fromStdString(mark.brief.empty() ? mark.label : mark.brief),
                                        part.section(u' ', -1)});  // names are broken where lines are short
        }
    } else if (const auto* curves = std::get_if<CurvePanel>(&panel)) {
        for (std::size_t k = 0; k < trainingLines(context, place, curves).size(); ++k)
            expected.push_back({QStringLiteral("training length ") + length, QStringLiteral("L = ") + length});
        if (const auto& cell = context.figure.crosshair; cell && curves->axis == AxisKind::Key)
            expected.push_back({QStringLiteral("j = ") + tickText(static_cast<double>(cell->key))});
        else if (cell)
            expected.push_back({QStringLiteral("d = ") + tickText(static_cast<double>(cell->query - cell->key))});
    }
}

QString sizeOf(const QRectF& area)
{
    return QStringLiteral(" (in a panel of %1 x %2)").arg(area.width()).arg(area.height());
}

/// What a reader would not accept; empty: nothing.
QString faultOf(const Figure& figure, const PagePreset& preset)
{
    const Drawn drawn = drawnOn(figure, preset);
    const PlotContext& context = drawn.context;
    for (std::size_t r = 0; r < context.figure.rows.size(); ++r)
        for (std::size_t p = 0; p < context.figure.rows[r].panels.size(); ++p) {
            const QRectF area = wordsArea(context, r, p);
            std::vector<const DrawnText*> inside;
            for (const DrawnText& text : drawn.texts)
                if (area.contains(text.rect.center()))
                    inside.push_back(&text);
            for (std::size_t k = 0; k < inside.size(); ++k) {
                if (const QString by = struckThrough(drawn, *inside[k]); !by.isEmpty())
                    return QStringLiteral("%1 is struck through by %2%3").arg(inside[k]->text, by, sizeOf(area));
                for (std::size_t other = 0; other < k; ++other) {
                    const QRectF common = inside[k]->rect & inside[other]->rect;
                    if (common.width() > 1.0 && common.height() > 1.0)
                        return QStringLiteral("meet: %1 | %2%3")
                            .arg(inside[k]->text, inside[other]->text, sizeOf(area));
                }
            }
            if (const QString fault = erased(drawn, area); !fault.isEmpty())
                return fault + sizeOf(area);
            if (const QString fault = detached(context, r, p); !fault.isEmpty())
                return fault + sizeOf(area);
            for (const DrawnText* text : inside)
                if (isAstray(context, r, p, *text))
                    return text->text + QStringLiteral(" is not at its line") + sizeOf(area);
            std::vector<QStringList> expected;
            addExpected(context, r, p, expected);
            for (const QStringList& forms : expected) {
                const auto found = std::ranges::find_if(inside, [&](const DrawnText* text) {
                    return std::ranges::any_of(forms, [&](const QString& form) { return text->text.contains(form); });
                });
                if (found == inside.end())
                    return QStringLiteral("left out: %1%2").arg(forms.front(), sizeOf(area));
            }
        }
    return {};
}

QString faultOnAnyPage(const Figure& figure, const std::string& what)
{
    for (const PagePreset& page : pagePresets())
        if (const QString fault = faultOf(figure, page); !fault.isEmpty())
            return QString::fromStdString(what + " on " + page.id + ": ") + fault;
    return {};
}

Scheme randomScheme(std::mt19937_64& random)
{
    if (random() % 3 == 0)
        return PerOffset{};
    const std::int64_t buckets = 4 * static_cast<std::int64_t>(1 + random() % 12);
    return T5{T5Variant::HuggingFace, buckets, buckets * static_cast<std::int64_t>(2 + random() % 20)};
}

/// Two to six schemes, small and large, both masks; quick to train.
Experiment randomExperiment(std::mt19937_64& random)
{
    Experiment experiment;
    experiment.mask = random() % 3 == 0 ? Mask::Bidirectional : Mask::Causal;
    experiment.trainingLength = 4 + static_cast<std::int64_t>(random() % (random() % 2 ? 20 : 400));
    experiment.length = experiment.trainingLength +
                        static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(2 * experiment.trainingLength));
    experiment.schemes.clear();
    for (std::uint64_t k = 2 + random() % 5; k > 0; --k)
        experiment.schemes.push_back(randomScheme(random));
    experiment.corpus.documents = 1 + static_cast<std::int64_t>(random() % 200);
    experiment.learning = Adam{.learningRate = 0.03, .steps = 30};
    experiment.view.query = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(experiment.length));
    experiment.view.offset =
        static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(experiment.view.query + 1));
    experiment.sweep.points = 4;
    experiment.sweep.seeds = 2;
    return experiment;
}

void addRandomNotes(Figure& figure, const Experiment& experiment, std::mt19937_64& random)
{
    for (std::uint64_t k = random() % 4; k > 0; --k) {
        FigureNote note;
        note.kind = static_cast<FigureNote::Kind>(random() % 4);
        const auto offset = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(experiment.length));
        note.offsets = {offset, std::min(offset + 3, experiment.length - 1)};
        note.cell = {experiment.length - 1, experiment.length - 1 - offset};
        note.at = static_cast<double>(offset + 1);
        note.label = "d = " + std::to_string(offset);
        figure.notes.push_back(note);
    }
}

Figure smallSweep()
{
    Experiment experiment = findPreset("max-distance")->experiment;
    experiment.sweep.points = 3;
    experiment.sweep.seeds = 1;
    const std::shared_ptr<const Result> result = evaluate(experiment);
    return makeFigure(*result, FigureKind::Sweep, {}, studiesFor(FigureKind::Sweep, *result));
}

void addPresets()
{
    QTest::addColumn<QString>("preset");
    for (const Preset& preset : presets())
        QTest::addRow("%s", std::string(preset.name).c_str()) << QString::fromStdString(std::string(preset.name));
}

}  // namespace

class WordsInPanelsTest : public QObject {
    Q_OBJECT

private slots:
    void nothingRunsThroughWords_data();
    void nothingRunsThroughWords();
    void wordsOfStudiesAreAllThere_data();
    void wordsOfStudiesAreAllThere();
    void randomSettingsStrikeNoWords_data();
    void randomSettingsStrikeNoWords();
    void noCurvePassesBehindTheCrosshairsWords();
    void sharesEndAtOne();
    void handlesHideNoPoints();
    void whatIsHatchedIsInTheLegend();
    void wordsWithoutRoomStandElsewhereWithALine();
    void wordsOverACurveHaveNoBackground();
    void aLineIsNamedAtItAlone();
    void aLineIsInterruptedWhereItWouldStrike();
    void handlesOfAFileHaveNoArrows();
    void curvesUnderOthersAreNamed();
    void everyLineOfASweepIsNamed();
};

void WordsInPanelsTest::nothingRunsThroughWords_data()
{
    addPresets();
}

void WordsInPanelsTest::nothingRunsThroughWords()
{
    QFETCH(QString, preset);
    Experiment experiment = findPreset(preset.toStdString())->experiment;
    experiment.learning = Adam{.learningRate = 0.03, .steps = 60};
    const std::shared_ptr<const Result> result = evaluate(experiment);
    for (const FigureKind view : figureKinds())
        if (std::ranges::find(lab, view) == std::end(lab)) {
            const QString fault = faultOnAnyPage(makeFigure(*result, view), figureId(view));
            QVERIFY2(fault.isEmpty(), qPrintable(fault));
        }
}

void WordsInPanelsTest::wordsOfStudiesAreAllThere_data()
{
    addPresets();
}

void WordsInPanelsTest::wordsOfStudiesAreAllThere()
{
    QFETCH(QString, preset);
    Experiment experiment = findPreset(preset.toStdString())->experiment;
    experiment.sweep.points = 4;
    experiment.sweep.seeds = 2;
    const std::shared_ptr<const Result> result = evaluate(experiment);
    for (const FigureKind view : lab) {
        const QString fault = faultOnAnyPage(makeFigure(*result, view, {}, studiesFor(view, *result)), figureId(view));
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }
}

void WordsInPanelsTest::randomSettingsStrikeNoWords_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 12; ++seed)
        QTest::addRow("%d", seed) << seed;
    for (const int seed : {55, 120, 167})  // a line through numbers of cells; words far from their point
        QTest::addRow("%d", seed) << seed;
}

void WordsInPanelsTest::randomSettingsStrikeNoWords()
{
    QFETCH(int, seed);
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    const Experiment experiment = randomExperiment(random);
    const std::shared_ptr<const Result> result = evaluate(experiment);
    for (const FigureKind view : figureKinds()) {
        Figure figure = makeFigure(*result, view, {}, studiesFor(view, *result));
        addRandomNotes(figure, experiment, random);
        const std::vector<PagePreset>& all = pagePresets();
        const PagePreset& page = all[random() % all.size()];
        const QString fault = faultOf(figure, page);
        QVERIFY2(fault.isEmpty(), qPrintable(QString::fromStdString(figureId(view) + " on " + page.id + ": ") + fault));
    }
}

/// Not even with a rim: a curve that passes behind letters makes others of them.
void WordsInPanelsTest::noCurvePassesBehindTheCrosshairsWords()
{
    for (const Preset& preset : presets()) {
        Experiment experiment = preset.experiment;
        experiment.learning = Adam{.learningRate = 0.03, .steps = 60};
        const std::shared_ptr<const Result> result = evaluate(experiment);
        for (const FigureKind view : {FigureKind::Exposure, FigureKind::Profile})
            for (const PagePreset& page : pagePresets()) {
                const Drawn drawn = drawnOn(makeFigure(*result, view, {}), page);
                for (const DrawnText& text : drawn.texts) {
                    if (!text.text.startsWith(QStringLiteral("d = ")))
                        continue;
                    for (const DrawnInk& ink : drawn.ink)
                        for (const QLineF& line : ink.lines)
                            QVERIFY2((ink.colour != drawn.context.theme.of(Role::A) &&
                                      ink.colour != drawn.context.theme.of(Role::B)) ||
                                         !crosses(line, text.rect.adjusted(1.0, 3.0, -1.0, -3.0)),
                                     qPrintable(QString::fromStdString(preset.name + " on " + page.id)));
                }
            }
    }
}

/// Room for words above curves is no reason for values that cannot be.
void WordsInPanelsTest::sharesEndAtOne()
{
    for (const char* preset : {"past-training", "book-small", "far-beyond"}) {
        Experiment experiment = findPreset(preset)->experiment;
        experiment.learning = Adam{.learningRate = 0.03, .steps = 60};
        const std::shared_ptr<const Result> result = evaluate(experiment);
        const Figure figure = makeFigure(*result, FigureKind::Attention, {});
        for (const PagePreset& page : pagePresets()) {
            const Drawn drawn = drawnOn(figure, page);
            const std::vector<FigureRow>& rows = drawn.context.figure.rows;  // as the page arranges them
            for (std::size_t r = 0; r < rows.size(); ++r)
                for (std::size_t p = 0; p < rows[r].panels.size(); ++p)
                    if (const auto* curves = std::get_if<CurvePanel>(&rows[r].panels[p])) {
                        const std::vector<Tick> ticks = curveTicks(*curves, drawn.context.place(r, p));
                        QVERIFY(ticks.size() >= 2);
                        for (const Tick& tick : ticks)
                            QVERIFY(tick.at <= 1e-9);
                    }
        }
    }
}

void WordsInPanelsTest::handlesHideNoPoints()
{
    for (const Preset& preset : presets()) {
        Experiment experiment = preset.experiment;
        experiment.learning = Adam{.learningRate = 0.03, .steps = 20};
        const std::shared_ptr<const Result> result = evaluate(experiment);
        const Figure figure = makeFigure(*result, FigureKind::Level, {}, studiesFor(FigureKind::Level, *result));
        for (const PagePreset& page : pagePresets()) {
            const Drawn drawn = drawnOn(figure, page);
            const QSizeF grip(gripWidth, gripHeight);
            std::vector<QRectF> grips, dots;
            for (const DrawnInk& ink : drawn.ink) {
                if (ink.lines.empty() && std::abs(ink.area.width() - grip.width()) < 0.1 &&
                    std::abs(ink.area.height() - grip.height()) < 0.1)
                    grips.push_back(ink.area);
                else if (ink.lines.empty() && std::abs(ink.area.width() - 7.0) < 0.1 &&
                         std::abs(ink.area.height() - 7.0) < 0.1)
                    dots.push_back(ink.area);
            }
            QVERIFY(!grips.empty());
            QVERIFY(!dots.empty());
            for (const QRectF& one : grips)
                for (const QRectF& dot : dots)
                    QVERIFY2(!one.intersects(dot), qPrintable(QString::fromStdString(preset.name + " on " + page.id)));
        }
    }
}

/// Of each scheme, once, wherever strips of it lie.
void WordsInPanelsTest::whatIsHatchedIsInTheLegend()
{
    const std::shared_ptr<const Result> result = evaluate(findPreset("book-figure")->experiment);
    const Figure figure = makeFigure(*result, FigureKind::Exposure, {});
    for (const PagePreset& page : pagePresets()) {
        const Drawn drawn = drawnOn(figure, page);
        for (const QString& words : {QStringLiteral("A untrained"), QStringLiteral("B untrained")})
            QCOMPARE(std::ranges::count(drawn.texts, words, &DrawnText::text), 2);  // panels
    }
}

void WordsInPanelsTest::wordsWithoutRoomStandElsewhereWithALine()
{
    const QFont font = Fonts().tick;
    LabelRoom room(QRectF(0.0, 0.0, 300.0, 200.0), font);
    for (double y = 60.0; y < 200.0; y += 5.0)
        room.avoid(QLineF(0.0, y, 300.0, y));
    LabelWish wish;
    wish.forms = {{QStringLiteral("best: 500")}};
    const QPointF at(150.0, 150.0);
    wish.places = [at](const QSizeF& size) { return std::vector<LabelPlace>{{QRectF(at, size)}}; };
    wish.anchor = at;
    const PlacedLabel label = room.place({wish}).front();
    QVERIFY(label.rect.bottom() <= 60.0);
    QVERIFY(!label.struck);
    QCOMPARE(label.leader.p1(), at);
}

void WordsInPanelsTest::wordsOverACurveHaveNoBackground()
{
    LabelRoom room(QRectF(0.0, 0.0, 100.0, 40.0), Fonts().tick);
    room.avoid(QLineF(0.0, 20.0, 100.0, 20.0));
    room.avoidData([](const QRectF& rect) { return rect.width(); });
    LabelWish wish;
    wish.forms = {{QStringLiteral("L = 5")}};
    wish.places = [](const QSizeF& size) { return std::vector<LabelPlace>{{QRectF(QPointF(10.0, 10.0), size)}}; };
    const PlacedLabel label = room.place({wish}).front();
    QVERIFY(!label.struck);
    QVERIFY(label.rimmed);

    LabelRoom band(QRectF(0.0, 0.0, 100.0, 40.0), Fonts().tick);
    band.avoid(QLineF(0.0, 20.0, 100.0, 20.0));
    band.avoidBand([](const QRectF&) { return true; });
    QVERIFY(!band.place({wish}).front().struck);
}

/// Even where other words leave no room there.
void WordsInPanelsTest::aLineIsNamedAtItAlone()
{
    const QRectF area(0.0, 0.0, 400.0, 60.0);
    LabelRoom room(area, Fonts().tick);
    room.keepClear(QRectF(250.0, 0.0, 150.0, 60.0));
    const double x = 390.0;
    const PlacedLabel label = room.place({besideLine({{QStringLiteral("step 1000")}}, x, Qt::AlignLeft, area)}).front();
    QVERIFY(std::abs(label.rect.right() - x) < 10.0 || label.rect.contains(QPointF(x, label.rect.center().y())));
}

void WordsInPanelsTest::aLineIsInterruptedWhereItWouldStrike()
{
    const std::vector<QRectF> gaps{{40.0, -5.0, 20.0, 10.0}, {50.0, -5.0, 20.0, 10.0}, {0.0, 20.0, 5.0, 5.0}};
    const std::vector<QLineF> left = interrupted(QLineF(0.0, 0.0, 100.0, 0.0), gaps);
    QCOMPARE(left.size(), std::size_t{2});
    QCOMPARE(left[0], QLineF(0.0, 0.0, 40.0, 0.0));
    QCOMPARE(left[1], QLineF(70.0, 0.0, 100.0, 0.0));

    LabelRoom room(QRectF(0.0, 0.0, 100.0, 40.0), Fonts().tick);
    for (double y = 0.0; y < 40.0; y += 5.0)
        room.avoid(QLineF(0.0, y, 100.0, y));
    LabelWish wish;
    wish.forms = {{QStringLiteral("L = 5")}};
    wish.places = [](const QSizeF& size) { return std::vector<LabelPlace>{{QRectF(QPointF(10.0, 10.0), size)}}; };
    QVERIFY(room.place({wish}).front().struck);
}

void WordsInPanelsTest::handlesOfAFileHaveNoArrows()
{
    const std::shared_ptr<const Result> result = evaluate(findPreset("book-small")->experiment);
    const Figure figure = makeFigure(*result, FigureKind::Level, {}, studiesFor(FigureKind::Level, *result));
    const Drawn drawn = drawnOn(figure, pagePresets().front());
    const QColor ofA = drawn.context.theme.of(Role::A);
    const auto triangles = std::ranges::count_if(drawn.ink, [&](const DrawnInk& ink) {
        return ink.lines.empty() && ink.colour == ofA && std::abs(ink.area.width() - 4.5) < 0.1 &&
               std::abs(ink.area.height() - 8.0) < 0.1;
    });
    QCOMPARE(triangles, 0);
    const auto letters = std::ranges::count(drawn.texts, QStringLiteral("A"), &DrawnText::text);
    QVERIFY(letters >= 1);
}

void WordsInPanelsTest::curvesUnderOthersAreNamed()
{
    const Figure figure = smallSweep();
    QVERIFY(std::get<ChartPanel>(figure.rows[0].panels[0]).note.find("A lies under B") != std::string::npos);
    // Between 0 and the first decade of a signed axis little is much to see.
    const std::shared_ptr<const Result> trained = evaluate(findPreset("past-training")->experiment);
    const Figure course = makeFigure(*trained, FigureKind::Learning, {}, studiesFor(FigureKind::Learning, *trained));
    for (const FigureRow& row : course.rows)
        for (const Panel& panel : row.panels)
            if (const auto* chart = std::get_if<ChartPanel>(&panel))
                QVERIFY(chart->note.find("lies under") == std::string::npos);
    const std::shared_ptr<const Result> other = evaluate(findPreset("book-small")->experiment);
    const Figure different = makeFigure(*other, FigureKind::Level, {}, studiesFor(FigureKind::Level, *other));
    QVERIFY(std::get<ChartPanel>(different.rows[1].panels[0]).note.find("lies under") == std::string::npos);
}

void WordsInPanelsTest::everyLineOfASweepIsNamed()
{
    const Figure figure = smallSweep();
    for (const PagePreset& page : pagePresets()) {
        const Drawn drawn = drawnOn(figure, page);
        for (const char* letter : {"A: ", "B: "}) {
            const auto named = std::ranges::count_if(
                drawn.texts, [&](const DrawnText& text) { return text.text.startsWith(QLatin1String(letter)); });
            QVERIFY2(named == 2, page.id.c_str());
        }
    }
}

QTEST_MAIN(WordsInPanelsTest)
#include "words_in_panels.moc"
