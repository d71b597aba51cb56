// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/typed_number.h"

#include "ui/text/numbers.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace posbias::ui {

namespace {

constexpr qsizetype longestQuote = 40;
constexpr QChar shownMinus(0x2212);
constexpr QChar decimalSign(u'd'), groupSign(u'g');  // marks that have one meaning in every language

struct TypingWords {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::TypedNumber)
};

QString quoted(QString text)
{
    for (QChar& c : text)
        if (!c.isPrint())
            c = QChar(0xFFFD);
    return QStringLiteral("“%1”").arg(text.size() > longestQuote ? text.first(longestQuote) + u'…' : text);
}

bool isMinus(QChar c)
{
    return c == u'-' || c == shownMinus || c == QChar(0x2013) || c == QChar(0xFE63);
}

/// Marks of the direction of writing, and joints that cannot be seen.
bool isInvisible(QChar c)
{
    return c.category() == QChar::Other_Format;
}

/// ASCII digits, '-', '+', '.', ',', and `decimal` and `group`; letters stay as they are.
QString plainForm(const QString& text)
{
    QString plain;
    for (QChar c : text) {
        if (isInvisible(c))
            continue;
        if (c >= QChar(0xFF01) && c <= QChar(0xFF5E))
            c = QChar(c.unicode() - 0xFEE0);  // full width
        if (c.isDigit())
            plain += QChar(u'0' + c.digitValue());
        else if (isMinus(c))
            plain += u'-';
        else if (c == QChar(0x066B))
            plain += decimalSign;
        else if (c == QChar(0x066C) || c == u'\'' || c == QChar(0x2019))
            plain += groupSign;
        else
            plain += c.isSpace() ? QChar(u' ') : c.isLetter() ? c.toUpper() : c;
    }
    return plain.trimmed();
}

/// What stands before decimals in the boxes of a language. Where digits are not ASCII boxes show plain numbers.
QChar decimalMark(const QLocale& locale)
{
    const bool ascii = locale.zeroDigit() == QLatin1String("0");
    return ascii && locale.decimalPoint() == QLatin1String(",") ? u',' : u'.';
}

/// "1", "234", "5" of "1.234,5"; the marks between them in `marks`. False: there is something else.
bool splitMarks(const QString& body, QStringList& runs, QString& marks)
{
    runs = QStringList{QString()};
    for (const QChar c : body) {
        if (c >= u'0' && c <= u'9') {
            runs.back() += c;
            continue;
        }
        if (c != u'.' && c != u',' && c != u' ' && c != decimalSign && c != groupSign)
            return false;
        marks += c;
        runs << QString();
    }
    return true;
}

/// Whether runs 0 .. count - 1 are thousands.
bool areGroups(const QStringList& runs, qsizetype count)
{
    if (runs[0].isEmpty() || runs[0].size() > 3)
        return false;
    return std::all_of(runs.begin() + 1, runs.begin() + count, [](const QString& run) { return run.size() == 3; });
}

bool isDecimalMark(QChar c)
{
    return c == u'.' || c == u',' || c == decimalSign;
}

struct Body {
    QString plain;      ///< as C has it; empty: no number
    QString otherwise;  ///< the second reading, if there is one
};

Body bodyOf(const QString& text, QChar own, bool exponentFollows)
{
    QStringList runs;
    QString marks;
    if (!splitMarks(text, runs, marks) || runs.join(QString()).isEmpty())
        return {};
    if (marks.isEmpty())
        return {text, {}};
    const QChar last = marks.back();
    const auto lastTimes = marks.count(last);
    const QString whole = QStringList(runs.first(runs.size() - 1)).join(QString());
    const QString fraction = whole + u'.' + runs.back();
    if (marks.size() == 1) {
        if (!isDecimalMark(last))
            return areGroups(runs, 2) ? Body{runs.join(QString()), {}} : Body{};
        const bool mayBeGroup = last != own && last != decimalSign && areGroups(runs, 2) && !runs[0].startsWith(u'0');
        return {fraction, mayBeGroup && !exponentFollows ? runs.join(QString()) : QString()};
    }
    if (lastTimes == marks.size())
        return last != decimalSign && areGroups(runs, runs.size()) ? Body{runs.join(QString()), {}} : Body{};
    // Thousands with one mark, then decimals with another.
    const QChar grouping = marks.front();
    const bool grouped = lastTimes == 1 && isDecimalMark(last) && grouping != decimalSign &&
                         marks.count(grouping) == marks.size() - 1 && areGroups(runs, runs.size() - 1);
    return grouped ? Body{fraction, {}} : Body{};
}

/// Letters at the end, "MM" of "120 MM"; taken off.
QString takeUnit(QString& text)
{
    qsizetype begin = text.size();
    while (begin > 0 && (text[begin - 1].isLetter() || text[begin - 1] == u'%' || text[begin - 1] == u'"') &&
           text[begin - 1] != decimalSign && text[begin - 1] != groupSign)
        --begin;
    const QString unit = text.mid(begin);
    text = text.first(begin).trimmed();
    return unit;
}

