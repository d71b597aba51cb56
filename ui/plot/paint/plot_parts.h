// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What FigureCanvas adds to QCustomPlot: painter functions as parts of a plot, a layout of given places, fast curves.

#include <QObject>
#include <QPainter>
#include <QRect>
#include <QString>

#include <functional>
#include <memory>

class QCPAxisRect;
class QCPGraph;
class QCPLayout;
class QCustomPlot;

namespace posbias::ui {

/// Drawn with its layer as long as it lives; must not outlive the plot.
std::unique_ptr<QObject> paintedPart(QCustomPlot* plot, const QString& layer, std::function<void(QPainter&)> paint);

/// `place` is called when the plot is laid out, and gives every axis rectangle its place.
QCPLayout* placedLayout(std::function<void(const QRect&)> place);
/// Without margins, axes or grid: painters draw those.
QCPAxisRect* addAxes(QCPLayout* placedLayout, QCustomPlot* plot);

QCPGraph* fastGraph(QCPAxisRect* axes);

}  // namespace posbias::ui
