"""The folder from which the server serves the files: one folder for each state of the data.

A folder is made once, by a process of its own, and renamed when it is whole. Its name is a hash of
all that the files depend on, so files under it never change.
"""

import os
import shutil
from collections.abc import Generator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from app import __version__
from app.db import DatasetState
from app.download.export import MANIFEST, available_formats, export
from app.hashing import short_hash
from app.rendering import rendering_hash
from app.settings import Settings

ROOT = Path(__file__).parents[2]
"""Where the process finds this program, whichever folder the server runs in."""
KEPT = 2
"""How many states of the data are kept: the present one, and the one before it for clients that are
still fetching its files."""


class _NoProgress:
    def advance(self, rows: int) -> None:
        pass


def state_key(settings: Settings, dataset: DatasetState) -> str:
    """The name of the folder for a dataset."""
    also = [rendering_hash(), settings.public_url, __version__, available_formats()]
    return short_hash([*dataset, *also])


def make_folder(settings: Settings, key: str) -> None:
    """Make the folder, unless another process has made it meanwhile. Raises `DownloadError`."""
    root = settings.downloads
    root.mkdir(parents=True, exist_ok=True)
    with _turn(root):
        target = root / key
        if (target / MANIFEST).is_file():
            return
        fresh = root / f".{key}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            export(settings, fresh, available_formats(), lambda _: nullcontext(_NoProgress()))
            shutil.rmtree(target, ignore_errors=True)
            fresh.rename(target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        _remove_older(root, target)


def environment_of(settings: Settings) -> Mapping[str, str]:
    """The environment of the process that makes the folder."""
    own = {
        "HKUS_DATABASE_URL": settings.database_url.get_secret_value(),
        "HKUS_DATABASE_POOLER": settings.database_pooler,
        "HKUS_DOWNLOADS": str(settings.downloads.absolute()),
        "HKUS_PUBLIC_URL": settings.public_url or "",
    }
    found = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, **own, "PYTHONPATH": os.pathsep.join(found)}


@contextmanager
def _turn(root: Path) -> Generator[None]:
    """Wait until no other process makes a folder. Windows has no such lock; there, each process
    makes its own, and the last one wins."""
    with suppress(ModuleNotFoundError):
        import fcntl

        descriptor = os.open(root, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
        return
    yield


def _remove_older(root: Path, current: Path) -> None:
    """Remove the folders of older states; only folders that an export made."""
    made = [each.parent for each in root.glob(f"*/{MANIFEST}") if each.parent != current]
    made.sort(key=lambda each: each.stat().st_mtime, reverse=True)
    for each in made[KEPT - 1 :]:
        shutil.rmtree(each, ignore_errors=True)
