// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/length_names.h"

#include <algorithm>
#include <initializer_list>

namespace posbias {

namespace {

/// Lower-case letters and digits alone; what is not ASCII stays.
std::string keyOf(std::string_view name)
{
    std::string key;
    for (const char c : name) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80);
        if (letter)
            key += c;
        else if (c >= 'A' && c <= 'Z')
            key += static_cast<char>(c - 'A' + 'a');
    }
    return key;
}

bool isOneOf(std::string_view key, std::initializer_list<std::string_view> names)
{
    return std::find(names.begin(), names.end(), key) != names.end();
}

bool hasOneOf(std::string_view key, std::initializer_list<std::string_view> parts)
{
    return std::ranges::any_of(parts, [&](std::string_view part) { return key.find(part) != std::string_view::npos; });
}

bool isLength(std::string_view key)
{
    return isOneOf(key, {"length",
                         "lengths",
                         "len",
                         "lens",
                         "doclength",
                         "doclengths",
                         "doclen",
                         "doclens",
                         "documentlength",
                         "documentlengths",
                         "documentlen",
                         "lengthofdocument",
                         "lengthofdocuments",
                         "textlength",
                         "textlengths",
                         "textlen",
                         "seqlen",
                         "seqlens",
                         "seqlength",
                         "seqlengths",
                         "sequencelen",
                         "sequencelength",
                         "sequencelengths",
                         "contextlength",
                         "inputlength",
                         "inputlen",
                         "inputtokens",
                         "promptlength",
                         "lengthtokens",
                         "lengthintokens",
                         "lengthwords",
                         "lengthinwords",
                         "lengthoftokens"}) ||
           isOneOf(key, {"token",
                         "tokens",
                         "ntokens",
                         "notokens",
                         "nooftokens",
                         "nrtokens",
                         "numtokens",
                         "numbertokens",
                         "numberoftokens",
                         "totaltokens",
                         "tokencount",
                         "tokencounts",
                         "tokenscount",
                         "counttokens",
                         "countoftokens",
                         "tokenlength",
                         "tokenlengths",
                         "tokenlen",
                         "tokensperdocument",
                         "tokensperdoc",
                         "tokensindocument",
                         "word",
                         "words",
                         "nwords",
                         "nowords",
                         "noofwords",
                         "numwords",
                         "numberofwords",
                         "wordcount",
                         "wordcounts",
                         "wordscount",
                         "countofwords",
                         "wordlength",
                         "wordsperdocument"}) ||
           isOneOf(key, {"länge", "längen", "Länge", "Längen", "dokumentlänge", "dokumentlängen", "textlänge",
                         "tokenanzahl", "tokenzahl", "anzahltokens", "anzahltoken", "wörter", "wortanzahl", "longueur",
                         "长度", "文档长度", "词数", "标记数", "token数"});
}

bool isCount(std::string_view key)
{
    return isOneOf(key, {"count",      "counts",    "cnt",         "n",       "num",   "number",     "freq",
                         "freqs",      "frequency", "frequencies", "size",    "sizes", "occurrence", "occurrences",
                         "occurences", "times",     "howmany",     "absfreq", "nobs",  "0"}) ||
           isOneOf(key, {"documents",
                         "docs",
                         "ndocs",
                         "ndocuments",
                         "numdocs",
                         "numdocuments",
                         "nodocs",
                         "noofdocuments",
                         "noofdocs",
                         "nrdocs",
                         "numberofdocuments",
                         "numberofdocs",
                         "doccount",
                         "doccounts",
                         "docscount",
                         "documentcount",
                         "documentcounts",
                         "documentscount",
                         "countofdocuments",
                         "countofdocs",
                         "countdocuments",
                         "countdocs",
                         "rows",
                         "nrows",
                         "numrows",
                         "records"}) ||
           isOneOf(key, {"anzahl", "häufigkeit", "häufigkeiten", "Häufigkeit", "dokumente", "anzahldokumente",
                         "dokumentanzahl", "nombre", "effectif", "effectifs", "fréquence", "数量", "频数", "计数",
                         "个数", "文档数", "次数"}) ||
           key == "countstar" || key == "count1" || key == "countall";
}

bool isShare(std::string_view name, std::string_view key)
{
    if (hasOneOf(key, {"percent", "proportion", "fraction", "probab", "densit", "prozent", "anteil", "pourcent", "占比",
                       "比例", "百分比"}))
        return true;
    return name.find('%') != std::string_view::npos || key.starts_with("share") || key.ends_with("share") ||
           (key.starts_with("rel") && key.find("freq") != std::string_view::npos) ||
           isOneOf(key, {"shares", "pct", "perc", "prop", "props", "frac", "prob", "probs", "ratio", "pmf", "pdf",
                         "normalized", "normalised", "频率"});
}

/// "COUNT(id)", "count( distinct doc )"
bool isSqlCount(std::string_view name)
{
    const std::size_t bracket = name.find('(');
    return bracket != std::string_view::npos && keyOf(name.substr(0, bracket)) == "count" &&
           name.find_last_not_of(" \t") == name.rfind(')') &&
           !isOneOf(keyOf(name.substr(bracket)),
                    {"k", "thousand", "thousands", "000", "000s", "1000", "1000s", "m", "mio", "million", "millions",
                     "bn", "billion", "billions", "tsd", "tausend", "millionen"});
}

}  // namespace

