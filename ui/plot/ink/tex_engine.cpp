// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/ink/tex_engine.h"

#include "core/base/error.h"
#include "ui/plot/ink/tex_device.h"

#include <QBuffer>
#include <QFontInfo>

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

constexpr double texPointsPerMm = 72.27 / 25.4;
constexpr int mostColumns = 110;  ///< of a line in the file: TeX limits them, and people read them

double scaleOf(const QTransform& transform)
{
    return std::sqrt(std::abs(transform.determinant()));
}

/// A rectangle along the axes, if the path is one.
std::optional<QRectF> asRectangle(const QPainterPath& path)
{
    if (path.elementCount() != 5 && path.elementCount() != 4)
        return {};
    for (int k = 0; k < path.elementCount(); ++k)
        if (path.elementAt(k).type != (k == 0 ? QPainterPath::MoveToElement : QPainterPath::LineToElement))
            return {};
    const QRectF box = path.controlPointRect();
    const auto corner = [&](int k) { return QPointF(path.elementAt(k)); };
    const bool closed = path.elementCount() == 5 && corner(4) == corner(0);
    const bool flatFirst = corner(0).y() == corner(1).y() && corner(1).x() == corner(2).x() &&
                           corner(2).y() == corner(3).y() && corner(3).x() == corner(0).x();
    const bool steepFirst = corner(0).x() == corner(1).x() && corner(1).y() == corner(2).y() &&
                            corner(2).x() == corner(3).x() && corner(3).y() == corner(0).y();
    return closed && (flatFirst || steepFirst) ? std::optional(box) : std::nullopt;
}

QByteArray fontCommands(const QFont& font, double unitsToPoints)
{
    const double size =
        (font.pixelSize() > 0 ? font.pixelSize() : font.pointSizeF() * texUnitsPerMm * 25.4 / 72.0) * unitsToPoints;
    QByteArray commands = "\\fontsize{" + texNumber(std::round(size * 100.0) / 100.0) + "}{" +
                          texNumber(std::round(size * 120.0) / 100.0) + "}\\selectfont";
    if (font.weight() >= QFont::DemiBold)
        commands += "\\bfseries\\boldmath";
    if (font.italic())
        commands += "\\itshape";
    return commands;
}

}  // namespace

TexEngine::TexEngine(const QSizeF& sizeMm, const std::string& name)
    : QPaintEngine(PrimitiveTransform | PixmapTransform | AlphaBlend | PainterPaths | Antialiasing | ConstantOpacity |
                   PaintOutsidePaintEvent),
      m_sizeMm(sizeMm),
      m_name(name)
{
}

bool TexEngine::end()
{
    closeScope();
    return true;
}

// ---- The painter's state -----------------------------------------------------------------------------------------

void TexEngine::updateState(const QPaintEngineState& state)
{
    const DirtyFlags dirty = state.state();
    if (dirty & DirtyTransform)
        m_transform = state.transform();
    if (dirty & DirtyPen)
        m_pen = state.pen();
    if (dirty & DirtyBrush)
        m_brush = state.brush();
    if (dirty & DirtyOpacity)
        m_opacity = state.opacity();
    if (dirty & DirtyClipEnabled && !state.isClipEnabled())
        m_clip.reset();
    if (dirty & DirtyClipPath)
        setClip(state.transform().map(state.clipPath()), state.clipOperation());
    if (dirty & DirtyClipRegion) {
        QPainterPath region;
        region.addRegion(state.clipRegion());
        setClip(state.transform().map(region), state.clipOperation());
    }
}

void TexEngine::setClip(const QPainterPath& device, Qt::ClipOperation operation)
{
    if (operation == Qt::NoClip)
        m_clip.reset();
    else if (operation == Qt::ReplaceClip || !m_clip)
        m_clip = device;
    else if (const auto first = asRectangle(*m_clip), second = asRectangle(device); first && second) {
        m_clip = QPainterPath();
        m_clip->addRect(first->intersected(*second));
    } else
        m_clip = m_clip->intersected(device);
}

void TexEngine::closeScope()
{
    if (m_open)
        m_body += "\\end{scope}\n";
    m_open.reset();
}

void TexEngine::add(const QByteArray& line)
{
    if (m_open != m_clip) {
        closeScope();
        if (m_clip)
            m_body +=
                "\\begin{scope}\n\\clip " + (m_clip->isEmpty() ? QByteArray("(0,0)") : coordinates(*m_clip)) + ";\n";
        m_open = m_clip;
    }
    m_body += line + '\n';
}

