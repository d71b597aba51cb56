// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The computed sentences under the panel's groups, made again only when what they are about has changed.

#include "core/evaluation/result.h"

#include <QString>

#include <map>
#include <string>

namespace posbias::ui {

class PanelSentences {
public:
    /// By group: those that are others than the last time. Schemes and lengths as they are set, the corpus as it was
    /// drawn last (`result` may be null).
    std::map<std::string, QString> changed(const Experiment& experiment, const Result* result);

private:
    std::vector<Scheme> m_schemes;
    Mask m_mask = Mask::Causal;
    std::int64_t m_trainingLength = 0;
    std::shared_ptr<const Corpus> m_corpus;
    Lengths m_lengths;
};

}  // namespace posbias::ui
