// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/fields.h"
#include "core/experiment/listed_lengths.h"
#include "experiment_samples.h"

#include <QTest>

#include <limits>
#include <map>
#include <set>

using namespace posbias;
using samples::errorOf;

namespace {

const FieldDescription& field(const std::vector<FieldDescription>& fields, const std::string& path)
{
    for (const FieldDescription& f : fields)
        if (f.path == path)
            return f;
    throw std::out_of_range(path);
}

FieldValue valueOf(const Experiment& experiment, const std::string& path)
{
    return field(describeFields(experiment), path).value;
}

bool accepts(const Experiment& experiment, const std::string& path, const FieldValue& value)
{
    try {
        return valueOf(withField(experiment, path, value), path) == value;
    } catch (const InputError& error) {
        if (error.subject() != path)
            throw;
        return false;
    }
}

/// The whole of `parts` is in `text`.
bool says(const std::string& text, const std::vector<std::string>& parts)
{
    for (const std::string& part : parts)
        if (text.find(part) == std::string::npos) {
            qWarning("\"%s\" does not say \"%s\"", text.c_str(), part.c_str());
            return false;
        }
    return true;
}

std::string refusal(const Experiment& experiment)
{
    return errorOf([&] { validate(experiment); });
}

}  // namespace

class FieldsTest : public QObject {
    Q_OBJECT

private slots:
    void pathsAreUniqueAndInTheOrderOfTheFile()
    {
        for (const Experiment& experiment : samples::everyKind()) {
            std::set<std::string> paths;
            for (const FieldDescription& f : describeFields(experiment))
                QVERIFY2(paths.insert(f.path).second, f.path.c_str());
        }
        std::vector<std::string> paths;
        for (const FieldDescription& f : describeFields({}))
            paths.push_back(f.path);
        const std::vector<std::string> expected = {"title",
                                                   "mask",
                                                   "trainingLength",
                                                   "length",
                                                   "schemes.0.scheme",
                                                   "schemes.1.scheme",
                                                   "schemes.1.variant",
                                                   "schemes.1.buckets",
                                                   "schemes.1.maxDistance",
                                                   "teacher.kind",
                                                   "teacher.exponent",
                                                   "corpus.documents",
                                                   "corpus.lengths",
                                                   "corpus.counts",
                                                   "corpus.seed",
                                                   "corpus.heldOut",
                                                   "learning.optimizer",
                                                   "learning.learningRate",
                                                   "learning.steps",
                                                   "learning.batch",
                                                   "learning.weightDecay",
                                                   "learning.initial",
                                                   "learning.spread",
                                                   "learning.seed",
                                                   "learning.stopping",
                                                   "level.a",
                                                   "level.b",
                                                   "content.kind",
                                                   "scaling",
                                                   "sweep.over",
                                                   "sweep.points",
                                                   "sweep.seeds",
                                                   "view.query",
                                                   "view.offset"};
        QCOMPARE(paths, expected);
    }

    void everyFieldHasALabelHelpAndAGroup()
    {
        const std::set<std::string> groups = {"title",    "sequence", "scheme.0", "scheme.1", "data",
                                              "training", "level",    "content",  "sweep",    "view"};
        for (const Experiment& experiment : samples::everyKind())
            for (const FieldDescription& f : describeFields(experiment)) {
                QVERIFY2(!f.label.empty() && !f.help.empty(), f.path.c_str());
                QVERIFY2(groups.contains(f.group), f.path.c_str());
                QCOMPARE(f.choices.empty(), f.type != FieldType::Choice);
            }
    }

    void everyFieldCanBeSetToWhatItHas()
    {
        for (const Experiment& experiment : samples::everyKind())
            for (const FieldDescription& f : describeFields(experiment))
                QVERIFY2(withField(experiment, f.path, f.value) == experiment, f.path.c_str());
    }

    void everyFieldTakesItsLeastAndMostAndNothingOutside()
    {
        for (const Experiment& e : samples::everyKind())
            for (const FieldDescription& f : describeFields(e)) {
                if (f.type == FieldType::Integer)
                    checkIntegerEnds(e, f);
                if (f.type == FieldType::Real)
                    checkRealEnds(e, f);
                if (f.type == FieldType::Choice)
                    QVERIFY2(!accepts(e, f.path, "no such choice") && !accepts(e, f.path, std::int64_t{0}),
                             f.path.c_str());
            }
    }

