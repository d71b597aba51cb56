// SPDX-License-Identifier: GPL-3.0-or-later
// Figures as files: bytes that repeat, sizes, the experiment inside, true colours, and refusals.

#include "core/base/error.h"
#include "core/evaluation/result.h"
#include "core/experiment/presets.h"
#include "core/io/lecture_file.h"
#include "tests/ui/figure_files.h"
#include "ui/plot/files/figure_rendering.h"
#include "ui/plot/ink/colour_map.h"
#include "ui/plot/ink/theme.h"

#include <QDir>
#include <QFile>
#include <QFontDatabase>
#include <QHash>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>
#include <cmath>
#include <stop_token>
#include <thread>

using namespace posbias;
using namespace posbias::ui;

namespace {

const Result& smallResult()
{
    static const std::shared_ptr<const Result> result = evaluate(findPreset("book-small")->experiment);
    return *result;
}

Experiment namedExperiment()
{
    Experiment experiment = smallResult().experiment;
    experiment.title = "A < B & \"far\"  past L \u2212 \u00fcber";
    return experiment;
}

QImage decoded(const QByteArray& png)
{
    return QImage::fromData(png, "PNG");
}

/// The text of the first element of this name.
QString elementText(const QByteArray& xml, const QString& name)
{
    QXmlStreamReader reader(xml);
    while (!reader.atEnd())
        if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == name)
            return reader.readElementText();
    return {};
}

Experiment experimentIn(const QString& recipe)
{
    return recipeFromJson(recipe.toStdString(), "the figure").experiment;
}

template <typename Call>
QString inputError(const Call& call)
{
    try {
        call();
    } catch (const InputError& error) {
        return QString::fromStdString(error.subject() + ": " + error.what());
    }
    return {};
}

}  // namespace

class FigureExportTest : public QObject {
    Q_OBJECT

private slots:
    void theSameInputsGiveTheSameBytes_data();
    void theSameInputsGiveTheSameBytes();
    void pdfDateComesFromTheEnvironment();
    void pngHasTheSizeAskedFor_data();
    void pngHasTheSizeAskedFor();
    void pngCarriesItsExperiment();
    void svgCarriesItsExperimentAndSize();
    void pdfCarriesItsExperiment();
    void pdfHasNoJpegAndEmbedsItsFonts();
    void pdfFontsAreEmbedded();
    void pdfHasTheSizeAskedFor();
    void svgTextStaysText();
    void svgDrawsNothingOutsideThePage();
    void everyCellHasItsColour();
    void maskedCellsShowTheBackground();
    void everyKindFitsEverySize();
    void fileHoldsTheRenderedBytes();
    void theLongStepsMayRunOnAnyThread_data();
    void theLongStepsMayRunOnAnyThread();
    void progressIsToldAndGrowsToOne();
    void stoppedExportLeavesNoFile();
    void sideFilesAreBesideTheFile();
    void noFileAppearsWhenOneCannotBeWritten();
    void unwritableFileIsAFailure();
    void missingFontsAreNamed();
    void sizesOutOfRangeAreRefused();
    void hugePngIsRefusedWithItsSize();
    void unknownEndingIsRefused();
};

void FigureExportTest::theSameInputsGiveTheSameBytes_data()
{
    QTest::addColumn<int>("format");
    QTest::addRow("pdf") << static_cast<int>(FigureFormat::Pdf);
    QTest::addRow("svg") << static_cast<int>(FigureFormat::Svg);
    QTest::addRow("png") << static_cast<int>(FigureFormat::Png);
}

void FigureExportTest::theSameInputsGiveTheSameBytes()
{
    QFETCH(int, format);
    const auto render = [&] {
        const Figure figure = makeFigure(smallResult(), FigureKind::Compare);
        return rendered(figure, namedExperiment(), pageOf(120, 110), static_cast<FigureFormat>(format));
    };
    const QByteArray first = render();
    QVERIFY(first.size() > 2000);
    // Nothing in it tells the time, which is another one soon.
    static const QRegularExpression date(QStringLiteral("D:\\d{14}|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d"));
    const QString text = QString::fromLatin1(first);
    for (auto told = date.globalMatch(text); told.hasNext();)
        QCOMPARE(told.next().captured(), QStringLiteral("D:20000101000000"));
    QCOMPARE(render(), first);
}

