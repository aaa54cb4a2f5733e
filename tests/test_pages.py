"""The pages for people: they answer, hold what they promise, and lead only to what there is."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import URL
from starlette.testclient import TestClient

from app.main import create_app, wrapped
from app.web.bundle import Bundle
from tests.conftest import settings_for

PAGES = ["/", "/docs", "/docs/front-end", "/problems/not-found"]
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def links_of(page: str) -> set[str]:
    return {unescape(link) for link in re.findall(r'href="(/[^"]*)"', page)}


@pytest.fixture
def unbundled(loaded: URL, tmp_path: Path) -> Iterator[TestClient]:
    """A client of a server whose browser code was never made."""
    settings = settings_for(loaded)
    app = create_app(settings)
    app.state.bundle = Bundle(tmp_path)
    with TestClient(wrapped(app, settings)) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_pages_allow_nothing_inline_and_no_other_host(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert not re.findall(r'(?:src|href)="(?:https?:)?//(?!creativecommons.org)', page.text)
    assert not re.findall(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=", page.text)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_a_browser_has_is_not_sent_again(client: TestClient, path: str) -> None:
    tag = client.get(path).headers["etag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""


def test_without_their_bundle_pages_say_how_to_get_it(unbundled: TestClient) -> None:
    for path in ("/", "/docs"):
        page = unbundled.get(path)
        assert page.status_code == 200
        assert "<code>make bundle</code>" in page.text
        assert "<script" not in page.text
        assert "/static/" not in page.text
    assert unbundled.get("/v1/events").status_code == 200
    assert unbundled.get("/static/explorer.js").status_code == 404


def test_the_docs_tell_every_operation_without_a_script(client: TestClient) -> None:
    page = client.get("/docs")
    for methods in client.get("/openapi.json").json()["paths"].values():
        assert f'id="{methods["get"]["operationId"]}"' in page.text
    for link in links_of(page.text):
        if link.startswith("/v1") and "actr=" not in link:
            assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("path", ["/nothing-here", "/problems/none"])
def test_people_get_a_page_for_a_problem_and_programs_the_problem(
    client: TestClient, path: str
) -> None:
    page = client.get(path, headers=HTML)
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["cache-control"] == "no-store"
    assert "<h1>There is nothing here.</h1>" in page.text
    problem = client.get(path)
    assert problem.headers["content-type"] == "application/problem+json"
    assert client.get("/v1/nothing", headers=HTML).headers["content-type"].endswith("problem+json")


def test_empty_fields_of_a_form_ask_for_nothing(client: TestClient) -> None:
    sent = client.get("/docs?q=&date=2020&type=")
    assert sent.status_code == 303
    assert sent.headers["location"] == "/docs?date=2020"
