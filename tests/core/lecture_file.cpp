// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/lecture_file.h"

#include "core/experiment/presets.h"
#include "core/io/experiment_file.h"
#include "design_samples.h"
#include "experiment_samples.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace posbias;
using samples::errorOf;

namespace {

Lecture read(const std::string& text)
{
    return lectureFromJson(text, "x.posbias");
}

std::string file(const std::string& figures)
{
    return "{\"posbias\": 1, \"figures\": " + figures + "}";
}

/// The one figure "f" with these members besides.
FigureDesign designWith(const std::string& members)
{
    return read(file("[{\"name\": \"f\"" + (members.empty() ? "" : ", " + members) + "}]")).figures.at(0);
}

void expectError(const std::string& text, const std::string& subject, const std::vector<std::string>& parts)
{
    const std::string error = errorOf([&] { read(text); });
    QVERIFY2(error.starts_with(subject + " | x.posbias"), error.c_str());
    for (const std::string& part : parts)
        QVERIFY2(error.find(part) != std::string::npos, (error + "\n   does not say: " + part).c_str());
    QVERIFY2(error.size() < 1500, error.c_str());
}

void expectDesignError(const std::string& members, const std::string& subject, const std::vector<std::string>& parts)
{
    expectError(file("[{\"name\": \"f\", " + members + "}]"), "figures.0." + subject, parts);
}

const char* const figuresText = R"(,
  "figures": [
    {
      "name": "attention grid",
      "preset": "book-figure",
      "set": {"corpus.seed": 7, "title": "Two \"rows\""},
      "step": 50,
      "view": "attention",
      "rows": [
        [{"show": "attention", "scheme": "B"}, {"show": "attention-ratio", "schemes": ["B", "A"], "title": "Ratio"}],
        [{"show": "profile", "set": {"learning.optimizer": "sgd"}}]
      ],
      "crosshair": false,
      "visible": [0, 512.5, 0, 600],
      "colours": "magma",
      "scales": "separate",
      "bars": "below",
      "letters": true,
      "caption": "What it says",
      "annotations": [
        {"mark": "offset", "offset": 512, "label": "L", "panel": "a"},
        {"mark": "cell", "query": 850, "offset": 700},
        {"mark": "length", "length": 512},
        {"mark": "bucket", "parameter": 31},
        {"mark": "bucket", "scheme": "A", "parameter": 3},
        {"mark": "text", "offset": 3, "value": -1.5, "label": "here"}
      ],
      "width": 160,
      "dpi": 600,
      "theme": "dark",
      "fontSize": 9.5,
      "frames": {"over": "length", "count": 12},
      "formats": ["pdf", "gif"]
    },
    {
      "name": "plain"
    }
  ]
}
)";

Lecture manual()
{
    FigureDesign design;
    design.name = "attention grid";
    design.preset = "book-figure";
    design.set = {{"corpus.seed", "7"}, {"title", "Two \"rows\""}};
    design.step = 50;
    design.view = FigureKind::Attention;
    design.rows = {{{PanelKind::Attention, {1}, {}, {}}, {PanelKind::AttentionRatio, {1, 0}, {}, "Ratio"}},
                   {{PanelKind::Profile, {}, {{"learning.optimizer", "sgd"}}, {}}}};
    design.options = {true, CellRect{0.0, 512.5, 0.0, 600.0}, false, false};
    design.dress.colours = ColourMapName::Magma;
    design.dress.separateScales = true;
    design.dress.bars = BarPlacement::Below;
    design.dress.letters = true;
    design.dress.caption = "What it says";
    design.annotations = {{OffsetMark{512}, "L", 0},  {CellMark{850, 700}, {}, {}},
                          {LengthMark{512}, {}, {}},  {BucketMark{1, 31}, {}, {}},
                          {BucketMark{0, 3}, {}, {}}, {TextMark{0, 3, -1.5}, "here", {}}};
    design.page = defaultPage(FigureKind::Attention);
    design.page.widthMm = 160.0;
    design.page.dpi = 600;
    design.page.theme = ThemeName::Dark;
    design.page.fontPoints = 9.5;
    design.frames = Frames{FramesOver::Length, 0, 0, 12, 0.2};
    design.formats = {"pdf", "gif"};
    FigureDesign plain;
    plain.name = "plain";
    plain.page = defaultPage(FigureKind::Compare);
    return {Experiment{}, {design, plain}};
}

