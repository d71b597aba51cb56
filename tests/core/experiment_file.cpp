// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/experiment_file.h"
#include "core/experiment/presets.h"
#include "experiment_samples.h"

#include <QFile>
#include <QStringEncoder>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>

using namespace posbias;
using samples::errorOf;

namespace {

const char* const defaultText = R"({
  "posbias": 1,
  "title": "Past the training length",
  "mask": "causal",
  "trainingLength": 512,
  "length": 1000,
  "schemes": [
    {"scheme": "per-offset"},
    {"scheme": "t5", "variant": "huggingface", "buckets": 32, "maxDistance": 128}
  ],
  "teacher": {"kind": "power-law", "exponent": 1.5},
  "corpus": {"documents": 40, "lengths": "fixed", "counts": "sampled", "seed": 1, "heldOut": 20},
  "learning": {"optimizer": "adam", "learningRate": 0.03, "steps": 1000, "batch": 0, "weightDecay": 0.0, "initial": 0.0, "spread": 0.0, "seed": 1, "stopping": "last-step"},
  "level": {"a": 0.0, "b": 0.0},
  "content": {"kind": "none"},
  "scaling": "unscaled",
  "sweep": {"over": "buckets", "points": 30, "seeds": 8},
  "view": {"query": 850, "offset": 700}
}
)";

/// As files were before there were batches, held-out documents, shifts and sweeps.
const char* const olderText = R"({
  "posbias": 1,
  "title": "Past the training length",
  "mask": "causal",
  "trainingLength": 512,
  "length": 1000,
  "schemes": [
    {"scheme": "per-offset"},
    {"scheme": "t5", "variant": "huggingface", "buckets": 32, "maxDistance": 128}
  ],
  "teacher": {"kind": "power-law", "exponent": 1.5},
  "corpus": {"documents": 40, "lengths": "fixed", "counts": "sampled", "seed": 1},
  "learning": {"optimizer": "adam", "learningRate": 0.03, "steps": 1000, "weightDecay": 0.0, "initial": 0.0},
  "content": {"kind": "none"},
  "scaling": "unscaled",
  "view": {"query": 850, "offset": 700}
}
)";

Experiment read(const std::string& text)
{
    return fromJson(text, "x.posbias");
}

/// `members` in an object with the version.
Experiment readMembers(const std::string& members)
{
    return read("{\"posbias\": 1, " + members + "}");
}

std::string errorIn(const std::string& text)
{
    return errorOf([&] { read(text); });
}

void expectError(const std::string& text, const std::vector<std::string>& parts)
{
    const std::string error = errorIn(text);
    for (const std::string& part : parts)
        QVERIFY2(error.find(part) != std::string::npos, (error + "\n   does not say: " + part).c_str());
    QVERIFY2(error.find("x.posbias") != std::string::npos, error.c_str());
    QVERIFY2(error.size() < 1000, error.c_str());
}

std::string repeated(const std::string& part, int times)
{
    std::string text;
    for (int i = 0; i < times; ++i)
        text += part;
    return text;
}

