// SPDX-License-Identifier: GPL-3.0-or-later
// Annotations: in their places on maps and axes, within their plots, clear of each other.

#include "tests/ui/sample_figure.h"
#include "ui/plot/paint/note_labels.h"
#include "ui/plot/paint/note_painter.h"
#include "ui/plot/paint/panel_labels.h"

#include <QBuffer>
#include <QSvgGenerator>

#include <algorithm>

using namespace posbias;
using namespace posbias::ui;

namespace {

using Kind = FigureNote::Kind;

FigureNote noteOf(Kind kind, const std::string& label = {})
{
    FigureNote note;
    note.kind = kind;
    note.label = label;
    return note;
}

FigureNote offsetNote(std::int64_t offset, const std::string& label = {})
{
    FigureNote note = noteOf(Kind::Offset, label);
    note.offsets = {offset, offset};
    return note;
}

PlotContext contextOf(const std::vector<FigureNote>& notes, const std::optional<CellRect>& visible = {})
{
    PlotContext context;
    context.figure = sample(causalMap());
    context.figure.notes = notes;
    context.figure.visible = visible;
    context.geometry = layOut(context.figure, context.fonts, QSize(760, 700));
    return context;
}

/// Only the notes, on white.
QImage painted(PlotContext context)
{
    placeLabels(context);
    QImage image(context.geometry.size, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    paintNoteLines(painter, context);
    paintNoteWords(painter, context);
    return image;
}

bool dark(const QImage& image, const QPointF& at)
{
    for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) {
            const QPoint p = QPointF(at).toPoint() + QPoint(dx, dy);
            if (image.rect().contains(p) && qGray(image.pixel(p)) < 110)
                return true;
        }
    return false;
}

/// What is not white.
QRect inked(const QImage& image, const QRect& within)
{
    QRect all;
    for (int y = within.top(); y <= within.bottom(); ++y)
        for (int x = within.left(); x <= within.right(); ++x)
            if (image.pixel(x, y) != qRgb(255, 255, 255))
                all |= QRect(x, y, 1, 1);
    return all;
}

MapScale mapScale(const PlotContext& context, std::size_t panel = 0)
{
    return {context.geometry.cells, context.place(0, panel).plot};
}

}  // namespace

class NotesTest : public QObject {
    Q_OBJECT

private slots:
    void anOffsetIsADiagonalOnMapsAndUprightOverOffsets();
    void aCellIsOutlinedAndSeenHoweverSmall();
    void aLengthGoesBothWaysOnMapsAndUprightOverOffsets();
    void aBracketSpansItsOffsets();
    void aBracketStandsOnRibbonsWithTheirOwnAxis();
    void aTextBeginsAtItsPlace();
    void aNoteMayBelongToOnePanel();
    void notesEndAtTheirPlot();
    void labelsDoNotMeet();
    void labelsOfACrowdedMapDoNotMeet();
    void rimsAreShapesNotText();
};

void NotesTest::anOffsetIsADiagonalOnMapsAndUprightOverOffsets()
{
    const PlotContext context = contextOf({offsetNote(10)});
    const QImage image = painted(context);
    for (const std::size_t panel : {0u, 1u}) {
        const MapScale scale = mapScale(context, panel);
        QVERIFY(dark(image, scale.point(20.5, 10.5)));
        QVERIFY(dark(image, scale.point(35.5, 25.5)));
        QVERIFY(!dark(image, scale.point(20.5, 13.5)));
    }
    for (const std::size_t row : {1u, 2u}) {
        const PanelPlace& place = context.place(row, 0);
        const double x = offsetX(context, place)(OffsetScale(context.figure.offsetAxis).middle(10));
        QVERIFY(dark(image, {x, place.plot.bottom() - 6.0}));
        QVERIFY(!dark(image, {x + 6.0, place.plot.bottom() - 6.0}));
    }
    QVERIFY(inked(painted(contextOf({offsetNote(length + 5)})), QRect(QPoint(), QSize(760, 700))).isNull());
}

void NotesTest::aCellIsOutlinedAndSeenHoweverSmall()
{
    FigureNote note = noteOf(Kind::Cell);
    note.cell = {30, 12};
    PlotContext context = contextOf({note});
    const MapScale scale = mapScale(context);
    QImage image = painted(context);
    QVERIFY(dark(image, scale.point(30.0, 12.5)));
    QVERIFY(dark(image, scale.point(30.5, 13.0)));
    QVERIFY(!dark(image, scale.point(31.9, 12.5)));
    const PanelPlace& profile = context.place(2, 0);
    const double x = offsetX(context, profile)(OffsetScale(context.figure.offsetAxis).middle(18));
    QVERIFY(dark(image, {x, profile.plot.bottom() - 4.0}));

    context.figure.length = 4000;
    context.figure.notes[0].cell = {0, 0};
    context.geometry = layOut(context.figure, context.fonts, QSize(760, 700));
    const QRect plot = context.place(0, 0).plot;
    const QRect ink = inked(painted(context), plot.adjusted(0, 0, -1, -1));
    QVERIFY(ink.width() >= 7 && ink.height() >= 7);
}