std::string repeated(const std::string& part, int times)
{
    std::string text;
    for (int k = 0; k < times; ++k)
        text += part;
    return text;
}

}  // namespace

class LectureFileTest : public QObject {
    Q_OBJECT

private slots:
    void figuresReadAsInTheManual()
    {
        std::string text = toJson(Experiment{});
        text.resize(text.size() - 3);
        text += figuresText;
        QCOMPARE(toJson(manual()), text);
        QVERIFY(read(text) == manual());
    }

    void withoutFiguresTheTextIsTheExperiments()
    {
        QCOMPARE(toJson(Lecture{}), toJson(Experiment{}));
        QVERIFY(read(toJson(Experiment{})) == Lecture{});
        QVERIFY(read(file("[]")) == Lecture{});
    }

    void experimentsAreReadFromFilesWithFigures()
    {
        Lecture lecture = manual();
        lecture.experiment.corpus.seed = 5;
        QVERIFY(fromJson(toJson(lecture), "x") == lecture.experiment);
        QVERIFY(errorOf([] { fromJson(file("[{\"name\": \"f\", \"width\": 3}]"), "x"); }).find("figures.0.width") !=
                std::string::npos);
    }

    void randomDesignsComeBackExactlyAndAsTheSameText()
    {
        std::mt19937_64 random(11);
        for (int i = 0; i < 300; ++i) {
            Lecture lecture;
            lecture.experiment.corpus.seed = i;
            for (const char* name : {"one", "two.b", "\u00fc 3"})
                lecture.figures.push_back(samples::DesignDice(random, lecture.experiment).design(name));
            const std::string text = toJson(lecture);
            const std::string error = errorOf([&] { read(text); });
            QVERIFY2(error == "no error", (error + text).c_str());
            QVERIFY2(read(text) == lecture, text.c_str());
            QCOMPARE(toJson(read(text)), text);
        }
    }

    void settingsKeepTheirTextWhateverItLooksLike()
    {
        for (const char* text : {"1", "-0", "1.0", "1e5", "1e+05", "1e400", "inf", "nan", "007", "0.1", "", "true",
                                 "9223372036854775807", "9223372036854775808", "-3", "+3", "0x10", "1e-07"}) {
            Lecture lecture;
            FigureDesign& design = lecture.figures.emplace_back();
            design.name = "f";
            design.page = defaultPage(design.view);
            design.set = {{"title", text}};
            QCOMPARE(read(toJson(lecture)).figures[0].set[0].text, std::string(text));
        }
    }

    void theOrderOfKeysDoesNotMatter()
    {
        // The page's size depends on the view, which comes after it.
        const FigureDesign design = designWith(R"("height": 91, "view": "buckets")");
        QCOMPARE(design.page.heightMm, 91.0);
        QCOMPARE(designWith(R"("view": "buckets")").page.heightMm, defaultPage(FigureKind::Buckets).heightMm);
    }

    void settingsAreAppliedInTheirOrder()
    {
        const FigureDesign design = designWith(
            R"("preset": "past-training", "set": {"learning.optimizer": "exact", "learning.weightDecay": 0.5})");
        QVERIFY(experimentOf(design, {}).learning == Learning(Exact{0.5, 0.0, 0.0, 1}));
        expectDesignError(R"("set": {"learning.steps": 5, "learning.optimizer": "exact", "learning.batch": 3})",
                          "set.learning.batch", {"figures.0.set: learning.batch belongs to"});
    }

    void unknownKeysSuggestTheNearest()
    {
        expectDesignError(R"("widht": 3)", "widht", {"figures.0.widht is unknown; did you mean width?"});
        expectDesignError(R"("zzz": 3)", "zzz", {"in figures.0 there are name, preset, set, step,", "and formats"});
        expectDesignError(R"("rows": [[{"show": "bias", "schema": "A"}]])", "rows.0.0.schema",
                          {"did you mean scheme?"});
        expectDesignError(R"("annotations": [{"mark": "offset", "query": 3, "offset": 1}])", "annotations.0.query",
                          {"in figures.0.annotations.0 there are mark, offset, label and panel"});
        expectDesignError(R"("frames": {"over": "step", "fps": 3})", "frames.fps", {"is unknown"});
        expectError(R"({"posbias": 1, "figurs": []})", "figurs", {"at the top level", "figures"});
    }

