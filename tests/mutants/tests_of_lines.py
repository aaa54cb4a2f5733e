"""Which tests run a line, and how long each test takes.

The whole suite runs once in a copy of the tree to find out (`tests/mutants/line_recorder.py`). The
result is kept in .mutants/ under the id of the tree, so it is reused until a file changes.
"""

import json
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from coverage import Coverage

FOLDER_VARIABLE = "HKUS_MUTANTS_MEASURED"
MEASURED = ["app", "migrations", "seeds"]

Line = tuple[str, int]


def gather(measured: Path, kept: Path) -> None:
    """Combine the records of several processes from one folder and store them in another."""
    lines = Coverage(str(measured / "lines"), config_file=False)
    lines.set_option("run:relative_files", True)
    lines.combine([str(measured)], strict=True)
    lines.save()
    seconds: dict[str, float] = {}
    failed: set[str] = set()
    uses: defaultdict[str, set[str]] = defaultdict(set)
    for file in measured.glob("tests.*.json"):
        found = json.loads(file.read_text(encoding="utf-8"))
        seconds |= found["seconds"]
        failed |= set(found["failed"])
        for user, used in found["uses"].items():
            uses[user] |= set(used)
        file.unlink()
    together = {
        "seconds": {test: each for test, each in seconds.items() if test not in failed},
        "failed": sorted(failed),
        "uses": {user: sorted(used) for user, used in uses.items()},
    }
    (measured / "tests.json").write_text(json.dumps(together), encoding="utf-8")
    kept.parent.mkdir(exist_ok=True)
    shutil.rmtree(kept, ignore_errors=True)
    # Rename when complete, so that a stored record is never partial.
    whole = kept.with_suffix(".new")
    shutil.rmtree(whole, ignore_errors=True)
    shutil.copytree(measured, whole)
    whole.rename(kept)


@dataclass(frozen=True)
class TestsOfLines:
    """The record of a test run, in its folder."""

    folder: Path

    @cached_property
    def _found(self) -> dict[str, Any]:
        return json.loads((self.folder / "tests.json").read_text(encoding="utf-8"))

    @property
    def seconds(self) -> dict[str, float]:
        """The CPU time of each passed test, with the shared resources that it made first."""
        return self._found["seconds"]

    @property
    def failed(self) -> list[str]:
        """The tests that fail on the unchanged code."""
        return self._found["failed"]

    @cached_property
    def _users(self) -> dict[str, set[str]]:
        """For each shared resource, the tests that use it, directly or indirectly."""
        users: defaultdict[str, set[str]] = defaultdict(set)
        uses: dict[str, list[str]] = self._found["uses"]
        for test in self.seconds:
            seen, todo = {test}, [test]
            while todo:
                new = set(uses.get(todo.pop(), ())) - seen
                seen |= new
                todo += new
            for used in seen - {test}:
                users[used].add(test)
        return users

    @cached_property
    def _sizes(self) -> dict[str, int]:
        """For each test, how many lines it runs. A test that runs few lines is specific to them."""
        sizes: defaultdict[str, int] = defaultdict(int)
        query = "SELECT context, numbits FROM line_bits JOIN context ON context.id = context_id"
        for context, bits in self._select(query):
            sizes[context] += int.from_bytes(bits, "big").bit_count()
        return sizes

    def contexts(self, lines: Iterable[Line]) -> set[str]:
        """The tests and shared resources that run one of the lines."""
        query = (
            "SELECT context, numbits FROM line_bits JOIN context ON context.id = context_id "
            "JOIN file ON file.id = file_id WHERE path = ?"
        )
        by_path: defaultdict[str, set[int]] = defaultdict(set)
        for path, line in lines:
            by_path[path].add(line)
        return {
            context
            for path, numbers in by_path.items()
            for context, bits in self._select(query, path)
            if any(_has(bits, number) for number in numbers)
        }

    def tests(self, contexts: set[str]) -> list[str]:
        """The tests of the contexts. Tests that run few lines come first, one of each module in
        turn; tests that only use shared resources come last."""
        direct = {test for test in contexts if test in self.seconds}
        users = {test for context in contexts for test in self._users.get(context, ())}
        return [*self._spread(direct), *self._spread(users - direct)]

    def made(self, contexts: set[str]) -> list[str]:
        """The files that were made outside the contexts, so they can be reused."""
        files = (each for each in self.folder.iterdir() if each.suffix == ".db")
        return [str(file) for file in files if f"made once: {file.name}" not in contexts]

    def _spread(self, tests: Iterable[str]) -> Sequence[str]:
        turns: defaultdict[str, int] = defaultdict(int)
        places: list[tuple[int, int, str]] = []
        for size, test in sorted((self._sizes.get(test, 0), test) for test in tests):
            module = test.partition("::")[0]
            turns[module] += 1
            places.append((turns[module], size, test))
        return [test for *_, test in sorted(places)]

    def _select(self, query: str, *values: str) -> list[tuple[str, bytes]]:
        with closing(sqlite3.connect(self.folder / "lines")) as connection:
            return connection.execute(query, values).fetchall()


def _has(bits: bytes, number: int) -> bool:
    byte, bit = divmod(number, 8)
    return byte < len(bits) and bool(bits[byte] & 1 << bit)
