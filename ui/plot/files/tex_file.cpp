// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/files/tex_file.h"

#include "ui/plot/ink/theme.h"

namespace posbias::ui {

QStringList texRemarks(const TexNeeds& needs, const std::string& name)
{
    QStringList remarks;
    if (!needs.cyrillic.empty())
        remarks << QStringLiteral(
                       "The TikZ file has Cyrillic letters, %1: pdfLaTeX needs \\usepackage[T2A,T1]{fontenc}, "
                       "LuaLaTeX and XeLaTeX a font that has them")
                       .arg(namedCharacters(needs.cyrillic));
    if (!needs.otherFonts.empty())
        remarks << QStringLiteral(
                       "The TikZ file has %1, which pdfLaTeX cannot set: LuaLaTeX or XeLaTeX can, with a font that "
                       "has them (\\usepackage{fontspec}, \\setmainfont)")
                       .arg(namedCharacters(needs.otherFonts));
    if (!texReadsName(name))
        remarks << QStringLiteral("TeX does not read a file name like \"%1.tex\": rename it before you \\input it (its "
                                  "pictures keep their names)")
                       .arg(QString::fromStdString(name));
    return remarks;
}

namespace {

QByteArray commented(const QStringList& remarks)
{
    QByteArray lines;
    for (const QString& remark : remarks)
        lines += "% " + remark.toUtf8() + ".\n";
    return lines;
}

/// Under LuaLaTeX and XeLaTeX, whose usual fonts are Latin: the figure's own, where it is installed.
QByteArray unicodeFont(const TexNeeds& needs, const Page& page)
{
    if (needs.cyrillic.empty() && needs.otherFonts.empty())
        return {};
    const QByteArray family = usedFontFamily(page).toUtf8();
    return "\\ifpdftex\\else\\usepackage{fontspec}\\IfFontExistsTF{" + family + "}{\\setmainfont{" + family +
           "}\\setsansfont{" + family + "}}{}\\fi\n";
}

}  // namespace

QByteArray texFile(const TexDevice& device, const Page& page, const FigureWords& words)
{
    const TexNeeds& needs = device.needs();
    const QByteArray head = texRecipe(words) + commented(texRemarks(needs, {}));
    if (!page.standaloneTex)
        return head +
               "% \\input this file in a document with \\usepackage{tikz}, and under pdfLaTeX "
               "\\usepackage[T1]{fontenc}.\n" +
               (device.sideFiles().empty() ? QByteArray()
                                           : "% It includes pictures beside it: \\usepackage{graphicx}, and "
                                             "\\graphicspath where it lies in another folder.\n") +
               device.picture() + "%\n";
    const QByteArray paper =
        "paperwidth=" + texNumber(page.widthMm) + "mm,paperheight=" + texNumber(page.heightMm) + "mm";
    const QByteArray engines = needs.otherFonts.empty() ? "pdflatex or lualatex" : "lualatex or xelatex";
    const QByteArray encodings = needs.cyrillic.empty() ? "T1" : "T2A,T1";
    return head + "% A document of its own: run " + engines +
           " on it.\n"
           "\\documentclass{article}\n"
           "\\usepackage[" +
           paper +
           ",margin=0pt]{geometry}\n"
           "\\usepackage{iftex}\n"
           "\\ifpdftex\\usepackage[" +
           encodings +
           "]{fontenc}\\usepackage[utf8]{inputenc}\\usepackage{textcomp}"
           "\\usepackage{lmodern}\\fi\n" +
           unicodeFont(needs, page) +
           "\\usepackage{tikz}\n"
           "\\renewcommand{\\familydefault}{\\sfdefault}\n"
           "\\pagestyle{empty}\\setlength{\\parindent}{0pt}\\setlength{\\topskip}{0pt}\\vfuzz=1mm\\hfuzz=1mm\n"
           "\\begin{document}\n" +
           device.picture() + "%\n\\end{document}\n";
}

}  // namespace posbias::ui
