// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/untouched.h"

#include "core/learning/step_rules.h"

#include <bit>
#include <limits>
#include <mutex>
#include <vector>

namespace posbias {

namespace {

constexpr std::int64_t blockOffsets = 256;
constexpr std::int64_t courseSteps = std::int64_t{1} << 26;  // values times steps: about a tenth of a second
constexpr std::int64_t fewestExact = 1 << 10, mostExact = 1 << 17;

}  // namespace

void AdamDecay::move(double* values, std::int64_t count) const
{
    std::array<double, 512> mean, square;
    for (std::int64_t begin = 0; begin < count; begin += std::ssize(mean)) {
        const std::int64_t some = std::min<std::int64_t>(count - begin, std::ssize(mean));
        mean.fill(0.0);
        square.fill(0.0);
        double power1 = 1.0, power2 = 1.0;
        for (std::int64_t step = 0; step < steps; ++step) {
            power1 *= adamBeta1;
            power2 *= adamBeta2;
            const StepFactors factors{learningRate / (1.0 - power1), weightDecay, 1.0, std::sqrt(1.0 - power2)};
            takeStep<StepRule::Adam>(factors, some, nullptr, values + begin, mean.data(), square.data(),
                                     std::numeric_limits<double>::infinity());
        }
    }
}

/// Courses computed at starting values that are evenly spaced within each octave from 2^-24 to 2^8, which no initial
/// value exceeds.
class Untouched::CourseTable {
public:
    explicit CourseTable(const AdamDecay& decay)
    {
        while (m_bits > fewestBits && (octaves << m_bits) > 2 * courseSteps / std::max<std::int64_t>(decay.steps, 1))
            --m_bits;
        for (std::int64_t node = 0; node <= (octaves << m_bits); ++node)
            m_values.push_back(
                std::bit_cast<double>(smallest + (static_cast<std::uint64_t>(node) << (mantissaBits - m_bits))));
        decay.move(m_values.data(), std::ssize(m_values));
    }

    double at(double start) const
    {
        const std::uint64_t bits = std::bit_cast<std::uint64_t>(std::abs(start));
        return std::copysign(1.0, start) * (bits < smallest ? belowFirst(std::abs(start)) : between(bits - smallest));
    }

private:
    static constexpr int mantissaBits = std::numeric_limits<double>::digits - 1;
    static constexpr int mostBits = 10, fewestBits = 5;  // of nodes in an octave
    static constexpr std::int64_t octaves = 32;
    static constexpr std::uint64_t smallest = std::bit_cast<std::uint64_t>(0x1p-24);

    double belowFirst(double start) const { return m_values.front() * (start / 0x1p-24); }

    double between(std::uint64_t above) const
    {
        const int low = mantissaBits - m_bits;
        const std::uint64_t node = std::min(above >> low, static_cast<std::uint64_t>(m_values.size()) - 2);
        const double share = static_cast<double>(above - (node << low)) / static_cast<double>(std::uint64_t{1} << low);
        return std::lerp(m_values[node], m_values[node + 1], share);
    }

    int m_bits = mostBits;
    std::vector<double> m_values;
};

/// Computed when asked for, and kept.
class Untouched::Courses {
public:
    Courses(const InitialValues& initial, const AdamDecay& decay, std::int64_t parameters)
        : m_initial(initial),
          m_decay(decay),
          m_exactBlocks(
              (parameters + std::clamp(courseSteps / std::max<std::int64_t>(decay.steps, 1), fewestExact, mostExact)) /
              blockOffsets)
    {
    }

    void at(OffsetRange offsets, double* out) const
    {
        for (std::int64_t d = offsets.first; d <= offsets.last;) {
            const std::int64_t block = std::abs(d) / blockOffsets;
            if (block >= m_exactBlocks) {
                *out++ = table().at(m_initial.beyond(d++));
                continue;
            }
            const std::vector<double>& values = exact(block, d < 0);
            do
                *out++ = values[static_cast<std::size_t>(std::abs(d) % blockOffsets)];
            while (++d <= offsets.last && std::abs(d) / blockOffsets == block && d != 0);
        }
    }

private:
    /// Of the offsets from blockOffsets times `block` on, or their negatives.
    const std::vector<double>& exact(std::int64_t block, bool negative) const
    {
        const std::scoped_lock lock(m_computing);
        std::vector<std::vector<double>>& side = m_exact[negative ? 1 : 0];
        if (side.empty())
            side.resize(static_cast<std::size_t>(m_exactBlocks));  // once: what was handed out stays where it is
        std::vector<double>& values = side[static_cast<std::size_t>(block)];
        if (values.empty()) {
            std::vector<double> courses;
            for (std::int64_t k = 0; k < blockOffsets; ++k) {
                const std::int64_t distance = block * blockOffsets + k;
                courses.push_back(m_initial.beyond(negative ? -distance : distance));
            }
            m_decay.move(courses.data(), blockOffsets);
            values = std::move(courses);
        }
        return values;
    }

    const CourseTable& table() const
    {
        std::call_once(m_tabulating, [this] { m_table = std::make_unique<const CourseTable>(m_decay); });
        return *m_table;
    }

    InitialValues m_initial;
    AdamDecay m_decay;
    std::int64_t m_exactBlocks;
    mutable std::mutex m_computing;
    mutable std::vector<std::vector<double>> m_exact[2];
    mutable std::once_flag m_tabulating;
    mutable std::unique_ptr<const CourseTable> m_table;
};

Untouched::Untouched(const InitialValues& initial)
    : m_initial(initial), m_value(initial.constant() ? initial.mean : 1.0)
{
}

Untouched::Untouched(const InitialValues& initial, double value) : m_initial(initial), m_value(value) {}

Untouched::Untouched(const InitialValues& initial, const AdamDecay& decay, std::int64_t parameters)
    : m_initial(initial), m_courses(std::make_shared<const Courses>(initial, decay, parameters))
{
}

double Untouched::at(std::int64_t d) const
{
    double value = 0.0;
    at({d, d}, &value);
    return value;
}

void Untouched::at(OffsetRange offsets, double* out) const
{
    if (constant())
        std::fill_n(out, offsets.size(), m_value);
    else if (m_courses)
        m_courses->at(offsets, out);
    else
        for (std::int64_t d = offsets.first; d <= offsets.last; ++d)
            *out++ = m_value * m_initial.beyond(d);
}

}  // namespace posbias
