"""How the text of a query is parsed; every text is valid."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.search.query import QueryError, SearchQuery, parse_query
from tests.unit.search.writing import texts


@pytest.mark.parametrize(
    ("q", "canonical"),
    [
        ("Tariff  TARIFFS tariff", "tariff tariffs"),
        ('"Hong Kong"', "hong-kong"),
        ("Hong–Kong", "hong-kong"),
        ("“hong kong” «trade war»", "hong-kong trade-war"),
        ('trade "war', "trade war"),
        ('say"trade war"now', "say trade-war now"),
        ("U.S. US u.s", "us"),
        ("$17.8 don’t", "17-8 don-t"),
        ("polic* (polic*), hong-kon*", "polic* hong-kon*"),
        ("U.S.*", "us*"),
        ("a* *polic po*lic polic *", "a polic po-lic"),
        ('"polic*"', "polic"),
        ("香港* 香港", "香港"),
        ("NOT hong AND -kong OR name:us", "not hong and kong or name-us"),
        ("", ""),
        ('*** "" – "*"', ""),
    ],
)
def test_queries_have_a_canonical_text(q: str, canonical: str):
    assert parse_query(q).text == canonical


def test_a_query_without_words_has_no_terms():
    assert parse_query('***  " "') == SearchQuery(())


def test_quoted_words_are_one_term_and_a_prefix_keeps_its_words_whole():
    phrase, prefix = parse_query('"trade policies" trade-policies*').terms
    assert phrase.forms == ["trade", "polici"]
    assert prefix.forms == ["trade", "policies"]


def test_ten_words_are_searched_for_and_no_more():
    assert len(parse_query(" ".join("abcdefghij")).terms) == 10
    with pytest.raises(QueryError, match="at most 10 words are searched for, not 11"):
        parse_query('a b "c d e f" g h i j k')


def test_two_hundred_characters_are_searched_for_and_no_more():
    assert parse_query("香" * 200).text == "香" * 200
    with pytest.raises(QueryError, match="at most 200 characters are searched for, not 201"):
        parse_query("a" * 201)
    with pytest.raises(QueryError, match="not 234, with ligatures written out"):
        parse_query("1ﷺﷺﷺ 2ﷺﷺﷺ 3ﷺﷺﷺ 4ﷺﷺﷺ 5ﷺﷺﷺ")


@given(texts | st.text(max_size=200))
def test_any_text_is_a_query_and_its_canonical_text_asks_the_same(q: str):
    try:
        query = parse_query(q)
    except QueryError:
        assume(False)
        raise
    assert parse_query(query.text) == query
    assert len(query.text) <= 200
