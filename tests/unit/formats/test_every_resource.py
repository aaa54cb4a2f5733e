"""Every resource in every format, with the rows of the shipped articles."""

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from typing import Any, cast

import feedparser
import pytest
from icalendar import Calendar

from app.formats.format import Format, Selection
from app.formats.ics import omitted
from app.formats.registry import FORMATS, file_name
from app.links import PublicAddress
from app.rendering import render
from app.resources.lists import LISTS
from app.resources.registry import RESOURCES
from app.resources.resource import Resource
from app.resources.rows import SPLICED
from seeds.dataset_content import Content
from tests.unit.formats.rows import FEED, with_additions

of_each_kind = pytest.mark.parametrize("resource", RESOURCES, ids=lambda each: each.path)
of_each_list = pytest.mark.parametrize("resource", LISTS, ids=lambda each: each.path)


def rows_of(resource: Resource, content: Content) -> list[str]:
    """The rows of a resource with their evidence."""
    found: list[str] = []
    for item in content.rows:
        if item.resource.kind == resource.kind:
            evidence = [each.model_dump() for each in item.evidence or ()]
            added = {resource.evidence: json.dumps(evidence)} if resource.evidence else {}
            found.append(with_additions(render(item.row), **added))
    assert found
    return found


def written(format: Format, resource: Resource, rows: Sequence[str]) -> bytes:
    evidence = {resource.evidence} if resource.evidence else set[str]()
    selection = Selection(resource.row, with_additions=frozenset(evidence))
    writer = format.writer(replace(FEED, title=resource.title, total=len(rows)), selection)
    return writer.head() + writer.part(rows) + writer.tail()


def ids(rows: Sequence[str]) -> list[str]:
    return [json.loads(row)["id"] for row in rows]


def identifiers(rows: Sequence[str]) -> list[str]:
    """The identifiers of rows in calendars and feeds."""
    return list(map(PublicAddress().identifier, ids(rows)))


@of_each_kind
def test_csv(resource: Resource, shipped: Content):
    rows = rows_of(resource, shipped)
    text = written(FORMATS["csv"], resource, rows).decode("utf-8-sig")
    read = list(csv.DictReader(StringIO(text, newline=""), strict=True))
    assert [each["id"] for each in read] == ids(rows)
    for each, row in zip(read, map(json.loads, rows), strict=True):
        assert None not in each
        assert None not in each.values()
        assert each["links_self"] == row["links"]["self"]
        for key, value in row.items():
            if isinstance(value, str):
                assert each[key] == value
            elif isinstance(value, list) and value and f"{key}_name" in each:
                assert len(each[f"{key}_name"].split("; ")) >= len(value)  # pyright: ignore[reportUnknownArgumentType]


@of_each_kind
def test_ndjson(resource: Resource, shipped: Content):
    rows = rows_of(resource, shipped)
    text = written(FORMATS["ndjson"], resource, rows).decode()
    assert [json.loads(line) for line in text.splitlines()] == [json.loads(row) for row in rows]
    names = FORMATS["ndjson"].columns(resource.row, {resource.evidence or ""})
    assert names == tuple(json.loads(rows[0]))


@of_each_kind
def test_calendars_of_dated_rows(resource: Resource, shipped: Content):
    if resource.dated:
        rows = rows_of(resource, shipped)
        calendar: Any = Calendar.from_ical(written(FORMATS["ics"], resource, rows))
        kept = [row for row in rows if not omitted(row)]
        assert [each["UID"] for each in calendar.events] == identifiers(kept)
        firsts = [each.start.isoformat() for each in calendar.events]
        assert firsts == [json.loads(row)["date"]["earliest"] for row in kept]


@of_each_kind
def test_feeds_of_dated_rows(resource: Resource, shipped: Content):
    if resource.dated:
        rows = rows_of(resource, shipped)
        document = written(FORMATS["atom"], resource, rows)
        feed = cast(Any, feedparser).parse(document)
        assert feed.bozo is False
        assert [entry.id for entry in feed.entries] == identifiers(rows)
        assert [entry.title for entry in feed.entries] == [json.loads(r)["name"] for r in rows]


@of_each_list
def test_names_of_columns_are_unique_and_begin_with_kind_and_id(resource: Resource):
    for name in ("csv", "ndjson"):
        names = FORMATS[name].columns(resource.row, SPLICED)
        assert names[:2] == ("kind", "id")
        assert len({*names}) == len(names)


@of_each_list
def test_downloads_are_named_for_their_list(resource: Resource):
    name = file_name(resource.path, "0a1b2c", FORMATS["csv"])
    assert name == f"{resource.path}-0a1b2c.csv"
    assert file_name('a"\r\nb', "0/..", FORMATS["ics"]) == "a-b-0.ics"
