// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schemes/t5_arithmetic.h"

#include "core/schemes/t5.h"

#include <cfloat>
#include <cmath>
#include <limits>
#include <numeric>

// A float must be rounded to 24 bits after every operation, and a long double must hold logf's hardest cases.
static_assert(FLT_EVAL_METHOD == 0 && std::numeric_limits<float>::is_iec559, "needs true float32 arithmetic");
static_assert(LDBL_MANT_DIG >= 64, "needs a long double of at least 64 bits");
#ifdef __FAST_MATH__
#error "T5 buckets are defined by IEEE arithmetic: do not compile with -ffast-math"
#endif

namespace posbias {
namespace {

/// base^exponent, or 0 when it exceeds 64 bits (base, exponent >= 1).
std::int64_t powerOrZero(std::int64_t base, std::int64_t exponent)
{
    if (base == 1)
        return 1;
    std::int64_t power = 1;
    for (std::int64_t i = 0; i < exponent; ++i) {
        if (power > std::numeric_limits<std::int64_t>::max() / base)
            return 0;
        power *= base;
    }
    return power;
}

/// The whole r with r^degree == value, or 0 when there is none (value, degree >= 1).
std::int64_t wholeRoot(std::int64_t value, std::int64_t degree)
{
    const long double estimate = std::pow(static_cast<long double>(value), 1.0L / static_cast<long double>(degree));
    const std::int64_t root = std::llround(estimate);
    return powerOrZero(root, degree) == value ? root : 0;
}

}  // namespace

T5Float32::T5Float32(const T5Shape& shape)
    : m_exact(static_cast<float>(shape.exact)),
      m_logRange(
          static_cast<float>(std::log(static_cast<double>(shape.maxDistance) / static_cast<double>(shape.exact)))),
      m_logarithmic(static_cast<float>(shape.logarithmic))
{
}

float T5Float32::scaledLog(std::int64_t distance) const
{
    const float ratio = static_cast<float>(distance) / m_exact;
    // logf correctly rounded: a long double log, rounded once. 64 bits are enough: of all floats from 1 to 2^32 none
    // has its log nearer than a relative 2^-58 to the middle between two floats (all were tried; a double is not
    // enough for two of them).
    const float logRatio = static_cast<float>(std::log(static_cast<long double>(ratio)));
    const float quotient = logRatio / m_logRange;
    return quotient * m_logarithmic;
}

std::int64_t T5Float32::steps(std::int64_t distance) const
{
    return static_cast<std::int64_t>(scaledLog(distance));
}

T5Exact::T5Exact(const T5Shape& shape)
    : m_exact(shape.exact),
      m_logarithmic(shape.logarithmic),
      m_maxDistance(shape.maxDistance),
      m_logRange(std::log1p(static_cast<long double>(m_maxDistance - m_exact) / static_cast<long double>(m_exact)))
{
}

// (dist/m)^N = (D/m)^k with k/N = k'/N' in lowest terms holds just when one rational r/s gives dist/m = (r/s)^k' and
// D/m = (r/s)^N'. In lowest terms numerators and denominators are powers each on their own. D/m > 1 is less than 2^31,
// so r >= 2 leaves N' <= 31.
bool T5Exact::isWhole(std::int64_t distance, std::int64_t k) const
{
    if (k == 0 || distance == m_exact)
        return k == 0 && distance == m_exact;
    const std::int64_t common = std::gcd(m_logarithmic, k);
    const std::int64_t degree = m_logarithmic / common, power = k / common;  // N', k'
    if (degree > 31)
        return false;
    const std::int64_t rangeCommon = std::gcd(m_maxDistance, m_exact);
    const std::int64_t r = wholeRoot(m_maxDistance / rangeCommon, degree);
    const std::int64_t s = wholeRoot(m_exact / rangeCommon, degree);
    if (r == 0 || s == 0)
        return false;
    const std::int64_t distanceCommon = std::gcd(distance, m_exact);
    return powerOrZero(r, power) == distance / distanceCommon && powerOrZero(s, power) == m_exact / distanceCommon;
}

// log1p keeps dist/m near 1 accurate: the relative error of x stays within a few 2^-64, that is below 1e-14 for
// N <= 65,536 and x <= N. Whole x are recognised in integers. That an x which is not whole keeps further away from a
// whole number than this error is not proven, only far from what was seen: 3e-8 at the nearest in 13 million boundary
// candidates of common settings; and 19,000 starts for D up to 2^31 agreed with integer powers of any length.
long double T5Exact::scaledLog(std::int64_t distance) const
{
    const long double ratioMinusOne = static_cast<long double>(distance - m_exact) / static_cast<long double>(m_exact);
    const long double x = static_cast<long double>(m_logarithmic) * std::log1p(ratioMinusOne) / m_logRange;
    const long double nearest = std::round(x);
    const bool whole = std::fabs(x - nearest) < 1e-9L && isWhole(distance, static_cast<std::int64_t>(nearest));
    return whole ? nearest : x;
}

std::int64_t T5Exact::steps(std::int64_t distance) const
{
    return static_cast<std::int64_t>(std::floor(scaledLog(distance)));
}

}  // namespace posbias
