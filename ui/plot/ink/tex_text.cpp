// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/ink/tex_text.h"

#include <QHash>

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

/// Characters that TeX reads as something else, and spaces of other widths.
const QHash<char32_t, const char*>& textNames()
{
    static const QHash<char32_t, const char*> names = {
        {U'#', "\\#"},
        {U'$', "\\$"},
        {U'%', "\\%"},
        {U'&', "\\&"},
        {U'_', "\\_"},
        {U'{', "\\{"},
        {U'}', "\\}"},
        {U'\\', "\\textbackslash{}"},
        {U'~', "\\textasciitilde{}"},
        {U'^', "\\textasciicircum{}"},
        {U'"', "{\\char34}"},
        {U'`', "\\textasciigrave{}"},
        {U'\'', "\\textquotesingle{}"},
        {U'<', "\\textless{}"},
        {U'>', "\\textgreater{}"},
        {U'|', "\\textbar{}"},
        {U'\u2009', "\\,"},
        {U'\u202f', "\\,"},
        {U'\u200a', "\\,"},
        {U'\u2002', "\\enspace{}"},
        {U'\u2003', "\\quad{}"},
        {U'\u2010', "-"},
        {U'\u2011', "-"},
        {U'\u2012', "--"},
        {U'\u2015', "---"},
    };
    return names;
}

/// What only mathematics has in every document: the source in math mode.
const QHash<char32_t, const char*>& mathNames()
{
    static const QHash<char32_t, const char*> names = {
        {U'\u2212', "-"},
        {U'\u00d7', "\\times"},
        {U'\u00b7', "\\cdot"},
        {U'\u22c5', "\\cdot"},
        {U'\u00f7', "\\div"},
        {U'\u2264', "\\leq"},
        {U'\u2265', "\\geq"},
        {U'\u2260', "\\neq"},
        {U'\u00b1', "\\pm"},
        {U'\u2213', "\\mp"},
        {U'\u2190', "\\leftarrow"},
        {U'\u2191', "\\uparrow"},
        {U'\u2192', "\\rightarrow"},
        {U'\u2193', "\\downarrow"},
        {U'\u2194', "\\leftrightarrow"},
        {U'\u21d2', "\\Rightarrow"},
        {U'\u21d4', "\\Leftrightarrow"},
        {U'\u2248', "\\approx"},
        {U'\u2243', "\\simeq"},
        {U'\u223c', "\\sim"},
        {U'\u2261', "\\equiv"},
        {U'\u221d', "\\propto"},
        {U'\u221e', "\\infty"},
        {U'\u2208', "\\in"},
        {U'\u2209', "\\notin"},
        {U'\u2211', "\\sum"},
        {U'\u220f', "\\prod"},
        {U'\u222b', "\\int"},
        {U'\u221a', "\\surd"},
        {U'\u2202', "\\partial"},
        {U'\u2207', "\\nabla"},
        {U'\u2205', "\\emptyset"},
        {U'\u222a', "\\cup"},
        {U'\u2229', "\\cap"},
        {U'\u226a', "\\ll"},
        {U'\u226b', "\\gg"},
        {U'\u2308', "\\lceil"},
        {U'\u2309', "\\rceil"},
        {U'\u230a', "\\lfloor"},
        {U'\u230b', "\\rfloor"},
        {U'\u27e8', "\\langle"},
        {U'\u27e9', "\\rangle"},
        {U'\u2113', "\\ell"},
        {U'\u2032', "\\sp{\\prime}"},
        {U'\u2033', "\\sp{\\prime\\prime}"},
        {U'\u00ac', "\\neg"},
        {U'\u2295', "\\oplus"},
        {U'\u2297', "\\otimes"},
        {U'\u22ef', "\\cdots"},
        {U'α', "\\alpha"},
        {U'β', "\\beta"},
        {U'γ', "\\gamma"},
        {U'δ', "\\delta"},
        {U'ε', "\\varepsilon"},
        {U'ζ', "\\zeta"},
        {U'η', "\\eta"},
        {U'θ', "\\theta"},
        {U'ι', "\\iota"},
        {U'κ', "\\kappa"},
        {U'λ', "\\lambda"},
        {U'μ', "\\mu"},
        {U'ν', "\\nu"},
        {U'ξ', "\\xi"},
        {U'ο', "o"},
        {U'π', "\\pi"},
        {U'ρ', "\\rho"},
        {U'σ', "\\sigma"},
        {U'ς', "\\varsigma"},
        {U'τ', "\\tau"},
        {U'υ', "\\upsilon"},
        {U'φ', "\\varphi"},
        {U'χ', "\\chi"},
        {U'ψ', "\\psi"},
        {U'ω', "\\omega"},
        {U'Γ', "\\Gamma"},
        {U'Δ', "\\Delta"},
        {U'\u2206', "\\Delta"},
        {U'Θ', "\\Theta"},
        {U'Λ', "\\Lambda"},
        {U'Ξ', "\\Xi"},
        {U'Π', "\\Pi"},
        {U'Σ', "\\Sigma"},
        {U'Υ', "\\Upsilon"},
        {U'Φ', "\\Phi"},
        {U'Ψ', "\\Psi"},
        {U'Ω', "\\Omega"},
    };
    return names;
}

