// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/length_import.h"

#include "core/io/length_list.h"
#include "ui/window/settings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>

#include <filesystem>

namespace posbias::ui {

namespace {

struct LengthImport {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::LengthImport)
};

void warn(const QString& file, const QString& why, QWidget* window)
{
    QMessageBox box(QMessageBox::NoIcon, LengthImport::tr("PosBias"),
                    LengthImport::tr("No document lengths were read from “%1”. The experiment is unchanged.")
                        .arg(QFileInfo(file).fileName()),
                    QMessageBox::Ok, window);
    box.setInformativeText(why);
    box.setTextFormat(Qt::PlainText);
    box.exec();
}

}  // namespace

bool isLengthTable(const QString& file)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    return suffix == QLatin1String("csv") || suffix == QLatin1String("tsv") || suffix == QLatin1String("txt");
}

void loadLengths(ExperimentModel& model, const QString& file, QWidget* window)
{
    try {
        Experiment next = model.experiment();
        next.corpus.lengths = readLengthTable(std::filesystem::path(file.toStdU16String())).lengths;
        validateForWindow(next);
        model.change(next, LengthImport::tr("Load Document Lengths"));
    } catch (const std::exception& error) {
        warn(file, QString::fromUtf8(error.what()), window);
    }
}

void loadLengthsByDialog(ExperimentModel& model, QWidget* window)
{
    const QString folder = settings().value(QStringLiteral("lengths/folder"), QDir::homePath()).toString();
    const QString file = QFileDialog::getOpenFileName(
        window, LengthImport::tr("Load Document Lengths"), folder,
        LengthImport::tr("Tables of lengths (*.csv *.tsv *.txt);;All files (*)"));
    if (file.isEmpty())
        return;
    settings().setValue(QStringLiteral("lengths/folder"), QFileInfo(file).absolutePath());
    loadLengths(model, file, window);
}

}  // namespace posbias::ui
