"""Sort by relevance: every page has the hits and the order of the definition."""

import base64
import json
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import URL

from app.main import create_app, with_middleware
from app.resources.registry import BY_KIND
from app.resources.resource import Resource
from app.resources.timeline import SEARCH, TIMELINE
from seeds.dataset_content import LoadedRow
from seeds.publish import search
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.contract.api_requests import Row, get, ids, pages, pages_back, rows_of
from tests.contract.repeated_words import WORDS, found_by, of_list, repeated_word_rows
from tests.integration.publish.loading import load
from tests.integration.publish.sample_content import content

ROWS = repeated_word_rows()
LISTS = (*(BY_KIND[kind] for kind in ("event", "law", "actor", "passage")), TIMELINE, SEARCH)
EACH = pytest.mark.parametrize("resource", LISTS, ids=lambda resource: resource.path)

terms = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(["tr*", "te*", "ki*", '"king tale"', '"hong kong"', '"met treaty"']),
)
queries = st.lists(terms, min_size=1, max_size=3).map(" ".join)


@pytest.fixture(scope="module")
def client(module_database: URL) -> Iterator[ApiClient]:
    with _client(module_database, ROWS) as client:
        yield client


@EACH
@settings(max_examples=8, deadline=None)
@given(q=queries, limit=st.integers(5, 12))
def test_a_walk_forward_and_back_meets_all_hits_in_order(
    client: ApiClient, resource: Resource, q: str, limit: int
) -> None:
    path, wanted = f"/v1/{resource.path}", found_by(q, of_list(resource, ROWS))
    forward = list(pages(client, path, q=q, limit=limit))
    assert [id for page in forward for id in ids(page["data"])] == wanted
    assert {page["meta"]["total"] for page in forward} == {len(wanted)}
    back = pages_back(client, forward[-1])
    assert [ids(page["data"]) for page in back] == [ids(page["data"]) for page in forward]


@EACH
@settings(max_examples=15, deadline=None)
@given(q=queries, offset=st.integers(0, 60), limit=st.integers(1, 30))
def test_a_page_by_offset_is_a_part_of_the_walk(
    client: ApiClient, resource: Resource, q: str, offset: int, limit: int
) -> None:
    page = get(client, f"/v1/{resource.path}", q=q, offset=offset, limit=limit)
    assert ids(page["data"]) == found_by(q, of_list(resource, ROWS))[offset : offset + limit]


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("events", {"type": "legislation"}),
        ("events", {"type_not": "legislation", "date": "2019"}),
        ("events", {"date": "2018/2019-03", "date_match": "certain"}),
        ("laws", {"date": "1997/.."}),
        ("timeline", {"date": "2019-03", "kind": "law"}),
        ("timeline", {"kind_not": "event"}),
    ],
)
@settings(max_examples=6, deadline=None)
@given(q=queries, limit=st.integers(4, 9))
def test_filters_and_periods_leave_the_order_as_it_is(
    client: ApiClient, path: str, asked: dict[str, str], q: str, limit: int
) -> None:
    among = {row["id"] for row in rows_of(client, f"/v1/{path}", **asked, limit=200)}
    rows = [row for row in ROWS if row.row.id in among]
    forward = list(pages(client, f"/v1/{path}", q=q, limit=limit, **asked))
    found: list[Row] = [row for page in forward for row in page["data"]]
    assert ids(found) == found_by(q, rows)
    assert forward[0]["meta"]["total"] == len(found)
    if "date" in asked:
        assert {row["match"]["date"] for row in found} <= {"certain", "possible"}
        without = [row for row in ROWS if row.row.kind in _KINDS[path] and not _is_dated(row.row)]
        if not asked.keys() & {"type_not", "kind"}:
            assert forward[0]["meta"]["undated"] == len(found_by(q, without))


_KINDS = {"events": ("event",), "laws": ("law",), "timeline": TIMELINE.kinds}


def _is_dated(row: Any) -> bool:
    return row.date is not None


@pytest.mark.parametrize("q", ["treaty", "king", "tale met"])
def test_every_sort_finds_the_same_rows(client: ApiClient, q: str) -> None:
    wanted = sorted(found_by(q, of_list(BY_KIND["event"], ROWS)))
    for sort in ("relevance", "-relevance", "relevance,name", "name", "date", "position"):
        assert sorted(ids(rows_of(client, "/v1/events", q=q, sort=sort, limit=5))) == wanted, sort


def test_an_export_has_the_hits_in_the_same_order(client: ApiClient) -> None:
    lines = client.get("/v1/search", params={"q": "king", "format": "ndjson"}).text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == found_by("king", ROWS)


@pytest.mark.parametrize("key", [(7, 3), (-7, 3), (1, 2**53 - 1), (0, -(2**53) + 1), (2, 10**12)])
@pytest.mark.parametrize("direction", ["a", "b"])
def test_a_cursor_made_up_with_any_numbers_gives_a_page(
    client: ApiClient, key: tuple[int, int], direction: str
) -> None:
    link = get(client, "/v1/search", q="king", limit=1)["links"]["next"]
    token = link.partition("cursor=")[2].partition("&")[0]
    content = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))[4:])
    data = json.dumps([direction, *content[1:3], *key, "nobody"]).encode()
    forged = base64.urlsafe_b64encode(zlib.crc32(data).to_bytes(4, "big") + data)
    page = get(client, "/v1/search", q="king", limit=3, cursor=forged.decode().rstrip("="))
    found, whole = ids(page["data"]), found_by("king", ROWS)
    assert not found or found == whole[whole.index(found[0]) :][: len(found)]


def test_a_walk_goes_on_behind_a_row_that_is_gone(database: URL) -> None:
    whole = found_by("king", ROWS)
    middle = len(whole) // 2
    with _client(database, ROWS) as client:
        first = get(client, "/v1/search", q="king", limit=middle)
        second = get(client, first["links"]["next"])
    gone = {whole[middle - 1], whole[middle]}  # the rows that the cursors refer to
    with _client(database, [row for row in ROWS if row.row.id not in gone]) as client:
        behind = [row for page in pages(client, first["links"]["next"]) for row in page["data"]]
        before = get(client, second["links"]["prev"])
    assert before["meta"]["dataset"]["changed_since_cursor"] is True
    # Rows with the position of the removed row may be repeated. No row may be missing.
    assert ids(behind)[-len(whole) + middle + 1 :] == whole[middle + 1 :]
    assert set(ids(behind)) <= {id for id in whole if _place(id) >= _place(whole[middle - 1])}
    assert set(whole[1 : middle - 1]) <= set(ids(before["data"]))


def test_a_walk_goes_on_where_a_row_stands_now(database: URL) -> None:
    whole = found_by("king", ROWS)
    with _client(database, ROWS) as client:
        first = get(client, "/v1/search", q="king", limit=5)
    moved = [replace(row, position=row.position + 3) for row in ROWS]
    with _client(database, moved) as client:
        following = get(client, first["links"]["next"])
    assert ids(following["data"]) == whole[5:10]


@contextmanager
def _client(database: URL, rows: list[LoadedRow]) -> Generator[ApiClient]:
    with patch.object(search, "RARE", 52):  # Some words are in more rows now, some in fewer.
        load(database, content(rows), force=True)
    settings = settings_for(database)
    with ApiClient(with_middleware(create_app(settings), settings)) as client:
        yield client


def _place(id: str) -> int:
    return next(row.position for row in ROWS if row.row.id == id)
