"""The API docs: they are whole without any other host, and trying an operation answers rows."""

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


def test_the_docs_are_in_order(visitor: Visitor) -> None:
    page = visitor.open("/docs")
    expect(page.locator(".opblock-tag-section")).not_to_have_count(0)
    tags = [each.get_attribute("data-tag") for each in page.locator(".opblock-tag").all()]
    assert tags[0] == "Events"
    assert tags[-1] == "About"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address and the folder of another site."""
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
    expect(page.locator("#state")).to_contain_text("each with its proof")
    expect(page.locator("#rows li")).not_to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert 304 in statuses
    assert page.locator("#rows li").first.get_attribute("title")
    context.close()
