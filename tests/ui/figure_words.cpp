// SPDX-License-Identifier: GPL-3.0-or-later
// Words in figure files: whatever is typed is found, read and set as it was typed, in every format and every font.

#include "core/experiment/presets.h"
#include "core/figure/figure_data.h"
#include "tests/ui/figure_files.h"
#include "tests/ui/pdf_text.h"
#include "ui/plot/ink/tex_text.h"
#include "ui/plot/ink/theme.h"
#include "ui/plot/ink/word_log.h"

#include <QFile>
#include <QFontDatabase>
#include <QProcess>
#include <QRandomGenerator>
#include <QRawFont>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>
#include <set>

using namespace posbias;
using namespace posbias::ui;

namespace {

const QString difficult = QStringLiteral(
    "Efficient offsets: waffle, fjord, flow; u\u2083 10\u207b\u2074 \u22124 \u00d7 \u0394\u03c3 \u00b5 \u00bd");
const char32_t nowhere = 0x10fffd;  ///< for private use: no font has it

Recipe recipeOf(FigureKind view, const QString& title = {}, const char* preset = "book-small")
{
    Recipe recipe = recipeWith(findPreset(preset)->experiment, defaultPage(view), view);
    recipe.design.dress.title = title.toStdString();
    return recipe;
}

Figure figureOf(const Recipe& recipe)
{
    return makeFigure(evaluateFigure(recipe));
}

RenderedFigure renderedAs(const Recipe& recipe, FigureFormat format)
{
    return renderFigure(figureOf(recipe), recipe, format);
}

struct SvgText {
    QString text;
    QHash<QString, QString> attributes;
};

/// A text, or each of the pieces that follow one another in it. Fails the test where it is no XML.
std::vector<SvgText> svgTexts(const QByteArray& svg)
{
    std::vector<SvgText> texts;
    QXmlStreamReader reader(svg);
    SvgText whole;
    bool inPieces = false;
    while (!reader.atEnd()) {
        const QXmlStreamReader::TokenType token = reader.readNext();
        const bool text = reader.name() == QLatin1String("text"), piece = reader.name() == QLatin1String("tspan");
        if (token == QXmlStreamReader::StartElement && (text || piece)) {
            SvgText one = piece ? whole : SvgText();
            for (const QXmlStreamAttribute& attribute : reader.attributes())
                one.attributes[attribute.name().toString()] = attribute.value().toString();
            one.text.clear();
            if (piece) {
                one.text = reader.readElementText();
                texts.push_back(one);
            } else {
                whole = one;
            }
            inPieces = piece;
        } else if (token == QXmlStreamReader::Characters && !inPieces) {
            whole.text += reader.text();
        } else if (token == QXmlStreamReader::EndElement && text && !inPieces) {
            texts.push_back(whole);
        }
    }
    if (reader.hasError())
        QTest::qFail(qPrintable(reader.errorString()), __FILE__, __LINE__);
    return texts;
}

bool hasText(const std::vector<SvgText>& texts, const QString& text)
{
    return std::ranges::find(texts, text, &SvgText::text) != texts.end();
}

/// Titles are wrapped where they have spaces, and control characters are spaces.
QString withoutSpaces(const QString& text)
{
    QString out = text;
    out.removeIf([](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; });
    return out;
}

/// Characters that are drawn alike are one, as search programs take them.
QString plainForm(const QString& text)
{
    QString out = text.normalized(QString::NormalizationForm_KC);
    for (QChar& c : out)
        if (c.isSpace())
            c = u' ';
    return out;
}

/// A random text of all kinds of characters that people type or paste.
QString randomText(QRandomGenerator& random)
{
    static const QList<std::pair<uint, uint>> ranges = {
        {0x20, 0x7e},     {0x20, 0x7e},     {0xa1, 0xff},     {0x100, 0x17f},   {0x391, 0x3a1},     {0x3b1, 0x3c9},
        {0x410, 0x44f},   {0x5d0, 0x5ea},   {0x627, 0x64a},   {0x4e00, 0x4e2f}, {0x1f600, 0x1f64f}, {0x300, 0x304},
        {0x200b, 0x200f}, {0x2010, 0x2044}, {0x2080, 0x2089}, {0x9, 0xd}};
    QString text;
    const int size = random.bounded(1, 24);
    for (int k = 0; k < size; ++k) {
        const auto& [first, last] = ranges[random.bounded(static_cast<int>(ranges.size()))];
        const char32_t c = random.bounded(first, last + 1);
        text += QString::fromUcs4(&c, 1);
    }
    return text;
}

/// One of each script that Unicode has.
std::vector<char32_t> lettersOfScripts()
{
    std::vector<char32_t> letters;
    std::set<QChar::Script> met = {QChar::Script_Unknown};
    for (char32_t c = 0xa1; c <= QChar::LastValidCodePoint; ++c)
        if (QChar::isLetter(c) && met.insert(QChar::script(c)).second)
            letters.push_back(c);
    return letters;
}

// ---- TeX read back -----------------------------------------------------------------------------------------------

const QList<std::pair<QString, QString>>& texCommands()
{
    static const QList<std::pair<QString, QString>> commands = {{"\\textasciitilde{}", "~"},
                                                                {"\\textasciicircum{}", "^"},
                                                                {"\\textbackslash{}", "\\"},
                                                                {"{\\char34}", "\""},
                                                                {"\\textasciigrave{}", "`"},
                                                                {"\\textquotesingle{}", "'"},
                                                                {"\\textless{}", "<"},
                                                                {"\\textgreater{}", ">"},
                                                                {"\\textbar{}", "|"},
                                                                {"\\#", "#"},
                                                                {"\\$", "$"},
                                                                {"\\%", "%"},
                                                                {"\\&", "&"},
                                                                {"\\_", "_"},
                                                                {"\\{", "{"},
                                                                {"\\}", "}"},
                                                                {"\\ ", " "},
                                                                {"-{}", "-"},
                                                                {",{}", ","},
                                                                {"\\,", "\u2009"}};
    return commands;
}

/// The text that a source without mathematics and accents stands for.
QString texReadBack(const QString& source)
{
    QString out;
    for (qsizetype at = 0; at < source.size();) {
        const auto known = std::ranges::find_if(
            texCommands(), [&](const auto& command) { return QStringView(source).mid(at).startsWith(command.first); });
        const bool is = known != texCommands().end();
        out += is ? known->second : source.mid(at, 1);
        at += is ? known->first.size() : 1;
    }
    return out;
}

bool ran(const QString& program, const QStringList& arguments, const QString& folder)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    const bool good = process.waitForFinished(300000) && process.exitCode() == 0;
    if (!good)
        qWarning().noquote() << program << arguments << process.readAll().right(1500);
    return good;
}