/// Accents over and under a letter: their commands in text and in mathematics.
struct Accent {
    const char* text;
    const char* math;
};
const QHash<char32_t, Accent>& accents()
{
    static const QHash<char32_t, Accent> commands = {
        {U'\u0300', {"\\`", "\\grave"}}, {U'\u0301', {"\\'", "\\acute"}}, {U'\u0302', {"\\^", "\\hat"}},
        {U'\u0303', {"\\~", "\\tilde"}}, {U'\u0304', {"\\=", "\\bar"}},   {U'\u0306', {"\\u", "\\breve"}},
        {U'\u0307', {"\\.", "\\dot"}},   {U'\u0308', {"\\\"", "\\ddot"}}, {U'\u030a', {"\\r", nullptr}},
        {U'\u030b', {"\\H", nullptr}},   {U'\u030c', {"\\v", "\\check"}}, {U'\u0323', {"\\d", nullptr}},
        {U'\u0327', {"\\c", nullptr}},   {U'\u0328', {"\\k", nullptr}},   {U'\u0331', {"\\b", nullptr}},
    };
    return commands;
}

/// Raised and lowered characters and what they stand for, in pairs.
QString plainForms(char32_t c, QStringView pairs)
{
    for (qsizetype k = 0; k + 1 < pairs.size(); k += 2)
        if (pairs[k].unicode() == c)
            return pairs.mid(k + 1, 1).toString();
    return {};
}

QString raisedForm(char32_t c)
{
    return plainForms(c, u"⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁺+⁻-⁼=⁽(⁾)ⁿnⁱi");
}

QString loweredForm(char32_t c)
{
    return plainForms(c, u"₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9₊+₋-₌=₍(₎)ₐaₑeₕhᵢiⱼjₖkₗlₘmₙnₒoₚpᵣrₛsₜtᵤuᵥvₓx");
}

/// What pdfLaTeX and LuaLaTeX set as it is typed: the encodings T1 and TS1, which Latin Modern's OpenType fonts have, too.
bool isTypedAsItIs(char32_t c)
{
    constexpr std::pair<char32_t, char32_t> ranges[] = {
        {0xa1, 0xac},     {0xae, 0xb7},     {0xb9, 0x125},    {0x128, 0x137},   {0x139, 0x13e},   {0x141, 0x148},
        {0x14a, 0x165},   {0x168, 0x17e},   {0x192, 0x192},   {0x218, 0x21b},   {0x1e9e, 0x1e9e}, {0x2013, 0x2014},
        {0x2016, 0x2016}, {0x2018, 0x201a}, {0x201c, 0x201e}, {0x2020, 0x2022}, {0x2026, 0x2026}, {0x2030, 0x2031},
        {0x2039, 0x203b}, {0x2044, 0x2044}, {0x20ac, 0x20ac}, {0x2103, 0x2103}, {0x2116, 0x2117}, {0x2120, 0x2120},
        {0x2122, 0x2122}, {0x2126, 0x2126}, {0x212e, 0x212e},
    };
    return (c > 32 && c < 127) ||
           std::ranges::any_of(ranges, [c](const auto& range) { return c >= range.first && c <= range.second; });
}

