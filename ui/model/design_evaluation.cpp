// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/design_evaluation.h"

#include "core/base/error.h"

#include <algorithm>

namespace posbias::ui {

namespace {

/// Whether what the panel draws beside the result is there.
bool hasStudy(const Studies& studies, PanelKind kind)
{
    switch (kind) {
    case PanelKind::Losses:
    case PanelKind::DistanceBySteps: return studies.history != nullptr;
    case PanelKind::DistanceByLength:
    case PanelKind::UntrainedByLength:
    case PanelKind::DistanceByQuery:
    case PanelKind::Causes: return studies.generalization != nullptr;
    case PanelKind::Level: return studies.level != nullptr;
    case PanelKind::SweepWithin:
    case PanelKind::SweepAtLength: return studies.sweep != nullptr;
    default: return true;
    }
}

/// Whether what is computed for one serves the other: they may differ in dress.
bool needSame(const Recipe& a, const Recipe& b)
{
    if (a.experiment != b.experiment || a.design.step != b.design.step)
        return false;
    const PanelRows rowsA = panelsOf(a.design), rowsB = panelsOf(b.design);
    return std::ranges::equal(rowsA, rowsB, [](const auto& rowA, const auto& rowB) {
        return std::ranges::equal(
            rowA, rowB, [](const PanelDesign& x, const PanelDesign& y) { return x.show == y.show && x.set == y.set; });
    });
}

}  // namespace

DesignEvaluation::DesignEvaluation(const Experiment& base, std::shared_ptr<const Result> known, const Studies& studies,
                                   QObject* parent)
    : QObject(parent), m_base(base)
{
    if (known) {
        m_knownExperiment = known->experiment;
        m_knownStep = known->step;
        m_known.parts.push_back({{}, std::move(known), studies});
    }
    connect(&m_work, &NewestWork::progressChanged, this, &DesignEvaluation::progressChanged);
    connect(&m_work, &NewestWork::failed, this, [this](const QString& message) { setState(State::Failed, message); });
}

void DesignEvaluation::setDesign(const FigureDesign& design)
{
    try {
        m_recipe = recipeOf(design, m_base);
    } catch (const InputError& error) {
        m_work.cancel();
        m_subject = QString::fromStdString(error.subject());
        setState(State::Invalid, QString::fromStdString(error.what()));
        return;
    }
    update();
}

void DesignEvaluation::retry()
{
    if (m_state == State::Stopped || m_state == State::Failed)
        update();
}

void DesignEvaluation::update()
{
    if (isKnown()) {
        m_work.cancel();
        m_known.design = m_recipe.design;
        setState(State::Ready);
    } else if (m_state != State::Busy || !needSame(m_asked, m_recipe)) {
        start();
    }
}

void DesignEvaluation::cancel()
{
    if (m_state != State::Busy)
        return;
    m_work.cancel();
    setState(State::Stopped);
}

bool DesignEvaluation::isKnown() const
{
    if (m_known.parts.empty() || m_knownExperiment != m_recipe.experiment || m_knownStep != m_recipe.design.step)
        return false;
    for (const auto& row : panelsOf(m_recipe.design)) {
        for (const PanelDesign& panel : row) {
            const auto part = std::ranges::find(m_known.parts, panel.set, &FigurePart::set);
            if (part == m_known.parts.end() || !hasStudy(part->studies, panel.show))
                return false;
        }
    }
    return true;
}

void DesignEvaluation::start()
{
    m_asked = m_recipe;
    const bool same = m_knownExperiment == m_recipe.experiment && m_knownStep == m_recipe.design.step;
    m_work.request([this, recipe = m_recipe, known = same ? m_known : FigureData()](const Progress& progress) {
        const auto data =
            std::make_shared<FigureData>(evaluateFigure(recipe, progress, known.parts.empty() ? nullptr : &known));
        return NewestWork::Outcome{{}, [this, recipe, data] { take(recipe, *data); }};
    });
    setState(State::Busy);
}

void DesignEvaluation::take(const Recipe& recipe, const FigureData& data)
{
    m_known = data;
    m_knownExperiment = recipe.experiment;
    m_knownStep = recipe.design.step;
    if (m_state != State::Busy || !needSame(recipe, m_recipe))
        return;
    m_known.design = m_recipe.design;
    setState(State::Ready);
}

Figure DesignEvaluation::figure() const
{
    return makeFigure(m_known);
}

void DesignEvaluation::setState(State state, const QString& message)
{
    m_state = state;
    m_message = message;
    Q_EMIT stateChanged();
}

}  // namespace posbias::ui
