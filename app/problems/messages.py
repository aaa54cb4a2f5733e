"""Parts of error messages: quoted values, and suggestions of valid values."""

from collections.abc import Iterable

LONGEST_QUOTED = 100
"""Maximum length of a quoted value, in characters."""


def quoted(text: str, longest: int = LONGEST_QUOTED) -> str:
    """The text in quotation marks, on one line. A text longer than `longest` characters is cut, and
    `…` follows it."""
    return repr(text) if len(text) <= longest else f"{text[:longest]!r}…"


def nearest(text: str, candidates: Iterable[str], least: int = 60) -> str | None:
    """The most similar candidate; null if the similarity is below `least` percent. Case does not
    matter."""
    from rapidfuzz import fuzz, process  # about a hundred times faster than difflib

    found = process.extractOne(
        text, list(candidates), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=least
    )
    return found[0] if found else None


def did_you_mean(suggestion: str | None) -> str:
    """The last sentence of a message; empty without a suggestion."""
    return f" Did you mean {suggestion!r}?" if suggestion else ""
