// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A value that never changes, shared by all its copies: copying is cheap, and so is finding that a copy is the same.

#include <memory>
#include <utility>

namespace posbias {

/// Absent, or a value. Equal are those that are absent or whose values are equal.
template <typename T>
class SharedValue {
public:
    SharedValue() = default;
    SharedValue(T value) : m_value(std::make_shared<const T>(std::move(value))) {}

    explicit operator bool() const { return m_value != nullptr; }
    const T& operator*() const { return *m_value; }
    const T* operator->() const { return m_value.get(); }

    bool operator==(const SharedValue& other) const
    {
        return m_value == other.m_value || (m_value && other.m_value && *m_value == *other.m_value);
    }

private:
    std::shared_ptr<const T> m_value;
};

}  // namespace posbias
