#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks that each header compiles by itself, included twice and without a warning.

Usage: stand_alone.py INCLUDE_FOLDER HEADER... -- COMPILER...
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

FLAGS = ['-std=c++20', '-fsyntax-only', '-Wall', '-Wextra', '-Wpedantic', '-Wshadow',
         '-Wconversion', '-Werror', '-x', 'c++', '-']


def fault(header, folder, compiler):
    """What the compiler says of a program that is nothing but this header, twice."""
    source = f'#include <{header}>\n' * 2 + 'int main() {}\n'
    done = subprocess.run(compiler + ['-I' + folder] + FLAGS, input=source, text=True,
                          capture_output=True, check=False)
    return done.returncode and f'{header} does not stand alone:\n{done.stderr}'


def main():
    divide = sys.argv.index('--')
    folder, *headers = sys.argv[1:divide]
    compiler = sys.argv[divide + 1:]
    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        faults = list(filter(None, pool.map(lambda each: fault(each, folder, compiler), headers)))
    print('\n'.join(faults) + f'{len(headers)} headers, {len(faults)} faults')
    return bool(faults) or not headers


if __name__ == '__main__':
    sys.exit(main())
