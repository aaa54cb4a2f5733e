"""Ties between actors, the network and the pages of actors and laws."""

import re
from collections import Counter
from html import unescape
from typing import Any

import pytest

from app.settings import Settings
from app.web import labels
from app.web.network import Matrix
from app.web.strips import dots, span
from app.web.ties import pairs, ties, weights
from tests.client import ApiClient
from tests.contract.api_requests import get

HTML = {"Accept": "text/html"}


def event(
    id: str, *actors: str, quad: str = "", year: str = "", signs: bool = False
) -> dict[str, Any]:
    """An event; each actor is written `name:role`."""
    named = [each.partition(":") for each in actors]
    return {
        "id": id,
        "name": id,
        "actors": [{"kind": "actor", "id": n, "name": n, "role": role} for n, _, role in named],
        "coding": {"quad": quad} if quad else None,
        "date": {"earliest": f"{year}-01-01"} if year else None,
        "agreements": [{"id": "x", "name": "x", "relation": "signed"}] if signs else [],
    }


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (event("e", "a:source", "b:target"), ["a>b"]),
        (event("e", "a:source", "b:addressee", "c:victim", "d:subject"), ["a>b", "a>c"]),
        (event("e", "a:party", "b:party"), ["a>b", "b>a"]),
        (event("e", "a:signatory", "b:recipient"), ["a>b"]),
        (event("e", "a:signatory", "b:signatory"), []),
        (event("e", "a:signatory", "b:signatory", signs=True), ["a>b", "b>a"]),
        (event("e", "a:source", "a:target", "b:location"), []),
    ],
)
def test_who_acts_towards_whom_follows_the_roles(row: dict[str, Any], expected: list[str]) -> None:
    assert [f"{one['id']}>{other['id']}" for one, other in pairs(row)] == expected


def test_ties_are_ranked_and_coloured_by_their_events() -> None:
    found = ties(
        [
            event("1", "a:source", "b:target", quad="verbal-conflict", year="2019"),
            event("2", "a:source", "b:target", quad="material-cooperation", year="2020"),
            event("3", "a:source", "b:target", quad="material-conflict", year="2020"),
            event("4", "c:source", "a:target", quad="verbal-cooperation"),
            event("5", "c:source", "a:target", quad="verbal-conflict"),
            event("6", "c:source", "d:target"),
        ]
    )
    assert [(tie.weight, tie.leading) for tie in found] == [
        (3, "conflict"),
        (2, "mixed"),
        (1, "none"),
    ]
    assert found[0].classes == {"cooperation": 1, "conflict": 2, "none": 0}
    assert weights(found) == {"a": 5, "b": 3, "c": 3, "d": 1}
    assert span(found[0].rows) == (2019, 2020)
    drawn = list(dots(found[0].rows, 2019, 2020))
    assert [dot.kind for dot in drawn] == ["conflict", "conflict", "cooperation"]
    assert drawn[0].x < drawn[2].x < drawn[1].x
    matrix = Matrix.of(found)
    assert [name.actor["id"] for name in matrix.sources] == ["a", "c"]
    assert {name.actor["id"] for name in matrix.targets} == {"a", "b", "d"}
    assert len(matrix.cells) == 3


_CELL = re.compile(r'<a class="cell[^>]*href="([^"]+)"[^>]*>.*?<text[^>]*>(\d+)<', re.DOTALL)


@pytest.mark.parametrize("query", ["", "?date=2020", "?quad=verbal-conflict", "?source=china"])
def test_each_cell_of_the_network_opens_the_events_that_it_counts(
    client: ApiClient, query: str
) -> None:
    cells = _CELL.findall(client.get(f"/network{query}", headers=HTML).text)
    assert cells
    for href, number in cells:
        assert get(client, f"/v1{unescape(href)}")["meta"]["total"] == int(number)


def test_ties_are_the_dyads_of_the_api(client: ApiClient) -> None:
    events = get(client, "/v1/events", limit=200)["data"]
    found = {(tie.source["id"], tie.target["id"]): tie.weight for tie in ties(events)}
    first = get(client, "/v1/dyads", limit=200)
    rows = first["data"]
    assert first["links"]["next"] is None
    assert found == Counter((row["source"]["id"], row["target"]["id"]) for row in rows)


@pytest.mark.parametrize("query", ["?date=2019/2020", "?source=china&sort=-date", "?q=law"])
def test_the_pairs_of_the_network_are_downloaded(client: ApiClient, query: str) -> None:
    page = unescape(client.get(f"/network{query}", headers=HTML).text)
    export = re.search(r'href="(/v1/dyads[^"]*format=csv[^"]*)"', page)
    assert export
    answer = client.get(export[1])
    assert answer.status_code == 200
    assert "text" in answer.text.partition("\n")[0].split(",")


def test_each_period_of_the_network_is_counted(client: ApiClient) -> None:
    page = client.get("/network?date=2020", headers=HTML).text
    part = page.partition('class="chips periods')[2].partition("</ul>")[0]
    found = re.findall(r'href="/network([^"]*)"[^>]*>[^<]*<span class="count">(\d+)<', part)
    assert len(found) > 2
    for query, number in found:
        assert get(client, f"/v1/events{unescape(query)}")["meta"]["total"] == int(number)


def test_the_page_of_an_actor_lists_all_its_events_once(client: ApiClient) -> None:
    for id in ("donald-trump", "hong-kong", "hua-chunying"):
        page = client.get(f"/actors/{id}", headers=HTML).text
        life = page.partition('class="appearances"')[2].partition('id="ties"')[0]
        events = get(client, "/v1/events", actor=id, limit=200)["data"]
        linked = re.findall(r'href="/events/([^"]+)"', life)
        assert sorted(linked) == sorted(row["id"] for row in events)
        for title in (labels.ACTS, labels.TIES):
            assert title in page


def test_the_page_of_a_law_shows_its_steps_in_order(client: ApiClient) -> None:
    for row in get(client, "/v1/laws", limit=200)["data"]:
        page = client.get(row["links"]["self"][3:], headers=HTML).text
        steps = page.partition('<ol class="steps">')[2].partition("</ol>")[0]
        linked = re.findall(r'href="/events/([^"]+)"', steps)
        assert linked == [step["event"]["id"] for step in row["history"] if step["event"]]


def test_the_site_is_called_as_the_setting_says(client: ApiClient) -> None:
    page = client.get("/events", headers=HTML).text
    site = Settings().site_title
    assert f"<title>Events · {site}</title>" in page
    assert f"{site}: a knowledge base" in page
