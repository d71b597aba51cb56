// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Pictures of maps, computed off the GUI thread: the newest request wins.

#include "ui/plot/ink/theme.h"
#include "ui/plot/layout/cell_numbers.h"

#include <QImage>
#include <QObject>
#include <QSize>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace posbias::ui {

struct MapRequest {
    std::shared_ptr<const MapSource> source;
    CellRect cells;
    QSize pixels;
    ColourScale scale;
    bool parameters = false;  ///< as MapPanel
    bool operator==(const MapRequest&) const = default;
};

struct MapImage {
    QImage image;
    CellRect cells;                ///< what it shows
    bool sampled = false;          ///< as PixelGrid
    CellNumbers numbers;           ///< of cells large enough for them
    bool straightBorders = false;  ///< between offsets: as shapes of many cells have them
};

MapImage makeMapImage(const MapRequest& request, const Progress& progress = {});
/// For files, whose pictures are scaled by whoever shows them: whole numbers of pixels for every cell, none averaged;
/// as many as reach `request.pixels`. `cells` of the answer are whole pixels: they reach past what was asked for by
/// less than one. Of more than `mostFileCells` along a side: as makeMapImage.
MapImage makeFileImage(const MapRequest& request, const Progress& progress = {});
inline constexpr int mostFileCells = 4096;  ///< and pixels

/// The pictures of a view, and small ones of the whole sequence: those are made when nothing else is to do.
class MapImages {
public:
    /// All of these are called on the GUI thread.
    struct Listener {
        std::function<void(std::vector<MapImage>)> ready;     ///< every picture of a request
        std::function<void(std::vector<MapImage>)> overview;  ///< every small picture
        std::function<void(double)> progress;                 ///< fraction of a request done, now and then
        std::function<void()> cancelled;                      ///< the pictures will not come by themselves
    };

    explicit MapImages(Listener listener);
    ~MapImages();

    /// Nothing happens when the same was asked for last; what is there already is told at once. `now`: computed in the
    /// call.
    void want(const std::vector<MapRequest>& requests, const std::vector<MapRequest>& overview, bool now);
    /// Stops computing until something new is wanted or retry().
    void cancel();
    void retry();
    /// What was made, or is on its way, is of no use any more.
    void forget();
    /// Whether the pictures of the last request are still to come.
    bool pending() const { return m_made.requests != m_wanted; }

private:
    struct Job;
    struct Made {
        std::vector<MapRequest> requests;
        std::vector<MapImage> images;
    };

    void start(const std::vector<MapRequest>& requests, bool overview);
    void startNext();
    void stopJob();
    void giveUpJob();
    void finished();
    void computeNow();
    void overtaken();
    void halt();

    Listener m_listener;
    std::vector<MapRequest> m_wanted, m_wantedOverview;
    Made m_made, m_madeOverview;
    bool m_halted = false;  ///< cancelled or failed
    std::unique_ptr<Job> m_job;
    QTimer m_progressTimer;
    QTimer m_patienceTimer;  ///< runs while a job that was overtaken may still come to its end
};

}  // namespace posbias::ui
