// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a file is besides its content: owner, group, permissions, access lists and other extended attributes.

struct stat;

namespace posbias {

/// Gives the open file `to` the attributes of the open file `from`, whose status is `status`. False where the system
/// does not let this user (chown to somebody else) or this file system do so; `to` then has some of them.
bool copyAttributes(int from, const struct stat& status, int to);

}  // namespace posbias
