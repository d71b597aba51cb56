// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/figure_drag.h"

#include "ui/plot/figure_rendering.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QUrl>

namespace posbias::ui {

namespace {

const QString pngType = QStringLiteral("image/png");
const QString svgType = QStringLiteral("image/svg+xml");
const QString fileType = QStringLiteral("text/uri-list");

/// The other program may read the file long after the dialog is closed: it stays until this program ends.
const QTemporaryDir& dragFolder()
{
    static const QTemporaryDir folder;
    return folder;
}

}  // namespace

FigureMimeData::FigureMimeData(Figure figure, Recipe recipe, FigureFormat format)
    : m_figure(std::move(figure)), m_recipe(std::move(recipe)), m_format(format)
{
}

QStringList FigureMimeData::formats() const
{
    return {fileType, pngType, svgType};
}

bool FigureMimeData::hasFormat(const QString& mimeType) const
{
    return formats().contains(mimeType);
}

QVariant FigureMimeData::retrieveData(const QString& mimeType, QMetaType) const
{
    try {
        if (mimeType == pngType)
            return bytes(FigureFormat::Png);
        if (mimeType == svgType)
            return bytes(FigureFormat::Svg);
        if (mimeType == fileType)
            return writtenFile().toEncoded() + "\r\n";
    } catch (const std::exception&) {  // nobody is there to be told: the other program gets nothing
    }
    return {};
}

QByteArray FigureMimeData::bytes(FigureFormat format) const
{
    const auto [made, isNew] = m_made.try_emplace(format);
    if (isNew)
        made->second = renderFigure(m_figure, m_recipe, format).bytes;
    return made->second;
}

QUrl FigureMimeData::writtenFile() const
{
    const QString name = QString::fromStdString(m_recipe.design.name + '.' + endingOf(m_format));
    const QString file = dragFolder().filePath(name);
    writeFigure(renderFigure(m_figure, m_recipe, m_format), std::filesystem::path(file.toStdU16String()));
    return QUrl::fromLocalFile(file);
}

void toClipboard(const FigureRendering& rendering, FigureFormat format)
{
    auto* data = new QMimeData;
    const QByteArray& bytes = rendering.rendered().bytes;
    if (format == FigureFormat::Svg) {
        data->setData(svgType, bytes);
        data->setText(QString::fromUtf8(bytes));
    } else {
        data->setImageData(rendering.image());
        data->setData(pngType, bytes);
    }
    QGuiApplication::clipboard()->setMimeData(data);
}

}  // namespace posbias::ui
