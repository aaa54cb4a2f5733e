"""Change the code in small ways, one at a time; list what no test notices: `make mutants`.

    python -m tests.mutants                                    # 100 changes, seed 1
    python -m tests.mutants --seed 7 --count 150
    python -m tests.mutants --within seeds/prose --tests tests/unit/prose tests/unit/builders
    python -m tests.mutants --sqlite                           # without PostgreSQL: half the time

The changes are made in a copy of the working tree, which is removed at the end. First the whole
suite runs once and records which tests run which line. The record is kept in .mutants/ until a file
changes. For each change, only tests that run the changed line are run: first the most specific ones
on SQLite; if these pass, more tests, also on PostgreSQL. Tests that hang count as having noticed
the change. The exit code is 0 even if changes survive.
"""

import argparse
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from sqlalchemy import URL

from tests.mutants import chosen_tests, mutations
from tests.mutants.mutations import Mutant
from tests.mutants.tests_of_lines import FOLDER_VARIABLE, Line, TestsOfLines, gather
from tests.oracle import trees
from tests.postgresql import plain, postgres_server

WITHIN = (
    "app/params", "app/query", "app/sql", "app/db", "app/api", "app/formats", "app/search",
    "app/edtf", "seeds/prose", "seeds/builders", "seeds/coverage", "seeds/reading", "seeds/publish",
)  # fmt: skip
KEPT = trees.ROOT / ".mutants"
LEFT_OUT = ("e2e", "mutants", "contract/openapi/test_fuzz.py", "integration/publish/test_kills.py")

# CPU seconds for the tests of a change: in the first run, and if the change survives it.
FIRST, THEN = 3.0, 30.0
# A test run hangs after TIMEOUT seconds, plus PER_SECOND for each expected second of CPU.
TIMEOUT, PER_SECOND = 120.0, 20.0

# Disable plugins that no test needs and that take seconds to import.
PYTEST = (sys.executable, "-m", "pytest", "-p", "anyio", "-p", "no:cacheprovider", "-q")


class RunError(Exception):
    """A test run without a usable result."""


@dataclass(frozen=True)
class Copy:
    """A copy of the tree in which tests run."""

    folder: Path
    sources: dict[str, bytes]
    environment: dict[str, str]

    @contextmanager
    def changed(self, mutant: Mutant) -> Generator[None]:
        """Apply a change to the copy until the context ends."""
        self._write(mutant.path, mutant.applied(self.sources[mutant.path]))
        try:
            yield
        finally:
            self._write(mutant.path, self.sources[mutant.path])

    def _write(self, path: str, source: bytes) -> None:
        file = self.folder / path
        file.write_bytes(source)
        # Python does not recompile a file with the same size and the same second of change.
        Path(cache_from_source(str(file))).unlink(missing_ok=True)

    def run(self, *arguments: str, seconds: float | None, **environment: str) -> tuple[int, str]:
        """Return the exit code and output of pytest. Raise TimeoutExpired if it takes too long.
        With an infinite timeout, pytest prints to the terminal itself."""
        process = subprocess.Popen(
            [*PYTEST, *arguments],
            cwd=self.folder,
            env={**os.environ, **self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if seconds else None,
            stderr=subprocess.STDOUT if seconds else None,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        try:
            output, _ = process.communicate(timeout=seconds)
        finally:
            _end_group(process)
        return process.returncode, output or ""


def _end_group(process: subprocess.Popen[str]) -> None:
    """End a process and its children. Send SIGINT first, so that it cleans up."""
    for number, patience in ((signal.SIGINT, 20), (signal.SIGKILL, None)):
        if process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=patience)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


@dataclass(frozen=True)
class Verdict:
    """The result of a change: how a test noticed it (None: no test did), and how many tests ran."""

    noticed: str | None
    modules: tuple[str, ...] = ()
    tests: int = 0


class Trial:
    """Tests changes in a copy of the tree."""

    def __init__(self, copy: Copy, found: TestsOfLines) -> None:
        self._copy = copy
        self._found = found

    def verdict(self, mutant: Mutant) -> Verdict:
        """Run the tests of a changed line until one fails."""
        contexts = self._found.contexts(self._lines(mutant))
        tests = self._found.tests(contexts)
        made = self._found.made(contexts)
        first = self._within(FIRST, [each for each in tests if "postgresql" not in each])
        then = self._within(THEN, [each for each in tests if each not in set(first)])
        ran: list[str] = []
        with self._copy.changed(mutant):
            for chosen in filter(None, (first, then)):
                ran += chosen
                if noticed := self._noticed(chosen, made):
                    return Verdict(noticed, _modules(ran), len(ran))
        return Verdict(None, _modules(ran), len(ran))

    def _lines(self, mutant: Mutant) -> set[Line]:
        """The lines whose behaviour the change alters."""
        if mutant.name is not None:
            return mutations.uses(self._copy.sources, [mutant.name])
        first, last = mutations.statement(self._copy.sources[mutant.path], mutant.line)
        at = {(mutant.path, mutant.line)}
        # The interpreter may report a statement of several lines under its first line only.
        return at if self._found.contexts(at) else {(mutant.path, n) for n in range(first, last)}

    def _within(self, seconds: float, tests: Sequence[str]) -> list[str]:
        """Choose the first test and as many more as fit into the time. They are grouped by
        module, so that the fixtures of a module are made once."""
        chosen: list[str] = []
        for test in tests:
            cost = self._found.seconds[test]
            if not chosen or cost <= seconds:
                chosen.append(test)
                seconds -= cost
        modules = {module: at for at, module in reversed([*enumerate(_modules(chosen))])}
        return sorted(
            chosen, key=lambda test: ("postgresql" in test, modules[test.partition("::")[0]])
        )

    def _noticed(self, chosen: Sequence[str], made: list[str]) -> str | None:
        choice = chosen_tests.Choice(tests=[*chosen], made=made)
        file = self._copy.folder.parent / "choice.json"
        file.write_text(json.dumps(choice), encoding="utf-8")
        seconds = TIMEOUT + PER_SECOND * sum(self._found.seconds[test] for test in chosen)
        try:
            code, output = self._copy.run(
                "-x", "-p", chosen_tests.__name__, *_modules(chosen),
                seconds=seconds, **{chosen_tests.VARIABLE: str(file)},
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return f"the tests hang: not over after {seconds:.0f} s"
        if code == 5:  # pytest found no test: the change removed tests of these names
            return "its tests are gone"
        failed = re.search(r"^(?:FAILED|ERROR) (\S+\.py.*?)(?: - .*)?$", output, re.MULTILINE)
        return (failed[1] if failed else f"pytest ended with {code}") if code else None


def _modules(tests: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(test.partition("::")[0] for test in tests))


def main() -> None:
    """Choose changes at random, test them, report."""
    options = _options()
    # Remove the copy at SIGTERM, as at Ctrl-C; a shell may have set SIGINT to be ignored.
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        _try_all(options)
    except (trees.GitError, RunError) as fault:
        sys.exit(str(fault))
    except KeyboardInterrupt:
        sys.exit("Stopped. The copy of the tree is removed.")


def _try_all(options: argparse.Namespace) -> None:
    tree = trees.working_tree()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory(prefix="hkus-mutants-")))
        folder = scratch / "tree"
        trees.unpack(tree, folder)
        postgres = None if options.sqlite else stack.enter_context(postgres_server())
        copy = Copy(folder, _sources(folder, ["app", "seeds"]), _environment(postgres))
        drawn = mutations.draw(_sources(folder, options.within), options.seed, options.count)
        found = _tests_of_lines(copy, scratch, tree, options)
        trial = Trial(copy, found)
        survivors: list[Mutant] = []
        begun = time.monotonic()
        for number, mutant in enumerate(drawn, 1):
            verdict = trial.verdict(mutant)
            if verdict.noticed is None:
                survivors.append(mutant)
            source = copy.sources[mutant.path]
            _report(f"{number}/{len(drawn)}", mutant, verdict, source)
    say(
        f"{len(drawn)} drawn, {len(drawn) - len(survivors)} noticed, {len(survivors)} survived "
        f"(seed {options.seed}, {time.monotonic() - begun:.0f} s)"
    )


