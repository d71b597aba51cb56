// SPDX-License-Identifier: GPL-3.0-or-later
// Digests inside figure files: every change is found, and none is seen where there is none.

#include "ui/plot/files/figure_digest.h"

#include "core/experiment/presets.h"
#include "core/figure/figure_data.h"
#include "tests/ui/figure_files.h"

#include <QBuffer>
#include <QImageReader>
#include <QTest>

using namespace posbias;
using namespace posbias::ui;

namespace {

RenderedFigure figureIn(FigureFormat format)
{
    Recipe recipe = recipeWith(findPreset("past-training")->experiment, pageOf(90, 40, 50), FigureKind::Attention);
    recipe.experiment.title = "posbias-digest <posbias:digest> %posbias-digest: sha256";
    if (format != FigureFormat::Gif)
        return renderFigure(makeFigure(evaluateFigure(recipe)), recipe, format);
    recipe.design.frames = Frames{FramesOver::Length, 300, 600, 2, 0.1};
    return {renderAnimation(makeFrames(framesOf(recipe)), recipe), {}};
}

void addFormats()
{
    QTest::addColumn<int>("format");
    for (const FigureFormat format :
         {FigureFormat::Pdf, FigureFormat::Svg, FigureFormat::Png, FigureFormat::Tex, FigureFormat::Gif})
        QTest::addRow("%s", endingOf(format).c_str()) << static_cast<int>(format);
}

bool isIntact(const QByteArray& file)
{
    const auto digests = digestsIn(file);
    return digests && digests->intact;
}

}  // namespace

class FigureDigestTest : public QObject {
    Q_OBJECT

private slots:
    void everyChangeIsFound_data() { addFormats(); }
    void everyChangeIsFound();
    void picturesAreStillPictures();
    void picturesOfATexFileAreNamedWithTheirDigests();
    void changedLineEndsAreNoChange();
};

void FigureDigestTest::everyChangeIsFound()
{
    QFETCH(int, format);
    const QByteArray file = figureIn(static_cast<FigureFormat>(format)).bytes;
    QVERIFY(isIntact(file));
    const qsizetype step = std::max<qsizetype>(1, file.size() / 500);
    for (qsizetype at = 0; at < file.size(); at += step) {
        QByteArray changed = file;
        changed[at] = static_cast<char>(changed[at] ^ 0x01);
        QVERIFY2(!isIntact(changed), qPrintable(QString::number(at)));
        QVERIFY2(!isIntact(file.left(at)), qPrintable(QString::number(at)));
    }
    QVERIFY(!isIntact(file + ' '));
}

void FigureDigestTest::picturesAreStillPictures()
{
    const QByteArray png = figureIn(FigureFormat::Png).bytes;
    const QImage picture = QImage::fromData(png, "PNG");
    QVERIFY(!picture.isNull());
    QCOMPARE(picture.text(QStringLiteral("posbias-digest")).size(), 7 + 64 + 13 + 64);
    QByteArray gif = figureIn(FigureFormat::Gif).bytes;
    QBuffer buffer(&gif);
    QImageReader reader(&buffer, "gif");
    QCOMPARE(reader.imageCount(), 2);
    QVERIFY(!reader.read().isNull());
}

void FigureDigestTest::picturesOfATexFileAreNamedWithTheirDigests()
{
    const RenderedFigure figure = figureIn(FigureFormat::Tex);
    const auto digests = digestsIn(figure.bytes);
    QVERIFY(digests);
    QCOMPARE(digests->pictures.size(), figure.sideFiles.size());
    QVERIFY(figure.sideFiles.size() >= 2);
    for (std::size_t k = 0; k < figure.sideFiles.size(); ++k) {
        QCOMPARE(digests->pictures[k].name, figure.sideFiles[k].name);
        QCOMPARE(digests->pictures[k].digest, digestOf(figure.sideFiles[k].bytes));
    }
}

void FigureDigestTest::changedLineEndsAreNoChange()
{
    for (const FigureFormat format : {FigureFormat::Tex, FigureFormat::Svg}) {
        QByteArray file = figureIn(format).bytes;
        QVERIFY(isIntact(file.replace("\n", "\r\n")));
    }
}

QTEST_MAIN(FigureDigestTest)
#include "figure_digest.moc"
