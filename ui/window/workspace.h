// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Panel | stage | inspector. In a small window the panels fold to strips before the pictures shrink: the one opened last
// stays longest. What a person opened or closed stays so.

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
    /// Both panels and their strips away, whatever was chosen, until they are opened for the time of presenting.
    void setPresenting(bool presenting);

    QVariantMap choices() const;
    void setChoices(const QVariantMap& choices);

Q_SIGNALS:
    void panesChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    bool hasRoomFor(bool controls, bool inspector) const;
    std::array<bool, 2> openPanes() const;
    void fold();

    struct Pane;
    std::array<std::unique_ptr<Pane>, 2> m_panes;
    Side m_first = Controls;  ///< opened last, folds last
    bool m_presenting = false;
};

}  // namespace posbias::ui
