// SPDX-License-Identifier: GPL-3.0-or-later
// Charts and bars: axes, labels that stay clear of each other, and what hands do to them.

#include "core/experiment/presets.h"
#include "core/figure/axis_extremes.h"
#include "core/figure/studies.h"
#include "tests/ui/figure_files.h"
#include "tests/ui/gesture_events.h"
#include "tests/ui/text_recorder.h"
#include "ui/plot/figure_plot.h"
#include "ui/plot/files/figure_export.h"
#include "ui/plot/layout/chart_axis.h"
#include "ui/plot/paint/chart_painter.h"
#include "ui/plot/paint/clipped_lines.h"

#include <qcustomplot.h>

#include <QTest>

#include <cmath>

using namespace posbias;
using namespace posbias::ui;

class ChartsTest : public QObject {
    Q_OBJECT

private slots:
    void everyAxisLeadsBackToItsValues();
    void ticksAreNumbersOfTheirPlaces();
    void linesEndAtTheSidesOfTheirPlot();
    void wordsNeitherMeetNorLeaveThePicture_data();
    void wordsNeitherMeetNorLeaveThePicture();
    void emptyChartsHaveTheirAxes();
    void draggingAHandleTellsItsLevel();
    void handlesUnderneathEachOtherAreBothInReach();
    void anotherButtonLetsTheHandleGo();
    void clickingAChartTellsItsValue();
    void hoveringShowsValuesAndDrawsOneLayer();
    void aValueWithoutAPlaceOnItsAxisHasNoDot();
    void chartsAndBarsTellNoOffset();
    void zerosAndInfinityHaveLinesOfTheirOwn();
    void whatIsFarTooSmallIsSaidToBeSmaller();
    void aPerfectSchemeIsSeen();
    void filesRepeatByteForByte_data();
    void filesRepeatByteForByte();
};

namespace {

const FigureKind lab[] = {FigureKind::Learning, FigureKind::Generalization, FigureKind::Level, FigureKind::Sweep};

struct Lab {
    std::shared_ptr<const Result> result;
    std::map<FigureKind, Studies> studies;
};

/// A preset, as quick as can be.
const Lab& labOf(const std::string& name)
{
    static std::map<std::string, Lab> made;
    Lab& one = made[name];
    if (!one.result) {
        Experiment experiment = findPreset(name)->experiment;
        experiment.sweep.points = 5;
        experiment.sweep.seeds = 2;
        one.result = evaluate(experiment);
        for (const FigureKind kind : lab)
            one.studies[kind] = studiesFor(kind, *one.result);
    }
    return one;
}

Figure figureOf(FigureKind kind, const std::string& preset = "book-small")
{
    const Lab& one = labOf(preset);
    return makeFigure(*one.result, kind, {}, one.studies.at(kind));
}

struct Stage {
    explicit Stage(const Figure& figure, QSize size = {760, 600})
    {
        plot.setImmediate(true);
        plot.resize(size);
        plot.setFigure(figure);
        plot.show();
        QCoreApplication::processEvents();
    }
    QImage picture() { return plot.grab().toImage().convertToFormat(QImage::Format_RGB32); }

    FigurePlot plot;
};

const ChartPanel& levelChart(const Figure& figure)
{
    return std::get<ChartPanel>(figure.rows[1].panels[0]);
}

/// Where a value of the level chart stands in the widget.
double levelX(const Figure& figure, const QSize& size, double level)
{
    const FigureGeometry geometry = layOut(figure, Fonts(), size);
    return ChartScale(levelChart(figure), geometry.rows[1][0]).x(level);
}

const ChartMark& handleOf(const Figure& figure, Role role)
{
    const auto& marks = levelChart(figure).marks;
    return *std::ranges::find_if(
        marks, [role](const ChartMark& mark) { return mark.kind == MarkKind::Handle && mark.role == role; });
}

}  // namespace

void ChartsTest::everyAxisLeadsBackToItsValues()
{
    for (const AxisScale scale : {AxisScale::Linear, AxisScale::Logarithmic, AxisScale::FromZero, AxisScale::Signed}) {
        ChartAxis axis;
        axis.scale = scale;
        double last = -HUGE_VAL;
        for (const double value : {-2.0, -0.01, 0.0, 1e-4, 0.5, 1.0, 31.0, 1e6}) {
            const double at = axisPosition(axis, value);
            if ((scale == AxisScale::Logarithmic && value <= 0.0) || (scale == AxisScale::FromZero && value <= -1.0)) {
                QVERIFY(std::isnan(at));
                continue;
            }
            QVERIFY(at > last);
            last = at;
            QVERIFY(std::abs(axisValue(axis, at) - value) <= 1e-9 * (1e-3 + std::abs(value)));
        }
    }
    ChartAxis axis;
    axis.span = AxisSpan{0.0, 10.0};
    QCOMPARE(axisValue(axis, 11.0), 10.0);
}

