"""Words as the search compares them (tokens)."""

import sys
import unicodedata
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from snowballstemmer.english_stemmer import EnglishStemmer

from app.search.tokens import LONGEST_WORD, tokens, words
from tests.unit.search.writing import texts, word_like


def folded_words(text: str) -> str:
    return " ".join(word.folded for word in words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hong Kong–United States", "hong kong united states"),
        ("Hong-Kong", "hong kong"),
        ("U.S. U.S US u.s.", "us us us us"),
        ("U.S.-China, H.R. 3289", "us china hr 3289"),
        ("www.a.com", "www a com"),
        ("Public Law 102-383", "public law 102 383"),
        ("$17.8 billion", "17 8 billion"),
        ("protesters’ don't", "protesters don t"),
        ("China's CHINA’S U.S.'s", "china china us"),
        ("the 1990s' s", "the 1990s s"),
        ("École e\u0301cole STRASSE straße ﬁsh", "ecole ecole strasse strasse fish"),
        ("co\u00adoperation snake_case", "cooperation snake case"),
        ("香港's 人ab", "香 港 人 ab"),
        ("…–“”*'", ""),
    ],
)
def test_texts_are_divided_as_documented(text: str, expected: str):
    assert folded_words(text) == expected


def test_word_forms_share_a_stem_and_keep_their_whole():
    assert [word.stem for word in words("policy Policies")] == ["polici", "polici"]
    assert [word.folded for word in words("policy Policies")] == ["policy", "policies"]


@given(word_like | texts)
def test_stems_are_those_of_the_rules_that_snowball_publishes(text: str):
    published: Any = EnglishStemmer()
    assert all(word.stem == published.stemWord(word.folded) for word in words(text))


def test_a_long_word_counts_by_its_beginning_but_its_span_is_all_of_it():
    (token,) = tokens("x" * 5000)
    assert (token.folded, token.end) == ("x" * LONGEST_WORD, 5000)


@given(texts | st.text())
def test_spans_are_in_order_and_slice_the_text_into_its_words(text: str):
    found = tokens(text)
    assert [(token.folded, token.stem) for token in found] == words(text)
    assert all(left.end <= right.start for left, right in pairwise(found))
    for token in found:
        assert token.folded in folded_words(text[token.start : token.end])


@given(texts | st.text())
def test_composed_and_decomposed_texts_have_the_same_words(text: str):
    composed = unicodedata.normalize("NFC", text)
    assert words(unicodedata.normalize("NFD", text)) == words(composed)


@given(st.lists(texts | st.text()))
def test_white_space_divides_whatever_stands_beside_it(parts: list[str]):
    assert words("\n".join(parts)) == [word for part in parts for word in words(part)]


def test_every_character_of_unicode_is_one_word_or_none_and_folding_is_stable():
    unicode = list(map(chr, range(sys.maxunicode + 1)))
    assert not words("".join(char for char in unicode if not char.isalnum()))
    for char in filter(str.isalnum, unicode):
        found = words(char)
        assert len(found) <= 1
        for word in found:
            assert word.folded.isalnum()
            assert words(unicodedata.normalize("NFC", word.folded)) == found


@given(st.one_of(st.text(), st.from_regex(r"[a-zA-Z0-9]{1,20}", fullmatch=True)))
def test_a_stem_begins_as_its_word_does_and_a_latin_word_as_it_is_written(text: str):
    for token in tokens(text):
        assert token.stem[0] == token.folded[0]
        written = text[token.start]
        assert written.lower() == token.folded[0] or not written.isascii()
