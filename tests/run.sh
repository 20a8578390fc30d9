#!/bin/sh
# Installs what is missing, builds, and passes the tests. Arguments go to ctest: sh tests/run.sh -R tidy
set -eu
cd "$(dirname "$0")/.."

sh cli/packages.sh
# Each source by itself where a cache remembers it, else in batches: CMakeLists.txt.
how=-DTOCSIN_BUILT_ONCE=ON
if command -v ccache >/dev/null 2>&1; then
  how='-DTOCSIN_BUILT_ONCE=OFF -DCMAKE_CXX_COMPILER_LAUNCHER=ccache'
fi

# The page's tests need Node and a browser, which not every system has. Without them everything else
# is tested, and ctest says that these tests were skipped.
if sh cli/packages.sh page && { command -v npm >/dev/null 2>&1 || sh cli/packages.sh npm; }; then
  [ -d tests/interop/node_modules ] || (cd tests/interop && npm ci --ignore-scripts) ||
    echo "run.sh: note: the page's test packages could not be fetched" >&2
else
  echo "run.sh: note: the page is tested without a browser" >&2
fi

# shellcheck disable=SC2086  # a list of settings, to be split
cmake --preset dev $how
cmake --build --preset dev
ctest --preset dev --parallel "$(nproc)" "$@"
