// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"

#include <QHashFunctions>

int main(int argc, char** argv)
{
    QHashSeed::setDeterministicGlobalSeed();  // the order of fonts in a PDF follows it: the same bytes every time
    return posbias::app::runCommandLine(argc, argv);
}
