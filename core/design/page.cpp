// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/design/design_checks.h"
#include "core/experiment/value_text.h"

namespace posbias {
namespace {

constexpr std::size_t longestFamily = 100;

struct PageLimit {
    const char* name;
    const char* option;
    const char* key;
    double value, least, most;
    const char* unit;

    bool holds() const { return value >= least && value <= most; }
};

std::vector<PageLimit> limitsOf(const Page& page)
{
    std::vector<PageLimit> limits = {
        {"width", "--width", "width", page.widthMm, 10.0, 2000.0, " mm"},
        {"height", "--height", "height", page.heightMm, 10.0, 2000.0, " mm"},
        {"resolution", "--dpi", "dpi", static_cast<double>(page.dpi), 36.0, 2400.0, ""},
    };
    if (page.fontPoints != automaticType)
        limits.push_back({"font size", "--font-size", "fontSize", page.fontPoints, 3.0, 72.0, " pt"});
    return limits;
}

}  // namespace

void validate(const Page& page)
{
    for (const PageLimit& limit : limitsOf(page))
        if (!limit.holds())
            throw InputError(limit.option, std::string("The ") + limit.name + " (" + limit.option + ") is " +
                                               plainNumber(limit.value) + limit.unit + "; allowed are " +
                                               plainNumber(limit.least) + " to " + plainNumber(limit.most) +
                                               limit.unit);
    if (!isPlainText(page.fontFamily, longestFamily))
        throw InputError("--font", "The font (--font) is " + quotedText(page.fontFamily) +
                                       "; allowed are names of at most " + std::to_string(longestFamily) +
                                       " characters without control characters");
}

void checkPage(const Page& page)
{
    for (const PageLimit& limit : limitsOf(page))
        if (!limit.holds())
            refuseKey(limit.key, plainNumber(limit.value) + limit.unit,
                      "from " + plainNumber(limit.least) + " to " + plainNumber(limit.most) + limit.unit);
    checkText("font", page.fontFamily, longestFamily);
}

}  // namespace posbias
