"""A pytest plugin: a folder with resources that all workers of a test run share.

pytest-xdist runs the tests in several worker processes. The process that starts them creates and
removes the folder. Without workers, there is only that process.
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
        """A unique name for the run."""
        return self.folder.name.replace("-", "_").lower()

    def once(self, name: str, make: Callable[[], object]) -> None:
        """Make a resource once per run; other workers wait until it is finished."""
        made = self.folder / f"{name}.made"
        with (self.folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                make()
                made.touch()


_SHARED = pytest.StashKey[Shared]()


def shared_by(config: pytest.Config) -> Shared:
    """The folder that the workers of this run share."""
    return config.stash[_SHARED]


def is_worker(config: pytest.Config) -> bool:
    """Whether another process started this one and will remove the shared folder."""
    return hasattr(config, "workerinput")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if is_worker(config):
        worker: Any = config
        config.stash[_SHARED] = Shared(Path(worker.workerinput[_GIVEN]))
        return
    # Not in pytest's temporary folder, which other users cannot read: if root starts PostgreSQL,
    # it runs as another user.
    folder = TemporaryDirectory(prefix="hkus-", ignore_cleanup_errors=True)
    config.add_cleanup(folder.cleanup)
    config.stash[_SHARED] = Shared(Path(folder.name))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Send the path of the folder to a worker of pytest-xdist."""
    node.workerinput[_GIVEN] = str(shared_by(node.config).folder)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """One worker more than processors, because some tests wait for other processes. No workers for
    a few chosen tests: these end before workers have started."""
    chosen = config.args_source is pytest.Config.ArgsSource.ARGS or config.option.keyword
    return 0 if chosen else (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the modules with the longest tests first. Otherwise one worker may still run such a test
    when the others have finished."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(scope="session")
def shared(pytestconfig: pytest.Config) -> Shared:
    """The folder that the workers of this run share."""
    return shared_by(pytestconfig)
