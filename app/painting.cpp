// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/painting.h"

#include <QApplication>

namespace posbias::app {

Painting::Painting()
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // What Qt tells about its platform is of no use here.
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    m_application = std::make_unique<QApplication>(m_argc, m_argv);
}

Painting::~Painting()
{
    m_application.reset();
    qInstallMessageHandler(nullptr);
}

}  // namespace posbias::app
