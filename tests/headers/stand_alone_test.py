#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks the checker: it finds a header that needs what it does not include, wherever that stands.

Usage: stand_alone_test.py COMPILER...
"""

import pathlib
import sys
import tempfile
import unittest

import stand_alone

TYPE = '#pragma once\n// A type.\n#include <cstddef>\nstruct Type {};\n'
USER = '#pragma once\n#include "type.hpp"\n\n#include <cstddef>\nType made();\n'
NEEDY = '#pragma once\nType needed();\n'
COMPILER = sys.argv[1:]


class Faults(unittest.TestCase):
    def faults(self, **texts):
        headers = {f'{name}.hpp': text for name, text in texts.items()}
        with tempfile.TemporaryDirectory() as folder:
            for name, text in headers.items():
                (pathlib.Path(folder) / name).write_text(text)
            return stand_alone.faults(list(headers), folder, COMPILER)

    def test_what_stands_alone(self):
        self.assertEqual(self.faults(type=TYPE, user=USER), [])

    def test_what_needs_an_include(self):
        self.assertEqual(len(self.faults(needy=NEEDY)), 1)
        self.assertEqual(len(self.faults(type=TYPE, needy=NEEDY, user=USER)), 1)

    def test_what_is_included_after_what_it_needs(self):
        both = '#pragma once\n#include "type.hpp"\n\n#include "needy.hpp"\n'
        self.assertEqual(len(self.faults(type=TYPE, needy=NEEDY, both=both)), 1)

    def test_what_includes_it_too_late(self):
        late = NEEDY + '#include "type.hpp"\n'
        self.assertEqual(len(self.faults(type=TYPE, late=late)), 1)

    def test_what_may_not_be_included_twice(self):
        self.assertEqual(len(self.faults(type=TYPE.replace('#pragma once\n', ''))), 1)

    def test_what_is_warned_of(self):
        cut = '#pragma once\ninline int cut(long n) { return n; }\n'
        self.assertEqual(len(self.faults(cut=cut)), 1)


class Chains(unittest.TestCase):
    def test_each_has_what_is_before_it(self):
        self.assertEqual(stand_alone.chains({'user.hpp': USER, 'type.hpp': TYPE}),
                         [['type.hpp', 'user.hpp']])
        texts = {'a': '', 'b': '#include "a"\n', 'c': '#include "b"\n', 'd': '#include "b"\n'}
        self.assertEqual(stand_alone.chains(texts), [['a', 'b', 'c'], ['d']])

    def test_an_include_below_the_top_does_not_count_for_its_own_header(self):
        texts = {'a': '', 'b': 'struct B;\n#include "a"\n', 'c': '#include "b"\n'}
        self.assertEqual(stand_alone.chains(texts), [['a', 'c'], ['b']])


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
