// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Plain text, numbers and names of files as TeX source.

#include <QByteArray>
#include <QString>

#include <string>
#include <vector>

namespace posbias::ui {

/// Characters that take more than the encodings T1 and TS1, each once.
struct TexNeeds {
    std::vector<char32_t> cyrillic;    ///< pdfLaTeX: the encoding T2A; LuaLaTeX, XeLaTeX: a font that has them
    std::vector<char32_t> otherFonts;  ///< LuaLaTeX or XeLaTeX with a font that has them
};

/// Plain text as TeX source that pdfLaTeX, LuaLaTeX and XeLaTeX set alike, whatever characters a document's packages have
/// made active: special characters escaped, mathematical ones in math mode, all others as typed. Nothing is replaced by
/// something else: what needs more than usual fonts is added to `needs`. Control characters are spaces; zero-width
/// characters are left out where nothing is to be seen of them.
QString texText(const QString& text, TexNeeds& needs);

/// Shortest text of a number with up to three decimals: micrometres.
QByteArray texNumber(double value);

/// What a .tex file's pictures are called before "-1.png": its name where TeX reads that as it is, that is letters,
/// digits, '-' and '_'; else what is left of it and a number, which differs where names differ.
std::string texPictureStem(const std::string& name);
/// Whether \input finds a file of this name.
bool texReadsName(const std::string& name);

}  // namespace posbias::ui
