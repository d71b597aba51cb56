// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/form/panel_sentences.h"

#include "ui/text/length_sentence.h"
#include "ui/text/sentence.h"

#include <QStringList>

namespace posbias::ui {

std::map<std::string, QString> PanelSentences::changed(const Experiment& experiment, const Result* result)
{
    std::map<std::string, QString> sentences;
    const std::shared_ptr<const Corpus> corpus = result ? result->training.corpus : nullptr;
    const bool otherLength = experiment.trainingLength != m_trainingLength;
    if (otherLength || experiment.schemes != m_schemes || experiment.mask != m_mask) {
        for (std::size_t s = 0; s < experiment.schemes.size(); ++s)
            sentences["scheme." + std::to_string(s)] =
                schemeSentence(experiment.schemes[s], experiment.mask, experiment.trainingLength);
    }
    if (otherLength || corpus != m_corpus || experiment.corpus.lengths != m_lengths) {
        QStringList parts = {lengthSentence(experiment.corpus.lengths, experiment.trainingLength),
                             corpus ? corpusSentence(*result) : QString()};
        parts.removeAll(QString());
        sentences["data"] = parts.join(u'\n');
    }
    m_schemes = experiment.schemes;
    m_mask = experiment.mask;
    m_trainingLength = experiment.trainingLength;
    m_corpus = corpus;
    m_lengths = experiment.corpus.lengths;
    return sentences;
}

}  // namespace posbias::ui
