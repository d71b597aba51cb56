// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export_dialog.h"

#include "core/base/error.h"
#include "ui/window/export_memory.h"
#include "ui/window/export_preview.h"
#include "ui/window/settings.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>

#include <algorithm>
#include <cmath>

namespace posbias::ui {

namespace {

struct FormatEntry {
    FigureFormat format;
    const char* suffix;
    const char* label;
};
constexpr FormatEntry formats[] = {
    {FigureFormat::Pdf, "pdf", QT_TRANSLATE_NOOP("posbias::ui::ExportDialog", "PDF, for papers")},
    {FigureFormat::Svg, "svg", QT_TRANSLATE_NOOP("posbias::ui::ExportDialog", "SVG, for editing")},
    {FigureFormat::Png, "png", QT_TRANSLATE_NOOP("posbias::ui::ExportDialog", "PNG, for slides")},
};

/// Zoom, axis or raw biases differ from what `posbias render` draws.
bool isDefault(const FigureOptions& options)
{
    const FigureOptions standard;
    return options.logarithmicOffsets == standard.logarithmicOffsets && options.rawBias == standard.rawBias
        && !options.visible;
}

QDoubleSpinBox* millimetres()
{
    auto* box = new QDoubleSpinBox;
    box->setRange(10.0, 2000.0);
    box->setDecimals(1);
    box->setSuffix(QStringLiteral(" mm"));
    return box;
}

/// Core's messages name a setting and its option; the window has no options.
QString inWindowWords(QString message)
{
    static const QRegularExpression option(QStringLiteral(R"( \(-[-a-z]+\))"));
    message.remove(option);
    if (message.startsWith(QLatin1String("-o is")))
        message.replace(0, 2, ExportDialog::tr("The file"));
    return message.endsWith(u'.') ? message : message + u'.';
}

}  // namespace

ExportDialog::ExportDialog(std::shared_ptr<const Result> result, FigureKind kind, const FigureOptions& asShown,
                           const QString& file, QWidget* parent)
    : QDialog(parent), m_result(std::move(result)), m_asShown(asShown), m_kind(new QComboBox),
      m_format(new QComboBox), m_theme(new QComboBox), m_width(millimetres()), m_height(millimetres()),
      m_dpi(new QSpinBox), m_zoomed(new QCheckBox(tr("As &zoomed in the window"))), m_file(new QLineEdit),
      m_problem(new QLabel), m_preview(new ExportPreview([this] { return std::pair(figure(), chosen()); })),
      m_write(new QPushButton(tr("E&xport"))), m_copy(new QPushButton(tr("&Copy")))
{
    setWindowTitle(tr("Export figure"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* row = new QHBoxLayout;
    row->setSpacing(24);
    row->addWidget(form());
    row->addWidget(m_preview, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(14);
    column->addLayout(row, 1);
    column->addWidget(fileRow());
    column->addWidget(buttons());
    fillForm(kind);
    const QString folder = settings().value(QStringLiteral("export/folder"), QDir::homePath()).toString();
    m_file->setText(QDir(folder).filePath(file));
    formatChanged();
    kindChanged();
    m_write->setDefault(true);  // only now does it know its dialog
    resize(960, 560);
}

QWidget* ExportDialog::form()
{
    auto* panel = new QWidget;
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    auto* rows = new QFormLayout;
    rows->setVerticalSpacing(10);
    rows->setHorizontalSpacing(16);
    rows->addRow(tr("&Figure"), m_kind);
    rows->addRow(QString(), m_zoomed);
    rows->addRow(tr("For&mat"), m_format);
    rows->addRow(tr("&Width"), m_width);
    rows->addRow(tr("&Height"), m_height);
    rows->addRow(tr("&Resolution"), m_dpi);
    rows->addRow(tr("&Theme"), m_theme);
    column->addLayout(rows);
    m_problem->setWordWrap(true);
    column->addWidget(m_problem);
    column->addStretch(1);
    panel->setFixedWidth(320);
    return panel;
}

QWidget* ExportDialog::fileRow()
{
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(tr("Fi&le"));
    label->setBuddy(m_file);
    auto* browseButton = new QPushButton(tr("&Browse…"));
    browseButton->setAutoDefault(false);
    line->addWidget(label);
    line->addSpacing(10);
    line->addWidget(m_file, 1);
    line->addWidget(browseButton);
    connect(browseButton, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(m_file, &QLineEdit::textChanged, this, [this](const QString& text) { m_file->setToolTip(text); });
    return row;
}

QWidget* ExportDialog::buttons()
{
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto* cancel = new QPushButton(tr("Cancel"));
    line->addWidget(m_copy);
    line->addStretch(1);
    line->addWidget(cancel);
    line->addWidget(m_write);
    // Return exports, wherever the focus is.
    for (QPushButton* button : {m_copy, cancel})
        button->setAutoDefault(false);
    m_write->setProperty("primary", true);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_copy, &QPushButton::clicked, this, &ExportDialog::copy);
    connect(m_write, &QPushButton::clicked, this, &ExportDialog::write);
    return row;
}

void ExportDialog::fillForm(FigureKind kind)
{
    for (const FigureKind each : figureKinds())
        m_kind->addItem(QString::fromStdString(figureTitle(each)), static_cast<int>(each));
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(kind)));
    for (const FormatEntry& each : formats)
        m_format->addItem(tr(each.label), QString::fromLatin1(each.suffix));
    m_format->setCurrentIndex(
        std::max(0, m_format->findData(settings().value(QStringLiteral("export/format"), "pdf").toString())));
    m_theme->addItem(tr("Light"), static_cast<int>(ThemeName::Light));
    m_theme->addItem(tr("Dark"), static_cast<int>(ThemeName::Dark));
    m_dpi->setRange(36, 2400);
    m_dpi->setSuffix(tr(" dpi"));
    const bool plain = isDefault(m_asShown);
    m_zoomed->setEnabled(!plain);
    m_zoomed->setChecked(!plain);
    m_zoomed->setToolTip(tr("With the window's zoom, offset axis and kind of bias, not the whole sequence"));
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ExportDialog::kindChanged);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::formatChanged);
    connect(m_theme, &QComboBox::currentIndexChanged, this, &ExportDialog::settingsChanged);
    connect(m_zoomed, &QCheckBox::toggled, this, &ExportDialog::settingsChanged);
    connect(m_dpi, &QSpinBox::valueChanged, this, &ExportDialog::settingsChanged);
    for (QDoubleSpinBox* box : {m_width, m_height})
        connect(box, &QDoubleSpinBox::valueChanged, this, &ExportDialog::settingsChanged);
}