    void duplicateKeysAndNamesAreRefused()
    {
        expectDesignError(R"("width": 30, "width": 30)", "width", {"is there twice"});
        expectDesignError(R"("set": {"corpus.seed": 1, "corpus.seed": 2})", "set.\"corpus.seed\"", {"is there twice"});
        expectError(file(R"([{"name": "a"}, {"name": "b"}, {"name": "a"}])"), "figures.2.name",
                    {"\"a\"", "must differ"});
    }

    void missingKeysAreNamed()
    {
        expectError(file("[{}]"), "figures.0.name", {"figures.0.name is missing"});
        expectDesignError(R"("rows": [[{}]])", "rows.0.0.show", {"is missing"});
        expectDesignError(R"("annotations": [{"label": "x"}])", "annotations.0.mark", {"is missing"});
        expectDesignError(R"("annotations": [{"mark": "cell", "offset": 1}])", "annotations.0.query", {"is missing"});
        expectDesignError(R"("frames": {})", "frames.over", {"is missing"});
    }

    void wrongTypesAreNamedWithWhatIsThere_data()
    {
        QTest::addColumn<QString>("members");
        QTest::addColumn<QString>("subject");
        QTest::addColumn<QString>("says");
        QTest::newRow("number as text") << R"("width": "30")"
                                        << "width"
                                        << "is the text \"30\"; it must be a number";
        QTest::newRow("null") << R"("title": null)"
                              << "title"
                              << "is null; it must be a text";
        QTest::newRow("truth") << R"("letters": 1)"
                               << "letters"
                               << "is 1; it must be true or false";
        QTest::newRow("whole") << R"("dpi": 300.5)"
                               << "dpi"
                               << "it must be a whole number";
        QTest::newRow("huge whole") << R"("dpi": 1e300)"
                                    << "dpi"
                                    << "it must be a whole number";
        QTest::newRow("beyond int") << R"("dpi": 4294967596)"
                                    << "dpi"
                                    << "it must be a whole number";
        QTest::newRow("object as list") << R"("rows": {})"
                                        << "rows"
                                        << "is an object; it must be a list";
        QTest::newRow("row") << R"("rows": ["bias"])"
                             << "rows.0"
                             << "it must be a list";
        QTest::newRow("panel") << R"("rows": [["bias"]])"
                               << "rows.0.0"
                               << "it must be an object";
        QTest::newRow("show") << R"("rows": [[{"show": "biass"}]])"
                              << "rows.0.0.show"
                              << "\"parameters\", \"bias\",";
        QTest::newRow("view") << R"("view": 3)"
                              << "view"
                              << "is 3; it must be \"compare\"";
        QTest::newRow("scheme") << R"("rows": [[{"show": "bias", "scheme": "AB"}]])"
                                << "rows.0.0.scheme"
                                << "letter";
        QTest::newRow("both") << R"("rows": [[{"show": "bias", "scheme": "A", "schemes": ["B"]}]])"
                              << "rows.0.0.schemes"
                              << "beside";
        QTest::newRow("set") << R"("set": [])"
                             << "set"
                             << "must be an object";
        QTest::newRow("setting") << R"("set": {"length": true})"
                                 << "set.length"
                                 << "a number or a text";
        QTest::newRow("colours") << R"("colours": "jet")"
                                 << "colours"
                                 << "\"viridis\", \"cividis\"";
        QTest::newRow("scales") << R"("scales": true)"
                                << "scales"
                                << "\"shared\" or \"separate\"";
        QTest::newRow("visible") << R"("visible": [1, 2, 3])"
                                 << "visible"
                                 << "four numbers";
        QTest::newRow("mark") << R"("annotations": [{"mark": 1}])"
                              << "annotations.0.mark"
                              << "\"offset\", \"cell\"";
        QTest::newRow("panel letter") << R"("annotations": [{"mark": "length", "length": 3, "panel": 1}])"
                                      << "annotations.0.panel"
                                      << "it must be a text";
        QTest::newRow("panel letters") << R"("annotations": [{"mark": "length", "length": 3, "panel": "B"}])"
                                       << "annotations.0.panel"
                                       << "the letter of a panel";
        QTest::newRow("format") << R"("formats": ["jpeg"])"
                                << "formats.0"
                                << "\"jpeg\"; it must be pdf, svg,";
    }
    void wrongTypesAreNamedWithWhatIsThere()
    {
        QFETCH(QString, members);
        QFETCH(QString, subject);
        QFETCH(QString, says);
        expectDesignError(members.toStdString(), subject.toStdString(), {says.toStdString()});
    }

