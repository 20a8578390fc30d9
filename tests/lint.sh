#!/bin/sh
# What a machine can say of the sources without running them. Continuous integration runs both: the
# first takes seconds, the second ten minutes of processor time. Every check of .clang-tidy is a part
# of tests/campaign.sh.
#
# usage: sh tests/lint.sh [format] [tidy]     (default: both)
#
#   format   each C++ file is as clang-format 14 leaves it
#   tidy     the checks of .ci/clang-tidy, on lib and cli
set -eu
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- format tidy
sh cli/packages.sh build lint

# Another version formats otherwise.
format() {
  git ls-files '*.cpp' '*.h' | xargs clang-format-14 --dry-run --Werror
}

# A batch of sources is read in not much more time than one. The batches are read as they are
# compiled, but for headers in a form of g++'s own and a source that the build writes.
tidy() {
  cmake --preset dev -B build/lint -DTOCSIN_TESTS=OFF -DTOCSIN_BUILT_ONCE=ON \
    -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON >/dev/null
  sed -n 's/^ *"file": "\(.*\)",*$/\1/p' build/lint/compile_commands.json | grep -v page_files |
    xargs -P "$(nproc)" -n 1 clang-tidy-14 -p build/lint --quiet --config-file=.ci/clang-tidy \
      --extra-arg=-Wno-unknown-warning-option
}

for check in "$@"; do
  case $check in
    format | tidy) "$check" ;;
    *)
      sed -n '/^# usage/,/^set/p' tests/lint.sh | sed -n 's/^# \{0,1\}//p' >&2
      exit 2
      ;;
  esac
done
