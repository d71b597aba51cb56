// SPDX-License-Identifier: GPL-3.0-or-later
// Helping a person who wrote a path that is no field of the experiment.
#include "core/base/edit_distance.h"
#include "core/experiment/bound_fields.h"

#include <algorithm>
#include <iterator>

namespace posbias {

namespace {

std::string parentOf(std::string_view path)
{
    const std::size_t dot = path.rfind('.');
    return dot == std::string_view::npos ? std::string() : std::string(path.substr(0, dot));
}

/// The names one level below `owner`, in the order of the file.
std::vector<std::string> childrenOf(const std::vector<BoundField>& fields, const std::string& owner,
                                    const std::vector<ExtraKey>& extraKeys)
{
    std::vector<std::string> children;
    const auto add = [&](std::string_view child) {
        if (std::find(children.begin(), children.end(), child) == children.end())
            children.emplace_back(child);
    };
    const auto addExtraKeys = [&](bool last) {
        for (const ExtraKey& extra : extraKeys)
            if (extra.owner == owner && extra.last == last)
                add(extra.key);
    };
    addExtraKeys(false);
    const std::string prefix = owner.empty() ? owner : owner + '.';
    for (const BoundField& field : fields) {
        const std::string_view path = field.description.path;
        if (path.substr(0, prefix.size()) == prefix)
            add(path.substr(prefix.size(), path.find('.', prefix.size()) - prefix.size()));
    }
    addExtraKeys(true);
    return children;
}

std::string digitsOf(std::string_view text)
{
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

/// A field that was probably meant: a slip of the pen, or its last part alone ("buckets"). None for a file's odd key,
/// which comes in quotes: it may be spelled like a path and is none.
std::vector<std::string> nearestPaths(const std::vector<BoundField>& fields, std::string_view path)
{
    std::vector<std::string> nearest;
    if (path.find('"') != std::string_view::npos)
        return nearest;
    constexpr std::size_t longest = 100;  // nothing longer is a slip of the pen
    std::size_t least = std::min<std::size_t>(2, path.size() / 3);
    for (const BoundField& field : fields) {
        if (path.size() > longest)
            break;
        const std::string& candidate = field.description.path;
        const std::size_t distance = editDistance(path, candidate);
        if (distance > least || digitsOf(path) != digitsOf(candidate))
            continue;
        if (distance < least)
            nearest.clear();
        least = distance;
        nearest.push_back(candidate);
    }
    if (!nearest.empty())
        return nearest;
    for (const BoundField& field : fields)
        if (field.description.path.ends_with('.' + std::string(path)))
            nearest.push_back(field.description.path);
    return nearest;
}

/// "learning.steps belongs to "adam"; learning.optimizer is "exact"", or nothing.
std::string otherKindMessage(Experiment experiment, std::string_view path)
{
    const std::string owner = parentOf(path);
    std::vector<BoundField> fields = bindFields(experiment);
    const auto kind =
        std::find_if(fields.begin(), fields.end(), [&](const BoundField& f) { return f.kindOf && *f.kindOf == owner; });
    if (kind == fields.end())
        return {};
    const FieldDescription description = kind->description;
    std::vector<std::string> kinds;
    for (const FieldChoice& choice : description.choices) {
        Experiment other = experiment;
        std::vector<BoundField> otherFields = bindFields(other);
        findField(otherFields, description.path)->set(choice.id);
        otherFields = bindFields(other);
        if (findField(otherFields, path))
            kinds.push_back(quotedText(choice.id));
    }
    if (kinds.empty())
        return {};
    return std::string(path) + " belongs to " + listText(kinds, "or") + ", but " + description.path + " is " +
           quotedText(std::get<std::string>(description.value));
}

std::string shownPath(std::string_view path)
{
    return path.size() <= 60 && characterCount(path) == path.size() ? std::string(path) : quotedText(path);
}

}  // namespace

std::string unknownPathMessage(const Experiment& experiment, std::string_view path,
                               const std::vector<ExtraKey>& extraKeys)
{
    Experiment copy = experiment;
    const std::vector<BoundField> fields = bindFields(copy);
    std::string message = otherKindMessage(experiment, path);
    if (message.empty()) {
        message = shownPath(path) + " is no field of this experiment";
        const std::vector<std::string> nearest = nearestPaths(fields, path);
        if (!nearest.empty())
            return message + "; did you mean " + listText(nearest, "or") + "?";
    }
    std::string owner{path};
    std::vector<std::string> children = childrenOf(fields, owner, extraKeys);
    while (children.empty()) {
        owner = parentOf(owner);
        children = childrenOf(fields, owner, extraKeys);
    }
    const std::string where = owner.empty() ? "at the top level" : "in " + owner;
    return message + "; " + where + (children.size() == 1 ? " there is " : " there are ") + listText(children, "and");
}

}  // namespace posbias
