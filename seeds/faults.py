"""Faults in the seeds: each with its file, its line and its cure, all faults of a run together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.problems import messages

MAX_LISTED_FAULTS: Final = 50
"""How many faults a message has in full."""


@dataclass(frozen=True, slots=True)
class LoadFault:
    """One thing that a person has to mend; `line` counts from 1 and is null for a whole file."""

    file: str
    line: int | None
    entry: str | None
    message: str
    cure: str

    def __str__(self) -> str:
        location = f"{self.file}:{self.line}" if self.line else self.file
        entry = f"{self.entry}: " if self.entry else ""
        return f"{location}: {entry}{self.message}. {self.cure[:1].upper()}{self.cure[1:]}."


class LoadError(Exception):
    """The seeds cannot be loaded, and nothing was written.

    `faults` are all faults, by file and line. The message lists the first `MAX_LISTED_FAULTS` of
    them and gives the number of the others.
    """

    def __init__(self, faults: Iterable[LoadFault]) -> None:
        # A value that a group shares has one line, and one fault for all entries of the group.
        first: dict[tuple[str, int | None, str], LoadFault] = {}
        for fault in faults:
            first.setdefault((fault.file, fault.line, fault.message), fault)
        self.faults = tuple(sorted(first.values(), key=lambda item: (item.file, item.line or 0)))
        lines = [str(fault) for fault in self.faults[:MAX_LISTED_FAULTS]]
        more = len(self.faults) - len(lines)
        if more:
            lines.append(f"{more:,} more faults, {len(self.faults):,} in all. Mend these first.")
        super().__init__("\n".join(lines))


def nearest(text: str, known: Iterable[str]) -> str:
    """`did you mean 'x'? ` before a cure, or nothing if no known name is like the text."""
    found = messages.nearest(text, known)
    return f"did you mean {found!r}? " if found else ""


def quoted(text: str, longest: int = messages.LONGEST_QUOTED) -> str:
    """Words of a document or a reading, whose line ends are blanks."""
    return messages.quoted(" ".join(text.split()), longest)