void ChartsTest::ticksAreNumbersOfTheirPlaces()
{
    const auto sevenPixels = [](const QString& text) { return 7.0 * static_cast<double>(text.size()); };
    const auto texts = [](const std::vector<Tick>& ticks) {
        QStringList out;
        for (const Tick& tick : ticks)
            out.append(tick.text + (tick.exponent.isEmpty() ? QString() : QLatin1Char('^') + tick.exponent));
        return out.join(' ');
    };
    QCOMPARE(texts(countTicks(0.0, std::log10(1048576.0), false, 500.0, sevenPixels)),
             QStringLiteral("1 10 100 1000 10k 100k 1M"));
    QCOMPARE(texts(countTicks(0.0, 3.0, false, 600.0, sevenPixels)), QStringLiteral("1 2 5 10 20 50 100 200 500 1000"));
    QCOMPARE(texts(countTicks(0.0, std::log10(1001.0), true, 250.0, sevenPixels)), QStringLiteral("0 1 10 100 1000"));
    ChartPanel panel;
    panel.series.resize(1);
    panel.series[0].y = {1.0};
    panel.y.scale = AxisScale::Logarithmic;
    QCOMPARE(texts(chartTicksY(panel, {-2.2, -1.5}, 200.0)), QStringLiteral("0.01 0.015 0.02 0.025 0.03"));
    QCOMPARE(texts(chartTicksY(panel, {-2.0, 0.0}, 200.0)), QStringLiteral("0.01 0.02 0.05 0.1 0.2 0.5 1"));
    QCOMPARE(texts(chartTicksY(panel, {-4.0, 1.0}, 200.0)),
             QStringLiteral("10^\u22124 10^\u22123 10^\u22122 10^\u22121 1 10"));
    panel.y.scale = AxisScale::Signed;
    const ValueRange range{axisPosition(panel.y, -0.02), axisPosition(panel.y, 3.0)};
    for (const Tick& tick : chartTicksY(panel, range, 300.0)) {
        const double value = QString(tick.text).replace(QChar(0x2212), QLatin1Char('-')).toDouble();
        QVERIFY(std::abs(axisPosition(panel.y, value) - tick.at) < 1e-9);
    }
}

void ChartsTest::linesEndAtTheSidesOfTheirPlot()
{
    const QRectF area(0.0, 0.0, 100.0, 50.0);
    const std::vector<QPointF> line = {{-10.0, 25.0}, {50.0, 25.0}, {50.0, 90.0}, {70.0, 90.0},
                                       {70.0, 10.0},  {70.0, NAN},  {80.0, 5.0},  {90.0, 5.0}};
    const auto parts = clipped(line, area);
    QCOMPARE(parts.size(), std::size_t{3});
    for (const QPolygonF& part : parts)
        for (const QPointF& point : part)
            QVERIFY(area.contains(point));
    QCOMPARE(parts[0], (QPolygonF{{0.0, 25.0}, {50.0, 25.0}, {50.0, 50.0}}));
    QCOMPARE(parts[1], (QPolygonF{{70.0, 50.0}, {70.0, 10.0}}));
    QCOMPARE(parts[2], (QPolygonF{{80.0, 5.0}, {90.0, 5.0}}));
}

void ChartsTest::wordsNeitherMeetNorLeaveThePicture_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("preset");
    QTest::addColumn<QSize>("size");
    for (const FigureKind kind : lab)
        for (const char* preset : {"past-training", "book-small", "t5-encoder"})
            for (const QSize size : {QSize(640, 520), QSize(810, 700), QSize(1500, 900)})
                QTest::addRow("%s, %s, %d wide", figureId(kind).c_str(), preset, size.width())
                    << static_cast<int>(kind) << QString::fromLatin1(preset) << size;
}

