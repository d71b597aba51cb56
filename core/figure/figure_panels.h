// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// From a panel's design to the panel, and from annotations to notes.

#include "core/figure/figure_data.h"
#include "core/figure/map_panels.h"

namespace posbias {

/// Those the design names; else A, A and B, or all of them where lengths and settings are on the axis. Throws InputError
/// where the experiment has no such scheme.
SchemeList schemesOf(const PanelDesign& panel, const Experiment& experiment);

/// Of a map. The same scheme twice: as it is with the panel's settings, against what it is without.
MapSubject mapSubject(const PanelDesign& panel, const FigureData& data);
/// Everything but a map. `explained`: another panel tells whose the colours are.
Panel panelOf(const PanelDesign& panel, const FigureData& data, bool explained);

/// The design's title; else the panel's own, and what the panel's settings change of the experiment: "Per-offset · Adam".
std::string titleOf(std::string own, const PanelDesign& panel, const FigureData& data);

/// What has no place in the sequence shown is left out.
std::vector<FigureNote> notesOf(const FigureData& data);

}  // namespace posbias
