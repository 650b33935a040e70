#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks the checker: it finds what is not there, and leaves alone what is."""

import pathlib
import tempfile
import unittest

import check_references

KEYS = """// class Ghost { void haunt(); };
namespace etcdpp::v2 {
class Keys {
    void set(char const* what = "unset");
};
}
"""
TESTS = "TEST_F(Keys, set_writes)\n{\n}\nTYPED_TEST_P(Suite, reads)\n{\n}\n// TEST(Keys, is_gone)\n"


class Names(unittest.TestCase):
    def faults(self, row):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "keys.hpp").write_text(KEYS)
            include = check_references.Include(pathlib.Path(folder))
            table = f"| Go | here | note |\n|---|---|---|\n{row}\n"
            return check_references.check_names(table, include)

    def test_what_is_there(self):
        for here in ("`Keys`", "`v2::Keys::set`", "`e::v2::Keys`, `set`", "`keys.hpp`",
                     "`std::span`"):
            self.assertEqual(self.faults(f"| `Set` | {here} | |"), [])

    def test_what_is_not_there(self):
        for here in ("`Ghost`", "`Keys::haunt`", "`unset`", "`v3::Keys`", "`gone.hpp`",
                     "`Keys`, `Gone`", "Keys"):
            self.assertEqual(len(self.faults(f"| `Set` | {here} | |")), 1, here)

    def test_notes(self):
        self.assertEqual(self.faults("| `Set` | `Keys` | `v2::Keys::set`, not `Go.Set` |"), [])
        self.assertEqual(len(self.faults("| `Set` | `Keys` | as `v2::Keys::gone` |")), 1)

    def test_what_is_absent_says_why(self):
        self.assertEqual(self.faults("| `Set` | none | use another |"), [])
        self.assertEqual(self.faults("| `Set` | not yet: `Soon` | until then wait |"), [])
        self.assertEqual(len(self.faults("| `Set` | none | |")), 1)
        self.assertEqual(len(self.faults("| `Set` | not yet: `Keys` | until then wait |")), 1)

    def test_a_row_that_is_none(self):
        self.assertEqual(len(self.faults("| `Set` | `Keys` |")), 1)
        self.assertEqual(len(self.faults("")), 1)


class Tests(unittest.TestCase):
    def faults(self, text):
        with tempfile.TemporaryDirectory() as folder:
            project = pathlib.Path(folder)
            (project / "tests").mkdir()
            (project / "tests/keys_test.cpp").write_text(TESTS)
            return check_references.check_tests(f"### 1. A caveat\n\n{text}\n", project)

    def test_what_is_there(self):
        text = "- `tests/keys_test.cpp`: `Keys.set_writes`,\n  `Suite.reads`"
        self.assertEqual(self.faults(text), [])
        self.assertEqual(self.faults("No test: nobody can."), [])

    def test_what_is_not_there(self):
        for text in ("", "`tests/gone.cpp`", "`tests/keys_test.cpp`: `Keys.is_gone`",
                     "`tests/keys_test.cpp`: `Gone.set_writes`",
                     "`Keys.set_writes` `tests/keys_test.cpp`"):
            self.assertEqual(len(self.faults(text)), 1, text)


if __name__ == "__main__":
    unittest.main()