    void rangesAreThoseOfTheSpecification()
    {
        using Ends = std::pair<double, double>;
        const std::map<std::string, Ends> expected = {{"schemes.1.buckets", {2, 65536}},
                                                      {"schemes.1.maxDistance", {1, 2147483647}},
                                                      {"trainingLength", {1, 16777216}},
                                                      {"length", {1, 16777216}},
                                                      {"corpus.documents", {1, 1e6}},
                                                      {"corpus.seed", {0, 9007199254740992.0}},
                                                      {"learning.learningRate", {0, 10}},
                                                      {"learning.steps", {0, 1e6}},
                                                      {"learning.initial", {-100, 100}},
                                                      {"learning.batch", {0, 1e6}},
                                                      {"learning.spread", {0, 10}},
                                                      {"corpus.heldOut", {0, 1e6}},
                                                      {"level.a", {-20, 20}},
                                                      {"sweep.seeds", {1, 64}}};
        const std::vector<FieldDescription> fields = describeFields({});
        for (const auto& [path, ends] : expected)
            QVERIFY2(field(fields, path).min == ends.first && field(fields, path).max == ends.second, path.c_str());
        QVERIFY(field(fields, "learning.learningRate").minExcluded);
        QVERIFY(!field(fields, "learning.weightDecay").minExcluded);
        const auto exact = describeFields(withField({}, "learning.optimizer", "exact"));
        QVERIFY(field(exact, "learning.weightDecay").minExcluded);
    }

    void theDefaultExperimentHasItsDefaultsEverywhere()
    {
        for (const FieldDescription& f : describeFields({}))
            QVERIFY2(f.value == f.defaultValue, f.path.c_str());
    }

    void numbersThatAreNotFiniteOrNotWholeAreRefused()
    {
        const double inf = std::numeric_limits<double>::infinity();
        for (const double bad : {inf, -inf, std::nan("")}) {
            QVERIFY(!accepts({}, "teacher.exponent", bad));
            QVERIFY(errorOf([&] { withField({}, "length", bad); }) != "no error");
        }
        QCOMPARE(withField({}, "length", 600.0).length, 600);
        QVERIFY(says(errorOf([&] { withField({}, "length", 600.5); }),
                     {"length | length is 600.5;", "a whole number from 1 to 16777216"}));
        QCOMPARE(valueOf(withField({}, "teacher.exponent", std::int64_t{2}), "teacher.exponent"), FieldValue(2.0));
    }

    void titlesAreTextOfAtMost200Characters()
    {
        std::string umlauts;
        for (int i = 0; i < 200; ++i)
            umlauts += "\u00fc";
        QVERIFY(accepts({}, "title", umlauts));
        QVERIFY(accepts({}, "title", ""));
        QVERIFY(!accepts({}, "title", umlauts + "x"));
        for (const char* bad : {"line\nbreak", "\x7f", "\u0085", "\xff", "cut \xe2\x88", "\xc0\x80", "\xed\xa0\x80"})
            QVERIFY2(!accepts({}, "title", bad), bad);
        QVERIFY(!accepts({}, "title", std::string("nul\0", 4)));
    }

    void changingAKindKeepsWhatTheNewKindSharesAndAllows()
    {
        Experiment e = withField(withField({}, "learning.initial", -2.0), "learning.spread", 0.5);
        QVERIFY(withField(e, "learning.optimizer", "exact").learning == Learning(Exact{1e-6, -2.0, 0.5}));
        e = withField(withField(e, "learning.batch", std::int64_t{4}), "learning.seed", std::int64_t{7});
        QVERIFY(withField(e, "learning.optimizer", "sgd").learning ==
                Learning(Sgd{.batch = 4, .initial = -2.0, .spread = 0.5, .seed = 7}));
        e = withField({}, "teacher.exponent", 3.0);
        QVERIFY(withField(e, "teacher.kind", "periodic").teacher == Teacher(Periodic{3.0, 1.0, 32.0}));
        QVERIFY(withField(e, "teacher.kind", "power-law") == e);
        QVERIFY(withField({}, "schemes.0.scheme", "t5").schemes[0] == Scheme(T5{}));
        QVERIFY(withField({}, "corpus.lengths", "pareto").corpus.lengths == Lengths(ParetoLengths{}));
    }

