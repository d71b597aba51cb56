// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/design/figure_design.h"

#include "core/experiment/fields.h"
#include "core/experiment/presets.h"
#include "design_samples.h"
#include "experiment_samples.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace posbias;
using samples::errorOf;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

FigureDesign named(const std::string& name = "f")
{
    FigureDesign design;
    design.name = name;
    return design;
}

std::string errorIn(const FigureDesign& design, const Experiment& experiment = {})
{
    return errorOf([&] { validate(design, experiment); });
}

/// Subject first.
void expectRefused(const FigureDesign& design, const std::string& error, const Experiment& experiment = {})
{
    const std::string found = errorIn(design, experiment);
    QVERIFY2(found.starts_with(error), (found + "\n   is not: " + error).c_str());
}

std::vector<std::int64_t> lengthsOf(const std::vector<Recipe>& frames)
{
    std::vector<std::int64_t> lengths;
    for (const Recipe& frame : frames)
        lengths.push_back(frame.experiment.length);
    return lengths;
}

std::vector<Recipe> framesOver(FramesOver over, std::int64_t first, std::int64_t last, std::int64_t count,
                               const Experiment& experiment = {})
{
    FigureDesign design = named();
    design.frames = {over, first, last, count, 0.2};
    return framesOf({experiment, design});
}

}  // namespace

class FigureDesignTest : public QObject {
    Q_OBJECT

private slots:
    void pagesHaveLimits()
    {
        const auto error = [](auto change) {
            Page page;
            change(page);
            return errorOf([&] { validate(page); });
        };
        QCOMPARE(error([](Page& p) { p.widthMm = 9.9; }),
                 std::string("--width | The width (--width) is 9.9 mm; allowed are 10 to 2000 mm"));
        QCOMPARE(error([](Page& p) { p.heightMm = 1e4; }),
                 std::string("--height | The height (--height) is 10000 mm; allowed are 10 to 2000 mm"));
        QCOMPARE(error([](Page& p) { p.dpi = 1'000'000; }),
                 std::string("--dpi | The resolution (--dpi) is 1000000; allowed are 36 to 2400"));
        QCOMPARE(error([](Page& p) { p.fontPoints = 2.5; }),
                 std::string("--font-size | The font size (--font-size) is 2.5 pt; allowed are 3 to 72 pt"));
        QVERIFY(error([](Page& p) { p.fontFamily = "a\nb"; }).starts_with("--font | "));
        for (const double none : {notANumber, HUGE_VAL, -HUGE_VAL}) {
            QVERIFY(error([&](Page& p) { p.widthMm = none; }).starts_with("--width | "));
            QVERIFY(error([&](Page& p) { p.heightMm = none; }).starts_with("--height | "));
            QVERIFY(error([&](Page& p) { p.fontPoints = none; }).starts_with("--font-size | "));
        }
        QCOMPARE(error([](Page& p) { p = {10.0, 2000.0, 36, {}, {}, {}, 3.0, {}}; }), std::string("no error"));
        QCOMPARE(error([](Page& p) { p = {2000.0, 10.0, 2400, {}, {}, {}, 72.0, {}}; }), std::string("no error"));
    }

    void everyViewIsValidAsItComes()
    {
        for (const Preset& preset : presets())
            for (const FigureKind kind : figureKinds()) {
                FigureDesign design = named();
                design.view = kind;
                design.page = defaultPage(kind);
                QCOMPARE(errorIn(design, preset.experiment), std::string("no error"));
            }
        for (const PagePreset& preset : pagePresets())
            validate(Page{preset.widthMm, preset.heightMm, 300, {}, {}, {}, preset.fontPoints, {}});
    }

    void namesAreStemsOfFiles()
    {
        for (const char* name : {"f", "a b", "x.y", "\u00fc", "_-", ".hidden"})
            QCOMPARE(errorIn(named(name)), std::string("no error"));
        for (const std::string& name :
             {std::string(), std::string("."), std::string(".."), std::string("a/b"), std::string("-o"),
              std::string("a\nb"), std::string("a\0b", 3), std::string("\xff"), std::string(121, 'x')})
            expectRefused(named(name), "name | name is ");
        QCOMPARE(errorIn(named(std::string(120, 'x'))), std::string("no error"));
    }

