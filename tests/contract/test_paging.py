"""Paging and sorting: each row appears once and in order, forwards, backwards and by offset."""

import base64
import json
import zlib
from itertools import islice
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import URL

from app.folding import fold
from app.main import create_app, with_middleware
from app.query.sort import RELEVANCE, sort_names
from app.resources.lists import LISTS
from app.resources.resource import Resource
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.contract.api_requests import get, ids, pages, pages_back, problem, rows_of

EACH = pytest.mark.parametrize("resource", LISTS, ids=lambda resource: resource.path)
QUICK = settings(max_examples=6, deadline=None)


def plain_sorts(resource: Resource) -> list[str]:
    """The sort keys that are valid without a search."""
    return [name for name in sort_names(resource) if name != RELEVANCE]


def sorts(resource: Resource) -> st.SearchStrategy[str]:
    """Any sort of one to three keys that the resource offers."""
    keys = st.sampled_from(
        [f"{mark}{name}" for name in plain_sorts(resource) for mark in ("", "-")]
    )
    return st.lists(keys, min_size=1, max_size=3, unique_by=lambda key: key.lstrip("-")).map(
        ",".join
    )


@EACH
@QUICK
@given(data=st.data())
def test_a_walk_visits_each_row_once_and_in_the_order_of_one_page(
    client: ApiClient, resource: Resource, data: st.DataObject
) -> None:
    path = f"/v1/{resource.path}"
    sort = data.draw(sorts(resource))
    total = get(client, path)["meta"]["total"]
    limit = data.draw(st.integers(max(1, total // 4), total + 1).filter(lambda n: n <= 200))
    whole = [id for page in pages(client, path, sort=sort, limit=200) for id in ids(page["data"])]
    assert sorted(whole) == sorted(set(whole))
    assert len(whole) == total
    assert ids(rows_of(client, path, sort=sort, limit=limit)) == whole


@EACH
@QUICK
@given(data=st.data())
def test_a_walk_back_meets_the_same_pages(
    client: ApiClient, resource: Resource, data: st.DataObject
) -> None:
    path = f"/v1/{resource.path}"
    forward = list(islice(pages(client, path, sort=data.draw(sorts(resource)), limit=7), 4))
    back = pages_back(client, forward[-1])
    assert [ids(page["data"]) for page in back] == [ids(page["data"]) for page in forward]


@EACH
def test_pages_by_offset_are_the_pages_by_cursor(client: ApiClient, resource: Resource) -> None:
    path = f"/v1/{resource.path}"
    by_cursor = ids(rows_of(client, path, limit=9))
    by_offset = ids(rows_of(client, path, limit=9, offset=0))
    assert by_offset == by_cursor
    second = get(client, path, limit=9, offset=9)
    assert ids(second["data"]) == by_cursor[9:18]
    if by_cursor[9:]:
        assert "cursor" not in second["links"]["prev"]


def test_offsets_end_where_it_says_and_the_walk_goes_on_by_cursor(
    client: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = get(client, "/v1/events", offset=10_000)
    assert (last["data"], last["links"]["next"]) == ([], None)
    assert ids(get(client, last["links"]["prev"])["data"])
    problem(client.get("/v1/events?offset=10001"), 422)
    whole = ids(rows_of(client, "/v1/events", limit=200))
    monkeypatch.setattr("app.api.lists.MAX_OFFSET", 14)
    by_offset = get(client, "/v1/events", limit=7, offset=7, count="exact")
    assert by_offset["links"]["next"].endswith("offset=14")
    by_cursor = get(client, "/v1/events", limit=7, offset=8, count="exact")
    assert "cursor=" in by_cursor["links"]["next"]
    assert "offset=" not in by_cursor["links"]["next"]
    assert ids(get(client, by_cursor["links"]["next"])["data"]) == whole[15:22]


@EACH
def test_beyond_the_end_prev_is_the_last_page_with_rows(
    client: ApiClient, resource: Resource
) -> None:
    path = f"/v1/{resource.path}"
    known = ids(rows_of(client, path, limit=200))
    for limit in (1, 2, 7, 200):
        for beyond in (0, 1, limit, 500):
            page = get(client, path, limit=limit, offset=len(known) + beyond)
            previous = get(client, page["links"]["prev"])
            assert ids(previous["data"])
            assert ids(previous["data"])[-1] == known[-1]
            assert previous["links"]["next"] is None
    unknown = get(client, path, limit=5, offset=5_000, count="none")
    assert (unknown["data"], unknown["links"]["prev"]) == ([], None)
    empty = (
        get(client, path, limit=5, offset=5, date="0900", date_match="within")
        if resource.dated
        else None
    )
    assert empty is None or empty["links"]["prev"] is None


@pytest.mark.parametrize("name", ["type", "actor"])
def test_a_total_is_exact_up_to_the_most_that_is_counted(
    client: ApiClient, loaded: URL, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    found = get(client, "/v1/events", facet=name, limit=0)["facets"][name]["buckets"]
    totals = {bucket["value"]: bucket["count"] for bucket in found}
    most = sorted(set(totals.values()))[1]
    for module in ("app.api.lists", "app.sql.statements"):
        monkeypatch.setattr(f"{module}.COUNTED", most)
    chosen = settings_for(loaded)
    with ApiClient(with_middleware(create_app(chosen), chosen)) as capped:
        for value, total in totals.items():
            is_exact = total <= most
            answer = capped.get("/v1/events", params={name: value, "limit": 1})
            meta = answer.json()["meta"]
            expected = (total, "eq") if is_exact else (most, "gte")
            assert (meta["total"], meta["total_relation"]) == expected, value
            assert answer.headers.get("x-total-count") == (str(total) if is_exact else None)
            exact = get(capped, "/v1/events", limit=1, count="exact", **{name: value})["meta"]
            assert (exact["total"], exact["total_relation"]) == (total, "eq")
    assert max(totals.values()) > most


@EACH
def test_a_sort_is_the_order_that_its_keys_say(client: ApiClient, resource: Resource) -> None:
    path = f"/v1/{resource.path}"
    by_name = [fold(row["name"]) for row in rows_of(client, path, sort="name", limit=200)]
    assert by_name == sorted(by_name)
    assert rows_of(client, path, sort="-id") == rows_of(client, path, sort="id")[::-1]
    for name in set(plain_sorts(resource)) - {"date", "name", "position", "id"}:
        for mark in ("", "-"):
            values = [row[name] for row in rows_of(client, path, sort=f"{mark}{name}", limit=200)]
            known = [value for value in values if value is not None]
            assert known == sorted(known, reverse=bool(mark))
            assert values[len(known) :] == [None] * (len(values) - len(known))


@EACH
def test_dates_sort_by_their_start_and_undated_rows_come_last(
    client: ApiClient, resource: Resource
) -> None:
    if not resource.dated:
        assert client.get(f"/v1/{resource.path}?sort=date").status_code == 422
        return
    for sort in ("date", "-date"):
        dates = [row["date"] for row in rows_of(client, f"/v1/{resource.path}", sort=sort)]
        dated = [_start(date) for date in dates if date]
        assert dates[len(dated) :] == [None] * (len(dates) - len(dated))
        assert dated == sorted(dated, reverse=sort == "-date")


def _start(date: dict[str, Any]) -> str:
    """The sort key of a date. An imprecise date is before the exact dates of its period."""
    start = str(date["edtf"]).strip("[]~?%").split("/")[0]
    text = next(filter(None, start.split("..")), "")
    return f"{text}-00-00"[:10] if len(text) < 10 else text


@EACH
def test_a_limit_of_zero_gives_totals_only(client: ApiClient, resource: Resource) -> None:
    body = get(client, f"/v1/{resource.path}", limit=0)
    assert body["data"] == []
    assert body["meta"]["total"] > 0
    assert body["links"]["next"] is None


@EACH
def test_counting_is_exact_or_left_out_as_asked(client: ApiClient, resource: Resource) -> None:
    path = f"/v1/{resource.path}"
    exact = get(client, path, count="exact")["meta"]
    none = get(client, path, count="none")["meta"]
    assert exact["total"] == len(rows_of(client, path, limit=200))
    assert (none["total"], none["total_relation"]) == (None, None)


def test_a_cursor_of_another_query_is_refused_and_tells_how_to_go_on(client: ApiClient) -> None:
    following = get(client, "/v1/events", limit=2)["links"]["next"]
    cursor = following.partition("cursor=")[2].partition("&")[0]
    for path, parameters in (
        ("/v1/events", {"sort": "name"}),
        ("/v1/events", {"type": "order"}),
        ("/v1/laws", {}),
    ):
        body = problem(client.get(path, params={**parameters, "cursor": cursor}), 400)
        assert body["errors"][0]["parameter"] == "cursor"
        assert "start again without" in body["errors"][0]["message"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abcXYZ019-_", min_size=8, max_size=80), st.integers(0, 60))
def test_a_forged_or_damaged_cursor_is_a_400(client: ApiClient, text: str, at: int) -> None:
    problem(client.get("/v1/events", params={"cursor": text}), 400)
    good = get(client, "/v1/events", limit=1)["links"]["next"]
    cursor = good.partition("cursor=")[2].partition("&")[0]
    damaged = cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :]
    problem(client.get("/v1/events", params={"cursor": damaged, "limit": 1}), 400)


def forged(content: Any) -> str:
    """A forged cursor: any content with a correct checksum."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    token = zlib.crc32(data).to_bytes(4, "big") + data
    return base64.urlsafe_b64encode(token).rstrip(b"=").decode()


def content_of(link: str) -> list[Any]:
    """Decode the cursor in a link: direction, query, dataset and sort key."""
    cursor = link.partition("cursor=")[2].partition("&")[0]
    return json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))[4:])


SAFE = 2**53
NO_TEXTS: tuple[Any, ...] = (None, 1, True, 0.5, [], {}, "\ud800", "a\udfff", "a\0b")
NO_NUMBERS: tuple[Any, ...] = (
    None, "1", True, [], {}, 10**30, -(10**30), SAFE + 1, -SAFE - 1, float("inf"), float("nan"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("path", "sort"),
    [("events", "date"), ("events", "name"), ("trade-figures", "value"), ("trade-figures", "id")],
)
def test_no_value_that_fits_no_column_is_taken_from_a_forged_cursor(
    client: ApiClient, path: str, sort: str
) -> None:
    path = f"/v1/{path}"
    good = content_of(get(client, path, sort=sort, limit=1)["links"]["next"])
    assert get(client, path, sort=sort, limit=1, cursor=forged(good))["data"]
    for place, value in enumerate(good):
        wrong = [*NO_TEXTS, "x" * 9] if place < 3 else _not_like(value)
        for other in wrong:
            bad = [*good[:place], other, *good[place + 1 :]]
            if place == 2 and isinstance(other, str):  # any text is a valid dataset version
                continue
            body = problem(client.get(path, params={"sort": sort, "cursor": forged(bad)}), 400)
            assert body["errors"][0]["code"] == "foreign-cursor", bad


def _not_like(value: Any) -> tuple[Any, ...]:
    if isinstance(value, str):
        return NO_TEXTS
    return NO_NUMBERS if isinstance(value, float) else (*NO_NUMBERS, 0.5)


@pytest.mark.parametrize("value", [SAFE, -SAFE, 0, -1])
def test_any_number_that_json_tells_exactly_may_stand_in_a_cursor(
    client: ApiClient, value: int
) -> None:
    path, asked = "/v1/trade-figures", {"sort": "value", "limit": 200}
    rows = rows_of(client, path, **asked)
    good = content_of(get(client, path, sort="value", limit=1)["links"]["next"])
    assert good[4] == rows[0]["value"]
    cursor = forged([*good[:4], value, *good[5:]])
    found = get(client, path, **asked, cursor=cursor)["data"]
    behind = [row["id"] for row in rows if row["value"] is None or row["value"] > value]
    assert ids(found) == behind


@pytest.mark.parametrize(
    "content",
    [{"a": 1}, "text", 10**6, None, ["a"], ["a", "b", "c"], b"\xff" * 9, b"{" * 9, b"[" * 380,
     b"[1, 2", b"9" * 380, b"[  ]"],
    ids=repr,
)  # fmt: skip
def test_a_forged_cursor_of_any_other_content_is_a_400(client: ApiClient, content: Any) -> None:
    body = problem(client.get("/v1/events", params={"cursor": forged(content)}), 400)
    assert body["errors"][0]["code"] == "foreign-cursor"


def test_a_forged_cursor_of_a_key_too_long_or_short_is_a_400(client: ApiClient) -> None:
    good = content_of(get(client, "/v1/events", limit=1)["links"]["next"])
    for bad in (good[:-1], [*good, good[-1]], good[:3]):
        problem(client.get("/v1/events", params={"cursor": forged(bad)}), 400)


def test_a_cursor_outside_its_alphabet_or_too_long_is_a_422(client: ApiClient) -> None:
    for cursor in ("é" * 10, "a b c d e f g", "x" * 513, "short"):
        problem(client.get("/v1/events", params={"cursor": cursor}), 422)


def test_a_cursor_says_whether_the_data_changed_since(client: ApiClient) -> None:
    first = get(client, "/v1/events", limit=1)
    assert first["meta"]["dataset"]["changed_since_cursor"] is None
    second = get(client, first["links"]["next"])
    assert second["meta"]["dataset"]["changed_since_cursor"] is False


def test_page_size_may_change_while_paging(client: ApiClient) -> None:
    whole = ids(rows_of(client, "/v1/events", limit=200))
    first = get(client, "/v1/events", limit=3)
    second = client.get(first["links"]["next"].replace("limit=3", "limit=11")).json()
    assert ids(second["data"]) == whole[3:14]


def test_a_walk_goes_on_under_what_is_given_by_default(client: ApiClient) -> None:
    asked = {"date": "2019/2020", "date_match": "possible", "sort": "date", "count": "auto"}
    assert ids(rows_of(client, "/v1/events", limit=4, **asked)) == ids(
        rows_of(client, "/v1/events", date="2019/2020", limit=200)
    )


def test_a_sort_key_in_both_directions_is_refused(client: ApiClient) -> None:
    problem(client.get("/v1/events?sort=date,-date"), 400)
