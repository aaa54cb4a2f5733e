"""The builder of a kind: the model of its entries, and the function that makes a row from one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.resources.rows import CitedRow
from seeds.builders.entry_context import EntryContext
from seeds.reading.entry import RowEntry


@dataclass(frozen=True)
class Builder:
    """The model of an entry, and the function that makes its row."""

    entry: type[RowEntry]
    build: Callable[[EntryContext[Any]], CitedRow]
