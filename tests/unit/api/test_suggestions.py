"""Suggestions for an unknown word: which known word it probably means."""

import difflib

from hypothesis import given
from hypothesis import strategies as st

from app.api.suggestions import SIMILAR, most_similar
from tests.unit.search.writing import word_like


def test_the_most_similar_word_is_meant_if_any_is_similar() -> None:
    assert most_similar("kissinjer", ["kissing", "kissinger", "messenger"]) == "kissinger"
    assert most_similar("kissinjer", ["taiwan"]) is None


@given(word_like, st.lists(word_like, unique=True, max_size=30))
def test_leaving_words_out_beforehand_changes_no_answer(word: str, known: list[str]) -> None:
    assert [most_similar(word, known)] == (
        difflib.get_close_matches(word, known, 1, SIMILAR) or [None]
    )
