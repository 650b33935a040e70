#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks what no compiler does: layers, the list of headers, tests for each, banned words, lengths.

Usage: tidy.py PROJECT

Prints `file:line: rule: what is wrong`, one line for each fault, and fails if there is any. Who may
include whom stands in docs/architecture.md. An exception is a line of tests/tidy/allowed.txt, with
its reason; one that nothing needs is a fault, too.
"""

import pathlib
import re
import subprocess
import sys
from collections import namedtuple
from fnmatch import fnmatchcase

ALLOWED = 'tests/tidy/allowed.txt'
LONGEST_LINE = 100
LONGEST_HEADER = 300
LICENCE = '// SPDX-License-Identifier: BSL-1.0'
NAMESPACES = {'etcdpp', 'v2', 'http', 'sim', 'mocks', 'detail'}
DOC_TAGS = {'file', 'pre', 'throws', 'see', 'returns'}
# What the includes of a library of the second table look like.
LIBRARIES = {'Poco': r'Poco/', 'Hana': r'boost/hana', 'gmock': r'gmock/', 'gtest': r'gtest/',
             'OpenSSL': r'openssl/', 'simdjson': r'simdjson\.h$',
             'POSIX': r'((arpa|net|netinet|sys)/)?(?!simdjson)\w+\.h$'}

# Never in a public header, outside comments and literals: rule, pattern, advice.
BANNED_IN_HEADERS = [
    ('clock', r'\b\w*[Cc]lock::now\b|\bclock_gettime\b|\bgettimeofday\b', 'ask the environment'),
    ('entropy', r'\brandom_device\b|\bs?rand\s*\(|\bmt19937', 'ask the environment'),
    ('output', r'\bstd::(?:cout|cerr|clog)\b|\bf?(?:printf|puts)\s*\(', 'notify the environment'),
    ('using-namespace', r'\busing\s+namespace\b', 'it reaches whoever includes this'),
    ('macro', r'^\s*#\s*define\b', 'a constexpr, a template or a function does it'),
    ('throw', r'\bthrow\b', 'return unexpected(...)'),
    ('new', r'(?<!operator )\bnew\b|\bmalloc\s*\(', 'use a value, a container or a smart pointer'),
]
# Nor in a test: what waits for a time has not been told what to wait for.
BANNED_EVERYWHERE = [
    ('sleep', r'\bthis_thread::sleep_\w+|\b(?:u|nano)?sleep\s*\(', 'wait for an event, not a time'),
]

Fault = namedtuple('Fault', 'path line rule words')


class Project:
    """The files of a checkout, read once."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.texts = {}
        for path in self._paths():
            try:
                self.texts[path] = (self.root / path).read_bytes().decode()
            except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
                pass  # not text, or deleted and not yet committed
        self.codes = {path: code_only(text) for path, text in self.texts.items() if is_cpp(path)}

    def _paths(self):
        """What git knows or would take; without git, what is in no build folder."""
        git = ['git', '-C', self.root, 'ls-files', '-z']
        try:
            done = subprocess.run(git + ['--cached', '--others', '--exclude-standard'],
                                  capture_output=True, text=True, check=True)
            if (self.root / '.git').exists():
                return sorted(filter(None, done.stdout.split('\0')))
        except (OSError, subprocess.CalledProcessError):
            pass
        files = (each.relative_to(self.root) for each in self.root.rglob('*') if each.is_file())
        return sorted(each.as_posix() for each in files
                      if not re.match(r'build|\.git$|subprojects$', each.parts[0])
                      and '__pycache__' not in each.parts)

    def headers(self):
        """The public headers, relative to include/etcdpp."""
        prefix = 'include/etcdpp/'
        return [path[len(prefix):] for path in self.texts
                if path.startswith(prefix) and path.endswith('.hpp')]

    def lines(self, path):
        return enumerate(self.texts[path].split('\n'), 1)

    def code_lines(self, path):
        """The lines, with comments and the contents of literals blanked out."""
        return enumerate(self.codes[path].split('\n'), 1)


def is_cpp(path):
    return path.endswith(('.hpp', '.cpp'))


def in_include(header):
    return 'include/etcdpp/' + header


TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/'
                   r'|R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"'
                   r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'", re.DOTALL)


def code_only(text):
    return TOKEN.sub(lambda found: re.sub(r'[^\n]', ' ', found[0]), text)


# ---- Who includes whom


def table(text, *heads):
    """The rows of the Markdown table with these heads: (line number, cells)."""
    rows, inside = [], False
    for number, line in enumerate(text.split('\n'), 1):
        cells = [cell.strip() for cell in line.strip().strip('|').split('|')]
        if tuple(cells) == heads:
            inside = True
        elif not line.startswith('|'):
            inside = False
        elif inside and not set(line) <= set('|-: '):
            rows.append((number, cells))
    return rows


def names(words):
    """What stands in backticks."""
    return re.findall(r'`([^`]+)`', words)


