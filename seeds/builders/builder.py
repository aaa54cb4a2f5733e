"""What a builder is: how the entries of one kind become rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.resources.rows import CitedRow
from seeds.builders.entry_context import EntryContext
from seeds.reading.marked import Marked


@dataclass(frozen=True)
class Builder:
    """The form of an entry in a reading, and what makes a row of one."""

    entry: type[Marked]
    build: Callable[[EntryContext[Any]], CitedRow]
