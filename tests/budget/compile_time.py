#!/usr/bin/env python3
"""Fails when a user's file takes longer to compile than its budget.

Usage: compile_time.py PROJECT COMPILER

The budgets are 3 s with default policies and 1 s with own ones. Both hold where the client is
compiled once, in another file: with ETCDPP_SEPARATE_COMPILATION, and with `extern template` as in
own_client.hpp; there the bound allows for noise, since it takes 0.98 s. The bounds of whole
programs in one file are where we stand, so that it gets no worse.

Seconds differ from machine to machine, so they are scaled by a reference: what the compiler needs
for Poco's JSON parser header, 1.1 s where the budgets were set. CPU time, the best of two rounds;
what is too slow then gets up to ten more, and the reference with it.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

REFERENCE, REFERENCE_SECONDS = "#include <Poco/JSON/Parser.h>\n", 1.1
SEPARATE = "-DETCDPP_SEPARATE_COMPILATION"
BUDGETS = [  # seconds, program, options
    (3.0, "examples/01_set_and_get.cpp", SEPARATE),  # default policies
    (6.5, "examples/01_set_and_get.cpp"),            # header-only
    (1.05, "tests/budget/make_own_client.cpp"),      # own transport and codec, made and used: 1 s
    (0.95, "tests/budget/use_own_client.cpp"),       # only used
    (1.65, "examples/05_own_transport.cpp"),         # the like in one file
]


def cpu_seconds(command):
    def children():
        times = os.times()
        return times.children_user + times.children_system

    before = children()
    subprocess.run(command, check=True)
    return children() - before


def bounds(seconds):
    """The budgets, scaled by what the reference, the first, took."""
    return [budget * seconds[0] / REFERENCE_SECONDS for budget, *_ in BUDGETS]


def too_slow(seconds):
    """Which of the commands."""
    judged = enumerate(zip(seconds[1:], bounds(seconds)), start=1)
    return [n for n, (spent, bound) in judged if spent > bound]


def main():
    project, compiler = pathlib.Path(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        reference = pathlib.Path(folder, "reference.cpp")
        reference.write_text(REFERENCE)
        include, out = project / "include", f"{folder}/out.o"
        compile_ = [compiler, "-std=c++20", "-I", include, "-o", out, "-c"]
        commands = [[*compile_, reference]]
        commands += [[*compile_, *options, project / program] for _, program, *options in BUDGETS]
        first, second = ([cpu_seconds(each) for each in commands] for _ in range(2))
        best = list(map(min, first, second))
        for _ in range(10):
            slow = too_slow(best)
            if not slow:
                break
            for n in [0, *slow]:
                best[n] = min(best[n], cpu_seconds(commands[n]))

    for (_, *case), spent, bound in zip(BUDGETS, best[1:], bounds(best)):
        verdict = "" if spent <= bound else " TOO MUCH"
        print(f"{' '.join(case)}: {spent:.2f} s, bound {bound:.2f} s{verdict}")
    sys.exit(1 if too_slow(best) else 0)


main()
