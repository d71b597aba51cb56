// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/map_images.h"

#include "ui/jobs/work_pool.h"
#include "ui/plot/ink/colour_map.h"

#include <QElapsedTimer>
#include <QFutureWatcher>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <optional>
#include <stop_token>

namespace posbias::ui {
namespace {

/// While a hand drags, requests come faster than slow pictures can be made. One that is this old is given up for a
/// newer one; a younger one may still be finished and shown, or nothing would be seen until the hand rests.
constexpr qint64 patienceMs = 120;
constexpr int progressMs = 100;

using Pictures = std::optional<std::vector<MapImage>>;

std::vector<MapImage> makeAll(const std::vector<MapRequest>& requests, const Progress& progress)
{
    std::vector<MapImage> images;
    for (std::size_t k = 0; k < requests.size(); ++k) {
        const Progress part = progress.part(k, requests.size());
        images.push_back(makeMapImage(requests[k], part));
        part.at(1.0);
    }
    return images;
}

/// The cells along a side that are shown, whole or in part, and the pixels of a picture of them.
struct WholeCells {
    WholeCells(double from, double to)
        : first(std::floor(from)), count(static_cast<int>(std::min(std::ceil(to) - first, 1e9)))
    {
    }
    int pixelBefore(double cell, int pixels) const
    {
        return static_cast<int>(std::floor((cell - first) * pixels + 1e-9));
    }
    int pixelAfter(double cell, int pixels) const
    {
        return static_cast<int>(std::ceil((cell - first) * pixels - 1e-9));
    }
    double cellAt(int pixel, int pixels) const { return first + static_cast<double>(pixel) / pixels; }