    void experimentsComeFromPresetAndSettings()
    {
        FigureDesign design = named();
        QVERIFY(experimentOf(design, findPreset("book-small")->experiment) == findPreset("book-small")->experiment);
        design.preset = "book-figure";
        design.set = {{"corpus.seed", "9"}};
        Experiment expected = findPreset("book-figure")->experiment;
        expected.corpus.seed = 9;
        QVERIFY(experimentOf(design, Experiment{}) == expected);
        const auto error = [&] { return errorOf([&] { experimentOf(design, Experiment{}); }); };
        design.set = {{"corpus.sed", "9"}};
        QVERIFY(error().starts_with("set.corpus.sed | set: corpus.sed is no field"));
        design.set = {{"schemes.1.maxDistance", "8"}};  // by itself a possible distance
        QVERIFY2(error().starts_with("set.schemes.1.maxDistance | set: scheme B"), error().c_str());
        design.set = {{"schemes.1.buckets", "2048"}};  // what is wrong then is what was not set
        QVERIFY2(error().starts_with("set | set: scheme B"), error().c_str());
        design.preset = "none";
        QVERIFY(error().starts_with("preset | preset is \"none\"; it must be past-training, "));
    }

    void aRecipeIsComplete()
    {
        FigureDesign design = named();
        design.preset = "book-small";
        design.set = {{"length", "12"}};
        const Recipe recipe = recipeOf(design, Experiment{});
        QVERIFY(recipe.design.preset.empty() && recipe.design.set.empty());
        QCOMPARE(recipe.experiment.length, std::int64_t{12});
        QCOMPARE(recipe.design.name, design.name);
        QVERIFY(recipeOf(recipe.design, recipe.experiment) == recipe);
        design.page.dpi = 1;
        QVERIFY(errorOf([&] { recipeOf(design, Experiment{}); }).starts_with("dpi | dpi is 1; it must be from 36"));
    }

    void stepsAreWithinTraining()
    {
        FigureDesign design = named();
        design.step = 1000;
        QCOMPARE(errorIn(design), std::string("no error"));
        design.step = 1001;
        expectRefused(design, "step | step is 1001; it must be from 0 to 1000");
        design.step = -1;
        expectRefused(design, "step | step is -1");
        design.step = 0;
        Experiment exact;
        exact.learning = Exact{};
        expectRefused(design, "step | step is 0, but the exact minimum has no steps", exact);
    }

    void rowsHoldWhatFitsTogether()
    {
        const auto error = [](const PanelRows& rows) {
            FigureDesign design = named();
            design.rows = rows;
            return errorIn(design);
        };
        using enum PanelKind;
        const PanelDesign bias{Bias, {}, {}, {}}, buckets{Buckets, {}, {}, {}}, profile{Profile, {}, {}, {}};
        QCOMPARE(error({{bias, bias}, {buckets}, {profile, profile}}), std::string("no error"));
        QVERIFY(error({{bias}, {}}).starts_with("rows.1 | rows.1 is empty"));
        QVERIFY(error({{bias, profile}}).starts_with("rows.0.1.show | "));
        QVERIFY(error({{profile}, {buckets, buckets}}).starts_with("rows.1.1.show | "));
        QVERIFY(error({{buckets, profile}}).starts_with("rows.0.1.show | "));
        QVERIFY(error(PanelRows(101, {bias})).starts_with("rows | rows has 101 entries"));
        QVERIFY(error({std::vector<PanelDesign>(101, bias)}).starts_with("rows | "));
    }

