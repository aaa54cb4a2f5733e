"""The API docs load without other hosts, and a trial of an operation returns rows."""

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.e2e.browser.conftest import Visitor, visiting

pytestmark = pytest.mark.browser

Theme = Literal["light", "dark"]
TRIED = {
    "listEvents": "Events",
    "getLaw": "Laws",
    "search": "Search",
    "countTimeline": "Statistics",
    "getCoverage": "About",
}


def test_trying_an_operation_as_it_stands_answers_rows(visitor: Visitor) -> None:
    page = visitor.open("/docs")
    for operation, tag in TRIED.items():
        page.locator(f"#operations-tag-{tag}").click()
        block = page.locator(f"#operations-{tag}-{operation}")
        block.locator(".opblock-summary-control").click()
        with page.expect_response("**/v1**") as answer:
            block.get_by_role("button", name="Execute").click()
        assert answer.value.json()["data"], operation
        status = block.locator(".live-responses-table .response-col_status").last
        expect(status).to_contain_text("200")


@pytest.mark.parametrize(
    ("theme", "size"),
    [("light", {"width": 1280, "height": 900}), ("dark", {"width": 360, "height": 800})],
)
def test_the_docs_are_accessible(
    browser: Browser, server: str, theme: Theme, size: ViewportSize
) -> None:
    with visiting(browser, server, color_scheme=theme, viewport=size) as visitor:
        page = visitor.open("/docs")
        page.locator("#operations-tag-Laws").click()
        page.locator("#operations-Laws-getLaw .opblock-summary-control").click()
        expect(page.locator("#operations-Laws-getLaw .execute")).to_be_visible()
        visitor.assert_accessible()
        visitor.photograph(f"docs-{theme}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_operation_shows_six_parameters_and_folds_the_others(visitor: Visitor) -> None:
    page = visitor.open("/docs")
    page.locator("#operations-tag-Events").click()
    block = page.locator("#operations-Events-listEvents")
    block.locator(".opblock-summary-control").click()
    rows = block.locator("tr[data-param-name]")
    expect(rows).to_have_count(6)
    names = [each.get_attribute("data-param-name") for each in rows.all()]
    assert names == ["q", "date", "type", "actor", "limit", "format"]
    folded = block.locator("button.group")
    expect(folded).to_have_count(3)
    declared = page.request.get(f"{visitor.server}/openapi.json").json()
    total = len(declared["paths"]["/v1/events"]["get"]["parameters"])
    counts = [int(each.inner_text().rpartition("(")[2][:-1]) for each in folded.all()]
    assert sum(counts) + 6 == total
    folded.first.press("Enter")
    expect(rows).to_have_count(6 + counts[0])
    expect(folded.first).to_have_attribute("aria-expanded", "true")


def test_requests_are_shown_in_the_languages_of_researchers(visitor: Visitor) -> None:
    page = visitor.open("/docs")
    page.locator("#operations-tag-Laws").click()
    block = page.locator("#operations-Laws-listLaws")
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="Execute").click()
    for language, word in {"JavaScript": "fetch(", "Python": "urlopen(", "R": "httr2"}.items():
        block.locator(".request-snippets h4", has_text=re.compile(f"^{language}$")).click()
        expect(block.locator(".request-snippets pre")).to_contain_text(word)
        expect(block.locator(".request-snippets pre")).to_contain_text("/v1/laws")


def test_the_filter_finds_operations_by_their_parameters(visitor: Visitor) -> None:
    page = visitor.open("/docs")
    expect(page.locator(".opblock-tag-section")).not_to_have_count(0)
    page.locator(".operation-filter-input").fill("date_match")
    expect(page.locator("#operations-tag-Events")).to_be_visible()
    expect(page.locator("#operations-tag-Actors")).to_have_count(0)


def test_the_docs_are_in_order(visitor: Visitor) -> None:
    page = visitor.open("/docs")
    expect(page.locator(".opblock-tag-section")).not_to_have_count(0)
    tags = [each.get_attribute("data-tag") for each in page.locator(".opblock-tag").all()]
    assert tags[0] == "Events"
    assert tags[-1] == "About"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address and the folder of a server with another origin."""
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}", tmp_path
        site.shutdown()


def test_the_example_for_front_end_authors_works_from_another_site(
    browser: Browser, server: str, visitor: Visitor, elsewhere: tuple[str, Path]
) -> None:
    example = visitor.open("/docs/front-end").locator("#example").inner_text()
    assert len(example.splitlines()) < 50
    site, folder = elsewhere
    (folder / "page.html").write_text(example.replace("http://127.0.0.1:8000", server))
    context = browser.new_context()
    page = context.new_page()
    statuses: list[int] = []
    page.on("response", lambda response: statuses.append(response.status))
    page.goto(f"{site}/page.html")
    expect(page.locator("#state")).to_contain_text("each with its quotation")
    expect(page.locator("#years li")).not_to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert 304 in statuses
    assert page.locator("#years li").first.get_attribute("title")
    context.close()
