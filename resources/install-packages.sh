#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the Debian packages that are missing, and those named as arguments; asks for administrator rights only then.
set -euo pipefail
packages=(
  g++ cmake ninja-build
  qt6-base-dev libqt6svg6-dev libqcustomplot-dev libcli11-dev
  libeigen3-dev nlohmann-json3-dev libgif-dev zlib1g-dev libharfbuzz-dev pkg-config
  fonts-dejavu-core fonts-open-sans
)
packages+=("$@")
missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

echo "Installing: ${missing[*]}" >&2
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
{
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
} >&2