// ---- Shapes ----------------------------------------------------------------------------------------------------

QByteArray TexEngine::point(const QPointF& device) const
{
    return '(' + texNumber(device.x() / texUnitsPerMm) + ',' +
           texNumber(m_sizeMm.height() - device.y() / texUnitsPerMm) + ')';
}

QByteArray TexEngine::coordinates(const QPainterPath& path) const
{
    if (const auto box = asRectangle(path))
        return point(box->bottomLeft()) + " rectangle " + point(box->topRight());
    QByteArray text;
    qsizetype lineStart = 0;
    QPointF start;
    for (int k = 0; k < path.elementCount(); ++k) {
        const QPainterPath::Element e = path.elementAt(k);
        const bool last = k + 1 == path.elementCount() || path.elementAt(k + 1).isMoveTo();
        if (e.isMoveTo())
            start = e;
        if (text.size() - lineStart > mostColumns) {
            text += '\n';
            lineStart = text.size();
        }
        if (e.isMoveTo())
            text += (k > 0 ? " " : "") + point(e);
        else if (e.isCurveTo()) {
            text +=
                "..controls " + point(e) + " and " + point(path.elementAt(k + 1)) + ".." + point(path.elementAt(k + 2));
            k += 2;
        } else
            text += last && k > 1 && QPointF(e) == start ? QByteArray("--cycle") : "--" + point(e);
    }
    return text;
}

QByteArray TexEngine::colourName(const QColor& colour)
{
    auto found = std::find(m_colours.begin(), m_colours.end(), colour.rgb());
    if (found == m_colours.end())
        found = m_colours.insert(found, colour.rgb());
    return "c" + QByteArray::number(static_cast<qlonglong>(found - m_colours.begin()));
}

QByteArray TexEngine::colourDefinitions() const
{
    QByteArray text;
    for (std::size_t k = 0; k < m_colours.size(); ++k)
        text += "\\definecolor{c" + QByteArray::number(static_cast<qulonglong>(k)) + "}{HTML}{" +
                QColor(m_colours[k]).name().mid(1).toUpper().toLatin1() + "}\n";
    return text;
}

QByteArray TexEngine::fillOptions()
{
    const double opacity = m_brush.color().alphaF() * m_opacity;
    if (m_brush.style() == Qt::NoBrush || opacity <= 0.0)
        return {};
    QByteArray options = "fill=" + colourName(m_brush.color());
    if (opacity < 1.0)
        options += ",fill opacity=" + texNumber(opacity);
    return options;
}

QByteArray TexEngine::strokeOptions()
{
    const double opacity = m_pen.color().alphaF() * m_opacity;
    if (m_pen.style() == Qt::NoPen || opacity <= 0.0)
        return {};
    const double scale = m_pen.isCosmetic() ? 1.0 : scaleOf(m_transform);
    const double width = std::max(m_pen.widthF(), m_pen.isCosmetic() ? 1.0 : 0.0) * scale / texUnitsPerMm;
    QByteArray options = "draw=" + colourName(m_pen.color()) + ",line width=" + texNumber(width) + "mm";
    if (opacity < 1.0)
        options += ",draw opacity=" + texNumber(opacity);
    if (m_pen.capStyle() != Qt::FlatCap)
        options += m_pen.capStyle() == Qt::RoundCap ? ",line cap=round" : ",line cap=rect";
    if (m_pen.joinStyle() == Qt::RoundJoin || m_pen.joinStyle() == Qt::BevelJoin)
        options += m_pen.joinStyle() == Qt::RoundJoin ? ",line join=round" : ",line join=bevel";
    if (m_pen.style() == Qt::SolidLine)
        return options;
    options += ",dash pattern=";
    const QList<qreal> dashes = m_pen.dashPattern();
    for (qsizetype k = 0; k < dashes.size(); ++k)
        options += (k % 2 == 0 ? "on " : "off ") + texNumber(dashes[k] * width) + "mm ";
    options.chop(1);
    if (m_pen.dashOffset() != 0.0)
        options += ",dash phase=" + texNumber(m_pen.dashOffset() * width) + "mm";
    return options;
}

