// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where one query's attention goes: a bar each for the data and the schemes, split by what training saw.

#include "core/evaluation/result.h"
#include "core/figure/figure.h"
#include "ui/plot/ink/theme.h"

#include <QWidget>

#include <vector>

namespace posbias::ui {

struct ShareBar {
    QString label;  ///< "data", "A"
    Role role = Role::Neutral;
    AttentionShares shares;
};

/// Solid: offsets seen in training; pale: unseen; hatched: untrained. At the right what was not seen, in per cent.
class ShareBars : public QWidget {
    Q_OBJECT
public:
    explicit ShareBars(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setBars(const std::vector<ShareBar>& bars);
    const std::vector<ShareBar>& bars() const { return m_bars; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void paintBar(class QPainter& painter, const ShareBar& bar, const QRectF& place) const;
    int rowHeight() const;

    Theme m_theme;
    std::vector<ShareBar> m_bars;
};

}  // namespace posbias::ui