    /// A learning rate of 0.03 is Adam's usual one and far too small for SGD.
    void whatEveryOptimizerMeansDifferentlyTakesItsDefault()
    {
        Experiment e = withField(withField({}, "learning.learningRate", 0.5), "learning.weightDecay", 0.25);
        e = withField(e, "learning.steps", std::int64_t{3});
        for (const char* optimizer : {"adamw", "adafactor", "sgd", "momentum", "exact"}) {
            const Experiment other = withField(e, "learning.optimizer", optimizer);
            QVERIFY(other == withField(Experiment{}, "learning.optimizer", optimizer));
        }
    }

    void aViewThatFallsOutsideGoesToItsDefaultPlace()
    {
        QVERIFY(defaultView(1000) == (CellChoice{850, 700}));
        QVERIFY(defaultView(1) == (CellChoice{0, 0}));
        QVERIFY(defaultView(maxLength) == (CellChoice{14260633, 11744051}));
        QVERIFY(withField({}, "length", std::int64_t{851}).view == (CellChoice{850, 700}));
        QVERIFY(withField({}, "length", std::int64_t{850}).view == defaultView(850));
        Experiment both = withField({}, "mask", "bidirectional");
        QVERIFY(both.view == Experiment{}.view);
        both.view = {100, -50};
        validate(both);
        QVERIFY(withField(both, "mask", "causal").view == defaultView(1000));
        QVERIFY(withField(both, "length", std::int64_t{150}).view == defaultView(150));
        QVERIFY(withField(both, "length", std::int64_t{151}).view == (CellChoice{100, -50}));
    }

    void textIsReadStrictly()
    {
        QCOMPARE(withFieldText({}, "length", "2048").length, 2048);
        QCOMPARE(withFieldText({}, "length", "1e3").length, 1000);
        QCOMPARE(valueOf(withFieldText({}, "teacher.exponent", "2"), "teacher.exponent"), FieldValue(2.0));
        QCOMPARE(withFieldText({}, "title", "0x10").title, "0x10");
        for (const char* bad : {"12abc", "", "nan", "inf", "1e400", "0x10", " 12", "12 ", "1,5", "+5", "--1", "1e"})
            for (const char* path : {"length", "teacher.exponent"})
                QVERIFY2(says(errorOf([&] { withFieldText({}, path, bad); }),
                              {std::string(path) + " | " + path + " is ", "it must be a "}),
                         bad);
        QVERIFY(says(errorOf([] { withFieldText({}, "length", "12abc"); }), {"length is \"12abc\";"}));
        QVERIFY(says(errorOf([] { withFieldText({}, "length", "99999999999999999999"); }), {"length is 1e+20;"}));
        QVERIFY(says(errorOf([] { withFieldText({}, "mask", "both"); }),
                     {"mask is \"both\"; it must be \"causal\" or \"bidirectional\""}));
    }

    void anUnknownPathIsAnsweredWithTheNearestOrAllThereAre()
    {
        const auto answer = [](const char* path) { return errorOf([&] { withFieldText({}, path, "1"); }); };
        QVERIFY(says(answer("schemes.1.bucket"), {"schemes.1.bucket |", "did you mean schemes.1.buckets?"}));
        QVERIFY(says(answer("buckets"), {"did you mean schemes.1.buckets?"}));
        QVERIFY(says(answer("corpus.size"), {"in corpus there are documents, lengths, counts, seed and heldOut"}));
        QVERIFY(says(answer("teacher"), {"in teacher there are kind and exponent"}));
        QVERIFY(says(answer("schemes.7.buckets"), {"in schemes there are 0 and 1"}));
        QVERIFY(says(answer(""), {"at the top level there are title, mask,"}));
        QVERIFY(says(answer("..."), {"at the top level there are title, mask,"}));
        QVERIFY(says(answer("teacher.scale"),
                     {"teacher.scale belongs to \"exponential\", but teacher.kind is \"power-law\""}));
        QVERIFY(says(answer("schemes.0.buckets"), {"schemes.0.buckets belongs to \"t5\""}));
        QVERIFY(says(answer("corpus.lengths.min"), {"belongs to \"pareto\", but corpus.lengths is \"fixed\""}));
        QVERIFY(answer(std::string(100000, 'x').c_str()).size() < 100500);
    }

    void combinationsAreAllowedWhileEditingAndReportedByValidate()
    {
        Experiment e = withField({}, "schemes.1.maxDistance", std::int64_t{12});
        QVERIFY(says(refusal(e),
                     {"schemes.1.maxDistance | scheme B: schemes.1.maxDistance is 12", "32 buckets", "above 16"}));
        e = withField({}, "schemes.1.maxDistance", std::int64_t{16});
        QVERIFY(says(refusal(e), {"schemes.1.maxDistance | "}));
        e = withField({}, "schemes.1.maxDistance", std::int64_t{17});
        QCOMPARE(refusal(e), "no error");
        e = withField(withField({}, "mask", "bidirectional"), "schemes.1.buckets", std::int64_t{3});
        QVERIFY(says(refusal(e), {"schemes.1.buckets | scheme B: schemes.1.buckets is 3"}));
    }

