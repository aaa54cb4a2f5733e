"""Reads a file of the seeds. It must be a regular file of limited size, so that the read ends."""

import os
import stat
from pathlib import Path
from typing import Final

MAX_FILE_BYTES: Final = 20_000_000
"""Maximum size of a file of an article, in bytes."""


class FileError(Exception):
    """A file that cannot be read: `message` and `cure`."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.message, self.cure = message, cure


def read_regular(path: Path, cure: str, split: str) -> bytes:
    """The bytes of a regular file.

    Raises `FileError`, with the cure `cure` if it cannot be read, or `split` if it is too large.
    """
    try:
        # O_NONBLOCK: without it, `open` on a named pipe waits for a writer.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}", cure) from None
    try:
        # Checked before the file object is made, because Python makes none of a folder.
        size = _size(descriptor, cure)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}", cure) from None
    finally:
        os.close(descriptor)
    if len(raw) > MAX_FILE_BYTES:
        size = max(size, len(raw))
        raise FileError(f"has {size:,} bytes; the limit is {MAX_FILE_BYTES:,}", split)
    return raw


def _size(descriptor: int, cure: str) -> int:
    """The size of an open file, in bytes; raises `FileError` if it is not a regular file."""
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise FileError("cannot be read: it is not a regular file", cure)
    return status.st_size