/// What the encoding T2A has.
bool isCyrillic(char32_t c)
{
    return (c >= 0x400 && c <= 0x45f) || (c >= 0x490 && c <= 0x493) || (c >= 0x496 && c <= 0x49d);
}

bool isMark(char32_t c)
{
    return QChar::isMark(c);
}

bool isLineOrWordSpace(char32_t c)
{
    const QChar::Category kind = QChar::category(c);
    return kind == QChar::Other_Control || kind == QChar::Separator_Space || kind == QChar::Separator_Line ||
           kind == QChar::Separator_Paragraph;
}

QString utf8Of(char32_t c)
{
    return QString::fromUcs4(&c, 1);
}

class TexWriter {
public:
    TexWriter(const QString& text, TexNeeds& needs)
        : m_text(text.normalized(QString::NormalizationForm_C).toUcs4()), m_needs(needs)
    {
    }

    QString written()
    {
        while (m_at < m_text.size())
            writeNext();
        return m_out;
    }

private:
    bool writeScript(QString (*form)(char32_t), const char* command)
    {
        QString script;
        for (; m_at < m_text.size() && !form(m_text[m_at]).isEmpty(); ++m_at)
            script += form(m_text[m_at]);
        if (!script.isEmpty())
            writeMath(QStringLiteral("%1{%2}").arg(QLatin1String(command), script));
        return !script.isEmpty();
    }

    void writeNext()
    {
        // \sp and \sb are ^ and _ whatever a document has made of these.
        if (writeScript(raisedForm, "\\sp") || writeScript(loweredForm, "\\sb"))
            return;
        const char32_t c = m_text[m_at++];
        QList<char32_t> marks;
        while (m_at < m_text.size() && isMark(m_text[m_at]))
            marks.append(m_text[m_at++]);
        if (marks.isEmpty())
            writeAlone(c);
        else if (!writeAccented(c, marks))
            writeForOtherFonts(c, marks);
    }

    void writeAlone(char32_t c)
    {
        if (QChar::category(c) != QChar::Other_Format)
            m_otherFonts = false;
        if (const char* name = textNames().value(c))
            m_out += QLatin1String(name);
        else if (const char* symbol = mathNames().value(c))
            writeMath(QLatin1String(symbol));
        else if (isLineOrWordSpace(c))
            writeSpace();
        else if (c == U'-')
            m_out += m_at < m_text.size() && m_text[m_at] == U'-' ? QStringLiteral("-{}") : QStringLiteral("-");
        else if (c == U',')  // two of them are a quotation mark
            m_out += m_at < m_text.size() && m_text[m_at] == U',' ? QStringLiteral(",{}") : QStringLiteral(",");
        else if (isTypedAsItIs(c))
            m_out += utf8Of(c);
        else if (isCyrillic(c))
            writeCyrillic(c);
        else if (QChar::category(c) == QChar::Other_Format) {
            if (m_otherFonts)  // elsewhere there is nothing to be seen of it
                m_out += utf8Of(c);
        } else if (decomposed(c).size() < 2 || !writeAccented(c, {}))
            writeForOtherFonts(c, {});
    }

    void writeMath(const QString& source) { m_out += QStringLiteral("\\(%1\\)").arg(source); }

    /// Letter and marks; alone where it is none of both.
    static QList<char32_t> decomposed(char32_t c)
    {
        QList<char32_t> parts;
        if (!isCyrillic(c))
            for (const uint part : utf8Of(c).normalized(QString::NormalizationForm_D).toUcs4())
                parts.append(part);
        return parts;
    }