bool isThere(const QStringList& programs)
{
    return qEnvironmentVariableIsSet("POSBIAS_FULL_TESTS") && std::ranges::all_of(programs, [](const QString& program) {
               return !QStandardPaths::findExecutable(program).isEmpty();
           });
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

/// A document that includes a figure and has exactly its size and a millimetre more on every side.
QByteArray documentOf(const Recipe& recipe, const QByteArray& preamble, const QByteArray& name)
{
    const auto mm = [](double value) { return QByteArray::number(value, 'f', 3) + "mm"; };
    const Page& page = recipe.design.page;
    return "\\documentclass{article}\n" + preamble +
           "\\usepackage{tikz}\n\\usepackage[paperwidth=" + mm(page.widthMm + 2.0) +
           ",paperheight=" + mm(page.heightMm + 2.0) +
           ",margin=1mm]{geometry}\n"
           "\\pagestyle{empty}\\parindent0pt\\topskip0pt\\hfuzz1mm\\vfuzz1mm\n\\begin{document}\n\\input{" +
           name + "}\n\\end{document}\n";
}

struct PageWord {
    QString text;
    QRectF box;
};

/// By pdftotext; boxes in points.
std::pair<QRectF, std::vector<PageWord>> wordsOnPage(const QString& pdf, const QString& folder)
{
    std::vector<PageWord> words;
    QRectF page;
    if (!ran(QStringLiteral("pdftotext"), {QStringLiteral("-bbox"), pdf, QStringLiteral("words.html")}, folder))
        return {};
    QFile file(folder + QStringLiteral("/words.html"));
    file.open(QIODevice::ReadOnly);
    const QString html = QString::fromUtf8(file.readAll());
    static const QRegularExpression word(QStringLiteral(
        "<word xMin=\"([-0-9.]+)\" yMin=\"([-0-9.]+)\" xMax=\"([-0-9.]+)\" yMax=\"([-0-9.]+)\">(.*?)</word>"));
    static const QRegularExpression size(QStringLiteral("<page width=\"([0-9.]+)\" height=\"([0-9.]+)\""));
    const auto number = [](const QRegularExpressionMatch& match, int k) { return match.captured(k).toDouble(); };
    const QRegularExpressionMatch paper = size.match(html);
    page = QRectF(0.0, 0.0, number(paper, 1), number(paper, 2));
    for (auto each = word.globalMatch(html); each.hasNext();) {
        const QRegularExpressionMatch match = each.next();
        words.push_back({match.captured(5), QRectF(QPointF(number(match, 1), number(match, 2)),
                                                   QPointF(number(match, 3), number(match, 4)))});
    }
    return {page, words};
}

}  // namespace

