"""Finds known names in a text. Names match whole words only, and longer names come first."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

# Replaces dashes and apostrophes one by one, so that the offsets do not change.
_FOLDED = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2019\u02bc", "-------''")
_BLANK = re.compile(r"[^\S\n]*\n[^\S\n]*|[^\S\n]+")
_BEGINS = re.compile(r"(?<!\w)(?<!\w')")
_ENDS = re.compile(r"(?!\w)(?!'(?!s\b)\w)")


@dataclass(frozen=True, slots=True)
class NameMention:
    """The words `text[start:end]`, without a possessive 's, are a name of the row `id`."""

    id: str
    start: int
    end: int


def find_names(text: str, names: Mapping[str, Sequence[str]]) -> list[NameMention]:
    """Find every mention of the names, in order, without overlaps.

    `names` maps an id to its names and aliases. If names overlap, the longer name wins. Case
    matters. Different dashes, different apostrophes, and a line break in place of a blank do not
    matter. Raises `ValueError` if a name is blank or belongs to two ids.
    """
    folded = text.translate(_FOLDED)
    taken = bytearray(len(text))
    mentions: list[NameMention] = []
    owners = _owners(names)
    for name in sorted(owners, key=lambda name: (-len(name), name)):
        for start, end in _places(name, folded):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                mentions.append(NameMention(owners[name], start, end))
    return sorted(mentions, key=lambda mention: mention.start)


def _owners(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    owners: dict[str, str] = {}
    for owner, aliases in names.items():
        for alias in aliases:
            name = " ".join(alias.translate(_FOLDED).split())
            if not name:
                raise ValueError(f"a name of {owner!r} is blank: {alias!r}; write it or remove it")
            if owners.setdefault(name, owner) != owner:
                raise ValueError(
                    f"the name {alias!r} stands for both {owners[name]!r} and {owner!r};"
                    " keep it with one of them"
                )
    return owners


def _places(name: str, text: str) -> Iterator[tuple[int, int]]:
    """The spans of the name as whole words.

    A part of `O'Brien` does not match, but all of it does, also in `O'Brien's`.
    """
    first, *others = name.split()
    start = text.find(first)
    while start >= 0:
        end = _end(start + len(first), others, text) if _BEGINS.match(text, start) else None
        if end is not None and _ENDS.match(text, end):
            yield start, end
        start = text.find(first, start + 1 if end is None else end)


def _end(place: int, words: list[str], text: str) -> int | None:
    """The end offset of the words if they follow at `place`, each after a blank; else null."""
    for word in words:
        blank = _BLANK.match(text, place)
        if blank is None or not text.startswith(word, blank.end()):
            return None
        place = blank.end() + len(word)
    return place
