// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/plot_parts.h"

#include "ui/plot/paint/clipped_lines.h"

#include <qcustomplot.h>

#include <cmath>

namespace posbias::ui {
namespace {

class PaintedPart : public QCPLayerable {
public:
    PaintedPart(QCustomPlot* plot, const QString& layer, std::function<void(QPainter&)> paint)
        : QCPLayerable(plot, layer), m_paint(std::move(paint))
    {
    }

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(false); }
    void draw(QCPPainter* painter) override
    {
        painter->setRenderHint(QPainter::Antialiasing);  // without the half pixel that setAntialiasing shifts by
        m_paint(*painter);
    }
    QRect clipRect() const override { return parentPlot()->viewport().adjusted(-2, -2, 2, 2); }

private:
    std::function<void(QPainter&)> m_paint;
};

/// Puts axis rectangles where the figure's geometry says.
class PlacedLayout : public QCPLayout {
public:
    explicit PlacedLayout(std::function<void(const QRect&)> place) : m_place(std::move(place)) {}

    void add(QCPAxisRect* rect)
    {
        m_elements.append(rect);
        adoptElement(rect);
    }
    int elementCount() const override { return static_cast<int>(m_elements.size()); }
    QCPLayoutElement* elementAt(int index) const override { return m_elements.value(index); }
    QCPLayoutElement* takeAt(int index) override
    {
        if (index < 0 || index >= m_elements.size())
            return nullptr;
        QCPLayoutElement* element = m_elements.takeAt(index);
        releaseElement(element);
        return element;
    }
    bool take(QCPLayoutElement* element) override
    {
        return takeAt(static_cast<int>(m_elements.indexOf(element))) != nullptr;
    }

protected:
    void updateLayout() override { m_place(rect()); }

private:
    QList<QCPLayoutElement*> m_elements;
    std::function<void(const QRect&)> m_place;
};

/// On pixels, a dense zigzag as one outline takes Qt seconds; piece by piece it looks the same. In files of shapes,
/// curves end at the sides of their plot by arithmetic.
class FastGraph : public QCPGraph {
public:
    using QCPGraph::QCPGraph;

protected:
    void drawLinePlot(QCPPainter* painter, const QVector<QPointF>& points) const override
    {
        if (painter->paintEngine()->type() != QPaintEngine::Raster) {
            const std::vector<QPointF> line(points.begin(), points.end());
            for (const QPolygonF& part : clipped(line, QRectF(keyAxis()->axisRect()->rect())))
                painter->drawPolyline(part);
            return;
        }
        if (painter->pen().style() != Qt::SolidLine) {
            QCPGraph::drawLinePlot(painter, points);
            return;
        }
        QPen pen = painter->pen();
        pen.setCapStyle(Qt::SquareCap);  // closes the corners of steps
        painter->setPen(pen);
        QVector<QLineF> pieces;
        for (qsizetype k = 1; k < points.size(); ++k)
            if (!std::isnan(points[k - 1].y()) && !std::isnan(points[k].y()) && points[k - 1] != points[k])
                pieces.append(QLineF(points[k - 1], points[k]));
        painter->drawLines(pieces);
    }
};

}  // namespace

std::unique_ptr<QObject> paintedPart(QCustomPlot* plot, const QString& layer, std::function<void(QPainter&)> paint)
{
    return std::make_unique<PaintedPart>(plot, layer, std::move(paint));
}

QCPLayout* placedLayout(std::function<void(const QRect&)> place)
{
    return new PlacedLayout(std::move(place));
}

QCPAxisRect* addAxes(QCPLayout* layout, QCustomPlot* plot)
{
    auto* axes = new QCPAxisRect(plot);
    axes->setAutoMargins(QCP::msNone);
    axes->setMinimumMargins({});
    axes->setMargins({});
    for (QCPAxis* axis : axes->axes()) {
        axis->setVisible(false);
        axis->grid()->setVisible(false);
    }
    static_cast<PlacedLayout*>(layout)->add(axes);
    return axes;
}

QCPGraph* fastGraph(QCPAxisRect* axes)
{
    auto* graph = new FastGraph(axes->axis(QCPAxis::atBottom), axes->axis(QCPAxis::atLeft));
    graph->setAdaptiveSampling(false);  // the points are thinned already
    graph->setSelectable(QCP::stNone);
    return graph;
}

}  // namespace posbias::ui
