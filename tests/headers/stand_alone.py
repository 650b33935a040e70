#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks that each header compiles by itself, included twice and without a warning.

Usage: stand_alone.py INCLUDE_FOLDER HEADER... -- COMPILER...

Not each takes a program of its own. What a header includes at its top is there before its own first
line, whoever includes it, so it may as well come before the header. Hence the headers are strung
into chains, in which each header includes those before it, and a program is a chain.
"""

import os
import pathlib
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

FLAGS = ['-std=c++20', '-fsyntax-only', '-Wall', '-Wextra', '-Wpedantic', '-Wshadow',
         '-Wconversion', '-Werror', '-x', 'c++', '-']
INCLUDE = re.compile(r'^\s*#\s*include\s*["<](.+?)[">]', re.MULTILINE)
TOP = re.compile(r'(?:\s*(?://.*|#\s*pragma once|#\s*include\s.*)?\n)*')


class Includes:
    """Which of some headers come before the first line of each."""

    def __init__(self, texts):
        def ours(text):
            return [each for each in INCLUDE.findall(text) if each in texts]

        self.anywhere = {name: ours(text) for name, text in texts.items()}
        self.at_top = {name: ours(TOP.match(text)[0]) for name, text in texts.items()}

    def before(self, header):
        found, left = set(), list(self.at_top[header])
        while left:
            each = left.pop()
            if each not in found:
                found.add(each)
                left += self.anywhere[each]
        return found - {header}


def chains(texts):
    """Lists of headers in which each one includes those before it at its top."""
    includes = Includes(texts)
    before = {header: includes.before(header) for header in texts}
    found = []
    for header in sorted(texts, key=lambda each: len(before[each])):
        fitting = [chain for chain in found if chain[-1] in before[header]]
        if fitting:
            max(fitting, key=lambda chain: len(before[chain[-1]])).append(header)
        else:
            found.append([header])
    return found


def fault(chain, folder, compiler):
    """What the compiler says of a program that is nothing but these headers, each twice."""
    source = ''.join(f'#include <{header}>\n' * 2 for header in chain) + 'int main() {}\n'
    done = subprocess.run(compiler + [f'-I{folder}'] + FLAGS, input=source, text=True,
                          capture_output=True, check=False)
    return done.returncode and f'{" ".join(chain)}: one does not stand alone:\n{done.stderr}'


def faults(headers, folder, compiler):
    programs = chains({each: pathlib.Path(folder, each).read_text() for each in headers})
    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        return list(filter(None, pool.map(lambda each: fault(each, folder, compiler), programs)))


def main():
    divide = sys.argv.index('--')
    folder, *headers = sys.argv[1:divide]
    found = faults(headers, folder, sys.argv[divide + 1:])
    print('\n'.join(found) + f'{len(headers)} headers, {len(found)} faults')
    return bool(found) or not headers


if __name__ == '__main__':
    sys.exit(main())