def covers(pattern, header):
    """Whether a cell's folder, file or pattern means this header; `*` stays within a folder."""
    parts, of_header = pattern.split('/'), header.split('/')
    return len(parts) <= len(of_header) and all(map(fnmatchcase, of_header, parts))


class Layers:
    """The tables of docs/architecture.md. What follows the word never in a cell is forbidden."""

    def __init__(self, text):
        self.rows = {}
        for _, (places, allowed) in table(text, 'folder', 'may include'):
            may, never, *_ = re.split(r'(?<![/\w])never(?![.\w])', allowed) + ['']
            self.rows.update({place: (names(may), names(never)) for place in names(places)})
        self.libraries = {cells[0].strip('`'): names(cells[1])
                          for _, cells in table(text, 'library', 'only in')}

    def row_of(self, header):
        """The row that says most about a header: its own before its folder's."""
        return max((place for place in self.rows if covers(place, header)), key=len, default=None)

    def fault(self, header, included):
        row = self.row_of(header)
        if row is None:
            return 'docs/architecture.md has no row for it'
        may, never = self.rows[row]
        sibling = covers(row, included) and not row.endswith('.hpp')
        if any(covers(each, included) for each in never):
            return f'`{row}` may never include {included}'
        if not sibling and not any(covers(each, included) for each in may):
            return f'`{row}` may not include {included}'
        return None

    def library_fault(self, header, included):
        for library, places in self.libraries.items():
            if re.match(LIBRARIES.get(library, re.escape(library) + '/'), included):
                fits = any(covers(place, header) for place in places)
                return None if fits else f'{library} belongs only in ' + ', '.join(places)
        return f'docs/architecture.md has no row for <{included}>'


def includes(project, path):
    for number, line in project.lines(path):
        found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if found:
            yield number, found[1], found[2]


def check_layers(project):
    layers = Layers(project.texts.get('docs/architecture.md', ''))
    for head, rows in (('folder', layers.rows), ('library', layers.libraries)):
        if not rows:
            yield Fault('docs/architecture.md', 1, 'layers', f'there is no table with head {head}')
    for header in project.headers():
        path = in_include(header)
        for number, quote, included in includes(project, path):
            words = None
            if included.startswith('etcdpp/'):
                words = layers.fault(header, included[len('etcdpp/'):])
            elif quote == '"':
                words = f'"{included}" is not reached by its whole path'
            elif re.search(r'[/.]', included):
                words = layers.library_fault(header, included)
            if words:
                yield Fault(path, number, 'layers', words)


# ---- Headers


def check_header_list(project):
    build_file = 'include/meson.build'
    build_text = project.texts.get(build_file, '')
    found = re.search(r'etcdpp_headers\s*=\s*\[(.*?)\]', build_text, re.DOTALL)
    listed = re.findall(r"'([^']+)'", found[1]) if found else []
    present = ['etcdpp/' + header for header in project.headers()]
    for header in sorted(set(present) - set(listed)):
        yield Fault('include/' + header, 1, 'header-list', f'{build_file} does not list it')
    for header in sorted(set(listed) - set(present)):
        yield Fault(build_file, 1, 'header-list', f'{header} does not exist')
    for header in sorted({each for each in listed if listed.count(each) > 1}):
        yield Fault(build_file, 1, 'header-list', f'{header} is listed twice')


def check_openings(project):
    for path, text in project.texts.items():
        if is_cpp(path) and not text.startswith(LICENCE + '\n'):
            yield Fault(path, 1, 'opening', f'the first line is not {LICENCE}')
        if path.endswith('.hpp'):
            if '\n#pragma once\n' not in text:
                yield Fault(path, 2, 'opening', '#pragma once is missing')
            described = re.search(r'^//! @file\n//! \S', text, re.MULTILINE)
            if path.startswith('include/') and not described:
                yield Fault(path, 4, 'opening', 'no `//! @file` with a sentence below it')


def check_unit_tests(project):
    for header in project.headers():
        test = 'tests/unit/' + header.replace('.hpp', '_test.cpp')
        if test not in project.texts:
            yield Fault(in_include(header), 1, 'unit-test', f'there is no {test}')


def check_lengths(project):
    for path, text in project.texts.items():
        if not is_cpp(path) and not path.endswith(('.py', '/meson.build', '.sh')):
            continue
        for number, line in project.lines(path):
            if len(line) > LONGEST_LINE:
                yield Fault(path, number, 'line-length', f'{len(line)} columns, {LONGEST_LINE} fit')
        length, explained = text.count('\n'), '// long because: ' in text
        is_header = path.startswith('include/') and is_cpp(path)
        if is_header and length > LONGEST_HEADER and not explained:
            yield Fault(path, LONGEST_HEADER + 1, 'header-length',
                        f'{length} lines, and no `// long because: ...`; is it two ideas?')


def check_namespaces(project):
    for header in project.headers():
        path = in_include(header)
        for number, line in project.code_lines(path):
            found = re.match(r'\s*(?:inline\s+)?namespace\s*([\w:]*)\s*\{', line)
            if found and not set(found[1].split('::')) <= NAMESPACES:
                words = f'namespace {found[1]} is not one of ours' if found[1] else 'it has no name'
                yield Fault(path, number, 'namespace', words)


