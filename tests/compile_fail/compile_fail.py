#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks that a mistake does not compile, and which words its author then reads.

Usage: compile_fail.py CASE INCLUDE_FOLDER... -- COMPILER...

CASE holds the mistake and, under `#ifdef GOOD`, what should have been written: that must compile,
so that the case cannot fail for another reason. `// expect: REGEX` lines say what is read: the
first one in the first error, each further one in any error or note.
"""

import os
import re
import subprocess
import sys

FLAGS = ['-std=c++20', '-fsyntax-only', '-Wall', '-Wextra', '-Wpedantic', '-Wshadow',
         '-Wconversion', '-Werror']


def compiled(case, folders, compiler, *flags):
    command = compiler + FLAGS + ['-I' + each for each in folders] + [*flags, case]
    plain = dict(os.environ, LC_ALL='C')  # quotes in ASCII, words in English
    done = subprocess.run(command, capture_output=True, text=True, env=plain, check=False)
    return done.returncode == 0, done.stderr


def fail(why, output):
    sys.exit(f'{why}\n----\n{output[:8000]}')


def main():
    divide = sys.argv.index('--')
    case, *folders = sys.argv[1:divide]
    compiler = sys.argv[divide + 1:]
    with open(case, encoding='utf-8') as source:
        expected = re.findall(r'^// expect: (.+)$', source.read(), re.MULTILINE)
    if not expected:
        sys.exit(f'{case} expects nothing: say "// expect: REGEX"')

    good, output = compiled(case, folders, compiler, '-DGOOD')
    if not good:
        fail('what should have been written does not compile', output)
    bad, output = compiled(case, folders, compiler)
    if bad:
        fail('the mistake compiles', output)

    errors = re.findall(r'^.*error: (.+)$', output, re.MULTILINE)
    words = re.findall(r'^.*(?:error|note): +(.+)$', output, re.MULTILINE)
    if not re.search(expected[0], errors[0]):
        fail(f'the first error is not\n    {expected[0]}\nbut\n    {errors[0]}', output)
    for each in expected[1:]:
        if not any(re.search(each, line) for line in words):
            fail(f'no error or note says\n    {each}', output)
    print(errors[0])


if __name__ == '__main__':
    main()
