#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks that what two documents name is there: so that they cannot rot.

Usage: check_references.py PROJECT

docs/migrating.md: in each table whose second column is headed "here", that column names what the
public headers have, or begins with "none" or "not yet", and then the third column says why; what it
names is not there. In the third, what has `::` in it and what is a header is looked up, too.
docs/caveats.md: each numbered section names a test, or says "No test".
"""
import pathlib
import re
import sys

CODE = re.compile(r"`([^`]+)`")
NAME = re.compile(r"[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*")
TEST = re.compile(r"[A-Z]\w*\.[a-z]\w+")
KEYWORDS = {"auto", "bool", "const", "double", "false", "for", "int", "operator", "true", "void"}


class Header:
    """What a header declares: its scopes, and every word outside of comments and strings."""

    def __init__(self, text):
        code = re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', " ", text, flags=re.DOTALL)
        self.words = set(re.findall(r"[A-Za-z_]\w*", code))
        self.scopes = set(re.findall(r"\b(?:struct|class)\s+(\w+)", code))
        for namespace in re.findall(r"\bnamespace\s+([\w:]+)", code):
            self.scopes.update(namespace.split("::"))

    def has(self, scope, name):
        return scope in self.scopes and name in self.words


class Include:
    def __init__(self, folder):
        self.folder = folder
        self.headers = [Header(path.read_text()) for path in folder.rglob("*.hpp")]

    def missing(self, span):
        """The names in a piece of code that no header has."""
        if span.endswith(".hpp"):
            return [] if (self.folder / span).is_file() else [span]
        names = NAME.findall(re.sub(r'"[^"]*"', "", span))
        return [name for name in names if name not in KEYWORDS and not self.has(name)]

    def has(self, name):
        parts = name.removeprefix("e::").split("::")
        if parts[0] == "std":
            return True
        if len(parts) == 1:
            return any(name in header.words for header in self.headers)
        return all(any(header.has(scope, member) for header in self.headers)
                   for scope, member in zip(parts, parts[1:]))


def rows(text):
    """Line and cells of each row below a head whose second cell is "here"."""
    wanted = False
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("|"):
            wanted = False
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not wanted:
            wanted = len(cells) == 3 and cells[1] == "here"
        elif not set(line) <= set("|- "):
            yield number, cells


def check_names(text, include):
    faults, seen = [], 0
    for line, cells in rows(text):
        seen += 1
        if len(cells) != 3:
            faults.append(f"{line}: {len(cells)} cells instead of 3")
            continue
        _, here, note = cells
        spans = CODE.findall(here)
        faults += [f"{line}: {name} is in no public header" for span in CODE.findall(note)
                   if "::" in span or span.endswith(".hpp") for name in include.missing(span)]
        if re.match(r"(none|not yet)\b", here):
            if not note:
                faults.append(f"{line}: nothing says why not, and what to do instead")
            faults += [f"{line}: {span} is there now: what does it do instead of \"{here}\"?"
                       for span in spans if not include.missing(span)]
        elif not spans:
            faults.append(f'{line}: "{here}" names nothing')
        else:
            faults += [f"{line}: {name} is in no public header"
                       for span in spans for name in include.missing(span)]
    if not seen:
        faults.append('1: no table has a second column "here"')
    return faults


def tests_of(path):
    pattern = r"^(?:TYPED_)?TEST(?:_[FP])?\(\s*(\w+),\s*(\w+)\s*\)"
    found = re.findall(pattern, path.read_text(), re.MULTILINE)
    return {f"{suite}.{name}" for suite, name in found}


def check_tests(text, project):
    faults, path, section, proved = [], None, None, True

    def close():
        if not proved:
            faults.append(f"{section}: names no test")

    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#"):
            close()
            section, proved = number, not re.match(r"### \d", line)
        proved = proved or "No test" in line
        for span in CODE.findall(line):
            if span.startswith("tests/"):
                path, proved = project / span, True
                if not path.is_file():
                    faults.append(f"{number}: there is no {span}")
            elif TEST.fullmatch(span) and (
                    path is None or not path.is_file() or span not in tests_of(path)):
                faults.append(f"{number}: {span} is no test of {path and path.name}")
    close()
    return faults


def main():
    project = pathlib.Path(sys.argv[1])
    migrating, caveats = project / "docs/migrating.md", project / "docs/caveats.md"
    faults = [f"{migrating.name}:{each}" for each in check_names(
        migrating.read_text(), Include(project / "include"))]
    faults += [f"{caveats.name}:{each}" for each in check_tests(caveats.read_text(), project)]
    print("\n".join([*faults, f"{len(faults)} faults"]))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