    void aSampledCorpusHasAtMost67108864Tokens()
    {
        Experiment e = withField({}, "trainingLength", std::int64_t{1} << 20);
        QCOMPARE(refusal(withField(e, "corpus.documents", std::int64_t{64})), "no error");
        e = withField(e, "corpus.documents", std::int64_t{65});
        QVERIFY(says(refusal(e), {"corpus.documents | corpus.documents is 65;", "1048576", "at most 64"}));
        QCOMPARE(refusal(withField(e, "corpus.counts", "expected")), "no error");
    }

    void theShortestDocumentFitsInTheTrainingLength()
    {
        Experiment e = withField({}, "corpus.lengths", "pareto");
        QCOMPARE(refusal(withField(e, "corpus.lengths.min", std::int64_t{512})), "no error");
        QVERIFY(says(refusal(withField(e, "corpus.lengths.min", std::int64_t{513})),
                     {"corpus.lengths.min | corpus.lengths.min is 513;", "at most the training length, 512"}));
    }

    void heldOutDocumentsAreFewEnoughToSampleAndThereForEarlyStopping()
    {
        Experiment e =
            withField(withField({}, "trainingLength", std::int64_t{1} << 20), "corpus.heldOut", std::int64_t{64});
        QCOMPARE(refusal(e), "no error");
        e = withField(e, "corpus.heldOut", std::int64_t{65});
        QVERIFY(says(refusal(e), {"corpus.heldOut | corpus.heldOut is 65;", "1048576", "at most 64"}));
        e = withField(Experiment{}, "trainingLength", maxLength);  // an older file has the default number of them
        QCOMPARE(refusal(withField(e, "corpus.documents", std::int64_t{4})), "no error");

        e = withField(withField({}, "learning.stopping", "best-held-out"), "corpus.heldOut", std::int64_t{0});
        QVERIFY(
            says(refusal(e), {"learning.stopping | learning.stopping is \"best-held-out\"", "corpus.heldOut is 0"}));
        QCOMPARE(refusal(withField(e, "corpus.heldOut", std::int64_t{1})), "no error");
        QCOMPARE(refusal(withField(e, "corpus.counts", "expected")), "no error");
    }

    void listedLengthsArePairsInAscendingOrder()
    {
        const auto answer = [](const char* counts) {
            Experiment e = withField({}, "corpus.lengths", "listed");
            return refusal(withField(e, "corpus.lengths.counts", counts));
        };
        for (const char* good : {"1:1", "128:30 256:12", "  7:2   9:1 ", "16777216:1000000000"})
            QCOMPARE(answer(good), "no error");
        QVERIFY(says(answer(""), {"corpus.lengths.counts | corpus.lengths.counts is empty"}));
        for (const char* bad : {"12", "12:", ":3", "a:3", "12:x", "12:3,13:4", "12:1.5", "1 :2", "12:3 13"})
            QVERIFY2(says(answer(bad), {"corpus.lengths.counts holds \"", "two whole numbers"}), bad);
        QVERIFY(says(answer("0:3"), {"\"0:3\"; the length must be from 1 to 16777216"}));
        QVERIFY(says(answer("16777217:3"), {"the length must be"}));
        QVERIFY(says(answer("99999999999999999999:3"), {"the length must be"}));
        QVERIFY(says(answer("12:0"), {"\"12:0\"; the number of documents must be from 1 to 1000000000"}));
        QVERIFY(says(answer("12:-3"), {"the number of documents must be"}));
        QVERIFY(says(answer("12:3 11:4"), {"\"11:4\" after length 12; lengths must ascend"}));
        QVERIFY(says(answer("12:3 12:4"), {"lengths must ascend, each once"}));
        const std::vector<CountedLength> counts = {{128, 30}, {256, 12}};
        QCOMPARE(listedLengths(counts).counts, std::string("128:30 256:12"));
        QCOMPARE(countedLengths(listedLengths(counts)), counts);
    }