    void panelsHaveTheSchemesTheyNeed()
    {
        const auto error = [](PanelKind show, const std::vector<std::size_t>& schemes) {
            FigureDesign design = named();
            design.rows = {{{show, schemes, {}, {}}}};
            return errorIn(design);
        };
        using enum PanelKind;
        QCOMPARE(error(Bias, {1}), std::string("no error"));
        QCOMPARE(error(BiasDifference, {1, 0}), std::string("no error"));
        QCOMPARE(error(Profile, {1}), std::string("no error"));
        QVERIFY(error(Bias, {0, 1}).starts_with("rows.0.0.schemes | rows.0.0.schemes is 2 schemes; it must be one"));
        QVERIFY(error(BiasDifference, {0}).starts_with("rows.0.0.scheme | rows.0.0.scheme is \"A\"; it must be two"));
        QVERIFY(
            error(Bias, {2}).starts_with("rows.0.0.scheme | rows.0.0.scheme is \"C\"; it must be from \"A\" to \"B\""));
        QVERIFY(error(Profile, {0, 1000}).starts_with("rows.0.0.schemes | "));
        QVERIFY(error(AttentionRatio, {1, 1}).starts_with("rows.0.0.schemes | rows.0.0.schemes has \"B\" twice"));
    }

    void panelsMayDifferInAnythingButTheirAxes()
    {
        const auto error = [](const std::vector<FieldSetting>& set) {
            FigureDesign design = named();
            design.rows = {{{PanelKind::Bias, {}, set, {}}}};
            return errorIn(design);
        };
        QCOMPARE(error({{"learning.optimizer", "sgd"}, {"learning.steps", "5"}}), std::string("no error"));
        for (const char* path : {"mask", "length", "trainingLength"})
            QVERIFY(error({{path, "20"}}).starts_with("rows.0.0.set." + std::string(path) + " | "));
        QVERIFY(
            error({{"corpus.seed", "-1"}}).starts_with("rows.0.0.set.corpus.seed | rows.0.0.set: corpus.seed is -1"));
        QVERIFY(error({{"corpus.seed", "1"}, {"corpus.seed", "2"}}).find("twice") != std::string::npos);
    }

    void visibleCellsAreWithinTheSequence()
    {
        const auto error = [](const CellRect& rect) {
            FigureDesign design = named();
            design.options.visible = rect;
            return errorIn(design);
        };
        QCOMPARE(error({0.0, 1000.0, 12.5, 13.0}), std::string("no error"));
        for (const CellRect& rect : {CellRect{-1.0, 5.0, 0.0, 5.0}, CellRect{0.0, 5.0, 0.0, 1000.5},
                                     CellRect{5.0, 5.0, 0.0, 5.0}, CellRect{0.0, 5.0, notANumber, 5.0}})
            QVERIFY(error(rect).starts_with("visible | "));
    }

    void coloursFitTheirValues()
    {
        FigureDesign design = named();
        design.dress.colours = ColourMapName::RedBlue;
        expectRefused(design, "colours | colours is \"red-blue\"");
        design.dress = {};
        design.dress.differences = ColourMapName::Viridis;
        expectRefused(design, "differences | differences is \"viridis\"");
        design.dress = {};
        design.dress.title = "a\tb";
        expectRefused(design, "title | ");
        design.dress = {};
        design.dress.caption = std::string(5000, 'x');
        expectRefused(design, "caption | ");
    }

