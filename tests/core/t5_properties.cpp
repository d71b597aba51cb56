// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for every T5 rule, over settings that no reference table covers.
#include "core/schemes/t5.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>
#include <sstream>
#include <string>

using namespace posbias;

namespace {

std::string described(const T5& scheme, Mask mask)
{
    std::ostringstream text;
    text << (scheme.variant == T5Variant::Book ? "book " : "huggingface ")
         << (mask == Mask::Causal ? "causal " : "bidirectional ") << scheme.buckets << " / " << scheme.maxDistance;
    return text.str();
}

/// _relative_position_bucket of transformers' modeling_t5.py, line by line, in float.
std::int64_t transcribed(Mask mask, std::int64_t buckets, std::int64_t maxDistance, std::int64_t d)
{
    const std::int64_t relative = -d;
    std::int64_t base = 0, distance = 0;
    if (mask == Mask::Bidirectional) {
        buckets /= 2;
        base = relative > 0 ? buckets : 0;
        distance = std::abs(relative);
    } else {
        distance = -std::min<std::int64_t>(relative, 0);
    }
    const std::int64_t maxExact = buckets / 2;
    if (distance < maxExact)
        return base + distance;
    const float ratio = static_cast<float>(distance) / static_cast<float>(maxExact);
    const float log = static_cast<float>(std::log(static_cast<long double>(ratio)));
    const double range = std::log(static_cast<double>(maxDistance) / static_cast<double>(maxExact));
    const float scaled = log / static_cast<float>(range) * static_cast<float>(buckets - maxExact);
    return base + std::min(maxExact + static_cast<std::int64_t>(scaled), buckets - 1);
}

struct Setting {
    T5 scheme;
    Mask mask;
};

/// Valid settings of both variants and masks, sizes spread over their whole logarithmic range.
std::vector<Setting> randomSettings(int count)
{
    std::mt19937_64 random(20);
    std::vector<Setting> settings;
    const auto spread = [&](double least, double most) {
        const double unit = static_cast<double>(random() >> 11) * 0x1p-53;
        return static_cast<std::int64_t>(least * std::pow(most / least, unit));
    };
    while (settings.size() < static_cast<std::size_t>(count)) {
        Setting setting;
        setting.scheme.variant = random() % 2 == 0 ? T5Variant::HuggingFace : T5Variant::Book;
        setting.mask = random() % 2 == 0 ? Mask::Causal : Mask::Bidirectional;
        setting.scheme.buckets = spread(4.0, 3000.0);
        const std::int64_t least = setting.scheme.buckets / (setting.mask == Mask::Causal ? 2 : 4) + 2;
        setting.scheme.maxDistance = spread(static_cast<double>(least), 2147483647.0);
        settings.push_back(setting);
    }
    return settings;
}

/// floor(N * log(dist/m) / log(D/m)) by comparing integer powers, for settings whose powers fit 64 bits.
std::int64_t stepsByIntegerPowers(std::int64_t m, std::int64_t logarithmic, std::int64_t maxDistance, std::int64_t dist)
{
    const auto power = [](std::int64_t base, std::int64_t exponent) {
        std::int64_t result = 1;
        for (std::int64_t i = 0; i < exponent; ++i)
            result *= base;
        return result;
    };
    std::int64_t k = 0;
    while (k < logarithmic &&
           power(dist, logarithmic) * power(m, k + 1) >= power(maxDistance, k + 1) * power(m, logarithmic))
        ++k;
    return k;
}

}  // namespace

