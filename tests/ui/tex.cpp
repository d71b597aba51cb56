// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures as TikZ: what the source says, and what pdfLaTeX and LuaLaTeX make of it.

#include "ui/plot/files/tex_file.h"

#include <QDir>
#include <QFile>
#include <QFont>
#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <functional>

using namespace posbias;
using namespace posbias::ui;

namespace {

using Painting = std::function<void(QPainter&, TexDevice&)>;

struct Drawn {
    QByteArray picture, file;
    std::vector<SideFile> sideFiles;
};

Drawn drawn(const Painting& paint, const QSizeF& sizeMm = {40.0, 30.0})
{
    TexDevice device(sizeMm, "sketch");
    QPainter painter(&device);
    paint(painter, device);
    painter.end();
    Page page;
    page.standaloneTex = true;
    page.widthMm = sizeMm.width();
    page.heightMm = sizeMm.height();
    return {device.picture(), texFile(device, page, {"{\n  \"posbias\": 1\n}\n", {}, {}}), device.sideFiles()};
}

/// The lines that draw.
QByteArrayList pathsOf(const QByteArray& picture)
{
    QByteArrayList paths;
    for (const QByteArray& line : picture.split('\n'))
        if (line.startsWith("\\path") || line.startsWith("\\node"))
            paths << line;
    return paths;
}

QFont type(int units)
{
    QFont font(QStringLiteral("DejaVu Sans"));
    font.setPixelSize(units);
    return font;
}

/// As long as the painter's font makes them.
void put(QPainter& painter, TexDevice& device, const QPointF& at, Qt::Alignment alignment, const QString& text)
{
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(text);
    static_cast<WordDevice&>(device).draw(painter, {text, painter.font(), painter.pen().color(), at, alignment, width});
}

QString source(const QString& text)
{
    TexNeeds needs;
    return texText(text, needs);
}

/// What people type, and what figures say, as far as every engine sets it.
const QString everything = QStringLiteral(
    "# $ % & _ { } ~ ^ \\ \" ' ` < > | -- [a] ?` \u2212 \u00d7 \u00b7 \u2264 \u2265 \u00b1 \u2192 \u2248 \u0394 \u03c3 "
    "\u2026 \u2013 \u2014 \u201c\u201d \u2019 \u2009 u\u2083 10\u207b\u2074 log\u2081\u2080 "
    "\u00e9\u00fc\u00df\u0159\u0141 "
    "\u1e0d \u00b0 \u00b2 x\u0301 \u00ab\u00bb \u2211 \u221e");

/// A picture with everything in it that figures have.
void paintSketch(QPainter& painter, TexDevice& device)
{
    painter.fillRect(QRectF(0, 0, 4000, 3000), Qt::white);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(68, 1, 84));
    painter.drawRect(QRectF(200, 200, 1200, 1200));
    painter.setBrush(QColor(253, 231, 37, 128));
    painter.drawEllipse(QRectF(900, 900, 1000, 1000));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::red, 40.0, Qt::DashLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF({{200, 2800}, {1500, 2000}, {3800, 2800}}));
    painter.save();
    painter.setClipRect(QRectF(2200, 200, 800, 800));
    painter.fillRect(QRectF(2000, 0, 600, 3000), Qt::darkGreen);
    painter.restore();
    QImage checks(2, 2, QImage::Format_RGB32);
    checks.fill(Qt::blue);
    checks.setPixelColor(0, 0, Qt::black);
    painter.drawImage(QRectF(3200, 200, 600, 600), checks);
    painter.setFont(type(300));
    painter.setPen(Qt::black);
    put(painter, device, {3000, 1600 + QFontMetricsF(painter.font()).capHeight() / 2.0}, Qt::AlignHCenter,
        QStringLiteral("HHHH"));
}

QImage onPaper()
{
    QImage image(400, 300, QImage::Format_RGB32);
    image.fill(Qt::white);
    TexDevice unused({40.0, 30.0}, "unused");
    QPainter other(&unused), painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(0.1, 0.1);
    paintSketch(painter, unused);
    return image;
}

/// Of the pixels, how many differ clearly.
double difference(const QImage& a, const QImage& b)
{
    int different = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QColor p = a.pixelColor(x, y), q = b.pixelColor(x, y);
            different +=
                std::abs(p.red() - q.red()) + std::abs(p.green() - q.green()) + std::abs(p.blue() - q.blue()) > 90;
        }
    return different / (1.0 * a.width() * a.height());
}