void ChartsTest::wordsNeitherMeetNorLeaveThePicture()
{
    QFETCH(int, kind);
    QFETCH(QString, preset);
    QFETCH(QSize, size);
    FigurePlot plot;
    plot.resize(size);
    plot.setFigure(figureOf(static_cast<FigureKind>(kind), preset.toStdString()));
    TextRecorder recorder(size);
    QCPPainter painter(&recorder);
    plot.paintOver(painter, size, 1.0, {}, nullptr);
    painter.end();
    const std::vector<DrawnText>& words = recorder.texts;
    QVERIFY(words.size() > 20);
    for (std::size_t a = 0; a < words.size(); ++a) {
        QVERIFY2(QRectF(QPointF(), size).contains(words[a].rect), qPrintable(words[a].text + " is cut off"));
        for (std::size_t b = 0; b < a; ++b)
            QVERIFY2(!words[a].rect.intersects(words[b].rect), qPrintable(words[a].text + " meets " + words[b].text));
    }
}

void ChartsTest::emptyChartsHaveTheirAxes()
{
    for (const FigureKind kind : lab) {
        const Figure empty = makeFigure(*labOf("book-small").result, kind), full = figureOf(kind);
        for (std::size_t r = 0; r < full.rows.size(); ++r)
            for (std::size_t p = 0; p < full.rows[r].panels.size(); ++p) {
                const auto* chart = std::get_if<ChartPanel>(&full.rows[r].panels[p]);
                if (!chart || kind == FigureKind::Level)  // how far levels reach is what its study finds
                    continue;
                const ValueRange before = chartRangeX(std::get<ChartPanel>(empty.rows[r].panels[p]));
                QCOMPARE(before.min, chartRangeX(*chart).min);
                QCOMPARE(before.max, chartRangeX(*chart).max);
            }
        Stage stage(empty);  // and is drawn
        QVERIFY(!stage.picture().isNull());
    }
}

void ChartsTest::draggingAHandleTellsItsLevel()
{
    const Figure figure = figureOf(FigureKind::Level);
    Stage stage(figure);
    QSignalSpy dragged(&stage.plot, &FigurePlot::handleDragged), clicked(&stage.plot, &FigurePlot::chartClicked);
    const QRect rect = stage.plot.panelRect(1, 0);
    const double from = levelX(figure, stage.plot.size(), handleOf(figure, Role::B).x);
    const QPoint at(static_cast<int>(std::lround(from)), rect.top() + 40);
    mouse(stage.plot, QEvent::MouseMove, at, Qt::NoButton, Qt::NoButton);
    QCOMPARE(stage.plot.cursor().shape(), Qt::SizeHorCursor);
    drag(stage.plot, at, QPoint(rect.right() + 500, at.y()), Qt::LeftButton);
    QVERIFY(dragged.size() >= 2);
    QVERIFY(clicked.isEmpty());
    for (const QList<QVariant>& told : dragged)
        QVERIFY(qvariant_cast<Role>(told[0]) == Role::A || qvariant_cast<Role>(told[0]) == Role::B);
    const auto& last = dragged.last();
    QVERIFY(last[2].toBool());
    // Not beyond the end of the axis.
    const ChartScale scale(levelChart(figure), layOut(figure, Fonts(), stage.plot.size()).rows[1][0]);
    QVERIFY(std::abs(last[1].toDouble() - scale.valueAt(rect.right() + 1.0)) < 1e-9);
    for (qsizetype k = 0; k + 1 < dragged.size(); ++k)
        QVERIFY(!dragged[k][2].toBool());
}

void ChartsTest::handlesUnderneathEachOtherAreBothInReach()
{
    Figure figure = figureOf(FigureKind::Level);
    for (ChartMark& mark : std::get<ChartPanel>(figure.rows[1].panels[0]).marks)
        if (mark.kind == MarkKind::Handle)
            mark.x = -0.5;
    Stage stage(figure);
    const int x = static_cast<int>(std::lround(levelX(figure, stage.plot.size(), -0.5)));
    const QRect rect = stage.plot.panelRect(1, 0);
    QSet<int> roles;
    for (int y = rect.bottom(); y > rect.bottom() - 50; y -= 4) {
        QSignalSpy dragged(&stage.plot, &FigurePlot::handleDragged);
        drag(stage.plot, QPoint(x, y), QPoint(x + 30, y), Qt::LeftButton);
        roles.insert(static_cast<int>(qvariant_cast<Role>(dragged.first().first())));
    }
    QCOMPARE(roles.size(), 2);
}