class FigureWordsTest : public QObject {
    Q_OBJECT

private slots:
    void wordsInAPdfHaveNoLigatures();
    void everyViewsPdfHasItsWordsAsTyped();
    void svgWordsAreAnchoredAndAsLongAsMeasured();
    void embeddedFontsHaveTheWordsCharacters();
    void outlinedWordsAreNoText_data();
    void outlinedWordsAreNoText();
    void charactersThatNoFontHasAreNamed_data();
    void charactersThatNoFontHasAreNamed();
    void charactersOfAnotherInstalledFontAreNoRemark();
    void everyScriptIsSetInEveryFormat_data();
    void everyScriptIsSetInEveryFormat();
    void boxesOfEveryScriptAreNamed();
    void wordsBehindOthersFollowThemInAnyFont();
    void anyTextSurvivesEveryFormat();
    void texSourceReadsBackAsTyped();
    void popplerFindsEveryWord();
    void texSetsWordsWithoutOverlap_data();
    void texSetsWordsWithoutOverlap();
    void anyTextCompiles();
    void documentsMayMakeCharactersActive_data();
    void documentsMayMakeCharactersActive();
};

void FigureWordsTest::wordsInAPdfHaveNoLigatures()
{
    const QStringList words = pdfText(renderedAs(recipeOf(FigureKind::Profile, difficult), FigureFormat::Pdf).bytes);
    QVERIFY2(words.join(QString()).contains(difficult), qPrintable(words.join(u'\n')));  // of two fonts
}

void FigureWordsTest::everyViewsPdfHasItsWordsAsTyped()
{
    for (const FigureKind view : figureKinds()) {
        const Recipe recipe = recipeOf(view);
        const Figure figure = figureOf(recipe);
        const QStringList words = pdfText(renderFigure(figure, recipe, FigureFormat::Pdf).bytes);
        QVERIFY(words.size() > 5);
        const QString all = plainForm(words.join(QString()));
        // An SVG has the same words as XML.
        for (const SvgText& text : svgTexts(renderFigure(figure, recipe, FigureFormat::Svg).bytes))
            QVERIFY2(all.contains(plainForm(text.text)), qPrintable(text.text));
        static const QRegularExpression joined(QStringLiteral("[\ufb00-\ufb06\ufffd]"));
        QVERIFY2(!words.join(u'\n').contains(joined), qPrintable(words.join(u'\n')));
    }
}

