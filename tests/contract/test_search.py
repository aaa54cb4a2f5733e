"""Search: both databases give the same hits, order and highlights. Every text is a valid search."""

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.resources.lists import LISTS
from app.resources.registry import BY_KIND
from app.resources.resource import Resource
from app.resources.searched_texts import fields_of
from app.search.highlights import Highlighter
from app.search.query import SearchQuery, parse_query
from tests.client import ApiClient
from tests.contract.api_requests import Row, get, ids, problem, rows_of, whole

EACH = pytest.mark.parametrize("resource", LISTS, ids=lambda resource: resource.path)
QUERIES = (
    "Hong Kong", "autonomy", '"human rights"', "sanction*", "U.S.", "protests", "$17.8 billion",
    "Hong-Kong", "O’Brien", "extradition treaty", "“One country, two systems”", "legislators 15",
)  # fmt: skip


def is_found(row: Row, q: str) -> bool:
    """Whether the texts of a row have all words. Computed without a database."""
    return has_words(dict(fields_of(BY_KIND[row["kind"]], row)), q)


def has_words(texts: dict[str, str], q: str) -> bool:
    return all(any(map(word.spans, texts.values())) for word in words_of(q))


@cache
def words_of(q: str) -> tuple[Highlighter, ...]:
    """For each word, a function that finds it in a text."""
    return tuple(Highlighter(SearchQuery((term,))) for term in parse_query(q).terms)


@EACH
@pytest.mark.parametrize("q", QUERIES)
def test_a_search_finds_the_rows_that_have_all_words(
    client: ApiClient, resource: Resource, q: str
) -> None:
    path = f"/v1/{resource.path}"
    expected = {id for id, row in _every(client, resource).items() if is_found(row, q)}
    found = rows_of(client, path, q=q, limit=200)
    assert set(ids(found)) == expected
    for row in found:
        assert row["match"]["highlights"] or resource.parent, row["id"]


_KEPT: dict[str, dict[str, Row]] = {}


def _every(client: ApiClient, resource: Resource) -> dict[str, Row]:
    """The items of each list, by id; of dyads, their events. Both databases have equal items, so
    they are read only once."""
    if resource.path not in _KEPT:
        _KEPT[resource.path] = {
            row["id"]: whole(client, row)
            for row in rows_of(client, f"/v1/{resource.path}", limit=200)
        }
    return _KEPT[resource.path]


def test_highlights_are_the_words_that_were_asked_for(client: ApiClient) -> None:
    for row in rows_of(client, "/v1/passages", q="sanctions", limit=200):
        told = [each for each in row["match"]["highlights"] if each["field"] == "text"]
        assert told
        for each in told:
            assert row["text"][each["start"] : each["end"]].lower().startswith("sanction")


def test_highlights_are_told_field_by_field_in_the_order_of_names_and_texts(
    client: ApiClient,
) -> None:
    q = "hong kong"
    highlighter = Highlighter(parse_query(q))
    for row in rows_of(client, "/v1/actors", q=q, limit=200):
        fields = fields_of(BY_KIND["actor"], row)
        spans = [(field, *span) for field, text in fields for span in highlighter.spans(text)]
        assert [tuple(each.values()) for each in row["match"]["highlights"]] == spans


def test_the_most_telling_rows_come_first(client: ApiClient) -> None:
    rows = rows_of(client, "/v1/search", q="autonomy act", kind="law,event", limit=200)
    in_name = ["autonomy" in row["name"].lower() and "act" in row["name"].lower() for row in rows]
    assert in_name == sorted(in_name, reverse=True)
    assert rows[0]["id"] in ("hong-kong-autonomy-act", "hong-kong-autonomy-act-signed")


@pytest.mark.parametrize("q", QUERIES)
def test_no_sentence_stands_before_a_row_that_is_called_so(client: ApiClient, q: str) -> None:
    found = rows_of(client, "/v1/search", q=q, limit=200)
    kinds = [row["kind"] for row in found]
    called = [has_words({"name": row["name"]}, q) for row in found]
    for place, kind in enumerate(kinds):
        if kind == "passage":
            later = zip(kinds[place:], called[place:], strict=True)
            assert not any(named for kind, named in later if kind != "passage"), found[place]["id"]


def test_a_search_across_kinds_finds_what_the_lists_find(client: ApiClient) -> None:
    for q in QUERIES:
        across = {(row["kind"], row["id"]) for row in rows_of(client, "/v1/search", q=q, limit=200)}
        apart = {
            (row["kind"], row["id"])
            for resource in BY_KIND.values()
            for row in rows_of(client, f"/v1/{resource.path}", q=q, limit=200)
        }
        assert across == apart


