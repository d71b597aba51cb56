// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/tex_device.h"

#include <QHash>

namespace posbias::ui {
namespace {

/// Characters that text mode knows by another name.
const QHash<char32_t, const char*>& textNames()
{
    static const QHash<char32_t, const char*> names = {
        {U'#', "\\#"}, {U'$', "\\$"}, {U'%', "\\%"}, {U'&', "\\&"}, {U'_', "\\_"}, {U'{', "\\{"}, {U'}', "\\}"},
        {U'\\', "\\textbackslash{}"}, {U'~', "\\textasciitilde{}"}, {U'^', "\\textasciicircum{}"},
        {U'"', "{\\char34}"}, {U'`', "\\textasciigrave{}"}, {U'\'', "{\\char39}"}, {U'<', "$<$"}, {U'>', "$>$"},
        {U'|', "\\textbar{}"}, {U'\u00a0', "~"}, {U'\u2009', "\\,"}, {U'\u202f', "\\,"}, {U'\u200a', "\\,"},
        {U'\u2002', "\\enspace{}"}, {U'\u2003', "\\quad{}"}, {U'\u2010', "-"}, {U'\u2011', "-"}, {U'\u2012', "--"},
        {U'\u2013', "--"}, {U'\u2014', "---"}, {U'\u2018', "`"}, {U'\u2019', "'"}, {U'\u201a', ","}, {U'\u201c', "``"},
        {U'\u201d', "''"}, {U'\u201e', ",,"}, {U'\u2026', "\\ldots{}"}, {U'\u2022', "\\textbullet{}"},
        {U'\u00a7', "\\S{}"}, {U'\u00b6', "\\P{}"}, {U'\u00a9', "\\copyright{}"}, {U'\u203a', "$>$"},
        {U'\u2039', "$<$"}, {U'\u00ab', "$\\ll$"}, {U'\u00bb', "$\\gg$"},
    };
    return names;
}

/// What only mathematics has: the source inside $ $.
const QHash<char32_t, const char*>& mathNames()
{
    static const QHash<char32_t, const char*> names = {
        {U'\u2212', "-"}, {U'\u00d7', "\\times"}, {U'\u00b7', "\\cdot"}, {U'\u22c5', "\\cdot"}, {U'\u00f7', "\\div"},
        {U'\u2264', "\\leq"}, {U'\u2265', "\\geq"}, {U'\u2260', "\\neq"}, {U'\u00b1', "\\pm"}, {U'\u2213', "\\mp"},
        {U'\u2190', "\\leftarrow"}, {U'\u2191', "\\uparrow"}, {U'\u2192', "\\rightarrow"}, {U'\u2193', "\\downarrow"},
        {U'\u2194', "\\leftrightarrow"}, {U'\u21d2', "\\Rightarrow"}, {U'\u21d4', "\\Leftrightarrow"},
        {U'\u2248', "\\approx"}, {U'\u2243', "\\simeq"}, {U'\u223c', "\\sim"}, {U'\u2261', "\\equiv"},
        {U'\u221d', "\\propto"}, {U'\u221e', "\\infty"}, {U'\u2208', "\\in"}, {U'\u2209', "\\notin"},
        {U'\u2211', "\\sum"}, {U'\u220f', "\\prod"}, {U'\u222b', "\\int"}, {U'\u221a', "\\surd"}, {U'\u2202', "\\partial"},
        {U'\u2207', "\\nabla"}, {U'\u2205', "\\emptyset"}, {U'\u222a', "\\cup"}, {U'\u2229', "\\cap"},
        {U'\u226a', "\\ll"}, {U'\u226b', "\\gg"}, {U'\u2308', "\\lceil"}, {U'\u2309', "\\rceil"},
        {U'\u230a', "\\lfloor"}, {U'\u230b', "\\rfloor"}, {U'\u27e8', "\\langle"}, {U'\u27e9', "\\rangle"},
        {U'\u2113', "\\ell"}, {U'\u2032', "'"}, {U'\u2033', "''"}, {U'\u00b0', "^{\\circ}"}, {U'\u00ac', "\\neg"},
        {U'\u00b5', "\\mu"}, {U'\u2295', "\\oplus"}, {U'\u2297', "\\otimes"}, {U'\u22ef', "\\cdots"},
        {U'α', "\\alpha"}, {U'β', "\\beta"}, {U'γ', "\\gamma"}, {U'δ', "\\delta"}, {U'ε', "\\varepsilon"},
        {U'ζ', "\\zeta"}, {U'η', "\\eta"}, {U'θ', "\\theta"}, {U'ι', "\\iota"}, {U'κ', "\\kappa"}, {U'λ', "\\lambda"},
        {U'μ', "\\mu"}, {U'ν', "\\nu"}, {U'ξ', "\\xi"}, {U'ο', "o"}, {U'π', "\\pi"}, {U'ρ', "\\rho"}, {U'σ', "\\sigma"},
        {U'ς', "\\varsigma"}, {U'τ', "\\tau"}, {U'υ', "\\upsilon"}, {U'φ', "\\varphi"}, {U'χ', "\\chi"}, {U'ψ', "\\psi"},
        {U'ω', "\\omega"}, {U'Γ', "\\Gamma"}, {U'Δ', "\\Delta"}, {U'\u2206', "\\Delta"}, {U'Θ', "\\Theta"},
        {U'Λ', "\\Lambda"}, {U'Ξ', "\\Xi"}, {U'Π', "\\Pi"}, {U'Σ', "\\Sigma"}, {U'Υ', "\\Upsilon"}, {U'Φ', "\\Phi"},
        {U'Ψ', "\\Psi"}, {U'Ω', "\\Omega"},
    };
    return names;
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

/// Letters that the T1 fonts have.
bool isKnownLetter(char32_t c)
{
    const bool latin = (c >= 0xc0 && c <= 0xff) || (c >= 0x100 && c <= 0x17e);
    return latin && !QStringLiteral("ĦħĸĿŀŉŦŧ").contains(QChar(static_cast<char16_t>(c)));
}

QString letter(char32_t c)
{
    if (c == U'¡' || c == U'¿' || isKnownLetter(c))
        return QString::fromUcs4(&c, 1);
    // An accent that the fonts lack is left out.
    const QString bare = QString::fromUcs4(&c, 1).normalized(QString::NormalizationForm_KD).left(1);
    return !bare.isEmpty() && bare[0].isLetterOrNumber() && bare[0].unicode() < 128 ? bare : QStringLiteral("?");
}

bool isCombining(char32_t c)
{
    return QChar::category(c) == QChar::Mark_NonSpacing || QChar::category(c) == QChar::Other_Format;
}

class TexWriter {
public:
    explicit TexWriter(const QString& text) : m_text(text.normalized(QString::NormalizationForm_C).toUcs4()) {}

    QString written()
    {
        while (m_at < m_text.size())
            writeNext();
        return m_out;
    }

private:
    bool writeScript(QString (*form)(char32_t), QChar mark)
    {
        QString script;
        for (; m_at < m_text.size() && !form(m_text[m_at]).isEmpty(); ++m_at)
            script += form(m_text[m_at]);
        if (!script.isEmpty())
            m_out += QStringLiteral("$%1{%2}$").arg(mark).arg(script);
        return !script.isEmpty();
    }

    void writeNext()
    {
        if (writeScript(raisedForm, u'^') || writeScript(loweredForm, u'_'))
            return;
        const char32_t c = m_text[m_at++];
        if (const char* name = textNames().value(c))
            m_out += QLatin1String(name);
        else if (const char* symbol = mathNames().value(c))
            m_out += QStringLiteral("$%1$").arg(QLatin1String(symbol));
        else if (c < 32 || c == U' ' || c == 127)
            writeSpace();
        else if (c == U'-')
            m_out += m_at < m_text.size() && m_text[m_at] == U'-' ? QStringLiteral("-{}") : QStringLiteral("-");
        else if (c < 127)
            m_out += QLatin1Char(static_cast<char>(c));
        else if (!isCombining(c))
            m_out += letter(c);
    }

    /// TeX joins spaces, and drops them at ends.
    void writeSpace()
    {
        const bool alone = m_at > 1 && m_at < m_text.size() && m_text[m_at] != U' ' && !m_out.endsWith(QLatin1Char('~'));
        m_out += alone ? QLatin1Char(' ') : QLatin1Char('~');
    }

    QList<uint> m_text;
    qsizetype m_at = 0;
    QString m_out;
};

}  // namespace

QString texText(const QString& text)
{
    return TexWriter(text).written();
}

}  // namespace posbias::ui
