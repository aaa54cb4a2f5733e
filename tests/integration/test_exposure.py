"""Exposure: headers of every answer, allowed hosts and origins, trusted proxies."""

from typing import Any

import pytest
from sqlalchemy import URL
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from app.api.cors import CorsPolicy
from app.api.headers import SECURITY_HEADERS
from app.api.middleware import OuterMiddleware, Rules
from app.main import serve_app
from tests.conftest import settings_for
from tests.contract.api_requests import problem
from tests.integration.conftest import NewClient

pytestmark = pytest.mark.parametrize("loaded", ["sqlite"], indirect=True)


ODD: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("GET", "/v1/events", {}),
    ("GET", "/v1/nothing", {}),
    ("GET", "/v1/events?x=1", {}),
    ("GET", "/v1/events?q=%FF", {}),
    ("GET", "/v1/%FF", {}),
    ("GET", "/" + "a" * 9000, {}),
    ("GET", "/v1/events", {"Accept": "text/html"}),
    ("POST", "/v1/events", {}),
    ("BREW", "/v1/events", {}),
    ("OPTIONS", "/v1/events", {"Origin": "https://a.org", "Access-Control-Request-Method": "PUT"}),
    ("GET", "/v1/events", {"Host": "evil.example"}),
    ("GET", "/v1/events", {"Host": "testserver@evil.example"}),
    ("GET", "/v1/events", {"Host": ""}),
    ("HEAD", "/v1/nothing", {}),
    ("GET", "/readyz", {}),
    ("GET", "/docs", {}),
)


@pytest.mark.parametrize(("method", "path", "headers"), ODD)
def test_every_answer_carries_the_security_headers_and_may_be_read_from_anywhere(
    client_with: NewClient, method: str, path: str, headers: dict[str, str]
) -> None:
    client = client_with(trusted_hosts=("testserver",))
    response = client.request(method, path, headers=headers)
    assert {name.lower() for name in SECURITY_HEADERS} <= set(response.headers)
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers
    assert response.headers["x-request-id"]
    assert "server" not in response.headers
    if response.status_code >= 400 and method != "HEAD":
        problem(response, response.status_code)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "www.testserver.evil",
        "testserver.",
        "testserver:99999999",
        "a b",
        "",
        "[::1",
    ],
)
def test_another_host_is_refused_without_repeating_it(client_with: NewClient, host: str) -> None:
    client = client_with(trusted_hosts=("testserver", "*.example.org"))
    response = client.get("/v1/events", headers={"Host": host})
    body = problem(response, 400)
    assert body["errors"][0]["parameter"] == "Host"
    assert "evil" not in response.text
    assert "location" not in response.headers


@pytest.mark.parametrize("host", ["testserver", "TestServer:8000", "a.example.org", "[::1]:80"])
def test_a_trusted_host_is_answered(client_with: NewClient, host: str) -> None:
    client = client_with(trusted_hosts=("testserver", "*.example.org", "[::1]"))
    assert client.get("/v1/events", headers={"Host": host}).status_code == 200


def test_probes_are_answered_whatever_they_call_the_server(client_with: NewClient) -> None:
    client = client_with(trusted_hosts=("example.org",))
    for path in ("/healthz", "/readyz"):
        assert client.get(path, headers={"Host": "10.0.0.7:8000"}).status_code == 200


FORGED = {
    "Host": "evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "evil",
    "X-Forwarded-Prefix": "/evil",
    "Forwarded": "for=1.2.3.4;host=evil.example;proto=evil",
    "X-Original-URL": "/evil",
    "X-HTTP-Method-Override": "DELETE",
}


@pytest.mark.parametrize("path", ["/v1", "/v1/events?limit=2", "/docs", "/v1/events?format=atom"])
def test_no_header_of_a_request_changes_what_is_answered(client: TestClient, path: str) -> None:
    plain, forged = client.get(path), client.get(path, headers=FORGED)
    assert forged.content == plain.content
    assert "evil" not in str(forged.headers)


