"""The pages of the explorer: they answer, show the data, and have no broken links."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from markupsafe import escape
from sqlalchemy import URL

from app.main import create_app, with_middleware
from app.resources.registry import RESOURCES
from app.resources.resource import Resource
from app.web.bundle import Bundle
from tests.client import ApiClient
from tests.conftest import settings_for

DOCUMENT = "/documents/hong-kong-united-states-relations"
PAGES = [
    "/", "/timeline", "/timeline?date=2019/2020", "/search?q=extradition", "/events", DOCUMENT,
    "/network", "/trade-figures", "/polls", "/coverage",
    "/vocabularies", "/vocabularies/event-types",
    "/laws/hong-kong-autonomy-act", "/docs", "/docs/front-end", "/problems/not-found",
]  # fmt: skip
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def links_of(page: str) -> set[str]:
    return {unescape(link) for link in re.findall(r'href="(/[^"]*)"', page)}


@pytest.fixture
def unbundled(loaded: URL, tmp_path: Path) -> Iterator[ApiClient]:
    """A client of a server without the bundle of scripts and styles."""
    settings = settings_for(loaded)
    app = create_app(settings)
    app.state.bundle = Bundle(tmp_path)
    with ApiClient(with_middleware(app, settings)) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_pages_allow_nothing_inline_and_no_other_host(client: ApiClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert not re.findall(r'<(?:link|script|img)[^>]*="(?:https?:)?//', page.text)
    assert not re.findall(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=", page.text)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_a_browser_has_is_not_sent_again(client: ApiClient, path: str) -> None:
    tag = client.get(path).headers["etag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""


def test_without_their_bundle_pages_say_how_to_get_it(unbundled: ApiClient) -> None:
    for path in ("/", "/docs"):
        page = unbundled.get(path)
        assert page.status_code == 200
        assert "<code>make bundle</code>" in page.text
        assert "<script" not in page.text
        assert "/static/" not in page.text
    assert unbundled.get("/v1/events").status_code == 200
    assert unbundled.get("/static/explorer.js").status_code == 404


def test_the_docs_tell_every_operation_without_a_script(client: ApiClient) -> None:
    page = client.get("/docs")
    for methods in client.get("/openapi.json").json()["paths"].values():
        assert f'id="{methods["get"]["operationId"]}"' in page.text
    for link in links_of(page.text):
        if not link.startswith("/static") and "actr=" not in link:
            assert client.get(link).status_code in (200, 303), link


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda each: each.path)
def test_the_page_of_every_row_shows_its_name_and_the_words_that_prove_it(
    client: ApiClient, resource: Resource
) -> None:
    evidence = resource.evidence or "citations"
    query = f"?limit=200&include={evidence}" if resource.evidence else ""
    rows = client.get(f"/v1/{resource.path}{query}").json()["data"]
    assert rows
    for row in rows:
        page = client.get(f"/{resource.path}/{row['id']}")
        assert page.status_code == 200
        assert f"<h1>{escape(row['name'])}</h1>" in page.text or resource.path == "documents"
        for each in row.get(evidence, ()):
            assert escape(each["exact"]) in page.text


def test_every_link_of_the_pages_leads_somewhere(client: ApiClient) -> None:
    waiting, seen = list(PAGES), set[str]()
    while waiting and len(seen) < 500:
        address = waiting.pop().partition("#")[0]
        if address in seen or address.startswith("/static/"):
            continue
        seen.add(address)
        page = client.get(address)
        assert page.status_code in (200, 303) or "actr=" in address, address
        if page.headers.get("content-type", "").startswith("text/html") and len(seen) < 200:
            waiting += links_of(page.text)
    assert len(seen) > 300


def test_a_citation_leads_to_its_place_in_the_document(client: ApiClient) -> None:
    page = client.get("/laws/hong-kong-autonomy-act").text
    document = client.get(DOCUMENT).text
    places = re.findall(rf'href="{DOCUMENT}#([a-z0-9-]+)"', page)
    assert len(places) == 2
    for place in places:
        assert f'id="{place}"' in document


def test_the_document_holds_every_passage_in_order(client: ApiClient) -> None:
    passages = client.get("/v1/passages?limit=200").json()["data"]
    page = client.get(DOCUMENT).text
    places = [page.index(f'id="{each["id"]}"') for each in passages]
    assert places == sorted(places)
    for each in passages:
        assert escape(each["text"]) in page


def test_the_timeline_draws_every_dated_row_as_what_it_is(client: ApiClient) -> None:
    page = client.get("/timeline").text
    drawing = page[page.index("<svg viewBox") : page.index("The same as a table")]
    dated = client.get("/v1/timeline?date=0001/9999&limit=200").json()["data"]
    assert len(dated) > 50
    for row in dated:
        shown = re.search(
            rf'<a class="mark[^>]*href="{row["links"]["self"][3:]}".*?</a>', drawing, re.DOTALL
        )
        assert shown, row["id"]
        date = row["date"]
        is_day = date["earliest"] is not None and date["earliest"] == date["latest"]
        assert ("<circle" in shown[0]) == is_day
        has_open_end = date["earliest"] is None or date["latest"] is None
        assert ("mask=" in shown[0]) == (has_open_end or date["modifier"] in ("early", "late"))


def test_the_state_of_a_page_is_the_query_of_the_api(client: ApiClient) -> None:
    query = "actor=Donald+Trump&date=2020&type=order"
    page = client.get(f"/events?{query}").text
    rows = client.get(f"/v1/events?{query}").json()["data"]
    assert rows
    assert f'href="/v1/events?{escape(query)}"' in page
    assert re.findall(r'class="name" href="([^"]+)"', page) == [
        row["links"]["self"][3:] for row in rows
    ]


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/events/hong-kong-autonomy-act-sined", 404, "hong-kong-autonomy-act-signed"),
        ("/timeline?date=2020-02-30", 400, "2020-02-30"),
        ("/timeline?actr=donald-trump", 422, "Did you mean"),
        ("/events?cursor=AAAAAAAAAAAA", 400, "start again without"),
        ("/search?q=%22", 400, "no word"),
        ("/laws?actor=x", 422, "<code>actor</code>"),
    ],
)
def test_a_page_says_what_is_wrong_and_how_to_go_on(
    client: ApiClient, address: str, status: int, said: str
) -> None:
    page = client.get(address, headers=HTML)
    assert page.status_code == status
    assert said in unescape(page.text)
    if "?" in address and "search" not in address:
        [onward] = re.findall(r'<a href="([^"]+)">Go on without what is at fault', page.text)
        assert client.get(unescape(onward)).status_code == 200
    problem = client.get(f"/v1{address}", headers=HTML)
    assert problem.status_code == status
    assert problem.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/events", "/timeline", "/network", "/search?q=law"])
@pytest.mark.parametrize("query", ["count=none", "limit=0", "offset=5", "sort=-name", "date=1700"])
def test_pages_take_what_the_api_takes(client: ApiClient, path: str, query: str) -> None:
    page = client.get(f"{path}{'&' if '?' in path else '?'}{query}")
    assert page.status_code == 200


def test_what_somebody_asks_is_never_taken_for_html(client: ApiClient) -> None:
    for address in ("/search?q=%3Cimg%20src%3Dx%3E", "/events?type=%3Cscript%3E", "/%3Cscript%3E"):
        assert not re.search(r"<img|<script>", client.get(address, headers=HTML).text)


@pytest.mark.parametrize("path", ["/nothing-here", "/problems/none"])
def test_people_get_a_page_for_a_problem_and_programs_the_problem(
    client: ApiClient, path: str
) -> None:
    page = client.get(path, headers=HTML)
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["cache-control"] == "no-store"
    assert "<h1>There is nothing here.</h1>" in page.text
    problem = client.get(path)
    assert problem.headers["content-type"] == "application/problem+json"
    assert client.get("/v1/nothing", headers=HTML).headers["content-type"].endswith("problem+json")


def test_empty_fields_of_a_form_ask_for_nothing(client: ApiClient) -> None:
    sent = client.get("/docs?q=&date=2020&type=")
    assert sent.status_code == 303
    assert sent.headers["location"] == "/docs?date=2020"