def _report(number: str, mutant: Mutant, verdict: Verdict, source: bytes) -> None:
    if verdict.noticed is not None:
        say(f"{number} {mutant.path}:{mutant.line} noticed: {verdict.noticed}")
        return
    say(f"{number} {mutant.path}:{mutant.line} SURVIVED")
    for line in mutant.diff(source):
        say(f"    {line}")
    say(f"    {verdict.tests} tests of {', '.join(verdict.modules)}" if verdict.tests else
        "    not covered: no test runs this line")  # fmt: skip


def _tests_of_lines(
    copy: Copy, scratch: Path, tree: str, options: argparse.Namespace
) -> TestsOfLines:
    """Load the record for this tree and these tests, or make it now."""
    ours = b"".join(file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py")))
    key = hashlib.sha256(ours + repr((tree, options.tests, options.sqlite)).encode())
    kept = KEPT / key.hexdigest()[:16]
    if not kept.exists():
        say("Running all tests once, to learn which lines each of them runs ...")
        begun = time.monotonic()
        measured = scratch / "measured"
        measured.mkdir()
        only = ("-k", "not postgresql") if options.sqlite else ()
        copy.run(
            "-p", "xdist", "-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal",
            "-p", "tests.mutants.line_recorder", "-m", "not browser and not node", *only,
            "--continue-on-collection-errors", "--tb=no",
            *(f"--ignore=tests/{each}" for each in LEFT_OUT), *options.tests, seconds=None,
            **{FOLDER_VARIABLE: str(measured), "COVERAGE_CORE": "ctrace"},
        )  # fmt: skip
        if not [*measured.glob("tests.*.json")]:
            raise RunError("The tests did not run; pytest says above why.")
        gather(measured, kept)
        say(f"... done in {time.monotonic() - begun:.0f} s.")
    found = TestsOfLines(kept)
    say(f"{len(found.seconds)} tests are measured; {len(found.failed)} fail without any change.")
    for test in found.failed:
        say(f"    left out: {test}")
    return found


def _sources(folder: Path, within: Sequence[str]) -> dict[str, bytes]:
    files = [
        file
        for each in within
        for file in ([folder / each] if each.endswith(".py") else (folder / each).rglob("*.py"))
    ]
    if missing := [each for each in within if not (folder / each).exists()]:
        raise RunError(f"There is no {', '.join(missing)} in the tree.")
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def _environment(postgres: URL | None) -> dict[str, str]:
    settings = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return {**settings, "HKUS_TEST_POSTGRES_URL": plain(postgres)} if postgres else settings


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--seed", type=int, default=1, help="draws other changes (1)")
    parser.add_argument("--count", type=int, default=100, help="how many changes (100)")
    parser.add_argument("--within", nargs="+", default=WITHIN, help="folders and files to change")
    parser.add_argument("--tests", nargs="+", default=["tests"], help="the tests to run (tests)")
    parser.add_argument("--sqlite", action="store_true", help="leave PostgreSQL out")
    return parser.parse_args()


def _end(number: int, _: object) -> NoReturn:
    raise KeyboardInterrupt


def say(line: str) -> None:
    """Print a line and flush."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
