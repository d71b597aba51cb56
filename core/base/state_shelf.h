// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where long work keeps how far it is, so that it can go on from there after an end that nobody wished.

#include <cstdint>
#include <string>
#include <string_view>

namespace posbias {

/// States by the key of their work, which only the same work has. Used by one piece of work at a time. Nothing here
/// throws: work that cannot be kept goes on all the same.
class StateShelf {
public:
    virtual ~StateShelf() = default;

    /// Work begins now: time counts from here.
    virtual void begin() = 0;
    /// Whether a state should be kept now. Cheap.
    virtual bool due() = 0;
    /// No state at all: nobody has to compute a key. Cheap.
    virtual bool empty() const = 0;
    /// The state that was kept last; empty: there is none, or others are at this work. Nobody else gets it until it is let
    /// go or dropped.
    virtual std::string find(std::uint64_t key) = 0;
    /// In the place of the last.
    virtual void keep(std::uint64_t key, std::string_view state) = 0;
    /// The work stops before its end; its state stays.
    virtual void letGo(std::uint64_t key) = 0;
    /// The state is not needed any more.
    virtual void drop(std::uint64_t key) = 0;
};

}  // namespace posbias
