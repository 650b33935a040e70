#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks the checker: in a tree with one fault, it finds that one and no other."""

import pathlib
import tempfile
import unittest

import tidy

ARCHITECTURE = '''# Architecture

| folder | may include |
|---|---|
| `core` | std |
| `selector`, `transport` | `core` |
| `call` | `core`, `retry/never.hpp`, `*/concept.hpp`; never `transport/concept.hpp` |
| `client.hpp` | `call` |

| library | only in |
|---|---|
| Poco | `transport/poco*.hpp` |
| POSIX | `transport/poco*.hpp` |
| simdjson | `selector/simd*.hpp` |
'''


def header(*lines):
    return '\n'.join(['// SPDX-License-Identifier: BSL-1.0', '#pragma once', '', '//! @file',
                      '//! A sentence.', '', *lines, ''])


CLEAN = {
    'core/index.hpp': header('#include <cstdint>', 'namespace etcdpp {', '}  // namespace etcdpp'),
    'core/effect.hpp': header('#include "etcdpp/core/index.hpp"'),
    'selector/concept.hpp': header('#include "etcdpp/core/index.hpp"'),
    'transport/concept.hpp': header('#include <etcdpp/core/index.hpp>'),
    'transport/poco.hpp': header('#include <Poco/Net/StreamSocket.h>', '#include <poll.h>'),
    'retry/never.hpp': header('#include <optional>'),
    'call/drive.hpp': header('#include "etcdpp/selector/concept.hpp"',
                             '#include "etcdpp/retry/never.hpp"'),
    'client.hpp': header('#include "etcdpp/call/drive.hpp"'),
}


