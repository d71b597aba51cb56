// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The two ways something can go wrong. Core throws; only the window and the command line catch.

#include <stdexcept>
#include <string>

namespace posbias {

/// Wrong usage or input (exit code 2). The message names the file, key or option, the value found and
/// what is allowed, as one sentence for a person. `subject` is the key path ("schemes.1.maxDistance")
/// or option or file that is wrong, so that a form can show the message beside its row; may be empty.
class InputError : public std::runtime_error {
public:
    InputError(std::string subject, const std::string& message)
        : std::runtime_error(message), m_subject(std::move(subject))
    {
    }
    const std::string& subject() const noexcept { return m_subject; }

private:
    std::string m_subject;
};

/// A right request that could not be carried out: a full disk, a fit that did not converge (exit code 1).
class FailureError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The caller's stop token asked for an end.
class Cancelled : public std::exception {
public:
    const char* what() const noexcept override { return "cancelled"; }
};

}  // namespace posbias