    double first;
    int count;
};

/// `part`, in pixels of the enlarged picture, of a picture with each pixel `times` as large.
QImage enlarged(const QImage& image, int times, const QRect& part)
{
    if (times == 1)
        return image.copy(part);
    QImage out(part.size(), image.format());
    for (int y = 0; y < part.height(); ++y) {
        const int row = (part.top() + y) / times;
        auto* const line = reinterpret_cast<QRgb*>(out.scanLine(y));
        if (y > 0 && (part.top() + y) % times != 0) {  // as the line above
            std::copy_n(reinterpret_cast<const QRgb*>(out.constScanLine(y - 1)), part.width(), line);
            continue;
        }
        const auto* const cells = reinterpret_cast<const QRgb*>(image.constScanLine(row));
        for (int x = 0; x < part.width(); ++x)
            line[x] = cells[(part.left() + x) / times];
    }
    return out;
}

}  // namespace

MapImage makeMapImage(const MapRequest& request, const Progress& progress)
{
    if (!request.source || request.pixels.isEmpty())
        return {};
    const PixelGrid grid =
        request.source->pixels(request.cells, request.pixels.width(), request.pixels.height(), progress);
    return {toImage(grid, request.scale), request.cells, grid.sampled,
            cellNumbers(grid, request.cells, request.scale, request.parameters), false};
}

MapImage makeFileImage(const MapRequest& request, const Progress& progress)
{
    const CellRect& cells = request.cells;
    const WholeCells keys(cells.firstKey, cells.lastKey), queries(cells.firstQuery, cells.lastQuery);
    const int most = std::max(keys.count, queries.count);
    if (most > mostFileCells) {
        MapRequest averaged = request;
        averaged.pixels = request.pixels.boundedTo(QSize(mostFileCells, mostFileCells));
        return makeMapImage(averaged, progress);
    }
    const double shown = cells.lastKey - cells.firstKey;
    const int wanted = static_cast<int>(std::ceil(request.pixels.width() / shown - 1e-9));
    const int pixels = std::clamp(wanted, 1, mostFileCells / most);
    const CellRect whole{keys.first, keys.first + keys.count, queries.first, queries.first + queries.count};
    MapImage map = makeMapImage({request.source, whole, QSize(keys.count, queries.count), request.scale}, progress);
    const int left = keys.pixelBefore(cells.firstKey, pixels), top = queries.pixelBefore(cells.firstQuery, pixels);
    const QRect part(left, top, keys.pixelAfter(cells.lastKey, pixels) - left,
                     queries.pixelAfter(cells.lastQuery, pixels) - top);
    map.image = enlarged(map.image, pixels, part);
    map.cells = {keys.cellAt(part.left(), pixels), keys.cellAt(part.right() + 1, pixels),
                 queries.cellAt(part.top(), pixels), queries.cellAt(part.bottom() + 1, pixels)};
    map.numbers = cellNumbers(*request.source, cells, request.scale, request.parameters);
    return map;
}

struct MapImages::Job : QObject {
    std::vector<MapRequest> requests;
    bool overview = false, useless = false;
    std::stop_source stop;
    std::shared_ptr<std::atomic<double>> fraction = std::make_shared<std::atomic<double>>(0.0);
    QElapsedTimer age;
    QFutureWatcher<Pictures> watcher;
};

MapImages::MapImages(Listener listener) : m_listener(std::move(listener))
{
    m_progressTimer.setInterval(progressMs);
    QObject::connect(&m_progressTimer, &QTimer::timeout, &m_progressTimer, [this] {
        if (m_job && !m_job->overview)
            m_listener.progress(m_job->fraction->load());
    });
    m_patienceTimer.setSingleShot(true);
    QObject::connect(&m_patienceTimer, &QTimer::timeout, &m_patienceTimer, [this] {
        if (m_job && m_job->requests != m_wanted)
            stopJob();
    });
}

/// Something else is wanted than what is computed.
void MapImages::overtaken()
{
    const qint64 left = patienceMs - m_job->age.elapsed();
    if (m_job->overview || !pending() || left <= 0)
        stopJob();
    else if (!m_patienceTimer.isActive())
        m_patienceTimer.start(static_cast<int>(left));
}

MapImages::~MapImages()
{
    stopJob();
}

void MapImages::stopJob()
{
    if (m_job)
        m_job->stop.request_stop();
}

void MapImages::want(const std::vector<MapRequest>& requests, const std::vector<MapRequest>& overview, bool now)
{
    m_wantedOverview = overview;
    if (requests != m_wanted) {
        m_wanted = requests;
        m_halted = false;
        if (m_job && m_job->requests != requests)
            overtaken();
        if (!pending())  // back to what was made last
            m_listener.ready(m_made.images);
    }
    if (now)
        computeNow();
    else
        startNext();
}

void MapImages::computeNow()
{
    stopJob();
    m_job.reset();
    if (pending()) {
        m_made = {m_wanted, makeAll(m_wanted, {})};
        m_listener.ready(m_made.images);
    }
    if (m_madeOverview.requests != m_wantedOverview) {
        m_madeOverview = {m_wantedOverview, makeAll(m_wantedOverview, {})};
        m_listener.overview(m_madeOverview.images);
    }
}

void MapImages::startNext()
{
    if (m_job || m_halted)
        return;
    if (pending())
        start(m_wanted, false);
    else if (m_madeOverview.requests != m_wantedOverview)
        start(m_wantedOverview, true);
}

void MapImages::start(const std::vector<MapRequest>& requests, bool overview)
{
    m_patienceTimer.stop();
    m_job = std::make_unique<Job>();
    m_job->requests = requests;
    m_job->overview = overview;
    m_job->age.start();
    QObject::connect(&m_job->watcher, &QFutureWatcher<Pictures>::finished, &m_job->watcher, [this] { finished(); });
    const auto work = [requests, token = m_job->stop.get_token(), fraction = m_job->fraction]() -> Pictures {
        try {
            return makeAll(requests, {token, [&](double done) { fraction->store(done); }});
        } catch (const std::exception&) {  // the last picture stays
            return std::nullopt;
        }
    };
    m_job->watcher.setFuture(startWork(work));
    if (!overview)
        m_progressTimer.start();
}

void MapImages::finished()
{
    Pictures pictures = m_job->watcher.result();
    const bool stopped = m_job->stop.stop_requested();
    Made& made = m_job->overview ? m_madeOverview : m_made;
    const bool overview = m_job->overview;
    // A picture of an older request is shown on the way to a newer one, never over it.
    const bool useful = pictures && !m_job->useless && (overview || pending());
    if (useful)
        made = {m_job->requests, *pictures};
    const bool failed = !pictures && !stopped;  // out of memory
    m_job.release()->deleteLater();             // not while its signal is being heard
    m_progressTimer.stop();
    if (failed && !m_halted)
        halt();
    startNext();
    if (useful)
        (overview ? m_listener.overview : m_listener.ready)(std::move(*pictures));
}

void MapImages::cancel()
{
    if (m_halted || !pending())
        return;
    giveUpJob();
    halt();
}

void MapImages::forget()
{
    giveUpJob();
    m_made = m_madeOverview = {};
    m_halted = false;
}

void MapImages::giveUpJob()
{
    stopJob();
    if (m_job)
        m_job->useless = true;
}

void MapImages::halt()
{
    m_halted = true;
    m_progressTimer.stop();
    m_listener.cancelled();
}

void MapImages::retry()
{
    m_halted = false;
    startNext();
}

}  // namespace posbias::ui