void FigureExportTest::pdfDateComesFromTheEnvironment()
{
    const Figure figure = makeFigure(smallResult(), FigureKind::Buckets);
    const auto render = [&] { return rendered(figure, namedExperiment(), pageOf(100, 40), FigureFormat::Pdf); };
    qunsetenv("SOURCE_DATE_EPOCH");
    QVERIFY(render().contains("/CreationDate (D:20000101000000"));
    qputenv("SOURCE_DATE_EPOCH", "1700000000");
    QVERIFY(render().contains("/CreationDate (D:20231114221320"));
    qunsetenv("SOURCE_DATE_EPOCH");
}

void FigureExportTest::pngHasTheSizeAskedFor_data()
{
    QTest::addColumn<double>("width");
    QTest::addColumn<double>("height");
    QTest::addColumn<int>("dpi");
    QTest::addRow("screen") << 160.0 << 100.0 << 96;
    QTest::addRow("print") << 85.5 << 60.0 << 300;
    QTest::addRow("odd") << 33.3 << 77.7 << 101;
}

void FigureExportTest::pngHasTheSizeAskedFor()
{
    QFETCH(double, width);
    QFETCH(double, height);
    QFETCH(int, dpi);
    const Figure figure = makeFigure(smallResult(), FigureKind::Profile);
    const QImage image = decoded(rendered(figure, namedExperiment(), pageOf(width, height, dpi), FigureFormat::Png));
    QCOMPARE(image.size(), QSize(static_cast<int>(std::lround(width * dpi / 25.4)),
                                 static_cast<int>(std::lround(height * dpi / 25.4))));
    QCOMPARE(image.dotsPerMeterX(), static_cast<int>(std::lround(dpi / 0.0254)));
    QCOMPARE(image.dotsPerMeterY(), image.dotsPerMeterX());
}

void FigureExportTest::pngCarriesItsExperiment()
{
    const Figure figure = makeFigure(smallResult(), FigureKind::Buckets);
    const QImage image = decoded(rendered(figure, namedExperiment(), pageOf(100, 40), FigureFormat::Png));
    QVERIFY(experimentIn(image.text(QStringLiteral("posbias"))) == namedExperiment());
}

void FigureExportTest::svgCarriesItsExperimentAndSize()
{
    const Figure figure = makeFigure(smallResult(), FigureKind::Compare);
    const QByteArray svg = rendered(figure, namedExperiment(), pageOf(123.4, 110), FigureFormat::Svg);
    QVERIFY(experimentIn(elementText(svg, QStringLiteral("recipe"))) == namedExperiment());
    QVERIFY(svg.contains("width=\"123.4mm\" height=\"110mm\""));
}

void FigureExportTest::pdfCarriesItsExperiment()
{
    const Figure figure = makeFigure(smallResult(), FigureKind::Buckets);
    const QByteArray pdf = rendered(figure, namedExperiment(), pageOf(100, 40), FigureFormat::Pdf);
    const qsizetype from = pdf.indexOf("<x:xmpmeta"), to = pdf.indexOf("</x:xmpmeta>");
    QVERIFY(from > 0 && to > from);
    QVERIFY(experimentIn(elementText(pdf.mid(from, to + 12 - from), QStringLiteral("recipe"))) == namedExperiment());
}

void FigureExportTest::pdfHasNoJpegAndEmbedsItsFonts()
{
    // Many cells of many values: pictures.
    const Figure figure = makeFigure(*evaluate(findPreset("past-training")->experiment), FigureKind::Attention);
    const QByteArray pdf = rendered(figure, namedExperiment(), pageOf(160, 130), FigureFormat::Pdf);
    QVERIFY(!pdf.contains("/DCTDecode"));
    QVERIFY(pdf.contains("/FontFile"));
    QVERIFY(pdf.contains("/Subtype /Image"));
}