class Tree:
    """A small project without a fault, in a folder of its own; files given by keyword differ."""

    def __init__(self, changes):
        self.folder = tempfile.TemporaryDirectory()
        files = {'docs/architecture.md': ARCHITECTURE}
        for name, text in CLEAN.items():
            files['include/etcdpp/' + name] = text
            files['tests/unit/' + name.replace('.hpp', '_test.cpp')] = test('a_fact_holds')
        listed = ''.join(f"  'etcdpp/{name}',\n" for name in CLEAN)
        files['include/meson.build'] = f'etcdpp_headers = [\n{listed}]\n'
        built = ''.join(f"  '{name}',\n" for name in CLEAN).replace('.hpp', '_test.cpp')
        files['tests/unit/meson.build'] = f'unit_tests = [\n{built}]\n'
        files.update(changes)
        for name, text in files.items():
            path = pathlib.Path(self.folder.name, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is not None:
                path.write_text(text, encoding='utf-8')


def test(name):
    return f'// SPDX-License-Identifier: BSL-1.0\nTEST(Index, {name})\n{{\n}}\n'


def faults(changes):
    tree = Tree(changes)
    with tree.folder:
        return [(fault.path, fault.line, fault.rule) for fault in tidy.faults_of(tree.folder.name)]


CORE = 'include/etcdpp/core/index.hpp'
UNIT = 'tests/unit/core/index_test.cpp'


class Tidy(unittest.TestCase):
    def expect(self, rule, path, line, text, **others):
        self.assertEqual(faults({path: text, **others}), [(path, line, rule)])

    def in_core(self, rule, *lines, at=7):
        self.expect(rule, CORE, at, header(*lines))

    def clean_core(self, *lines):
        self.assertEqual(faults({CORE: header(*lines)}), [])

    def test_a_clean_tree_has_no_fault(self):
        self.assertEqual(faults({}), [])

    def test_a_tree_without_headers_is_not_clean(self):
        with tempfile.TemporaryDirectory() as empty:
            self.assertTrue(tidy.faults_of(empty))

    def test_layers(self):
        self.in_core('layers', '#include "etcdpp/client.hpp"')
        self.in_core('layers', '#include <Poco/Exception.h>')
        self.in_core('layers', '#include <unistd.h>')
        self.in_core('layers', '#include <simdjson.h>')
        poco = 'include/etcdpp/transport/poco.hpp'
        self.expect('layers', poco, 7, header('#include <simdjson.h>'))
        self.in_core('layers', '#include <boost/asio.hpp>')
        self.in_core('layers', '#include "index.hpp"')
        selector = 'include/etcdpp/selector/concept.hpp'
        self.expect('layers', selector, 7, header('#include "etcdpp/transport/concept.hpp"'))
        drive = 'include/etcdpp/call/drive.hpp'
        self.expect('layers', drive, 7, header('#include "etcdpp/transport/concept.hpp"'))
        self.expect('layers', drive, 8, header('', '#include <etcdpp/transport/poco.hpp>'))
        client = 'include/etcdpp/client.hpp'
        self.expect('layers', client, 7, header('#include "etcdpp/core/index.hpp"'))

    def test_layers_need_their_tables(self):
        self.assertIn(('docs/architecture.md', 1, 'layers'), faults({'docs/architecture.md': '\n'}))

    def test_header_list(self):
        path = 'include/meson.build'
        listed = ''.join(f"'etcdpp/{name}',\n" for name in CLEAN)
        self.expect('header-list', path, 1, f"etcdpp_headers = [{listed} 'etcdpp/gone.hpp']\n")
        self.expect('header-list', path, 1, f"etcdpp_headers = [{listed} 'etcdpp/client.hpp']\n")
        listed = listed.replace("'etcdpp/client.hpp',\n", '')
        self.assertEqual(faults({path: f'etcdpp_headers = [{listed}]\n'}),
                         [('include/etcdpp/client.hpp', 1, 'header-list')])

    def test_openings(self):
        whole = header()
        self.expect('opening', CORE, 1, whole.replace('BSL-1.0', 'MIT'))
        self.expect('opening', CORE, 2, whole.replace('#pragma once\n', ''))
        self.expect('opening', CORE, 4, whole.replace('//! @file\n', ''))
        self.expect('opening', CORE, 4, whole.replace('//! A sentence.', ''))
        self.expect('opening', UNIT, 1, 'int main();\n')

    def test_unit_tests(self):
        self.assertEqual(faults({UNIT: None}), [(CORE, 1, 'unit-test')])

    def test_tests_that_no_build_names(self):
        self.expect('built', 'tests/unit/core/effects_test.cpp', 1, test('a_fact_holds'))
        self.expect('built', 'tests/unit/index_test.cpp', 1, test('a_fact_holds'))

    def test_lengths(self):
        self.in_core('line-length', '// ' + 98 * 'x')
        self.clean_core('// ' + 97 * '\u00fc')
        self.in_core('header-length', *(300 * ['//']), at=301)
        self.clean_core('// long because: it is a table.', *(300 * ['//']))

    def test_namespaces(self):
        self.in_core('namespace', 'namespace {')
        self.in_core('namespace', 'namespace etcdpp::helpers {')
        self.clean_core('namespace etcdpp::v2::detail {')

    def test_banned_words(self):
        self.in_core('clock', 'auto now = std::chrono::steady_clock::now();')
        self.in_core('clock', 'auto now = std::chrono::system_clock::now();')
        self.in_core('clock', 'auto now = Clock::now();')
        self.in_core('entropy', 'std::random_device device;')
        self.in_core('entropy', 'int dice = rand() % 6;')
        self.in_core('output', 'std::cout << 1;')
        self.in_core('output', 'std::cerr << 1;')
        self.in_core('output', 'printf("1");')
        self.in_core('using-namespace', 'using namespace std;')
        self.in_core('macro', '#define ETCDPP_FAST 1')
        self.in_core('throw', 'throw 1;')
        self.in_core('new', 'int* p = new int;')
        self.in_core('sleep', 'std::this_thread::sleep_for(second);')
        waiting = test('a_fact_holds') + 'std::this_thread::sleep_until(then);\n'
        self.expect('sleep', UNIT, 5, waiting)

    def test_banned_words_may_be_spoken_of(self):
        self.clean_core('//! Never calls steady_clock::now().', 'auto text = "throw \\" new";',
                        '/* using namespace', ' throw */', "auto c = '\"'; auto n = 1'000;",
                        'auto raw = R"(throw " new)";', '#include <new>')

    def test_comments(self):
        self.in_core('doc-tag', '//! @param key of what')
        self.clean_core('//! @see user@example.org')

    def test_test_names(self):
        self.expect('test-name', UNIT, 2, test('CamelCase'))
        self.expect('test-name', UNIT, 2, test('DISABLED_a_fact_holds'))

    def test_text(self):
        self.in_core('text', 'int a; ')
        self.in_core('text', '\tint a;')
        self.expect('text', CORE, 7, header('int a;').rstrip())

    def test_words(self):
        self.in_core('todo', '// TO' 'DO: later')
        self.clean_core('// TO' 'DO(#12): later')
        self.in_core('leftover', '// FIX' 'ME')
        self.in_core('conflict', '<' * 7 + ' HEAD')

    def test_machine_paths(self):
        self.in_core('machine-path', '// in /' 'tmp/etcd')
        self.expect('machine-path', 'docs/log.md', 1, 'in /' 'home/somebody\n')
        self.assertEqual(faults({'scripts/demo': 'cd /' 'tmp\n'}), [])

    def test_allowances(self):
        path = 'tests/tidy/allowed.txt'
        code = header('throw 1;')
        self.assertEqual(faults({CORE: code, path: f'throw {CORE} because\n'}), [])
        self.assertEqual(faults({CORE: code, path: 'throw include/*/core/* because\n'}), [])
        self.expect('allowance', path, 1, f'throw {CORE}\n', **{CORE: code})
        self.expect('allowance', path, 2, f'\nthrow {CORE} nothing throws there\n')


if __name__ == '__main__':
    unittest.main()
