// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/journal_file.h"
#include "core/io/journal_place.h"

#include "core/base/error.h"
#include "core/experiment/fields.h"
#include "core/experiment/presets.h"
#include "core/io/atomic_file.h"
#include "tests/core/design_samples.h"
#include "tests/core/experiment_samples.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace posbias;
namespace fs = std::filesystem;

namespace {

/// A document with steps of every sort, among them experiments that would be refused.
Journal randomJournal(std::mt19937_64& random)
{
    const std::vector<Experiment> kinds = samples::everyKind();
    const auto experiment = [&] {
        Experiment e = kinds[random() % kinds.size()];
        for (const FieldDescription& field : describeFields(e)) {
            if (field.choices.empty() && field.path != "corpus.lengths.counts" && random() % 2 == 0)
                e = withField(e, field.path, samples::randomValue(field, random));
        }
        return e;
    };
    const auto figures = [&] {
        std::vector<FigureDesign> list;
        for (std::uint64_t k = random() % 3; k > 0; --k)
            list.push_back(samples::DesignDice(random, kinds.front()).design("figure-" + std::to_string(k)));
        return list;
    };
    const auto origin = [&] {
        return DocumentOrigin{random() % 2 == 0 ? fs::path() : fs::path("/tmp/\u00fcber \"quote\".posbias"), "0a1b",
                              random() % 2 == 0, figures()};
    };
    Journal journal{experiment(), origin(), {}, 0, {}};
    for (std::uint64_t k = random() % 6; k > 0; --k) {
        JournalStep& step = journal.steps.emplace_back();
        step.name = "Step \u201c" + std::to_string(k) + "\u201d \\ \"";
        if (random() % 2 == 0) {
            step.experiment = experiment();
            step.movesCrosshair = random() % 2 == 0;
        }
        if (random() % 3 == 0)
            step.origin = origin();
        if (random() % 3 == 0)
            step.figures = figures();
    }
    journal.position = random() % (journal.steps.size() + 1);
    if (random() % 2 == 0)
        journal.saved = random() % (journal.steps.size() + 1);
    return journal;
}

std::string refusal(const std::string& text)
{
    try {
        journalFromJson(text, "a.json");
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

}  // namespace

class TestJournal : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsReadAgain();
    void writingOnGivesTheSameTextAsWritingAfresh();
    void aHugeHistoryLosesItsOldestSteps();
    void aHugeHistoryThatWasUndoneCanBeReadAgain();
    void copiesOfAJournalShareItsSteps();
    void aDamagedOneIsRefusedWhereverItIsCutOrChanged();
    void aNewerOneSaysSo();
    void aPlaceIsFreeOnceItsProcessIsKilled();
    void aPlaceInUseIsNoOrphan();
    void aRemovedPlaceIsGone();
    void orphansAreHeldByWhoeverFoundThem();
    void aFolderThatCannotBeMadeIsToldByName();
};

void TestJournal::whatIsWrittenIsReadAgain()
{
    std::mt19937_64 random(1);
    for (int round = 0; round < 60; ++round) {
        const Journal journal = randomJournal(random);
        const std::string text = JournalWriter().text(journal);
        const Journal read = journalFromJson(text, "journal");
        QCOMPARE(JournalWriter().text(read), text);
        QVERIFY(read.experiment == journal.experiment);
        QVERIFY(read.origin == journal.origin);
        QVERIFY(read.steps == journal.steps);
        QVERIFY(read == journal);
    }
}

void TestJournal::writingOnGivesTheSameTextAsWritingAfresh()
{
    std::mt19937_64 random(2);
    JournalWriter writer;
    Journal journal = randomJournal(random);
    for (int round = 0; round < 40; ++round) {
        const Journal other = randomJournal(random);
        journal.experiment = other.experiment;
        journal.steps.resize(std::min(journal.steps.size(), static_cast<std::size_t>(random() % 5)));
        journal.steps.insert(journal.steps.end(), other.steps.begin(), other.steps.end());
        journal.position = journal.steps.size();
        journal.saved.reset();
        QCOMPARE(writer.text(journal), JournalWriter().text(journal));
    }
}

void TestJournal::aHugeHistoryLosesItsOldestSteps()
{
    Journal journal{presets().front().experiment, {}, {}, 0, 0};
    for (int k = 0; k < 60; ++k)
        journal.steps.push_back({std::to_string(k) + std::string(std::size_t{1} << 20, 'x'), {}, false, {}, {}});
    journal.position = 55;
    const std::string text = JournalWriter().text(journal);
    QVERIFY(text.size() < largestJournal);
    const Journal read = journalFromJson(text, "journal");
    QVERIFY(read.steps.size() < 60 && read.steps.size() > 20);
    QVERIFY(read.steps.back() == journal.steps.back());
    QCOMPARE(read.steps.size() - read.position, std::size_t{5});
    QVERIFY(!read.saved);
}

void TestJournal::aHugeHistoryThatWasUndoneCanBeReadAgain()
{
    Journal journal{presets().front().experiment, {}, {}, 0, {}};
    for (int k = 0; k < 100; ++k)
        journal.steps.push_back({std::to_string(k) + std::string(std::size_t{1} << 20, 'x'), {}, false, {}, {}});
    JournalWriter writer;
    for (const std::size_t position : {0, 3, 50, 98, 100}) {
        journal.position = position;
        journal.saved = position;
        const std::string text = writer.text(journal);
        QVERIFY(text.size() < largestJournal);
        const Journal read = journalFromJson(text, "journal");
        QVERIFY(read.steps.size() > 20);
        QVERIFY(read.saved == read.position);
        // The steps next to the position are there, in their order.
        for (std::size_t k = 0; k < read.steps.size(); ++k)
            QVERIFY(read.steps[k] == journal.steps[position - read.position + k]);
        if (position > 0)
            QVERIFY(read.position > 0);
        if (position < journal.steps.size())
            QVERIFY(read.position < read.steps.size());
    }
    // What is saved is too far away to be told.
    journal.position = 0;
    journal.saved = 100;
    QVERIFY(!journalFromJson(writer.text(journal), "journal").saved);
}

void TestJournal::copiesOfAJournalShareItsSteps()
{
    std::mt19937_64 random(4);
    Journal journal = randomJournal(random);
    journal.steps.push_back({"Step", journal.experiment, false, journal.origin, journal.origin.figures});
    const Journal copy = journal;
    QVERIFY(&*copy.steps.back().experiment == &*journal.steps.back().experiment);
    QVERIFY(&*copy.steps.back().origin == &*journal.steps.back().origin);
    QVERIFY(&*copy.steps.back().figures == &*journal.steps.back().figures);
    QVERIFY(copy == journal);
    journal.steps.back().experiment = presets().back().experiment;
    QVERIFY(copy != journal);
    journal.steps.back().experiment = {};
    QVERIFY(copy != journal);
}

void TestJournal::aDamagedOneIsRefusedWhereverItIsCutOrChanged()
{
    std::mt19937_64 random(3);
    Journal journal = randomJournal(random);
    while (journal.steps.size() < 3)
        journal = randomJournal(random);
    const std::string text = JournalWriter().text(journal);
    for (std::size_t length = 0; length < text.size() - 2; length += 97)
        QVERIFY2(refusal(text.substr(0, length)).starts_with("a.json"), refusal(text.substr(0, length)).c_str());
    for (int round = 0; round < 300; ++round) {
        std::string changed = text;
        changed[random() % changed.size()] = static_cast<char>(random());
        refusal(changed);  // whatever it says, nothing worse happens
    }
    QVERIFY(!refusal("{}").empty());
    QVERIFY(!refusal("[]").empty());
    QVERIFY(!refusal("null").empty());
    std::string position = text;
    position.replace(position.find("\"position\": "), 13, "\"position\": 99");
    QVERIFY(refusal(position).find("step") != std::string::npos);
}

void TestJournal::aNewerOneSaysSo()
{
    QVERIFY(refusal("{\"posbias-journal\": 2, \"what\": []}").find("newer version") != std::string::npos);
}

void TestJournal::aPlaceIsFreeOnceItsProcessIsKilled()
{
    QTemporaryDir home;
    const fs::path folder = home.filePath("state/journals").toStdString();
    int ready[2];
    QCOMPARE(::pipe(ready), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const JournalPlace place = JournalPlace::create(folder);
        std::ofstream(place.file()) << "left";
        [[maybe_unused]] const ssize_t told = ::write(ready[1], "x", 1);
        ::pause();
        ::_exit(0);
    }
    char told = 0;
    QCOMPARE(::read(ready[0], &told, 1), ssize_t{1});
    QVERIFY(JournalPlace::orphans(folder).empty());
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const std::vector<JournalPlace> found = JournalPlace::orphans(folder);
    QCOMPARE(found.size(), std::size_t{1});
    QVERIFY(fs::exists(found.front().file()));
    ::close(ready[0]);
    ::close(ready[1]);
}

void TestJournal::aPlaceInUseIsNoOrphan()
{
    QTemporaryDir home;
    const fs::path folder = home.path().toStdString();
    const JournalPlace mine = JournalPlace::create(folder);
    QVERIFY(JournalPlace::orphans(folder).empty());
    QVERIFY(fs::exists(mine.folder()));
    std::ofstream(mine.file()) << "text";
    QVERIFY(JournalPlace::orphans(folder).empty());
    QVERIFY(JournalPlace::orphans(folder / "not there").empty());
}

void TestJournal::aRemovedPlaceIsGone()
{
    QTemporaryDir home;
    const fs::path folder = home.path().toStdString();
    {
        JournalPlace mine = JournalPlace::create(folder);
        std::ofstream(mine.file()) << "text";
        std::ofstream(mine.folder() / "training.state") << "more";
        mine.remove();
        QVERIFY(!fs::exists(mine.folder()));
    }
    QVERIFY(fs::is_empty(folder));
}

void TestJournal::orphansAreHeldByWhoeverFoundThem()
{
    QTemporaryDir home;
    const fs::path folder = home.path().toStdString();
    for (const char* name : {"one", "two"}) {
        const JournalPlace place = JournalPlace::create(folder);
        std::ofstream(place.file()) << name;
    }
    {
        const std::vector<JournalPlace> found = JournalPlace::orphans(folder);
        QCOMPARE(found.size(), std::size_t{2});
        QVERIFY(JournalPlace::orphans(folder).empty());
    }
    QCOMPARE(JournalPlace::orphans(folder).size(), std::size_t{2});
}

void TestJournal::aFolderThatCannotBeMadeIsToldByName()
{
    QTemporaryDir home;
    const fs::path file = home.filePath("file").toStdString();
    std::ofstream(file) << "no folder";
    try {
        JournalPlace::create(file / "journals");
        QFAIL("made");
    } catch (const FailureError& error) {
        QVERIFY2(std::string(error.what()).find((file / "journals").string()) != std::string::npos, error.what());
    }
}

QTEST_GUILESS_MAIN(TestJournal)
#include "journal.moc"