    void aSpreadBelowZeroAndNoDocumentsAreRefused()
    {
        QVERIFY(says(errorOf([] { withFieldText({}, "learning.spread", "-0.1"); }),
                     {"learning.spread | learning.spread is -0.1; it must be a number from 0 to 10"}));
        QVERIFY(
            says(errorOf([] { withFieldText({}, "corpus.documents", "0"); }), {"corpus.documents is 0; it must be"}));
        QVERIFY(says(errorOf([] { withFieldText({}, "learning.batch", "-1"); }), {"learning.batch is -1; it must be"}));
    }

    void randomContentHasALengthLimitThatSaysWhy()
    {
        Experiment e = withField({}, "content.kind", "random");
        QCOMPARE(refusal(withField(e, "length", std::int64_t{1} << 21)), "no error");
        QVERIFY(says(refusal(withField(e, "length", (std::int64_t{1} << 21) + 1)),
                     {"length | length is 2097153;", "random content of dimension 64", "at most 2097152", "because"}));
        e = withField(withField(e, "length", std::int64_t{1} << 20), "content.dimension", std::int64_t{128});
        QCOMPARE(refusal(e), "no error");
        QVERIFY(says(refusal(withField(e, "content.dimension", std::int64_t{129})),
                     {"length | length is 1048576;", "of dimension 129", "at most 1040447"}));
    }

    void theViewsCellIsOneThatTheMaskShows()
    {
        Experiment e;
        e.view = {1000, 0};
        QVERIFY(says(refusal(e), {"view.query | view.query is 1000;", "from 0 to 999"}));
        e.view = {999, 999};
        QCOMPARE(refusal(e), "no error");
        e.view = {10, 11};
        QVERIFY(says(refusal(e), {"view.offset | view.offset is 11;", "from 0 to 10"}));
        e.view = {10, -1};
        QVERIFY(says(refusal(e), {"view.offset | view.offset is -1;", "causal", "from 0 to 10"}));
        e.mask = Mask::Bidirectional;
        QCOMPARE(refusal(e), "no error");
        e.view = {10, -990};
        QVERIFY(says(refusal(e), {"view.offset | view.offset is -990;", "from -989 to 10"}));
    }

    void twoTo26SchemesAreCompared()
    {
        Experiment e;
        for (const std::size_t count : {0u, 1u, 27u}) {
            e.schemes.assign(count, T5{});
            QVERIFY(says(refusal(e), {"schemes | schemes has " + std::to_string(count), "from 2 to 26"}));
        }
        e.schemes.assign(26, T5{});
        QCOMPARE(refusal(e), "no error");
        e.schemes[25] = T5{T5Variant::Book, 32, 4};
        QVERIFY(says(refusal(e), {"schemes.25.maxDistance | scheme Z: "}));
    }

    void validateRefusesAValueThatWasWrittenAroundTheFields()
    {
        Experiment e;
        e.length = 0;
        QVERIFY(says(refusal(e), {"length | length is 0;"}));
        e = {};
        e.learning = Adam{.learningRate = 0.0};
        QVERIFY(says(refusal(e),
                     {"learning.learningRate | learning.learningRate is 0; it must be a number above 0, up to 10"}));
        e = {};
        e.teacher = Exponential{std::nan("")};
        QVERIFY(says(refusal(e), {"teacher.scale | teacher.scale is nan;"}));
    }

    void aFieldWithoutEffectSaysWhy()
    {
        const auto reason = [](const Experiment& e, const std::string& path) {
            return field(describeFields(e), path).disabledReason;
        };
        QCOMPARE(reason({}, "corpus.documents"), "");
        QVERIFY(!reason({}, "scaling").empty());
        const Experiment expected = withField({}, "corpus.counts", "expected");
        QCOMPARE(reason(expected, "corpus.documents"), "With expected counts the number of documents cancels");
        for (const char* path : {"corpus.seed", "corpus.heldOut", "learning.batch", "learning.stopping"})
            QVERIFY2(!reason(expected, path).empty() && reason({}, path).empty(), path);
        QVERIFY(!reason(withField({}, "learning.steps", std::int64_t{0}), "learning.learningRate").empty());
        QCOMPARE(reason(withField({}, "content.kind", "random"), "scaling"), "");
    }

    void aSchemesOwnFieldsHaveRelativePaths()
    {
        QVERIFY(describeScheme(PerOffset{}).empty());
        const auto fields = describeScheme(T5{T5Variant::Book, 8, 64});
        QCOMPARE(fields.size(), std::size_t{3});
        QCOMPARE(fields[1].path, "buckets");
        QCOMPARE(fields[1].value, FieldValue(std::int64_t{8}));
        QCOMPARE(fields[1].defaultValue, FieldValue(std::int64_t{32}));
    }