    void figuresAreAList()
    {
        expectError(file("{}"), "figures", {"figures is an object; it must be a list"});
        expectError(file("[1]"), "figures.0", {"figures.0 is 1; it must be an object"});
    }

    void designsAreCheckedAgainstTheirOwnExperiment()
    {
        // 1500 is within the preset's length, not within the file's.
        expectDesignError(R"("annotations": [{"mark": "offset", "offset": 1500}])", "annotations.0.offset",
                          {"is 1500; it must be from 0 to 999"});
        designWith(R"("set": {"length": 2000}, "annotations": [{"mark": "offset", "offset": 1500}])");
        expectDesignError(R"("preset": "nothing")", "preset", {"figures.0.preset is \"nothing\"", "past-training"});
        expectDesignError(R"("set": {"length": 0})", "set.length", {"length is 0"});
    }

    void newerAndForeignFilesAreRefusedBeforeTheirFigures()
    {
        expectError(R"({"posbias": 2, "figures": [{"name": 3, "colour": "x"}]})", "posbias", {"newer version"});
        expectError(R"({"figures": []})", "posbias", {"no PosBias experiment"});
        expectError("[1, 2", "x.posbias", {"not valid JSON"});
    }

    void hostileSizesAreRefused()
    {
        expectError(file("[" + repeated(R"({"name": "a"},)", 1000) + R"({"name": "a"}])"), "figures",
                    {"has 1001 entries; it must have at most 1000"});
        expectDesignError("\"rows\": [" + repeated(R"([{"show": "bias"}],)", 100) + R"([{"show": "bias"}]])", "rows",
                          {"at most 100"});
        const std::string mark = R"({"mark": "length", "length": 3})";
        expectDesignError("\"annotations\": [" + repeated(mark + ",", 1000) + mark + "]", "annotations",
                          {"at most 1000"});
        expectError(file("[" + repeated("1,", 300000) + "1]"), "x.posbias", {"more than 200000 values in its figures"});
        expectError(file(repeated("[", 100000)), "x.posbias", {"nests deeper than 16 levels"});
        expectError("{\"posbias\": 1, \"a\": [" + repeated("1,", 20000) + "1], \"figures\": []}", "x.posbias",
                    {"more than 10000 values"});
        expectDesignError(R"("width": 1e308)", "width", {"it must be from 10 to 2000 mm"});
    }

    void everyCutOfAFileIsAnErrorOrAFile()
    {
        const std::string text = toJson(manual());
        for (std::size_t size = 0; size + 2 < text.size(); size += 7)
            QVERIFY(errorOf([&] { read(text.substr(0, size)); }) != "no error");
    }

    void aRecipeIsOneFigureAsItIs()
    {
        const Lecture lecture = manual();
        const Recipe recipe = recipeOf(lecture.figures[0], lecture.experiment);
        QVERIFY(recipe.experiment == experimentOf(lecture.figures[0], lecture.experiment));
        QVERIFY(recipeFromJson(toJson(recipe), "x") == recipe);
        const auto error = [](const std::string& text) { return errorOf([&] { recipeFromJson(text, "x.png"); }); };
        QVERIFY(error(toJson(lecture)).starts_with("figures | x.png: figures has 2 entries"));
        QVERIFY(error(toJson(Experiment{})).starts_with("figures | x.png: figures has 0 entries"));
        QVERIFY(error(file(R"([{"name": "f", "set": {"length": 20}}])")).starts_with("figures.0.set | x.png"));
        QVERIFY(error(file(R"([{"name": "f", "preset": "book-small"}])")).starts_with("figures.0.preset | x.png"));
    }

    void filesOnDiskComeBack()
    {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath("lecture.posbias").toStdString();
        writeLecture(path, manual());
        QVERIFY(readLecture(path) == manual());
        QVERIFY(readExperiment(path) == Experiment{});
        const std::string missing = folder.filePath("missing.posbias").toStdString();
        QVERIFY(errorOf([&] { readLecture(missing); }).starts_with(missing + " | cannot open"));
    }
};

QTEST_APPLESS_MAIN(LectureFileTest)
#include "lecture_file.moc"