void ChartsTest::anotherButtonLetsTheHandleGo()
{
    const Figure figure = figureOf(FigureKind::Level);
    Stage stage(figure);
    const QRect rect = stage.plot.panelRect(1, 0);
    const double x = levelX(figure, stage.plot.size(), handleOf(figure, Role::A).x);
    const QPoint at(static_cast<int>(std::lround(x)), rect.top() + 40);
    QSignalSpy dragged(&stage.plot, &FigurePlot::handleDragged);
    mouse(stage.plot, QEvent::MouseButtonPress, at, Qt::LeftButton, Qt::LeftButton);
    mouse(stage.plot, QEvent::MouseMove, at + QPoint(20, 0), Qt::NoButton, Qt::LeftButton);
    mouse(stage.plot, QEvent::MouseButtonPress, at + QPoint(20, 0), Qt::RightButton, Qt::LeftButton | Qt::RightButton);
    QCOMPARE(dragged.size(), 2);
    QVERIFY(dragged.last()[2].toBool());
    mouse(stage.plot, QEvent::MouseMove, at + QPoint(60, 0), Qt::NoButton, Qt::LeftButton);
    QCOMPARE(dragged.size(), 2);
}

void ChartsTest::clickingAChartTellsItsValue()
{
    const Figure figure = figureOf(FigureKind::Generalization);
    Stage stage(figure);
    QSignalSpy clicked(&stage.plot, &FigurePlot::chartClicked), offset(&stage.plot, &FigurePlot::offsetClicked);
    for (const std::size_t panel : {0u, 1u}) {
        const QRect rect = stage.plot.panelRect(0, panel);
        QTest::mouseClick(&stage.plot, Qt::LeftButton, {}, rect.center());
        QCOMPARE(clicked.last()[0].value<std::size_t>(), std::size_t{0});
        QCOMPARE(clicked.last()[1].value<std::size_t>(), panel);
        const double n = clicked.last()[2].toDouble();
        QVERIFY2(n > 900.0 && n < 1150.0, qPrintable(QString::number(n)));  // halfway to 2^20 in the logarithm
    }
    QTest::mouseClick(&stage.plot, Qt::LeftButton, {}, stage.plot.panelRect(1, 1).center());
    QCOMPARE(clicked.size(), 2);  // bars have no axis to go along
    QVERIFY(offset.isEmpty());
}

void ChartsTest::hoveringShowsValuesAndDrawsOneLayer()
{
    Stage stage(figureOf(FigureKind::Generalization));
    auto* canvas = stage.plot.findChild<QCustomPlot*>();
    QSignalSpy replotted(canvas, &QCustomPlot::afterReplot);
    const QImage before = stage.picture();
    mouse(stage.plot, QEvent::MouseMove, stage.plot.panelRect(0, 0).center(), Qt::NoButton, Qt::NoButton);
    const QImage over = stage.picture();
    QVERIFY(over != before);
    const QPoint further = stage.plot.panelRect(0, 0).center() + QPoint(60, 10);
    mouse(stage.plot, QEvent::MouseMove, further, Qt::NoButton, Qt::NoButton);
    QVERIFY(stage.picture() != over);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&stage.plot, &leave);
    QCOMPARE(stage.picture(), before);
    QVERIFY(replotted.isEmpty());
}

void ChartsTest::aValueWithoutAPlaceOnItsAxisHasNoDot()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("NaN")));
    Figure figure = figureOf(FigureKind::Generalization);
    auto& chart = std::get<ChartPanel>(figure.rows[0].panels[0]);
    chart.y.scale = AxisScale::Logarithmic;
    for (Series& series : chart.series)
        std::ranges::fill(series.y, series.role == Role::A ? 0.0 : -1.0);
    Stage stage(figure);
    const QImage before = stage.picture();
    mouse(stage.plot, QEvent::MouseMove, stage.plot.panelRect(0, 0).center(), Qt::NoButton, Qt::NoButton);
    QVERIFY(stage.picture() != before);  // the values are told all the same
}

void ChartsTest::chartsAndBarsTellNoOffset()
{
    Stage stage(figureOf(FigureKind::Generalization));
    QSignalSpy hovered(&stage.plot, &FigurePlot::offsetHovered);
    for (const std::size_t row : {0u, 1u})
        for (const std::size_t panel : {0u, 1u})
            mouse(stage.plot, QEvent::MouseMove, stage.plot.panelRect(row, panel).center(), Qt::NoButton, Qt::NoButton);
    QVERIFY(hovered.isEmpty());
}

void ChartsTest::filesRepeatByteForByte_data()
{
    QTest::addColumn<int>("format");
    QTest::addRow("pdf") << static_cast<int>(FigureFormat::Pdf);
    QTest::addRow("svg") << static_cast<int>(FigureFormat::Svg);
    QTest::addRow("png") << static_cast<int>(FigureFormat::Png);
}