ColumnRole columnRole(std::string_view name)
{
    const std::string key = keyOf(name);
    if (isOneOf(key, {"quantile", "quantiles", "percentile", "percentiles", "quantil", "perzentil", "pctl", "centile",
                      "quartile", "quartil", "decile", "分位数", "stat", "stats", "statistic", "statistics"}))
        return ColumnRole::Statistic;
    if (key.starts_with("cum") || isOneOf(key, {"cdf", "ecdf", "runningtotal", "runningsum"}))
        return ColumnRole::Cumulative;
    if (isShare(name, key))
        return ColumnRole::Share;
    if (isLength(key))
        return ColumnRole::Length;
    if (isCount(key) || isSqlCount(name))
        return ColumnRole::Count;
    if (isOneOf(key, {"", "index", "unnamed0", "nocolumnname", "column", "rownames"}))
        return ColumnRole::RowName;
    if (isOneOf(key, {"var1", "x", "value", "values", "v1"}))
        return ColumnRole::Value;
    if (isOneOf(key, {"id",        "ids",    "docid", "documentid", "textid", "uid",        "uuid", "key", "doc",
                      "document",  "name",   "title", "titel",      "file",   "filename",   "path", "url", "row",
                      "rownumber", "rownum", "rowid", "line",       "lineno", "linenumber", "text", "note"}))
        return ColumnRole::Identifier;
    if (isOneOf(key, {"year", "jahr"}))
        return ColumnRole::Year;
    if (isOneOf(key, {"source",   "month",      "day",   "date",   "datum",     "page",       "chars",        "nchars",
                      "numchars", "characters", "bytes", "nbytes", "sentences", "nsentences", "numsentences", "label",
                      "labels",   "class",      "split", "shard",  "rank",      "score"}))
        return ColumnRole::Irrelevant;
    return ColumnRole::Unknown;
}

bool mayNameCounts(std::string_view lengthName)
{
    return keyOf(lengthName) == "len";
}

bool mayHoldLengths(std::string_view name, ColumnRole role)
{
    if (role == ColumnRole::Length || role == ColumnRole::Value || role == ColumnRole::RowName)
        return keyOf(name) != "index";
    const std::string key = keyOf(name);
    if (role != ColumnRole::Unknown || key.starts_with("ktok") || key.starts_with("mtok"))
        return false;
    return hasOneOf(key, {"len", "tok", "word", "läng", "longu", "longit", "lungh", "长"}) &&
           !hasOneOf(key, {"log",   "ln",  "mean", "avg",     "average",  "median", "min",  "max",   "std",  "sum",
                           "total", "cum", "id",   "million", "thousand", "byte",   "char", "share", "type", "per"});
}

bool mayNameTotals(std::string_view lengthName)
{
    const std::string key = keyOf(lengthName);
    return hasOneOf(key, {"tok", "wor", "wör"}) && !hasOneOf(key, {"len", "per", "in"});
}

bool namesTotals(std::string_view lengthName)
{
    return hasOneOf(keyOf(lengthName), {"total"});
}

bool namesOneToken(std::string_view lengthName)
{
    return isOneOf(keyOf(lengthName), {"token", "word"});
}

bool mayNumberRows(std::string_view countName)
{
    return isOneOf(keyOf(countName), {"n", "num", "number", "0"});
}

bool namesStatistic(std::string_view cell)
{
    constexpr std::size_t longest = 40;
    if (cell.size() > longest)
        return false;
    if (cell.size() > 1 && cell.ends_with('%') && cell.find_first_not_of("0123456789.,") >= cell.find_last_not_of("% "))
        return true;
    const std::string key = keyOf(cell);
    return isOneOf(key, {"count",
                         "n",
                         "nullcount",
                         "nas",
                         "unique",
                         "top",
                         "freq",
                         "mean",
                         "average",
                         "avg",
                         "median",
                         "mode",
                         "std",
                         "sd",
                         "stddev",
                         "stdev",
                         "standarddeviation",
                         "var",
                         "variance",
                         "min",
                         "minimum",
                         "max",
                         "maximum",
                         "range",
                         "iqr",
                         "mad",
                         "se",
                         "sem",
                         "skew",
                         "skewness",
                         "kurt",
                         "kurtosis",
                         "1stqu",
                         "2ndqu",
                         "3rdqu",
                         "1stquartile",
                         "3rdquartile",
                         "firstquartile",
                         "thirdquartile",
                         "lowerquartile",
                         "upperquartile",
                         "lowerhinge",
                         "upperhinge",
                         "mittelwert",
                         "durchschnitt",
                         "standardabweichung",
                         "moyenne",
                         "médiane",
                         "écarttype"});
}

bool namesSum(std::string_view cell)
{
    return isOneOf(keyOf(cell), {"total", "totals", "grandtotal", "subtotal", "sum", "overall", "gesamt", "gesamtsumme",
                                 "gesamtergebnis", "insgesamt", "summe", "somme", "合计", "总计"});
}

}  // namespace posbias