    void annotationsPointAtWhatIsThere()
    {
        const auto error = [](const Annotation& annotation, Mask mask = Mask::Causal) {
            FigureDesign design = named();
            design.annotations = {annotation};
            Experiment experiment;
            experiment.mask = mask;
            return errorIn(design, experiment);
        };
        const std::string none = "no error";
        QCOMPARE(error({OffsetMark{999}, {}, {}}), none);
        QVERIFY(error({OffsetMark{1000}, {}, {}}).starts_with("annotations.0.offset | annotations.0.offset is 1000"));
        QVERIFY(error({OffsetMark{-1}, {}, {}}).starts_with("annotations.0.offset | "));
        QCOMPARE(error({OffsetMark{-999}, {}, {}}, Mask::Bidirectional), none);
        QCOMPARE(error({CellMark{999, 999}, {}, {}}), none);
        QVERIFY(error({CellMark{1000, 1}, {}, {}}).starts_with("annotations.0.query | "));
        QVERIFY(error({CellMark{5, 6}, {}, {}}).starts_with("annotations.0.offset | "));
        QVERIFY(error({CellMark{5, -1}, {}, {}}).starts_with("annotations.0.offset | "));
        QCOMPARE(error({CellMark{5, -994}, {}, {}}, Mask::Bidirectional), none);
        QVERIFY(error({CellMark{5, -995}, {}, {}}, Mask::Bidirectional).starts_with("annotations.0.offset | "));
        QCOMPARE(error({LengthMark{1 << 20}, {}, {}}), none);
        QVERIFY(error({LengthMark{0}, {}, {}}).starts_with("annotations.0.length | "));
        QCOMPARE(error({BucketMark{1, 31}, {}, {}}), none);
        QVERIFY(error({BucketMark{1, 32}, {}, {}}).starts_with("annotations.0.parameter | "));
        QCOMPARE(error({BucketMark{0, 511}, {}, {}}), none);
        QVERIFY(error({BucketMark{0, 512}, {}, {}}).starts_with("annotations.0.parameter | "));
        QVERIFY(error({BucketMark{2, 0}, {}, {}}).starts_with("annotations.0.scheme | "));
        QCOMPARE(error({TextMark{0, 500, -3.0}, "here", {}}), none);
        QVERIFY(error({TextMark{0, 500, -3.0}, {}, {}}).starts_with("annotations.0.label | "));
        QVERIFY(error({TextMark{0, 500, notANumber}, "here", {}}).starts_with("annotations.0.value | "));
        QVERIFY(error({OffsetMark{1}, {}, 5}).starts_with("annotations.0.panel | annotations.0.panel is number 6"));
        QCOMPARE(error({OffsetMark{1}, {}, 4}), none);  // compare: three maps, ribbons, profile
    }

    void bracketsBelongToTheExperimentOfTheirPanel()
    {
        FigureDesign design = named();
        design.rows = {{{PanelKind::Bias, {1}, {}, {}}, {PanelKind::Bias, {1}, {{"schemes.1.buckets", "64"}}, {}}}};
        design.annotations = {{BucketMark{1, 63}, {}, 1}};
        QCOMPARE(errorIn(design), std::string("no error"));
        design.annotations[0].panel = 0;
        expectRefused(design, "annotations.0.parameter | ");
    }

    void formatsAreKnownAndOnce()
    {
        FigureDesign design = named();
        design.formats = {"pdf", "svg", "png", "tex", "csv", "npy"};
        QCOMPARE(errorIn(design), std::string("no error"));
        design.formats = {"pdf", "pdf"};
        expectRefused(design, "formats | formats has \"pdf\" twice");
        design.formats = {"jpg"};
        expectRefused(design, "formats.0 | formats.0 is \"jpg\"");
        design.formats = {"gif"};
        expectRefused(design, "formats.0 | formats.0 is \"gif\", but there are no frames");
        design.frames = Frames{};
        QCOMPARE(errorIn(design), std::string("no error"));
    }

    void framesOfLengthsAreEvenOnALogarithmicAxis()
    {
        const std::vector<Recipe> frames = framesOver(FramesOver::Length, 0, 0, 4);
        QVERIFY(lengthsOf(frames) == (std::vector<std::int64_t>{256, 512, 1024, 2048}));
        for (const Recipe& frame : frames) {
            QVERIFY(!frame.design.frames);
            validate(frame.experiment);
        }
        QVERIFY(frames[0].experiment.view == defaultView(256));  // 850 is not there yet
        QVERIFY(frames[2].experiment.view == frames[3].experiment.view);
        QVERIFY(lengthsOf(framesOver(FramesOver::Length, 3, 6, 24)) == (std::vector<std::int64_t>{3, 4, 5, 6}));
    }

