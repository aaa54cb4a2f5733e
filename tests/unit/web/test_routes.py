"""Pages accept the parameters of the API. Each answer is a page, a redirect, or an export."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import quote

import anyio
import pytest
from httpx2 import Response
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from app.api.exports import formats_of
from app.problems.problems import MAX_ERRORS, PROBLEMS
from app.resources.lists import LISTS
from app.resources.timeline import SEARCH
from app.web import labels
from app.web.lists import ListPage
from app.web.routes import PATHS, for_people
from tests.client import ApiClient
from tests.contract.openapi.requests import operations

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
LISTED = [*LISTS, SEARCH]
FILTERS = {name for each in LISTED for name in each.filters_by_name}
VARIANT = re.compile("^has_|_(not|all)$")
"""The prefixes and suffixes in the names of filter variants."""
PAGES = [path for path in PATHS if not path.startswith("/static/")]
UNASKING = ("/", "/docs", "/docs/front-end", "/problems/{slug}")
"""Pages without content that query parameters can filter."""
ASKING = [path for path in PAGES if path not in UNASKING]
BEHIND = {"/network": "/v1/events", "/story": "/v1/timeline"}
"""The API route whose parameters a page accepts, if its path is different."""
FEW = 10
"""The maximum length of a list of allowed values that is tested completely."""
LONG = "&".join(f"id={'a' * 78}{number}" for number in range(10, 50))
"""A valid query that is too long for a header."""

Pair = tuple[str, str]


class Page:
    """A page, and the API operation whose parameters it accepts."""

    def __init__(self, path: str, document: dict[str, Any]) -> None:
        self.api = BEHIND.get(path, f"/v1{path}")
        operation = dict(operations(document)).get(self.api, {"parameters": []})
        queried = [each for each in operation["parameters"] if each["in"] == "query"]
        self.parameters = {each["name"]: each for each in queried}
        self.path = path
        for each in operation["parameters"]:
            if each["in"] == "path":
                self.path = self.path.replace(f"{{{each['name']}}}", each["example"])
                self.api = self.api.replace(f"{{{each['name']}}}", each["example"])
        self.path = self.path.replace("{slug}", "not-found")

    def query(self, *pairs: Pair) -> str:
        """A query with these parameters and all required ones."""
        given = {name for name, _ in pairs}
        needed = [
            (name, written(each["example"]))
            for name, each in self.parameters.items()
            if each["required"] and name not in given
        ]
        return "&".join(f"{name}={value}" for name, value in (*needed, *pairs))

    def valid(self) -> Iterator[list[Pair]]:
        """Each display parameter alone, with some or all of its values; then the filters, in
        groups."""
        filters: list[Pair] = []
        for name, each in self.parameters.items():
            words: list[str] = each["schema"].get("items", each["schema"]).get("enum", [])
            values: set[str] = {written(each["example"]), *(words if len(words) <= FEW else [])}
            if VARIANT.sub("", name) in FILTERS:
                filters.append((name, written(each["example"])))
            else:
                yield from ([(name, value)] for value in sorted(values))
        yield from by_tens(filters)


def written(example: Any) -> str:
    value: Any = cast(list[Any], example)[0] if isinstance(example, list) else example
    return str(value).lower() if isinstance(value, bool) else quote(str(value))


def by_tens(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Split into groups of the number of errors that one problem can contain."""
    rest = iter(pairs)
    while some := list(islice(rest, MAX_ERRORS)):
        yield some


@pytest.fixture(scope="module")
def document(client: ApiClient) -> dict[str, Any]:
    return client.get("/openapi.json").json()


def get_page(client: ApiClient, target: str) -> Response:
    """The answer to a browser. It must be a page with content or a redirect."""
    answer = client.get(target, headers=HTML)
    assert answer.status_code < 500, target
    assert sum(len(name) + len(value) + 4 for name, value in answer.headers.raw) < 4_000, target
    if answer.status_code in (303, 308):
        assert re.match(r"/[^/]", answer.headers["location"]), target
        return answer
    assert answer.headers["content-type"] == "text/html; charset=utf-8", target
    if answer.status_code in (400, 422):
        assert (labels.CORRECT_FIELDS in answer.text) != (labels.CORRECT_ADDRESS in answer.text)
    elif answer.status_code != 200:
        cures = [each.cure for each in PROBLEMS if each.status == answer.status_code]
        text = re.sub(r"</?code>", "`", unescape(answer.text))
        assert all(cure in text for cure in cures), target
    return answer


def onward(client: ApiClient, page: Response) -> Response:
    """Follow the link to the page without the parameters that have errors."""
    [link] = re.findall(rf'<a href="([^"]+)">{labels.IGNORE_FILTER}', page.text)
    return client.get(unescape(link), headers=HTML)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_takes_each_parameter_as_the_api_does(
    client: ApiClient, document: dict[str, Any], path: str
) -> None:
    page = Page(path, document)
    few = [("limit", "1")] if "limit" in page.parameters else []
    for pairs in page.valid():
        query = page.query(*pairs, *(() if pairs[0][0] == "limit" else few))
        answer = get_page(client, f"{page.path}?{query}")
        at_api = client.get(f"{page.api}?{query}")
        if at_api.headers["content-type"] in ("application/json", "application/problem+json"):
            assert answer.status_code == at_api.status_code, query
        else:
            assert (answer.status_code, at_api.status_code) == (303, 200)
            assert answer.headers["location"] == f"{page.api}?{query}"


