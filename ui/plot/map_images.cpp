// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/map_images.h"

#include "ui/plot/colour_map.h"

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QtConcurrent>

#include <optional>
#include <stop_token>

namespace posbias::ui {
namespace {

/// While a hand drags, requests come faster than slow pictures can be made. One that is this old is given up for a
/// newer one; a younger one is finished and shown, or nothing would be seen until the hand rests.
constexpr qint64 patienceMs = 120;

using Pictures = std::optional<std::vector<MapImage>>;

Pictures makeAll(const std::vector<MapRequest>& requests, const Progress& progress)
{
    std::vector<MapImage> images;
    try {
        for (const MapRequest& request : requests)
            images.push_back(makeMapImage(request, progress));
    } catch (const std::exception&) {  // stopped, or out of memory: the last picture stays
        return std::nullopt;
    }
    return images;
}

}  // namespace

MapImage makeMapImage(const MapRequest& request, const Progress& progress)
{
    if (!request.source || request.pixels.isEmpty())
        return {};
    const PixelGrid grid =
        request.source->pixels(request.cells, request.pixels.width(), request.pixels.height(), progress);
    return {toImage(grid, request.scale), request.cells, grid.sampled};
}

struct MapImages::Job : QObject {
    std::vector<MapRequest> requests;
    std::stop_source stop;
    QElapsedTimer age;
    QFutureWatcher<Pictures> watcher;
};

MapImages::MapImages(Ready ready) : m_ready(std::move(ready)) {}

MapImages::~MapImages()
{
    if (m_job)
        m_job->stop.request_stop();
}

bool MapImages::pending() const
{
    return m_pending;
}

void MapImages::want(const std::vector<MapRequest>& requests, bool now)
{
    if (requests == m_wanted && !(now && m_pending))
        return;
    m_wanted = requests;
    m_pending = !now;
    if (m_job && (now || m_job->age.elapsed() > patienceMs))
        m_job->stop.request_stop();
    if (now) {
        m_job.reset();
        m_ready(*makeAll(requests, {}));
    } else if (!m_job) {
        start();
    }
}

void MapImages::start()
{
    m_job = std::make_unique<Job>();
    m_job->requests = m_wanted;
    m_job->age.start();
    QObject::connect(&m_job->watcher, &QFutureWatcher<Pictures>::finished, &m_job->watcher, [this] { finished(); });
    m_job->watcher.setFuture(QtConcurrent::run([requests = m_wanted, token = m_job->stop.get_token()] {
        return makeAll(requests, Progress{token, {}});
    }));
}

void MapImages::finished()
{
    Pictures pictures = m_job->watcher.result();
    const bool newest = m_job->requests == m_wanted;
    m_job.release()->deleteLater();  // not while its signal is being heard
    m_pending = !newest;
    if (!newest)
        start();
    if (pictures)
        m_ready(std::move(*pictures));
}

}  // namespace posbias::ui