    void framesOfBucketsChangeTheT5Scheme()
    {
        const auto buckets = [](const std::vector<Recipe>& frames, std::size_t scheme) {
            std::vector<std::int64_t> counts;
            for (const Recipe& frame : frames)
                counts.push_back(std::get<T5>(frame.experiment.schemes[scheme]).buckets);
            return counts;
        };
        QVERIFY(buckets(framesOver(FramesOver::Buckets, 2, 32, 5), 1) == (std::vector<std::int64_t>{2, 4, 8, 16, 32}));
        // Half of 256 buckets and more leave no room up to the maximum distance, 128.
        const auto standard = buckets(framesOver(FramesOver::Buckets, 0, 0, 24), 1);
        QCOMPARE(standard.front(), std::int64_t{2});
        QCOMPARE(standard.back(), std::int64_t{255});
        QCOMPARE(standard.size(), std::size_t{24});
        Experiment other;
        other.schemes = {T5{}, PerOffset{}, T5{}};
        QVERIFY(buckets(framesOver(FramesOver::Buckets, 8, 16, 2, other), 0) == (std::vector<std::int64_t>{8, 16}));
        other.schemes = {PerOffset{}, PerOffset{}};
        QVERIFY(errorOf([&] { framesOver(FramesOver::Buckets, 0, 0, 5, other); }).starts_with("frames.over | "));
        QVERIFY(errorOf([&] { framesOver(FramesOver::Buckets, 300, 400, 5); }).starts_with("frames.last | "));
    }

    void thereAreAsManyFramesAsAskedOrItIsSaid()
    {
        const auto remark = [](FramesOver over, std::int64_t first, std::int64_t last, std::int64_t count) {
            FigureDesign design;
            design.frames = Frames{over, first, last, count, 0.2};
            return framesRemark({Experiment{}, design});
        };
        QCOMPARE(framesOver(FramesOver::Buckets, 0, 0, 8).size(), std::size_t{8});
        QCOMPARE(remark(FramesOver::Buckets, 0, 0, 8), std::string());
        QCOMPARE(framesOver(FramesOver::Buckets, 2, 512, 8).size(), std::size_t{8});
        QCOMPARE(remark(FramesOver::Buckets, 2, 512, 8),
                 std::string("The frames end with 255 buckets: a maximum distance of 128 allows no more."));
        QCOMPARE(remark(FramesOver::Buckets, 2, 6, 8),
                 std::string("There are 5 frames, not 8: one for each value from 2 to 6."));
        QCOMPARE(remark(FramesOver::Length, 3, 6, 24),
                 std::string("There are 4 frames, not 24: one for each value from 3 to 6."));
        QCOMPARE(remark(FramesOver::Step, 0, 0, 24), std::string());
        // Whatever the setting, the counts used are those that are possible.
        for (const Mask mask : {Mask::Causal, Mask::Bidirectional})
            for (const T5Variant variant : {T5Variant::HuggingFace, T5Variant::Book})
                for (const std::int64_t distance : {5, 16, 128}) {
                    Experiment e;
                    e.mask = mask;
                    e.schemes[1] = T5{variant, 4, distance};
                    for (const Recipe& frame : framesOver(FramesOver::Buckets, 2, 600, 20, e))
                        validate(frame.experiment);
                }
    }

    void everyFrameSaysItsValueInItsTitle()
    {
        const auto titles = [](FramesOver over, const std::string& own, const Experiment& experiment = {}) {
            FigureDesign design = named();
            design.dress.title = own;
            design.frames = Frames{over, 4, 16, 3, 0.2};
            std::vector<std::string> found;
            for (const Recipe& frame : framesOf({experiment, design}))
                found.push_back(frame.design.dress.title);
            return found;
        };
        QVERIFY(titles(FramesOver::Length, "") == (std::vector<std::string>{"n = 4", "n = 8", "n = 16"}));
        QVERIFY(titles(FramesOver::Length, "Mine") ==
                (std::vector<std::string>{"Mine \u00b7 n = 4", "Mine \u00b7 n = 8", "Mine \u00b7 n = 16"}));
        QVERIFY(titles(FramesOver::Buckets, "") ==
                (std::vector<std::string>{"B: 4 buckets", "B: 8 buckets", "B: 16 buckets"}));
        QCOMPARE(titles(FramesOver::Buckets, "", findPreset("book-figure")->experiment).front(),
                 std::string("B: n_b = 4"));
        const std::string longest(200, 'x');
        QVERIFY(titles(FramesOver::Length, longest) == std::vector<std::string>(3, longest));
    }

