"""A document as a page: its passages in order, headings, paragraphs and lists as they were."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

Sort = Literal["heading", "infobox", "paragraph", "list"]
_SORTS: Mapping[str, Sort] = {"heading": "heading", "infobox": "infobox", "list-item": "list"}


@dataclass
class Block:
    """A heading, a paragraph, an infobox or a list, with its passages."""

    sort: Sort
    passages: list[Mapping[str, Any]] = field(default_factory=list[Mapping[str, Any]])
    level: int = 0
    section: str = ""


def blocks(
    text: str, passages: Sequence[Mapping[str, Any]], sections: Sequence[Mapping[str, Any]]
) -> Iterator[Block]:
    """The passages of a document as blocks; an empty line of its text ends a paragraph."""
    levels = {each["id"]: each["level"] for each in flat(sections)}
    previous: Mapping[str, Any] | None = None
    block: Block | None = None
    for passage in passages:
        sort = _SORTS.get(passage["type"], "paragraph")
        apart = previous is not None and "\n\n" in text[previous["end"] : passage["start"]]
        if block and (sort != block.sort or sort == "heading" or (apart and sort == "paragraph")):
            yield block
            block = None
        section = passage["section"]
        block = block or Block(sort, level=levels.get(section, 1), section=section)
        block.passages.append(passage)
        previous = passage
    if block:
        yield block


def flat(sections: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """A tree of sections in order."""
    for each in sections:
        yield each
        yield from flat(each["sections"])


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a bar: where it begins and how long it is, in percent."""

    words: str
    name: str
    count: int
    start: float
    length: float


def shares(counts: Mapping[str, int]) -> list[Share]:
    """What became of things of one sort, as parts of a bar of a hundred."""
    total = sum(counts.values()) or 1
    ends = [0.0]
    for count in counts.values():
        ends.append(ends[-1] + 100 * count / total)
    return [
        Share(_WORDS[name], name, count, start, end - start)
        for (name, count), (start, end) in zip(counts.items(), pairwise(ends), strict=True)
    ]


_WORDS = {
    "cited": "cited",
    "background": "set aside, with the reason",
    "value": "held as values",
    "analyst": "read by an analyst",
    "left_over": "left over",
}
