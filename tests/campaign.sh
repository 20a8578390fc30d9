#!/bin/sh
# What takes longer than every change can wait for. Run it before a release, and a part of it when
# you change what that part guards.
#
# usage: sh tests/campaign.sh PART [SIZE...]
#
#   clang [TARGET]         the whole tree by clang 14, each source by itself, and its tests;
#                          with TARGET only that is built, and no test run
#   seeds [COUNT]          COUNT simulated incidents, each of another seed (10,000)
#   calendars [COUNT [SEED]]  COUNT generated series (10,000), read to the same minutes as by
#                          another reader
#   fuzz [SECONDS [NAME]]  libFuzzer on every decoder, or on one, for SECONDS (600); what it finds
#                          is left in build/fuzz/found
#   kills                  each command that makes files, killed before each change of the disk
#   reproducible [TARGET]  two release builds in different folders are the same to the byte
#   tidy [PATTERN]         every check of .clang-tidy, on the sources whose path matches PATTERN
#   mutants [COUNT [SEED]] COUNT changes of one line (60), of which tests must find 90 %
#   all                    all of these, in full
#
# The continuous integration runs a sample: 100 seeds (.ci/run), the corpus of every decoder with
# seeded changes (the tests fuzz.*), 300 series of calendars (calendar.oracle), some of the points
# at which a command is killed (process.killed), and the checks of .ci/clang-tidy.
set -eu
cd "$(dirname "$0")/.."
project=$PWD
cores=$(nproc)

usage() {
  sed -n '/^# usage/,/^set/p' tests/campaign.sh | sed -n 's/^# \{0,1\}//p' >&2
  exit 2
}

# `seeds` and `reproducible` take no more than the build does.
packages() {
  sh cli/packages.sh build test "$@"
}

clang() {
  packages campaign
  cmake --preset dev -B build/clang -DCMAKE_CXX_COMPILER=clang++-14 -DTOCSIN_BENCH=OFF \
    -DTOCSIN_BUILT_ONCE=OFF
  if [ $# -gt 0 ]; then
    cmake --build build/clang --target "$@"
  else
    cmake --build build/clang
    ctest --test-dir build/clang --parallel "$cores" --output-on-failure
  fi
}

# In an optimised build, where a night is short, and on every core.
seeds() {
  count=${1:-10000}
  packages
  cmake --preset bench -DTOCSIN_BENCH=OFF
  cmake --build build/bench --target simulation
  each=$(((count + cores - 1) / cores))
  running=
  from=1
  while [ "$from" -le "$count" ]; do
    until=$((from + each - 1))
    [ "$until" -le "$count" ] || until=$count
    TOCSIN_SEEDS=$from-$until build/bench/bin/simulation --gtest_brief=1 &
    running="$running $!"
    from=$((until + 1))
  done
  failed=0
  for one in $running; do wait "$one" || failed=1; done
  return $failed
}

# The tests take 300 of them.
calendars() {
  packages
  cmake --preset dev
  cmake --build build/dev --target calendar_events
  /usr/bin/python3 tests/calendar/oracle.py build/dev/bin/calendar_events "${1:-10000}" "${2:-1}"
}

fuzz() {
  seconds=${1:-600}
  packages campaign
  cmake --preset fuzz -DTOCSIN_BENCH=OFF
  decoders=${2:-$(sed -n 's/^tocsin_fuzz(\([a-z_]*\) .*/\1/p' tests/fuzz/CMakeLists.txt)}
  # shellcheck disable=SC2046  # a list of targets, to be split
  cmake --build build/fuzz --target $(for decoder in $decoders; do echo "fuzz_$decoder"; done)
  failed=
  for decoder in $decoders; do
    echo "campaign.sh: fuzz $decoder" >&2
    mkdir -p "build/fuzz/corpus/$decoder" "build/fuzz/found/$decoder"
    # It leaves its logs where it runs, and new inputs in the first folder, for the next campaign.
    (cd "build/fuzz/found/$decoder" && "$project/build/fuzz/bin/fuzz_$decoder" \
      -max_total_time="$seconds" -jobs="$cores" -workers="$cores" \
      "$project/build/fuzz/corpus/$decoder" "$project/tests/fuzz/corpus/$decoder") ||
      failed="$failed $decoder"
  done
  [ -z "$failed" ] || {
    echo "campaign.sh: error: found by the fuzzer:$failed; see build/fuzz/found" >&2
    return 1
  }
}

# The tests take a sample of these points.
kills() {
  packages
  cmake --preset dev
  cmake --build build/dev --target process_killed tocsin
  TOCSIN_KILLS=all build/dev/bin/process_killed --gtest_brief=1
}

# Of the files that git has, so that nothing of this folder's builds is in either.
reproducible() {
  target=${1:-tocsin}
  packages
  place=$(mktemp -d)
  trap 'rm -rf "$place"' EXIT
  for copy in one another/and/deeper; do
    mkdir -p "$place/$copy"
    git ls-files -z | xargs -0 tar -cf - | tar -xf - -C "$place/$copy"
    (cd "$place/$copy" && cmake --preset release && cmake --build --preset release --target "$target")
  done
  differs=0
  made=$(cd "$place/one/build/release" && find . -name '*.a' -o -path './bin/*' -type f)
  [ -n "$made" ]
  for file in $made; do
    cmp "$place/one/build/release/$file" "$place/another/and/deeper/build/release/$file" ||
      differs=1
  done
  [ "$differs" -eq 0 ] && echo "campaign.sh: the same to the byte: $(echo "$made" | wc -l) files" >&2
}

# Its findings are looked at, and are no failure: .clang-tidy.
tidy() {
  packages lint
  cmake --preset dev -B build/tidy -DTOCSIN_BENCH=OFF -DTOCSIN_BUILT_ONCE=OFF
  git ls-files '*.cpp' | grep -e "${1:-.}" | grep -v '^tests/bench/' |
    xargs -P "$cores" -n 4 clang-tidy-14 -p build/tidy --quiet \
      --extra-arg=-Wno-unknown-warning-option >build/tidy/findings.txt 2>build/tidy/log.txt || true
  ! grep -q "error:" build/tidy/findings.txt build/tidy/log.txt || {
    grep -h "error:" build/tidy/findings.txt build/tidy/log.txt | head >&2
    return 1
  }
  echo "campaign.sh: $(grep -c 'warning:' build/tidy/findings.txt) findings in build/tidy/findings.txt" >&2
}

mutants() {
  packages campaign
  python3 tests/mutants.py "$@"
}

[ $# -ge 1 ] && [ $# -le 3 ] || usage
part=$1
shift
case $part in
  clang | seeds | calendars | fuzz | kills | reproducible | tidy | mutants) "$part" "$@" ;;
  all)
    [ $# -eq 0 ] || usage
    for part in clang seeds calendars fuzz kills reproducible tidy mutants; do sh tests/campaign.sh "$part"; done
    ;;
  *) usage ;;
esac
