// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Says what stands between the open document and its file, and offers the ways on.

#include "ui/window/widgets/notice_bar.h"

namespace posbias::ui {

class Document;

class FileBar : public NoticeBar {
    Q_OBJECT
public:
    explicit FileBar(Document* document, QWidget* parent = nullptr);

private:
    void update();
    void offerCopy();
    void tellOfOtherWindow();

    Document* m_document;
    bool m_refused = false;  ///< saving waits for the answer
};

}  // namespace posbias::ui
