"""The interface of the writers of files, and the facts that all files state."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.about import DESCRIPTION, LICENCE_URL, TITLE, cite_as
from app.db import DatasetState
from app.download.tables import CellRow, Row, TidyTable
from app.links import PublicAddress


@dataclass(frozen=True, slots=True)
class Facts:
    """What each file says about itself."""

    dataset: DatasetState
    attributions: tuple[str, ...]
    address: PublicAddress

    @property
    def stem(self) -> str:
        """The beginning of the name of each file."""
        return f"hkus-{self.dataset.version}"

    def lines(self) -> list[str]:
        """The facts in plain text."""
        return [
            TITLE,
            DESCRIPTION,
            f"Dataset version: {self.dataset.version}, loaded {self.dataset.loaded_at}",
            f"Licence: {LICENCE_URL}",
            *(f"Source: {each}" for each in self.attributions),
            f"Cite as: {cite_as(self.dataset.version)}",
        ]


class Sink(ABC):
    """Writes one file. `lines` gets the lines of tables, and `rows` the rows of the API."""

    media_type: str
    title: str

    def __init__(self, path: Path, facts: Facts, tables: Sequence[TidyTable]) -> None:
        self.path = path
        self.facts = facts
        self.tables = tables

    def lines(self, table: TidyTable, lines: Sequence[CellRow]) -> None:  # noqa: B027
        """Write lines of one table."""

    def rows(self, rows: Sequence[Row]) -> None:  # noqa: B027
        """Write rows of the API."""

    @abstractmethod
    def finish(self) -> None:
        """Complete the file."""

    @abstractmethod
    def close(self) -> None:
        """Release what is open, also after a fault."""