void NotesTest::aLengthGoesBothWaysOnMapsAndUprightOverOffsets()
{
    FigureNote note = noteOf(Kind::Length);
    note.at = 16;
    const PlotContext context = contextOf({note});
    const QImage image = painted(context);
    const MapScale scale = mapScale(context);
    QVERIFY(dark(image, scale.point(30.0, 16.0)));
    QVERIFY(dark(image, scale.point(16.0, 30.0)));
    const PanelPlace& profile = context.place(2, 0);
    const double x = offsetX(context, profile)(OffsetScale(context.figure.offsetAxis).position(16.0));
    QVERIFY(dark(image, {x, profile.plot.bottom() - 6.0}));
}

void NotesTest::aBracketSpansItsOffsets()
{
    FigureNote note = noteOf(Kind::Bracket, "bucket");
    note.offsets = {8, 15};
    note.role = Role::B;
    note.panel = 2;
    const PlotContext context = contextOf({note});
    const QImage image = painted(context);
    const PanelPlace& ribbons = context.place(1, 0);
    const OffsetScale scale(context.figure.offsetAxis);
    const PlotX x = offsetX(context, ribbons);
    const double left = x(scale.position(8.0)), right = x(scale.position(16.0));
    const QRect ink = inked(image, QRect(0, ribbons.plot.y() - 6, 760, 6));
    QVERIFY(std::abs(ink.left() - left) <= 2.0);
    QVERIFY(std::abs(ink.right() - right) <= 2.0);
    const QColor colour(image.pixel(QPointF((left + right) / 2.0, ink.top() + 1.0).toPoint()));
    QVERIFY2(std::abs(colour.hue() - context.theme.of(Role::B).hue()) < 20, qPrintable(colour.name()));
    const QRect words = inked(image, QRect(0, static_cast<int>(ribbons.header.bottom()), 760,
                                           ink.top() - static_cast<int>(ribbons.header.bottom())));
    QVERIFY(std::abs(words.center().x() - (left + right) / 2.0) <= 3.0);

    FigureNote band = note;
    band.panel = 0;
    band.label.clear();
    const PlotContext onMap = contextOf({band});
    const QImage map = painted(onMap);
    const QRect plot = onMap.place(0, 0).plot;
    QVERIFY(!inked(map, plot).isNull());
    QVERIFY(inked(map, onMap.place(0, 1).plot).isNull());
    const MapScale cells = mapScale(onMap);
    QVERIFY(map.pixel(cells.point(30.5, 30.5 - 11.5).toPoint()) == qRgb(255, 255, 255));  // nothing inside
    QVERIFY(map.pixel(cells.point(30.0, 30.0 - 7.5).toPoint()) != qRgb(255, 255, 255));
    QVERIFY(map.pixel(cells.point(30.0, 30.0 - 15.5).toPoint()) != qRgb(255, 255, 255));
}

void NotesTest::aBracketStandsOnRibbonsWithTheirOwnAxis()
{
    FigureNote note = noteOf(Kind::Bracket, "bucket");
    note.offsets = {8, 15};
    PlotContext context = contextOf({note});
    context.figure.rows = {context.figure.rows[1]};
    context.geometry = layOut(context.figure, context.fonts, QSize(760, 200));
    const QImage image = painted(context);
    const int top = context.place(0, 0).plot.y(), line = static_cast<int>(labelLine(context.fonts));
    QVERIFY(!inked(image, QRect(0, top - 4, 760, 4)).isNull());
    const QRect ink = inked(image, QRect(0, 0, 760, top));
    QVERIFY(ink.top() >= top - static_cast<int>(aboveRibbons(context.figure, 0, context.fonts)) + line - 2);
}

