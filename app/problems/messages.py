"""How messages quote a value, and which valid value they name instead."""

from collections.abc import Iterable

LONGEST_QUOTED = 100
"""Characters of a value that a message quotes."""


def quoted(text: str, longest: int = LONGEST_QUOTED) -> str:
    """The text in quotation marks, on one line; cut and followed by `…` if it is longer."""
    return repr(text) if len(text) <= longest else f"{text[:longest]!r}…"


def nearest(text: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like the text in any case, if at least 60 % of both are alike."""
    from rapidfuzz import fuzz, process  # a hundred times faster than difflib

    found = process.extractOne(
        text, list(candidates), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=60
    )
    return found[0] if found else None


def did_you_mean(suggestion: str | None) -> str:
    """A sentence behind a message; nothing without a suggestion."""
    return f" Did you mean {suggestion!r}?" if suggestion else ""
