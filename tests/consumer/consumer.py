#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Builds somebody's program in three ways: with the library as a Meson subproject, and with it
installed, by pkg-config and by CMake.

Usage: consumer.py PROJECT MESON VERSION COMPILER...

As a subproject, nothing but headers is taken: there are no tests, examples or benchmarks even to
look at, and none of the library's options reach the program. Installed, there are the headers, two
pkg-config files and two of CMake, and nothing else.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PROGRAMS = {'umbrella': 'etcdpp', 'own_policies': 'etcdpp-core'}
CMAKE_FILES = ['etcdppConfig.cmake', 'etcdppConfigVersion.cmake']

# Meson says the one for all, the other for all who use Boost.
MESONS_OWN = {'-D_FILE_OFFSET_BITS=64', '-DBOOST_ALL_NO_LIB'}


def run(*command, **environment):
    done = subprocess.run([str(each) for each in command], capture_output=True, text=True,
                          env=dict(os.environ, LC_ALL='C', **environment), check=False)
    if done.returncode != 0:
        sys.exit(f'{" ".join(map(str, command))} failed:\n{done.stdout}{done.stderr}')
    return done.stdout


def expect(fact, words):
    if not fact:
        sys.exit(words)


def expect_equal(found, wanted, what):
    expect(found == wanted, f'{what}:\n  found  {found}\n  wanted {wanted}')


class Consumer:
    def __init__(self, project, meson, version, compiler, folder):
        self.project, self.meson, self.version, self.compiler = project, meson, version, compiler
        self.folder = folder
        self.sources = pathlib.Path(__file__).parent / 'project'

    def set_up(self, source, build, *options):
        run(self.meson, 'setup', '--wrap-mode=nodownload', *options, source, build,
            CXX=' '.join(self.compiler), CXXFLAGS='', LDFLAGS='')

    def as_subproject(self):
        app, build = self.folder / 'app', self.folder / 'app/build'
        shutil.copytree(self.sources, app)
        library = app / 'subprojects/etcdpp'
        shutil.copytree(self.project / 'include', library / 'include')
        for name in ('meson.build', 'meson_options.txt'):
            shutil.copy(self.project / name, library)
        self.set_up(app, build)
        self.takes_only_headers(build)
        self.leaks_no_options(build, library)
        run('ninja', '-C', build)
        for program in PROGRAMS:
            run(build / program)

    def introspect(self, build, what):
        return json.loads(run(self.meson, 'introspect', what, build))

    def takes_only_headers(self, build):
        targets = {target['name'] for target in self.introspect(build, '--targets')}
        expect_equal(targets, set(PROGRAMS), 'the targets')
        expect_equal(self.introspect(build, '--tests'), [], 'the tests')
        expect_equal(self.introspect(build, '--benchmarks'), [], 'the benchmarks')

    def leaks_no_options(self, build, library):
        options = {each['name']: each['value'] for each in self.introspect(build, '--buildoptions')}
        expect_equal((options['warning_level'], options['werror'], options['buildtype']),
                     ('0', False, 'plain'), "the program's own options")
        for entry in json.loads((build / 'compile_commands.json').read_text()):
            flags = entry['command'].split()
            foreign = [flag for flag in flags if flag.startswith(('-W', '-D', '-O', '-fsanitize'))
                       and flag not in MESONS_OWN]
            expect_equal(foreign, [], f'flags for {entry["file"]} that it did not ask for')
            expect(any(library.name in flag and flag.endswith('include') for flag in flags),
                   f'the headers are not on the path: {entry["command"]}')

    def installed(self):
        prefix, build = self.folder / 'prefix', self.folder / 'build'
        self.set_up(self.project, build, '-Ddevel=false', f'--prefix={prefix}')
        run(self.meson, 'install', '--no-rebuild', '-C', build)
        packages = self.installs_what_it_should(prefix)
        for program, package in PROGRAMS.items():
            flags = run('pkg-config', '--cflags', '--libs', package, PKG_CONFIG_PATH=str(packages))
            version = run('pkg-config', '--modversion', package, PKG_CONFIG_PATH=str(packages))
            expect_equal(version.strip(), self.version, f'the version of {package}')
            output = self.folder / program
            run(*self.compiler, '-std=c++20', self.sources / f'{program}.cpp', '-o', output,
                *flags.split())
            run(output)
        self.found_by_cmake(prefix)

    def found_by_cmake(self, prefix):
        """Also where it was moved to, and without Poco for those who need none."""
        moved = self.folder / 'moved'
        prefix.rename(moved)
        minor = '.'.join(self.version.split('.')[:2])
        for wanted, programs in ((minor, PROGRAMS), (f'{minor};COMPONENTS;core', ['own_policies'])):
            build = self.folder / f'by-cmake-{len(programs)}'
            hidden = [] if len(programs) > 1 else ['-DCMAKE_DISABLE_FIND_PACKAGE_Poco=ON']
            self.configure_with_cmake(moved, build, f'{wanted};REQUIRED', *hidden)
            run('cmake', '--build', build)
            built = sorted(each for each in PROGRAMS if (build / each).exists())
            expect_equal(built, sorted(programs), f'the programs that CMake built with {wanted}')
            for program in programs:
                run(build / program)
        for wanted in ('99', '0.0', f'{minor};COMPONENTS;nonsense'):
            self.configure_with_cmake(moved, self.folder / 'not-found', wanted, succeeds=False)

    def configure_with_cmake(self, prefix, build, wanted, *options, succeeds=True):
        command = ['cmake', '-S', self.sources.parent / 'cmake_project', '-B', build,
                   f'-DCMAKE_PREFIX_PATH={prefix}', f'-DWANTED={wanted}',
                   f'-DCMAKE_CXX_COMPILER={self.compiler[-1]}', *options]
        done = subprocess.run([str(each) for each in command], capture_output=True, text=True,
                              check=False)
        expect((done.returncode == 0) == succeeds,
               f'CMake, asked for etcdpp {wanted}:\n{done.stdout}{done.stderr}')
        if not succeeds:
            shutil.rmtree(build, ignore_errors=True)

    def installs_what_it_should(self, prefix):
        """Returns the folder of the pkg-config files."""
        files = {path.relative_to(prefix) for path in prefix.rglob('*') if path.is_file()}
        headers = {path.relative_to(self.project)
                   for path in (self.project / 'include').rglob('*.hpp')}
        expect_equal(sorted(headers - files), [], 'headers that were not installed')
        others = sorted(path.name for path in files - headers)
        wanted = [f'{each}.pc' for each in PROGRAMS.values()] + CMAKE_FILES
        expect_equal(others, sorted(wanted), 'the other files')
        return next(prefix.rglob('etcdpp.pc')).parent


def main():
    project, meson, version, *compiler = sys.argv[1:]
    expect(shutil.which('cmake'), 'cmake is not installed: apt-get install cmake, or scripts/test')
    with tempfile.TemporaryDirectory() as folder:
        consumer = Consumer(pathlib.Path(project), meson, version, compiler, pathlib.Path(folder))
        consumer.as_subproject()
        consumer.installed()
    print('as a subproject, by pkg-config and by CMake: builds, links and runs')


if __name__ == '__main__':
    main()
