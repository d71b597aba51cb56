// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Painting needs an application, and no display.

#include <memory>

class QApplication;

namespace posbias::app {

/// While it lives, figures can be painted on the thread that made it.
class Painting {
public:
    Painting();
    ~Painting();
    Painting(const Painting&) = delete;
    Painting& operator=(const Painting&) = delete;

private:
    int m_argc = 1;
    char m_name[8] = "posbias";
    char* m_argv[2] = {m_name, nullptr};
    std::unique_ptr<QApplication> m_application;
};

}  // namespace posbias::app
