// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/session_end.h"

#include <QApplication>
#include <QEvent>
#include <QWidget>

#include <algorithm>

namespace posbias::ui {

SessionEnd::SessionEnd(std::function<void()> keep, QObject* parent) : QObject(parent), m_keep(std::move(keep))
{
    const auto keepNow = [this](QSessionManager&) { m_keep(); };
    connect(qApp, &QGuiApplication::commitDataRequest, this, keepNow, Qt::DirectConnection);
    connect(qApp, &QGuiApplication::saveStateRequest, this, keepNow, Qt::DirectConnection);
    qApp->installEventFilter(this);
}

/// The session's last word reaches the program as a wish to quit, which would close the windows one by one, with a
/// question each. After the last window was closed by hand it comes, too, and finds none.
bool SessionEnd::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != qApp || event->type() != QEvent::Quit ||
        std::ranges::none_of(QApplication::topLevelWidgets(), &QWidget::isVisible))
        return QObject::eventFilter(watched, event);
    m_keep();
    QCoreApplication::exit(0);
    return true;
}

}  // namespace posbias::ui
