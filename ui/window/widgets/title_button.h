// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A tool button that names what is open, as a combo box does: its text begins at the left and gives way in the middle.

#include <QToolButton>

namespace posbias::ui {

class TitleButton : public QToolButton {
    Q_OBJECT
public:
    /// It asks for room for the widest of `names`, and goes with less.
    explicit TitleButton(const QStringList& names, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QStringList m_names;
};

}  // namespace posbias::ui
