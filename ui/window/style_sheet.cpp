// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/style_sheet.h"

#include <QHash>

namespace posbias::ui {

namespace {

QString mix(const QColor& a, const QColor& b, float share)
{
    const auto part = [share](float x, float y) { return x + (y - x) * share; };
    return QColor::fromRgbF(part(a.redF(), b.redF()), part(a.greenF(), b.greenF()), part(a.blueF(), b.blueF())).name();
}

constexpr auto surfaces = R"(
QMainWindow, QDialog, QMessageBox { background: @window; }
QWidget[surface="panel"] { background: @window; }
QWidget[surface="stage"] { background: @stage; }
QWidget[surface="bar"] { background: @field; border-bottom: 1px solid @strongFrame; }
QWidget[surface="caption"] { background: @window; border-top: 1px solid @frame; }
QWidget[surface="note"] { background: @field; border: 1px solid @strongFrame; border-radius: 8px; }
QWidget[surface="line"] { background: @frame; }
QMenuBar { background: @window; }
QMenuBar::item { padding: 3px 9px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @pressed; color: @text; }
QMenu { background: @field; color: @text; border: 1px solid @frame; padding: 4px; }
QMenu::item { background: transparent; color: @text; padding: 5px 26px 5px 30px; border-radius: 4px; }
QMenu::item:selected { background: @selected; color: @selectedText; }
QMenu::item:disabled { background: transparent; color: @disabled; }
QMenu::indicator { width: 14px; height: 14px; left: 9px; }
QMenu::indicator:checked { image: url(:/posbias/check.svg); }
QCheckBox { spacing: 7px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid @strongFrame; border-radius: 3px; background: @field; }
QCheckBox::indicator:hover, QCheckBox:focus::indicator { border-color: @accent; }
QCheckBox::indicator:checked { image: url(:/posbias/check.svg); background: @selected; border-color: @accent; }
QCheckBox::indicator:disabled { background: @window; border-color: @frame; }
QMenu::right-arrow { width: 10px; height: 10px; right: 8px; }
QMenu::separator { height: 1px; background: @frame; margin: 4px 8px; }
QToolTip { background: @field; color: @text; border: 1px solid @frame; padding: 4px 6px; }
QStatusBar { background: @window; border-top: 1px solid @frame; color: @faint; }
QStatusBar::item { border: none; }
QScrollArea { border: none; background: transparent; }
QLabel[faint="true"] { color: @faint; }
QLabel[problem="true"] { color: @error; }
QTabWidget::pane { border: none; border-top: 1px solid @frame; }
QTabBar::tab { background: transparent; color: @faint; padding: 5px 9px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:hover, QTabBar::tab:focus { color: @text; }
)";

constexpr auto buttons = R"(
QToolButton, QPushButton { background: @field; color: @text; border: 1px solid @frame; border-radius: 5px;
    padding: 4px 11px; min-height: 18px; }
QToolButton:hover, QPushButton:hover { background: @hover; }
QToolButton:pressed, QPushButton:pressed, QPushButton:open { background: @pressed; }
QToolButton:disabled, QPushButton:disabled { color: @disabled; }
QToolButton:focus, QPushButton:focus { border-color: @accent; }
QToolButton:checked { background: @selected; color: @selectedText; }
QToolButton::menu-indicator { image: url(:/posbias/chevron-down.svg); subcontrol-origin: padding;
    subcontrol-position: right center; right: 7px; width: 10px; height: 10px; }
*[primary="true"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 500; }
*[primary="true"]:hover { background: @accentHover; border-color: @accentHover; }
*[primary="true"]:disabled { background: @pressed; color: @disabled; border-color: @frame; }
QToolButton[segment] { border-radius: 0; border-right-width: 0; padding: 4px 12px; }
QToolButton[tight="true"] { padding: 4px 6px; }
QToolButton[segment="first"] { border-top-left-radius: 5px; border-bottom-left-radius: 5px; }
QToolButton[segment="last"] { border-right-width: 1px; border-top-right-radius: 5px;
    border-bottom-right-radius: 5px; }
QToolButton[segment="only"] { border-right-width: 1px; border-radius: 5px; }
QToolButton[segment]:focus { border: 1px solid @accent; }
QToolButton[strip="true"] { background: transparent; border: none; border-radius: 4px; padding: 2px; }
QToolButton[strip="true"]:hover { background: @pressed; }
QToolButton[link="true"] { background: transparent; border: none; padding: 0 2px; color: @faint; min-height: 0; }
QToolButton[link="true"]:hover { color: @text; }
)";

constexpr auto fields = R"(
QComboBox, QLineEdit { background: @field; color: @text; border: 1px solid @frame;
    border-radius: 4px; padding: 3px 7px; min-height: 18px; selection-background-color: @accent;
    selection-color: @onAccent; }
QComboBox:hover, QLineEdit:hover { border-color: @strongFrame; }
QComboBox:focus, QComboBox:on, QLineEdit:focus { border-color: @accent; }
QComboBox:disabled, QLineEdit:disabled { color: @disabled; background: @window; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url(:/posbias/chevron-down.svg); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: @field; color: @text; border: 1px solid @frame; outline: none;
    selection-background-color: @selected; selection-color: @selectedText; }
QComboBox QAbstractItemView::item { min-height: 24px; padding: 0 6px; }
QSlider { min-height: 20px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @groove; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: @accent; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -5px 0; border-radius: 7px; background: @handle;
    border: 1px solid @strongFrame; }
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { border-color: @accent; }
QSlider::sub-page:horizontal:disabled { background: @groove; }
)";

