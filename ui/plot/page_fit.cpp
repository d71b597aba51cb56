// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/page_fit.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace posbias::ui {
namespace {

/// Logical units: type of 13 units is 11 px at 96 dpi (8.25 pt), what papers use under figures.
constexpr double usualPerMm = 96.0 / mmPerInch * 13.0 / 11.0;
constexpr double leastWidth = 480.0;      ///< units that a figure is given where type is automatic
constexpr double pointsPerInch = 72.0;
constexpr double smallestLegible = 5.0;   ///< points; smaller automatic type is told
constexpr double largestMm = 2000.0, leastPoints = 3.0;  ///< as Page allows them
constexpr double sameType = 1.03;         ///< sizes of type closer than this are alike: larger panels count

int unitsOf(double mm, double perMm)
{
    return static_cast<int>(std::ceil(mm * perMm - 1e-6));
}

QSize unitsOf(const Page& page, double perMm)
{
    return {unitsOf(page.widthMm, perMm), unitsOf(page.heightMm, perMm)};
}

double pointsOf(const Fonts& fonts, double perMm)
{
    return fonts.tick.pixelSize() / perMm / mmPerInch * pointsPerInch;
}

double perMmOf(const Fonts& fonts, double points)
{
    return fonts.tick.pixelSize() / (points * mmPerInch / pointsPerInch);
}

double askedPerMm(const Fonts& fonts, const Page& page)
{
    return page.fontPoints == automaticType ? std::max(usualPerMm, leastWidth / page.widthMm)
                                            : perMmOf(fonts, page.fontPoints);
}

// ---- Arrangements -----------------------------------------------------------------------------------------------

/// Ribbons and the curves beneath share an axis.
bool isTied(const FigureRow& above, const FigureRow& below)
{
    if (above.panels.empty() || below.panels.empty() || !std::holds_alternative<RibbonPanel>(above.panels.front()))
        return false;
    const auto* curves = std::get_if<CurvePanel>(&below.panels.front());
    return curves && curves->axis == AxisKind::Offset;
}

using Shares = std::vector<double>;

/// All ways to put the rows into columns of these shares.
void addColumns(const std::vector<FigureRow>& rows, std::size_t perRow, const std::vector<Shares>& choices,
                std::vector<Arrangement>& out)
{
    const std::size_t count = choices.front().size();
    std::vector<std::size_t> firsts(count, 0);
    const auto use = [&](auto&& self, std::size_t column) -> void {
        if (column == count) {
            Arrangement arrangement{perRow, {}, std::vector<std::size_t>(rows.size(), 0)};
            for (std::size_t c = 0; c < count; ++c)
                std::fill(arrangement.columnOfRow.begin() + static_cast<std::ptrdiff_t>(firsts[c]),
                          arrangement.columnOfRow.end(), c);
            for (const Shares& shares : choices) {
                arrangement.columns = shares;
                out.push_back(arrangement);
            }
            return;
        }
        for (std::size_t first = firsts[column - 1] + 1; first + (count - column) <= rows.size(); ++first)
            if (!isTied(rows[first - 1], rows[first])) {
                firsts[column] = first;
                self(self, column + 1);
            }
    };
    use(use, 1);
}

std::vector<Arrangement> arrangementsOf(const Figure& figure)
{
    constexpr std::size_t mostRowsInThree = 8;
    static const std::vector<Shares> two = {{0.5, 0.5},   {0.42, 0.58}, {0.58, 0.42}, {0.36, 0.64},
                                            {0.64, 0.36}, {0.3, 0.7},   {0.7, 0.3}};
    static const std::vector<Shares> three = {
        {1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0}, {0.5, 0.25, 0.25}, {0.25, 0.5, 0.25}, {0.25, 0.25, 0.5}};
    std::size_t widest = 1;
    for (const FigureRow& row : figure.rows)
        widest = std::max(widest, row.panels.size());
    std::vector<Arrangement> all;
    for (std::size_t perRow = widest; perRow >= 1; --perRow) {
        const std::vector<FigureRow> rows = arranged(figure, {perRow, {}, {}}).rows;
        all.push_back({perRow, {}, {}});
        if (rows.size() > 1)
            addColumns(rows, perRow, two, all);
        if (rows.size() > 2 && rows.size() <= mostRowsInThree)
            addColumns(rows, perRow, three, all);
    }
    return all;
}

// ---- The search -------------------------------------------------------------------------------------------------

/// Figures in one arrangement.
class Trial {
public:
    Trial(std::span<const Figure* const> figures, const Arrangement& arrangement, const Fonts& fonts, const Page& page)
        : m_fonts(fonts), m_page(page)
    {
        for (const Figure* figure : figures)
            m_figures.push_back(arranged(*figure, arrangement));
    }