void FigureExportTest::pdfFontsAreEmbedded()
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("pdffonts"));
    if (!qEnvironmentVariableIsSet("POSBIAS_FULL_TESTS") || program.isEmpty())
        QSKIP("needs POSBIAS_FULL_TESTS and pdffonts (tests/run.sh --full)");
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("figure.pdf"));
    const Figure figure = makeFigure(smallResult(), FigureKind::Compare);
    writeFigure(renderFigure(figure, recipeWith(namedExperiment(), pageOf(160, 130)), FigureFormat::Pdf),
                path.toStdString());
    QProcess process;
    process.start(program, {path});
    QVERIFY(process.waitForFinished(longEnough));
    const QList<QByteArray> lines = process.readAllStandardOutput().trimmed().split('\n').mid(2);
    QVERIFY(!lines.isEmpty());
    const QRegularExpression embedded(QStringLiteral(" yes +(yes|no) +(yes|no) +\\d+ +\\d+$"));
    for (const QByteArray& line : lines)
        QVERIFY2(embedded.match(QString::fromLatin1(line)).hasMatch(), line);
}

void FigureExportTest::pdfHasTheSizeAskedFor()
{
    const Figure figure = makeFigure(smallResult(), FigureKind::Buckets);
    const QByteArray pdf = rendered(figure, namedExperiment(), pageOf(123.4, 56.7), FigureFormat::Pdf);
    const QByteArray key = "/MediaBox [";
    const qsizetype from = pdf.indexOf(key) + key.size();
    const QByteArrayList box = pdf.mid(from, pdf.indexOf(']', from) - from).simplified().split(' ');
    QCOMPARE(box.size(), 4);
    QVERIFY2(std::abs(box[2].toDouble() - 123.4 * 72.0 / 25.4) <= 0.5, box[2]);
    QVERIFY2(std::abs(box[3].toDouble() - 56.7 * 72.0 / 25.4) <= 0.5, box[3]);
}

void FigureExportTest::svgTextStaysText()
{
    const Figure figure = makeFigure(smallResult(), FigureKind::Compare);
    const QByteArray svg = rendered(figure, namedExperiment(), pageOf(180, 150), FigureFormat::Svg);
    QStringList words;
    QXmlStreamReader reader(svg);
    while (!reader.atEnd())
        if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == QLatin1String("text"))
            words.append(reader.readElementText().trimmed());
    for (const char* expected : {"A  Per-offset", "B \u2212 A", "query position i", "key position j",
                                 "Bias by offset, relative to offset 0", "unseen"})
        QVERIFY2(words.contains(QString::fromUtf8(expected)), expected);
}

void FigureExportTest::svgDrawsNothingOutsideThePage()
{
    // Curves come as polylines in page coordinates; a viewer would show what no clipping hides.
    Figure figure = makeFigure(smallResult(), FigureKind::Profile);
    figure.crosshair = CellPosition{7, 0};
    const QByteArray svg = rendered(figure, namedExperiment(), pageOf(100, 60), FigureFormat::Svg);
    QXmlStreamReader reader(svg);
    int polylines = 0;
    QTransform transform;
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (const QString matrix = reader.attributes().value(QLatin1String("transform")).toString();
            matrix.startsWith(QLatin1String("matrix("))) {
            const QStringList m = matrix.mid(7).chopped(1).split(QLatin1Char(','));
            transform = QTransform(m[0].toDouble(), m[1].toDouble(), m[2].toDouble(), m[3].toDouble(), m[4].toDouble(),
                                   m[5].toDouble());
        }
        if (reader.name() != QLatin1String("polyline"))
            continue;
        ++polylines;
        const QString points = reader.attributes().value(QLatin1String("points")).toString().simplified();
        for (const QString& point : points.split(QLatin1Char(' '))) {
            const QStringList xy = point.split(QLatin1Char(','));
            const QPointF at = transform.map(QPointF(xy[0].toDouble(), xy[1].toDouble()));
            QVERIFY2(QRectF(0, 0, 100000, 60000).contains(at), qPrintable(point));
        }
    }
    QVERIFY(polylines > 0);
}

