"""Filters and constants of all templates."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from app import __version__
from app.resources.registry import BY_KIND, ENTRY_TYPES, WITH_DERIVED
from app.vocabularies.kinds import KINDS
from app.vocabularies.plover import QUADS
from app.web import labels
from app.web.addresses import changed, page_of
from app.web.dates import date_words
from app.web.highlighting import highlighted
from app.web.numbers import number_words


def code_in_ticks(text: str) -> Markup:
    """Our own text as HTML. Text in `ticks` becomes code."""
    parts = str(escape(text)).split("`")
    html = "".join(f"<code>{p}</code>" if n % 2 else p for n, p in enumerate(parts))
    return Markup(html)  # noqa: S704 - escaped above


def row_page(reference: dict[str, Any]) -> str:
    """The page of the row that a reference names."""
    return f"/{BY_KIND[reference['kind']].path}/{reference['id']}"


def type_label(value: str | None) -> str:
    """The label of a type, of any kind of rows."""
    return ENTRY_TYPES.label(value) if value else ""


def claim(row: Mapping[str, Any]) -> str:
    """The status of a claim, if the row is not about something that happened."""
    status = row.get("modality")
    return "" if status in (None, "occurred") else labels.CLAIMS[status]


FILTERS: dict[str, Any] = {
    "page": page_of,
    "ticked": code_in_ticks,
    "row_page": row_page,
    "date_words": date_words,
    "number_words": number_words,
    "highlighted": highlighted,
    "type_label": type_label,
    "kind_label": KINDS.label,
    "quad_label": QUADS.label,
    "changed": changed,
    "claim": claim,
}
GLOBALS: dict[str, Any] = {
    "labels": labels,
    "resources": WITH_DERIVED,
    "paths": {kind: resource.path for kind, resource in BY_KIND.items()},
    "version": __version__,
}
