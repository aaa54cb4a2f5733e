"""Atom feeds, parsed by feedparser and by the standard library's XML parser."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given

from app.formats.format import Feed
from app.formats.registry import FORMATS
from app.links import PublicAddress
from tests.unit.formats.rows import ANY_EVENT, EVENTS, FEED, event, with_additions

ATOM = FORMATS["atom"]
NAMESPACE = {"": "http://www.w3.org/2005/Atom"}


def written(rows: Sequence[str], feed: Feed = FEED) -> bytes:
    writer = ATOM.writer(feed, EVENTS)
    return writer.head() + writer.part(rows) + writer.tail()


def parsed(*rows: str) -> Any:
    found = cast(Any, feedparser).parse(written(rows))
    assert found.bozo is False
    return found


def texts(document: bytes, path: str) -> list[str]:
    found = ElementTree.fromstring(document).findall(path, NAMESPACE)
    return [each.text or "" for each in found]


def plain(text: str) -> str:
    """The text with characters replaced that XML does not allow."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)


@given(row=ANY_EVENT)
def test_any_text_comes_back(row: str):
    original, document = json.loads(row), written([row])
    assert texts(document, "entry/title") == [plain(original["name"])]
    assert plain(original["summary"]) in "".join(texts(document, "entry/summary"))


def test_a_feed_has_all_that_the_standard_requires():
    feed = parsed().feed
    assert feed.id == PublicAddress().identifier("/v1/events?format=ics&type=order")
    assert feed.title == "Events"
    assert feed.subtitle == "2 rows of dataset version 0a1b2c"
    assert feed.updated == "2026-11-22T10:15:30Z"
    assert feed.author == "hkus-kb"
    assert [(link.rel, link.href) for link in feed.links] == [
        ("self", "/v1/events?format=ics&type=order")
    ]


def test_an_entry_has_all_that_the_standard_requires():
    (entry,) = parsed(event("autonomy-act-signed", type="order")).entries
    assert entry.id == PublicAddress().identifier("autonomy-act-signed")
    assert entry.title == "A thing"
    assert entry.updated == "2026-11-22T10:15:30Z"
    assert entry.link == "/v1/events/autonomy-act-signed"
    assert [tag.term for tag in entry.tags] == ["event", "order"]
    assert entry.summary == "It happened.\nDate: 2020 (“in 2020”)"


def test_undated_rows_and_cited_words_are_told_too():
    row = with_additions(event(date=None), citations='[{"exact":"<b> & \\"c\\""}]')
    (entry,) = texts(written([row]), "entry/summary")
    assert entry == 'It happened.\n“<b> & "c"”'


@pytest.mark.parametrize("title", ["\"&<>'", "\x00\x0b", "\ufffe", "]]>", "\r\n"])
def test_any_title_and_link_are_escaped(title: str):
    feed = replace(FEED, title=title, self_link=f"/v1/events?q={title}")
    document = written([], feed)
    assert texts(document, "title") == [plain(title)]
    (link,) = ElementTree.fromstring(document).findall("link", NAMESPACE)
    assert link.get("href") == plain(feed.self_link).replace("\n", " ")


def test_one_row_is_one_row():
    assert texts(written([event()], replace(FEED, total=1)), "subtitle")[0].startswith("1 row of")


def test_parts_of_any_size_give_the_same_bytes():
    writer = ATOM.writer(FEED, EVENTS)
    rows = [event("one"), event("two"), event("three")]
    assert writer.part(rows) == b"".join(writer.part([row]) for row in rows)
