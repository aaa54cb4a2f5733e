"""The shell commands of a guide, as they stand in its code blocks."""

import re
from collections.abc import Iterator

_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands(guide: str) -> list[str]:
    """Each command of the blocks marked `sh`, in order; a command may have several lines."""
    return [command for block in _BLOCK.findall(guide) for command in _commands(block)]


def _commands(block: str) -> Iterator[str]:
    lines: list[str] = []
    for line in block.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        lines.append(line)
        if not line.rstrip().endswith(("\\", "&&")):
            yield "\n".join(lines)
            lines = []
    assert not lines, f"the last command of a block goes on: {lines}"
