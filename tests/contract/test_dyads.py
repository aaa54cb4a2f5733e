"""Dyads and sides: the rows, filters and counts of pairs, compared with plain Python."""

from collections import Counter
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.client import ApiClient
from tests.contract.api_requests import Row, get, ids, rows_of
from tests.contract.sides import pairs, sources, targets
from tests.timeouts import SUPPRESSED_CHECKS

SIDES = ("source", "target")
NAMES = ("source", "target", "source_country", "target_country", "source_within", "target_within")
PANEL = ("source_country", "target_country", "date:year")


@pytest.fixture(scope="module")
def events(client: ApiClient) -> list[Row]:
    return rows_of(client, "/v1/events", limit=200)


@pytest.fixture(scope="module")
def dyads(client: ApiClient) -> list[Row]:
    return rows_of(client, "/v1/dyads", limit=200)


@pytest.fixture(scope="module")
def actors(client: ApiClient) -> dict[str, Row]:
    return {row["id"]: row for row in rows_of(client, "/v1/actors", limit=200)}


def test_dyads_are_the_pairs_of_the_events(
    events: list[Row], dyads: list[Row], actors: dict[str, Row]
) -> None:
    expected = {
        f"{event['id']}--{one}--{other}": (event, one, other)
        for event in events
        for one, other in pairs(event)
    }
    assert len(dyads) == len(expected) > 50
    for row in dyads:
        event, *pair = expected[row["id"]]
        coding = event["coding"] or dict.fromkeys(("category", "mode", "quad", "score"))
        for field in ("note", "date", "type", "modality", "aspect", "negated", "place"):
            assert row[field] == event[field], field
        for field in ("category", "mode", "quad", "score"):
            assert row[field] == coding[field], field
        assert row["event"]["id"] == event["id"]
        for side, id in zip(SIDES, pair, strict=True):
            actor = actors[id]
            facts = (row[side]["id"], row[f"{side}_type"], row[f"{side}_country"])
            assert facts == (id, actor["type"], actor["country"])
            roles = {each["role"] for each in event["actors"] if each["id"] == id}
            assert row[f"role_{side}"] in roles


def test_a_dyad_links_to_itself_and_to_its_event(client: ApiClient, dyads: list[Row]) -> None:
    row = dyads[0]
    assert get(client, row["links"]["self"])["data"] == [row]
    event = get(client, row["links"]["event"])["data"]
    assert event["id"] == row["event"]["id"]
    assert row["text"] == event["citations"][0]["exact"]
    assert client.get(f"/v1/dyads/{row['id']}").status_code == 404


def wholes(id: str, actors: dict[str, Row]) -> set[str]:
    """The actor, and all that it is a part of, as affiliations say."""
    found, left = {id}, [id]
    while left:
        actor = actors[left.pop()]
        if actor["type"] in ("government", "body"):
            above = {a["id"] for a in actor["affiliations"] if a["role"] == "part-of"} - found
            found |= above
            left += above
    return found


def facts(one: str, other: str, actors: dict[str, Row]) -> dict[str, set[str]]:
    """What each filter can find a pair by."""
    found: dict[str, set[str]] = {}
    for side, id in zip(SIDES, (one, other), strict=True):
        found[side] = {id}
        found[f"{side}_country"] = {actors[id]["country"]} - {None}
        found[f"{side}_within"] = wholes(id, actors)
    return found


@settings(max_examples=60, suppress_health_check=SUPPRESSED_CHECKS)
@given(data=st.data())
def test_both_sides_are_met_by_one_pair(
    forgetful: ApiClient, events: list[Row], actors: dict[str, Row], data: st.DataObject
) -> None:
    known = {name: set[str]() for name in NAMES}
    of_pairs = [
        (event, facts(one, other, actors)) for event in events for one, other in pairs(event)
    ]
    for _, found in of_pairs:
        for name, values in found.items():
            known[name] |= values
    asked: dict[str, Any] = {}
    for side in SIDES:
        names = [name for name in NAMES if name.startswith(side)]
        for name in data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True)):
            values = st.sampled_from(sorted(known[name]))
            asked[name] = data.draw(st.lists(values, min_size=1, max_size=3, unique=True))
    met = [
        event["id"]
        for event, found in of_pairs
        if all(found[name] & set(values) for name, values in asked.items())
    ]
    expected = [event["id"] for event in events if event["id"] in met]
    body = get(forgetful, "/v1/events", limit=200, facet="source,target_country", **asked)
    assert (ids(body["data"]), body["meta"]["total"]) == (expected, len(expected))
    for name in ("source", "target_country"):
        for bucket in body["facets"][name]["buckets"][:3]:
            found = get(forgetful, "/v1/events", limit=0, **{**asked, name: bucket["value"]})
            assert found["meta"]["total"] == bucket["count"], (name, bucket["value"])
    body = get(forgetful, "/v1/dyads", limit=200, **asked)
    assert body["meta"]["total"] == len(met)
    assert Counter(row["event"]["id"] for row in body["data"]) == Counter(met)


def test_the_actor_of_a_dyad_is_one_of_its_two(client: ApiClient, dyads: list[Row]) -> None:
    for actor in ("donald-trump", "hong-kong", "united-states"):
        for role in ((), ("source",), ("target", "party")):
            expected = [
                row["id"]
                for row in dyads
                for side in SIDES
                if row[side]["id"] == actor and (not role or row[f"role_{side}"] in role)
            ]
            assert ids(rows_of(client, "/v1/dyads", actor=actor, role=role, limit=200)) == expected


