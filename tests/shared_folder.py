"""A pytest plugin: what is made once in a run of the tests, for all of its workers.

pytest-xdist runs the tests in several worker processes. They share a folder, which the process that
started them makes and removes. Without workers, that process is the only one.
"""

import fcntl
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

LONGEST = ("test_new_tables.py", "test_outages.py", "test_combinations.py", "test_serving.py")
_GIVEN = "shared_folder"


@dataclass(frozen=True)
class Shared:
    """The folder that the workers of a run share."""

    folder: Path

    @property
    def run(self) -> str:
        """A name that no other run has."""
        return self.folder.name.replace("-", "_").lower()

    def once(self, name: str, make: Callable[[], object]) -> None:
        """Make something, unless a worker did; meanwhile the others wait."""
        made = self.folder / f"{name}.made"
        with (self.folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                make()
                made.touch()


_SHARED = pytest.StashKey[Shared]()


def shared_by(config: pytest.Config) -> Shared:
    """What the workers of this run share."""
    return config.stash[_SHARED]


def is_worker(config: pytest.Config) -> bool:
    """Whether another process started this one and makes an end of what is shared."""
    return hasattr(config, "workerinput")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if is_worker(config):
        worker: Any = config
        config.stash[_SHARED] = Shared(Path(worker.workerinput[_GIVEN]))
        return
    # Not in pytest's own folder: each run of pytest closes that to others, and a PostgreSQL server
    # that root starts runs as another user.
    folder = TemporaryDirectory(prefix="hkus-", ignore_cleanup_errors=True)
    config.add_cleanup(folder.cleanup)
    config.stash[_SHARED] = Shared(Path(folder.name))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist where the folder is."""
    node.workerinput[_GIVEN] = str(shared_by(node.config).folder)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """One more than there are processors, for some tests wait for other processes. None for a few
    chosen tests: they are over before the workers have started."""
    chosen = config.args_source is pytest.Config.ArgsSource.ARGS or config.option.keyword
    return 0 if chosen else (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules of the longest tests: then no worker has one left when the others have
    nothing more to do."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(scope="session")
def shared(pytestconfig: pytest.Config) -> Shared:
    """What the workers of this run share."""
    return shared_by(pytestconfig)
