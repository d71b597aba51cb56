// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What would be lost if the program ended now, as a file: the document, where it came from, and every step that undo and
// redo can take. Written while somebody works, read at the next start.

#include "core/base/shared_value.h"
#include "core/design/figure_design.h"
#include "core/experiment/experiment.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace posbias {

/// Where a document came from, and what is saved beside its experiment.
struct DocumentOrigin {
    std::filesystem::path file;         ///< absolute, in UTF-8; empty: none
    std::string digest;                 ///< of the file's bytes when they were read or written last
    bool replacedUnsaved = false;       ///< a preset took the place of unsaved changes
    std::vector<FigureDesign> figures;  ///< names differ
    bool operator==(const DocumentOrigin&) const = default;
};

/// One step of undo or redo: what it will put in the place of what stands now. What it leaves alone is absent. Copies
/// share what they hold, so that a journal of many steps is made in no time.
struct JournalStep {
    std::string name;  ///< as the menu shows it: "Change Max distance"
    SharedValue<Experiment> experiment;
    bool movesCrosshair = false;  ///< else undoing the experiment leaves its cell alone
    SharedValue<DocumentOrigin> origin;
    SharedValue<std::vector<FigureDesign>> figures;
    bool operator==(const JournalStep&) const = default;
};

struct Journal {
    Experiment experiment;  ///< every field by itself is valid; together they may be refused
    DocumentOrigin origin;
    std::vector<JournalStep> steps;
    std::size_t position = 0;          ///< how many of the steps are done
    std::optional<std::size_t> saved;  ///< the position that is as the file is
    bool operator==(const Journal&) const = default;
};

inline constexpr std::size_t largestJournal = std::size_t{64} << 20;

/// Makes journals into text. Steps that the last text had already are not described again, so that a long history
/// costs little more than its newest step.
class JournalWriter {
public:
    /// At most largestJournal / 2 bytes of steps: those of undo and of redo that are farthest from now are left out.
    std::string text(const Journal& journal);

private:
    std::vector<JournalStep> m_steps;
    std::vector<std::string> m_texts;
};

/// Throws InputError, naming `source`, when the text is no journal, damaged or from a newer version.
Journal journalFromJson(std::string_view text, const std::string& source);
/// Throws InputError (subject: the file), also when it cannot be read.
Journal readJournal(const std::filesystem::path& file);

}  // namespace posbias
