// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/document.h"

#include "core/base/error.h"
#include "core/io/lecture_file.h"
#include "ui/plot/figure_recipe.h"
#include "ui/window/recipe_job.h"
#include "ui/window/settings.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QRegularExpression>
#include <QScopeGuard>

#include <algorithm>

namespace posbias::ui {

namespace {

std::filesystem::path pathOf(const QString& text)
{
    return std::filesystem::path(text.toStdU16String());
}

QString textOf(const std::filesystem::path& path)
{
    return QString::fromStdU16String(path.u16string());
}

QString openFilter()
{
    return Document::tr("Experiments and figures (*.posbias *.pdf *.svg *.png *.tex *.gif);;"
                        "PosBias experiments (*.posbias);;All files (*)");
}

QString saveFilter()
{
    return Document::tr("PosBias experiments (*.posbias);;All files (*)");
}

QString lastFolder()
{
    return settings().value(QStringLiteral("folder"), QDir::homePath()).toString();
}

void rememberFolder(const QString& file)
{
    settings().setValue(QStringLiteral("folder"), QFileInfo(file).absolutePath());
}

/// A file with a figure that its experiment cannot have could not be opened again.
void requireFittingFigures(const Lecture& lecture)
{
    for (const FigureDesign& design : lecture.figures) {
        try {
            recipeOf(design, lecture.experiment);
        } catch (const InputError& error) {
            const QString why = Document::tr("The figure “%1” does not fit the experiment any more: %2. Mend or remove it "
                                             "under File › Figures, or undo.");
            throw InputError(error.subject(), why.arg(QString::fromStdString(design.name),
                                                      QString::fromStdString(error.what())).toStdString());
        }
    }
}

}  // namespace

const Preset* unchangedPreset(const Experiment& experiment)
{
    for (const Preset& preset : presets()) {
        Experiment same = preset.experiment;
        same.view = experiment.view;
        if (same == experiment)
            return &preset;
    }
    return nullptr;
}

/// Goes with a preset's step, and back with it.
class Document::ChangeOrigin : public QUndoCommand {
public:
    ChangeOrigin(Document* document, Origin next) : m_document(document), m_other(std::move(next)) {}
    void undo() override { redo(); }
    void redo() override
    {
        std::swap(m_document->m_origin, m_other);
        Q_EMIT m_document->fileChanged();
        Q_EMIT m_document->figuresChanged();
    }

private:
    Document* m_document;
    Origin m_other;
};

/// Swaps the figures alone: the file may have got another name since.
class Document::ChangeFigures : public QUndoCommand {
public:
    ChangeFigures(Document* document, std::vector<FigureDesign> next, const QString& text)
        : QUndoCommand(text), m_document(document), m_other(std::move(next))
    {
    }
    void undo() override { redo(); }
    void redo() override
    {
        m_document->m_origin.figures.swap(m_other);
        Q_EMIT m_document->figuresChanged();
    }

private:
    Document* m_document;
    std::vector<FigureDesign> m_other;
};

Document::Document(ExperimentModel* model, QWidget* window) : QObject(window), m_model(model), m_window(window) {}

void Document::warn(const QString& what, const QString& why)
{
    QMessageBox box(QMessageBox::NoIcon, tr("PosBias"), what, QMessageBox::Ok, m_window);
    box.setInformativeText(why);
    box.setTextFormat(Qt::PlainText);
    box.exec();
}

void Document::load(const Experiment& experiment, Origin origin)
{
    m_origin = std::move(origin);
    m_model->load(experiment);
    Q_EMIT loaded();
    Q_EMIT fileChanged();
    Q_EMIT figuresChanged();
}

void Document::newExperiment()
{
    stopOpening();
    if (mayGo())
        load(presets().front().experiment, Origin());
}

void Document::openExperiment(const Experiment& experiment)
{
    stopOpening();
    try {
        validateForWindow(experiment);
        load(experiment, Origin());
    } catch (const InputError& error) {
        warn(tr("The experiment cannot be shown."), QString::fromStdString(error.what()));
    }
}

void Document::openByDialog()
{
    const QString chosen = QFileDialog::getOpenFileName(m_window, tr("Open Experiment"), lastFolder(), openFilter());
    if (chosen.isEmpty())
        return;
    rememberFolder(chosen);
    openFile(pathOf(chosen));
}

bool Document::openFile(const std::filesystem::path& file)
{
    m_toOpen.push_back(file);
    return openNext();
}

void Document::stopOpening()
{
    m_toOpen.clear();
    if (m_reading)
        m_reading->cancel();
}

/// While a figure is read or a question about a file is open, the next one waits.
bool Document::openNext()
{
    bool opened = true;
    while (!m_reading && !m_opening && !m_toOpen.empty()) {
        const std::filesystem::path file = std::move(m_toOpen.front());
        m_toOpen.pop_front();
        if (mayCarryRecipe(file))
            read(file);
        else
            opened = readAndLoad(file, [&] { return loadLecture(file); });
    }
    return opened;
}

void Document::read(const std::filesystem::path& file)
{
    m_reading = new RecipeJob(file, this);
    const auto ended = [this] {
        m_reading->deleteLater();
        m_reading = nullptr;
    };
    Q_EMIT reading(m_reading, tr("Opening “%1”…").arg(QFileInfo(textOf(file)).fileName()));
    connect(m_reading, &Job::finished, this, [this, file, ended] {
        const RecipeJob* const job = m_reading;
        ended();
        readAndLoad(file, [&] { return loadRecipe(job->recipe()); });
        openNext();
    });
    connect(m_reading, &Job::cancelled, this, [this, ended] {
        ended();
        m_toOpen.clear();
    });
}

/// `read` loads the file, or returns false: it is not wanted.
template <typename Read>
bool Document::readAndLoad(const std::filesystem::path& file, const Read& read)
{
    const QString name = textOf(file);
    m_opening = true;
    const auto done = qScopeGuard([this] { m_opening = false; });
    try {
        if (!read())
            return false;
    } catch (const std::exception& error) {
        Q_EMIT fileRefused(name);
        warn(tr("“%1” could not be opened. The open experiment is unchanged.").arg(QFileInfo(name).fileName()),
             QString::fromStdString(error.what()));
        return false;
    }
    Q_EMIT fileUsed(name);
    return true;
}

bool Document::loadLecture(const std::filesystem::path& file)
{
    Lecture lecture = readLecture(file);
    validateForWindow(lecture.experiment);
    if (!mayGo())
        return false;
    load(lecture.experiment, {file, false, std::move(lecture.figures)});
    return true;
}

/// The figure is no file to save into: saving asks for a name.
bool Document::loadRecipe(const Recipe& recipe)
{
    validateForWindow(recipe.experiment);
    if (!mayGo())
        return false;
    load(recipe.experiment, Origin());
    Q_EMIT recipeOpened(recipe);
    return true;
}

void Document::keepFigure(const FigureDesign& design)
{
    std::vector<FigureDesign> next = figures();
    const auto same = std::ranges::find(next, design.name, &FigureDesign::name);
    if (same != next.end() && *same == design)
        return;
    if (same != next.end())
        *same = design;
    else
        next.push_back(design);
    const QString step = tr("Keep Figure “%1”").arg(QString::fromStdString(design.name));
    m_model->undoStack()->push(new ChangeFigures(this, std::move(next), step));
}

void Document::removeFigure(const std::string& name)
{
    std::vector<FigureDesign> next = figures();
    if (std::erase_if(next, [&](const FigureDesign& design) { return design.name == name; }) == 0)
        return;
    const QString step = tr("Remove Figure “%1”").arg(QString::fromStdString(name));
    m_model->undoStack()->push(new ChangeFigures(this, std::move(next), step));
}

void Document::usePreset(const Preset& preset)
{
    if (m_model->experiment() == preset.experiment)
        return;
    stopOpening();
    const QString name = tr("Preset “%1”").arg(QString::fromStdString(preset.experiment.title));
    QUndoStack* steps = m_model->undoStack();
    const Origin origin{{}, isModified(), {}};
    steps->beginMacro(name);
    steps->push(new ChangeOrigin(this, origin));
    m_model->replace(preset.experiment, name);
    steps->endMacro();
}

bool Document::isModified() const
{
    if (m_model->undoStack()->isClean())
        return false;
    return !file().empty() || m_origin.replacedUnsaved || !figures().empty() || !unchangedPreset(m_model->experiment());
}

bool Document::save()
{
    return m_origin.file.empty() ? saveAs() : writeTo(m_origin.file);
}

bool Document::saveAs()
{
    const QString start = m_origin.file.empty() ? QDir(lastFolder()).filePath(suggestedName(QStringLiteral("posbias")))
                                         : textOf(m_origin.file);
    QFileDialog dialog(m_window, tr("Save Experiment"), QFileInfo(start).absolutePath(), saveFilter());
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(QStringLiteral("posbias"));
    dialog.selectFile(QFileInfo(start).fileName());
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty())
        return false;
    const QString chosen = dialog.selectedFiles().constFirst();
    rememberFolder(chosen);
    return writeTo(pathOf(chosen));
}

