"""Requests from pages to the API in the same process; no page mixes two dataset versions."""

from types import SimpleNamespace

import anyio
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from app.web.api_client import AnsweredProblem, MovedError, ReloadedError, get_json
from app.web.pages import PAGES
from app.web.routes import PATHS, for_people


def page_request(*versions: str, status: int = 200) -> Request:
    """A request for a page. The API behind it has another dataset version in each answer."""
    coming = iter(versions)

    async def router(scope: Scope, receive: Receive, send: Send) -> None:
        headers = {"X-Dataset-Version": next(coming), "Retry-After": "5", "Location": "/v1/laws/b"}
        answer = JSONResponse({"asked": scope["path"]}, status, headers)
        await answer(scope, receive, send)

    app = SimpleNamespace(router=router)
    return Request({"type": "http", "app": app, "state": {}, "path": "/", "query_string": b"",
                    "headers": []})  # fmt: skip


async def page_from_two_answers(request: Request) -> JSONResponse:
    """A page that needs two answers of the API."""
    return JSONResponse(
        [await get_json(request, "/v1/laws"), await get_json(request, "/v1/events")]
    )


def test_a_page_is_made_once_more_if_the_data_were_loaded_anew_meanwhile() -> None:
    page = anyio.run(for_people(page_from_two_answers), page_request("a", "b", "b", "b"))
    assert page.body == b'[{"asked":"/v1/laws"},{"asked":"/v1/events"}]'


def test_a_page_of_data_that_never_rest_is_given_up() -> None:
    with pytest.raises(ReloadedError):
        anyio.run(for_people(page_from_two_answers), page_request("a", "b", "c", "d"))


def test_a_problem_of_the_api_keeps_when_to_try_again() -> None:
    with pytest.raises(AnsweredProblem) as raised:
        anyio.run(get_json, page_request("a", status=503), "/v1/laws")
    assert raised.value.status == 503
    assert raised.value.headers == {"Retry-After": "5"}


def test_a_row_that_moved_is_followed_to_its_page() -> None:
    with pytest.raises(MovedError):
        anyio.run(get_json, page_request("a", status=308), "/v1/laws/a")
    page = anyio.run(for_people(page_from_two_answers), page_request("a", status=308))
    assert page.status_code == 308
    assert page.headers["location"] == "/laws/b"


def test_every_route_has_its_page() -> None:
    assert set(PATHS) == set(PAGES)
