// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/about_dialog.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <qcustomplot.h>

#include <utility>

namespace posbias::ui {

namespace {

constexpr QSize roomAround(0, 140);  // of a page, in the window

QString words(const char* text)
{
    return QCoreApplication::translate("Help", text);
}

void showPage(QWidget* window, const QString& title, const QString& richText)
{
    auto* dialog = new QDialog(window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    auto* label = new QLabel(richText);
    label->setTextFormat(Qt::RichText);
    label->setTextInteractionFlags(Qt::TextBrowserInteraction);
    label->setOpenExternalLinks(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto* column = new QVBoxLayout(dialog);
    column->setContentsMargins(24, 20, 24, 16);
    column->setSpacing(16);
    const QSize room = window->size() - roomAround;
    auto* page = new QScrollArea;
    page->setWidget(label);
    page->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    label->adjustSize();
    const bool scrolls = label->height() > room.height();
    page->setFixedSize(label->width() + (scrolls ? page->verticalScrollBar()->sizeHint().width() + 8 : 0),
                       std::min(label->height(), room.height()));
    column->addWidget(page);
    column->addWidget(buttons);
    column->setSizeConstraint(QLayout::SetFixedSize);
    dialog->open();
}

QString table(std::initializer_list<std::pair<QString, QString>> rows)
{
    QString html = QStringLiteral("<table cellspacing='0' cellpadding='3'>");
    for (const auto& [left, right] : rows)
        html += QStringLiteral("<tr><td><b>%1</b>&nbsp;&nbsp;&nbsp;</td><td>%2</td></tr>").arg(left, right);
    return html + QStringLiteral("</table>");
}

QString pre(const char* text)
{
    return QStringLiteral("<pre>%1</pre>").arg(QString::fromUtf8(text).toHtmlEscaped());
}

}  // namespace

void showAbout(QWidget* window)
{
    const QString name = QStringLiteral("<h2>PosBias %1</h2>").arg(QCoreApplication::applicationVersion());
    const QString text =
        words("<p>See positional bias in Transformer attention: what a scheme learns for every offset,<br>"
              "and what becomes of it past the training length.</p>");
    const QString versions = words("<p>Qt %1, QCustomPlot %2, Eigen, nlohmann/json</p>")
                                 .arg(QString::fromLatin1(qVersion()), QStringLiteral(QCUSTOMPLOT_VERSION_STR));
    const QString licence = words("<p>Free software under the GNU General Public License, version 3 or later.<br>"
                                  "T5 buckets after Raffel et al. (2020), per-offset biases after Xiao and Zhu,<br>"
                                  "<i>Foundations of Large Language Models</i> (2025).</p>");
    showPage(window, words("About PosBias"), name + text + versions + licence);
}

void showKeysAndGestures(QWidget* window)
{
    const QString picture = table({
        {words("hover"), words("moves the crosshair in every view at once")},
        {words("click"), words("pins it; click it again or press Esc to release")},
        {words("arrow keys"), words("move it by a cell; with Shift by ten; with Ctrl to the next bucket border")},
        {words("wheel, pinch"), words("zooms about the pointer; with Ctrl four times as fast")},
        {words("drag, two fingers"), words("moves the picture")},
        {words("right drag, Shift + drag"), words("zooms to a box")},
        {words("double click"), words("shows the whole sequence")},
        {words("Ctrl + plus, minus"), words("zooms about the crosshair")},
        {words("Ctrl + Shift + arrow keys"), words("moves the picture by a quarter")},
        {words("Ctrl + 0, T, B"), words("zooms to the whole sequence, the training length, its boundary")},
        {words("Alt + Left, Right"),
         words("goes to the previous, the next zoom; so do a mouse's back and forward buttons")},
        {words("right click"), words("what this is; copies its value or its formula as LaTeX")},
    });
    const QString lab = table({
        {words("Space"), words("plays training, pauses it")},
        {words("comma, period"), words("one step back, one step forward")},
        {words("click in a chart"), words("goes to that step, that length, that setting")},
        {words("drag a handle"), words("in Level: moves a scheme’s level; 0 puts both back as trained")},
        {words("drop a .csv file"), words("shows the document lengths in it, to be taken over")},
    });
    const QString commands = table({
        {words("Ctrl + K"), words("every command and preset, by typing")},
        {words("Ctrl + 1 … 7"), words("Compare, Attention, Exposure, Learning, Generalization, Level, Sweep")},
        {words("Ctrl + L, Ctrl + R"), words("logarithmic or linear offsets; raw or relative biases")},
        {words("F5"), words("present: larger type, full screen; Esc leaves")},
        {words("F6, F7"), words("the experiment panel, the inspector")},
        {words("Ctrl + E, Ctrl + Shift + C"), words("export, copy the figure")},
        {words("Esc"), words("leaves Present, else cancels work, else releases the crosshair")},
    });
    showPage(
        window, words("Keys and gestures"),
        QStringLiteral("<h3>%1</h3>%2<h3>%3</h3>%4<h3>%5</h3>%6")
            .arg(words("In the picture"), picture, words("In the learning lab"), lab, words("Anywhere"), commands));
}

void showCommandLine(QWidget* window)
{
    const QString intro = words("<p>Everything the window computes and draws is there without a display too.<br>"
                                "EXPERIMENT is a .posbias file or the name of a preset.</p>");
    const QString commands = pre("posbias FILE                                    open a file in this window\n"
                                 "posbias presets                                 the built-in experiments\n"
                                 "posbias compare EXPERIMENT --lengths 512,1000   distance from the data\n"
                                 "posbias render EXPERIMENT -o figure.pdf         the figure that Export writes\n"
                                 "posbias buckets --scheme t5 --offsets 0:200     which bucket an offset uses\n"
                                 "posbias learn EXPERIMENT -o learned.csv         the learned parameters\n"
                                 "posbias sweep EXPERIMENT --over buckets=2:512   the error against a setting\n"
                                 "posbias exposure EXPERIMENT                     training pairs per parameter\n"
                                 "posbias matrix EXPERIMENT -o bias.npy           the n x n matrix\n"
                                 "posbias --help                                  all of it\n");
    showPage(window, words("Command line"), intro + commands);
}

}  // namespace posbias::ui
