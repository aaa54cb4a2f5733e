"""A document as blocks: its passages in order, as headings, paragraphs and lists."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

from app.web import labels

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
    """The passages of a document as blocks. An empty line in the text ends a paragraph."""
    levels = {each["id"]: each["level"] for each in flat(sections)}
    previous: Mapping[str, Any] | None = None
    block: Block | None = None
    for passage in passages:
        sort = _SORTS.get(passage["type"], "paragraph")
        gap = text[previous["end"] : passage["start"]] if previous else ""
        is_new_paragraph = sort == "paragraph" and "\n\n" in gap
        if block and (sort != block.sort or sort == "heading" or is_new_paragraph):
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
    """A part of a bar: its start and length in percent."""

    text: str
    name: str
    count: int
    start: float
    length: float


def shares(counts: Mapping[str, int]) -> list[Share]:
    """Counts by status as parts of a bar, in percent."""
    total = sum(counts.values()) or 1
    ends = [0.0]
    for count in counts.values():
        ends.append(ends[-1] + 100 * count / total)
    return [
        Share(labels.STATUSES[name], name, count, start, end - start)
        for (name, count), (start, end) in zip(counts.items(), pairwise(ends), strict=True)
    ]
