#!/bin/sh
# Installs what is missing, builds, and passes the tests. Arguments go to ctest: sh tests/run.sh -R tidy
set -eu
cd "$(dirname "$0")/.."

sh cli/packages.sh
launcher=
if command -v ccache >/dev/null 2>&1; then launcher=-DCMAKE_CXX_COMPILER_LAUNCHER=ccache; fi

cmake --preset dev $launcher
cmake --build --preset dev
ctest --preset dev --parallel "$(nproc)" "$@"
