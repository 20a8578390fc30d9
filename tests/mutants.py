#!/usr/bin/env python3
"""Changes one line at a time and sees whether a test fails.

usage: python3 tests/mutants.py [COUNT [SEED]]     (default: 60 mutants, seed 1)

A mutant is the project with one line changed in incident, callout, channel, journal or roster: a
comparison the other way, a condition left out, a number one larger, a call dropped. It is found
when a test that depends on the line fails or does not end. First the tests nearest to the folder
are run, then those of the whole program. What survives is printed; a person judges each: either a
test is missing, or the line says nothing that anybody relies on.

The sources are copied to build/mutants, so the work tree is never touched.
"""
import os
import random
import re
import shutil
import subprocess
import sys

PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
COPY = os.path.join(PROJECT, "build", "mutants", "source")
BUILD = os.path.join(PROJECT, "build", "mutants", "build")

# The tests of a folder, the nearest first.
NEAR = {
    "lib/incident": ["unit_incident", "simulation"],
    "lib/callout": ["unit_callout", "unit_incident", "simulation"],
    "lib/channel": ["unit_channel"],
    "lib/journal": ["unit_journal", "simulation"],
    "lib/roster": ["unit_roster", "unit_incident"],
}
FAR = ["tocsin", "transcript", "unit_control", "unit_record", "unit_drill", "unit_device"]
FAR_TESTS = "transcript|unit.(control|record|drill|device)"
SEEDS = "1-100"

# What becomes of a piece of a line. The first group of each pattern is what is replaced.
SWAPS = [
    (r"[^<>=!-](<=)[^<>=]", "<"), (r"[^<>=!-](>=)[^<>=]", ">"),
    (r" (<) ", "<="), (r" (>) ", ">="), (r"(==)", "!="), (r"(!=)", "=="),
    (r"(&&)", "||"), (r"(\|\|)", "&&"), (r" (\+) ", "-"), (r" (-) ", "+"),
    (r"\b(true)\b", "false"), (r"\b(false)\b", "true"),
    (r"[ (](!)[a-z]", ""), (r"[ ({](\d+)[;,)} ]", None),
    (r"\b(std::min)\(", "std::max"), (r"\b(std::max)\(", "std::min"),
    (r"(\+\+)", "--"), (r"(\+=)", "-="), (r"\b(continue);", ""), (r"\b(break);", ""),
]
CALL = re.compile(r"^\s+[a-z_][\w.>-]*\([^;{}]*\);$")  # a statement that is nothing but a call


def is_code(line):
    text = line.strip()
    if not text or text.startswith(("//", "#", "case ", "default:", "static_assert", "TOCSIN_ASSERT")):
        return False
    return '"' not in text and "template" not in text and "constexpr auto" not in text


def changes(line):
    """All lines that one change can make of this one."""
    code = line.split("//")[0]
    for pattern, with_what in SWAPS:
        for match in re.finditer(pattern, code):
            old = match.group(1)
            new = str(int(old) + 1) if with_what is None else with_what
            yield line[: match.start(1)] + new + line[match.end(1):]
    if CALL.match(line.rstrip("\n")):
        yield re.match(r"\s*", line).group(0) + ";\n"


def candidates():
    found = []
    for folder in NEAR:
        for root, _, files in os.walk(os.path.join(PROJECT, folder)):
            for name in sorted(files):
                if not name.endswith(".cpp"):
                    continue
                path = os.path.relpath(os.path.join(root, name), PROJECT)
                with open(os.path.join(PROJECT, path)) as source:
                    for number, line in enumerate(source):
                        if is_code(line):
                            found.extend((folder, path, number, new) for new in changes(line))
    return sorted(found)


def run(command, limit=None):
    try:
        return subprocess.run(command, cwd=COPY, timeout=limit, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL,
                              env={**os.environ, "TOCSIN_SEEDS": SEEDS}).returncode
    except subprocess.TimeoutExpired:
        return -1


def build(targets):
    return run(["cmake", "--build", BUILD, "--target", *targets])


def prepare():
    shutil.rmtree(COPY, ignore_errors=True)
    os.makedirs(COPY)
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, check=True,
                             capture_output=True).stdout.decode().split("\0")
    for path in filter(None, tracked):
        os.makedirs(os.path.dirname(os.path.join(COPY, path)), exist_ok=True)
        shutil.copy2(os.path.join(PROJECT, path), os.path.join(COPY, path))
    cache = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
    # Optimised for the simulation's sake; without sanitizers, which a mutant does not need.
    subprocess.run(["cmake", "-G", "Ninja", "-S", COPY, "-B", BUILD, "-DCMAKE_BUILD_TYPE=Debug",
                    "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -D_GLIBCXX_ASSERTIONS", "-DTOCSIN_BENCH=OFF",
                    "-DTOCSIN_BUILT_ONCE=OFF", *cache], check=True, stdout=subprocess.DEVNULL)
    targets = sorted({t for near in NEAR.values() for t in near} | set(FAR))
    if build(targets) != 0:
        sys.exit("mutants.py: error: the project does not build")


def is_found(folder):
    for target in NEAR[folder]:
        if build([target]) != 0:
            return None  # no mutant: it does not compile
        if run([os.path.join(BUILD, "bin", target), "--gtest_brief=1"], 600) != 0:
            return True
    build(FAR)
    return run(["ctest", "--test-dir", BUILD, "-R", FAR_TESTS, "--stop-on-failure"], 900) != 0


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    dice = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    prepare()
    everything = candidates()
    dice.shuffle(everything)
    found = tried = 0
    for folder, path, number, new in everything:
        if tried == count:
            break
        file = os.path.join(COPY, path)
        with open(file) as source:
            lines = source.readlines()
        changed = lines[:number] + [new] + lines[number + 1:]
        with open(file, "w") as target:
            target.writelines(changed)
        verdict = is_found(folder)
        with open(file, "w") as target:
            target.writelines(lines)
        if verdict is None:
            continue
        tried += 1
        found += verdict
        print(f"{'found' if verdict else 'SURVIVES'} {path}:{number + 1}\n"
              f"  - {lines[number].strip()}\n  + {new.strip()}", flush=True)
    print(f"{found} of {tried} found")
    return 0 if found * 10 >= tried * 9 else 1


if __name__ == "__main__":
    sys.exit(main())