void FigureWordsTest::svgWordsAreAnchoredAndAsLongAsMeasured()
{
    const std::vector<SvgText> texts = svgTexts(renderedAs(recipeOf(FigureKind::Compare), FigureFormat::Svg).bytes);
    QVERIFY(hasText(texts, QStringLiteral("query position i")));
    QStringList anchors;
    for (const SvgText& text : texts) {
        anchors << text.attributes[QStringLiteral("text-anchor")];
        QFont font(figureFontFamily());
        font.setHintingPreference(QFont::PreferNoHinting);
        font.setPixelSize(text.attributes[QStringLiteral("font-size")].toInt());
        font.setWeight(static_cast<QFont::Weight>(text.attributes[QStringLiteral("font-weight")].toInt()));
        const double length = text.attributes[QStringLiteral("textLength")].toDouble();
        QVERIFY2(std::abs(length - QFontMetricsF(font).horizontalAdvance(text.text)) < 0.1, qPrintable(text.text));
        const QString families = text.attributes[QStringLiteral("font-family")];
        QVERIFY2(families.startsWith(u'\'' + figureFontFamily() + u'\'') &&
                     families.endsWith(QLatin1String("sans-serif")),
                 qPrintable(families));
        if (text.text == QLatin1String("query position i") || text.text == QLatin1String("key position j"))
            QCOMPARE(anchors.back(), QStringLiteral("middle"));
    }
    QVERIFY(anchors.contains(QStringLiteral("start")) && anchors.contains(QStringLiteral("end")));
}

void FigureWordsTest::embeddedFontsHaveTheWordsCharacters()
{
    Recipe recipe = recipeOf(FigureKind::Profile, difficult);
    recipe.design.page.text = TextForm::Embed;
    const QByteArray svg = renderedAs(recipe, FigureFormat::Svg).bytes;
    QCOMPARE(renderedAs(recipe, FigureFormat::Svg).bytes, svg);
    QVERIFY(hasText(svgTexts(svg), difficult));
    static const QRegularExpression face(QStringLiteral("@font-face\\{font-family:([^;]*);font-weight:(\\d+);font-"
                                                        "style:normal;src:url\\(data:font/ttf;base64,([^)]*)\\)"));
    QStringList weights;
    QString missing = difficult;
    for (auto each = face.globalMatch(QString::fromUtf8(svg)); each.hasNext();) {
        const QRegularExpressionMatch match = each.next();
        weights << match.captured(2);
        const QByteArray bytes = QByteArray::fromBase64(match.captured(3).toLatin1());
        QVERIFY2(bytes.size() < 60000, qPrintable(QString::number(bytes.size())));
        const QRawFont font(bytes, 20.0);
        QVERIFY(font.isValid());
        if (match.captured(2) == QLatin1String("700"))
            missing.removeIf([&](QChar c) { return font.supportsCharacter(c); });
    }
    QVERIFY(weights.contains(QStringLiteral("700")) && weights.contains(QStringLiteral("400")));
    QCOMPARE(missing, QString());  // those of a second font, too
    recipe.design.page.text = TextForm::Live;
    QVERIFY(!renderedAs(recipe, FigureFormat::Svg).bytes.contains("@font-face"));
}

void FigureWordsTest::outlinedWordsAreNoText_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<QByteArray>("word");
    QTest::addRow("svg") << static_cast<int>(FigureFormat::Svg) << QByteArray("<text");
    QTest::addRow("pdf") << static_cast<int>(FigureFormat::Pdf) << QByteArray("/FontFile");
    QTest::addRow("tex") << static_cast<int>(FigureFormat::Tex) << QByteArray("posbiasfit ");
}