bool ran(const QString& program, const QStringList& arguments, const QString& folder)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    const bool good = process.waitForFinished(longEnough) && process.exitCode() == 0;
    if (!good)
        qWarning().noquote() << process.readAll().right(2000);
    return good;
}

/// The compiled page at 10 pixels a millimetre; null when something is wrong.
QImage compiled(const Drawn& source, const QString& engine)
{
    QTemporaryDir folder;
    const auto write = [&](const QString& name, const QByteArray& bytes) {
        QFile file(folder.filePath(name));
        file.open(QIODevice::WriteOnly);
        file.write(bytes);
    };
    write(QStringLiteral("sketch.tex"), source.file);
    for (const SideFile& side : source.sideFiles)
        write(QString::fromStdString(side.name), side.bytes);
    if (!ran(engine,
             {QStringLiteral("-interaction=nonstopmode"), QStringLiteral("-halt-on-error"),
              QStringLiteral("sketch.tex")},
             folder.path()) ||
        !ran(QStringLiteral("pdftoppm"),
             {QStringLiteral("-r"), QStringLiteral("254"), QStringLiteral("-png"), QStringLiteral("-singlefile"),
              QStringLiteral("sketch.pdf"), QStringLiteral("sketch")},
             folder.path()))
        return {};
    return QImage(folder.filePath(QStringLiteral("sketch.png")));
}

}  // namespace

class TexTest : public QObject {
    Q_OBJECT

private slots:
    void specialCharactersAreEscaped_data();
    void specialCharactersAreEscaped();
    void noCharacterIsReplaced();
    void theFileAndARemarkSayWhatCharactersNeed();
    void picturesHaveNamesThatTexReads();
    void outlinedWordsAreShapes();
    void shapesAreInMillimetresUpwards();
    void linesKeepTheirPen();
    void coloursAreDefinedOnce();
    void invisibleThingsAreLeftOut();
    void clippingIsAScope();
    void clippingEndsWithRestore();
    void wordsAreNodesInTheirSize();
    void wordsTurnAndAlign();
    void turnedWordsTurnNothingElse();
    void picturesAreFilesBesideIt();
    void theSizeIsExact();
    void theSourceSaysHowToUseIt();
    void compilesToTheSamePicture_data();
    void compilesToTheSamePicture();
};

void TexTest::specialCharactersAreEscaped_data()
{
    QTest::addColumn<QString>("plain");
    QTest::addColumn<QString>("source");
    const auto row = [](const char* name, const QString& plain, const char* source) {
        QTest::addRow("%s", name) << plain << QString::fromUtf8(source);
    };
    row("percent", QStringLiteral("5 % of #1 & $x_1$"), "5 \\% of \\#1 \\& \\$x\\_1\\$");
    row("braces", QStringLiteral("{~^\\}"), "\\{\\textasciitilde{}\\textasciicircum{}\\textbackslash{}\\}");
    row("minus", QStringLiteral("\u22124 \u00d7 3"), "\\(-\\)4 \\(\\times\\) 3");
    row("subscript", QStringLiteral("u\u2083"), "u\\(\\sb{3}\\)");
    row("powers", QStringLiteral("10\u207b\u2074"), "10\\(\\sp{-4}\\)");
    row("logarithm", QStringLiteral("log\u2081\u2080"), "log\\(\\sb{10}\\)");
    row("Greek", QStringLiteral("\u0394\u03c3"), "\\(\\Delta\\)\\(\\sigma\\)");
    row("quotes", QStringLiteral("\u201cit\u2019s\u201d"), "\u201cit\u2019s\u201d");
    row("dashes", QStringLiteral("a--b\u2013c"), "a-{}-b\u2013c");
    row("two spaces", QStringLiteral("A  Per-offset"), "A\\ \\ Per-offset");
    row("line break", QStringLiteral("a\nb"), "a b");
    row("Latin", QStringLiteral("\u00fcber \u0141\u00f3d\u017a"), "über Łódź");
}

void TexTest::specialCharactersAreEscaped()
{
    QFETCH(QString, plain);
    QFETCH(QString, source);
    QCOMPARE(::source(plain), source);
}

