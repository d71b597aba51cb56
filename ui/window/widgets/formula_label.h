// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Sets a formula with real fraction bars and subscripts, broken at its relation signs where it is too long.

#include "ui/text/formula.h"

#include <QWidget>

namespace posbias::ui {

class FormulaLabel : public QWidget {
    Q_OBJECT
public:
    explicit FormulaLabel(QWidget* parent = nullptr);
    void setFormula(const Formula& formula);
    const Formula& formula() const { return m_formula; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Line;
    std::vector<Line> lines(double width) const;
    double widthOf(const FormulaPiece& piece) const;
    QFont fontOf(FormulaPiece::Kind kind) const;
    double ascent(FormulaPiece::Kind kind) const;
    double descent(FormulaPiece::Kind kind) const;
    void paint(class QPainter& painter, const FormulaPiece& piece, double x, double baseline) const;

    Formula m_formula;
};

}  // namespace posbias::ui