void FigureWordsTest::outlinedWordsAreNoText()
{
    QFETCH(int, format);
    QFETCH(QByteArray, word);
    Recipe recipe = recipeOf(FigureKind::Profile, difficult);
    QVERIFY(renderedAs(recipe, static_cast<FigureFormat>(format)).bytes.contains(word));
    recipe.design.page.text = TextForm::Outline;
    QVERIFY(!renderedAs(recipe, static_cast<FigureFormat>(format)).bytes.contains(word));
}

void FigureWordsTest::charactersThatNoFontHasAreNamed_data()
{
    QTest::addColumn<int>("format");
    for (const FigureFormat format : {FigureFormat::Pdf, FigureFormat::Svg, FigureFormat::Png})
        QTest::addRow("%s", endingOf(format).c_str()) << static_cast<int>(format);
}

void FigureWordsTest::charactersThatNoFontHasAreNamed()
{
    QFETCH(int, format);
    const QString title = QStringLiteral("A ") + QString::fromUcs4(&nowhere, 1);
    const Recipe recipe = recipeOf(FigureKind::Profile, title);
    const QStringList remarks = renderedAs(recipe, static_cast<FigureFormat>(format)).remarks;
    QCOMPARE(remarks,
             QStringList(QStringLiteral("No installed font has U+10FFFD: there are boxes in the figure instead")));
    QCOMPARE(renderedAs(recipeOf(FigureKind::Profile, difficult), static_cast<FigureFormat>(format)).remarks,
             QStringList());
}

void FigureWordsTest::charactersOfAnotherInstalledFontAreNoRemark()
{
    const QString mark = QStringLiteral("\u2713");  // of DejaVu Sans
    if (!QFontMetricsF(QFont(QStringLiteral("DejaVu Sans"))).inFontUcs4(0x2713))
        QSKIP("needs DejaVu Sans");
    QCOMPARE(renderedAs(recipeOf(FigureKind::Profile, mark), FigureFormat::Png).remarks, QStringList());
}

void FigureWordsTest::everyScriptIsSetInEveryFormat_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<int>("form");
    const std::pair<TextForm, const char*> forms[] = {
        {TextForm::Live, "live"}, {TextForm::Embed, "embedded"}, {TextForm::Outline, "outlines"}};
    for (const FigureFormat format : {FigureFormat::Svg, FigureFormat::Pdf, FigureFormat::Png, FigureFormat::Tex})
        for (const auto& [form, name] : forms)
            if (format == FigureFormat::Svg || form == TextForm::Live ||
                (form == TextForm::Outline && format != FigureFormat::Png))
                QTest::addRow("%s, %s", endingOf(format).c_str(), name)
                    << static_cast<int>(format) << static_cast<int>(form);
}

void FigureWordsTest::everyScriptIsSetInEveryFormat()
{
    QFETCH(int, format);
    QFETCH(int, form);
    std::string text;
    for (const char32_t c : lettersOfScripts())
        text += QString::fromUcs4(&c, 1).toStdString() + " ";
    Recipe recipe = recipeOf(FigureKind::Compare, QString::fromStdString(text));
    recipe.design.dress.caption = text;
    recipe.design.page.text = static_cast<TextForm>(form);
    recipe.design.annotations = {{CellMark{7, 3}, text, {}}};
    const RenderedFigure rendered = renderedAs(recipe, static_cast<FigureFormat>(format));
    QVERIFY(rendered.bytes.size() > 1000);
    if (static_cast<FigureFormat>(format) == FigureFormat::Svg && static_cast<TextForm>(form) != TextForm::Outline)
        QVERIFY(hasText(svgTexts(rendered.bytes), QStringLiteral("query position i")));
}

