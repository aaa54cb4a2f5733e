"""What all templates can say: filters, and values that never change."""

from typing import Any

from markupsafe import Markup, escape

from app import __version__
from app.resources import RESOURCES
from app.web.addresses import page_of

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


FILTERS: dict[str, Any] = {"page": page_of, "ticked": ticked}
GLOBALS: dict[str, Any] = {
    "site": SITE,
    "navigation": NAVIGATION,
    "resources": RESOURCES,
    "version": __version__,
}