void ChartsTest::filesRepeatByteForByte()
{
    QFETCH(int, format);
    for (const FigureKind kind : lab) {
        Page settings = defaultPage(kind);
        settings.dpi = 72;
        const Experiment& experiment = labOf("book-small").result->experiment;
        const auto bytes = [&] {
            return rendered(figureOf(kind), experiment, settings, static_cast<FigureFormat>(format));
        };
        QCOMPARE(bytes(), bytes());
    }
}

namespace {

ChartPanel logarithmicChart(const std::vector<std::vector<double>>& values)
{
    ChartPanel panel;
    panel.y.scale = AxisScale::Logarithmic;
    for (const std::vector<double>& y : values) {
        Series series;
        series.role = panel.series.empty() ? Role::A : Role::B;
        for (std::size_t k = 0; k < y.size(); ++k)
            series.x.push_back(static_cast<double>(k));
        series.y = y;
        panel.series.push_back(series);
    }
    placeExtremes({&panel});
    return panel;
}

QStringList labels(const ChartPanel& panel)
{
    QStringList texts;
    for (const Tick& tick : chartTicksY(panel, chartRangeY(panel), 200.0))
        texts.append(tick.text + tick.exponent);
    return texts;
}

}  // namespace

void ChartsTest::zerosAndInfinityHaveLinesOfTheirOwn()
{
    const ChartPanel plain = logarithmicChart({{0.01, 0.1}, {0.5, 1.0}});
    QVERIFY(!plain.y.floor && !plain.y.ceiling);
    const ChartPanel panel = logarithmicChart({{0.0, 0.0, -1e-17}, {0.01, 1.0, HUGE_VAL}});
    const ValueRange range = chartRangeY(panel);
    const double zero = axisPosition(panel.y, 0.0), infinite = axisPosition(panel.y, HUGE_VAL);
    QCOMPARE(axisPosition(panel.y, -1e-17), zero);
    QCOMPARE(range.min, zero);
    QCOMPARE(range.max, infinite);
    QVERIFY(zero < -2.0 && infinite > 0.0);
    QCOMPARE(labels(panel).first(), QString("0"));
    QCOMPARE(labels(panel).last(), QString(QChar(0x221e)));
    const ChartPanel nothing = logarithmicChart({{0.0, 0.0}, {0.0, 0.0}});
    QCOMPARE(labels(nothing), QStringList("0"));
}

void ChartsTest::whatIsFarTooSmallIsSaidToBeSmaller()
{
    const ChartPanel panel = logarithmicChart({{1e-17, 3e-17}, {0.1, 1.0}});
    QVERIFY(panel.y.floor);
    QVERIFY2(labels(panel).first().startsWith(u'<'), qPrintable(labels(panel).join(' ')));
    QVERIFY(chartRangeY(panel).max - chartRangeY(panel).min < 3.0);
}

void ChartsTest::aPerfectSchemeIsSeen()
{
    // All offsets are alike to the teacher, and its documents are their expectation: A and B lose nothing within L.
    Experiment experiment = findPreset("past-training")->experiment;
    experiment.teacher = PowerLaw{0.0};
    experiment.corpus.counts = Counts::Expected;
    experiment.sweep.points = 4;
    experiment.sweep.seeds = 2;
    const auto result = evaluate(experiment);
    for (const FigureKind kind :
         {FigureKind::Generalization, FigureKind::Sweep, FigureKind::Level, FigureKind::Learning}) {
        const Figure figure = makeFigure(*result, kind, {}, studiesFor(kind, *result));
        const FigureGeometry geometry = layOut(figure, Fonts(), QSize(900, 700));
        for (std::size_t r = 0; r < figure.rows.size(); ++r)
            for (std::size_t p = 0; p < figure.rows[r].panels.size(); ++p) {
                const auto* chart = std::get_if<ChartPanel>(&figure.rows[r].panels[p]);
                if (!chart)
                    continue;
                const ChartScale scale(*chart, geometry.rows[r][p]);
                for (const Series& series : chart->series)
                    for (std::size_t k = 0; k < series.x.size(); ++k)
                        if (!std::isnan(series.y[k])) {
                            const double y = scale.y(series.y[k]);
                            QVERIFY2(y >= scale.plot().top() - 0.5 && y <= scale.plot().bottom() + 0.5,
                                     qPrintable(QString::fromStdString(figureId(kind) + ", " + chart->title + ": ") +
                                                QString::number(series.y[k])));
                        }
            }
    }
}

QTEST_MAIN(ChartsTest)
#include "charts.moc"
