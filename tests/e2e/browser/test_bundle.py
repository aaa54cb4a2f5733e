"""The bundle of scripts and styles: complete, named by content, cached forever, with licences."""

import re

import pytest
from playwright.sync_api import APIRequestContext, Playwright

from app.web.bundle import Bundle

pytestmark = pytest.mark.browser


@pytest.fixture
def asking(playwright: Playwright, server: str) -> APIRequestContext:
    return playwright.request.new_context(base_url=server)


def test_every_file_is_named_by_its_content_and_kept_for_good(asking: APIRequestContext) -> None:
    names = Bundle().names
    assert {"explorer.css", "explorer.js", "docs.css", "docs.js"} <= names.keys()
    for name in names.values():
        assert re.fullmatch(r"[a-z0-9-]+-[A-Z0-9]{8}\.[a-z0-9]+", name)
        answer = asking.get(f"/static/{name}")
        assert answer.status == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_no_other_file_is_served(asking: APIRequestContext) -> None:
    for path in ("manifest.json", "..%2fbundle.py", "%2e%2e/bundle.py", "explorer.js"):
        assert asking.get(f"/static/{path}").status == 404


def test_the_licences_of_all_that_is_bundled_are_served(asking: APIRequestContext) -> None:
    text = asking.get("/static/licences.txt").text()
    for name in ("swagger-ui-dist", "source-sans-3", "source-serif-4"):
        assert re.search(rf"^\S*{name} [0-9.]+ \(", text, re.MULTILINE), name
