// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What one scheme says about the cell under the crosshair: a card with a border in the scheme's colour.
// Its texts are children named "A.title", "A.pill", "A.attention" and so on.

#include "ui/plot/ink/theme.h"
#include "ui/text/cell_words.h"

#include <QWidget>

#include <map>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace posbias::ui {

class FormulaLabel;
class Pill;

class SchemeCard : public QWidget {
    Q_OBJECT
public:
    SchemeCard(const QString& letter, Role role, QWidget* parent = nullptr);
    /// Changes texts in place; no widget is made anew while the pointer moves.
    void setWords(const CellWords& words);
    void setTheme(const Theme& theme);
    void setFonts(const QFont& base);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Row {
        QLabel* label = nullptr;
        QLabel* value = nullptr;
        bool strong = false;
    };
    void setFormulas(const std::vector<Formula>& formulas);
    void setRows(const std::vector<CellRow>& rows);
    Row& rowFor(const CellRow& row);
    void colour();

    QString m_letter;
    Role m_role;
    Theme m_theme;
    QLabel* m_title;
    Pill* m_pill;
    QVBoxLayout* m_formulaLines;
    std::vector<FormulaLabel*> m_formulas;
    QLabel* m_origin;
    QGridLayout* m_grid;
    std::map<QString, Row> m_rows;
    QLabel* m_verdict;
    bool m_verdictWarns = false;
    bool m_pillWarns = false;
};

}  // namespace posbias::ui
