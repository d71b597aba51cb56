// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a design of a figure shows, computed off the GUI thread where more is needed than is known.

#include "core/figure/figure_data.h"
#include "ui/jobs/newest_work.h"

#include <QObject>
#include <QString>

namespace posbias::ui {

class DesignEvaluation : public QObject {
    Q_OBJECT
public:
    enum class State {
        Ready,  ///< figure() is the design's
        Busy,
        Stopped,  ///< by a person
        Failed,   ///< message() says why
        Invalid,  ///< the design cannot be drawn: message(), subject()
    };

    /// `base`: what designs are made from. `known`: what has been computed of it already, or nothing.
    DesignEvaluation(const Experiment& base, std::shared_ptr<const Result> known, const Studies& studies,
                     QObject* parent = nullptr);

    void setDesign(const FigureDesign& design);
    State state() const { return m_state; }
    double progress() const { return m_work.progress(); }
    const QString& message() const { return m_message; }
    /// The key's path within an invalid design.
    const QString& subject() const { return m_subject; }
    void cancel();
    void retry();

    const Experiment& base() const { return m_base; }
    /// Of the design, while it is not invalid.
    const Recipe& recipe() const { return m_recipe; }
    /// While it is ready.
    Figure figure() const;

Q_SIGNALS:
    void stateChanged();
    void progressChanged();

private:
    void setState(State state, const QString& message = {});
    bool isKnown() const;
    void update();
    void start();
    void take(const Recipe& recipe, const FigureData& data);

    Experiment m_base;
    FigureData m_known;  ///< no parts: nothing
    Experiment m_knownExperiment;
    std::optional<std::int64_t> m_knownStep;
    Recipe m_recipe, m_asked;
    State m_state = State::Invalid;
    QString m_message, m_subject;
    NewestWork m_work;
};

}  // namespace posbias::ui
