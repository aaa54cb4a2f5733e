"""Finds known names in a text: whole words, the longest name first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Dashes and apostrophes: one character for one, so that offsets stay those of the text.
_FOLDED = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2019\u02bc", "-------''")
_BLANK = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)"


@dataclass(frozen=True, slots=True)
class NameMention:
    """The words `text[start:end]`, without a possessive 's, name what `id` stands for."""

    id: str
    start: int
    end: int


def find_names(text: str, names: Mapping[str, Sequence[str]]) -> list[NameMention]:
    """Find every mention of the names (id -> its names and aliases), in order, none overlapping.

    Longer names take their words first. Case matters; kinds of dash and of apostrophe do not, nor
    does a line break for a blank. ValueError if a name is blank or stands for two ids.
    """
    folded = text.translate(_FOLDED)
    taken = bytearray(len(text))
    mentions: list[NameMention] = []
    owners = _owners(names)
    for name in sorted(owners, key=lambda name: (-len(name), name)):
        for found in _pattern(name).finditer(folded):
            start, end = found.span()
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


def _pattern(name: str) -> re.Pattern[str]:
    """Match the name as whole words: no part of `O'Brien` but all of it, also in `O'Brien's`."""
    words = _BLANK.join(re.escape(word) for word in name.split())
    return re.compile(rf"(?<!\w)(?<!\w')(?:{words})(?!\w)(?!'(?!s\b)\w)")
