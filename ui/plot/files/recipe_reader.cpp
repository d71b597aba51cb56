// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/io/lecture_file.h"
#include "core/io/text_file.h"
#include "ui/plot/files/figure_recipe.h"
#include "ui/plot/files/recipe_blocks.h"

#include <QXmlStreamReader>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>

namespace posbias::ui {
namespace {

constexpr qint64 mostRead = 64 << 20;  ///< bytes
constexpr TextKind figureKind{"a figure", "; no figure of PosBias is", mostRead};

/// By the name's bytes, which need not be UTF-8.
QByteArray readBytes(const std::filesystem::path& file, qsizetype most)
{
    const std::string name = file.string();
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(file, error);
    if (std::filesystem::is_directory(status))
        throw InputError(name, name + " is a directory, not a figure");
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
        throw InputError(name, name + " is no figure");
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(file.c_str(), "rbe"), &std::fclose);
    if (!stream)
        throw InputError(name, "cannot open " + name + ": " + std::strerror(errno));
    QByteArray bytes;
    while (bytes.size() < most) {
        constexpr qsizetype block = 1 << 20;
        const qsizetype size = bytes.size(), wanted = std::min(block, most - size);
        bytes.resize(size + wanted);
        const std::size_t read = std::fread(bytes.data() + size, 1, static_cast<std::size_t>(wanted), stream.get());
        bytes.resize(size + static_cast<qsizetype>(read));
        if (std::ferror(stream.get()) != 0)
            throw InputError(name, "cannot read " + name + ": " + std::strerror(errno));
        if (read == 0)
            break;
    }
    return bytes;
}

/// Stops at a document type: what it declares is not for us, and our files have none.
std::optional<QByteArray> xmlRecipeIn(QXmlStreamReader reader)
{
    while (!reader.atEnd()) {
        switch (reader.readNext()) {
        case QXmlStreamReader::DTD: return {};
        case QXmlStreamReader::StartElement:
            if (reader.name() == QLatin1String(recipeElement) &&
                reader.namespaceUri() == QLatin1String(recipeNamespace)) {
                const QString text = reader.readElementText();
                return reader.hasError() ? std::nullopt : std::optional(text.toUtf8());
            }
            break;
        default: break;
        }
    }
    return {};
}

std::optional<QByteArray> pdfRecipeIn(const QByteArray& pdf)
{
    const QByteArray begin = "<?xpacket begin", end = "<?xpacket end";
    for (qsizetype from = pdf.indexOf(begin); from >= 0;) {
        const qsizetype to = pdf.indexOf(end, from);
        if (to < 0)
            return {};
        if (auto recipe = xmlRecipeIn(QXmlStreamReader(pdf.mid(from, to - from))))
            return recipe;
        from = pdf.indexOf(begin, to);
    }
    return {};
}

std::optional<QByteArray> texRecipeIn(const QByteArray& tex)
{
    const QByteArray mark = texRecipeMark;
    qsizetype from = tex.startsWith(mark) ? 0 : tex.indexOf('\n' + mark) + 1;
    if (from == 0 && !tex.startsWith(mark))
        return {};
    QByteArrayList lines;
    while (QByteArrayView(tex).sliced(from).startsWith(mark)) {
        const qsizetype end = tex.indexOf('\n', from);
        QByteArray line = tex.mid(from + mark.size(), (end < 0 ? tex.size() : end) - from - mark.size());
        lines << (line.startsWith(' ') ? line.mid(1) : line);
        from = end < 0 ? tex.size() : end + 1;
    }
    return lines.join('\n');
}

bool looksLikeSvg(const QByteArray& bytes)
{
    const QByteArray start = bytes.left(4096);
    return start.trimmed().startsWith('<') && start.contains("<svg");
}

struct FoundRecipe {
    const char* kind = nullptr;  ///< of file; none: no figure
    std::optional<QByteArray> text;
};

FoundRecipe recipeIn(QByteArray bytes, const std::filesystem::path& file)
{
    if (isGzip({bytes.constData(), static_cast<std::size_t>(bytes.size())}))  // .svgz
        bytes = QByteArray::fromStdString(unpackedGzip(bytes.toStdString(), file.string(), figureKind));
    const QByteArray head = QByteArray(recipeKey);
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return {"a PNG picture", pngText(bytes, head)};
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a"))
        return {"a GIF picture", gifComment(bytes, head + '\n')};
    if (bytes.left(1024).contains("%PDF-"))
        return {"a PDF", pdfRecipeIn(bytes)};
    // Editors may have changed how characters are written and how lines end.
    const FileText decoded = decodedText(bytes.toStdString(), file.string(), figureKind);
    bytes = QByteArray::fromStdString(decoded.text);
    if (looksLikeSvg(bytes)) {
        if (decoded.encoding == "UTF-8")
            return {"an SVG picture", xmlRecipeIn(QXmlStreamReader(bytes))};  // it knows other encodings by name
        return {"an SVG picture", xmlRecipeIn(QXmlStreamReader(QString::fromUtf8(bytes)))};
    }
    const bool tex = QString::fromStdString(file.extension().string()).toLower() == QLatin1String(".tex");
    if (auto text = texRecipeIn(bytes); text || tex)
        return {"a TeX file", std::move(text)};
    return {};
}

}  // namespace

std::string recipeText(const std::filesystem::path& file)
{
    return recipeTextIn(readBytes(file, mostRead), file);
}

QByteArray fileContent(const std::filesystem::path& file)
{
    return readBytes(file, std::numeric_limits<int>::max());
}

std::string recipeTextIn(const QByteArray& bytes, const std::filesystem::path& file)
{
    const std::string name = file.string();
    FoundRecipe found;
    try {
        found = recipeIn(bytes.left(mostRead), file);
    } catch (const InputError& error) {
        throw error.subject().empty() ? InputError(name, name + ' ' + error.what()) : error;
    }
    if (!found.kind)
        throw InputError(name, name + " is no figure");
    if (!found.text)
        throw InputError(name, name + " is " + found.kind + " without a PosBias recipe");
    if (found.text->size() > largestRecipe)
        throw InputError(name, name + " holds a recipe of more than 16 MiB");
    return found.text->toStdString();
}

Recipe readRecipe(const std::filesystem::path& file)
{
    return recipeFromJson(recipeText(file), file.string());
}

bool mayCarryRecipe(const std::filesystem::path& file)
{
    static constexpr std::array endings = {".pdf", ".svg", ".svgz", ".png", ".tex", ".gif"};
    const QString last = QString::fromStdString(file.extension().string()).toLower();
    const QString ending =
        last == QLatin1String(".gz") ? QString::fromStdString(file.stem().extension().string()).toLower() : last;
    return std::any_of(endings.begin(), endings.end(), [&](const char* e) { return ending == QLatin1String(e); });
}

}  // namespace posbias::ui
