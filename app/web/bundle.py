"""The bundle: styles, scripts and fonts of the pages, made by `make bundle`, each file named by its
content, so that a browser keeps it for good."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

STATIC = Path(__file__).parent / "static"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}


@dataclass
class Bundle:
    """The folder that holds it. It may be missing: then pages are plain, and say how to get it."""

    folder: Path = STATIC
    _kept: dict[str, bytes] = field(default_factory=dict[str, bytes])

    @cached_property
    def names(self) -> dict[str, str]:
        """For each source (`explorer.css`), the file that it became."""
        try:
            names: dict[str, str] = json.loads((self.folder / "manifest.json").read_bytes())
        except (OSError, ValueError):
            return {}
        return names

    @property
    def is_there(self) -> bool:
        return bool(self.names)

    def address(self, source: str) -> str | None:
        """Where a browser finds what became of a source."""
        name = self.names.get(source)
        return f"/static/{name}" if name else None

    def read(self, name: str) -> bytes | None:
        """The content of a file of the bundle; None for any other name."""
        if name not in self._kept:
            path = self.folder / name
            known = name in self.names.values() or name == "licences.txt"
            if not known or not path.is_file():
                return None
            self._kept[name] = path.read_bytes()
        return self._kept[name]
