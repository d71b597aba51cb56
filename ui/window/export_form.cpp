// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export_form.h"

#include "core/base/error.h"
#include "ui/window/export_memory.h"
#include "ui/window/settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QRegularExpression>
#include <QSpinBox>

#include <algorithm>

namespace posbias::ui {

namespace {

struct FormatEntry {
    FigureFormat format;
    const char* suffix;
    const char* label;
};
constexpr FormatEntry formats[] = {
    {FigureFormat::Pdf, "pdf", QT_TRANSLATE_NOOP("posbias::ui::ExportForm", "PDF, for papers")},
    {FigureFormat::Svg, "svg", QT_TRANSLATE_NOOP("posbias::ui::ExportForm", "SVG, for editing")},
    {FigureFormat::Png, "png", QT_TRANSLATE_NOOP("posbias::ui::ExportForm", "PNG, for slides")},
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

}  // namespace

ExportForm::ExportForm(FigureKind kind, const FigureOptions& asShown)
    : m_asShown(asShown), m_kind(new QComboBox), m_format(new QComboBox), m_theme(new QComboBox),
      m_width(millimetres()), m_height(millimetres()), m_dpi(new QSpinBox),
      m_zoomed(new QCheckBox(tr("As &zoomed in the window"))), m_problem(new QLabel)
{
    arrange();
    fill(kind);
    showSettings(rememberedPage(kind));
    connectAll();
    check();
}

void ExportForm::arrange()
{
    auto* column = new QVBoxLayout(this);
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
    setFixedWidth(320);
}

void ExportForm::fill(FigureKind kind)
{
    for (const FigureKind each : figureKinds())
        m_kind->addItem(QString::fromStdString(figureTitle(each)), static_cast<int>(each));
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(kind)));
    for (const FormatEntry& each : formats)
        m_format->addItem(tr(each.label), QString::fromLatin1(each.suffix));
    m_format->setCurrentIndex(
        std::max(0, m_format->findData(ui::settings().value(QStringLiteral("export/format"), "pdf").toString())));
    m_theme->addItem(tr("Light"), static_cast<int>(ThemeName::Light));
    m_theme->addItem(tr("Dark"), static_cast<int>(ThemeName::Dark));
    m_dpi->setRange(36, 2400);
    m_dpi->setSuffix(tr(" dpi"));
    const bool plain = isDefault(m_asShown);
    m_zoomed->setEnabled(!plain);
    m_zoomed->setChecked(!plain);
    m_zoomed->setToolTip(tr("With the window's zoom, offset axis and kind of bias, not the whole sequence"));
}

void ExportForm::connectAll()
{
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        showSettings(rememberedPage(kind()));
        check();
    });
    connect(m_format, &QComboBox::currentIndexChanged, this, [this] {
        Q_EMIT formatChanged();
        check();
    });
    connect(m_theme, &QComboBox::currentIndexChanged, this, &ExportForm::check);
    connect(m_zoomed, &QCheckBox::toggled, this, &ExportForm::check);
    connect(m_dpi, &QSpinBox::valueChanged, this, &ExportForm::check);
    for (QDoubleSpinBox* box : {m_width, m_height})
        connect(box, &QDoubleSpinBox::valueChanged, this, &ExportForm::check);
}

FigureKind ExportForm::kind() const
{
    return static_cast<FigureKind>(m_kind->currentData().toInt());
}

FigureOptions ExportForm::options() const
{
    return m_zoomed->isChecked() ? m_asShown : FigureOptions{};
}

FigureFormat ExportForm::format() const
{
    return formats[m_format->currentIndex()].format;
}

QString ExportForm::suffix() const
{
    return m_format->currentData().toString();
}

Page ExportForm::settings() const
{
    const auto theme = static_cast<ThemeName>(m_theme->currentData().toInt());
    Page page;
    page.widthMm = m_width->value();
    page.heightMm = m_height->value();
    page.dpi = m_dpi->value();
    page.theme = theme;
    return page;
}

QString ExportForm::withSuffix(QString file) const
{
    const QString now = QFileInfo(file).suffix();
    const bool known = std::any_of(std::begin(formats), std::end(formats), [&](const FormatEntry& each) {
        return now.compare(QLatin1String(each.suffix), Qt::CaseInsensitive) == 0;
    });
    if (known)
        file.chop(now.size() + 1);
    return file + u'.' + suffix();
}

void ExportForm::showSettings(const Page& shown)
{
    m_width->setValue(shown.widthMm);
    m_height->setValue(shown.heightMm);
    m_dpi->setValue(shown.dpi);
    m_theme->setCurrentIndex(m_theme->findData(static_cast<int>(shown.theme)));
}

void ExportForm::check()
{
    QString problem;
    try {
        validate(settings(), format());
    } catch (const InputError& error) {
        problem = inWindowWords(QString::fromStdString(error.what()));
    }
    m_valid = problem.isEmpty();
    m_problem->setText(problem);
    Q_EMIT changed();
}

void ExportForm::tellProblem(const QString& message)
{
    m_problem->setText(message);
}

void ExportForm::remember() const
{
    ui::settings().setValue(QStringLiteral("export/format"), suffix());
    rememberPage(kind(), settings());
}

QString ExportForm::inWindowWords(QString message)
{
    static const QRegularExpression option(QStringLiteral(R"( \(-[-a-z]+\))"));
    message.remove(option);
    if (message.startsWith(QLatin1String("-o is")))
        message.replace(0, 2, tr("The file"));
    return message.endsWith(u'.') ? message : message + u'.';
}

}  // namespace posbias::ui