bool Document::writeTo(const std::filesystem::path& file)
{
    const QString name = textOf(file);
    const QString refused = tr("“%1” was not saved.").arg(QFileInfo(name).fileName());
    if (m_model->problem()) {
        warn(refused, tr("A setting is not valid: %1").arg(m_model->problem()->whole()));
        return false;
    }
    try {
        const Lecture lecture{m_model->experiment(), figures()};
        requireFittingFigures(lecture);
        writeLecture(file, lecture);
    } catch (const std::exception& error) {
        warn(refused, QString::fromStdString(error.what()));
        return false;
    }
    m_origin.file = file;
    m_origin.replacedUnsaved = false;
    m_model->undoStack()->setClean();
    Q_EMIT fileChanged();
    Q_EMIT fileUsed(name);
    return true;
}

bool Document::mayGo()
{
    if (!isModified())
        return true;
    QMessageBox box(QMessageBox::NoIcon, tr("PosBias"), tr("Save the changes to “%1”?").arg(suggestedName({})),
                    QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_window);
    box.setInformativeText(tr("They are lost if you do not save them."));
    box.setTextFormat(Qt::PlainText);
    box.setDefaultButton(QMessageBox::Save);
    switch (box.exec()) {
    case QMessageBox::Save: return save();
    case QMessageBox::Discard: return true;
    default: return false;
    }
}

QString Document::suggestedName(const QString& suffix) const
{
    static const QRegularExpression awkward(QStringLiteral(R"([/\\:*?"<>|\x00-\x1f])"));
    QString name = m_origin.file.empty() ? QString::fromStdString(m_model->experiment().title)
                                  : QFileInfo(textOf(m_origin.file)).completeBaseName();
    name = name.replace(awkward, QStringLiteral(" ")).simplified();
    if (name.isEmpty())
        name = tr("Untitled");
    return suffix.isEmpty() ? name : QStringLiteral("%1.%2").arg(name, suffix);
}

}  // namespace posbias::ui
