#!/usr/bin/env python3
"""Compiles every C++ block of the documents, and runs the README's program on a real etcd.

Usage: check_docs.py PROJECT COMPILER LIBRARY...

A block with an `#include` is a file; any other is a fragment, and is put into a function that has
the names a reader would expect: client, keys, result. Only blocks marked ```c++ count. The
fragments of all documents are compiled together, a file by itself.
"""
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

PRELUDE = """#include <etcdpp/environment/log_observer.hpp>
#include <etcdpp/environment/observed.hpp>
#include <etcdpp/etcdpp.hpp>
#include <etcdpp/sim/cluster.hpp>
#include <etcdpp/v2/watch_set.hpp>
#include <iostream>
namespace e = etcdpp;
using namespace std::chrono_literals;
"""
FRAGMENT = """[[maybe_unused]] static void fragment_{number}(e::Client<>& client)
{{
    [[maybe_unused]] auto keys = e::v2::Keys{{client}};
    [[maybe_unused]] auto result = keys.get("/foo");
{code}
}}
"""
# The default client and Poco are not what is looked at: without them it takes half the time.
FLAGS = ["-std=c++20", "-fsyntax-only", "-DETCDPP_SEPARATE_COMPILATION",
         "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror"]


def blocks(document):
    text = document.read_text()
    for found in re.finditer(r"^```c\+\+\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        yield text.count("\n", 0, found.start()) + 1, found[1]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Etcd:
    """One member on free loopback ports, ended with the `with` block."""

    def __enter__(self):
        if not shutil.which("etcd"):
            sys.exit("etcd is not installed: apt-get install etcd-server, or run scripts/test")
        self.folder = tempfile.TemporaryDirectory()
        self.url, peer = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
        self.process = subprocess.Popen(
            ["etcd", "--enable-v2", "--data-dir", self.folder.name,
             "--listen-client-urls", self.url, "--advertise-client-urls", self.url,
             "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
             "--initial-cluster", f"default={peer}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                urllib.request.urlopen(self.url + "/health", timeout=1)
                return self
            except OSError:
                time.sleep(0.05)
        sys.exit("etcd did not come up within 10 s")

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()


def main():
    project, compiler, libraries = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    include = ["-I", str(project / "include")]
    faults = checked = 0
    fragments, files = PRELUDE, []
    for document in [project / "README.md", *sorted((project / "docs").rglob("*.md"))]:
        for line, block in blocks(document):
            checked += 1
            code = f'#line {line + 1} "{document.relative_to(project)}"\n{block}'
            if "#include" in block:
                files.append(code)
            else:
                fragments += FRAGMENT.format(number=checked, code=code)
    for source in [fragments, *files]:
        run = subprocess.run([compiler, *FLAGS, *include, "-x", "c++", "-"],
                             input=source, text=True, capture_output=True)
        if run.returncode != 0:
            faults += 1
            print(f"a block does not compile\n{run.stderr}")
    if checked == 0:
        sys.exit("no block was found: is the pattern right?")

    _, program = next(blocks(project / "README.md"))
    with Etcd() as etcd, tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "first.cpp")
        source.write_text(re.sub(r'"http://127[^"]*"', f'"{etcd.url}"', program, count=1))
        subprocess.run(
            [compiler, "-std=c++20", *include, source, "-o", f"{folder}/first", *libraries],
            check=True)
        said = subprocess.run([f"{folder}/first"], capture_output=True, text=True, timeout=30)
        if said.stdout != "bar\n":
            faults += 1
            print(f"README's first program said {said.stdout!r} and {said.stderr!r}, not bar")
    print(f"{checked} blocks checked, {faults} faults")
    sys.exit(1 if faults else 0)


main()
