"""The tokeniser of texts and queries: words in their indexed forms, and their positions.

A word is a run of letters and digits, without case, accents and other marks (NFKD). Rules:

- An abbreviation of single letters is one word, with or without dots: `U.S.`, `U.S` and `US` are
  `us`; `H.R.` is `hr`.
- All other characters separate words: `Hong-Kong` is `hong kong`, `102-383` is `102 383`, `$17.8`
  is `17 8`, `don't` is `don t`.
- A possessive `'s` is not a word: `China's` is `china`, `protesters’` is `protesters`.
- In scripts without spaces (Chinese characters, kana, Thai, Lao, Burmese, Khmer), each character is
  a word, so that a phrase search finds any sequence of characters.
- A word is cut to 64 characters, because PostgreSQL has a limit of 2 KB.
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
"""The stemmer and its version. Another version can give stems that differ from the indexed ones."""

LONGEST_WORD = 64
"""Maximum length of a word, in characters."""

MAX_CACHED_WORDS = 1 << 15
"""Maximum number of words in the cache of a server process."""


class Word(NamedTuple):
    """The two forms in which a word is indexed."""

    folded: str
    """The folded word, for prefix search: `policies`."""
    stem: str
    """The English Snowball stem, for words and phrases: `polici`."""


NO_MATCH = Word("", "")
"""A placeholder for a word that cannot match."""


class Token(NamedTuple):
    """A word of a text. `text[start:end]` is its spelling in the text; positions are in code
    points."""

    folded: str
    stem: str
    start: int
    end: int


def words(text: str, cache: "WordCache | None" = None) -> list[Word]:
    """The words of the text, in order. A caller with many texts can give its own `cache`."""
    to_word = _word_for if cache is None else cache.__getitem__
    return list(filter(None, map(to_word, _written(text))))


def tokens(text: str) -> list[Token]:
    """The words of the text, in order, with their positions. Takes twice as long as `words`."""
    return [
        Token._make(word + found.span(1))
        for found in _word().finditer(text)
        if (word := _word_for(found[1]))
    ]


def words_like(text: str, initials: Collection[str]) -> list[tuple[Word, re.Match[str]]]:
    """The words of the text, in order, each with a match; the first group of the match is the word.

    `initials` are letters in upper and lower case. Words that cannot begin with one of them are
    replaced by `NO_MATCH`. They are not folded and stemmed, because that takes most of the time.
    """
    return [
        (word, found)
        for found in _word().finditer(text)
        if (
            word := _word_for(written)
            if (written := found[1])[0] in initials or written[0] > "\x7f"
            else NO_MATCH
        )
    ]


def word_of(run: str) -> Word:
    """The word for a string of ASCII letters and digits."""
    return _word_for(run) or NO_MATCH


def is_plain(text: str) -> bool:
    """Whether the text is ASCII and has no dotted abbreviations. Then each run of letters and
    digits is a word, except for a possessive `s`."""
    return text.isascii() and (text.find(".", 1, -1) < 0 or not _DOTTED.search(text))


def is_unspaced(word: str) -> bool:
    """Whether the word is one character of a script that is written without spaces."""
    return bool(_UNSPACED_CHAR.fullmatch(word))


def _written(text: str) -> list[str]:
    """The words as written in the text. Words of ASCII texts are in lower case, so that a word at
    the beginning of a sentence does not need a second cache entry."""
    if is_plain(text) and "'" not in text and "`" not in text:
        # Three times as fast as the regular expression.
        return text.encode().translate(_SPLIT_ASCII).decode().split()
    return _word().findall(text.lower() if text.isascii() else text)


def _fold(written: str) -> Word | None:
    # Most words are plain: only their case changes.
    plain = written.isascii() and written.isalnum()
    folded = (written.lower() if plain else _folded_letters(written))[:LONGEST_WORD]
    # Equal forms share one string. This saves a third of the memory of the cache.
    folded = written if folded == written else folded
    stem = _OF_THREAD.stem(folded)
    return Word(folded, folded if stem == folded else stem) if folded else None


class WordCache(dict[str, Word | None]):
    """A cache of words by spelling.

    A full cache is emptied. This is faster than to track the least recently used entries.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __missing__(self, written: str) -> Word | None:
        if len(self) >= self._most:
            self.clear()
        word = self[written] = _fold(written)
        return word


_word_for = WordCache(MAX_CACHED_WORDS).__getitem__


def _folded_letters(written: str) -> str:
    marked = unicodedata.normalize("NFKD", written).casefold()
    return "".join(char for char in marked if char.isalnum() and char not in _NOT_LETTERS)


class _OfThread(threading.local):
    """One stemmer for each thread, because a stemmer is not safe for use by several threads."""

    def __init__(self) -> None:
        self.stem: Callable[[str], str] = _snowball.Stemmer("english", 0).stemWord


_OF_THREAD = _OfThread()


def _marks() -> Iterator[str]:
    """Ranges of the characters that are removed inside words: combining marks, soft hyphens and
    joiners. `re` has no class for combining marks."""
    categories = "".join(map(unicodedata.category, map(chr, range(0x1F000))))
    for found in re.finditer("(?:M[nce])+", categories):
        yield f"{chr(found.start() // 2)}-{chr(found.end() // 2 - 1)}"
    yield "\U000e0100-\U000e01ef\u00ad\u200c\u200d"


_DOTTED = re.compile(r"[a-zA-Z]\.[a-zA-Z]")
_SPLIT_ASCII = (
    bytes(ord(chr(code).lower() if chr(code).isalnum() else " ") for code in range(128)) * 2
)
"""A translation of ASCII: letters to lower case, other characters except digits to a space."""

_NOT_LETTERS = "\u02bc\u0edc\u0edd\u309f\u30ff"
"""An apostrophe that Unicode classes as a letter, and characters that represent two words."""
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u303c\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f"
    "\U00020000-\U0003ffff"
)
_UNSPACED_CHAR = re.compile(f"[{_UNSPACED}]")


@cache
def _word() -> re.Pattern[str]:
    """The pattern of a word. It is compiled on first use, because to collect the marks is slow."""
    mark = f"[{''.join(_marks())}]"
    plain = rf"[^\W_{_NOT_LETTERS}{_UNSPACED}]"
    letter = rf"[^\W\d_{_NOT_LETTERS}{_UNSPACED}]{mark}*+"
    return re.compile(
        # Most words are ASCII without marks. The branches below match them too, but slowly.
        rf"((?=\w)(?:[a-zA-Z0-9]{{2,}}+(?![^\x00-\x7f])"
        rf"|(?=\w\W){letter}(?:\.{letter})++\.?(?!\w)"
        rf"|{plain}++(?:{mark}++{plain}*+)*+"
        rf"|(?![_{_NOT_LETTERS}])[{_UNSPACED}]{mark}*+))"
        rf"(?:['’‘`´\u02bc][sS](?!\w|{mark}))?"
    )
