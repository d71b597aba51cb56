// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"

#include "app/arguments.h"
#include "app/commands/commands.h"
#include "app/interruption.h"
#include "app/output.h"
#include "app/window.h"
#include "core/base/error.h"
#include "core/base/quoted_text.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <csignal>
#include <new>
#include <optional>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

namespace posbias::app {

namespace {

constexpr int done = 0, failed = 1, wrongUsage = 2;

struct Parser {
    CLI::App root{"See positional bias in Transformer attention: per-offset biases against T5 buckets,\n"
                  "past the training length."};
    CommandLine line;
    std::optional<std::string> file;  ///< for the window

    Parser();
    void refuseEmptyValues();
    const CLI::App& asked() const;
    std::vector<std::string> subcommands() const;
    void checkName() const;
};

Parser::Parser()
{
    root.name("posbias");
    root.require_subcommand(0, 1);
    root.add_option("FILE", file,
                    "Open the window on a .posbias file, a figure or a preset; without one, on past-training")
        ->type_name("");
    root.add_flag("--quiet", line.common.quiet, "No progress, no confirmations");
    root.set_version_flag("--version", std::string("posbias ") + POSBIAS_VERSION, "Print the version");
    for (const auto add : {addSchemes, addBuckets, addBias, addMatrix, addExposure, addLearn, addCompare, addSweep,
                           addRender, addRecipe, addPresets})
        add(root, line);
    refuseEmptyValues();
    root.footer("Sub-commands print tables to standard output and need no display; each has its own --help.\n"
                "Exit code: 0 done, 1 could not be done, 2 wrong usage or input.\n\n"
                "Examples:\n"
                "  posbias                                              the window\n"
                "  posbias buckets --buckets 32 --max-distance 128 --offsets 0:200\n"
                "  posbias compare past-training --lengths 512,1000,4096\n"
                "  posbias sweep past-training --over buckets=2:512 --seeds 8\n"
                "  posbias render past-training --figure compare -o figure.pdf\n"
                "  posbias presets past-training > mine.posbias         then edit it");
}

/// `-o "$UNSET"` is a mistake, not a default.
void Parser::refuseEmptyValues()
{
    const CLI::Validator notEmpty([](std::string& text) { return text.empty() ? "needs a value" : ""; }, "");
    for (CLI::App* command : root.get_subcommands([](const CLI::App*) { return true; })) {
        for (CLI::Option* option : command->get_options()) {
            if (option->get_items_expected_min() > 0)
                option->check(notEmpty);
        }
    }
}

/// The sub-command that was asked for, or the root.
const CLI::App& Parser::asked() const
{
    const auto chosen = root.get_subcommands();
    return chosen.empty() ? root : *chosen.front();
}

std::vector<std::string> Parser::subcommands() const
{
    std::vector<std::string> names;
    for (const CLI::App* command : root.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(command->get_name());
    return names;
}

/// A first argument must mean something.
void Parser::checkName() const
{
    if (!file || isExperimentFile(*file))
        return;
    const std::vector<std::string> presets = presetNames();
    std::vector<std::string> names = subcommands();
    names.insert(names.end(), presets.begin(), presets.end());
    if (std::find(presets.begin(), presets.end(), *file) == presets.end()) {
        throw InputError(*file, "no such sub-command, file or preset: " + quotedText(*file) + didYouMean(*file, names) +
                                    "; the sub-commands are " + joined(subcommands()) + "; the presets are " +
                                    joined(presets));
    }
}

std::vector<std::string> optionsOf(const CLI::App& app)
{
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames())
            names.push_back("--" + name);
    }
    return names;
}

[[noreturn]] void refuseUsage(const Parser& parser, const CLI::ParseError& error)
{
    const CLI::App& app = parser.asked();
    std::string reason = error.what();
    const std::vector<std::string> unknown = parser.root.remaining(true);
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && !unknown.empty()) {
        const std::string name = unknown.front().substr(0, unknown.front().find('='));
        reason = (name.starts_with("-") ? "unknown option " : "unexpected argument ") + quotedText(name) +
                 (name.starts_with("--") ? didYouMean(name, optionsOf(app)) : "");
    } else if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
        const bool missing = reason.find("missing") != std::string::npos;
        reason = reason.substr(0, reason.find(':')) + (missing ? " needs a value" : " was given more than once");
    }
    const std::string command = &app == &parser.root ? "posbias" : "posbias " + app.get_name();
    throw InputError("", reason + "; see " + command + " --help");
}

void print(const std::string& text)
{
    Output output;
    output.write(text);
    output.flush();
}

int parseAndRun(int argc, char** argv)
{
    Parser parser;
    try {
        parser.root.parse(argc, argv);
    } catch (const CLI::Success& request) {  // --help, --version
        parser.checkName();
        std::ostringstream text, errors;
        parser.root.exit(request, text, errors);
        print(text.str());
        return done;
    } catch (const CLI::ParseError& error) {
        if (parser.root.get_subcommands().empty())
            parser.checkName();
        refuseUsage(parser, error);
    }
    if (!parser.line.action) {
        parser.checkName();
        return runWindow(argc, argv, parser.file.value_or(""));
    }
    if (parser.file)
        throw InputError("", "unexpected argument " + quotedText(*parser.file) + " before the sub-command");
    watchForInterruption();
    parser.line.action();
    return done;
}

int complain(int code, const std::string& message)
{
    tell(message);
    return code;
}

/// Ends as the signal would have, now that unfinished files are gone.
int endBySignal(int signal)
{
    std::signal(signal, SIG_DFL);
    std::raise(signal);
    return failed;
}

/// A closed standard stream must not become the number of a file that is opened later.
void occupyStandardStreams()
{
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(descriptor, F_GETFD) == -1)
            open("/dev/null", descriptor == STDOUT_FILENO ? O_RDONLY : O_RDWR);
    }
}

}  // namespace

int runCommandLine(int argc, char** argv)
{
    occupyStandardStreams();
    // A reader that went away and a file beyond the user's limit are errors of the write, not ends of the program.
    for (const int signal : {SIGPIPE, SIGXFSZ})
        std::signal(signal, SIG_IGN);
    try {
        return parseAndRun(argc, argv);
    } catch (const ReaderGone&) {
        return done;
    } catch (const Cancelled&) {
        return endBySignal(interruptingSignal());
    } catch (const InputError& error) {
        return complain(wrongUsage, error.what());
    } catch (const std::bad_alloc&) {
        return complain(failed, "not enough memory for this experiment; try a smaller length");
    } catch (const std::exception& error) {
        return complain(failed, error.what());
    }
}

}  // namespace posbias::app