@pytest.mark.parametrize("path", ASKING)
def test_a_page_names_every_parameter_that_is_at_fault(
    client: ApiClient, document: dict[str, Any], path: str
) -> None:
    page = Page(path, document)
    everywhere = {
        each["name"]: "1"
        for _, operation in operations(document)
        for each in operation["parameters"]
        if each["in"] == "query"
    }
    foreign = [pair for pair in everywhere.items() if pair[0] not in page.parameters]
    wrong = [(name, "!") for name in page.parameters]
    for some in (*by_tens(foreign), *by_tens(wrong)):
        query = page.query(*some)
        problem = client.get(f"{page.api}?{query}").json()
        named = {each["parameter"] for each in problem["errors"]}
        answer = get_page(client, f"{page.path}?{query}")
        assert answer.status_code == problem["status"]
        assert named >= {name for name, _ in some} or some[0] in wrong
        for name in named:
            assert f"<code>{name}</code>" in answer.text, query
        assert onward(client, answer).status_code in (200, 303)
    assert get_page(client, f"{page.path}?{page.query(('kind', '%FF'))}").status_code == 400
    assert get_page(client, f"{page.path}?{page.query(('kind', '%00'))}").status_code == 400


@pytest.mark.parametrize("path", PAGES)
def test_parameters_without_a_value_are_left_out(
    client: ApiClient, document: dict[str, Any], path: str
) -> None:
    page = Page(path, document)
    empty = [(name, "") for name, each in page.parameters.items() if not each["required"]]
    if empty:
        answer = get_page(client, f"{page.path}?{page.query(*empty)}")
        assert answer.status_code in (200, 303)
        where = unescape(answer.text) if answer.status_code == 200 else answer.headers["location"]
        assert page.path in where


@pytest.mark.parametrize("resource", LISTED, ids=lambda each: each.path)
@pytest.mark.parametrize("accept", ["text/html", "text/csv", "application/json", "*/*", "no/such"])
def test_whatever_a_client_accepts_an_export_is_where_the_api_gives_it(
    client: ApiClient, resource: Any, accept: str
) -> None:
    words = "q=law&" if resource is SEARCH else ""
    for format in formats_of(resource):
        answer = client.get(
            f"/{resource.path}?{words}format={format}&limit=1", headers={"Accept": accept}
        )
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/v1/{resource.path}?{words}format={format}&limit=1"
    page = client.get(f"/{resource.path}?{words}limit=1", headers={"Accept": accept})
    assert page.headers["content-type"] == "text/html; charset=utf-8"


def test_the_first_page_leaves_a_query_to_the_timeline(client: ApiClient) -> None:
    answer = client.get("/?date=2020&limit=x")
    assert (answer.status_code, answer.headers["location"]) == (303, "/timeline?date=2020&limit=x")


@pytest.mark.parametrize("resource", LISTED, ids=lambda each: each.path)
def test_no_page_reads_an_export(resource: Any) -> None:
    async def router(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError(scope["path"])

    asked: dict[str, Any] = {
        "type": "http", "app": SimpleNamespace(router=router), "state": {}, "headers": [],
        "path": f"/{resource.path}", "query_string": "format=csv&q=café".encode(),
    }  # fmt: skip
    answer = anyio.run(for_people(ListPage(resource)), Request(asked))
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/v1/{resource.path}?format=csv&q=caf%C3%A9"


@pytest.mark.parametrize(
    ("query", "target"),
    [(f"format=csv&{LONG}", f"/v1/events?format=csv&{LONG}"), (f"type=&{LONG}", f"/events?{LONG}")],
)
def test_an_address_too_long_for_a_header_is_a_link(
    client: ApiClient, query: str, target: str
) -> None:
    page = get_page(client, f"/events?{query}")
    assert page.status_code == 200
    assert f'<a href="{target}">Continue to the' in unescape(page.text)


def test_an_address_that_the_server_would_refuse_is_no_link(client: ApiClient) -> None:
    query = f"format=csv&q={'a' * 9000}"[: 8192 - len("/events?")]
    page = get_page(client, f"/events?{query}")
    assert page.status_code == 414


def test_a_page_shows_the_texts_of_more_rows_than_can_be_asked_for_at_once(
    client: ApiClient,
) -> None:
    rows = client.get("/v1/search?q=hong&limit=200&kind=event").json()["data"]
    found = [row for row in rows if any(e["field"] != "name" for e in row["match"]["highlights"])]
    assert len(found) > 50
    page = get_page(client, "/search?q=hong&limit=200&kind=event")
    assert page.status_code == 200
    assert page.text.count('class="snippet"') >= len(found)


@pytest.mark.parametrize("path", PAGES)
def test_parameters_of_tracking_are_dropped(
    client: ApiClient, document: dict[str, Any], path: str
) -> None:
    page = Page(path, document)
    query = page.query()
    clean = f"{page.path}{'?' if query else ''}{query}"
    for name in ("utm_source", "utm_x", "fbclid", "gclid", "_gl"):
        answer = client.get(f"{page.path}?{page.query((name, 'x'))}", headers=HTML)
        assert answer.status_code == 303
        assert answer.headers["location"].replace("+", "%20") == clean


def test_the_api_refuses_parameters_of_tracking(client: ApiClient) -> None:
    assert client.get("/v1/events?utm_source=x").status_code == 422