    void schemeChoicesAreTheListOfSchemes()
    {
        const auto choices = field(describeFields({}), "schemes.0.scheme").choices;
        QCOMPARE(choices.size(), schemeInfos().size());
        for (std::size_t i = 0; i < choices.size(); ++i)
            QCOMPARE(choices[i].id, std::string(schemeInfos()[i].id));
    }

    void idsAndValuesMatchBothWays()
    {
        for (const Mask mask : {Mask::Causal, Mask::Bidirectional})
            QCOMPARE(maskFromId(maskId(mask)), mask);
        for (const T5Variant variant : {T5Variant::HuggingFace, T5Variant::Book})
            QCOMPARE(variantFromId(variantId(variant)), variant);
        QCOMPARE(maskId(Mask::Bidirectional), "bidirectional");
        QCOMPARE(variantId(T5Variant::HuggingFace), "huggingface");
        QVERIFY(
            says(errorOf([] { maskFromId("both"); }), {"mask | mask is \"both\"", "\"causal\" or \"bidirectional\""}));
        QVERIFY(says(errorOf([] { variantFromId(""); }), {"variant | variant is \"\"", "\"book\""}));
    }

    void schemesAreLettered()
    {
        QCOMPARE(schemeLetter(0), "A");
        QCOMPARE(schemeLetter(25), "Z");
    }

    void initialValuesAreOneNumberOrNormalOnesThatTheSeedDecides()
    {
        QCOMPARE(initialValues(Exact{.initial = -3.0}), (InitialValues{-3.0, 0.0, 1}));
        QCOMPARE((InitialValues{-3.0, 0.0, 1}).ofParameter(5), -3.0);
        QCOMPARE((InitialValues{-3.0, 0.0, 1}).beyond(-5), -3.0);
        const InitialValues values = initialValues(Sgd{.initial = 2.0, .spread = 0.5, .seed = 3});
        QVERIFY(values.ofParameter(7) == values.ofParameter(7));
        QVERIFY(values.ofParameter(7) != (InitialValues{2.0, 0.5, 4}).ofParameter(7));
        std::set<double> all;
        for (std::int64_t k = 1; k <= 20000; ++k)
            for (const double value : {values.ofParameter(k), values.beyond(k), values.beyond(-k)})
                all.insert(value);
        QVERIFY(all.size() > 59900);  // three streams of their own; of 2^31 numbers a few meet
        double sum = 0.0, squares = 0.0;
        for (const double value : all) {
            sum += value - 2.0;
            squares += (value - 2.0) * (value - 2.0);
        }
        const auto count = static_cast<double>(all.size());
        QVERIFY(std::abs(sum / count) < 4.0 * 0.5 / std::sqrt(count));
        QVERIFY(std::abs(squares / count - 0.25) < 4.0 * 0.25 * std::sqrt(2.0 / count));
    }

private:
    static void checkIntegerEnds(const Experiment& e, const FieldDescription& f)
    {
        const auto min = static_cast<std::int64_t>(f.min), max = static_cast<std::int64_t>(f.max);
        QVERIFY2(accepts(e, f.path, min) && accepts(e, f.path, max), f.path.c_str());
        QVERIFY2(!accepts(e, f.path, min - 1) && !accepts(e, f.path, max + 1), f.path.c_str());
        QVERIFY2(!accepts(e, f.path, std::numeric_limits<std::int64_t>::min()), f.path.c_str());
        QVERIFY2(!accepts(e, f.path, "5"), f.path.c_str());
    }

    static void checkRealEnds(const Experiment& e, const FieldDescription& f)
    {
        const double inf = std::numeric_limits<double>::infinity();
        QVERIFY2(accepts(e, f.path, f.min) == !f.minExcluded, f.path.c_str());
        QVERIFY2(accepts(e, f.path, std::nextafter(f.min, inf)) && accepts(e, f.path, f.max), f.path.c_str());
        QVERIFY2(!accepts(e, f.path, std::nextafter(f.min, -inf)), f.path.c_str());
        QVERIFY2(!accepts(e, f.path, std::nextafter(f.max, inf)), f.path.c_str());
        QVERIFY2(!accepts(e, f.path, "0.5"), f.path.c_str());
    }
};

QTEST_GUILESS_MAIN(FieldsTest)
#include "fields.moc"
