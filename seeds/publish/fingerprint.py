"""Fingerprint of the seeds: shows without parsing whether they have changed since the load."""

import hashlib
from itertools import chain
from pathlib import Path

from app.rendering import rendering_hash
from seeds.publish.result import DatabaseState

_ROOT = Path(__file__).parents[2]


def fingerprint(seeds: Path) -> str:
    """Hash of the files of the articles and of the code, because the rows depend on both."""
    code = chain.from_iterable((_ROOT / name).rglob("*.py") for name in ("app", "seeds"))
    found = hashlib.sha256()
    for root, files in ((_ROOT, code), (seeds, seeds.glob("*/*"))):
        for file in sorted(files):
            if file.is_file():
                content = file.read_bytes()
                found.update(f"{file.relative_to(root)}\0{len(content)}\0".encode() + content)
    return found.hexdigest()[:16]


def is_current(state: DatabaseState, seeds: str) -> bool:
    """Whether the database has these seeds, and this version has rendered its rows."""
    return state.migrated and state.seeds == seeds and state.rendering == rendering_hash()
