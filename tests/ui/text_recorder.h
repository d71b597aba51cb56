// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A paint device that only remembers which words were drawn, and where.

#include <QFontMetricsF>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QString>

#include <vector>

namespace posbias::ui {

struct DrawnText {
    QString text;
    QRectF rect;  ///< from the baseline to the height of capitals
};

class TextRecorder : public QPaintDevice {
public:
    explicit TextRecorder(const QSize& size) : m_size(size), m_engine(*this) {}

    QPaintEngine* paintEngine() const override { return &m_engine; }
    std::vector<DrawnText> texts;

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
        }
        void drawTextItem(const QPointF& at, const QTextItem& item) override
        {
            const double height = QFontMetricsF(item.font()).capHeight();
            m_device.texts.push_back(
                {item.text(), m_transform.mapRect(QRectF(at.x(), at.y() - height, item.width(), height))});
        }
        void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override {}
        void drawImage(const QRectF&, const QImage&, const QRectF&, Qt::ImageConversionFlags) override {}
        void drawPath(const QPainterPath&) override {}
        void drawPolygon(const QPointF*, int, PolygonDrawMode) override {}
        Type type() const override { return User; }

    private:
        TextRecorder& m_device;
        QTransform m_transform;
    };

    QSize m_size;
    mutable Engine m_engine;
};

}  // namespace posbias::ui
