"""Facts that the timeline has twice: a law and the event of its signing, or a statement and the
event of making it. The drawing shows such a pair once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from starlette.requests import Request

from app.resources.registry import BY_KIND
from app.web.api_client import rows_by_id

EVENT = "event"


async def repeated_rows(
    request: Request, rows: Sequence[Mapping[str, Any]]
) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The rows that repeat an event among `rows`, by the id of the event. A row repeats an event
    that it names, if both have the same date."""
    dated = [row for row in rows if row["date"]]
    events = {row["id"]: row["date"]["edtf"] for row in dated if row["kind"] == EVENT}
    by_kind: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in dated:
        if row["kind"] != EVENT and _names_events(row["kind"]):
            by_kind.setdefault(row["kind"], {})[row["id"]] = row
    found: dict[str, list[Mapping[str, Any]]] = {}
    for kind, entries in by_kind.items():
        for full in await rows_by_id(request, BY_KIND[kind].path, list(entries)):
            row = entries[full["id"]]
            event = next((e for e in _events(full) if events.get(e) == row["date"]["edtf"]), None)
            if event:
                found.setdefault(event, []).append(row)
    return found


def _names_events(kind: str) -> bool:
    """Whether rows of a kind name an event that they stand for."""
    return not BY_KIND[kind].row.model_fields.keys().isdisjoint(("history", EVENT))


def _events(row: Mapping[str, Any]) -> Iterator[str]:
    """The ids of the events that a row names: its own, and those of its history."""
    for each in [row, *row.get("history", ())]:
        if each.get(EVENT):
            yield each[EVENT]["id"]