# ---- Words


def check_banned_code(project):
    for path in project.codes:
        rules = []
        if path.startswith(('include/', 'tests/', 'examples/')):
            rules += BANNED_EVERYWHERE
        if path.startswith('include/'):
            rules += BANNED_IN_HEADERS
        for number, line in project.code_lines(path):
            for rule, pattern, advice in rules:
                found = None if '#include' in line else re.search(pattern, line)
                if found:
                    yield Fault(path, number, rule, f'{found[0].strip()}: {advice}')


def check_comments(project):
    for path in project.codes:
        for number, line in project.lines(path):
            for tag in re.findall(r'//[!/].*?(?<![\w.])@([a-z]+)\b', line):
                if tag not in DOC_TAGS:
                    yield Fault(path, number, 'doc-tag', f'@{tag} is none of {sorted(DOC_TAGS)}')


def check_tests(project):
    for path in project.codes:
        for number, line in project.code_lines(path):
            found = re.match(r'\s*(?:TYPED_)?TEST(?:_F|_P)?\((\w+), *(\w+)', line)
            if not found:
                continue
            subject, name = found.groups()
            if 'DISABLED_' in subject + name:
                yield Fault(path, number, 'test-name', 'a test that does not run proves nothing')
            elif not re.fullmatch(r'[a-z0-9]+(?:_[A-Za-z0-9]+)*', name):
                yield Fault(path, number, 'test-name', f'{name} is not a sentence in snake_case')


def check_built(project):
    """A test that no build names is never compiled, and nobody misses it."""
    for path in project.codes:
        if path.endswith('_test.cpp') and not is_built(project, path):
            yield Fault(path, 1, 'built', 'no meson.build of its folder, or above, names it')


def is_built(project, path):
    parts = path.split('/')
    return any(f"'{'/'.join(parts[depth:])}'" in
               project.texts.get('/'.join([*parts[:depth], 'meson.build']), '')
               for depth in range(len(parts)))


WORDS = [
    ('todo', re.compile(r'\bTO' r'DO\b(?! ?\(?#\d)'), 'names no issue: #number'),
    ('leftover', re.compile(r'\b(?:FIX' r'ME|XX' r'X|HA' r'CK|NO' r'COMMIT)\b'), 'open an issue'),
    ('conflict', re.compile(r'^(?:<{7} |={7}$|>{7} )'), 'a merge that was not finished'),
]
MACHINE_PATH = re.compile(r'(?<![\w.:/*}-])/(?:work|tmp|home|root)\b')


def check_text(project):
    for path, text in project.texts.items():
        if text and not text.endswith('\n'):
            yield Fault(path, text.count('\n') + 1, 'text', 'the last line has no end')
        for number, line in project.lines(path):
            if line != line.rstrip() or '\t' in line:
                yield Fault(path, number, 'text', 'a tab, or white space at the end')
            for rule, pattern, advice in WORDS:
                if pattern.search(line):
                    yield Fault(path, number, rule, advice)
            found = MACHINE_PATH.search(line)
            if found and not path.startswith('scripts/'):
                yield Fault(path, number, 'machine-path', f'{found[0]} is a place on one machine')


# ---- All together

CHECKS = [check_layers, check_header_list, check_openings, check_unit_tests, check_lengths,
          check_namespaces, check_banned_code, check_comments, check_tests, check_built,
          check_text]


def allowances(project):
    """(rule, pattern of paths) to the line that says so; a line without a reason is a fault."""
    allowed, faults = {}, []
    for number, line in project.lines(ALLOWED) if ALLOWED in project.texts else ():
        rule, _, rest = line.partition(' ')
        place, _, reason = rest.strip().partition(' ')
        if not line or line.startswith('#'):
            continue
        if not reason.strip():
            faults.append(Fault(ALLOWED, number, 'allowance', 'needs: rule path reason'))
        allowed[rule, place] = number
    return allowed, faults


def faults_of(root):
    project = Project(root)
    allowed, faults = allowances(project)
    used = set()
    for fault in (fault for check in CHECKS for fault in check(project)):
        granted = {(rule, place) for rule, place in allowed
                   if rule == fault.rule and fnmatchcase(fault.path, place)}
        used |= granted
        if not granted:
            faults.append(fault)
    faults += [Fault(ALLOWED, number, 'allowance', f'nothing needs {" ".join(key)}')
               for key, number in allowed.items() if key not in used]
    if not project.headers():
        faults.append(Fault('include/etcdpp', 1, 'layers', 'no header was found: wrong folder?'))
    return sorted(faults)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    faults = faults_of(sys.argv[1])
    for fault in faults:
        print(f'{fault.path}:{fault.line}: {fault.rule}: {fault.words}')
    print(f'{len(faults)} faults')
    return bool(faults)


if __name__ == '__main__':
    sys.exit(main())
