"""Cards: one for each fact. A law, an agreement or a statement is on the card of the event that
made it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from starlette.requests import Request

from app.resources.registry import BY_KIND
from app.web import labels
from app.web.api_client import rows_by_id
from app.web.highlighting import marked
from app.web.rows import after, before, without_markup
from app.web.story.sides import Country, Lane, acting, affected, countries, lane_of
from app.web.timeline.calendar import day_number

STORY_KINDS = ("event", "law", "agreement", "statement")
"""The kinds of rows that tell what somebody did or said."""
JOINING = ("caused-by", "in-response-to", "amends", "follows")
"""The relations that join two cards."""
MAX_PROOFS = 3
"""The most sentences that prove a card on the page."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence of a document. The cited words in it are marked."""

    document: str
    passage: str
    text: Markup
    start: int


@dataclass(frozen=True, slots=True)
class Join:
    """A relation of a card to another row."""

    text: str
    row: Row
    card: str | None
    """The id of the card on this page that has the row."""


@dataclass
class Card:
    """A fact: its main row, and the rows that say the same."""

    row: Row
    others: list[Row] = field(default_factory=list[Row])
    lane: Lane = "both"
    proofs: list[Proof] = field(default_factory=list[Proof])
    joins: list[Join] = field(default_factory=list[Join])

    @property
    def rows(self) -> list[Row]:
        return [self.row, *self.others]

    @property
    def date(self) -> Mapping[str, Any] | None:
        return self.row["date"] or next((row["date"] for row in self.others if row["date"]), None)

    @property
    def is_exact(self) -> bool:
        """Whether the date is one day that the document states without doubt."""
        date = self.date
        return bool(date and date["precision"] == "day" and not date["qualifier"]
                    and not date["edtf"].startswith("["))  # fmt: skip

    @property
    def acting(self) -> list[Row]:
        return acting(self.row)

    @property
    def affected(self) -> list[Row]:
        return affected(self.row)

    @property
    def line(self) -> str:
        """One line on what happened: the first summary that says more than the name."""
        summaries = [row["summary"] for row in self.rows if row.get("summary")]
        return next((each for each in summaries if each.rstrip(".") != self.row["name"]), "")

    @property
    def said(self) -> str:
        """The words of the first statement on the card."""
        return next((row["text"] for row in self.rows if row["kind"] == "statement"), "")

    @property
    def day(self) -> str | None:
        """The first possible day, or the last one if no first day is known."""
        return (self.date["earliest"] or self.date["latest"]) if self.date else None

    @property
    def start(self) -> int:
        """The number of this day; 0 without one."""
        return day_number(self.day) if self.day else 0

    @property
    def position(self) -> tuple[str, int]:
        """The document, and where the card is told first in it."""
        return min(((each.document, each.start) for each in self.proofs), default=("", 0))


async def make_cards(request: Request, rows: Sequence[Row], sides: Sequence[Country]) -> list[Card]:
    """The cards of rows of the timeline, in order of time. Undated cards follow the card that the
    document tells before them."""
    full = await _full_rows(request, rows)
    cards = merged(full)
    known = await countries(request, [card.row for card in cards])
    passages = await _passages(request, full)
    where = {row["id"]: card.row["id"] for card in cards for row in card.rows}
    for card in cards:
        card.lane = lane_of(card.row, sides, known)
        card.proofs = list(_proofs(card, passages))
        card.joins = list(_joins(card, where))
    return in_order(cards)


async def _full_rows(request: Request, rows: Sequence[Row]) -> list[Row]:
    """The rows of the lists of each kind, with citations, in the order of `rows`."""
    found: dict[str, Row] = {}
    for kind in STORY_KINDS:
        ids = [row["id"] for row in rows if row["kind"] == kind]
        for row in await rows_by_id(request, BY_KIND[kind].path, ids, include="citations"):
            found[row["id"]] = row
    return [found[row["id"]] for row in rows if row["id"] in found]


def merged(rows: Sequence[Row]) -> list[Card]:
    """One card for each event, with the rows that it made; one for each other row."""
    events = {row["id"]: Card(row) for row in rows if row["kind"] == "event"}
    cards: list[Card] = []
    for row in rows:
        if row["kind"] == "event":
            cards.append(events[row["id"]])
            continue
        event = next((events[id] for id in _made_by(row) if id in events), None)
        if event:
            event.others.append(row)
        else:
            cards.append(Card(row))
    return cards


