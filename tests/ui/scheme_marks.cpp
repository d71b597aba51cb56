// SPDX-License-Identifier: GPL-3.0-or-later
// Schemes are told apart without colour: marks along curves and in legends, outlines of bars.

#include "ui/plot/paint/scheme_marks.h"
#include "core/experiment/presets.h"
#include "core/figure/figure_data.h"
#include "core/figure/studies.h"
#include "tests/ui/figure_files.h"
#include "ui/plot/ink/colour_map.h"
#include "ui/plot/ink/colour_vision.h"
#include "ui/plot/paint/panel_heading.h"

#include <QTest>

using namespace posbias;
using namespace posbias::ui;

namespace {

constexpr std::size_t mostSchemes = 12;

/// The line of a scheme as a legend has it, in one colour for all.
QImage lineOf(std::size_t scheme)
{
    PlotContext context;
    context.theme = fileTheme(ThemeName::Light);
    QImage image(160, 16, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Qt::black, 1.3));
    painter.drawLine(QLineF(0.0, 8.0, 160.0, 8.0));
    paintLineMarks(painter, context, scheme, Qt::black, {{0.0, 8.0}, {160.0, 8.0}}, QRectF(0.0, 0.0, 160.0, 16.0));
    return image;
}

/// Dark pixels of each row: what of a line does not depend on where its marks stand.
std::vector<int> profileOf(const QImage& image)
{
    std::vector<int> rows;
    for (int y = 0; y < image.height(); ++y) {
        int dark = 0;
        for (int x = 0; x < image.width(); ++x)
            dark += 255 - qGray(image.pixel(x, y));
        rows.push_back(dark);
    }
    return rows;
}

QImage printedInGrey(const Figure& figure, const Experiment& experiment)
{
    const QByteArray png = rendered(figure, experiment, pageOf(160.0, 100.0, 200), FigureFormat::Png);
    return simulate(QImage::fromData(png, "PNG"), Vision::GreyPrint);
}

}  // namespace

class SchemeMarksTest : public QObject {
    Q_OBJECT

private slots:
    void noTwoOfTwelveAreAlike();
    void whoIsWhoIsSeenInGrey_data();
    void whoIsWhoIsSeenInGrey();
    void barsAreToldApartInGrey();
    void aGreyFigureHasNoColour_data();
    void aGreyFigureHasNoColour();
    void aGreyDifferenceKeepsItsSign();
    void curvesOfAGreyFigureAreApart();
};

void SchemeMarksTest::noTwoOfTwelveAreAlike()
{
    std::vector<std::vector<int>> lines;
    for (std::size_t scheme = 0; scheme < mostSchemes; ++scheme) {
        lines.push_back(profileOf(lineOf(scheme)));
        for (std::size_t other = 0; other < scheme; ++other) {
            QVERIFY(schemeMark(scheme) != schemeMark(other));
            int difference = 0;
            for (std::size_t y = 0; y < lines[scheme].size(); ++y)
                difference += std::abs(lines[scheme][y] - lines[other][y]);
            QVERIFY2(difference > 600, qPrintable(QString("%1 and %2: %3").arg(scheme).arg(other).arg(difference)));
        }
    }
}

void SchemeMarksTest::whoIsWhoIsSeenInGrey_data()
{
    QTest::addColumn<int>("view");
    for (const FigureKind view : {FigureKind::Profile, FigureKind::Compare, FigureKind::Attention, FigureKind::Exposure,
                                  FigureKind::Learning, FigureKind::Generalization, FigureKind::Level})
        QTest::newRow(figureId(view).c_str()) << static_cast<int>(view);
}

/// Both schemes in one colour, which is what grey print makes of two that are equally light: it is still seen which is
/// which, since changing places changes the picture.
void SchemeMarksTest::whoIsWhoIsSeenInGrey()
{
    QFETCH(int, view);
    const auto result = evaluate(findPreset("past-training")->experiment);
    const auto kind = static_cast<FigureKind>(view);
    const Studies studies = studiesFor(kind, *result);
    Figure figure = makeFigure(*result, kind, {}, studies);
    const auto swapMarks = [](auto& lines) {
        for (auto& line : lines)
            if (line.role == Role::A || line.role == Role::B)
                line.scheme = 1 - line.scheme;
    };
    const auto inOneColour = [](Figure of) {
        for (FigureRow& row : of.rows)
            for (Panel& panel : row.panels) {
                if (auto* curves = std::get_if<CurvePanel>(&panel))
                    for (Curve& curve : curves->curves)
                        curve.role = curve.role == Role::B ? Role::A : curve.role;
                if (auto* chart = std::get_if<ChartPanel>(&panel))
                    for (Series& series : chart->series)
                        series.role = series.role == Role::B ? Role::A : series.role;
            }
        return of;
    };
    Figure swapped = figure;
    for (FigureRow& row : swapped.rows)
        for (Panel& panel : row.panels) {
            if (auto* curves = std::get_if<CurvePanel>(&panel))
                swapMarks(curves->curves);
            if (auto* chart = std::get_if<ChartPanel>(&panel))
                swapMarks(chart->series);
        }
    const QImage one = printedInGrey(inOneColour(figure), result->experiment);
    const QImage other = printedInGrey(inOneColour(swapped), result->experiment);
    int different = 0;
    for (int y = 0; y < one.height(); ++y)
        for (int x = 0; x < one.width(); ++x)
            different += std::abs(qGray(one.pixel(x, y)) - qGray(other.pixel(x, y))) > 60 ? 1 : 0;
    QVERIFY2(different > 300, qPrintable(QString::number(different)));
}

