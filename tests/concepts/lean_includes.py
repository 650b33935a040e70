#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks that a program with a transport and a codec of its own pays for neither Poco nor Hana.

Usage: lean_includes.py SOURCE INCLUDE_FOLDER... -- COMPILER...

Fails if SOURCE, by itself or through others, includes a header that it must not, and says which
header of ours brought it in.
"""

import re
import subprocess
import sys

FORBIDDEN = {
    'Poco': r'/Poco/',
    'Hana': r'/boost/hana',
    'GoogleMock': r'/gmock/',
    'GoogleTest': r'/gtest/',
    'OpenSSL': r'/openssl/',
    'iostream, and with it static constructors': r'/iostream$',
}


def includes(source, folders, compiler):
    """The chain of headers that leads to each header: `-H` prints them as an indented tree."""
    command = compiler + ['-std=c++20', '-H', '-fsyntax-only'] + ['-I' + each for each in folders]
    done = subprocess.run(command + [source], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f'{source} does not compile:\n{done.stderr}')
    chain = []
    for line in done.stderr.splitlines():
        found = re.match(r'(\.+) (.+)', line)
        if found:
            depth = len(found[1])
            chain[depth - 1:] = [found[2]]
            yield list(chain)


def main():
    divide = sys.argv.index('--')
    source, *folders = sys.argv[1:divide]
    chains = list(includes(source, folders, sys.argv[divide + 1:]))
    if not any(chain[-1].endswith('etcdpp/client.hpp') for chain in chains):
        sys.exit(f'{source} does not include the client: nothing was proved')
    guilty = [(what, chain) for chain in chains
              for what, pattern in FORBIDDEN.items() if re.search(pattern, chain[-1])]
    for what, chain in guilty[:5]:
        print(f'{source} must not include {what}, but does:\n  ' + '\n  '.join(chain))
    print(f'{len(chains)} headers, {len(guilty)} of them forbidden')
    return bool(guilty)


if __name__ == '__main__':
    sys.exit(main())
