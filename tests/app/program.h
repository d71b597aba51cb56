// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Runs the real program as a script would: no display, next to no environment.

#include <QByteArray>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>

struct Outcome {
    int exitCode = -1;
    bool crashed = false;
    QByteArray output, errors;

    QList<QByteArray> lines() const { return output.split('\n'); }
};

inline QProcessEnvironment barrenEnvironment()
{
    QProcessEnvironment environment;
    environment.insert("LC_ALL", "C.UTF-8");
    environment.insert("PATH", "/usr/bin:/bin");
    const QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS"}) {
        if (own.contains(name))
            environment.insert(name, own.value(name));
    }
    return environment;
}

inline Outcome runCommand(const QString& program, const QStringList& arguments, const QString& folder = {},
                          const QProcessEnvironment& environment = barrenEnvironment())
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder);
    process.start(program, arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(longEnough)) {
        process.kill();
        process.waitForFinished();
    }
    return {process.exitCode(), process.exitStatus() != QProcess::NormalExit, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

inline Outcome runProgram(const QStringList& arguments, const QString& folder = {})
{
    return runCommand(POSBIAS_EXECUTABLE, arguments, folder);
}
