// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/figure.h"

#include "core/figure/figure_data.h"
#include "core/figure/panels.h"
#include "core/figure/studies.h"
#include "core/figure/study_panels.h"

#include <algorithm>

namespace posbias {
namespace {

OffsetAxis offsetAxis(const Result& result, bool logarithmic)
{
    OffsetAxis axis;
    axis.range = visibleOffsets(result.experiment.mask, result.experiment.length);
    axis.logarithmic = logarithmic;
    axis.seen = result.training.seen();
    return axis;
}

void addRows(Figure& figure, const Result& result, FigureKind kind, const FigureOptions& options,
             const Studies& studies)
{
    switch (kind) {
    case FigureKind::Compare:
        figure.rows.push_back(biasMaps(figure, result, options.rawBias));
        figure.rows.push_back({{ribbons(result)}, 0.0});
        figure.rows.push_back({{biasProfile(result, options.rawBias)}, 1.0});
        break;
    case FigureKind::Bias:
        figure.rows.push_back(biasMaps(figure, result, options.rawBias));
        break;
    case FigureKind::Attention:
        figure.rows.push_back(attentionMaps(figure, result));
        figure.rows.push_back({{attentionRow(result, result.experiment.view.query)}, 1.0});
        break;
    case FigureKind::Buckets:
        figure.rows.push_back({{ribbons(result)}, 1.0});
        break;
    case FigureKind::Profile:
        figure.rows.push_back({{biasProfile(result, options.rawBias)}, 1.0});
        break;
    case FigureKind::Exposure:
        figure.rows.push_back({{ribbons(result)}, 0.0});
        figure.rows.push_back({{exposureProfile(result)}, 1.0});
        figure.rows.push_back({{effectiveProfile(result)}, 1.0});
        break;
    case FigureKind::Learning: figure.rows = learningRows(result, studies.history.get(), options.rawBias); break;
    case FigureKind::Generalization: figure.rows = generalizationRows(result, studies.generalization.get()); break;
    case FigureKind::Level: figure.rows = levelRows(result, studies.level.get()); break;
    case FigureKind::Sweep: figure.rows = sweepRows(result, studies.sweep.get()); break;
    }
}

}  // namespace

Figure makeFigure(const Result& result, FigureKind kind, const FigureOptions& options)
{
    return makeFigure(result, kind, options, Studies());
}

Figure makeFigure(const Result& result, FigureKind kind, const FigureOptions& options, const Studies& studies)
{
    const Experiment& experiment = result.experiment;
    Figure figure;
    figure.length = experiment.length;
    figure.mask = experiment.mask;
    figure.trainingLength = experiment.trainingLength;
    figure.offsetAxis = offsetAxis(result, options.logarithmicOffsets);
    figure.visible = options.visible;
    if (options.crosshair)
        figure.crosshair = CellPosition{experiment.view.query, experiment.view.query - experiment.view.offset};
    addRows(figure, result, kind, options, studies);
    return figure;
}

Figure makeFigure(const FigureData& data)
{
    return makeFigure(*data.parts.front().result, data.design.view, data.design.options, data.parts.front().studies);
}

}  // namespace posbias