void TexTest::noCharacterIsReplaced()
{
    TexNeeds needs;
    const QString halves = QStringLiteral("\u00bd and \u00be, \u2030, \u20ac");
    QCOMPARE(texText(halves, needs), halves);
    QVERIFY(needs.cyrillic.empty() && needs.otherFonts.empty());
    QCOMPARE(texText(QStringLiteral("\u4e16\U0001f600!"), needs), QStringLiteral("\u4e16\U0001f600!"));
    QCOMPARE(needs.otherFonts, (std::vector<char32_t>{0x4e16, 0x1f600}));
    QCOMPARE(texText(QStringLiteral("\u0441\u043c"), needs), QStringLiteral("{\\posbiascyrillic \u0441\u043c}"));
    // A family of one glyph, and a keycap: what joins them stays.
    const QString joined = QStringLiteral("\U0001f469\u200d\U0001f466 1\ufe0f\u20e3");
    QCOMPARE(source(joined), joined);
    QCOMPARE(source(QStringLiteral("a\u200bb\n\u0301c")), QStringLiteral("ab\\ \u0301c"));
    QCOMPARE(needs.cyrillic, (std::vector<char32_t>{0x441, 0x43c}));
    QCOMPARE(source(QStringLiteral("\u1e0d e\u0323\u0301")), QStringLiteral("\\d{d} \\'{\\d{e}}"));
    QCOMPARE(source(QStringLiteral("\u03ad")), QStringLiteral("\\(\\acute{\\varepsilon}\\)"));
}

void TexTest::theFileAndARemarkSayWhatCharactersNeed()
{
    const Drawn sketch = drawn([](QPainter& painter, TexDevice& device) {
        painter.setFont(type(260));
        put(painter, device, {500, 500}, Qt::AlignLeft, QStringLiteral("\u4e16 \u0441"));
    });
    QVERIFY2(sketch.file.contains("% The TikZ file has \xe4\xb8\x96 (U+4E16), which pdfLaTeX cannot set"), sketch.file);
    QVERIFY2(sketch.file.contains("\\usepackage[T2A,T1]{fontenc}"), sketch.file);
    QVERIFY2(sketch.file.contains("% A document of its own: run lualatex or xelatex on it."), sketch.file);
    QCOMPARE(texRemarks({}, "attention 2"), QStringList());
    QVERIFY(texRemarks({}, "50% attention").join(u' ').contains(QStringLiteral("rename it")));
}

void TexTest::picturesHaveNamesThatTexReads()
{
    QCOMPARE(texPictureStem("attention_2-b"), std::string("attention_2-b"));
    const char* const names[] = {
        "50% attention", "50# attention", "-a", "a b", "a..b", "{", "}", "\\", "\"", "~", "$", "^", "&", "_%",
        "\xc3\xbc",      "\xe4\xb8\x96"};
    QStringList stems;
    for (const char* name : names) {
        const QString stem = QString::fromStdString(texPictureStem(name));
        QVERIFY2(QRegularExpression(QStringLiteral("^[A-Za-z0-9_][A-Za-z0-9_-]*$")).match(stem).hasMatch(),
                 qPrintable(stem));
        QVERIFY2(!stems.contains(stem), qPrintable(stem));
        stems << stem;
    }
    TexDevice device({10.0, 10.0}, "50% attention");
    QPainter painter(&device);
    painter.drawImage(QRectF(0, 0, 100, 100), QImage(2, 2, QImage::Format_RGB32));
    painter.end();
    QVERIFY(device.sideFiles()[0].name == texPictureStem("50% attention") + "-1.png");
    QVERIFY(device.picture().contains('{' + QByteArray::fromStdString(device.sideFiles()[0].name) + '}'));
}

void TexTest::outlinedWordsAreShapes()
{
    TexDevice device({40.0, 30.0}, "sketch", TextForm::Outline);
    QPainter painter(&device);
    painter.setFont(type(260));
    put(painter, device, {500, 1500}, Qt::AlignLeft, QStringLiteral("\u4e16 words"));
    painter.end();
    QVERIFY2(!device.picture().contains("\\node") && device.picture().contains("\\path[fill="), device.picture());
    QVERIFY(device.needs().otherFonts.empty());
}

void TexTest::shapesAreInMillimetresUpwards()
{
    const QByteArrayList paths = pathsOf(drawn([](QPainter& painter, TexDevice&) {
                                             painter.scale(10.0, 10.0);
                                             painter.fillRect(QRectF(0, 0, 100, 50), Qt::black);
                                             painter.setPen(Qt::NoPen);
                                             painter.setBrush(Qt::black);
                                             painter.drawPolygon(QPolygonF({{0, 300}, {400, 300}, {400, 0.123}}));
                                         }).picture);
    QCOMPARE(paths.size(), 2);
    QVERIFY2(paths[0].endsWith("(0,25) rectangle (10,30);"), paths[0]);
    QVERIFY2(paths[1].endsWith("(0,0)--(40,0)--(40,29.988)--cycle;"), paths[1]);
}

