"""What all templates can say: filters, and values that never change."""

from typing import Any

from markupsafe import Markup, escape

from app import __version__
from app.resources.registry import BY_KIND, ENTRY_TYPES, RESOURCES
from app.vocabularies.kinds import KINDS
from app.vocabularies.plover import QUADS
from app.web.addresses import changed, page_of
from app.web.dates import date_words
from app.web.marked_text import highlighted
from app.web.numbers import number_words

SITE = "Hong Kong–United States relations"
NAVIGATION = (
    ("Timeline", "/timeline"),
    ("Network", "/network"),
    ("Trade", "/trade-figures"),
    ("Polls", "/polls"),
    ("Document", "/documents"),
)


def ticked(text: str) -> Markup:
    """Text of ours as HTML, in which `ticks` mark code."""
    parts = str(escape(text)).split("`")
    shown = "".join(f"<code>{p}</code>" if n % 2 else p for n, p in enumerate(parts))
    return Markup(shown)  # noqa: S704 - escaped above


def row_page(reference: dict[str, Any]) -> str:
    """The page of a row that is named by kind and id."""
    return f"/{BY_KIND[reference['kind']].path}/{reference['id']}"


def type_words(value: str | None) -> str:
    """What a type of a row of any kind is called."""
    return ENTRY_TYPES.label(value) if value else ""


FILTERS: dict[str, Any] = {
    "page": page_of,
    "ticked": ticked,
    "row_page": row_page,
    "date_words": date_words,
    "number_words": number_words,
    "highlighted": highlighted,
    "type_words": type_words,
    "kind_words": KINDS.label,
    "quad_words": QUADS.label,
    "changed": changed,
}
GLOBALS: dict[str, Any] = {
    "site": SITE,
    "navigation": NAVIGATION,
    "resources": RESOURCES,
    "paths": {kind: resource.path for kind, resource in BY_KIND.items()},
    "version": __version__,
}
