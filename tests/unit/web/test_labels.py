"""The texts of the pages: all in one file, in plain English, singular and plural."""

import re
from html import unescape
from pathlib import Path

import pytest

from app.web import labels
from tests.client import ApiClient
from tests.contract.test_pages import PAGES

WEB = Path("app/web")
PROSE = {"docs.html", "front_end.html", "example.html"}
"""Guides; their text is not in the file of labels."""
OLD = (
    "How to ask", "Ways in", "Narrow it", "Further on", "Closer", "Told without", "or was so",
    "their fate", "more rows fit", "somewhere within", "all that time", "Modality",
    "class of interaction", "surely was then", "began then", "was wholly then",
    "may have been then", "as the document tells it", "backwards", "Mend each",
    "Go on without", "at fault", "Nothing fits", "The document does not say:",
    "Where it is named", "What is known", "proves name", "What was read", "left over",
    "The same as a table", "Most often together", "Start at the beginning", "1 rows", "1 items",
)  # fmt: skip
ADDRESSES = [
    *PAGES, "/search", "/search?q=nosuchword", "/events?date=2020", "/timeline?date=2020-02-30",
    "/timeline?date=2020&date_match=within", "/actors/joseph-cheng", "/events?sort=-position",
    "/polls/us-leadership-approval-2020", "/passages", "/network?date=1984", "/nothing",
    "/embed/timeline", "/trade-figures/us-exports-to-hong-kong-2006", "/actors?q=cheng",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_has_an_old_word(client: ApiClient, address: str) -> None:
    page = client.get(address, headers={"Accept": "text/html"})
    shown = re.sub(r'<pre class="answer".*?</pre>', "", page.text, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", unescape(shown)).casefold()
    assert [old for old in OLD if re.search(rf"\b{re.escape(old.casefold())}", text)] == []


@pytest.mark.parametrize("path", sorted(WEB.glob("templates/*.html")), ids=lambda path: path.name)
def test_a_template_has_no_words_of_its_own(path: Path) -> None:
    if path.name in PROSE:
        return
    template = path.read_text(encoding="utf-8")
    template = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", template, flags=re.DOTALL)
    attributes = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"{]*)"', template)
    text = re.sub(r"<[^>]*>", " ", template)
    assert re.findall(r"[A-Za-z]{2,}", " ".join((text, *attributes))) == []


@pytest.mark.parametrize("path", sorted(WEB.glob("assets/*.js")), ids=lambda path: path.name)
def test_a_script_writes_no_words_of_its_own(path: Path) -> None:
    script = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
    written = re.findall(
        r'(?:textContent = |replaceChildren\(|element\("\w+", "[^"]*", )"(\w+)', script
    )
    assert written == []


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 items"), (1, "1 item"), (2, "2 items"), (1204, "1,204 items")]
)
def test_a_count_agrees_with_its_number(number: int, text: str) -> None:
    assert labels.count(number) == text
    assert labels.total(number, is_more=False) == text


def test_undated_items_are_counted_in_a_sentence() -> None:
    assert labels.undated(1) == "1 item has no date and is not shown."
    assert labels.undated(161) == "161 items have no date and are not shown."