void TexEngine::drawDevicePath(const QPainterPath& device, bool filled)
{
    QByteArrayList options;
    const QByteArray fill = filled ? fillOptions() : QByteArray();
    if (!fill.isEmpty())
        options << fill;
    if (!fill.isEmpty() && device.fillRule() == Qt::OddEvenFill && !asRectangle(device))
        options << "even odd rule";
    if (const QByteArray stroke = strokeOptions(); !stroke.isEmpty())
        options << stroke;
    if (!device.isEmpty() && (!fill.isEmpty() || options.size() > 0))
        add("\\path[" + options.join(',') + "] " + coordinates(device) + ';');
}

void TexEngine::drawPath(const QPainterPath& path)
{
    drawDevicePath(m_transform.map(path), true);
}

void TexEngine::drawPolygon(const QPointF* points, int count, PolygonDrawMode mode)
{
    QPainterPath path;
    path.setFillRule(mode == OddEvenMode ? Qt::OddEvenFill : Qt::WindingFill);
    path.addPolygon(QPolygonF(QList<QPointF>(points, points + count)));
    if (mode != PolylineMode)
        path.closeSubpath();
    drawDevicePath(m_transform.map(path), mode != PolylineMode);
}

void TexEngine::drawPolygon(const QPoint* points, int count, PolygonDrawMode mode)
{
    const QPolygonF polygon(QPolygon(QList<QPoint>(points, points + count)));
    drawPolygon(polygon.constData(), count, mode);
}

// ---- Pictures and words ------------------------------------------------------------------------------------------

void TexEngine::drawPixmap(const QRectF& target, const QPixmap& pixmap, const QRectF& source)
{
    drawImage(target, pixmap.toImage(), source, Qt::AutoColor);
}

void TexEngine::drawImage(const QRectF& target, const QImage& image, const QRectF& source, Qt::ImageConversionFlags)
{
    const QRect part = source.toAlignedRect() & image.rect();
    if (part.isEmpty())
        return;
    SideFile file{texPictureName(m_name, m_sideFiles.size() + 1), {}};
    QBuffer out(&file.bytes);
    out.open(QIODevice::WriteOnly);
    if (!(part == image.rect() ? image : image.copy(part)).save(&out, "PNG"))
        throw FailureError("The picture " + file.name + " could not be made");
    const QRectF box = m_transform.mapRect(target);
    QByteArray options = "anchor=south west,inner sep=0pt,outer sep=0pt";
    if (m_opacity < 1.0)
        options += ",opacity=" + texNumber(m_opacity);
    add("\\node[" + options + "] at " + point(box.bottomLeft()) +
        "\n{\\includegraphics[width=" + texNumber(box.width() / texUnitsPerMm) +
        "mm,height=" + texNumber(box.height() / texUnitsPerMm) + "mm]{" + QByteArray::fromStdString(file.name) + "}};");
    m_sideFiles.push_back(std::move(file));
}

void TexEngine::drawTextItem(const QPointF& at, const QTextItem& item)
{
    drawWords(m_transform, {item.text(), item.font(), m_pen.color(), at, Qt::AlignLeft, item.width()});
}

void TexEngine::drawWords(const QTransform& transform, const Words& words)
{
    const double opacity = words.colour.alphaF() * m_opacity;
    if (words.text.trimmed().isEmpty() || opacity <= 0.0)
        return;
    const char* anchor = words.alignment & Qt::AlignHCenter ? "base"
                         : words.alignment & Qt::AlignRight ? "base east"
                                                            : "base west";
    QByteArray options = QByteArray("anchor=") + anchor + ",text=" + colourName(words.colour);
    if (opacity < 1.0)
        options += ",opacity=" + texNumber(opacity);
    // Upwards is the other way round in TeX, and so is a turn.
    const double turn = -std::atan2(transform.m12(), transform.m11()) * 180.0 / M_PI;
    if (std::abs(turn) > 0.01)
        options += ",rotate=" + texNumber(turn);
    const double unitMm = scaleOf(transform) / texUnitsPerMm;
    // Whatever stands beside words is farther away than that.
    const double room = words.width + 0.25 * QFontInfo(words.font).pixelSize();
    options += ",font=" + fontCommands(words.font, unitMm * texPointsPerMm);
    add("\\node[" + options + "] at " + point(transform.map(words.at)) + " {\\posbiasfit " + texNumber(room * unitMm) +
        "mm{" + texText(words.text, m_needs).toUtf8() + "}};");
}

}  // namespace posbias::ui
