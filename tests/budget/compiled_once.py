#!/usr/bin/env python3
"""Fails when a file that uses a client compiled once holds parts of that client itself.

Usage: compiled_once.py PROJECT COMPILER

With and without optimization, for a compiler would take what is inline along.
"""
import pathlib
import subprocess
import sys
import tempfile

PARTS = ["etcdpp::Client<", "etcdpp::v2::Keys<", "etcdpp::Attempts<"]


def names(object_, which):
    listing = subprocess.run(["nm", "--demangle", which, object_],
                             check=True, capture_output=True, text=True)
    return listing.stdout.splitlines()


def main():
    project, compiler = pathlib.Path(sys.argv[1]), sys.argv[2]
    faults = []
    for level in ["-O0", "-O2"]:
        with tempfile.TemporaryDirectory() as folder:
            once, user, program = (f"{folder}/{name}" for name in ["once.o", "user.o", "program"])
            for name, object_ in [("own_client", once), ("make_own_client", user)]:
                subprocess.run([compiler, "-std=c++20", level, "-I", project / "include", "-c",
                                project / f"tests/budget/{name}.cpp", "-o", object_], check=True)
            subprocess.run([compiler, user, once, "-o", program], check=True)
            said = subprocess.run([program], check=True, capture_output=True, text=True).stdout
            if said != "the lamp is green\n":
                faults.append(f"{level}: the program said {said!r}")
            for part in PARTS:
                if not any(part in name for name in names(once, "--defined-only")):
                    faults.append(f"{level}: no {part} is in own_client.cpp: is its name right?")
                faults += [f"{level}: {name} is in make_own_client.cpp"
                           for name in names(user, "--defined-only") if part in name]
    print(*faults, f"{len(faults)} faults", sep="\n")
    sys.exit(1 if faults else 0)


main()
