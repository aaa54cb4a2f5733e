"""Repeated request headers count as one list (RFC 9110, section 5.3). Also the conditions of
If-None-Match (section 13.1.2). Both for computed and for cached answers."""

import pytest

from tests.client import ApiClient

ITEM = "/v1/laws/hong-kong-autonomy-act"
PATHS = (
    "/v1/events", "/v1/events?format=csv", ITEM, "/v1", "/v1/stats/events?by=type", "/openapi.json",
    "/.well-known/api-catalog",
)  # fmt: skip
Lines = list[tuple[str, str]]


@pytest.mark.parametrize("path", ["/v1/events", ITEM, "/v1", "/v1/stats/events?by=type"])
def test_accept_lines_are_one_list(client: ApiClient, path: str) -> None:
    lines = [("Accept", "text/html"), ("Accept", "application/json")]
    for order in (lines, lines[::-1]):
        for _ in range(2):
            assert client.get(path, headers=order).status_code == 200
    refused = [("Accept", "application/json;q=0"), ("Accept", "text/html")]
    assert client.get(path, headers=refused).status_code == 406


def test_the_best_of_all_accept_lines_is_chosen(client: ApiClient) -> None:
    lines = [("Accept", "application/json;q=0.5"), ("Accept", "text/csv")]
    answer = client.get("/v1/events", headers=lines)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


def test_pages_read_all_accept_lines(client: ApiClient) -> None:
    lines = [("Accept", "application/json;q=0.1"), ("Accept", "text/html")]
    answer = client.get("/events/nothing", headers=lines)
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("path", PATHS)
def test_any_line_of_if_none_match_may_name_the_answer(
    client: ApiClient, forgetful: ApiClient, path: str
) -> None:
    for each in (client, forgetful):
        tag = each.get(path).headers["etag"]
        others = [("If-None-Match", '"a"'), ("If-None-Match", '"b", W/"c"')]
        for place in range(3):
            lines: Lines = [*others]
            lines.insert(place, ("If-None-Match", tag))
            for method in ("GET", "HEAD"):
                answer = each.request(method, path, headers=lines)
                assert answer.status_code == 304
                assert answer.content == b""
                assert answer.headers["etag"] == tag
        assert each.get(path, headers=others).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_an_asterisk_means_any_answer_that_exists(
    client: ApiClient, forgetful: ApiClient, path: str
) -> None:
    for each in (client, forgetful):
        for method in ("HEAD", "GET"):
            answer = each.request(method, path, headers={"If-None-Match": "*"})
            assert answer.status_code == 304
            assert answer.headers["etag"] == each.get(path).headers["etag"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/laws/nothing", 404),
        ("/v1/events?x=1", 422),
        ("/v1/events?expect_dataset=0123456789abcdef", 409),
    ],
)
def test_an_asterisk_changes_no_error(client: ApiClient, path: str, status: int) -> None:
    assert client.get(path, headers={"If-None-Match": "*"}).status_code == status


def test_exports_under_an_asterisk_leave_room_for_others(client: ApiClient) -> None:
    for _ in range(9):
        answer = client.get("/v1/events?format=csv", headers={"If-None-Match": "*"})
        assert answer.status_code == 304