@pytest.mark.parametrize("name", ["source", "target", "actor"])
def test_who_is_part_of_an_actor_is_found_within_it(
    client: ApiClient, events: list[Row], actors: dict[str, Row], name: str
) -> None:
    asked_of: dict[str, Callable[[Row], set[str]]] = {
        "source": sources,
        "target": targets,
        "actor": lambda event: set(ids(event["actors"])),
    }
    of = asked_of[name]
    for whole in ("hong-kong", "united-states", "china", "donald-trump"):
        expected = [
            event["id"] for event in events if any(whole in wholes(id, actors) for id in of(event))
        ]
        asked = {f"{name}_within": whole}
        assert ids(rows_of(client, "/v1/events", limit=200, **asked)) == expected, whole


def test_within_goes_beyond_the_actor_alone(client: ApiClient) -> None:
    def total(path: str, **asked: Any) -> int:
        return get(client, path, limit=0, **asked)["meta"]["total"]

    for path, name, actor in (
        ("/v1/offices", "operator", "hong-kong"),
        ("/v1/events", "actor", "united-states"),
        ("/v1/statements", "speaker", "united-states"),
        ("/v1/timeline", "actor", "united-states"),
    ):
        alone = total(path, **{name: actor})
        assert total(path, **{f"{name}_within": actor}) > alone, (path, name)
        answer = client.get(path, params={f"{name}_within_not": actor})
        assert answer.status_code == 422
        assert client.get(path, params={"facet": f"{name}_within"}).status_code == 422


def test_the_panel_of_dyads_and_years_counts_pairs_and_events(
    client: ApiClient, dyads: list[Row]
) -> None:
    asked = {"modality": "occurred", "negated": "false", "aspect": "event"}
    rows = [
        row
        for row in dyads
        if (row["modality"], row["negated"], row["aspect"]) == ("occurred", False, "event")
    ]
    cells: dict[tuple[str, ...], list[str]] = {}
    left = Counter[str]()
    for row in rows:
        countries, date = (row["source_country"], row["target_country"]), row["date"]
        if date is None:
            left["undated"] += 1
        elif date["qualifier"] or (date["earliest"] or "")[:4] != (date["latest"] or "?")[:4]:
            left["imprecise"] += 1
        elif None in countries:
            left["missing"] += 1
        else:
            cells.setdefault((*countries, date["earliest"][:4]), []).append(row["event"]["id"])
    body = get(client, "/v1/stats/dyads", by=PANEL, **asked)
    found = {
        tuple(each["value"] for each in group["values"]): (group["count"], group["events"])
        for group in body["data"]
    }
    assert found == {cell: (len(pairs), len(set(pairs))) for cell, pairs in cells.items()}
    meta = body["meta"]
    assert {name: meta[name] for name in ("undated", "imprecise", "missing")} == {
        name: left[name] for name in ("undated", "imprecise", "missing")
    }
    assert meta["total"] == len(rows) == left.total() + sum(map(len, cells.values()))
    lines = client.get("/v1/stats/dyads", params={"by": PANEL, **asked, "format": "csv"}).text
    head = lines.removeprefix("\ufeff").splitlines()[0]
    columns = [part for name in PANEL for part in (name, f"{name}_label")]
    assert head.split(",") == [*columns, "count", "events"]
    assert len(lines.splitlines()) == len(cells) + 1


def test_a_step_and_its_date_are_of_one_step(client: ApiClient) -> None:
    for path in ("/v1/laws", "/v1/agreements"):
        rows = rows_of(client, path, limit=200)
        steps = {stage["step"] for row in rows for stage in row["history"]}
        years = {
            stage["date"]["earliest"][:4]
            for row in rows
            for stage in row["history"]
            if stage["date"] and stage["date"]["earliest"]
        }
        assert len(years) > 1
        for step, year in product((None, *sorted(steps)), sorted(years)):
            wanted = [
                row["id"]
                for row in rows
                if any(_starts(stage, step, year) for stage in row["history"])
            ]
            asked = {"step_date": year, "date_match": "within", **({"step": step} if step else {})}
            assert ids(rows_of(client, path, limit=200, **asked)) == wanted, asked
            counted = get(client, path, limit=0, facet="step", **asked)["facets"]["step"]
            for bucket in counted["buckets"]:
                again = {**asked, "step": bucket["value"]}
                assert get(client, path, limit=0, **again)["meta"]["total"] == bucket["count"]


def _starts(stage: Row, step: str | None, year: str) -> bool:
    """Whether a stage lies within the year."""
    date = stage["date"]
    if date is None or (step and stage["step"] != step) or date["qualifier"]:
        return False
    return (date["earliest"] or "")[:4] == (date["latest"] or "")[:4] == year


def test_how_the_date_of_a_step_matches_is_said_without_a_date(client: ApiClient) -> None:
    wide = get(client, "/v1/laws", step_date="2020/2021", limit=200)
    narrow = get(client, "/v1/laws", step_date="2020/2021", date_match="within", limit=200)
    assert 0 < len(narrow["data"]) <= len(wide["data"])
    assert narrow["meta"]["query"]["date_match"] == "within"
    assert client.get("/v1/laws?date_match=within").status_code == 400


def test_roles_are_counted_of_the_parts_of_an_actor(
    client: ApiClient, events: list[Row], actors: dict[str, Row]
) -> None:
    asked = {"actor_within": "united-states"}
    roles = Counter(
        role
        for event in events
        for role in {
            each["role"]
            for each in event["actors"]
            if "united-states" in wholes(each["id"], actors)
        }
    )
    body = get(client, "/v1/events", limit=0, facet="role", **asked)
    counted = {each["value"]: each["count"] for each in body["facets"]["role"]["buckets"]}
    assert counted == roles
    for role, number in roles.items():
        assert get(client, "/v1/events", limit=0, role=role, **asked)["meta"]["total"] == number