    bool fits(double perMm)
    {
        const QSize size = unitsOf(m_page, perMm);
        needs = {};
        const bool several = m_figures.size() > 1;
        for (int pass = several ? 0 : 1; pass < 2; ++pass)  // the first finds out what all need
            for (const Figure& figure : m_figures) {
                FigureGeometry geometry = layOut(figure, m_fonts, size, several ? &needs : nullptr);
                if (geometry.leastWidth > size.width() || geometry.leastHeight > size.height())
                    return false;
                m_geometry = std::move(geometry);
            }
        return true;
    }
    /// The least scale from `least` on that fits, to 0.3 %.
    double leastThatFits(double least)
    {
        if (fits(least))
            return least;
        double tooSmall = least, fitting = 2.0 * least;
        while (!fits(fitting)) {
            tooSmall = fitting;
            fitting *= 2.0;
        }
        while (fitting / tooSmall > 1.003) {
            const double middle = std::sqrt(fitting * tooSmall);
            (fits(middle) ? fitting : tooSmall) = middle;
        }
        fits(fitting);
        return fitting;
    }
    /// After what fitted last: how large its panels are, in the mean of their logarithms, as shares of the page.
    double panelSize() const
    {
        double sum = 0.0, count = 0.0;
        for (std::size_t r = 0; r < m_geometry.rows.size(); ++r)
            for (const PanelPlace& place : m_geometry.rows[r]) {
                sum += std::log(static_cast<double>(place.plot.width()) * place.plot.height() /
                                (static_cast<double>(m_geometry.size.width()) * m_geometry.size.height()));
                count += 1.0;
            }
        return count > 0.0 ? sum / count : 0.0;
    }

    LayoutNeeds needs;

private:
    std::vector<Figure> m_figures;
    const Fonts& m_fonts;
    const Page& m_page;
    FigureGeometry m_geometry;
};

struct Found {
    Arrangement arrangement;
    double perMm = HUGE_VAL, panelSize = 0.0;
};

/// The arrangement with the largest type; among those with about the same, the largest panels.
Found bestArrangement(std::span<const Figure* const> figures, const Fonts& fonts, const Page& page, double asked)
{
    std::vector<Found> found;
    double best = HUGE_VAL;
    for (const Arrangement& arrangement : arrangementsOf(*figures.front())) {
        Trial trial(figures, arrangement, fonts, page);
        if (std::isfinite(best) && !trial.fits(best > asked ? sameType * best : asked))
            continue;
        const double perMm = trial.leastThatFits(asked);
        best = std::min(best, perMm);
        found.push_back({arrangement, perMm, trial.panelSize()});
    }
    const double alike = best > asked ? sameType * best : asked;
    std::erase_if(found, [&](const Found& one) { return one.perMm > alike; });
    return *std::ranges::max_element(found, {}, &Found::panelSize);
}

std::string shortNumber(double value)
{
    return QString::number(value, 'g', 6).toStdString();
}

std::string sizeText(double width, double height)
{
    return shortNumber(width) + " x " + shortNumber(height) + " mm";
}

/// In tenths of a point, rounded down.
double roundPoints(double points)
{
    return std::floor(points * 10.0 + 1e-6) / 10.0;
}

/// Whether there is an arrangement with type of this size.
bool fitsWith(std::span<const Figure* const> figures, const Fonts& fonts, const Page& page, double points)
{
    const double perMm = perMmOf(fonts, points);
    return std::ranges::any_of(arrangementsOf(*figures.front()), [&](const Arrangement& arrangement) {
        return Trial(figures, arrangement, fonts, page).fits(perMm);
    });
}

/// Names the nearest that fit: type on this page, a page of this shape for this type. Lines break at whole units, so that
/// both are tried.
[[noreturn]] void refuseType(std::span<const Figure* const> figures, const Fonts& fonts, const Page& page, double about)
{
    double largest = roundPoints(about);
    while (largest >= leastPoints && !fitsWith(figures, fonts, page, largest))
        largest = roundPoints(largest - 0.1);
    const bool any = largest >= leastPoints;
    Page larger = page;
    const auto scaled = [](double mm, double factor) { return std::ceil(mm * factor * 10.0) / 10.0; };
    double factor = page.fontPoints / about;
    do {  // everything on a page grows with it
        larger.widthMm = scaled(page.widthMm, factor);
        larger.heightMm = scaled(page.heightMm, factor);
        factor *= 1.01;
    } while (!fitsWith(figures, fonts, larger, page.fontPoints));
    std::string message = "The size of type (--font-size) is " + shortNumber(page.fontPoints) +
                          " pt, for which this figure has no room on a page of " +
                          sizeText(page.widthMm, page.heightMm) + "; " +
                          (any ? "the largest that fits is " + shortNumber(largest) + " pt"
                               : "no size from " + shortNumber(leastPoints) + " pt on fits");
    if (std::max(larger.widthMm, larger.heightMm) <= largestMm)
        message += ", and " + shortNumber(page.fontPoints) + " pt fits a page of " +
                   sizeText(larger.widthMm, larger.heightMm);
    throw TypeDoesNotFit(any ? std::optional(largest) : std::nullopt, message);
}

std::string noteOf(const Page& page, double points)
{
    const std::string is = shortNumber(std::round(points * 10.0) / 10.0) + " pt, the largest that fits";
    if (page.fontPoints == automaticType)
        return points < smallestLegible ? "The type is " + is + " the page" : std::string();
    return "The type is " + is + "; the page asks for " + shortNumber(page.fontPoints) + " pt";
}

}  // namespace

