// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One description of every field of an experiment: the file format, --set, the window's forms, help and
// validation messages are all made from it.

#include "core/experiment/experiment.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace posbias {

enum class FieldType { Integer, Real, Choice, Text };
/// Integer, real, or text / the id of a choice.
using FieldValue = std::variant<std::int64_t, double, std::string>;

struct FieldChoice {
    std::string id;     ///< as in files: "huggingface"
    std::string label;  ///< as a person reads it: "Hugging Face"
    bool operator==(const FieldChoice&) const = default;
};

struct FieldDescription {
    std::string path;  ///< "trainingLength", "schemes.1.buckets", "corpus.lengths", "corpus.lengths.exponent"
    std::string
        group;  ///< "sequence", "scheme.0", ..., "data", "training", "level", "content", "sweep", "view", "title"
    std::string label;  ///< "Max distance"
    std::string help;   ///< one sentence; a tooltip
    FieldType type = FieldType::Integer;
    double min = 0.0;
    double max = 0.0;
    bool minExcluded = false;  ///< the value must be above min
    bool logarithmic = false;  ///< a slider over it should be logarithmic
    std::vector<FieldChoice> choices;
    FieldValue value;
    FieldValue defaultValue;
    /// Not empty: the field has no effect now, and why ("With expected counts the number of documents cancels").
    std::string disabledReason;
};

/// The fields this experiment has, in the order of the file. Which ones exist depends on its kinds
/// (optimizer, teacher, ...). Kind choices themselves: "schemes.N.scheme", "teacher.kind",
/// "corpus.lengths", "learning.optimizer", "content.kind".
std::vector<FieldDescription> describeFields(const Experiment& experiment);

/// The same experiment with one field changed. Changing a kind keeps the fields that the new kind shares and
/// whose value it allows; the others take its defaults. Changing `length` or `mask` so that the view's cell is
/// no longer visible resets the view to defaultView(length). Throws InputError (subject: the path) on an unknown path,
/// a value of the wrong type or outside the field's own range; combinations are validate()'s business.
Experiment withField(const Experiment& experiment, std::string_view path, const FieldValue& value);
/// The same from text, as `--set path=text` gives it.
Experiment withFieldText(const Experiment& experiment, std::string_view path, std::string_view text);

/// Checks every field and every combination: T5's maximum distance against its exact half, sampled corpora up to
/// 2^26 tokens, a pareto minimum within the training length, listed lengths as text, held-out documents for early stopping, random content up to 2^27 numbers in all keys, the view's
/// cell inside the sequence, 2 to 26 schemes.
/// Throws InputError whose subject is the path of the field to change and whose text names it, its value and what
/// is allowed.
void validate(const Experiment& experiment);

/// One scheme's own fields, without the choice of its kind: paths are relative ("buckets").
std::vector<FieldDescription> describeScheme(const Scheme& scheme);

/// Ids as files and options spell them ("causal", "bidirectional"); label for people.
std::string maskId(Mask mask);
Mask maskFromId(std::string_view id);  ///< throws InputError, subject "mask"
std::string variantId(T5Variant variant);
T5Variant variantFromId(std::string_view id);  ///< throws InputError, subject "variant"

}  // namespace posbias
