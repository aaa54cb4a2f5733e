"""A compiled copy of the code to measure, so that nobody edits it during a run."""

import compileall
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
PARTS = ("app", "migrations", "seeds", "hkus.py")
"""The same files as in the wheel."""


@contextmanager
def copied_code() -> Generator[Path]:
    """A folder to run `python -m hkus` in."""
    with TemporaryDirectory(prefix="hkus-code-") as made:
        folder = Path(made)
        for part in PARTS:
            _copy(ROOT / part, folder / part)
        compileall.compile_dir(folder, quiet=1)
        yield folder


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy2(source, target)
