// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the picture shows, in words: a sentence and the line of distances. Their height depends on the width and the type
// alone, so that no words move the picture.

#include "ui/plot/ink/theme.h"

#include <QWidget>

class QLabel;

namespace posbias::ui {

class StageWords : public QWidget {
    Q_OBJECT
public:
    explicit StageWords(QWidget* parent = nullptr);
    /// The sentence is plain text, the line of distances rich.
    void setWords(const QString& sentence, const QString& distance);
    void setTypeSizes(const TypeSizes& sizes);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void arrange();

    TypeSizes m_sizes;
    QString m_text;
    QLabel *m_sentence, *m_distance;
    bool m_arranging = false;
};

}  // namespace posbias::ui