    void framesOfStepsBeginBeforeTraining()
    {
        std::vector<std::int64_t> steps;
        for (const Recipe& frame : framesOver(FramesOver::Step, 0, 0, 5))
            steps.push_back(*frame.design.step);
        QVERIFY(steps == (std::vector<std::int64_t>{0, 5, 32, 181, 1000}));
        Experiment exact;
        exact.learning = Exact{};
        QVERIFY(errorOf([&] { framesOver(FramesOver::Step, 0, 0, 5, exact); }).starts_with("frames.over | "));
        QVERIFY(errorOf([&] { framesOver(FramesOver::Step, 0, 1001, 5); }).starts_with("frames.last | "));
    }

    void framesHaveLimits()
    {
        const auto error = [](const Frames& frames) {
            FigureDesign design = named();
            design.frames = frames;
            return errorIn(design);
        };
        QVERIFY(error({FramesOver::Length, 0, 0, 1, 0.2}).starts_with("frames.count | "));
        QVERIFY(error({FramesOver::Length, 0, 0, 1001, 0.2}).starts_with("frames.count | "));
        QVERIFY(error({FramesOver::Length, 0, 0, 5, 0.0}).starts_with("frames.seconds | "));
        QVERIFY(error({FramesOver::Length, 0, 0, 5, notANumber}).starts_with("frames.seconds | "));
        QVERIFY(error({FramesOver::Length, 9, 9, 5, 0.2}).starts_with("frames.last | "));
        QVERIFY(error({FramesOver::Length, 0, 9, 5, 0.2}).starts_with("frames.first | "));
        QVERIFY(error({FramesOver::Length, 1, maxLength + 1, 5, 0.2}).starts_with("frames.last | "));
        QVERIFY(errorOf([] { framesOf({Experiment{}, named()}); }).starts_with("frames | "));
    }

    void notesComeWithWhatTheyPointAt()
    {
        FigureDesign design = named();
        design.annotations = {{OffsetMark{900}, "far", {}}, {OffsetMark{10}, "near", {}}};
        design.frames = {FramesOver::Length, 500, 1000, 2, 0.2};
        design.formats = {"gif", "png"};
        const std::vector<Recipe> frames = framesOf({Experiment{}, design});
        QCOMPARE(frames[0].design.annotations.size(), std::size_t{1});
        QCOMPARE(frames[0].design.annotations[0].label, std::string("near"));
        QCOMPARE(frames[1].design.annotations.size(), std::size_t{2});
        QVERIFY(frames[0].design.formats == std::vector<std::string>{"png"});
    }

    void framesThatCannotBeDrawnSayWhich()
    {
        FigureDesign design = named();
        design.frames = {FramesOver::Length, 1000, maxLength, 3, 0.2};
        Experiment experiment;
        experiment.content = RandomContent{};
        const std::string error = errorOf([&] { framesOf({experiment, design}); });
        QVERIFY2(error.starts_with("frames | frames: with 16777216, length is 16777216"), error.c_str());
    }

    void randomDesignsAreValid()
    {
        std::mt19937_64 random(3);
        const Experiment experiment;
        for (int k = 0; k < 300; ++k)
            QCOMPARE(errorIn(samples::DesignDice(random, experiment).design("f")), std::string("no error"));
    }

    void lettersOfPanelsGoOnAfterZ()
    {
        QCOMPARE(panelLetter(0), std::string("a"));
        QCOMPARE(panelLetter(25), std::string("z"));
        QCOMPARE(panelLetter(26), std::string("aa"));
        QCOMPARE(panelLetter(99), std::string("cv"));
    }
};

QTEST_APPLESS_MAIN(FigureDesignTest)
#include "figure_design.moc"