def test_a_search_walks_narrows_and_counts_like_any_list(client: ApiClient) -> None:
    whole = ids(rows_of(client, "/v1/search", q="hong kong", limit=200))
    assert len(whole) == len(set(whole))
    assert ids(rows_of(client, "/v1/search", q="hong kong", limit=7)) == whole
    body = get(client, "/v1/search", q="hong kong", facet="kind", limit=0)
    assert sum(b["count"] for b in body["facets"]["kind"]["buckets"]) == body["meta"]["total"]
    dated = get(client, "/v1/events", q="hong kong", date="2020", limit=1)
    assert dated["data"][0]["match"]["date"] in ("certain", "possible")
    by_date = rows_of(client, "/v1/events", q="hong kong", sort="date", limit=200)
    assert set(ids(by_date)) == set(ids(rows_of(client, "/v1/events", q="hong kong", limit=200)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hong Kong", "hong   kong"),
        ("protests", "PROTESTED"),
        ("US", "U.S."),
        ("“fig leaf”", '"fig leaf"'),
        ("Hong Kong–United States", "hong-kong-united-states"),
    ],
)
def test_case_forms_dashes_and_quotes_do_not_matter(
    client: ApiClient, one: str, other: str
) -> None:
    found: list[list[str]] = [
        ids(rows_of(client, "/v1/search", q=q, limit=200)) for q in (one, other)
    ]
    assert found[0]
    assert found[0] == found[1]


@settings(max_examples=80, deadline=None)
@given(
    st.one_of(
        st.text(min_size=1, max_size=60),
        st.lists(
            st.sampled_from(
                ['"', "AND", "OR", "NOT", "NEAR(", "*", "(", ")", "a-b", "C++", "'", ":", "^",
                 "{name}", "&", "|", "!", "<->", "a:ABCD", "\\", "%", "–", "hong", "kong*", "香港"]
            ),
            min_size=1, max_size=9,
        ).map(" ".join),
    )
)  # fmt: skip
def test_no_text_is_a_syntax_error(client: ApiClient, q: str) -> None:
    response = client.get("/v1/search", params={"q": q, "limit": 3})
    assert response.status_code in (200, 400, 422), response.text
    if response.status_code != 200:
        codes = {error["code"] for error in response.json()["errors"]}
        assert codes <= {"no-words", "too-long", "empty", "undecodable"}


def test_searches_without_words_or_too_long_are_refused(client: ApiClient) -> None:
    cases: list[tuple[dict[str, Any], int]] = [
        ({}, 422), ({"q": ""}, 422), ({"q": "***"}, 400), ({"q": "a" * 201}, 422),
        ({"q": " ".join("abcdefghijk")}, 400),
    ]  # fmt: skip
    for asked, status in cases:
        body = problem(client.get("/v1/search", params=asked), status)
        assert body["errors"][0]["parameter"] == "q"
    assert problem(client.get("/v1/events?sort=relevance"), 400)


@pytest.mark.parametrize(
    ("path", "q", "suggestion"),
    [
        ("/v1/search", "Snoden", "snowden"),
        ("/v1/search", "hong kong autonmy", "hong kong autonomy"),
        ("/v1/actors", '"Donald Trmp"', "donald-trump"),
        ("/v1/search", "xyzzyx", None),
        ("/v1/search", "hong snowden trump autonomy tariff", None),
        ("/v1/events?count=none", "Snoden", "snowden"),
        ("/v1/events?limit=0", "Snoden", "snowden"),
    ],
)
def test_words_that_find_nothing_are_answered_with_those_of_names(
    client: ApiClient, path: str, q: str, suggestion: str | None
) -> None:
    body = client.get(path, params={"q": q}).json()
    assert body["data"] == []
    assert body["meta"]["suggestion"] == suggestion
    if suggestion:
        assert get(client, path.partition("?")[0], q=suggestion)["data"]


def test_nothing_is_suggested_where_the_words_are_not_at_fault(client: ApiClient) -> None:
    found = get(client, "/v1/events", q="hong kong")
    assert found["data"]
    assert found["meta"]["suggestion"] is None
    elsewhere = get(client, "/v1/events", q="hong kong", date="1850")
    assert elsewhere["data"] == []
    assert elsewhere["meta"]["suggestion"] is None
    assert get(client, "/v1/events")["meta"]["suggestion"] is None


@pytest.mark.parametrize("count", ["auto", "exact", "none"])
def test_nothing_is_suggested_on_an_empty_page_behind_the_last_one(
    client: ApiClient, count: str
) -> None:
    asked = {"q": "hong snowden", "count": count}
    whole = get(client, "/v1/passages", q="hong snowden")["meta"]["total"]
    assert get(client, "/v1/passages", **asked, offset=whole + 5)["meta"]["suggestion"] is None
    page = get(client, "/v1/passages", q="Snoden", count=count, offset=5)
    assert page["meta"]["suggestion"] == (None if count == "none" else "snowden")
