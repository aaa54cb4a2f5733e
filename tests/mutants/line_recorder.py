"""A pytest plugin: record which lines each test runs.

coverage.py records lines under a context. A context is a test, or a resource that several tests
share: a fixture of a wider scope, or a database that `tests/shared_folder.py` makes once. A test
that uses a shared resource depends on its lines too, even if the resource was made for an earlier
test.
"""

import json
import os
import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage

from tests.mutants import forgetting
from tests.mutants.tests_of_lines import FOLDER_VARIABLE, MEASURED

_folder = Path(os.environ[FOLDER_VARIABLE])
_lines = Coverage(str(_folder / "lines"), data_suffix=True, source=MEASURED, config_file=False)
_seconds: dict[str, float] = {}
_failed: set[str] = set()
_uses: defaultdict[str, set[str]] = defaultdict(set)
_contexts = [""]


@contextmanager
def _context(name: str) -> Generator[None]:
    _uses[_contexts[-1]].add(name)
    _contexts.append(name)
    _lines.switch_context(name)
    try:
        yield
    finally:
        _contexts.pop()
        _lines.switch_context(_contexts[-1])


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    _lines.set_option("run:relative_files", True)
    _lines.start()
    from app.api.response_cache import ResponseCache
    from app.db.dataset_cache import DatasetCache
    from app.db.reader import StatementCache
    from tests.shared_folder import Shared  # pytest imports this plugin itself, after this one

    forgetting.watch(ResponseCache, DatasetCache, StatementCache)
    once = Shared.once

    def recorded(self: Shared, name: str, make: Callable[[], object]) -> None:
        context = f"made once: {name.removeprefix(self.run)}"

        def make_and_keep() -> None:
            with _context(context):
                make()
            if (self.folder / name).is_file():
                shutil.copyfile(self.folder / name, _folder / name)

        _uses[_contexts[-1]].add(context)
        once(self, name, make_and_keep)

    Shared.once = recorded


def _shared_fixture(name: str, scope: str, test: str) -> str:
    return f"{scope}::{name}{' on PostgreSQL' if 'postgresql' in test else ''}"


_wide: set[tuple[str, str]] = set()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> Generator[None, object, object]:
    if fixturedef.scope == "function":
        return (yield)
    _wide.add((fixturedef.argname, fixturedef.baseid))
    test = next((each for each in _contexts if each in _fixtures), "")
    with _context("fixture " + _shared_fixture(fixturedef.argname, fixturedef.baseid, test)):
        return (yield)


_fixtures: dict[str, list[str]] = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    _fixtures[item.nodeid] = getattr(item, "fixturenames", [])
    forgetting.forget()
    begun = time.process_time()
    with _context(item.nodeid):
        result = yield
    _seconds[item.nodeid] = time.process_time() - begun
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if not report.passed:
        _failed.add(item.nodeid)
    return report


def pytest_sessionfinish() -> None:
    _lines.stop()
    if not _seconds:  # this process only distributes the tests
        return
    _lines.save()
    for test, names in _fixtures.items():
        for name, scope in _wide:
            if name in names and test.startswith(scope):
                _uses[test].add("fixture " + _shared_fixture(name, scope, test))
    found = {
        "seconds": _seconds,
        "failed": sorted(_failed),
        "uses": {user: sorted(used) for user, used in _uses.items() if user},
    }
    (_folder / f"tests.{os.getpid()}.json").write_text(json.dumps(found), encoding="utf-8")
