"""Zip archives that are equal byte for byte for equal content."""

import os
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from app.download.sinks import Facts

LEVEL = 1
"""Compression level. Higher levels take much longer for a few bytes less."""


def write_archive(
    path: Path, facts: Facts, files: Sequence[tuple[str, Path | str]], *, compressed: bool = True
) -> None:
    """Write an archive of files, or of texts, by name. A README is added."""
    readme = "\n".join([*facts.lines(), ""])
    moment = _moment(facts.dataset.loaded_at)
    with ZipFile(path, "w") as archive:
        for name, content in (("README.txt", readme), *files):
            member = f"{facts.stem}/{name}"
            if isinstance(content, str):
                entry = ZipInfo(member, moment)
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, content, ZIP_DEFLATED, LEVEL)
                continue
            # `ZipFile.write` takes the time and the rights of the file, and it alone takes a level.
            content.chmod(0o644)
            seconds = time.mktime((*moment, 0, 0, -1))
            os.utime(content, (seconds, seconds))
            archive.write(content, member, ZIP_DEFLATED if compressed else ZIP_STORED, LEVEL)


def _moment(loaded_at: str) -> tuple[int, int, int, int, int, int]:
    at = datetime.fromisoformat(loaded_at)
    return max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second