void NotesTest::aTextBeginsAtItsPlace()
{
    FigureNote note = noteOf(Kind::Text, "words");
    note.cell = {30, 10};
    note.offsets = {3, 3};
    note.at = -2.0;
    const PlotContext context = contextOf({note});
    const QImage image = painted(context);
    const auto beginsAt = [&](const QRect& plot, const QPointF& at) {
        const QRect ink = inked(image, plot);
        return std::abs(ink.left() - at.x()) <= 4.0 && std::abs(ink.center().y() - at.y()) <= 5.0;
    };
    QVERIFY(beginsAt(context.place(0, 0).plot, mapScale(context).point(30.5, 10.5)));
    const PanelPlace& profile = context.place(2, 0);
    const double x = offsetX(context, profile)(OffsetScale(context.figure.offsetAxis).middle(3));
    const double y = profile.plot.y() + (profile.upper + 2.0) * profile.plot.height() / (profile.upper - profile.lower);
    QVERIFY(beginsAt(profile.plot, {x, y}));
}

void NotesTest::aNoteMayBelongToOnePanel()
{
    FigureNote note = offsetNote(10);
    note.panel = 1;
    const PlotContext context = contextOf({note});
    const QImage image = painted(context);
    QVERIFY(inked(image, context.place(0, 0).plot).isNull());
    QVERIFY(!inked(image, context.place(0, 1).plot).isNull());
    QVERIFY(inked(image, context.place(2, 0).plot).isNull());
}

void NotesTest::notesEndAtTheirPlot()
{
    FigureNote cell = noteOf(Kind::Cell, "a cell at the corner with many words beside it");
    cell.cell = {29, 10};
    FigureNote length = noteOf(Kind::Length, "length");
    length.at = 25;
    FigureNote band = noteOf(Kind::Bracket, "a band with a label that is far too long for a map of this size, really");
    band.offsets = {8, 60};
    const PlotContext context =
        contextOf({offsetNote(12, "offset"), cell, length, band}, CellRect{10.0, 30.0, 10.0, 30.0});
    const QImage image = painted(context);
    QRegion plots;
    for (std::size_t r = 0; r < 3; ++r)
        for (const PanelPlace& place : context.geometry.rows[r])
            plots += place.plot.adjusted(-2, r == 1 ? -40 : -2, 2, 2);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (!plots.contains(QPoint(x, y)))
                QVERIFY2(image.pixel(x, y) == qRgb(255, 255, 255), qPrintable(QString("%1 %2").arg(x).arg(y)));
}

void NotesTest::labelsDoNotMeet()
{
    std::vector<FigureNote> notes;
    for (int k = 0; k < 4; ++k) {
        FigureNote note = noteOf(Kind::Text, "the same place");
        note.cell = {30, 8};
        note.panel = 0;
        notes.push_back(note);
    }
    const PlotContext context = contextOf(notes);
    const QRect four = inked(painted(context), context.place(0, 0).plot);
    const QRect one = inked(painted(contextOf({notes.front()})), context.place(0, 0).plot);
    QVERIFY(four.height() > 3.0 * textHeight(context.fonts.tick));
    QVERIFY(std::abs(four.left() - one.left()) <= 2);
}

void NotesTest::labelsOfACrowdedMapDoNotMeet()
{
    PlotContext context = contextOf({});
    context.geometry = layOut(context.figure, context.fonts, QSize(480, 520));
    const QRectF area(context.place(0, 0).plot);
    const QString word = QStringLiteral("offset");
    const QSizeF size(textWidth(context.fonts.tick, word), textHeight(context.fonts.tick));
    LabelRoom room(area, context.fonts.tick);
    NoteLabels labels(room, context.fonts.tick);
    const int count = static_cast<int>(0.4 * area.width() * area.height() / (size.width() * size.height()));
    for (int k = 0; k < count; ++k)
        labels.putAbout(word.toStdString(), area.center(), Qt::black);
    std::vector<QRectF> places;
    for (const PlacedLabel& label : room.place(labels.wishes()))
        places.push_back(label.rect);
    QCOMPARE(places.size(), static_cast<std::size_t>(count));
    QVERIFY(count > 15);
    for (std::size_t a = 0; a < places.size(); ++a)
        for (std::size_t b = a + 1; b < places.size(); ++b)
            QVERIFY(!places[a].intersects(places[b]));
}

void NotesTest::rimsAreShapesNotText()
{
    FigureNote note = noteOf(Kind::Text, "unmistakable");
    note.cell = {30, 8};
    note.panel = 0;
    PlotContext context = contextOf({note});
    placeLabels(context);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setSize(context.geometry.size);
    {
        QPainter painter(&svg);
        paintNoteLines(painter, context);
        paintNoteWords(painter, context);
    }
    QCOMPARE(buffer.data().count("unmistakable"), 1);
    QVERIFY(!buffer.data().contains("<image"));
}

QTEST_MAIN(NotesTest)
#include "notes.moc"