    /// False where there is no command for it.
    bool writeAccented(char32_t letter, const QList<char32_t>& marks)
    {
        if (const QList<char32_t> parts = decomposed(letter); parts.size() > 1 && !isTypedAsItIs(letter))
            return writeAccented(parts.front(), parts.mid(1) + marks);
        const char* symbol = mathNames().value(letter);
        const bool text = QChar::isLetterOrNumber(letter) && (isTypedAsItIs(letter) || isCyrillic(letter));
        QString source = symbol ? QLatin1String(symbol) : utf8Of(letter);
        for (const char32_t mark : marks) {
            const Accent accent = accents().value(mark, {nullptr, nullptr});
            const char* command = symbol ? accent.math : text ? accent.text : nullptr;
            if (!command)
                return false;
            source = QStringLiteral("%1{%2}").arg(QLatin1String(command), source);
        }
        if (symbol)
            writeMath(source);
        else if (isCyrillic(letter))
            writeInCyrillic(letter, source);
        else
            m_out += source;
        m_otherFonts = false;
        return true;
    }

    void writeCyrillic(char32_t c) { writeInCyrillic(c, utf8Of(c)); }

    /// Neighbours share a group, so that they are kerned.
    void writeInCyrillic(char32_t letter, const QString& source)
    {
        note(m_needs.cyrillic, letter);
        if (m_out.size() == m_cyrillicEnd && m_cyrillicEnd > 0)
            m_out.chop(1);
        else
            m_out += QStringLiteral("{\\posbiascyrillic ");
        m_out += source + QLatin1Char('}');
        m_cyrillicEnd = m_out.size();
    }

    void writeForOtherFonts(char32_t c, const QList<char32_t>& marks)
    {
        if (isLineOrWordSpace(c)) {
            m_out += QStringLiteral("\\ ");
        } else if (isTypedAsItIs(c)) {
            const char* name = textNames().value(c);
            m_out += name ? QString::fromLatin1(name) : utf8Of(c);
        } else {
            note(m_needs.otherFonts, c);
            m_out += utf8Of(c);
        }
        for (const char32_t mark : marks) {
            note(m_needs.otherFonts, mark);
            m_out += utf8Of(mark);
        }
        m_otherFonts = true;
    }

    static void note(std::vector<char32_t>& characters, char32_t c)
    {
        if (std::ranges::find(characters, c) == characters.end())
            characters.push_back(c);
    }

    /// TeX joins spaces, and drops them at ends and after the names of commands.
    void writeSpace()
    {
        const bool alone = m_at > 1 && m_at < m_text.size() && !isLineOrWordSpace(m_text[m_at]) &&
                           !m_out.endsWith(QStringLiteral("\\ "));
        m_out += alone && m_text[m_at - 1] != U'\u00a0' ? QStringLiteral(" ") : QStringLiteral("\\ ");
    }

    QList<uint> m_text;
    TexNeeds& m_needs;
    qsizetype m_at = 0;
    qsizetype m_cyrillicEnd = 0;  ///< of m_out, where Cyrillic letters were written last
    bool m_otherFonts = false;    ///< the last character that is seen needs another font
    QString m_out;
};

}  // namespace

QString texText(const QString& text, TexNeeds& needs)
{
    return TexWriter(text, needs).written();
}

std::string texPictureStem(const std::string& name)
{
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    if (!name.empty() && name.front() != '-' && std::ranges::all_of(name, isPlain))
        return name;
    std::string stem;
    for (const char c : name)
        if (isPlain(c) && !(c == '-' && (stem.empty() || stem.back() == '-')))
            stem += c;
        else if (!stem.empty() && stem.back() != '-')
            stem += '-';
    std::uint32_t hash = 2166136261u;  // FNV-1a: names that look alike here stay different
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    const QByteArray digits = QByteArray::number(hash, 16).rightJustified(8, '0');
    return stem + (stem.empty() || stem.back() == '-' ? "" : "-") + digits.toStdString();
}

bool texReadsName(const std::string& name)
{
    return name.find_first_of("%#~^&$_{}\\\"'`;|*<>?") == std::string::npos && name.find("  ") == std::string::npos &&
           !name.starts_with(' ') && !name.ends_with(' ');
}

QByteArray texNumber(double value)
{
    const double rounded = std::round(value * 1000.0) / 1000.0;
    QByteArray text = QByteArray::number(rounded == 0.0 ? 0.0 : rounded, 'f', 3);
    while (text.endsWith('0'))
        text.chop(1);
    if (text.endsWith('.'))
        text.chop(1);
    return text;
}

}  // namespace posbias::ui
