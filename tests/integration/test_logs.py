"""Logs: one line for each request, without private data."""

import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from app.api.access import AccessLog
from app.api.middleware import OuterMiddleware, Rules
from app.logs import logging_config
from app.settings import LogFormat
from tests.client import ApiClient


async def answering(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["path"] == "/fault":
        raise RuntimeError("two\nlines")
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def restored() -> Iterator[None]:
    """Restore the loggers after the test."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def logged(
    capsys: pytest.CaptureFixture[str], format: LogFormat, path: str, access: AccessLog
) -> list[str]:
    """The log lines of a request, without those of the HTTP client."""
    logging.config.dictConfig(logging_config(format))
    app = OuterMiddleware(answering, Rules(()), [access.log])
    ApiClient(app, raises=False).get(path, headers={"X-Request-ID": "a-request"})
    return [line for line in capsys.readouterr().err.splitlines() if "httpx" not in line]


def test_each_request_is_one_line_of_json(
    restored: None, capsys: pytest.CaptureFixture[str]
) -> None:
    [line] = logged(capsys, "json", "/v1/events?q=a+private+matter", AccessLog())
    told = json.loads(line)
    assert told.pop("time").endswith("Z")
    assert told.pop("ms") >= 0
    assert told == {
        "level": "info", "logger": "hkus.access", "request_id": "a-request", "method": "GET",
        "path": "/v1/events", "status": 204,
    }  # fmt: skip


def test_each_request_is_one_line_for_people(
    restored: None, capsys: pytest.CaptureFixture[str]
) -> None:
    [line] = logged(capsys, "text", "/v1/events?q=a+private+matter", AccessLog())
    assert "request_id=a-request method=GET path=/v1/events status=204 ms=" in line
    assert "private" not in line


def test_what_was_asked_and_who_asked_is_told_only_if_a_setting_says_so(
    restored: None, capsys: pytest.CaptureFixture[str]
) -> None:
    [line] = logged(capsys, "json", "/v1/events?q=x", AccessLog(queries=True, clients=True))
    told: dict[str, Any] = json.loads(line)
    assert told["query"] == "q=x"
    assert told["client"] == "testclient"


@pytest.mark.parametrize("format", ["text", "json"])
def test_no_request_can_write_a_line_of_its_own(
    restored: None, capsys: pytest.CaptureFixture[str], format: LogFormat
) -> None:
    logging.config.dictConfig(logging_config(format))
    raw = "/a\n2026 INFO forged \x1b[31m\u2028\xff/".encode() + b"x" * 3000
    scope = {"method": "G\nT", "path": "/", "raw_path": raw, "query_string": raw}
    AccessLog(queries=True).log(scope, "a-request", 200, 0.1)
    [line] = capsys.readouterr().err.splitlines()
    assert line.isascii()
    assert line.isprintable()
    assert len(line) < 2_500


@pytest.mark.parametrize("message", ["two\nlines", "a\r\nb\u2028c\x1b[31m", "%s"])
def test_a_message_of_a_library_is_one_line(
    restored: None, capsys: pytest.CaptureFixture[str], message: str
) -> None:
    logging.config.dictConfig(logging_config("text"))
    logging.getLogger("psycopg.pool").warning(message, *(["x\ny"] if "%s" in message else []))
    [line] = capsys.readouterr().err.splitlines()
    assert line.isprintable()
    assert "psycopg.pool" in line


def test_a_fault_is_one_object_with_its_traceback_and_the_id_of_the_request(
    restored: None, capsys: pytest.CaptureFixture[str]
) -> None:
    fault, request = map(json.loads, logged(capsys, "json", "/fault", AccessLog()))
    assert fault["level"] == "error"
    assert "a-request" in fault["message"]
    assert "two\nlines" in fault["exception"]
    assert request["status"] == 500
