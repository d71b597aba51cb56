// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How long tests wait for a state: on a busy machine, and under sanitizers, much longer than QTest's five seconds. A test
// that passes does not wait longer for it. Every test file begins with this (tests/CMakeLists.txt).

#include <QTest>

inline constexpr int longEnough = 240000;  // ms; by itself QTest ends a test function after 300 s

#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#define QTRY_VERIFY(condition) QTRY_VERIFY_WITH_TIMEOUT((condition), longEnough)
#define QTRY_VERIFY2(condition, message) QTRY_VERIFY2_WITH_TIMEOUT((condition), message, longEnough)
#define QTRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT((actual), expected, longEnough)
