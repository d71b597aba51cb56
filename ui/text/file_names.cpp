// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/file_names.h"

#include "core/base/error.h"
#include "core/experiment/value_text.h"

#include <QCoreApplication>

namespace posbias::ui {

namespace {

struct FileNames {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::FileNames)
};

}  // namespace

std::filesystem::path pathOf(const QString& text)
{
    return std::filesystem::path(text.toStdU16String());
}

QString textOf(const std::filesystem::path& path)
{
    return QString::fromStdString(path.native());
}

QString shownName(const std::filesystem::path& path)
{
    const std::string& bytes = path.native();
    QString shown;
    for (std::size_t at = 0; at < bytes.size();) {
        std::size_t length = 1;
        while (length <= 4 && at + length <= bytes.size() && !characterCount(bytes.substr(at, length)))
            ++length;
        if (length <= 4 && at + length <= bytes.size()) {
            shown += QString::fromUtf8(bytes.data() + at, static_cast<qsizetype>(length));
            at += length;
        } else {
            shown += QStringLiteral("\\x%1")
                         .arg(static_cast<unsigned char>(bytes[at]), 2, 16, QLatin1Char('0'))
                         .toUpper()
                         .replace(QLatin1String("\\X"), QLatin1String("\\x"));
            ++at;
        }
    }
    return shown;
}

std::filesystem::path withoutEnding(const std::filesystem::path& file)
{
    const std::filesystem::path name = file.stem();
    return file.extension() == ".gz" && name.extension() == ".posbias" ? name.stem() : name;
}

bool isText(const std::filesystem::path& path)
{
    return characterCount(path.native()).has_value();
}

std::filesystem::path windowFile(const std::filesystem::path& path)
{
    std::error_code error;
    const std::filesystem::path absolute = std::filesystem::absolute(path, error);
    if (error)
        throw InputError(path.string(), "cannot find " + shownName(path).toStdString() + ": " + error.message());
    // What was no text in a dialog or a drag has lost its bytes already.
    const bool lost =
        absolute.native().find("\xEF\xBF\xBD") != std::string::npos && !std::filesystem::exists(absolute, error);
    if (isText(absolute) && !lost)
        return absolute;
    throw InputError(path.string(),
                     FileNames::tr("The name “%1” is not UTF-8 text, so that the window cannot keep it. Rename "
                                   "the file or the folder; sub-commands take it as it is.")
                         .arg(shownName(absolute))
                         .toStdString());
}

}  // namespace posbias::ui
