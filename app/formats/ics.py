"""iCalendar (RFC 5545): each row is an all-day event from its earliest to its latest day.

- If the end is open, the event lasts one day, its first day.
- Rows without a first day are omitted (`omitted`). Rows that start before AD 1 are omitted too,
  because the year of a date has four digits and no sign (section 3.3.4).
- DTSTAMP and LAST-MODIFIED are the time when the row changed.
- Events that the document does not report as done are TENTATIVE. No event makes the user busy.
- The property URL must be absolute (section 3.8.4.6), so only a service with a public address
  writes it. The description ends with the link in any case.

The library `icalendar` needs about 300 microseconds for an event, twenty times as long as this
module. Tests read the output with that library.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from pydantic_core import from_json

from app.edtf.calendar import MAX_DAY
from app.formats.format import FIRST_DAY, Feed, Format, Writer
from app.formats.plain_words import categories, is_doubtful, paragraphs
from app.formats.separators import SEPARATORS

_LONGEST_LINE = 75
"""Maximum length of a line in octets, without the line end (section 3.1)."""

_NEWLINE = re.compile(f"\r\n?|[{SEPARATORS}]")
_ESCAPES = str.maketrans(
    {chr(code): "\ufffd" for code in (*range(0x09), *range(0x0B, 0x20), 0x7F)}
    | {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
)
"""Escapes of the type TEXT (section 3.3.11). Control characters are not allowed; U+FFFD replaces
them."""


class IcsWriter(Writer):
    """Writes a calendar with an event for each row that is not omitted."""

    __slots__ = ()

    def head(self) -> bytes:
        title, version = self.feed.title, self.feed.dataset_version
        return _lines(
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//hkus-kb//Hong Kong - United States relations//EN",
            "CALSCALE:GREGORIAN",
            f"X-WR-CALNAME:{_escaped(title)}",
            f"X-WR-CALDESC:{_escaped(f'Dataset version {version}')}",
        )

    def part(self, rows: Sequence[str]) -> bytes:
        events = (from_json(row) for row in rows)
        return b"".join(_lines(*_event(row, self.feed)) for row in events if _has_start(row))

    def tail(self) -> bytes:
        return _lines("END:VCALENDAR")


ICS = Format(
    "ics",
    "text/calendar; charset=utf-8",
    IcsWriter,
    dated_only=True,
    omits_startless=True,
    leaves_the_api=True,
)


def omitted(row: str) -> bool:
    """Whether a calendar omits the row (JSON): it has no first day, or one before AD 1."""
    return not _has_start(from_json(row))


def _has_start(row: dict[str, Any]) -> bool:
    first = row["date"] and row["date"]["earliest"]
    return bool(first) and first >= FIRST_DAY


def _event(row: dict[str, Any], feed: Feed) -> Iterator[str]:
    address, stamp = feed.address, _stamp(feed.changed(row["id"]))
    first, last = row["date"]["earliest"], row["date"]["latest"]
    if last in (None, MAX_DAY):
        last = first
    yield "BEGIN:VEVENT"
    link = address.link(row["links"]["self"])
    yield f"UID:{address.identifier(row['id'])}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"DTSTART;VALUE=DATE:{first.replace('-', '')}"
    if last != MAX_DAY:
        yield f"DTEND;VALUE=DATE:{_day_after(last)}"
    yield f"SUMMARY:{_escaped(row['name'])}"
    yield "DESCRIPTION:" + _escaped("\n".join((*paragraphs(row), link)))
    if address.origin:
        yield f"URL:{link}"
    yield "CATEGORIES:" + ",".join(map(_escaped, categories(row)))
    if is_doubtful(row):
        yield "STATUS:TENTATIVE"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


@lru_cache(maxsize=4096)
def _day_after(day: str) -> str:
    """The next day as `YYYYMMDD`. The end of an event is exclusive (section 3.6.1)."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat().replace("-", "")


@lru_cache(maxsize=64)
def _stamp(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    return _NEWLINE.sub("\n", text).translate(_ESCAPES)


def _lines(*lines: str) -> bytes:
    return b"".join(map(_folded, lines))


def _folded(line: str) -> bytes:
    """The line folded into pieces of at most 75 octets. No character is split (section 3.1)."""
    octets = line.encode()
    pieces: list[bytes] = []
    start, longest = 0, _LONGEST_LINE
    while len(octets) - start > longest:
        end = start + longest
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(octets[start:end])
        start, longest = end, _LONGEST_LINE - 1
    return b"\r\n ".join((*pieces, octets[start:])) + b"\r\n"
