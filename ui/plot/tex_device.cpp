// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/tex_device.h"

namespace posbias::ui {

struct TexDevice::Private {};

TexDevice::TexDevice(const QSizeF&, const std::string&) : d(std::make_unique<Private>()) {}
TexDevice::~TexDevice() = default;

QPaintEngine* TexDevice::paintEngine() const
{
    return nullptr;
}

void TexDevice::drawWords(const QPainter&, const QPointF&, Qt::Alignment, const QString&, double) {}

QByteArray TexDevice::picture() const
{
    return {};
}

std::vector<SideFile> TexDevice::sideFiles() const
{
    return {};
}

int TexDevice::metric(PaintDeviceMetric) const
{
    return 0;
}

QString texText(const QString& text)
{
    return text;
}

}  // namespace posbias::ui
