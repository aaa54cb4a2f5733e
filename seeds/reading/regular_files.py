"""Reads"
" a file of the seeds: a regular file of limited size, so that no read hangs or never ends."""

import os
import stat
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 20_000_000
"""Largest file of an article that is read, in bytes."""


class FileError(Exception):
    """A file that cannot be read: `message` and `cure`."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.message, self.cure = message, cure


def read_regular(path: Path, cure: str, split: str) -> bytes:
    """The bytes of a regular file; `cure` is for a missing file and `split` for one too large."""
    try:
        # Without blocking, as opening a named pipe would wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}", cure) from None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise FileError("cannot be read: it is not a regular file", cure)
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        size = max(status.st_size, len(raw))
        raise FileError(f"has {size:,} bytes; the limit is {MOST_BYTES:,}", split)
    return raw
