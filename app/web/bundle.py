"""The bundle: styles, scripts and fonts of the pages, made by `make bundle`. The name of each file
has a hash of its content, so browsers may cache it forever."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

STATIC = Path(__file__).parent / "static"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}


@dataclass
class Bundle:
    """The folder of the bundle. If it is missing, pages are plain and say how to make it."""

    folder: Path = STATIC
    _contents: dict[str, bytes] = field(default_factory=dict[str, bytes])

    @cached_property
    def names(self) -> dict[str, str]:
        """The built file of each source, such as `explorer.css`."""
        try:
            names: dict[str, str] = json.loads((self.folder / "manifest.json").read_bytes())
        except (OSError, ValueError):
            return {}
        return names

    @property
    def is_there(self) -> bool:
        return bool(self.names)

    def address(self, source: str) -> str | None:
        """The address of the built file of a source."""
        name = self.names.get(source)
        return f"/static/{name}" if name else None

    def read(self, name: str) -> bytes | None:
        """The content of a file of the bundle; None for other names."""
        if name not in self._contents:
            path = self.folder / name
            known = name in self.names.values() or name == "licences.txt"
            if not known or not path.is_file():
                return None
            self._contents[name] = path.read_bytes()
        return self._contents[name]
