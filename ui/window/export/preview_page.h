// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The page of the preview: its picture, its edges, and what lies behind a transparent one. It can be dragged out.

#include <QImage>
#include <QWidget>

namespace posbias::ui {

class PreviewPage : public QWidget {
    Q_OBJECT
public:
    explicit PreviewPage(QWidget* parent = nullptr);
    /// Of this size in pixels of the screen; the picture may have more.
    void showPicture(const QImage& picture, const QSize& size);
    /// In place of a picture.
    void showWords(const QString& words);
    const QImage& picture() const { return m_picture; }
    QSize pageSize() const { return m_size; }
    QSize sizeHint() const override;

Q_SIGNALS:
    void dragged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    QRect place() const;

    QImage m_picture;
    QSize m_size;
    QString m_words;
    QPoint m_pressed;
};

}  // namespace posbias::ui
