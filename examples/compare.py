#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Runs an example without arguments or input, and compares what it prints with the file beside it.

Usage: compare.py PROGRAM EXPECTED

Standard output is compared, all of it; of two things that no two runs have in common, the file has
the shape: a port of loopback is `127.0.0.1:<port>`, and a time is `<time> ms`.
"""
import difflib
import pathlib
import re
import subprocess
import sys


def main():
    program, expected = sys.argv[1:]
    run = subprocess.run([program], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                         timeout=60, check=False)
    said = re.sub(r"\b127\.0\.0\.1:\d+", "127.0.0.1:<port>", run.stdout)
    said = re.sub(r"\b\d+(\.\d+)? ms\b", "<time> ms", said)
    wanted = pathlib.Path(expected).read_text()
    if said != wanted:
        sys.stdout.writelines(difflib.unified_diff(
            wanted.splitlines(keepends=True), said.splitlines(keepends=True),
            expected, "what it printed"))
    if run.returncode != 0:
        print(f"it ended with {run.returncode}: {run.stderr}")
    sys.exit(1 if said != wanted or run.returncode != 0 else 0)


main()
