"""Atom (RFC 4287): one entry for each row.

With a public address, links are absolute and ids are tag URIs. Without one, links are
root-relative, and feed readers resolve them against the address of the feed; ids are then UUIDs.
`updated` is the time when the row changed. The summary of an entry has the date of the row.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from pydantic_core import from_json

from app.formats.format import Feed, Format, Writer
from app.formats.plain_words import categories, paragraphs
from app.formats.separators import SEPARATORS
from app.links import PublicAddress

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow, not even escaped (section 2.2)."""

_LINE_ENDS = str.maketrans({each: f"&#{ord(each)};" for each in ("\r", *SEPARATORS)})
"""Character references for line ends. XML parsers convert a bare CR to LF. Clients that split text
into lines may also split at the other characters."""

_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_AUTHOR = "hkus-kb"


class AtomWriter(Writer):
    """Writes a feed."""

    __slots__ = ()

    def head(self) -> bytes:
        return feed_head(self.feed)

    def part(self, rows: Sequence[str]) -> bytes:
        entries = (entry(from_json(row), self.feed) for row in rows)
        return b"".join(markup(*lines) for lines in entries)

    def tail(self) -> bytes:
        return markup("</feed>")


ATOM = Format("atom", "application/atom+xml", AtomWriter, dated_only=True, leaves_the_api=True)


def feed_head(feed: Feed) -> bytes:
    """The beginning of a feed."""
    rows = "1 row" if feed.total == 1 else f"{feed.total} rows"
    return markup(
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="{_TOMBSTONES}" xml:lang="en">',
        _element("id", feed.address.identifier(feed.self_link)),
        _element("title", feed.title),
        _element("subtitle", f"{rows} of dataset version {feed.dataset_version}"),
        _element("updated", feed.updated or feed.loaded_at),
        f"<author>{_element('name', _AUTHOR)}</author>",
        _link("self", feed.address.link(feed.self_link)),
    )


def tombstone(id: str, when: str, address: PublicAddress) -> str:
    """The element for a row that was removed (RFC 6721)."""
    ref = _escaped(address.identifier(id))
    return f'<at:deleted-entry ref="{ref}" when="{_escaped(when)}"/>'


def entry(row: dict[str, Any], feed: Feed) -> Iterator[str]:
    """The lines of an entry."""
    yield "<entry>"
    yield _element("id", feed.address.identifier(row["id"]))
    yield _element("title", row["name"])
    yield _element("updated", feed.changed(row["id"]))
    yield _link("alternate", feed.address.link(row["links"]["self"]))
    for category in categories(row):
        yield f'<category term="{_escaped(category)}"/>'
    if summary := "\n".join(paragraphs(row)):
        yield _element("summary", summary)
    yield "</entry>"


def _element(name: str, text: str) -> str:
    return f"<{name}>{_escaped(text)}</{name}>"


def _link(relation: str, target: str) -> str:
    return f'<link rel="{relation}" href="{_escaped(target)}"/>'


def _escaped(text: str) -> str:
    """The text escaped for an element or an attribute."""
    return escape(_FORBIDDEN.sub("\ufffd", text)).translate(_LINE_ENDS)


def markup(*lines: str) -> bytes:
    """The lines, each with its end."""
    return "".join(f"{line}\n" for line in lines).encode()
