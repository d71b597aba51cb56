// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/length_import.h"

#include "core/io/length_list.h"
#include "core/io/text_file.h"
#include "ui/jobs/work_pool.h"
#include "ui/text/file_names.h"
#include "ui/text/length_sentence.h"
#include "ui/text/length_table_words.h"
#include "ui/window/widgets/settings.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QFutureWatcher>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>
#include <filesystem>
#include <variant>

namespace posbias::ui {

namespace {

/// A table that takes longer to read is waited for in the dialog.
constexpr std::chrono::milliseconds patience(300);
constexpr int dialogWidth = 420;

struct LengthImport {
    Q_DECLARE_TR_FUNCTIONS(posbias::ui::LengthImport)
};

using ReadTable = std::variant<LengthTable, QString>;  ///< or why there is none

ReadTable tableIn(const std::filesystem::path& file)
{
    try {
        requireRegularFile(file);
        return readLengthTable(windowFile(file));
    } catch (const std::exception& error) {
        return QString::fromUtf8(error.what());
    }
}

void warn(const QString& file, const QString& why, QWidget* window)
{
    auto* box =
        new QMessageBox(QMessageBox::NoIcon, LengthImport::tr("PosBias"),
                        LengthImport::tr("No document lengths were read from “%1”. The experiment is unchanged.")
                            .arg(QFileInfo(file).fileName()),
                        QMessageBox::Ok, window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(why);
    box->setTextFormat(Qt::PlainText);
    box->open();
}

QLabel* plainLabel(const QString& text, const char* name)
{
    auto* label = new QLabel(text);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

/// Shows a table before it is used.
class LengthDialog : public QDialog {
public:
    LengthDialog(ExperimentModel& model, const QString& file, QWidget* window)
        : QDialog(window),
          m_model(model),
          m_file(file),
          m_window(window),
          m_column(new QVBoxLayout(this)),
          m_sentence(plainLabel(LengthImport::tr("Reading “%1”…").arg(QFileInfo(file).fileName()), "lengths:sentence")),
          m_buttons(new QDialogButtonBox)
    {
        setObjectName(QStringLiteral("lengths"));
        setAttribute(Qt::WA_DeleteOnClose);
        setWindowTitle(LengthImport::tr("Load Document Lengths"));
        m_column->setContentsMargins(24, 20, 24, 16);
        m_column->setSpacing(14);
        m_column->addWidget(m_sentence);
        m_column->addWidget(m_buttons);
        m_buttons->addButton(LengthImport::tr("Cancel"), QDialogButtonBox::RejectRole);
        setMinimumWidth(dialogWidth);
        connect(m_buttons, &QDialogButtonBox::accepted, this, &LengthDialog::use);
        connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
        connect(&m_reading, &QFutureWatcherBase::finished, this, &LengthDialog::finished);
        m_reading.setFuture(startWork([path = std::filesystem::path(file.toStdU16String())] { return tableIn(path); }));
        QTimer::singleShot(patience, this, [this] {
            if (!m_reading.isFinished())
                open();
        });
    }

private:
    void finished()
    {
        const ReadTable read = m_reading.result();
        if (const auto* why = std::get_if<QString>(&read)) {
            warn(m_file, *why, m_window);
            close();
            deleteLater();  // it may never have been shown
            return;
        }
        m_table = std::get<LengthTable>(read);
        present(m_table);
        open();
    }

    void present(const LengthTable& table)
    {
        auto* name = plainLabel(QFileInfo(m_file).fileName(), "lengths:file");
        QFont strong = name->font();
        strong.setWeight(QFont::DemiBold);
        name->setFont(strong);
        m_column->insertWidget(0, name);
        m_sentence->setText(lengthTableSentence(table));
        auto* facts = new QFormLayout;
        facts->setHorizontalSpacing(20);
        for (const auto& [what, number] : lengthTableFacts(table)) {
            auto* label = new QLabel(what);
            label->setProperty("faint", true);
            facts->addRow(label, plainLabel(number, "lengths:fact"));
        }
        m_column->insertLayout(2, facts);
        m_column->insertWidget(
            3, plainLabel(lengthSentence(table.lengths, m_model.experiment().trainingLength), "lengths:use"));
        auto* use = new QPushButton(LengthImport::tr("&Use These Lengths"));
        use->setProperty("primary", true);
        m_buttons->addButton(use, QDialogButtonBox::AcceptRole);
        use->setDefault(true);
        use->setFocus();
        adjustSize();
    }

    /// Into the experiment as it is now: it may have changed since the table was read.
    void use()
    {
        Experiment next = m_model.experiment();
        next.corpus.lengths = m_table.lengths;
        try {
            validateForWindow(next);
            m_model.change(next, LengthImport::tr("Load Document Lengths"));
        } catch (const std::exception& error) {
            warn(m_file, QString::fromUtf8(error.what()), m_window);
        }
        accept();
    }

    ExperimentModel& m_model;
    QString m_file;
    QWidget* m_window;
    QVBoxLayout* m_column;
    QLabel* m_sentence;
    QDialogButtonBox* m_buttons;
    QFutureWatcher<ReadTable> m_reading;
    LengthTable m_table;
};

}  // namespace

bool isLengthTable(const QString& file)
{
    const QString name = file.toLower();
    const QString suffix = QFileInfo(name.endsWith(QLatin1String(".gz")) ? name.chopped(3) : name).suffix();
    return suffix == QLatin1String("csv") || suffix == QLatin1String("tsv") || suffix == QLatin1String("txt");
}

void loadLengths(ExperimentModel& model, const QString& file, QWidget* window)
{
    new LengthDialog(model, file, window);  // owned by the window, and deleted when it is closed
}

void loadLengthsByDialog(ExperimentModel& model, QWidget* window)
{
    const QString folder = settings().value(QStringLiteral("lengths/folder"), QDir::homePath()).toString();
    const QString file = QFileDialog::getOpenFileName(
        window, LengthImport::tr("Load Document Lengths"), folder,
        LengthImport::tr("Tables of lengths (*.csv *.tsv *.txt *.csv.gz *.tsv.gz *.txt.gz);;All files (*)"));
    if (file.isEmpty())
        return;
    settings().setValue(QStringLiteral("lengths/folder"), QFileInfo(file).absolutePath());
    loadLengths(model, file, window);
}

}  // namespace posbias::ui
