// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Files to open, drop and write over: experiments with one to six schemes and with figures, figures, tables of lengths,
// and what is none of these.

#include "core/figure/figure_data.h"
#include "core/io/lecture_file.h"
#include "tests/ui/lab_window.h"
#include "ui/plot/files/figure_export.h"
#include "ui/window/export/export_memory.h"

#include <QDir>
#include <QFile>
#include <QImage>

namespace posbias::ui::monkey {

inline void writeBytes(const QString& file, const QByteArray& bytes)
{
    QFile out(file);
    if (out.open(QIODevice::WriteOnly))
        out.write(bytes);
}

inline Experiment sampleWith(std::size_t schemes)
{
    Experiment e = lab::small();
    e.title = "Of " + std::to_string(schemes) + " schemes";
    const Scheme kinds[] = {PerOffset{}, T5{.buckets = 8, .maxDistance = 16}, T5{T5Variant::Book, 9, 20}};
    e.schemes.clear();
    for (std::size_t k = 0; k < schemes; ++k)
        e.schemes.push_back(kinds[k % std::size(kinds)]);
    const Learning learnings[] = {Adam{.steps = 60},
                                  Sgd{.steps = 40},
                                  Exact{},
                                  Adafactor{.steps = 30},
                                  AdamW{.steps = 50, .stopping = Stopping::BestHeldOut},
                                  Momentum{.steps = 40}};
    e.learning = learnings[schemes % std::size(learnings)];
    e.mask = schemes % 2 == 0 ? Mask::Causal : Mask::Bidirectional;
    if (schemes == 4)
        e.content = RandomContent{.dimension = 8};
    if (schemes == 5)
        e.corpus.lengths = ListedLengths{"8:3 16:2 32:4"};
    return e;
}

inline std::vector<FigureDesign> sampleFigures()
{
    std::vector<FigureDesign> figures;
    for (const FigureKind view : figureKinds()) {
        FigureDesign design = standardDesign(view);
        design.name = "kept-" + figureId(view);
        design.dress.letters = figures.size() % 2 == 0;
        figures.push_back(design);
    }
    figures.front().annotations = {{CellMark{40, 10}, "here", {}}, {LengthMark{32}, "L", {}}};
    return figures;
}

/// Names of all that is written into `folder`.
inline QStringList writeSamples(const QDir& folder)
{
    const auto at = [&](const QString& name) { return folder.filePath(name); };
    const auto path = [&](const QString& name) { return std::filesystem::path(at(name).toStdU16String()); };
    for (std::size_t schemes = 1; schemes <= 6; ++schemes)
        writeLecture(path(QStringLiteral("schemes-%1.posbias").arg(schemes)), {sampleWith(schemes), {}});
    writeLecture(path(QStringLiteral("figures.posbias")), {lab::small(), sampleFigures()});
    FigureDesign one = standardDesign(FigureKind::Bias);
    one.name = "one";
    writeLecture(path(QStringLiteral("one figure.posbias")), {presets().front().experiment, {one}});
    for (const FigureFormat format : {FigureFormat::Pdf, FigureFormat::Svg, FigureFormat::Png, FigureFormat::Tex}) {
        FigureDesign design = standardDesign(FigureKind::Compare);
        design.name = "figure";
        design.page.dpi = 72;
        const Recipe recipe = recipeOf(design, lab::small());
        const RenderedFigure rendered = renderFigure(makeFigure(evaluateFigure(recipe)), recipe, format);
        writeFigure(rendered, path(QStringLiteral("figure.") + QString::fromStdString(endingOf(format))));
    }
    writeBytes(at(QStringLiteral("lengths.csv")), "length,count\n512,3\n17,20\n1,1\n");
    writeBytes(at(QStringLiteral("bad.csv")), "name,place\n\"a,b\nc,d\n");
    writeBytes(at(QStringLiteral("empty.posbias")), {});
    writeBytes(at(QStringLiteral("cut.posbias")), "{\"posbias\": 1, \"schemes\": [{\"scheme\":");
    writeBytes(at(QStringLiteral("invalid.posbias")), "{\"posbias\": 1, \"length\": -5}");
    writeBytes(at(QStringLiteral("noise.pdf")), QByteArray::fromHex("25504446fffe0000d0cf11e0"));
    QImage photo(4, 4, QImage::Format_RGB32);
    photo.fill(Qt::red);
    photo.save(at(QStringLiteral("photo.png")));
    folder.mkdir(QStringLiteral("folder.posbias"));
    folder.mkdir(QStringLiteral("figures"));
    return folder.entryList(QDir::AllEntries | QDir::NoDotAndDotDot, QDir::Name)
           << QStringLiteral("not there.posbias") << QStringLiteral("new.posbias");
}

}  // namespace posbias::ui::monkey
