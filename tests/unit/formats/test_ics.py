"""Calendars, parsed by the library icalendar."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from icalendar import Calendar

from app.formats.ics import omitted
from app.formats.registry import FORMATS
from app.links import PublicAddress
from tests.unit.formats import rows as made
from tests.unit.formats.rows import ANY_EVENT, EVENTS, FEED, actor, event, with_additions

ICS = FORMATS["ics"]


def written(rows: Sequence[str]) -> bytes:
    writer = ICS.writer(FEED, EVENTS)
    return writer.head() + writer.part(rows) + writer.tail()


def events(*rows: str) -> list[Any]:
    calendar: Any = Calendar.from_ical(written(rows))
    return calendar.events


def plain(text: str) -> str:
    """The text with characters replaced that a calendar does not allow."""
    text = re.sub("\r\n?|[\x85\u2028\u2029]", "\n", text)
    return re.sub("[\x00-\x08\x0b-\x1f\x7f]", "\ufffd", text)


def test_a_calendar_names_itself():
    calendar: Any = Calendar.from_ical(written([]))
    assert (calendar["VERSION"], calendar["CALSCALE"]) == ("2.0", "GREGORIAN")
    assert calendar["PRODID"] == "-//hkus-kb//Hong Kong - United States relations//EN"
    assert calendar["X-WR-CALNAME"] == "Events"
    assert calendar["X-WR-CALDESC"] == "Dataset version 0a1b2c"
    assert not calendar.errors


@given(row=ANY_EVENT)
def test_any_text_comes_back(row: str):
    original, found = json.loads(row), events(row)
    assert len(found) == (not omitted(row))
    for each in found:
        assert each["SUMMARY"] == plain(original["name"])
        assert plain(original["summary"]) in str(each["DESCRIPTION"])
        assert not each.errors


@given(row=ANY_EVENT)
def test_lines_are_folded_between_characters_and_end_with_crlf(row: str):
    text = written([row])
    assert text.endswith(b"\r\n")
    for line in text.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\r" not in line
        assert b"\n" not in line
        line.decode()


@pytest.mark.parametrize("filling", ["a", "é", "香", "😀", "\\"])
def test_lines_of_any_length_are_folded_and_come_back(filling: str):
    for length in range(0, 330, 7):
        name = "x" * (length % 4) + filling * length
        row = event(name=name)
        assert max(map(len, written([row]).split(b"\r\n"))) <= 75
        assert events(row)[0]["SUMMARY"] == name


def test_a_folded_line_is_as_long_as_it_may_be():
    begin = len(b"SUMMARY:")
    for length, pieces in ((75, 1), (76, 2), (149, 2), (150, 3), (223, 3), (224, 4)):
        text = written([event(name="x" * (length - begin))])
        summary = text[text.index(b"SUMMARY:") : text.index(b"\r\nDESCRIPTION:")]
        assert summary.count(b"\r\n ") == pieces - 1, length


def test_a_span_ends_on_the_day_after_its_last():
    (found,) = events(event(date=made.date("2020-02-28", "2020-02-29")))
    assert (found.start, found.end) == (date(2020, 2, 28), date(2020, 3, 1))


def test_an_open_end_is_one_day_at_the_start():
    (found,) = events(event(date=made.date("2020-07-14", None)))
    assert (found.start, found.end) == (date(2020, 7, 14), date(2020, 7, 15))


def test_the_last_day_of_the_calendar_needs_no_day_after_it():
    (found,) = events(event(date=made.date("9999-12-31", "9999-12-31")))
    assert found.start == date(9999, 12, 31)
    assert "DTEND" not in found
    (found,) = events(event(date=made.date("0001-01-01", "9999-12-31")))
    assert (found.start, found.end) == (date(1, 1, 1), date(1, 1, 2))


@pytest.mark.parametrize("when", [None, made.date(None, "2019-06-09"), made.date(None, None)])
def test_a_row_without_a_start_is_left_out_and_can_be_counted(when: Any):
    row = event(date=when)
    assert omitted(row)
    assert events(row) == []
    assert not omitted(event())


def test_an_event_is_stable_and_takes_nobodys_time():
    (found,) = events(event("hong-kong-autonomy-act-signed"))
    assert found["UID"] == PublicAddress().identifier("hong-kong-autonomy-act-signed")
    assert found["DTSTAMP"].dt == datetime(2026, 11, 22, 10, 15, 30, tzinfo=UTC)
    assert found["TRANSP"] == "TRANSPARENT"
    assert found.categories[0] == "event"
    assert "STATUS" not in found
    assert "URL" not in found


def test_the_description_tells_text_date_cited_words_and_link():
    cited = '[{"exact":"signed, on July 14"}]'
    (found,) = events(with_additions(event(note="Doubtful."), citations=cited))
    assert found["DESCRIPTION"].split("\n") == [
        "It happened.",
        "Date: 2020 (“in 2020”)",
        "Note: Doubtful.",
        "“signed, on July 14”",
        "/v1/events/a-thing",
    ]


def test_what_is_alleged_or_denied_is_not_told_as_done():
    row = event(modality="alleged", negated=True, according_to=[actor("A"), actor("B")])
    (found,) = events(row)
    assert found["STATUS"] == "TENTATIVE"
    assert "Only alleged, according to A, B." in found["DESCRIPTION"]
    assert "The document says that it did not happen." in found["DESCRIPTION"]


def test_parts_of_any_size_give_the_same_bytes():
    writer = ICS.writer(FEED, EVENTS)
    rows = [event("one"), event("two", date=None), event("three")]
    assert writer.part(rows) == b"".join(writer.part([row]) for row in rows)