void FigureExportTest::everyCellHasItsColour()
{
    // Eight by eight cells: each offset's colour fills its cells, up to the lines that cross them.
    FigureOptions options;
    options.crosshair = false;
    const Figure figure = makeFigure(smallResult(), FigureKind::Bias, options);
    const QImage image = decoded(rendered(figure, namedExperiment(), pageOf(180, 76, 300), FigureFormat::Png));
    QHash<QRgb, int> count;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            ++count[image.pixel(x, y)];
    const auto& maps = figure.rows[0].panels;
    const MapPanel& first = std::get<MapPanel>(maps[0]);
    for (std::int64_t d = 0; d < 5; ++d) {
        const QRgb colour = colourOf(first.source->at(7, 7 - d), figure.scales[first.scale]);
        // A cell is about 64 pixels wide: 180 mm at 300 dpi for three maps and their margins.
        QVERIFY2(count.value(colour) > (8 - d) * 40 * 40,
                 qPrintable(QStringLiteral("offset %1: %2").arg(d).arg(count.value(colour))));
    }
}

void FigureExportTest::maskedCellsShowTheBackground()
{
    FigureOptions options;
    options.crosshair = false;
    const Figure figure = makeFigure(smallResult(), FigureKind::Bias, options);
    for (const auto& [name, background] :
         {std::pair{ThemeName::Light, QColor(Qt::white)}, {ThemeName::Dark, ui::theme(ThemeName::Dark).stage}}) {
        const QImage image = decoded(rendered(figure, namedExperiment(), pageOf(180, 76, 96, name), FigureFormat::Png));
        int masked = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                masked += image.pixelColor(x, y) == background;
        QVERIFY(masked > image.width() * image.height() / 2);
        QCOMPARE(image.pixelColor(0, 0), background);
        QCOMPARE(image.pixelColor(image.width() - 1, image.height() - 1), background);
    }
}

void FigureExportTest::everyKindFitsEverySize()
{
    for (FigureKind kind : figureKinds()) {
        const Figure figure = makeFigure(smallResult(), kind);
        for (const QSize& size : {QSize(10, 10), QSize(10, 300), QSize(300, 10), QSize(60, 45)}) {
            const QImage image = renderImage(figure, pageOf(size.width(), size.height(), 36));
            QVERIFY(!image.isNull());
        }
        const Page standard = defaultPage(kind);
        validate(standard, FigureFormat::Png);
        QVERIFY(standard.widthMm >= 100.0);
    }
}

void FigureExportTest::fileHoldsTheRenderedBytes()
{
    QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath(QStringLiteral("figure.PNG")).toStdString();
    const Figure figure = makeFigure(smallResult(), FigureKind::Buckets);
    writeFigure(renderFigure(figure, recipeWith(namedExperiment(), pageOf(100, 40)), FigureFormat::Png), path);
    QFile file(QString::fromStdString(path.string()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), rendered(figure, namedExperiment(), pageOf(100, 40), FigureFormat::Png));
}

void FigureExportTest::theLongStepsMayRunOnAnyThread_data()
{
    theSameInputsGiveTheSameBytes_data();
}

void FigureExportTest::theLongStepsMayRunOnAnyThread()
{
    QFETCH(int, format);
    const Figure figure = makeFigure(smallResult(), FigureKind::Compare);
    const auto as = static_cast<FigureFormat>(format);
    FigureRendering rendering(figure, recipeWith(namedExperiment(), pageOf(120, 110)), as);
    std::thread([&] { rendering.drawMaps({}); }).join();
    while (rendering.drawRest()) {
    }
    std::thread([&] { rendering.encode(); }).join();
    QVERIFY(rendering.rendered().bytes == rendered(figure, namedExperiment(), pageOf(120, 110), as));
}

void FigureExportTest::progressIsToldAndGrowsToOne()
{
    std::vector<double> told;
    const Progress progress{{}, [&](double fraction) { told.push_back(fraction); }};
    rendered(makeFigure(smallResult(), FigureKind::Bias), namedExperiment(), pageOf(180, 76), FigureFormat::Png,
             progress);
    QVERIFY(told.size() >= 3);  // maps
    QVERIFY(std::is_sorted(told.begin(), told.end()));
    QCOMPARE(told.back(), 1.0);
}