void TexTest::linesKeepTheirPen()
{
    const QByteArrayList paths =
        pathsOf(drawn([](QPainter& painter, TexDevice&) {
                    painter.scale(10.0, 10.0);
                    QPen pen(QColor(0, 0, 255, 51), 2.0, Qt::CustomDashLine, Qt::FlatCap, Qt::MiterJoin);
                    pen.setDashPattern({5.0, 4.0});
                    painter.setPen(pen);
                    painter.drawLine(QPointF(0, 0), QPointF(100, 0));
                }).picture);
    QCOMPARE(paths.size(), 1);
    QCOMPARE(paths[0], QByteArray("\\path[draw=c0,line width=0.2mm,draw opacity=0.2,dash pattern=on 1mm off 0.8mm] "
                                  "(0,30)--(10,30);"));
}

void TexTest::coloursAreDefinedOnce()
{
    const QByteArray picture =
        drawn([](QPainter& painter, TexDevice&) {
            for (int k = 0; k < 6; ++k)
                painter.fillRect(QRectF(k * 100, 0, 100, 100), k % 2 ? QColor(1, 2, 3) : QColor(250, 251, 252));
        }).picture;
    QCOMPARE(picture.count("\\definecolor"), 2);
    QVERIFY(picture.contains("{HTML}{010203}") && picture.contains("{HTML}{FAFBFC}"));
}

void TexTest::invisibleThingsAreLeftOut()
{
    const QByteArray picture = drawn([](QPainter& painter, TexDevice&) {
                                   painter.fillRect(QRectF(0, 0, 100, 100), Qt::transparent);
                                   painter.setPen(Qt::NoPen);
                                   painter.drawRect(QRectF(0, 0, 100, 100));
                               }).picture;
    QCOMPARE(pathsOf(picture), QByteArrayList());
}

void TexTest::clippingIsAScope()
{
    const QByteArray picture = drawn([](QPainter& painter, TexDevice&) {
                                   painter.setClipRect(QRectF(0, 0, 1000, 1000));
                                   painter.setClipRect(QRectF(500, 500, 1000, 1000), Qt::IntersectClip);
                                   painter.fillRect(QRectF(0, 0, 4000, 3000), Qt::red);
                               }).picture;
    QVERIFY2(picture.contains("\\begin{scope}\n\\clip (5,20) rectangle (10,25);\n\\path"), picture);
    QVERIFY(picture.contains("\\end{scope}\n\\end{tikzpicture}"));
}

void TexTest::clippingEndsWithRestore()
{
    const QByteArray picture = drawn([](QPainter& painter, TexDevice&) {
                                   painter.save();
                                   painter.setClipRect(QRectF(0, 0, 1000, 1000));
                                   painter.fillRect(QRectF(0, 0, 4000, 3000), Qt::red);
                                   painter.restore();
                                   painter.fillRect(QRectF(0, 0, 400, 300), Qt::blue);
                               }).picture;
    QVERIFY2(picture.indexOf("\\end{scope}") < picture.lastIndexOf("\\path"), picture);
    QCOMPARE(picture.count("\\begin{scope}"), 1);
}

void TexTest::wordsAreNodesInTheirSize()
{
    const QByteArrayList nodes = pathsOf(drawn([](QPainter& painter, TexDevice&) {
                                             painter.scale(10.0, 10.0);
                                             painter.setFont(type(26));  // 2.6 mm
                                             painter.drawText(QPointF(50, 100), QStringLiteral("5 %"));
                                         }).picture);
    QCOMPARE(nodes.size(), 1);
    const QRegularExpression node(QStringLiteral(
        R"(^\\node\[anchor=base west,text=c0,font=\\fontsize\{7\.4\}\{8\.88\}\\selectfont\] at \(5,20\) )"
        R"(\{\\posbiasfit ([0-9.]+)mm\{5 \\%\}\};$)"));
    const QRegularExpressionMatch match = node.match(QString::fromUtf8(nodes[0]));
    QVERIFY2(match.hasMatch(), nodes[0]);
    const double width = QFontMetricsF(type(26)).horizontalAdvance(QStringLiteral("5 %")) / 10.0;
    QVERIFY(match.captured(1).toDouble() >= width && match.captured(1).toDouble() <= width + 0.7);
}

