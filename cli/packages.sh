#!/bin/sh
# Installs what is missing of cli/packages.txt, asking nothing.
# usage: sh cli/packages.sh [build] [test] [bench] [mail] [page] [npm] [lint] [campaign]
# (default: the first three)
set -eu

list=$(dirname "$0")/packages.txt
[ $# -gt 0 ] || set -- build test bench

# Prints the alternatives of each wanted package, one package a line.
wanted() {
  for when in "$@"; do
    sed -n "s/^$when  *\([^ ]*\).*/\1/p" "$list"
  done
}

if ! command -v apt-get >/dev/null 2>&1; then
  {
    echo "packages.sh: error: this system has no apt-get, so nothing was installed"
    echo "packages.sh: hint: install what these Debian packages hold, then build with CMake:"
    wanted "$@" | sed 's/^/  /'
  } >&2
  exit 1
fi

is_installed() {
  dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

# "a|b" is there when a or b is.
is_there() {
  for name in $(echo "$1" | tr '|' ' '); do
    ! is_installed "$name" || return 0
  done
  return 1
}

missing=
for package in $(wanted "$@"); do
  is_there "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
  as_root='sudo -n'  # asks nothing, not even for a password
  if ! sudo -n true 2>/dev/null; then
    echo "packages.sh: error: missing:$missing" >&2
    echo "packages.sh: hint: run \"sudo sh cli/packages.sh\", or the same as root" >&2
    exit 1
  fi
fi

apt() {
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 "$@" </dev/null
}

echo "packages.sh: installing$missing" >&2
apt update
names=
for package in $missing; do
  chosen=
  for name in $(echo "$package" | tr '|' ' '); do
    if [ -z "$chosen" ] && apt-cache show "$name" >/dev/null 2>&1; then chosen=$name; fi
  done
  if [ -z "$chosen" ]; then
    echo "packages.sh: error: this release of the system has no $package" >&2
    echo "packages.sh: hint: Debian 12 or Ubuntu 24.04, or later, has all of them" >&2
    exit 1
  fi
  names="$names $chosen"
done
# shellcheck disable=SC2086  # a list of names, to be split
apt install --no-install-recommends $names