def _made_by(row: Row) -> Iterator[str]:
    """The ids of the events that may have made a row, best first."""
    if row.get("event"):
        yield row["event"]["id"]
    steps = [each for each in row.get("history", ()) if each["event"]]
    yield from (each["event"]["id"] for each in steps if each["step"] == row["date_of"])
    for each in steps:
        if row["date"] and each["date"] and each["date"]["edtf"] == row["date"]["edtf"]:
            yield each["event"]["id"]


async def _passages(request: Request, rows: Sequence[Row]) -> Mapping[str, Row]:
    """The passages that these rows cite, by id."""
    ids = dict.fromkeys(each["passage"] for row in rows for each in row["citations"])
    return {row["id"]: row for row in await rows_by_id(request, "passages", list(ids))}


def _proofs(card: Card, passages: Mapping[str, Row]) -> Iterator[Proof]:
    """The sentences that the rows of a card cite, each once."""
    spans: dict[str, list[Mapping[str, Any]]] = {}
    for row in card.rows:
        for citation in row["citations"]:
            spans.setdefault(citation["passage"], []).append(citation)
    for id, citations in list(spans.items())[:MAX_PROOFS]:
        first = min(citations, key=lambda each: each["start"])
        passage = passages.get(id)
        is_inside = passage and all(
            passage["start"] <= each["start"] and each["end"] <= passage["end"]
            for each in citations
        )
        text = _sentence(passage, citations) if passage and is_inside else _in_context(first)
        yield Proof(first["document"], id, text, first["start"])


def _sentence(passage: Row, citations: Sequence[Row]) -> Markup:
    """A whole sentence with the cited words marked."""
    offset = passage["start"]
    spans = [(each["start"] - offset, each["end"] - offset) for each in citations]
    return marked(passage["text"], spans)


def _in_context(citation: Row) -> Markup:
    """The cited words with some words around them."""
    lead, words = before(citation["prefix"]), without_markup(citation["exact"])
    start = len(lead)
    return marked(f"{lead}{words}{after(citation['suffix'])}", [(start, start + len(words))])


def _joins(card: Card, where: Mapping[str, str]) -> Iterator[Join]:
    """The rows that a card answers, follows, amends, or is caused by."""
    met: set[str] = {row["id"] for row in card.rows}
    for row in card.rows:
        for other in [*row.get("related", ()), *row.get("laws", ()), *row.get("agreements", ())]:
            card_id = where.get(other["id"])
            if other["relation"] in JOINING and (card_id or other["id"]) not in met:
                met.add(card_id or other["id"])
                yield Join(labels.JOINS[other["relation"]], other, card_id)


def in_order(cards: Sequence[Card]) -> list[Card]:
    """Dated cards in order of time. An undated card comes after the dated card that the same
    document tells last before it."""
    by_id = {card.row["id"]: card for card in cards}
    dated = sorted((card for card in cards if card.date), key=lambda card: _rank(card, by_id))
    after_card: dict[int, list[Card]] = {}
    for card in sorted((card for card in cards if not card.date), key=lambda card: card.position):
        after_card.setdefault(_told_before(card, dated), []).append(card)
    result = after_card.get(-1, [])
    for index, card in enumerate(dated):
        result += [card, *after_card.get(index, ())]
    return result


def _rank(card: Card, by_id: Mapping[str, Card]) -> tuple[int, bool]:
    """The day by which a card is sorted. A card with an inexact date comes after the cards that it
    follows, if its date allows that."""
    last: str | None = card.date["latest"] if card.date else None
    before = [by_id[join.card].start for join in card.joins if join.card]
    possible = [start for start in before if card.start < start and not card.is_exact]
    if possible and last and max(possible) <= day_number(last):
        return max(possible), True
    return card.start, False


def _told_before(card: Card, dated: Sequence[Card]) -> int:
    """The index of the dated card that is told last before a card; -1 if there is none."""
    document, start = card.position
    told = [
        (other.position[1], index)
        for index, other in enumerate(dated)
        if other.position[0] == document and other.position[1] <= start
    ]
    return max(told)[1] if told else -1
