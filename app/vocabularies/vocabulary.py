"""Code lists: codes with a label, a definition and a source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Side = Literal["acting", "affected", "both", "none"]
"""The side of an act on which a participant with a role stands."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a vocabulary; `equivalents` names the same idea in other code lists. `side` is
    set for the roles of participants only."""

    value: str
    label: str
    definition: str
    equivalents: Mapping[str, str] = field(default_factory=dict[str, str])
    side: Side | None = None


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """A closed code list. Codes are in lower case unless their source writes them in another way.
    Input matches in any case."""

    name: str
    title: str
    description: str
    source: str
    codes: tuple[Code, ...]

    def __post_init__(self) -> None:
        values = [code.value.casefold() for code in self.codes]
        repeated = {value for value in values if values.count(value) > 1}
        if repeated:
            raise ValueError(f"vocabulary {self.name!r} has codes twice: {sorted(repeated)}")

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    @cached_property
    def values(self) -> tuple[str, ...]:
        return tuple(code.value for code in self.codes)

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {code.value: code.label for code in self.codes}

    @cached_property
    def _by_folded(self) -> dict[str, str]:
        return {value.casefold(): value for value in self.values}

    def label(self, value: str) -> str:
        """The label of a code."""
        return self._labels[value]

    @property
    def schema_name(self) -> str:
        """The name of its enum in the OpenAPI document: `event-types` is `EventTypes`."""
        return "".join(part.capitalize() for part in self.name.split("-"))

    def canonical(self, text: str) -> str | None:
        """The code that is equal to `text` without regard to case, or None."""
        return self._by_folded.get(text.casefold())


def vocabulary(
    name: str, title: str, description: str, *codes: tuple[str, str, str], source: str = "own"
) -> Vocabulary:
    """A vocabulary whose codes need no equivalents, as (value, label, definition) lines."""
    return Vocabulary(name, title, description, source, tuple(Code(*code) for code in codes))
