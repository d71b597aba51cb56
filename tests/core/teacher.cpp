// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/teacher.h"

#include <QTest>

#include <cmath>

using namespace posbias;

namespace {

bool near(double a, double b)
{
    return std::abs(a - b) <= 1e-14 * std::max(1.0, std::abs(b));
}

const std::vector<Teacher> everyTeacher = {PowerLaw{1.5}, Exponential{64.0}, Window{64, 6.0}, Periodic{1.0, 1.0, 32.0}};

}  // namespace

class TeacherTest : public QObject {
    Q_OBJECT

private slots:
    void powerLawFallsWithTheLogarithmOfTheDistance()
    {
        QCOMPARE(preference(PowerLaw{1.5}, 0), 0.0);
        QVERIFY(near(preference(PowerLaw{1.5}, 99), -1.5 * std::log(100.0)));
        QVERIFY(near(preference(PowerLaw{2.0}, maxLength), -2.0 * std::log(16777217.0)));
    }

    void exponentialFallsByOneEachScale()
    {
        QCOMPARE(preference(Exponential{64.0}, 0), 0.0);
        QCOMPARE(preference(Exponential{64.0}, 64), -1.0);
        QCOMPARE(preference(Exponential{0.5}, 3), -6.0);
    }

    void windowEndsBeforeItsWidth()
    {
        QCOMPARE(preference(Window{64, 6.0}, 0), 0.0);
        QCOMPARE(preference(Window{64, 6.0}, 63), 0.0);
        QCOMPARE(preference(Window{64, 6.0}, 64), -6.0);
        QCOMPARE(preference(Window{64, 6.0}, maxLength), -6.0);
    }

    void periodicAddsACosineToAPowerLaw()
    {
        QVERIFY(near(preference(Periodic{1.0, 2.0, 32.0}, 0), 2.0));
        QVERIFY(near(preference(Periodic{1.0, 2.0, 32.0}, 16), -std::log(17.0) - 2.0));
        QVERIFY(near(preference(Periodic{1.0, 2.0, 32.0}, 8), -std::log(9.0)));
    }

    void periodicKeepsItsPhaseAtFarOffsets()
    {
        const std::int64_t far = 32 * 500000;
        QVERIFY(near(preference(Periodic{0.0, 1.0, 32.0}, far), 1.0));
        QVERIFY(near(preference(Periodic{0.0, 1.0, 32.0}, far + 16), -1.0));
    }

    void everyTeacherIsSymmetricAndFinite()
    {
        for (const Teacher& teacher : everyTeacher)
            for (const std::int64_t d : std::vector<std::int64_t>{1, 63, 64, 1000, maxLength}) {
                QVERIFY(std::isfinite(preference(teacher, d)));
                QCOMPARE(preference(teacher, -d), preference(teacher, d));
            }
    }

    void aRangeHoldsEachOffsetsPreference()
    {
        for (const Teacher& teacher : everyTeacher) {
            const OffsetValues g = preferences(teacher, {-3, 70});
            QCOMPARE(g.first, -3);
            QCOMPARE(g.last(), 70);
            for (std::int64_t d = -3; d <= 70; ++d)
                QCOMPARE(g[d], preference(teacher, d));
        }
        QVERIFY(preferences(PowerLaw{}, {0, -1}).values.empty());
    }
};

QTEST_GUILESS_MAIN(TeacherTest)
#include "teacher.moc"
