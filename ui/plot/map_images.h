// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Pictures of maps, computed off the GUI thread: the newest request wins.

#include "ui/plot/theme.h"

#include <QImage>
#include <QObject>
#include <QSize>

#include <functional>
#include <memory>
#include <vector>

namespace posbias::ui {

struct MapRequest {
    std::shared_ptr<const MapSource> source;
    CellRect cells;
    QSize pixels;
    ColourScale scale;
    bool operator==(const MapRequest&) const = default;
};

struct MapImage {
    QImage image;
    CellRect cells;        ///< what it shows
    bool sampled = false;  ///< as PixelGrid
};

MapImage makeMapImage(const MapRequest& request, const Progress& progress = {});

class MapImages {
public:
    /// Called on the GUI thread with every picture of a request.
    using Ready = std::function<void(std::vector<MapImage>)>;

    explicit MapImages(Ready ready);
    ~MapImages();

    /// Nothing happens when the same was asked for last. `now`: computed in the call.
    void want(const std::vector<MapRequest>& requests, bool now);
    /// Whether a picture of the last request is still to come.
    bool pending() const;

private:
    struct Job;
    void start();
    void finished();

    Ready m_ready;
    std::vector<MapRequest> m_wanted;
    bool m_pending = false;
    std::unique_ptr<Job> m_job;
};

}  // namespace posbias::ui