/// Where no installed font knows a script, Qt's own boxes are no font's missing glyph: they are named all the same.
void FigureWordsTest::boxesOfEveryScriptAreNamed()
{
    QList<QRawFont> installed;
    for (const QString& family : QFontDatabase::families())
        installed << QRawFont::fromFont(QFont(family));
    const QFont font(figureFontFamily());
    const QRawFont own = QRawFont::fromFont(font);
    for (const char32_t c : lettersOfScripts()) {
        WordLog log;
        log.note(font, QStringLiteral("a ") + QString::fromUcs4(&c, 1) + QStringLiteral(" b"));
        const bool named = log.missing() == std::vector<char32_t>{c};
        const bool had = std::ranges::any_of(installed, [&](const QRawFont& one) { return one.supportsCharacter(c); });
        const std::string which = namedCharacters({c}).toStdString();
        QVERIFY2(named || had, which.c_str());
        QVERIFY2(!named || !own.supportsCharacter(c), which.c_str());
    }
    if (std::ranges::any_of(installed, [](const QRawFont& one) { return one.supportsCharacter(U'\u0939'); }))
        return;
    for (const FigureFormat format : {FigureFormat::Pdf, FigureFormat::Png, FigureFormat::Svg})
        QCOMPARE(renderedAs(recipeOf(FigureKind::Buckets, QStringLiteral("\u0939")), format).remarks,
                 QStringList(
                     QStringLiteral("No installed font has \u0939 (U+0939): there are boxes in the figure instead")));
}

void FigureWordsTest::wordsBehindOthersFollowThemInAnyFont()
{
    const QString svg = QString::fromUtf8(renderedAs(recipeOf(FigureKind::Generalization), FigureFormat::Svg).bytes);
    for (const char* line :
         {">[^<]*Distance from the data \\(KL\\)</tspan> <tspan dx=[^>]*>nats per query</tspan></text>",
          ">[^<]*Attention on untrained offsets</tspan> <tspan dx=[^>]*>share</tspan></text>",
          ">10</tspan><tspan dx=[^>]*>\u2212\\d+</tspan></text>"})
        QVERIFY2(svg.contains(QRegularExpression(QString::fromUtf8(line))), line);
    QVERIFY(svg.contains(QLatin1String("'DejaVu Sans Condensed', sans-serif")));
}

void FigureWordsTest::anyTextSurvivesEveryFormat()
{
    QRandomGenerator random(7);
    Recipe recipe = recipeOf(FigureKind::Buckets);
    for (int round = 0; round < 40; ++round) {
        const QString text = randomText(random);
        Figure figure = figureOf(recipe);
        figure.title = text.toStdString();
        const QByteArray svg = renderFigure(figure, recipe, FigureFormat::Svg).bytes;
        const std::vector<SvgText> texts = svgTexts(svg);
        QString all;
        for (const SvgText& one : texts)
            all += withoutSpaces(one.text);
        QVERIFY2(all.contains(withoutSpaces(text)), qPrintable(text));
        const QByteArray pdf = renderFigure(figure, recipe, FigureFormat::Pdf).bytes;
        const qsizetype from = pdf.indexOf("<x:xmpmeta"), to = pdf.indexOf("</x:xmpmeta>");
        QXmlStreamReader xmp(pdf.mid(from, to + 12 - from));
        while (!xmp.atEnd())
            xmp.readNext();
        QVERIFY2(!xmp.hasError(), qPrintable(xmp.errorString()));
        QVERIFY(!QImage::fromData(renderFigure(figure, recipe, FigureFormat::Png).bytes, "PNG").isNull());
        QVERIFY(renderFigure(figure, recipe, FigureFormat::Tex).bytes.contains("\\end{tikzpicture}"));
    }
}

void FigureWordsTest::texSourceReadsBackAsTyped()
{
    QRandomGenerator random(11);
    for (int round = 0; round < 2000; ++round) {
        QString text;
        for (int k = 0; k < 12; ++k) {
            static const QString plain = QStringLiteral("¡¿½¾‰€üßŁřżĐ“”‘’„–—…•§©«»世界あ한😀אבعر✓");
            const int from = random.bounded(3);
            if (from < 2)
                text += QChar(static_cast<ushort>(random.bounded(0x20, 0x7f)));
            else
                text += QString::fromUcs4(reinterpret_cast<const char32_t*>(plain.toUcs4().constData()) +
                                              random.bounded(static_cast<int>(plain.toUcs4().size())),
                                          1);
        }
        TexNeeds needs;
        const QString source = texText(text, needs);
        QCOMPARE(texReadBack(source), text.normalized(QString::NormalizationForm_C));
    }
}

