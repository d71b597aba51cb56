// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A paint device that only remembers which words were drawn, and where; and the lines and areas around them.

#include <QFontMetricsF>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainterPath>
#include <QString>

#include <vector>

namespace posbias::ui {

struct DrawnText {
    QString text;
    QRectF rect;            ///< from the baseline to the height of capitals
    std::size_t order = 0;  ///< among words and ink
};

struct DrawnInk {
    std::vector<QLineF> lines;  ///< empty: an area
    QRectF area;                ///< filled, opaque
    QColor colour;
    std::size_t order = 0;
};

class TextRecorder : public QPaintDevice {
public:
    explicit TextRecorder(const QSize& size) : m_size(size), m_engine(*this) {}

    QPaintEngine* paintEngine() const override { return &m_engine; }
    std::vector<DrawnText> texts;
    std::vector<DrawnInk> ink;

protected:
    int metric(PaintDeviceMetric metric) const override
    {
        switch (metric) {
        case PdmWidth: return m_size.width();
        case PdmHeight: return m_size.height();
        case PdmDevicePixelRatioScaled: return static_cast<int>(devicePixelRatioFScale());
        case PdmDevicePixelRatio:
        case PdmDepth: return 1;
        default: return 96;
        }
    }

private:
    class Engine : public QPaintEngine {
    public:
        explicit Engine(TextRecorder& device) : QPaintEngine(AllFeatures), m_device(device) {}

        bool begin(QPaintDevice*) override { return true; }
        bool end() override { return true; }
        void updateState(const QPaintEngineState& state) override
        {
            if (state.state() & DirtyTransform)
                m_transform = state.transform();
            if (state.state() & DirtyPen)
                m_pen = state.pen();
            if (state.state() & DirtyBrush)
                m_brush = state.brush();
        }
        void drawTextItem(const QPointF& at, const QTextItem& item) override
        {
            const double height = QFontMetricsF(item.font()).capHeight();
            m_device.texts.push_back(
                {item.text(), m_transform.mapRect(QRectF(at.x(), at.y() - height, item.width(), height)), m_order++});
        }
        void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override {}
        void drawImage(const QRectF&, const QImage&, const QRectF&, Qt::ImageConversionFlags) override {}
        void drawPath(const QPainterPath& path) override
        {
            for (const QPolygonF& part : path.toSubpathPolygons())
                add(part, false);
        }
        void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override
        {
            QPolygonF polygon(QList<QPointF>(points, points + count));
            if (mode != PolylineMode)
                polygon << polygon.value(0);
            add(polygon, mode == PolylineMode);
        }
        void drawLines(const QLineF* lines, int count) override
        {
            for (int k = 0; k < count; ++k)
                add(QPolygonF{lines[k].p1(), lines[k].p2()}, true);
        }
        void drawRects(const QRectF* rects, int count) override
        {
            for (int k = 0; k < count; ++k)
                add(QPolygonF(rects[k]), false);
        }
        Type type() const override { return User; }

    private:
        void add(const QPolygonF& polygon, bool open)
        {
            const QPolygonF points = m_transform.map(polygon);
            if (!open && m_brush.style() == Qt::SolidPattern && m_brush.color().alpha() == 255)
                m_device.ink.push_back({{}, points.boundingRect(), m_brush.color(), m_order++});
            if (m_pen.style() == Qt::NoPen || m_pen.color().alpha() == 0)
                return;
            DrawnInk stroke{{}, {}, m_pen.color(), m_order++};
            for (qsizetype k = 1; k < points.size(); ++k)
                stroke.lines.emplace_back(points[k - 1], points[k]);
            m_device.ink.push_back(std::move(stroke));
        }

        TextRecorder& m_device;
        QTransform m_transform;
        QPen m_pen;
        QBrush m_brush;
        std::size_t m_order = 0;
    };

    QSize m_size;
    mutable Engine m_engine;
};

}  // namespace posbias::ui
