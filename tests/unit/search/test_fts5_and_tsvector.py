"""Both databases find the rows that the documentation promises."""

import sys

import psycopg
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.search import layout, tsvector
from app.search.layout import MARK, PARTS
from app.search.query import parse_query
from app.search.tokens import words
from tests.unit.search.engines import (
    Texts,
    expected,
    in_postgres,
    in_sqlite,
    postgres_lexemes,
    sqlite_lexemes,
)
from tests.unit.search.writing import queries, rows

some_parts = st.lists(st.sampled_from(PARTS), min_size=1, unique=True)
unhurried = settings(deadline=None)


@unhurried
@given(st.data(), rows, some_parts)
def test_both_databases_find_the_same_rows(
    postgres: psycopg.Connection, data: st.DataObject, rows: list[Texts], parts: list[str]
):
    query = parse_query(data.draw(queries(rows)))
    assume(query.terms)
    found = expected(query, rows, parts)
    assert in_sqlite(query, rows, parts) == found
    assert in_postgres(postgres, query, rows, parts) == found


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("hong autonomy", [0]),
        ('"kong autonomy"', []),
        ('"act hkaa"', []),
        ('"hkaa sanctions"', []),
        ("sanctioned hkaa", [0]),
        ("sanction*", [0]),
        ("polici*", [1]),
        ("policies", [1, 2]),
        ("us", [1, 2]),
        ('"U.S. policy"', [1, 2]),
        ("u.s.-pol*", [1, 2]),
    ],
)
def test_words_match_across_a_row_and_phrases_within_a_text(
    postgres: psycopg.Connection, q: str, found: list[int]
):
    rows: list[Texts] = [
        {"name": ["Hong Kong"], "aliases": ["Autonomy Act", "HKAA"], "text": ["Sanctions."]},
        {"text": ["The U.S. policies."]},
        {"name": ["US policy"]},
    ]
    query = parse_query(q)
    assert expected(query, rows) == found
    assert in_sqlite(query, rows) == found
    assert in_postgres(postgres, query, rows) == found


def test_the_longest_words_and_phrases_are_found(postgres: psycopg.Connection):
    rows: list[Texts] = [{"text": ["香" * 200, "\U00010428" * 5000]}]
    for q in ("香" * 200, "\U00010428" * 199 + "*", " ".join(["香" * 19] * 10)):
        query = parse_query(q)
        assert in_sqlite(query, rows) == in_postgres(postgres, query, rows) == [0]


def test_words_of_any_script_are_indexed_as_they_are(postgres: psycopg.Connection):
    letters = [chr(code) for code in range(0, sys.maxunicode + 1, 7) if chr(code).isalnum()]
    rows: list[Texts] = [{"text": letters}]
    lexemes = {
        lexeme
        for letter in letters
        for word in words(letter)
        for lexeme in (word.stem, MARK + word.folded)
    }
    assert sqlite_lexemes(rows) == lexemes | {MARK}
    assert postgres_lexemes(postgres, rows) == lexemes


@unhurried
@given(st.data(), rows, some_parts)
def test_beyond_the_limits_of_postgres_words_are_found_and_phrases_on_neither_side(
    postgres: psycopg.Connection, data: st.DataObject, rows: list[Texts], parts: list[str]
):
    query = parse_query(data.draw(queries(rows)))
    assume(query.terms)
    with pytest.MonkeyPatch.context() as patch:
        for module in (layout, tsvector):
            patch.setattr(module, "LAST_POSITION", 4)
        patch.setattr(layout, "MAX_POSITIONS", 2)
        found = in_sqlite(query, rows, parts)
        assert in_postgres(postgres, query, rows, parts) == found
    promised = expected(query, rows, parts)
    assert found == promised or (
        any(len(term.words) > 1 for term in query.terms) and set(found) < set(promised)
    )


def test_phrases_end_at_the_last_place(
    postgres: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
):
    for module in (layout, tsvector):
        monkeypatch.setattr(module, "LAST_POSITION", 4)
    monkeypatch.setattr(layout, "MAX_POSITIONS", 6)  # Rows with so few words reach no other limit.
    rows: list[Texts] = [{"name": ["a b c d e f"], "text": ["g"]}]
    for q, found in [('"c d" e f g', [0]), ('"d e"', []), ('"e f"', []), ('"f g"', [])]:
        query = parse_query(q)
        assert in_sqlite(query, rows) == in_postgres(postgres, query, rows) == found


def test_a_very_long_row_is_found_by_each_of_its_words(postgres: psycopg.Connection):
    numbers = " ".join(f"w{number % 80}" for number in range(17_000))
    rows: list[Texts] = [{"name": ["the " * 300 + "end"], "text": [f"{numbers} last"]}]
    for q, found in [
        ("the end last w8*", [0]),
        ('"w78 w79"', [0]),
        ('"w39 last"', []),
        ('"the end"', []),
    ]:
        query = parse_query(q)
        assert in_sqlite(query, rows) == in_postgres(postgres, query, rows) == found
