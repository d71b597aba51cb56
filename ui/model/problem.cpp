// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/problem.h"

#include "ui/text/field_names.h"
#include "ui/text/numbers.h"
#include "ui/text/typed_number.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

namespace posbias::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::Problem)
};

NumberLimits limitsOf(const FieldDescription& field)
{
    return {field.min, field.max, field.type == FieldType::Integer, field.minExcluded};
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
    return scheme < 0
               ? QString()
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
            message = withLabel(message, path, fieldLabel(field));
    }
    return {path, groupDigits(message), placeOf(path)};
}

Problem refusedValue(const FieldDescription& field, const FieldValue& value, const InputError& error)
{
    const QString path = QString::fromStdString(field.path), label = fieldLabel(field);
    QString message;
    if (field.type != FieldType::Integer && field.type != FieldType::Real) {
        message = groupDigits(withLabel(QString::fromStdString(error.what()), path, label));
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        const TypedNumber typed = typedNumber(QString::fromStdString(*text), QLocale());
        message = typed.fault == NumberFault::Empty
                      ? Words::tr("%1 is empty; it must be %2.").arg(label, allowedNumbers(limitsOf(field)))
                      : refusalOf(typed, limitsOf(field), label);
    } else {
        const auto* whole = std::get_if<std::int64_t>(&value);
        const QString found = whole ? integer(*whole) : textToType(value, QLocale());
        message = Words::tr("%1 is %2; it must be %3.").arg(label, found, allowedNumbers(limitsOf(field)));
    }
    return {path, message, placeOf(path)};
}

bool concerns(const Problem& problem, const QString& path)
{
    const auto either = [&](std::initializer_list<QLatin1String> paths) {
        return std::find(paths.begin(), paths.end(), problem.path) != paths.end() &&
               std::find(paths.begin(), paths.end(), path) != paths.end();
    };
    const int scheme = schemeIndex(problem.path);
    return problem.path == path || (scheme >= 0 && (schemeIndex(path) == scheme || path == QLatin1String("mask"))) ||
           either(
               {QLatin1String("corpus.documents"), QLatin1String("trainingLength"), QLatin1String("corpus.counts")}) ||
           either({QLatin1String("corpus.lengths.min"), QLatin1String("trainingLength"),
                   QLatin1String("corpus.lengths")}) ||
           either({QLatin1String("length"), QLatin1String("content.kind"), QLatin1String("content.dimension")});
}

}  // namespace posbias::ui