constexpr auto lists = R"(
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @groove; border-radius: 3px; margin: 2px; min-width: 24px; min-height: 24px; }
QScrollBar::handle:hover { background: @strongFrame; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar[thin="true"] { background: transparent; border: none; max-height: 3px; min-height: 3px; }
QProgressBar[thin="true"]::chunk { background: @accent; }
QListView[commands="true"] { background: transparent; border: none; outline: none; }
QListView[commands="true"]::item { padding: 5px 8px; border-radius: 4px; }
QListView[commands="true"]::item:selected { background: @selected; color: @selectedText; }
QDialog[commands="true"] { background: @field; border: 1px solid @strongFrame; }
)";

}  // namespace

QString styleSheet(const Theme& theme)
{
    const bool dark = theme.name == ThemeName::Dark;
    const QColor white(Qt::white), black(Qt::black);
    const QColor field = dark ? theme.window.lighter(118) : white;
    const QHash<QString, QString> colours = {
        {"window", theme.window.name()},
        {"stage", theme.stage.name()},
        {"frame", theme.frame.name()},
        {"strongFrame", mix(theme.frame, theme.text, 0.25F)},
        {"groove", mix(theme.frame, theme.text, 0.06F)},
        {"text", theme.text.name()},
        {"faint", theme.faintText.name()},
        {"error", theme.error.name()},
        {"disabled", mix(theme.faintText, theme.window, 0.4F)},
        {"field", field.name()},
        {"hover", mix(field, theme.text, 0.04F)},
        {"pressed", mix(theme.window, theme.text, 0.10F)},
        {"handle", dark ? mix(theme.text, black, 0.1F) : white.name()},
        {"accent", theme.accent.name()},
        {"accentHover", mix(theme.accent, dark ? white : black, 0.12F)},
        {"onAccent", dark ? "#101418" : "#ffffff"},
        {"selected", mix(field, theme.accent, dark ? 0.22F : 0.12F)},
        {"selectedText", theme.text.name()},
    };
    const QString source =
        QString::fromLatin1(surfaces) + QLatin1String(buttons) + QLatin1String(fields) + QLatin1String(lists);
    QString sheet;
    sheet.reserve(source.size() * 2);
    for (qsizetype at = 0; at < source.size(); ++at) {
        if (source[at] != u'@') {
            sheet += source[at];
            continue;
        }
        qsizetype end = at + 1;
        while (end < source.size() && source[end].isLetter())
            ++end;
        sheet += colours.value(source.mid(at + 1, end - at - 1));
        at = end - 1;
    }
    return sheet;
}

}  // namespace posbias::ui