NAMED = "https://a.example"
EXPOSED = {
    "Deprecation", "ETag", "Link", "Retry-After", "Sunset", "X-Dataset-Version", "X-Request-ID",
    "X-Total-Count", "X-Omitted-Rows",
}  # fmt: skip


def listed(header: str) -> set[str]:
    return {name.strip() for name in header.split(",")}


@pytest.mark.parametrize(("method", "path", "headers"), ODD)
def test_pages_of_the_origins_that_are_named_may_read_every_answer(
    client_with: NewClient, method: str, path: str, headers: dict[str, str]
) -> None:
    client = client_with(trusted_hosts=("testserver",), cors_origins=(NAMED, "https://b.example"))
    for _ in range(2):  # computed, then from the cache
        answer = client.request(method, path, headers={**headers, "Origin": NAMED})
        assert answer.headers["access-control-allow-origin"] == NAMED
        assert listed(answer.headers["access-control-expose-headers"]) == EXPOSED
        assert "access-control-allow-credentials" not in answer.headers
        for other in ({}, {"Origin": "https://c.example"}, {"Origin": f"{NAMED}.evil"}):
            unshared = client.request(method, path, headers={**headers, **other})
            assert "access-control-allow-origin" not in unshared.headers
            assert unshared.status_code == answer.status_code
            assert "Origin" in listed(unshared.headers["vary"])
        assert "Origin" in listed(answer.headers["vary"])
        if method != "HEAD" and answer.status_code >= 400:
            problem(answer, answer.status_code)


def test_anybody_may_read_what_is_told_to_all(client: TestClient) -> None:
    answer = client.get("/v1/events", headers={"Origin": NAMED})
    assert listed(answer.headers["access-control-expose-headers"]) == EXPOSED
    assert "Origin" not in listed(answer.headers["vary"])


def test_a_fault_of_ours_may_be_read_by_the_origins_that_are_named(loaded: URL) -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise ValueError("broken")

    app = OuterMiddleware(broken, Rules((), CorsPolicy((NAMED,))))
    answer = TestClient(app).get("/", headers={"Origin": NAMED})
    problem(answer, 500)
    assert answer.headers["access-control-allow-origin"] == NAMED


def test_preflights_are_answered_for_the_origins_that_are_named(client_with: NewClient) -> None:
    client = client_with(cors_origins=(NAMED, "https://b.example"))
    asked = {"Access-Control-Request-Method": "GET"}
    allowed = client.options("/v1/events", headers={"Origin": NAMED, **asked})
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == NAMED
    refused = client.options("/v1/events", headers={"Origin": "https://c.example", **asked})
    problem(refused, 400)
    assert "access-control-allow-origin" not in refused.headers


@pytest.mark.parametrize(
    ("proxies", "seen"),
    [((), "10.0.0.1"), (("10.0.0.0/8",), "1.2.3.4"), (("10.9.9.9",), "10.0.0.1")],
)
def test_only_configured_proxies_say_who_asked(
    loaded: URL,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    proxies: tuple[str, ...],
    seen: str,
) -> None:
    settings = settings_for(loaded).model_copy(
        update={"trusted_proxies": proxies, "access_log": True, "log_clients": True}
    )
    monkeypatch.setattr("app.main.Settings", lambda: settings)
    caplog.set_level("INFO", "hkus.access")
    with TestClient(serve_app(), client=("10.0.0.1", 1)) as client:
        client.get("/healthz", headers={"X-Forwarded-For": "1.2.3.4"})
    told: Any = caplog.records[-1].msg
    assert told["client"] == seen


def test_a_body_on_a_get_changes_nothing(client: TestClient) -> None:
    response = client.request("GET", "/v1/events", content=b"x" * 100_000)
    assert response.status_code == 200


def test_a_layer_that_answers_in_plain_text_is_told_as_a_problem(loaded: URL) -> None:
    app = OuterMiddleware(PlainTextResponse("no, <b>never</b>", 400), Rules(()))
    body = problem(TestClient(app).get("/"), 400)
    assert body["detail"] == "no, <b>never</b>"
