// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/files/page_fit.h"

#include "ui/plot/layout/figure_layout.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace posbias::ui {
namespace {

/// Logical units: type of 13 units is 11 px at 96 dpi (8.25 pt), what papers use under figures.
constexpr double usualPerMm = 96.0 / mmPerInch * 13.0 / 11.0;
constexpr double leastWidth = 480.0;  ///< units that a figure is given where type is automatic
constexpr double pointsPerInch = 72.0;
constexpr double smallestLegible = 5.0;                  ///< points; smaller automatic type is told
constexpr double largestMm = 2000.0, leastPoints = 3.0;  ///< as Page allows them
constexpr double sameType = 1.03;      ///< sizes of type closer than this are alike: larger panels count
constexpr double aboutSameType = 1.1;  ///< likewise where a page leaves the size to the figure
constexpr double mostGrownMm = 230.0;  ///< to which a page grows: what a page of a paper or a book holds

/// The next height to try, of a page that grows.
double grown(double heightMm)
{
    return std::min(std::ceil(1.08 * heightMm), mostGrownMm);
}

int unitsOf(double mm, double perMm)
{
    return static_cast<int>(std::ceil(mm * perMm - 1e-6));
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

// ---- The search -------------------------------------------------------------------------------------------------

/// Scale and height of a page.
struct PageTrial {
    double perMm = 0.0, heightMm = 0.0;
};

/// Figures in one arrangement.
class Trial {
public:
    Trial(std::span<const Figure* const> figures, const Arrangement& arrangement, const Fonts& fonts, const Page& page)
        : m_arrangement(arrangement), m_fonts(fonts), m_page(page)
    {
        for (const Figure* figure : figures)
            m_figures.push_back(arranged(*figure, arrangement));
    }

    bool fits(const PageTrial& at)
    {
        const QSize size(unitsOf(m_page.widthMm, at.perMm), unitsOf(at.heightMm, at.perMm));
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
    /// The least scale from the given one on that fits, to 0.3 %.
    double leastThatFits(const PageTrial& from)
    {
        const double height = from.heightMm;
        if (fits(from))
            return from.perMm;
        double tooSmall = from.perMm, fitting = 2.0 * from.perMm;
        while (!fits({fitting, height})) {
            tooSmall = fitting;
            fitting *= 2.0;
        }
        while (fitting / tooSmall > 1.003) {
            const double middle = std::sqrt(fitting * tooSmall);
            (fits({middle, height}) ? fitting : tooSmall) = middle;
        }
        fits({fitting, height});
        return fitting;
    }
    /// After what fitted last: how large panels are, and how little of the page is empty. Only differences mean anything.
    double quality() const { return panelSize() + std::log(usedShare()) - ofTheArrangement(); }
    /// Whether another arrangement could hardly do better.
    bool fillsThePage() const
    {
        constexpr double enough = 0.72;
        const bool maps = std::ranges::any_of(m_figures.back().rows, isMapRow);
        return !maps || usedShare() >= enough;
    }

    LayoutNeeds needs;

private:
    /// Sides of maps and of plots beside the page's, each in the mean of their logarithms.
    double panelSize() const
    {
        const double page = std::sqrt(m_page.widthMm * m_page.heightMm) * m_geometry.size.width() / m_page.widthMm;
        const double leastSide = 7.0 * textHeight(m_fonts.tick);  // of a plot whose curves can still be told apart
        double maps = 0.0, mapCount = 0.0, plots = 0.0, plotCount = 0.0;
        forEachPanel([&](const Panel& panel, const PanelPlace& place) {
            const double width = place.plot.width(), height = place.plot.height();
            if (std::holds_alternative<MapPanel>(panel)) {
                maps += std::log(width / page);
                mapCount += 1.0;
            } else if (!std::holds_alternative<RibbonPanel>(panel)) {
                plots += std::log(std::sqrt(width * height) / page) - distortion(width / height) -
                         2.0 * std::log(std::max(1.0, leastSide / std::min(width, height)));
                plotCount += 1.0;
            }
        });
        return 2.0 * maps / std::max(1.0, mapCount) + plots / std::max(1.0, plotCount);
    }
    /// Of a plot that is much higher than wide, or the other way.
    static double distortion(double ratio)
    {
        constexpr double narrowest = 1.0, widest = 6.0;
        return ratio < narrowest ? std::log(narrowest / ratio) : ratio > widest ? 0.3 * std::log(ratio / widest) : 0.0;
    }
    double usedShare() const
    {
        const double axis = 4.0 * textHeight(m_fonts.tick);  // its labels, and a margin
        std::vector<QRectF> used(std::max<std::size_t>(1, m_figures.back().columns.size()));
        for (std::size_t r = 0; r < m_geometry.rows.size(); ++r)
            for (const PanelPlace& place : m_geometry.rows[r])
                used.at(m_figures.back().rows[r].column) |=
                    place.header | QRectF(place.plot).adjusted(-axis, 0.0, axis, axis);
        double area = 0.0;
        for (const QRectF& column : used)
            area += column.width() * column.height();
        return std::min(1.0, area / (static_cast<double>(m_geometry.size.width()) * m_geometry.size.height()));
    }
    /// What readers would rather not have where sizes are about the same.
    double ofTheArrangement() const
    {
        constexpr double raggedMaps = 1.0, otherRows = 0.1, barsBelow = 0.02, namesElsewhere = 0.03;
        std::size_t fewest = std::numeric_limits<std::size_t>::max(), most = 0;
        for (const FigureRow& row : m_figures.back().rows)
            if (isMapRow(row)) {
                fewest = std::min(fewest, row.panels.size());
                most = std::max(most, row.panels.size());
            }
        return (fewest < most ? raggedMaps : 0.0) + (m_arrangement == Arrangement() ? 0.0 : otherRows) +
               (m_arrangement.barsBelow ? barsBelow : 0.0) + (m_arrangement.legendsOnce ? namesElsewhere : 0.0);
    }
    template <typename Call>
    void forEachPanel(const Call& call) const
    {
        for (std::size_t r = 0; r < m_geometry.rows.size(); ++r)
            for (std::size_t p = 0; p < m_geometry.rows[r].size(); ++p)
                call(m_figures.back().rows[r].panels[p], m_geometry.rows[r][p]);
    }

    Arrangement m_arrangement;
    std::vector<Figure> m_figures;
    const Fonts& m_fonts;
    const Page& m_page;
    FigureGeometry m_geometry;
};

struct Found {
    Arrangement arrangement;
    PageTrial page;
    double quality = -HUGE_VAL;
};

/// Looks for the arrangement whose panels and type are largest together.
class Search {
public:
    Search(std::span<const Figure* const> figures, const Fonts& fonts, const Page& page, double asked)
        : m_figures(figures), m_fonts(fonts), m_page(page), m_asked(asked), m_highest(page.heightMm)
    {
        // Type of a preset gives way by so much for larger panels; else it is as large as it can be.
        m_scales = page.shrinkType && !page.growHeight
                       ? std::vector{asked, 1.06 * asked, 1.13 * asked, mostShrunk * asked}
                       : std::vector{asked};
        m_heights = {page.heightMm};
        while (page.growHeight && m_heights.back() < mostGrownMm)
            m_heights.push_back(grown(m_heights.back()));
        m_highest = m_heights.back();
    }

    Found best()
    {
        std::vector<Arrangement> all = arrangementsOf(*m_figures.front());
        for (const Arrangement& arrangement : all)
            tryOn(arrangement);
        const bool isAsAsked = m_best.page.perMm == m_asked && m_best.page.heightMm == m_page.heightMm;
        if (!isAsAsked && repeatsLegends(*m_figures.front())) {
            for (std::size_t k = 0, count = all.size(); k < count; ++k) {
                all.push_back(all[k]);
                all.back().legendsOnce = true;
                tryOn(all.back());
            }
        }
        return std::isfinite(m_best.quality) ? m_best : largestType(all);
    }

private:
    static constexpr double mostShrunk = 14.0 / 11.0;  ///< to 11 pt on half a slide

    void consider(Trial& trial, const Arrangement& arrangement, const PageTrial& page)
    {
        // Smaller type counts more than smaller panels, still smaller type far more, and so does a longer page.
        constexpr double readable = 1.15;
        const double smaller = page.perMm / m_asked, longer = page.heightMm / m_page.heightMm;
        const double quality = trial.quality() - 3.0 * std::log(smaller) -
                               3.0 * std::log(std::max(1.0, smaller / readable)) - 3.0 * std::log(longer);
        const double columns = m_page.growHeight && !arrangement.columns.empty() ? 0.3 : 0.0;  // where height is free
        if (quality - columns > m_best.quality)
            m_best = {arrangement, page, quality - columns};
    }
    void tryOn(const Arrangement& arrangement)
    {
        Trial trial(m_figures, arrangement, m_fonts, m_page);
        for (auto scale = m_scales.rbegin(); scale != m_scales.rend(); ++scale) {
            if (!trial.fits({*scale, m_highest}))
                return;
            if (m_heights.size() == 1) {
                consider(trial, arrangement, {*scale, m_highest});
                continue;
            }
            // From one height on all fit.
            const auto first = std::ranges::partition_point(m_heights, [&](double height) {
                return !trial.fits({*scale, height});
            });
            constexpr std::ptrdiff_t heightsTried = 3;
            for (auto height = first; height != m_heights.end() && height - first < heightsTried; ++height)
                if (trial.fits({*scale, *height}))
                    consider(trial, arrangement, {*scale, *height});
        }
    }
    /// Where none fits: the best of those with about the largest type.
    Found largestType(const std::vector<Arrangement>& all)
    {
        const double alike = m_page.shrinkType ? aboutSameType : sameType;
        std::vector<Found> found;
        double best = HUGE_VAL;
        for (const Arrangement& arrangement : all) {
            Trial trial(m_figures, arrangement, m_fonts, m_page);
            if (std::isfinite(best) && !trial.fits({alike * best, m_highest}))
                continue;
            const double perMm = trial.leastThatFits({m_asked, m_highest});
            best = std::min(best, perMm);
            found.push_back({arrangement, {perMm, m_highest}, trial.quality() - 5.0 * std::log(perMm / m_asked)});
        }
        std::erase_if(found, [&](const Found& one) { return one.page.perMm > alike * best; });
        return *std::ranges::max_element(found, {}, &Found::quality);
    }

    std::span<const Figure* const> m_figures;
    const Fonts& m_fonts;
    const Page& m_page;
    double m_asked, m_highest;
    std::vector<double> m_scales, m_heights;
    Found m_best;
};

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
    const PageTrial at{perMmOf(fonts, points), page.heightMm};
    const bool repeats = repeatsLegends(*figures.front());
    return std::ranges::any_of(arrangementsOf(*figures.front()), [&](Arrangement arrangement) {
        if (Trial(figures, arrangement, fonts, page).fits(at))
            return true;
        arrangement.legendsOnce = true;
        return repeats && Trial(figures, arrangement, fonts, page).fits(at);
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
        message +=
            ", and " + shortNumber(page.fontPoints) + " pt fits a page of " + sizeText(larger.widthMm, larger.heightMm);
    throw TypeDoesNotFit(any ? std::optional(largest) : std::nullopt, message);
}

std::string noteOf(const Page& page, const PageFit& fit, bool isSmaller)
{
    std::string note;
    if (fit.heightMm > page.heightMm)
        note = "The page is " + shortNumber(fit.heightMm) + " mm high, which the figure needs; " +
               shortNumber(page.heightMm) + " mm are asked for";
    const std::string is = "The type is " + shortNumber(std::round(fit.points * 10.0) / 10.0) + " pt";
    std::string type;
    if (page.fontPoints == automaticType)
        type = fit.points < smallestLegible && (isSmaller || fit.arrangement != Arrangement())
                   ? is + ", the largest that fits the page"
                   : std::string();
    else if (isSmaller)
        type = is + ", the largest that fits; the page asks for " + shortNumber(page.fontPoints) + " pt";
    return note + (note.empty() || type.empty() ? "" : ". ") + type;
}

}  // namespace

PageFit fitPage(std::span<const Figure> figures, const Fonts& fonts, const Page& page)
{
    std::vector<const Figure*> all;
    for (const Figure& figure : figures)
        all.push_back(&figure);
    const double asked = askedPerMm(fonts, page);
    PageFit fit;
    fit.unitsPerMm = asked;
    fit.heightMm = page.heightMm;
    fit.shared = figures.size() > 1;
    Trial natural(all, {}, fonts, page);
    if (natural.fits({asked, page.heightMm}) && (!page.shrinkType || natural.fillsThePage())) {
        fit.needs = std::move(natural.needs);
    } else {
        // Of many figures, three choose the arrangement.
        const std::vector<const Figure*> some =
            all.size() < 3 ? all : std::vector{all.front(), all[all.size() / 2], all.back()};
        const Found found = Search(some, fonts, page, asked).best();
        fit.arrangement = found.arrangement;
        fit.heightMm = found.page.heightMm;
        Trial trial(all, found.arrangement, fonts, page);
        while (page.growHeight && fit.heightMm < mostGrownMm && !trial.fits({found.page.perMm, fit.heightMm}))
            fit.heightMm = grown(fit.heightMm);  // others of them may need more
        fit.unitsPerMm = trial.leastThatFits({found.page.perMm, fit.heightMm});
        fit.needs = std::move(trial.needs);
        if (fit.unitsPerMm > asked && page.fontPoints != automaticType && !page.shrinkType) {
            Page highest = page;
            highest.heightMm = fit.heightMm;
            refuseType(all, fonts, highest, pointsOf(fonts, fit.unitsPerMm));
        }
    }
    fit.size = QSize(unitsOf(page.widthMm, fit.unitsPerMm), unitsOf(fit.heightMm, fit.unitsPerMm));
    fit.points = pointsOf(fonts, fit.unitsPerMm);
    fit.note = noteOf(page, fit, fit.unitsPerMm > asked);
    return fit;
}

}  // namespace posbias::ui
