// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Panel | stage | inspector. In a small window the panels fold to strips before the pictures shrink, the inspector
// first; what a person opened or closed stays so.

#include <QWidget>

#include <array>
#include <memory>
#include <optional>

namespace posbias::ui {

class Workspace : public QWidget {
    Q_OBJECT
public:
    enum Side { Controls, Inspector };
    /// So wide must the stage be for maps of 240 px, in px of a 13 px font.
    static constexpr int stageWidth = 830;

    Workspace(QWidget* controls, QWidget* stage, QWidget* inspector, QWidget* parent = nullptr);
    ~Workspace() override;

    bool isOpen(Side side) const;
    void setOpen(Side side, bool open);
    /// Both panels away, whatever was chosen.
    void setPresenting(bool presenting);

    QVariantMap choices() const;
    void setChoices(const QVariantMap& choices);

Q_SIGNALS:
    void panesChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    bool fits(Side side) const;
    void fold();

    struct Pane;
    std::array<std::unique_ptr<Pane>, 2> m_panes;
    bool m_presenting = false;
};

}  // namespace posbias::ui