FigureKind ExportDialog::kind() const
{
    return static_cast<FigureKind>(m_kind->currentData().toInt());
}

FigureFormat ExportDialog::format() const
{
    return formats[m_format->currentIndex()].format;
}

ExportSettings ExportDialog::chosen() const
{
    return {m_width->value(), m_height->value(), m_dpi->value(), static_cast<ThemeName>(m_theme->currentData().toInt())};
}

Figure ExportDialog::figure() const
{
    return makeFigure(*m_result, kind(), m_zoomed->isChecked() ? m_asShown : FigureOptions{});
}

void ExportDialog::showSettings(const ExportSettings& shown)
{
    m_width->setValue(shown.widthMm);
    m_height->setValue(shown.heightMm);
    m_dpi->setValue(shown.dpi);
    m_theme->setCurrentIndex(m_theme->findData(static_cast<int>(shown.theme)));
}

void ExportDialog::kindChanged()
{
    showSettings(rememberedExportSettings(kind()));
    settingsChanged();
}

void ExportDialog::formatChanged()
{
    const QString suffix = m_format->currentData().toString();
    QString name = m_file->text();
    const bool known = std::any_of(std::begin(formats), std::end(formats), [&](const FormatEntry& each) {
        return QFileInfo(name).suffix().compare(QLatin1String(each.suffix), Qt::CaseInsensitive) == 0;
    });
    if (known)
        name.chop(QFileInfo(name).suffix().size() + 1);
    m_file->setText(name + u'.' + suffix);
    settingsChanged();
}

void ExportDialog::settingsChanged()
{
    QString problem;
    try {
        validate(chosen(), format());
    } catch (const InputError& error) {
        problem = inWindowWords(QString::fromStdString(error.what()));
    }
    m_problem->setText(problem);
    m_write->setEnabled(problem.isEmpty());
    m_copy->setEnabled(problem.isEmpty());
    if (format() == FigureFormat::Png) {
        const auto pixels = [this](double mm) { return QString::number(std::lround(mm / 25.4 * m_dpi->value())); };
        m_preview->setCaption(tr("%1 × %2 pixels").arg(pixels(m_width->value()), pixels(m_height->value())));
    } else {
        m_preview->setCaption(tr("Vector; maps at %1 dpi").arg(m_dpi->value()));
    }
    m_preview->refresh();
}

void ExportDialog::browse()
{
    const QString suffix = m_format->currentData().toString();
    const QString file = QFileDialog::getSaveFileName(this, tr("Export figure"), m_file->text(),
                                                      QStringLiteral("%1 (*.%2)").arg(suffix.toUpper(), suffix), nullptr,
                                                      QFileDialog::DontConfirmOverwrite);
    if (file.isEmpty())
        return;
    m_file->setText(file);
    formatChanged();
}

void ExportDialog::copy()
{
    try {
        const WaitCursor wait;
        QGuiApplication::clipboard()->setImage(renderImage(figure(), chosen()));
        remember();
    } catch (const std::exception& error) {
        m_problem->setText(inWindowWords(QString::fromStdString(error.what())));
    }
}

void ExportDialog::write()
{
    const QString file = m_file->text().trimmed();
    if (QFileInfo::exists(file)
        && QMessageBox::question(this, windowTitle(), tr("“%1” exists. Replace it?").arg(QFileInfo(file).fileName()))
               != QMessageBox::Yes)
        return;
    try {
        const WaitCursor wait;
        exportFigure(figure(), m_result->experiment, chosen(), std::filesystem::path(file.toStdU16String()));
    } catch (const std::exception& error) {
        QMessageBox box(QMessageBox::NoIcon, windowTitle(), tr("The figure was not written."), QMessageBox::Ok, this);
        box.setInformativeText(inWindowWords(QString::fromStdString(error.what())));
        box.setTextFormat(Qt::PlainText);
        box.exec();
        return;
    }
    remember();
    settings().setValue(QStringLiteral("export/folder"), QFileInfo(file).absolutePath());
    accept();
}

void ExportDialog::remember() const
{
    settings().setValue(QStringLiteral("export/format"), m_format->currentData());
    rememberExportSettings(kind(), chosen());
}

}  // namespace posbias::ui
