// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The table that the benchmarks print: what was measured against its limit.

#include <cstdio>
#include <string>

inline void printHead()
{
    std::printf("%-74s %10s %10s\n", "work", "measured", "limit");
}

/// One row; `unit` is shared by both numbers.
inline void printRow(const std::string& work, double measured, double limit, const std::string& unit)
{
    std::printf("%-74s %10.3g %10g %s%s\n", work.c_str(), measured, limit, unit.c_str(),
                measured <= limit ? "" : "   <- over");
    std::fflush(stdout);
}
