"""The API docs load without other hosts, and a trial of an operation returns rows."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from app.web import labels
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


def output_of(language: str, sample: str, folder: Path) -> str:
    """What a sample prints when it is run as it is."""
    files = {"curl": "sample.sh", "JavaScript": "sample.mjs", "Python": "sample.py"}
    runners = {"curl": ["sh"], "JavaScript": ["node"], "Python": [sys.executable, "-I"]}
    file = folder / files[language]
    file.write_text(sample, encoding="utf-8")
    done = subprocess.run([*runners[language], str(file)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_samples_run_as_they_are(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open("/docs")
    page.locator("#operations-tag-Laws").click()
    block = page.locator("#operations-Laws-listLaws")
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="Execute").click()
    laws = page.request.get(f"{visitor.server}/v1/laws").json()
    samples = block.locator(".request-snippets")
    for language in ("curl", "JavaScript", "Python"):
        samples.locator("h4", has_text=re.compile(f"^{language}$")).click()
        expect(samples.locator("pre")).to_contain_text("/v1/laws")
        output = json.loads(output_of(language, samples.locator("pre").inner_text(), tmp_path))
        assert (output["data"] if language == "curl" else output) == laws["data"]
    samples.locator("h4", has_text=re.compile("^R$")).click()
    expect(samples.locator("pre")).to_contain_text(f'fromJSON("{visitor.server}/v1/laws')
    block.locator("tr[data-param-name=format] select").select_option("csv")
    block.get_by_role("button", name="Execute").click()
    for language in ("curl", "JavaScript", "Python"):
        samples.locator("h4", has_text=re.compile(f"^{language}$")).click()
        expect(samples.locator("pre")).to_contain_text("format=csv")
        assert "hong-kong-autonomy-act" in output_of(
            language, samples.locator("pre").inner_text(), tmp_path
        )


def test_the_first_request_runs_and_gives_the_answer_that_is_shown(
    visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor.open("/docs")
    expect(page.locator("#sample-curl")).to_contain_text(visitor.server)
    shown = json.loads(page.locator(".answer").inner_text())
    for language in ("curl", "JavaScript", "Python"):
        sample = page.locator(f"#sample-{language.lower()}").text_content() or ""
        output = json.loads(output_of(language, sample, tmp_path))
        found = output["data"] if language == "curl" else output
        assert [row["id"] for row in found] == [row["id"] for row in shown]


def test_the_sidebar_finds_operations_by_their_parameters(visitor: Visitor) -> None:
    page = visitor.open("/docs")
    expect(page.locator(".opblock-tag-section")).not_to_have_count(0)
    page.get_by_label(labels.FIND_OPERATION).fill("date_match")
    expect(page.locator("#operations-tag-Events")).to_be_visible()
    expect(page.locator("#operations-tag-Actors")).to_have_count(0)
    sidebar = page.get_by_role("navigation", name=labels.CONTENTS)
    expect(sidebar.get_by_role("link", name="listActors")).to_be_hidden()
    sidebar.get_by_role("link", name="listEvents").press("Enter")
    block = page.locator("#operations-Events-listEvents")
    expect(block.locator("tr[data-param-name=date_match]")).to_be_visible()
    expect(block.locator(".opblock-summary-control")).to_be_focused()


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
