"""Swagger UI on another origin with our unchanged document: the first press of "Execute" sends a
valid request."""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.browser.conftest import TIMEOUT

pytestmark = pytest.mark.browser

SWAGGER_UI = Path(__file__).parents[3] / "app" / "web" / "node_modules" / "swagger-ui-dist"
PAGE = """<!doctype html><meta charset="utf-8"><title>Swagger UI</title><div id="ui"></div>
<script src="swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({url: "SERVER/openapi.json", dom_id: "#ui", docExpansion: "none",
tryItOutEnabled: true, validatorUrl: null})</script>"""
OPERATIONS = {
    "Events": "listEvents",
    "Trade figures": "getTradeFigure",
    "Search": "search",
    "Statistics": "countTimeline",
    "Documents": "getDocument",
    "About": "getVocabulary",
}
"""An operation of each kind, by its tag, with and without required parameters."""


@pytest.fixture(scope="module")
def site(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page with Swagger UI that loads the document of the server."""
    folder = tmp_path_factory.mktemp("swagger-ui")
    shutil.copy(SWAGGER_UI / "swagger-ui-bundle.js", folder)
    (folder / "index.html").write_text(PAGE.replace("SERVER", server), encoding="utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}/"
        http.shutdown()


def test_the_first_press_sends_a_request_that_works(
    browser: Browser, server: str, site: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(TIMEOUT)
    page.goto(site)
    for tag, operation in OPERATIONS.items():
        name = tag.replace(" ", "_")
        page.locator(f'[id="operations-tag-{name}"]').click()
        block = page.locator(f'[id="operations-{name}-{operation}"]')
        block.locator(".opblock-summary-control").click()
        with page.expect_response(lambda answer: "/v1/" in answer.url) as answer:
            block.get_by_role("button", name="Execute").click()
        assert answer.value.url.startswith(f"{server}/v1/")
        assert answer.value.status == 200, answer.value.url
        assert answer.value.json()["data"], "filters that nobody chose exclude each other's rows"
        assert "&" not in answer.value.url, "only what is required is filled in"
        page.locator(f'[id="operations-tag-{name}"]').click()
    context.close()
