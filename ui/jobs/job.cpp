// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job.h"

#include <new>

namespace posbias::ui {

QString Job::reason(const std::exception& error)
{
    if (dynamic_cast<const std::bad_alloc*>(&error))
        return tr("There is not enough memory for this figure. Choose a smaller size or a lower resolution");
    return QString::fromStdString(error.what());
}

}  // namespace posbias::ui