void FigureExportTest::stoppedExportLeavesNoFile()
{
    std::stop_source stop;
    const Progress progress{stop.get_token(), [&](double fraction) {
                                if (fraction == 1.0)
                                    stop.request_stop();
                            }};
    QVERIFY_EXCEPTION_THROWN(renderFigure(makeFigure(smallResult(), FigureKind::Bias),
                                          recipeWith(namedExperiment(), pageOf(180, 76)), FigureFormat::Png, progress),
                             Cancelled);
}

void FigureExportTest::sideFilesAreBesideTheFile()
{
    QTemporaryDir folder;
    writeFigure({"main", {{"figure-1.png", "one"}, {"figure-2.png", "two"}}},
                folder.filePath(QStringLiteral("figure.tex")).toStdString());
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files, QDir::Name),
             QStringList({"figure-1.png", "figure-2.png", "figure.tex"}));
    QFile second(folder.filePath(QStringLiteral("figure-2.png")));
    QVERIFY(second.open(QIODevice::ReadOnly));
    QCOMPARE(second.readAll(), QByteArray("two"));
}

void FigureExportTest::noFileAppearsWhenOneCannotBeWritten()
{
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("figure.tex")));
    QVERIFY_EXCEPTION_THROWN(
        writeFigure({"main", {{"figure-1.png", "one"}}}, folder.filePath(QStringLiteral("figure.tex")).toStdString()),
        FailureError);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList());
}

void FigureExportTest::missingFontsAreNamed()
{
    Page page;
    QCOMPARE(missingFont(page), std::string());
    page.fontFamily = QFontDatabase::families().first().toStdString();
    QCOMPARE(missingFont(page), std::string());
    page.fontFamily = "No Such Type";
    QCOMPARE(missingFont(page), std::string("No Such Type"));
}

void FigureExportTest::unwritableFileIsAFailure()
{
    const Figure figure = makeFigure(smallResult(), FigureKind::Buckets);
    QVERIFY_EXCEPTION_THROWN(
        writeFigure(renderFigure(figure, recipeWith(namedExperiment(), pageOf(100, 40)), FigureFormat::Png),
                    "/no/such/folder/figure.png"),
        FailureError);
}

void FigureExportTest::sizesOutOfRangeAreRefused()
{
    const auto refused = [](const Page& s) { return inputError([&] { validate(s, FigureFormat::Pdf); }); };
    QCOMPARE(refused(pageOf(9.9, 100)),
             QStringLiteral("--width: The width (--width) is 9.9 mm; allowed are 10 to 2000 mm"));
    QVERIFY(refused(pageOf(100, 2001)).startsWith("--height: "));
    QVERIFY(refused(pageOf(std::nan(""), 100)).startsWith("--width: "));
    QVERIFY(refused(pageOf(100, 100, 35)).startsWith("--dpi: "));
    QVERIFY(refused(pageOf(100, 100, 2401)).contains("36 to 2400"));
    QCOMPARE(refused(pageOf(10, 2000, 2400)), QString());
}

void FigureExportTest::hugePngIsRefusedWithItsSize()
{
    const auto refused = [](FigureFormat format) {
        return inputError([&] { validate(pageOf(2000, 2000, 2400), format); });
    };
    QVERIFY(refused(FigureFormat::Png).startsWith("--dpi: "));
    QVERIFY(refused(FigureFormat::Png).contains("188976 x 188976"));
    QCOMPARE(refused(FigureFormat::Pdf), QString());
}

void FigureExportTest::unknownEndingIsRefused()
{
    QCOMPARE(formatFromName("figure.PDF"), FigureFormat::Pdf);
    QCOMPARE(formatFromName("a.b/figure.svg"), FigureFormat::Svg);
    for (const char* name : {"figure", "figure.jpg", "figure.png/", ".png"})
        QVERIFY2(inputError([&] { formatFromName(name); }).startsWith("-o: "), name);
}

QTEST_MAIN(FigureExportTest)
#include "figure_export.moc"