void TexTest::wordsTurnAndAlign()
{
    const QByteArrayList nodes =
        pathsOf(drawn([](QPainter& painter, TexDevice& device) {
                    painter.setFont(type(260));
                    put(painter, device, {2000, 1000}, Qt::AlignRight, QStringLiteral("right"));
                    painter.translate(2000, 1000);
                    painter.rotate(-90.0);
                    put(painter, device, {0, 0}, Qt::AlignHCenter, QStringLiteral("up"));
                }).picture);
    QCOMPARE(nodes.size(), 2);
    QVERIFY2(nodes[0].contains("anchor=base east,") && nodes[0].contains("at (20,20) {\\posbiasfit ") &&
                 nodes[0].endsWith("mm{right}};"),
             nodes[0]);
    QVERIFY2(nodes[1].contains("anchor=base,") && nodes[1].contains("rotate=90,"), nodes[1]);
}

void TexTest::turnedWordsTurnNothingElse()
{
    const QByteArrayList paths = pathsOf(drawn([](QPainter& painter, TexDevice& device) {
                                             painter.setFont(type(260));
                                             painter.save();
                                             painter.translate(500.0, 1500.0);
                                             painter.rotate(-90.0);
                                             painter.setClipRect(QRectF(0, 0, 900, 900));
                                             put(painter, device, {0, 0}, Qt::AlignHCenter, QStringLiteral("up"));
                                             painter.restore();
                                             painter.drawLine(QLineF(1000, 1000, 2000, 1000));
                                         }).picture);
    QCOMPARE(paths.size(), 2);
    QVERIFY2(paths[0].contains("rotate=90,"), paths[0]);
    QVERIFY2(paths[1].endsWith(" (10,20)--(20,20);"), paths[1]);
}

void TexTest::picturesAreFilesBesideIt()
{
    const Drawn sketch = drawn(paintSketch);
    QCOMPARE(sketch.sideFiles.size(), std::size_t(1));
    QCOMPARE(sketch.sideFiles[0].name, std::string("sketch-1.png"));
    QVERIFY(sketch.picture.contains("\\includegraphics[width=6mm,height=6mm]{sketch-1.png}"));
    const QImage picture = QImage::fromData(sketch.sideFiles[0].bytes, "PNG");
    QCOMPARE(picture.size(), QSize(2, 2));
    QCOMPARE(picture.pixelColor(1, 1), QColor(Qt::blue));
}

void TexTest::theSizeIsExact()
{
    QVERIFY(drawn([](QPainter&, TexDevice&) {}, {123.4, 110.0})
                .picture.contains("\\useasboundingbox (0,0) rectangle (123.4,110);"));
}

void TexTest::theSourceSaysHowToUseIt()
{
    const QByteArray file = drawn(paintSketch).file;
    QVERIFY(file.startsWith("%posbias: {\n%posbias:   \"posbias\": 1\n%posbias: }\n%posbias:\n% A document"));
    QVERIFY(file.contains("\\documentclass") && file.contains("[paperwidth=40mm,paperheight=30mm,"));
    const QByteArray part = texFile(TexDevice({10.0, 10.0}, "x"), Page(), {"{}", {}, {}});
    QVERIFY(part.contains("\\usepackage{tikz}") && !part.contains("\\documentclass"));
}

void TexTest::compilesToTheSamePicture_data()
{
    QTest::addColumn<QString>("engine");
    QTest::addRow("pdflatex") << QStringLiteral("pdflatex");
    QTest::addRow("lualatex") << QStringLiteral("lualatex");
}

void TexTest::compilesToTheSamePicture()
{
    QFETCH(QString, engine);
    if (!qEnvironmentVariableIsSet("POSBIAS_FULL_TESTS") || QStandardPaths::findExecutable(engine).isEmpty())
        QSKIP(qPrintable(QStringLiteral("needs POSBIAS_FULL_TESTS and %1 (tests/run.sh --full)").arg(engine)));
    const QImage page = compiled(drawn(paintSketch), engine);
    QVERIFY(std::abs(page.width() - 400) <= 1 && std::abs(page.height() - 300) <= 1);
    const QImage ours = onPaper();
    const double different = difference(page.copy(ours.rect()), ours);
    QVERIFY2(different < 0.03, qPrintable(QString::number(different)));
    const QImage words = compiled(drawn([](QPainter& painter, TexDevice& device) {
                                      painter.setFont(type(100));
                                      put(painter, device, {0, 1000}, Qt::AlignLeft, everything);
                                      for (ushort c = 0xa0; c < 0x250; ++c) {
                                          TexNeeds needs;
                                          texText(QString(QChar(c)), needs);
                                          if (needs.otherFonts.empty())
                                              put(painter, device, {0, 2000}, Qt::AlignLeft, QString(QChar(c)));
                                      }
                                  }),
                                  engine);
    QVERIFY(!words.isNull());
}

QTEST_MAIN(TexTest)
#include "tex.moc"
