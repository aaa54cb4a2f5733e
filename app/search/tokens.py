"""The one tokeniser of texts and queries: words as they are searched, and where they stand.

A word is a run of letters and digits, without case, accents and other marks (NFKD). Decided:

- An abbreviation in single letters is one word, however it is dotted: `U.S.`, `U.S` and `US` are
  `us`; `H.R.` is `hr`.
- Any other character divides: `Hong-Kong` is `hong kong`, `102-383` is `102 383`, `$17.8` is
  `17 8`, `don't` is `don t`.
- A possessive `'s` is no word: `China's` is `china`, `protesters’` is `protesters`.
- Scripts that are written without spaces (Chinese characters, kana, Thai, Lao, Burmese, Khmer) are
  one word per character, so that any run of them is found as a phrase.
- Of a word longer than 64 characters, the first 64 count: PostgreSQL has a limit of 2 KB.
"""

import re
import threading
import unicodedata
from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import Any, NamedTuple

import Stemmer

_snowball: Any = Stemmer

STEMS = f"Snowball {_snowball.version()}"
"""By whose rules; other rules may find other stems than those that were indexed."""

LONGEST_WORD = 64

KEPT = 1 << 15
"""So many words a server keeps as they were folded and stemmed."""


class Word(NamedTuple):
    """A word in the two forms in which it is found."""

    whole: str
    """Folded, as prefixes find it: `policies`."""
    stem: str
    """Without its ending (English Snowball), as words and phrases find it: `polici`."""


UNLIKE = Word("", "")
"""Stands for a word that is not any of those that are looked for."""


class Token(NamedTuple):
    """A word of a text; `text[start:end]` is how the text writes it, in code points."""

    whole: str
    stem: str
    start: int
    end: int


def words(text: str, kept: "Kept | None" = None) -> list[Word]:
    """The words of the text, in order; who has many texts to read brings along what is kept."""
    folded = _folded if kept is None else kept.__getitem__
    return list(filter(None, map(folded, _written(text))))


def tokens(text: str) -> list[Token]:
    """The words of the text, in order, and where they stand; takes twice the time of `words`."""
    return [
        Token._make(word + found.span(1))
        for found in _word().finditer(text)
        if (word := _folded(found[1]))
    ]


def words_like(text: str, initials: Collection[str]) -> list[tuple[Word, re.Match[str]]]:
    """The words of the text, in order, each with a match whose first group is where it stands.

    Only those are looked at that may begin with one of `initials`, small and capital letters, for
    looking takes most of the time; in place of each other one there is `UNLIKE`.
    """
    return [
        (word, found)
        for found in _word().finditer(text)
        if (
            word := _folded(written)
            if (written := found[1])[0] in initials or written[0] > "\x7f"
            else UNLIKE
        )
    ]


def word_of(run: str) -> Word:
    """The word that a run of letters and digits of ASCII is."""
    return _folded(run) or UNLIKE


def is_plain(text: str) -> bool:
    """Whether each run of letters and digits in the text is a word, but for a possessive `s`."""
    return text.isascii() and (text.find(".", 1, -1) < 0 or not _DOTTED.search(text))


def is_unspaced(word: str) -> bool:
    """Whether the word is one character of a script that is written without spaces."""
    return bool(_UNSPACED_CHAR.fullmatch(word))


def _written(text: str) -> list[str]:
    """The words of the text as it writes them; of ASCII in small letters, so that words at the
    beginning of a sentence need not be kept apart."""
    if is_plain(text) and "'" not in text and "`" not in text:
        return text.encode().translate(_DIVIDED).decode().split()  # in a third of the time
    return _word().findall(text.lower() if text.isascii() else text)


def _fold(written: str) -> Word | None:
    plain = written.isascii() and written.isalnum()  # as most words are: only case is to be folded
    whole = (written.lower() if plain else _letters(written))[:LONGEST_WORD]
    # Forms that are the same are one text, so that what is kept takes two thirds of the memory.
    whole = written if whole == written else whole
    stem = _OF_THREAD.stem(whole)
    return Word(whole, whole if stem == whole else stem) if whole else None


class Kept(dict[str, Word | None]):
    """Words as they were folded and stemmed, by how they are written.

    When there are too many, it begins anew: to know which were used last takes longer than that.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __missing__(self, written: str) -> Word | None:
        if len(self) >= self._most:
            self.clear()
        word = self[written] = _fold(written)
        return word


_folded = Kept(KEPT).__getitem__


def _letters(written: str) -> str:
    marked = unicodedata.normalize("NFKD", written).casefold()
    return "".join(char for char in marked if char.isalnum() and char not in _NOT_LETTERS)


class _OfThread(threading.local):
    """A stemmer holds the word that it works on, so threads cannot share one."""

    def __init__(self) -> None:
        self.stem: Callable[[str], str] = _snowball.Stemmer("english", 0).stemWord


_OF_THREAD = _OfThread()


def _marks() -> Iterator[str]:
    """Ranges of the characters that stand inside words but are dropped.

    They are the combining marks, for which the patterns of `re` have no name, and soft hyphens
    and joiners.
    """
    categories = "".join(map(unicodedata.category, map(chr, range(0x1F000))))
    for found in re.finditer("(?:M[nce])+", categories):
        yield f"{chr(found.start() // 2)}-{chr(found.end() // 2 - 1)}"
    yield "\U000e0100-\U000e01ef\u00ad\u200c\u200d"


_DOTTED = re.compile(r"[a-zA-Z]\.[a-zA-Z]")
_DIVIDED = bytes(ord(chr(code).lower() if chr(code).isalnum() else " ") for code in range(128)) * 2
"""ASCII in small letters, with a space in place of all else."""

_NOT_LETTERS = "\u02bc\u0edc\u0edd\u309f\u30ff"
"""An apostrophe that Unicode has as a letter, and characters that stand for two words."""
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u303c\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f"
    "\U00020000-\U0003ffff"
)
_UNSPACED_CHAR = re.compile(f"[{_UNSPACED}]")


@cache
def _word() -> re.Pattern[str]:
    """The pattern of a word; made when first needed, since its marks take a while to gather."""
    mark = f"[{''.join(_marks())}]"
    plain = rf"[^\W_{_NOT_LETTERS}{_UNSPACED}]"
    letter = rf"[^\W\d_{_NOT_LETTERS}{_UNSPACED}]{mark}*+"
    return re.compile(
        # Most words are ASCII, with no mark behind them; what follows would match them, but slowly.
        rf"((?=\w)(?:[a-zA-Z0-9]{{2,}}+(?![^\x00-\x7f])"
        rf"|(?=\w\W){letter}(?:\.{letter})++\.?(?!\w)"
        rf"|{plain}++(?:{mark}++{plain}*+)*+"
        rf"|(?![_{_NOT_LETTERS}])[{_UNSPACED}]{mark}*+))"
        rf"(?:['’‘`´\u02bc][sS](?!\w|{mark}))?"
    )
