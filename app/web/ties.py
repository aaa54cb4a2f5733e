"""Ties between actors: who acts towards whom, counted from the participants of events."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.vocabularies.events import side_of
from app.vocabularies.vocabulary import Side
from app.web.addresses import API, changed

_SEPARATE_IDS = 50
"""How many ids an address of the API takes."""


@dataclass(slots=True)
class Tie:
    """The events in which one actor acts towards another."""

    source: Mapping[str, Any]
    target: Mapping[str, Any]
    rows: list[Mapping[str, Any]] = field(default_factory=list[Mapping[str, Any]])

    @property
    def weight(self) -> int:
        """The number of events."""
        return len(self.rows)

    @property
    def classes(self) -> dict[str, int]:
        """The number of events that are cooperation, conflict, or not coded, in this order."""
        found = Counter(class_of(row) for row in self.rows)
        return {name: found[name] for name in ("cooperation", "conflict", "none")}

    @property
    def leading(self) -> str:
        """The class of most events; `mixed` if cooperation and conflict are equally many."""
        classes = self.classes
        cooperation, conflict = classes["cooperation"], classes["conflict"]
        if cooperation == conflict:
            return "mixed" if cooperation else "none"
        return "cooperation" if cooperation > conflict else "conflict"

    @property
    def address(self) -> str:
        """The list of these events."""
        ids = [row["id"] for row in self.rows]
        if len(ids) <= _SEPARATE_IDS:
            return changed(f"{API}/events", {"id": ids})
        pair = {"source": str(self.source["id"]), "target": str(self.target["id"])}
        return changed(f"{API}/events", pair)


def class_of(row: Mapping[str, Any]) -> str:
    """`cooperation`, `conflict` or `none`: whether an event is coded as one of both."""
    coding = row["coding"]
    return coding["quad"].rpartition("-")[2] if coding else "none"


def side(row: Mapping[str, Any], role: str) -> Side:
    """The side of a participant of an event. Those who sign an agreement act together."""
    signs_agreement = any(each["relation"] == "signed" for each in row["agreements"])
    return side_of(role, signs_agreement=signs_agreement)


def pairs(row: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """The ordered pairs of an event: who acts, and towards whom."""
    sides = [(actor, side(row, actor["role"])) for actor in row["actors"]]
    for source, acting in sides:
        for target, affected in sides:
            is_pair = acting in ("acting", "both") and affected in ("affected", "both")
            if is_pair and source["id"] != target["id"]:
                yield source, target


def ties(rows: Iterable[Mapping[str, Any]]) -> list[Tie]:
    """The ties in these events, the one with most events first."""
    found: dict[tuple[str, str], Tie] = {}
    for row in rows:
        for source, target in pairs(row):
            tie = found.setdefault((source["id"], target["id"]), Tie(source, target))
            if row not in tie.rows:
                tie.rows.append(row)
    return sorted(found.values(), key=lambda tie: -tie.weight)


def weights(found: Sequence[Tie]) -> Counter[str]:
    """The number of events of each actor in ties, on either side."""
    rows: dict[str, set[str]] = {}
    for tie in found:
        for actor in (tie.source, tie.target):
            rows.setdefault(actor["id"], set()).update(row["id"] for row in tie.rows)
    return Counter({id: len(ids) for id, ids in rows.items()})