void write(const std::filesystem::path& file, const std::string& bytes)
{
    std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace

class ExperimentFileTest : public QObject {
    Q_OBJECT

private slots:
    void theDefaultExperimentReadsAsInTheManual()
    {
        QCOMPARE(toJson(Experiment{}), std::string(defaultText));
        QVERIFY(read(defaultText) == Experiment{});
    }

    void olderFilesMeanWhatTheyMeant() { QVERIFY(read(olderText) == Experiment{}); }

    void everyPresetComesBackExactly()
    {
        for (const Preset& preset : presets())
            QVERIFY2(read(toJson(preset.experiment)) == preset.experiment, preset.name.c_str());
    }

    void everyKindComesBackExactly()
    {
        for (const Experiment& experiment : samples::everyKind())
            QVERIFY2(read(toJson(experiment)) == experiment, toJson(experiment).c_str());
    }

    void randomExperimentsComeBackExactlyAndAsTheSameText()
    {
        std::mt19937_64 random(7);
        for (int i = 0; i < 500; ++i) {
            const Experiment experiment = samples::randomValidExperiment(random);
            const std::string text = toJson(experiment);
            QVERIFY2(read(text) == experiment, text.c_str());
            QCOMPARE(toJson(read(text)), text);
        }
    }

    void missingKeysTakeTheDefaultsOfTheirKind()
    {
        QVERIFY(read("{\"posbias\": 1}") == Experiment{});
        QVERIFY(readMembers(R"("teacher": {"kind": "periodic"})").teacher == Teacher(Periodic{}));
        QVERIFY(readMembers(R"("teacher": {"exponent": 2})").teacher == Teacher(PowerLaw{2.0}));
        QVERIFY(readMembers(R"("learning": {"optimizer": "exact"})").learning == Learning(Exact{}));
        QVERIFY(readMembers(R"("content": {"kind": "random"})").content == Content(RandomContent{}));
        QVERIFY(readMembers(R"("schemes": [{"scheme": "t5"}, {"scheme": "per-offset"},
                                           {"scheme": "t5", "buckets": 8}])")
                    .schemes == (std::vector<Scheme>{T5{}, PerOffset{}, T5{T5Variant::HuggingFace, 8, 128}}));
        QVERIFY(readMembers(R"("length": 600)").view == defaultView(600));
        QVERIFY(readMembers(R"("length": 20, "trainingLength": 8, "view": {"query": 3, "offset": 2})").view ==
                (CellChoice{3, 2}));
    }

    void lengthsAreAWordOrAnObject()
    {
        const auto lengths = [](const std::string& value) {
            return readMembers("\"corpus\": {\"lengths\": " + value + "}").corpus.lengths;
        };
        QVERIFY(lengths(R"("fixed")") == Lengths(FixedLengths{}));
        QVERIFY(lengths(R"({"kind": "uniform"})") == Lengths(UniformLengths{}));
        QVERIFY(lengths(R"("pareto")") == Lengths(ParetoLengths{}));
        QVERIFY(lengths(R"({"exponent": 2.5, "kind": "pareto"})") == Lengths(ParetoLengths{2.5, 16}));
        QVERIFY(lengths(R"({"kind": "listed", "counts": "128:30 256:12"})") == Lengths(ListedLengths{"128:30 256:12"}));
        Experiment e;
        e.corpus.lengths = ListedLengths{"128:30 256:12"};
        QVERIFY(toJson(e).find(R"("lengths": {"kind": "listed", "counts": "128:30 256:12"}, "counts")") !=
                std::string::npos);
        e.corpus.lengths = ParetoLengths{1.5, 16};
        QVERIFY(toJson(e).find(R"("lengths": {"kind": "pareto", "exponent": 1.5, "min": 16}, "counts")") !=
                std::string::npos);
    }

    void wholeNumbersMayBeWrittenAsReals()
    {
        QCOMPARE(readMembers(R"("length": 1e3)").length, 1000);
        QCOMPARE(readMembers(R"("trainingLength": 512.0)").trainingLength, 512);
        QVERIFY(readMembers(R"("learning": {"initial": 3})").learning == Learning(Adam{.initial = 3.0}));
    }

    void titlesKeepTheirCharacters()
    {
        Experiment e;
        e.title = "\u221a2 \"quoted\" \\ / \U0001F600";
        QCOMPARE(read(toJson(e)).title, e.title);
        QCOMPARE(readMembers(R"("title": "\u00fc\ud83d\ude00")").title, std::string("\u00fc\U0001F600"));
    }

    void theVersionIsRequiredAndNewerOnesAreSaidToBe()
    {
        expectError("{}", {"posbias | ", "\"posbias\"", "is missing"});
        expectError(R"({"posbias": 2, "unheardOf": 3})", {"posbias | ", "made by a newer version"});
        expectError(R"({"posbias": 0})", {"posbias is 0; it must be the format version, 1"});
        expectError(R"({"posbias": 1.5})", {"posbias | ", "its format is 1.5"});
        expectError(R"({"posbias": "1"})", {"posbias is the text \"1\""});
        expectError(R"({"posbias": null})", {"posbias is null"});
        QVERIFY(read(R"({"posbias": 1.0})") == Experiment{});
    }

    void wrongKeysAreNamedWithTheirPathAndWhatIsAllowed()
    {
        expectError(R"({"posbias": 1, "lenght": 3})", {"lenght | ", "did you mean length?"});
        expectError(R"({"posbias": 1, "colour": 3})", {"colour | ", "the top level there are posbias, title, mask,"});
        expectError(R"({"posbias": 1, "schemes": [{"scheme": "t5"}, {"scheme": "t5", "number": 3}]})",
                    {"schemes.1.number | ", "in schemes.1 there are scheme, variant, buckets and maxDistance"});
        expectError(
            R"({"posbias": 1, "learning": {"optimizer": "exact", "learningRate": 0.1}})",
            {"learning.learningRate belongs to \"adam\", \"adamw\", \"adafactor\", \"sgd\" or \"momentum\", but "
             "learning.optimizer is \"exact\"",
             "optimizer, weightDecay, initial, spread and seed"});
        expectError(R"({"posbias": 1, "corpus": {"lengths": {"kind": "fixed", "min": 3}}})",
                    {"corpus.lengths.min belongs to \"pareto\", but corpus.lengths is \"fixed\"", "there is kind"});
        expectError(R"({"posbias": 1, "corpus.lengths": "pareto"})", {"\"corpus.lengths\"", "at the top level"});
        expectError(R"({"posbias": 1, "": 1})", {"at the top level"});
        expectError("{\"posbias\": 1, \"" + repeated("k", 100000) + "\": 1}", {"kkk...", "at the top level"});
        expectError(R"({"posbias": 1, "view": {"query": 1, "offset": 1, "key": 0}})", {"view.key | "});
    }

    void duplicateKeysAreFoundAtAnyDepth()
    {
        expectError(R"({"posbias": 1, "posbias": 1})", {"posbias is there twice"});
        expectError(R"({"posbias": 1, "teacher": {"kind": "window", "width": 3, "width": 3}})",
                    {"teacher.width | ", "teacher.width is there twice"});
        expectError(R"({"posbias": 1, "schemes": [{"scheme": "t5"}, {"scheme": "t5", "scheme": "t5"}]})",
                    {"schemes.1.scheme is there twice"});
        expectError(R"({"posbias": 1, "corpus": {"lengths": {"kind": "pareto", "min": 1, "m\u0069n": 2}}})",
                    {"corpus.lengths.min is there twice"});
    }

    void wrongTypesSayWhatWasExpectedAndFound()
    {
        expectError(R"({"posbias": 1, "length": "1000"})",
                    {"length | ", "length is the text \"1000\"; it must be a whole number from 1 to 16777216"});
        expectError(R"({"posbias": 1, "length": 10.5})", {"length is 10.5;"});
        expectError(R"({"posbias": 1, "length": true})", {"length is true; it must be a whole number"});
        expectError(R"({"posbias": 1, "title": {"a": 1}})", {"title is an object; it must be text"});
        expectError(R"({"posbias": 1, "mask": null})", {"mask is null; it must be \"causal\" or \"bidirectional\""});
        expectError(R"({"posbias": 1, "mask": 5})", {"mask is 5; it must be \"causal\""});
        expectError(R"({"posbias": 1, "schemes": {"0": {}}})", {"schemes is an object; it must be a list"});
        expectError(R"({"posbias": 1, "schemes": ["t5", "t5"]})",
                    {"schemes.0 is the text \"t5\"; it must be an object"});
        expectError(R"({"posbias": 1, "teacher": "window"})", {"teacher is the text \"window\"; it must be an object"});
        expectError(R"({"posbias": 1, "teacher": {"kind": ["window"]}})", {"teacher.kind is a list;"});
        expectError(R"({"posbias": 1, "corpus": {"lengths": ["fixed"]}})", {"corpus.lengths is a list; it must be"});
        expectError(R"({"posbias": 1, "corpus": {"lengths": {}}})", {"corpus.lengths.kind is missing"});
        expectError("[]", {"a list"});
        expectError("3", {"the file holds 3; an experiment is an object"});
    }

    void badValuesAndCombinationsNameTheirPath()
    {
        expectError(R"({"posbias": 1, "length": 0})", {"length is 0; it must be a whole number from 1 to 16777216"});
        expectError(R"({"posbias": 1, "length": 1000000000000})", {"length is 1000000000000;"});
        expectError(R"({"posbias": 1, "length": 99999999999999999999})", {"length is 1e+20;"});
        expectError(R"({"posbias": 1, "corpus": {"seed": 9007199254740993}})", {"corpus.seed is 9007199254740993;"});
        expectError(R"({"posbias": 1, "schemes": []})", {"schemes has 0 entries; it must have from 2 to 26"});
        expectError("{\"posbias\": 1, \"schemes\": [" + repeated("{}, ", 26) + "{}]}", {"schemes has 27 entries"});
        expectError(R"({"posbias": 1, "schemes": [{"scheme": "t5"}, {}]})", {"schemes.1.scheme is missing"});
        expectError(R"({"posbias": 1, "schemes": [{"scheme": "t5"}, {"scheme": "alibi"}]})",
                    {"schemes.1.scheme is \"alibi\"; it must be \"per-offset\" or \"t5\""});
        expectError(R"({"posbias": 1, "schemes": [{"scheme": "t5"}, {"scheme": "t5", "maxDistance": 12}]})",
                    {"schemes.1.maxDistance | ", "scheme B: schemes.1.maxDistance is 12", "above 16"});
        expectError(R"({"posbias": 1, "view": {"query": 1000, "offset": 0}})", {"view.query | "});
        expectError(R"({"posbias": 1, "learning": {"optimizer": "exact", "weightDecay": 0}})",
                    {"learning.weightDecay is 0; it must be a number above 0, up to 1"});
        expectError(R"({"posbias": 1, "title": "a\nb"})",
                    {"title is \"a\\nb\"; it must be text of at most 200 characters"});
        expectError("{\"posbias\": 1, \"title\": \"" + repeated("t", 201) + "\"}", {"title is \"ttt", "at most 200"});
    }

    void syntaxErrorsNameTheFileTheLineAndTheColumn()
    {
        expectError("", {"x.posbias is not valid JSON at line 1, column 1: "});
        expectError("{\n  \"posbias\": 1,\n  \"length\": 12x\n}", {"line 3, column 15: "});
        expectError("{\"posbias\": 1, \"title\": \"\u00fc\u00fc\" 1}", {"line 1, column 30: "});
        expectError(std::string(defaultText).substr(0, 100), {"not valid JSON at line "});
        expectError(std::string(defaultText) + "x", {"not valid JSON at line 20, column 1: "});
        for (const char* bad :
             {"{\"posbias\": NaN}", "{\"posbias\": Infinity}", "{\"posbias\": 1, }", "{\"posbias\": 01}",
              "{posbias: 1}", "{\"posbias\": 1} {}", "{\"posbias\": 1 // note\n}", "\xff\xfe{\0}\0"})
            expectError(bad, {"x.posbias is not valid JSON at line 1, column "});
        expectError("{\"posbias\": 1, \"title\": \"\xff\"}", {"not valid JSON at line 1, column 26: ", "UTF-8"});
        expectError("{\"posbias\": 1, \"title\": \"\\ud800\"}", {"not valid JSON"});
        expectError("{\"posbias\": 1, \"length\": 1e400}", {"number overflow"});
        expectError(std::string("{\"posbias\": 1}\0more", 19), {"not valid JSON at line 1, column 15: a zero byte"});
    }

    void everyTruncationOfAFileIsRefused()
    {
        const std::string text = toJson(presets().back().experiment);
        for (std::size_t size = 0; size + 2 < text.size(); ++size)
            QVERIFY2(errorIn(text.substr(0, size)).find("not valid JSON") != std::string::npos,
                     text.substr(0, size).c_str());
    }

    void anyByteChangedIsReadOrRefusedButNeverMore()
    {
        std::mt19937_64 random(11);
        const std::string text = toJson(presets().back().experiment);
        for (int i = 0; i < 3000; ++i) {
            std::string changed = text;
            changed[random() % changed.size()] = static_cast<char>(random() % 256);
            try {
                validate(read(changed));
            } catch (const InputError& error) {
                QVERIFY2(std::string(error.what()).starts_with("x.posbias"), error.what());
            }
        }
    }

    void deepAndHugeFilesAreRefusedAtOnce()
    {
        expectError(repeated("[", 1000000), {"nests deeper than 16 levels"});
        expectError("{\"posbias\": 1, \"a\": " + repeated("{\"a\":", 1000000), {"nests deeper than 16 levels"});
        expectError("[" + repeated("1,", 100000) + "1]", {"more than 10000 values"});
        expectError(std::string((std::size_t{16} << 20) + 1, ' '), {"larger than 16 MiB"});
    }

    void editorsMayChangeEncodingAndLineEnds()
    {
        QTemporaryDir folder;
        const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "a.posbias";
        Experiment experiment;
        experiment.title = "L\xc3\xa4nge";
        const QString text = QString::fromStdString(toJson(experiment));
        QStringEncoder little(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom),
            big(QStringConverter::Utf16BE);
        for (const QByteArray& bytes :
             {QByteArray("\xef\xbb\xbf" + text.toUtf8()), QByteArray(little.encode(text)), QByteArray(big.encode(text)),
              QString(text).replace('\n', "\r\n").toUtf8(), QString(text).replace('\n', '\r').toUtf8()}) {
            write(file, bytes.toStdString());
            QVERIFY(readExperiment(file) == experiment);
        }
        write(file, "{\"posbias\": 1,\r\"length\": x}");
        const std::string error = errorOf([&] { readExperiment(file); });
        QVERIFY2(error.find("at line 2, column ") != std::string::npos, error.c_str());
        write(file, std::string("{\"posbias\": 1\0}", 16));
        const std::string zero = errorOf([&] { readExperiment(file); });
        QVERIFY2(zero.find("a zero byte") != std::string::npos, zero.c_str());
    }

    void aWrittenFileReadsBack()
    {
        QTemporaryDir folder;
        const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "a b.posbias";
        writeExperiment(file, Experiment{});
        QVERIFY(readExperiment(file) == Experiment{});
        Experiment other = presets().back().experiment;
        writeExperiment(file, other);
        QVERIFY(readExperiment(file) == other);
        // Packed, it stays packed.
        const std::filesystem::path packed = std::filesystem::path(folder.path().toStdString()) / "a.posbias.gz";
        writeExperiment(packed, other);
        QVERIFY(readExperiment(packed) == other);
        QFile bytes(QString::fromStdString(packed.string()));
        QVERIFY(bytes.open(QIODevice::ReadOnly) && bytes.read(2) == "\x1f\x8b");
        // Under another name as well.
        const std::filesystem::path renamed = std::filesystem::path(folder.path().toStdString()) / "b.posbias";
        std::filesystem::rename(packed, renamed);
        writeExperiment(renamed, Experiment{});
        QVERIFY(readExperiment(renamed) == Experiment{});
        QFile again(QString::fromStdString(renamed.string()));
        QVERIFY(again.open(QIODevice::ReadOnly) && again.read(2) == "\x1f\x8b");
        QFile plain(QString::fromStdString(file.string()));
        QVERIFY(plain.open(QIODevice::ReadOnly) && plain.read(1) == "{");
    }

    void whatCannotBeReadIsNamed()
    {
        QTemporaryDir folder;
        const std::filesystem::path base = folder.path().toStdString();
        const auto error = [](const std::filesystem::path& file) { return errorOf([&] { readExperiment(file); }); };
        const std::string directory = base.string();
        QCOMPARE(error(base), directory + " | " + directory + " is a directory, not an experiment");
        const std::string missing = (base / "none.posbias").string();
        QCOMPARE(error(missing), missing + " | cannot open " + missing + ": No such file or directory");
        write(base / "binary", std::string("\x89PNG\r\n\x1a\n\0\0", 10));
        QVERIFY(error(base / "binary").find("binary is a PNG picture, not an experiment") != std::string::npos);
        write(base / "big", std::string((std::size_t{16} << 20) + 5, ' '));
        QVERIFY(error(base / "big").find("larger than 16 MiB") != std::string::npos);
        QVERIFY(error("/dev/zero").find("/dev/zero is larger than 16 MiB") != std::string::npos);
        write(base / "empty", "");
        QVERIFY(error(base / "empty").find("not valid JSON at line 1, column 1") != std::string::npos);
    }

    void whatCannotBeWrittenIsAFailure()
    {
        QTemporaryDir folder;
        const std::filesystem::path base = folder.path().toStdString();
        QVERIFY_EXCEPTION_THROWN(writeExperiment(base, Experiment{}), FailureError);
        QVERIFY_EXCEPTION_THROWN(writeExperiment(base / "none" / "x.posbias", Experiment{}), FailureError);
    }
};

QTEST_GUILESS_MAIN(ExperimentFileTest)
#include "experiment_file.moc"
