// SPDX-License-Identifier: GPL-3.0-or-later
// The recipe inside a figure: every format gives back what made it, and no file, however broken, does harm.

#include "core/base/error.h"
#include "core/experiment/presets.h"
#include "core/figure/figure_data.h"
#include "core/io/lecture_file.h"
#include "core/io/text_file.h"
#include "tests/ui/figure_files.h"
#include "ui/plot/files/figure_recipe.h"

#include <QBuffer>
#include <QFile>
#include <QStringEncoder>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace posbias;
using namespace posbias::ui;

namespace {

Recipe recipeTitled(const std::string& title)
{
    Recipe recipe = recipeWith(findPreset("book-small")->experiment, pageOf(80, 40, 72), FigureKind::Buckets);
    recipe.experiment.title = title;
    recipe.design.name = "buckets";
    return recipe;
}

const std::vector<std::string> titles = {
    "plain", "A < B & \"far\" ]]> -- 'it' \\ % \xE2\x88\x92 \xC3\xBC \xF0\x9F\x98\x80",
    "%posbias: <?xpacket end?> %1 %2", "\xEF\xBF\xBE\xEF\xBF\xBF not for XML", "  spaces  "};

const std::vector<FigureFormat> carriers = {FigureFormat::Pdf, FigureFormat::Svg, FigureFormat::Png, FigureFormat::Tex,
                                            FigureFormat::Gif};

QByteArray bytesOf(const Recipe& recipe, FigureFormat format)
{
    if (format == FigureFormat::Gif)
        return renderAnimation(makeFrames(framesOf(recipe)), recipe);
    return renderFigure(makeFigure(evaluateFigure(recipe)), recipe, format).bytes;
}

Recipe recipeFor(FigureFormat format, const std::string& title)
{
    Recipe recipe = recipeTitled(title);
    if (format == FigureFormat::Gif)
        recipe.design.frames = Frames{FramesOver::Length, 4, 16, 3, 0.1};
    return recipe;
}

class Folder {
public:
    std::filesystem::path write(const std::string& name, const QByteArray& bytes) const
    {
        const QString path = m_folder.filePath(QString::fromStdString(name));
        QFile file(path);
        file.open(QIODevice::WriteOnly);
        file.write(bytes);
        return path.toStdString();
    }

private:
    QTemporaryDir m_folder;
};

/// "recipe", or the refusal.
QString outcome(const std::filesystem::path& file)
{
    try {
        readRecipe(file);
        return QStringLiteral("recipe");
    } catch (const InputError& error) {
        return QString::fromStdString(error.what())
            .replace(QString::fromStdString(file.string()), QStringLiteral("FILE"));
    }
}

QByteArray pngWithText(const QString& recipe)
{
    QImage image(2, 2, QImage::Format_RGB32);
    image.fill(Qt::white);
    image.setText(QString::fromLatin1(recipeKey), recipe);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

void addFormats()
{
    QTest::addColumn<int>("format");
    for (const FigureFormat format : carriers)
        QTest::addRow("%s", endingOf(format).c_str()) << static_cast<int>(format);
}

}  // namespace

class RecipesTest : public QObject {
    Q_OBJECT

private slots:
    void exportReadExportGivesTheSameBytes_data() { addFormats(); }
    void exportReadExportGivesTheSameBytes();
    void titleAndDescriptionAreInside();
    void contentDecidesNotTheEnding_data() { addFormats(); }
    void contentDecidesNotTheEnding();
    void texSurvivesOtherLineEndings();
    void editorsMayChangeTheEncoding();
    void aPackedFigureKeepsItsRecipe();
    void otherFilesSayWhatTheyAre();
    void newerVersionsAreNamed();
    void hostileRecipesAreRefused();
    void entitiesAreNotExpanded();
    void inflatedTextsAreBounded();
    void brokenFilesDoNoHarm_data() { addFormats(); }
    void brokenFilesDoNoHarm();
    void namesThatMayCarryOne();
};

void RecipesTest::exportReadExportGivesTheSameBytes()
{
    QFETCH(int, format);
    const auto as = static_cast<FigureFormat>(format);
    const Folder folder;
    for (const std::string& title : titles) {
        const Recipe recipe = recipeFor(as, title);
        const QByteArray bytes = bytesOf(recipe, as);
        const Recipe read = readRecipe(folder.write("figure." + endingOf(as), bytes));
        QVERIFY2(read == recipe, title.c_str());
        QVERIFY2(bytesOf(read, as) == bytes, title.c_str());
    }
}

void RecipesTest::titleAndDescriptionAreInside()
{
    const FigureWords words{"{}", QStringLiteral("A < B & \u0001 C"), QStringLiteral("in words")};
    const QByteArray pdf = pdfRecipe(words);
    QVERIFY(pdf.contains("<rdf:li xml:lang=\"x-default\">A &lt; B &amp;  C</rdf:li>"));
    QVERIFY(pdf.contains("<rdf:li xml:lang=\"x-default\">in words</rdf:li>"));
    const QByteArray bare = withSvgRecipe("<svg><title>old</title>\n<g >\n</g></svg>", words);
    QVERIFY2(bare.contains("<title>A &lt; B &amp;  C</title>\n<desc>in words</desc>") && !bare.contains("old"), bare);
    QVERIFY(bytesOf(recipeTitled("t"), FigureFormat::Pdf).contains("<dc:description>"));
    const QByteArray svg = bytesOf(recipeTitled("A < B"), FigureFormat::Svg);
    QCOMPARE(svg.count("<title>"), 1);
    QCOMPARE(svg.count("<desc>"), 1);
    const QImage png = QImage::fromData(bytesOf(recipeTitled("A < B"), FigureFormat::Png), "PNG");
    QCOMPARE(png.text(QStringLiteral("Title")), QStringLiteral("A < B"));
    QXmlStreamReader reader(svg);
    while (!reader.atEnd())
        reader.readNext();
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
}

void RecipesTest::contentDecidesNotTheEnding()
{
    QFETCH(int, format);
    const auto as = static_cast<FigureFormat>(format);
    const Folder folder;
    const Recipe recipe = recipeFor(as, "a title");
    QVERIFY(readRecipe(folder.write("figure.dat", bytesOf(recipe, as))) == recipe);
}

void RecipesTest::texSurvivesOtherLineEndings()
{
    const Folder folder;
    const Recipe recipe = recipeTitled("a title");
    const QByteArray tex = bytesOf(recipe, FigureFormat::Tex);
    for (const char* ending : {"\r\n", "\r"})
        QVERIFY(readRecipe(folder.write("figure.tex", QByteArray(tex).replace("\n", ending))) == recipe);
    QVERIFY(readRecipe(folder.write("figure.tex", "% mine\n" + tex)) == recipe);
}

void RecipesTest::editorsMayChangeTheEncoding()
{
    const Folder folder;
    const Recipe recipe = recipeTitled("a title \xC3\xBC");
    for (const FigureFormat format : {FigureFormat::Tex, FigureFormat::Svg}) {
        const QByteArray bytes = bytesOf(recipe, format);
        const QString text = QString::fromUtf8(bytes);
        const std::string name = "figure." + endingOf(format);
        QStringEncoder little(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom);
        QStringEncoder big(QStringConverter::Utf16BE, QStringConverter::Flag::WriteBom);
        QVERIFY(readRecipe(folder.write(name, "\xef\xbb\xbf" + bytes)) == recipe);
        QVERIFY(readRecipe(folder.write(name, little.encode(text))) == recipe);
        QVERIFY(readRecipe(folder.write(name, big.encode(text))) == recipe);
    }
}

void RecipesTest::aPackedFigureKeepsItsRecipe()
{
    const Folder folder;
    const Recipe recipe = recipeTitled("a title");
    const std::string packed = packedGzip(bytesOf(recipe, FigureFormat::Svg).toStdString());
    for (const char* name : {"figure.svgz", "figure.svg.gz"}) {
        const std::filesystem::path file = folder.write(name, QByteArray::fromStdString(packed));
        QVERIFY(mayCarryRecipe(file));
        QVERIFY(readRecipe(file) == recipe);
    }
    QVERIFY(!mayCarryRecipe("experiment.posbias.gz"));
    const QString cut =
        outcome(folder.write("cut.svgz", QByteArray::fromStdString(packed.substr(0, packed.size() / 2))));
    QCOMPARE(cut, QStringLiteral("FILE is gzip that breaks off"));
}

void RecipesTest::otherFilesSayWhatTheyAre()
{
    const Folder folder;
    const auto says = [&](const char* name, const QByteArray& bytes) { return outcome(folder.write(name, bytes)); };
    QImage image(2, 2, QImage::Format_RGB32);
    image.fill(Qt::white);
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    QCOMPARE(says("a.png", png), QStringLiteral("FILE is a PNG picture without a PosBias recipe"));
    QCOMPARE(says("a.pdf", "%PDF-1.4\n<?xpacket begin=''?><x/><?xpacket end='r'?>"),
             QStringLiteral("FILE is a PDF without a PosBias recipe"));
    QCOMPARE(says("a.svg", "<?xml version=\"1.0\"?>\n<svg/>"),
             QStringLiteral("FILE is an SVG picture without a PosBias recipe"));
    QCOMPARE(says("a.tex", "\\begin{document}"), QStringLiteral("FILE is a TeX file without a PosBias recipe"));
    QCOMPARE(says("a.gif", "GIF89a\1\1\1\1\0\0\0;"), QStringLiteral("FILE is a GIF picture without a PosBias recipe"));
    QCOMPARE(says("a.png", ""), QStringLiteral("FILE is no figure"));
    QCOMPARE(says("a.txt", "hello"), QStringLiteral("FILE is no figure"));
    QVERIFY(outcome("/").contains(QStringLiteral("is a directory, not a figure")));
    QVERIFY(outcome("/no/such/file.png").startsWith(QStringLiteral("cannot open FILE: ")));
    QCOMPARE(outcome("/dev/zero"), QStringLiteral("FILE is no figure"));
}

void RecipesTest::newerVersionsAreNamed()
{
    const Folder folder;
    const QString said = outcome(folder.write("a.png", pngWithText(QStringLiteral("{\"posbias\": 999}"))));
    QVERIFY2(said.contains(QStringLiteral("newer version of PosBias")) && said.contains(QStringLiteral("FILE")),
             qPrintable(said));
}

void RecipesTest::hostileRecipesAreRefused()
{
    const Folder folder;
    QString valid = QString::fromStdString(toJson(recipeTitled("t")));
    const QStringList hostile = {
        QString(100000, QLatin1Char('[')),
        QStringLiteral("{\"posbias\": 1, \"trainingLength\": 1e300}"),
        QStringLiteral("null"),
        QString(),
        QString(17 << 20, QLatin1Char(' ')),
        QString(valid).replace(QStringLiteral("\"buckets\""), QStringLiteral("\"../../etc/passwd\"")),
        valid.chopped(9)};
    for (const QString& text : hostile) {
        const QString said = outcome(folder.write("a.png", pngWithText(text)));
        QVERIFY2(said.contains(QStringLiteral("FILE")), qPrintable(said + text.left(200)));
    }
    // In XML characters that are none end the reading.
    const QByteArray svg = bytesOf(recipeTitled("plain"), FigureFormat::Svg);
    QVERIFY(outcome(folder.write("a.svg", QByteArray(svg).replace("plain", "pl\xff\xfe"))) != QStringLiteral("recipe"));
}

void RecipesTest::entitiesAreNotExpanded()
{
    const Folder folder;
    QByteArray svg = bytesOf(recipeTitled("plain"), FigureFormat::Svg);
    svg.replace("<svg ", "<!DOCTYPE svg [<!ENTITY a \"bomb\"><!ENTITY b \"&a;&a;&a;\">]><svg ");
    svg.replace("plain", "&b;");
    QCOMPARE(outcome(folder.write("a.svg", svg)), QStringLiteral("FILE is an SVG picture without a PosBias recipe"));
}

void RecipesTest::inflatedTextsAreBounded()
{
    const Folder folder;
    const QByteArray bomb = pngWithText(QString(40 << 20, QLatin1Char('x')));
    QVERIFY(bomb.size() < 1 << 20);
    QCOMPARE(outcome(folder.write("a.png", bomb)), QStringLiteral("FILE holds a recipe of more than 16 MiB"));
}

void RecipesTest::brokenFilesDoNoHarm()
{
    QFETCH(int, format);
    const auto as = static_cast<FigureFormat>(format);
    const Folder folder;
    const Recipe recipe = recipeFor(as, "a title");
    const QByteArray whole = bytesOf(recipe, as);
    const std::string name = "figure." + endingOf(as);
    // What is beyond the recipe makes no difference; ends of 40 kB and more are all alike.
    for (qsizetype size = 0; size < std::min<qsizetype>(whole.size(), 40000); size += 97)
        QVERIFY(!outcome(folder.write(name, whole.left(size))).isEmpty());
    for (qsizetype at = 0; at < std::min<qsizetype>(whole.size(), 40000); at += 97) {
        QByteArray broken = whole;
        broken[at] = static_cast<char>(broken[at] ^ (1 << (at % 8)));
        QVERIFY(!outcome(folder.write(name, broken)).isEmpty());
    }
    QCOMPARE(outcome(folder.write(name, whole)), QStringLiteral("recipe"));
}

void RecipesTest::namesThatMayCarryOne()
{
    for (const char* name : {"a.pdf", "a.SVG", "b/c.png", "a.tex", "a.gif"})
        QVERIFY2(mayCarryRecipe(name), name);
    for (const char* name : {"a", "a.csv", "a.npy", "png", "a.posbias", "a.jpg"})
        QVERIFY2(!mayCarryRecipe(name), name);
}

QTEST_MAIN(RecipesTest)
#include "recipes.moc"
