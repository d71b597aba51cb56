// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The paint engine behind TexDevice: collects the lines of a tikzpicture.

#include "ui/plot/ink/side_file.h"
#include "ui/plot/ink/tex_text.h"
#include "ui/plot/ink/word_device.h"

#include <QColor>
#include <QPaintEngine>
#include <QPainterPath>
#include <QPen>

#include <optional>

namespace posbias::ui {

inline constexpr double texUnitsPerMm = 100.0;  ///< of the device's coordinates

class TexEngine : public QPaintEngine {
public:
    TexEngine(const QSizeF& sizeMm, const std::string& name);

    bool begin(QPaintDevice*) override { return true; }
    bool end() override;
    void updateState(const QPaintEngineState& state) override;
    void drawPath(const QPainterPath& path) override;
    void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override;
    void drawPolygon(const QPoint* points, int count, PolygonDrawMode mode) override;
    void drawPixmap(const QRectF& target, const QPixmap& pixmap, const QRectF& source) override;
    void drawImage(const QRectF& target, const QImage& image, const QRectF& source,
                   Qt::ImageConversionFlags flags) override;
    void drawTextItem(const QPointF& at, const QTextItem& item) override;
    Type type() const override { return User; }

    /// Words in the coordinates of a painter with this transform.
    void drawWords(const QTransform& transform, const Words& words);

    QByteArray colourDefinitions() const;
    const QByteArray& body() const { return m_body; }
    const std::vector<SideFile>& sideFiles() const { return m_sideFiles; }
    const TexNeeds& needs() const { return m_needs; }

private:
    QByteArray point(const QPointF& device) const;
    QByteArray colourName(const QColor& colour);
    QByteArray coordinates(const QPainterPath& device) const;
    QByteArray strokeOptions();
    QByteArray fillOptions();
    void drawDevicePath(const QPainterPath& device, bool filled);
    void setClip(const QPainterPath& device, Qt::ClipOperation operation);
    void add(const QByteArray& line);
    void closeScope();

    QSizeF m_sizeMm;
    std::string m_name;
    QByteArray m_body;
    std::vector<QRgb> m_colours;
    std::vector<SideFile> m_sideFiles;
    TexNeeds m_needs;

    QPen m_pen;
    QBrush m_brush;
    QTransform m_transform;
    double m_opacity = 1.0;
    std::optional<QPainterPath> m_clip;  ///< what is to be drawn is clipped to this
    std::optional<QPainterPath> m_open;  ///< the scope that the body is in
};

}  // namespace posbias::ui