bool isUnit(const QString& name)
{
    static const QStringList units = {QStringLiteral("MM"),  QStringLiteral("CM"),   QStringLiteral("M"),
                                      QStringLiteral("IN"),  QStringLiteral("INCH"), QStringLiteral("\""),
                                      QStringLiteral("PT"),  QStringLiteral("PX"),   QStringLiteral("DPI"),
                                      QStringLiteral("PPI"), QStringLiteral("S"),    QStringLiteral("MS"),
                                      QStringLiteral("MIN"), QStringLiteral("%")};
    return units.contains(name);
}

TypedNumber faulty(const QString& text, NumberFault fault)
{
    return {text.trimmed().toStdString(), fault, {}};
}

}  // namespace

TypedNumber typedNumber(const QString& text, const QLocale& locale, const QString& unit)
{
    QString rest = plainForm(text);
    if (rest.isEmpty())
        return faulty(text, NumberFault::Empty);
    const QString foundUnit = takeUnit(rest);
    const bool otherUnit = !foundUnit.isEmpty() && foundUnit != unit.toUpper();
    if (otherUnit && (unit.isEmpty() || !isUnit(foundUnit)))
        return faulty(text, NumberFault::Unreadable);
    const bool negative = rest.startsWith(u'-');
    if (negative || rest.startsWith(u'+'))
        rest = rest.mid(1).trimmed();
    const qsizetype e = rest.indexOf(u'E');
    QString exponent = e < 0 ? QString() : rest.mid(e);
    const Body body = bodyOf(e < 0 ? rest : rest.first(e), decimalMark(locale), e >= 0);
    if (body.plain.isEmpty())
        return faulty(text, NumberFault::Unreadable);
    const QString sign = negative ? QStringLiteral("-") : QString();
    if (!body.otherwise.isEmpty()) {
        TypedNumber typed = faulty(text, NumberFault::Ambiguous);
        typed.readings[0] = textToType((sign + body.plain).toDouble(), locale);
        typed.readings[1] = textToType((sign + body.otherwise).toDouble(), locale);
        return typed;
    }
    bool readable = false;
    TypedNumber typed;
    if (const qlonglong whole = (sign + body.plain).toLongLong(&readable); readable && exponent.isEmpty()) {
        typed.value = static_cast<std::int64_t>(whole);
    } else {
        const double real = (sign + body.plain + exponent).toDouble(&readable);
        if (!readable || !std::isfinite(real))
            return faulty(text, NumberFault::Unreadable);
        typed.value = real;
    }
    return otherUnit ? faulty(text, NumberFault::OtherUnit) : typed;
}

QString textToType(const FieldValue& value, const QLocale& locale)
{
    QString text;
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        text = QString::number(*whole);
    else if (const auto* real = std::get_if<double>(&value))
        text = QString::number(*real, 'g', QLocale::FloatingPointShortest).replace(u'.', decimalMark(locale));
    else
        return QString::fromStdString(std::get<std::string>(value));
    return text.startsWith(u'-') ? shownMinus + text.mid(1) : text;
}

double realValue(const FieldValue& number)
{
    const auto* whole = std::get_if<std::int64_t>(&number);
    return whole ? static_cast<double>(*whole) : std::get<double>(number);
}

QString allowedNumbers(const NumberLimits& limits)
{
    const auto shown = [](double value) {
        return std::trunc(value) == value && std::fabs(value) < 9e15 ? integer(static_cast<std::int64_t>(value))
                                                                     : textToType(value, QLocale());
    };
    const QString low = shown(limits.least);
    const QString high = limits.unit.isEmpty() ? shown(limits.most) : shown(limits.most) + u' ' + limits.unit;
    if (limits.whole)
        return TypingWords::tr("a whole number from %1 to %2").arg(low, high);
    return limits.leastExcluded ? TypingWords::tr("a number above %1, up to %2").arg(low, high)
                                : TypingWords::tr("a number from %1 to %2").arg(low, high);
}

QString refusalOf(const TypedNumber& typed, const NumberLimits& limits, const QString& subject)
{
    const QString it = subject.isEmpty() ? TypingWords::tr("it") : subject, allowed = allowedNumbers(limits);
    if (typed.fault != NumberFault::None) {
        const QString found = quoted(QString::fromStdString(std::get<std::string>(typed.value)));
        switch (typed.fault) {
        case NumberFault::Empty: return TypingWords::tr("Empty; %1 must be %2.").arg(it, allowed);
        case NumberFault::Ambiguous:
            return TypingWords::tr("%1 may be %2 or %3; write one of them.")
                .arg(found, typed.readings[0], typed.readings[1]);
        case NumberFault::OtherUnit:
            return TypingWords::tr("%1 has another unit; %2 must be %3.").arg(found, it, allowed);
        default: return TypingWords::tr("%1 is not a number; %2 must be %3.").arg(found, it, allowed);
        }
    }
    const double value = realValue(typed.value);
    const bool below = limits.leastExcluded ? value <= limits.least : value < limits.least;
    if (!below && value <= limits.most && (!limits.whole || std::trunc(value) == value))
        return {};
    return TypingWords::tr("%1 is not possible; %2 must be %3.").arg(textToType(typed.value, QLocale()), it, allowed);
}

}  // namespace posbias::ui