void FigureWordsTest::popplerFindsEveryWord()
{
    if (!isThere({QStringLiteral("pdftotext")}))
        QSKIP("needs POSBIAS_FULL_TESTS and pdftotext (tests/run.sh --full)");
    QTemporaryDir folder;
    for (const FigureKind view : figureKinds()) {
        write(folder.filePath(QStringLiteral("figure.pdf")),
              renderedAs(recipeOf(view, difficult), FigureFormat::Pdf).bytes);
        QStringList found;
        for (const PageWord& word : wordsOnPage(QStringLiteral("figure.pdf"), folder.path()).second)
            found << word.text;
        for (const char* word : {"Efficient", "offsets:", "waffle,", "fjord,", "flow;"})
            QVERIFY2(found.contains(QLatin1String(word)), qPrintable(found.join(u' ')));
    }
}

void FigureWordsTest::texSetsWordsWithoutOverlap_data()
{
    QTest::addColumn<QByteArray>("preamble");
    const QByteArray t1 = "\\usepackage[T1]{fontenc}";
    QTest::addRow("Computer Modern") << QByteArray();
    QTest::addRow("Latin Modern") << t1 + "\\usepackage{lmodern}\n";
    QTest::addRow("Times") << t1 + "\\usepackage{mathptmx}\n";
    QTest::addRow("Helvetica") << t1 + "\\usepackage{helvet}\\renewcommand\\familydefault{\\sfdefault}\n";
    QTest::addRow("Bookman") << t1 + "\\usepackage{bookman}\n";
}

void FigureWordsTest::texSetsWordsWithoutOverlap()
{
    QFETCH(QByteArray, preamble);
    if (!isThere({QStringLiteral("pdftotext"), QStringLiteral("pdflatex")}))
        QSKIP("needs POSBIAS_FULL_TESTS, pdftotext and pdflatex (tests/run.sh --full)");
    for (const FigureKind view : figureKinds()) {
        QTemporaryDir folder;
        const Recipe recipe = recipeOf(view, {}, "early-stopping");
        const RenderedFigure tex = renderedAs(recipe, FigureFormat::Tex);
        write(folder.filePath(QStringLiteral("figure.tex")), tex.bytes);
        for (const SideFile& side : tex.sideFiles)
            write(folder.filePath(QString::fromStdString(side.name)), side.bytes);
        write(folder.filePath(QStringLiteral("page.tex")), documentOf(recipe, preamble, "figure.tex"));
        QVERIFY(ran(
            QStringLiteral("pdflatex"),
            {QStringLiteral("-interaction=nonstopmode"), QStringLiteral("-halt-on-error"), QStringLiteral("page.tex")},
            folder.path()));
        const auto [page, words] = wordsOnPage(QStringLiteral("page.pdf"), folder.path());
        QVERIFY2(words.size() > 5, figureId(view).c_str());
        for (std::size_t k = 0; k < words.size(); ++k) {
            const std::string where = figureId(view) + ": " + words[k].text.toStdString();
            QVERIFY2(page.adjusted(-0.5, -0.5, 0.5, 0.5).contains(words[k].box.center()), where.c_str());
            QVERIFY2(words[k].box.left() > -0.5 && words[k].box.right() < page.right() + 0.5, where.c_str());
            for (std::size_t m = 0; m < k; ++m) {
                // The same words once more are their rim. Boxes are as high as the font's: words nearly touch in lines.
                const QRectF both = words[k].box & words[m].box;
                const bool overlap = words[k].text != words[m].text && both.width() > 1.0 &&
                                     both.height() > 0.5 * std::min(words[k].box.height(), words[m].box.height());
                QVERIFY2(!overlap, (where + " over " + words[m].text.toStdString()).c_str());
            }
        }
    }
}