class T5PropertiesTest : public QObject {
    Q_OBJECT

private slots:
    void bucketsAreMonotoneContiguousAndCoverEveryOffset()
    {
        for (const auto& [scheme, mask] : randomSettings(300)) {
            const T5Buckets rule(scheme, mask);
            const std::vector<Segment> runs = rule.runs();
            const std::string name = described(scheme, mask);
            const bool startsAtZero = mask == Mask::Causal && scheme.variant == T5Variant::Book;
            QVERIFY2(runs.front().first == (startsAtZero ? 0 : fromInfinity), name.c_str());
            QVERIFY2(runs.back().last == toInfinity, name.c_str());
            QVERIFY2(runs.back().parameter == rule.shape().perSide - 1, name.c_str());
            for (std::size_t i = 0; i < runs.size(); ++i) {
                QVERIFY2(runs[i].first <= runs[i].last, name.c_str());
                QVERIFY2(runs[i].parameter >= 0 && runs[i].parameter < rule.shape().total, name.c_str());
                if (i == 0)
                    continue;
                QVERIFY2(runs[i].first == runs[i - 1].last + 1, name.c_str());
                // Further from 0 is a higher bucket: ascending on the past side, descending on the other.
                if (runs[i].first > 0)
                    QVERIFY2(runs[i].parameter > runs[i - 1].parameter, name.c_str());
                else if (runs[i].last < 0)
                    QVERIFY2(runs[i].parameter < runs[i - 1].parameter, name.c_str());
            }
        }
    }

    void bucketOfAgreesWithRunsAtTheirEnds()
    {
        for (const auto& [scheme, mask] : randomSettings(300)) {
            const T5Buckets rule(scheme, mask);
            for (const Segment& run : rule.runs()) {
                QCOMPARE(rule.bucketOf(run.first), run.parameter);
                QCOMPARE(rule.bucketOf(run.last), run.parameter);
            }
        }
    }

    void bidirectionalHalvesMirrorEachOther()
    {
        for (const auto& [scheme, mask] : randomSettings(100)) {
            if (mask == Mask::Causal)
                continue;
            const T5Buckets rule(scheme, mask);
            for (const std::int64_t distance : {1, 2, 3, 7, 50, 1000, 123'456, 2'000'000'000})
                QCOMPARE(rule.bucketOf(-distance), rule.bucketOf(distance) + rule.shape().perSide);
        }
    }

    void bucketsEqualALiteralTranscriptionAtRandomOffsets()
    {
        std::mt19937_64 random(7);
        for (const auto& [scheme, mask] : randomSettings(300)) {
            if (scheme.variant == T5Variant::Book)
                continue;
            const T5Buckets rule(scheme, mask);
            for (int i = 0; i < 200; ++i) {
                const auto magnitude = static_cast<std::int64_t>(random() >> (33 + random() % 30));
                const std::int64_t d = random() % 2 == 0 ? magnitude : -magnitude;
                const std::int64_t expected = transcribed(mask, scheme.buckets, scheme.maxDistance, d);
                QVERIFY2(rule.bucketOf(d) == expected,
                         (described(scheme, mask) + ", offset " + std::to_string(d)).c_str());
                QCOMPARE(deriveBucket(scheme, mask, d).bucket, expected);
            }
        }
    }

    void bookBucketsEqualIntegerPowersInSmallSettings()
    {
        for (std::int64_t perSide = 3; perSide <= 9; ++perSide) {
            const std::int64_t m = perSide / 2, logarithmic = perSide - m;
            for (std::int64_t maxDistance = m + 1; maxDistance <= 64; ++maxDistance) {
                const T5Buckets rule({T5Variant::Book, perSide - 1, maxDistance}, Mask::Causal);
                for (std::int64_t d = m; d <= maxDistance; ++d) {
                    const std::int64_t steps = stepsByIntegerPowers(m, logarithmic, maxDistance, d);
                    QCOMPARE(rule.bucketOf(d), std::min(m + steps, perSide - 1));
                }
            }
        }
    }

    void mostBucketsAndLargestDistanceWork()
    {
        for (const T5Variant variant : {T5Variant::HuggingFace, T5Variant::Book}) {
            for (const std::int64_t maxDistance : {std::int64_t{32'769}, std::int64_t{1'000'000}, maxT5Distance}) {
                const T5Buckets rule({variant, maxT5Buckets, maxDistance}, Mask::Causal);
                QCOMPARE(rule.bucketOf(32'767), std::int64_t{32'767});
                QCOMPARE(rule.bucketOf(maxT5Distance + 1), rule.shape().perSide - 1);
                QCOMPARE(rule.bucketOf(toInfinity), rule.shape().perSide - 1);
            }
        }
    }
};

QTEST_GUILESS_MAIN(T5PropertiesTest)
#include "t5_properties.moc"