Figure arranged(Figure figure, const Arrangement& arrangement)
{
    if (arrangement.perRow > 0) {
        std::vector<FigureRow> rows;
        for (FigureRow& row : figure.rows) {
            const std::size_t count = row.panels.size();
            const std::size_t lines = std::max<std::size_t>(1, (count + arrangement.perRow - 1) / arrangement.perRow);
            for (std::size_t line = 0; line < lines; ++line) {
                const auto at = [&](std::size_t k) {
                    return row.panels.begin() + static_cast<std::ptrdiff_t>((k * count + lines - 1) / lines);
                };
                rows.push_back({{std::move_iterator(at(line)), std::move_iterator(at(line + 1))}, row.weight});
            }
        }
        figure.rows = std::move(rows);
    }
    figure.columns = arrangement.columns;
    for (std::size_t r = 0; r < arrangement.columnOfRow.size(); ++r)
        figure.rows[r].column = arrangement.columnOfRow[r];
    return figure;
}

PageFit fitPage(std::span<const Figure> figures, const Fonts& fonts, const Page& page)
{
    std::vector<const Figure*> all;
    for (const Figure& figure : figures)
        all.push_back(&figure);
    const double asked = askedPerMm(fonts, page);
    PageFit fit;
    fit.unitsPerMm = asked;
    fit.shared = figures.size() > 1;
    Trial natural(all, {}, fonts, page);
    if (natural.fits(asked)) {
        fit.needs = std::move(natural.needs);
    } else {
        // Of many figures, three choose the arrangement.
        const std::vector<const Figure*> some =
            all.size() < 3 ? all : std::vector{all.front(), all[all.size() / 2], all.back()};
        const Found found = bestArrangement(some, fonts, page, asked);
        fit.arrangement = found.arrangement;
        Trial trial(all, found.arrangement, fonts, page);
        fit.unitsPerMm = trial.leastThatFits(found.perMm);
        fit.needs = std::move(trial.needs);
        const double points = pointsOf(fonts, fit.unitsPerMm);
        if (fit.unitsPerMm > asked && page.fontPoints != automaticType && !page.shrinkType)
            refuseType(all, fonts, page, points);
        if (fit.unitsPerMm > asked)
            fit.note = noteOf(page, points);
    }
    fit.size = unitsOf(page, fit.unitsPerMm);
    fit.points = pointsOf(fonts, fit.unitsPerMm);
    return fit;
}

}  // namespace posbias::ui
