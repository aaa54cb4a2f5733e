"""Faults: the content of an answer when the server cannot serve, and what it must not reveal."""

import logging
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.main import create_app, with_middleware
from app.settings import Settings
from tests.client import ApiClient
from tests.contract.api_requests import problem


def client_of(file: Path) -> ApiClient:
    settings = Settings(database_url=SecretStr(f"sqlite:///{file}"), access_log=False)
    return ApiClient(with_middleware(create_app(settings), settings), raises=False)


def test_a_fault_of_ours_is_a_problem_that_tells_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret words")

    with client_of(tmp_path / "any.db") as client, caplog.at_level(logging.ERROR):
        monkeypatch.setattr("app.api.lists.negotiated_format", fail)
        response = client.get("/v1/events")
    body = problem(response, 500)
    assert "secret" not in response.text
    assert body["instance"].rpartition(":")[2] in caplog.text
    assert "secret words" in caplog.text


@pytest.mark.parametrize("content", [None, b"", b"this is no database at all, but text" * 40])
def test_without_data_there_is_a_503_that_says_when_to_come_back(
    tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "hkus.db"
    if content is not None:
        file.write_bytes(content)
    with client_of(file) as client:
        for path in ("/v1", "/v1/events", "/v1/events/x", "/v1/events?format=csv", "/readyz"):
            response = client.get(path)
            problem(response, 503)
            assert response.headers["retry-after"]
            assert str(tmp_path) not in response.text
        assert client.get("/healthz").status_code == 200
