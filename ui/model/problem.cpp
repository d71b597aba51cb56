// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/problem.h"

#include "ui/text/numbers.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace posbias::ui {

namespace {

constexpr qsizetype longestQuote = 40;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::Problem)
};

QString labelOf(const FieldDescription& field)
{
    return QCoreApplication::translate("posbias", field.label.c_str());
}

QString plain(double value)
{
    if (std::trunc(value) == value && std::fabs(value) < 9e15)
        return integer(static_cast<std::int64_t>(value));
    return QString::number(value, 'g', QLocale::FloatingPointShortest).replace(u'-', QChar(0x2212));
}

QString allowed(const FieldDescription& field)
{
    const QString low = plain(field.min), high = plain(field.max);
    if (field.type == FieldType::Integer)
        return Words::tr("a whole number from %1 to %2").arg(low, high);
    return field.minExcluded ? Words::tr("a number above %1, up to %2").arg(low, high)
                             : Words::tr("a number from %1 to %2").arg(low, high);
}

QString groupDigits(QString text)
{
    static const QRegularExpression digits(QStringLiteral(R"((?<![\w.,−-])\d{5,}(?![\w]|\.\d))"));
    qsizetype from = 0;
    for (auto match = digits.match(text); match.hasMatch(); match = digits.match(text, from)) {
        const QString grouped = integer(match.captured().toLongLong());
        text.replace(match.capturedStart(), match.capturedLength(), grouped);
        from = match.capturedStart() + grouped.size();
    }
    return text;
}

/// 1 of "schemes.1.buckets"; -1 elsewhere.
int schemeIndex(const QString& path)
{
    return path.startsWith(QLatin1String("schemes.")) ? path.section(u'.', 1, 1).toInt() : -1;
}

QString placeOf(const QString& path)
{
    const int scheme = schemeIndex(path);
    return scheme < 0 ? QString()
                      : Words::tr("Scheme %1").arg(QString::fromStdString(schemeLetter(static_cast<std::size_t>(scheme))));
}

/// Core names the field by its path, after the scheme that it is of; its label says as much.
QString withLabel(const QString& message, const QString& path, const QString& label)
{
    const qsizetype at = path.isEmpty() ? -1 : message.indexOf(path);
    return at < 0 ? message : label + message.mid(at + path.size());
}

}  // namespace

Problem invalidExperiment(const Experiment& experiment, const InputError& error)
{
    const QString path = QString::fromStdString(error.subject());
    QString message = QString::fromStdString(error.what());
    for (const FieldDescription& field : describeFields(experiment)) {
        if (field.path == error.subject())
            message = withLabel(message, path, labelOf(field));
    }
    return {path, groupDigits(message), placeOf(path)};
}

Problem refusedValue(const FieldDescription& field, const FieldValue& value, const InputError& error)
{
    const QString path = QString::fromStdString(field.path), label = labelOf(field);
    QString message;
    if (field.type != FieldType::Integer && field.type != FieldType::Real) {
        message = groupDigits(withLabel(QString::fromStdString(error.what()), path, label));
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        QString typed = QString::fromStdString(*text);
        if (typed.size() > longestQuote)
            typed = typed.first(longestQuote) + u'…';
        message = typed.isEmpty() ? Words::tr("%1 is empty; it must be %2.").arg(label, allowed(field))
                                  : Words::tr("“%1” is not a number; %2 must be %3.").arg(typed, label, allowed(field));
    } else {
        const auto* whole = std::get_if<std::int64_t>(&value);
        const QString found = whole ? integer(*whole) : plain(std::get<double>(value));
        message = Words::tr("%1 is %2; it must be %3.").arg(label, found, allowed(field));
    }
    return {path, message, placeOf(path)};
}

bool concerns(const Problem& problem, const QString& path)
{
    const auto either = [&](std::initializer_list<QLatin1String> paths) {
        return std::find(paths.begin(), paths.end(), problem.path) != paths.end()
            && std::find(paths.begin(), paths.end(), path) != paths.end();
    };
    const int scheme = schemeIndex(problem.path);
    return problem.path == path || (scheme >= 0 && (schemeIndex(path) == scheme || path == QLatin1String("mask")))
        || either({QLatin1String("corpus.documents"), QLatin1String("trainingLength"), QLatin1String("corpus.counts")})
        || either({QLatin1String("corpus.lengths.min"), QLatin1String("trainingLength"), QLatin1String("corpus.lengths")})
        || either({QLatin1String("length"), QLatin1String("content.kind"), QLatin1String("content.dimension")});
}

}  // namespace posbias::ui