void SchemeMarksTest::barsAreToldApartInGrey()
{
    PlotContext context;
    context.theme = fileTheme(ThemeName::Light);
    const auto grey = [&](std::size_t scheme, Role role) {
        QImage image(60, 12, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        paintBarShape(painter, context, {"", role, {}, 0.0, scheme}, QRectF(0.0, 0.0, 60.0, 12.0));
        painter.end();
        return qGray(simulate(image, Vision::GreyPrint).pixel(30, 6));
    };
    QVERIFY(std::abs(grey(0, Role::A) - grey(1, Role::B)) > 60);
}

namespace {

FigureData inGrey(const std::shared_ptr<const Result>& result, FigureKind kind)
{
    FigureData data;
    data.design.view = kind;
    data.design.dress.colours = ColourMapName::Grey;
    data.parts.push_back({{}, result, studiesFor(kind, *result)});
    return data;
}

Experiment manySchemes()
{
    Experiment e;
    e.trainingLength = 32;
    e.length = 64;
    e.view = {60, 40};
    e.sweep.points = 3;
    e.sweep.seeds = 1;
    e.corpus.heldOut = 4;
    e.schemes = {
        PerOffset{}, T5{T5Variant::HuggingFace, 8, 32}, T5{T5Variant::HuggingFace, 16, 64}, T5{T5Variant::Book, 4, 16},
        PerOffset{}, T5{T5Variant::HuggingFace, 4, 8}};
    return e;
}

}  // namespace

void SchemeMarksTest::aGreyFigureHasNoColour_data()
{
    QTest::addColumn<int>("view");
    for (const FigureKind view : figureKinds())
        QTest::newRow(figureId(view).c_str()) << static_cast<int>(view);
}

void SchemeMarksTest::aGreyFigureHasNoColour()
{
    QFETCH(int, view);
    const auto result = evaluate(manySchemes());
    const Figure figure = makeFigure(inGrey(result, static_cast<FigureKind>(view)));
    for (const ThemeName theme : {ThemeName::Light, ThemeName::Dark}) {
        Page page = pageOf(160.0, 120.0, 100);
        page.theme = theme;
        const QImage image = QImage::fromData(rendered(figure, result->experiment, page, FigureFormat::Png), "PNG");
        QVERIFY(!image.isNull());
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) {
                const QRgb pixel = image.pixel(x, y);
                const int most = std::max({qRed(pixel), qGreen(pixel), qBlue(pixel)});
                QVERIFY2(most - std::min({qRed(pixel), qGreen(pixel), qBlue(pixel)}) <= 2,
                         qPrintable(QString("%1 at %2, %3").arg(QColor(pixel).name()).arg(x).arg(y)));
            }
    }
}

void SchemeMarksTest::aGreyDifferenceKeepsItsSign()
{
    const auto result = evaluate(manySchemes());
    FigureData data = inGrey(result, FigureKind::Bias);
    const auto differences = [&] {
        const Figure figure = makeFigure(data);
        return figure.scales[std::get<MapPanel>(figure.rows[0].panels[2]).scale];
    };
    const ColourScale scale = differences();
    const auto level = [&](double share) { return qGray(colourOf(share * scale.max, scale)); };
    QVERIFY(scale.differences);
    QVERIFY(level(-0.7) + 30 < level(0.0) && level(0.0) + 30 < level(0.7));
    for (int k = -10; k < 10; ++k)
        QVERIFY(level(0.1 * k) <= level(0.1 * (k + 1)));
    // What somebody chose is kept.
    data.design.dress.differences = ColourMapName::PurpleOrange;
    QCOMPARE(differences().map, ColourMapName::PurpleOrange);
    data.design.dress.colours = ColourMapName::Viridis;
    data.design.dress.differences = ColourMapName::Grey;
    QCOMPARE(differences().map, ColourMapName::Grey);
    QVERIFY(!makeFigure(data).grey);
    data.design.dress.differences.reset();
    QCOMPARE(differences().map, ColourMapName::RedBlue);
}

void SchemeMarksTest::curvesOfAGreyFigureAreApart()
{
    for (const ThemeName name : {ThemeName::Light, ThemeName::Dark}) {
        const Theme theme = fileTheme(name, true);
        for (std::size_t s = 0; s < mostSchemes; ++s)
            for (std::size_t other = 0; other < s; ++other)
                QVERIFY(theme.of(schemeRole(s)) != theme.of(schemeRole(other)));
        QVERIFY(std::abs(qGray(theme.of(Role::A).rgb()) - qGray(theme.of(Role::B).rgb())) > 60);
    }
}

QTEST_MAIN(SchemeMarksTest)
#include "scheme_marks.moc"