void FigureWordsTest::anyTextCompiles()
{
    if (!isThere({QStringLiteral("lualatex"), QStringLiteral("pdflatex")}))
        QSKIP("needs POSBIAS_FULL_TESTS, lualatex and pdflatex (tests/run.sh --full)");
    QRandomGenerator random(5);
    QTemporaryDir folder;
    int nodes = 0;
    QByteArray body;
    while (nodes < 300) {
        TexNeeds needs;
        const QString source = texText(randomText(random), needs);
        if (!needs.cyrillic.empty() || !needs.otherFonts.empty())
            continue;
        body += source.toUtf8() + "\n\n";
        ++nodes;
    }
    const QByteArray head =
        "\\documentclass{article}\\usepackage{iftex}\\ifpdftex\\usepackage[T1]{fontenc}\\usepackage{lmodern}"
        "\\fi\\tracinglostchars3\n\\begin{document}\n";
    write(folder.filePath(QStringLiteral("any.tex")), head + body + "\\end{document}\n");
    for (const char* engine : {"pdflatex", "lualatex"})
        QVERIFY(ran(
            QLatin1String(engine),
            {QStringLiteral("-interaction=nonstopmode"), QStringLiteral("-halt-on-error"), QStringLiteral("any.tex")},
            folder.path()));
}

void FigureWordsTest::documentsMayMakeCharactersActive_data()
{
    QTest::addColumn<QByteArray>("document");
    const QByteArray article = "\\documentclass[twocolumn]{article}\\usepackage[T1]{fontenc}\\usepackage{tikz}\n";
    const QByteArray twice = "\\begin{document}\\input{figure}\n\n\\input{figure}\\end{document}\n";
    QTest::addRow("twice in two columns") << article + twice;
    QTest::addRow("colon, equals, quotes") << article +
                                                  "\\begin{document}\\catcode`\\=13\\catcode`\\:13\\catcode`\\\"13"
                                                  "\\catcode`\\;13\\catcode`\\!13\\catcode`\\|13\\input{figure}"
                                                  "\\end{document}\n";
    QTest::addRow("German") << article + "\\usepackage[ngerman]{babel}" + twice;
    QTest::addRow("French") << article + "\\usepackage[french]{babel}" + twice;
    QTest::addRow("scaled in an argument")
        << article + "\\begin{document}\\resizebox{4cm}{!}{\\input{figure}}\\end{document}\n";
    QTest::addRow("a slide") << QByteArray(
        "\\documentclass{beamer}\\usepackage[T1]{fontenc}\\usepackage{tikz}\n\\begin{document}"
        "\\begin{frame}{A}\\input{figure}\\end{frame}\\end{document}\n");
}

void FigureWordsTest::documentsMayMakeCharactersActive()
{
    QFETCH(QByteArray, document);
    if (!isThere({QStringLiteral("pdflatex")}))
        QSKIP("needs POSBIAS_FULL_TESTS and pdflatex (tests/run.sh --full)");
    QTemporaryDir folder;
    Recipe recipe = recipeOf(FigureKind::Attention, QStringLiteral("\"a\" = b: c; d! 50 % | #1 & {x} ~ ^ \\ `q' ½"));
    recipe.design.name = "50% attention";
    const RenderedFigure tex = renderedAs(recipe, FigureFormat::Tex);
    write(folder.filePath(QStringLiteral("figure.tex")), tex.bytes);
    for (const SideFile& side : tex.sideFiles)
        write(folder.filePath(QString::fromStdString(side.name)), side.bytes);
    write(folder.filePath(QStringLiteral("page.tex")), document);
    QVERIFY(
        ran(QStringLiteral("pdflatex"),
            {QStringLiteral("-interaction=nonstopmode"), QStringLiteral("-halt-on-error"), QStringLiteral("page.tex")},
            folder.path()));
}

QTEST_MAIN(FigureWordsTest)
#include "figure_words.moc"
